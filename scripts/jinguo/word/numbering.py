"""Automatic numbers (ECMA-376, 17.9) as the text that Word shows: 一、, （二）, 3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from jinguo.word.effective import SAFE, Properties, W, flat

_DIGITS = "〇一二三四五六七八九"
_ENCLOSED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    "ideographDigital", "japaneseDigitalTenThousand", "koreanCounting",
}  # fmt: skip


@dataclass
class Level:
    """One level of a list: how it counts, its text (%1、), the number its paragraphs are set with."""

    depth: int
    start: int
    form: str
    text: str
    suffix: str
    element: Any
    paragraph: Properties = field(default_factory=dict)
    run: Properties = field(default_factory=dict)
    style: str = ""
    legal: bool = False


class Numbering:
    """The lists of a document; `next_number` counts as Word does while the paragraphs are read in their order."""

    def __init__(self, xml: bytes | None) -> None:
        self.tree = etree.fromstring(xml, SAFE) if xml else None
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if self.tree is not None:
            self._read(self.tree)

    def _read(self, tree: Any) -> None:
        for abstract in tree.findall(f"{W}abstractNum"):
            found = [_level(element) for element in abstract.findall(f"{W}lvl")]
            self._abstract[abstract.get(f"{W}abstractNumId", "")] = {level.depth: level for level in found}
        for number in tree.findall(f"{W}num"):
            abstract = number.find(f"{W}abstractNumId").get(f"{W}val", "")
            levels = dict(self._abstract.get(abstract, {}))
            for change in number.findall(f"{W}lvlOverride"):
                depth, own = int(change.get(f"{W}ilvl", "0")), change.find(f"{W}lvl")
                if own is not None:
                    levels[depth] = _level(own)
            self._lists[number.get(f"{W}numId", "")] = (abstract, levels)

    def level(self, number: str, depth: str | None, style: str | None = None) -> Level | None:
        """The level of a list (numId, ilvl); None where there is none. Without a depth it is the one linked to the style."""
        levels = self._lists.get(number, ("", {}))[1]
        if depth is None and style:
            linked = next((level for level in levels.values() if level.style == style), None)
            if linked:
                return linked
        return levels.get(int(depth or 0))

    def next_number(self, number: str, level: Level) -> str:
        """The text of the next number of this list at this level, without what follows it; empty for a bullet."""
        abstract, levels = self._lists[number]
        counts = self._counts.setdefault(abstract, {})
        if (number, level.depth) not in self._started and self._restarts(number, level.depth):
            counts.pop(level.depth, None)
        self._started.add((number, level.depth))
        counts[level.depth] = counts.get(level.depth, level.start - 1) + 1
        for deeper in [depth for depth in counts if depth > level.depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""

        def shown(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            other = levels.get(depth, level)
            form = "decimal" if level.legal else other.form
            return written(counts.get(depth, other.start), form)

        return re.sub(r"%(\d)", shown, level.text)

    def _restarts(self, number: str, depth: int) -> bool:
        found = self.tree.find(f"{W}num[@{W}numId='{number}']") if self.tree is not None else None
        return found is not None and any(
            change.get(f"{W}ilvl") == str(depth) and change.find(f"{W}startOverride") is not None
            for change in found.findall(f"{W}lvlOverride")
        )


def _level(element: Any) -> Level:
    def value(name: str, default: str) -> str:
        found = element.find(f"{W}{name}")
        return default if found is None else str(found.get(f"{W}val", default))

    return Level(
        depth=int(element.get(f"{W}ilvl", "0")),
        start=int(value("start", "1")),
        form=value("numFmt", "decimal"),
        text=value("lvlText", ""),
        suffix=value("suff", "tab"),
        element=element,
        paragraph=flat(element.find(f"{W}pPr")),
        run=flat(element.find(f"{W}rPr")),
        style=value("pStyle", ""),
        legal=element.find(f"{W}isLgl") is not None,
    )


def written(number: int, form: str) -> str:
    """A number in one of Word's forms (numFmt); decimal for those no Chinese document uses."""
    if form in _CHINESE:
        return chinese(number)
    if form == "decimalEnclosedCircle" or form == "decimalEnclosedCircleChinese":
        return _ENCLOSED[number - 1] if 0 < number <= len(_ENCLOSED) else str(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if form == "none":
        return ""
    return str(number)


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九; beyond digit by digit."""
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def of_paragraph(properties: Mapping[str, str], direct: Mapping[str, str], numbering: Numbering) -> Level | None:
    """The level that numbers a paragraph; None where none does."""
    number = direct.get("numPr.numId", properties.get("numPr.numId"))
    if not number or number == "0":
        return None
    return numbering.level(number, direct.get("numPr.ilvl", properties.get("numPr.ilvl")))
