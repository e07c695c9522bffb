"""What is to be written into one workbook: cells that change, and rows that are added."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

#: What a cell may become; None empties it.
CellValue = str | Decimal | datetime.date | None


@dataclass(frozen=True)
class Change:
    """One cell to be put right: `new` is a str, a number, a date, or None; `applies` is False for what is only proposed."""

    workbook: str
    sheet: str
    cell: str
    header: str
    kind: str
    old: str
    new: CellValue
    applies: bool = True

    def shown(self) -> str:
        """The new value as the cell will show it."""
        return shown_value(self.new)


def shown_value(value: CellValue) -> str:
    """A value as its cell shows it."""
    from jinguo.common.rounding import plain

    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return plain(value) if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class AddedRow:
    """A row to be added `below` a row of a sheet, in its format: what stands in it by the letters of the columns; `serial`
    are columns whose running number goes on."""

    workbook: str
    sheet: str
    below: int
    values: Mapping[str, CellValue]
    serial: frozenset[str] = frozenset()


@dataclass
class Edits:
    """All that is to be written into one workbook; rows below one row stand there in this order."""

    changes: list[Change] = field(default_factory=list)
    added: list[AddedRow] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changes or self.added)
