"""A finished document as it stands on the page: every paragraph with its fonts, sizes and indents as Word resolves them.

Nothing is taken from the code that writes documents: whoever made the file, its own styles, numbering and sections say
what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lxml import etree

from jinguo.common.ooxml import read_parts
from jinguo.word.effective import SAFE, Properties, StyleSheet, W, flat, is_on, over
from jinguo.word.numbering import Level, Numbering, of_paragraph
from jinguo.word.runs import Indents, run_text, runs_of, typed_spaces
from jinguo.word.sections import Section, read_sections

_BLOCK_HOLDERS = {f"{W}{tag}" for tag in ("ins", "sdt", "sdtContent", "smartTag", "moveTo", "customXml")}
_CHINESE = re.compile("[\u3400-\u9fff]")
_REVISIONS = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange)[ >/]")


class Segment(NamedTuple):
    """Text of one look: `font` of its Chinese, size in points, `colour` as RRGGBB or empty; `themed` where the theme gives
    the font, `number` where it is an automatic number."""

    text: str
    font: str
    size: float
    colour: str
    bold: bool = False
    themed: bool = False
    number: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. Sizes in points, indents in characters of its own size, spacing in points.

    `first_line` and `left` are where the first and the other lines begin, `right` where they end; typed spaces count with
    the line they begin or end. `in_table` tells cells, `aside` frames from running text; `section` is its place in the
    sections of the document, `element` the w:p itself.
    """

    element: Any = field(repr=False)
    style: str
    style_name: str
    segments: tuple[Segment, ...]
    properties: Properties = field(repr=False)
    align: str
    first_line: float
    left: float
    right: float
    line: float
    line_rule: str
    before: float
    after: float
    in_table: bool
    aside: bool
    new_page: bool
    section: int
    level: Level | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """Its text, the automatic number before it."""
        return "".join(segment.text for segment in self.segments)

    @property
    def chinese(self) -> list[Segment]:
        """The segments that have Chinese text."""
        return [segment for segment in self.segments if _CHINESE.search(segment.text)]

    @property
    def fonts(self) -> frozenset[str]:
        return frozenset(segment.font for segment in self.chinese)

    @property
    def sizes(self) -> frozenset[float]:
        return frozenset(segment.size for segment in self.segments if segment.text.strip())

    @property
    def colour(self) -> str:
        colours = {segment.colour for segment in self.segments if segment.text.strip()}
        return next(iter(colours)) if len(colours) == 1 else ""


@dataclass
class Measured:
    """The document: its sections, its paragraphs and tables, whether odd and even pages differ, and what people left in it
    to decide (`revisions`, `comments`)."""

    sections: list[Section]
    paragraphs: list[Paragraph]
    tables: list[dict[str, Any]]
    even_and_odd: bool
    revisions: bool
    comments: int


def measure(data: bytes) -> Measured:
    """Raises what reading a damaged package or part raises (ooxml.DAMAGED)."""
    parts = read_parts(data)
    document = etree.fromstring(parts["word/document.xml"], SAFE)
    numbering = Numbering(parts.get("word/numbering.xml"))
    return measure_parts(parts, document, numbering, StyleSheet(parts, numbering))


def measure_parts(parts: Mapping[str, bytes], document: Any, numbering: Numbering, styles: StyleSheet) -> Measured:
    """The same of parts already unpacked and parsed; numbers count from their beginning."""
    sections = read_sections(document, parts, styles)
    settings = parts.get("word/settings.xml", b"")
    reader = _BodyReader(styles, numbering)
    reader.read(document.find(f"{W}body"))
    return Measured(
        sections=sections,
        paragraphs=reader.paragraphs,
        tables=reader.tables,
        even_and_odd=bool(re.search(rb'<w:evenAndOddHeaders(?: w:val="(?:1|true|on)")?\s*/?>', settings)),
        revisions=bool(_REVISIONS.search(parts["word/document.xml"])),
        comments=parts.get("word/comments.xml", b"").count(b"<w:comment "),
    )


class _BodyReader:
    """Walks the body in its order, so that automatic numbers count and sections end where they do."""

    def __init__(self, styles: StyleSheet, numbering: Numbering) -> None:
        self.styles, self.numbering = styles, numbering
        self.paragraphs: list[Paragraph] = []
        self.tables: list[dict[str, Any]] = []
        self.section = 0

    def read(self, holder: Any, in_table: bool = False) -> None:
        for child in holder:
            if child.tag == f"{W}p":
                self.paragraphs.append(paragraph_of(child, self.styles, self.numbering, in_table, self.section))
                self.section += child.find(f"{W}pPr/{W}sectPr") is not None
            elif child.tag == f"{W}tbl":
                if not in_table:
                    self.tables.append(_table(child) | {"section": self.section})
                # Rows of tables in its cells come with those cells.
                for row in child.iter(f"{W}tr"):
                    for cell in row.iter(f"{W}tc") if next(row.iterancestors(f"{W}tbl")) is child else ():
                        if next(cell.iterancestors(f"{W}tr")) is row:
                            self.read(cell, in_table=True)
            elif child.tag in _BLOCK_HOLDERS:
                self.read(child, in_table)


