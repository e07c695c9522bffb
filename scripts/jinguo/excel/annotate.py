"""The annotated copy of a workbook: cells filled by severity, a comment each, and a sheet of results; all else as it was."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path

from jinguo.addresses import split_address
from jinguo.excel.annotate_anew import COLOURS, RESULTS, comment_text, result_rows, write_anew
from jinguo.excel.comments import add_comments
from jinguo.excel.package import (
    add_content_type,
    add_relationship,
    free_name,
    legal,
    parse,
    relation_base,
    sheet_parts,
    workbook_part,
)
from jinguo.excel.sheet_xml import patch_cells, patchable, plain_rows, style_of, with_style
from jinguo.excel.sniff import Kind, sniff
from jinguo.excel.styles import Styles
from jinguo.findings import Finding
from jinguo.ooxml import Package, attribute, escape

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def annotate(path: Path, findings: list[Finding]) -> tuple[bytes, str]:
    """The bytes of the annotated copy of a workbook, and its extension; `findings` are those of this workbook, in the order of check().

    An .xlsx or .xlsm is patched; another format (.xls, .et, .ods, .csv) is written anew as .xlsx, with its values only.
    """
    finish, suffix = _marked(path, findings)
    return finish(), suffix


def begin_copies(files: Iterable[Path], findings: list[Finding], packing: Executor) -> list[tuple[Path, Future[bytes], str]]:
    """The annotated copy of each of these workbooks that has findings at cells, and its extension: marked when this
    returns, and packed meanwhile, which needs no turn of Python's lock."""
    by_book: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.cell:
            by_book[finding.workbook].append(finding)
    copies = []
    for path in files:
        if path.name in by_book:
            finish, suffix = _marked(path, by_book[path.name])
            copies.append((path, packing.submit(finish), suffix))
    return copies


def _marked(path: Path, findings: list[Finding]) -> tuple[Callable[[], bytes], str]:
    """What makes the bytes of the annotated copy in the end, and its extension."""
    if sniff(path) is Kind.OOXML:
        return _patched(path, findings).to_bytes, path.suffix if path.suffix.lower() in (".xlsx", ".xlsm") else ".xlsx"
    return partial(write_anew, path, findings), ".xlsx"


def _patched(path: Path, findings: list[Finding]) -> Package:
    package = Package(path)
    parts = sheet_parts(package)
    styles = Styles(package)
    by_sheet: defaultdict[str, defaultdict[str, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        if finding.cell and finding.sheet in parts:
            by_sheet[finding.sheet][finding.cell].append(finding)
    for sheet, cells in by_sheet.items():
        _mark_sheet(package, parts[sheet], cells, styles)
    styles.save()
    _add_results(package, findings, list(parts))
    return package


def _mark_sheet(package: Package, part: str, cells: dict[str, list[Finding]], styles: Styles) -> None:
    addresses = {cell: split_address(cell) for cell in cells}
    xml = package.read(part)
    places = plain_rows(xml, {row for _, row in addresses.values()})
    xml = xml if places else patchable(xml)
    patches = {}
    for cell, found in cells.items():
        letters, row = addresses[cell]
        colour = COLOURS[min(found, key=lambda f: f.severity.rank).severity.value]

        def fill(old: bytes | None, row_style: int, colour: str = colour) -> bytes:
            return with_style(old, styles.filled(style_of(old, row_style), colour))

        patches[row, letters] = fill
    behind = xml[xml.rindex(b"</sheetData>") :]
    behind = add_comments(package, part, behind, {cell: comment_text(found) for cell, found in cells.items()})
    package.write(part, patch_cells(xml, patches, places, behind))


def _add_results(package: Package, findings: list[Finding], sheets: list[str]) -> None:
    """A sheet after the others (before them it would shift every name that is local to a sheet)."""
    name = RESULTS
    while name in sheets:
        name += "（新）"
    part = free_name(package, "xl/worksheets/jinguo{}.xml")
    package.write(part, _results_sheet(findings, set(sheets)).encode())
    add_content_type(package, part, _SHEET_TYPE)
    book = workbook_part(package)
    identifier = add_relationship(package, book, "worksheet", f"worksheets/{part.rpartition('/')[2]}")
    data = package.read(book)
    taken = [int(str(s.get("sheetId"))) for s in parse(data).iter("{*}sheet")]
    end = re.search(rb"</((?:\w+:)?)sheets>", data)
    assert end is not None
    tag = f'<{end[1].decode()}sheet xmlns:r="{relation_base(package)}" name={attribute(name)} sheetId="{max(taken, default=0) + 1}" r:id="{identifier}"/>'
    package.write(book, data[: end.start()] + tag.encode() + data[end.start() :])


def _results_sheet(findings: list[Finding], sheets: set[str]) -> str:
    rows = result_rows(findings)
    body, links = [], []
    # Most words of one row stand in others as well.
    written = {text: f't="inlineStr"><is><t xml:space="preserve">{escape(legal(text))}</t></is></c>' for row in rows for text in row}
    for number, row in enumerate(rows, 1):
        cells = "".join(f'<c r="{letter}{number}" {written[text]}' for letter, text in zip("ABCDEFG", row, strict=True))
        body.append(f'<row r="{number}">{cells}</row>')
        if number > 1 and row[3] and row[2] in sheets:
            quoted = row[2].replace("'", "''")
            location = attribute(f"'{quoted}'!{row[3]}")
            links.append(f'<hyperlink ref="D{number}" location={location} display={attribute(row[3])}/>')
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate([8, 11, 14, 9, 22, 80, 60], 1))
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData>{"".join(body)}</sheetData><autoFilter ref="A1:G{len(rows)}"/>{hyperlinks}</worksheet>'
    )
