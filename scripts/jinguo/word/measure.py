"""A finished document as it stands on the page: every paragraph with its effective fonts, sizes and indents.

Styles are resolved here, from the document's own styles.xml; nothing is taken from the code that writes documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from jinguo.common.ooxml import read_parts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_THEME_SAFE = etree.XMLParser(resolve_entities=False, no_network=True)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body. Sizes in points, indents in characters of its own size, `colour` as RRGGBB or empty.

    `fonts` and `sizes` are those of its Chinese text; `in_table` tells cells from running text."""

    text: str
    fonts: frozenset[str]
    sizes: frozenset[float]
    colour: str
    align: str
    first_line: float
    left: float
    right: float
    line: float
    line_rule: str
    in_table: bool
    new_page: bool


@dataclass
class Measured:
    """The document: its section's numbers (twips), its paragraphs and tables, its footers by type."""

    page: dict[str, int]
    margins: dict[str, int]
    grid: dict[str, Any]
    paragraphs: list[Paragraph]
    tables: list[dict[str, Any]]
    footers: dict[str, dict[str, Any]]
    even_and_odd: bool
    theme_fonts: bool = False
    styles: Mapping[str, Any] = field(default_factory=dict)


def measure(data: bytes) -> Measured:
    """Raises what reading a damaged package or part raises (ooxml.DAMAGED)."""
    parts = read_parts(data)
    document = etree.fromstring(parts["word/document.xml"], _THEME_SAFE)
    styles = _Styles(etree.fromstring(parts["word/styles.xml"], _THEME_SAFE) if "word/styles.xml" in parts else None)
    sections = document.findall(f".//{_W}sectPr")
    if not sections:
        raise ValueError("a document without a section")
    section = sections[-1]
    settings = parts.get("word/settings.xml", b"")
    paragraphs = [_paragraph(p, styles) for p in document.iter(f"{_W}p")]
    return Measured(
        page=_numbers(section.find(f"{_W}pgSz")),
        margins=_numbers(section.find(f"{_W}pgMar")),
        grid=_grid(section.find(f"{_W}docGrid")),
        paragraphs=paragraphs,
        tables=[_table(t) for t in document.iter(f"{_W}tbl")],
        footers=_footers(section, parts, styles),
        even_and_odd=b"evenAndOddHeaders" in settings and b'evenAndOddHeaders w:val="0"' not in settings,
        theme_fonts=b"eastAsiaTheme" in parts["word/document.xml"]
        or b"eastAsiaTheme" in parts.get("word/styles.xml", b""),
    )


def _numbers(element: Any) -> dict[str, int]:
    if element is None:
        return {}
    return {
        etree.QName(name).localname: int(value)
        for name, value in element.attrib.items()
        if re.fullmatch(r"-?\d+", value)
    }


def _grid(element: Any) -> dict[str, Any]:
    return _numbers(element) | ({"type": element.get(f"{_W}type", "")} if element is not None else {})


class _Styles:
    """The styles of a document: for a paragraph the chain of property elements, nearest first."""

    def __init__(self, tree: Any) -> None:
        self.by_id: dict[str, Any] = {}
        self.default = ""
        self.defaults: list[Any] = []
        if tree is None:
            return
        for style in tree.iter(f"{_W}style"):
            self.by_id[style.get(f"{_W}styleId")] = style
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") == "1":
                self.default = style.get(f"{_W}styleId")
        found = tree.find(f"{_W}docDefaults")
        self.defaults = [found] if found is not None else []

    def chain(self, identifier: str | None) -> Iterator[Any]:
        """The style, those it is based on, and the document's defaults."""
        seen = set()
        current = identifier or self.default
        while current in self.by_id and current not in seen:
            seen.add(current)
            style = self.by_id[current]
            yield style
            based = style.find(f"{_W}basedOn")
            current = based.get(f"{_W}val") if based is not None else ""
        yield from self.defaults


def _property(elements: list[Any], path: str, attribute: str) -> str | None:
    """An attribute of the nearest element that gives it: of direct formatting, of a style, of the defaults."""
    for element in elements:
        for found in element.iter(f"{_W}{path}"):
            value: str | None = found.get(f"{_W}{attribute}")
            if value is not None:
                return value
    return None


