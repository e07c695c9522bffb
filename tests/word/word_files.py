"""Word documents as other people make them, to be measured and put right: a paragraph a line, its look before it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

_ALIGN = {"居中": WD_ALIGN_PARAGRAPH.CENTER, "居右": WD_ALIGN_PARAGRAPH.RIGHT}


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def clerks_document(text: str) -> bytes:
    """Word's own blank page with paragraphs typed into it; a line may begin with 居中| or 居右|."""
    document = docx.Document()
    for line in text.strip("\n").split("\n"):
        look, _, words = line.partition("|") if "|" in line else ("", "", line)
        paragraph = document.add_paragraph(words)
        paragraph.alignment = _ALIGN.get(look)
    return saved(document)


def standard_document(paragraphs: Sequence[tuple[str, str]]) -> Any:
    """A document that meets the standard, all of it direct formatting: (kind, text), the kinds being 标题, 主送, 正文, 一级, 二级,
    署名, 日期 and 空. Returned open, for a test to build further."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    for key, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
        grid.set(qn(f"w:{key}"), value)
    section._sectPr.append(grid)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], side)
    for kind, text in paragraphs:
        add(document, kind, text)
    return document


_FONTS = {
    "标题": ("方正小标宋简体", 22),
    "一级": ("黑体", 16),
    "二级": ("楷体_GB2312", 16),
    "版记": ("仿宋_GB2312", 14),
}


def add(document: Any, kind: str, text: str) -> Any:
    """One more paragraph of a kind."""
    paragraph = document.add_paragraph()
    font, size = _FONTS.get(kind, ("仿宋_GB2312", 16))
    add_run(paragraph, text, font, size)
    look = paragraph.paragraph_format
    look.space_before = look.space_after = Pt(0)
    look.line_spacing = Pt(28.95)
    if kind == "标题":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif kind in ("正文", "一级", "二级"):
        look.first_line_indent = Pt(32)
    elif kind == "版记":
        look.first_line_indent = Pt(14)
    elif kind in ("署名", "日期"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        look.right_indent = Pt(15.79 * (4 if kind == "日期" else 3.75))
    return paragraph


def add_run(paragraph: Any, text: str, font: str, size: float) -> Any:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = font
    run._r.rPr.rFonts.set(qn("w:eastAsia"), font)
    run._r.rPr.rFonts.set(qn("w:hint"), "eastAsia")
    return run


def _page_number(paragraph: Any, side: str) -> None:
    paragraph.alignment = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "left": WD_ALIGN_PARAGRAPH.LEFT}[side]
    setattr(paragraph.paragraph_format, f"{side}_indent", Pt(14))
    add_run(paragraph, "— ", "宋体", 14)
    number = add_run(paragraph, "", "宋体", 14)
    for xml in ('<w:fldChar {} w:fldCharType="begin"/>', "<w:instrText {}> PAGE </w:instrText>", '<w:fldChar {} w:fldCharType="separate"/>', "<w:t {}>1</w:t>", '<w:fldChar {} w:fldCharType="end"/>'):  # fmt: skip
        number._r.append(parse_xml(xml.format(nsdecls("w"))))
    add_run(paragraph, " —", "宋体", 14)


def number_automatically(document: Any, levels: Sequence[tuple[str, str]]) -> None:
    """A list whose levels count like this: (numFmt, text); paragraphs take it with `numbered`."""
    numbering = document.part.numbering_part.element
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr><w:rPr><w:rFonts w:hint="eastAsia" w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/><w:sz w:val="32"/></w:rPr></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{made}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def numbered(paragraph: Any, level: int = 0) -> Any:
    """The paragraph as one of that list; its indent comes from the level."""
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'))
    return paragraph
