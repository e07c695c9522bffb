"""Organisations as they are, their inspections, their way to registration, membership, and duty at the centre."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping

from jinguo.common.figures import Statistic
from jinguo.organisations.registration import GRANTED
from jinguo.registry.tables import Registry
from jinguo.summary.counting import Area
from jinguo.summary.measures import (
    Amount,
    Holds,
    both,
    days_between,
    distinct,
    filled,
    how_many,
    middle,
    none_of,
    one_of,
    row_count,
    share,
    total,
)


def organisations(registry: Registry) -> Area:
    """Those that are there on the day, by tier, registration, type, level and township."""
    table = registry["organisations"]
    names = {
        "层级": "tier", "登记状态": "status", "组织类型": "type", "级别": "level", "所属镇街": "township", "团体会员": "group_member", "进驻市中心": "resident",
    }  # fmt: skip

    def labels(i: int) -> Mapping[str, str] | None:
        if table["status"][i] == "已注销":
            return None
        hub = table["hub"][i]
        shown = {header: str(table[name][i] or "") for header, name in names.items()}
        return shown | {"枢纽组织": registry.name_of("organisations", hub) if hub else "没有枢纽组织", "在册": "在册"}

    registered = one_of(table, "status", "已登记")
    members = one_of(table, "group_member", "市", "镇街", "村社区")
    measures = {
        Statistic("在册组织数", "个", "基准日期在册的社会组织，已注销的不算"): row_count(),
        Statistic("已登记数", "个", "其中登记状态为“已登记”的"): how_many(registered),
        Statistic("核心层数", "个", "其中层级为“核心层”的"): how_many(one_of(table, "tier", "核心层")),
        Statistic("个人会员数", "人", "个人会员数之和；没有填的不算"): total(table, "individual_members"),
        Statistic("专职人数", "人", "专职人数之和；没有填的不算"): total(table, "full_time_staff"),
        Statistic("有评估等级率", "%", "有评估等级的 ÷ 已登记的"): share(filled(table, "rating"), registered),
        Statistic("团体会员率", "%", "是市、镇街或村社区妇联团体会员的 ÷ 在册组织数"): share(members),
    }  # fmt: skip
    groupings = (("在册",), *((header,) for header in names), ("枢纽组织",))
    return Area(
        "组织",
        "organisations",
        groupings,
        labels,
        measures,
        ("status", *names.values(), "hub", "individual_members", "full_time_staff", "rating"),
    )


def inspections(registry: Registry) -> Area:
    """The results of inspections by year."""
    table = registry["inspections"]
    passed = one_of(table, "result", "合格", "基本合格", "免检", "年报")

    def labels(i: int) -> Mapping[str, str] | None:
        year = table["year"][i]
        return {"年度": str(int(year)), "结论": str(table["result"][i] or "")} if year is not None else None

    measures = {
        Statistic("年检组织数", "个", "这一年度有年检结论的组织"): distinct(table, "organisation"),
        Statistic("年检合格率", "%", "合格、基本合格、免检、报送年报的 ÷ 有结论的"): share(passed, filled(table, "result")),
    }  # fmt: skip
    return Area(
        "年检", "inspections", (("年度",), ("年度", "结论")), labels, measures, ("organisation", "year", "result")
    )


def last_steps(registry: Registry) -> dict[str, list[int]]:
    """The rows of each organisation's way to registration, in the order of their days."""
    table = registry["incubations"]
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, organisation, day in table.each("organisation", "date"):
        if organisation and day:
            found[organisation].append(i)
    return {o: sorted(rows, key=lambda i: (table["date"][i], i)) for o, rows in found.items()}


