"""Rules about the daily records: visits, services, promotion, groups, experts; and days that cannot be."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator

from jinguo.checks.lifetimes import known_foundings
from jinguo.checks.rule import ERROR, HINT, WARNING, doubles, rule
from jinguo.common.rounding import plain
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.dates import month_of

#: What has happened when it is written down: table and column.
_HAPPENED = (
    ("organisations", "member_since"), ("changes", "date"), ("incubations", "date"), ("applications", "date"), ("applications", "decided_on"), ("inspections", "date"), ("centres", "built_on"),
    ("groups", "opened_on"), ("group_members", "joined_on"), ("visits", "date"), ("visits", "closed_on"), ("services", "date"),
    ("promotions", "date"), ("people", "born"), ("people", "working_since"), ("people", "social_work_since"), ("people", "consent_date"),
    ("family", "born"), ("certificates", "obtained_on"), ("certificates", "registered_on"),
    ("education_hours", "date"), ("payments", "date"), ("duty_log", "date"), ("opinions", "date"), ("letters", "date"),
)  # fmt: skip


@rule(
    "DAT-001", ERROR, "已经发生的事，日期不能在将来",
    why="多半是年份打错，统计会漏掉或算到别的年份",
    remedy="请核对日期；日期没有错的，看看参数“基准日期”是不是填旧了",
    source="常识",
)  # fmt: skip
def nothing_from_the_future(registry: Registry) -> Iterator[Hit]:
    today, this_month = registry.today, month_of(registry.today)
    for name, field in _HAPPENED:
        table = registry[name]
        label = table.spec.by_name[field].header
        values = [value for value in table[field] if value is not None]
        if not values:
            continue
        limit = today if isinstance(values[0], datetime.date) else this_month
        if isinstance(values[0], datetime.datetime):
            limit = datetime.datetime.combine(today, datetime.time.max)
        if max(values) <= limit:
            continue
        for i, value in table.each(field):
            if value is not None and value > limit:
                yield table.hit(i, field, f"{label} {_day(value)} 在今天（{today}）以后")


def _day(value) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, datetime.date) else str(value)


@rule(
    "DAT-002", WARNING, "组织成立以前没有服务活动、宣传和项目",
    why="组织编号、日期或成立日期必有一处填错",
    remedy="请核对组织编号和两个日期",
    source="常识",
)  # fmt: skip
def nothing_before_founding(registry: Registry) -> Iterator[Hit]:
    founded_on = registry.once(known_foundings)
    for name, column, field in (
        ("services", "organisation", "date"),
        ("promotions", "organisation", "date"),
        ("projects", "contractor", "starts"),
    ):
        table = registry[name]
        for i, organisation, day in table.each(column, field):
            founded = founded_on.get(organisation)
            if day and founded and day < founded:
                who = registry.name_of("organisations", organisation)
                yield table.hit(i, field, f"{who} {founded} 才成立，{table.spec.by_name[field].header}却是 {day}")


@rule(
    "ACT-001", ERROR, "来访的办结不能早于来访",
    why="先后颠倒，必有一个日期填错",
    remedy="请核对两个日期",
    source="常识",
)  # fmt: skip
def visit_closed_after(registry: Registry) -> Iterator[Hit]:
    visits = registry["visits"]
    for i, day, closed in visits.each("date", "closed_on"):
        if day and closed and closed < day <= registry.today:
            yield visits.hit(i, "closed_on", f"{day} 来访，{closed} 办结，先后颠倒")


@rule(
    "ACT-002", HINT, "来访的事项要按时办结",
    why="来访的人还在等答复",
    remedy="请催办；办完的填上办结日期",
    source="参数“来访办结天数”（本单位惯例）",
)  # fmt: skip
def visit_closed_in_time(registry: Registry) -> Iterator[Hit]:
    visits = registry["visits"]
    if "closed_on" not in visits.letters:
        return
    days = datetime.timedelta(days=int(registry.settings.parameter("来访办结天数")))
    for i, day, closed, visitor, outcome in visits.each("date", "closed_on", "visitor", "outcome"):
        if (
            day
            and closed is None
            and outcome is None
            and visits.readable(i, "closed_on")
            and day + days < registry.today
        ):
            yield visits.hit(i, "closed_on", f"{visitor or '来访人'} {day} 来访，还没有办结")


@rule(
    "ACT-003", HINT, "一场服务活动只登记一行",
    why="重复的行会让场次和人次多算",
    remedy="请确认是不是两场；是同一场就删去一行",
    source="惯例",
)  # fmt: skip
def service_once(registry: Registry) -> Iterator[Hit]:
    services = registry["services"]
    for i, first in doubles(services, "organisation", "date", "theme", "place", "hours", "beneficiaries"):
        who = registry.name_of("organisations", services["organisation"][i])
        yield services.hit(i, "date", f"{who} {services['date'][i]} 的活动与{services.nth_row(first, i)}完全相同")


@rule(
    "ACT-004", WARNING, "一场服务活动的时长不超过二十四小时",
    why="多半把分钟、人次填进了时长",
    remedy="请核对时长（以小时计）；跨天的分行登记",
    source="常识",
)  # fmt: skip
def service_within_a_day(registry: Registry) -> Iterator[Hit]:
    services = registry["services"]
    for i, organisation, hours in services.each("organisation", "hours"):
        if hours is not None and hours > 24:
            yield services.hit(
                i, "hours", f"{registry.name_of('organisations', organisation)}的时长填 {plain(hours)} 小时"
            )


@rule(
    "ACT-005", ERROR, "一个人在一个联络群里只登记一行",
    why="重复的行会让群成员多算",
    remedy="请保留一行",
    source="惯例",
)  # fmt: skip
def group_member_once(registry: Registry) -> Iterator[Hit]:
    members = registry["group_members"]
    for i, first in doubles(members, "group", "person"):
        who, group = registry.name_of("people", members["person"][i]), registry.name_of("groups", members["group"][i])
        yield members.hit(i, "person", f"{who}在“{group}”里与{members.nth_row(first, i)}重复")


@rule(
    "ACT-006", HINT, "联络群的人数不少于群成员表里的人数",
    why="人数没有更新，总结里的群人数会少算",
    remedy="请更新联络群的人数",
    source="惯例",
)  # fmt: skip
def group_size(registry: Registry) -> Iterator[Hit]:
    groups, members = registry["groups"], registry["group_members"]
    listed: defaultdict[str, set[str]] = defaultdict(set)
    for _, group, person in members.each("group", "person"):
        if person:
            listed[group].add(person)
    for i, number, size, name in groups.each("number", "size", "who"):
        if size is not None and number and len(listed[number]) > size:
            yield groups.hit(i, "size", f"“{name}”填 {plain(size)} 人，群成员表里有 {len(listed[number])} 人")


@rule(
    "ACT-007", ERROR, "专家的聘期止不能早于聘期起",
    why="先后颠倒，必有一个日期填错",
    remedy="请核对聘期",
    source="常识",
)  # fmt: skip
def expert_term_in_order(registry: Registry) -> Iterator[Hit]:
    experts = registry["experts"]
    for i, start, end, name in experts.each("from_date", "to_date", "name"):
        if start and end and end < start:
            yield experts.hit(i, "to_date", f"{name or '这位专家'}的聘期 {start} 起、{end} 止，先后颠倒")


@rule(
    "ACT-008", HINT, "专家聘期届满要续聘或解聘",
    why="过了聘期还列在智库名单里，名单就不准",
    remedy="请续聘并更新聘期，或移出智库",
    source="惯例",
)  # fmt: skip
def expert_term_over(registry: Registry) -> Iterator[Hit]:
    experts = registry["experts"]
    for i, start, end, name in experts.each("from_date", "to_date", "name"):
        if end and end < registry.today and (start is None or start <= end):
            yield experts.hit(i, "to_date", f"{name or '这位专家'}的聘期 {end} 已经届满")
