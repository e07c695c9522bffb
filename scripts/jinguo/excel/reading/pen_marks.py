"""What people do with a pen in a workbook: words that are struck through, notes stuck to cells. No value says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinguo.common.ooxml import DAMAGED, Package
from jinguo.excel.package import parse, relationships, sheet_parts
from jinguo.excel.reading.sniff import Kind, sniff

_STYLES, _WORDS = "xl/styles.xml", "xl/sharedStrings.xml"
#: A strike that is switched off is none.
_OFF = ("0", "false")


class PenMarks(NamedTuple):
    """By (sheet, cell): whether all of a struck cell is struck (False: some words of it), and what a note says."""

    struck: dict[tuple[str, str], bool]
    notes: dict[tuple[str, str], str]


def pen_marks(path: Path) -> PenMarks:
    """The marks in an Office Open XML workbook; none in any other, or in one that cannot be read for them."""
    found = PenMarks({}, {})
    try:
        if sniff(path) is Kind.OOXML:
            _look_through(Package(path), found)
    except DAMAGED:
        # What could be read is read, and the marks are told as far as they were found.
        pass
    return found


def _look_through(package: Package, found: PenMarks) -> None:
    styles = _struck_styles(package)
    words = _struck_words(package)
    for sheet, part in sheet_parts(package).items():
        for kind, target in relationships(package, part).values():
            if kind == "comments" and target in package:
                for note in parse(package.read(target)).iter("{*}comment"):
                    text = "".join(t.text or "" for t in note.iter("{*}t"))
                    found.notes[sheet, note.get("ref") or ""] = " ".join(text.split())
        xml = package.read(part)
        if styles or words or b"strike" in xml:
            for cell, whole in _struck_cells(xml, styles, words):
                found.struck[sheet, cell] = whole


def _struck_styles(package: Package) -> set[str]:
    """The numbers of the looks whose font is struck through."""
    data = package.read(_STYLES) if _STYLES in package else b""
    if b"strike" not in data:
        return set()
    root = parse(data)
    fonts = [_is_struck(font) for font in root.iterfind("{*}fonts/{*}font")]
    looks = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return {str(n) for n, look in looks if (font := int(look.get("fontId") or 0)) < len(fonts) and fonts[font]}


def _struck_words(package: Package) -> dict[str, bool]:
    """The shared words of which any are struck through: whether all are."""
    data = package.read(_WORDS) if _WORDS in package else b""
    if b"strike" not in data:
        return {}
    runs = ((str(n), _runs(item)) for n, item in enumerate(parse(data).iterfind("{*}si")))
    return {n: all(struck) for n, struck in runs if any(struck)}


def _struck_cells(xml: bytes, styles: set[str], words: dict[str, bool]) -> Iterator[tuple[str, bool]]:
    for cell in parse(xml).iter("{*}c"):
        if not len(cell):
            continue
        value = cell.findtext("{*}v") or ""
        inside = _runs(cell.find("{*}is")) if cell.get("t") == "inlineStr" else []
        if cell.get("s") in styles:
            yield cell.get("r") or "", True
        elif cell.get("t") == "s" and value in words:
            yield cell.get("r") or "", words[value]
        elif any(inside):
            yield cell.get("r") or "", all(inside)


def _runs(item: object) -> list[bool]:
    """Of each run of a text that has one whether it is struck through; spaces alone do not count."""
    found = []
    for run in item.iterfind("{*}r") if item is not None else ():  # type: ignore[attr-defined]
        if re.search(r"\S", run.findtext("{*}t") or ""):
            looks = run.find("{*}rPr")
            found.append(looks is not None and _is_struck(looks))
    return found


def _is_struck(looks: object) -> bool:
    marks = [*looks.iterfind("{*}strike"), *looks.iterfind("{*}dstrike")]  # type: ignore[attr-defined]
    return any((mark.get("val") or "1") not in _OFF for mark in marks)
