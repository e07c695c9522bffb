"""Whether a document's signature finds room on the page of its text, and the little that makes room for it: an empty line
less, lines a little closer (GB/T 9704-2012, 7.3.5.5: 调整行距、字距).

Nobody knows the pages before Word lays them out; they are estimated from the widths of the text, which is right to a line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from jinguo.word import gbt9704 as gb
from jinguo.word.effective import Properties, StyleSheet, is_on
from jinguo.word.numbering import Numbering
from jinguo.word.runs import Indents
from jinguo.word.signature import DATE, SIGNATURE, quick_width

#: 23 lines a page instead of 22, and so a tenth of a millimetre closer a line: within what 5.2.3 leaves open.
TIGHT_PITCH = 554
_HEIGHT = gb.LINE_PITCH * gb.LINES
_WIDTH = gb.PAGE_WIDTH - gb.MARGIN_LEFT - gb.MARGIN_RIGHT
#: What an estimate may be off is kept free at the foot of a page.
_SLACK = -200
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


class _Block(NamedTuple):
    """A paragraph or a row of a table: its height and that with closer lines, the height of a line where a page may end
    within it (0: nowhere), whether a page begins with it."""

    height: float
    tight: float
    line: int
    breaks: bool = False


class Fitting:
    """Fits the documents of one template; `styles.xml` with closer lines is made once.

    The XML is looked through as text: a thousand letters are not parsed a second time.
    """

    def __init__(self, parts: Mapping[str, bytes], names: Mapping[str, str]) -> None:
        self._sheet = StyleSheet(parts, Numbering(parts.get("word/numbering.xml")))
        self._of = cache(lambda identifier: _metrics(*self._sheet.paragraph(identifier)))
        # Most paragraphs are the same in every document of a template.
        self._read = lru_cache(maxsize=8192)(self._read_chunk)
        marks = {name: f'<w:pStyle w:val="{identifier}"/>' for identifier, name in names.items()}
        self._signature, self._date = marks.get(SIGNATURE, "\0"), marks.get(DATE, "\0")
        pitch = f'w:line="{gb.LINE_PITCH}"'.encode()
        #: The head of a letter takes from its first page.
        self._taken = gb.LETTER_HEAD_TAKES if b"<w:titlePg" in parts["word/document.xml"] else 0
        self.tight_styles = parts["word/styles.xml"].replace(pitch, f'w:line="{TIGHT_PITCH}"'.encode())

    def fit(self, xml: str) -> tuple[str, bool]:
        """document.xml with room made where its signature would stand alone, or on a page of its own but for a few lines; and
        whether the lines are to be closer."""
        date = xml.find(self._date)
        signed = xml.rfind(self._signature, 0, max(date, 0))
        if signed < 0:
            return xml, False
        blocks = list(self._blocks(xml[xml.index("<w:body>") : xml.index("</w:p>", date) + 6]))
        if self._is_whole(blocks, 0, False):
            return xml, False
        start = xml.rfind("<w:p>", 0, signed)
        if "<w:tab/>" in xml[signed : xml.index("</w:p>", signed)]:
            # Several offices: the empty lines between them are where their seals go.
            return xml, False
        blank = next((b for b in _BLANKS if xml.endswith(b, 0, start)), "")
        spare = bool(blank) and any(xml.endswith(b, 0, start - len(blank)) for b in _BLANKS)
        closer = xml[: start - len(blank)] + xml[start:] if spare else xml
        if spare and self._is_whole(blocks, 1, False):
            return closer, False
        return (closer, True) if self._is_whole(blocks, int(spare), True) else (xml, False)

    def _is_whole(self, blocks: Sequence[_Block], less: int, tight: bool) -> bool:
        """Whether the day stands on the first page, or on one with enough of the text, with so many empty lines less."""
        page, _, here = _flowed(blocks, self._taken, less, tight)
        return page == 0 or here > _FEW

    def ends(self, xml: str) -> tuple[int, float]:
        """The page on which a text ends, counted from 1, and how much of it is free below, in twips."""
        page, y, _ = _flowed(list(self._blocks(xml[xml.index("<w:body>") :])), self._taken, 0, False)
        return page + 1, _HEIGHT - y

    def _blocks(self, body: str) -> Iterator[_Block]:
        """The blocks of the text as they follow each other; the last is the day."""
        blank = self._of("")
        row: list[float] | None = None
        least, room = 0.0, float(_WIDTH)
        for chunk in body.split("</w:p>")[:-1]:
            read = self._read(chunk)
            if row is not None and read.closes:
                height = max([least, *row])
                yield _Block(height, height, 0)
                row = None
            if row is None:
                for _ in range(read.blanks):
                    yield _Block(blank.line, _closer(blank.line), blank.line)
            if read.opens:
                row, least = [], read.least
            if row is not None and read.room:
                row.append(0.0)
                room = read.room
            metrics = read.metrics
            lines = _lines(read.text, metrics, room if row is not None else _WIDTH)
            if row is not None:
                row[-1:] = [(row[-1] if row else 0.0) + lines * metrics.line]
            else:
                around = metrics.around
                yield _Block(
                    lines * metrics.line + around, lines * _closer(metrics.line) + around, metrics.line, metrics.breaks
                )

    def _read_chunk(self, chunk: str) -> _Chunk:
        """What of the XML up to the end of a paragraph matters."""
        opens = "<w:tr>" in chunk or "<w:tr " in chunk
        height = _ROW_HEIGHT.search(chunk) if opens else None
        cell = _CELL.search(chunk) if "<w:tcW" in chunk else None
        style = chunk.find(_STYLE)
        begins = style + len(_STYLE)
        return _Chunk(
            "</w:tr>" in chunk,
            chunk.count("<w:p/>"),
            opens,
            float(height[1]) if height else 0.0,
            float(cell[1]) - 114 if cell else 0.0,
            self._of(chunk[begins : chunk.index('"', begins)] if style >= 0 else ""),
            "".join([text or "\n" for text in _TEXTS.findall(chunk)]),
        )


class _Chunk(NamedTuple):
    """The XML from one end of a paragraph to the next: whether a row ends and one begins before it, the empty paragraphs
    between, the least height of the row, the room of the cell it begins; the style and the text of the paragraph."""

    closes: bool
    blanks: int
    opens: bool
    least: float
    room: float
    metrics: _Metrics
    text: str


#: An empty line as the templates have it, and as one that is kept with the signature.
_BLANKS = ("<w:p/>", "<w:p><w:pPr><w:keepNext/></w:pPr></w:p>")
_ROW_HEIGHT = re.compile('<w:trHeight[^>]*w:val="(\\d+)"')
_CELL = re.compile('<w:tcW[^>]*w:w="(\\d+)"')
_STYLE = '<w:pStyle w:val="'
_TEXTS = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:br/>")


def _closer(line: int) -> int:
    return TIGHT_PITCH if line == gb.LINE_PITCH else line


def _flowed(blocks: Sequence[_Block], taken: float, less: int, tight: bool) -> tuple[int, float, int]:
    """Where blocks come to an end on pages of which the first has so much `taken`: the page from 0, how far down it, and how many lines of them stand on it."""
    page, y, here = 0, taken, 0
    for n, block in enumerate(blocks):
        height = block.tight if tight else block.height
        if block.breaks and y:
            page, y, here = page + 1, 0.0, 0
        if n == len(blocks) - 1:
            y -= less * (TIGHT_PITCH if tight else gb.LINE_PITCH)
        line = (_closer(block.line) if tight else block.line) or height
        if y + height <= _HEIGHT + _SLACK:
            y, here = y + height, here + max(1, round(height / line))
            continue
        room = math.floor((_HEIGHT + _SLACK - y) / line) if block.line else 0
        rest = height - room * line
        page, y, here = page + 1, rest, max(1, round(rest / line))
    return page, y, here


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


@lru_cache(maxsize=16384)
def _lines(text: str, metrics: _Metrics, width: float) -> int:
    """How many lines a text takes in this width."""
    if not text:
        return 1
    room = max(width / metrics.character - metrics.right - metrics.left, 1.0)
    begins = metrics.first - metrics.left
    return sum(max(1, math.ceil((quick_width(part) + begins) / room - 0.01)) for part in text.split("\n"))
