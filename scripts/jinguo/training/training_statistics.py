"""Training figures: events, people, person-times, hours, rates and costs, by year and by every grouping of events or
people."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from jinguo.common.figures import Figure, Statistic, by_name
from jinguo.organisations.history import existing_on
from jinguo.organisations.membership import memberships
from jinguo.registry.tables import Registry
from jinguo.schema.organisation_tables import TIERS
from jinguo.training.attendance import (
    MEMBERSHIP_GROUPS,
    NO_POST,
    NOBODY,
    NOT_GIVEN,
    Sums,
    attendance_frame,
    organisation_labels,
    spread_over_organisations,
    tally,
)

if TYPE_CHECKING:
    import pandas

#: The sheets of the statistics workbook that hold the totals of each year.
TOTALS, COVERAGE, GROWTH = "培训总体", "培训经费和覆盖", "培训与上年比"
_BY_ALL = ("", "类型", "月份", *MEMBERSHIP_GROUPS)
_AGAINST_LAST_YEAR = "（本年 − 上年）÷ 上年；基准日期所在的年度，与上年同一日为止的比较"
STATISTICS = by_name(
    Statistic("活动场次", "场", "基准日期以前已经开始的活动，以后的不算；按层级、组织级别、镇街、组织统计时，是有其人员出席的场次", _BY_ALL, TOTALS, said=True),
    Statistic("参训人次", "人次", "签到表里出勤为“出席”的行数，一人一场算一次", _BY_ALL, TOTALS, said=True),
    Statistic("参训人数", "人", "出席过的人，一人只算一次", _BY_ALL, TOTALS, said=True),
    Statistic("学时", "学时", "出席的学时之和；签到表没有填个人学时的按活动学时", _BY_ALL, TOTALS, said=True),
    Statistic("出勤率", "%", "参训人次 ÷ 签到表登记的人次（出席、请假、缺席之和）", _BY_ALL, TOTALS, said=True),
    Statistic("报名率", "%", "签到表里报名为“是”的人次 ÷ 名额；只算填了名额、有人报名的活动", ("", "类型"), TOTALS),
    Statistic("经费", "元", "活动表里的经费之和（元）", ("", "类型"), COVERAGE, said=True),
    Statistic("人均学时经费", "元/学时", "填了经费的活动的经费之和 ÷ 这些活动的学时之和（元/学时）", ("", "类型"), COVERAGE, said=True),
    Statistic("活动场次增长率", "%", _AGAINST_LAST_YEAR, ("",), GROWTH),
    Statistic("参训人次增长率", "%", _AGAINST_LAST_YEAR, ("",), GROWTH, said=True),
    Statistic("参训人数增长率", "%", _AGAINST_LAST_YEAR, ("",), GROWTH),
    Statistic("学时增长率", "%", _AGAINST_LAST_YEAR, ("",), GROWTH),
    Statistic("组织数", "个", "年末（当年为基准日期）在册的组织：按成立日期（没有的按登记日期）已经成立、按变动表还没有注销；没有写日期的，注销的都不算，其余都算", ("",), COVERAGE),
    Statistic("参训组织数", "个", "这些组织里，有人员出席过培训的", ("",), COVERAGE, said=True),
    Statistic("组织覆盖率", "%", "参训组织数 ÷ 组织数", ("",), COVERAGE, said=True),
    Statistic("平均每组织人次", "人次", "各组织参训人次之和 ÷ 组织数；一个人在两个组织任职的各算一次", ("", "镇街"), COVERAGE),
)  # fmt: skip
NOTE = "层级按活动那个月的（变动表有层级变动的），级别、镇街按现在的台账；一个人在几个组织任职的，在每个组织（层级、级别、镇街）各算一次，所以分组之和可以大于总数；按镇街统计的，所在组织没有填镇街的列为“未填”，没有任职的人列为“没有任职”；按别的统计的，没有任职的人只计入总数。"
_LEVELS = ("市级", "乡镇街道", "村社区")


class Events(NamedTuple):
    """The events of a group: how many, their cost, the cost of those with one, the places of those people enrolled
    for."""

    held: int = 0
    cost: Decimal = Decimal(0)
    costed: frozenset[str] = frozenset()
    placed: frozenset[str] = frozenset()
    places: int = 0


def training_figures(registry: Registry) -> list[Figure]:
    """Figures by year; by year and 类型 or 月份; and by year and 层级, 组织级别, 镇街, 组织 of the people; oldest year first.

    Where no attendance is kept at all there are only the events and their cost: nobody knows who came. Where it is not
    known who belongs to which organisation, nothing is counted by these.
    """
    if not len(registry["attendance"]):
        return _only_events(registry)
    frame = registry.once(attendance_frame)
    spread = registry.once(spread_over_organisations)
    totals, by_type, by_month = tally(frame, ["year"]), tally(frame, ["year", "type"]), tally(frame, ["year", "month"])
    by_group = {label: tally(spread, ["year", label]) for label in MEMBERSHIP_GROUPS}
    held = _events_held(registry, set(frame["event"][frame["enrolled"]].unique()))
    groups, known = _groups(registry), belongings_known(registry)
    figures: list[Figure] = []
    for year in sorted(key[0] for key in held if len(key) == 1):
        where, alive = {"年度": str(year)}, _alive(registry, year)
        figures += _figures(where, totals.get((year,), NOBODY), held[year,].held)
        figures += _event_figures(where, held[year,], frame[frame["year"] == year])
        figures += _growth(registry, frame, year)
        figures += _coverage(where, by_group["组织"], year, alive) if known else []
        for kind in [key[1] for key in held if len(key) == 2 and key[0] == year]:
            figures += _figures(where | {"类型": kind}, by_type.get((year, kind), NOBODY), held[year, kind].held)
            figures += _event_figures(
                where | {"类型": kind}, held[year, kind], frame[(frame["year"] == year) & (frame["type"] == kind)]
            )
        for _, _, month in sorted(key for key in held if len(key) == 3 and key[0] == year):
            figures += _figures(
                where | {"月份": f"{month}月"}, by_month.get((year, month), NOBODY), held[year, "", month].held
            )
        for label, names in groups.items() if known else ():
            for name in names:
                found = by_group[label].get((year, name))
                if found or name not in alive.dissolved:
                    found = found or NOBODY
                    figures += _figures(where | {label: name}, found, found.events)
                    if label == "镇街":
                        figures.append(
                            _per_organisation(
                                where | {label: name}, by_group["组织"], year, alive.by_township.get(name, set())
                            )
                        )
            if label == "镇街":
                # So that the rows add up: whose organisation has no township, and who has no organisation.
                for name in (NOT_GIVEN, NO_POST):
                    if sums := by_group[label].get((year, name)):
                        figures += _figures(where | {label: name}, sums, sums.events)
                        figures.append(_per_organisation(where | {label: name}, by_group["组织"], year, set()))
    return figures


def belongings_known(registry: Registry) -> bool:
    """Whether anybody knows who belongs to which organisation: by the posts, or where the office does not keep these by the
    heads of the organisations. A sheet of posts without a row is not kept yet."""
    posts = registry["posts"]
    return len(posts) > 0 or (not posts.present and bool(memberships(registry)))


def _only_events(registry: Registry) -> list[Figure]:
    """How many events were held and what they cost, by year, type and month."""
    held = _events_held(registry, frozenset())
    figures: list[Figure] = []
    for key in sorted((key for key in held if len(key) == 1 or key[1]), key=lambda key: (key[0], len(key))):
        where = {"年度": str(key[0])} | ({"类型": key[1]} if len(key) == 2 else {})
        cost = held[key].cost if held[key].costed else None
        figures += [STATISTICS["活动场次"].of(where, held[key].held), STATISTICS["经费"].of(where, cost)]
    return figures


def _events_held(registry: Registry, enrolled: Collection[str]) -> dict[tuple, Events]:
    """The events held by today under (year,), (year, type) and (year, '', month), in the order they first appear;
    `enrolled` are those for which anybody enrolled.

    Every row is an event held and paid for, also where two have one number; who came to which of these nobody knows.
    """
    rows: defaultdict[tuple, list[int]] = defaultdict(list)
    events = registry["events"]
    for i, start, kind in events.each("starts", "type"):
        if start and start.date() <= registry.today:
            for key in ((start.year,), (start.year, kind or NOT_GIVEN), (start.year, "", start.month)):
                rows[key].append(i)
    found = {}
    for key, mine in rows.items():
        costs = {i: events["cost"][i] for i in mine if events["cost"][i] is not None}
        places = {
            events["number"][i]: int(events["places"][i])
            for i in mine
            if events["places"][i] and events["number"][i] in enrolled
        }
        found[key] = Events(
            len(mine),
            sum(costs.values(), Decimal(0)),
            frozenset(events["number"][i] for i in costs),
            frozenset(places),
            sum(places.values()),
        )
    return found


def _figures(where: dict[str, str], sums: Sums, events: int) -> list[Figure]:
    return [
        STATISTICS["活动场次"].of(where, events),
        STATISTICS["参训人次"].of(where, sums.present),
        STATISTICS["参训人数"].of(where, sums.people),
        STATISTICS["学时"].of(where, Decimal(sums.hundredths) / 100),
        STATISTICS["出勤率"].rate(where, sums.present, sums.listed),
    ]


def _event_figures(where: dict[str, str], events: Events, rows: pandas.DataFrame) -> list[Figure]:
    """What only events have: enrolment against places, cost, and cost of an hour of one person."""
    enrolled = int((rows["enrolled"] & rows["event"].isin(events.placed)).sum())
    hours = Decimal(int(rows["hundredths"][rows["event"].isin(events.costed)].sum())) / 100
    return [
        STATISTICS["报名率"].rate(where, enrolled, events.places),
        STATISTICS["经费"].of(where, events.cost if events.costed else None),
        STATISTICS["人均学时经费"].mean(
            where, events.cost if events.costed else Decimal(0), hours if events.costed else Decimal(0), 2
        ),
    ]


def _growth(registry: Registry, frame: pandas.DataFrame, year: int) -> list[Figure]:
    """Against the year before, in percent; the current year against the same days of it."""
    last = registry.today if year == registry.today.year else datetime.date(year, 12, 31)
    before = last.replace(year=year - 1, day=28) if (last.month, last.day) == (2, 29) else last.replace(year=year - 1)
    starts = [(number, start.date()) for _, number, start in registry["events"].each("number", "starts") if start]
    earlier = [n for n, day in starts if day.year == year - 1 and day <= before]
    mine = [n for n, day in starts if day.year == year and day <= last]
    sums = [
        tally(frame[frame["event"].isin(set(chosen))], ["year"]).get((y,), NOBODY)
        for chosen, y in ((mine, year), (earlier, year - 1))
    ]
    pairs: dict[str, tuple[int | Decimal, int | Decimal]] = {
        "活动场次": (len(mine), len(earlier)), "参训人次": (sums[0].present, sums[1].present), "参训人数": (sums[0].people, sums[1].people),
        "学时": (Decimal(sums[0].hundredths) / 100, Decimal(sums[1].hundredths) / 100),
    }  # fmt: skip
    return [
        STATISTICS[f"{name}增长率"].rate({"年度": str(year)}, now - then, then) for name, (now, then) in pairs.items()
    ]


class Alive(NamedTuple):
    """The organisations there at the end of a year, of the current one today, by what tables call them, and by township;
    and those that were not."""

    names: set[str]
    by_township: dict[str, set[str]]
    dissolved: set[str]


def _alive(registry: Registry, year: int) -> Alive:
    labels = registry.once(organisation_labels)
    there = existing_on(registry, min(datetime.date(year, 12, 31), registry.today))
    names, dissolved = set(), set()
    by_township: defaultdict[str, set[str]] = defaultdict(set)
    for _, number, township in registry["organisations"].each("number", "township"):
        if number and number not in there:
            dissolved.add(labels[number])
        elif number:
            names.add(labels[number])
            by_township[township or NOT_GIVEN].add(labels[number])
    return Alive(names, by_township, dissolved - names)


def _coverage(where: dict[str, str], by_organisation: dict[tuple, Sums], year: int, alive: Alive) -> list[Figure]:
    """How many organisations anybody of whom was present, of those there are."""
    if not alive.names:
        return []
    reached = sum(by_organisation.get((year, name), NOBODY).present > 0 for name in alive.names)
    return [
        STATISTICS["组织数"].of(where, len(alive.names)), STATISTICS["参训组织数"].of(where, reached), STATISTICS["组织覆盖率"].rate(where, reached, len(alive.names)),
        _per_organisation(where, by_organisation, year, alive.names),
    ]  # fmt: skip


def _per_organisation(where: dict[str, str], by_organisation: dict[tuple, Sums], year: int, names: set[str]) -> Figure:
    """The mean over these organisations of how often anybody of theirs was present."""
    present = sum(by_organisation.get((year, name), NOBODY).present for name in names)
    return STATISTICS["平均每组织人次"].mean(where, present, len(names), 1)


def _groups(registry: Registry) -> dict[str, list[str]]:
    """Every tier, level, township and organisation, so that those nobody came from show with zeros."""
    organisations = registry["organisations"]
    names = list(registry.once(organisation_labels).values())
    townships = [t for t in registry["townships"]["name"] if t] or sorted({t for t in organisations["township"] if t})
    return {"层级": list(TIERS), "组织级别": list(_LEVELS), "镇街": townships, "组织": names}
