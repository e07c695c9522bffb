"""Sheets in which nothing is left: what refers to them means nothing, and nobody can tell it from what never was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from jinguo.common.findings import Finding, Severity, finding
from jinguo.registry.tables import Table
from jinguo.schema.codes import Reference
from jinguo.schema.problems import EMPTY_TABLE

_NAMED = 4
#: A batch without any of these is judged by nothing.
_OF_BATCHES = ("candidates", "requirements", "weights", "opinions")


def empty_tables(tables: Mapping[str, Table], own: Set[str] = frozenset()) -> list[Finding]:
    """An error for each empty sheet that rows of other tables refer to; a hint for each workbook that has other empty sheets
    beside filled ones. The workbooks `own` are the office's own registers, which name what they mean: of a sheet of ours
    that a new 设置.xlsx brings they lack nothing."""
    # What is done with is noted when there is something; until then the sheet is empty.
    empty = [t for t in tables.values() if t.present and not len(t) and t.spec.name != "done"]
    findings = []
    for table in empty:
        others = [t for t in tables.values() if not len(t) or not own or not set(t.workbooks()) <= own]
        users = {t.spec.sheet: count for t in others if (count := _references(t, table.spec.name))}
        if users:
            named = "、".join(f"“{sheet}” {count} 行" for sheet, count in list(users.items())[:_NAMED])
            what = f"“{table.spec.sheet}”表是空的，可是 {named}引用了它，说的是谁对不上"
            place = (table.workbook, table.sheet, "")
            findings.append(finding(EMPTY_TABLE, place, "", what, "从备份里找回这张表的内容", Severity.ERROR))
    told = {f.sheet for f in findings}
    for workbook in dict.fromkeys(table.workbook for table in empty):
        if any(len(table) and workbook in table.workbooks() for table in tables.values()):
            mine = [t for t in empty if t.workbook == workbook and t.sheet not in told]
            needed = [t for t in mine if t.spec.name in _OF_BATCHES and len(tables["batches"])]
            findings += _of_workbook(workbook, needed, Severity.WARNING)
            findings += _of_workbook(workbook, [t for t in mine if t not in needed])
    return findings


def _of_workbook(workbook: str, empty: list[Table], severity: Severity | None = None) -> Iterable[Finding]:
    if empty:
        named = "”“".join(table.sheet for table in empty)
        yield finding(EMPTY_TABLE, (workbook, "", ""), "", f"“{named}”{len(empty)} 张表是空的", severity=severity)


def _references(table: Table, name: str) -> int:
    """How many rows of a table refer to another."""
    fields = [
        f.name
        for f in table.spec.fields
        if isinstance(f.type, Reference) and f.type.table == name and f.name in table.raw
    ]
    return sum(any(table.shown(i, f) for f in fields) for i in range(len(table))) if fields else 0
