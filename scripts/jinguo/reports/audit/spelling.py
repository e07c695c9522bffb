"""How values of the registry stand in a review workbook: days and months as whole numbers, several values joined."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.registry.tables import Registry
from jinguo.reports.audit.review_sheet import without_numbers
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


def refuse_private_keys(registry: Registry) -> None:
    """JinguoError where people are told apart by what may not leave the office: a package says who is meant by the key."""
    for name in ("people", "organisations", "events"):
        table = registry[name]
        if any(without_numbers(str(key)) != str(key) for key in table[table.spec.key] if key):
            raise JinguoError(
                f"“{table.spec.sheet}”的编号用的是身份证号或电话号码，写进复核材料就外传了，没有写", table.where,
                "先换成别的编号（如 RY0001），再运行一次。",
            )  # fmt: skip


def case_twins(registry: Registry) -> list[str]:
    """That names or keys differ in capitals alone, which Excel does not tell apart: what is counted of them comes out otherwise there."""
    found: dict[str, dict[str, None]] = {}
    for table, field in (
        ("people", "number"),
        ("organisations", "number"),
        ("organisations", "name"),
        ("events", "number"),
    ):
        for text in registry[table][field]:
            if text and text.lower() != text.upper():
                found.setdefault(str(text).casefold(), {})[str(text)] = None
    return [
        f"{'、'.join(f'“{text}”' for text in texts)}只有大小写不同，Excel 分不清，复核表里数它们的格子会和程序不同"
        for texts in found.values()
        if len(texts) > 1
    ]


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
