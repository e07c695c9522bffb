"""What is said at a cell and on the sheet of results; and the annotated copy of a format that cannot be patched."""

from __future__ import annotations

import datetime
import io
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from jinguo.addresses import column_letter
from jinguo.excel.comments import AUTHOR
from jinguo.excel.package import legal
from jinguo.excel.read import read_workbook
from jinguo.findings import Finding, gravest_first
from jinguo.schema.cells import clean

COLOURS = {"错误": "F8CBAD", "警告": "FFE699", "提示": "DDEBF7"}
RESULTS = "校验结果"
#: Excel shows no more of a comment, and more would not be read.
_LONGEST_COMMENT = 1000


def comment_text(found: list[Finding]) -> str:
    text = "\n".join(f"【{f.severity.value}】{f.code}\n{f.message}\n→ {f.remedy}" for f in found)
    return text if len(text) <= _LONGEST_COMMENT else text[: _LONGEST_COMMENT - 1] + "…"


def result_rows(findings: list[Finding]) -> list[list[str]]:
    """The header and a row a finding, gravest first."""
    return [
        ["级别", "编号", "工作表", "位置", "填的内容", "问题和规定", "请这样改"],
        *(
            [f.severity.value, f.code, f.sheet, f.cell, f.value, f.message, f.remedy]
            for f in gravest_first(findings)
        ),
    ]


def write_anew(path: Path, findings: list[Finding]) -> bytes:
    """A new workbook with the values of the old one, and the same marks."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime.datetime(2026, 1, 1)})
    by_place: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_place[finding.sheet, finding.cell].append(finding)
    formats: dict[tuple[str, str], Any] = {}

    def style(colour: str, number_format: str) -> Any:
        if (colour, number_format) not in formats:
            look = {"num_format": number_format} | ({"bg_color": f"#{colour}"} if colour else {})
            formats[colour, number_format] = book.add_format(look)
        return formats[colour, number_format]

    for raw in read_workbook(path):
        sheet = book.add_worksheet(raw.name[:31])
        for r, row in enumerate(raw.rows):
            for c, value in enumerate(row):
                found = by_place.get((raw.name, f"{column_letter(c)}{r + 1}"), [])
                _write_marked(sheet, r, c, value, found, style)
    _write_results(book.add_worksheet(RESULTS), findings)
    book.close()
    return stream.getvalue()


def _write_marked(sheet: Any, row: int, column: int, value: Any, found: list[Finding], style: Callable[[str, str], Any]) -> None:
    colour = COLOURS[min(found, key=lambda f: f.severity.rank).severity.value] if found else ""
    if isinstance(value, datetime.date):
        moment = isinstance(value, datetime.datetime) and value.time() != datetime.time()
        sheet.write_datetime(row, column, value, style(colour, "yyyy-mm-dd hh:mm" if moment else "yyyy-mm-dd"))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style(colour, "General"))
    elif value not in ("", None):
        sheet.write_string(row, column, clean(value) if isinstance(value, bool) else str(value), style(colour, "@"))
    elif colour:
        sheet.write_blank(row, column, None, style(colour, "@"))
    if found:
        sheet.write_comment(row, column, legal(comment_text(found)), {"author": AUTHOR, "x_scale": 2})


def _write_results(sheet: Any, findings: list[Finding]) -> None:
    for row, values in enumerate(result_rows(findings)):
        for column, text in enumerate(values):
            sheet.write_string(row, column, text)
        if row and values[3]:
            quoted = values[2].replace("'", "''")
            sheet.write_url(row, 3, f"internal:'{quoted}'!{values[3]}", string=values[3])
    sheet.freeze_panes(1, 0)
