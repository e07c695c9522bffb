"""值班安排通知: next month's roster to the organisations on it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from jinguo.documents.due_document import DueDocument
from jinguo.documents.letterhead import letter
from jinguo.duty.roster import Roster, Shift, month_roster, published_unread
from jinguo.nominations.order import spaced
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words, weekday_words


def roster_due(registry: Registry) -> list[DueDocument]:
    """Next month's roster, from 参数 › 值班安排提前天数 before it begins; only where there are units on duty."""
    first = (registry.today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
    ahead = int(registry.settings.parameter("值班安排提前天数"))
    if (first - registry.today).days > ahead or not len(registry["duty_units"]):
        return []
    roster = month_roster(registry, first.year, first.month)
    due = notice_of(registry, roster)
    return [replace(due, trouble="；".join(published_unread(registry)))] if roster.days_of() else []


def notice_of(registry: Registry, roster: Roster) -> DueDocument:
    """The notice of a month's roster."""
    first, days = datetime.date(roster.year, roster.month, 1), roster.days_of()
    settings, name = registry.settings, lambda number: registry.name_of("organisations", number)
    title = f"{settings.item('单位名称')}关于{roster.year}年{roster.month}月女性社会组织服务中心值班安排的通知"
    nobody = [s.day for s in roster.shifts if s.organisation is None]
    values = {
        "年": str(roster.year), "月": str(roster.month), "值班": _rows(registry, roster), "天数": str(len(roster.shifts)),
        "合计": [{"组织名称": name(o), "天数": str(n)} for o, n in days.items()], "暂定": "是" if roster.provisional else "",
        "无人": "、".join(day_words(day) for day in nobody), "范围": "每天" if settings.parameter("值班日") == "每天" else "工作日",
    }  # fmt: skip
    shares = "，".join(f"{name(o)} {n} 天" for o, n in days.items())
    state = "暂定（放假安排公布以后可能调整）" if roster.provisional else "已排好"
    message = f"【值班】{roster.month}月值班安排{state}：{shares}。有事请提前换班，详见通知。"
    why = f"{day_words(first)}开始的值班，{len(roster.shifts)} 天{'，暂定' if roster.provisional else ''}" + (
        f"，其中 {len(nobody)} 天没有组织可以值班" if nobody else ""
    )
    units = registry["duty_units"]
    return DueDocument(
        "值班安排通知", title, f"{first:%Y-%m} 值班安排", why, letter(registry, title, "各进驻女性社会组织", values),
        message if len(message) < 300 else f"{message[:298]}…", [units.place(i, "organisation") for i in range(len(units))],
        meant=tuple(days), townships=False,
    )  # fmt: skip


def _rows(registry: Registry, roster: Roster) -> list[dict[str, Any]]:
    units = registry["duty_units"]

    def person(shift: Shift) -> str:
        """Whoever is on duty for the organisation in the span of that day."""
        rows = units.each("organisation", "person", "from_date", "to_date")
        return next(
            (
                p
                for _, o, p, start, end in rows
                if o == shift.organisation
                and p
                and (start is None or start <= shift.day)
                and (end is None or shift.day <= end)
            ),
            "",
        )

    def note(instead_of: str | None, nobody: bool) -> str:
        return f"替{registry.name_of('organisations', instead_of)}" if instead_of else "请安排人员" if nobody else ""

    return [
        {
            "日期": f"{s.day.month}月{s.day.day}日", "星期": weekday_words(s.day), "值班组织": registry.name_of("organisations", s.organisation) if s.organisation else "无",
            "值班人": spaced(person(s)), "说明": note(s.instead_of, s.organisation is None),
        }
        for s in roster.shifts
    ]  # fmt: skip
