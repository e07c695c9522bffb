"""Rules about training events and attendance."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry import Hit, Registry
from jinguo.schema.numbers import plain


@rule("TRN-001", ERROR, "签到表的姓名要与人员编号对应的人一致", "请核对编号和姓名，改正填错的一个", "惯例")
def attendance_name_agrees(registry: Registry) -> Iterator[Hit]:
    yield from name_agrees(registry, "attendance")


def name_agrees(registry: Registry, table: str) -> Iterator[Hit]:
    """Rows of a table with 人员编号 and 姓名 in which the two mean different people."""
    rows, names = registry[table], registry["people"].mapping("name")
    for i, person, name in rows.each("person", "name"):
        expected = names.get(person)
        if name != expected and name and expected:
            yield rows.hit(i, "name", f"编号 {person} 是{expected}，姓名却填{name}")


@rule("TRN-002", ERROR, "一个人一场活动只签到一行", "请核对后保留一行", "惯例")
def no_double_attendance(registry: Registry) -> Iterator[Hit]:
    attendance = registry["attendance"]
    seen: dict[tuple[str, str], int] = {}
    for i, event, person in attendance.each("event", "person"):
        first = seen.setdefault((event, person), i)
        if first != i and event and person:
            who = registry.name_of("people", person)
            yield attendance.hit(i, "person", f"{who}在 {event} 的签到与第 {attendance.rows[first]} 行重复")


@rule("TRN-003", ERROR, "签到时间要在活动当天", "请核对签到时间和活动编号", "惯例")
def signed_in_on_the_day(registry: Registry) -> Iterator[Hit]:
    attendance, events = registry["attendance"], registry["events"]
    starts = events.mapping("starts")
    for i, event, moment in attendance.each("event", "signed_in"):
        if moment is None:
            continue
        start = starts.get(event)
        if start and events.readable(events.index_of[event], "ends"):
            end = events.value(event, "ends") or start
            if not start.date() <= moment.date() <= max(start, end).date():
                what = f"签到时间 {moment:%Y-%m-%d} 不在 {event} 的活动日 {start:%Y-%m-%d}"
                yield attendance.hit(i, "signed_in", what)


@rule("TRN-004", ERROR, "个人学时不能多于活动的学时", "请核对个人学时", "惯例")
def hours_within_event(registry: Registry) -> Iterator[Hit]:
    attendance, events = registry["attendance"], registry["events"]
    limits = events.mapping("hours")
    for i, event, hours in attendance.each("event", "hours"):
        if hours is None:
            continue
        most = limits.get(event)
        if most is not None and hours > most:
            yield attendance.hit(i, "hours", f"个人学时 {plain(hours)} 多于 {event} 的 {plain(most)} 学时")


@rule("TRN-005", WARNING, "出席人数一般不超过名额", "请核对名额和签到表", "惯例")
def not_more_than_places(registry: Registry) -> Iterator[Hit]:
    attendance, events = registry["attendance"], registry["events"]
    rows = {(e, p) for _, e, p, presence in attendance.each("event", "person", "presence") if presence == "出席" and p}
    present = Counter(event for event, _ in rows)
    for i, number, places, name in events.each("number", "places", "who"):
        if places is not None and present[number] > places:
            yield events.hit(i, "places", f"“{name}”名额 {places} 人，出席 {present[number]} 人")


@rule("TRN-006", ERROR, "活动的结束不能早于开始，报名截止不能晚于开始", "请核对这几个时间", "常识")
def event_times_in_order(registry: Registry) -> Iterator[Hit]:
    events = registry["events"]
    for i, start, end, deadline, name in events.each("starts", "ends", "enrol_by", "who"):
        # An end without a time of day is known to the day only.
        if start and end and (end < start if end.time() != datetime.time() else end.date() < start.date()):
            yield events.hit(i, "ends", f"“{name}”的结束时间 {end:%Y-%m-%d %H:%M} 早于开始时间 {start:%Y-%m-%d %H:%M}")
        if start and deadline and deadline > start.date():
            yield events.hit(i, "enrol_by", f"“{name}”的报名截止 {deadline} 晚于开始时间 {start:%Y-%m-%d}")


@rule("TRN-007", ERROR, "请假、缺席的人没有学时", "请核对出勤和学时", "惯例")
def absent_has_no_hours(registry: Registry) -> Iterator[Hit]:
    attendance = registry["attendance"]
    for i, presence, hours, person in attendance.each("presence", "hours", "person"):
        if presence in ("请假", "缺席") and hours:
            yield attendance.hit(i, "hours", f"{registry.name_of('people', person)}{presence}，却有 {plain(hours)} 学时")


@rule("TRN-008", HINT, "活动结束后要登记签到", "请补登签到；活动取消的删去这一行", "惯例")
def past_event_has_attendance(registry: Registry) -> Iterator[Hit]:
    events, attendance = registry["events"], registry["attendance"]
    if not attendance.present or attendance.unclear("event"):
        return
    attended = set(attendance["event"])
    for i, number, start, name in events.each("number", "starts", "who"):
        if start and start.date() < registry.today and number not in attended:
            yield events.hit(i, "number", f"“{name}”{start:%Y-%m-%d} 已举办，没有一行签到")
