"""Working days: the office's own 节假日 first, then the State Council's calendar, then Monday to Friday."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from jinguo.registry.settings import Settings

#: 《全国年节及纪念日放假办法》(2024): holidays of every year that do not follow the moon.
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}

#: 农历正月初一 of the years whose calendar is not published yet, month and day (中国科学院紫金山天文台《农历》).
_NEW_YEAR = {
    2027: (2, 6), 2028: (1, 26), 2029: (2, 13), 2030: (2, 3), 2031: (1, 23), 2032: (2, 11), 2033: (1, 31), 2034: (2, 19), 2035: (2, 8),
    2036: (1, 28), 2037: (2, 15), 2038: (2, 4), 2039: (1, 24), 2040: (2, 12),
}  # fmt: skip


def spring_festival(year: int) -> list[datetime.date]:
    """除夕 and 初一 to 初三, holidays by law (《全国年节及纪念日放假办法》第二条, as of 2025); none for a year whose first day of the
    moon is not known here."""
    if year not in _NEW_YEAR:
        return []
    first = datetime.date(year, *_NEW_YEAR[year])
    return [first + datetime.timedelta(days=n) for n in range(-1, 3)]


def is_workday(settings: Settings, day: datetime.date) -> bool:
    """Whether people work on a day, days moved by a holiday (调休) as they were moved."""
    kind = settings.holidays.get(day)
    if kind:
        return kind == "上班"
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in _FIXED and day not in spring_festival(day.year)


def is_statutory(settings: Settings, day: datetime.date) -> bool:
    """Whether a day off is one of a festival, and no mere Saturday or Sunday."""
    if settings.holidays.get(day) == "放假":
        return True
    import chinese_calendar

    try:
        return bool(chinese_calendar.get_holiday_detail(day)[1])
    except NotImplementedError:
        return (day.month, day.day) in _FIXED or day in spring_festival(day.year)


def is_settled(settings: Settings, year: int) -> bool:
    """Whether the holidays of a year are known: published, or entered in 节假日. Before that any plan is provisional."""
    import chinese_calendar

    try:
        chinese_calendar.is_workday(datetime.date(year, 1, 1))
    except NotImplementedError:
        return any(day.year == year for day in settings.holidays)
    return True


def workdays(settings: Settings, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Every working day from the first to the last, both included."""
    for n in range((last - first).days + 1):
        day = first + datetime.timedelta(days=n)
        if is_workday(settings, day):
            yield day


def last_workday(settings: Settings, first: datetime.date, count: int) -> datetime.date:
    """The day on which a span of so many working days ends, the first counted if it is one (公示, both ends counted)."""
    day = first - datetime.timedelta(days=1)
    while count:
        day += datetime.timedelta(days=1)
        count -= is_workday(settings, day)
    return day
