"""The rows of a sheet, written as the XML they are and packed as it comes: XlsxWriter makes the workbook, its formats, the title, the
header and one row to see which look has which number; that row is replaced by all of them.

A cell of XlsxWriter's is an object and a dozen calls; of a table most values stand often, and each is spelled out once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter.url import Url

from jinguo.common.addresses import column_letter
from jinguo.common.ooxml import Package, attribute, packed
from jinguo.excel.writing.cell_values import CellLink, Formula, Marked, Percent

#: What XML 1.0 does not have (2.2); and what is spelled as Excel does (ECMA-376, part 1, 22.9.2.19): that, and what only looks like it.
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROLS = re.compile(_ILLEGAL.pattern + r"|_(?=x[0-9A-Fa-f]{4}_)")
_ROW = re.compile(rb'<row r="(\d+)"[^>]*>(?:(?!</row>).)*</row></sheetData>', re.DOTALL)
_LOOK = re.compile(rb'<c r="[A-Z]+\d+" s="(\d+)"')
_EXTERNAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_NO_RELATIONSHIPS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
#: Beyond the numbers of what else a sheet relates to, a drawing.
_FIRST_LINK = 101
#: Rows that are packed at a time.
_CHUNK = 2000
#: Excel takes no more links than this on a sheet.
_MOST_LINKS = 60_000
#: Excel takes no longer text.
_MOST_TEXT = 32_767


@dataclass(frozen=True)
class RowsOfSheet:
    """Rows to be put where the sample row of a sheet stands: the part of the sheet, its rows, the names of the looks in the order of the
    sample's cells, and which words have a look of their own."""

    part: str
    rows: Sequence[Sequence[Any]]
    looks: Sequence[str]
    fills: Mapping[str, str]
    #: All rows of one height, in points; None: as high as what is in them.
    height: float | None = None


def put_in_rows(data: bytes, tables: Sequence[RowsOfSheet]) -> bytes:
    """The workbook with these rows in the place of the sample rows."""
    package = Package(data)
    for table in tables:
        _put(package, table)
    return package.to_bytes()


def _put(package: Package, table: RowsOfSheet) -> None:
    xml = package.read(table.part)
    sample = _ROW.search(xml)
    assert sample is not None, "the sheet has no sample row"
    first = int(sample[1])
    numbers = dict(zip(table.looks, (look.decode() for look in _LOOK.findall(sample[0])), strict=True))
    rows = _Rows(numbers, table.fills, first, table.height)
    last = first + max(len(table.rows), 1) - 1
    head = re.sub(rb'(<dimension ref="A1:[A-Z]+)\d+"', rb'\g<1>%d"' % last, xml[: sample.start()])
    tail = xml[sample.end() - len(b"</sheetData>") :]

    def pieces() -> Iterator[bytes]:
        yield head
        for start in range(0, len(table.rows), _CHUNK):
            yield rows.spelled(table.rows[start : start + _CHUNK], first + start)
        at = tail.index(b"<printOptions") if b"<printOptions" in tail else tail.index(b"<pageMargins")
        yield tail[:at] + rows.links() + tail[at:]

    package.write_packed(table.part, packed(pieces()))
    if rows.targets:
        folder, _, name = table.part.rpartition("/")
        part = f"{folder}/_rels/{name}.rels"
        # A sheet with a chart has its drawing among them.
        begun = package.read(part).decode() if part in package else _NO_RELATIONSHIPS
        package.write(part, begun.replace("</Relationships>", f"{rows.relationships()}</Relationships>").encode())


class _Ends(dict[Any, str]):
    """The ends of cells by what stands in them, each spelled out once; not of those whose place matters, or that are formulas."""

    def __init__(self, spell: Callable[[Any], str]) -> None:
        super().__init__()
        self._spell = spell

    def __missing__(self, value: Any) -> str:
        end = self._spell(value)
        if not isinstance(value, CellLink | Formula):
            self[value] = end
        return end


