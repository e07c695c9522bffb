"""How far a sheet reaches: with one stray cell far out the rectangle of cells that calamine makes fits into no
memory, and the whole program would die of it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from jinguo.common.addresses import column_index, column_letter, split_address
from jinguo.common.errors import JinguoError

#: So many cells take about 1 GB as Python lists.
_MOST_CELLS = 30_000_000
_DIMENSION = re.compile(rb'<dimension [^>]*\bref="(?:[A-Z]+\d+:)?([A-Z]{1,2}\d{1,7})"')
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_PREFIXED_CELL = re.compile(rb":c[\s>/]")
_SAMPLE_BYTES = 200_000
#: What a sheet whose declared size is not true is taken to reach to, to see whether it does.
_MOST_PLAIN_COLUMNS = "Z"


def refuse_far_cells(path: Path, reaches: Mapping[str, tuple[int, int]]) -> None:
    """Raise JinguoError for a sheet that reaches too far; `reaches` are (rows, columns) up to the last filled cell,
    by sheet."""
    for name, (rows, columns) in reaches.items():
        if rows * columns > _MOST_CELLS:
            far = f"{column_letter(columns - 1)}{rows}"
            what = f"工作表“{name}”一直用到 {far}，大得读不了"
            raise JinguoError(what, path.name, "按 Ctrl+End 看看最远的单元格，删去多余的行和列，保存后再运行。")


def reach_of_xml(xml: bytes) -> tuple[int, int]:
    """(rows, columns) within which every filled cell of an Office Open XML worksheet lies; exact where that is many
    cells.

    No declaration is believed: neither <dimension>, which careless programs get wrong, nor the number of a row, as the
    cells in it may have another.
    """
    start, behind = xml.find(b"<sheetData"), xml.rfind(b"</sheetData")
    # Behind the last end tag of a cell all cells are empty, and there may be millions: formatting down to the last row.
    end = max(xml.rfind(b"</c", start, behind), start)
    declared = _DIMENSION.search(xml[:_SAMPLE_BYTES])
    letters, lowest = split_address(declared[1].decode()) if declared else ("A", 1)
    last = _ROW_NUMBER.match(xml, xml.rfind(b"<row ", start, end)) if start < end else None
    row = int(last[1]) if last else 1
    if row > lowest:
        letters = max(letters, _MOST_PLAIN_COLUMNS, key=column_index)
    address, rows, columns = _addresses_up_to(letters, row)
    if not 0 <= start < behind or rows * columns > _MOST_CELLS:
        return _exact_reach(xml)
    if xml.find(b"sheetData", 0, start) >= 0 or xml.find(b"sheetData", behind + len(b"</sheetData")) >= 0:
        return _exact_reach(xml)
    # Of all cells those are looked for that are not written as Excel writes them, with an address near enough.
    if re.compile(rb'<c[\s>/](?!r="%s")' % address).search(xml, start, end):
        return _exact_reach(xml)
    if xml.find(b":", start, behind) >= 0 and _PREFIXED_CELL.search(xml, start, behind):
        return _exact_reach(xml)
    return rows, columns


def _addresses_up_to(letters: str, row: int) -> tuple[bytes, int, int]:
    """An expression for every address up to this one and not far beyond, and how many rows and columns it lets
    through."""
    first, second = letters[0], letters[1:]
    columns = column_index(f"{first}Z" if second else first) + 1
    column = f"(?:[A-Z]|[A-{first}][A-Z])" if second else f"[A-{first}]"
    lead, digits = int(str(row)[0]), len(str(row))
    if 10**digits * columns <= _MOST_CELLS:
        return f"{column}[0-9]{{1,{digits}}}".encode(), 10**digits - 1, columns
    # The first digit as well, which takes longer to look at.
    return (
        f"{column}(?:[0-9]{{1,{digits - 1}}}|[1-{lead}][0-9]{{{digits - 1}}})".encode(),
        (lead + 1) * 10 ** (digits - 1) - 1,
        columns,
    )


def _exact_reach(xml: bytes) -> tuple[int, int]:
    """Up to the last row and the last column in which anything stands, cell by cell; formatting alone does not
    count."""
    rows = columns = last_row = column = 0
    tags = ("{*}row", "{*}c")
    for _, element in etree.iterparse(
        io.BytesIO(xml), tag=tags, resolve_entities=False, no_network=True, huge_tree=True
    ):
        if str(element.tag).endswith("row"):
            last_row, column = int(element.get("r") or last_row + 1), 0
            _let_go(element)
            continue
        letters, row = split_address((element.get("r") or "").upper())
        row = row or int(_parent_row(element) or last_row + 1)
        column = column_index(letters) + 1 if letters else column + 1
        if (row > rows or column > columns) and _is_filled(element):
            rows, columns = max(rows, row), max(columns, column)
        _let_go(element)
    return rows, columns


def _let_go(cell: etree._Element) -> None:
    """Free a cell, and those before it in its row, of which there may be millions."""
    cell.clear(keep_tail=True)
    parent = cell.getparent()
    while parent is not None and cell.getprevious() is not None:
        del parent[0]


def _parent_row(cell: etree._Element) -> str | None:
    parent = cell.getparent()
    return None if parent is None else parent.get("r")


def _is_filled(cell: etree._Element) -> bool:
    """Whether calamine takes the cell for one with a value: any text counts, also one of no length."""
    return any(child.text or len(child) for child in cell) or (len(cell) > 0 and cell.get("t", "n") != "n")
