"""待办: everything that is to be done by a day, letters that are due among it; what is done with is not named again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from jinguo.documents.agenda_sources import SOURCES
from jinguo.documents.due_document import DueDocument
from jinguo.documents.register import all_due, withheld_kinds
from jinguo.office.task import Task
from jinguo.registry.tables import Registry
from jinguo.schema.dates import add_months
from jinguo.word.last_look import single_inside


class Agenda(NamedTuple):
    """What is to be done, by day; and what could not be looked at, with why: nothing there does not mean nothing to do."""

    tasks: list[Task]
    unknown: list[str]


def agenda(registry: Registry, more: Iterable[Task] = ()) -> Agenda:
    """Everything to be done as of the registry's day within 参数 › 到期提醒月数, letters that are due at once, and what others
    know of (`more`), but for what 已办 has."""
    tasks = [_of_letter(registry, due) for due in all_due(registry)]
    unknown = [f"{kind}：{'；'.join(why.reasons)}" for kind, why in withheld_kinds(registry).items()]
    for source, tables in SOURCES.items():
        unread = [registry.unread[name] for name in tables if name in registry.unread]
        unknown += unread
        if not unread:
            tasks += source(registry)
    tasks += more
    # A name may have quotation marks of its own.
    tasks = [replace(task, what=single_inside(task.what)) for task in tasks]
    finished = {item for item in registry["done"]["item"] if item}
    last = add_months(registry.today, int(registry.settings.parameter("到期提醒月数")))
    lettered = {(task.about, task.day) for task in tasks if task.key}
    kept = [
        task
        for task in tasks
        if task.identity not in finished
        and (task.key or task.day <= last)
        # Of what has a letter the letter is the thing to do.
        and (task.key or task.kind not in _LETTERED or (task.about, task.day) not in lettered)
    ]
    unique = {task.identity: task for task in sorted(kept, key=lambda t: (t.day, t.kind, t.about))}
    return Agenda(list(unique.values()), list(dict.fromkeys(unknown)))


#: What may be said by a letter too.
_LETTERED = ("证书再登记", "项目到期", "培训活动")


#: Letters whose day is the one by which something is to be done; of the others it is that of what they tell.
_DEADLINES = ("年检提醒函", "换届提醒函", "继续教育提醒", "高级评审提醒", "项目提醒函")


def _of_letter(registry: Registry, due: DueDocument) -> Task:
    """A letter that is due: its day is in the name of its file."""
    try:
        day = datetime.date.fromisoformat(due.file[:10])
    except ValueError:
        # A roster is named by its month; other letters go out today.
        month = due.file[:7]
        day = (
            datetime.date.fromisoformat(f"{month}-01") if month[:4].isdigit() and month[4:5] == "-" else registry.today
        )
    if due.kind not in _DEADLINES:
        # What has happened already is to be written now.
        day = max(day, registry.today)
    title = due.title.removeprefix(registry.settings.item("单位名称"))
    about = due.to or (registry["events"].value(due.event, "name") if due.event else "") or ""
    place = due.rows[0] if due.rows else ""
    return Task(day, due.kind, title, about, document=f"通知/{due.file}.docx", place=place, key=due.file)
