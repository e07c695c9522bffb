"""The form of a survey for one unit: what we have, prefilled, the numbers of the rows locked, and hidden in it what was sent."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinguo.common.ooxml import CREATED, made_anywhere
from jinguo.excel.writing.decision_workbook import write_hidden
from jinguo.excel.writing.forms import Looks, formats_of, write_table
from jinguo.excel.writing.lists import write_lists
from jinguo.excel.writing.new_workbook import new_workbook
from jinguo.schema import TableSpec

#: The hidden sheet with what was sent.
STAMP = "调查底稿"
#: So many empty rows below are ready to be filled and printed.
_ROOM = 12
#: What staff may do on a protected sheet.
_ALLOWED = {
    "insert_rows": True, "delete_rows": True, "sort": True, "autofilter": True, "format_cells": True, "format_columns": True,
    "format_rows": True, "insert_columns": True, "insert_hyperlinks": True,
}  # fmt: skip


@dataclass(frozen=True)
class FormTable:
    """One sheet: the table as the form has it (the number of the row first), and its rows by field."""

    spec: TableSpec
    rows: Sequence[Mapping[str, Any]]


def write_survey_form(
    title: str,
    lines: Sequence[str],
    tables: Sequence[FormTable],
    vocabularies: Mapping[str, Sequence[str]],
    sender: tuple[str, str],
) -> bytes:
    """The workbook. `lines` stand below the title of each sheet; `sender` are the office's name and what was sent, which goes
    into the hidden sheet."""
    author, stamp = sender
    stream = io.BytesIO()
    book = new_workbook(stream)
    book.set_properties({"author": author, "created": CREATED, "title": title})
    looks = Looks(formats_of(book, unlocked=True), {})
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    locked = book.add_format(base | {"num_format": "@", "bg_color": "#EDEDED", "font_color": "#7F7F7F"})
    heading = book.add_format({"font_name": "黑体", "font_size": 15, "valign": "vcenter"})
    line = book.add_format({"font_name": "宋体", "font_size": 10, "font_color": "#595959", "valign": "vcenter"})
    for table in tables:
        sheet = book.add_worksheet(table.spec.sheet)
        top = len(lines) + 1
        rows = [*table.rows, *({} for _ in range(_ROOM))]
        write_table(sheet, table.spec, rows, vocabularies, looks, top)
        sheet.autofilter(top, 0, top + len(rows), len(table.spec.fields) - 1)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, f"{title}·{table.spec.sheet}", heading)
        for row, text in enumerate(lines, 1):
            sheet.write_string(row, 0, text, line)
        sheet.set_column(0, 0, 13, locked)
        for row, values in enumerate(rows, top + 1):
            sheet.write(row, 0, values.get("token", ""), locked)
        sheet.protect("", _ALLOWED)
        # Lines on paper, too, for whoever fills it in by hand.
        sheet.hide_gridlines(0)
    if looks.lists:
        write_lists(book, looks.lists)
    write_hidden(book, STAMP, stamp)
    book.close()
    return made_anywhere(stream.getvalue())
