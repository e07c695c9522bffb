"""Heads of a filled document: titles broken at words, a mark in one line however long the name, and the marks and signatures of several offices that
write together (GB/T 9704-2012, 7.2.4, 7.3.5.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import unescape

from jinguo.common.ooxml import escape
from jinguo.word import gbt9704 as gb
from jinguo.word.signature import DATE, SIGNATURE, spaced_width, width
from jinguo.word.titles import TITLE_CAPACITY, title_lines

#: The styles of marks, and the size of their characters in half points.
_MARKS = {"发文机关标志": gb.SIZE_MARK, "信函标志": gb.SIZE_LETTER_MARK}
#: The margins of a cell, and a hair more, in twips.
_CELL_MARGINS = 200
_TEXT_WIDTH = gb.PAGE_WIDTH - gb.MARGIN_LEFT - gb.MARGIN_RIGHT
#: What several offices share stands to the right of their names.
_SHARED = "文件"
#: A seal is 42 mm wide at most; rows of seals stand so many lines apart.
_SEAL_LINES = 3
_BORDERS = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))


def set_marks(xml: str, styles: Mapping[str, str]) -> str:
    """A part with each mark as large as fits in one line; the names of several offices one below the other, 文件 beside them."""
    for identifier, name in styles.items():
        if name in _MARKS:
            xml = _each(xml, identifier, partial(_mark, _MARKS[name]))
    return xml


def _each(xml: str, style: str, change: Callable[[str], str]) -> str:
    """The part with each paragraph of this style changed."""
    mark, place = f'<w:pStyle w:val="{style}"/>', 0
    while (found := xml.find(mark, place)) >= 0:
        start, end = xml.rfind("<w:p>", 0, found), xml.index("</w:p>", found) + len("</w:p>")
        changed = change(xml[start:end]) if start >= 0 else xml[:end]
        xml = xml[: max(start, 0)] + changed + xml[end:]
        place = max(start, 0) + len(changed)
    return xml


def _mark(size: int, paragraph: str) -> str:
    names = _lines(paragraph)
    offices = [name for name in names if name]
    if len(offices) < 2:
        return _sized(paragraph, size, offices[0] if offices else "", _TEXT_WIDTH)
    shared = offices[-1].endswith(_SHARED)
    offices[-1] = offices[-1].removesuffix(_SHARED)
    right = 2 * gb.SIZE_MARK * 10 + 300 if shared else 0
    # Each name is spread over the width of the longest (7.2.4 wants them in order, the host first).
    rows = "".join(
        f"<w:tr>{_cell(_sized(_spread(_with_text(paragraph, office)), size, max(offices, key=width), _TEXT_WIDTH - right - _CELL_MARGINS), _TEXT_WIDTH - right)}"
        + (
            _cell(_with_text(paragraph, _SHARED if n == 0 else ""), right, "restart" if n == 0 else "continue")
            if shared
            else ""
        )
        + "</w:tr>"
        for n, office in enumerate(offices)
    )
    columns = "".join(f'<w:gridCol w:w="{size}"/>' for size in (_TEXT_WIDTH - right, right) if size)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _cell(paragraph: str, size: int, merge: str = "") -> str:
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{merged}<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'
    )


def _spread(paragraph: str) -> str:
    return paragraph.replace("</w:pPr>", '<w:spacing w:before="0"/><w:jc w:val="distribute"/></w:pPr>', 1)


def _lines(paragraph: str) -> list[str]:
    texts = re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:br/>)", paragraph)
    return "".join("\n" if line else text for text, line in texts).split("\n")


def _with_text(paragraph: str, text: str) -> str:
    """The paragraph with this text in one run of its first one's look."""
    head, run = paragraph[: paragraph.index("<w:r>")], re.search(r"<w:r>(<w:rPr>.*?</w:rPr>)?", paragraph)
    look = run[1] or "" if run else ""
    return f'{head}<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def _sized(paragraph: str, size: int, text: str, room: int) -> str:
    """The paragraph at a size at which the text fits in one line of this width; at its own where it does."""
    length = width(text)
    if not length or length * size * 10 <= room:
        return paragraph
    half_points = max(int(room / 10 / length), gb.SIZE_BODY)
    sized = f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    paragraph = re.sub(r"<w:r><w:rPr>", f"<w:r><w:rPr>{sized}", paragraph)
    return re.sub(r"<w:r>(?!<w:rPr>)", f"<w:r><w:rPr>{sized}</w:rPr>", paragraph)


def break_titles(xml: str, styles: Mapping[str, str]) -> str:
    """document.xml with each title that is longer than a line broken at words (7.3.1): the name of an attachment is its title."""
    for identifier, name in styles.items():
        if name == "公文标题":
            xml = _each(xml, identifier, _broken)
    return xml


def _broken(paragraph: str) -> str:
    text = _lines(paragraph)
    if len(text) > 1 or spaced_width(text[0]) <= TITLE_CAPACITY:
        return paragraph
    lines = title_lines(unescape(text[0])).split("\n")
    return _with_text(paragraph, '</w:t><w:br/><w:t xml:space="preserve">'.join(map(escape, lines)))


def set_signatures_together(xml: str, styles: Mapping[str, str]) -> str:
    """document.xml with the signatures of several offices side by side, two a row, the last above the day, and room for their
    seals between rows; a single signature stays."""
    ids = {name: identifier for identifier, name in styles.items()}
    if SIGNATURE not in ids:
        return xml
    mark = f'<w:pStyle w:val="{ids.get(DATE, "")}"/>'
    date = re.search(rf"{re.escape(mark)}.*?</w:p>", xml, re.DOTALL)
    day = "".join(_lines(date[0])) if date else ""
    together = _each(xml, ids[SIGNATURE], partial(_together, ids[SIGNATURE], day))
    if together == xml:
        return xml
    right = gb.SEAL_DATE_RIGHT * gb.CHARACTER_WIDTH
    return together.replace(mark, f'{mark}<w:ind w:rightChars="{gb.SEAL_DATE_RIGHT * 100}" w:right="{right}"/>', 1)


def _together(identifier: str, day: str, paragraph: str) -> str:
    offices = [name for name in _lines(paragraph) if name]
    if len(offices) < 2:
        return paragraph
    right = (gb.CHARACTERS - gb.SEAL_DATE_RIGHT - spaced_width(day) / 2) * gb.CHARACTER_WIDTH
    left = gb.CHARACTERS / 4 * gb.CHARACTER_WIDTH
    rows = _rows(offices)
    tabs = "".join(f'<w:tab w:val="center" w:pos="{round(place)}"/>' for place in (left, right))
    style = f'<w:pStyle w:val="{identifier}"/>'
    properties = f'<w:pPr>{style}<w:keepNext/><w:tabs>{tabs}</w:tabs><w:ind w:firstLine="0" w:left="0" w:right="0"/><w:jc w:val="left"/></w:pPr>'
    blank = "<w:p><w:pPr><w:keepNext/></w:pPr></w:p>" * _SEAL_LINES
    return blank.join(
        f"<w:p>{properties}<w:r>"
        + "".join(f'<w:tab/><w:t xml:space="preserve">{office}</w:t>' if office else "<w:tab/>" for office in row)
        + "</w:r></w:p>"
        for row in rows
    )


def _rows(offices: Sequence[str]) -> list[tuple[str, str]]:
    """Two a row; a last one alone stands at the right, above the day."""
    pairs = [(offices[n], offices[n + 1]) for n in range(0, len(offices) - 1, 2)]
    return pairs if len(offices) % 2 == 0 else [*pairs, ("", offices[-1])]
