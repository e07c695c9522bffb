"""The annotated copy of a workbook: cells filled by severity, a comment each, and a sheet of results; all else as it
was."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jinguo.common.addresses import column_index, split_address
from jinguo.common.findings import Finding
from jinguo.common.ooxml import Package, attribute, escape
from jinguo.excel.colours import SEVERITY_COLOURS
from jinguo.excel.package import (
    CONTENT_TYPES,
    add_content_type,
    add_relationship,
    free_name,
    legal,
    parse,
    relation_base,
    sheet_parts,
    workbook_part,
)
from jinguo.excel.patching.annotate_anew import (
    HEADER_COLOUR,
    MOST_LINKS,
    RESULT_WIDTHS,
    RESULTS,
    comment_text,
    free_sheet_name,
    result_rows,
    write_anew,
)
from jinguo.excel.patching.comments import add_comments
from jinguo.excel.patching.sheet_frame import columns_of, first_of_merged, heights_of
from jinguo.excel.patching.sheet_xml import patch_cells, patchable, plain_rows, style_of, with_style
from jinguo.excel.patching.styles import Styles
from jinguo.excel.reading.sniff import Kind, sniff

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


class Copy(NamedTuple):
    """The annotated copy of a workbook, as soon as it is packed; whether it keeps all that is in the original, or
    holds only the values."""

    path: Path
    data: Future[bytes]
    suffix: str
    is_whole: bool


def annotate(path: Path, findings: list[Finding]) -> tuple[bytes, str]:
    """The bytes of the annotated copy of a workbook, and its extension; `findings` are those of this workbook, in
    the order of check().

    An .xlsx or .xlsm is patched; another format (.xls, .et, .ods, .csv) is written anew as .xlsx, with its values only.
    """
    finish, suffix, _ = _marked(path, findings)
    return finish(), suffix


def begin_copies(
    files: Iterable[Path], findings: list[Finding], packing: Executor
) -> tuple[list[Copy], dict[str, Exception]]:
    """The annotated copy of each of these workbooks that has findings at cells, and why there is none of the others:
    marked when this returns, and packed meanwhile, which needs no turn of Python's lock."""
    by_book: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.cell:
            by_book[finding.workbook].append(finding)
    copies, failed = [], {}
    for path in files:
        if path.name in by_book:
            try:
                finish, suffix, is_whole = _marked(path, by_book[path.name])
            except Exception as error:
                # Calamine reads what is damaged elsewhere; the report says all that the copy would.
                failed[path.name] = error
            else:
                copies.append(Copy(path, packing.submit(finish), suffix, is_whole))
    return copies, failed


def _marked(path: Path, findings: list[Finding]) -> tuple[Callable[[], bytes], str, bool]:
    """What makes the bytes of the annotated copy in the end, its extension, and whether it is the whole original."""
    if sniff(path) is not Kind.OOXML:
        return partial(write_anew, path, findings), ".xlsx", False
    package = _patched(path, findings)
    suffix = _as_workbook(package)
    return package.to_bytes, path.suffix if path.suffix.lower() == suffix else suffix, True


