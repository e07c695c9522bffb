"""Writing into the office's workbooks: tried first, backed up, and never half done."""

from __future__ import annotations

import datetime
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from xml.parsers import expat

from jinguo.amend.apply import PatchedWorkbook, apply_edits, formula_cells_of
from jinguo.amend.edits import CellValue, Edits, shown_value
from jinguo.amend.journal import replace_all
from jinguo.common.addresses import column_index, column_letter, split_address
from jinguo.common.errors import JinguoError
from jinguo.common.manifest import only_one
from jinguo.common.ooxml import read_parts
from jinguo.common.writing import file_state, write_file
from jinguo.excel.owner_file import opened_by, owner_files
from jinguo.excel.reading.read import read_bytes
from jinguo.excel.reading.respell import readable
from jinguo.schema.cells import clean

BACKUP = "备份"


def rewrite(folder: Path, edits: Mapping[Path, Edits], seen: Seen) -> Path:
    """Write these edits, which were made of workbooks as they were `seen`, into them; returns the folder of the backup.

    Raises JinguoError, with nothing changed, where a workbook is open, has been changed by somebody since, or what was written
    does not read back.
    """
    # Everything is worked out and tried before the first file is replaced.
    return put_in_place(folder, worked_out(edits), seen)


#: What workbooks were when they were read (`file_state`), by their paths.
Seen = Mapping[Path, tuple[int, int, int]]


#: What is kept beside a backup of what was written: by the contents, the notes by the names of their files.
Record = Callable[[Mapping[Path, bytes]], Mapping[str, bytes]]


def worked_out(edits: Mapping[Path, Edits]) -> dict[Path, bytes]:
    """The new contents of the workbooks, read back and compared; nothing is written."""
    refuse_open(list(edits))
    results = {path: apply_edits(path, mine) for path, mine in edits.items()}
    for path, written in results.items():
        _verify(path, written)
    return {path: written.data for path, written in results.items()}


#: How a line of totals begins that somebody wrote by hand.
_TOTAL = re.compile(r"[合总共小]\s*计")


def typed_totals(edits: Mapping[Path, Edits], contents: Mapping[Path, bytes]) -> list[str]:
    """The lines below added rows that say 合计 with a number that is no formula: nobody but their writer can put them right."""
    found = []
    for path, mine in edits.items():
        groups = Counter((row.sheet, row.below) for row in mine.added)
        formulas = formula_cells_of(contents[path]) if groups else set()
        sheets = _values(contents[path], {sheet for sheet, _ in groups}) if groups else {}
        for (sheet, below), count in groups.items():
            rows = sheets[sheet]
            line = rows[below + count] if below + count < len(rows) else []
            numbers = [
                c
                for c, v in enumerate(line)
                if any(ch.isdigit() for ch in str(v))
                and (sheet, f"{column_letter(c)}{below + count + 1}") not in formulas
            ]
            if any(_TOTAL.match(str(v).strip()) for v in line) and numbers:
                found.append(f"{path.name} › {sheet} › 第 {below + count + 1} 行")
    return found


def put_in_place(folder: Path, contents: Mapping[Path, bytes], seen: Seen, record: Record | None = None) -> Path:
    """Replace these workbooks, all or none, after a backup, whose folder is returned and in which a `record` is kept too; only as
    they were `seen`, and by one window at a time."""
    with only_one(folder):
        refuse_open(list(contents))
        refuse_changed(seen, contents)
        backup = back_up(folder, {path: path.read_bytes() for path in contents})
        for name, data in record(contents).items() if record else ():
            write_file(backup / name, data)
        replace_all(folder, contents, backup)
    return backup


def refuse_changed(seen: Seen, files: Iterable[Path]) -> None:
    """Raise where a workbook is not what it was when it was read: another window has written into it, or its owner has."""
    changed = [path.name for path in files if path in seen and file_state(path) != seen[path]]
    if changed:
        raise JinguoError(
            "读过以后，别的窗口或程序又改了这个工作簿，没有写入", "、".join(changed), "再运行一次，就按现在的内容写。"
        )


