"""What calamine leaves out of an OpenDocument spreadsheet (.ods): merged cells, error values, what is hidden."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from jinguo.excel.reading.sheet_features import SheetFeatures

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
#: How a formula shows that it has no value, in whatever program it was saved.
_ERROR = re.compile(r"#[A-Z/0?!]+[!?A]|Err:\d{3}")
_HIDDEN = ("collapse", "filter")


def features_of_ods(path: Path) -> dict[str, SheetFeatures]:
    """By the name of each sheet; empty for a package without OpenDocument content (OpenDocument 1.3, part 3, 9.1)."""
    found: dict[str, SheetFeatures] = {}
    with zipfile.ZipFile(path) as package:
        if "content.xml" not in package.namelist():
            return {}
        with package.open("content.xml") as content:
            tags = [f"{_TABLE}{name}" for name in ("table", "table-column", "table-row")]
            row = column = 0
            reach = (0, 0)
            sheet = ""
            # Row by row, as the tree of a large sheet takes twenty times its size in memory.
            for event, element in etree.iterparse(
                content, ("start", "end"), tag=tags, resolve_entities=False, no_network=True, huge_tree=True
            ):
                if element.tag == tags[0]:
                    if event == "start":
                        sheet, row, column, reach = str(element.get(f"{_TABLE}name")), 0, 0, (0, 0)
                        found[sheet] = SheetFeatures({}, [], [], [])
                    else:
                        found[sheet] = found[sheet]._replace(reach=reach)
                elif event == "end" and sheet:
                    repeated = _number(
                        element, "number-columns-repeated" if element.tag == tags[1] else "number-rows-repeated"
                    )
                    is_hidden = element.get(f"{_TABLE}visibility") in _HIDDEN
                    if element.tag == tags[1]:
                        if is_hidden:
                            found[sheet].hidden_columns.append((column, column + repeated - 1))
                        column += repeated
                    else:
                        width = _look_through(element, row, found[sheet])
                        if is_hidden and width:
                            found[sheet].hidden_rows.extend(range(row, row + repeated))
                        reach = (row + repeated, max(reach[1], width)) if width else reach
                        row += repeated
                        element.clear()
    return found


def _look_through(row: etree._Element, number: int, features: SheetFeatures) -> int:
    """Note the merged cells and the error values of a row; how many columns it has up to the last in which anything
    stands."""
    column = width = 0
    for cell in row:
        down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            features.merged.append((number, column, number + down - 1, column + across - 1))
        if cell.get(f"{_TABLE}formula"):
            text = "".join(cell.itertext(f"{_TEXT}p")).strip()
            if _ERROR.fullmatch(text):
                features.errors[number, column] = text
        column += _number(cell, "number-columns-repeated")
        if len(cell) or cell.get(f"{_OFFICE}value-type"):
            width = column
    return width


def _number(element: etree._Element, name: str) -> int:
    return int(element.get(f"{_TABLE}{name}") or 1)
