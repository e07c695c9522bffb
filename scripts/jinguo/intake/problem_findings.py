"""A problem of a cell, a column or a sheet as a finding, in a clerk's words."""

from __future__ import annotations

from jinguo.common.findings import Finding, finding
from jinguo.registry.tables import Block, Table
from jinguo.schema.cells import ERROR_VALUES
from jinguo.schema.model import Field
from jinguo.schema.problems import Problem
from jinguo.schema.types import tidy_name

#: Of a longer name the beginning says who is meant.
_LONGEST_SHOWN = 60


def cell_finding(table: Table, index: int, f: Field, problem: Problem, shown: str | None = None) -> Finding:
    """A problem of one cell as a finding; the row's own name is said, so that the clerk need not look it up."""
    who = _row_name(table, index, f)
    told = problem.what.startswith(f"“{f.header}”")
    said = f"填的{problem.what}" if problem.what.startswith("“") and not told else problem.what
    what = said if f"“{f.header}”" in said else f"“{f.header}”{said}"
    return finding(
        problem.rule, table.address(index, f.name), shown or table.shown(index, f.name), f"{who}{what}", problem.remedy
    )


def _row_name(table: Table, index: int, f: Field) -> str:
    display = table.spec.display or "name"
    if display == f.name or not table.raw.get(display):
        return ""
    name = tidy_name(table.shown(index, display))
    if len(name) > _LONGEST_SHOWN:
        name = f"{name[:_LONGEST_SHOWN]}……"
    return f"{name}的" if name and name not in ERROR_VALUES else ""


def sheet_finding(block: Block, cell: str, value: str, problem: Problem) -> Finding:
    """A problem of a column or of the whole sheet as a finding."""
    return finding(problem.rule, (block.workbook, block.sheet, cell), value, problem.what, problem.remedy)
