"""The zip for a Windows computer: what is in it, the same bytes twice; and under wine, double-clicked and dropped on."""

from __future__ import annotations

import hashlib
import io
import marshal
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jinguo import __version__
from jinguo.reference import manual
from maintenance.bundling import pack, runtime, wheels
from maintenance.bundling.compiled import pyc, pyc_or_none
from maintenance.make_launchers import LAUNCHERS
from tests.helpers import ROOT, snapshot


def wheel(path: Path, requires: str = "", **files: str) -> Path:
    """A small wheel."""
    with zipfile.ZipFile(path, "w") as archive:
        name, version = path.name.split("-")[:2]
        archive.writestr(
            f"{name}-{version}.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense-Expression: MIT\n{requires}",
        )
        archive.writestr(f"{name}-{version}.dist-info/RECORD", "")
        archive.writestr(f"{name}-{version}.dist-info/licenses/LICENSE", "may be shipped")
        for inner, text in files.items():
            archive.writestr(inner.replace("__", "/"), text)
    return path


def test_what_a_wheel_requires_is_asked_for_windows_and_not_for_this_computer(tmp_path):
    made = wheel(
        tmp_path / "tqdm-1.0-py3-none-any.whl",
        'Requires-Dist: colorama; platform_system == "Windows"\nRequires-Dist: uvloop; sys_platform != "win32"\nRequires-Dist: Tz_Data>=2\nRequires-Dist: pytest; extra == "test"\n',
    )
    assert wheels.required(made.read_bytes(), "3.12") == ["colorama", "tz-data"]


def test_every_package_to_run_is_pinned_and_every_wheel_known():
    assert set(wheels.wanted()) <= set(wheels.pinned())
    lines = wheels.KNOWN.read_text("utf-8").splitlines()
    names = [line.split("  ")[1] for line in lines]
    assert all(re.fullmatch(r"[0-9a-f]{64}  \S+\.whl", line) for line in lines)
    known = {(wheels.normalised(name.split("-")[0]), name.split("-")[1]) for name in names}
    # At the versions of constraints.txt: a new version has to be looked at.
    assert {(name, version) for name, version in wheels.pinned().items() if name in wheels.wanted()} <= known


def test_other_bytes_than_those_tested_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(wheels, "KNOWN", tmp_path / "wheels.sha256")
    made = wheel(tmp_path / "甲-1.0-py3-none-any.whl")
    with pytest.raises(wheels.WheelTrouble, match="not tested yet"):
        wheels._verify([made], accept_new=False)
    wheels._verify([made], accept_new=True)
    wheels._verify([made], accept_new=False)
    made.write_bytes(made.read_bytes() + b" ")
    with pytest.raises(wheels.WheelTrouble, match="not the bytes"):
        wheels._verify([made], accept_new=True)


