"""Rules about the duty rota of the resident organisations."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, WARNING, rule
from jinguo.registry import Hit, Registry
from jinguo.schema.duty_tables import WEEKDAYS


@rule("DUT-001", ERROR, "已注销的组织不再值班", "请填结束日期，或核对登记状态", "惯例")
def no_dissolved_unit(registry: Registry) -> Iterator[Hit]:
    units, organisations = registry["duty_units"], registry["organisations"]
    for i, organisation, end in units.each("organisation", "to_date"):
        if not units.readable(i, "to_date"):
            continue
        if organisations.value(organisation, "status") == "已注销" and (end is None or end >= registry.today):
            yield units.hit(i, "organisation", f"{registry.name_of('organisations', organisation)}已注销，还排在值班单位里")


@rule("DUT-002", ERROR, "值班、请假的结束不能早于起始", "请核对两个日期", "常识")
def duty_dates_in_order(registry: Registry) -> Iterator[Hit]:
    for name in ("duty_units", "duty_absences"):
        rows = registry[name]
        for i, start, end, organisation in rows.each("from_date", "to_date", "organisation"):
            if start and end and end < start:
                who = registry.name_of("organisations", organisation)
                yield rows.hit(i, "to_date", f"{who} {start} 起、{end} 止，先后颠倒")


@rule("DUT-003", ERROR, "换班的两家都要是当天的值班单位，并且当天可值", "请核对日期和组织", "值班制度")
def swap_between_units(registry: Registry) -> Iterator[Hit]:
    swaps, units, absences = registry["duty_swaps"], registry["duty_units"], registry["duty_absences"]
    if not units.present or units.unclear("organisation"):
        return
    # A span whose dates are the wrong way round is DUT-002's to say; here it has no end.
    spans = [
        (o, s, None if s and e and e < s else e, days or WEEKDAYS)
        for _, o, s, e, days in units.each("organisation", "from_date", "to_date", "weekdays")
    ]
    away = list(zip(absences["organisation"], absences["from_date"], absences["to_date"], strict=True))
    for i, date, organisation, substitute in swaps.each("date", "organisation", "substitute"):
        if date is None:
            continue
        for field, who in (("organisation", organisation), ("substitute", substitute)):
            mine = [days for o, s, e, days in spans if o == who and (s is None or s <= date) and (e is None or date <= e)]
            day = WEEKDAYS[date.weekday()]
            name = registry.name_of("organisations", who)
            if who and not mine:
                yield swaps.hit(i, field, f"{name}在 {date} 不是值班单位")
            elif who and all(day not in days for days in mine):
                yield swaps.hit(i, field, f"{date} 是{day}，不在{name}的可值星期里")
        if organisation and organisation == substitute:
            yield swaps.hit(i, "substitute", f"{registry.name_of('organisations', organisation)}和自己换班")
        if substitute and any(o == substitute and s and e and s <= date <= e for o, s, e in away):
            yield swaps.hit(i, "substitute", f"{registry.name_of('organisations', substitute)}在 {date} 已登记不可值班")


@rule("DUT-004", WARNING, "周一到周五每天都要有组织可以值班", "请增加值班单位，或放宽可值星期", "进驻组织轮流坐值制，每天有人接待来访")
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
