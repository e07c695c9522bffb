"""值班表.xlsx: the month as a calendar, day by day, and how the duties of the year are shared out."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from typing import Any

from jinguo.duty.balance import KINDS, counted, kind_of, shares, weights_of
from jinguo.duty.gaps import gap_on
from jinguo.duty.roster import Roster, Shift, served
from jinguo.excel.colours import BAD, DOUBTFUL
from jinguo.excel.writing.cell_values import Marked
from jinguo.excel.writing.report import Chart, Sheet, write_report
from jinguo.registry.tables import Registry
from jinguo.schema.duty_tables import WEEKDAYS
from jinguo.schema.wording import weekday_words


def roster_workbook(registry: Registry, rosters: Sequence[Roster], author: str, remark: str = "") -> bytes:
    """The workbook of one month, or of several of one year; the `remark` says which rows are not in it."""
    first, last = rosters[0], rosters[-1]
    when = f"{first.year}年{first.month}月" if len(rosters) == 1 else f"{first.year}年{first.month}至{last.month}月"
    title = f"{when}值班表" + ("（暂定）" if any(r.provisional for r in rosters) else "")
    sheets = [_calendar(registry, roster) for roster in rosters]
    sheets += [_days(registry, rosters, title, remark), _balance(registry, rosters, title)]
    return write_report(title, sheets, author)


def _name(registry: Registry, unit: str | None) -> str:
    return registry.name_of("organisations", unit) if unit else "无人"


def _calendar(registry: Registry, roster: Roster) -> Sheet:
    by_day = {s.day: s for s in roster.shifts}
    rows: list[list[Any]] = []
    for week in calendar.Calendar().monthdatescalendar(roster.year, roster.month):
        row: list[Any] = []
        for day in week:
            shift = by_day.get(day)
            if day.month != roster.month:
                row.append("")
            elif shift is None:
                row.append(f"{day.day}\n休")
            else:
                text = f"{day.day}\n{_name(registry, shift.organisation)}"
                row.append(Marked(text) if shift.organisation is None or shift.moved_from else text)
        rows.append(row)
    title = f"{roster.year}年{roster.month}月值班表" + (
        "（暂定：放假安排公布以后可能调整）" if roster.provisional else ""
    )
    return Sheet(f"{roster.month}月", title, list(WEEKDAYS), rows, [20] * 7)


def _days(registry: Registry, rosters: Sequence[Roster], title: str, remark: str) -> Sheet:
    rows = []
    for shift in (s for roster in rosters for s in roster.shifts):
        kind = kind_of(registry.settings, shift.day)
        rows.append(
            [
                f"{shift.day:%Y-%m-%d}",
                weekday_words(shift.day),
                kind,
                _name(registry, shift.organisation),
                _said(registry, shift),
            ]
        )
    note = "平日、周末、节假日分开，把全年的次数（已经值过的算在内）按权重摊得最匀；请假、可值星期不够的、过去差得太多补不回来的除外。排法已证明没有更公平的。"
    note += f"附注：{remark}。" if remark else ""
    colours = {"无人": BAD}
    return Sheet(
        "逐日", title, ["日期", "星期", "哪种日子", "值班组织", "说明"], rows, [13, 9, 10, 34, 60], colours, note=note
    )


def _said(registry: Registry, shift: Shift) -> str:
    """What is to be said of a day: a swap, a move, why nobody can."""
    if shift.organisation is None:
        gap = gap_on(registry, shift.day)
        return f"{'；'.join(gap.reasons)}。改动最小的办法：{gap.remedy}"
    if shift.instead_of:
        return f"替{_name(registry, shift.instead_of)}"
    return f"公布时是{_name(registry, shift.moved_from)}，这一天值不了" if shift.moved_from else ""


def _balance(registry: Registry, rosters: Sequence[Roster], title: str) -> Sheet:
    begin = datetime.date(rosters[0].year, 1, 1)
    before = served(registry, begin, datetime.date(rosters[0].year, rosters[0].month, 1))
    planned = {s.day: s.organisation for roster in rosters for s in roster.shifts if s.organisation}
    had, now = counted(registry.settings, before), counted(registry.settings, planned)
    due = shares(registry, [*before, *planned])
    header = [
        "值班组织",
        "权重",
        "全年合计",
        "应有合计",
        *(f"{k}{w}" for k in KINDS for w in ("以前", "这次", "合计", "应有")),
    ]
    rows: list[list[Any]] = []
    for unit, weight in weights_of(registry).items():
        numbers: list[Any] = []
        for kind in KINDS:
            past, coming = had[kind, unit], now[kind, unit]
            numbers += [past, coming, past + coming, round(float(due.get((kind, unit), 0)), 1)]
        whole = sum(had[k, unit] + now[k, unit] for k in KINDS)
        fair = round(float(sum(due.get((k, unit), 0) for k in KINDS)), 1)
        rows.append([_name(registry, unit), round(float(weight), 2), whole, fair, *numbers])
    note = (
        "应有：每个值班日按权重在当天轮值的单位之间分；以前的次数看值班记录，没有记录的看换班和公布的值班安排。"
        "后面月份请假的，前面会多值几天。"
    )
    return Sheet(
        "均衡",
        f"{title}·全年均衡",
        header,
        rows,
        [34, 8, 10, 10, *[10] * 12],
        {"无人": DOUBTFUL},
        [Chart("全年值班次数", (2, 3))],
        note,
    )
