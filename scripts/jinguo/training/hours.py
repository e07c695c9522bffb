"""The hours each person has earned: those of training attended, and continuing education registered, each once."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Container
from decimal import Decimal
from typing import NamedTuple

from jinguo.registry.tables import Registry


class Earned(NamedTuple):
    """Hours of one day: of a training event (its number), or of continuing education (its content)."""

    date: datetime.date
    hours: Decimal
    source: str


def earned_hours(registry: Registry, people: Container[str]) -> dict[str, list[Earned]]:
    """The ledger of each of these people, earliest first.

    The hours of an event are her own where 签到 has them, else the event's; a doubled row counts once. Continuing
    education of a day on which she was at an event is that event (TRN-013 tells) and does not count again.
    """
    attendance, events, education = registry["attendance"], registry["events"], registry["education_hours"]
    held = {n: (start.date(), hours) for _, n, start, hours in events.each("number", "starts", "hours") if n and start}
    ledger: defaultdict[str, list[Earned]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for _, event, person, presence, own in attendance.each("event", "person", "presence", "hours"):
        if person in people and presence == "出席" and event in held and (event, person) not in seen:
            seen.add((event, person))
            day, hours = held[event]
            ledger[person].append(Earned(day, own if own is not None else hours or Decimal(0), event))
    trained = {(person, earned.date) for person, all_earned in ledger.items() for earned in all_earned}
    for _, person, day, content, hours in education.each("person", "date", "content", "hours"):
        if person in people and day and hours and (person, day) not in trained:
            ledger[person].append(Earned(day, hours, content or ""))
    return {person: sorted(all_earned) for person, all_earned in ledger.items()}
