"""The page put right: paper, margins, grid, page numbers of odd and even pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from jinguo.word import gbt9704 as gb
from jinguo.word.base import page_number_paragraph
from jinguo.word.effective import SAFE, W, as_part
from jinguo.word.formatting.correction import Correction
from jinguo.word.formatting.house_rules import HouseRules
from jinguo.word.inspection import grid_problems, margin_problems, page_number_problems, paper_problems
from jinguo.word.measure import Measured
from jinguo.word.sections import Section, footer_parts

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FOOTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
#: What may stand beside the number in a foot that is nothing but a page number.
_NOTHING_ELSE = re.compile(r"[\s\u3000—－–\-·\d第页共/of PAGEage]*")


def set_pages(document: Measured, rules: HouseRules) -> Iterator[Correction]:
    """Paper, margins and grid of every section."""
    standard = (rules.margins, rules.lines, rules.characters) == ((37, 26, 35, 28), gb.LINES, gb.CHARACTERS)
    for number, section in enumerate(document.sections, 1):
        where = f"第 {number} 节" if len(document.sections) > 1 else "全文"
        problems: list[tuple[str, str, str]] = list(paper_problems(section))
        if not section.landscape:
            problems += [*margin_problems(section), *grid_problems(section)] if standard else _differs(section, rules)
        if not problems:
            continue
        _set_section(section, rules)
        for where_found, found, wanted in problems:
            yield Correction("页面", where, f"{where_found} {found}", wanted)


def _differs(section: Section, rules: HouseRules) -> list[tuple[str, str, str]]:
    """Margins and grid against the office's own."""
    wanted = _numbers(rules)
    found = section.margins | section.grid
    return (
        [("版面", "", "按格式口径")] if any(abs(int(found.get(k, 0)) - int(v)) > 20 for k, v in wanted.items()) else []
    )


def _numbers(rules: HouseRules) -> dict[str, str]:
    top, right, bottom, left = (str(gb.millimetres(length)) for length in rules.margins)
    return {
        "top": top, "right": right, "bottom": bottom, "left": left, "linePitch": str(rules.line_pitch), "charSpace": str(rules.character_space),
    }  # fmt: skip


def _set_section(section: Section, rules: HouseRules) -> None:
    numbers = _numbers(rules)
    width, height = gb.PAGE_WIDTH, gb.PAGE_HEIGHT
    if section.landscape:
        _set(section.element, "pgSz", {"w": str(height), "h": str(width), "orient": "landscape"})
        return
    _set(section.element, "pgSz", {"w": str(width), "h": str(height)})
    margins = {side: numbers[side] for side in ("top", "right", "bottom", "left")} | {"gutter": "0"}
    margins["footer"] = str(gb.FOOTER)
    margins.setdefault("header", "851")
    _set(section.element, "pgMar", margins)
    grid = {"type": "linesAndChars", "linePitch": numbers["linePitch"], "charSpace": numbers["charSpace"]}
    _set(section.element, "docGrid", grid)


_ORDER = [
    "headerReference",
    "footerReference",
    "footnotePr",
    "endnotePr",
    "type",
    "pgSz",
    "pgMar",
    "paperSrc",
    "pgBorders",
    "lnNumType",
    "pgNumType",
    "cols",
    "formProt",
    "vAlign",
    "noEndnote",
    "titlePg",
    "textDirection",
    "bidi",
    "rtlGutter",
    "docGrid",
    "printerSettings",
    "sectPrChange",
]


def _set(section: Any, tag: str, values: dict[str, str]) -> None:
    found = section.find(f"{W}{tag}")
    if found is None:
        found = section.makeelement(f"{W}{tag}")
        place = _ORDER.index(tag)
        after = [c for c in section if _ORDER.index(c.tag.rsplit("}", 1)[-1]) > place]
        if after:
            after[0].addprevious(found)
        else:
            section.append(found)
    for name, value in values.items():
        found.set(f"{W}{name}", value)


def set_page_numbers(document: Measured, parts: dict[str, bytes], rules: HouseRules) -> Iterator[Correction]:
    """Page numbers of odd and even pages where they are not as they should be; other words of a foot stay."""
    if rules.page_number == "保持":
        return
    problems = list(page_number_problems(document)) if rules.page_number == "单双页" else _not_centred(document)
    if not problems:
        return
    sides = ("right", "left") if rules.page_number == "单双页" else ("center", "center")
    targets = footer_parts(parts)
    for number, section in enumerate(document.sections):
        own = {r.get(f"{W}type", "default"): r for r in section.element.findall(f"{W}footerReference")}
        if number and not own:
            continue
        default = own.get("default")
        old = parts.get(targets.get(default.get(f"{_R}id", ""), "")) if default is not None else None
        for kind, side in zip(("default", "even"), sides, strict=True):
            mine = own.get(kind)
            present = parts.get(targets.get(mine.get(f"{_R}id", ""), "")) if mine is not None else old
            name = _new_footer(parts, _foot(present, side))
            if mine is None:
                mine = section.element.makeelement(f"{W}footerReference")
                mine.set(f"{W}type", kind)
                section.element.insert(0, mine)
            mine.set(f"{_R}id", name)
    _odd_and_even(parts, rules.page_number == "单双页")
    for where, found, wanted in problems:
        yield Correction("页码", where, found, wanted)


