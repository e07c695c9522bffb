"""Rows added below the last one of a table on a sheet, as Excel would add them: in the format of the row above, its
formulas filled down, and whatever holds for that row (validations, filters, tables, totals, charts) holding for them too."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from xml.sax.saxutils import escape

from jinguo.common.addresses import split_address
from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import Package
from jinguo.excel.package import relationships, sheet_parts, workbook_part
from jinguo.excel.patching.grown_areas import Grown, grown_area, grown_formula
from jinguo.excel.patching.sheet_xml import patchable

_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*?(?:/>|>.*?</row>)', re.DOTALL)
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_STYLE = re.compile(rb'\bs="(\d+)"')
_FILLED = re.compile(rb"<(?:v|is|f)\b")
#: What belongs to the row above alone.
_OF_THE_ROW = re.compile(rb'\s+(?:r|spans|hidden|collapsed|thickBot|x14ac:dyDescent)="[^"]*"')
_NUMBER = re.compile(rb"<v>(\d+)</v>")


def add_rows(package: Package, sheet: str, below: int, count: int, serial: Collection[str] = ()) -> Grown:
    """Make room for so many rows below a row of a sheet, formatted like it; what stands there already moves down.

    Columns in `serial` that count on (7 below 6) do so. JinguoError where something is anchored below that cannot be moved.
    """
    part = sheet_parts(package)[sheet]
    xml = patchable(package.read(part))
    filled = (_FILLED.search(row[0]) for row in _rows_from(xml, below) if below < int(row[1]) <= below + count)
    grown = Grown(sheet, below, count, any(filled))
    if grown.moves:
        _refuse_anchored(package, part, grown)
        xml = _moved_down(xml, grown)
    package.write(part, xml)
    _grow_everywhere(package, part, grown)
    package.write(part, _with_rows(package.read(part), grown, serial))
    return grown


def _rows_from(xml: bytes, number: int) -> Iterator[re.Match[bytes]]:
    """The rows of a sheet from about this one on."""
    return _ROW.finditer(xml, max(xml.find(b'<row r="%d"' % number), 0))


def _moved_down(xml: bytes, grown: Grown) -> bytes:
    """The sheet with the rows below moved down."""
    start = next((row.start() for row in _ROW.finditer(xml) if int(row[1]) > grown.below), None)
    if start is None:
        return xml
    end = xml.rindex(b"</sheetData>")
    tail = xml[start:end]
    if b't="shared"' in tail:
        raise _cannot(grown, "表尾有成片填充的公式")
    shift = lambda match: match[1] + b"%d" % (int(match[2]) + grown.added)  # noqa: E731
    tail = re.sub(rb'(<row\b[^>]*?\br=")(\d+)', shift, tail)
    tail = re.sub(rb'(<c\b[^>]*?\br="[A-Z]+)(\d+)', shift, tail)
    return xml[:start] + tail + xml[end:]


def _cannot(grown: Grown, why: str) -> JinguoError:
    return JinguoError(
        f"最后一行下面没有空行，{why}，不能自动往下移",
        f"{grown.sheet} › 第 {grown.below} 行下面",
        f"请在第 {grown.below} 行下面先插入 {grown.added} 个空行，保存，再运行一次。",
    )


def _refuse_anchored(package: Package, part: str, grown: Grown) -> None:
    """Raise where notes, pictures or page breaks stand below, which would stay where they are."""
    for kind, target in relationships(package, part).values():
        if target not in package:
            continue
        data = package.read(target)
        if kind == "comments":
            rows = [
                split_address(cell.decode())[1] for cell in re.findall(rb'<comment\b[^>]*?\bref="([A-Z]+\d+)"', data)
            ]
        elif kind == "drawing":
            rows = [int(row) + 1 for row in re.findall(rb"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>", data, re.DOTALL)]
        else:
            continue
        if any(row > grown.below for row in rows):
            raise _cannot(grown, "那里有批注或图片")
    if b"<rowBreaks" in package.read(part):
        raise _cannot(grown, "表里有手工分页")


def _with_rows(xml: bytes, grown: Grown, serial: Collection[str]) -> bytes:
    """The sheet with the new rows in it, empty but for formulas and running numbers."""
    first, last = grown.below - 1, grown.below + grown.added
    rows: dict[int, re.Match[bytes]] = {}
    for row in _rows_from(xml, first):
        if int(row[1]) > last:
            break
        rows[int(row[1])] = row
    model = rows.get(grown.below)
    if model is None:
        return xml
    masters = _masters(xml) if b't="shared"' in model[0] else {}
    above = _numbers(rows[first][0]) if first in rows else {}
    counted = {c: n for c, n in _numbers(model[0]).items() if c in serial and above.get(c) == n - 1}
    plain = _without_formula(rows[first][0]) if first in rows else set()
    head = _OF_THE_ROW.sub(b"", re.match(rb"<row\b([^>]*?)/?>", model[0])[1])  # type: ignore[index]
    pieces: list[bytes] = []
    for number in range(grown.below + 1, last + 1):
        there = {cell[1]: cell[0] for cell in _CELL.finditer(rows[number][0])} if number in rows else {}
        made = {}
        for cell in _CELL.finditer(model[0]):
            letters = cell[1].decode()
            next_number = counted[letters] + number - grown.below if letters in counted else None
            # A formula that the row above does not have is one of this row alone.
            formula = "" if cell[1] in plain else _filled_down(cell, number, masters)
            made[cell[1]] = _like(cell, number, formula, there.get(cell[1]), next_number)
        cells = sorted((there | made).items(), key=lambda item: (len(item[0]), item[0]))
        pieces.append(b'<row r="%d"%s>%s</row>' % (number, head, b"".join(cell for _, cell in cells)))
    # Rows that are there and empty are taken.
    end = max((row.end() for number, row in rows.items() if number > grown.below), default=model.end())
    return b"".join([xml[: model.end()], *pieces, xml[end:]])


def _without_formula(row: bytes) -> set[bytes]:
    """The columns in which a row holds a value that no formula works out."""
    return {cell[1] for cell in _CELL.finditer(row) if cell[3] and _FILLED.search(cell[3]) and b"<f" not in cell[3]}


def _numbers(row: bytes) -> dict[str, int]:
    """The whole numbers of a row by the letters of their columns."""
    found = {}
    for cell in _CELL.finditer(row):
        value = _NUMBER.search(cell[3] or b"")
        if value and b' t="' not in cell[0][: cell[0].index(b">")] and b"<f" not in cell[0]:
            found[cell[1].decode()] = int(value[1])
    return found


def _masters(xml: bytes) -> dict[bytes, tuple[str, str]]:
    """The cell and the text of each shared formula, by its number."""
    found = {}
    for cell in _CELL.finditer(xml):
        formula = _FORMULA.search(cell[3] or b"")
        if formula and formula[2] and b't="shared"' in formula[1]:
            index = re.search(rb'\bsi="(\d+)"', formula[1])
            if index:
                found[index[1]] = (cell[1] + cell[2]).decode(), unescape(formula[2].decode())
    return found


def _like(
    model: re.Match[bytes],
    number: int,
    formula: str,
    there: bytes | None,
    counted: int | None,
) -> bytes:
    """A cell as the one above: its style, its formula filled down, its running number; one that is formatted stays so."""
    style = _STYLE.search((there or model[0]).partition(b">")[0]) or _STYLE.search(model[0].partition(b">")[0])
    begin = b'<c r="%s%d"%s' % (model[1], number, b' s="%s"' % style[1] if style else b"")
    if formula:
        return b"%s><f>%s</f></c>" % (begin, escape(formula).encode())
    return b"%s><v>%d</v></c>" % (begin, counted) if counted is not None else b"%s/>" % begin


def _filled_down(model: re.Match[bytes], number: int, masters: dict[bytes, tuple[str, str]]) -> str:
    """The formula of the cell above as it reads in this row; none where it is one for a whole area."""
    found = _FORMULA.search(model[3] or b"")
    if not found or re.search(rb't="(?:array|dataTable)"', found[1]):
        return ""
    index = re.search(rb'\bsi="(\d+)"', found[1])
    origin, text = (model[1] + model[2]).decode(), unescape((found[2] or b"").decode())
    if not text:
        origin, text = masters.get(index[1], ("", "")) if index else ("", "")
    if not text:
        return ""
    from openpyxl.formula.translate import Translator

    try:
        shifted: str = Translator(f"={text}", origin=origin).translate_formula(f"{model[1].decode()}{number}")
    except Exception:
        # What it cannot take apart, such as the names of a table's columns, means the same in every row.
        return text if not re.search(r"\b\$?[A-Z]{1,3}\$?\d", text) else ""
    return shifted.removeprefix("=")


_FORMULAS = re.compile(rb"(<(?:\w+:)?(f|formula|formula1|formula2|definedName)\b[^>]*>)([^<]+)(</(?:\w+:)?\2>)")
_AREAS = re.compile(
    rb'(<(?:\w+:)?(?:conditionalFormatting|dataValidation|protectedRange|ignoredError)\b[^>]*?\bsqref=")([^"]+)'
)
_AREA_OF = re.compile(rb'(<(?:\w+:)?(?:autoFilter|sortState|dimension|table)\b[^>]*?\bref=")([^"]+)')
_MOVED = re.compile(rb'(<(?:\w+:)?(?:mergeCell|hyperlink)\b[^>]*?\bref=")([^"]+)')
_INNER_AREA = re.compile(rb"(<xm:sqref>)([^<]+)")
_PIVOT = re.compile(rb'(<worksheetSource\b(?=[^>]*?\bsheet="([^"]+)")[^>]*?\bref=")([^"]+)')


def _grow_everywhere(package: Package, part: str, grown: Grown) -> None:
    """Have everything in the workbook that speaks of the sheet's rows speak of the new ones too."""
    for name, target in sheet_parts(package).items():
        data = _with_formulas(package.read(target), name, grown)
        if target == part:
            start, end = data.index(b"<sheetData"), data.rindex(b"</sheetData>")
            data = _with_areas(data[:start], grown) + data[start:end] + _with_areas(data[end:], grown)
        package.write(target, data)
    book = workbook_part(package)
    package.write(book, _with_formulas(package.read(book), "", grown))
    for kind, target in relationships(package, part).values():
        if kind == "table" and target in package:
            package.write(target, _with_areas(package.read(target), grown))
    for name in _others(package):
        package.write(name, _PIVOT.sub(lambda m: _source(m, grown), _with_formulas(package.read(name), "", grown)))


