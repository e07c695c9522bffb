"""Building blocks of the factory templates: bordered tables with a repeated head, forms, tables of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jinguo.word.gbt9704 import MARGIN_LEFT, MARGIN_RIGHT, PAGE_WIDTH

#: python-docx counts lengths in EMU, 635 to the twip.
EMU = 635
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT


class TableColumns(NamedTuple):
    """The columns of a table: their heads (none where there is no head), what stands in each cell, their widths in parts,
    and those whose text is set left."""

    heads: Sequence[str]
    cells: Sequence[str]
    shares: Sequence[int]
    left: Sequence[int] = ()


def columns_like_heads(heads: Sequence[str], shares: Sequence[int], left: Sequence[int] = ()) -> TableColumns:
    """TableColumns each of which shows what is called like its head."""
    return TableColumns(heads, [f"{{{{ 行.{head} }}}}" for head in heads], shares, left)


def table(
    document: Any,
    columns: TableColumns,
    loop: str = "",
    empty_rows: int = 0,
    labels: Sequence[str] = (),
    style: str = "表格文字",
) -> None:
    """A table over the width of the text: a head that repeats on every page, and a row of cells.

    With `loop` (行 in 日程) that row stands once for each 行. `empty_rows` adds rows to be filled in by hand, `labels`
    such rows with a label in front. Names set as 名单姓名 have no lines around them.
    """
    heads, cells, shares, left = columns
    rows = ([("head", heads)] if heads else []) + _body_rows(cells, loop, len(shares))
    rows += [("empty", [""] * len(shares))] * empty_rows
    rows += [("label", [label, *[""] * (len(shares) - 1)]) for label in labels]
    grid, widths = _grid(document, len(rows), shares, bordered=style != "名单姓名")
    for row, (kind, texts) in zip(grid.rows, rows, strict=True):
        names = [
            "表头文字" if kind == "head" else "表格文字左" if n in left and style == "表格文字" else style
            for n in range(len(shares))
        ]
        fill_row(document, row, texts, names, widths)
        if kind == "head":
            _mark_row(row, "w:tblHeader")
        elif kind == "cells":
            _mark_row(row, "w:cantSplit")
        elif kind == "empty":
            row.height = 560 * EMU
        elif kind == "label":
            row.height = 960 * EMU


def figure_table(document: Any, name: str) -> None:
    """A table of figures whose heads come with it: the group, then five columns."""
    heads = [f"{{{{ {name}.栏.{n} }}}}" for n in range(6)]
    cells = [f"{{{{ 行.{n} }}}}" for n in range(6)]
    table(document, TableColumns(heads, cells, [38, 22, 22, 22, 22, 38], left=[0]), f"行 in {name}.行")


#: Behind the text of a cell of a form: below it stands where the seal and the day go.
SEALED = "\0"
_SEAL = "（盖章）\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"


def form(
    document: Any,
    rows: Sequence[Sequence[tuple[str, int]]],
    shares: Sequence[int],
    tall: Mapping[int, int] | None = None,
) -> None:
    """A form: each row of cells (text, columns it spans); a cell ↑ belongs to the one above it. A first cell, and
    every cell that is a bare word, is a label. `tall` gives the least height of rows in twips; rows grow, and break
    over pages."""
    grid, widths = _grid(document, len(rows), shares, bordered=True)
    for number, cells in enumerate(rows):
        row, place = grid.rows[number], 0
        row.height = (tall or {}).get(number, 560) * EMU
        for text, span in cells:
            cell = grid.cell(number, place)
            if span > 1:
                cell = cell.merge(grid.cell(number, place + span - 1))
            if text == "↑":
                cell = grid.cell(number - 1, place).merge(cell)
            else:
                cell.width = sum(widths[place : place + span]) * EMU
                cell.vertical_alignment = 1
                label = bool(text) and "{{" not in text and SEALED not in text
                style = "照片" if text == "{{ 照片 }}" else "表格文字" if label or span == 1 else "表格文字左"
                cell.paragraphs[0].style = document.styles[style]
                words, sealed, _ = text.partition(SEALED)
                if words:
                    cell.paragraphs[0].add_run(words)
                if sealed:
                    cell.add_paragraph(_SEAL, style=document.styles["表格落款"])
                    cell.vertical_alignment = 3
            place += span


def _grid(document: Any, rows: int, shares: Sequence[int], bordered: bool) -> tuple[Any, list[int]]:
    """An empty table over the width of the text, and the widths of its columns in twips."""
    grid = document.add_table(rows=rows, cols=len(shares))
    grid.autofit = False
    set_borders(grid, bordered)
    widths = [TEXT_WIDTH * share // sum(shares) for share in shares]
    for column, width in zip(grid._tbl.tblGrid.findall(qualified("w:gridCol")), widths, strict=True):
        column.set(qualified("w:w"), str(width))
    return grid, widths


def _body_rows(cells: Sequence[str], loop: str, columns: int) -> list[tuple[str, Sequence[str]]]:
    """The row of cells, between the two rows that docxtpl takes for the loop."""
    if not cells:
        return []
    rest = [""] * (columns - 1)
    if not loop:
        return [("cells", cells)]
    return [("loop", [f"{{%tr for {loop} %}}", *rest]), ("cells", cells), ("loop", ["{%tr endfor %}", *rest])]


def fill_row(document: Any, row: Any, texts: Sequence[str], styles: Sequence[str], widths: Sequence[int]) -> None:
    """Fill the cells of a row: text, style and width (twips) of each."""
    for cell, text, style, width in zip(row.cells, texts, styles, widths, strict=True):
        cell.width = width * EMU
        cell.vertical_alignment = 1
        cell.paragraphs[0].style = document.styles[style]
        if text:
            cell.paragraphs[0].add_run(text)


def _mark_row(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(new_element(tag))


def set_borders(grid: Any, bordered: bool) -> None:
    """Lines around every cell of a table, or none."""
    properties = grid._tbl.tblPr
    for old in properties.findall(qualified("w:tblStyle")):
        properties.remove(old)
    if not bordered:
        return
    borders = new_element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(border_line(side, 4))
    layout = properties.find(qualified("w:tblLayout"))
    if layout is not None:
        layout.addprevious(borders)
    else:
        properties.append(borders)


def new_element(tag: str) -> Any:
    """A new element of a document's XML; python-docx is imported when a template is built, and not by who only fills
    it."""
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def qualified(tag: str) -> str:
    """A tag with its namespace, as lxml has it."""
    from docx.oxml.ns import qn

    return qn(tag)


def border_line(side: str, eighths: int) -> Any:
    """A black line of a table, its weight in eighths of a point."""
    line = new_element(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", "000000")):
        line.set(qualified(f"w:{key}"), value)
    return line


def no_margins() -> Any:
    """A w:tcMar that leaves nothing at the sides of a cell."""
    margins = new_element("w:tcMar")
    for side in ("left", "right"):
        edge = new_element(f"w:{side}")
        edge.set(qualified("w:w"), "0")
        edge.set(qualified("w:type"), "dxa")
        margins.append(edge)
    return margins
