"""Rules about the duty rota of the resident organisations."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, after_latest, doubles, rule
from jinguo.common.findings import some_of
from jinguo.duty.roster import duty_days, is_duty_day, uncovered_days
from jinguo.duty.spans import duty_spans
from jinguo.registry.tables import Hit, Registry
from jinguo.registry.workdays import is_settled, spring_festival
from jinguo.schema.duty_tables import WEEKDAYS


@rule(
    "DUT-001", ERROR, "已注销的组织不再值班",
    why="排进值班表就没有人到岗，来访的人会扑空",
    remedy="请填结束日期，或核对登记状态",
    source="惯例",
)  # fmt: skip
def no_dissolved_unit(registry: Registry) -> Iterator[Hit]:
    units, organisations = registry["duty_units"], registry["organisations"]
    for i, organisation, end in units.each("organisation", "to_date"):
        if not units.readable(i, "to_date"):
            continue
        if organisations.value(organisation, "status") == "已注销" and (end is None or end >= registry.today):
            yield units.hit(
                i, "organisation", f"{registry.name_of('organisations', organisation)}已注销，还排在值班单位里"
            )


@rule(
    "DUT-002", ERROR, "值班、请假的结束不能早于起始",
    why="先后颠倒，就排不进任何一天",
    remedy="请核对两个日期",
    source="常识",
)  # fmt: skip
def duty_dates_in_order(registry: Registry) -> Iterator[Hit]:
    for name in ("duty_units", "duty_absences"):
        rows = registry[name]
        for i, start, end, organisation in rows.each("from_date", "to_date", "organisation"):
            if start and end and end < start:
                who = registry.name_of("organisations", organisation)
                yield rows.hit(i, "to_date", f"{who} {start} 起、{end} 止，先后颠倒")


@rule(
    "DUT-003", ERROR, "换班的两家都要是当天的值班单位，并且当天可值",
    why="这样的换班排不出来，当天可能没有人值班",
    remedy="请核对日期和组织",
    source="值班制度",
)  # fmt: skip
def swap_between_units(registry: Registry) -> Iterator[Hit]:
    swaps, units, absences = registry["duty_swaps"], registry["duty_units"], registry["duty_absences"]
    if not units.present or units.unclear("organisation"):
        return
    spans = duty_spans(units)
    away = list(zip(absences["organisation"], absences["from_date"], absences["to_date"], strict=True))
    for i, date, organisation, substitute in swaps.each("date", "organisation", "substitute"):
        if date is None:
            continue
        if organisation and organisation == substitute:
            yield swaps.hit(i, "substitute", f"{registry.name_of('organisations', organisation)}和自己换班")
            continue
        for field, who in (("organisation", organisation), ("substitute", substitute)):
            mine = [days or WEEKDAYS for o, s, e, days in spans if o == who and s <= date <= e]
            day = WEEKDAYS[date.weekday()]
            name = registry.name_of("organisations", who)
            if who and not mine:
                yield swaps.hit(i, field, f"{name}在 {date} 不是值班单位")
            elif mine and all(day not in days for days in mine):
                yield swaps.hit(i, field, f"{date} 是{day}，不在{name}的可值星期里")
        if substitute and any(o == substitute and s and e and s <= date <= e for o, s, e in away):
            yield swaps.hit(i, "substitute", f"{registry.name_of('organisations', substitute)}在 {date} 已登记不可值班")


@rule(
    "DUT-004", WARNING, "周一到周五每天都要有组织可以值班",
    why="这一天没有人接待来访",
    remedy="请增加值班单位，或放宽可值星期",
    source="进驻组织轮流坐值制，每天有人接待来访",
)  # fmt: skip
def every_workday_is_covered(registry: Registry) -> Iterator[Hit]:
    units = registry["duty_units"]
    current = [
        (i, weekdays)
        for i, start, end, weekdays in units.each("from_date", "to_date", "weekdays")
        if (start is None or start <= registry.today) and (end is None or end >= registry.today)
    ]
    if not current or any(not units.readable(i, "weekdays") for i, _ in current):
        return
    for day in WEEKDAYS[:5]:
        if all(weekdays and day not in weekdays for _, weekdays in current):
            yield units.hit(current[0][0], "weekdays", f"{day}没有一家值班单位可值")


@rule(
    "DUT-005", ERROR, "一个组织的值班期不能重叠",
    why="重叠的日子会排两次班",
    remedy="请核对起止；改可值星期的，先给前一行填上结束",
    source="常识",
)  # fmt: skip
def no_overlapping_units(registry: Registry) -> Iterator[Hit]:
    units = registry["duty_units"]
    mine: defaultdict[str, list[tuple]] = defaultdict(list)
    for i, organisation, start, end in units.each("organisation", "from_date", "to_date"):
        if organisation and start and units.readable(i, "to_date") and (end is None or start <= end):
            mine[organisation].append((start, end or datetime.date.max, i))
    for organisation, spans in mine.items():
        for (_, end, before), (start, _, i) in after_latest(spans):
            if start <= end:
                what = f"{registry.name_of('organisations', organisation)}的值班期与{units.nth_row(before, i)}重叠"
                yield units.hit(i, "from_date", what)


@rule(
    "DUT-006", WARNING, "请假的要是那段时间的值班单位",
    why="组织编号或日期填错，真正请假的会照样排班",
    remedy="请核对组织编号和日期",
    source="值班制度",
)  # fmt: skip
def absent_unit_is_on_duty(registry: Registry) -> Iterator[Hit]:
    absences, units = registry["duty_absences"], registry["duty_units"]
    if not units.present or units.unclear("organisation", "to_date"):
        return
    spans = duty_spans(units)
    for i, organisation, start, end in absences.each("organisation", "from_date", "to_date"):
        if (
            organisation
            and start
            and end
            and start <= end
            and not any(o == organisation and s <= end and start <= e for o, s, e, _ in spans)
        ):
            name = registry.name_of("organisations", organisation)
            yield absences.hit(i, "organisation", f"{name}从 {start} 到 {end} 不是值班单位")


@rule(
    "DUT-007", ERROR, "一天里一个组织的值班只记一行",
    why="重复的行会让值班天数和来访人数多算",
    remedy="请核对后保留一行",
    source="值班制度",
)  # fmt: skip
def logged_once(registry: Registry) -> Iterator[Hit]:
    log = registry["duty_log"]
    for i, first in doubles(log, "date", "organisation"):
        name = registry.name_of("organisations", log["organisation"][i])
        yield log.hit(i, "date", f"{name} {log['date'][i]} 的值班与{log.nth_row(first, i)}重复")


@rule(
    "DUT-008", WARNING, "值班记录里的组织要是当天的值班单位",
    why="组织编号或日期填错，值班天数会记到别家",
    remedy="请核对日期和组织编号；请别家代班的在换班表记一行",
    source="值班制度",
)  # fmt: skip
def logged_unit_is_on_duty(registry: Registry) -> Iterator[Hit]:
    log, units = registry["duty_log"], registry["duty_units"]
    if not units.present or units.unclear("organisation", "from_date", "to_date"):
        return
    spans = duty_spans(units)
    swaps = registry["duty_swaps"]
    standing_in = set(zip(swaps["date"], swaps["substitute"], strict=True))
    for i, day, organisation in log.each("date", "organisation"):
        if (day, organisation) in standing_in:
            continue
        if (
            day
            and day <= registry.today
            and organisation
            and not any(o == organisation and s <= day <= e for o, s, e, _ in spans)
        ):
            yield log.hit(i, "organisation", f"{registry.name_of('organisations', organisation)}在 {day} 不是值班单位")


@rule(
    "DUT-009", ERROR, "一家一天只换一次班",
    why="一天换给两家，就不知道谁来值班",
    remedy="请核对后保留一行",
    source="值班制度",
)  # fmt: skip
def swapped_once(registry: Registry) -> Iterator[Hit]:
    swaps = registry["duty_swaps"]
    for i, first in doubles(swaps, "date", "organisation"):
        name = registry.name_of("organisations", swaps["organisation"][i])
        yield swaps.hit(i, "date", f"{name} {swaps['date'][i]} 的换班与{swaps.nth_row(first, i)}重复")


@rule(
    "DUT-010", HINT, "值班单位一般是进驻市中心的组织",
    why="没有进驻的组织排进去，可能没有人到岗",
    remedy="请核对社会组织表的进驻市中心一栏",
    source="进驻组织轮流坐值制",
)  # fmt: skip
def unit_is_resident(registry: Registry) -> Iterator[Hit]:
    units, resident_of = registry["duty_units"], registry["organisations"].mapping("resident")
    for i, organisation, end in units.each("organisation", "to_date"):
        current = units.readable(i, "to_date") and (end is None or end >= registry.today)
        if current and resident_of.get(organisation) == "否":
            yield units.hit(
                i, "organisation", f"{registry.name_of('organisations', organisation)}没有进驻市中心，却排在值班单位里"
            )


@rule(
    "DUT-011", WARNING, "换班的日子要是值班的日子",
    why="这一天没有人值班，换班不起作用，多半是日期填错",
    remedy="请核对日期",
    source="值班制度；参数“值班日”",
)  # fmt: skip
def swapped_on_a_duty_day(registry: Registry) -> Iterator[Hit]:
    swaps = registry["duty_swaps"]
    for i, day in swaps.each("date"):
        # Of a year whose holidays are not known nobody can tell.
        if day and is_settled(registry.settings, day.year) and not is_duty_day(registry, day):
            yield swaps.hit(i, "date", f"{day} 不是值班的日子")


def _coming_months(registry: Registry) -> list[tuple[int, int]]:
    """This month and the next."""
    first = registry.today.replace(day=1)
    following = (first + datetime.timedelta(days=32)).replace(day=1)
    return [(day.year, day.month) for day in (first, following)]


@rule(
    "DUT-012", WARNING, "本月和下月的每个值班日都要有组织可以值班",
    why="这一天没有人接待来访",
    remedy="请增加值班单位，或放宽可值星期、调整请假",
    source="进驻组织轮流坐值制，每天有人接待来访",
)  # fmt: skip
def nobody_on_a_coming_day(registry: Registry) -> Iterator[Hit]:
    units = registry["duty_units"]
    if not len(units) or units.unclear("organisation", "from_date", "to_date", "weekdays"):
        return
    # Where nobody is on duty in a whole month the rota is not kept for it yet.
    days = [d for month in _coming_months(registry) for d in uncovered_days(registry, *month) if d >= registry.today]
    if days:
        yield units.hit(0, "organisation", f"有 {len(days)} 天没有组织可以值班：{some_of(days, 5)}")


@rule(
    "DUT-013", HINT, "排值班表以前要登记那一年的放假和调休",
    why="放假安排没有公布，值班表只能暂定",
    remedy="公布以后在 设置.xlsx › 节假日 里登记",
    source="国务院办公厅每年的放假安排；《全国年节及纪念日放假办法》",
)  # fmt: skip
def holidays_of_the_roster(registry: Registry) -> Iterator[Hit]:
    units = registry["duty_units"]
    if not len(units):
        return
    for year, month in _coming_months(registry)[1:]:
        if not is_settled(registry.settings, year) and duty_days(registry, year, month):
            known = "、".join(map(str, spring_festival(year)))
            what = f"{year} 年的放假安排还没有登记，{month} 月的值班表暂定"
            yield units.hit(
                0, "organisation", what + (f"；法定的除夕和初一至初三（{known}）已经按放假排" if known else "")
            )
