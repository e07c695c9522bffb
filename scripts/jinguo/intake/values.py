"""One typed column out of its raw values: each distinct value parsed once, and what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from jinguo.common.findings import Finding
from jinguo.excel.raw import NOT_WORKED_OUT
from jinguo.intake.problem_findings import cell_finding
from jinguo.registry.tables import Table
from jinguo.schema.cells import ERROR_VALUES, clean, is_blank, is_number
from jinguo.schema.codes import Key, Reference
from jinguo.schema.dates import SERIALS
from jinguo.schema.model import Field
from jinguo.schema.problems import CELL_ERROR, REQUIRED, TOO_LONG, Parsed, Parser, Problem


def parse_column(table: Table, f: Field, parse: Parser, errors: Mapping[int, str]) -> list[Finding]:
    """Fill one typed column; each distinct raw value is parsed once."""
    raws = table.raw[f.name]
    keys, distinct = raws, {raw: raw for raw in dict.fromkeys(raws)}
    # True is 1 to a dictionary, so each type has its own keys where a column holds booleans or whole numbers.
    if set(map(type, distinct)) != {str} and {bool, int} & set(map(type, raws)):
        keys = list(zip(map(type, raws), raws, strict=True))
        distinct = dict(zip(keys, raws, strict=True))
    stands, longest = f.type.stands, f.type.longest or sys.maxsize
    parsed = {
        key: _parse_one(f, parse, raw)
        for key, raw in distinct.items()
        if not (type(raw) is str and stands(raw) and len(raw) <= longest)
    }
    values = {key: result.value for key, result in parsed.items()}
    table.columns[f.name] = list(map(values.get, keys, raws)) if parsed else list(raws)
    wrong = {key for key, result in parsed.items() if result.problem}
    findings = []
    for i in sorted({i for i, key in enumerate(keys) if key in wrong} | set(errors)) if wrong or errors else ():
        problem = _blank_problem(f, errors[i]) if i in errors else parsed[keys[i]].problem
        assert problem is not None
        if table.columns[f.name][i] is None:
            table.unreadable.add((f.name, i))
        if i not in errors and raws[i] != "" and table.cell(i, f.name) in table.block(i).borrowed:
            # Told once, at the cell where it can be seen.
            continue
        findings.append(cell_finding(table, i, f, problem, errors.get(i)))
    return findings


def _parse_one(f: Field, parse: Parser, raw: Any) -> Parsed:
    """A value by its type; what is blank, or as good as blank, is a problem only where the column must be filled."""
    if type(raw) is str and "#" in raw and clean(raw) in ERROR_VALUES:
        return Parsed(None, _blank_problem(f, clean(raw)))
    if type(raw) is str and len(raw) > (f.type.longest or sys.maxsize):
        return Parsed(None, Problem(TOO_LONG, f"“{f.header}”里有 {len(raw)} 个字", ""))
    if not is_blank(raw):
        parsed = parse(raw)
        if parsed.value is not None or parsed.problem is not None:
            return parsed
    return Parsed(None, _blank_problem(f, None))


def _blank_problem(f: Field, error: str | None) -> Problem | None:
    if error == NOT_WORKED_OUT:
        return Problem(
            CELL_ERROR, f"“{f.header}”里的公式还没有算出结果", "用 Excel 或 WPS 打开这个工作簿，保存一次；或直接填上值"
        )
    if error:
        return Problem(CELL_ERROR, f"“{f.header}”里是公式错误 {error}", "请改正公式，或直接填上值")
    if f.required:
        # A number of somebody else's as an example would be taken for the one to write.
        shown = f.example and not isinstance(f.type, Reference | Key)
        example = f"，例如：{f.example}" if shown else ""
        return Problem(REQUIRED, f"“{f.header}”没有填", f"请补上{example}")
    return None


def counted_from_1904(parse: Parser, days_off: int) -> Parser:
    """A parser for a workbook in which a bare number means a day so many days later."""

    def shifted(raw: Any) -> Parsed:
        if not is_number(raw) or int(raw + days_off) not in SERIALS:
            return parse(raw)
        parsed = parse(raw + days_off)
        problem = parsed.problem
        return Parsed(
            parsed.value, problem and problem._replace(what=problem.what.replace(clean(raw + days_off), clean(raw)))
        )

    return shifted
