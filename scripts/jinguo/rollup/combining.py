"""Figures of counties added up by city, province and all: counts as sums, rates from the sums of their numerators and denominators.

County by county, so that thousands take no more memory than the figures of one have names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jinguo.common.figures import Figure, rate
from jinguo.rollup.county_result import UNREAD, WHOLE, CountyResult

#: Groups that mean something in one county only: two of them may have a township, or an organisation, of one name.
LOCAL = frozenset(("镇街", "所属镇街", "组织", "枢纽组织", "购买主体", "主题", "大赛"))
#: So many counties that are not in a figure, or say something of theirs, are named.
_MOST_NAMED = 5

_Key = tuple[str, str, tuple[tuple[str, str], ...]]


def adds_up(figure: Figure) -> bool:
    """Whether the figures of several counties make one of them together; a median, or a mean of which only the mean is known, does
    not, and what is counted by groups of one county is that county's."""
    if set(figure.dimensions) & LOCAL:
        return False
    return figure.denominator is not None or not any(word in figure.name for word in ("平均", "中位数"))


class Names:
    """Counties by name, in their order: the first few, and how many there are."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.count = 0

    def add(self, name: str) -> None:
        self.count += 1
        if len(self.first) < _MOST_NAMED:
            self.first.append(name)

    def __str__(self) -> str:
        return "、".join(self.first) + (f"等 {self.count} 个" if self.count > len(self.first) else "")


@dataclass
class _Sum:
    """A figure as it grows: its first, and what it comes to."""

    first: Figure
    value: int | Decimal | None = None
    numerator: int | Decimal = 0
    denominator: int | Decimal = 0
    places: int = 0
    notes: Names = field(default_factory=Names)

    def add(self, county: str, figure: Figure) -> None:
        if figure.value is not None:
            self.value = (self.value or 0) + figure.value
        self.numerator += figure.numerator or 0
        self.denominator += figure.denominator or 0
        exponent = figure.value.as_tuple().exponent if isinstance(figure.value, Decimal) else 0
        self.places = max(self.places, -exponent if isinstance(exponent, int) else 0)
        if figure.note:
            self.notes.add(f"{county}：{figure.note}")

    @property
    def figure(self) -> Figure:
        name, where, unit = self.first.name, self.first.dimensions, self.first.unit
        note = str(self.notes)
        if self.first.denominator is None:
            return Figure(name, where, self.value, unit, note=note)
        if self.first.is_rate:
            value = rate(name, where, self.numerator, self.denominator).value
        else:
            value = Figure.quotient(name, where, self.numerator, self.denominator, unit, self.places).value
        return Figure(name, where, value, unit, self.numerator, self.denominator, note)


@dataclass(frozen=True)
class WholeFigure:
    """A figure of a region; `counted` counties are in it, `without` says which are not, and why."""

    family: str
    figure: Figure
    counted: int
    without: str


class Region:
    """A region, known by its folders from the outermost (none is all there is), and what its counties come to."""

    def __init__(self, groups: tuple[str, ...]) -> None:
        self.groups = groups
        self.counties = self.read = 0
        self.severities: dict[str, int] = {"错误": 0, "警告": 0}
        #: The counties that are in no figure, and those that are not in all.
        self.unread, self.partly = Names(), Names()
        self._missing: dict[str, Names] = {}
        self._sums: dict[_Key, _Sum] = {}

    @property
    def called(self) -> str:
        return "/".join(self.groups) or "合计"

    def add(self, result: CountyResult) -> None:
        """One county more."""
        called = result.county.called
        self.counties += 1
        if result.state != WHOLE:
            self.partly.add(called)
        if result.trouble:
            self.unread.add(f"{called}（{UNREAD}）")
            return
        self.read += 1
        for severity, count in result.counts().items():
            self.severities[severity] += count
        for family, why in (result.missing | result.absent).items():
            self._missing.setdefault(family, Names()).add(f"{called}（{why}）")
        for placed in result.figures:
            if adds_up(placed.figure):
                key = (placed.family, placed.figure.name, tuple(placed.figure.dimensions.items()))
                self._sums.setdefault(key, _Sum(placed.figure)).add(called, placed.figure)

    def figures(self) -> list[WholeFigure]:
        """What the counties come to, family by family."""
        found = []
        for (family, _, _), one in sorted(self._sums.items(), key=lambda item: _order(item[0])):
            missing = self._missing.get(family, Names())
            without = "、".join(filter(None, (str(self.unread), str(missing))))
            found.append(WholeFigure(family, one.figure, self.read - missing.count, without))
        return found


def _order(key: _Key) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    """By family and by what it is counted by, so that the order does not hang on which county came first."""
    family, name, where = key
    return family, tuple(label for label, _ in where), tuple(value for _, value in where), name


class Regions:
    """All that there is to add up: everything, each province, each city."""

    def __init__(self) -> None:
        self.by_groups: dict[tuple[str, ...], Region] = {(): Region(())}

    def add(self, result: CountyResult) -> None:
        """One county more, in each region it belongs to."""
        groups = result.county.groups
        for n in range(len(groups) + 1):
            self.by_groups.setdefault(groups[:n], Region(groups[:n])).add(result)

    def in_order(self) -> Sequence[Region]:
        """The whole first, each province before its cities."""
        return [self.by_groups[groups] for groups in sorted(self.by_groups)]
