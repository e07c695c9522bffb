"""Workbooks as staff would want a form: dropdowns, a note on every header, frozen headers, codes kept as text."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from jinguo.common.ooxml import CREATED, made_anywhere
from jinguo.excel.colours import GOOD
from jinguo.excel.patching.widths import text_width
from jinguo.excel.writing.lists import list_source, write_lists
from jinguo.excel.writing.new_workbook import new_workbook
from jinguo.schema import Field, TableSpec, WorkbookSpec
from jinguo.schema.codes import Reference
from jinguo.schema.dates import Date, DateTime
from jinguo.schema.numbers import Number
from jinguo.schema.types import Choice, MultiChoice

_LAST_ROW = 3000
_WIDEST = 44
#: So many characters across an A4 page on its side can still be read.
_WIDTH_OF_A_PAGE = 170
INSTRUCTIONS = "填表说明"
#: Pinned, so that the same rows give the same bytes.

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def write_form(
    book: WorkbookSpec,
    rows: Rows,
    vocabularies: Mapping[str, Sequence[str]],
    author: str,
    own: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> bytes:
    """The workbook with these rows (by table and field name; values typed or as staff would type them).

    `vocabularies` gives, besides the words of 词表, the townships under the name `townships` for their dropdowns; `own`
    are the headers of columns, by table, that are the office's own and stand behind ours.
    """
    stream = io.BytesIO()
    target = new_workbook(stream)
    target.set_properties({"author": author, "created": CREATED, "title": book.file.removesuffix(".xlsx")})
    formats = formats_of(target)
    lists: dict[tuple[str, ...], str] = {}
    for table in book.tables:
        sheet = target.add_worksheet(table.sheet)
        write_table(sheet, table, rows.get(table.name, ()), vocabularies, Looks(formats, lists))
        _write_own(sheet, len(table.fields), own.get(table.name, ()), rows.get(table.name, ()), formats)
    _write_instructions(target, book, formats)
    if lists:
        write_lists(target, lists)
    target.close()
    return made_anywhere(stream.getvalue())


class Looks(NamedTuple):
    """The formats of a workbook by name, and the lists of its dropdowns."""

    formats: Mapping[str, Any]
    lists: dict[tuple[str, ...], str]


def formats_of(target: Any, unlocked: bool = False) -> dict[str, Any]:
    """The formats of a form; `unlocked` where its sheets are protected and the cells are to be filled all the same."""
    base: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"} | (
        {"locked": False} if unlocked else {}
    )
    header = base | {"bold": True, "align": "center", "border": 1, "text_wrap": True}
    return {
        # None of the colours by which a check marks cells.
        "required": target.add_format(header | {"bg_color": "#A9D08E"}),
        "header": target.add_format(header | {"bg_color": GOOD}),
        "text": target.add_format(base | {"num_format": "@"}),
        "wrapped": target.add_format(base | {"num_format": "@", "text_wrap": True}),
        "date": target.add_format(base | {"num_format": "yyyy-mm-dd"}),
        "moment": target.add_format(base | {"num_format": "yyyy-mm-dd hh:mm"}),
        "number": target.add_format(base),
    }


def _format_of(f: Field) -> str:
    if isinstance(f.type, Date):
        return "date"
    if isinstance(f.type, DateTime):
        return "moment"
    return "number" if isinstance(f.type, Number) else "text"


def write_table(
    sheet: Any,
    table: TableSpec,
    rows: Sequence[Mapping[str, Any]],
    vocabularies: Mapping[str, Sequence[str]],
    looks: Looks,
    top: int = 0,
) -> None:
    """A table on a sheet, its header in the row `top` (from 0)."""
    formats, lists = looks
    sheet.freeze_panes(top + 1, 2 if len(table.fields) > 8 else 0)
    sheet.set_row(top, 32)
    sheet.autofilter(top, 0, top + max(len(rows), 1), len(table.fields) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(top)
    widths = [_width(f, [row.get(f.name) for row in rows]) for f in table.fields]
    # A wide table goes over as many pages as keep it readable, each with the key and the name in front.
    pages = max(1, round(sum(widths) / _WIDTH_OF_A_PAGE))
    sheet.fit_to_pages(pages, 0)
    if pages > 1:
        sheet.repeat_columns(0, 1)
    for c, f in enumerate(table.fields):
        sheet.write_string(top, c, f.header, formats["required" if f.required else "header"])
        sheet.write_comment(top, c, _note(f), {"x_scale": 1.6, "author": ""})
        sheet.set_column(c, c, widths[c], formats[_format_of(f)])
        _add_dropdown(sheet, (top + 1, c), f, vocabularies, lists)
    for r, row in enumerate(rows, top + 1):
        for c, f in enumerate(table.fields):
            _write_value(sheet, r, c, row.get(f.name), formats, _format_of(f))


def _write_own(
    sheet: Any, first: int, headers: Sequence[str], rows: Sequence[Mapping[str, Any]], formats: Mapping[str, Any]
) -> None:
    """The office's own columns, as they were."""
    for c, header in enumerate(headers, first):
        sheet.write_string(0, c, header, formats["header"])
        sheet.set_column(c, c, 16, formats["text"])
        for r, row in enumerate(rows, 1):
            if row.get(header) not in (None, ""):
                _write_value(sheet, r, c, row[header], formats, "text")


