"""The plan of `fix`: what would be changed now, as a workbook for staff, and what they decided about each line of
it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinguo.amend.apply import formula_cells, rich_cells
from jinguo.amend.edits import Change
from jinguo.amend.normalise import plan_fixes
from jinguo.amend.unknown_words import Value, values_sheet
from jinguo.common.errors import JinguoError
from jinguo.common.writing import file_digest
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.reading.sniff import Kind, sniff
from jinguo.excel.writing.report import Sheet, write_report
from jinguo.registry.tables import Registry
from jinguo.schema.cells import clean

_HEADER = ["工作簿", "工作表", "位置", "栏目", "改什么", "原来", "改为", "写入"]
_NOTE = "不要写入的，把“写入”改成“否”，或删去那一行，保存后再写入；想改成别的，请直接在台账里改。“只提示”的不会写入。"
YES = "是"
_YES = (YES, "√", "✓", "Y", "y")

#: A cell of a workbook: file, sheet, address.
Place = tuple[str, str, str]


def current_plan(registry: Registry) -> list[Change]:
    """The changes of the registry as it is now; cells with formulas are left out, and what cannot be changed without
    a loss is only proposed."""
    changes = plan_fixes(registry)
    touched = {c.workbook for c in changes}
    patchable = {p.name: p for p in registry.files if p.name in touched and sniff(p) is Kind.OOXML}
    formulas = {name: formula_cells(p) for name, p in patchable.items()}
    rich = {name: rich_cells(p) for name, p in patchable.items()}
    plan = []
    for change in changes:
        place = change.sheet, change.cell
        if place in formulas.get(change.workbook, ()):
            continue
        why = (
            "先另存为 .xlsx"
            if change.workbook not in patchable
            else "有的字带格式，请自己改"
            if place in rich[change.workbook]
            else ""
        )
        plan.append(dataclasses.replace(change, kind=f"{change.kind}（{why}）", applies=False) if why else change)
    return plan


def place_of(change: Change) -> Place:
    """Where a change is, as a plan's workbook says it."""
    return clean(change.workbook), clean(change.sheet), change.cell


def write_plan(changes: Sequence[Change], author: str, values: Sequence[Value] = ()) -> bytes:
    """The workbook of a plan, a line a change; and a line for each word that no list knows, to be decided for all cells."""
    rows = [
        [c.workbook, c.sheet, c.cell, c.header, c.kind, c.old, c.shown(), YES if c.applies else "只提示"]
        for c in changes
    ]
    sheet = Sheet("计划", "规范台账计划", list(_HEADER), rows, [20, 14, 9, 16, 18, 28, 28, 8], note=_NOTE)
    return write_report("规范台账计划", [sheet, *([values_sheet(values)] if values else [])], author)


def dump_plan(registry: Registry, changes: Sequence[Change], report: str) -> dict[str, Any]:
    """What `--write` goes by: the changes, the workbooks they were worked out of, and the name of the plan's
    workbook."""
    return {
        "report": report,
        "workbooks": {path.name: file_digest(path) for path in registry.files},
        "changes": [[c.workbook, c.sheet, c.cell, c.old, c.shown(), c.applies] for c in changes],
    }


def read_plan(path: Path) -> dict[str, Any]:
    """What was dumped; JinguoError where there is none, or its workbook is not there any more."""
    missing = JinguoError("还没有规范计划", str(path), "先不加 --write 运行一次，看过计划再写入。")
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise missing from error
    if (
        not isinstance(plan, dict)
        or not isinstance(plan.get("report"), str)
        or not (path.parent / plan["report"]).is_file()
    ):
        raise missing
    return plan


def refuse_outdated(plan: Mapping[str, Any], registry: Registry, changes: Sequence[Change], path: Path) -> None:
    """JinguoError where the plan that was read is not the one of the workbooks as they are."""
    current = dump_plan(registry, changes, plan["report"])
    if plan["workbooks"] != current["workbooks"]:
        raise JinguoError(
            "台账在列出计划以后改过了，没有写入", str(registry.folder), "再运行一次“规范台账”，看过新的计划再写。"
        )
    # As JSON has it: a plan that was read holds lists and no tuples.
    if plan != json.loads(json.dumps(current)):
        raise JinguoError("计划与台账对不上，没有写入", str(path), "再运行一次“规范台账”，看过新的计划再写。")


class Decisions(NamedTuple):
    """What staff decided about a plan: the changes wanted, those whose 改为 was altered, how many are not wanted, and how
    many of those only proposed were set to be written."""

    wanted: list[Change]
    altered: list[Change]
    unwanted: int
    hints: int


def decisions(changes: Sequence[Change], path: Path) -> Decisions:
    """Each change as the plan's workbook now says of it."""
    decided = read_decisions(path)
    planned = [c for c in changes if c.applies]
    wanted = [c for c in planned if decided.get(place_of(c)) == (clean(c.shown()), True)]
    altered = [c for c in planned if decided.get(place_of(c), ("", False))[0] not in ("", clean(c.shown()))]
    hints = sum(not c.applies and decided.get(place_of(c), ("", False))[1] for c in changes)
    return Decisions(wanted, altered, len(planned) - len(wanted) - len(altered), hints)


def read_decisions(path: Path) -> dict[Place, tuple[str, bool]]:
    """What a plan's workbook now says about each cell: (what it shall become, whether to write it).

    Raises JinguoError where it cannot be read, or its header is not there any more.
    """
    for sheet in read_workbook(path):
        rows = [list(map(clean, row)) for row in sheet.rows]
        start = next((i for i, row in enumerate(rows) if set(_HEADER) <= set(row)), None)
        if start is not None:
            book, name, cell, new, write = (
                rows[start].index(title) for title in ("工作簿", "工作表", "位置", "改为", "写入")
            )
            return {
                (row[book], row[name], row[cell]): (row[new], row[write] in _YES)
                for row in rows[start + 1 :]
                if row[cell]
            }
    raise JinguoError("计划的表头改过了，认不出来，没有写入", path.name, "再运行一次“规范台账”，按新的计划再写。")
