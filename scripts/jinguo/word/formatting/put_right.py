"""A copy of a document put right, and what was changed in it; what is right already comes back byte for byte."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from lxml import etree

from jinguo.common.ooxml import Package, read_parts
from jinguo.word.deviation import Deviation
from jinguo.word.effective import SAFE, StyleSheet, as_part
from jinguo.word.elements import Element, ElementRole, identify
from jinguo.word.formatting.correction import Correction
from jinguo.word.formatting.house_rules import HouseRules
from jinguo.word.formatting.look import name_fonts, set_look
from jinguo.word.formatting.page import set_page_numbers, set_pages
from jinguo.word.formatting.properties import holder, put
from jinguo.word.formatting.signatures import set_notes, set_signatures
from jinguo.word.formatting.table_fit import set_tables
from jinguo.word.formatting.texts import break_titles, correct_indents, correct_punctuation
from jinguo.word.inspection import inspect
from jinguo.word.measure import Measured, measure_parts
from jinguo.word.numbering import Numbering

_DOCUMENT, _NUMBERING = "word/document.xml", "word/numbering.xml"


@dataclass(frozen=True)
class PutRight:
    """The document, what was changed in it, and what is left for somebody to decide."""

    document: bytes
    changes: list[Correction]
    left: list[Deviation]
    #: Whether each paragraph is after it what it was taken for before.
    settled: bool = True


class _Opened:
    """A document whose trees are being changed; measured anew after its words changed."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._as_read = read_parts(data)
        self.parts = dict(self._as_read)
        self.tree = etree.fromstring(self.parts[_DOCUMENT], SAFE)
        self.measure()

    def measure(self) -> None:
        # One numbering serves both, so that a changed level is seen.
        self.numbering = Numbering(self.parts.get(_NUMBERING))
        self.styles = StyleSheet(self.parts, self.numbering)
        self.measured: Measured = measure_parts(self.parts, self.tree, self.numbering, self.styles)
        self.elements: list[Element] = identify(self.measured.paragraphs)

    def keep_numbering(self) -> None:
        if self.numbering.tree is not None:
            self.parts[_NUMBERING] = as_part(self.numbering.tree)

    def packed(self) -> bytes:
        return Package(self.data).with_parts(
            {n: data for n, data in self.parts.items() if self._as_read.get(n) != data}
        )


def put_right(data: bytes, rules: HouseRules, names: frozenset[str] = frozenset()) -> PutRight:
    """The document by these rules; `names` are kept whole where a title breaks. Raises what reading a damaged package or
    part raises (ooxml.DAMAGED)."""
    result = _once(data, rules, names)
    changes = list(result.changes)
    # What was put right may show what something else is: a line set as a title makes heads of those above it.
    for _ in range(_MOST_PASSES):
        if result.settled:
            break
        result = _once(result.document, rules, names)
        changes += result.changes
    return PutRight(result.document, changes, result.left)


_MOST_PASSES = 4


def _once(data: bytes, rules: HouseRules, names: frozenset[str]) -> PutRight:
    opened = _Opened(data)
    changes: list[Correction] = []
    if not _is_chinese(opened.measured):
        return PutRight(data, [], [_NOT_CHINESE])
    taken_for = [_kinds(opened)]
    if rules.punctuation:
        changes += correct_punctuation(opened.elements)
        if changes:
            opened.keep_numbering()
            opened.measure()
    words = list(correct_indents(opened.elements))
    words += break_titles(opened.elements, names)
    if words:
        opened.measure()
    changes += words
    taken_for.append(_kinds(opened))
    changes += [change for element in opened.elements for change in set_look(element, rules, opened.styles)]
    for p in opened.measured.paragraphs:
        changes += name_fonts(p, opened.styles, rules.fonts["正文"])
    if changes:
        opened.keep_numbering()
    changes += set_notes(opened.elements)
    changes += set_signatures(opened.elements, rules.sealed)
    changes += set_pages(opened.measured, rules)
    changes += set_page_numbers(opened.measured, opened.parts, rules)
    changes += set_tables(opened.measured, rules)
    changes += _attachments_on_new_pages(opened.elements)
    if not changes:
        return PutRight(data, [], inspect(opened.measured))
    opened.parts[_DOCUMENT] = as_part(opened.tree)
    document = opened.packed()
    _verify(document)
    opened.measure()
    taken_for.append(_kinds(opened))
    settled = all(kinds == taken_for[0] for kinds in taken_for)
    return PutRight(document, changes, inspect(opened.measured), settled)


def _kinds(opened: _Opened) -> list[tuple[str, int]]:
    """What each paragraph is taken for."""
    return [(element.role, element.level) for element in opened.elements]


#: What is written in another language has rules of its own.
_NOT_CHINESE = Deviation("全文", "没有中文正文", "本功能按中文公文的国家标准排版，没有改动")


def _is_chinese(document: Measured) -> bool:
    letters = [c for p in document.paragraphs for c in p.text if c.isalpha()]
    return not letters or sum("\u3400" <= c <= "\u9fff" for c in letters) * 10 > len(letters)


def _attachments_on_new_pages(elements: list[Element]) -> list[Correction]:
    found = []
    for element in elements:
        if element.role is ElementRole.ATTACHMENT and not element.paragraph.new_page:
            put(holder(element.paragraph.element, "pPr"), "pageBreakBefore", {"val": None})
            found.append(Correction(element.role, element.paragraph.text.strip(), "没有另起一页", "另面编排"))
    return found


def _verify(document: bytes) -> None:
    """What was written can be read again, part by part."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        if package.testzip() is not None:
            raise ValueError("the copy cannot be read again")
