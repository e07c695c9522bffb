"""A unit's duties as a calendar file for the phones of those who sit there."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

from jinguo.duty.roster import Shift


def roster_calendar(shifts: Sequence[Shift], unit: str, stamp: datetime.date, place: str) -> bytes:
    """The calendar (RFC 5545) of these shifts: an all-day event each; the same bytes for the same shifts and day."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//jinguo//CN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{unit}值班")
    for shift in shifts:
        event = Event()
        event.add("uid", f"{hashlib.sha256(f'{shift.day} {unit}'.encode()).hexdigest()[:32]}@jinguo")
        event.add("dtstamp", datetime.datetime.combine(stamp, datetime.time(), datetime.UTC))
        event.add("dtstart", shift.day)
        event.add("dtend", shift.day + datetime.timedelta(days=1))
        event.add("summary", f"值班：{unit}")
        event.add("location", place)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
