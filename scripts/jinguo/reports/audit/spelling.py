"""How values of the registry stand in a review workbook: days and months as whole numbers, several values joined."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.registry.tables import Registry
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


#: An identity number, a mobile or a fixed telephone, an address of mail.
_PRIVATE = re.compile(
    r"(?<!\d)\d{17}[\dXx](?!\w)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)


def without_numbers(text: str) -> str:
    """A text without what may be somebody's number or address."""
    return _PRIVATE.sub("（略）", text) if any(c.isdigit() or c == "@" for c in text) else text


def refuse_private_keys(registry: Registry) -> None:
    """JinguoError where people are told apart by what may not leave the office: a package says who is meant by the key."""
    if any(_PRIVATE.search(str(key)) for key in registry["people"]["number"] if key):
        raise JinguoError(
            "人员编号用的是身份证号或手机号，写进复核材料就外传了，没有写", registry["people"].where, "先给每个人换一个编号（如 RY0001），再运行一次。"
        )  # fmt: skip


def spelled(value: Any) -> Any:
    """A typed value as a cell that formulas can work with, without anybody's number; empty for None."""
    if value is None:
        return ""
    if isinstance(value, Month):
        return month_number(value)
    if isinstance(value, datetime.date):
        return day_number(value)
    if isinstance(value, int | Decimal):
        return value
    if isinstance(value, tuple):
        return "、".join(without_numbers(str(v)) for v in value)
    return without_numbers(clean(value))


def months_open(start: str, end: str, month: str) -> str:
    """The condition that a month lies in a span whose ends may be open."""
    return f'AND(OR({start}="",{start}<={month}),OR({end}="",{end}>={month}))'
