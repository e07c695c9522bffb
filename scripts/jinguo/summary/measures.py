"""What is counted of the rows of a table: how many, a sum, how many different, a share, a mean, a median; each in Python, and as a
workbook works it out of the cells of the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, Protocol

from jinguo.registry.tables import Table


class RowCells(Protocol):
    """The cells of one row of a workbook by the fields they hold."""

    def __getitem__(self, field: str) -> str:
        """The cell of a field in this row."""
        ...

    def every(self, field: str) -> str:
        """The cells of a field in all rows."""
        ...

    def below(self, field: str) -> str:
        """The cells of a field in the rows below this one."""
        ...

    def elsewhere(self, table: str, field: str) -> str:
        """The cells of a field in all rows of another table."""
        ...

    @property
    def today(self) -> str:
        """The cell with the day of the figures."""
        ...


#: A formula without =, out of the cells of a row.
Spelling = Callable[[RowCells], str]


@dataclass(frozen=True)
class Holds:
    """Whether something holds of a row, and the condition as a workbook asks it of the cells of these fields."""

    of: Callable[[int], bool]
    spelled: Spelling
    fields: tuple[str, ...]


def one_of(table: Table, field: str, *values: str) -> Holds:
    """A field has one of these values."""
    spelled = lambda cells: "OR(" + ",".join(f'{cells[field]}="{value}"' for value in values) + ")"  # noqa: E731
    return Holds(lambda i: table[field][i] in values, spelled, (field,))


def none_of(table: Table, field: str, *values: str) -> Holds:
    """A field has none of these values."""
    same = one_of(table, field, *values)
    return Holds(lambda i: not same.of(i), lambda cells: f"NOT({same.spelled(cells)})", same.fields)


def filled(table: Table, field: str) -> Holds:
    """A field has a value."""
    return Holds(lambda i: table[field][i] is not None, lambda cells: f'{cells[field]}<>""', (field,))


def both(one: Holds, other: Holds) -> Holds:
    """Two conditions hold."""
    spelled = lambda cells: f"AND({one.spelled(cells)},{other.spelled(cells)})"  # noqa: E731
    return Holds(lambda i: one.of(i) and other.of(i), spelled, (*one.fields, *other.fields))


ALWAYS = Holds(lambda i: True, lambda cells: "TRUE", ())


@dataclass(frozen=True)
class Amount:
    """What one row adds, and how a workbook works it out."""

    of: Callable[[int], int | Decimal]
    spelled: Spelling
    fields: tuple[str, ...]


def once_where(holds: Holds) -> Amount:
    """One for a row of which something holds."""
    return Amount(lambda i: int(holds.of(i)), lambda cells: f"IF({holds.spelled(cells)},1,0)", holds.fields)


#: What is made of the amounts of the rows: their sum, the quotient of two sums, how many different values, the middle one.
SUM, QUOTIENT, DISTINCT, MIDDLE = "sum", "quotient", "distinct", "middle"


@dataclass(frozen=True)
class Measure:
    """What the rows of a group come to: a number, for a rate or a mean numerator and denominator, None where nobody knows."""

    kind: str
    amounts: tuple[Amount, ...]
    #: Of what there may be several rows for one: the value of a row.
    value: Callable[[int], Any] = lambda i: None
    field: str = ""

    def __call__(self, rows: Sequence[int]) -> int | Decimal | tuple[int | Decimal, int | Decimal] | None:
        if self.kind == DISTINCT:
            return len({self.value(i) for i in rows} - {None})
        sums = [sum((amount.of(i) for i in rows), 0) for amount in self.amounts]
        if self.kind == MIDDLE:
            return Decimal(str(median(Decimal(self.amounts[0].of(i)) for i in rows))) if rows else None
        return sums[0] if self.kind == SUM else (sums[0], sums[1])


def row_count() -> Measure:
    """How many rows."""
    return Measure(SUM, (once_where(ALWAYS),))


def how_many(holds: Holds) -> Measure:
    """Of how many rows it holds."""
    return Measure(SUM, (once_where(holds),))


def total(table: Table, field: str) -> Measure:
    """The sum of a field; empty cells count nothing."""
    return sum_of(Amount(lambda i: table[field][i] or Decimal(0), lambda cells: f"N({cells[field]})", (field,)))


def sum_of(amount: Amount) -> Measure:
    """The sum of what every row adds."""
    return Measure(SUM, (amount,))


def distinct(table: Table, field: str) -> Measure:
    """How many different values a field has."""
    return Measure(DISTINCT, (), lambda i: table[field][i], field)


def share(holds: Holds, among: Holds = ALWAYS) -> Measure:
    """Of the rows among which it is asked those of which it holds."""
    return Measure(QUOTIENT, (once_where(both(among, holds)), once_where(among)))


def mean(amount: Amount, among: Holds) -> Measure:
    """The mean of an amount over the rows among which it is asked; it is nothing in the others."""
    return Measure(QUOTIENT, (amount, once_where(among)))


def middle(amount: Amount) -> Measure:
    """The median of an amount."""
    return Measure(MIDDLE, (amount,))


def days_between(start: str, end: str) -> str:
    """The days from one cell to another, of cells that hold days as 20260308."""
    day = lambda cell: f"DATE(INT({cell}/10000),MOD(INT({cell}/100),100),MOD({cell},100))"  # noqa: E731
    return f"{day(end)}-{day(start)}"
