"""The plan of `fix` as a workbook: written for staff, and read again with what they decided about each line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinguo.excel.read import read_workbook
from jinguo.excel.report import Sheet, write_report
from jinguo.fixes import Change
from jinguo.schema.cells import clean

_HEADER = ["工作簿", "工作表", "位置", "栏目", "改什么", "原来", "改为", "写入"]
_NOTE = "不要写入的，把“写入”改成“否”，或删去那一行，保存后再写入；想改成别的，请直接在台账里改。“只提示”的不会写入。"
YES = "是"

#: A cell of a workbook: file, sheet, address.
Place = tuple[str, str, str]


def place_of(change: Change) -> Place:
    return change.workbook, change.sheet, change.cell


def write_plan(changes: Sequence[Change], author: str) -> bytes:
    """The workbook of a plan, a line a change."""
    rows = [[*place_of(c), c.header, c.kind, c.old, c.shown(), YES if c.applies else "只提示"] for c in changes]
    sheet = Sheet("计划", "规范台账计划", list(_HEADER), rows, [20, 14, 9, 16, 18, 28, 28, 8], note=_NOTE)
    return write_report("规范台账计划", [sheet], author)


def read_decisions(path: Path) -> dict[Place, tuple[str, str]]:
    """What a plan's workbook now says about each cell: (what it shall become, whether to write it).

    Raises JinguoError where it cannot be read.
    """
    rows = [list(map(clean, row)) for row in read_workbook(path)[0].rows]
    start = next((i + 1 for i, row in enumerate(rows) if row[: len(_HEADER)] == _HEADER), len(rows))
    return {(row[0], row[1], row[2]): (row[6], row[7]) for row in rows[start:] if len(row) >= len(_HEADER)}