def back_up(folder: Path, originals: Mapping[Path, bytes]) -> Path:
    """Keep these workbooks as they are in a folder of their own, which is returned."""
    backup = _unused(folder / BACKUP / f"{datetime.datetime.now():%Y-%m-%d %H%M%S}")
    for path, data in originals.items():
        # Nobody else may read the copy who may not read the original.
        mode = stat.S_IMODE(path.stat().st_mode)
        write_file(backup / path.resolve().relative_to(folder.resolve()), data, mode)
    return backup


def _unused(folder: Path) -> Path:
    """The folder's name, or with a number where there is one of that name: two runs in one second keep both
    originals."""
    number, free = 2, folder
    while free.exists():
        free, number = folder.with_name(f"{folder.name}（{number}）"), number + 1
    return free


def refuse_open(files: list[Path]) -> None:
    """Raise where a workbook is open in Excel, WPS or LibreOffice: by its owner file, or because it cannot be opened
    for writing."""
    for path in files:
        if path.is_symlink():
            raise JinguoError(
                "工作簿是一个链接，真正的文件在别处，没有写入",
                path.name,
                "把真正的文件放进 workbooks 文件夹，再运行一次。",
            )
        is_open = any(owner.exists() for owner in owner_files(path))
        if not is_open and not path.stat().st_mode & stat.S_IWRITE:
            remedy = "在文件上按右键，“属性”里去掉“只读”，再运行一次。"
            raise JinguoError("工作簿是只读的，没有写入", path.name, remedy)
        if not is_open:
            try:
                with path.open("r+b"):
                    pass
            except OSError:
                is_open = True
        if is_open:
            name = opened_by(path)
            raise JinguoError(
                f"工作簿正被{f' {name} ' if name else ''}打开，没有写入",
                path.name,
                "保存并关闭它，再运行一次；确实没有打开的，删去旁边以 ~$ 开头的文件。",
            )


def _values(data: bytes, names: Iterable[str]) -> dict[str, list[list[Any]]]:
    """The rows of these sheets; ValueError where it cannot be read."""
    return {sheet.name: sheet.rows for sheet in read_bytes(data, names)}


def _same(value: Any, new: CellValue) -> bool:
    """Whether a cell that was read back holds the value meant; days and times to the minute."""
    if isinstance(new, datetime.date):
        if not isinstance(value, datetime.date):
            return False
        moments = [
            d if isinstance(d, datetime.datetime) else datetime.datetime.combine(d, datetime.time())
            for d in (value, new)
        ]
        return abs(moments[0] - moments[1]) < datetime.timedelta(seconds=30)
    if new is None:
        # What a formula works out for an emptied row is its own affair.
        return True
    return value == new or clean(value) == clean(shown_value(new))


def _verify(path: Path, written: PatchedWorkbook) -> None:
    """Read the new workbook as the program reads any, and see that every cell meant now holds its value."""
    for name, part in read_parts(written.data).items():
        if name.endswith((".xml", ".rels")):
            try:
                # A parser without a tree, as calamine reads on over a character that XML does not have.
                expat.ParserCreate().Parse(part, True)
            except expat.ExpatError as error:
                raise JinguoError(
                    "写出来的工作簿不完整，没有改动台账", f"{path.name} › {name}", "请把这个工作簿发给维护人员。"
                ) from error
    names = {sheet for sheet, _, _ in written.cells}
    try:
        sheets = _values(written.data, names)
    except ValueError:
        sheets = _values(readable(written.data), names)
    for sheet, cell, new in written.cells:
        letters, row = split_address(cell)
        rows, column = sheets[sheet], column_index(letters)
        value = rows[row - 1][column] if row <= len(rows) and column < len(rows[row - 1]) else ""
        if not _same(value, new):
            raise JinguoError(
                "写入后核对不上，没有改动台账",
                f"{path.name} › {sheet} › {cell}",
                "请把这个工作簿发给维护人员。",
            )
