"""What falls due today: every kind of notice and letter, why it is due, for whom, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jinguo.registry import Registry


@dataclass(frozen=True)
class Due:
    """One document that falls due. `context` gives what its template may place, from its number (empty where it has none);
    `rows` are the cells it was made from; `to` is its one recipient with his or her `address`, empty where it is a notice to
    all, as is `township`; `event` is an 活动编号, `tiers` those the notice is meant for."""

    kind: str
    title: str
    file: str
    why: str
    context: Callable[[str], dict[str, Any]]
    message: str
    rows: list[str] = field(default_factory=list)
    to: str = ""
    address: str | None = None
    township: str = ""
    event: str = ""
    tiers: tuple[str, ...] = ()
    numbered: bool = False


def all_due(registry: Registry) -> list[Due]:
    """Everything that is due, kind by kind in the order of KINDS."""
    return [due for find in _FINDERS.values() for due in find(registry)]


def training_notices(registry: Registry) -> list[Due]:
    """An event starts within the days of the parameter."""
    from jinguo.training.notices import Notice, due_notices, group_message, notice_context

    def context(notice: Notice) -> Callable[[str], dict[str, Any]]:
        return lambda number: notice_context(registry, notice, number)

    events = registry["events"]
    return [
        Due(
            "培训通知", n.title, f"{n.starts:%Y-%m-%d} {events['name'][n.event]} 培训通知", n.why, context(n), group_message(registry, n),
            [events.place(n.event, "number")], event=n.number, tiers=events["tiers"][n.event] or (), numbered=True,
        )
        for n in due_notices(registry)
    ]  # fmt: skip


def _finders() -> dict[str, Callable[[Registry], list[Due]]]:
    from jinguo.documents import reminders

    return {
        "培训通知": training_notices,
        "年检提醒函": reminders.inspections_open,
        "换届提醒函": reminders.terms_ending,
        "继续教育提醒": reminders.hours_missing,
        "项目提醒函": reminders.projects_due,
    }


_FINDERS = _finders()
KINDS = tuple(_FINDERS)
