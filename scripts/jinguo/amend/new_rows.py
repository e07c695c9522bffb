"""Lines to be added below the last row of a sheet of the office's own: used document numbers, what is done with."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinguo.amend.edits import AddedRow, Edits
from jinguo.common.errors import JinguoError
from jinguo.registry.tables import Block, Registry, Table

#: The values of a new row, by the names of the fields.
NewRow = Mapping[str, str | datetime.date]


def new_rows(registry: Registry, name: str, rows: Sequence[NewRow]) -> dict[Path, Edits]:
    """The edits, by workbook, that put these rows below the last one of a table, in its format; those whose key is in it
    already are left out. Raises JinguoError where the office keeps no such sheet."""
    table = registry[name]
    key = table.spec.key
    known = set(table[key])
    new = [row for row in rows if row[key] not in known]
    if not new:
        return {}
    block = table.blocks[-1] if table.blocks else None
    path = registry.file_of(block.workbook) if block else None
    if block is None or path is None or key not in block.letters:
        headers = "、".join(f.header for f in table.spec.fields)
        what, where = f"没有“{table.spec.sheet}”表，没有登记", f"{table.spec.workbook} › {table.spec.sheet}"
        raise JinguoError(what, where, f"在{table.spec.workbook} 里加一张“{table.spec.sheet}”表：{headers}。")
    below = last_row(table, block)
    return {
        path: Edits(
            added=[
                AddedRow(
                    path.name, block.sheet, below, {block.letters[n]: v for n, v in row.items() if n in block.letters}
                )
                for row in new
            ]
        )
    }


def last_row(table: Table, block: Block) -> int:
    """The last row of a block of a table; of one without rows that of its header."""
    place = next(n for n, other in enumerate(table.blocks) if other is block)
    start, stop = table.stops[place - 1] if place else 0, table.stops[place]
    return max(table.rows[start:stop], default=block.header)
