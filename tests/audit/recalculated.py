"""A workbook worked out from nothing by LibreOffice: its formulas without the values that stood beside them."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl

#: A sum of decimals may differ from another program's in its last digits.
_ALIKE = 1e-7


def recalculated(path: Path, folder: Path, libreoffice: Callable[[Path, str], Path]) -> Path:
    """The workbook as LibreOffice saves it, every formula worked out anew."""
    folder.mkdir(parents=True, exist_ok=True)
    # The name is that of its folders, as many packages have a 复核表.xlsx.
    bare = folder / f"{path.parent.name}-{folder.name}.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            target.writestr(name, part)
    return libreoffice(bare, "xlsx")


def differences(path: Path, other: Path) -> tuple[int, list[tuple[str, str, Any, Any]]]:
    """How many formulas a workbook has, and the cells (sheet, cell, ours, theirs) in which another has another value."""
    found, count = [], 0
    theirs = openpyxl.load_workbook(other, data_only=True)
    ours = openpyxl.load_workbook(path, data_only=True)
    for sheet, cell in formulas(path):
        count += 1
        mine, its = (book[sheet][cell].value for book in (ours, theirs))
        if not _same("" if mine is None else mine, "" if its is None else its):
            found.append((sheet, cell, mine, its))
    return count, found


def _same(one: Any, other: Any) -> bool:
    numbers = all(isinstance(value, int | float) for value in (one, other))
    return abs(one - other) < _ALIKE if numbers else one == other


def formulas(path: Path) -> Iterator[tuple[str, str]]:
    """Sheet and cell of every formula."""
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    yield sheet.title, cell.coordinate


def shown(path: Path, sheet: str) -> list[list[Any]]:
    """The values of a sheet below its title and note: the header, then its rows."""
    return [
        list(row) for row in openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(min_row=3, values_only=True)
    ]


def said_in(path: Path, sheet: str) -> list[str]:
    """What stands below the header of a sheet, cells that show nothing left out."""
    return [str(cell) for row in shown(path, sheet)[1:] for cell in row if cell not in (None, "")]
