"""A new workbook, as every one is begun here: what a cell of the registry says is text, whatever it begins with."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet


class _Worksheet(Worksheet):  # type: ignore[misc]
    """A sheet in which a text is a text: XlsxWriter takes one that begins with <r> and ends with </r> for XML of its own."""

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> Any:
        if string.startswith("<r>") and string.endswith("</r>"):
            string += " "
        return super()._write_string(row, col, string, cell_format)


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    def add_worksheet(self, name: str | None = None, worksheet_class: Any = None) -> Any:
        return super().add_worksheet(name, worksheet_class or _Worksheet)


def new_workbook(stream: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook into a stream, in which no text becomes a formula (=1+1, a name that begins with =) or a link by itself."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    return _Workbook(stream, options)
