"""A workbook of decisions: rows somebody goes through, with a dropdown where she chooses and colour where she is asked."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.common.ooxml import CREATED, made_anywhere
from jinguo.excel.writing.lists import list_source, write_lists
from jinguo.excel.writing.new_workbook import new_workbook

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
    #: The column she decides in; the last one where none is named. Columns behind it only help.
    decided: str = ""
    #: The colour of a row (RRGGBB), and the rows (from 0) at which a group begins.
    colours: Mapping[int, str] = field(default_factory=dict)
    groups: Collection[int] = ()

    @property
    def place(self) -> int:
        """Where she decides, from 0."""
        return list(self.header).index(self.decided) if self.decided else len(self.header) - 1


def write_decisions(
    title: str,
    sheets: Sequence[DecisionSheet],
    explanation: Sequence[str],
    asked: str,
    author: str,
    hidden: tuple[str, str] = ("", ""),
) -> bytes:
    """The workbook; a row with the word `asked` where she decides is coloured as long as it is there. `hidden` is the name of a
    sheet nobody sees, and the text in it."""
    stream = io.BytesIO()
    book = new_workbook(stream)
    book.set_properties({"author": author, "created": CREATED, "title": title})
    looks = _DecisionFormats(book)
    lists: dict[tuple[str, ...], str] = {}
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, looks, lists, asked)
    _explain(book.add_worksheet("填写说明"), title, explanation, looks)
    if lists:
        write_lists(book, lists)
    if hidden[0]:
        write_hidden(book, *hidden)
    book.close()
    return made_anywhere(stream.getvalue())


#: A cell takes 32,767 characters.
_PIECE = 30_000


def write_hidden(book: Any, name: str, text: str) -> None:
    """A sheet that not even Excel's menu shows, with a text in it; its first cell is its name."""
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    sheet.write_string(0, 0, name)
    for row, start in enumerate(range(0, len(text), _PIECE), 1):
        sheet.write_string(row, 0, text[start : start + _PIECE])


def hidden_text(rows: Sequence[Sequence[Any]], name: str) -> str:
    """The text of such a sheet; empty where it is none."""
    if not rows or not rows[0] or rows[0][0] != name:
        return ""
    return "".join(str(row[0]) for row in rows[1:] if row)


class _DecisionFormats:
    """The formats of a workbook of decisions, made as they are asked for."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._cells: dict[tuple[bool, str, bool], Any] = {}
        self._base: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        title = self._base | {"bold": True, "align": "center", "border": 1}
        self.header = book.add_format(title | {"bg_color": "#D9E1F2"})
        self.edited = book.add_format(title | {"bg_color": "#C6E0B4"})
        self.asked = book.add_format({"bg_color": "#FFE699"})
        self.plain = book.add_format(self._base)

    def cell(self, is_number: bool, colour: str, begins: bool) -> Any:
        """A cell of a row of this colour (RRGGBB, or none), at which a group may begin."""
        key = is_number, colour, begins
        if key not in self._cells:
            look = self._base | {"border": 1, "border_color": "#D0D0D0"} | ({} if is_number else {"num_format": "@"})
            look |= {"bg_color": f"#{colour}"} if colour else {}
            look |= {"top": 2, "top_color": "#7F7F7F"} if begins else {}
            self._cells[key] = self._book.add_format(look)
        return self._cells[key]


def _write(
    target: Any, sheet: DecisionSheet, looks: _DecisionFormats, lists: dict[tuple[str, ...], str], asked: str
) -> None:
    for column, (title, width) in enumerate(zip(sheet.header, sheet.widths, strict=True)):
        target.set_column(column, column, width)
        target.write_string(0, column, title, looks.edited if title in sheet.editable else looks.header)
        if title in sheet.notes:
            target.write_comment(0, column, sheet.notes[title], {"x_scale": 1.8, "author": ""})
    for number, values in enumerate(sheet.rows, 1):
        colour, begins = sheet.colours.get(number - 1, ""), number - 1 in sheet.groups
        for column, value in enumerate(values):
            if isinstance(value, int):
                target.write_number(number, column, value, looks.cell(True, colour, begins))
            else:
                target.write_string(number, column, str(value), looks.cell(False, colour, begins))
    count = max(len(sheet.rows), 1)
    last = len(sheet.header) - 1
    rule = {"type": "formula", "criteria": f'=${column_letter(sheet.place)}2="{asked}"', "format": looks.asked}
    target.conditional_format(1, 0, count, last, rule)
    for column, title in enumerate(sheet.header):
        if title in sheet.choices:
            _add_list(
                target, (1, column, count + 200, column), sheet.choices[title], lists, strict=column == sheet.place
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
    if sheet.header[last] == TECHNICAL:
        target.print_area(0, 0, count, last - 1)


#: The column by which the program knows a line again; on paper it only takes room.
TECHNICAL = "标识"


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


def _explain(target: Any, title: str, explanation: Sequence[str], looks: _DecisionFormats) -> None:
    target.set_column(0, 0, 110, looks.plain)
    target.write_string(0, 0, title, looks.header)
    for number, line in enumerate(explanation, 1):
        target.write_string(number, 0, line, looks.plain)
