"""How values of the registry stand in a review workbook: days and months as whole numbers, several values joined."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from jinguo.schema.cells import clean
from jinguo.schema.dates import Month, month_of

#: What stands where a cell could not be read, or a table is not kept.
UNREAD = "读不出"


def day_number(day: datetime.date) -> int:
    """2026年3月8日 as 20260308."""
    return day.year * 10_000 + day.month * 100 + day.day


def month_number(month: Month | datetime.date) -> int:
    """2026年3月 as 202603."""
    found = month if isinstance(month, Month) else month_of(month)
    return found.year * 100 + found.month


def spelled(value: Any) -> Any:
    """A typed value as a cell that formulas can work with; empty for None."""
    if value is None:
        return ""
    if isinstance(value, Month):
        return month_number(value)
    if isinstance(value, datetime.date):
        return day_number(value)
    if isinstance(value, int | Decimal):
        return value
    if isinstance(value, tuple):
        return "、".join(str(v) for v in value)
    return clean(value)


def months_open(start: str, end: str, month: str) -> str:
    """The condition that a month lies in a span whose ends may be open."""
    return f'AND(OR({start}="",{start}<={month}),OR({end}="",{end}>={month}))'
