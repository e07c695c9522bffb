"""A sound document in the form Word gives its own, so that everything else here need know no other: the main part called
word/document.xml, headers and footers by number, a last section, whole twips.

Other programs name parts as they like (ISO/IEC 29500-2, 9.3: only relationships say what a part is), leave the section out (its properties
all have defaults), and write measures with a fraction.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any

from lxml import etree

from jinguo.common.ooxml import DAMAGED, read_parts, write_parts
from jinguo.word.effective import SAFE
from jinguo.word.hostile import resolved

_MAIN = "word/document.xml"
_PACKAGE = "_rels/.rels"
_TYPES = "[Content_Types].xml"
#: Parts by the last word of their relationship, as Word names them.
_NAMED = {
    "header": re.compile(r"word/header\d*\.xml"), "footer": re.compile(r"word/footer\d*\.xml"), "footnotes": re.compile(r"word/footnotes\.xml"),
    "endnotes": re.compile(r"word/endnotes\.xml"), "styles": re.compile(r"word/styles\.xml"), "numbering": re.compile(r"word/numbering\.xml"),
    "settings": re.compile(r"word/settings\.xml"), "comments": re.compile(r"word/comments\.xml"),
}  # fmt: skip
#: Elements whose attributes are lengths: in twentieths of a point, the second kind in halves of one.
_MEASURES = re.compile(
    rb"<w:(?:(pgSz|pgMar|docGrid|spacing|ind|tblW|tblInd|gridCol|tcW|trHeight|tab|cols)|sz|szCs|kern|position)\b[^>]*\d(?:\.\d|mm|cm|in|pt|pc|pi)[^>]*>"
)
_LENGTH = re.compile(rb'="(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi)?"')
#: Points of each unit (ISO/IEC 29500-1, 22.9.2.15).
_POINTS = {b"mm": 72 / 25.4, b"cm": 72 / 2.54, b"in": 72.0, b"pt": 1.0, b"pc": 12.0, b"pi": 12.0}
_LAST_SECTION = re.compile(
    rb"<w:sectPr\b(?:[^>]*/>|.*?</w:sectPr>)\s*(?:</w:sdtContent>\s*</w:sdt>\s*)?</w:body>", re.DOTALL
)
_DEFAULT_SECTION = b'<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'


def in_usual_form(data: bytes) -> bytes:
    """The document as Word would have written it; the same bytes where it is so already, or where its relationships cannot be read, which
    is for others to say. Raises what reading a damaged package raises (ooxml.DAMAGED)."""
    parts = read_parts(data)
    try:
        usual = _with_usual_names(dict(parts))
    except DAMAGED:
        return data
    for name in [n for n in usual if n.startswith("word/") and n.endswith(".xml")]:
        part = usual[name]
        if _MEASURES.search(part):
            usual[name] = part = _MEASURES.sub(_in_whole_units, part)
        if name == _MAIN and b"</w:body>" in part and not _LAST_SECTION.search(part):
            usual[name] = part.replace(b"</w:body>", _DEFAULT_SECTION + b"</w:body>")
    return data if usual == parts else write_parts(usual)


def _in_whole_units(tag: re.Match[bytes]) -> bytes:
    """A tag with its lengths as whole numbers."""
    each = 20 if tag[1] else 2

    def whole(length: re.Match[bytes]) -> bytes:
        factor = _POINTS[length[2]] * each if length[2] else 1.0
        return b'="%d"' % round(float(length[1]) * factor)

    return _LENGTH.sub(whole, tag[0])


def _with_usual_names(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts, the main one and those it names renamed."""
    main = next((target for kind, target in _relations(parts, _PACKAGE) if kind == "officeDocument"), _MAIN)
    if main != _MAIN and main in parts and _MAIN not in parts and b"wordprocessingml" in parts[main]:
        parts = _renamed(parts, main, _MAIN)
    for kind, target in _relations(parts, _relations_of(_MAIN)):
        wanted = _NAMED.get(kind)
        if wanted is not None and target in parts and not wanted.fullmatch(target):
            parts = _renamed(parts, target, _free(parts, kind))
    return parts


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _source_folder(relations: str) -> str:
    return posixpath.dirname(posixpath.dirname(relations))


def _relations(parts: dict[str, bytes], relations: str) -> list[tuple[str, str]]:
    """(last word of the type, part) of each relationship within the package."""
    if relations not in parts:
        return []
    found = []
    for relation in etree.fromstring(parts[relations], SAFE).iter("{*}Relationship"):
        if relation.get("TargetMode", "Internal") == "Internal":
            kind = (relation.get("Type") or "").rpartition("/")[2]
            found.append((kind, resolved(_source_folder(relations), relation.get("Target") or "")))
    return found


def _free(parts: dict[str, bytes], kind: str) -> str:
    if kind in ("header", "footer"):
        return next(name for n in range(1, 10_000) if (name := f"word/{kind}{n}.xml") not in parts)
    return f"word/{kind}.xml"


def _renamed(parts: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """The parts with one called otherwise, wherever it is named."""
    if new in parts:
        return parts
    own = _relations_of(old)
    if own in parts and posixpath.dirname(old) != posixpath.dirname(new):
        # Its own targets are given from where it lies.
        parts[own] = _retargeted(parts[own], lambda target: "/" + resolved(_source_folder(own), target))
    found = {{old: new, own: _relations_of(new)}.get(name, name): data for name, data in parts.items()}
    for name in [n for n in found if n.endswith(".rels")]:
        folder = _source_folder(name)
        found[name] = _retargeted(found[name], lambda t, f=folder: f"/{new}" if resolved(f, t) == old else t)
    types = etree.fromstring(found[_TYPES], SAFE)
    for override in types.iter("{*}Override"):
        if (override.get("PartName") or "").lstrip("/") == old:
            override.set("PartName", f"/{new}")
    found[_TYPES] = _bytes(types)
    return found


def _retargeted(data: bytes, change: Any) -> bytes:
    root = etree.fromstring(data, SAFE)
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode", "Internal") == "Internal":
            relation.set("Target", change(relation.get("Target") or ""))
    return _bytes(root)


def _bytes(root: Any) -> bytes:
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return found
