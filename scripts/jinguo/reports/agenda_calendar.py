"""待办.ics: what is to be done, for Outlook or a phone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from jinguo.office.task import Task
from jinguo.reports.calendar_file import all_day_event, calendar_called


def agenda_calendar(tasks: Sequence[Task], today: datetime.date, office: str) -> bytes:
    """The calendar (RFC 5545): an all-day event a task, with a word at nine in the morning of the day before; the same bytes for
    the same tasks and day."""
    from icalendar import Alarm

    calendar = calendar_called(f"{office}待办")
    for task in tasks:
        event = all_day_event(task.identity, task.day, today, f"{task.kind}：{task.about or task.what}")
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
