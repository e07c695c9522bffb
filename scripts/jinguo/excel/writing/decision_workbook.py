"""A workbook of decisions: rows somebody goes through, with a dropdown where she chooses and colour where she is asked."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter

from jinguo.common.addresses import column_letter
from jinguo.common.ooxml import CREATED
from jinguo.excel.writing.lists import list_source, write_lists

#: An inline list ends at 255 characters (the 2007 file format); a longer one stands on a sheet of its own.
_LONGEST_LIST = 250


@dataclass(frozen=True)
class DecisionSheet:
    """A sheet: its rows, the widths of its columns, the choices of a column by its title (of one row: by (title, row from
    0)), what the columns mean, and the column with the word that asks somebody."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Any]]
    widths: Sequence[int]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    row_choices: Mapping[tuple[str, int], Sequence[str]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    #: Columns somebody may change; the others only tell.
    editable: Sequence[str] = ()


def write_decisions(
    title: str, sheets: Sequence[DecisionSheet], explanation: Sequence[str], asked: str, author: str
) -> bytes:
    """The workbook; a row with the word `asked` in its last column is coloured as long as it is there."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"author": author, "created": CREATED, "title": title})
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
    formats = {
        "header": book.add_format(base | {"bold": True, "align": "center", "border": 1, "bg_color": "#D9E1F2"}),
        "edited": book.add_format(base | {"bold": True, "align": "center", "border": 1, "bg_color": "#C6E0B4"}),
        "text": book.add_format(base | {"num_format": "@", "border": 1, "border_color": "#D0D0D0"}),
        "number": book.add_format(base | {"border": 1, "border_color": "#D0D0D0"}),
        "asked": book.add_format({"bg_color": "#FFE699"}),
        "plain": book.add_format(base),
    }
    lists: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, formats, lists, asked)
    _explain(book.add_worksheet("填写说明"), title, explanation, formats)
    if lists:
        write_lists(book, lists)
    book.close()
    return stream.getvalue()


def _write(
    target: Any, sheet: DecisionSheet, formats: Mapping[str, Any], lists: dict[tuple[str, ...], str], asked: str
) -> None:
    for column, (title, width) in enumerate(zip(sheet.header, sheet.widths, strict=True)):
        target.set_column(column, column, width)
        target.write_string(0, column, title, formats["edited" if title in sheet.editable else "header"])
        if title in sheet.notes:
            target.write_comment(0, column, sheet.notes[title], {"x_scale": 1.8, "author": ""})
    for number, values in enumerate(sheet.rows, 1):
        for column, value in enumerate(values):
            if isinstance(value, int):
                target.write_number(number, column, value, formats["number"])
            else:
                target.write_string(number, column, str(value), formats["text"])
    count = max(len(sheet.rows), 1)
    last = len(sheet.header) - 1
    letter = column_letter(last)
    target.conditional_format(
        1, 0, count, last, {"type": "formula", "criteria": f'=${letter}2="{asked}"', "format": formats["asked"]}
    )
    for column, title in enumerate(sheet.header):
        if title in sheet.choices:
            _add_list(
                target, (1, column, count + 200, column), sheet.choices[title], lists, strict=title == sheet.header[-1]
            )
    for (title, row), choices in sheet.row_choices.items():
        column = list(sheet.header).index(title)
        _add_list(target, (row + 1, column, row + 1, column), choices, lists, strict=False)
    target.autofilter(0, 0, count, last)
    target.freeze_panes(1, min(3, last))
    target.set_landscape()
    target.set_paper(9)
    target.fit_to_pages(1, 0)
    target.repeat_rows(0)


def _add_list(
    target: Any,
    area: tuple[int, int, int, int],
    choices: Sequence[str],
    lists: dict[tuple[str, ...], str],
    strict: bool,
) -> None:
    if len(",".join(choices)) > _LONGEST_LIST or any("," in c for c in choices):
        source: Any = list_source(choices, lists)
    else:
        source = list(choices)
    options = {"validate": "list", "source": source, "error_type": "stop" if strict else "information"}
    target.data_validation(*area, options | {"error_title": "不在列表里", "error_message": "最好从下拉列表里选一项。"})


def _explain(target: Any, title: str, explanation: Sequence[str], formats: Mapping[str, Any]) -> None:
    target.set_column(0, 0, 110, formats["plain"])
    target.write_string(0, 0, title, formats["header"])
    for number, line in enumerate(explanation, 1):
        target.write_string(number, 0, line, formats["plain"])
