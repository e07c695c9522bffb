"""The rendered page against GB/T 9704-2012: how many lines and characters really stand on it, and what stands
outside."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from jinguo.word import gbt9704 as gb
from jinguo.word.deviation import Deviation
from jinguo.word.fitting import TIGHT_PITCH
from jinguo.word.gbt9704 import ANY_DATE
from jinguo.word.libreoffice import PageLine
from jinguo.word.signature import width

_PER_MM = 72 / 25.4
_LEFT, _RIGHT = 28 * _PER_MM, (210 - 26) * _PER_MM
_TOP, _BOTTOM = 37 * _PER_MM, (297 - 35) * _PER_MM
#: A millimetre and a half: what a renderer may differ from Word by.
_SLACK = 1.5 * _PER_MM


class PageCount(NamedTuple):
    """What stands on a page: its lines in the text block, those of them in 3 号, and the width of the longest of
    these in characters."""

    number: int
    lines: int
    body: int
    longest: int


def count_lines(pages: list[list[PageLine]]) -> list[PageCount]:
    """The count of every page."""
    found = []
    for number, lines in enumerate(pages, 1):
        inside = [line for line in lines if line.bottom <= _BOTTOM + _SLACK]
        body = [line for line in inside if _is_body(line)]
        longest = max((math.ceil(width(line.text)) for line in body), default=0)
        found.append(PageCount(number, len(inside), len(body), longest))
    return found


def inspect_rendered(pages: list[list[PageLine]]) -> list[Deviation]:
    """Every deviation that only the laid-out page shows; nothing is said of what the page is too short to show."""
    return [*_density(pages), *_outside(pages), *_lonely_signature(pages)]


def _is_body(line: PageLine) -> bool:
    return abs(line.size - gb.SIZE_BODY / 2) < 0.8


def _density(pages: list[list[PageLine]]) -> Iterator[Deviation]:
    """The distance of lines and of characters, and how many of them fill the text block (5.2.3)."""
    pitches: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    for lines in pages:
        for one, other in pairwise(lines):
            if _is_body(one) and _is_body(other):
                pitches[round((other.bottom - one.bottom) * 2) / 2] += 1
        for line in filter(_is_body, lines):
            chinese = [
                (a, b)
                for a, b, c, d in zip(line.starts, line.starts[1:], line.text, line.text[1:], strict=False)
                if _is_chinese(c) and _is_chinese(d)
            ]
            steps.update(round((b - a) * 10) / 10 for a, b in chinese)
    if pitches.total() >= 5:
        pitch = pitches.most_common(1)[0][0]
        lines_a_page = round((_BOTTOM - _TOP) / pitch)
        # Where the signature needs room the lines may be a little closer (7.3.5.5).
        if lines_a_page != gb.LINES and not TIGHT_PITCH / 20 - 0.3 <= pitch <= gb.LINE_PITCH / 20 + 0.3:
            yield Deviation(
                "排出的行距", f"{pitch:.1f} 磅，一面排 {lines_a_page} 行", f"一面 {gb.LINES} 行，撑满版心（5.2.3）"
            )
    if steps.total() >= 50:
        step = steps.most_common(1)[0][0]
        characters = round((_RIGHT - _LEFT) / step)
        if characters != gb.CHARACTERS:
            yield Deviation(
                "排出的字距", f"{step:.1f} 磅，一行排 {characters} 字", f"一行 {gb.CHARACTERS} 字，撑满版心（5.2.3）"
            )


def _is_chinese(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _outside(pages: list[list[PageLine]]) -> Iterator[Deviation]:
    """Text that stands outside the text block; the page number may stand below it, and punctuation may hang."""
    for number, lines in enumerate(pages, 1):
        for line in lines:
            below = line.bottom > _BOTTOM + _SLACK
            number_line = below and line.text.strip("—-－–").strip().isdigit()
            hang = line.size if not _is_chinese(line.text[-1]) and not line.text[-1].isalnum() else 0
            if not number_line and (line.left < _LEFT - _SLACK or line.right > _RIGHT + _SLACK + hang or below):
                side = "下边" if below else "左边" if line.left < _LEFT - _SLACK else "右边"
                yield Deviation(
                    f"第 {number} 面“{_short(line.text)}”", f"排到了版心{side}以外", "版心 156×225 毫米（5.2.1）"
                )


def _lonely_signature(pages: list[list[PageLine]]) -> Iterator[Deviation]:
    """署名 and 成文日期 with no text of the document on their page (7.3.5.4 asks to adjust the spacing)."""
    for number, lines in enumerate(pages[1:], 2):
        texts = [line.text for line in lines if line.bottom <= _BOTTOM + _SLACK]
        if 1 <= len(texts) <= 2 and ANY_DATE.fullmatch(texts[-1]):
            yield Deviation(
                f"第 {number} 面", "只有署名和成文日期，没有正文", "调整行距、字距，使它们和正文在同一面（7.3.5.4）"
            )


def _short(text: str) -> str:
    return text if len(text) <= 16 else f"{text[:15]}…"
