"""Several workbooks replaced as one: what is about to be written is noted first, so that a run that was stopped midway
is finished, or taken back, by the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.writing import digest, file_digest, patiently, remove_file, write_file

#: The note, beside the workbooks while they are being replaced.
JOURNAL = ".jinguo-写入中.json"
#: What is about to take a workbook's place.
_NEXT = ".jinguo-next-{}.tmp"


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
    files = [(folder / entry["file"], folder / entry["next"], entry["sha256"]) for entry in note["files"]]
    if all(sha in (file_digest(path), file_digest(waiting)) for path, waiting, sha in files):
        for path, waiting, sha in files:
            if file_digest(path) != sha:
                patiently(partial(waiting.replace, path))
    else:
        _take_back(folder, [path for path, _, _ in files], folder / note["backup"])
    _tidy(folder, [waiting for _, waiting, _ in files])
    return [path.name for path, _, _ in files]


def _read(path: Path) -> dict[str, Any] | None:
    try:
        note: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return note
