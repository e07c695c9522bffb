"""Everything that falls due today: the kinds of notices and letters, and who finds them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinguo.documents import training_notice
from jinguo.documents.calls import awards, calls_open
from jinguo.documents.due_document import DueDocument
from jinguo.documents.duty_notice import roster_due
from jinguo.documents.exam_notices import companion_notices, exam_report
from jinguo.documents.organisation_letters import approvals, registration_guidance
from jinguo.documents.reminders import hours_missing, inspections_open, projects_due, terms_ending
from jinguo.registry.tables import Registry


def training_notices(registry: Registry) -> list[DueDocument]:
    """An event starts within the days of the parameter."""
    def context(notice: training_notice.Notice) -> Callable[[str], dict[str, Any]]:
        return lambda number: training_notice.notice_context(registry, notice, number)

    events = registry["events"]
    return [
        DueDocument(
            "培训通知", n.title, f"{n.starts:%Y-%m-%d} {events['name'][n.event]} 培训通知", n.why, context(n), training_notice.group_message(registry, n),
            [events.place(n.event, "number")], event=n.number, tiers=events["tiers"][n.event] or (), numbered=True,
        )
        for n in training_notice.due_notices(registry)
    ]  # fmt: skip


_FINDERS: dict[str, Callable[[Registry], list[DueDocument]]] = {
    "培训通知": training_notices,
    "大赛通知": calls_open("大赛通知"),
    "获奖通报": awards,
    "项目征集通知": calls_open("项目征集通知"),
    "活动方案征集通知": calls_open("活动方案征集通知"),
    "值班安排通知": roster_due,
    "伴考通知": companion_notices,
    "考试情况通报": exam_report,
    "吸纳团体会员批复": approvals,
    "登记指导意见书": registration_guidance,
    "年检提醒函": inspections_open,
    "换届提醒函": terms_ending,
    "继续教育提醒": hours_missing,
    "项目提醒函": projects_due,
}
KINDS = tuple(_FINDERS)


def all_due(registry: Registry) -> list[DueDocument]:
    """Everything that is due, kind by kind in the order of KINDS."""
    return [due for find in _FINDERS.values() for due in find(registry)]
