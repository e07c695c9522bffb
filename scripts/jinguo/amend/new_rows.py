"""Lines to be added below the last row of a sheet of the office's own: used document numbers, what is done with."""

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


def new_rows(registry: Registry, name: str, rows: Sequence[NewRow]) -> dict[Path, list[Change]]:
    """The changes, by workbook, that put these rows below the last one of a table; those whose key is in it already are left
    out. Raises JinguoError where the office keeps no such sheet."""
    table = registry[name]
    key = table.spec.key
    known = set(table[key])
    new = [row for row in rows if row[key] not in known]
    if not new:
        return {}
    block = table.blocks[-1] if table.blocks else None
    path = next((p for p in registry.files if block and p.name == block.workbook), None)
    if block is None or path is None or key not in block.letters:
        headers = "、".join(f.header for f in table.spec.fields)
        what, where = f"没有“{table.spec.sheet}”表，没有登记", f"{table.spec.workbook} › {table.spec.sheet}"
        raise JinguoError(what, where, f"在{table.spec.workbook} 里加一张“{table.spec.sheet}”表：{headers}。")
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
