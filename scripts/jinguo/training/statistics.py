"""Training figures: events, people, person-times, hours and attendance rates."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from jinguo.figures import Figure, rate
from jinguo.membership import memberships
from jinguo.registry import Registry
from jinguo.schema.dates import Month, month_of

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
    held = Counter(
        key
        for _, start, kind in events.each("starts", "type")
        if start and start.date() <= registry.today
        for key in ((str(start.year),), (str(start.year), kind or _NOT_GIVEN))
    )
    sums = {"": _sums(frame, ["year"]), "类型": _sums(frame, ["year", "type"])}
    groups = _groups(registry)
    sums |= {label: _sums(spread, ["year", label]) for label in groups}
    dissolved = {n for _, n, s in registry["organisations"].each("name", "status") if s == "已注销"}
    figures: list[Figure] = []
    for year in sorted(key[0] for key in held if len(key) == 1):
        figures += _figures({"年度": year}, sums[""].get(year, _NOBODY), held[year,])
        for kind in [key[1] for key in held if len(key) == 2 and key[0] == year]:
            figures += _figures({"年度": year, "类型": kind}, sums["类型"].get((year, kind), _NOBODY), held[year, kind])
        for label, names in groups.items():
            for name in names:
                found = sums[label].get((year, name))
                if found or name not in dissolved:
                    found = found or _NOBODY
                    figures += _figures({"年度": year, label: name}, found, found.events)
    return figures


class _Sums(NamedTuple):
    """What is counted of a group: events with anybody present, rows present, people present, hundredths of hours, all rows."""

    events: int
    present: int
    people: int
    hundredths: int
    listed: int


_NOBODY = _Sums(0, 0, 0, 0, 0)


def _sums(frame: pandas.DataFrame, keys: list[str]) -> dict[Any, _Sums]:
    """The counts of every group at once; a person at an event counts once in a group, however she belongs to it."""
    rows = frame.drop_duplicates(["event", "person", *keys])
    listed = rows.groupby(keys, sort=False).size()
    present = rows[rows["present"]].groupby(keys, sort=False)
    counted = present.agg(events=("event", "nunique"), people=("person", "nunique"), hundredths=("hundredths", "sum"))
    counted["present"] = present.size()
    found = counted.to_dict("index")
    nothing = {"events": 0, "people": 0, "hundredths": 0, "present": 0}
    return {
        # A group by one column has tuples for keys in some versions of pandas and bare values in others.
        (key[0] if isinstance(key, tuple) and len(key) == 1 else key): _Sums(
            listed=int(number), **{name: int(value) for name, value in found.get(key, nothing).items()}
        )
        for key, number in listed.items()
    }


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
    columns = ["person", "since", "until", "组织", "层级", "镇街"]
    belongs = pandas.DataFrame(
        [
            (m.person, _month_number(m.from_month, 0), _month_number(m.to_month, 10**6),
             *(organisations.value(m.organisation, f) for f in ("name", "tier", "township")))
            for m in memberships(registry)
        ],
        columns=columns,
    ).astype({"since": "int64", "until": "int64"})  # fmt: skip
    months = frame.assign(number=[_month_number(month, 0) for month in frame["month"]]).astype({"number": "int64"})
    merged = months.merge(belongs, on="person")
    return merged[(merged["since"] <= merged["number"]) & (merged["number"] <= merged["until"])]


def _month_number(month: Month | None, otherwise: int) -> int:
    return otherwise if month is None else month.year * 12 + month.month


def _figures(where: dict[str, str], sums: _Sums, events: int) -> list[Figure]:
    return [
        Figure("活动场次", where, events, "场"),
        Figure("参训人次", where, sums.present, "人次"),
        Figure("参训人数", where, sums.people, "人"),
        Figure("学时", where, Decimal(sums.hundredths) / 100, "学时"),
        rate("出勤率", where, sums.present, sums.listed),
    ]
