"""Types of parameters that are neither a number nor a choice: a day of the year, lists of 名称=值.

A parameter that cannot be read is a finding at its cell; what is typed as 5-31 must not become 12-31 in silence.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinguo.schema.cells import SEPARATORS, clean, half_width, is_number
from jinguo.schema.dates import day_of_serial, make_date
from jinguo.schema.problems import PARAMETER, Parsed, Parser, Problem
from jinguo.schema.types import FieldType
from jinguo.schema.vocabularies import Vocabularies

_MONTH_DAY = re.compile(r"(?:\d{4}[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
#: 2 月 29 日 is a day of the year; in a year without it the day before it is meant.
_LEAP_YEAR = 2000


@dataclass(frozen=True)
class MonthDay(FieldType):
    """A day of the year, as 05-31: of a cell that Excel has made a date of (5-31), of 5/31, 5.31 and 5月31日."""

    label = "月日"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        day = raw if isinstance(raw, datetime.date) else day_of_serial(raw)
        if day is None:
            # 5.31 typed into a cell of numbers is no day number; 12.1 is the first of December.
            match = _MONTH_DAY.fullmatch(re.sub(r"\s", "", half_width(clean(raw))))
            day = make_date(str(_LEAP_YEAR), match[1], match[2]) if match else None
        if day is None:
            what = f"填的是“{clean(raw)}”，读不出是哪一天"
            return Parsed(None, Problem(PARAMETER, what, "请写成 12-31 的样子，单元格格式设为文本"))
        return Parsed(f"{day.month:02d}-{day.day:02d}")


def day_in(year: int, month_day: str) -> datetime.date:
    """The day of a year that a MonthDay means; the last of February where the year has no 29th."""
    month, day = (int(part) for part in month_day.split("-"))
    if (month, day) == (2, 29):
        return datetime.date(year, 3, 1) - datetime.timedelta(days=1)
    return datetime.date(year, month, day)


@dataclass(frozen=True)
class Pairs(FieldType):
    """A list of 名称=值, whatever separates the items; `is_value` says whether a value is one, `example` how it is written."""

    is_value: Callable[[str], bool]
    example: str
    label = "名称=值"
    longest = None

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        text = half_width(clean(raw)) if is_number(raw) else clean(raw)
        for part in filter(None, map(str.strip, SEPARATORS.split(text))):
            name, sign, value = [*re.split(r"([=＝:：])", part, maxsplit=1), "", ""][:3]
            if not sign or not name.strip() or not self.is_value(value.strip()):
                what = f"里的“{part}”读不懂"
                return Parsed(None, Problem(PARAMETER, what, f"请写成 {self.example} 的样子，几项用、隔开"))
        return Parsed(text)


def is_iso_day(text: str) -> bool:
    """2026-06-14."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
