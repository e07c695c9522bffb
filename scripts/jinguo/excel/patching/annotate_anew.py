"""What is said at a cell and on the sheet of results; and the annotated copy of a format that cannot be patched."""

from __future__ import annotations

import datetime
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from jinguo.common.addresses import column_letter
from jinguo.common.findings import Finding, gravest_first, shortened
from jinguo.common.ooxml import CREATED, made_anywhere
from jinguo.excel.colours import SEVERITY_COLOURS
from jinguo.excel.package import legal
from jinguo.excel.patching.comments import AUTHOR
from jinguo.excel.patching.widths import text_width
from jinguo.excel.reading.read import read_workbook
from jinguo.schema.cells import clean

HEADER_COLOUR = "D9D9D9"
RESULTS = "校验结果"
RESULT_WIDTHS = (8, 11, 14, 9, 22, 70, 50)
#: Excel takes at most 65,530 links on a sheet.
MOST_LINKS = 60_000
_ROWS_LOOKED_AT = 200
#: Excel shows no more of a comment, and more would not be read.
_LONGEST_COMMENT = 1000


def comment_text(found: list[Finding], cell: str) -> str:
    """What a comment at this cell says; of merged cells it tells which one is meant."""
    text = "\n".join(
        f"【{f.severity.value}】{f.code}{'' if f.cell == cell else f'（{f.cell}）'}\n{f.message}\n→ {f.remedy}"
        for f in found
    )
    return text if len(text) <= _LONGEST_COMMENT else text[: _LONGEST_COMMENT - 1] + "…"


def result_rows(findings: list[Finding]) -> list[list[str]]:
    """The header and a row a finding, gravest first."""
    return [
        ["级别", "编号", "工作表", "位置", "填的内容", "问题和规定", "请这样改"],
        *(
            [f.severity.value, f.code, f.sheet, f.cell, shortened(f.value), shortened(f.message), shortened(f.remedy)]
            for f in gravest_first(findings)
        ),
    ]


def write_anew(path: Path, findings: list[Finding]) -> bytes:
    """A new workbook with the values of the old one, and the same marks."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": CREATED})
    by_place: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_place[finding.sheet, finding.cell].append(finding)
    formats: dict[tuple[str, str], Any] = {}

    def style(colour: str, number_format: str) -> Any:
        if (colour, number_format) not in formats:
            look = {"num_format": number_format} | ({"bg_color": colour} if colour else {})
            formats[colour, number_format] = book.add_format(look)
        return formats[colour, number_format]

    names: dict[str, str] = {}
    for raw in read_workbook(path):
        names[raw.name] = free_sheet_name(raw.name, names.values())
        sheet = book.add_worksheet(names[raw.name])
        for c, width in enumerate(_widths(raw.rows)):
            sheet.set_column(c, c, width)
        for r, row in enumerate(raw.rows):
            for c, value in enumerate(row):
                found = by_place.get((raw.name, f"{column_letter(c)}{r + 1}"), [])
                _write_marked(sheet, r, c, value, found, style)
    _write_results(book, book.add_worksheet(free_sheet_name(RESULTS, names.values())), findings, names)
    book.close()
    return made_anywhere(stream.getvalue())


def _write_marked(
    sheet: Any, row: int, column: int, value: Any, found: list[Finding], style: Callable[[str, str], Any]
) -> None:
    colour = SEVERITY_COLOURS[min(found, key=lambda f: f.severity.rank).severity.value] if found else ""
    if isinstance(value, datetime.date):
        moment = isinstance(value, datetime.datetime) and value.time() != datetime.time()
        sheet.write_datetime(row, column, value, style(colour, "yyyy-mm-dd hh:mm" if moment else "yyyy-mm-dd"))
    elif isinstance(value, datetime.time):
        sheet.write_datetime(row, column, value, style(colour, "hh:mm"))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, style(colour, "General"))
    elif value not in ("", None):
        sheet.write_string(row, column, clean(value) if isinstance(value, bool) else str(value), style(colour, "@"))
    elif colour:
        sheet.write_blank(row, column, None, style(colour, "@"))
    if found:
        sheet.write_comment(row, column, legal(comment_text(found, found[0].cell)), {"author": AUTHOR, "x_scale": 2})


def _write_results(book: Any, sheet: Any, findings: list[Finding], names: Mapping[str, str]) -> None:
    base = {"text_wrap": True, "valign": "vcenter"}
    head, text = book.add_format(base | {"bold": True, "bg_color": f"#{HEADER_COLOUR}"}), book.add_format(base)
    fills = {severity: book.add_format(base | {"bg_color": colour}) for severity, colour in SEVERITY_COLOURS.items()}
    for column, width in enumerate(RESULT_WIDTHS):
        sheet.set_column(column, column, width)
    for row, values in enumerate(result_rows(findings)):
        for column, words in enumerate(values):
            sheet.write_string(row, column, words, fills.get(words, text) if row else head)
        if 0 < row < MOST_LINKS and values[3] and values[2] in names:
            quoted = names[values[2]].replace("'", "''")
            sheet.write_url(row, 3, f"internal:'{quoted}'!{values[3]}", string=values[3])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(findings), 1), len(RESULT_WIDTHS) - 1)


_ILLEGAL_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST_NAME = 31


def free_sheet_name(name: str, taken: Iterable[str]) -> str:
    """The name, as Excel allows it (31 characters, none of []:*?/\\) and told apart from those taken, in whatever
    case."""
    known = {other.casefold() for other in taken}
    wanted = _ILLEGAL_IN_NAMES.sub("_", name)[:_LONGEST_NAME] or "Sheet"
    number, free = 2, wanted
    while free.casefold() in known:
        mark = f"（{number}）"
        free, number = wanted[: _LONGEST_NAME - len(mark)] + mark, number + 1
    return free


def _widths(rows: Sequence[Sequence[Any]]) -> list[float]:
    """For each column a width in which most of its values can be read; a Chinese character counts as two."""
    widths: list[float] = []
    for row in rows[:_ROWS_LOOKED_AT]:
        widths += [9] * (len(row) - len(widths))
        for c, value in enumerate(row):
            if value not in ("", None):
                widths[c] = min(max(widths[c], text_width(clean(value)) + 2), 40)
    return widths
