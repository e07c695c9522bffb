"""Generated workbooks: tables with a title, filters, links and native charts; the same bytes for the same values."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinguo.common.ooxml import CREATED, made_anywhere
from jinguo.excel.colours import DOUBTFUL
from jinguo.excel.writing.boxes import DrawnBox, draw_boxes
from jinguo.excel.writing.cell_values import CellLink, Marked, Percent
from jinguo.excel.writing.new_workbook import new_workbook
from jinguo.excel.writing.printing import print_apart, print_readably
from jinguo.excel.writing.sheet_rows import RowsOfSheet, put_in_rows

#: What the looks of a cell are called, but for words that have one of their own.
_CELL_LOOKS = ("text", "number", "percent", "marked", "link", "formula")


def cell_link(links: Mapping[str, str], workbook: str, sheet: str, cell: str) -> CellLink | str:
    """A link that opens the workbook at the cell; plain text where the workbook is not among the links."""
    if workbook not in links:
        return cell
    target = f"external:{links[workbook]}"
    if sheet:
        quoted = sheet.replace("'", "''")
        target += f"#'{quoted}'!{cell or 'A1'}"
    return CellLink(cell or "打开", target)


def linked(rows: Sequence[Sequence[Any]], links: Mapping[str, str]) -> list[list[Any]]:
    """Rows whose last cell is a place (workbook, sheet, cell), which becomes a link to it."""
    return [[*row[:-1], cell_link(links, *row[-1])] for row in rows]


def internal_link(text: str, sheet: str, area: str) -> CellLink:
    """A link to an area of a sheet of the same workbook."""
    return CellLink(text, f"internal:'{sheet}'!{area}")


@dataclass(frozen=True)
class Chart:
    """A column chart of a sheet's table: the categories stand in its column `labels`, a series for each of `columns`. Over all
    rows it stands below the table; of some `rows` (the first and the last, from 0) only it stands beside it, where all rows have one
    height: the widths have to be such that nothing wraps."""

    title: str
    columns: tuple[int, ...]
    labels: int = 0
    rows: tuple[int, int] | None = None


@dataclass
class Sheet:
    """One sheet: a title line, a header with filter, rows. `widths` in characters; `colours` fills a row by its
    first cell."""

    name: str
    title: str
    header: list[str]
    rows: list[list[Any]]
    widths: list[int] = field(default_factory=list)
    colours: dict[str, str] = field(default_factory=dict)
    charts: Sequence[Chart] = ()
    note: str = ""
    boxes: Sequence[DrawnBox] = ()
    #: Its cells are worked out in Excel, and coloured by what they come to there.
    live: bool = False


def write_report(title: str, sheets: Sequence[Sheet], author: str) -> bytes:
    """The workbook of these sheets."""
    stream = io.BytesIO()
    book = new_workbook(stream)
    book.set_properties({"title": title, "author": author, "created": CREATED})
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1, "text_wrap": True}
    formats = {
        "title": book.add_format({"font_name": "黑体", "font_size": 15, "valign": "vcenter"}),
        "note": book.add_format({"font_name": "宋体", "font_size": 10, "font_color": "#595959", "valign": "vcenter"}),
        "header": book.add_format(base | {"bold": True, "align": "center", "bg_color": "#DDEBF7"}),
        "text": book.add_format(base),
        "number": book.add_format(base | {"text_wrap": False}),
        "percent": book.add_format(base | {"text_wrap": False, "num_format": '0.0"%"'}),
        "formula": book.add_format(base | {"text_wrap": False, "font_color": "#1F4E79"}),
        "marked": book.add_format(base | {"bg_color": DOUBTFUL}),
        "link": book.add_format(base | {"font_color": "#0563C1", "underline": 1}),
    }
    tables: list[RowsOfSheet] = []
    for number, sheet in enumerate(sheets, 1):
        fills = {
            key: book.add_format(base | {"bg_color": colour, "align": "center"})
            for key, colour in sheet.colours.items()
        }
        looks = _Looks(formats, {} if sheet.live else fills)
        target = book.add_worksheet(sheet.name[:31])
        _write_sheet(book, target, sheet, looks)
        if sheet.live:
            _colour_by_value(book, target, sheet)
        words = {word: word for word in looks.fills}
        height = _ROW if any(chart.rows for chart in sheet.charts) else None
        tables.append(RowsOfSheet(f"xl/worksheets/sheet{number}.xml", sheet.rows, looks.names, words, height))
    book.close()
    return made_anywhere(put_in_rows(stream.getvalue(), tables))


def _write_sheet(book: Any, target: Any, sheet: Sheet, looks: _Looks) -> None:
    """Everything of a sheet but its rows, in the place of which all the looks there are stand (sheet_rows.py)."""
    formats = looks.formats
    first = 3 if sheet.note else 2
    target.set_row(0, 28)
    target.write_string(0, 0, sheet.title, formats["title"])
    if sheet.note:
        target.write_string(1, 0, sheet.note, formats["note"])
    for column, width in enumerate(sheet.widths):
        target.set_column(column, column, width)
    target.write_row(first - 1, 0, sheet.header, formats["header"])
    for column, look in enumerate(looks.all):
        target.write_string(first, column, "", look)
    last = max(first + len(sheet.rows) - 1, first)
    target.autofilter(first - 1, 0, last, len(sheet.header) - 1)
    target.freeze_panes(first, 0)
    target.repeat_rows(first - 1)
    print_readably(target, sheet.widths or [9] * len(sheet.header))
    draw_boxes(target, sheet.boxes, last + 2)
    _add_charts(book, target, sheet, first, last)


def _colour_by_value(book: Any, target: Any, sheet: Sheet) -> None:
    """Colours that follow what the cells come to."""
    first, last, width = (3 if sheet.note else 2), len(sheet.rows) + 3, len(sheet.header) - 1
    for word, colour in sheet.colours.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": book.add_format({"bg_color": colour})}
        target.conditional_format(first, 0, last, width, rule)


@dataclass(frozen=True)
class _Looks:
    """The formats of a workbook by name, and the fills of a sheet by the word that has one."""

    formats: Mapping[str, Any]
    fills: Mapping[str, Any]

    @property
    def names(self) -> list[str]:
        """What the looks of a cell are called."""
        return [*_CELL_LOOKS, *self.fills]

    @property
    def all(self) -> list[Any]:
        """The looks in the order of their names."""
        return [*(self.formats[name] for name in _CELL_LOOKS), *self.fills.values()]


def _in_chart(value: Any) -> Any:
    """A value of a cell as a chart keeps it."""
    if isinstance(value, Percent):
        return "" if value.value is None else _in_chart(value.value)
    if isinstance(value, CellLink | Marked):
        return value.text
    return f"{float(value):.16g}" if isinstance(value, int | float | Decimal) else str(value or "")


_SERIES = ("#4472C4", "#ED7D31", "#70AD47", "#FFC000", "#5B9BD5")


#: What a chart covers of rows and columns of usual size; the pixels of such a column, and the points of such a row.
_CHART_ROWS, _CHART_COLUMNS, _COLUMN, _ROW = 17, 11, 64, 15


def _add_chart(
    book: Any, target: Any, sheet: Sheet, drawn: Chart, rows: tuple[int, int], place: tuple[int, int]
) -> None:
    """A chart of these rows of a sheet (the first and the last), with what stands in them: XlsxWriter does not have it."""
    chart = book.add_chart({"type": "column"})
    name = target.get_name()
    first, last = rows
    header = 2 if sheet.note else 1
    shown = sheet.rows[first - header - 1 : last - header]
    labels = [_in_chart(row[drawn.labels]) for row in shown]
    for number, column in enumerate(drawn.columns):
        chart.add_series(
            {
                # A document without a theme has no colours of its own.
                "fill": {"color": _SERIES[number % len(_SERIES)]},
                "name": [name, header, column],
                "categories": [name, first, drawn.labels, last, drawn.labels],
                "values": [name, first, column, last, column],
                "name_data": [sheet.header[column]],
                "categories_data": labels,
                "values_data": [_in_chart(row[column]) for row in shown],
                "data_labels": {"value": True},
            }
        )
    chart.set_title({"name": drawn.title, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 640, "height": 320})
    target.insert_chart(*place, chart)


def _add_charts(book: Any, target: Any, sheet: Sheet, first: int, last: int) -> None:
    """The charts of a sheet whose rows go from the first to the last: below the table, or two beside each other to its right, and then
    on paper four to a page behind it."""
    left, beside = len(sheet.header) + 1, 0
    for chart in sheet.charts if sheet.rows else ():
        if chart.rows is None:
            _add_chart(book, target, sheet, chart, (first, last), (last + 2, 0))
        else:
            place = (first + beside // 2 * _CHART_ROWS, left + beside % 2 * _CHART_COLUMNS)
            _add_chart(book, target, sheet, chart, (first + chart.rows[0], first + chart.rows[1]), place)
            beside += 1
    if beside:
        target.set_column_pixels(left, left + 2 * _CHART_COLUMNS - 2, _COLUMN)
        tops = range(first, first + (beside + 1) // 2 * _CHART_ROWS, 2 * _CHART_ROWS)
        pages = [(top, left, top + 2 * _CHART_ROWS - 2, left + 2 * _CHART_COLUMNS - 2) for top in tops]
        print_apart(book, target, [(0, 0, last, len(sheet.header) - 1), *pages])


def relative(path: Path, folder: Path) -> str:
    """The path as a link from a file in `folder`: with /, and % and # written so that Excel does not end the path
    there."""
    try:
        relative = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:
        # Another drive on Windows.
        relative = str(path.resolve())
    return relative.replace("\\", "/").replace("%", "%25").replace("#", "%23")
