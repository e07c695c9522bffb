"""Write every .bat: the project's own in scripts/, and those of the bundle beside its workbooks.

cmd.exe reads them in the computer's own code page, so their bodies are ASCII with CRLF; only their names are Chinese. A file dropped on
one comes as an argument. A name with & or ^ and no space is not quoted by Explorer and cut by cmd.exe: start.py reads it from the command
line of the shell that Explorer opened, and that ends with `exit`, before it takes what stands behind the & for a command.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]

#: What each is called, and what it runs, in the order of the README.
LAUNCHERS = {
    "巾帼台账": "menu", "待办": "todo", "一键生成": "all", "接入台账": "adopt", "校验台账": "check", "比较台账": "diff", "规范台账": "fix", "培训考试统计": "stats",
    "工作总结": "summary", "看板": "board", "汇总各县": "rollup", "生成通知": "notices", "会务材料": "event", "排值班表": "roster", "发放调查表": "survey issue",
    "回收调查表": "survey collect", "合并上报": "survey apply", "合并重复": "merge", "邮件草稿": "mail", "生成推荐名单": "nominate", "复核材料": "audit", "核对复核材料": "verify", "新建台账": "forms",
    "检查模板": "lint", "检查公文格式": "inspect", "规范公文格式": "format", "检查环境": "doctor",
}  # fmt: skip


class Place(NamedTuple):
    """Where launchers lie: the way from there to the runtime and to start.py, and whether another Python may do."""

    runtime: str
    start: str
    any_python: bool


IN_SCRIPTS = Place("..\\runtime\\python.exe", "start.py", True)
IN_BUNDLE = Place("runtime\\python.exe", "scripts\\start.py", False)
#: 请先把压缩包里的全部文件解压出来，再双击。 / 没有找到 Python。 PowerShell is told by numbers, as the file is ASCII.
_UNZIP = "请先把整个压缩包解压到一个文件夹，再双击里面的文件。"
_NO_PYTHON = "这台电脑上没有 Python。请用带运行环境的“巾帼台账”压缩包，或者安装 Python 3.12。"


def launcher(command: str, place: Place) -> bytes:
    """The .bat that runs a command."""
    other = (
        ["where py >nul 2>nul", "if errorlevel 1 goto python", 'py -3 -c "" >nul 2>nul', "if errorlevel 1 goto python", _call("py -3", command), "goto done", ":python",
         'python -c "" >nul 2>nul', "if errorlevel 1 goto nothing", _call("python", command), "goto done"]
        if place.any_python else ["goto nothing"]
    )  # fmt: skip
    lines = [
        "@echo off", "setlocal EnableExtensions DisableDelayedExpansion", 'cd /d "%~dp0"', 'set "PYTHONUTF8=1"', f'set "PY=%~dp0{place.runtime}"',
        f'set "START=%~dp0{place.start}"', 'set "JINGUO_BAT=%~nx0"', 'if not exist "%START%" goto unzip', 'if not exist "%PY%" goto other',
        _call('"%PY%" -X utf8', command), "goto done", ":other", *other, ":unzip",
        *_told(_UNZIP, "Please unzip the whole folder first, then double-click again."), 'set "RC=9"', "goto end", ":nothing",
        *_told(_NO_PYTHON, "Python 3.11 or newer is needed: https://www.python.org"), 'set "RC=9"', "goto end", ":done", 'set "RC=%ERRORLEVEL%"', ":end",
        "if not defined NOPAUSE pause", "setlocal EnableDelayedExpansion", 'if not "!CMDCMDLINE:/c=!"=="!CMDCMDLINE!" exit %RC%', "exit /b %RC%",
    ]  # fmt: skip
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _call(python: str, command: str) -> str:
    return f'{python} "%START%" {command} %*'


def _told(chinese: str, english: str) -> list[str]:
    """A sentence in ASCII, and the same in Chinese where PowerShell, which every Windows 10 has, can say it."""
    numbers = ",".join(str(ord(c)) for c in chinese)
    return [
        f"echo {english}",
        f'powershell -NoProfile -Command "[Console]::WriteLine([string]::new([char[]]({numbers})))" 2>nul',
    ]


def main() -> None:
    folder = ROOT / "scripts"
    wanted = {f"{name}.bat": launcher(command, IN_SCRIPTS) for name, command in LAUNCHERS.items()}
    for path in folder.glob("*.bat"):
        if path.name not in wanted:
            path.unlink()
    for name, data in wanted.items():
        (folder / name).write_bytes(data)
    print(f"{len(wanted)} launchers in {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