def test_a_compiled_module_is_the_same_twice_and_never_looks_at_its_source():
    source = b"def f(x):\n    return x in {'a', 'b'}\n"
    made = pyc(source, "甲.py")
    assert made == pyc(source, "甲.py")
    # PEP 552: by the hash of the source, not checked.
    assert made[4:8] == (1).to_bytes(4, "little")
    namespace: dict = {}
    exec(marshal.loads(made[16:]), namespace)
    assert namespace["f"]("a") is True
    assert pyc_or_none(b"print 'two'\n", "乙.py") is None


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The files of a bundle with one wheel and no Python."""
    made = wheel(
        tmp_path_factory.mktemp("wheels") / "part-1.0-py3-none-any.whl",
        part____init__py="" , **{"part__code.py": "x = 1\n", "part__tests__test_code.py": "", "part__code.pyi": "", "part__include__code.h": ""},
    )  # fmt: skip
    return pack.contents({"python.exe": b"MZ", f"python{runtime.minor()}._pth": runtime.path_file()}, [made])


def test_what_lies_in_the_zip(small):
    assert {"runtime/python.exe", "scripts/start.py", "scripts/dropped_files.py", "scripts/unfold.py", "scripts/jinguo/__main__.py", "使用说明.docx", "常见问题.docx"} <= set(small)  # fmt: skip
    assert {f"{name}.bat" for name in LAUNCHERS} == {path for path in small if path.endswith(".bat")}
    # Nothing at a place where she keeps something: an update is unpacked over her folder.
    assert not [path for path in small if path.startswith(("workbooks/", "templates/", "output/"))]
    assert {f"初始/workbooks/{p.name}" for p in (ROOT / "workbooks").glob("*.xlsx")} <= set(small)
    assert {f"初始/templates/{p.name}" for p in (ROOT / "templates").glob("*.docx")} <= set(small)
    parts = {path.removeprefix("runtime/Lib/site-packages/") for path in small if "site-packages/" in path}
    assert {"part/code.py", f"part/__pycache__/code.{sys.implementation.cache_tag}.pyc"} <= parts
    assert not [path for path in parts if "test" in path or path.endswith((".pyi", ".h", "RECORD"))]
    assert small["许可/part/LICENSE"] == b"may be shipped"
    assert "part　1.0　MIT" in small["许可/目录.txt"].decode("utf-8-sig")


def test_the_manual_names_icons_that_are_there():
    assert {name for name, *_ in manual.JOBS} <= set(LAUNCHERS)


def test_every_file_is_in_the_list_of_digests(small):
    lines = dict(reversed(line.split("  ")) for line in small["文件校验.sha256"].decode().splitlines())
    assert lines == {
        path: hashlib.sha256(data).hexdigest() for path, data in small.items() if path != "文件校验.sha256"
    }


def test_paths_are_short_and_the_zip_the_same_twice(small):
    assert max(map(len, small)) <= pack.LONGEST_PATH
    made = pack.packed(small)
    assert made == pack.packed(dict(reversed(small.items())))
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    assert {f"巾帼台账-{__version__}/{folder}/" for folder in ("workbooks", "templates", "output")} <= set(names)
    assert {name.partition("/")[0] for name in names} == {f"巾帼台账-{__version__}"}


def test_a_path_that_is_too_long_makes_no_bundle(tmp_path):
    long = wheel(tmp_path / "long-1.0-py3-none-any.whl", **{f"{'p' * 110}.py": ""})
    with pytest.raises(pack.PackTrouble, match="longer than"):
        pack.contents({}, [long])


def test_a_runtime_of_another_python_is_refused(tmp_path):
    other = tmp_path / "python-3.99-embed-amd64.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("python399.dll", b"")
    with pytest.raises(runtime.RuntimeTrouble, match="same minor version"):
        runtime.from_embeddable(other)


# Under wine, with a Windows Python put together from packages: .ci/windows installs what it needs and runs these. A ; in a folder wine
# takes for the end of a search path; that one, and cmd.exe itself, are for a real PC (docs/Windows核对单.md).
FOLDERS = ("plain", "有 空格 中文", "工具(1)", "A&B 处室", "感叹！号", "bang!x", "（征求意见稿）—最终版", "caret^x", "单引号'x", "x,y=z", "[方括号]", "very long " + "长" * 60)  # fmt: skip
_DROP = """
import os, subprocess, sys
os.environ["PATH"] = os.environ.get("ONLY_PATH") or os.environ["PATH"]
bat, *files = sys.argv[1:]
dropped = " ".join('"%s"' % f if " " in f else f for f in files)
done = subprocess.run('cmd.exe /c ""%s" %s"' % (bat, dropped), input=os.environ.get("ANSWERS", "").encode("gbk"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
sys.stdout.buffer.write(done.stdout)
sys.exit(done.returncode)
"""


class Windows:
    """A Windows with a bundle that launches a .bat as Explorer does."""

    def __init__(self, place: Path, bundle: Path) -> None:
        self.place, self.bundle = place, bundle
        self.environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "PYTHONDONTWRITEBYTECODE", "JINGUO_HOME")} | {
            "WINEPREFIX": str(place / "prefix"), "WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=;ucrtbase=n,b", "LC_ALL": "zh_CN.UTF-8", "NOPAUSE": "1",
            "HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9",
        }  # fmt: skip

    def unpack(self, folder: str) -> Path:
        target = self.place / "offices" / folder
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        zipfile.ZipFile(self.bundle).extractall(target)
        program = target / f"巾帼台账-{__version__}"
        # Wine lacks what Windows 10 has.
        for name in ("ucrtbase.dll", "bcryptprimitives.dll"):
            shutil.copy(self.place / "py311" / name, program / "runtime" / name)
        return program

    def launch(self, bat: Path, *files: Path, answers: str = "") -> subprocess.CompletedProcess:
        """Double-click, or drop files on it; its output as the window shows it."""
        script = self.place / "drop.py"
        script.write_text(_DROP, "utf-8")
        as_windows = ["Z:" + str(path).replace("/", "\\") for path in (bat, *files)]
        command = ["wine", str(self.place / "py311" / "python.exe"), "-X", "utf8", str(script), *as_windows]
        environment = self.environment | ({"ANSWERS": answers} if answers else {})
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=400)
        return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode("utf-8", "replace"), "")


@pytest.fixture(scope="session")
def windows():
    place = Path(os.environ.get("JINGUO_WINDOWS", ""))
    bundles = sorted(place.glob("*.zip")) if str(place) != "." else []
    if not shutil.which("wine") or not (place / "py311" / "python.exe").exists() or not bundles:
        pytest.skip("没有 wine 和 Windows 的 Python（.ci/windows 会装好），跳过")
    return Windows(place, bundles[0])


@pytest.mark.windows
@pytest.mark.parametrize("folder", FOLDERS)
def test_double_clicked_in_a_folder_of_any_name(windows, folder):
    program = windows.unpack(folder)
    done = windows.launch(program / "校验台账.bat")
    assert "台账校验结果" in done.stdout, done.stdout
    assert done.returncode == 0, done.stdout
    assert (program / "output/校验/校验报告.xlsx").exists()
    assert not (program / ".venv").exists()


@pytest.fixture(scope="session")
def office_on_windows(windows):
    return windows.unpack("余姚 妇联")


@pytest.mark.windows
def test_the_whole_job_gives_the_same_files_as_on_linux(windows, office_on_windows, generated):
    done = windows.launch(office_on_windows / "一键生成.bat")
    assert done.returncode == 0, done.stdout
    there, here = (snapshot(folder / "output") for folder in (office_on_windows, generated))
    assert set(there) == set(here)
    assert [name for name in here if there[name] != here[name]] == []


@pytest.mark.windows
@pytest.mark.parametrize(
    "name", ["人员台账.xlsx", "A 处 台账.xlsx", "甲&乙.xlsx", "甲^乙.xlsx", "甲!乙.xlsx", "甲(1).xlsx"]
)
def test_a_workbook_dropped_on_an_icon(windows, office_on_windows, name):
    """Names with & or ^ and no space among them, which Explorer does not quote."""
    dropped = office_on_windows.parent / name
    shutil.copy(ROOT / "workbooks" / "人员台账.xlsx", dropped)
    done = windows.launch(office_on_windows / "校验台账.bat", dropped)
    assert name in done.stdout and done.returncode in (0, 1), done.stdout


@pytest.mark.windows
def test_the_menu_on_a_console_of_gbk(windows, office_on_windows):
    done = windows.launch(office_on_windows / "巾帼台账.bat", answers="22\r\n\r\n\r\n")
    assert "待办：" in done.stdout and "请输入编号" in done.stdout
    assert "[好] 程序：巾帼台账" in done.stdout


@pytest.mark.windows
@pytest.mark.parametrize("name", LAUNCHERS)
def test_every_icon_double_clicked_ends_in_words(windows, office_on_windows, name):
    """With nothing dropped on it and nothing typed."""
    done = windows.launch(office_on_windows / f"{name}.bat")
    assert "Traceback" not in done.stdout and "程序出错" not in done.stdout, done.stdout
    assert done.returncode in (0, 1, 2), done.stdout
    assert re.search("[\u4e00-\u9fff]", done.stdout)


@pytest.mark.windows
def test_a_folder_that_was_moved_and_nothing_on_the_path(windows):
    """No Python and no tool of anybody's is found: the program needs its own alone."""
    program = windows.unpack("原来的地方")
    windows.launch(program / "检查环境.bat")
    moved = program.parent.with_name("搬到这里")
    shutil.rmtree(moved, ignore_errors=True)
    program.parent.rename(moved)
    windows.environment["ONLY_PATH"] = "C:\\windows\\system32"
    try:
        done = windows.launch(moved / program.name / "校验台账.bat")
    finally:
        del windows.environment["ONLY_PATH"]
    assert done.returncode == 0 and "台账校验结果" in done.stdout, done.stdout


@pytest.mark.windows
def test_an_icon_alone_in_the_window_of_the_zip(windows):
    """Explorer unpacks the .bat that is clicked, and nothing else."""
    alone = windows.place / "offices" / "临时"
    alone.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(windows.bundle) as archive:
        (alone / "校验台账.bat").write_bytes(archive.read(f"巾帼台账-{__version__}/校验台账.bat"))
    done = windows.launch(alone / "校验台账.bat")
    assert "unzip the whole folder" in done.stdout and done.returncode == 9


@pytest.mark.windows
def test_an_update_over_her_folder(windows):
    program = windows.unpack("更新")
    windows.launch(program / "检查环境.bat")
    (program / "templates" / "公示.docx").write_bytes(b"hers")
    (program / "workbooks" / "我的花名册.txt").write_text("hers")
    zipfile.ZipFile(windows.bundle).extractall(program.parent)
    windows.launch(program / "检查环境.bat")
    assert (program / "templates" / "公示.docx").read_bytes() == b"hers"
    assert (program / "workbooks" / "我的花名册.txt").read_text() == "hers"


@pytest.mark.windows
def test_a_file_that_excel_holds(windows, office_on_windows):
    """Opened as Excel opens it, so that others may read it: the report stands beside it."""
    windows.launch(office_on_windows / "校验台账.bat")
    report = office_on_windows / "output" / "校验" / "校验报告.xlsx"
    before = report.read_bytes()
    hold = windows.place / "hold.py"
    hold.write_text(
        "import ctypes, subprocess, sys\n"
        "k = ctypes.windll.kernel32; k.CreateFileW.restype = ctypes.c_void_p\n"
        "h = k.CreateFileW(sys.argv[1], 0xC0000000, 1, None, 3, 0, None)\n"
        "assert h not in (None, ctypes.c_void_p(-1).value)\n"
        "done = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)\n"
        "sys.stdout.buffer.write(done.stdout)\n",
        "utf-8",
    )
    named = lambda path: "Z:" + str(path).replace("/", "\\")  # noqa: E731
    command = [
        "wine", str(windows.place / "py311" / "python.exe"), "-X", "utf8", str(hold), named(report), named(office_on_windows / "runtime" / "python.exe"), "-X", "utf8",
        named(office_on_windows / "scripts" / "start.py"), "--today", "2026-12-20", "check",
    ]  # fmt: skip
    done = subprocess.run(command, env=windows.environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=300)
    said = done.stdout.decode("utf-8", "replace")
    assert "正在别的程序里打开着" in said, said
    assert report.read_bytes() == before
    assert (report.with_name("校验报告（新生成）.xlsx")).exists()
