"""Taking back what a merge has written: what it was is in the backup, with a note of what was done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinguo.amend.merge_result import Done
from jinguo.amend.rewrite import BACKUP, Record, put_in_place
from jinguo.common.errors import JinguoError
from jinguo.common.writing import digest, file_digest, file_state, remove_file, write_file

#: The note in a backup; what was written, beside it.
_NOTE, _TAKEN_BACK, _AFTER = "改动.json", "改动（已撤回）.json", "写入后"


@dataclass(frozen=True)
class Merged:
    """A merge that was written: the folder of its backup, where it came from, its lines, its workbooks with what they were and
    became (sha256), and the identities of its proposals."""

    backup: Path
    title: str
    lines: list[list[str]]
    files: dict[str, tuple[str, str]]
    identities: list[str]

    def after(self, name: str) -> Path:
        """A workbook as the merge wrote it."""
        return self.backup / _AFTER / name


def record_of(folder: Path, title: str, done: Sequence[Done]) -> Record:
    """What a backup keeps of a merge, so that it can be taken back."""

    def record(contents: Mapping[Path, bytes]) -> dict[str, bytes]:
        names = {path: path.resolve().relative_to(folder.resolve()).as_posix() for path in contents}
        note = {
            "title": title,
            "files": {names[path]: [file_digest(path), digest(data)] for path, data in contents.items()},
            "lines": [line_of(d) for d in done],
            "identities": list(dict.fromkeys(d.proposal.identity for d in done)),
        }
        kept = {f"{_AFTER}/{names[path]}": data for path, data in contents.items()}
        return {_NOTE: json.dumps(note, ensure_ascii=False, indent=1).encode(), **kept}

    return record


def line_of(done: Done) -> list[str]:
    """One line of the log: unit, source, workbook, sheet, who, column, what was, what is."""
    p = done.proposal
    return [p.unit, p.source, done.workbook, done.sheet, p.who, done.header, done.old, done.new]


def last_merge(folder: Path) -> Merged:
    """The last merge that was written and not taken back; JinguoError where there is none."""
    notes = sorted((folder / BACKUP).glob(f"*/{_NOTE}"), key=lambda path: (path.stat().st_mtime, path.parent.name))
    for note in reversed(notes):
        try:
            read = json.loads(note.read_text("utf-8"))
            files = {name: (before, after) for name, (before, after) in read["files"].items()}
            merged = Merged(note.parent, read["title"], read["lines"], files, read["identities"])
        except (OSError, ValueError, KeyError):
            continue
        if any(file_digest(folder / name) != before for name, (before, _) in files.items()):
            return merged
    raise JinguoError("没有可以撤回的合并", str(folder / BACKUP), "写入过“合并方案”的才能撤回，撤回过的不能再撤。")


def edited_since(folder: Path, merged: Merged) -> list[str]:
    """The workbooks that somebody has changed since."""
    there = {name: after for name, (_, after) in merged.files.items() if (folder / name).is_file()}
    return [name for name, after in there.items() if file_digest(folder / name) != after]


def take_back(folder: Path, merged: Merged) -> Path:
    """Make the workbooks what they were before the merge, byte for byte; what they are now is kept in the backup whose folder
    is returned. JinguoError, with nothing changed, where the backup is not whole."""
    contents = {}
    gone = [name for name in merged.files if not (folder / name).is_file()]
    if gone:
        raise JinguoError(
            f"{'、'.join(gone)} 改了名或移走了，没有撤回", str(folder), "把名字改回来、放回原处，再运行一次。"
        )
    for name, (before, _) in merged.files.items():
        kept = merged.backup / name
        if file_digest(kept) != before:
            raise JinguoError("备份不全，没有撤回", str(kept), "从别的备份里把这个工作簿找回来。")
        contents[folder / name] = kept.read_bytes()
    seen = {path: file_state(path) for path in contents}
    backup = put_in_place(folder, contents, seen)
    note = merged.backup / _NOTE
    write_file(merged.backup / _TAKEN_BACK, note.read_bytes())
    remove_file(note)
    return backup
