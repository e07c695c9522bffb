"""Cells that say less than a whole value, made whole as agreed: a month without its day, a year of two digits."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from jinguo.intake.own.splits import first_phone
from jinguo.intake.own.title_lines import moment_of
from jinguo.schema import Field
from jinguo.schema.cells import clean, half_width, is_blank, is_number
from jinguo.schema.codes import Phone
from jinguo.schema.dates import Date, DateTime, Month, YearMonth, read_day, read_month

#: Fields that end a span: of a month they mean its last day.
_ENDS = re.compile("until|ends|to_|closing|enrol_by")


def completed(name: str, f: Field, values: list[Any], told: list[str]) -> list[Any]:
    """The values with days that only say the month, months that only say the year, and cells with two telephones made whole
    as agreed; each that was is `told`."""
    if isinstance(f.type, Phone):
        return _each(values, _one_phone, told)
    if isinstance(f.type, YearMonth):
        return _each(values, lambda v, told: _month(name, v, told), told)
    if f.name == "year":
        return _each(values, _year, told)
    if isinstance(f.type, DateTime):
        return _each(values, lambda v, told: _moment(f, v, told), told)
    if isinstance(f.type, Date):
        is_end = bool(_ENDS.search(f.name))
        return _each(values, lambda v, told: _day(v, is_end, told), told)
    return values


def _each(values: list[Any], complete: Callable[[Any, list[str]], Any], told: list[str]) -> list[Any]:
    """Each distinct value completed once; what is said of it, as often as it stands."""
    counts = Counter(values)
    whole: dict[Any, Any] = {}
    for value, count in counts.items():
        said: list[str] = []
        whole[value] = complete(value, said)
        told += said * count
    return list(map(whole.__getitem__, values))


def _one_phone(value: Any, told: list[str]) -> Any:
    return _told(value, first_phone(clean(value)), told) if isinstance(value, str) else value


def _year(value: Any, told: list[str]) -> Any:
    match = _YEAR.fullmatch(clean(value))
    return int(match[1]) if match else value


def _moment(f: Field, value: Any, told: list[str]) -> Any:
    """The first day of several (2026.5.20-21)."""
    if not isinstance(value, str) or is_blank(value) or f.type.parser({})(value).value is not None:
        return value
    found = moment_of(clean(value), "")
    if found and f.type.parser({})(found[0]).value is not None:
        told.append(f"{clean(value)} 作 {found[0]}")
        return found[0]
    return value


_YEAR = re.compile(r"((?:19|20)\d{2})年度?")


def _told(old: Any, new: Any, told: list[str]) -> Any:
    if re.sub(r"\D", "", clean(new)) != re.sub(r"\D", "", clean(old)):
        told.append("一格几个号码，取第一个手机")
        return new
    return old


def _month(name: str, value: Any, told: list[str]) -> Any:
    """1996.11 for 9611 and 71年6月 in a month of birth; the first or last month where only the year is said."""
    text = re.sub(r"\s", "", half_width(clean(value)))
    short = (
        re.fullmatch(r"'?([3-9]\d)[.\-/年]?(0?[1-9]|1[0-2])月?", text)
        if name.endswith(".born") and not (is_number(value) and "." in text)
        else None
    )
    if (short and len(text.rstrip("月")) >= 4) or (short and re.search("[.年/-]", text)):
        month = f"19{short[1]}.{int(short[2]):02d}"
        told.append(f"{text} 作 {month}")
        return month
    year = re.fullmatch(r"((?:19|20)\d{2})年?", text)
    if year:
        month = f"{year[1]}.12" if _ENDS.search(name) else f"{year[1]}.01"
        told.append(f"{text} 作 {month}")
        return month
    return value


def _day(value: Any, is_end: bool, told: list[str]) -> Any:
    """The first day of a month, or its last where it is an end."""
    if isinstance(value, datetime.date) or is_blank(value):
        return value
    text = clean(value)
    if read_day(text):
        return value
    month = read_month(text)
    year = re.fullmatch(r"((?:19|20)\d{2})年?", text)
    if month is None and year:
        month = Month(int(year[1]), 12 if is_end else 1)
    if month is None:
        return value
    day = month.last_day() if is_end else month.first_day()
    told.append(f"{text} 作 {day:%Y-%m-%d}")
    return day