def _note(f: Field) -> str:
    """What the form says about a column: how to fill it, whether it must be filled, an example."""
    lines = [f"{f.header}（{f.type.label}{'，必填' if f.required else ''}{'，不能重复' if f.unique else ''}）"]
    if f.note:
        lines.append(f.note)
    if f.example:
        lines.append(f"例：{f.example}")
    return "\n".join(lines)


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return "、".join(map(str, value))
    return str(value)


def _width(f: Field, values: Sequence[Any]) -> float:
    """Wide enough for the header and for nearly all values; a Chinese character counts as two."""

    lengths = sorted(text_width(_shown(v)) for v in values if v is not None)
    typical = lengths[int(len(lengths) * 0.95)] if lengths else 0
    if _format_of(f) in ("date", "moment"):
        typical = 11 if _format_of(f) == "date" else 17
    return min(max(text_width(f.header) + 4, typical + 2, 8), _WIDEST)


def _add_dropdown(
    sheet: Any,
    first: tuple[int, int],
    f: Field,
    vocabularies: Mapping[str, Sequence[str]],
    lists: dict[tuple[str, ...], str],
) -> None:
    """A dropdown for a choice, from a cell down; for several choices only the hint, as a dropdown would replace what is
    there."""
    if isinstance(f.type, Reference):
        choices = tuple(vocabularies.get(f.type.table, ()))
    else:
        choices = tuple(f.type.choices(vocabularies))
    if not choices:
        return
    (r, c), title, hint = first, f.header[:32], (f.note or "请从列表里选")[:255]
    if isinstance(f.type, MultiChoice):
        message = f"可填多项，用、隔开：{'、'.join(choices)}"[:255]
        options = {"validate": "any", "input_title": title, "input_message": message}
        sheet.data_validation(r, c, _LAST_ROW, c, options)
        return
    options = {"validate": "list", "source": list_source(choices, lists), "input_title": title, "input_message": hint}
    kind = "stop" if isinstance(f.type, Choice) and f.type.fixed else "warning"
    sheet.data_validation(
        r,
        c,
        _LAST_ROW,
        c,
        options | {"error_type": kind, "error_title": "不在列表里", "error_message": "请从下拉列表里选一项。"},
    )


def _write_value(sheet: Any, r: int, c: int, value: Any, formats: Mapping[str, Any], kind: str) -> None:
    if value is None or value == "":
        # A cell without a format of its own would make a date of what is typed as 5-31.
        sheet.write_blank(r, c, None, formats[kind])
        return
    if isinstance(value, datetime.date):
        # A date without a time in a column of moments still shows as 00:00 there, as Excel would.
        sheet.write_datetime(r, c, value, formats[kind if kind in ("date", "moment") else "date"])
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        sheet.write_number(r, c, float(value), formats["number"])
    else:
        text = _shown(value)
        sheet.write_string(r, c, text, formats["wrapped" if "\n" in text or text_width(text) > _WIDEST else "text"])


def _write_instructions(target: Any, book: WorkbookSpec, formats: Mapping[str, Any]) -> None:
    """A last sheet that says how each column is filled, for those who print it."""
    sheet = target.add_worksheet(INSTRUCTIONS)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, width in enumerate((14, 20, 14, 8, 34, 52)):
        sheet.set_column(column, column, width, formats["wrapped"])
    sheet.write_row(0, 0, ["工作表", "栏目名称", "填什么", "必填", "例", "说明"], formats["header"])
    sheet.freeze_panes(1, 0)
    row = 1
    for table in book.tables:
        for f in table.fields:
            needed = "必填" if f.required else ""
            sheet.write_row(
                row, 0, [table.sheet, f.header, f.type.label, needed, f.example, _explanation(f)], formats["wrapped"]
            )
            row += 1


def _explanation(f: Field) -> str:
    """What the column is for; of a list that does not change its words, for those who fill it in on paper."""
    words = f"可填：{'、'.join(f.type.fixed)}" if isinstance(f.type, Choice) and f.type.fixed else ""
    return "。".join(filter(None, (f.note, words)))
