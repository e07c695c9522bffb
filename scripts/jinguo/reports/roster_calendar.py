"""A unit's duties as a calendar file for the phones of those who sit there."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from jinguo.duty.roster import Shift
from jinguo.reports.calendar_file import all_day_event, calendar_called


def roster_calendar(shifts: Sequence[Shift], unit: str, stamp: datetime.date, place: str) -> bytes:
    """The calendar (RFC 5545) of these shifts: an all-day event each; the same bytes for the same shifts and day."""
    calendar = calendar_called(f"{unit}值班")
    for shift in shifts:
        event = all_day_event(f"{shift.day} {unit}", shift.day, stamp, f"值班：{unit}")
        event.add("location", place)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
