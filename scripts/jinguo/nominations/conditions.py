"""Comparing a candidate's value with what a requirement or a quota asks; unknown is never passed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from jinguo.nominations.attributes import CERTIFICATE, Attribute
from jinguo.schema.cells import SEPARATORS, clean, half_width
from jinguo.schema.dates import Date, DateTime, Month, YearMonth, month_of, read_day, read_month
from jinguo.schema.numbers import Number, read_number
from jinguo.schema.types import Choice, FieldType, MultiChoice, Text, match_choice

PASSED, FAILED, UNKNOWN = "符合", "不符合", "缺材料"


class BadCondition(ValueError):
    """The wanted value does not fit the condition, such as a word where a number is compared."""


def compare(attribute: Attribute, comparison: str, wanted: str, vocabularies: dict[str, list[str]]) -> str:
    """符合, 不符合, or 缺材料 where the value is unknown. Raises BadCondition for a comparison that makes no sense."""
    value = attribute.value
    if comparison in ("为空", "不为空"):
        empty = value in (None, (), "") or (attribute.type is CERTIFICATE and value == "无")
        return _outcome(empty == (comparison == "为空")) if attribute.readable else UNKNOWN
    check = _checker(attribute.type, comparison, wanted, vocabularies)
    return UNKNOWN if value is None else _outcome(check(value))


def _outcome(passed: bool) -> str:
    return PASSED if passed else FAILED


def _checker(
    kind: FieldType, comparison: str, wanted: str, vocabularies: dict[str, list[str]]
) -> Callable[[Any], bool]:
    """The test of a known value; reading `wanted` comes first, so that a bad one shows even where nobody has a
    value."""
    if comparison in ("不少于", "不多于"):
        rank, limit = wanted_rank(kind, wanted, vocabularies)
        return (lambda v: rank(v) >= limit) if comparison == "不少于" else (lambda v: rank(v) <= limit)
    if comparison in ("早于", "晚于"):
        if not isinstance(kind, Date | DateTime | YearMonth):
            raise BadCondition("这一栏不是日期，不能比较早晚")
        day = wanted_day(wanted)
        return lambda v: _before(v, day) if comparison == "早于" else _after(v, day)
    if comparison == "包含" and isinstance(kind, Number | Date | DateTime | YearMonth):
        raise BadCondition("这一栏是数字或日期，不能用“包含”")
    if comparison == "包含" and not isinstance(kind, MultiChoice):
        # Part of a word is asked for (本科 in 大学本科), so the column's own spellings do not come into it.
        parts = wanted_parts(wanted)
        return lambda v: all(any(p in text for text in _values(v)) for p in parts)
    options = wanted_options(kind, wanted, vocabularies)
    if isinstance(kind, Text):
        # The text itself may hold a 、.
        options.append(wanted.strip())
    if comparison == "包含":
        return lambda v: all(o in _values(v) for o in options)
    inside: Callable[[Any], bool] = lambda v: any(t in options for t in _values(v))  # noqa: E731
    return (lambda v: not inside(v)) if comparison == "不等于" else inside


def _values(value: Any) -> list[Any]:
    """A value, or each of several, as options are spelt: numbers and days as they are, all else as text."""
    if isinstance(value, tuple) and not isinstance(value, Month):
        return [str(v) for v in value]
    if isinstance(value, datetime.datetime):
        return [value.date()]
    return [value] if isinstance(value, Month | datetime.date | int | Decimal) else [clean(value)]


def wanted_parts(wanted: str, separators: re.Pattern[str] = SEPARATORS) -> list[str]:
    parts = [p.strip() for p in separators.split(wanted) if p.strip()]
    if not parts:
        raise BadCondition("没有填值")
    return parts


#: Between days / does not separate: 2019/3/8 is one day.
_DAY_SEPARATORS = re.compile(r"[、，,；;\n]+")


def wanted_options(kind: Any, wanted: str, vocabularies: dict[str, list[str]]) -> list[Any]:
    """The values a condition lists, as the column itself would hold them."""
    if isinstance(kind, YearMonth | Date | DateTime):
        read = read_month if isinstance(kind, YearMonth) else read_day
        days = [read(p) for p in wanted_parts(wanted, _DAY_SEPARATORS)]
        if None in days:
            raise BadCondition(f"“{wanted}”不是日期")
        return days
    parts = wanted_parts(wanted)
    if isinstance(kind, Number):
        numbers = [read_number(without_unit(p)) for p in parts]
        if None in numbers:
            raise BadCondition(f"“{wanted}”不是数字")
        return numbers
    if not isinstance(kind, Choice):
        return parts
    allowed = kind.choices(vocabularies)
    found = [match_choice(p, allowed, kind.synonyms) for p in parts]
    if None in found:
        unknown = parts[found.index(None)]
        raise BadCondition(f"“{unknown}”不在可选范围内（{'、'.join(allowed)}）")
    return [f for f in found if f]


def wanted_rank(kind: Any, wanted: str, vocabularies: dict[str, list[str]]) -> tuple[Callable[[Any], Any], Any]:
    """How values are ordered, and where the limit lies: numbers by size, choices by their place in the list."""
    if isinstance(kind, Choice):
        if not kind.ordered or isinstance(kind, MultiChoice):
            raise BadCondition("这一栏的选项没有高低之分，不能比较多少")
        allowed = kind.choices(vocabularies)
        limit = match_choice(wanted.strip(), allowed, kind.synonyms)
        if limit is None:
            raise BadCondition(f"“{wanted}”不在可选范围内（{'、'.join(allowed)}）")
        return allowed.index, allowed.index(limit)
    number = read_number(without_unit(wanted))
    if number is None or not isinstance(kind, Number):
        raise BadCondition(f"不能用“{wanted}”比较多少" if number is None else "这一栏不是数字，不能比较多少")
    return (lambda v: v), number


def without_unit(wanted: str) -> str:
    return re.sub(r"(周岁|岁|学时|%|年)$", "", half_width(wanted.strip()))


def wanted_day(wanted: str) -> datetime.date | Month:
    day = read_day(wanted) or read_month(wanted)
    if day is None:
        raise BadCondition(f"“{wanted}”不是日期")
    return day


def _before(value: Any, day: datetime.date | Month) -> bool:
    """Whether a day or month lies wholly before another; what is only known to the month is compared by months."""
    return _comparable(value, day) < _comparable(day, value)


def _after(value: Any, day: datetime.date | Month) -> bool:
    return _comparable(value, day) > _comparable(day, value)


def _comparable(value: Any, other: Any) -> Any:
    if isinstance(value, datetime.datetime):
        value = value.date()
    return month_of(value) if isinstance(value, datetime.date) and isinstance(other, Month) else value


_QUOTA = re.compile(r"(不少于|不多于|早于|晚于|≥|≤|>=|<=)\s*(.+)")
_SIGNS = {"≥": "不少于", ">=": "不少于", "≤": "不多于", "<=": "不多于"}


def quota_matches(attribute: Attribute, wanted: str, vocabularies: dict[str, list[str]]) -> bool:
    """Whether a person counts for a quota: its 取值 is a list of values, or a comparison such as 不多于45."""
    return compare(attribute, *quota_comparison(wanted), vocabularies) == PASSED


def quota_comparison(wanted: str) -> tuple[str, str]:
    """The comparison of a quota's 取值 and the value compared with: (不多于, 45), (属于, 群众、民盟盟员)."""
    match = _QUOTA.fullmatch(wanted.strip())
    return (_SIGNS.get(match[1], match[1]), match[2]) if match else ("属于", wanted)
