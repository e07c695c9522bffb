"""Tables made of parts that stand in different places, or of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any

from jinguo.registry.tables import Table
from jinguo.schema.model import TableSpec


def empty_table(spec: TableSpec) -> Table:
    """The table of a sheet that the office does not keep."""
    return Table(spec, columns={f.name: [] for f in spec.fields})


def joined(parts: Sequence[Table]) -> Table:
    """One table of parts that stand in different places, their rows in this order; a single part is that table itself.

    A column that a part lacks is empty in its rows.
    """
    first, *others = parts
    if not others:
        return first
    counts = [len(part) for part in parts]

    def column(kind: str, name: str, blank: Any) -> list[Any]:
        columns = (getattr(part, kind).get(name) or [blank] * count for part, count in zip(parts, counts, strict=True))
        return list(chain.from_iterable(columns))

    starts = list(accumulate(counts, initial=0))
    return Table(
        first.spec,
        [row for part in parts for row in part.rows],
        {name: column("columns", name, None) for name in first.columns},
        {name: column("raw", name, "") for name in dict.fromkeys(name for part in parts for name in part.raw)},
        {
            header: column("extra", header, "")
            for header in dict.fromkeys(header for part in parts for header in part.extra)
        },
        {(name, start + index) for part, start in zip(parts, starts, strict=False) for name, index in part.unreadable},
        [block for part in parts for block in part.blocks],
        [start + stop for part, start in zip(parts, starts, strict=False) for stop in part.stops],
    )
