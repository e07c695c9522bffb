"""From a raw sheet to a typed table: find the header, match the columns, parse every cell once per distinct value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from jinguo.addresses import column_letter
from jinguo.excel.left_out import NOT_WORKED_OUT
from jinguo.excel.read import RawSheet
from jinguo.findings import Finding, Severity
from jinguo.nearest import nearest
from jinguo.registry import Table
from jinguo.schema.cells import (
    CELL_ERROR,
    ERROR_VALUES,
    REQUIRED,
    CellRule,
    Parsed,
    Parser,
    Problem,
    clean,
    is_blank,
    is_number,
)
from jinguo.schema.header import Header, find_header, nearly_header, side_by_side
from jinguo.schema.layout import MERGED, SKIPPED, fill_merged, gap_problem, hidden_problem, rows_to_skip
from jinguo.schema.model import Field, TableSpec, header_key
from jinguo.schema.types import tidy_name

NO_HEADER = CellRule(
    "REG-007", Severity.ERROR, "表里要有一行表头，写着各栏的名称",
    why="没有表头，就不知道每一栏是什么",
    remedy="在内容上面加一行表头",
)  # fmt: skip
MISSING_COLUMN = CellRule(
    "REG-003", Severity.ERROR, "必填的栏目要有一列",
    why="没有这一栏，表里的每一行都不完整",
    remedy="在表头加上这一栏，或改正写错的栏目名称",
)  # fmt: skip
MISSPELT_COLUMN = CellRule(
    "REG-004", Severity.WARNING, "栏目名称要与《字段字典》一致，程序才认得",
    why="名称不对，这一栏就读不到",
    remedy="改成《字段字典》里的名称",
)  # fmt: skip
SIDE_BY_SIDE = CellRule(
    "REG-015", Severity.HINT, "一张表只有一份表头，内容往下接着填",
    why="并排的两份，排序、筛选时会弄乱",
    remedy="把右边的接到左边的下面",
)  # fmt: skip
DUPLICATE_COLUMN = CellRule(
    "REG-005", Severity.WARNING, "同一栏目只能有一列",
    why="两栏内容不同就不知道用哪一栏",
    remedy="合并两栏，或把一栏改成别的名称",
)  # fmt: skip

#: What is less may be a year or a month such as 2019.8, and is no day number.
_FIRST_SERIAL = 10000


def make_table(sheet: RawSheet, spec: TableSpec, vocabularies: Mapping[str, Sequence[str]]) -> tuple[Table, list[Finding]]:
    """The typed table of a sheet, and everything wrong with its columns and single cells."""
    table = Table(spec, sheet.workbook, sheet.name)
    header = find_header(sheet.rows, spec, sheet.merged)
    if header is None:
        table.columns = {f.name: [] for f in spec.fields}
        if not any(not is_blank(v) for row in sheet.rows for v in row):
            return table, []
        return table, [_no_header(table, sheet)]
    blocks = side_by_side(header, spec)
    if len(blocks) == 1:
        return table, _read_block(table, sheet, header, vocabularies)
    findings = []
    for block in blocks:
        part = Table(spec, sheet.workbook, sheet.name)
        findings += _read_block(part, _only_columns(sheet, block), block, vocabularies)
        table.append(part)
    problem = Problem(SIDE_BY_SIDE, f"左右并排放了 {len(blocks)} 份，已上下接起来读", "最好改成一份，往下接着填")
    return table, [*dict.fromkeys(findings), _sheet_finding(table, f"A{header.row + 1}", "", problem)]


def _no_header(table: Table, sheet: RawSheet) -> Finding:
    """That there is no header; with the row that was perhaps meant as one, and what its titles should be."""
    row, near = nearly_header(sheet.rows, table.spec)
    if near:
        told = "、".join(f"“{title}”改为“{name}”" for title, name in near.items())
        return _sheet_finding(table, f"A{row + 1}", "", Problem(NO_HEADER, f"第 {row + 1} 行像表头，可是没有一个栏目名称写得对", f"请把{told}"))
    expected = "、".join(f.header for f in table.spec.fields[:5])
    return _sheet_finding(table, "", "", Problem(NO_HEADER, "没有找到表头", f"请在数据上方写一行栏目名称：{expected}……"))


def _only_columns(sheet: RawSheet, block: Header) -> RawSheet:
    """The sheet with nothing in it but the columns of one of several blocks."""
    titled = [c for c, title in enumerate(block.titles) if title]
    first, last = titled[0], titled[-1]
    return replace(sheet, rows=[["" if not first <= c <= last else value for c, value in enumerate(row)] for row in sheet.rows])


def _read_block(table: Table, sheet: RawSheet, header: Header, vocabularies: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Fill a table from the columns a header names; everything wrong with them."""
    spec = table.spec
    places, own, findings = _match_columns(table, header)
    kept, body, notes = _body(table, sheet, header.row + 1, places, header.titles)
    findings += notes
    table.rows = list(_shifted(kept, 1))
    table.extra = {name: list(map(itemgetter(c), body)) for name, c in own.items()}
    table.extra_letters = {name: column_letter(c) for name, c in own.items()}
    for f in spec.fields:
        column = places.get(f.name)
        if column is None:
            table.columns[f.name] = [None] * len(kept)
            continue
        table.raw[f.name] = list(map(itemgetter(column), body))
        errors = {i: sheet.errors[row, column] for i, row in enumerate(kept) if (row, column) in sheet.errors} if sheet.errors else {}
        parse = f.type.parser(vocabularies)
        findings += _parse_column(table, f, _counted_from_1904(parse, sheet.days_off) if sheet.days_off and f.type.reads_days else parse, errors)
    return findings