def incubation_stages(registry: Registry) -> Area:
    """The way to registration: how many have ever reached each stage, how many stand there now, how long they took to it."""
    table = registry["incubations"]
    ways = registry.once(last_steps)
    now = {rows[-1] for rows in ways.values()}
    first = {i: table["date"][rows[0]] for rows in ways.values() for i in rows}

    def labels(i: int) -> Mapping[str, str] | None:
        stage = table["stage"][i]
        return {"阶段": str(stage), "孵化": "孵化"} if stage and i in first else None

    days = Amount(
        lambda i: (table["date"][i] - first[i]).days,
        # The rows stand in the order of their days: the first of an organisation is where it began.
        lambda cells: days_between(
            f"INDEX({cells.every('date')},MATCH({cells['organisation']},{cells.every('organisation')},0))",
            cells["date"],
        ),
        ("organisation", "date"),
    )
    last = Holds(
        lambda i: i in now,
        lambda cells: f"COUNTIF({cells.below('organisation')},{cells['organisation']})=0",
        ("organisation", "date"),
    )
    measures = {
        Statistic("到过这一步的组织数", "个", "登记孵化里有这一步的组织，一个组织只算一次"): distinct(table, "organisation"),
        Statistic("现在停在这一步的", "个", "最近一步是这一步的组织"): how_many(last),
        Statistic("正在孵化的", "个", "最近一步是这一步、还没有准予登记或备案、也没有退回的组织"): how_many(both(last, none_of(table, "stage", *GRANTED, "退回"))),
        Statistic("从第一步起的天数（中位数）", "天", "从这个组织的第一步到这一步的天数的中位数"): middle(days),
    }  # fmt: skip
    return Area("登记孵化", "incubations", (("孵化",), ("阶段",)), labels, measures, ("organisation", "stage", "date"))


def granted(registry: Registry) -> Area:
    """Registrations and filings granted, by year."""
    table = registry["incubations"]

    def labels(i: int) -> Mapping[str, str] | None:
        day, stage = table["date"][i], table["stage"][i]
        return {"年度": str(day.year), "结果": str(stage)} if day and stage in GRANTED else None

    measures = {Statistic("孵化成功数", "个", "这一年准予登记、准予备案的组织"): distinct(table, "organisation")}
    return Area(
        "孵化成功",
        "incubations",
        (("年度",), ("年度", "结果")),
        labels,
        measures,
        ("organisation", "stage", "date"),
        "date",
    )


def applications(registry: Registry) -> Area:
    """Applications for membership by year and level."""
    table = registry["applications"]

    def labels(i: int) -> Mapping[str, str] | None:
        day = table["date"][i]
        return {"年度": str(day.year), "申请级别": str(table["level"][i] or "")} if day else None

    measures = {
        Statistic("入会申请数", "件", "申请做妇联团体会员的件数"): row_count(),
        Statistic("同意数", "件", "审批为“同意”的"): how_many(one_of(table, "decision", "同意")),
        Statistic("同意率", "%", "同意的 ÷ 已经审批的（同意、不同意）"): share(one_of(table, "decision", "同意"), one_of(table, "decision", "同意", "不同意")),
    }  # fmt: skip
    return Area(
        "入会",
        "applications",
        (("年度",), ("年度", "申请级别")),
        labels,
        measures,
        ("organisation", "level", "date", "decision"),
        "date",
    )


def duty(registry: Registry) -> Area:
    """Duty at the centre as it was, by year and organisation."""
    table = registry["duty_log"]

    def labels(i: int) -> Mapping[str, str] | None:
        day: datetime.date | None = table["date"][i]
        return (
            {"年度": str(day.year), "组织": registry.name_of("organisations", table["organisation"][i])}
            if day
            else None
        )

    measures = {
        Statistic("值班天数", "天", "值班记录里到岗的天数"): how_many(none_of(table, "present", "否")),
        Statistic("到岗率", "%", "到岗的 ÷ 值班记录的行数"): share(none_of(table, "present", "否")),
        Statistic("值班来访人数", "人", "值班记录的来访人数之和"): total(table, "visitors"),
    }  # fmt: skip
    return Area(
        "值班",
        "duty_log",
        (("年度",), ("年度", "组织")),
        labels,
        measures,
        ("date", "organisation", "present", "visitors"),
        "date",
    )
