"""What each unit should have of a year's duties, and what it has had: by weight, for the days it takes part."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from jinguo.duty.spans import duty_spans
from jinguo.registry.settings import Settings
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import is_statutory, is_workday

ORDINARY, WEEKEND, HOLIDAY = "平日", "周末", "节假日"
KINDS = (ORDINARY, WEEKEND, HOLIDAY)


def kind_of(settings: Settings, day: datetime.date) -> str:
    """平日, 周末 or 节假日: a day off that is no Saturday or Sunday, or one of a festival."""
    if is_workday(settings, day):
        return ORDINARY
    return HOLIDAY if day.weekday() < 5 or is_statutory(settings, day) else WEEKEND


def weights_of(registry: Registry) -> dict[str, Fraction]:
    """The weight of each unit, in the order of the sheet; the dissolved left out."""
    organisations = registry["organisations"]
    return {
        o: Fraction(w or 1)
        for _, o, w in registry["duty_units"].each("organisation", "weight")
        if o and organisations.value(o, "status") != "已注销"
    }


def shares(registry: Registry, days: Iterable[datetime.date]) -> dict[tuple[str, str], Fraction]:
    """What each unit should have of these days, by kind: of each day, by its weight among those that take part then."""
    weights = weights_of(registry)
    spans = [(o, start, end) for o, start, end, _ in duty_spans(registry["duty_units"]) if o in weights]
    found: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for day in days:
        here = dict.fromkeys(o for o, start, end in spans if start <= day <= end)
        total = sum((weights[o] for o in here), Fraction(0))
        kind = kind_of(registry.settings, day)
        for o in here:
            found[kind, o] += weights[o] / total
    return dict(found)


def counted(settings: Settings, on_duty: Mapping[datetime.date, str | None]) -> Counter[tuple[str, str]]:
    """How many duties of each kind each unit has."""
    return Counter((kind_of(settings, day), unit) for day, unit in on_duty.items() if unit)
