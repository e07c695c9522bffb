"""Building blocks of the factory templates: paragraphs by style, bordered tables with a repeated head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jinguo.word.gbt9704 import (
    LETTER_FOOT_LINE,
    LETTER_HEADER,
    MARGIN_LEFT,
    MARGIN_RIGHT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    millimetres,
)

#: python-docx counts lengths in EMU, 635 to the twip.
_EMU = 635
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT


def paragraph(document: Any, style: str, text: str = "") -> Any:
    """A paragraph at the end of the document, by the Chinese name of its style."""
    return document.add_paragraph(text, style=document.styles[style])


def blank(document: Any, lines: int = 1) -> None:
    """Empty lines (空一行) in the body style."""
    for _ in range(lines):
        document.add_paragraph()


def masthead(document: Any, upward: bool = False) -> None:
    """版头: the mark, the number two lines below it, the red line, and two lines before the title (7.2). What goes `upward`
    names who signs it beside the number (7.2.6)."""
    paragraph(document, "发文机关标志", "{{ 发文机关标志 }}")
    blank(document, 2)
    if upward:
        line = paragraph(document, "上行文字号", "{{ 发文字号 }}\t签发人：")
        name = line.add_run("{% if 签发人 %}{{ 签发人 }}{% else %}\u3000\u3000\u3000{% endif %}")
        name._r.get_or_add_rPr().append(_kai())
    else:
        paragraph(document, "发文字号", "{{ 发文字号 }}")
    paragraph(document, "版头分隔线")
    blank(document, 2)


def _kai() -> Any:
    """The w:rFonts of 楷体."""
    from docx.oxml import parse_xml

    from jinguo.registry.settings import OFFICE_ITEMS
    from jinguo.word.base import fonts

    named = fonts(OFFICE_ITEMS["楷体字体"][1])
    return parse_xml(named.replace("<w:rFonts", f'<w:rFonts xmlns:w="{_qualified("w:p")[1:-2]}"', 1))


def letter_masthead(document: Any) -> None:
    """信函格式 (10.1): on the first page the office's name in red between double lines, and no page number; the number, where
    there is one, at the right below the line."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = LETTER_HEADER * _EMU
    head, foot = section.first_page_header, section.first_page_footer
    for part in (head, foot):
        part.is_linked_to_previous = False
    mark = head.paragraphs[0]
    mark.style = document.styles["信函标志"]
    mark.add_run("{{ 单位名称 }}")
    head.add_paragraph(style=document.styles["信函上线"])
    line = foot.paragraphs[0]
    line.style = document.styles["信函下线"]
    line._p.pPr.insert(1, _frame(LETTER_FOOT_LINE))
    paragraph(document, "公文正文", "{%p if 发文字号 %}")
    paragraph(document, "信函字号", "{{ 发文字号 }}")
    blank(document)
    paragraph(document, "公文正文", "{%p endif %}")
    blank(document)


def _frame(y: int) -> Any:
    """A frame over the width of the text at this distance from the upper edge of the page."""
    frame = _element("w:framePr")
    for key, value in (
        ("w", TEXT_WIDTH), ("h", 20), ("hRule", "exact"), ("wrap", "around"), ("vAnchor", "page"), ("hAnchor", "margin"), ("xAlign", "center"), ("y", y),
    ):  # fmt: skip
        frame.set(_qualified(f"w:{key}"), str(value))
    return frame


def record(document: Any) -> None:
    """版记 at the foot of the last page (7.4): to whom a copy goes, who printed it and when; its outer lines 0.35 mm, the inner
    one 0.25 mm. On which page it comes to stand is worked out when the document is filled."""
    paragraph(document, "公文正文", "{%p if 印发机关 is defined and 印发机关 %}")
    paragraph(document, "版记位置")
    grid = document.add_table(rows=4, cols=1)
    _set_borders(grid, bordered=False)
    properties = grid._tbl.tblPr
    place = _element("w:tblpPr")
    for key, value in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "margin"),
        ("tblpXSpec", "left"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(_qualified(f"w:{key}"), value)
    properties.insert(0, place)
    width = properties.find(_qualified("w:tblW"))
    for key, value in (("w", str(TEXT_WIDTH)), ("type", "dxa")):
        width.set(_qualified(f"w:{key}"), value)
    borders = _element("w:tblBorders")
    for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6)):
        borders.append(_line(side, eighths))
    width.addnext(borders)
    grid._tbl.tblGrid.findall(_qualified("w:gridCol"))[0].set(_qualified("w:w"), str(TEXT_WIDTH))
    copies, issued = "抄送：{{ 抄送 }}。", "{{ 印发机关 }}\t{{ 成文日期 }}印发"
    rows = [("表格文字", "{%tr if 抄送 %}"), ("版记", copies), ("表格文字", "{%tr endif %}"), ("版记印发", issued)]
    for row, (style, text) in zip(grid.rows, rows, strict=True):
        _fill(document, row, [text], [style], [TEXT_WIDTH])
        row.cells[0]._tc.tcPr.append(_no_margins())
    paragraph(document, "版记位置")
    paragraph(document, "公文正文", "{%p endif %}")


def _line(side: str, eighths: int) -> Any:
    line = _element(f"w:{side}")
    for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "0"), ("color", "000000")):
        line.set(_qualified(f"w:{key}"), value)
    return line


def _no_margins() -> Any:
    margins = _element("w:tcMar")
    for side in ("left", "right"):
        edge = _element(f"w:{side}")
        edge.set(_qualified("w:w"), "0")
        edge.set(_qualified("w:type"), "dxa")
        margins.append(edge)
    return margins


def signature(document: Any, above: int = 2) -> None:
    """署名 and 成文日期; their indents are worked out when the document is filled. `above` lines leave room for the seal."""
    blank(document, above)
    paragraph(document, "署名", "{{ 单位名称 }}")
    paragraph(document, "成文日期", "{{ 成文日期 }}")


