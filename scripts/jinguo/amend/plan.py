"""The plan of `fix` as a workbook: written for staff, and read again with what they decided about each line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinguo.amend.normalise import Change
from jinguo.common.errors import JinguoError
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.writing.report import Sheet, write_report
from jinguo.schema.cells import clean

_HEADER = ["工作簿", "工作表", "位置", "栏目", "改什么", "原来", "改为", "写入"]
_NOTE = "不要写入的，把“写入”改成“否”，或删去那一行，保存后再写入；想改成别的，请直接在台账里改。“只提示”的不会写入。"
YES = "是"
_YES = (YES, "√", "✓", "Y", "y")

#: A cell of a workbook: file, sheet, address.
Place = tuple[str, str, str]


def place_of(change: Change) -> Place:
    """Where a change is, as a plan's workbook says it."""
    return clean(change.workbook), clean(change.sheet), change.cell


def write_plan(changes: Sequence[Change], author: str) -> bytes:
    """The workbook of a plan, a line a change."""
    rows = [[c.workbook, c.sheet, c.cell, c.header, c.kind, c.old, c.shown(), YES if c.applies else "只提示"] for c in changes]
    sheet = Sheet("计划", "规范台账计划", list(_HEADER), rows, [20, 14, 9, 16, 18, 28, 28, 8], note=_NOTE)
    return write_report("规范台账计划", [sheet], author)


def read_decisions(path: Path) -> dict[Place, tuple[str, bool]]:
    """What a plan's workbook now says about each cell: (what it shall become, whether to write it).

    Raises JinguoError where it cannot be read, or its header is not there any more.
    """
    for sheet in read_workbook(path):
        rows = [list(map(clean, row)) for row in sheet.rows]
        start = next((i for i, row in enumerate(rows) if set(_HEADER) <= set(row)), None)
        if start is not None:
            book, name, cell, new, write = (rows[start].index(title) for title in ("工作簿", "工作表", "位置", "改为", "写入"))
            return {(row[book], row[name], row[cell]): (row[new], row[write] in _YES) for row in rows[start + 1 :] if row[cell]}
    raise JinguoError("计划的表头改过了，认不出来，没有写入", path.name, "再运行一次“规范台账”，按新的计划再写。")
