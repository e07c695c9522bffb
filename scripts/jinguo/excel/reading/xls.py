"""What calamine leaves out of a binary workbook (.xls, .et): error values, hidden rows and columns."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from jinguo.excel.reading.sheet_features import SheetFeatures

#: Records of [MS-XLS], 2.3: what they are by their number.
_SHEET, _ROW, _COLUMNS, _ERROR, _FORMULA, _END = 0x85, 0x208, 0x7D, 0x205, 0x06, 0x0A
#: [MS-XLS] 2.5.10, BErr.
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def features_of_xls(path: Path) -> dict[str, SheetFeatures]:
    """By the name of each sheet; empty for the formats before Excel 97."""
    import olefile

    with olefile.OleFileIO(path) as container:
        if not container.exists("Workbook"):
            return {}
        stream = container.openstream("Workbook").read()
    return {name: _sheet(stream, start) for name, start in _sheets(stream)}


def refuse_circles(path: Path) -> None:
    """Raise ValueError where the sectors of the directory or of the workbook go round in a circle ([MS-CFB] 2.3):
    whoever follows them takes all the memory there is."""
    import olefile

    with olefile.OleFileIO(path) as container:
        for sector in (
            container.first_dir_sector,
            *(entry.isectStart for entry in container.direntries if entry and entry.size >= container.minisectorcutoff),
        ):
            seen = set()
            while sector < len(container.fat) and sector not in _NO_SECTORS:
                if sector in seen:
                    raise ValueError("sectors in a circle")
                seen.add(sector)
                sector = container.fat[sector]


#: What a chain of sectors ends with ([MS-CFB] 2.1).
_NO_SECTORS = range(0xFFFFFFFA, 0x100000000)


def _sheets(stream: bytes) -> list[tuple[str, int]]:
    """The name of each sheet and where its records begin."""
    found = []
    for kind, place, size in _records(stream, 0):
        if kind == _SHEET and size > 8:
            (start,) = struct.unpack_from("<I", stream, place)
            length, wide = stream[place + 6], stream[place + 7] & 1
            name = stream[place + 8 : place + 8 + length * (1 + wide)]
            found.append((name.decode("utf-16-le" if wide else "latin-1"), start))
    return found


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """(number, where its data begins, how long they are) of each record up to the end of the substream."""
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, size
        if kind == _END:
            return
        place += 4 + size


def _sheet(stream: bytes, start: int) -> SheetFeatures:
    found = SheetFeatures({}, [], [], [])
    for kind, place, size in _records(stream, start):
        if place + size > len(stream):
            break
        if kind == _ERROR and size >= 8 and stream[place + 7]:
            found.errors[struct.unpack_from("<HH", stream, place)] = ERRORS.get(stream[place + 6], "#N/A")
        elif (
            kind == _FORMULA
            and size >= 14
            and stream[place + 6] == 2
            and stream[place + 12 : place + 14] == b"\xff\xff"
        ):
            found.errors[struct.unpack_from("<HH", stream, place)] = ERRORS.get(stream[place + 8], "#N/A")
        elif kind == _ROW and size >= 14:
            if stream[place + 12] & 0x20:
                found.hidden_rows.append(struct.unpack_from("<H", stream, place)[0])
        elif kind == _COLUMNS and size >= 10 and stream[place + 8] & 1:
            found.hidden_columns.append(struct.unpack_from("<HH", stream, place))
    return found
