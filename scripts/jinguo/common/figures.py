"""A figure: computed once, with the numerator and denominator of every rate; tables and sentences take it from here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from jinguo.common.rounding import divided, plain


class Figure(NamedTuple):
    """One number: `value` is a count, a sum, or for a rate the percentage to one decimal; None where it is 0/0."""

    name: str
    dimensions: dict[str, str]
    value: int | Decimal | None
    unit: str = ""
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    #: What is not in it: rows that could not be read.
    note: str = ""

    @property
    def is_rate(self) -> bool:
        return self.unit == "%"

    @classmethod
    def quotient(
        cls,
        name: str,
        dimensions: dict[str, str],
        numerator: int | Decimal,
        denominator: int | Decimal,
        unit: str,
        places: int,
    ) -> Figure:
        """A mean or a cost of each, half-up to so many decimals; value None where the denominator is 0."""
        value = divided(numerator, denominator, places) if denominator else None
        return cls(name, dimensions, value, unit, numerator, denominator)

    def text(self) -> str:
        """As it stands in a sentence or a table: 96.3%, 1250, — for 0/0."""
        if self.value is None:
            return "—"
        if self.is_rate:
            return f"{self.value}%"
        return plain(self.value)

    def as_dict(self) -> dict[str, Any]:
        """The figure as `stats --json` gives it; numbers as JSON numbers."""
        return {
            "name": self.name,
            "dimensions": self.dimensions,
            "value": _number(self.value),
            "unit": self.unit,
            "numerator": _number(self.numerator),
            "denominator": _number(self.denominator),
            "note": self.note,
        }


def _number(value: int | Decimal | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def rate(name: str, dimensions: dict[str, str], numerator: int | Decimal, denominator: int | Decimal) -> Figure:
    """A percentage, half-up to one decimal; value None where the denominator is 0."""
    value = divided(numerator * 100, denominator, 1) if denominator else None
    return Figure(name, dimensions, value, "%", numerator, denominator)


@dataclass(frozen=True)
class Statistic:
    """A statistic as it is declared, once: its name, unit and 口径; what it is counted `by` besides the year (一个人的镇街 …;
    empty is the year alone); the `sheet` of the statistics workbook its totals of the year stand on; and whether the
    sentences of the report say it, so that its 口径 belongs in the report."""

    name: str
    unit: str
    meaning: str
    by: tuple[str, ...] = ("",)
    sheet: str = ""
    said: bool = False

    def of(self, where: dict[str, str], value: int | Decimal | None) -> Figure:
        """A count or a sum."""
        return Figure(self.name, where, value, self.unit)

    def rate(self, where: dict[str, str], numerator: int | Decimal, denominator: int | Decimal) -> Figure:
        """A percentage."""
        return rate(self.name, where, numerator, denominator)

    def mean(self, where: dict[str, str], numerator: int | Decimal, denominator: int | Decimal, places: int) -> Figure:
        """A mean or a cost of each, to so many decimals."""
        return Figure.quotient(self.name, where, numerator, denominator, self.unit, places)


def by_name(*statistics: Statistic) -> dict[str, Statistic]:
    """Statistics by their names, in this order; ValueError where two share one."""
    found = {statistic.name: statistic for statistic in statistics}
    if len(found) != len(statistics):
        raise ValueError("two statistics share a name")
    return found


@dataclass
class FigureTable:
    """Figures as a table: a row for each value of the dimensions, a column for each name of a figure."""

    title: str
    dimensions: list[str]
    names: list[str]
    rows: list[tuple[list[str], dict[str, Figure]]] = field(default_factory=list)


def by_dimensions(figures: Iterable[Figure]) -> dict[tuple[str, ...], list[Figure]]:
    """The figures by the names of their dimensions, each in the order of appearance."""
    found: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        found[*figure.dimensions].append(figure)
    return dict(found)


def make_table(title: str, figures: Iterable[Figure], dimensions: list[str], only: Container[str] = ()) -> FigureTable:
    """The figures that have exactly these dimensions (and one of these names, where any are given), in their order
    of appearance."""
    rows: dict[tuple[str, ...], dict[str, Figure]] = {}
    names: dict[str, None] = {}
    wanted = tuple(dimensions)
    for figure in figures:
        if tuple(figure.dimensions) == wanted and (not only or figure.name in only):
            rows.setdefault(tuple(figure.dimensions.values()), {})[figure.name] = figure
            names.setdefault(figure.name)
    return FigureTable(title, dimensions, list(names), [(list(key), row) for key, row in rows.items()])


def each_once(figures: Iterable[Figure]) -> list[str]:
    """What several figures remark, each remark once."""
    return list(dict.fromkeys(part for figure in figures if figure.note for part in figure.note.split("；")))


def find(figures: Iterable[Figure], name: str, **dimensions: str) -> Figure:
    """The one figure with this name and exactly these dimensions; 0, or for a rate 0/0, where nothing was counted."""
    for figure in figures:
        if figure.name == name and figure.dimensions == dimensions:
            return figure
    return rate(name, dimensions, 0, 0) if name.endswith("率") else Figure(name, dimensions, 0)


def definition_parts(meaning: str) -> tuple[str, str]:
    """Numerator and denominator of a definition written as 甲 ÷ 乙; empty where it is a count."""
    if "÷" not in meaning:
        return "", ""
    numerator, denominator = meaning.split("÷", 1)
    return numerator.strip(), re.split("[；（]", denominator.strip())[0]
