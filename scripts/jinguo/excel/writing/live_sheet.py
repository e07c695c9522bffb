"""A sheet whose cells are worked out in Excel from others: built column by column, each knowing where its cells stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo.common.addresses import column_index, column_letter
from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.report import Sheet

#: The first row below title, note and header.
FIRST = 4
#: Ranges reach so many rows beyond the last, so that what staff add there counts.
SPARE = 1000
#: So many characters of a text stand in one piece of a formula.
_LITERAL = 120


@dataclass(frozen=True)
class LiveColumn:
    """A column of a live sheet: its cells by row (from 0), as formulas of its own sheet (`at`) and of others (`of`) name them."""

    sheet: str
    letter: str
    rows: int

    def at(self, row: int) -> str:
        return f"${self.letter}{FIRST + row}"

    def of(self, row: int) -> str:
        return f"'{self.sheet}'!${self.letter}${FIRST + row}"

    def after(self) -> LiveColumn:
        """The column to the right."""
        return LiveColumn(self.sheet, column_letter(column_index(self.letter) + 1), self.rows)

    @property
    def range(self) -> str:
        """All its cells, and room for more."""
        return self.span(0, self.rows - 1 + SPARE)

    def span(self, first: int, last: int) -> str:
        """The cells of some rows, the first and the last from 0."""
        return f"'{self.sheet}'!${self.letter}${FIRST + first}:${self.letter}${FIRST + last}"


@dataclass
class LiveSheet:
    """A sheet of `rows` rows to which columns are added."""

    name: str
    title: str
    rows: int
    note: str = " "
    colours: dict[str, str] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)
    _values: list[Sequence[Any]] = field(default_factory=list, repr=False)
    _widths: list[int] = field(default_factory=list, repr=False)

    def next_column(self) -> LiveColumn:
        """The column that is added next, for formulas that name themselves."""
        return LiveColumn(self.name, column_letter(len(self.headers)), self.rows)

    def last_column(self) -> LiveColumn:
        """The column that was added last."""
        return LiveColumn(self.name, column_letter(len(self.headers) - 1), self.rows)

    def add(self, header: str, values: Iterable[Any], width: int = 12) -> LiveColumn:
        """A column more; as many values as there are rows."""
        column, cells = self.next_column(), list(values)
        assert len(cells) == self.rows, f"{self.name} › {header}: {len(cells)} of {self.rows}"
        self.headers.append(header)
        self._values.append(cells)
        self._widths.append(width)
        return column

    def values_of(self, header: str) -> Sequence[Any]:
        """The cells of a column, as they were added."""
        return self._values[self.headers.index(header)]

    def sheet(self) -> Sheet:
        """The sheet as it is written."""
        rows = [list(row) for row in zip(*self._values, strict=True)] if self._values else []
        return Sheet(self.name, self.title, self.headers, rows, self._widths, self.colours, note=self.note, live=True)


def text_of(value: str) -> str:
    """A text as a formula has it; a long one in pieces, as Excel takes no more than 255 characters in one."""
    pieces = [value[n : n + _LITERAL] for n in range(0, len(value), _LITERAL)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def rounded(expression: str, places: int) -> str:
    """A number that is not negative rounded half up, as the program rounds it: what is a half on paper may be a hair less in binary."""
    return f"ROUND({expression}+0.000000001,{places})"


def yes(expression: str, value: bool) -> Formula:
    """1 where a condition holds, else 0."""
    return Formula(f"=IF({expression},1,0)", int(value))
