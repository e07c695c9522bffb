"""Whether a document's signature finds room on the page of its text, and the little that makes room for it: an empty line
less, lines a little closer (GB/T 9704-2012, 7.3.5.5: 调整行距、字距).

Nobody knows the pages before Word lays them out; they are estimated from the widths of the text, which is right to a line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from jinguo.word import gbt9704 as gb
from jinguo.word.effective import Properties, StyleSheet, W, is_on
from jinguo.word.numbering import Numbering
from jinguo.word.runs import Indents
from jinguo.word.signature import DATE, SIGNATURE, spaced_width

#: 23 lines a page instead of 22, and so a tenth of a millimetre closer a line: within what 5.2.3 leaves open.
TIGHT_PITCH = 554
_HEIGHT = gb.LINE_PITCH * gb.LINES
_WIDTH = gb.PAGE_WIDTH - gb.MARGIN_LEFT - gb.MARGIN_RIGHT
#: A last page with so few lines is one that a little room can spare.
_FEW = 4


class _Metrics(NamedTuple):
    """A paragraph style: height of a line, space around, width of a character (twips), indents in characters."""

    line: int
    around: int
    character: float
    first: float
    left: float
    right: float
    breaks: bool


class Fitting:
    """Fits the documents of one template; `styles.xml` with closer lines is made once."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._sheet = StyleSheet(parts, Numbering(parts.get("word/numbering.xml")))
        self._metrics: dict[str, _Metrics] = {}
        pitch = f'w:line="{gb.LINE_PITCH}"'.encode()
        self.tight_styles = parts["word/styles.xml"].replace(pitch, f'w:line="{TIGHT_PITCH}"'.encode())

    def fit(self, body: Any) -> bool:
        """Make room in the tree of document.xml where the signature would stand alone, or on a page of its own but for a few
        lines; whether the lines are to be closer."""
        signed = next((p for p in body.iter(f"{W}p") if self._name(p) == SIGNATURE), None)
        if signed is None or self._is_whole(body, 0, False):
            return False
        spare = self._blank_above(signed)
        if spare is not None and self._is_whole(body, 1, False):
            spare.getparent().remove(spare)
            return False
        if self.tight_styles and self._is_whole(body, int(spare is not None), True):
            if spare is not None:
                spare.getparent().remove(spare)
            return True
        return False

    def _is_whole(self, body: Any, less: int, tight: bool) -> bool:
        """Whether the day stands on a page with enough of the text, with so many empty lines less."""
        page, y, here = 0, 0.0, 0
        for height, breaks, splits, is_date in self._blocks(body, tight):
            if breaks and y:
                page, y, here = page + 1, 0.0, 0
            if is_date:
                y -= less * (TIGHT_PITCH if tight else gb.LINE_PITCH)
            if y + height > _HEIGHT + 40:
                if splits and height > splits:
                    fit = math.floor((_HEIGHT + 40 - y) / splits)
                    rest = height - fit * splits
                    page, y, here = page + 1, rest, round(rest / splits)
                else:
                    page, y, here = page + 1, height, 1
            else:
                y += height
                here += max(1, round(height / splits)) if splits else 1
            if is_date:
                return page == 0 or here > _FEW
        return True

    def _blocks(self, body: Any, tight: bool) -> Iterator[tuple[float, bool, int, bool]]:
        """(height, breaks the page before, height of a line where it may break within, is the day) of each paragraph and
        row, to the first day."""
        for block in body.find(f"{W}body"):
            if block.tag == f"{W}p":
                metrics = self._of(block)
                line = TIGHT_PITCH if tight and metrics.line == gb.LINE_PITCH else metrics.line
                lines = _lines(_text(block), metrics, _WIDTH)
                is_date = self._name(block) == DATE
                yield lines * line + metrics.around, metrics.breaks, line, is_date
                if is_date:
                    return
            elif block.tag == f"{W}tbl":
                for row in block.iter(f"{W}tr"):
                    yield self._row(row), False, 0, False

    def _row(self, row: Any) -> float:
        least = row.find(f"{W}trPr/{W}trHeight")
        height = float(least.get(f"{W}val")) if least is not None else 0.0
        for cell in row.iter(f"{W}tc"):
            width = cell.find(f"{W}tcPr/{W}tcW")
            room = (int(width.get(f"{W}w") or 0) if width is not None else _WIDTH) - 114
            height = max(height, sum(_lines(_text(p), m, room) * m.line for p in cell.iter(f"{W}p") for m in [self._of(p)]))  # fmt: skip
        return height

    def _of(self, paragraph: Any) -> _Metrics:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        identifier = style.get(f"{W}val") if style is not None else ""
        if identifier not in self._metrics:
            self._metrics[identifier] = _metrics(*self._sheet.paragraph(identifier))
        return self._metrics[identifier]

    def _name(self, paragraph: Any) -> str:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._sheet.name(style.get(f"{W}val")) if style is not None else ""

    def _blank_above(self, signed: Any) -> Any:
        """The empty line above a signature, where there are two."""
        first = signed.getprevious()
        second = first.getprevious() if first is not None else None
        both = [p for p in (first, second) if p is not None and p.tag == f"{W}p" and not _text(p) and not self._name(p)]
        return first if len(both) == 2 else None


def _metrics(paragraph: Properties, run: Properties) -> _Metrics:
    size = float(run.get("sz.val", 21)) / 2
    line = int(paragraph.get("spacing.line", 240))
    if paragraph.get("spacing.lineRule", "auto") == "auto":
        line = round(max(size * 26, gb.LINE_PITCH * line / 240 if is_on(paragraph, "snapToGrid") else size * 26))
    on_grid = paragraph.get("snapToGrid", "1") != "0"
    indents = Indents(paragraph, size)
    return _Metrics(
        line=line,
        around=int(paragraph.get("spacing.before", 0)) + int(paragraph.get("spacing.after", 0)),
        character=size * 20 + (gb.CHARACTER_SPACE / 4096 * 20 if on_grid else 0),
        first=indents.first_line,
        left=indents.left,
        right=indents.right,
        breaks=is_on(paragraph, "pageBreakBefore"),
    )


def _lines(text: str, metrics: _Metrics, width: float) -> int:
    """How many lines a text takes in this width."""
    room = max(width / metrics.character - metrics.right, 1.0)
    count = 0
    for part in text.split("\n"):
        length = spaced_width(part) + metrics.first - metrics.left
        count += max(1, math.ceil(length / max(room - metrics.left, 1.0) - 0.01))
    return count


def _text(paragraph: Any) -> str:
    return "".join("\n" if t.tag == f"{W}br" else t.text or "" for t in paragraph.iter(f"{W}t", f"{W}br"))
