"""From a raw sheet to a typed table: find the header, match the columns, take the rows, parse the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from jinguo.common.findings import Finding
from jinguo.excel.raw import RawSheet
from jinguo.intake.columns import match_columns
from jinguo.intake.header import Header, find_header, nearly_header, side_by_side
from jinguo.intake.problem_findings import sheet_finding
from jinguo.intake.rows import rows_of_data
from jinguo.intake.values import counted_from_1904, parse_column
from jinguo.registry.joining import joined
from jinguo.registry.tables import Block, Table
from jinguo.schema.cells import is_blank
from jinguo.schema.model import TableSpec
from jinguo.schema.problems import NO_HEADER, SIDE_BY_SIDE, Problem


def make_table(
    sheet: RawSheet, spec: TableSpec, vocabularies: Mapping[str, Sequence[str]]
) -> tuple[Table, list[Finding]]:
    """The typed table of a sheet, and everything wrong with its columns and single cells."""
    block = Block(sheet.workbook, sheet.name)
    header = find_header(sheet.rows, spec, sheet.merged)
    if header is None:
        table = Table(spec, columns={f.name: [] for f in spec.fields}, blocks=[block], stops=[0])
        if not any(not is_blank(v) for row in sheet.rows for v in row):
            return table, []
        return table, [_no_header(spec, block, sheet)]
    copies = side_by_side(header, spec)
    if len(copies) == 1:
        return _read_block(spec, sheet, header, vocabularies)
    parts = [_read_block(spec, _only_columns(sheet, copy), copy, vocabularies) for copy in copies]
    problem = Problem(SIDE_BY_SIDE, f"左右并排放了 {len(copies)} 份，已上下接起来读", "最好改成一份，往下接着填")
    findings = [
        *dict.fromkeys(finding for _, found in parts for finding in found),
        sheet_finding(block, f"A{header.row + 1}", "", problem),
    ]
    return joined([table for table, _ in parts]), findings


def _no_header(spec: TableSpec, block: Block, sheet: RawSheet) -> Finding:
    """That there is no header; with the row that was perhaps meant as one, and what its titles should be."""
    row, near = nearly_header(sheet.rows, spec)
    if near:
        told = "、".join(f"“{title}”改为“{name}”" for title, name in near.items())
        return sheet_finding(
            block,
            f"A{row + 1}",
            "",
            Problem(NO_HEADER, f"第 {row + 1} 行像表头，可是没有一个栏目名称写得对", f"请把{told}"),
        )
    expected = "、".join(f.header for f in spec.fields[:5])
    return sheet_finding(block, "", "", Problem(NO_HEADER, "没有找到表头", f"请在数据上方写一行栏目名称：{expected}……"))


def _only_columns(sheet: RawSheet, block: Header) -> RawSheet:
    """The sheet with nothing in it but the columns of one of several blocks."""
    titled = [c for c, title in enumerate(block.titles) if title]
    first, last = titled[0], titled[-1]
    return replace(
        sheet, rows=[["" if not first <= c <= last else value for c, value in enumerate(row)] for row in sheet.rows]
    )


def _read_block(
    spec: TableSpec, sheet: RawSheet, header: Header, vocabularies: Mapping[str, Sequence[str]]
) -> tuple[Table, list[Finding]]:
    """The table of the columns that a header names; everything wrong with them."""
    block = Block(sheet.workbook, sheet.name, header=header.row + 1)
    places, own, findings = match_columns(spec, block, header, sheet.rows[header.row + 1 :], vocabularies)
    kept, body, notes = rows_of_data(spec, block, sheet, header.row + 1, places, header.titles)
    findings += notes
    table = Table(spec, [index + 1 for index in kept], blocks=[block], stops=[len(kept)])
    table.extra = {name: list(map(itemgetter(c), body)) for name, c in own.items()}
    for f in spec.fields:
        column = places.get(f.name)
        if column is None:
            table.columns[f.name] = [None] * len(kept)
            continue
        table.raw[f.name] = list(map(itemgetter(column), body))
        errors = (
            {i: sheet.errors[row, column] for i, row in enumerate(kept) if (row, column) in sheet.errors}
            if sheet.errors
            else {}
        )
        parse = f.type.parser(vocabularies)
        findings += parse_column(
            table,
            f,
            counted_from_1904(parse, sheet.days_off) if sheet.days_off and f.type.reads_days else parse,
            errors,
        )
    return table, findings