def _paragraph(p: Any, styles: _Styles) -> Paragraph:
    properties = p.find(f"{_W}pPr")
    direct = [properties] if properties is not None else []
    style = properties.find(f"{_W}pStyle") if properties is not None else None
    chain = list(styles.chain(style.get(f"{_W}val") if style is not None else None))
    holders = direct + chain
    runs = [r for r in p.iter(f"{_W}r") if any((t.text or "").strip() for t in r.iter(f"{_W}t"))]
    fonts, sizes, colours = set(), set(), set()
    for run in runs:
        own = run.find(f"{_W}rPr")
        near = ([own] if own is not None else []) + chain
        if any(re.search("[\u3400-\u9fff]", t.text or "") for t in run.iter(f"{_W}t")):
            fonts.add(_property(near, "rFonts", "eastAsia") or "")
            sizes.add(int(_property(near, "sz", "val") or 20) / 2)
        colours.add(_property(near, "color", "val") or "")
    size = max(sizes, default=10.5)

    def indent(side: str) -> float:
        # In characters where Word keeps it so, else worked out from its twips.
        counted = _property(holders, "ind", f"{side}Chars")
        if counted and counted != "0":
            return int(counted) / 100
        return int(_property(holders, "ind", side) or 0) / 20 / size

    return Paragraph(
        text="".join(_text(node) for node in p.iter(f"{_W}t", f"{_W}br", f"{_W}tab")),
        fonts=frozenset(fonts),
        sizes=frozenset(sizes),
        colour=next(iter(colours)) if len(colours) == 1 else "",
        align=_property(holders, "jc", "val") or "both",
        first_line=indent("firstLine"),
        left=indent("left"),
        right=indent("right"),
        line=int(_property(holders, "spacing", "line") or 240) / 20,
        line_rule=_property(holders, "spacing", "lineRule") or "auto",
        in_table=any(True for _ in p.iterancestors(f"{_W}tc")),
        new_page=_property(holders, "pageBreakBefore", "val") not in ("0", "false")
        and any(h.find(f".//{_W}pageBreakBefore") is not None for h in holders),
    )


def _text(node: Any) -> str:
    return (node.text or "") if node.tag == f"{_W}t" else "\n" if node.tag == f"{_W}br" else "\t"


def _table(table: Any) -> dict[str, Any]:
    rows = table.findall(f"{_W}tr")
    widths = [int(column.get(f"{_W}w") or 0) for column in table.findall(f"{_W}tblGrid/{_W}gridCol")]
    return {
        "rows": len(rows),
        "width": sum(widths),
        "head": bool(rows) and rows[0].find(f"{_W}trPr/{_W}tblHeader") is not None,
        "text": "".join(t.text or "" for t in rows[0].iter(f"{_W}t"))[:20] if rows else "",
    }


def _footers(section: Any, parts: Mapping[str, bytes], styles: _Styles) -> dict[str, dict[str, Any]]:
    """The footers by type (default, even, first): their text without the number, whether they count, side, size."""
    relations = etree.fromstring(parts.get("word/_rels/document.xml.rels", b"<Relationships/>"), _THEME_SAFE)
    targets = {r.get("Id"): r.get("Target") for r in relations}
    found = {}
    for reference in section.findall(f"{_W}footerReference"):
        identifier = reference.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        xml = parts.get(f"word/{targets.get(identifier, '')}")
        if xml is None:
            continue
        tree = etree.fromstring(xml, _THEME_SAFE)
        filled = [p for p in tree.iter(f"{_W}p") if b"PAGE" in etree.tostring(p)]
        paragraph = _paragraph(filled[0], styles) if filled else None
        runs = [r for p in filled for r in p.iter(f"{_W}r")]
        near = list(styles.chain(_style_of(filled[0]))) if filled else []
        size = next((int(v) / 2 for r in runs for v in [_property([r, *near], "sz", "val")] if v), 0.0)
        font = next((v for r in runs for v in [_property([r, *near], "rFonts", "ascii")] if v), "")
        found[reference.get(f"{_W}type")] = {
            "counts": bool(filled), "text": paragraph.text if paragraph else "", "align": paragraph.align if paragraph else "",
            "left": paragraph.left if paragraph else 0, "right": paragraph.right if paragraph else 0, "size": size, "font": font,
        }  # fmt: skip
    return found


def _style_of(paragraph: Any) -> str | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return None if style is None else style.get(f"{_W}val")
