"""What calamine leaves out of a binary Office Open XML workbook (.xlsb): merged cells, error values, what is hidden."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from jinguo.common.ooxml import Package
from jinguo.excel.package import relationships, workbook_part
from jinguo.excel.reading.sheet_features import SheetFeatures
from jinguo.excel.reading.xls import ERRORS

#: Records of [MS-XLSB], 2.3.2: BrtBundleSh, BrtRowHdr, BrtColInfo, BrtCellError, BrtFmlaError, BrtMergeCell.
_SHEET, _ROW, _COLUMNS, _ERROR, _FORMULA_ERROR, _MERGED = 156, 0, 60, 3, 11, 176
#: Every cell with a value, from BrtCellRk to BrtFmlaError, and BrtCellRString.
_FILLED = {*range(2, 12), 62}


def features_of_xlsb(path: Path) -> dict[str, SheetFeatures]:
    """By the name of each sheet."""
    package = Package(path)
    book = workbook_part(package)
    parts = relationships(package, book)
    return {
        name: _sheet(package.read(parts[identifier][1]))
        for name, identifier in _sheets(package.read(book))
        if identifier in parts
    }


def _sheets(book: bytes) -> list[tuple[str, str]]:
    """The name of each sheet and the relationship that leads to its part (2.4.313)."""
    found = []
    for kind, place, _ in _records(book):
        if kind == _SHEET:
            identifier, after = _text(book, place + 8)
            found.append((_text(book, after)[0], identifier))
    return found


def _text(data: bytes, place: int) -> tuple[str, int]:
    """A text and where it ends (2.5.169, XLWideString): the number of its UTF-16 units stands before it."""
    (length,) = struct.unpack_from("<I", data, place)
    end = place + 4 + 2 * length
    return data[place + 4 : end].decode("utf-16-le"), end


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(number, where its data begins, how long they are) of each whole record (2.1.4: both in groups of seven bits)."""
    place = 0
    # The longest head takes six bytes, and the last record of every part is but a head (BrtEndSheet, BrtEndBook).
    while place + 6 <= len(data):
        kind, place = _seven_bits(data, place, 2)
        size, place = _seven_bits(data, place, 4)
        if place + size > len(data):
            return
        yield kind, place, size
        place += size


def _seven_bits(data: bytes, place: int, most: int) -> tuple[int, int]:
    """A number of at most so many bytes, the lowest bits first, and where it ends."""
    number = 0
    for index in range(most):
        byte = data[place + index]
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return number, place + index + 1


def _sheet(data: bytes) -> SheetFeatures:
    found = SheetFeatures({}, [], [], [])
    row = rows = columns = 0
    for kind, place, size in _records(data):
        if kind in _FILLED and size >= 8:
            rows, columns = max(rows, row + 1), max(columns, struct.unpack_from("<I", data, place)[0] + 1)
        if kind == _ROW and size >= 12:
            (row,) = struct.unpack_from("<I", data, place)
            if data[place + 11] & 0x10:
                found.hidden_rows.append(row)
        elif kind in (_ERROR, _FORMULA_ERROR) and size >= 9:
            found.errors[row, struct.unpack_from("<I", data, place)[0]] = ERRORS.get(data[place + 8], "#N/A")
        elif kind == _COLUMNS and size >= 18 and data[place + 16] & 1:
            found.hidden_columns.append(struct.unpack_from("<II", data, place))
        elif kind == _MERGED and size >= 16:
            top, bottom, left, right = struct.unpack_from("<IIII", data, place)
            found.merged.append((top, left, bottom, right))
    return found._replace(reach=(rows, columns))
