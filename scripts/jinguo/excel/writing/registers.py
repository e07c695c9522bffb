"""Workbooks as an office draws them up by hand: lines over the whole width, a header of several rows with merged cells, rows
with running numbers, a total and a word below."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jinguo.common.ooxml import CREATED, made_anywhere
from jinguo.excel.patching.widths import text_width
from jinguo.excel.writing.new_workbook import new_workbook


@dataclass(frozen=True)
class Register:
    """A sheet: the lines above, the titles above each column from the top one down, the rows, and the lines below."""

    name: str
    lines: Sequence[str]
    paths: Sequence[tuple[str, ...]]
    rows: Sequence[Sequence[Any]]
    foot: Sequence[str] = ()
    total: bool = False

    @property
    def levels(self) -> int:
        return max(map(len, self.paths))


def write_registers(sheets: Sequence[Register], author: str) -> bytes:
    """The workbook of these sheets."""
    stream = io.BytesIO()
    book = new_workbook(stream)
    book.set_properties({"author": author, "created": CREATED})
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    formats = {
        "line": book.add_format(base | {"bold": True, "align": "center"}),
        "title": book.add_format(base | {"bold": True, "align": "center", "border": 1}),
        "cell": book.add_format(base | {"border": 1}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats)
    book.close()
    return made_anywhere(stream.getvalue())


def _write(target: Any, sheet: Register, formats: Any) -> None:
    last = len(sheet.paths) - 1
    for row, line in enumerate(sheet.lines):
        target.merge_range(row, 0, row, last, line, formats["line"])
    top = len(sheet.lines)
    for c, path in enumerate(sheet.paths):
        cells = [text_width(str(row[c])) for row in sheet.rows if c < len(row) and row[c] not in (None, "")]
        target.set_column(c, c, min(max([text_width(path[-1]), *cells, 4]) + 2, 40))
        for level in range(len(path)):
            _write_title(target, sheet, c, level, formats["title"])
    bottom = top + sheet.levels
    for r, values in enumerate(sheet.rows, bottom):
        for c, value in enumerate(values):
            if value not in (None, ""):
                target.write(r, c, value, formats["cell"])
    row = bottom + len(sheet.rows)
    if sheet.total:
        target.write_row(row, 0, ["合计", f"{len(sheet.rows)}个"], formats["cell"])
        row += 1
    for line in sheet.foot:
        target.merge_range(row, 0, row, last, line, formats["line"])
        row += 1


def _write_title(target: Any, sheet: Register, c: int, level: int, look: Any) -> None:
    """One title: merged to the right over the columns of its group, down where it is the last of its column."""
    path, row = sheet.paths[c], len(sheet.lines) + level
    if level < len(path) - 1:
        group = [
            k
            for k, other in enumerate(sheet.paths)
            if other[: level + 1] == path[: level + 1] and len(other) > level + 1
        ]
        if group[0] == c and len(group) > 1:
            target.merge_range(row, group[0], row, group[-1], path[level], look)
        elif group[0] == c:
            target.write(row, c, path[level], look)
        return
    end = len(sheet.lines) + sheet.levels - 1
    if end > row:
        target.merge_range(row, c, end, c, path[level], look)
    else:
        target.write(row, c, path[level], look)
