"""What refers to rows of a sheet to which rows are added: formulas, areas of validations, filters, tables and charts."""

from __future__ import annotations

import re
from typing import NamedTuple

from jinguo.common.addresses import split_address


class Grown(NamedTuple):
    """Rows added to a sheet: below which row, how many, and whether what stood below has moved down for them."""

    sheet: str
    below: int
    added: int
    moves: bool

    def row(self, row: int) -> int:
        """Where a row stands now."""
        return row + self.added if self.moves and row > self.below else row

    def rows(self, first: int, last: int) -> tuple[int, int]:
        """Where a span of rows stands now; one that ends with the row above the new ones takes them in."""
        if first < last == self.below:
            return first, last + self.added
        return self.row(first), self.row(last)


#: A reference, perhaps with its sheet, that is no part of a word, of a function's name or of another workbook's sheet.
_REFERENCE = re.compile(
    r"""(?P<sheet>(?:'(?:[^']|'')+'|(?:\[\d+\])?[\w.\u4e00-\u9fff]+)!)?(?<![\w.\]])"""
    r"""(?P<left>\$?[A-Z]{1,3}\$?)(?P<first>\d{1,7})(?::(?P<right>\$?[A-Z]{1,3}\$?)(?P<last>\d{1,7}))?(?![\w(.!])"""
)
_TEXT = re.compile(r'("(?:[^"]|"")*")')


def grown_formula(formula: str, home: str, grown: Grown, of_the_row: bool = False) -> str:
    """A formula of the sheet `home` with its references where they stand now; what stands in quotation marks is text.

    One `of_the_row` above the new ones may run down to that row and no further (a running total); only an area with a
    fixed end takes them in.
    """
    if not any(c.isdigit() for c in formula):
        return formula

    def moved(match: re.Match[str]) -> str:
        prefix = match["sheet"] or ""
        if "[" in prefix or (_name(prefix) or home) != grown.sheet:
            return match[0]
        if match["last"] is None:
            return f"{prefix}{match['left']}{grown.row(int(match['first']))}"
        first, last = int(match["first"]), int(match["last"])
        runs = of_the_row and not match["right"].endswith("$")
        first, last = (grown.row(first), grown.row(last)) if runs else grown.rows(first, last)
        return f"{prefix}{match['left']}{first}:{match['right']}{last}"

    parts = _TEXT.split(formula)
    return "".join(part if part.startswith('"') else _REFERENCE.sub(moved, part) for part in parts)


def _name(prefix: str) -> str:
    """The name of the sheet of a reference."""
    name = prefix.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def grown_area(areas: str, grown: Grown) -> str:
    """Areas (A2:D20 F3) where they stand now; what holds for the row above the new ones holds for them too."""
    return " ".join(_one_area(area, grown) for area in areas.split())


def _one_area(area: str, grown: Grown) -> str:
    start, _, end = area.partition(":")
    (left, first), (right, last) = split_address(start.replace("$", "")), split_address((end or start).replace("$", ""))
    if not first:
        # Whole columns.
        return area
    if first <= grown.below <= last:
        bottom = last + grown.added if grown.moves else max(last, grown.below + grown.added)
        return f"{left}{first}:{right}{bottom}"
    first, last = grown.row(first), grown.row(last)
    return f"{left}{first}:{right}{last}" if end else f"{left}{first}"
