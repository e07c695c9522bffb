"""What of a computer matters to the program: versions, folders, fonts, Office, the clock. Nothing of anybody is in it."""

from __future__ import annotations

import datetime
import locale
import os
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from jinguo import __version__

GOOD, DOUBTFUL, BAD = "好", "注意", "不行"
#: Windows refuses paths of more than 260 characters, and the longest name that is written has a hundred and twenty.
_LONGEST_FOLDER = 130
#: The fonts of a 公文 by the names they have, and what stands in where none of them is there.
_FONTS = {
    "小标宋（标题）": ("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXBSJW", "小标宋"),
    "仿宋（正文）": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "SimFang", "STFangsong", "华文仿宋"),
    "楷体（二级标题）": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "SimKai", "STKaiti", "华文楷体"),
    "黑体（一级标题）": ("黑体", "SimHei", "STHeiti"),
}
_OFFICE = {"Word": "Winword.exe", "Excel": "excel.exe", "WPS 文字": "wps.exe", "WPS 表格": "et.exe", "LibreOffice": "soffice.exe"}  # fmt: skip


class Reading(NamedTuple):
    """One thing that was looked at, what was found, whether that is good, and what to do where it is not."""

    what: str
    found: str
    state: str = GOOD
    remedy: str = ""


def environment(workbooks: Path, output: Path, now: datetime.datetime) -> list[Reading]:
    """Everything that matters, in the order in which one would look."""
    return [
        *_program(), *_folders(workbooks, output), *_open_files(workbooks), *_fonts(), *_office(), *_clock(now), *_last_log(output),
    ]  # fmt: skip


def _program() -> list[Reading]:
    bits = struct.calcsize("P") * 8
    own = (Path(sys.executable).parent.name == "runtime") or bool(os.environ.get("JINGUO_BUNDLE"))
    return [
        Reading("程序", f"巾帼台账 {__version__}"),
        Reading("Python", f"{platform.python_version()}，{bits} 位，{'随程序带的' if own else '电脑上装的'}",
                BAD if bits == 32 else GOOD, "装 64 位的 Python，或用带运行环境的压缩包。" if bits == 32 else ""),
        Reading("系统", f"{platform.system()} {platform.release()}（{platform.machine()}）"),
    ]  # fmt: skip


def _folders(workbooks: Path, output: Path) -> list[Reading]:
    home = workbooks.resolve().parent
    length = len(str(home))
    found = [
        Reading("文件夹长度", f"{length} 个字", DOUBTFUL if length > _LONGEST_FOLDER else GOOD,
                "把整个文件夹移到浅一点的地方，如 D:\\巾帼台账；太长的路径 Windows 存不了。" if length > _LONGEST_FOLDER else ""),
    ]  # fmt: skip
    for name, folder in (("workbooks", workbooks), ("output", output)):
        why = _not_writable(folder)
        found.append(
            Reading(f"{name} 能写", "能" if not why else f"不能（{why}）", BAD if why else GOOD,
                    "换一个有写入权限的文件夹；在 U 盘、网盘里的，先拷到本机。" if why else "")
        )  # fmt: skip
    free = shutil.disk_usage(home if home.exists() else Path.cwd()).free // 2**20
    found.append(Reading("磁盘剩余", f"{free} MB", BAD if free < 200 else GOOD, "清理磁盘，至少留 200 MB。" if free < 200 else ""))  # fmt: skip
    return found


def _not_writable(folder: Path) -> str:
    """Why nothing can be written into a folder, or into the one it would be made in; empty where it can."""
    place = next((p for p in (folder, *folder.resolve().parents) if p.is_dir()), None)
    if place is None:
        return "找不到文件夹"
    try:
        with tempfile.TemporaryFile(dir=place):
            return ""
    except OSError as error:
        return error.strerror or "没有权限"


