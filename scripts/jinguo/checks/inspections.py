"""Rules about the annual inspection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from jinguo.checks.organisations import not_incorporated
from jinguo.checks.rule import ERROR, HINT, WARNING, doubles, rule
from jinguo.organisations.inspections import expected_years
from jinguo.registry.tables import Hit, Registry

_BAD = ("不合格", "未参检")


@rule(
    "INS-001", ERROR, "一个组织一个年度只有一次年检结论",
    why="两个结论不知道用哪一个",
    remedy="请核对后保留一行",
    source="《社会团体登记管理条例》第二十八条",
)  # fmt: skip
def one_result_a_year(registry: Registry) -> Iterator[Hit]:
    inspections = registry["inspections"]
    for i, first in doubles(inspections, "organisation", "year"):
        who, year = registry.name_of("organisations", inspections["organisation"][i]), inspections["year"][i]
        yield inspections.hit(i, "year", f"{who} {year} 年度与{inspections.nth_row(first, i)}重复")


@rule(
    "INS-002", WARNING, "连续几年未参检或不合格的，可能被撤销登记",
    why="组织可能被撤销登记，推荐和承接项目也受影响",
    remedy="请与该组织和民政部门核对，督促整改",
    source="参数“年检不合格年数”（各地年检通告，二手来源）",
)  # fmt: skip
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


@rule(
    "INS-003", ERROR, "登记以前的年度没有年检",
    why="年度和登记日期必有一处填错",
    remedy="请核对年度和登记日期",
    source="《社会团体登记管理条例》第二十八条",
)  # fmt: skip
def not_before_registration(registry: Registry) -> Iterator[Hit]:
    """Once for each organisation, with all its years: where the registration is wrong they all are."""
    inspections, organisations = registry["inspections"], registry["organisations"]
    early: defaultdict[str, list[int]] = defaultdict(list)
    for i, organisation, year in inspections.each("organisation", "year"):
        registered = organisations.value(organisation, "registered_on")
        if registered and year and year < registered.year:
            early[organisation].append(i)
    for organisation, rows in early.items():
        name, registered = (
            registry.name_of("organisations", organisation),
            organisations.value(organisation, "registered_on"),
        )
        years = "、".join(str(inspections["year"][i]) for i in rows)
        yield inspections.hit(rows[0], "year", f"{name} {registered:%Y-%m-%d} 才登记，却有 {years} 年度的年检")


@rule(
    "INS-004", HINT, "已登记的组织每年都要年检，当年 7 月 1 日以后登记的从下一年度起",
    why="缺了结论，就不知道能不能承接项目、参加评估",
    remedy="请向该组织或民政部门核实后补上结论",
    source="《社会团体登记管理条例》第二十八条；年检通告；参数“年检截止月”",
)  # fmt: skip
def every_year_is_there(registry: Registry) -> Iterator[Hit]:
    """From the first year of which there is any result: earlier ones the office does not keep."""
    inspections, organisations = registry["inspections"], registry["organisations"]
    if not inspections.present:
        return
    unclear = {y for _, o, y in inspections.each("organisation", "year") if o is None}
    hidden = {o for _, o, y in inspections.each("organisation", "year") if y is None}
    done = set(zip(inspections["organisation"], inspections["year"], strict=True))
    earliest = min((y for y in inspections["year"] if y), default=registry.today.year - 1)
    due_month = int(registry.settings.parameter("年检截止月"))
    for i, number, status, registered, name in organisations.each("number", "status", "registered_on", "who"):
        if status != "已登记" or not registered or number in hidden:
            continue
        years = [y for y in expected_years(registered, registry.today, due_month) if y >= earliest]
        missing = [str(y) for y in years if (number, y) not in done and y not in unclear]
        if missing:
            yield organisations.hit(i, "status", f"{name}没有 {'、'.join(missing)} 年度的年检结论")


@rule(
    "INS-005", HINT, "慈善组织实行年报，没有合格、不合格的结论",
    why="结论和慈善组织一栏对不上，统计年检合格率会出错",
    remedy="请核对慈善组织一栏；是慈善组织的，结论填年报",
    source="宁波市社会组织年检通告（慈善组织按年报办理）",
)  # fmt: skip
def charity_reports(registry: Registry) -> Iterator[Hit]:
    inspections, charity_of = registry["inspections"], registry["organisations"].mapping("charity")
    for i, organisation, year, result in inspections.each("organisation", "year", "result"):
        if charity_of.get(organisation) == "是" and result in ("合格", "基本合格", "不合格"):
            when = f"{year} 年度的" if year else ""
            yield inspections.hit(
                i, "result", f"{registry.name_of('organisations', organisation)}是慈善组织，{when}结论填{result}"
            )


@rule(
    "INS-006", WARNING, "年检的是已登记的组织，未登记、已备案的没有年检",
    why="组织编号填错，或者登记状态没有更新",
    remedy="请核对组织编号和登记状态",
    source="《社会团体登记管理条例》第二十八条；参数“有法人资格的登记状态”",
)  # fmt: skip
def inspected_is_registered(registry: Registry) -> Iterator[Hit]:
    inspections, status_of = registry["inspections"], registry["organisations"].mapping("status")
    bare = not_incorporated(registry)
    for i, organisation in inspections.each("organisation"):
        status = status_of.get(organisation)
        if status in bare:
            yield inspections.hit(
                i, "organisation", f"{registry.name_of('organisations', organisation)}是{status}的，却有年检结论"
            )


@rule(
    "INS-007", ERROR, "年检的是已经过完的年度",
    why="还没有过完的年度不会有结论，多半把年检的年份填成了年度",
    remedy="请填检查的是哪一年度的工作",
    source="《社会团体登记管理条例》第二十八条（上一年度工作报告）",
)  # fmt: skip
def year_is_over(registry: Registry) -> Iterator[Hit]:
    inspections = registry["inspections"]
    for i, organisation, year in inspections.each("organisation", "year"):
        if year and year >= registry.today.year:
            yield inspections.hit(
                i, "year", f"{registry.name_of('organisations', organisation)}的年度填 {year}，这一年还没有过完"
            )


@rule(
    "INS-008", WARNING, "年检的日期在检查年度以后",
    why="年度和日期必有一处填错",
    remedy="请核对年度和日期",
    source="《社会团体登记管理条例》第二十八条",
)  # fmt: skip
def inspected_after_the_year(registry: Registry) -> Iterator[Hit]:
    inspections = registry["inspections"]
    for i, organisation, year, day in inspections.each("organisation", "year", "date"):
        if year and day and day.year <= year < registry.today.year:
            yield inspections.hit(
                i, "date", f"{registry.name_of('organisations', organisation)} {year} 年度的年检，日期却是 {day}"
            )