def _counted_from_1904(parse: Parser, days_off: int) -> Parser:
    """A parser for a workbook in which a bare number means a day so many days later."""

    def shifted(raw: Any) -> Parsed:
        if not is_number(raw) or raw < _FIRST_SERIAL:
            return parse(raw)
        parsed = parse(raw + days_off)
        problem = parsed.problem
        return Parsed(parsed.value, problem and problem._replace(what=problem.what.replace(clean(raw + days_off), clean(raw))))

    return shifted


def _body(
    table: Table, sheet: RawSheet, start: int, places: Mapping[str, int], titles: Sequence[str]
) -> tuple[Sequence[int], Sequence[Sequence[Any]], list[Finding]]:
    """The indices and the values of the rows of data, and a word about what was filled, passed over or hidden."""
    columns = list(places.values())
    rows, merged = fill_merged(sheet, start, columns)
    table.borrowed = {
        f"{column_letter(c)}{row + 1}"
        for top, left, bottom, right in sheet.merged
        if bottom >= start
        for c in columns
        if left <= c <= right
        for row in range(top, min(bottom, len(rows) - 1) + 1)
        if (row, c) != (top, left)
    }
    below = _even(rows[start:], len(titles))
    kept = _rows_with_data(below, columns, _rows_with_errors(sheet, start, columns))
    required = [places[f.name] for f in table.spec.fields if f.required and f.name in places]
    key = places.get(table.spec.key)
    spread = {top - start for top, left, _, right in sheet.merged if right > left}
    skipped = rows_to_skip(below, kept, required, key, titles, spread)
    if skipped:
        kept = [i for i in kept if i not in skipped]
    notes = [_note(table, start + i, columns[0], Problem(SKIPPED, f"第 {start + i + 1} 行是{r}，没有当作数据", "是数据的话，请改第一格")) for i, r in skipped.items()]
    notes += [
        _note(table, top, c, Problem(MERGED, f"第 {top + 1}～{bottom + 1} 行合并着，每一行都按合并的内容读", "最好取消合并，每行都填上"))
        for top, bottom, c in merged
        if top - start not in skipped
    ]
    gap = gap_problem(_shifted(kept, start))
    if gap:
        notes.append(_note(table, gap[0], columns[0], gap[1]))
    hidden = hidden_problem(sheet.hidden)
    if hidden:
        notes.append(_sheet_finding(table, "", "", hidden))
    return _shifted(kept, start), below if len(kept) == len(below) else [below[i] for i in kept], notes


def _rows_with_errors(sheet: RawSheet, start: int, columns: Sequence[int]) -> set[int]:
    """The rows, from `start`, that have an error in these columns. Formulas filled down in advance, which have no result
    yet, make a row only where all of the columns are formulas."""
    waiting = Counter(row for (row, c), error in sheet.errors.items() if c in columns and error == NOT_WORKED_OUT)
    found = {row for (row, c), error in sheet.errors.items() if c in columns and error != NOT_WORKED_OUT}
    return {row - start for row in found | {row for row, count in waiting.items() if count == len(columns)}}


