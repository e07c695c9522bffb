"""How organisations were at an earlier time, as far as the registry has dates: when they were there, and their tier then."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import NamedTuple

from jinguo.registry.tables import Registry
from jinguo.schema.dates import Month, month_of


class TierSpan(NamedTuple):
    """A tier of an organisation from a month to a month, None where the span is open."""

    tier: str | None
    from_month: Month | None
    to_month: Month | None


def existing_on(registry: Registry, day: datetime.date) -> set[str]:
    """The organisations (their numbers) that were there on a day: founded, or where that is not given registered, by then,
    and not dissolved by then (变动). One dissolved on a day nobody wrote down was not there at any time, and one whose
    beginning is not known always was."""
    organisations, ends = registry["organisations"], registry.once(_dissolved_on)
    found = set()
    for _, number, status, founded, registered in organisations.each("number", "status", "founded_on", "registered_on"):
        begin, end = founded or registered, ends.get(number)
        gone = end <= day if end else status == "已注销"
        if number and not gone and (begin is None or begin <= day):
            found.add(number)
    return found


def _dissolved_on(registry: Registry) -> dict[str, datetime.date]:
    """When each organisation was dissolved, by the latest row of 变动 that says so, where it is dissolved now."""
    status = registry["organisations"].mapping("status")
    found: dict[str, datetime.date] = {}
    for _, number, day, item, new in registry["changes"].each("organisation", "date", "item", "new"):
        if item == "登记状态" and day and new and "注销" in new and status.get(number) == "已注销":
            found[number] = max(day, found.get(number, day))
    return found


def tier_spans(registry: Registry) -> dict[str, list[TierSpan]]:
    """The tiers of each organisation over time: by its changes with a day and an old and a new tier, else its tier today
    always."""
    changes: defaultdict[str, list[tuple[datetime.date, str | None, str]]] = defaultdict(list)
    for _, number, day, item, old, new in registry["changes"].each("organisation", "date", "item", "old", "new"):
        if number and item == "层级" and day and new:
            changes[number].append((day, tier_named(old), str(tier_named(new))))
    found = {}
    for _, number, tier in registry["organisations"].each("number", "tier"):
        mine = sorted(changes.get(number, ()))
        spans, start = [], None
        for day, old, _ in mine:
            spans.append(TierSpan(old or tier, start, _before(month_of(day))))
            start = month_of(day)
        spans.append(TierSpan(tier, start, None))
        if number:
            found[number] = spans
    return found


def tier_named(text: str | None) -> str | None:
    """核心 as 核心层."""
    return text if not text or text.endswith("层") else f"{text}层"


def _before(month: Month) -> Month:
    return Month(month.year - (month.month == 1), 12 if month.month == 1 else month.month - 1)
