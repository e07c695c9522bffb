"""The words of a document put right: spaces typed for an indent, punctuation, numbers, the lines of its titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jinguo.word.deviation import CHARACTERS
from jinguo.word.effective import W
from jinguo.word.elements import Element, ElementRole, is_right_numeral, titles
from jinguo.word.formatting.correction import Correction
from jinguo.word.formatting.properties import holder, put
from jinguo.word.formatting.punctuation import Edit, edits
from jinguo.word.formatting.text_edits import make, pieces, plain_text, set_text
from jinguo.word.measure import Paragraph
from jinguo.word.signature import spaced_width
from jinguo.word.titles import title_lines, title_problems

#: Where each element begins, in characters; an indent of spaces that brings it there stays.
_BEGINS = {
    ElementRole.BODY: 2,
    ElementRole.HEADING: 2,
    ElementRole.ADDRESSEE: 0,
    ElementRole.ATTACHMENT: 0,
    ElementRole.RECORD: 1,
}


def correct_punctuation(elements: Sequence[Element]) -> Iterator[Correction]:
    """Punctuation, numbers and dates, paragraph by paragraph; automatic numbers in their level."""
    for element in elements:
        p = element.paragraph
        if element.role in (ElementRole.MARK, ElementRole.HEAD):
            continue
        wrong = element.numeral if element.numeral and not is_right_numeral(element) else ""
        if wrong and p.level is not None and any(s.number for s in p.segments):
            yield from _correct_level(element)
            wrong = ""
        # What one edit leaves may ask for another (a title that ends in a full stop typed half-width).
        for _ in range(4):
            text = plain_text(p.element)
            found = edits(text, element.role, wrong, element.level)
            if not found:
                break
            make(p.element, found)
            wrong = ""
            yield Correction(
                element.role, text.strip()[:20], "、".join(_shown(text, e) for e in found[:4]), f"改正 {len(found)} 处"
            )


def _shown(text: str, edit: Edit) -> str:
    return f"“{text[edit.start : edit.end]}”→“{edit.new}”"


def _correct_level(element: Element) -> Iterator[Correction]:
    """The text of an automatic number: %1. of Chinese numbers as %1、, (%1) as （%1）, %1、 of figures as %1."""
    level = element.paragraph.level
    assert level is not None
    count = re.search(r"%\d", level.text)
    text = level.element.find(f"{W}lvlText")
    if count is None or text is None:
        return
    wanted = {1: f"{count[0]}、", 2: f"（{count[0]}）", 3: f"{count[0]}.", 4: f"（{count[0]}）"}[element.level]
    if text.get(f"{W}val") != wanted:
        was = text.get(f"{W}val")
        text.set(f"{W}val", wanted)
        yield Correction("自动编号", element.numeral, was.replace(count[0], "N"), wanted.replace(count[0], "N"))


def correct_indents(elements: Sequence[Element]) -> Iterator[Correction]:
    """Spaces typed before a text that do not bring it to where it begins, and those around a signature."""
    for element in elements:
        p = element.paragraph
        text = plain_text(p.element)
        head = len(text) - len(text.lstrip(" \u3000\xa0\t"))
        tail = len(text.rstrip(" \u3000\xa0\t"))
        found: list[Edit] = []
        if element.role in (ElementRole.SIGNATURE, ElementRole.DATE, ElementRole.TITLE):
            found = [Edit(0, head, "")] * bool(head) + [Edit(tail, len(text), "")] * (tail < len(text))
        elif element.role in _BEGINS and head and _is_off(p, text[:head], _BEGINS[element.role]):
            found = [Edit(0, head, "")]
        if found:
            make(p.element, found)
            if element.role in (ElementRole.SIGNATURE, ElementRole.DATE):
                # Without its spaces it would be taken for text.
                put(holder(p.element, "pPr"), "jc", {"val": "right"})
            yield Correction(element.role, text.strip()[:20], "用空格空出来的位置", "改用缩进")


def _is_off(p: Paragraph, typed: str, begins: float) -> bool:
    """Whether typed spaces do not bring a text to where it begins; those of half a width are as wide as the font has
    them."""
    return bool(typed.strip("\u3000")) or abs(p.first_line - begins) > CHARACTERS


def break_titles(elements: Sequence[Element], names: frozenset[str]) -> Iterator[Correction]:
    """Titles that break inside a word, or are longer than a line, broken at words."""
    for lines in titles(elements):
        shown = [line.strip() for p in lines for line in plain_text(p.element).split("\n") if line.strip()]
        broken = any("回行" in found for _, found, _ in title_problems(shown))
        long = any(spaced_width(line) > 20 for line in shown)
        if not (broken or long) or any(len(line) > 120 for line in shown):
            continue
        wanted = title_lines("".join(shown), names)
        if wanted.split("\n") == shown:
            continue
        _join(lines)
        _break(lines[0].element, wanted)
        yield Correction(ElementRole.TITLE, shown[0][:20], "／".join(shown), wanted.replace("\n", "／"))


def _join(lines: list[Paragraph]) -> None:
    """The paragraphs of one title made one, without its old breaks."""
    first = lines[0].element
    for p in lines[1:]:
        if p.element.find(f"{W}pPr/{W}sectPr") is not None:
            continue
        for child in list(p.element):
            if child.tag != f"{W}pPr":
                first.append(child)
        p.element.getparent().remove(p.element)
    for element, text in pieces(first):
        if text == "\n":
            element.getparent().remove(element)


def _break(paragraph: Any, wanted: str) -> None:
    """A line break at each of the places of the wanted lines; a space that stood there goes."""
    place = 0
    text = plain_text(paragraph)
    for line in wanted.split("\n")[:-1]:
        place = text.index(line, place) + len(line)
        gap = len(text[place:]) - len(text[place:].lstrip())
        if gap:
            make(paragraph, [Edit(place, place + gap, "")])
            text = plain_text(paragraph)
        _line_break(paragraph, place)
        text = plain_text(paragraph)
        place += 1


def _line_break(paragraph: Any, place: int) -> None:
    at = 0
    for element, text in pieces(paragraph):
        if at <= place <= at + len(text) and element.tag == f"{W}t" and place > at:
            if place < at + len(text):
                rest = element.makeelement(f"{W}t")
                set_text(rest, text[place - at :])
                set_text(element, text[: place - at])
                element.addnext(rest)
            element.addnext(element.makeelement(f"{W}br"))
            return
        at += len(text)
