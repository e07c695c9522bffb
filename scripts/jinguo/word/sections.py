"""The sections of a document: paper, margins, grid, and the page number at the foot of odd, even and first pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from jinguo.word.effective import SAFE, StyleSheet, W, flat
from jinguo.word.runs import Indents, run_text, runs_of, typed_spaces

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_COUNTS = re.compile(r"\bPAGE\b")


@dataclass(frozen=True)
class PageNumber:
    """The page number of one kind of page: its text as shown, size and font of the number, the side it stands at (left,
    right, center, or outside where it goes with the page), and how far in from the edge, in characters."""

    text: str
    size: float
    font: str
    side: str
    inset: float


@dataclass
class Section:
    """One section: lengths in twips by the names Word has for them; its page numbers by default, even, first (None where
    such a page has none); whether its first page is its own kind."""

    page: dict[str, int]
    margins: dict[str, int]
    grid: dict[str, Any]
    landscape: bool
    first_differs: bool
    numbers: dict[str, PageNumber | None] = field(default_factory=dict)
    element: Any = field(default=None, repr=False)


def read_sections(document: Any, parts: Mapping[str, bytes], styles: StyleSheet) -> list[Section]:
    """The sections in their order; ValueError where there is none. A section without a foot of its own has that of the
    one before."""
    elements = [s for s in document.iter(f"{W}sectPr") if s.getparent().tag in (f"{W}pPr", f"{W}body")]
    if not elements:
        raise ValueError("a document without a section")
    targets = footer_parts(parts)
    found: list[Section] = []
    for element in elements:
        page = numbers_of(element.find(f"{W}pgSz"))
        form = element.find(f"{W}pgNumType")
        section = Section(
            page=page,
            margins=numbers_of(element.find(f"{W}pgMar")),
            grid=_grid(element.find(f"{W}docGrid")),
            landscape=page.get("w", 0) > page.get("h", 0),
            first_differs=flat(element).get("titlePg") == "1",
            numbers=dict(found[-1].numbers) if found else {},
            element=element,
        )
        for reference in element.findall(f"{W}footerReference"):
            part = targets.get(reference.get(f"{_R}id", ""), "")
            if part in parts:
                dashes = form is not None and form.get(f"{W}fmt") == "numberInDash"
                section.numbers[reference.get(f"{W}type", "default")] = page_number(parts[part], styles, dashes)
        found.append(section)
    return found


def footer_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The parts that document.xml refers to, by the id of the relationship."""
    xml = parts.get("word/_rels/document.xml.rels")
    if xml is None:
        return {}
    return {
        r.get("Id", ""): t.lstrip("/") if (t := r.get("Target", "")).startswith("/") else f"word/{t}"
        for r in etree.fromstring(xml, SAFE)
    }


def numbers_of(element: Any) -> dict[str, int]:
    """The attributes of an element that are whole numbers."""
    if element is None:
        return {}
    return {
        etree.QName(name).localname: int(float(value))
        for name, value in element.attrib.items()
        if re.fullmatch(r"-?\d+(?:\.\d+)?", value)
    }


def _grid(element: Any) -> dict[str, Any]:
    return numbers_of(element) | ({"type": element.get(f"{W}type", "")} if element is not None else {})


def page_number(xml: bytes, styles: StyleSheet, dashes: bool = False) -> PageNumber | None:
    """The page number of a foot, wherever in it: in a paragraph, a frame, a text box; None where it has none."""
    tree = etree.fromstring(xml, SAFE)
    holder = next((p for p in tree.iter(f"{W}p") if _has_number(p)), None)
    if holder is None:
        return None
    direct = flat(holder.find(f"{W}pPr"))
    paragraph, below = styles.paragraph(direct.get("pStyle.val", ""))
    properties = paragraph | direct
    shown = [(run, run_text(run)) for run in runs_of(holder)]
    text = "".join(part for _, part in shown)
    number = next((run for run, part in shown if re.search(r"\d", part)), None)
    if number is None:
        # A field that nobody has worked out yet: its instruction is set as the number will be.
        number = next((run for run in holder.iter(f"{W}r")), None)
        text = re.sub(r"(?<=[—－–-])\s*(?=[—－–-])", " 1 ", text) if text.strip() else "1"
    run = styles.run(below, flat(number.find(f"{W}rPr"))) if number is not None else below
    size = float(run.get("sz.val", 20)) / 2
    indents = Indents(properties, size)
    side = _side(holder, properties)
    typed = text if side == "left" else text[::-1]
    inset = (indents.left if side == "left" else indents.right) + typed_spaces(typed)
    return PageNumber(
        f"- {text.strip()} -" if dashes and text.strip().isdigit() else text.strip(),
        size,
        styles.font(run, "ascii"),
        side,
        inset,
    )


def _has_number(paragraph: Any) -> bool:
    if any(next(t.iterancestors(f"{W}p")) is paragraph and _COUNTS.search(t.text or "") for t in paragraph.iter(f"{W}instrText")):  # fmt: skip
        return True
    return any(_COUNTS.search(f.get(f"{W}instr", "")) for f in paragraph.findall(f"{W}fldSimple"))


def _side(holder: Any, properties: Mapping[str, str]) -> str:
    """left, right, center or outside: of the frame or text box it stands in, or as the paragraph is set."""
    if "framePr.xAlign" in properties:
        return properties["framePr.xAlign"]
    anchor = next(holder.iterancestors(f"{_WP}anchor"), None)
    if anchor is not None and (align := anchor.findtext(f"{_WP}positionH/{_WP}align")):
        return str(align)
    shape = next((a for a in holder.iterancestors() if "mso-position-horizontal" in a.get("style", "")), None)
    if shape is not None:
        found = re.search(r"mso-position-horizontal:\s*(\w+)", shape.get("style"))
        if found and found[1] in ("left", "right", "center", "outside"):
            return found[1]
    tabs = [t for t in holder.iter(f"{W}ptab") if t.get(f"{W}alignment")]
    if tabs:
        return str(tabs[-1].get(f"{W}alignment"))
    justified = properties.get("jc.val", "left")
    return {"start": "left", "end": "right", "both": "left"}.get(justified, justified)
