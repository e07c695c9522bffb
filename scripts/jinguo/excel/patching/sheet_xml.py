"""Patching the XML of one worksheet as bytes: only the cells that are named change, everything around them stays.

A tree of a large sheet takes twenty times its size in memory; here a row is touched only when a cell of it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from jinguo.excel.sheet_spelling import addresses_come_first, rewritten

_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*?(/?)>')
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Za-z]+)\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_SHEET_DATA = re.compile(rb"<sheetData\b[^>]*>")
_NO_ROWS = re.compile(rb"<sheetData\b[^>]*/>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_ROW_STYLE = re.compile(rb'\bs="(\d+)"')
_SPANS = re.compile(rb'\s+spans="[^"]*"')
_STYLE = re.compile(rb"""(<c\b[^>]*?)\bs=["'](\d+)["']""")

#: What becomes of a cell: given its XML (None where the sheet has no such cell) and its row's style, the new XML.
Patch = Callable[[bytes | None, int], bytes]


def patchable(xml: bytes) -> bytes:
    """The sheet in the plain form the patcher knows; the same bytes unless it was written in another way.

    Some programs give the elements a prefix or leave out r= on rows and cells; such a sheet is written anew, with the
    same content. A sheet without rows is opened for them.
    """
    empty = _NO_ROWS.match(xml, max(xml.find(b"<sheetData"), 0))
    if empty:
        xml = xml[: empty.end() - 2].rstrip() + b"></sheetData>" + xml[empty.end() :]
    if b"<sheetData" in xml and b"\x00" not in xml[:4] and (addresses_come_first(xml) or not _UNADDRESSED.search(xml)):
        return xml
    return rewritten(xml)


_UNADDRESSED = re.compile(rb'<row(?![^>]*\br=")|<c(?=[\s>/])(?![^>]*\br=")')


def plain_rows(xml: bytes, rows: Collection[int]) -> dict[int, int]:
    """Where each of these rows begins, if all are there and begin with their address, as do all their cells.

    Of a sheet of which only some rows are to change, only these need be plain, and a look at them takes no time.
    """
    place, places = 0, {}
    for number in sorted(rows):
        place = xml.find(b'<row r="%d"' % number, place)
        if place < 0:
            return {}
        row = xml[place : xml.find(b"</row>", place)]
        if row.count(b"<c") != row.count(b'<c r="'):
            return {}
        places[number] = place
    return places


def patch_cells(
    xml: bytes,
    patches: Mapping[tuple[int, str], Patch],
    places: Mapping[int, int] | None = None,
    behind: bytes | None = None,
) -> bytes:
    """The sheet with these cells replaced or put in; keys are (row from 1, column letters).

    `places` tells where rows begin, so that they need not be looked for again; `behind` is what is to stand after the
    rows, from </sheetData> on, where that changes too.
    """
    places = places or {}
    by_row: defaultdict[int, dict[str, Patch]] = defaultdict(dict)
    for (row, letters), patch in patches.items():
        by_row[row][letters] = patch
    data = _SHEET_DATA.search(xml)
    if data is None:
        raise ValueError("the sheet has no sheetData")
    # Views, so that the parts that stay are copied only once, into the result.
    view = memoryview(xml)
    pieces: list[bytes | memoryview] = []
    position = data.end()
    pieces.append(view[:position])
    end = xml.rindex(b"</sheetData>")
    for number in sorted(by_row):
        found = _find_row(xml, number, places.get(number, position), end)
        pieces.append(view[position : found.start()])
        position = found.start()
        if int(found[1] or 0) != number:
            pieces.append(_new_row(number, by_row[number]))
            continue
        stop = found.end() if found[2] else xml.index(b"</row>", found.end()) + len(b"</row>")
        pieces.append(_patch_row(xml[position:stop], by_row[number]))
        position = stop
    pieces += [view[position:]] if behind is None else [view[position:end], behind]
    return b"".join(pieces)


def _find_row(xml: bytes, number: int, start: int, end: int) -> re.Match[bytes]:
    """The row of this number, or the first one after it, or the end of the data; rows stand in the order of their
    numbers."""
    place = xml.find(b'<row r="%d"' % number, start, end)
    for match in _ROW.finditer(xml, place if place >= 0 else start, end):
        if int(match[1]) >= number:
            return match
    found = re.compile(rb"()()(?=</sheetData>)").match(xml, end)
    assert found is not None
    return found


def _new_row(number: int, patches: Mapping[str, Patch]) -> bytes:
    cells = b"".join(_at(patches[c](None, 0), c, number) for c in sorted(patches, key=_along))
    return b'<row r="%d">%s</row>' % (number, cells)


def _along(letters: str) -> tuple[int, str]:
    """What columns are in order by: AA comes after Z."""
    return len(letters), letters


def _at(cell: bytes, letters: str, row: int) -> bytes:
    """A new cell with its address in place of the mark @."""
    return cell.replace(b'r="@"', f'r="{letters}{row}"'.encode(), 1)


def _patch_row(row: bytes, patches: Mapping[str, Patch]) -> bytes:
    head_end = row.index(b">") + 1
    head = row[:head_end]
    if head.endswith(b"/>"):
        head, body = head[:-2].rstrip() + b">", b""
    else:
        body = row[head_end : row.rindex(b"</row>")]
    number = int(_NUMBER.search(head)[1])  # type: ignore[index]
    style = _ROW_STYLE.search(head)
    row_style = int(style[1]) if style else 0
    waiting = sorted(patches, key=_along)
    pieces, position = [], 0
    for match in _CELL.finditer(body):
        letters = match[1].decode().upper()
        while waiting and waiting[0] != letters and _along(waiting[0]) < _along(letters):
            pieces += [
                body[position : match.start()],
                _at(patches[waiting[0]](None, row_style), waiting.pop(0), number),
            ]
            position = match.start()
        if waiting and waiting[0] == letters:
            pieces += [body[position : match.start()], patches[waiting.pop(0)](match[0], row_style)]
            position = match.end()
        if not waiting:
            break
    pieces.append(body[position:])
    pieces += [_at(patches[c](None, row_style), c, number) for c in waiting]
    # spans= may now be too narrow; it is only a hint to readers, and Excel works it out anew.
    head = _SPANS.sub(b"", head)
    return head + b"".join(pieces) + b"</row>"


def style_of(cell: bytes | None, row_style: int, column_style: int = 0) -> int:
    """The style index of a cell; a cell without one has the default style, a missing cell that of its row or column."""
    if cell is None:
        return row_style or column_style
    match = _STYLE.match(cell)
    return int(match[2]) if match else 0


def with_style(cell: bytes | None, style: int) -> bytes:
    """The cell with this style index, its value untouched; a missing one becomes an empty cell."""
    if cell is None:
        return b'<c r="@" s="%d"/>' % style
    if _STYLE.match(cell):
        return _STYLE.sub(lambda m: m[1] + b's="%d"' % style, cell, count=1)
    return re.sub(rb"^<c\b", b'<c s="%d"' % style, cell, count=1)
