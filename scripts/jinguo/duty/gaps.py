"""Days on which nobody can be on duty: why each unit cannot, and the smallest change that would help."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from jinguo.duty.balance import weights_of
from jinguo.duty.spans import duty_spans
from jinguo.registry.tables import Registry
from jinguo.schema.duty_tables import WEEKDAYS


class Gap(NamedTuple):
    """A day without anybody: why not, unit by unit, and what would help."""

    day: datetime.date
    reasons: list[str]
    remedy: str


def gap_on(registry: Registry, day: datetime.date) -> Gap:
    """Why nobody can be on duty on a day. What helps least changes: a leave of one day given up, then a weekday more, then a
    longer leave cut, then a unit more."""
    weekday = WEEKDAYS[day.weekday()]
    away = {
        o: (start, end)
        for _, o, start, end in registry["duty_absences"].each("organisation", "from_date", "to_date")
        if o and start and end and start <= day <= end
    }
    reasons, helps = [], []
    for n, (unit, start, end, weekdays) in enumerate(duty_spans(registry["duty_units"])):
        if not unit or unit not in weights_of(registry):
            continue
        name = registry.name_of("organisations", unit)
        outside, other_day = not start <= day <= end, bool(weekdays) and weekday not in weekdays
        if outside:
            reasons.append(f"{name}这一天不在轮值")
        elif unit in away:
            first, last = away[unit]
            reasons.append(f"{name}请假（{first:%m-%d}至{last:%m-%d}）" + (f"，也不值{weekday}" if other_day else ""))
            if not other_day:
                long = (last - first).days > 0
                helps.append((2 if long else 0, n, f"{name}{'这一天不请假' if long else '改天请假'}"))
        elif other_day:
            reasons.append(f"{name}只值{'、'.join(weekdays)}")
            helps.append((1, n, f"{name}的可值星期加上{weekday}"))
    remedy = min(helps)[2] if helps else "增加一个值班单位"
    return Gap(day, reasons or ["没有值班单位"], remedy)
