"""Where a generated file goes, and whether it may be replaced: the only module that writes into output/."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from jinguo import __version__
from jinguo.common.errors import JinguoError

MANIFEST = "清单.json"
_RESERVED = re.compile(r"^(CON|PRN|AUX|NUL|COM\d|LPT\d)$", re.IGNORECASE)
#: Windows refuses paths over 260 characters; the folder of an office easily takes a hundred.
_LONGEST_NAME = 80
#: A last word of up to so many characters says what the file is (培训通知, 群消息), and stays where the name is cut.
_LONGEST_KIND = 20


def file_digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; empty where it cannot be read, which has been told by then."""
    try:
        return digest(path.read_bytes())
    except OSError:
        return ""


def safe_name(name: str) -> str:
    """A file name that Windows takes: no reserved characters or names, no dot or space at its end, not too long.

    What looks alike stands in for the reserved characters (： for :, “ for "), so the name still reads as meant.
    """
    name = re.sub(r"[\x00-\x1f]", "", name).translate(str.maketrans('<>:"/\\|?*', "〈〉：”／＼｜？＊"))
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 5:
        stem, suffix = name, ""
    suffix = suffix.strip()
    stem = _shortened(stem.strip(" ."), _LONGEST_NAME - len(suffix)) or "未命名"
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


def write_file(path: Path, data: bytes) -> None:
    """Write through a temporary file in the same folder: a failure midway leaves the old file as it was.

    A link is followed. Raises JinguoError where the file is open in another program or the folder cannot be written to.
    """
    temporary = ""
    path = path.resolve() if path.is_symlink() else path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".jinguo-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        if isinstance(error, PermissionError):
            raise JinguoError(
                "文件正被打开，或没有写入权限", str(path), "关闭打开它的 Word、Excel 或 WPS，再运行一次。"
            ) from error
        why = _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")
        raise JinguoError(f"写文件失败：{why}", str(path), "检查磁盘空间和文件夹权限，再运行一次。") from error


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOTDIR: "路径里有一段是文件，不是文件夹",
    errno.EISDIR: "那里已有一个同名的文件夹",
    errno.EEXIST: "那里已有一个同名的文件",
    errno.ENOENT: "文件夹不存在",
}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Written:
    """One file of a run: its path under output/, and whether it stands beside one that staff have edited."""

    path: str
    beside_edited: bool = False


@dataclass
class Output:
    """The output folder of one command; a context manager, so that the manifest is right even where it fails midway.

    `inputs` are the workbooks' sha256, by file name, for the manifest.
    """

    folder: Path
    command: str
    inputs: dict[str, str] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    _manifest: dict[str, dict[str, Any]] | None = None
    _cleared: tuple[str, ...] = ()

    @property
    def manifest(self) -> dict[str, dict[str, Any]]:
        """What earlier runs wrote, by path; an unreadable manifest counts as none, so that nothing is overwritten."""
        if self._manifest is None:
            try:
                read = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            except (OSError, ValueError):
                read = {}
            entries = read.items() if isinstance(read, dict) else ()
            self._manifest = {path: entry for path, entry in entries if isinstance(entry, dict)}
        return self._manifest

    def __enter__(self) -> Output:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.finish(complete=kind is None)

    def finish(self, complete: bool = True) -> None:
        """Write the manifest; what is out of date is removed only where the command did all it had to."""
        if complete:
            self._clear()
        if self.written:
            text = json.dumps(dict(sorted(self.manifest.items())), ensure_ascii=False, indent=1)
            write_file(self.folder / MANIFEST, text.encode("utf-8"))

    def write(self, folder: str, name: str, data: bytes, rows: Sequence[str] = ()) -> Path:
        """Write one file and note it in the manifest; `rows` are the addresses it was made from.

        A file there that is not, byte for byte, what an earlier run wrote has been edited by staff: it stays, and the
        new one goes beside it as “…（新生成）”, again only over what an earlier run wrote. A second file of the same
        name in one run gets a number.
        """
        relative = self._unused(str(PurePosixPath(*map(safe_name, PurePosixPath(folder).parts), safe_name(name))))
        edited = self._is_edited(relative, data)
        if edited:
            relative = self._beside(relative)
        path = self.folder / relative
        if not path.exists() or path.read_bytes() != data:
            write_file(path, data)
        self.manifest[relative] = {
            "sha256": digest(data),
            "command": self.command,
            "version": __version__,
            "inputs": self.inputs,
            "rows": list(rows),
        }
        self.written.append(Written(relative, edited))
        return path

    def _unused(self, relative: str) -> str:
        """The path, or with a number where this run has already written it."""
        path, number = PurePosixPath(relative), 2
        while relative in {w.path for w in self.written}:
            relative = str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))
            number += 1
        return relative

    def _beside(self, relative: str) -> str:
        """The first name beside an edited file that is free, or that holds what an earlier run wrote."""
        path = PurePosixPath(relative)
        number = 1
        while True:
            mark = "（新生成）" if number == 1 else f"（新生成{number}）"
            candidate = str(path.with_name(f"{path.stem}{mark}{path.suffix}"))
            if not self._is_edited(candidate):
                return candidate
            number += 1

    def _is_edited(self, relative: str, data: bytes = b"") -> bool:
        """Whether a file is there that is neither what an earlier run wrote nor what is to be written now."""
        path = self.folder / relative
        if not path.exists():
            return False
        try:
            there = path.read_bytes()
        except OSError as error:
            raise JinguoError(
                "文件正被打开，或没有权限", str(path), "关闭打开它的 Word、Excel 或 WPS，再运行一次。"
            ) from error
        return there != data and self.manifest.get(relative, {}).get("sha256") != digest(there)

    def clear(self, *folders: str) -> None:
        """Say that below these folders this run writes all that is current.

        What earlier runs of this command wrote there and this one does not is then out of date, and is removed at the
        end unless staff have edited it: a mark on a cell that is right by now, a list that is no longer possible.
        """
        self._cleared += folders

    def _clear(self) -> None:
        current = {w.path for w in self.written}
        mine = [p for p, e in self.manifest.items() if e.get("command") == self.command and p.startswith(self._cleared)]
        for relative in (p for p in mine if p not in current):
            if not self._is_edited(relative):
                with contextlib.suppress(OSError):
                    (self.folder / relative).unlink(missing_ok=True)
                del self.manifest[relative]
