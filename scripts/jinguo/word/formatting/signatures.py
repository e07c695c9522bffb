"""Signature, day and the note of attachments brought to where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from jinguo.word import gbt9704 as gb
from jinguo.word.deviation import CHARACTERS
from jinguo.word.elements import Element, ElementRole
from jinguo.word.formatting.correction import Correction
from jinguo.word.formatting.look import set_indents
from jinguo.word.formatting.properties import holder, put
from jinguo.word.runs import typed_spaces
from jinguo.word.signature import placed_right, placements, right_gap, right_indents


def set_signatures(elements: Sequence[Element], sealed: bool) -> Iterator[Correction]:
    """A signature and its day as 7.3.5 has them; several signatures side by side stay, as only the seals decide."""
    for signed, group in groupby(elements, lambda e: e.role in (ElementRole.SIGNATURE, ElementRole.DATE)):
        block = list(group)
        signatures = [e.paragraph for e in block if e.role is ElementRole.SIGNATURE]
        if not signed or len(signatures) != 1 or block[-1].role is not ElementRole.DATE:
            continue
        signature, date = signatures[0], block[-1].paragraph
        if placed_right(signature, date, CHARACTERS):
            continue
        placed = placements(signature.text.strip(), date.text.strip(), sealed)
        for p, placement in zip((signature, date), placed, strict=True):
            set_indents(p.element, 0, gb.SIZE_BODY / 2, **{placement.align: placement.indent})
            put(holder(p.element, "pPr"), "jc", {"val": placement.align})
        indents = right_indents(signature.text.strip(), date.text.strip(), sealed)
        yield Correction(
            ElementRole.SIGNATURE,
            signature.text.strip()[:20],
            f"右空 {right_gap(signature):.1f} 字，日期右空 {right_gap(date):.1f} 字",
            f"右空 {indents[0]:g} 字，日期右空 {indents[1]:g} 字",
        )


def set_notes(elements: Sequence[Element]) -> Iterator[Correction]:
    """附件说明 two characters in, the names below each other (7.3.4)."""
    for element in elements:
        p = element.paragraph
        if element.role is not ElementRole.NOTE:
            continue
        begins = 2.0 if p.text.strip().startswith("附") else 5.0
        if abs(p.first_line - begins) <= CHARACTERS or p.level is not None:
            continue
        typed = typed_spaces(p.text)
        set_indents(p.element, begins - typed, gb.SIZE_BODY / 2)
        yield Correction(ElementRole.NOTE, p.text.strip()[:20], f"左空 {p.first_line:.1f} 字", f"左空 {begins:g} 字")
