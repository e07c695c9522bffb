"""`jinguo todo`, and `jinguo` alone: what is due today, this week, this month, and what is overdue."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.documents.agenda import Agenda
    from jinguo.office.task import Task

#: So many lines of what is due later are shown; all of it is in the workbook.
_MOST_SHOWN = 12
_STYLES = {"逾期": "bold red", "今天": "bold yellow", "本周": "yellow"}


@staff_command("todo", 5, "待办：今天、本周、本月要办什么，什么逾期了")
@click.pass_obj
def command(run: Run) -> int:
    """待办：今天、本周、本月要办的，逾期没办的，谁办、用什么材料。

    写成 output/待办.xlsx 和 待办.ics（Outlook、手机日历）。在 待办.xlsx 的“已办”里选 √，下次运行就记下，不再提醒。
    """
    found = write_agenda(run)
    show(run, found)
    run.say(f"下一步：打开 {run.shown('待办.xlsx')}，办完的在“已办”里选 √；要生成到期的材料，运行“一键生成”。")
    return run.exit_code()


def write_agenda(run: Run) -> Agenda:
    """Remember what was ticked, then write what is left; a tick that could not be noted stays."""
    from jinguo.reports.agenda_calendar import agenda_calendar
    from jinguo.reports.agenda_workbook import FILE, agenda_workbook

    waiting = remember(run)
    found = open_agenda(run)
    with run.output("todo") as output:
        output.replace("", FILE, agenda_workbook(found.tasks, run.registry.today, run.author, waiting))
        output.write("", "待办.ics", agenda_calendar(found.tasks, run.registry.today, run.author))
    return found


def open_agenda(run: Run) -> Agenda:
    """What is to be done, the survey that is under way among it."""
    from jinguo.documents.agenda import agenda

    return agenda(run.registry, _survey_tasks(run))


def remember(run: Run) -> set[str]:
    """Note in 设置.xlsx › 已办 what staff have ticked in 待办.xlsx; what could not be noted is told, and returned."""
    from jinguo.amend.new_rows import NewRow, new_rows
    from jinguo.amend.rewrite import rewrite
    from jinguo.reports.agenda_workbook import FILE, ticked

    done = ticked(run.output_folder / FILE)
    rows: list[NewRow] = [{"item": key, "day": run.registry.today, "note": what} for key, what in done.items()]
    try:
        edits = new_rows(run.registry, "done", rows) if rows else {}
        if not edits:
            return set()
        backup = rewrite(run.workbooks, edits, run.registry.seen)
    except JinguoError as trouble:
        run.say(f"待办里选了 √ 的 {len(rows)} 件没有记下：{trouble.paragraph()}", "bold red")
        return set(done)
    count = sum(len(mine.added) for mine in edits.values())
    run.say(f"已记下 {count} 件已办（设置.xlsx › 已办），原件备份在 {backup}。")
    del run.__dict__["registry"]
    run.__dict__.pop("findings", None)
    return set()


def _survey_tasks(run: Run) -> list[Task]:
    """The survey that is under way: who has not answered yet."""
    import datetime

    from jinguo.office.task import Task
    from jinguo.reports.survey_folder import latest
    from jinguo.reports.survey_progress import missing_in

    folder = latest(run.output_folder)
    about = folder.about() if folder else {}
    if folder is None or not about:
        return []
    missing = missing_in(folder.path, list(about["units"]))
    name, due = about["survey"]["name"], datetime.date.fromisoformat(about["survey"]["due"])
    if not missing:
        return []
    what = f"{name}还有 {len(missing)} 个单位没有交：{'、'.join(missing[:6])}{'等' if len(missing) > 6 else ''}"
    return [Task(due, "调查回收", what, name, "各单位", f"{folder.name}/回收进度.xlsx")]


def show(run: Run, found: Agenda, most: int = _MOST_SHOWN) -> None:
    """The tasks on the console, the nearest first; what is later only as a number."""
    from rich.markup import escape
    from rich.table import Table

    from jinguo.office.task import LATER, SPANS

    today = run.registry.today
    counts = Counter(task.span(today) for task in found.tasks)
    run.say(
        f"{today:%Y年%m月%d日} 待办：" + ("，".join(f"{s} {counts[s]} 件" for s in SPANS if counts[s]) or "没有") + "。"
    )
    near = [task for span in SPANS for task in found.tasks if task.span(today) == span and span != LATER]
    if near:
        table = Table(show_edge=False, pad_edge=False)
        for head in ("何时", "日期", "事项", "内容", "谁办"):
            table.add_column(head, overflow="fold")
        for task in near[:most]:
            span = task.span(today)
            table.add_row(
                span, f"{task.day:%m-%d}", task.kind, escape(task.words), escape(task.who), style=_STYLES.get(span)
            )
        run.console.print(table)
    if len(near) > most:
        run.say(f"……还有 {len(near) - most} 件，见 {run.shown('待办.xlsx')}。")
    for why in found.unknown:
        run.say(f"没有看到的：{why}。", "yellow")
