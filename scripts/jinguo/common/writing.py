"""Names that Windows takes, and files that are never half written."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jinguo.common.errors import JinguoError

#: A virus scanner or a sync program lets go of a file within so many seconds; Excel does not.
_PATIENCE, _PAUSE = 2.0, 0.05
_RESERVED = re.compile(r"^(CON|PRN|AUX|NUL|COM\d|LPT\d)$", re.IGNORECASE)
#: Windows refuses paths over 260 characters; the folder of an office easily takes a hundred.
_LONGEST_NAME = 80
_MOST_BYTES = 240
#: A last word of up to so many characters says what the file is (培训通知, 群消息), and stays where the name is cut.
_LONGEST_KIND = 20


def file_digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; empty where it cannot be read, which has been told by then."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def file_state(path: Path) -> tuple[int, int, int]:
    """What changes with a file that is written or replaced: its size, its moment and its place on the disk; zeros where there is
    none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0, 0
    return found.st_size, found.st_mtime_ns, found.st_ino


def safe_name(name: str) -> str:
    """A file name that Windows takes: no reserved characters or names, no dot or space at its end, not too long.

    What looks alike stands in for the reserved characters (： for :, “ for "), so the name still reads as meant.
    """
    name = re.sub(r"[\x00-\x1f]", "", name).translate(str.maketrans('<>:"/\\|?*', "〈〉：”／＼｜？＊"))
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 5:
        stem, suffix = name, ""
    suffix = suffix.strip()
    stem = stem.strip(" .")
    length = min(len(stem), _LONGEST_NAME - len(suffix))
    # Chinese characters take three bytes, emoji four; 255 is what most disks take, and a mark or a number may follow.
    while len(_shortened(stem, length).encode("utf-8", "replace")) > _MOST_BYTES - len(suffix):
        length -= 1
    stem = _shortened(stem, length) or "未命名"
    if _RESERVED.match(stem.split(".")[0]):
        stem = f"_{stem}"
    return f"{stem}.{suffix}" if suffix else stem


def _shortened(stem: str, length: int) -> str:
    if len(stem) <= length:
        return stem
    mark = re.search(r"（[^（）]{1,10}）$", stem)
    if mark:
        return stem[: length - len(mark[0])].rstrip(" .") + mark[0]
    rest, space, kind = stem.rpartition(" ")
    end = space + kind if space and len(kind) <= _LONGEST_KIND else ""
    return (rest if end else stem)[: length - len(end)].rstrip(" .") + end


class FileInUse(JinguoError):
    """A file that another program holds, or that may not be written."""


def patiently(action: Callable[[], object]) -> None:
    """Do what replaces or removes a file; while another program holds it, for two seconds, again."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            action()
            return
        except PermissionError:
            if time.monotonic() >= end:
                raise
            time.sleep(_PAUSE)


def remove_file(path: Path) -> bool:
    """Remove a file, if it is there and nobody holds it for long; whether it is gone."""
    try:
        patiently(lambda: path.unlink(missing_ok=True))
    except OSError:
        return False
    return True


def write_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write through a temporary file in the same folder: a failure midway leaves the old file as it was.

    A link is followed. Who may read it stays as it was (a new file: `mode`, else everybody). Raises FileInUse where the file is open in another program, JinguoError where the folder cannot be
    written to.
    """
    temporary = ""
    try:
        path = path.resolve() if path.is_symlink() else path
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".jinguo-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, stat.S_IMODE(path.stat().st_mode) if path.exists() else mode or 0o644)
        patiently(lambda: os.replace(temporary, path))
    except RuntimeError as error:
        # How Python calls a link that leads to itself.
        raise told(OSError(errno.ELOOP, str(error)), path) from error
    except OSError as error:
        if temporary:
            remove_file(Path(temporary))
        raise told(error, path) from error


#: A file that is being written is there for a moment; one so old was left by a run that was killed.
_LEFT_BEHIND = 600


def clear_leftovers(folder: Path) -> None:
    """Remove what a run that was killed was about to write into a folder."""
    now = time.time()
    for path in folder.glob(".jinguo-*.tmp"):
        with contextlib.suppress(OSError):
            if now - path.stat().st_mtime > _LEFT_BEHIND:
                path.unlink()


def append_line(path: Path, text: str) -> None:
    """Add a line to a file; raises JinguoError as write_file does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"{text}\n")
    except OSError as error:
        raise told(error, path) from error


def told(error: OSError, path: Path) -> JinguoError:
    """Why a file could not be read or written, in staff's words."""
    if isinstance(error, PermissionError):
        return FileInUse("文件正被打开，或没有写入权限", str(path), "关闭打开它的 Word、Excel 或 WPS，再运行一次。")
    why = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
    in_the_way = error.errno in (errno.EISDIR, errno.ELOOP)
    remedy = "移开那个文件夹或快捷方式，再运行一次。" if in_the_way else "检查磁盘空间和文件夹权限，再运行一次。"
    return JinguoError(f"写文件失败：{why}", str(path), remedy)


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "该是文件的地方是一个文件夹",
    errno.ELOOP: "快捷方式（链接）指向自己",
    errno.EISDIR: "那里已有一个同名的文件夹",
    errno.EEXIST: "那里已有一个同名的文件",
    errno.ENOENT: "文件夹不存在",
}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
