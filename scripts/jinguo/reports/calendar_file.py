"""Calendar files (.ics, RFC 5545) for Outlook and phones: all-day events; the same bytes for the same events and day."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any


def calendar_called(name: str) -> Any:
    """An empty calendar of this name."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//jinguo//CN")
    calendar.add("version", "2.0")
    # A property is one line, whatever somebody has typed.
    calendar.add("x-wr-calname", " ".join(name.split()))
    return calendar


def all_day_event(identity: str, day: datetime.date, stamp: datetime.date, summary: str) -> Any:
    """An event of one day, known by its identity, as it was noted on the day `stamp`."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}@jinguo")
    event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + datetime.timedelta(days=1))
    event.add("summary", " ".join(summary.split()))
    return event
