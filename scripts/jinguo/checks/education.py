"""Rules about continuing education beside the training events."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, doubles, rule
from jinguo.registry.tables import Hit, Registry
from jinguo.training.hours import event_days


@rule(
    "TRN-013", HINT, "参加培训的学时按签到计算，不在继续教育里重复登记",
    why="两处都登记，学时会算两遍",
    remedy="请确认是不是同一次学习；是就删去继续教育的这一行",
    source="继续教育学时只计一次（本单位台账的约定）",
)  # fmt: skip
def hours_counted_once(registry: Registry) -> Iterator[Hit]:
    education, attendance = registry["education_hours"], registry["attendance"]
    studied = set(education["date"]) - {None}
    days = {
        number: mine
        for number, every in registry.once(event_days).items()
        if (mine := [day for day in every if day in studied])
    }
    if not days:
        return
    attended = {
        (person, day): event
        for _, event, person, presence in attendance.each("event", "person", "presence")
        if event in days and presence == "出席"
        for day in days[event]
    }
    for i, person, day in education.each("person", "date"):
        event = attended.get((person, day)) if day else None
        if event:
            what = (
                f"{registry.name_of('people', person)} {day} 参加了“{registry.name_of('events', event)}”，签到已有学时"
            )
            yield education.hit(i, "date", what)


@rule(
    "TRN-014", ERROR, "一个人一天的同一项继续教育只登记一行",
    why="重复的行会让学时多算",
    remedy="请核对后保留一行",
    source="惯例",
)  # fmt: skip
def education_once(registry: Registry) -> Iterator[Hit]:
    education = registry["education_hours"]
    for i, first in doubles(education, "person", "date", "content"):
        who = registry.name_of("people", education["person"][i])
        yield education.hit(i, "content", f"{who} {education['date'][i]} 的继续教育与{education.nth_row(first, i)}重复")