def _as_workbook(package: Package) -> str:
    """Make a workbook of a template, which Excel would not open under a workbook's extension; the extension it
    should have."""
    types = package.read(CONTENT_TYPES)
    made = types.replace(b"spreadsheetml.template.main+xml", b"spreadsheetml.sheet.main+xml")
    made = made.replace(b"ms-excel.template.macroEnabled.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
    package.write(CONTENT_TYPES, made)
    return ".xlsm" if b"ms-excel.sheet.macroEnabled.main+xml" in made else ".xlsx"


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
    _add_results(package, findings, set(parts), styles)
    styles.save()
    return package


def _mark_sheet(package: Package, part: str, cells: dict[str, list[Finding]], styles: Styles) -> None:
    xml = package.read(part)
    hidden = first_of_merged(xml[xml.rfind(b"sheetData") :], cells)
    cells = _where_seen(cells, hidden)
    places = plain_rows(xml, {split_address(cell)[1] for cell in cells})
    xml = xml if places else patchable(xml)
    start, end = xml.index(b"<sheetData"), xml.rindex(b"</sheetData>")
    columns, heights, behind = columns_of(xml[:start]), heights_of(xml, start, end), xml[end:]
    patches = {}
    for cell, found in cells.items():
        letters, row = split_address(cell)
        colour = SEVERITY_COLOURS[min(found, key=lambda f: f.severity.rank).severity.value].removeprefix("#")
        column_style = columns.styles.get(column_index(letters), 0)

        def fill(old: bytes | None, row_style: int, colour: str = colour, column_style: int = column_style) -> bytes:
            return with_style(old, styles.filled(style_of(old, row_style, column_style), colour))

        patches[row, letters] = fill
    texts = {cell: comment_text(found, cell) for cell, found in cells.items()}
    behind = add_comments(package, part, behind, texts, columns, heights)
    package.write(part, patch_cells(xml, patches, places, behind))


def _where_seen(cells: dict[str, list[Finding]], hidden: dict[str, str]) -> dict[str, list[Finding]]:
    """The findings by the cell at which they can be seen: of merged cells only the first is."""
    if not hidden:
        return cells
    seen: defaultdict[str, list[Finding]] = defaultdict(list)
    for cell, found in cells.items():
        seen[hidden.get(cell, cell)] += found
    return seen


def _add_results(package: Package, findings: list[Finding], sheets: set[str], styles: Styles) -> None:
    """A sheet after the others (before them it would shift every name that is local to a sheet)."""
    book = workbook_part(package)
    data = package.read(book)
    others = list(parse(data).iter("{*}sheet"))
    name = free_sheet_name(RESULTS, [str(sheet.get("name")) for sheet in others])
    part = free_name(package, "xl/worksheets/jinguo{}.xml")
    package.write(part, _results_sheet(findings, sheets, styles).encode())
    add_content_type(package, part, _SHEET_TYPE)
    identifier = add_relationship(package, book, "worksheet", part)
    taken = [int(str(sheet.get("sheetId"))) for sheet in others]
    end = re.search(rb"</((?:\w+:)?)sheets>", data)
    if end is None:
        raise ValueError("the workbook has no sheets")
    tag = f'<{end[1].decode()}sheet xmlns:r="{relation_base(package)}" name={attribute(name)} sheetId="{max(taken, default=0) + 1}" r:id="{identifier}"/>'
    package.write(book, data[: end.start()] + tag.encode() + data[end.start() :])


def _results_sheet(findings: list[Finding], sheets: set[str], styles: Styles) -> str:
    head, text = styles.told(HEADER_COLOUR, bold=True), styles.told()
    fills = {severity: styles.told(colour.removeprefix("#")) for severity, colour in SEVERITY_COLOURS.items()}
    rows = result_rows(findings)
    body, links = [], []
    # Most words of one row stand in others as well.
    written = {
        words: f's="{fills.get(words, text)}" t="inlineStr"><is><t xml:space="preserve">{escape(legal(words))}</t></is></c>'
        for row in rows[1:]
        for words in row
    }
    titles = "".join(
        f'<c r="{letter}1" s="{head}" t="inlineStr"><is><t>{words}</t></is></c>'
        for letter, words in zip("ABCDEFG", rows[0], strict=True)
    )
    body.append(f'<row r="1">{titles}</row>')
    for number, row in enumerate(rows[1:], 2):
        cells = "".join(
            f'<c r="{letter}{number}" {written[words]}' for letter, words in zip("ABCDEFG", row, strict=True)
        )
        body.append(f'<row r="{number}">{cells}</row>')
        if number < MOST_LINKS and row[3] and row[2] in sheets:
            quoted = row[2].replace("'", "''")
            location = attribute(f"'{quoted}'!{row[3]}")
            links.append(f'<hyperlink ref="D{number}" location={location} display={attribute(row[3])}/>')
    widths = "".join(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(RESULT_WIDTHS, 1))
    hyperlinks = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{styles.space}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData>{"".join(body)}</sheetData><autoFilter ref="A1:G{len(rows)}"/>{hyperlinks}'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