def _open_files(workbooks: Path) -> list[Reading]:
    """Workbooks that are open, and files that are none of the program's: names only."""
    if not workbooks.is_dir():
        return [Reading("台账", "没有 workbooks 文件夹", BAD, "把台账放进 workbooks 文件夹。")]
    names = sorted(path.name for path in workbooks.iterdir() if path.is_file())
    opened = [name[2:] for name in names if name.startswith("~$")]
    books = [name for name in names if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")) and not name.startswith(("~$", ".~"))]  # fmt: skip
    strays = [name for name in names if name.endswith(".tmp") or name.startswith(".~")]
    found = [Reading("台账", f"{len(books)} 个工作簿", GOOD if books else BAD, "" if books else "把台账放进 workbooks 文件夹，或双击“新建台账”。")]  # fmt: skip
    if opened:
        found.append(
            Reading("正开着的台账", f"{len(opened)} 个", DOUBTFUL, "要写入台账的事（规范、合并）先关闭它们再做。")
        )
    if strays:
        found.append(Reading("临时文件", f"{len(strays)} 个", DOUBTFUL, "程序没有在运行的话，可以删去 .tmp、.~ 开头的文件。"))  # fmt: skip
    return found


def _fonts() -> list[Reading]:
    """Which fonts of a 公文 are there."""
    installed = _installed_fonts()
    if installed is None:
        return [Reading("公文字体", "看不到装了哪些字体", DOUBTFUL, "在 Word 的字体列表里看看有没有仿宋、楷体、黑体、小标宋。")]  # fmt: skip
    found = []
    for what, names in _FONTS.items():
        there = [name for name in names if any(name.lower() in font.lower() for font in installed)]
        remedy = (
            "" if there else "没有它时 Word 用别的字体代替，版式会变；请安装，或在 设置.xlsx › 单位 里写上有的字体。"
        )
        found.append(Reading(what, f"有（{there[0]}）" if there else "没有", GOOD if there else DOUBTFUL, remedy))
    return found


def _installed_fonts() -> list[str] | None:
    if sys.platform == "win32":
        import winreg

        found: list[str] = []
        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts") as key:
                    found += [winreg.EnumValue(key, n)[0] for n in range(winreg.QueryInfoKey(key)[1])]
            except OSError:
                continue
        return found
    if not shutil.which("fc-list"):
        return None
    done = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines()


def _office() -> list[Reading]:
    """Which programs are there that open what is written."""
    there = [name for name, program in _OFFICE.items() if _has_program(program)]
    return [
        Reading("Office、WPS", "、".join(there) or "没有找到", GOOD if there else DOUBTFUL, "" if there else "装了的话不用管；没有装的，装上 WPS 或 Office 才能打开生成的文件。")
    ]  # fmt: skip


def _has_program(program: str) -> bool:
    if sys.platform == "win32":
        import winreg

        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                winreg.CloseKey(winreg.OpenKey(root, rf"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\{program}"))
                return True
            except OSError:
                continue
        return False
    return shutil.which(Path(program).stem.lower()) is not None


def _clock(now: datetime.datetime) -> list[Reading]:
    strange = not 2024 <= now.year <= 2100
    return [
        Reading("电脑的日期", f"{now:%Y-%m-%d %H:%M}", BAD if strange else GOOD, "调好电脑的日期：到期、年龄都按它算。" if strange else ""),
        Reading("编码", f"{locale.getpreferredencoding(False)}，{sys.stdout.encoding or ''}"),
    ]  # fmt: skip


def _last_log(output: Path) -> list[Reading]:
    logs = sorted((output / "日志").glob("*.txt")) if (output / "日志").is_dir() else []
    return [Reading("最近的出错记录", logs[-1].name, DOUBTFUL, "把 output/日志 里的这个文件和 诊断.txt 一起发给维护人员。")] if logs else []  # fmt: skip


def diagnosis(readings: Iterable[Reading], now: datetime.datetime) -> str:
    """The text to be sent to whoever maintains the program; the name of the user, who is in paths, is not in it."""
    lines = [f"巾帼台账 环境检查 {now:%Y-%m-%d %H:%M}", ""]
    for reading in readings:
        lines.append(f"[{reading.state}] {reading.what}：{reading.found}" + (f"　{reading.remedy}" if reading.remedy else ""))  # fmt: skip
    return "\r\n".join(lines) + "\r\n"
