"""What calamine leaves out of a sheet: error values, formulas nobody has worked out, hidden rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from jinguo.common.addresses import column_index
from jinguo.excel.raw import NOT_WORKED_OUT
from jinguo.excel.sheet_spelling import addresses_come_first, rewritten

if TYPE_CHECKING:
    from jinguo.excel.raw import RawSheet

_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)</'
)
#: A formula with nothing behind it, or an empty value.
_FORMULA_ALONE = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\br=")([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>'
)
_CELL_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
#: Excel writes min before max, LibreOffice max before min.
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col (?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")[^>]*\bmax="(\d+)"')
_HEAD_BYTES = 20_000
_PREFIX_BYTES = 200_000


class SheetFeatures(NamedTuple):
    """What calamine does not give of a sheet, places from 0: error values (and NOT_WORKED_OUT) by (row, column), merged
    ranges (top, left, bottom, right), which rows are hidden, which columns (first, last); and how far it reaches, as
    (rows, columns) up to the last filled cell, where that was not known before."""

    errors: dict[tuple[int, int], str]
    merged: list[tuple[int, int, int, int]]
    hidden_rows: list[int]
    hidden_columns: list[tuple[int, int]]
    reach: tuple[int, int] = (0, 0)


def features_of_xml(xml: bytes) -> SheetFeatures:
    """What calamine leaves out of the XML of an Office Open XML worksheet (the merged ranges it gives)."""
    # A look for the bytes first, as the expressions take far longer; and before it for a single letter, which takes no
    # time at all and among the cells of most sheets is not found. Every error value has a # in it
    # (ECMA-376, part 1, 18.17.3).
    start, end = xml.find(b"<", xml.find(b"sheetData") + 1), max(xml.rfind(b"sheetData"), 0)
    errors = {}
    has_errors = xml.find(b"#", start, end) >= 0 and (b't="e"' in xml or b"t='e'" in xml)
    # One for :f where elements have a prefix.
    has_formulas = xml.find(b"f", start, end) >= 0 and (b"<f" in xml or b":f" in xml[:_PREFIX_BYTES])
    if ((has_errors or has_formulas) and not addresses_come_first(xml)) or b" r='" in xml[:_HEAD_BYTES]:
        # Cells without an address, attributes in single quotes: written anew, as Excel writes them.
        xml = rewritten(xml)
    if has_errors:
        errors = {_address(c, r): text.decode() for c, r, text in _ERROR_CELL.findall(xml)}
    if has_formulas:
        errors |= dict.fromkeys(_not_worked_out(xml), NOT_WORKED_OUT)
    rows = (
        [int(row) - 1 for row in _HIDDEN_ROW.findall(xml)]
        if xml.find(b"h", start, end) >= 0 and b' hidden="' in xml
        else []
    )
    return SheetFeatures(
        errors, [], rows, [(int(first) - 1, int(last) - 1) for first, last in _HIDDEN_COLUMN.findall(xml[:_HEAD_BYTES])]
    )


def _not_worked_out(xml: bytes) -> Iterator[tuple[int, int]]:
    """Where a formula has no result, because the workbook was written by a program that does not calculate. One whose
    result is a text of no length (t="str") has one."""
    for attributes, value in _FORMULA_ALONE.findall(xml):
        address = _CELL_ADDRESS.search(attributes)
        if address and not (value and b't="str"' in attributes):
            yield _address(*address.groups())


def add_features(sheets: Iterable[RawSheet], features: Mapping[str, SheetFeatures]) -> None:
    """Put what calamine left out, by the name of the sheet, into the sheets it gave."""
    for sheet in sheets:
        if sheet.name in features:
            _add(sheet, features[sheet.name])


def _add(sheet: RawSheet, features: SheetFeatures) -> None:
    """Of the hidden rows and columns those count that have anything in them."""
    sheet.errors.update(features.errors)
    sheet.merged.extend(features.merged)
    for row, column in features.errors:
        # Some readers give an error as 0.
        if row < len(sheet.rows) and column < len(sheet.rows[row]):
            sheet.rows[row][column] = ""
    width = max(map(len, sheet.rows), default=0) if features.hidden_columns else 0
    columns = sum(max(min(last + 1, width) - first, 0) for first, last in features.hidden_columns)
    rows = sum(
        1 for row in features.hidden_rows if row < len(sheet.rows) and any(v not in ("", None) for v in sheet.rows[row])
    )
    sheet.hidden_columns.extend(
        c for first, last in features.hidden_columns for c in range(first, min(last + 1, width))
    )
    if rows or columns:
        sheet.hidden.update(rows=rows, columns=columns)


def _address(letters: bytes, row: bytes) -> tuple[int, int]:
    return int(row) - 1, column_index(letters.decode())
