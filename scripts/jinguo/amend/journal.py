"""Several workbooks replaced as one: what is about to be written is noted first, so that a run that was stopped midway
is finished, or taken back, by the next."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.manifest import stays_inside
from jinguo.common.writing import digest, file_digest, patiently, remove_file, write_file

#: The note, beside the workbooks while they are being replaced.
JOURNAL = ".jinguo-写入中.json"
#: What is about to take a workbook's place.
_NEXT = ".jinguo-next-{}.tmp"
_IS_NEXT = re.compile(r"\.jinguo-next-\d+\.tmp")


def replace_all(folder: Path, contents: Mapping[Path, bytes], backup: Path) -> None:
    """Put these contents in the place of these workbooks, all or none; `backup` holds what they are now.

    Everything is on the disk before the first is replaced. Raises JinguoError, with all as it was, where one cannot be.
    """
    waiting = [(path, _next(folder, n)) for n, path in enumerate(contents)]
    try:
        for path, temporary in waiting:
            write_file(temporary, contents[path])
            temporary.chmod(path.stat().st_mode)
        entries = [
            {"file": _name(folder, path), "next": temporary.name, "sha256": digest(contents[path])}
            for path, temporary in waiting
        ]
        note = {"backup": _name(folder, backup), "files": entries}
        write_file(folder / JOURNAL, json.dumps(note, ensure_ascii=False).encode())
        for path, temporary in waiting:
            patiently(partial(temporary.replace, path))
    except (JinguoError, OSError) as error:
        _take_back(folder, [path for path, _ in waiting], backup)
        _tidy(folder, [temporary for _, temporary in waiting])
        if isinstance(error, JinguoError):
            raise JinguoError(f"{error.what}，已全部恢复原样", error.where, error.remedy) from error
        where = Path(str(error.filename2 or error.filename or folder)).name
        raise JinguoError(
            "工作簿正被打开，没有写入，已全部恢复原样", where, "关闭打开它的 Excel 或 WPS，再运行一次。"
        ) from error
    _tidy(folder, [])


def _next(folder: Path, number: int) -> Path:
    return folder / _NEXT.format(number)


def _name(folder: Path, path: Path) -> str:
    return path.resolve().relative_to(folder.resolve()).as_posix()


def _take_back(folder: Path, paths: list[Path], backup: Path) -> None:
    for path in paths:
        kept = backup / _name(folder, path)
        if kept.is_file() and file_digest(kept) != file_digest(path):
            write_file(path, kept.read_bytes())


def _tidy(folder: Path, temporaries: list[Path]) -> None:
    for path in [folder / JOURNAL, *temporaries]:
        remove_file(path)


def finish_interrupted(folder: Path) -> list[str]:
    """Finish what a run that was stopped had begun to write; the names of the workbooks, none where nothing was begun.

    Where not all of the new contents are there any more, all workbooks are again what they were.
    """
    note = _read(folder / JOURNAL)
    if note is None:
        for left in folder.glob(_NEXT.format("*")):
            _tidy(folder, [left])
        return []
    if not _is_ours(note):
        raise JinguoError(
            "写入中断时留下的记录不对，没有照它做",
            str(folder / JOURNAL),
            "核对台账是不是完整（以前的样子在“备份”里），再删除这个文件。",
        )
    files = [(folder / entry["file"], folder / entry["next"], entry["sha256"]) for entry in note["files"]]
    if all(sha in (file_digest(path), file_digest(waiting)) for path, waiting, sha in files):
        for path, waiting, sha in files:
            if file_digest(path) != sha:
                patiently(partial(waiting.replace, path))
    else:
        _take_back(folder, [path for path, _, _ in files], folder / note["backup"])
    _tidy(folder, [waiting for _, waiting, _ in files])
    return [path.name for path, _, _ in files]


def _read(path: Path) -> Any:
    """What the note says; None where there is none, or it is not whole, as then nothing had been begun."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _is_ours(note: Any) -> bool:
    """Whether a note is such as replace_all writes, of files below its folder and nowhere else: whoever puts another in its place
    could have any file overwritten."""
    if not isinstance(note, dict) or not isinstance(note.get("files"), list) or not _stays_below(note.get("backup")):
        return False
    return all(
        isinstance(entry, dict)
        and _stays_below(entry.get("file"))
        and _IS_NEXT.fullmatch(str(entry.get("next")))
        and isinstance(entry.get("sha256"), str)
        for entry in note["files"]
    )


def _stays_below(name: Any) -> bool:
    """Whether a name is such as `_name` gives, of a file below the folder."""
    return isinstance(name, str) and "\\" not in name and stays_inside(name)
