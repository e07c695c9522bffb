"""Where generated files go: names Windows takes, old files that survive a failure, edits of staff that stay, equal
bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jinguo.common.writing as writing
from jinguo import __version__
from jinguo.common.errors import JinguoError
from jinguo.common.manifest import MANIFEST
from jinguo.common.output import Output, Written
from jinguo.common.writing import FileInUse, safe_name, write_file
from tests.helpers import ROOT, change_cell, examples, jinguo, office, snapshot

NOTICE = "通知/2026-10-22 女性社会组织规范化建设专题培训班 培训通知.docx"
BESIDE = "通知/2026-10-22 女性社会组织规范化建设专题培训班 培训通知（新生成）.docx"
RESERVED = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("2026-10-22 培训班 培训通知.docx", "2026-10-22 培训班 培训通知.docx"),
        ("“家门口的公益”主题沙龙.docx", "“家门口的公益”主题沙龙.docx"),
        ('关于"三八"节的通知.docx', "关于”三八”节的通知.docx"),
        ("9:00—16:30.docx", "9：00—16：30.docx"),
        ("妇联常委/执委.docx", "妇联常委／执委.docx"),
        ("..\\..\\设置.xlsx", "＼..＼设置.xlsx"),
        ("a<b>c|d?e*f.txt", "a〈b〉c｜d？e＊f.txt"),
        ("第一行\n第二行\t\x07.docx", "第一行第二行.docx"),
        ("年度总结. .docx", "年度总结.docx"),
        ("通知.", "通知"),
        (" 通知.docx", "通知.docx"),
        ("CON.docx", "_CON.docx"),
        ("nul", "_nul"),
        ("Com1.报告.docx", "_Com1.报告.docx"),
        ("LPT9.txt", "_LPT9.txt"),
        ("CONTEST.docx", "CONTEST.docx"),
        ("COM10.docx", "COM10.docx"),
        ("第1.5期 培训", "第1.5期 培训"),
        (".docx", "未命名.docx"),
        ("...", "未命名"),
        ("", "未命名"),
    ],
)
def test_safe_name(given_name, safe):
    assert safe_name(given_name) == safe


@pytest.mark.parametrize("given_name", ["通知.docx ", "通知 . ", "通知. . "])
def test_no_name_ends_in_a_space(given_name):
    assert not safe_name(given_name).endswith((" ", "."))


def test_a_long_name_is_cut_before_its_suffix():
    name = safe_name("女" * 200 + ".docx")
    assert re.fullmatch("女{70,80}[.]docx", name)


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        # A suffix has five letters at the most: what stands behind a later dot is part of the name.
        ("女" * 90 + ".jsonl", "女" * 75 + ".jsonl"),
        ("女" * 90 + ".jsonls", "女" * 80),
    ],
)
def test_a_suffix_has_five_letters_at_the_most(given_name, safe):
    assert safe_name(given_name) == safe


@pytest.mark.parametrize(("kind", "kept"), [("知" * 20, True), ("知" * 21, False)])
def test_the_last_word_says_what_the_file_is_up_to_twenty_characters(kind, kept):
    assert safe_name(f"{'女' * 90} {kind}.docx").endswith(f" {kind}.docx") == kept


def test_a_long_name_still_ends_with_what_the_file_is():
    for name in ("2026-10-22 " + "女" * 75 + " 培训通知.docx", "2026-10-22 " + "女" * 64 + " 群消息.txt"):
        short = safe_name(name)
        assert short[:12] == name[:12] and short.split()[-1] == name.split()[-1] and 80 <= len(short) <= 85
    assert safe_name("1 " + "女" * 120 + ".docx") == "1 " + "女" * 74 + ".docx"


@given(st.text(max_size=120), st.sampled_from([".docx", ".xlsx", " 群消息.txt"]))
@settings(max_examples=examples(100), deadline=None)
def test_any_text_gives_a_name_windows_takes(text, suffix):
    name = safe_name(text + suffix)
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name)
    assert name.endswith(suffix[-5:]) and name.split(".")[0].upper() not in RESERVED
    assert not name.split(".")[0].startswith(" ") and len(name) <= 90
    assert safe_name(name) == name


def test_the_parts_of_a_path_are_made_safe_too(tmp_path):
    """The folder of a batch bears the name of the post, which staff type into 设置.xlsx › 词表."""
    path = Output(tmp_path, "nominate").write("推荐/TJ2601 常委:候补?", "名单.docx", b"x")
    relative = path.relative_to(tmp_path).as_posix()
    assert not re.search(r'[<>:"\\|?*]', relative), relative


def test_a_file_is_written_into_a_new_folder(tmp_path):
    write_file(tmp_path / "校验" / "新" / "报告.txt", "内容".encode())
    assert snapshot(tmp_path) == {"校验/新/报告.txt": "内容".encode()}


def test_a_failure_midway_leaves_the_old_file(tmp_path, monkeypatch):
    """Disk full while the new content is being written: the old file is whole, and no temporary file lies about."""
    target = tmp_path / "通知.docx"
    target.write_bytes(b"old")

    def full(source, destination):
        assert Path(source).read_bytes() == b"new" and Path(source).parent == tmp_path
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", full)  # type: ignore[attr-defined]
    with pytest.raises(JinguoError) as caught:
        write_file(target, b"new")
    assert snapshot(tmp_path) == {"通知.docx": b"old"}
    assert caught.value.remedy == "检查磁盘空间和文件夹权限，再运行一次。"


def test_a_file_open_in_word_is_told_in_a_paragraph(tmp_path, monkeypatch):
    target = tmp_path / "通知.docx"
    target.write_bytes(b"old")

    def locked(source, destination):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(writing.os, "replace", locked)  # type: ignore[attr-defined]
    with pytest.raises(JinguoError) as caught:
        write_file(target, b"new")
    assert (
        caught.value.paragraph()
        == f"{target}：文件正被打开，或没有写入权限\n请这样做：关闭打开它的 Word、Excel 或 WPS，再运行一次。"
    )
    assert snapshot(tmp_path) == {"通知.docx": b"old"}


def test_a_full_disk_is_told_in_chinese(tmp_path, monkeypatch):
    def full(source, destination):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", full)  # type: ignore[attr-defined]
    with pytest.raises(JinguoError) as caught:
        write_file(tmp_path / "通知.txt", b"new")
    assert not re.search("[A-Za-z]{3,}", caught.value.what), caught.value.what


def run_once(folder: Path, data: bytes, name: str = "报告.docx") -> Output:
    output = Output(folder, "stats", {"人员台账.xlsx": "ab12"})
    output.write("统计", name, data, ["人员台账.xlsx › 人员 › A2"])
    output.finish()
    return output


def test_the_manifest_says_what_a_file_was_made_from(tmp_path):
    run_once(tmp_path, b"data")
    assert json.loads((tmp_path / MANIFEST).read_text("utf-8")) == {
        "统计/报告.docx": {
            "sha256": hashlib.sha256(b"data").hexdigest(),
            "command": "stats",
            "version": __version__,
            "inputs": {"人员台账.xlsx": "ab12"},
            "rows": ["人员台账.xlsx › 人员 › A2"],
        }
    }


def test_the_manifest_keeps_what_other_commands_wrote(tmp_path):
    run_once(tmp_path, b"a", "甲.docx")
    run_once(tmp_path, b"b", "乙.docx")
    assert list(json.loads((tmp_path / MANIFEST).read_text("utf-8"))) == ["统计/乙.docx", "统计/甲.docx"]


def test_a_file_nobody_touched_is_replaced(tmp_path):
    run_once(tmp_path, b"first")
    output = run_once(tmp_path, b"second")
    assert [(w.path, w.beside_edited) for w in output.written] == [("统计/报告.docx", False)]
    assert (tmp_path / "统计" / "报告.docx").read_bytes() == b"second"


def test_equal_content_is_not_written_again(tmp_path):
    """So that the time in the folder is when the content last changed."""
    run_once(tmp_path, b"same")
    os.utime(tmp_path / "统计" / "报告.docx", (1_000_000_000, 1_000_000_000))
    run_once(tmp_path, b"same")
    assert (tmp_path / "统计" / "报告.docx").stat().st_mtime == 1_000_000_000


def test_an_edited_file_stays_and_the_new_one_stands_beside_it(tmp_path):
    run_once(tmp_path, b"first")
    (tmp_path / "统计" / "报告.docx").write_bytes(b"edited")
    output = run_once(tmp_path, b"second")
    assert [(w.path, w.beside_edited) for w in output.written] == [("统计/报告（新生成）.docx", True)]
    run_once(tmp_path, b"third")
    files = snapshot(tmp_path / "统计")
    assert files == {"报告.docx": b"edited", "报告（新生成）.docx": b"third"}


def test_an_edited_file_beside_an_edited_one_stays_too(tmp_path):
    run_once(tmp_path, b"first")
    (tmp_path / "统计" / "报告.docx").write_bytes(b"edited")
    run_once(tmp_path, b"second")
    (tmp_path / "统计" / "报告（新生成）.docx").write_bytes(b"edited too")
    run_once(tmp_path, b"third")
    run_once(tmp_path, b"fourth")
    assert snapshot(tmp_path / "统计") == {
        "报告.docx": b"edited",
        "报告（新生成）.docx": b"edited too",
        "报告（新生成2）.docx": b"fourth",
    }


def test_a_file_staff_deleted_is_written_again_in_its_place(tmp_path):
    run_once(tmp_path, b"first")
    (tmp_path / "统计" / "报告.docx").unlink()
    assert [w.path for w in run_once(tmp_path, b"second").written] == ["统计/报告.docx"]


def test_a_file_that_staff_put_there_is_never_replaced(tmp_path):
    (tmp_path / "统计").mkdir()
    (tmp_path / "统计" / "报告.docx").write_bytes(b"staff's own")
    run_once(tmp_path, b"first")
    assert snapshot(tmp_path / "统计") == {"报告.docx": b"staff's own", "报告（新生成）.docx": b"first"}


def test_a_long_name_has_room_for_the_mark_beside_an_edited_file(tmp_path):
    name = "女" * 200 + ".docx"
    run_once(tmp_path, b"first", name)
    (tmp_path / "统计" / safe_name(name)).write_bytes(b"edited")
    assert run_once(tmp_path, b"second", name).written[0].beside_edited


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{oops",
        "\ufeff{}",
        pytest.param("[]"),
        pytest.param('{"统计/报告.docx": 1}'),
    ],
)
def test_with_a_broken_manifest_nothing_is_overwritten(tmp_path, text):
    run_once(tmp_path, b"first")
    (tmp_path / MANIFEST).write_text(text, "utf-8")
    run_once(tmp_path, b"second")
    assert snapshot(tmp_path / "统计") == {"报告.docx": b"first", "报告（新生成）.docx": b"second"}
    assert list(json.loads((tmp_path / MANIFEST).read_text("utf-8"))) == ["统计/报告（新生成）.docx"]


def test_a_lost_manifest_gives_no_copies_of_what_is_equal_anyway(tmp_path):
    run_once(tmp_path, b"same")
    (tmp_path / MANIFEST).unlink()
    run_once(tmp_path, b"same")
    assert snapshot(tmp_path / "统计") == {"报告.docx": b"same"}


def test_two_files_of_one_run_under_one_name_are_both_there(tmp_path):
    output = Output(tmp_path, "notices")
    output.write("通知", "培训通知.docx", b"morning")
    output.write("通知", "培训通知.docx", b"afternoon")
    assert sorted(snapshot(tmp_path / "通知").values()) == [b"afternoon", b"morning"]


def test_a_file_that_cannot_even_be_read_is_told_in_a_paragraph(tmp_path, monkeypatch):
    """Some programs open a file so that nobody else may read it."""
    run_once(tmp_path, b"first")
    read = Path.read_bytes

    def locked(path):
        if path.name == "报告.docx":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", locked)
    done = run_once(tmp_path, b"second")
    assert done.written == [Written("统计/报告（新生成）.docx", instead_of="统计/报告.docx")]


class Held:
    """Files that another program has open: they can be read, not replaced and not removed; it lets go after so many tries."""

    def __init__(self, monkeypatch, names, tries=10**9):
        self.left, self.names = dict.fromkeys(names, tries), set(names)
        replace, unlink = os.replace, Path.unlink

        def refused(path):
            name = Path(path).name
            if self.left.get(name, 0) > 0:
                self.left[name] -= 1
                raise PermissionError(13, "Access is denied", str(path))

        def held_replace(source, destination):
            refused(destination)
            replace(source, destination)

        def held_unlink(path, missing_ok=False):
            refused(path)
            unlink(path, missing_ok=missing_ok)

        monkeypatch.setattr(os, "replace", held_replace)
        monkeypatch.setattr(Path, "unlink", held_unlink)
        monkeypatch.setattr(writing, "_PATIENCE", 0.3)

    def let_go(self):
        self.left.clear()


def test_a_scanner_that_lets_go_is_waited_for(tmp_path, monkeypatch):
    run_once(tmp_path, b"first")
    Held(monkeypatch, ["报告.docx"], tries=3)
    assert run_once(tmp_path, b"second").written == [Written("统计/报告.docx")]
    assert (tmp_path / "统计/报告.docx").read_bytes() == b"second"


def test_beside_a_file_that_is_open_the_new_one_is_written_and_goes_when_it_is_closed(tmp_path, monkeypatch):
    run_once(tmp_path, b"first")
    held = Held(monkeypatch, ["报告.docx"])
    done = run_once(tmp_path, b"second")
    assert done.written == [Written("统计/报告（新生成）.docx", instead_of="统计/报告.docx")]
    assert {k: v for k, v in snapshot(tmp_path).items() if k != MANIFEST} == {
        "统计/报告.docx": b"first",
        "统计/报告（新生成）.docx": b"second",
    }
    # Still open: the one beside it is renewed, and nothing else appears.
    run_once(tmp_path, b"third")
    assert (tmp_path / "统计/报告（新生成）.docx").read_bytes() == b"third"
    held.let_go()
    assert run_once(tmp_path, b"fourth").written == [Written("统计/报告.docx")]
    assert {k: v for k, v in snapshot(tmp_path).items() if k != MANIFEST} == {"统计/报告.docx": b"fourth"}
    assert set(json.loads((tmp_path / MANIFEST).read_text("utf-8"))) == {"统计/报告.docx"}


def test_what_staff_edited_beside_an_open_file_stays(tmp_path, monkeypatch):
    run_once(tmp_path, b"first")
    held = Held(monkeypatch, ["报告.docx"])
    run_once(tmp_path, b"second")
    held.let_go()
    (tmp_path / "统计/报告（新生成）.docx").write_bytes(b"hers")
    run_once(tmp_path, b"third")
    assert (tmp_path / "统计/报告（新生成）.docx").read_bytes() == b"hers"


def test_where_every_name_is_held_it_is_said_and_nothing_is_left_behind(tmp_path, monkeypatch):
    run_once(tmp_path, b"first")
    before = snapshot(tmp_path)
    names = ["报告.docx", "报告（新生成）.docx", *(f"报告（新生成{n}）.docx" for n in range(2, 9))]
    Held(monkeypatch, names)
    with pytest.raises(FileInUse, match="文件正被打开"):
        run_once(tmp_path, b"second")
    assert {k: v for k, v in snapshot(tmp_path).items() if not k.startswith(".清单")} == before
    # What could not be written is not taken for the program's own: the first is still known.
    assert Output(tmp_path, "stats")._manifest.is_ours("统计/报告.docx", b"first")


def test_out_of_date_files_that_are_open_stay_known_until_they_are_gone(tmp_path, monkeypatch):
    run_once(tmp_path, b"first")
    held = Held(monkeypatch, ["报告.docx"])

    def clear() -> Output:
        output = Output(tmp_path, "stats")
        output.clear("统计/")
        output.finish()
        return output

    assert clear().removed == []
    held.let_go()
    assert clear().removed == ["统计/报告.docx"]


def test_check_goes_on_while_its_report_is_open(tmp_path):
    """The findings are said, the report stands beside the open one; the console names both."""
    folder = office(tmp_path / "office")
    assert jinguo(folder, "check").returncode == 0
    code = (
        "import os, pathlib, jinguo.common.writing as w\n"
        "w._PATIENCE = 0.1; old = os.replace\n"
        "def held(a, b):\n"
        "    if pathlib.Path(b).name == '校验报告.xlsx': raise PermissionError(13, 'held', str(b))\n"
        "    old(a, b)\n"
        "os.replace = held\n"
        "from jinguo.commands import main; main(['--today', '2026-10-16', 'check'])"
    )
    change_cell(folder / "workbooks/项目台账.xlsx", "项目", "H2", "五万")
    environment = dict(os.environ, JINGUO_HOME=str(folder), PYTHONPATH=str(ROOT / "scripts"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.returncode == 1, done.stderr
    assert "校验/校验报告.xlsx 正在别的程序里打开着，没有替换；新的写在旁边：校验报告（新生成）.xlsx" in done.stdout
    assert "五万" in done.stdout
    assert (folder / "output/校验/校验报告（新生成）.xlsx").exists()
    assert not list((folder / "output").rglob(".jinguo-*"))


@pytest.mark.long
def test_the_same_workbooks_give_the_same_bytes_in_another_folder(generated, tmp_path):
    """Two real runs in two folders, then a third over the second: every file, the manifest included, byte for byte."""
    second = office(tmp_path / "工具(1)" / "a b")
    assert jinguo(second, "all", fresh=True).returncode == 0
    once = snapshot(second / "output")
    assert {NOTICE, MANIFEST, "校验/校验报告.xlsx", "统计/培训考试统计.xlsx"} <= set(once)
    assert once == snapshot(generated / "output")
    assert jinguo(second, "all", fresh=True).returncode == 0
    assert snapshot(second / "output") == once


def test_the_manifest_of_a_real_run_lists_every_file(generated):
    files = snapshot(generated / "output")
    manifest = json.loads(files.pop(MANIFEST))
    assert {path: entry["sha256"] for path, entry in manifest.items()} == {
        path: hashlib.sha256(data).hexdigest() for path, data in files.items()
    }
    books = {name: hashlib.sha256(data).hexdigest() for name, data in snapshot(generated / "workbooks").items()}
    assert all(entry["inputs"] == books and entry["version"] == __version__ for entry in manifest.values())
    assert manifest[NOTICE]["command"] == "notices"
    assert manifest[NOTICE]["rows"] == ["培训考试台账.xlsx › 培训活动 › A19"]


def test_a_notice_edited_in_word_survives_two_more_runs(tmp_path):
    folder = office(tmp_path / "office")
    assert jinguo(folder, "notices", "培训通知").returncode == 0
    made = (folder / "output" / NOTICE).read_bytes()
    document = docx.Document(str(folder / "output" / NOTICE))
    document.paragraphs[-1].add_run("（已核）")
    document.save(str(folder / "output" / NOTICE))
    edited = (folder / "output" / NOTICE).read_bytes()
    for _ in range(2):
        assert jinguo(folder, "notices", "培训通知").returncode == 0
        assert (folder / "output" / NOTICE).read_bytes() == edited != made
        assert (folder / "output" / BESIDE).read_bytes() == made
    assert len(list((folder / "output" / "通知").iterdir())) == 5


def test_a_run_that_stopped_midway_leaves_no_copies_behind(tmp_path):
    """The workbook is written, the Word template is missing; once it is back, the next run replaces the workbook."""
    folder = office(tmp_path / "office")
    assert jinguo(folder, "--templates", str(tmp_path / "nowhere"), "stats").returncode == 2
    assert jinguo(folder, "stats").returncode == 0
    names = sorted(p.name for p in (folder / "output" / "统计").iterdir())
    assert names == ["2026年培训考试统计报告.docx", "培训考试统计.xlsx", "年度统计.xlsx"]


def test_what_is_out_of_date_goes_unless_staff_edited_it_or_another_command_wrote_it(tmp_path):
    """A mark on a cell that is right by now, a list that is no longer possible."""
    first = Output(tmp_path, "check")
    for name in ("甲.xlsx", "乙.xlsx", "丙.xlsx"):
        first.write("校验", name, b"marked")
    first.finish()
    run_once(tmp_path, b"statistics")
    (tmp_path / "校验" / "丙.xlsx").write_bytes(b"edited")
    again = Output(tmp_path, "check")
    again.write("校验", "甲.xlsx", b"marked")
    again.clear("校验/")
    again.finish()
    files = snapshot(tmp_path)
    manifest = json.loads(files.pop(MANIFEST))
    assert files == {"校验/甲.xlsx": b"marked", "校验/丙.xlsx": b"edited", "统计/报告.docx": b"statistics"}
    assert "校验/乙.xlsx" not in manifest


@pytest.mark.parametrize(
    "path", ["../workbooks/人员台账.xlsx", "校验/../../workbooks/人员台账.xlsx", "/etc/hosts", "C:\\台账.xlsx", "..\\x"]
)
def test_a_forged_manifest_removes_nothing_outside_of_output(tmp_path, path):
    """It names a workbook as one of the program's own that is out of date."""
    book = tmp_path / "workbooks" / "人员台账.xlsx"
    book.parent.mkdir()
    book.write_bytes(b"hers")
    folder = tmp_path / "output"
    folder.mkdir()
    entry = {"sha256": hashlib.sha256(b"hers").hexdigest(), "command": "check"}
    (folder / MANIFEST).write_text(json.dumps({path: entry}), "utf-8")
    output = Output(folder, "check")
    assert output.manifest == {}
    output.clear("")
    output.finish()
    assert book.read_bytes() == b"hers" and output.removed == []


def test_a_link_in_output_is_not_followed(tmp_path):
    outside = tmp_path / "elsewhere.docx"
    outside.write_bytes(b"hers")
    place = tmp_path / "output" / "统计" / "报告.docx"
    place.parent.mkdir(parents=True)
    place.symlink_to(outside)
    output = Output(tmp_path / "output", "stats")
    written = output.write("统计", "报告.docx", b"new")
    output.finish()
    assert outside.read_bytes() == b"hers"
    assert written.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_who_may_read_a_file_stays_as_it_was(tmp_path):
    target = tmp_path / "人员台账.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o600)
    write_file(target, b"new")
    assert target.stat().st_mode & 0o777 == 0o600
    write_file(tmp_path / "报告.docx", b"new")
    assert (tmp_path / "报告.docx").stat().st_mode & 0o777 == 0o644
