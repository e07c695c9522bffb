"""A long sheet is read in two halves at once: calamine parses without Python's lock, and has most of the time to itself."""

from __future__ import annotations

import re
from typing import Any

#: From so many bytes of XML on (about 60,000 rows of six columns) two halves are quicker than one whole.
LONG = 20_000_000
_FIRST_ROW = re.compile(rb'<row r="(\d+)"')


def halves(xml: bytes) -> tuple[bytes, bytes] | None:
    """The worksheet with the upper half of its rows, and with the lower; None where that cannot be told from the bytes.

    Everything before and after the rows stands in both.
    """
    data, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    start, middle = data + len(b"<sheetData>"), xml.find(b'</row><row r="', (data + end) // 2)
    if data < 0 or not start < middle < end or not _FIRST_ROW.match(xml, start):
        return None
    middle += len(b"</row>")
    # Rows and cells without an address stand where the one before them ends, which the lower half would not know.
    lower = xml[middle : xml.find(b"</row>", middle)]
    if lower.count(b"<c") != lower.count(b'<c r="'):
        return None
    view = memoryview(xml)
    return b"".join([view[:middle], view[end:]]), b"".join([view[:start], view[middle:]])


def joined(upper: list[list[Any]], lower: list[list[Any]]) -> list[list[Any]]:
    """The rows of the whole, each as wide as the widest; both begin at row 1, the lower with blank rows."""
    width = max(len(rows[0]) if rows else 0 for rows in (upper, lower))
    for rows in (upper, lower):
        if rows and len(rows[0]) < width:
            for row in rows:
                row.extend([""] * (width - len(row)))
    return upper + lower[len(upper) :]
