"""Rules about training events and attendance."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import compress, repeat
from operator import eq, ne

from jinguo.checks.rule import ERROR, HINT, WARNING, after_latest, doubles, rule
from jinguo.common.rounding import plain
from jinguo.registry.tables import Hit, Registry, Table
from jinguo.training.coverage import unattended


@rule(
    "TRN-001", ERROR, "签到表的姓名要与人员编号对应的人一致",
    why="编号填错，学时就记到别人名下",
    remedy="请核对编号和姓名，改正填错的一个",
    source="惯例",
)  # fmt: skip
def attendance_name_agrees(registry: Registry) -> Iterator[Hit]:
    yield from name_agrees(registry, "attendance")


def name_agrees(registry: Registry, table: str) -> Iterator[Hit]:
    """Rows of a table with 人员编号 and 姓名 in which the two mean different people."""
    rows, names = registry[table], registry["people"].mapping("name")
    # Compared without a loop, as there are hundreds of thousands and nearly all agree.
    for i in compress(range(len(rows)), map(ne, rows["name"], map(names.get, rows["person"]))):
        expected = names.get(rows["person"][i])
        if rows["name"][i] and expected:
            yield rows.hit(i, "name", f"编号 {rows['person'][i]} 是{expected}，姓名却填{rows['name'][i]}")


@rule(
    "TRN-002", ERROR, "一个人一场活动只签到一行",
    why="重复的签到会让人次多算",
    remedy="请核对后保留一行",
    source="惯例",
)  # fmt: skip
def no_double_attendance(registry: Registry) -> Iterator[Hit]:
    attendance = registry["attendance"]
    for i, first in doubles(attendance, "event", "person"):
        who, event = registry.name_of("people", attendance["person"][i]), attendance["event"][i]
        yield attendance.hit(i, "person", f"{who}在 {event} 的签到与{attendance.nth_row(first, i)}重复")


@rule(
    "TRN-003", ERROR, "签到时间要在活动当天",
    why="日期不符，多半是活动编号填错",
    remedy="请核对签到时间和活动编号",
    source="惯例",
)  # fmt: skip
def signed_in_on_the_day(registry: Registry) -> Iterator[Hit]:
    attendance, events = registry["attendance"], registry["events"]
    starts = _sound_starts(registry)
    for i, event, moment in attendance.filled("event", "signed_in"):
        start = starts.get(event)
        # Before an event has been held nobody can be at it, which is TRN-009's to say.
        if start and start.date() <= registry.today and events.readable(events.index_of[event], "ends"):
            end = events.value(event, "ends") or start
            if not start.date() <= moment.date() <= max(start, end).date():
                what = f"签到时间 {moment:%Y-%m-%d} 不在 {event} 的活动日 {start:%Y-%m-%d}"
                yield attendance.hit(i, "signed_in", what)


def _sound_starts(registry: Registry) -> dict[str, datetime.datetime]:
    """When each event begins; not where it ends before that, which TRN-006 has said."""
    events = registry["events"]
    ends = events.mapping("ends")
    starts = events.mapping("starts")
    return {n: start for n, start in starts.items() if start and not (ends.get(n) and ends[n].date() < start.date())}


@rule(
    "TRN-004", ERROR, "个人学时不能多于活动的学时",
    why="学时多记，学时台账就不可信",
    remedy="请核对个人学时",
    source="惯例",
)  # fmt: skip
def hours_within_event(registry: Registry) -> Iterator[Hit]:
    attendance, events = registry["attendance"], registry["events"]
    limits = events.mapping("hours")
    for i, event, hours in attendance.filled("event", "hours"):
        most = limits.get(event)
        if most is not None and hours > most:
            yield attendance.hit(i, "hours", f"个人学时 {plain(hours)} 多于 {event} 的 {plain(most)} 学时")


def _present(registry: Registry) -> Counter:
    """How many rows of each event say 出席."""
    return _count(registry["attendance"], "presence", "出席")


def _count(attendance: Table, field: str, value: str) -> Counter:
    """How many rows of each event hold this value."""
    return Counter(compress(attendance["event"], map(eq, attendance[field], repeat(value))))


@rule(
    "TRN-005", WARNING, "出席人数一般不超过名额",
    why="多半是重复签到，或者名额没有更新",
    remedy="请核对名额和签到表",
    source="惯例",
)  # fmt: skip
def not_more_than_places(registry: Registry) -> Iterator[Hit]:
    attendance, events = registry["attendance"], registry["events"]
    # First every row is counted, which is quick; each person once only where the rows are more than the places.
    rows = registry.once(_present)
    full = {
        number for _, number, places in events.each("number", "places") if places is not None and rows[number] > places
    }
    if not full:
        return
    pairs = {
        (e, p)
        for _, e, p, presence in attendance.each("event", "person", "presence")
        if e in full and presence == "出席" and p
    }
    present = Counter(event for event, _ in pairs)
    for i, number, places, name in events.each("number", "places", "who"):
        if places is not None and present[number] > places:
            yield events.hit(i, "places", f"“{name}”名额 {places} 人，出席 {present[number]} 人")


@rule(
    "TRN-006", ERROR, "活动的结束不能早于开始，报名截止不能晚于开始",
    why="先后颠倒，通知里的时间就会写错",
    remedy="请核对这几个时间",
    source="常识",
)  # fmt: skip
def event_times_in_order(registry: Registry) -> Iterator[Hit]:
    events = registry["events"]
    for i, start, end, deadline, name in events.each("starts", "ends", "enrol_by", "who"):
        # An end without a time of day is known to the day only.
        if start and end and (end < start if end.time() != datetime.time() else end.date() < start.date()):
            yield events.hit(i, "ends", f"“{name}”的结束时间 {end:%Y-%m-%d %H:%M} 早于开始时间 {start:%Y-%m-%d %H:%M}")
        if start and deadline and deadline > start.date():
            yield events.hit(i, "enrol_by", f"“{name}”的报名截止 {deadline} 晚于开始时间 {start:%Y-%m-%d}")


@rule(
    "TRN-007", ERROR, "请假、缺席的人没有学时",
    why="没有到场不计学时",
    remedy="请核对出勤和学时",
    source="惯例",
)  # fmt: skip
def absent_has_no_hours(registry: Registry) -> Iterator[Hit]:
    attendance = registry["attendance"]
    for i, person, presence, hours in attendance.filled("person", "presence", "hours"):
        if presence in ("请假", "缺席") and hours:
            yield attendance.hit(
                i, "hours", f"{registry.name_of('people', person)}{presence}，却有 {plain(hours)} 学时"
            )


@rule(
    "TRN-008", HINT, "活动结束后要登记签到",
    why="没有签到，就没有人次和学时",
    remedy="请补登签到；活动取消的删去这一行",
    source="惯例",
)  # fmt: skip
def past_event_has_attendance(registry: Registry) -> Iterator[Hit]:
    events, silent = registry["events"], set(registry.once(unattended))
    for i, name, start in events.each("who", "starts"):
        if i in silent:
            yield events.hit(i, "number", f"“{name}”{start:%Y-%m-%d} 已举办，没有一行签到")


@rule(
    "TRN-009", ERROR, "活动举办以前没有人出席",
    why="多半是活动编号填错，或者活动的开始时间没有改",
    remedy="请核对活动编号和开始时间",
    source="常识",
)  # fmt: skip
def nobody_present_before(registry: Registry) -> Iterator[Hit]:
    attendance = registry["attendance"]
    to_come = {n: start for n, start in _sound_starts(registry).items() if start.date() > registry.today}
    if not to_come:
        return
    for i, event, presence in attendance.each("event", "presence"):
        if event in to_come and presence == "出席":
            what = f"{registry.name_of('events', event)} {to_come[event]:%Y-%m-%d} 才举办，却填了出席"
            yield attendance.hit(i, "presence", what)


@rule(
    "TRN-010", HINT, "报名人数一般不超过名额",
    why="报名的人多于名额，有人会白跑一趟",
    remedy="请增加名额，或通知候补的人",
    source="惯例",
)  # fmt: skip
def not_more_enrolled_than_places(registry: Registry) -> Iterator[Hit]:
    attendance, events = registry["attendance"], registry["events"]
    signed = {(e, p) for _, e, p, yes in attendance.each("event", "person", "enrolled") if e and p and yes == "是"}
    enrolled, present = Counter(event for event, _ in signed), registry.once(_present)
    for i, number, places, name in events.each("number", "places", "who"):
        # More present than places is TRN-005's to say.
        if places is not None and present[number] <= places < enrolled[number]:
            yield events.hit(i, "places", f"“{name}”名额 {places} 人，报名 {enrolled[number]} 人")


@rule(
    "TRN-011", HINT, "学时一般不多于活动的时长",
    why="学时多算，学时台账就不可信",
    remedy="请核对学时和起止时间",
    source="参数“一学时分钟数”（惯例）",
)  # fmt: skip
def hours_within_duration(registry: Registry) -> Iterator[Hit]:
    events = registry["events"]
    minutes = registry.settings.number("一学时分钟数")
    for i, start, end, hours, name in events.each("starts", "ends", "hours", "who"):
        if start and end and hours is not None and start < end and datetime.time() not in (start.time(), end.time()):
            most = int((end - start).total_seconds()) // 60 / minutes
            if hours > most:
                clock = f"{start:%m-%d %H:%M} 到 {end:%m-%d %H:%M}"
                yield events.hit(i, "hours", f"“{name}”{clock}，填了 {plain(hours)} 学时")


#: Places that are no room: there is as much of them as is wanted.
_NOWHERE = re.compile("线上|网络|网上|直播|腾讯|钉钉|各地|各镇街|各乡镇")


@rule(
    "TRN-012", WARNING, "同一时间同一地点只有一场活动",
    why="场地撞了，或者一场活动登记了两次",
    remedy="请核对时间和地点；重复登记的删去一行",
    source="惯例",
)  # fmt: skip
def one_event_at_a_place(registry: Registry) -> Iterator[Hit]:
    events = registry["events"]
    at: defaultdict[str, list[tuple]] = defaultdict(list)
    for i, start, end, place in events.each("starts", "ends", "place"):
        # Without times of day nobody knows whether they meet.
        if start and end and start < end and place and start.time() != datetime.time() and not _NOWHERE.search(place):
            at[place].append((start, end, i))
    for held in at.values():
        for (_, ends, before), (starts, _, i) in after_latest(held):
            if starts < ends:
                what = (
                    f"“{events['name'][i] or events['number'][i]}”与{events.nth_row(before, i)}的活动在同一地点时间重叠"
                )
                yield events.hit(i, "starts", what)


@rule(
    "TRN-015", WARNING, "活动名称不写成公文的标题",
    why="写进通知，标题就成了“关于举办关于开展……的通知的通知”",
    remedy="只写活动的名称，去掉“关于”和“的通知”",
    source="GB/T 9704—2012 7.3.1（标题准确简要）",
)  # fmt: skip
def names_are_no_titles(registry: Registry) -> Iterator[Hit]:
    for table in (registry["events"], registry["calls"]):
        for i, name in table.each("name"):
            if name and re.search("^关于|的(?:通知|通报|函|报告|请示|公告)$", name):
                yield table.hit(i, "name", f"“{name}”是公文的标题")
