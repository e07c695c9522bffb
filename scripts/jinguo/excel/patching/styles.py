"""Adding styles to a workbook: a cell's own style with another fill, so that its number format, font and borders
stay."""

from __future__ import annotations

import copy
import re
from typing import Any

from jinguo.common.ooxml import Package
from jinguo.excel.package import (
    add_content_type,
    add_relationship,
    parse,
    relationships,
    serialise,
    workbook_part,
)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
_DAY, _MOMENT, _TEXT = 14, 22, 49
#: Built-in formats that show all of a day, or a plain number (ECMA-376, part 1, 18.8.30).
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 14: "m/d/y", 15: "d-m-y", 22: "m/d/y h:m", 31: "y年m月d日"}
_PART_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Styles:
    """The styles part of a workbook; `save` writes it back when something was added."""

    def __init__(self, package: Package) -> None:
        self._package = package
        book = workbook_part(package)
        parts = [target for kind, target in relationships(package, book).values() if kind == "styles"]
        if parts and parts[0] in package:
            self._part, self._root = parts[0], parse(package.read(parts[0]))
        else:
            self._part, self._root = "xl/styles.xml", parse(_EMPTY.encode())
            add_relationship(package, book, "styles", self._part)
            add_content_type(package, self._part, _PART_TYPE)
        self._complete()
        self._made: dict[tuple[Any, ...], int] = {}
        self._fills: dict[str, int] = {}

    def _complete(self) -> None:
        """Put in what a workbook may leave out: a list, or the two fills that Excel takes for its own whatever they are
        (none, and grey). Each list stands where the schema has it."""
        standard = parse(_EMPTY.replace(_MAIN, self.space).encode())
        place = 1 if self._list("numFmts") is not None else 0
        for wanted in standard:
            name = wanted.tag.rpartition("}")[2]
            found = self._list(name)
            if found is None or not len(found):
                if found is not None:
                    self._root.remove(found)
                found = copy.deepcopy(wanted)
                self._root.insert(place, found)
            if name == "fills":
                for fill in copy.deepcopy(wanted)[len(found) :]:
                    found.append(fill)
            place = list(self._root).index(found) + 1

    @property
    def space(self) -> str:
        """The main namespace as this workbook has it: Strict ones have one of their own."""
        return str(self._root.tag).removesuffix("styleSheet")[1:-1]

    def _list(self, name: str) -> Any:
        return self._root.find(f"{{*}}{name}")

    def _append(self, name: str, element: Any) -> int:
        """Append to a counted list and return the new index."""
        items = self._list(name)
        items.append(element)
        items.set("count", str(len(items)))
        return len(items) - 1

    def filled(self, style: int, colour: str) -> int:
        """The style like `style` with a solid fill of this colour (RRGGBB)."""
        if (style, colour) not in self._made:
            self._made[style, colour] = self._clone(style, fillId=str(self._fill(colour)), applyFill="1")
        return self._made[style, colour]

    def told(self, colour: str = "", bold: bool = False) -> int:
        """The style of a cell with words in it: they are wrapped, on this colour."""
        if ("told", colour, bold) not in self._made:
            style = self._clone(
                0, **({"fillId": str(self._fill(colour)), "applyFill": "1"} if colour else {}), applyAlignment="1"
            )
            clone = self._list("cellXfs")[style]
            space = self._root.tag.removesuffix("styleSheet")
            for old in clone.findall(f"{space}alignment"):
                clone.remove(old)
            clone.insert(0, self._root.makeelement(f"{space}alignment", {"vertical": "center", "wrapText": "1"}))
            if bold:
                font = parse(f'<font xmlns="{self.space}"><b/><sz val="11"/><name val="宋体"/></font>'.encode())
                clone.set("fontId", str(self._append("fonts", font)))
                clone.set("applyFont", "1")
            self._made["told", colour, bold] = style
        return self._made["told", colour, bold]

    def formatted(self, style: int, number_format: int, is_whole: bool = True) -> int:
        """The style like `style` with a built-in number format (49 is text, 14 a day, 22 a day with its time); one that
        already shows all of such a value, in the office's own way, stays."""
        if self._serves(style, number_format, is_whole):
            return style
        if (style, number_format) not in self._made:
            made = self._clone(style, numFmtId=str(number_format), applyNumberFormat="1")
            # What was typed behind an apostrophe is no text any more.
            self._list("cellXfs")[made].attrib.pop("quotePrefix", None)
            self._made[style, number_format] = made
        return self._made[style, number_format]

    def _serves(self, style: int, number_format: int, is_whole: bool) -> bool:
        formats = self._list("cellXfs")
        xf = formats[style] if style < len(formats) else formats[0]
        own = int(xf.get("numFmtId") or 0)
        if xf.get("quotePrefix") in ("1", "true") and number_format != _TEXT:
            return False
        codes = {int(f.get("numFmtId") or 0): f.get("formatCode") or "" for f in self._root.iter("{*}numFmt")}
        code = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", codes.get(own, _BUILT_IN.get(own, ""))).lower()
        if number_format == _DAY:
            return set("ymd") <= set(code)
        if number_format == _MOMENT:
            return set("ymdh") <= set(code)
        if number_format == _TEXT:
            return own == _TEXT
        return own == 0 or bool(re.fullmatch(r"[#,0]*0(\.0+)?", code) and (is_whole or "." in code))

    def _clone(self, style: int, **attributes: str) -> int:
        formats = self._list("cellXfs")
        clone = copy.deepcopy(formats[style if style < len(formats) else 0])
        for key, value in attributes.items():
            clone.set(key, value)
        return self._append("cellXfs", clone)

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            space = self._root.tag.removesuffix("styleSheet")
            fill = self._root.makeelement(f"{space}fill", {})
            pattern = self._root.makeelement(f"{space}patternFill", {"patternType": "solid"})
            pattern.append(self._root.makeelement(f"{space}fgColor", {"rgb": f"FF{colour}"}))
            pattern.append(self._root.makeelement(f"{space}bgColor", {"indexed": "64"}))
            fill.append(pattern)
            self._fills[colour] = self._append("fills", fill)
        return self._fills[colour]

    def save(self) -> None:
        if self._made:
            self._package.write(self._part, serialise(self._root))
