"""`jinguo fix`: safe normalisations as a plan; `--write` applies exactly that plan, after a backup."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.writing import write_file

if TYPE_CHECKING:
    from jinguo.amend.edits import Change

_FOLDER, _PLAN, _REPORT = "规范", "规范计划.json", "规范计划.xlsx"
_MOST_SHOWN = 20


@staff_command("fix", 40, "规范台账的写法，先列计划，再写入")
@click.option("--write", is_flag=True, help="按计划写入台账（先备份到 workbooks/备份）")
@click.pass_obj
def command(run: Run, write: bool) -> int:
    """规范台账：把能确定的写法（空格、全角、日期、年月、电话、选项、文本数字）改成统一的样子。

    先列出计划，不改台账；看过计划后加 --write 再运行一次，就按这份计划写入。公式不会被改写，拿不准的只提示。
    """
    if write:
        return _write(run)
    changes, report = make_plan(run)
    _show(run, changes, report)
    # Somebody who double-clicked cannot add an option.
    if any(c.applies for c in changes) and sys.stdin.isatty() and sys.stdout.isatty():
        answer = input("看过计划，现在就写入吗？写入请输入“是”，不写请按回车：")
        return _write(run) if answer.strip() in ("是", "y", "Y", "yes") else 0
    return 0


def make_plan(run: Run) -> tuple[list[Change], Path]:
    """Work out the plan, and write it as a workbook for staff, whose path is returned too, and as what `--write`
    goes by."""
    from jinguo.amend.plan import current_plan, dump_plan, write_plan
    from jinguo.amend.unknown_words import unknown_values

    changes, values = current_plan(run.registry), run.registry.once(unknown_values)
    with run.output("fix") as output:
        report = output.write(_FOLDER, _REPORT, write_plan(changes, run.author, values))
        output.clear(f"{_FOLDER}/")
    # No file for staff, so there is nothing of theirs to keep.
    plan = json.dumps(dump_plan(run.registry, changes, report.name), ensure_ascii=False, indent=1)
    write_file(run.output_folder / _FOLDER / _PLAN, plan.encode("utf-8"))
    return changes, report


def _write(run: Run) -> int:
    from jinguo.amend.edits import Edits
    from jinguo.amend.plan import current_plan, decisions, read_plan, refuse_outdated
    from jinguo.amend.rewrite import rewrite
    from jinguo.amend.unknown_words import chosen_values, unknown_values

    path = run.output_folder / _FOLDER / _PLAN
    plan, changes = read_plan(path), current_plan(run.registry)
    decided = decisions(changes, path.with_name(plan["report"]))
    refuse_outdated(plan, run.registry, changes, path)
    for c in decided.altered:
        run.say(
            f"计划里 {c.workbook} › {c.sheet} › {c.cell} 的“改为”被改过，没有写入；想改成别的，请直接在台账里改。",
            "yellow",
        )
    if decided.unwanted:
        run.say(f"计划里改成不写或删去的 {decided.unwanted} 处没有写入。")
    if decided.hints:
        run.say(f"“只提示”的 {decided.hints} 处拿不准，改成“是”也不会写入；请直接在台账里改。", "yellow")
    chosen = chosen_values(run.registry.once(unknown_values), path.with_name(plan["report"]))
    for text in chosen.refused:
        run.say(f"{text}：不在可选范围内，没有写入。", "yellow")
    wanted = [*decided.wanted, *chosen.changes]
    by_file = {p: Edits(mine) for p in run.registry.files if (mine := [c for c in wanted if c.workbook == p.name])}
    if not by_file:
        run.say("没有要写入的地方，台账没有改动。")
        return 0
    backup = rewrite(run.workbooks, by_file, run.registry.seen)
    run.say(f"已写入 {len(by_file)} 个工作簿的 {len(wanted)} 处；原件备份在 {backup}。")
    run.say("下一步：打开台账看看，再运行“校验台账”。")
    return 0


def _show(run: Run, changes: list[Change], report: Path) -> None:
    from rich.markup import escape
    from rich.table import Table

    from jinguo.amend.unknown_words import SHEET, unknown_values

    values = run.registry.once(unknown_values)
    if values:
        count = sum(len(v.cells) for v in values)
        run.say(
            f"有 {len(values)} 种写法（{count} 处）不在可选范围内：在 {report} 的“{SHEET}”表里填“全部改为”，保存后再写入，一次改完。"
        )
    if not changes:
        run.say("没有要规范的地方。" if not values else "别的没有要规范的地方。")
        return
    table = Table(title="规范台账计划（还没有写入）", title_justify="left")
    for head in ("位置", "栏目", "改什么", "原来", "改为"):
        table.add_column(head, overflow="fold")
    for c in changes[:_MOST_SHOWN]:
        note = c.kind if c.applies else f"{c.kind}，只提示"
        table.add_row(*(escape(t) for t in (f"{c.workbook} › {c.sheet} › {c.cell}", c.header, note, c.old, c.shown())))
    run.console.print(table)
    if len(changes) > _MOST_SHOWN:
        run.say(f"……还有 {len(changes) - _MOST_SHOWN} 处，见计划。")
    kinds = Counter(c.kind for c in changes)
    run.say("合计：" + "，".join(f"{kind} {count} 处" for kind, count in kinds.items()))
    if not any(c.applies for c in changes):
        run.say(
            f"这些都只是提示，不会写入。下一步：打开 {report} 核对，要改的请直接在台账里改；不是 .xlsx 的，先另存为 .xlsx。"
        )
        return
    run.say(
        f"下一步：打开 {report} 核对，不要写入的把“写入”改成“否”；同意后再双击“规范台账.bat”回答“是”，或加 --write 再运行一次。"
    )
