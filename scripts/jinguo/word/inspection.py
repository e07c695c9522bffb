"""Measuring a finished document against GB/T 9704-2012: every deviation with where, what it is, and what the standard
says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinguo.word import gbt9704 as gb
from jinguo.word.deviation import CHARACTERS, Deviation, is_family
from jinguo.word.element_inspection import inspect_elements
from jinguo.word.measure import Measured
from jinguo.word.sections import PageNumber, Section

#: How far a length may be off, in millimetres (5.2.1 allows 1).
_MM = 1.0


def inspect(document: Measured) -> list[Deviation]:
    """Every deviation, in the order of page, elements, page numbers, tables, and what people left in it. What a document
    does not have is not missed."""
    return [
        *_pages(document),
        *inspect_elements(document),
        *page_number_problems(document),
        *_tables(document),
        *_left_open(document),
    ]


def _mm(twips: float) -> float:
    return twips / 1440 * 25.4


def _pages(document: Measured) -> Iterator[Deviation]:
    """Paper, margins and grid of every section that has text; what is the same in several is said once."""
    found: dict[Deviation, None] = {}
    used = {p.section for p in document.paragraphs if p.text.strip()} or {len(document.sections) - 1}
    for number, section in enumerate(document.sections):
        if number in used:
            found |= dict.fromkeys(paper_problems(section))
            if not section.landscape:
                # A table that lies on its side has no lines of 28 characters.
                found |= dict.fromkeys([*margin_problems(section), *grid_problems(section)])
    yield from found
    if any(segment.themed for p in document.paragraphs for segment in p.segments):
        yield Deviation("字体", "用了主题字体，换一台电脑就变", "写明仿宋、黑体等字体（5.2.2）")


def paper_problems(section: Section) -> Iterator[Deviation]:
    """A paper that is not A4, either way up (5.1)."""
    size = sorted((_mm(section.page.get("w", 0)), _mm(section.page.get("h", 0))))
    if abs(size[0] - 210) > _MM or abs(size[1] - 297) > _MM:
        wide, high = (size[1], size[0]) if section.landscape else size
        yield Deviation("纸张", f"{wide:.0f}×{high:.0f} 毫米", "A4，210×297 毫米（5.1）")


def margin_problems(section: Section) -> Iterator[Deviation]:
    """Margins that do not leave 156 × 225 mm (5.2.1)."""
    for side, label, wanted, clause in (
        ("top", "天头（上边距）", 37, "5.2.1"), ("left", "订口（左边距）", 28, "5.2.1"), ("right", "右边距", 26, "5.2.1，版心宽 156 毫米"),
        ("bottom", "下边距", 35, "5.2.1，版心高 225 毫米"),
    ):  # fmt: skip
        length = _mm(abs(section.margins.get(side, 0)) + (section.margins.get("gutter", 0) if side == "left" else 0))
        if abs(length - wanted) > _MM:
            yield Deviation(label, f"{length:.1f} 毫米", f"{wanted} 毫米，可差 1 毫米（{clause}）")


def grid_problems(section: Section) -> Iterator[Deviation]:
    """A grid that does not hold 22 lines of 28 characters (5.2.3)."""
    page, margins, grid = section.page, section.margins, section.grid
    height = page.get("h", 0) - abs(margins.get("top", 0)) - abs(margins.get("bottom", 0))
    width = page.get("w", 0) - margins.get("left", 0) - margins.get("right", 0) - margins.get("gutter", 0)
    pitch = grid.get("linePitch", 0)
    # Half a point over the foot of the page is no line less.
    lines = (height + 10) // pitch if pitch and grid.get("type") in ("lines", "linesAndChars", "snapToChars") else 0
    if lines != gb.LINES:
        yield Deviation("行网格", f"每面 {lines} 行" if lines else "没有设行网格", f"每面 {gb.LINES} 行，撑满版心（5.2.3）")  # fmt: skip
    step = gb.SIZE_BODY / 2 + grid.get("charSpace", 0) / 4096
    characters = int(width / 20 / step + 0.05) if grid.get("type") in ("linesAndChars", "snapToChars") else 0
    if characters != gb.CHARACTERS:
        yield Deviation("字网格", f"每行 {characters} 字" if characters else "没有设字网格", f"每行 {gb.CHARACTERS} 字（5.2.3）")  # fmt: skip


def page_number_problems(document: Measured) -> Iterator[Deviation]:
    """Page numbers of odd and even pages (7.5)."""
    section = document.sections[-1]
    odd, even = section.numbers.get("default"), section.numbers.get("even")
    if odd is None:
        yield Deviation("页码", "没有页码", "版心下边缘之下编排页码（7.5）")
        return
    if odd.side == "outside" and not document.even_and_odd:
        # A frame that goes with the page: one foot serves both.
        even = odd
    elif not document.even_and_odd or even is None:
        yield Deviation("页码", "单双页相同", "单页码居右空一字，双页码居左空一字（7.5）")
    yield from _page_number("单页页码", odd, "right")
    if even is not None:
        yield from _page_number("双页页码", even, "left")


def _page_number(label: str, number: PageNumber, side: str) -> Iterator[Deviation]:
    beside = number.side == "outside" or (number.side == side and abs(number.inset - 1) <= CHARACTERS)
    if not beside:
        edge = "右" if side == "right" else "左"
        yield Deviation(label, f"没有居{edge}空一字", f"{label[:2]}码居{edge}空一字（7.5）")
    if not re.fullmatch(r"[—－–-]\s*\d+\s*[—－–-]", number.text):
        yield Deviation(label, f"“{number.text}”", "数字左右各放一条一字线（7.5）")
    if abs(number.size - gb.SIZE_PAGE_NUMBER / 2) > 0.3:
        yield Deviation(label, f"{number.size:g} 磅", "4 号字，14 磅（7.5）")
    if number.font and not is_family(number.font, "宋体"):
        yield Deviation(label, number.font, "半角宋体阿拉伯数字（7.5）")


def _tables(document: Measured) -> Iterator[Deviation]:
    for table in document.tables:
        section = document.sections[min(table["section"], len(document.sections) - 1)]
        width = section.page.get("w", 0) - section.margins.get("left", 0) - section.margins.get("right", 0)
        if table["width"] > width + 120:
            yield Deviation(
                f"表格“{table['text']}”",
                f"宽 {_mm(table['width']):.0f} 毫米",
                f"不宽于版心 {_mm(width):.0f} 毫米（5.2.1）",
            )
        if table["rows"] > gb.LINES and not table["head"]:
            yield Deviation(
                f"表格“{table['text']}”", f"有 {table['rows']} 行，转页时没有表头", "跨页的表格每页有表头（惯例）"
            )


def _left_open(document: Measured) -> Iterator[Deviation]:
    """What somebody left in the file to decide: it is printed or sent along."""
    if document.revisions:
        yield Deviation("修订", "有没有接受或拒绝的修订痕迹", "印发前接受或拒绝全部修订（审阅 › 接受）")
    if document.comments:
        yield Deviation("批注", f"有 {document.comments} 条批注", "印发前删去批注（审阅 › 删除）")
