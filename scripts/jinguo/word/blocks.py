"""Building blocks of the factory templates: paragraphs by style, bordered tables with a repeated head."""

from __future__ import annotations

from typing import Any

from jinguo.word.gbt9704 import (
    LETTER_FOOT_LINE,
    LETTER_HEADER,
    PAGE_HEIGHT,
    millimetres,
)
from jinguo.word.table_blocks import (
    EMU,
    TEXT_WIDTH,
    border_line,
    fill_row,
    new_element,
    no_margins,
    qualified,
    set_borders,
)


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
    return parse_xml(named.replace("<w:rFonts", f'<w:rFonts xmlns:w="{qualified("w:p")[1:-2]}"', 1))


def letter_masthead(document: Any) -> None:
    """信函格式 (10.1): on the first page the office's name in red between double lines, and no page number; the number, where
    there is one, at the right below the line."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = LETTER_HEADER * EMU
    head, foot = section.first_page_header, section.first_page_footer
    for part in (head, foot):
        part.is_linked_to_previous = False
    mark = head.paragraphs[0]
    mark.style = document.styles["信函标志"]
    mark.add_run("{{ 单位名称 }}")
    # In a frame of the head: one of the foot would be kept inside the foot, which is higher up.
    line = head.add_paragraph(style=document.styles["信函下线"])
    line._p.pPr.insert(1, _frame(LETTER_FOOT_LINE))
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = 0
    head.add_paragraph(style=document.styles["信函上线"])
    paragraph(document, "公文正文", "{%p if 发文字号 %}")
    paragraph(document, "信函字号", "{{ 发文字号 }}")
    blank(document)
    paragraph(document, "公文正文", "{%p endif %}")
    blank(document)


def _frame(y: int) -> Any:
    """A frame as wide as the lines of a letter, in the middle of the page, at this distance from its upper edge."""
    frame = new_element("w:framePr")
    for key, value in (
        ("w", millimetres(170)), ("h", 20), ("hRule", "exact"), ("wrap", "around"), ("vAnchor", "page"), ("hAnchor", "page"), ("xAlign", "center"), ("y", y),
    ):  # fmt: skip
        frame.set(qualified(f"w:{key}"), str(value))
    return frame


def record(document: Any) -> None:
    """版记 at the foot of the last page (7.4): to whom a copy goes, who printed it and when; its outer lines 0.35 mm, the inner
    one 0.25 mm. On which page it comes to stand is worked out when the document is filled."""
    paragraph(document, "公文正文", "{%p if 印发机关 is defined and 印发机关 %}")
    paragraph(document, "版记位置")
    grid = document.add_table(rows=4, cols=1)
    set_borders(grid, bordered=False)
    properties = grid._tbl.tblPr
    place = new_element("w:tblpPr")
    for key, value in (
        ("vertAnchor", "margin"),
        ("horzAnchor", "margin"),
        ("tblpXSpec", "left"),
        ("tblpYSpec", "bottom"),
    ):
        place.set(qualified(f"w:{key}"), value)
    properties.insert(0, place)
    width = properties.find(qualified("w:tblW"))
    for key, value in (("w", str(TEXT_WIDTH)), ("type", "dxa")):
        width.set(qualified(f"w:{key}"), value)
    borders = new_element("w:tblBorders")
    for side, eighths in (("top", 8), ("bottom", 8), ("insideH", 6)):
        borders.append(border_line(side, eighths))
    width.addnext(borders)
    grid._tbl.tblGrid.findall(qualified("w:gridCol"))[0].set(qualified("w:w"), str(TEXT_WIDTH))
    copies, issued = "抄送：{{ 抄送 }}。", "{{ 印发机关 }}\t{{ 成文日期 }}印发"
    rows = [("表格文字", "{%tr if 抄送 %}"), ("版记", copies), ("表格文字", "{%tr endif %}"), ("版记印发", issued)]
    for row, (style, text) in zip(grid.rows, rows, strict=True):
        fill_row(document, row, [text], [style], [TEXT_WIDTH])
        row.cells[0]._tc.tcPr.find(qualified("w:vAlign")).addprevious(no_margins())
    paragraph(document, "版记位置")
    paragraph(document, "公文正文", "{%p endif %}")


def signature(document: Any, above: int = 2) -> None:
    """署名 and 成文日期; their indents are worked out when the document is filled. `above` lines leave room for the seal."""
    blank(document, above)
    paragraph(document, "署名", "{{ 单位名称 }}")
    paragraph(document, "成文日期", "{{ 成文日期 }}")


def contact(document: Any) -> None:
    """Whom to ask."""
    paragraph(document, "公文正文", "联系人：{{ 联系人 }}；联系电话：{{ 联系电话 }}。")


def contact_and_signature(document: Any) -> None:
    """Whom to ask, then 署名 and 成文日期."""
    contact(document)
    signature(document)


def contact_and_attachment(document: Any) -> None:
    """Whom to ask, the one attachment, then 署名 and 成文日期."""
    contact(document)
    blank(document)
    paragraph(document, "附件说明", "附件：{{ 附件一 }}")
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
    section._sectPr.find(qualified("w:pgSz")).set(qualified("w:orient"), "landscape")
    for side in ("top_margin", "bottom_margin", "left_margin", "right_margin"):
        setattr(section, side, millimetres(20) * EMU)
    for tag in ("w:footerReference", "w:docGrid"):
        for element in section._sectPr.findall(qualified(tag)):
            section._sectPr.remove(element)


def cards(document: Any, people: str) -> None:
    """A page each of `people`, on it the name twice, one below the other, with the organisation in small."""
    paragraph(document, "公文正文", f"{{%p for 行 in {people} %}}")
    width = PAGE_HEIGHT - 2 * millimetres(20)
    grid = document.add_table(rows=2, cols=1)
    grid.autofit = False
    set_borders(grid, bordered=True)
    grid._tbl.tblGrid.findall(qualified("w:gridCol"))[0].set(qualified("w:w"), str(width))
    for row in grid.rows:
        row.height = millimetres(82) * EMU
        cell = row.cells[0]
        cell.width = width * EMU
        cell.vertical_alignment = 1
        cell.paragraphs[0].style = document.styles["公文正文"]
        cell.paragraphs[0].add_run("{%p if 行.大字 %}")
        for style, text in (("桌牌姓名", "{{ 行.大字 }}"), ("公文正文", "{%p else %}"), ("桌牌长姓名", "{{ 行.小字 }}"), ("公文正文", "{%p endif %}"), ("名单说明", "{{ 行.所在组织 }}")):  # fmt: skip
            cell.add_paragraph(text, style=document.styles[style])
    paragraph(document, "间隔")
    paragraph(document, "公文正文", "{%p endfor %}")


def figure_chart(document: Any, name: str) -> None:
    """A native chart in a line of its own, where there is one."""
    paragraph(document, "公文正文", f"{{%p if {name} %}}")
    paragraph(document, "图", f"{{{{ {name} }}}}")
    paragraph(document, "公文正文", "{%p endif %}")
