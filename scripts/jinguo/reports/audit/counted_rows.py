"""Rows of a review workbook that figures count: COUNTIFS and SUMIFS over their columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import SPARE, LiveColumn
from jinguo.reports.audit.review_sheet import ReviewSheet

#: Of more rows than these a figure looks through its own alone, and through the room below the last row.
LONG = 20_000


@dataclass
class CountedRows:
    """A live sheet with its columns by header; `blocks` are the first and the last row of each group (from 0), where its rows
    stand together."""

    sheet: ReviewSheet
    columns: dict[str, LiveColumn] = field(default_factory=dict)
    blocks: dict[tuple[Any, ...], tuple[int, int]] = field(default_factory=dict)

    def add(self, header: str, values: Iterable[Any], width: int = 12) -> LiveColumn:
        """A column more."""
        self.columns[header] = self.sheet.add(header, values, width)
        return self.columns[header]

    def __getitem__(self, header: str) -> LiveColumn:
        return self.columns[header]

    def group(self, keys: Sequence[tuple[Any, ...]]) -> None:
        """Note where the rows of each key stand, given the key of every row."""
        for row, key in enumerate(keys):
            first, _ = self.blocks.get(key, (row, row))
            self.blocks[key] = (first, row)

    def count(self, *criteria: tuple[str, str], block: tuple[Any, ...] | None = None) -> str:
        """How many rows meet all criteria (header and what is compared with), without =."""
        return self._over(block, lambda part: f"COUNTIFS({self._criteria(criteria, part)})")

    def total(self, header: str, *criteria: tuple[str, str], block: tuple[Any, ...] | None = None) -> str:
        """The sum of a column over the rows that meet all criteria, without =."""
        return self._over(block, lambda part: f"SUMIFS({self._cells(header, part)},{self._criteria(criteria, part)})")

    def _over(self, block: tuple[Any, ...] | None, formula: Any) -> str:
        rows = self.sheet.rows
        if block is None or rows <= LONG:
            return str(formula(None))
        room = formula((rows, rows + SPARE - 1))
        return f"({formula(self.blocks[block])}+{room})" if block in self.blocks else str(room)

    def _criteria(self, criteria: Sequence[tuple[str, str]], part: tuple[int, int] | None) -> str:
        return ",".join(f"{self._cells(header, part)},{wanted}" for header, wanted in criteria)

    def _cells(self, header: str, part: tuple[int, int] | None) -> str:
        column = self.columns[header]
        return column.range if part is None else column.span(*part)

    def first_of(
        self, header: str, keys: Sequence[str], expressions: Sequence[str], blocks: Sequence[Any] = ()
    ) -> LiveColumn:
        """A column with 1 where a key (empty: does not count) stands for the first time, from a column of the keys as formulas.
        `blocks` is the block of each row, outside which its key does not stand: in a long sheet it is looked for there alone."""
        key = self.add(f"{header}（键）", [Formula(f"={e}", k) for e, k in zip(expressions, keys, strict=True)], 16)
        seen: set[str] = set()
        cells = []
        for row, value in enumerate(keys):
            new = bool(value) and value not in seen
            seen.add(value)
            first = self._first(key, row, self.blocks[blocks[row]] if blocks and self.sheet.rows > LONG else None)
            cells.append(Formula(f'=IF({key.at(row)}="",0,IF({first},1,0))', int(new)))
        return self.add(header, cells)

    def _first(self, key: LiveColumn, row: int, block: tuple[int, int] | None) -> str:
        """That the key of a row stands nowhere above."""
        cell = key.at(row)
        if block is None:
            return f"MATCH({cell},{key.range},0)=ROW()-{_ABOVE}"
        place = f"MATCH({cell},{key.span(*block)},0)"
        # A row added below the last is in no block of its own: it is new where its key stands but once.
        return f"IF(ISNUMBER({place}),{place}=ROW()-{_ABOVE + block[0]},COUNTIF({key.range},{cell})=1)"


#: Title, note and header.
_ABOVE = 3


def equal_to(cell: str) -> str:
    """A criterion that is the value of a cell, whatever it begins with."""
    return f'"="&{cell}'
