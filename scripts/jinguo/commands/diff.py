"""`jinguo diff`: what changed between two versions of a workbook or of the registry."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.registry.tables import Registry
    from jinguo.versions.compare import Comparison

_FOLDER, _REPORT = "比较", "变动对照.xlsx"
_MOST_SHOWN = 20


@staff_command("diff", 30, "比较两个版本的台账，说明改了什么")
@click.argument("old", metavar="旧的", type=click.Path(path_type=Path))
@click.argument("new", metavar="[新的]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def command(run: Run, old: Path, new: Path | None) -> int:
    """比较两个版本的台账：增加、删去了哪些行，改了哪些格。

    旧的、新的可以是一个工作簿，也可以是一个文件夹；新的不写就是现在的台账。行、列的先后不同不算变动。
    """
    from jinguo.versions.compare import compare

    if new is not None:
        old, new = in_time(run, old, new)
    new = new or run.workbooks
    before, after = version(run, old), version(run, new)
    run.registry = after
    comparison = compare(before, after)
    refused = [*before.refused.values(), *after.refused.values()]
    for paragraph in refused:
        run.say(f"【打不开】{paragraph}\n", "bold red")
    if not any(before[n].present and t.present for n, t in after.tables.items()):
        raise JinguoError(
            "两个版本里没有同一张表，没有什么可比的", f"{old}、{new}", "核对是不是同一个工作簿的两个版本。"
        )
    _write(run, comparison, new)
    _show(run, comparison, whole=old.is_dir() and new.is_dir())
    return 2 if refused else 0


def in_time(run: Run, first: Path, second: Path) -> tuple[Path, Path]:
    """Two workbooks, the older first: by when each says that it was saved; where they do not say so, the person is asked. Explorer
    hands over what is dropped together in an order of its own."""
    if not (first.is_file() and second.is_file()):
        return first, second
    from jinguo.excel.saved_time import saved_time

    one, other = saved_time(first), saved_time(second)
    if one and other and one != other:
        old, new = (first, second) if one < other else (second, first)
        run.say(
            f"旧的：{old.name}（{min(one, other):%Y-%m-%d %H:%M} 保存），新的：{new.name}（{max(one, other):%Y-%m-%d %H:%M} 保存）。"
        )
        return old, new
    if run.console.is_terminal and not click.confirm(f"旧的是 {first.name}，新的是 {second.name}，对吗", default=True):
        first, second = second, first
    run.say(f"旧的：{first.name}，新的：{second.name}。")
    return first, second


def version(run: Run, path: Path, today: datetime.date | None = None) -> Registry:
    """One version of the registry: a folder of workbooks, or one of them.

    With a day, one workbook is read beside the others of the office's folder, in place of those there that hold its
    tables, whatever it is called: so that its references mean something, as they do in the new version.
    """
    from jinguo.intake.loading import load_files, load_registry, workbooks_of
    from jinguo.intake.own.mapping import FILE, decisions_in

    if not path.exists():
        raise JinguoError("找不到这个文件或文件夹", str(path), "核对名称和位置；以前的版本在 workbooks/备份 里。")
    if path.is_dir():
        return load_registry(path, today or run.today, decisions=run.workbooks / FILE)
    alone = load_files([path], today or run.today, decisions_in(run.workbooks))
    if not today or not run.workbooks.is_dir():
        return alone
    replaced = {
        path.name,
        *(book for name, table in alone.tables.items() if table.present for book in run.registry[name].workbooks()),
    }
    return load_files([path, *(file for file in workbooks_of(run.workbooks) if file.name not in replaced)], today)


def _write(run: Run, comparison: Comparison, new: Path) -> None:
    from jinguo.reports.changes_report import changes_report

    data = changes_report(comparison.differences, run.registry.files, run.output_folder / _FOLDER, new.name, run.author)
    with run.output("diff") as output:
        output.write(_FOLDER, _REPORT, data)


def _show(run: Run, comparison: Comparison, whole: bool) -> None:
    """The counts by sheet, the first changes, the sheets only one version has (where whole registries are compared)."""
    from rich.markup import escape
    from rich.table import Table

    from jinguo.versions.compare import ADDED, CHANGED, REMOVED

    differences = comparison.differences
    if differences:
        counts = Counter((d.workbook, d.sheet, d.kind) for d in differences)
        table = Table(title="台账变动", title_justify="left")
        table.add_column("工作表")
        for head in ("新增行", "删去行", "改动格"):
            table.add_column(head, justify="right")
        for workbook, sheet in dict.fromkeys((d.workbook, d.sheet) for d in differences):
            table.add_row(escape(sheet), *(str(counts[workbook, sheet, kind]) for kind in (ADDED, REMOVED, CHANGED)))
        run.console.print(table)
    for d in differences[:_MOST_SHOWN]:
        place = " ".join(filter(None, (d.sheet, d.row)))
        said = (
            f"{d.header}：{d.old or '（空）'} → {d.new or '（空）'}"
            if d.kind == CHANGED
            else d.header or d.new or d.old
        )
        run.say(f"【{d.kind}】{place}  {said}")
    if len(differences) > _MOST_SHOWN:
        run.say(f"……还有 {len(differences) - _MOST_SHOWN} 处，见变动对照。")
    if whole:
        for sheets, which in ((comparison.only_old, "旧"), (comparison.only_new, "新")):
            if sheets:
                run.say(f"只有{which}的版本有这些表，没有比较：{'、'.join(sheets)}。")
    run.say(f"下一步：打开 {run.shown(run.written[0])} 看看每一处。" if differences else "两个版本没有不同。")
