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

    def rows(self, area: str, **where: str) -> list[int]:
        """The rows of an area, or of a group of it: those of the ledger's year, where it is counted by years."""
        counted = self.areas.get(area)
        return counted.groups.get(counted.key(self.ledger.period.year, **where), []) if counted else []

    def take(self, name: str, area: str, statistic: str = "", group: str = "", **where: str) -> YearFact:
        """A fact of a statistic (of the same name, where none is given) of an area or of a group of it, noted in the ledger."""
        counted = self.areas.get(area)
        if counted is None:
            return self.ledger.note(YearFact(name, Figure(name, {}, None), "", group=group))
        declared = counted.area.statistic(statistic or name)
        key = counted.key(self.ledger.period.year, **where)
        meaning = declared.meaning + "".join(f"；{label}为“{value}”" for label, value in where.items() if not group)
        fact = YearFact(
            name, counted.figure(declared.name, key), meaning, counted.area.table, counted.groups.get(key, []), group,
            self._before(counted, declared, where), self.ledger.period.called,
        )  # fmt: skip
        return self.ledger.note(fact)

    def _before(self, counted: Counted, statistic: Statistic, where: dict[str, str]) -> Figure | None:
        """What it was in the same days of the year before; None where it is counted as it stands, or nobody asks."""
        if not counted.area.day or not self.ledger.comparable(counted.area.table, counted.area.day):
            return None
        before = self.ledger.period.before
        days = self.ledger.registry[counted.area.table][counted.area.day]
        mine = counted.groups.get(counted.key(before.year, **where), [])
        rows = [i for i in mine if day_of(days[i]) <= before.last]
        return figure_of(statistic, where, counted.area.measures[statistic](rows))

    def parts(self, area: str, label: str, statistic: str) -> list[tuple[str, Figure]]:
        """What a statistic comes to by the values of a label, in their order, the largest first where they have none; those that
        come to nothing left out."""
        counted = self.areas.get(area)
        if counted is None:
            return []
        year = self.ledger.period.year if counted.area.yearly else ""
        found = [(value, counted.figure(statistic, key)) for value, key in counted.by(label, year)]
        found.sort(key=lambda part: place_of(label, part[0], part[1].value))
        return [part for part in found if part[1].value]

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
