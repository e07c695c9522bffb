"""Values as they stand in a document: formatted before they reach a template, so that a template only places words."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jinguo.common.rounding import plain
from jinguo.schema.dates import Month

_WEEKDAYS = "一二三四五六日"


def day_words(day: datetime.date) -> str:
    """2026年3月8日: Arabic numerals, no padding zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_words(day: datetime.date) -> str:
    """星期日."""
    return f"星期{_WEEKDAYS[day.weekday()]}"


def time_words(moment: datetime.datetime) -> str:
    """9:00."""
    return f"{moment.hour}:{moment.minute:02d}"


def span_words(start: datetime.datetime, end: datetime.datetime | None) -> str:
    """2026年3月8日（星期日）9:00—16:30; without hours where they are not given; over two days both dates."""
    text = f"{day_words(start)}（{weekday_words(start)}）"
    if start.time() != datetime.time():
        text += time_words(start)
    if end is None or end <= start:
        return text
    if end.date() == start.date():
        return f"{text}—{time_words(end)}"
    return f"{text}至{day_words(end)}（{weekday_words(end)}）{time_words(end) if end.time() != datetime.time() else ''}"


def words(value: Any) -> str:
    """Any typed value as words: 2026年3月8日, 1980.05, 志愿服务、救助帮扶; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return span_words(value, None)
    if isinstance(value, datetime.date):
        return day_words(value)
    if isinstance(value, tuple) and not isinstance(value, Month) and not hasattr(value, "_fields"):
        return "、".join(words(v) for v in value)
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def record_words(record: Mapping[str, Any]) -> dict[str, str]:
    """A row by headers, every value as words."""
    return {header: words(value) for header, value in record.items()}
