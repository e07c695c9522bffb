"""Make .venv when it is needed, install jinguo into it, and run a command there.

    python3 scripts/start.py all          run a jinguo command (every argument is passed on)
    python3 scripts/start.py test         run the tests

Standard library alone, and dropped_files beside it; no syntax newer than Python 3.6: an old Python can still say that it is too old.
"""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from dropped_files import dropped

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "jinguo-installed.txt"
WHEELHOUSE = ROOT / "wheelhouse"
OLDEST, NEWEST = (3, 11), (3, 14)
#: Tried where the package index of the world cannot be reached.
MIRROR = "https://pypi.tuna.tsinghua.edu.cn/simple"
#: Made by whoever sets up, so that a second window waits; one that is older than this was left by a window that was closed.
LOCK = ROOT / ".venv-准备中"
LONGEST = 30 * 60
#: What pip says where the package index was not reached.
NETWORK = re.compile("[Cc]onnection|timed out|Timeout|getaddrinfo|SSLError|ProxyError|Max retries|Failed to establish")


class CannotStart(Exception):
    """What staff read when the tool cannot be set up: what happened, and what to do."""


def say(text):
    print(text, flush=True)


def venv_python():
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def wanted_stamp(extras):
    """What .venv must have been made from: a change of any of these makes it again (the root, as .venv cannot move)."""
    digest = hashlib.sha256()
    for name in ("setup.cfg", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return "\n".join([digest.hexdigest(), "%d.%d" % sys.version_info[:2], str(ROOT), extras]) + "\n"


def installed(extras):
    """Whether .venv holds what is wanted; one made for the tests also serves the commands."""
    if not venv_python().exists() or not STAMP.exists() or not its_python_is_there():
        return False
    found = STAMP.read_text(encoding="utf-8")
    return found == wanted_stamp(extras) or found == wanted_stamp("test")


def its_python_is_there():
    """Whether the Python that .venv was made from is still where it was: not where the folder came from another computer, or Python
    was moved or removed."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    home = [line.partition("=")[2].strip() for line in lines if line.partition("=")[0].strip() == "home"]
    return bool(home) and Path(home[0]).is_dir()


def may_be_extended(extras):
    """Whether .venv is whole and only lacks the tests' tools, which can be added to it."""
    if extras != "test" or not venv_python().exists() or not STAMP.exists():
        return False
    return STAMP.read_text(encoding="utf-8") == wanted_stamp("run")


def made_for_tests():
    """Whether the .venv there is holds the tests' tools, which a new installation then should not lose."""
    return STAMP.exists() and STAMP.read_text(encoding="utf-8").splitlines()[-1:] == ["test"]


def check_python():
    if sys.version_info < OLDEST:
        raise CannotStart(
            "这台电脑上的 Python 是 %d.%d，太旧了；巾帼台账需要 %d.%d 或更新的版本。\n"
            "请从 python.org（或单位软件管家）安装 Python 3.12，安装时勾选 “Add python.exe to PATH”，再运行一次。"
            % (sys.version_info[:2] + OLDEST)
        )
    if sys.version_info[:2] > NEWEST:
        raise CannotStart(
            "这台电脑上的 Python 是 %d.%d，太新了：程序用到的部件还没有适合它的，测试过的最新是 %d.%d。\n"
            "请从 python.org（或单位软件管家）另装 Python 3.12，两个可以同时装；或者用带运行环境的“巾帼台账”压缩包。"
            % (sys.version_info[:2] + NEWEST)
        )
    if sys.maxsize <= 2**32:
        raise CannotStart(
            "这台电脑上的 Python 是 32 位的，程序要 64 位的。\n"
            "请卸载它，从 python.org 安装 Python 3.12 的 “Windows installer (64-bit)”；Windows 本身是 32 位的电脑不能用。"
        )
    if os.name == "nt" and platform.machine().upper() in ("ARM64", "AARCH64"):
        raise CannotStart(
            "这台电脑上的 Python 是 ARM 的，程序用到的部件没有适合它的。\n"
            "请从 python.org 安装 Python 3.12 的 “Windows installer (64-bit)”（ARM 电脑也能运行）。"
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError as error:
        raise CannotStart(
            "这个 Python 缺少 venv 模块（%s），不能建立运行环境。\n"
            "Debian、Ubuntu、统信、麒麟系统请先运行：sudo apt install python3-venv；"
            "Windows 请重新安装完整版 Python（不要用“嵌入式”压缩包）。" % error.name
        ) from error


def remove_half_made():
    if not VENV.exists():
        return
    say("  原有的运行环境不完整或已过时，正在重建……")
    try:
        shutil.rmtree(str(VENV))
    except OSError as error:
        raise CannotStart(
            "删不掉旧的运行环境 %s（%s）。\n请关闭正在运行的巾帼台账窗口和杀毒软件的扫描，再运行一次；"
            "仍不行就手工删除 .venv 文件夹。" % (VENV, error)
        ) from error


def run_setup_step(command, trouble):
    """Run one step quietly; when it fails, raise CannotStart with `trouble` and the last lines it printed."""
    done = subprocess.run(command, cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise StepFailed(trouble, done.stdout.decode("utf-8", "replace").strip().splitlines())


class StepFailed(CannotStart):
    """A step of the set-up that failed, with what it printed."""

    def __init__(self, trouble, lines):
        # What went wrong stands in the lines that say so, not in the last ones.
        causes = [
            line
            for line in lines
            if line.lstrip().startswith(("ERROR", "Error", "error", "OSError", "PermissionError"))
        ]
        super().__init__(trouble + "\n  —— 程序的原话：\n  " + "\n  ".join((causes or lines)[-6:]))
        self.lines = lines

    def is_of_the_network(self):
        """Whether the package index was not reached; no space, no rights and no fitting package are other matters."""
        return bool(NETWORK.search("\n".join(self.lines)))


@contextlib.contextmanager
def only_one_sets_up():
    """Let a second window wait until the first has set up."""
    said = False
    while True:
        try:
            os.close(os.open(str(LOCK), os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if left_behind(LOCK):
                continue
            if not said:
                say("另一个窗口正在准备运行环境，请等一等……")
                said = True
            time.sleep(1)
        except OSError:
            # Where nothing can be written the set-up itself says so.
            break
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            LOCK.unlink()


def left_behind(lock):
    """Remove the mark of a window that was closed long ago; whether it is gone."""
    try:
        if time.time() - lock.stat().st_mtime < LONGEST:
            return False
        lock.unlink()
    except OSError:
        return not lock.exists()
    return True


def install(extras):
    """Make .venv from nothing, or add to the one there is what the tests need, with the tested versions."""
    if may_be_extended(extras):
        say("正在给运行环境加上自检的工具，大约需要一分钟。")
        # Until it is done, what is there is not whole.
        STAMP.unlink()
    else:
        say("首次运行（或程序有更新）：正在准备运行环境，大约需要一两分钟。")
        check_python()
        remove_half_made()
        say("  1/2 建立 .venv ……")
        run_setup_step(
            [sys.executable, "-m", "venv", str(VENV)], "建立运行环境 .venv 失败。请检查磁盘空间和文件夹的写入权限。"
        )
    if WHEELHOUSE.is_dir():
        say("  2/2 从 wheelhouse 文件夹安装（不联网）……")
        source = ["--no-index", "--find-links", str(WHEELHOUSE)]
        trouble = "从 wheelhouse 文件夹安装失败：里面可能缺少安装包，或不适合这台电脑的 Python。请重新拷贝整个文件夹。"
    else:
        say("  2/2 联网安装所需的程序包……")
        source = []
        trouble = (
            "联网安装失败。请检查网络后再运行一次；\n"
            "不能上网的电脑，请向维护人员要一份 wheelhouse 文件夹，放到 %s 里再运行。" % ROOT
        )
    target = ".[test]" if extras == "test" else "."
    command = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "-q"]
    try:
        run_setup_step(command + source + ["-c", "constraints.txt", "-e", target], trouble)
    except StepFailed as failed:
        if source or not failed.is_of_the_network():
            raise
        say("  连不上 pypi.org，改从国内的镜像安装……")
        run_setup_step([*command, "-i", MIRROR, "-c", "constraints.txt", "-e", target], trouble)
    # Written last: a set-up that was broken off leaves no stamp and is made again.
    STAMP.write_text(wanted_stamp(extras), encoding="utf-8")
    say("  运行环境已就绪。")


def own_runtime():
    """Whether this Python is the one that came with the program, and everything is installed in it."""
    return Path(sys.executable).resolve().parent == ROOT / "runtime"


def run_at_once(arguments):
    """Run a command with the Python that came with the program: in this process, without a set-up and without a network."""
    from unfold import home_of, unfold

    home = Path(os.environ["JINGUO_HOME"]) if os.environ.get("JINGUO_HOME") else home_of(ROOT)
    os.environ["JINGUO_HOME"] = str(home)
    os.environ["JINGUO_BUNDLE"] = "1"
    if home != ROOT:
        say("程序所在的文件夹不能写，台账、模板和生成的文件放在 %s。" % home)
    try:
        for line in unfold(ROOT, home):
            say(line)
    except OSError as error:
        say("【不能启动】演示台账和模板没有放好（%s）。请检查磁盘空间和文件夹的写入权限，再运行一次。" % error)
        return 2
    from jinguo.commands import run_words

    return run_words(arguments)


def main(arguments):
    arguments = dropped(arguments)
    if own_runtime():
        return run_at_once(arguments)
    testing = arguments[:1] == ["test"]
    extras = "test" if testing or made_for_tests() else "run"
    try:
        if not installed(extras):
            with only_one_sets_up():
                if not installed(extras):
                    install(extras)
    except CannotStart as trouble:
        say("【不能启动】" + str(trouble))
        return 2
    module = ["pytest", *arguments[1:]] if testing else ["jinguo", *arguments]
    environment = dict(os.environ, PYTHONUTF8="1")
    if testing:
        # Thousands of processes follow: what one has compiled the next need not compile again.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return subprocess.call([str(venv_python()), "-m", *module], cwd=str(ROOT), env=environment)
    # Staff's own folders (dropped files, --workbooks) are relative to where they are, the defaults to the project.
    environment.setdefault("JINGUO_HOME", str(ROOT))
    code = subprocess.call([str(venv_python()), "-m", *module], env=environment)
    if died(code):
        say(
            "【意外停止】程序中途停了，多半是有一个工作簿已损坏，或者大得读不了。台账没有写坏。\n"
            "请这样做：把最近改过、收到的工作簿一个一个移出 workbooks 文件夹再运行，找出是哪一个，用 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”。"
        )
        return 2
    return code


def died(code):
    """Whether a program was ended from outside, as for want of memory, and not by itself or by its user (Ctrl+C, the
    window closed): by a signal, or with a status of Windows."""
    return (code < 0 and -code not in (signal.SIGINT, signal.SIGTERM, 1)) or (code > 0xFFFF and code != 0xC000013A)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
