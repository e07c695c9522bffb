"""A new workbook, as every one is begun here: what a cell of the registry says is text, whatever it begins with."""

from __future__ import annotations

import io

import xlsxwriter


def new_workbook(stream: io.BytesIO) -> xlsxwriter.Workbook:
    """A workbook into a stream, in which no text becomes a formula (=1+1, a name that begins with =) or a link by itself."""
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    return xlsxwriter.Workbook(stream, options)