class _Rows:
    """The rows of one sheet as XML, and the links met on the way. True and False have no cell of their own: they are words."""

    def __init__(self, numbers: Mapping[str, str], fills: Mapping[str, str], first: int, height: float | None) -> None:
        self.numbers, self.fills, self.first = numbers, fills, first
        self._height = f' ht="{height:g}" customHeight="1"' if height else ""
        self._ends = _Ends(self._end)
        self.targets: dict[str, str] = {}
        self._places: list[str] = []
        #: Whether the row that is spelled has a link.
        self._linked = False

    def spelled(self, rows: Sequence[Sequence[Any]], start: int) -> bytes:
        """So many rows from a number on."""
        ends, height = self._ends, self._height
        #: Of a row of so many cells: where a cell begins, the number of the row, how it ends, cell after cell.
        begun: dict[int, list[str]] = {}
        for width in set(map(len, rows)):
            begun[width] = [part for n in range(width) for part in (f'<c r="{column_letter(n)}', "", "")]
        lines: list[str] = []
        for n, row in enumerate(rows, start):
            number, width = str(n), len(row)
            line = begun[width]
            line[1::3] = [number] * width
            line[2::3] = [ends[value] for value in row]
            if self._linked:
                self._note_links(row, number)
            lines.append(f'<row r="{number}"{height}>{"".join(line)}</row>')
        return "".join(lines).encode()

    def _end(self, value: Any) -> str:
        """How the cell of a value ends: its look, its type, what stands in it."""
        if isinstance(value, CellLink):
            self._linked = len(self._places) < _MOST_LINKS
            return _inline(value.text, self.numbers["link" if self._linked else "text"])
        if isinstance(value, Formula):
            return _formula(value, self.numbers["formula"])
        if isinstance(value, Marked):
            return _inline(value.text, self.numbers["marked"])
        if isinstance(value, Percent):
            if value.value is None:
                return _inline("—", self.numbers["number"])
            return _number(value.value, self.numbers["percent"])
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return _number(value, self.numbers["number"])
        text = "" if value is None else str(value)
        return _inline(text, self.numbers[self.fills.get(text, "text")])

    def _note_links(self, row: Sequence[Any], number: str) -> None:
        """Note where the links of a row lead."""
        for column, value in enumerate(row):
            if isinstance(value, CellLink):
                self._link(f"{column_letter(column)}{number}", value)
        self._linked = False

    def _link(self, cell: str, link: CellLink) -> None:
        """Note where a cell leads: to another workbook through one relationship each, within this one by the place alone."""
        kind, _, whole = link.target.partition(":")
        target, _, place = whole.partition("#") if kind == "external" else ("", "", whole)
        by = ""
        if target:
            by = f' r:id="{self.targets.setdefault(target, f"rId{_FIRST_LINK + len(self.targets)}")}"'
        location = f" location={attribute(place)}" if place else ""
        self._places.append(f'<hyperlink ref="{cell}"{by}{location}/>')

    def links(self) -> bytes:
        """All links, for behind the cells."""
        return f"<hyperlinks>{''.join(self._places)}</hyperlinks>".encode() if self._places else b""

    def relationships(self) -> str:
        """What says which workbook each link leads to."""
        return "".join(
            f'<Relationship Id="{number}" Type="{_EXTERNAL}" Target={attribute(_as_excel_has_it(target))} TargetMode="External"/>'
            for target, number in self.targets.items()
        )


def _number(value: int | float | Decimal, look: str) -> str:
    """The end of a cell with a number in it."""
    return f'" s="{look}"><v>{float(value):.16G}</v></c>'


def _formula(formula: Formula, look: str) -> str:
    """The end of a cell with a formula and what it comes to."""
    shown = formula.value
    kind, value = (' t="str"', _legal(shown)) if isinstance(shown, str) else ("", f"{float(shown):.16G}")
    return f'" s="{look}"{kind}><f>{_legal(formula.text[1:])}</f><v>{value}</v></c>'


def _legal(text: str) -> str:
    """A text as XML has it, without the characters it cannot have."""
    return html.escape(_ILLEGAL.sub("", text), quote=False)


def _as_excel_has_it(target: str) -> str:
    """The way to a workbook in the spelling that XlsxWriter found Excel to want (backslashes, %20)."""
    found: str = Url(f"external:{target}")._target()
    return found


def _inline(text: str, look: str) -> str:
    """The end of a cell with a text in it: never a formula, whatever it begins with."""
    if not text:
        return f'" s="{look}"/>'
    if text.isalnum() and len(text) <= _MOST_TEXT:
        return f'" s="{look}" t="inlineStr"><is><t>{text}</t></is></c>'
    spelled = html.escape(text[:_MOST_TEXT], quote=False)
    if _CONTROLS.search(spelled):
        spelled = _CONTROLS.sub(lambda m: f"_x{ord(m[0]):04X}_" if m[0] != "_" else "_x005F_", spelled)
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() or "\n" in text else ""
    return f'" s="{look}" t="inlineStr"><is><t{space}>{spelled}</t></is></c>'
