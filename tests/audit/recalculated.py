"""A workbook worked out from nothing by LibreOffice: its formulas without the values that stood beside them."""

import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from jinguo.common.addresses import column_index, split_address

#: A sum of decimals may differ from another program's in its last digits.
_ALIKE = 1e-7


def recalculated(path: Path, folder: Path, libreoffice: Callable[[Path, str], Path]) -> Path:
    """The workbook as LibreOffice saves it, every formula worked out anew."""
    folder.mkdir(parents=True, exist_ok=True)
    # The name is that of its folders, as many packages have a 复核表.xlsx.
    return libreoffice(without_values(path, folder / f"{path.parent.name}-{folder.name}.xlsx"), "xlsx")


def without_values(path: Path, target: Path) -> Path:
    """The workbook with formulas that nobody has worked out, written to `target`."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bare:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part)
            bare.writestr(name, part)
    return target


def differences(path: Path, other: Path) -> tuple[int, list[tuple[str, str, Any, Any]]]:
    """How many formulas a workbook has, and the cells (sheet, cell, ours, theirs) in which another has another value."""
    found, count = [], 0
    for sheet, cells in formulas(path).items():
        mine, its = (_values(book, sheet) for book in (path, other))
        for cell in cells:
            count += 1
            letters, row = split_address(cell)
            place = row - 1, column_index(letters)
            ours, theirs = (_at(values, place) for values in (mine, its))
            if not same(ours, theirs):
                found.append((sheet, cell, ours, theirs))
    return count, found


def _values(path: Path, sheet: str) -> list[list[Any]]:
    made = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    return made.to_python(skip_empty_area=False)


def _at(values: list[list[Any]], place: tuple[int, int]) -> Any:
    """A cell; empty beyond the last."""
    row, column = place
    return values[row][column] if row < len(values) and column < len(values[row]) else ""


def same(one: Any, other: Any) -> bool:
    """Whether two values of a cell are one."""
    numbers = all(isinstance(value, int | float) for value in (one, other))
    return abs(one - other) < _ALIKE if numbers else one == other


def formulas(path: Path) -> dict[str, dict[str, str]]:
    """The formulas of each sheet by their cells."""
    with zipfile.ZipFile(path) as package:
        names = re.findall(r'<sheet name="([^"]*)"', package.read("xl/workbook.xml").decode())
        parts = [package.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, len(names) + 1)]
    return {
        html.unescape(name): {cell: html.unescape(text) for cell, text in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f>', part)}
        for name, part in zip(names, parts, strict=True)
    }  # fmt: skip


def shown(path: Path, sheet: str) -> list[list[Any]]:
    """The values of a sheet below its title and note: the header, then its rows."""
    return _values(path, sheet)[2:]


def said_in(path: Path, sheet: str) -> list[str]:
    """What stands below the header of a sheet, cells that show nothing left out."""
    return [str(cell) for row in shown(path, sheet)[1:] for cell in row if cell not in (None, "")]
