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


#: An event of more days than these is a slip of the pen, and counts as its first.
_LONGEST = 60


def event_days(registry: Registry) -> dict[str, list[datetime.date]]:
    """Every day of each event, from its start to its end."""
    found: dict[str, list[datetime.date]] = {}
    for _, number, start, end in registry["events"].each("number", "starts", "ends"):
        if number and start:
            count = (end.date() - start.date()).days if end else 0
            span = count if 0 <= count < _LONGEST else 0
            found.setdefault(number, [start.date() + datetime.timedelta(days=n) for n in range(span + 1)])
    return found


def earned_hours(registry: Registry, people: Container[str]) -> dict[str, list[Earned]]:
    """The ledger of each of these people, earliest first.

    The hours of an event are her own where 签到 has them, else the event's; a doubled row counts once. Continuing
    education of a day on which she was at an event, of several days any of these, is that event (TRN-013 tells) and
    does not count again.
    """
    attendance, events, education = registry["attendance"], registry["events"], registry["education_hours"]
    held = {
        number: Earned(start.date(), hours or Decimal(0), number)
        for _, number, start, hours in events.each("number", "starts", "hours")
        if number and start
    }
    ledger: defaultdict[str, list[Earned]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for _, event, person, presence, own in attendance.each("event", "person", "presence", "hours"):
        if person in people and presence == "出席" and event in held and (event, person) not in seen:
            seen.add((event, person))
            earned = held[event]
            ledger[person].append(earned if own is None else earned._replace(hours=own))
    registered = [row for row in education.each("person", "date", "content", "hours") if row[1] in people]
    days = registry.once(event_days)
    trained = {(person, day) for _, person, *_ in registered for e in ledger.get(person, ()) for day in days[e.source]}
    for _, person, date, content, hours in registered:
        if date and hours and (person, date) not in trained:
            ledger[person].append(Earned(date, hours, content or ""))
    return {person: sorted(all_earned) for person, all_earned in ledger.items()}
