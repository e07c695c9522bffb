"""The rows of data below a header: without totals, samples and signatures, with what is merged filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.common.findings import Finding
from jinguo.excel.raw import NOT_WORKED_OUT, RawSheet
from jinguo.intake.layout import DataColumns, fill_merged, gap_problem, hidden_problem, rows_to_skip
from jinguo.intake.problem_findings import sheet_finding
from jinguo.registry.tables import Block
from jinguo.schema.cells import is_blank
from jinguo.schema.model import TableSpec
from jinguo.schema.problems import MERGED, SKIPPED, Problem


def rows_of_data(
    spec: TableSpec, block: Block, sheet: RawSheet, start: int, places: Mapping[str, int], titles: Sequence[str]
) -> tuple[Sequence[int], Sequence[Sequence[Any]], list[Finding]]:
    """The indices and the values of the rows of data, and a word about what was filled, passed over or hidden."""
    columns = list(places.values())
    rows, merged = fill_merged(sheet, start, columns)
    block.borrowed = {
        f"{column_letter(c)}{row + 1}"
        for top, left, bottom, right in sheet.merged
        if bottom >= start
        for c in columns
        if left <= c <= right
        for row in range(top, min(bottom, len(rows) - 1) + 1)
        if (row, c) != (top, left)
    }
    below = _even(rows[start:], len(titles))
    required = [places[f.name] for f in spec.fields if f.required and f.name in places]
    key = places.get(spec.key)
    telling = required if key is None else [key]
    kept = _rows_with_data(below, columns, _rows_with_errors(sheet, start, columns, telling))
    # A name over two columns is no heading; one over half of the table is.
    spread = {top - start for top, left, _, right in sheet.merged if right - left + 1 >= max(3, len(columns) // 2)}
    days = {places[f.name] for f in spec.fields if f.name in places and f.type.reads_days}
    skipped = rows_to_skip(below, kept, DataColumns(required, key, titles, days), spread)
    if skipped:
        kept = [i for i in kept if i not in skipped]
    notes = [
        _note(
            block,
            start + i,
            columns[0],
            Problem(SKIPPED, f"第 {start + i + 1} 行是{r}，没有当作数据", "是数据的话，请改第一格"),
        )
        for i, r in skipped.items()
    ]
    notes += [
        _note(
            block,
            top,
            c,
            Problem(MERGED, f"第 {top + 1}～{bottom + 1} 行合并着，每一行都按合并的内容读", "最好取消合并，每行都填上"),
        )
        for top, bottom, c in merged
        if top - start not in skipped
    ]
    gap = gap_problem(_shifted(sorted([*kept, *skipped]), start))
    if gap:
        notes.append(_note(block, gap[0], columns[0], gap[1]))
    hidden = hidden_problem(sheet.hidden)
    if hidden:
        notes.append(sheet_finding(block, "", "", hidden))
    return _shifted(kept, start), below if len(kept) == len(below) else [below[i] for i in kept], notes


def _rows_with_errors(sheet: RawSheet, start: int, columns: Sequence[int], telling: Sequence[int]) -> set[int]:
    """The rows, from `start`, that have an error in these columns. A formula without a result may have been filled
    down in advance, and makes a row only in the `telling` columns: the key's, or those that must be filled."""
    return {
        row - start
        for (row, c), error in sheet.errors.items()
        if c in (telling if error == NOT_WORKED_OUT else columns)
    }


def _note(block: Block, row: int, column: int, problem: Problem) -> Finding:
    return sheet_finding(block, f"{column_letter(column)}{row + 1}", "", problem)


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


def _shifted(numbers: Sequence[int], by: int) -> Sequence[int]:
    """Each number and so many more; the rows of a long table are mostly one range, and stay one."""
    return (
        range(numbers.start + by, numbers.stop + by)
        if isinstance(numbers, range)
        else [number + by for number in numbers]
    )
