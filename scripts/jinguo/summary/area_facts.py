"""Facts out of the areas of the year: the same rows and measures as in 年度统计.xlsx."""

from __future__ import annotations

from collections.abc import Sequence

from jinguo.common.figures import Figure, Statistic
from jinguo.registry.tables import Registry
from jinguo.summary.counting import Counted, figure_of, place_of
from jinguo.summary.facts import FactLedger, YearFact, day_of


class AreaFacts:
    """Takes facts of the counted areas into a ledger; of an area the office does not keep there is nothing to take."""

    def __init__(self, ledger: FactLedger, areas: Sequence[Counted]) -> None:
        self.ledger = ledger
        self.areas = {counted.area.name: counted for counted in areas}

    def rows(self, area: str, year: str = "", **where: str) -> list[int]:
        """The rows of an area, or of a group of it: those of the ledger's year, or of another, where it is counted by years."""
        counted = self.areas.get(area)
        if counted is None:
            return []
        whole = counted.area.groupings[0][0]
        yearly = {"年度": year or self.ledger.period.year} if whole == "年度" else {}
        key = tuple((yearly | where).items()) or ((whole, whole),)
        return counted.groups.get(key, [])

    def take(self, name: str, area: str, statistic: str = "", group: str = "", **where: str) -> YearFact:
        """A fact of a statistic (of the same name, where none is given) of an area or of a group of it, noted in the ledger."""
        counted = self.areas.get(area)
        if counted is None:
            return self.ledger.note(YearFact(name, Figure(name, {}, None), "", group=group))
        declared = next(s for s in counted.area.measures if s.name == (statistic or name))
        rows = self.rows(area, **where)
        figure = self._figure(counted, declared, rows, where)
        meaning = declared.meaning + "".join(f"；{label}为“{value}”" for label, value in where.items() if not group)
        fact = YearFact(
            name, figure, meaning, counted.area.table, rows, group, self._before(counted, declared, where), self.ledger.period.called
        )  # fmt: skip
        return self.ledger.note(fact)

    def _figure(self, counted: Counted, statistic: Statistic, rows: list[int], where: dict[str, str]) -> Figure:
        return figure_of(statistic, where, counted.area.measures[statistic](rows))

    def _before(self, counted: Counted, statistic: Statistic, where: dict[str, str]) -> Figure | None:
        """What it was in the same days of the year before; None where it is counted as it stands, or nobody asks."""
        if not counted.area.day or not self.ledger.comparable(counted.area.table, counted.area.day):
            return None
        before = self.ledger.period.before
        days = self.ledger.registry[counted.area.table][counted.area.day]
        rows = [i for i in self.rows(counted.area.name, before.year, **where) if day_of(days[i]) <= before.last]
        return self._figure(counted, statistic, rows, where)

    def parts(self, area: str, label: str, statistic: str, most: int = 0) -> list[tuple[str, Figure]]:
        """What a statistic comes to by the values of a label, the largest first, 其他 and what is not filled in last; of `most`
        only so many."""
        counted = self.areas.get(area)
        if counted is None:
            return []
        declared = next(s for s in counted.area.measures if s.name == statistic)
        whole = counted.area.groupings[0][0]
        dimensions = ("年度", label) if whole == "年度" else (label,)
        found = []
        for key, rows in counted.groups.items():
            where = dict(key)
            if tuple(where) == dimensions and where.get("年度", self.ledger.period.year) == self.ledger.period.year:
                figure = self._figure(counted, declared, rows, where)
                if figure.value:
                    found.append((where[label], figure))
        found.sort(key=lambda part: place_of(label, part[0], part[1].value))
        return found[:most] if most else found

    def composition(self, area: str, label: str, statistic: str, kind: str = "") -> str:
        """业务培训6场、主题沙龙4场, with what `kind` of thing each is where its name does not say so; empty where there is but one
        part."""
        parts = self.parts(area, label, statistic)
        return (
            "、".join(f"{name.removesuffix(kind)}{kind}{figure.text()}{figure.unit}" for name, figure in parts)
            if len(parts) > 1
            else ""
        )


def names_of(registry: Registry, table: str, rows: Sequence[int], field: str = "") -> list[str]:
    """What the rows of a table are called, or the organisations one of their fields refers to; each once."""
    if field:
        return list(
            dict.fromkeys(registry.name_of("organisations", registry[table][field][i]) for i in rows if registry[table][field][i])
        )  # fmt: skip
    display = registry[table].spec.display
    return list(dict.fromkeys(str(registry[table][display][i]) for i in rows if registry[table][display][i]))
