"""`jinguo fix`: safe normalisations as a plan; `--write` applies exactly that plan, after a backup."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError
from jinguo.common.output import file_digest, write_file
from jinguo.schema.cells import clean

if TYPE_CHECKING:
    from jinguo.amend.normalise import Change

_FOLDER, _PLAN, _REPORT = "规范", "规范计划.json", "规范计划.xlsx"
_MOST_SHOWN = 20


@click.command(options_metavar="[选项]")
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
    """Work out the plan, and write it as a workbook for staff, whose path is returned too, and as what `--write` goes by."""
    from jinguo.amend.plan import write_plan

    changes = current_plan(run)
    with run.output("fix") as output:
        report = output.write(_FOLDER, _REPORT, write_plan(changes, run.author))
        output.clear(f"{_FOLDER}/")
    # No file for staff, so there is nothing of theirs to keep.
    write_file(run.output_folder / _FOLDER / _PLAN, _dump(run, changes, report.name))
    return changes, report


def current_plan(run: Run) -> list[Change]:
    """The changes of the registry as it is now; cells with formulas are left out."""
    from jinguo.amend.apply import formula_cells, rich_cells
    from jinguo.amend.normalise import plan_fixes
    from jinguo.excel.reading.sniff import Kind, sniff

    changes = plan_fixes(run.registry)
    touched = {c.workbook for c in changes}
    patchable = {p.name: p for p in run.registry.files if p.name in touched and sniff(p) is Kind.OOXML}
    formulas = {name: formula_cells(p) for name, p in patchable.items()}
    rich = {name: rich_cells(p) for name, p in patchable.items()}
    plan = []
    for change in changes:
        place = change.sheet, change.cell
        if place in formulas.get(change.workbook, ()):
            continue
        # What cannot be changed without a loss is only proposed.
        why = "先另存为 .xlsx" if change.workbook not in patchable else "有的字带格式，请自己改" if place in rich[change.workbook] else ""
        plan.append(dataclasses.replace(change, kind=f"{change.kind}（{why}）", applies=False) if why else change)
    return plan


def _dump(run: Run, changes: list[Change], report: str) -> bytes:
    plan: dict[str, Any] = {
        "report": report,
        "workbooks": {path.name: file_digest(path) for path in run.registry.files},
        "changes": [[c.workbook, c.sheet, c.cell, c.old, c.shown(), c.applies] for c in changes],
    }
    return json.dumps(plan, ensure_ascii=False, indent=1).encode("utf-8")


def _write(run: Run) -> int:
    from jinguo.amend.plan import place_of, read_decisions
    from jinguo.amend.rewrite import rewrite

    plan = _read_plan(run)
    report = run.output_folder / _FOLDER / plan["report"]
    decided = read_decisions(report)
    changes = current_plan(run)
    if plan["workbooks"] != {path.name: file_digest(path) for path in run.registry.files}:
        raise JinguoError("台账在列出计划以后改过了，没有写入", str(run.workbooks), "再运行一次“规范台账”，看过新的计划再写。")
    if plan != json.loads(_dump(run, changes, plan["report"])):
        raise JinguoError("计划与台账对不上，没有写入", run.shown(f"{_FOLDER}/{_PLAN}"), "再运行一次“规范台账”，看过新的计划再写。")
    planned = [c for c in changes if c.applies]
    wanted = [c for c in planned if decided.get(place_of(c)) == (clean(c.shown()), True)]
    altered = [c for c in planned if decided.get(place_of(c), ("", False))[0] not in ("", clean(c.shown()))]
    for c in altered:
        run.say(f"计划里 {c.workbook} › {c.sheet} › {c.cell} 的“改为”被改过，没有写入；想改成别的，请直接在台账里改。", "yellow")
    left_out = len(planned) - len(wanted) - len(altered)
    if left_out:
        run.say(f"计划里改成不写或删去的 {left_out} 处没有写入。")
    hints = sum(not c.applies and decided.get(place_of(c), ("", False))[1] for c in changes)
    if hints:
        run.say(f"“只提示”的 {hints} 处拿不准，改成“是”也不会写入；请直接在台账里改。", "yellow")
    files = [p for p in run.registry.files if any(c.workbook == p.name for c in wanted)]
    if not files:
        run.say("没有要写入的地方，台账没有改动。")
        return 0
    backup = rewrite(run.workbooks, {path: [c for c in wanted if c.workbook == path.name] for path in files})
    run.say(f"已写入 {len(files)} 个工作簿的 {len(wanted)} 处；原件备份在 {backup}。")
    run.say("下一步：打开台账看看，再运行“校验台账”。")
    return 0


def _read_plan(run: Run) -> dict[str, Any]:
    path = run.output_folder / _FOLDER / _PLAN
    missing = JinguoError("还没有规范计划", str(path), "先不加 --write 运行一次，看过计划再写入。")
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise missing from error
    if not isinstance(plan, dict) or not isinstance(plan.get("report"), str) or not (path.parent / plan["report"]).is_file():
        raise missing
    return plan


def _show(run: Run, changes: list[Change], report: Path) -> None:
    from rich.markup import escape
    from rich.table import Table

    if not changes:
        run.say("没有要规范的地方。")
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
        run.say(f"这些都只是提示，不会写入。下一步：打开 {report} 核对，要改的请直接在台账里改；不是 .xlsx 的，先另存为 .xlsx。")
        return
    run.say(f"下一步：打开 {report} 核对，不要写入的把“写入”改成“否”；同意后再双击“规范台账.bat”回答“是”，或加 --write 再运行一次。")
