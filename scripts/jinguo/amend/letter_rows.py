"""Lines to be added below the last row of a sheet of the office's own: the register of its document numbers."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinguo.amend.normalise import Change
from jinguo.common.errors import JinguoError
from jinguo.excel.reading.read import read_workbook
from jinguo.registry.tables import Registry
from jinguo.schema.cells import is_blank

#: The values of a new row, by the names of the fields.
NewRow = Mapping[str, str | datetime.date]


def letter_rows(registry: Registry, rows: Sequence[NewRow]) -> dict[Path, list[Change]]:
    """The changes, by workbook, that put these rows below the last one of 发文登记; those whose number is in it already are
    left out. Raises JinguoError where the office keeps no such sheet."""
    table = registry["letters"]
    known = set(table["number"])
    new = [row for row in rows if row["number"] not in known]
    if not new:
        return {}
    block = table.blocks[-1] if table.blocks else None
    path = next((p for p in registry.files if block and p.name == block.workbook), None)
    if block is None or path is None or "number" not in block.letters:
        what, where = "没有“发文登记”表，字号没有登记", f"{table.spec.workbook} › {table.spec.sheet}"
        raise JinguoError(what, where, "在设置.xlsx 里加一张“发文登记”表：发文字号、日期、标题、文件。")
    return {
        path: [
            Change(
                path.name,
                block.sheet,
                f"{block.letters[name]}{place}",
                table.spec.by_name[name].header,
                "登记",
                "",
                value,
            )
            for place, row in enumerate(new, _first_free_row(path, block.sheet))
            for name, value in row.items()
            if name in block.letters
        ]
    }


def _first_free_row(path: Path, sheet: str) -> int:
    """The row below the last one that holds anything."""
    raw = next(s for s in read_workbook(path) if s.name == sheet)
    return max((n for n, row in enumerate(raw.rows, 1) if not all(map(is_blank, row))), default=0) + 1
