"""What an office tells her own staff in a register: the notes on its titles, and the lists its columns choose from."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinguo.excel.raw import RawSheet

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

#: Notes further down speak of a cell, not of a column.
_HEADER_ROWS = 12
#: openpyxl reads some 100,000 cells a second; a larger sheet is told by its titles and its cells.
_LARGEST = 8_000_000
_SAYS_SOMETHING = (b"<dataValidation ", b":dataValidation ")


def add_hints(sheets: Sequence[RawSheet], path: Path) -> None:
    """Put the notes and the lists of choices of a workbook into its sheets; one that has none, or that openpyxl cannot read,
    is left as it is: they are only hints."""
    if not _has_hints(path):
        return
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path)
    except Exception:
        # Whatever it is that openpyxl does not know: the sheets have been read already, by another reader.
        return
    for sheet in sheets:
        if sheet.name in book.sheetnames and hasattr(page := book[sheet.name], "data_validations"):
            sheet.notes.update(_notes(page))
            sheet.choices.update(_choices(page, book))


def _has_hints(path: Path) -> bool:
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if any(part.file_size > _LARGEST for part in parts):
                return False
            if any("comments" in part.filename for part in parts):
                return True
            pages = [part for part in parts if re.search(r"worksheets/[^/]+\.xml$", part.filename)]
            return any(word in package.read(part) for part in pages for word in _SAYS_SOMETHING)
    except (OSError, zipfile.BadZipFile):
        return False


def _notes(page: Worksheet) -> dict[tuple[int, int], str]:
    """The notes on the first rows by (row, column), from 0, without the name of who wrote them."""
    found = {}
    for row in page.iter_rows(max_row=_HEADER_ROWS):
        for cell in row:
            if cell.comment is not None:
                text = re.sub(r"^[^\n:：]{1,20}[:：]\s*\n", "", cell.comment.text or "")
                found[cell.row - 1, cell.column - 1] = re.sub(r"\s+", " ", text).strip()
    return found


def _choices(page: Worksheet, book: Workbook) -> dict[int, list[str]]:
    """The words of each column's list, by the column from 0."""
    found: dict[int, list[str]] = {}
    for rule in page.data_validations.dataValidation:
        words = _words(str(rule.formula1 or ""), page, book) if rule.type == "list" else []
        for area in rule.sqref.ranges if words else ():
            for column in range(area.min_col - 1, min(area.max_col, area.min_col + 40)):
                found.setdefault(column, words)
    return found


def _words(formula: str, page: Worksheet, book: Workbook) -> list[str]:
    """What a list holds: words between commas, or the cells of a range, or of a name for one."""
    if formula.startswith('"'):
        return [word.strip() for word in formula.strip('"').split(",") if word.strip()]
    if formula in book.defined_names:
        formula = str(book.defined_names[formula].attr_text)
    sheet, _, area = formula.lstrip("=").rpartition("!")
    name = sheet.strip("'") or page.title
    if name not in book.sheetnames or not re.fullmatch(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?", area):
        return []
    cells: Any = book[name][area.replace("$", "")]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return [str(cell.value).strip() for row in rows for cell in row if cell.value not in (None, "")]