def contact_and_signature(document: Any) -> None:
    """Whom to ask, then 署名 and 成文日期."""
    paragraph(document, "公文正文", "联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}。")
    signature(document)


def attachment(document: Any, mark: str, title: str) -> None:
    """附件 on a page of its own: the mark in the first line, the title in the third (7.3.7)."""
    paragraph(document, "附件标记", mark)
    blank(document)
    paragraph(document, "公文标题", title)
    blank(document)


def lying(document: Any) -> None:
    """A page that lies, without page numbers: what is cut up or framed has none."""
    section = document.sections[0]
    section.page_width, section.page_height = section.page_height, section.page_width
    section._sectPr.find(_qualified("w:pgSz")).set(_qualified("w:orient"), "landscape")
    for side in ("top_margin", "bottom_margin", "left_margin", "right_margin"):
        setattr(section, side, millimetres(20) * _EMU)
    for tag in ("w:footerReference", "w:docGrid"):
        for element in section._sectPr.findall(_qualified(tag)):
            section._sectPr.remove(element)


def cards(document: Any, people: str) -> None:
    """A page each of `people`, on it the name twice, one below the other."""
    paragraph(document, "公文正文", f"{{%p for 行 in {people} %}}")
    width = PAGE_HEIGHT - 2 * millimetres(20)
    grid = document.add_table(rows=2, cols=1)
    grid.autofit = False
    _set_borders(grid, bordered=True)
    grid._tbl.tblGrid.findall(_qualified("w:gridCol"))[0].set(_qualified("w:w"), str(width))
    for row in grid.rows:
        row.height = millimetres(82) * _EMU
        cell = row.cells[0]
        cell.width = width * _EMU
        cell.vertical_alignment = 1
        cell.paragraphs[0].style = document.styles["公文正文"]
        cell.paragraphs[0].add_run("{%p if 行.大字 %}")
        for style, text in (("桌牌姓名", "{{ 行.大字 }}"), ("公文正文", "{%p else %}"), ("桌牌长姓名", "{{ 行.小字 }}"), ("公文正文", "{%p endif %}")):  # fmt: skip
            cell.add_paragraph(text, style=document.styles[style])
    paragraph(document, "版记位置")
    paragraph(document, "公文正文", "{%p endfor %}")


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
        _fill(document, row, texts, names, widths)
        if kind == "head":
            _mark_row(row, "w:tblHeader")
        elif kind == "cells":
            _mark_row(row, "w:cantSplit")
        elif kind == "empty":
            row.height = 560 * _EMU
        elif kind == "label":
            row.height = 960 * _EMU


def figure_table(document: Any, name: str) -> None:
    """A table of figures whose heads come with it: the group, then five columns."""
    heads = [f"{{{{ {name}.栏.{n} }}}}" for n in range(6)]
    cells = [f"{{{{ 行.{n} }}}}" for n in range(6)]
    table(document, TableColumns(heads, cells, [38, 22, 22, 22, 22, 38], left=[0]), f"行 in {name}.行")


def figure_chart(document: Any, name: str) -> None:
    """A native chart in a line of its own, where there is one."""
    paragraph(document, "公文正文", f"{{%p if {name} %}}")
    paragraph(document, "图", f"{{{{ {name} }}}}")
    paragraph(document, "公文正文", "{%p endif %}")


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
        row.height = (tall or {}).get(number, 560) * _EMU
        for text, span in cells:
            cell = grid.cell(number, place)
            if span > 1:
                cell = cell.merge(grid.cell(number, place + span - 1))
            if text == "↑":
                cell = grid.cell(number - 1, place).merge(cell)
            else:
                cell.width = sum(widths[place : place + span]) * _EMU
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
    _set_borders(grid, bordered)
    widths = [TEXT_WIDTH * share // sum(shares) for share in shares]
    for column, width in zip(grid._tbl.tblGrid.findall(_qualified("w:gridCol")), widths, strict=True):
        column.set(_qualified("w:w"), str(width))
    return grid, widths


def _body_rows(cells: Sequence[str], loop: str, columns: int) -> list[tuple[str, Sequence[str]]]:
    """The row of cells, between the two rows that docxtpl takes for the loop."""
    if not cells:
        return []
    rest = [""] * (columns - 1)
    if not loop:
        return [("cells", cells)]
    return [("loop", [f"{{%tr for {loop} %}}", *rest]), ("cells", cells), ("loop", ["{%tr endfor %}", *rest])]


def _fill(document: Any, row: Any, texts: Sequence[str], styles: Sequence[str], widths: Sequence[int]) -> None:
    for cell, text, style, width in zip(row.cells, texts, styles, widths, strict=True):
        cell.width = width * _EMU
        cell.vertical_alignment = 1
        cell.paragraphs[0].style = document.styles[style]
        if text:
            cell.paragraphs[0].add_run(text)


def _mark_row(row: Any, tag: str) -> None:
    row._tr.get_or_add_trPr().append(_element(tag))


def _set_borders(grid: Any, bordered: bool) -> None:
    properties = grid._tbl.tblPr
    for old in properties.findall(_qualified("w:tblStyle")):
        properties.remove(old)
    if not bordered:
        return
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_line(side, 4))
    layout = properties.find(_qualified("w:tblLayout"))
    if layout is not None:
        layout.addprevious(borders)
    else:
        properties.append(borders)


def _element(tag: str) -> Any:
    """A new element of a document's XML; python-docx is imported when a template is built, and not by who only fills
    it."""
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def _qualified(tag: str) -> str:
    """A tag with its namespace, as lxml has it."""
    from docx.oxml.ns import qn

    return qn(tag)
