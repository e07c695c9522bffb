"""Rules about the annual inspection."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry import Hit, Registry

_BAD = ("不合格", "未参检")


@rule("INS-001", ERROR, "一个组织一个年度只有一次年检结论", "请核对后保留一行", "《社会团体登记管理条例》第二十八条")
def one_result_a_year(registry: Registry) -> Iterator[Hit]:
    inspections = registry["inspections"]
    seen: dict[tuple, int] = {}
    for i, organisation, year in inspections.each("organisation", "year"):
        if organisation and year:
            if (organisation, year) in seen:
                first = inspections.rows[seen[organisation, year]]
                what = f"{registry.name_of('organisations', organisation)} {year} 年度与第 {first} 行重复"
                yield inspections.hit(i, "year", what)
            seen.setdefault((organisation, year), i)


@rule("INS-002", WARNING, "连续几年未参检或不合格的，可能被撤销登记", "请与该组织和民政部门核对，督促整改", "参数“年检不合格年数”（各地年检通告，二手来源）")
def bad_years_in_a_row(registry: Registry) -> Iterator[Hit]:
    inspections, organisations = registry["inspections"], registry["organisations"]
    most = int(registry.settings.parameter("年检不合格年数"))
    results: defaultdict[str, dict[int, tuple[str, int]]] = defaultdict(dict)
    for i, organisation, year, result in inspections.each("organisation", "year", "result"):
        if organisation and year and result:
            results[organisation][year] = (result, i)
    for organisation, years in results.items():
        last = max(years)
        run = 0
        while years.get(last - run, ("", 0))[0] in _BAD:
            run += 1
        if run >= most and organisations.value(organisation, "status") != "已注销":
            name = registry.name_of("organisations", organisation)
            yield inspections.hit(years[last][1], "result", f"{name}到 {last} 年度已连续 {run} 年未参检或不合格")


@rule("INS-003", ERROR, "登记以前的年度没有年检", "请核对年度和登记日期", "《社会团体登记管理条例》第二十八条")
def not_before_registration(registry: Registry) -> Iterator[Hit]:
    inspections, organisations = registry["inspections"], registry["organisations"]
    for i, organisation, year in inspections.each("organisation", "year"):
        registered = organisations.value(organisation, "registered_on")
        if registered and year and year < registered.year:
            name = registry.name_of("organisations", organisation)
            yield inspections.hit(i, "year", f"{name} {registered:%Y-%m-%d} 才登记，却有 {year} 年度的年检")


def expected_years(registered: datetime.date, today: datetime.date) -> range:
    """The years an organisation must have been inspected for by `today`.

    One registered after 30 June is not inspected for that year (年检通告惯例, domain.md §2.4); the inspection for a year
    is due by 31 May of the next (《社会团体登记管理条例》第二十八条).
    """
    first = registered.year if (registered.month, registered.day) <= (6, 30) else registered.year + 1
    last = today.year - 1 if (today.month, today.day) > (5, 31) else today.year - 2
    return range(first, last + 1)


@rule("INS-004", HINT, "已登记的组织每年都要年检，上年 7 月 1 日以后登记的除外", "请向该组织或民政部门核实后补上结论", "《社会团体登记管理条例》第二十八条；年检通告")
def last_year_is_there(registry: Registry) -> Iterator[Hit]:
    inspections, organisations = registry["inspections"], registry["organisations"]
    if not inspections.present:
        return
    unclear = {y for _, o, y in inspections.each("organisation", "year") if o is None}
    hidden = {o for _, o, y in inspections.each("organisation", "year") if y is None}
    done = set(zip(inspections["organisation"], inspections["year"], strict=True))
    for i, number, status, registered, name in organisations.each("number", "status", "registered_on", "who"):
        if status == "已登记" and registered:
            years = expected_years(registered, registry.today)
            if years and (number, years[-1]) not in done and years[-1] not in unclear and number not in hidden:
                yield organisations.hit(i, "status", f"{name}没有 {years[-1]} 年度的年检结论")
