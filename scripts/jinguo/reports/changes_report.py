"""变动对照.xlsx: what changed between two versions, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinguo.excel.colours import BAD, DOUBTFUL, GOOD
from jinguo.excel.writing.report import Sheet, cell_link, relative, write_report
from jinguo.versions.compare import ADDED, CHANGED, NEW_COLUMN, NO_COLUMN, REMOVED, Difference

_COLOURS = {ADDED: GOOD, REMOVED: BAD, CHANGED: DOUBTFUL, NEW_COLUMN: GOOD, NO_COLUMN: BAD}


def changes_report(
    differences: Sequence[Difference], files: Sequence[Path], folder: Path, new: str, author: str
) -> bytes:
    """The workbook, for `folder`; `files` are those of the new version, which is called `new`."""
    links = {path.name: relative(path, folder) for path in files}
    rows = [
        [
            d.kind,
            d.workbook,
            d.sheet,
            d.row,
            d.header,
            d.old,
            d.new,
            d.old_cell,
            cell_link(links, d.workbook, d.sheet, d.new_cell) if d.new_cell else "",
        ]
        for d in differences
    ]
    header = ["变动", "工作簿", "工作表", "哪一行", "栏目", "原来", "现在", "原来的位置", "现在的位置"]
    note = f"新的版本：{new}。行、列的先后不同不算变动；点“现在的位置”可打开台账。"
    sheet = Sheet("变动", "台账变动对照", header, rows, [10, 20, 12, 24, 18, 34, 34, 11, 11], _COLOURS, note=note)
    return write_report("台账变动对照", [sheet], author)
