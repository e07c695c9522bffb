"""The duty roster of a month: each day one resident organisation, fairly by their weights."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from jinguo.duty.spans import duty_spans
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import is_settled, is_workday
from jinguo.schema.duty_tables import WEEKDAYS


@dataclass(frozen=True)
class Shift:
    """A day of duty: the organisation on duty (None where nobody can), and for whom it stands in by 换班."""

    day: datetime.date
    organisation: str | None
    instead_of: str | None = None


@dataclass(frozen=True)
class Roster:
    """A month's shifts, one a day of duty; `provisional` while the year's holidays are not known."""

    year: int
    month: int
    shifts: list[Shift]
    provisional: bool

    def days_of(self) -> Counter[str]:
        """How many days each organisation is on duty."""
        return Counter(s.organisation for s in self.shifts if s.organisation)


def month_roster(registry: Registry, year: int, month: int) -> Roster:
    """The roster of a month, the same for the same registry.

    Each day goes to the unit that can (its span, 可值星期, no 不可值班) and has had the fewest days of this month by its
    weight, working days and others counted apart; then to the one whose last day is longest ago, by 值班记录 or this
    roster; then by the order of the sheet. A day with a 换班 is the turn of the one who swaps, done by the substitute.
    """
    units = registry["duty_units"]
    weights = {o: Fraction(w or 1) for _, o, w in units.each("organisation", "weight") if o}
    served: Counter[tuple[str, bool]] = Counter()
    last = _last_days(registry, datetime.date(year, month, 1))
    swaps = {
        day: (one, other)
        for _, day, one, other in registry["duty_swaps"].each("date", "organisation", "substitute")
        if day and one and other
    }
    order = list(weights)
    shifts = []
    for n in range(1, calendar.monthrange(year, month)[1] + 1):
        day = datetime.date(year, month, n)
        if not is_duty_day(registry, day):
            continue
        able, working = _able(registry, day), is_workday(registry.settings, day)
        # A swap that cannot be (DUT-003 tells) is none.
        if day in swaps and set(swaps[day]) <= set(able) and len(set(swaps[day])) == 2:
            shift = Shift(day, swaps[day][1], swaps[day][0])
        elif able:
            shift = Shift(
                day,
                min(
                    able,
                    key=lambda o: (served[o, working] / weights[o], last.get(o, datetime.date.min), order.index(o)),
                ),
            )
        else:
            shift = Shift(day, None)
        if shift.organisation:
            served[shift.organisation, working] += 1
            last[shift.organisation] = day
        shifts.append(shift)
    return Roster(year, month, shifts, not is_settled(registry.settings, year))


def is_duty_day(registry: Registry, day: datetime.date) -> bool:
    """Whether anybody has to be on duty on a day: 参数 › 值班日."""
    return registry.settings.parameter("值班日") == "每天" or is_workday(registry.settings, day)


def _able(registry: Registry, day: datetime.date) -> list[str]:
    """The units that can be on duty on a day, the dissolved left out."""
    organisations, absences = registry["organisations"], registry["duty_absences"]
    away = {
        o
        for _, o, start, end in absences.each("organisation", "from_date", "to_date")
        if start and end and start <= day <= end
    }
    weekday = WEEKDAYS[day.weekday()]
    found = [
        o
        for o, start, end, weekdays in duty_spans(registry["duty_units"])
        if o and start <= day <= end and (not weekdays or weekday in weekdays) and o not in away
    ]
    return [o for o in dict.fromkeys(found) if organisations.value(o, "status") != "已注销"]


def _last_days(registry: Registry, before: datetime.date) -> dict[str, datetime.date]:
    """The last day each was on duty by 值班记录, before this day."""
    last: dict[str, datetime.date] = {}
    for _, day, organisation, present in registry["duty_log"].each("date", "organisation", "present"):
        if day and organisation and day < before and present != "否":
            last[organisation] = max(last.get(organisation, day), day)
    return last