def _not_centred(document: Measured) -> list[tuple[str, str, str]]:
    number = document.sections[-1].numbers.get("default")
    if number is not None and number.side == "center" and abs(number.size - gb.SIZE_PAGE_NUMBER / 2) < 0.3:
        return []
    return [("页码", "没有居中", "居中（格式口径）")]


def _foot(old: bytes | None, side: str) -> bytes:
    """A foot with the page number at this side; what else stood in the old one stays above it."""
    new = etree.fromstring(page_number_paragraph(side), SAFE)
    if old is None:
        return as_part(new)
    tree = etree.fromstring(old, SAFE)
    for paragraph in list(tree.iter(f"{W}p")):
        if paragraph.getparent() is None:
            continue
        whole = "".join(t.text or "" for t in paragraph.iter(f"{W}t"))
        pictures = paragraph.find(f".//{W}drawing") is not None or paragraph.find(f".//{W}pict") is not None
        counts = "PAGE" in etree.tostring(paragraph, encoding="unicode")
        if (counts or not whole.strip()) and _NOTHING_ELSE.fullmatch(whole) and (counts or not pictures):
            _remove(paragraph, tree)
    for child in tree:
        if child.tag == f"{W}p" or child.tag == f"{W}tbl":
            break
    else:
        return as_part(new)
    tree.append(new[0])
    return as_part(tree)


def _remove(paragraph: Any, tree: Any) -> None:
    """Take a paragraph of the foot away; one in a text box goes with the whole of it."""
    top = paragraph
    while top.getparent() is not None and top.getparent() is not tree:
        top = top.getparent()
    if top.getparent() is tree and top.tag in (f"{W}p", f"{W}sdt"):
        tree.remove(top)


def _new_footer(parts: dict[str, bytes], xml: bytes) -> str:
    """Add a foot to the package; comes back with the id of its relationship."""
    number = next(n for n in range(1, 1000) if f"word/footer{n}.xml" not in parts)
    name = f"footer{number}.xml"
    parts[f"word/{name}"] = xml
    rels = "word/_rels/document.xml.rels"
    tree = etree.fromstring(parts[rels], SAFE) if rels in parts else etree.fromstring(_NO_RELATIONS, SAFE)
    taken = {r.get("Id") for r in tree}
    identifier = next(f"rIdFoot{n}" for n in range(1, 1000) if f"rIdFoot{n}" not in taken)
    relation = tree.makeelement(f"{{{tree.nsmap[None]}}}Relationship")
    for key, value in (("Id", identifier), ("Type", _FOOTER), ("Target", name)):
        relation.set(key, value)
    tree.append(relation)
    parts[rels] = as_part(tree)
    types = etree.fromstring(parts["[Content_Types].xml"], SAFE)
    override = types.makeelement(f"{{{types.nsmap[None]}}}Override")
    override.set("PartName", f"/word/{name}")
    override.set("ContentType", _FOOTER_TYPE)
    types.append(override)
    parts["[Content_Types].xml"] = as_part(types)
    return identifier


_NO_RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'


def _odd_and_even(parts: dict[str, bytes], wanted: bool) -> None:
    """Let odd and even pages have feet of their own."""
    if "word/settings.xml" not in parts:
        return
    tree = etree.fromstring(parts["word/settings.xml"], SAFE)
    found = tree.find(f"{W}evenAndOddHeaders")
    if found is None:
        found = tree.makeelement(f"{W}evenAndOddHeaders")
        later = next((c for c in tree if c.tag in _AFTER_EVEN), None)
        if later is not None:
            later.addprevious(found)
        else:
            tree.append(found)
    found.attrib.pop(f"{W}val", None)
    if not wanted:
        tree.remove(found)
    parts["word/settings.xml"] = as_part(tree)


#: What the schema has after evenAndOddHeaders (17.15.1.78), as far as documents hold it.
_AFTER_EVEN = {
    f"{W}{tag}"
    for tag in [
        "bookFoldRevPrinting",
        "bookFoldPrinting",
        "bookFoldPrintingSheets",
        "drawingGridHorizontalSpacing",
        "drawingGridVerticalSpacing",
        "displayHorizontalDrawingGridEvery",
        "displayVerticalDrawingGridEvery",
        "doNotUseMarginsForDrawingGridOrigin",
        "drawingGridHorizontalOrigin",
        "drawingGridVerticalOrigin",
        "doNotShadeFormData",
        "noPunctuationKerning",
        "characterSpacingControl",
        "printTwoOnOne",
        "strictFirstAndLastChars",
        "noLineBreaksAfter",
        "noLineBreaksBefore",
        "savePreviewPicture",
        "doNotValidateAgainstSchema",
        "saveInvalidXml",
        "ignoreMixedContent",
        "alwaysShowPlaceholderText",
        "doNotDemarcateInvalidXml",
        "saveXmlDataOnly",
        "useXSLTWhenSaving",
        "saveThroughXslt",
        "showXMLTags",
        "alwaysMergeEmptyNamespace",
        "updateFields",
        "hdrShapeDefaults",
        "footnotePr",
        "endnotePr",
        "compat",
        "docVars",
        "rsids",
        "attachedSchema",
        "themeFontLang",
        "clrSchemeMapping",
        "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures",
        "forceUpgrade",
        "captions",
        "readModeInkLockDown",
        "smartTagType",
        "shapeDefaults",
        "doNotEmbedSmartTags",
        "decimalSymbol",
        "listSeparator",
    ]
}