def _source(match: re.Match[bytes], grown: Grown) -> bytes:
    """The rows a pivot table is made of."""
    mine = unescape(match[2].decode()) == grown.sheet
    return match[1] + grown_area(match[3].decode(), grown).encode() if mine else match[0]


def _others(package: Package) -> Iterator[str]:
    """Charts, and what pivot tables are made of."""
    for name in package.names():
        if re.search(r"charts/chart\w*\.xml$|pivotCache/pivotCacheDefinition\w*\.xml$", name):
            yield name


def _with_formulas(data: bytes, home: str, grown: Grown) -> bytes:
    """The part with its formulas grown; `home` is the sheet it is, empty where it is none."""
    if home != grown.sheet:
        return _FORMULAS.sub(lambda m: _formula(m, home, grown, False), data)
    row = next((r for r in _rows_from(data, grown.below) if int(r[1]) == grown.below), None)
    start, end = row.span() if row else (len(data), len(data))
    return b"".join(
        _FORMULAS.sub(lambda m, own=own: _formula(m, home, grown, own), piece)  # type: ignore[misc]
        for piece, own in ((data[:start], False), (data[start:end], True), (data[end:], False))
    )


def _formula(match: re.Match[bytes], home: str, grown: Grown, of_the_row: bool) -> bytes:
    text = unescape(match[3].decode())
    formula = grown_formula(text, home, grown, of_the_row)
    return match[0] if formula == text else match[1] + escape(formula).encode() + match[4]


def _with_areas(data: bytes, grown: Grown) -> bytes:
    def grow(match: re.Match[bytes]) -> bytes:
        return match[1] + grown_area(match[2].decode(), grown).encode()

    for pattern in (_AREAS, _AREA_OF, _INNER_AREA):
        data = pattern.sub(grow, data)
    if not grown.moves:
        return data
    return _MOVED.sub(lambda m: m[1] + _only_moved(m[2].decode(), grown).encode(), data)


def _only_moved(area: str, grown: Grown) -> str:
    """An area that moves, and does not grow: cells that are merged, a link."""
    corners = [split_address(corner) for corner in area.split(":")]
    return ":".join(f"{letters}{grown.row(row)}" for letters, row in corners)
