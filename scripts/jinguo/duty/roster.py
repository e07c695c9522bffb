"""The duty roster of a month: each day one resident organisation, fairly by their weights."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from dataclasses import dataclass

from jinguo.duty.assignment import DutyMonth, assigned
from jinguo.duty.balance import counted, kind_of, served, shares, weights_of
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
    #: Who was published for the day and cannot be any more.
    moved_from: str | None = None


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
    """The roster of a month, the same for the same registry: fair over the year, and proven to be as good as can be.

    Each day goes to a unit that can (its span, 可值星期, no 不可值班), so that the year's duties with those of the months before
    (值班记录, 值班安排) are as near as possible to everybody's share. A day that is published in 值班安排 stays as it is where its
    unit still can. A day with a 换班 is the turn of the one who swaps, done by the substitute.
    """
    # The months between are reckoned with as they would be, so that one after the other comes out the same.
    today = registry.today
    first = today.month if (year, month) > (today.year, today.month) and year == today.year else month
    return year_rosters(registry, year, first, month)[-1]


def year_rosters(registry: Registry, year: int, first: int, last: int) -> list[Roster]:
    """The rosters of these months, one after the other, each fair with those before."""
    begin = datetime.date(year, 1, 1)
    on_duty: dict[datetime.date, str] = served(registry, begin, datetime.date(year, first, 1))
    found = []
    for month in range(first, last + 1):
        roster = _next_month(registry, year, month, on_duty)
        on_duty |= {s.day: s.organisation for s in roster.shifts if s.organisation}
        found.append(roster)
    return found


def _next_month(registry: Registry, year: int, month: int, before: dict[datetime.date, str]) -> Roster:
    """The roster of a month, given who was on duty in the year before it."""
    days = duty_days(registry, year, month)
    able = {day: able_on(registry, day) for day in days}
    swaps, published = _swaps(registry), _published(registry)
    settled = {day: published[day] for day in days if published.get(day) in able[day]}
    # Who was there was there, whatever had been planned.
    settled |= {day: unit for day, unit in _was_there(registry).items() if day in able}
    # A swap that cannot be (DUT-003 tells) is none.
    swapped = {d: swaps[d] for d in days if d in swaps and set(swaps[d]) <= set(able[d]) and len(set(swaps[d])) == 2}
    settled |= {day: substitute for day, (_, substitute) in swapped.items()}
    last: dict[str, datetime.date] = {}
    year_before = served(registry, datetime.date(year - 1, 1, 1), datetime.date(year, 1, 1))
    for day, unit in {**year_before, **before}.items():
        last[unit] = day
    model = DutyMonth(
        days, {day: kind_of(registry.settings, day) for day in days}, able, weights_of(registry),
        shares(registry, [*before, *(day for day in days if able[day] or day in settled)]), counted(registry.settings, before), settled, last,
    )  # fmt: skip
    chosen = assigned(model)
    shifts = [
        Shift(
            day, chosen[day], swapped[day][0] if day in swapped else None,
            published[day] if day in published and published[day] != chosen[day] and day not in swapped else None,
        )
        for day in days
    ]  # fmt: skip
    return Roster(year, month, shifts, not is_settled(registry.settings, year))


def duty_days(registry: Registry, year: int, month: int) -> list[datetime.date]:
    """The days of a month on which somebody has to be on duty."""
    days = (datetime.date(year, month, n) for n in range(1, calendar.monthrange(year, month)[1] + 1))
    return [day for day in days if is_duty_day(registry, day)]


def uncovered_days(registry: Registry, year: int, month: int) -> list[datetime.date]:
    """The days of a month on which nobody can be on duty; none where nobody can on any day, as no rota is kept for it yet."""
    days = duty_days(registry, year, month)
    empty = [day for day in days if not able_on(registry, day)]
    return empty if len(empty) < len(days) else []


def _was_there(registry: Registry) -> dict[datetime.date, str]:
    rows = registry["duty_log"].each("date", "organisation", "present")
    return {day: unit for _, day, unit, present in rows if day and unit and present != "否"}


def _swaps(registry: Registry) -> dict[datetime.date, tuple[str, str]]:
    rows = registry["duty_swaps"].each("date", "organisation", "substitute")
    return {day: (one, other) for _, day, one, other in rows if day and one and other}


def _published(registry: Registry) -> dict[datetime.date, str]:
    return {day: unit for _, day, unit in registry["duty_plan"].each("date", "organisation") if day and unit}


def is_duty_day(registry: Registry, day: datetime.date) -> bool:
    """Whether anybody has to be on duty on a day: 参数 › 值班日."""
    return registry.settings.parameter("值班日") == "每天" or is_workday(registry.settings, day)


def able_on(registry: Registry, day: datetime.date) -> list[str]:
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
