"""`jinguo all`: the whole job in order, and what was written where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from jinguo.commands import board, check, nominate, notices, roster, stats, summary, todo
from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError
from jinguo.common.findings import Severity, count_by_severity

#: So many files of a folder are named one by one.
_MOST_LISTED = 3
#: Of what is due so many lines begin the screen.
_MOST_DUE = 5
#: The job, in order: what the step is called, and what does it.
STEPS: list[tuple[str, Callable[[Run], Any]]] = [
    ("校验台账", check.write_report),
    ("统计培训和考试", stats.write_statistics),
    ("年度统计", stats.write_year),
    ("生成到期的通知", notices.write_notices),
    ("生成推荐名单", nominate.write_nominations),
    ("排下个月的值班表", roster.write_next_month),
    ("工作总结", summary.write_summary),
    ("看板", board.write_board),
]


@staff_command("all", 10, "依次校验、统计、生成到期的通知、推荐名单、总结和看板")
@click.pass_obj
def command(run: Run) -> int:
    """依次校验、统计、生成到期的通知和推荐名单、值班表、工作总结和看板，最后列出写了什么、下一步做什么。"""
    found = todo.write_agenda(run)
    run.say(f"基准日期：{run.registry.today}　台账：{run.workbooks}")
    todo.show(run, found, _MOST_DUE)
    results = _run_steps(run)
    _show(run, results)
    errors = count_by_severity(run.findings)[Severity.ERROR]
    troubled = any(not batch.selected for batch in _lists(results))
    failed = any(isinstance(r, JinguoError) for r in results.values())
    code = run.exit_code(refused=troubled)
    _show_next_step(run, errors, results)
    return 2 if failed else code


def _run_steps(run: Run) -> dict[str, Any]:
    """Each step's result by its name; a step that cannot be done does not keep the next from being done."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    results: dict[str, Any] = {}
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=run.console) as progress:
        task = progress.add_task("", total=len(STEPS))
        for name, step in STEPS:
            progress.update(task, description=name)
            try:
                results[name] = step(run)
            except JinguoError as trouble:
                results[name] = trouble
            progress.advance(task)
        progress.update(task, description="完成")
    return results


def _lists(results: dict[str, Any]) -> list[Any]:
    found = results["生成推荐名单"]
    return [] if isinstance(found, JinguoError) else found


def _show(run: Run, results: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="写了什么", title_justify="left")
    table.add_column("工作", no_wrap=True)
    table.add_column("结果", overflow="fold")
    for name, result in results.items():
        table.add_row(name, Text(result.paragraph() if isinstance(result, JinguoError) else _summary(name, result)))
    run.console.print(table)
    run.say(f"文件都在 {run.output_folder}：")
    for line in _listed(run.written):
        run.say(f"    {line}")


def _listed(written: list[str]) -> list[str]:
    """The files written, so that they fit the screen: of a folder with many only how many there are, those of its folders too."""
    folders: dict[str, list[str]] = {}
    for path in written:
        folders.setdefault(path.partition("/")[0] if "/" in path else "", []).append(path)
    lines = []
    for folder, paths in folders.items():
        few = len(paths) <= _MOST_LISTED and all(path.count("/") < 2 for path in paths)
        lines += paths if few or not folder else [f"{folder}/　{len(paths)} 个文件"]
    return lines


def _summary(name: str, result: Any) -> str:
    """One line about what a step did."""
    if name == "校验台账":
        counts = count_by_severity(result)
        return "，".join(f"{severity.value} {counts[severity]} 条" for severity in Severity)
    if name in ("统计培训和考试", "年度统计"):
        return f"{len(result)} 个数字"
    if name == "生成到期的通知":
        return f"{len(result)} 份通知和提醒函" if result else "没有到期的通知"
    if name == "排下个月的值班表":
        return f"{result[0].year}年{result[0].month}月" if result else "没有值班单位"
    if name == "工作总结":
        return f"{sum(1 for _ in result.ledger.said())} 个数字" if result else "没有生成"
    if name == "看板":
        return f"{len(result)} 张图表，双击 {board.FILE}"
    lists = "；".join(
        f"{r.batch.number} 没有生成"
        if r.lacking
        else f"{r.batch.number} 选出 {len(r.selected)} 人"
        if r.selected
        else f"{r.batch.number} 没有可行的名单"
        for r in result
    )
    return lists or "没有推荐批次"


def _show_next_step(run: Run, errors: int, results: dict[str, Any]) -> None:
    for result in _lists(results):
        for text in [] if result.lacking else result.trouble:
            run.say(f"注意：{result.batch.number} {text}", "bold red")
    beside = [path for path in run.written if "（新生成" in path and path not in run.beside_open]
    if beside:
        run.say(f"您改过的 {len(beside)} 个文件没有覆盖，新的写在旁边，名称里有“新生成”。")
    failed = [name for name, result in results.items() if isinstance(result, JinguoError)]
    if failed:
        run.say(f"下一步：{'、'.join(failed)}没有做成，按上面说的办，再运行一次。")
    elif run.withheld:
        run.say("下一步：照上面“不出”后面说的办，再运行一次；别的文件可以打开核对。")
    elif errors:
        run.say(f"下一步：先打开 {run.shown('/'.join(check.REPORT))} 改正台账里的错误，再运行一次。")
    else:
        notices = results["生成到期的通知"]
        run.say("下一步：打开上面的文件核对" + ("，通知用印后和群消息一起发出。" if notices else "。"))
