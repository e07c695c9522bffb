"""`jinguo roster`: who is on duty when, fairly over the year; published months stay."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.documents.gate import Withheld
    from jinguo.duty.roster import Roster

_FOLDER = "值班"


@staff_command("roster", 66, "排值班表：全年公平，公布过的不变")
@click.option("--month", metavar="年-月", help="排哪个月，如 2026-12（不写时：下个月）")
@click.option("--year", metavar="年", type=int, help="从现在排到这一年年底")
@click.option("--publish", is_flag=True, help="记进“值班安排”（先备份）：公布以后不再变")
@click.pass_obj
def command(run: Run, month: str | None, year: int | None, publish: bool) -> int:
    """排值班表：每个值班日有一个组织，平日、周末、节假日全年摊得最匀，尽量不连着两天；已证明没有更公平的排法。

    以前值过的看“值班记录”，公布过的（“值班安排”）不变，那一天值不了的才改派，并说明改了什么。
    """
    if trouble := _withheld(run):
        raise trouble.error()
    rosters = _rosters(run, month, year)
    name = _write(run, rosters)
    _show(run, rosters)
    if publish:
        _publish(run, rosters)
    else:
        run.say(
            f"下一步：打开 {run.shown(f'{_FOLDER}/{name} 值班表.xlsx')} 核对；定下来以后加 --publish 再运行一次，就不再变。"
        )
    return run.exit_code()


def write_next_month(run: Run) -> list[Roster]:
    """Write the roster of the next month; none where no rota is kept, or where it does not go out."""
    if trouble := _withheld(run):
        run.withheld.append(trouble)
        return []
    if not len(run.registry["duty_units"]):
        return []
    rosters = _rosters(run, None, None)
    _write(run, rosters)
    return rosters


def _withheld(run: Run) -> Withheld | None:
    from jinguo.documents.gate import Withheld, withheld
    from jinguo.duty.roster import published_unread

    tables = ["duty_units", "duty_absences", "duty_swaps", "duty_plan", "duty_log", "organisations"]
    if unread := published_unread(run.registry):
        return Withheld("值班表", tuple(unread), "改正以后再运行一次；以前生成的没有动。")
    return withheld(run.registry, "值班表", tables)


def _write(run: Run, rosters: list[Roster]) -> str:
    """The workbook, and of one month the notice and the message, and each unit's calendar; gives the name of the span."""
    from jinguo.common.writing import safe_name
    from jinguo.documents.duty_notice import notice_of
    from jinguo.documents.gate import withheld_for
    from jinguo.documents.opening import write_document
    from jinguo.duty.roster import RESTS_ON
    from jinguo.registry.uncounted import remarks
    from jinguo.reports.roster_calendar import roster_calendar
    from jinguo.reports.roster_workbook import roster_workbook

    noted = remarks(run.registry, RESTS_ON)
    run.remarks += noted
    remark = "；".join(noted)
    name = f"{rosters[0].year}-{rosters[0].month:02d}" if len(rosters) == 1 else f"{rosters[0].year}年"
    with run.output("roster") as output:
        output.write(_FOLDER, f"{name} 值班表.xlsx", roster_workbook(run.registry, rosters, run.author, remark))
        if len(rosters) == 1:
            due = notice_of(run.registry, rosters[0])
            try:
                document = write_document("值班安排通知", run.templates, due.context(""), run.registry, remark)
            except JinguoError as why:
                run.withheld.append(withheld_for(due.file, why))
            else:
                output.write(_FOLDER, f"{name} 值班安排通知.docx", document, due.rows, due.kind)
            message = f"{due.message}（附注：{remark}。）" if remark else due.message
            output.write(_FOLDER, f"{name} 群消息.txt", message.encode())
        place = next((n for n in run.registry["centres"]["name"] if n), "女性社会组织服务中心")
        for unit in dict.fromkeys(s.organisation for r in rosters for s in r.shifts if s.organisation):
            shown = run.registry.name_of("organisations", unit)
            mine = [s for r in rosters for s in r.shifts if s.organisation == unit]
            data = roster_calendar(mine, shown, run.registry.today, place)
            output.write(f"{_FOLDER}/日历", safe_name(f"{name} {shown}.ics"), data)
    return name


def _rosters(run: Run, month: str | None, year: int | None) -> list[Roster]:
    from jinguo.duty.roster import month_roster, year_rosters

    today = run.registry.today
    if year is not None and not 1990 <= year <= 2100:
        raise JinguoError(f"看不懂“{year}”是哪一年", "", "写成 --year 2026。")
    if year is not None and month is None:
        first = today.month if year == today.year else 1
        return year_rosters(run.registry, year, first, 12)
    if month is None:
        following = (today.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)
        return [month_roster(run.registry, following.year, following.month)]
    found = re.fullmatch(r"(\d{4})[-.年/](\d{1,2})月?", month.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1990 <= int(found[1]) <= 2100 or year is not None:
        raise JinguoError(f"看不懂“{month}”是哪个月", "", "写成 --month 2026-12；全年写 --year 2026，两个只写一个。")
    return [month_roster(run.registry, int(found[1]), int(found[2]))]


def _show(run: Run, rosters: list[Roster]) -> None:
    from jinguo.duty.gaps import gap_on

    def name(unit: str | None) -> str:
        return run.registry.name_of("organisations", unit) if unit else "无人"

    for roster in rosters:
        if not roster.shifts and (roster.year, roster.month) < (run.registry.today.year, run.registry.today.month):
            run.say(f"{roster.year}年{roster.month}月已经过去，没有值班的记录。")
            continue
        days = "，".join(f"{name(unit)} {count} 天" for unit, count in roster.days_of().items())
        tentative = "（暂定：这一年的放假安排还没有公布）" if roster.provisional else ""
        run.say(f"{roster.year}年{roster.month}月{tentative}：{days or '没有组织可以值班'}。")
        for shift in roster.shifts:
            if shift.moved_from:
                run.say(
                    f"    改派：{shift.day:%m-%d} 由{name(shift.moved_from)}改为{name(shift.organisation)}。", "yellow"
                )
            if shift.organisation is None:
                gap = gap_on(run.registry, shift.day)
                run.say(
                    f"    没有人：{shift.day:%m-%d}，{'；'.join(gap.reasons)}。改动最小的办法：{gap.remedy}。",
                    "bold red",
                )


def _publish(run: Run, rosters: list[Roster]) -> None:
    from jinguo.amend.new_rows import NewRow
    from jinguo.amend.publish_roster import published_edits
    from jinguo.amend.rewrite import rewrite

    plan = run.registry["duty_plan"]
    known = {day for _, day, unit in plan.each("date", "organisation") if unit}
    # What has been is noted in 值班记录.
    shifts = [s for roster in rosters for s in roster.shifts if s.organisation and s.day >= run.registry.today]
    rows: list[NewRow] = [{"date": s.day, "organisation": str(s.organisation)} for s in shifts if s.day not in known]
    moved = {
        s.day: (s.moved_from, str(s.organisation), f"原为{run.registry.name_of('organisations', s.moved_from)}")
        for s in shifts
        if s.moved_from
    }
    edits = published_edits(run.registry, rows, moved)
    if not edits:
        run.say("这些日子都已经公布过，值班安排没有改动。")
        return
    backup = rewrite(run.workbooks, edits, run.registry.seen)
    run.say(f"已记进“值班安排”：新增 {len(rows)} 天，改派 {len(moved)} 天；原件备份在 {backup}。")