def _shifted(numbers: Sequence[int], by: int) -> Sequence[int]:
    """Each number and so many more; the rows of a long table are mostly one range, and stay one."""
    return range(numbers.start + by, numbers.stop + by) if isinstance(numbers, range) else [number + by for number in numbers]


def _note(table: Table, row: int, column: int, problem: Problem) -> Finding:
    return _sheet_finding(table, f"{column_letter(column)}{row + 1}", "", problem)


def _even(rows: Sequence[Sequence[Any]], width: int) -> Sequence[Sequence[Any]]:
    """The rows, each at least so wide; calamine gives them so, a list in a test may not."""
    if min(map(len, rows), default=width) >= width:
        return rows
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _rows_with_data(rows: Sequence[Sequence[Any]], places: Sequence[int], with_errors: set[int]) -> Sequence[int]:
    """Which rows have any column of the table filled; a row with nothing but 序号 is no row."""
    # The first column is nearly always filled, so each of its distinct values is looked at, and the rows only in doubt.
    firsts = list(map(itemgetter(places[0] if places else 0), rows))
    blank = {value for value in set(firsts) if is_blank(value)} if places else set(firsts)
    if not blank:
        return range(len(rows))
    return [
        index
        for index, value in enumerate(firsts)
        if value not in blank or index in with_errors or any(not is_blank(rows[index][c]) for c in places)
    ]


def _match_columns(table: Table, header: Header) -> tuple[dict[str, int], dict[str, int], list[Finding]]:
    """Where each field stands, where the sheet's own columns stand, and what is wrong with the header."""
    spec = table.spec
    places: dict[str, int] = {}
    own: dict[str, int] = {}
    findings = []
    row = header.row
    titles = list(enumerate(header.titles))
    exact = {header_key(f.header): f for f in spec.fields}
    # A column under its own name comes before one under an alias: 编号 | 组织编号 are a serial and the key.
    named = {c: exact[header_key(t)] for c, t in reversed(titles) if header_key(t) in exact}
    taken = {f.name for f in named.values()}
    for column, title in titles:
        if not title:
            continue
        f = named.get(column) or spec.by_header.get(header_key(title))
        if f is not None and f.name in taken and f.name not in places and column not in named:
            own.setdefault(title, column)
            continue
        if f is None:
            own.setdefault(title, column)
        elif f.name in places:
            first = f"{table.letters[f.name]}{row + 1}"
            what = f"“{title}”与 {first} 是同一栏目“{f.header}”，只用了前一列"
            problem = Problem(DUPLICATE_COLUMN, what, "请合并两列，或把其中一列改成别的名称")
            findings.append(_sheet_finding(table, f"{column_letter(column)}{row + 1}", title, problem))
        else:
            places[f.name] = column
            table.letters[f.name] = column_letter(column)
    # 姓名（英文） beside 姓名 is the office's own; alone, a name with a note behind it is that name.
    for title, column in list(own.items()):
        f = spec.field_of(title)
        if f is not None and f.name not in places:
            places[f.name] = column
            table.letters[f.name] = column_letter(column)
            del own[title]
    findings += _missing_columns(table, places, own, row)
    return places, own, findings


def _missing_columns(table: Table, places: Mapping[str, int], own: Mapping[str, int], row: int) -> list[Finding]:
    missing = [f for f in table.spec.fields if f.name not in places]
    findings = []
    guessed: dict[str, str] = {}
    for title in own:
        guess = nearest(title, [f.header for f in missing], at_least=70)
        if guess:
            guessed.setdefault(guess, title)
    for f in missing:
        near = guessed.get(f.header, "")
        cell = f"{column_letter(own[near])}{row + 1}" if near else ""
        if f.required:
            remedy = f"请把 {cell} 的“{near}”改为“{f.header}”" if near else f"请在表头加一列“{f.header}”"
            findings.append(_sheet_finding(table, cell, near, Problem(MISSING_COLUMN, f"没有“{f.header}”这一栏", remedy)))
        elif near:
            problem = Problem(MISSPELT_COLUMN, f"栏目“{near}”不认识，是不是“{f.header}”？", f"是的话请改为“{f.header}”；不是就不必理会")
            findings.append(_sheet_finding(table, cell, near, problem))
    return findings


