"""Direct formatting set where the schema wants it (ECMA-376, 17.3.1.26 and 17.3.2.28 give the order)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinguo.word.effective import W

_PARAGRAPH = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]
_RUN = [
    "rStyle",
    "rFonts",
    "b",
    "bCs",
    "i",
    "iCs",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "noProof",
    "snapToGrid",
    "vanish",
    "webHidden",
    "color",
    "spacing",
    "w",
    "kern",
    "position",
    "sz",
    "szCs",
    "highlight",
    "u",
    "effect",
    "bdr",
    "shd",
    "fitText",
    "vertAlign",
    "rtl",
    "cs",
    "em",
    "lang",
    "eastAsianLayout",
    "specVanish",
    "oMath",
    "rPrChange",
]


def holder(element: Any, kind: str) -> Any:
    """The w:pPr of a paragraph or the w:rPr of a run, made where there is none."""
    found = element.find(f"{W}{kind}")
    if found is None:
        found = element.makeelement(f"{W}{kind}")
        element.insert(0, found)
    return found


def put(properties: Any, tag: str, values: Mapping[str, str | None]) -> None:
    """Set attributes of one property in a w:pPr or w:rPr; None takes one away."""
    found = properties.find(f"{W}{tag}")
    if found is None:
        found = properties.makeelement(f"{W}{tag}")
        _insert(properties, tag, found)
    for name, value in values.items():
        if value is None:
            found.attrib.pop(f"{W}{name}", None)
        else:
            found.set(f"{W}{name}", value)


def _insert(properties: Any, tag: str, element: Any) -> None:
    order = _PARAGRAPH if properties.tag == f"{W}pPr" else _RUN
    place = order.index(tag)
    for child in properties:
        name = child.tag.rsplit("}", 1)[-1]
        if name in order and order.index(name) > place:
            child.addprevious(element)
            return
    properties.append(element)
