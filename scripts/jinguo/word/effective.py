"""What a paragraph and its text look like in the end, as Word works it out: document defaults, the paragraph style and
those it is based on, automatic numbering, the character style, direct formatting; the nearest counts (ECMA-376, 17.7.2).

Properties are kept flat, by element and attribute: {"rFonts.eastAsia": "仿宋_GB2312", "sz.val": "32", "b": "1"}.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

Properties = dict[str, str]
_OFF = ("0", "false", "off", "none")
#: Of a pair the nearer counts, whichever of the two it is.
_PAIRS = tuple((f"rFonts.{script}", f"rFonts.{script}Theme") for script in ("ascii", "hAnsi", "eastAsia", "cs"))


def as_part(tree: Any) -> bytes:
    """A tree as the bytes of a part."""
    data: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def flat(element: Any) -> Properties:
    """What a w:pPr or w:rPr says, by element and attribute."""
    found: Properties = {}
    for child in element if element is not None else ():
        if not isinstance(child.tag, str) or not child.tag.startswith(W):
            continue
        name = child.tag[len(W) :]
        if name == "numPr":
            for part in child:
                found[f"numPr.{part.tag[len(W) :]}"] = part.get(f"{W}val", "0")
        elif name not in ("rPr", "sectPr", "pPrChange", "rPrChange", "tabs"):
            for key, value in child.attrib.items():
                found[f"{name}.{key.rsplit('}', 1)[-1]}"] = value
            if name == "pBdr" and all(side.get(f"{W}val") in ("none", "nil") for side in child):
                found[name] = "0"
            found.setdefault(name, "1" if child.get(f"{W}val") not in _OFF else "0")
    return found


def _own(style: Any, kind: str) -> Properties:
    """What a style says itself; some programs write a second w:rPr."""
    found: Properties = {}
    for element in style.findall(f"{W}{kind}"):
        found = over(found, flat(element))
    return found


def over(far: Mapping[str, str], near: Mapping[str, str]) -> Properties:
    """Properties with nearer ones laid over them."""
    merged = {**far, **near}
    for plain, theme in _PAIRS:
        if plain in near and theme not in near:
            merged.pop(theme, None)
        elif theme in near and plain not in near:
            merged.pop(plain, None)
    # A line begins either further in or further out than the others.
    for begins, other in (("firstLine", "hanging"), ("hanging", "firstLine")):
        if any(f"ind.{begins}{kind}" in near for kind in ("", "Chars")):
            for kind in ("", "Chars"):
                if f"ind.{other}{kind}" not in near:
                    merged.pop(f"ind.{other}{kind}", None)
    return merged


def is_on(properties: Mapping[str, str], name: str) -> bool:
    """Whether a property without a value (keepNext, pageBreakBefore, b) is set."""
    return properties.get(name, "0") == "1"


class StyleSheet:
    """The styles of a document, each worked out once; `numbering` lends the indents of numbered styles."""

    def __init__(self, parts: Mapping[str, bytes], numbering: Any) -> None:
        self.numbering = numbering
        self.styles, self.default, self.default_run, self.default_paragraph = _read_styles(parts.get("word/styles.xml"))
        self.theme_fonts = theme_fonts(parts.get("word/theme/theme1.xml"))
        self.paragraph = cache(self._paragraph)
        self.character = cache(self._character)

    def name(self, identifier: str) -> str:
        """The name of a style as Word shows it."""
        style = self.styles.get(identifier or self.default)
        name = style.find(f"{W}name") if style is not None else None
        return str(name.get(f"{W}val", "")) if name is not None else ""

    def _chain(self, identifier: str) -> list[Any]:
        """The style and those it is based on, the farthest first."""
        chain: list[Any] = []
        while identifier in self.styles and self.styles[identifier] not in chain:
            style = self.styles[identifier]
            chain.insert(0, style)
            based = style.find(f"{W}basedOn")
            identifier = based.get(f"{W}val", "") if based is not None else ""
        return chain

    def _paragraph(self, identifier: str) -> tuple[Properties, Properties]:
        """(paragraph, run) properties of a paragraph style over the defaults; a style that numbers gets the indents of its
        level below its own."""
        paragraph, run = dict(self.default_paragraph), dict(self.default_run)
        for style in self._chain(identifier if identifier in self.styles else self.default):
            own = _own(style, "pPr")
            if "numPr.numId" in own:
                level = self.numbering.level(own["numPr.numId"], own.get("numPr.ilvl"), style.get(f"{W}styleId"))
                if level is not None:
                    own = over(level.paragraph, own) | {"numPr.ilvl": str(level.depth)}
            paragraph, run = over(paragraph, own), over(run, _own(style, "rPr"))
        return paragraph, run

    def _character(self, identifier: str) -> Properties:
        run: Properties = {}
        for style in self._chain(identifier):
            run = over(run, _own(style, "rPr"))
        return run

    def run(self, below: Mapping[str, str], direct: Mapping[str, str]) -> Properties:
        """What a run looks like: its character style and its own formatting over its paragraph's."""
        style = self.character(direct["rStyle.val"]) if "rStyle.val" in direct else {}
        merged = over(over(below, style), direct)
        if style.get("b") == "1" and "b" not in direct:
            # Bold in both styles is not bold (17.7.3).
            merged["b"] = "0" if below.get("b") == "1" else "1"
        return merged

    def font(self, run: Mapping[str, str], script: str = "eastAsia") -> str:
        """The font of a script; one that the theme gives by the theme's name for it, empty where nothing says."""
        theme = run.get(f"rFonts.{script}Theme")
        return self.theme_fonts.get(theme, "") if theme else run.get(f"rFonts.{script}", "")


@lru_cache(maxsize=8)
def _read_styles(xml: bytes | None) -> tuple[dict[str, Any], str, Properties, Properties]:
    """The styles of a styles.xml by id, the default paragraph style, the default run and paragraph properties; nobody changes
    them, and a document is measured several times while it is put right."""
    if xml is None:
        return {}, "", {}, {}
    tree = etree.fromstring(xml, SAFE)
    styles, default = {}, ""
    for style in tree.iter(f"{W}style"):
        styles[style.get(f"{W}styleId", "")] = style
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
            default = style.get(f"{W}styleId", "")
    defaults = tree.find(f"{W}docDefaults")
    if defaults is None:
        return styles, default, {}, {}
    run, paragraph = defaults.find(f"{W}rPrDefault/{W}rPr"), defaults.find(f"{W}pPrDefault/{W}pPr")
    return styles, default, flat(run), flat(paragraph)


def theme_fonts(xml: bytes | None) -> dict[str, str]:
    """The fonts of a theme as Word names them: minorEastAsia, majorHAnsi …; for Chinese what the theme has for Hans."""
    found: dict[str, str] = {}
    if not xml:
        return found
    tree = etree.fromstring(xml, SAFE)
    for kind in ("major", "minor"):
        fonts = tree.find(f".//{_DRAWING}{kind}Font")
        if fonts is None:
            continue
        latin, east = fonts.find(f"{_DRAWING}latin"), fonts.find(f"{_DRAWING}ea")
        hans = next((f.get("typeface", "") for f in fonts.iter(f"{_DRAWING}font") if f.get("script") == "Hans"), "")
        found[f"{kind}EastAsia"] = (east.get("typeface", "") if east is not None else "") or hans
        for script in ("Ascii", "HAnsi"):
            found[f"{kind}{script}"] = latin.get("typeface", "") if latin is not None else ""
    return found
