"""Projects and their money, service to people, visits, the think tank, promotion and the groups on the phone."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from jinguo.common.figures import Statistic
from jinguo.registry.tables import Registry, Table
from jinguo.schema.dates import within
from jinguo.summary.counting import Area, Labels
from jinguo.summary.measures import (
    Amount,
    Holds,
    RowCells,
    days_between,
    distinct,
    filled,
    how_many,
    mean,
    one_of,
    row_count,
    share,
    sum_of,
    total,
)

#: Stages of a project that came to nothing, or have not begun.
_NOT_AT_WORK = ("申报", "终止")


def paid(registry: Registry) -> dict[str, Decimal]:
    """What has been paid for each project."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for _, project, amount in registry["payments"].each("project", "amount"):
        if project and amount is not None:
            found[project] += amount
    return dict(found)


def projects(registry: Registry) -> Area:
    """Projects by the year they began in, who buys them, and their type; those applied for only, and those broken off, are not
    counted."""
    table, money = registry["projects"], registry.once(paid)

    def labels(i: int) -> Mapping[str, str] | None:
        starts = table["starts"][i]
        if starts is None or table["status"][i] in _NOT_AT_WORK:
            return None
        return {
            "年度": str(starts.year),
            "购买主体": str(table["buyer"][i] or ""),
            "项目类型": str(table["type"][i] or ""),
        }

    def received(i: int) -> Decimal:
        return money.get(table["number"][i], Decimal(0))

    def outstanding(i: int) -> Decimal:
        """Of a project with a contracted sum what has not been paid."""
        amount = table["amount"][i]
        return Decimal(0) if amount is None else max(amount - received(i), Decimal(0))

    def paid_cells(cells: RowCells) -> str:
        return f"SUMIFS({cells.elsewhere('payments', 'amount')},{cells.elsewhere('payments', 'project')},{cells['number']})"

    def outstanding_cells(cells: RowCells) -> str:
        return f'IF({cells["amount"]}="",0,MAX(0,{cells["amount"]}-{paid_cells(cells)}))'

    closable = Holds(
        lambda i: table["ends"][i] is not None and table["ends"][i] < registry.today,
        lambda cells: f'AND({cells["ends"]}<>"",{cells["ends"]}<{cells.today})',
        ("ends",),
    )
    measures = {
        Statistic("项目数", "个", "这一年开始的项目，申报中的、终止的不算"): row_count(),
        Statistic("承接组织数", "个", "承接这些项目的组织，一个组织只算一次"): distinct(table, "contractor"),
        Statistic("合同金额", "元", "合同金额之和；没有填的不算"): total(table, "amount"),
        Statistic("已拨款", "元", "拨款表里这些项目的金额之和（到基准日期为止登记的）"): sum_of(Amount(received, paid_cells, ("number",))),
        Statistic("未拨款", "元", "合同金额减去已拨款，逐个项目算，多拨的按 0"): sum_of(Amount(outstanding, outstanding_cells, ("number", "amount"))),
        Statistic("结项率", "%", "已结项的 ÷ 已经到期的"): share(one_of(table, "status", "结项"), closable),
        Statistic("受益人次", "人次", "受益人次之和；没有填的不算"): total(table, "beneficiaries"),
        Statistic("代管项目数", "个", "承接组织不能签约、由代管组织代签的"): how_many(filled(table, "agent")),
    }  # fmt: skip
    groupings = (("年度",), ("年度", "购买主体"), ("年度", "项目类型"))
    return Area(
        "项目",
        "projects",
        groupings,
        labels,
        measures,
        ("contractor", "status", "starts", "ends", "amount", "buyer", "type", "beneficiaries"),
        "starts",
    )


def _dated(table: Table, header: str, name: str, today: datetime.date) -> Labels:
    """The labels of a row with a day: its year, and what another column says; days to come are not counted."""

    def labels(i: int) -> Mapping[str, str] | None:
        day = table["date"][i]
        return {"年度": str(day.year), header: str(table[name][i] or "")} if day and day <= today else None

    return labels


