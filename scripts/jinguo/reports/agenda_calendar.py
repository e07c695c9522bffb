"""待办.ics: what is to be done, for Outlook or a phone."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence

from jinguo.office.task import Task


def agenda_calendar(tasks: Sequence[Task], today: datetime.date, office: str) -> bytes:
    """The calendar (RFC 5545): an all-day event a task, with a word at nine in the morning of the day before; the same bytes for
    the same tasks and day."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//jinguo//CN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{office}待办")
    stamp = datetime.datetime.combine(today, datetime.time(), datetime.UTC)
    for task in tasks:
        event = Event()
        event.add("uid", f"{hashlib.sha256(task.identity.encode()).hexdigest()[:32]}@jinguo")
        event.add("dtstamp", stamp)
        event.add("dtstart", task.day)
        event.add("dtend", task.day + datetime.timedelta(days=1))
        event.add("summary", f"{task.kind}：{task.about or task.what}")
        event.add(
            "description",
            "\n".join(filter(None, (task.what, f"谁办：{task.who}", task.document and f"材料：{task.document}"))),
        )
        event.add("transp", "TRANSPARENT")
        if task.day >= today:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", task.what)
            alarm.add("trigger", datetime.timedelta(hours=-15))
            event.add_component(alarm)
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data
