"""清单.json: what the program wrote into output/, by which it knows the files that staff have edited since.

A file is noted before it is replaced, so that a run that is ended from outside leaves no finished file that counts as
somebody's own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.writing import append_line, digest, remove_file, write_file

MANIFEST = "清单.json"
#: The notes of the run that is going on, a line a file; at its end they are in the manifest.
JOURNAL = ".清单.jsonl"
_PATIENCE = 60.0


def stays_inside(path: str) -> bool:
    """Whether a path is one below its folder: a forged manifest or note may name a workbook, or any file, as what is to be removed or
    written over."""
    parts = path.replace("\\", "/").split("/")
    return not {"..", ".", ""} & set(parts) and ":" not in path and "\0" not in path


class Manifest:
    """What earlier runs wrote, by path, and this one; an unreadable manifest counts as none, so that nothing is
    overwritten."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            read = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            # Half a sign, as JSON can spell it, could never be written again.
            json.dumps(read, ensure_ascii=False).encode()
        except (OSError, ValueError, RecursionError):
            read = {}
        items = read.items() if isinstance(read, dict) else ()
        self.entries: dict[str, dict[str, Any]] = {
            path: entry for path, entry in items if isinstance(entry, dict) and stays_inside(path)
        }
        #: What a file held before it was last written, where that is not in the manifest yet.
        self._before: dict[str, str] = {}
        for path, entry in self._noted():
            self._before[path] = self.entries.get(path, {}).get("sha256", "")
            self.entries[path] = entry

    def _noted(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The notes of a run that did not come to its end; a line that was not finished is none."""
        with contextlib.suppress(OSError):
            for line in (self.folder / JOURNAL).read_text(encoding="utf-8").splitlines():
                with contextlib.suppress(ValueError, TypeError):
                    path, entry = json.loads(line)
                    if isinstance(path, str) and isinstance(entry, dict) and stays_inside(path):
                        yield path, entry

    def is_ours(self, path: str, data: bytes) -> bool:
        """Whether these bytes are what the program wrote at this path."""
        found = digest(data)
        return found in (self.entries.get(path, {}).get("sha256"), self._before.get(path))

    def note(self, path: str, entry: dict[str, Any]) -> None:
        """Say what is going to be written at this path."""
        self._before[path] = self.entries.get(path, {}).get("sha256", "")
        self.entries[path] = entry
        append_line(self.folder / JOURNAL, json.dumps([path, entry], ensure_ascii=False))

    def forget(self, path: str, before: dict[str, Any] | None) -> None:
        """Take back what was noted of a path that could not be written: what it was `before` holds again."""
        if before is None:
            self.entries.pop(path, None)
        else:
            self.entries[path] = before
        append_line(self.folder / JOURNAL, json.dumps([path, before or {}], ensure_ascii=False))

    def save(self) -> None:
        """Write the manifest; the notes are in it."""
        text = json.dumps(dict(sorted(self.entries.items())), ensure_ascii=False, indent=1)
        write_file(self.folder / MANIFEST, text.encode("utf-8"))
        remove_file(self.folder / JOURNAL)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let no two commands write into a folder at once: the second waits, for a minute at most.

    The lock lies among the computer's temporary files, and is let go of with the process however that ends.
    """
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"jinguo-{name}.lock").open("a+b") as stream:
        end = time.monotonic() + _PATIENCE
        while not _locked(stream.fileno()):
            if time.monotonic() > end:
                raise JinguoError(
                    "另一个巾帼台账窗口正在生成文件", str(folder), "等它做完，或关闭那个窗口，再运行一次。"
                )
            time.sleep(0.1)
        yield


def _locked(descriptor: int) -> bool:
    """Take the lock of an open file, if nobody has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
