"""What stands around the rows of a worksheet: widths before them; merged ranges, drawings and the rest behind them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from jinguo.common.addresses import column_index, split_address

_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(/?)([\w.:-]+)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>", re.DOTALL
)
#: What follows legacyDrawing in a sheet (ECMA-376, part 1, 18.3.1.99); controls and objects may stand in an AlternateContent.
_AFTER_DRAWING = {
    b"legacyDrawingHF",
    b"drawingHF",
    b"picture",
    b"oleObjects",
    b"controls",
    b"AlternateContent",
    b"webPublishItems",
    b"tableParts",
    b"extLst",
}
_IDENTIFIER = re.compile(rb"""[\s:]id\s*=\s*["']([^"']+)["']""")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(\w+)\s*=\s*["']([^"']*)["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*["']([A-Z]+\d+):([A-Z]+\d+)["']""")
_ROW_HEIGHT = re.compile(rb'<row\b(?=[^>]*?\br="(\d+)")([^>]*)>')
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 64, 20
#: Pixels of a point, and of a character of the standard font.
_POINT, _CHARACTER = 4 / 3, 7


def place_for_drawing(behind: bytes) -> tuple[int, str]:
    """Given what stands behind the rows, where in it a legacyDrawing belongs, and the relationship of the one that is
    there already ('' where there is none)."""
    place = None
    for name, start, attributes in _children(behind):
        if name == b"legacyDrawing":
            found = _IDENTIFIER.search(attributes)
            return start, found[1].decode() if found else ""
        if place is None and name in _AFTER_DRAWING:
            place = start
    if place is None:
        place = behind.rindex(b"</")
    return place, ""


def _children(behind: bytes) -> Iterator[tuple[bytes, int, bytes]]:
    """The children of the worksheet behind the rows: (name without its prefix, where it begins, its attributes)."""
    depth = 0
    for tag in _TAG.finditer(behind):
        if tag[2] is None:
            continue
        if tag[1]:
            depth -= 1
            continue
        if depth <= 0:
            yield tag[2].rpartition(b":")[2], tag.start(), tag[3]
            depth = 0
        if not tag[4]:
            depth += 1


class Columns(NamedTuple):
    """Of each column that says so its style and its width in pixels, by its index from 0; `width` is that of the
    others."""

    styles: dict[int, int]
    widths: dict[int, int]
    width: int = _DEFAULT_WIDTH


#: A style for the columns to the end of the sheet is told for so many.
_MOST_COLUMNS = 1000


def columns_of(before: bytes) -> Columns:
    """The columns as they are described before the rows."""
    found = Columns({}, {})
    for column in _COLUMN.finditer(before):
        values = {name.decode(): value.decode() for name, value in _ATTRIBUTE.findall(column[1])}
        first, last = sorted((int(values.get("min", 1)) - 1, int(values.get("max", 1)) - 1))
        hidden = values.get("hidden") in ("1", "true")
        for index in range(first, min(last, first + _MOST_COLUMNS) + 1):
            if values.get("style", "0").isdigit() and values.get("style") != "0" and "style" in values:
                found.styles[index] = int(values["style"])
            if hidden or "width" in values:
                found.widths[index] = 0 if hidden else round(float(values["width"]) * _CHARACTER)
    return found


def heights_of(xml: bytes, start: int, end: int) -> dict[int, int]:
    """The height in pixels of every row that has one of its own, by its number; 0 for one that is hidden."""
    # A look for the letter first, which takes no time and among the cells of most sheets is not found.
    if xml.find(b"h", start, end) < 0 or (
        xml.find(b' ht="', start, end) < 0 and xml.find(b' hidden="', start, end) < 0
    ):
        return {}
    found = {}
    for row in _ROW_HEIGHT.finditer(xml, start, end):
        values = dict(_ATTRIBUTE.findall(row[2]))
        if values.get(b"hidden") in (b"1", b"true"):
            found[int(row[1])] = 0
        elif b"ht" in values:
            found[int(row[1])] = round(float(values[b"ht"]) * _POINT)
    return found


def first_of_merged(behind: bytes, cells: Collection[str]) -> dict[str, str]:
    """Of these cells, those that a merged range hides, with the cell of it that is seen."""
    waiting: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for cell in cells:
        letters, row = split_address(cell)
        waiting[row][column_index(letters)] = cell
    rows = sorted(waiting)
    hidden: dict[str, str] = {}
    for merged in _MERGED.finditer(behind):
        first, last = merged[1].decode(), merged[2].decode()
        (left, top), (right, bottom) = split_address(first), split_address(last)
        columns = range(column_index(left), column_index(right) + 1)
        for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            for c in [c for c, cell in waiting.get(row, {}).items() if c in columns and cell != first]:
                hidden[waiting[row].pop(c)] = first
            if not waiting.get(row):
                waiting.pop(row, None)
        if len(waiting) * 2 < len(rows):
            # However many ranges lie over each other, a cell is hidden once.
            rows = sorted(waiting)
    return hidden


class Box(NamedTuple):
    """The anchor of a comment's box: its first and its last column and row, from 0."""

    left: int
    top: int
    right: int
    bottom: int


#: So many columns or rows are looked along; beyond them, hidden ones do not end.
_MOST_ALONG = 200


def box_beside(row: int, column: int, width: int, height: int, columns: Columns, heights: dict[int, int]) -> Box:
    """A box at least so large (in pixels) beside a cell (row and column from 0): to its right and downwards, or
    where all is hidden there to its left, or upwards."""
    right = _along(column + 1, 1, width, lambda c: columns.widths.get(c, columns.width))
    left, right = (
        (column + 1, right)
        if right is not None
        else (_along(column - 1, -1, width, lambda c: columns.widths.get(c, columns.width)), column)
    )
    top = max(row - 1, 0)
    bottom = _along(top, 1, height, lambda r: heights.get(r + 1, _DEFAULT_HEIGHT))
    if bottom is None:
        top, bottom = _along(row - 1, -1, height, lambda r: heights.get(r + 1, _DEFAULT_HEIGHT)) or 0, row + 1
    return Box(left or 0, top, right, bottom)


def _along(start: int, step: int, wanted: int, size: Callable[[int], int]) -> int | None:
    """Where the end is if so many pixels are gone along columns or rows; None where nearly all of them are hidden.
    To the left and upwards the sheet may end before."""
    place, gone = start, 0
    for _ in range(_MOST_ALONG):
        if gone >= wanted or place < 0:
            break
        gone += size(place)
        place += step
    if step < 0:
        return max(place + 1, 0)
    return place if gone >= wanted / 2 else None
