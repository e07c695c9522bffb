"""Figures over the rows of one table, grouped in several ways; each group keeps its rows, so that every figure can show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from jinguo.common.figures import Figure, Statistic
from jinguo.common.findings import some_of
from jinguo.registry.tables import Registry, Table
from jinguo.schema.organisation_tables import TIERS
from jinguo.schema.vocabularies import VOCABULARIES
from jinguo.summary.measures import Measure

#: The labels of a row by their kinds; None where it is not counted.
Labels = Callable[[int], "Mapping[str, str] | None"]
#: Where nothing was filled in.
NOT_GIVEN = "未填"
#: What has an order of its own; all else stands by how many there are, with these last.
_ORDER = {"级别": ("市级", "乡镇街道", "村社区"), "层级": TIERS, "社会职务": VOCABULARIES["社会职务"]}
_LAST = ("其他", NOT_GIVEN)


def place_of(label: str, value: str, count: int | Decimal | None) -> tuple[bool, int, int | Decimal]:
    """Where a part of a whole stands among the others, to sort by: in the order its label has, else the largest first; 其他 and
    what is not filled in last."""
    order = list(_ORDER.get(label, ()))
    return value in _LAST, order.index(value) if value in order else len(order), -(count or 0)


@dataclass(frozen=True)
class Area:
    """One kind of figures: over which table, by what the rows are grouped (each a set of labels), the labels of a row (None
    where it is not counted), what is worked out, and the fields it rests on."""

    name: str
    table: str
    groupings: tuple[tuple[str, ...], ...]
    labels: Labels
    measures: Mapping[Statistic, Measure]
    fields: tuple[str, ...] = ()
    #: The field with the day by which a row belongs to a year; empty where it is counted as it stands today.
    day: str = ""

    @property
    def yearly(self) -> bool:
        """Whether its rows belong to years."""
        return self.groupings[0] == ("年度",)

    def statistic(self, name: str) -> Statistic:
        """The statistic of this name."""
        return next(s for s in self.measures if s.name == name)


@dataclass(frozen=True)
class Counted:
    """The figures of an area, and the rows of each group by its dimensions."""

    area: Area
    figures: list[Figure] = field(default_factory=list)
    groups: dict[tuple[tuple[str, str], ...], list[int]] = field(default_factory=dict)

    @cached_property
    def _by_name(self) -> dict[tuple[str, tuple[tuple[str, str], ...]], Figure]:
        return {(f.name, tuple(f.dimensions.items())): f for f in self.figures}

    def key(self, year: str, **where: str) -> tuple[tuple[str, str], ...]:
        """The dimensions of the group of these labels, or of the whole: of a year, where its rows belong to years."""
        yearly = {"年度": year} if self.area.yearly else {}
        whole = self.area.groupings[0][0]
        return tuple((yearly | where).items()) or ((whole, whole),)

    def figure(self, name: str, key: tuple[tuple[str, str], ...]) -> Figure:
        """The figure of a group; of one that has no row what no rows come to."""
        found = self._by_name.get((name, key))
        if found is not None:
            return found
        statistic = self.area.statistic(name)
        return figure_of(statistic, dict(key), self.area.measures[statistic]([]))

    def by(self, label: str, year: str = "") -> list[tuple[str, tuple[tuple[str, str], ...]]]:
        """The values of a label (of a year, where one is given) with the dimensions of their groups, in the order of the sheet."""
        dimensions = ("年度", label) if year else (label,)
        return [
            (dict(key)[label], key) for key in self.groups if tuple(d for d, _ in key) == dimensions and (not year or key[0][1] == year)
        ]  # fmt: skip


def count(registry: Registry, area: Area) -> Counted:
    """The figures of an area: years from the oldest on, other labels in the order of the sheet."""
    table = registry[area.table]
    labelled = [(i, labels) for i in range(len(table)) if (labels := area.labels(i)) is not None]
    note = unread_note(table, area.fields)
    found = Counted(area)
    for grouping in area.groupings:
        groups: dict[tuple[tuple[str, str], ...], list[int]] = {}
        for i, labels in labelled:
            groups.setdefault(tuple((d, labels.get(d) or NOT_GIVEN) for d in grouping), []).append(i)
        for key in sorted(groups, key=lambda k: dict(k).get("年度", "")):
            found.groups[key] = groups[key]
            for statistic, value in area.measures.items():
                figure = figure_of(statistic, dict(key), value(groups[key]))
                found.figures.append(figure._replace(note=note) if note else figure)
    return found


def figure_of(statistic: Statistic, where: dict[str, str], value: object) -> Figure:
    """A figure of what a measure came to: a number, or for a rate or a mean numerator and denominator."""
    if isinstance(value, tuple):
        numerator, denominator = value
        if statistic.unit == "%":
            return statistic.rate(where, numerator, denominator)
        return statistic.mean(where, numerator, denominator, 1)
    return statistic.of(where, value)  # type: ignore[arg-type]


def unread_note(table: Table, fields: Sequence[str]) -> str:
    """What is not in the figures of a table: cells that could not be read."""
    cells = [table.place(i, name) for name, i in sorted(table.unreadable, key=lambda c: c[1]) if name in fields]
    return f"{table.spec.sheet}有 {len(cells)} 格读不出，没有计入（{some_of(cells)}）" if cells else ""