def services(registry: Registry) -> Area:
    """Service to people by year and theme."""
    table = registry["services"]
    measures = {
        Statistic("服务活动数", "场", "服务活动表的行数，基准日期以后的不算"): row_count(),
        Statistic("参与服务的组织数", "个", "开展过服务的组织，一个组织只算一次"): distinct(table, "organisation"),
        Statistic("志愿者人次", "人次", "志愿者人次之和"): total(table, "volunteers"),
        Statistic("服务人次", "人次", "服务人次之和"): total(table, "beneficiaries"),
        Statistic("服务时长", "小时", "时长之和（小时）"): total(table, "hours"),
    }  # fmt: skip
    labels = _dated(table, "主题", "theme", registry.today)
    return Area(
        "服务",
        "services",
        (("年度",), ("年度", "主题")),
        labels,
        measures,
        ("organisation", "date", "theme", "volunteers", "beneficiaries", "hours"),
        "date",
    )


def visits(registry: Registry) -> Area:
    """Visits by year and matter, and how fast they were closed."""
    table = registry["visits"]
    closed = filled(table, "closed_on")

    days = Amount(
        lambda i: (table["closed_on"][i] - table["date"][i]).days if closed.of(i) else 0,
        lambda cells: f'IF({cells["closed_on"]}="",0,{days_between(cells["date"], cells["closed_on"])})',
        ("date", "closed_on"),
    )
    measures = {
        Statistic("来访件数", "件", "来访接待表的行数，基准日期以后的不算"): row_count(),
        Statistic("办结件数", "件", "填了办结日期的"): how_many(closed),
        Statistic("办结率", "%", "办结件数 ÷ 来访件数"): share(closed),
        Statistic("平均办结天数", "天", "从来访到办结的天数之和 ÷ 办结件数"): mean(days, closed),
    }  # fmt: skip
    labels = _dated(table, "事项", "subject", registry.today)
    fields = ("date", "subject", "closed_on")
    return Area("来访", "visits", (("年度",), ("年度", "事项")), labels, measures, fields, "date")


def promotions(registry: Registry) -> Area:
    """What was published about organisations, by year and platform."""
    table = registry["promotions"]
    measures = {
        Statistic("推介篇数", "篇", "宣传推介表的行数，基准日期以后的不算"): row_count(),
        Statistic("被推介的组织数", "个", "被推介过的组织，一个组织只算一次"): distinct(table, "organisation"),
        Statistic("阅读量", "次", "阅读量之和；没有填的不算"): total(table, "reads"),
    }  # fmt: skip
    labels = _dated(table, "平台", "platform", registry.today)
    return Area(
        "宣传",
        "promotions",
        (("年度",), ("年度", "平台")),
        labels,
        measures,
        ("organisation", "date", "platform", "reads"),
        "date",
    )


def experts_in_office(registry: Registry) -> list[int]:
    """The rows of the think tank whose term the day lies in, in the order of the sheet."""
    rows = registry["experts"].each("name", "from_date", "to_date")
    return [i for i, name, begin, end in rows if name and within(registry.today, begin, end)]


def experts(registry: Registry) -> Area:
    """The think tank as it is on the day, by category."""
    table, here = registry["experts"], set(experts_in_office(registry))

    def labels(i: int) -> Mapping[str, str] | None:
        return {"类别": str(table["category"][i] or ""), "在聘": "在聘"} if i in here else None

    measures = {Statistic("智库人数", "人", "基准日期在聘期里的专家智库成员"): row_count()}
    return Area(
        "智库", "experts", (("在聘",), ("类别",)), labels, measures, ("name", "category", "from_date", "to_date")
    )


def groups(registry: Registry) -> Area:
    """The groups on the phone, by platform."""
    table = registry["groups"]

    def labels(i: int) -> Mapping[str, str] | None:
        return {"平台": str(table["platform"][i] or ""), "联络群": "联络群"}

    measures = {
        Statistic("联络群数", "个", "联络群表的行数"): row_count(),
        Statistic("群人数", "人", "人数之和；一个人在几个群里各算一次"): total(table, "size"),
    }
    return Area("联络群", "groups", (("联络群",), ("平台",)), labels, measures, ("platform", "size"))