def _parse_column(table: Table, f: Field, parse: Parser, errors: Mapping[int, str]) -> list[Finding]:
    """Fill one typed column; each distinct raw value is parsed once."""
    raws = table.raw[f.name]
    keys, distinct = raws, {raw: raw for raw in dict.fromkeys(raws)}
    # True is 1 to a dictionary, so each type has its own keys where a column holds booleans or whole numbers.
    if set(map(type, distinct)) != {str} and {bool, int} & set(map(type, raws)):
        keys = list(zip(map(type, raws), raws, strict=True))
        distinct = dict(zip(keys, raws, strict=True))
    stands = f.type.stands
    parsed = {key: _parse_one(f, parse, raw) for key, raw in distinct.items() if not (type(raw) is str and stands(raw))}
    values = {key: result.value for key, result in parsed.items()}
    table.columns[f.name] = list(map(values.get, keys, raws)) if parsed else list(raws)
    wrong = {key for key, result in parsed.items() if result.problem}
    findings = []
    for i in sorted({i for i, key in enumerate(keys) if key in wrong} | set(errors)) if wrong or errors else ():
        problem = _blank_problem(f, errors[i]) if i in errors else parsed[keys[i]].problem
        assert problem is not None
        if table.columns[f.name][i] is None:
            table.unreadable.add((f.name, i))
        if i not in errors and raws[i] != "" and table.cell(i, f.name) in table.borrowed:
            # Told once, at the cell where it can be seen.
            continue
        findings.append(cell_finding(table, i, f, problem, errors.get(i)))
    return findings


def _parse_one(f: Field, parse: Parser, raw: Any) -> Parsed:
    """A value by its type; what is blank, or as good as blank, is a problem only where the column must be filled."""
    if type(raw) is str and "#" in raw and clean(raw) in ERROR_VALUES:
        return Parsed(None, _blank_problem(f, clean(raw)))
    if not is_blank(raw):
        parsed = parse(raw)
        if parsed.value is not None or parsed.problem is not None:
            return parsed
    return Parsed(None, _blank_problem(f, None))


def _blank_problem(f: Field, error: str | None) -> Problem | None:
    if error == NOT_WORKED_OUT:
        return Problem(CELL_ERROR, f"“{f.header}”里的公式还没有算出结果", "用 Excel 或 WPS 打开这个工作簿，保存一次；或直接填上值")
    if error:
        return Problem(CELL_ERROR, f"“{f.header}”里是公式错误 {error}", "请改正公式，或直接填上值")
    if f.required:
        example = f"，例如：{f.example}" if f.example else ""
        return Problem(REQUIRED, f"“{f.header}”没有填", f"请补上{example}")
    return None


def cell_finding(table: Table, index: int, f: Field, problem: Problem, shown: str | None = None) -> Finding:
    """A problem of one cell as a finding; the row's own name is said, so that the clerk need not look it up."""
    who = _row_name(table, index, f)
    told = problem.what.startswith(f"“{f.header}”")
    said = f"填的{problem.what}" if problem.what.startswith("“") and not told else problem.what
    what = said if f"“{f.header}”" in said else f"“{f.header}”{said}"
    return Finding(
        problem.rule.code,
        problem.rule.severity,
        table.workbook,
        table.sheet,
        table.cell(index, f.name),
        shown or table.shown(index, f.name),
        f"{who}{what}。规定：{problem.rule.title}。",
        f"{problem.remedy}。",
    )


def _row_name(table: Table, index: int, f: Field) -> str:
    display = table.spec.display or "name"
    if display == f.name or not table.raw.get(display):
        return ""
    name = tidy_name(table.shown(index, display))
    return f"{name}的" if name and name not in ERROR_VALUES else ""


def _sheet_finding(table: Table, cell: str, value: str, problem: Problem) -> Finding:
    message = f"{problem.what.rstrip('？')}{'？' if problem.what.endswith('？') else '。'}规定：{problem.rule.title}。"
    return Finding(problem.rule.code, problem.rule.severity, table.workbook, table.sheet, cell, value, message, f"{problem.remedy}。")
