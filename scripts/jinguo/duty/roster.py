"""The duty roster of a month: each day one resident organisation, fairly by their weights."""

from __future__ import annotations

import calendar
import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from jinguo.duty.assignment import DutyDays, assigned, turns_by_month
from jinguo.duty.balance import KINDS, counted, kind_of, shares, weights_of
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
    """The roster of a month, the same for the same registry: fair over the year, and proven to be as good as can be."""
    return year_rosters(registry, year, month, month)[0]


def year_rosters(registry: Registry, year: int, first: int, last: int) -> list[Roster]:
    """The rosters of these months of a year, cut from the turns of all its days from today on.

    Each day goes to a unit that can (its span, 可值星期, no 不可值班), so that the year's duties, with those that were served, are
    as near as possible to everybody's share; who will be away later has more now. A day that is published in 值班安排 stays as it is
    where its unit still can. A day with a 换班 is the turn of the one who swaps, done by the substitute. A day before today is as
    it was; one of which nothing is known has no shift.
    """
    shifts = _past(registry, year) | _coming(registry, year)
    provisional = not is_settled(registry.settings, year)
    return [
        Roster(year, month, [shifts[day] for day in duty_days(registry, year, month) if day in shifts], provisional)
        for month in range(first, last + 1)
    ]


def _past(registry: Registry, year: int) -> dict[datetime.date, Shift]:
    """The days of a year before today, as they were."""
    swaps = swapped_days(registry)
    on_duty = served(registry, datetime.date(year, 1, 1), min(registry.today, datetime.date(year + 1, 1, 1)))
    return {
        day: Shift(day, unit, swaps[day][0] if day in swaps and swaps[day][1] == unit else None)
        for day, unit in on_duty.items()
    }


def _coming(registry: Registry, year: int) -> dict[datetime.date, Shift]:
    """The days of a year from today on: those that are settled, and the best turns for the others."""
    every = [day for month in range(1, 13) for day in duty_days(registry, year, month)]
    days = [day for day in every if day >= registry.today]
    if not days:
        return {}
    able = {day: able_on(registry, day) for day in days}
    published, there = _published(registry), was_there(registry)
    swaps = {day: swap for day, swap in swapped_days(registry).items() if day in able and day not in there}
    settled = {day: published[day] for day in days if published.get(day) in able[day]}
    settled |= {day: substitute for day, (_, substitute) in swaps.items()}
    settled |= {day: there[day] for day in days if day in there}
    begin = datetime.date(year, 1, 1)
    before = served(registry, begin, days[0])
    last = {unit: day for day, unit in (served(registry, datetime.date(year - 1, 1, 1), begin) | before).items()}
    due = [day for day in days if able[day] or day in settled]
    kinds = {day: kind_of(registry.settings, day) for day in days}
    whole = DutyDays(
        days, kinds, able, weights_of(registry), shares(registry, [*before, *due]), counted(registry.settings, before), settled, last,
        _monthly(registry, due),
    )  # fmt: skip
    return {
        day: Shift(
            day, unit, swaps[day][0] if day in swaps else None,
            published[day] if day in published and day not in swaps and day not in there and published[day] != unit else None,
        )
        for day, unit in _month_by_month(whole).items()
    }  # fmt: skip


def _month_by_month(whole: DutyDays) -> dict[datetime.date, str | None]:
    """Who is on duty on each day, when it is known how many turns each unit has in each month."""
    turns = turns_by_month(whole)
    chosen: dict[datetime.date, str | None] = {}
    last = dict(whole.last)
    for month, mine in groupby(whole.days, lambda day: f"{day:%Y-%m}"):
        due = {
            (kind, unit): Fraction(turns.get((f"{month} {kind}", unit), 0)) for kind in KINDS for unit in whole.weights
        }
        days = list(mine)
        settled = {day: whole.settled[day] for day in days if day in whole.settled}
        found = assigned(replace(whole, days=days, shares=due, had={}, settled=settled, last=last))
        chosen |= found
        last |= {unit: day for day, unit in found.items() if unit}
    return chosen


def _monthly(registry: Registry, days: Iterable[datetime.date]) -> dict[tuple[str, str], Fraction]:
    """What each unit should have of the days of each kind and month, by ("2026-11 平日", unit)."""
    found: dict[tuple[str, str], Fraction] = {}
    for month, mine in groupby(days, lambda day: f"{day:%Y-%m}"):
        found |= {(f"{month} {kind}", unit): share for (kind, unit), share in shares(registry, mine).items()}
    return found


def served(registry: Registry, first: datetime.date, before: datetime.date) -> dict[datetime.date, str]:
    """Who was on duty on each day of a span: as 值班记录 has it, else the substitute of 换班, else as published in 值班安排.

    Who is noted as not there (到岗 = 否) has not served.
    """
    found = _published(registry) | {day: substitute for day, (_, substitute) in swapped_days(registry).items()}
    for _, day, unit, present in registry["duty_log"].each("date", "organisation", "present"):
        if present == "否" and found.get(day) == unit:
            del found[day]
    found |= was_there(registry)
    return {day: unit for day, unit in sorted(found.items()) if first <= day < before}


def was_there(registry: Registry) -> dict[datetime.date, str]:
    """Who was there on each day of 值班记录."""
    rows = registry["duty_log"].each("date", "organisation", "present")
    return {day: unit for _, day, unit, present in rows if day and unit and present != "否"}


def swapped_days(registry: Registry) -> dict[datetime.date, tuple[str, str]]:
    """Whose turn each day of 换班 was, and who does it; a swap that cannot be (DUT-003 tells) is none."""
    rows = registry["duty_swaps"].each("date", "organisation", "substitute")
    return {
        day: (one, other)
        for _, day, one, other in rows
        if day and one and other and one != other and {one, other} <= set(able_on(registry, day))
    }


#: What a roster is made from, a row of which may not have been read.
RESTS_ON = ("duty_units", "duty_absences", "duty_swaps", "duty_log")


def published_unread(registry: Registry) -> list[str]:
    """The rows of 值班安排 that could not be read: a day that is published would be given to another."""
    table = registry["duty_plan"]
    cells = sorted(
        (i, name) for name, i in table.unreadable if name in ("date", "organisation") and table.shown(i, name)
    )
    return [f"{table.place(i, name)} 公布过的一天读不出，会改派给别人" for i, name in cells]


def _published(registry: Registry) -> dict[datetime.date, str]:
    return {day: unit for _, day, unit in registry["duty_plan"].each("date", "organisation") if day and unit}


def duty_days(registry: Registry, year: int, month: int) -> list[datetime.date]:
    """The days of a month on which somebody has to be on duty."""
    days = (datetime.date(year, month, n) for n in range(1, calendar.monthrange(year, month)[1] + 1))
    return [day for day in days if is_duty_day(registry, day)]


def uncovered_days(registry: Registry, year: int, month: int) -> list[datetime.date]:
    """The days of a month on which nobody can be on duty; none where nobody can on any day, as no rota is kept for it yet."""
    days = duty_days(registry, year, month)
    empty = [day for day in days if not able_on(registry, day)]
    return empty if len(empty) < len(days) else []


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
