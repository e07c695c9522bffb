"""Many documents of one template in one file for printing: each begins on a new sheet, with its own page numbers."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from lxml import etree

from jinguo.common.ooxml import read_parts, write_parts
from jinguo.word.effective import SAFE, StyleSheet, W, as_part, flat
from jinguo.word.fitting import TIGHT_PITCH
from jinguo.word.gbt9704 import LINE_PITCH
from jinguo.word.numbering import Numbering

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOCUMENT, _RELATIONS, _TYPES = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"


def together(documents: Sequence[bytes]) -> bytes:
    """One document of all of these, which share a template: its styles and feet are those of the first. ValueError where there
    is none."""
    if not documents:
        raise ValueError("nothing to put together")
    parts = read_parts(documents[0])
    tree = etree.fromstring(parts[_DOCUMENT], SAFE)
    relations, types = etree.fromstring(parts[_RELATIONS], SAFE), etree.fromstring(parts[_TYPES], SAFE)
    # Lines that one of them has closer are closer in it alone.
    loose = _loose(documents)
    parts["word/styles.xml"] = read_parts(loose)["word/styles.xml"] if loose else parts["word/styles.xml"]
    styles = StyleSheet(parts, Numbering(None))
    body = tree.find(f"{W}body")
    for child in list(body):
        body.remove(child)
    for number, document in enumerate(documents):
        own = read_parts(document)
        inner = etree.fromstring(own[_DOCUMENT], SAFE).find(f"{W}body")
        if own["word/styles.xml"] != parts["word/styles.xml"]:
            _closer(inner, styles)
        if number:
            _bring(own, inner, number, (parts, relations, types))
        _append(body, inner, last=number == len(documents) - 1)
    parts |= {_DOCUMENT: as_part(tree), _RELATIONS: as_part(relations), _TYPES: as_part(types)}
    return write_parts(parts)


def _loose(documents: Sequence[bytes]) -> bytes:
    """A document whose lines are not closer, where there is one."""
    pitch = f'w:line="{TIGHT_PITCH}"'.encode()
    return next((d for d in documents if pitch not in read_parts(d)["word/styles.xml"]), b"")


def _closer(body: Any, styles: StyleSheet) -> None:
    """Let the lines of a text be closer by themselves, as its own styles had them."""
    for paragraph in body.iter(f"{W}p"):
        own = flat(paragraph.find(f"{W}pPr"))
        if (
            styles.paragraph(own.get("pStyle.val", ""))[0].get("spacing.line") != str(LINE_PITCH)
            or "spacing.line" in own
        ):
            continue
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = paragraph.makeelement(f"{W}pPr")
            paragraph.insert(0, properties)
        spacing = properties.makeelement(f"{W}spacing", {f"{W}line": str(TIGHT_PITCH), f"{W}lineRule": "exact"})
        later = next((c for c in properties if c.tag in _AFTER_SPACING), None)
        if later is not None:
            later.addprevious(spacing)
        else:
            properties.append(spacing)


#: What the schema has behind w:spacing (17.3.1.26), as far as the templates have it.
_AFTER_SPACING = {
    f"{W}{tag}" for tag in ("ind", "contextualSpacing", "jc", "textAlignment", "outlineLvl", "rPr", "sectPr")
}


def _append(body: Any, inner: Any, last: bool) -> None:
    """The content of one document as a section of its own; the next begins on a new sheet."""
    section = inner.find(f"{W}sectPr")
    for child in list(inner):
        if child is not section:
            body.append(child)
    _restart(section)
    if last:
        body.append(section)
        return
    end = body.makeelement(f"{W}p")
    properties = end.makeelement(f"{W}pPr")
    tail = body[-1]
    if tail.tag == f"{W}p" and tail.find(f"{W}pPr/{W}sectPr") is None:
        end, properties = tail, tail.find(f"{W}pPr")
        if properties is None:
            properties = end.makeelement(f"{W}pPr")
            end.insert(0, properties)
    else:
        # Behind a table there is no paragraph that could end the section.
        end.append(properties)
        body.append(end)
    properties.append(section)


def _restart(section: Any) -> None:
    """On a right-hand page, counted from 1."""
    for tag in ("type", "pgNumType"):
        for old in section.findall(f"{W}{tag}"):
            section.remove(old)
    kind = section.makeelement(f"{W}type", {f"{W}val": "oddPage"})
    section.find(f"{W}pgSz").addprevious(kind)
    section.find(f"{W}pgMar").addnext(section.makeelement(f"{W}pgNumType", {f"{W}start": "1"}))


def _bring(own: dict[str, bytes], inner: Any, number: int, into: tuple[dict[str, bytes], Any, Any]) -> None:
    """Pictures and charts of a document under names of their own."""
    parts, relations, types = into
    taken = {r.get("Id"): r.get("Target") for r in relations}
    renamed: dict[str, str] = {}
    for relation in etree.fromstring(own[_RELATIONS], SAFE):
        identifier, target = relation.get("Id", ""), relation.get("Target", "")
        part = f"word/{target}"
        if identifier in taken and parts.get(part) == own.get(part) and taken[identifier] == target:
            continue
        new = copy.deepcopy(relation)
        new.set("Id", f"{identifier}x{number}")
        if part in own:
            folder, _, name = target.rpartition("/")
            new.set("Target", f"{folder}/{number}_{name}")
            parts[f"word/{folder}/{number}_{name}"] = own[part]
            _declare(own, part, f"/word/{folder}/{number}_{name}", types)
            beside = f"word/{folder}/_rels/{name}.rels"
            if beside in own:
                parts[f"word/{folder}/_rels/{number}_{name}.rels"] = own[beside].replace(b"/embeddings/", f"/embeddings/{number}_".encode())  # fmt: skip
                for extra in own:
                    if extra.startswith("word/embeddings/"):
                        parts[extra.replace("embeddings/", f"embeddings/{number}_")] = own[extra]
        relations.append(new)
        renamed[identifier] = f"{identifier}x{number}"
    for element in inner.iter():
        for name in (f"{_R}id", f"{_R}embed", f"{_R}link"):
            if element.get(name) in renamed:
                element.set(name, renamed[element.get(name)])


def _declare(own: dict[str, bytes], part: str, name: str, types: Any) -> None:
    """The content type of a part that was brought along."""
    known = {t.get("Extension") for t in types}
    for declared in etree.fromstring(own[_TYPES], SAFE):
        if declared.get("Extension") and declared.get("Extension") not in known:
            types.insert(0, copy.deepcopy(declared))
        elif declared.get("PartName") == f"/{part}":
            other = copy.deepcopy(declared)
            other.set("PartName", name)
            types.append(other)
