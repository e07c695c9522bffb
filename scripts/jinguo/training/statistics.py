"""Training figures: events, people, person-times, hours and attendance rates."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jinguo.figures import Figure, rate
from jinguo.membership import memberships
from jinguo.registry import Registry
from jinguo.schema.dates import month_of

if TYPE_CHECKING:
    import pandas

#: What each figure counts, as the 口径 sheet and the report say it.
DEFINITIONS = {
    "活动场次": "基准日期以前已经开始的活动；按层级、镇街、组织统计时，是有其人员出席的场次",
    "参训人次": "签到表里出勤为“出席”的行数，一人一场算一次",
    "参训人数": "出席过的人，一人只算一次",
    "学时": "出席的学时之和；签到表没有填个人学时的按活动学时",
    "出勤率": "参训人次 ÷ 签到表登记的人次（出席、请假、缺席之和）",
}
NOTE = "一个人在几个组织任职的，在每个组织（层级、镇街）各算一次，所以分组之和可以大于总数；没有任职的人只计入总数。"
_NOT_GIVEN = "未填"
_TIERS = ["核心层", "紧密层", "大众层"]


def attendance_frame(registry: Registry) -> pandas.DataFrame:
    """One row for each attendance of an event held by today: event, person, year, month, type, present, and the hours.

    Hours are whole hundredths, so that sums are exact. Doubled rows of a person at an event count once. The index is the Excel row of 签到.
    """
    import pandas

    attendance, events = registry["attendance"], registry["events"]
    rows, index = [], []
    seen = set()
    for i, event, person, presence, hours in attendance.each("event", "person", "presence", "hours"):
        start = events.value(event, "starts")
        if start is None or person is None or presence is None or start.date() > registry.today or (event, person) in seen:
            continue
        seen.add((event, person))
        present = presence == "出席"
        counted = hours if hours is not None else events.value(event, "hours")
        earned = int(counted * 100) if present and counted else 0
        rows.append((event, person, str(start.year), month_of(start), events.value(event, "type") or _NOT_GIVEN, present, earned))
        index.append(attendance.rows[i])
    columns = ["event", "person", "year", "month", "type", "present", "hundredths"]
    # An empty frame has no types of its own, and an object column is no mask.
    return pandas.DataFrame(rows, columns=columns, index=index).astype({"present": bool, "hundredths": "int64"})


def training_figures(registry: Registry) -> list[Figure]:
    """Figures by year; by year and 类型; and by year and 层级, 镇街, 组织 of the people, oldest year first."""
    frame = attendance_frame(registry)
    spread = _spread_over_organisations(registry, frame)
    events = registry["events"]
    held = [
        (str(start.year), kind or _NOT_GIVEN)
        for _, start, kind in events.each("starts", "type")
        if start and start.date() <= registry.today
    ]
    dissolved = {n for _, n, s in registry["organisations"].each("name", "status") if s == "已注销"}
    figures: list[Figure] = []
    for year in sorted({y for y, _ in held}):
        this_year, this_spread = frame[frame["year"] == year], spread[spread["year"] == year]
        figures += _figures(this_year, {"年度": year}, sum(y == year for y, _ in held))
        for kind in dict.fromkeys(k for y, k in held if y == year):
            group = this_year[this_year["type"] == kind]
            figures += _figures(group, {"年度": year, "类型": kind}, held.count((year, kind)))
        for label, names in _groups(registry).items():
            for name in names:
                group = this_spread[this_spread[label] == name].drop_duplicates(["event", "person"])
                if group.empty and name in dissolved:
                    continue
                figures += _figures(group, {"年度": year, label: name}, group.loc[group["present"], "event"].nunique())
    return figures


def _groups(registry: Registry) -> dict[str, list[str]]:
    """Every tier, township and organisation, so that those nobody came from show with zeros."""
    organisations = registry["organisations"]
    names = list(dict.fromkeys(name for name in organisations["name"] if name))
    townships = [t for t in registry["townships"]["name"] if t] or sorted({t for t in organisations["township"] if t})
    return {"层级": _TIERS, "镇街": townships, "组织": names}


def _spread_over_organisations(registry: Registry, frame: pandas.DataFrame) -> pandas.DataFrame:
    """Each attendance once for every organisation the person belonged to in that month, with its tier and township."""
    import pandas

    organisations = registry["organisations"]
    belongs = pandas.DataFrame(
        [
            (m.person, m, organisations.value(m.organisation, "name"), organisations.value(m.organisation, "tier"),
             organisations.value(m.organisation, "township"))
            for m in memberships(registry)
        ],
        columns=["person", "membership", "组织", "层级", "镇街"],
    )  # fmt: skip
    merged = frame.merge(belongs, on="person")
    covered = [m.covers(month) for m, month in zip(merged["membership"], merged["month"], strict=True)]
    return merged[covered] if covered else merged


def _figures(group: pandas.DataFrame, where: dict[str, str], events: int) -> list[Figure]:
    present = group[group["present"]]
    return [
        Figure("活动场次", where, int(events), "场"),
        Figure("参训人次", where, len(present), "人次"),
        Figure("参训人数", where, int(present["person"].nunique()), "人"),
        Figure("学时", where, Decimal(int(present["hundredths"].sum())) / 100, "学时"),
        rate("出勤率", where, len(present), len(group)),
    ]