def paragraph_of(
    element: Any, styles: StyleSheet, numbering: Numbering, in_table: bool = False, section: int = 0
) -> Paragraph:
    """One w:p measured; numbers count on."""
    own = element.find(f"{W}pPr")
    direct = flat(own)
    style = direct.get("pStyle.val", "")
    paragraph, run = styles.paragraph(style)
    level = of_paragraph(paragraph, direct, numbering)
    if level is not None and direct.get("numPr.numId"):
        # Numbered by hand: its level lies over the style.
        paragraph = over(paragraph, level.paragraph)
    properties = over(paragraph, direct)
    segments = _segments(element, styles, run)
    if level is not None:
        mark = over(over(run, flat(own.find(f"{W}rPr")) if own is not None else {}), level.run)
        number = numbering.next_number(direct.get("numPr.numId", properties["numPr.numId"]), level)
        if number:
            segments.insert(0, _segment(number, styles.run(mark, {}), styles)._replace(number=True))
    size = max((segment.size for segment in segments if segment.text.strip()), default=10.5)
    text = "".join(segment.text for segment in segments)
    indent = Indents(properties, size)
    return Paragraph(
        element=element,
        style=style,
        style_name=styles.name(style),
        segments=tuple(segments),
        properties=properties,
        align={"start": "left", "end": "right"}.get(found := properties.get("jc.val", "both"), found),
        first_line=indent.first_line + typed_spaces(text),
        left=indent.left,
        right=indent.right + typed_spaces(text[::-1]),
        line=_points(properties, "spacing.line", 240),
        line_rule=properties.get("spacing.lineRule", "auto"),
        before=_around(properties, "before"),
        after=_around(properties, "after"),
        in_table=in_table,
        aside=any(key.startswith("framePr") for key in properties),
        new_page=is_on(properties, "pageBreakBefore") or _page_break(element),
        section=section,
        level=level,
    )


def _points(properties: Mapping[str, str], name: str, default: float) -> float:
    return float(properties.get(name, default)) / 20


def _around(properties: Mapping[str, str], side: str) -> float:
    """The space before or after, in points; in hundredths of a line where Word keeps it so."""
    if is_on(properties, f"spacing.{side}Autospacing"):
        return 14.0
    lines = float(properties.get(f"spacing.{side}Lines", 0))
    return lines / 100 * 15.6 if lines else _points(properties, f"spacing.{side}", 0)


def _segments(element: Any, styles: StyleSheet, below: Properties) -> list[Segment]:
    """The text of the paragraph; what is hidden is not shown."""
    found: list[Segment] = []
    for run in runs_of(element):
        text = run_text(run)
        if not text:
            continue
        properties = styles.run(below, flat(run.find(f"{W}rPr")))
        if is_on(properties, "vanish"):
            continue
        segment = _segment(text, properties, styles)
        if found and found[-1]._replace(text="") == segment._replace(text=""):
            found[-1] = segment._replace(text=found[-1].text + text)
        else:
            found.append(segment)
    return found


def _segment(text: str, properties: Mapping[str, str], styles: StyleSheet) -> Segment:
    return Segment(
        text,
        styles.font(properties),
        float(properties.get("sz.val", 20)) / 2,
        properties.get("color.val", ""),
        is_on(properties, "b"),
        "rFonts.eastAsiaTheme" in properties and bool(_CHINESE.search(text)),
    )


def _page_break(element: Any) -> bool:
    """Whether it begins with a page break, or the paragraph before it ends with one."""
    before = element.getprevious()
    for paragraph, last in ((element, False), (before, True)):
        if paragraph is None or paragraph.tag != f"{W}p":
            continue
        runs = [r for r in paragraph.iter(f"{W}r") if len(r) and (len(r) > 1 or r[0].tag != f"{W}rPr")]
        if not runs:
            continue
        run = runs[-1 if last else 0]
        breaks = [child for child in run if child.tag == f"{W}br" and child.get(f"{W}type") == "page"]
        if breaks and not (run_text(run) and last and run[-1] is not breaks[-1]):
            return True
    return before is not None and before.tag == f"{W}p" and before.find(f"{W}pPr/{W}sectPr") is not None


def _table(table: Any) -> dict[str, Any]:
    rows = table.findall(f"{W}tr")
    widths = [int(column.get(f"{W}w") or 0) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
    return {
        "element": table,
        "rows": len(rows),
        "width": sum(widths),
        "head": bool(rows) and rows[0].find(f"{W}trPr/{W}tblHeader") is not None,
        "text": "".join(t.text or "" for t in rows[0].iter(f"{W}t"))[:20] if rows else "",
    }
