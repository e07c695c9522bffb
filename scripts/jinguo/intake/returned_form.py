"""A form that came back, as its tables: whatever became of its name, its sheets, its columns and rows on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jinguo.common.addresses import column_letter, split_address
from jinguo.common.findings import Finding
from jinguo.excel.raw import RawSheet
from jinguo.excel.writing.decision_workbook import hidden_text
from jinguo.excel.writing.survey_form import STAMP
from jinguo.intake.header import HeadRows, find_header, known_columns
from jinguo.intake.match import make_table
from jinguo.intake.sheets import OWN_SHEETS
from jinguo.registry.joining import joined
from jinguo.registry.tables import Table
from jinguo.schema import TableSpec
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import header_key, without_note
from jinguo.schema.problems import REQUIRED

#: So many columns of a table a sheet must have to be taken for it, where its name does not say so.
_ALIKE = 3


@dataclass
class FormReading:
    """The tables of a returned workbook by name, each of one or more sheets; what was hidden in it; what is wrong with its
    cells; and the sheets that hold something and are none of the tables."""

    tables: dict[str, Table] = field(default_factory=dict)
    stamp: str = ""
    findings: list[Finding] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    #: What stands beside the tables, in columns without a title.
    beside: list[str] = field(default_factory=list)
    #: What stands below a header in no row of its table.
    below: list[str] = field(default_factory=list)


def read_form(
    raws: Sequence[RawSheet], specs: Sequence[TableSpec], vocabularies: Mapping[str, Sequence[str]], least: int = _ALIKE
) -> FormReading:
    """The tables of these sheets, as the form has them; a sheet whose name does not say what it is has `least` so many columns
    of its table."""
    found = FormReading()
    parts: dict[str, list[Table]] = {}
    for raw in raws:
        if raw.name == STAMP:
            found.stamp = hidden_text(raw.rows, STAMP)
            continue
        if raw.name in OWN_SHEETS or not any(not is_blank(v) for row in raw.rows for v in row):
            continue
        spec = _table_of(raw, specs, least)
        if spec is None:
            found.unread.append(raw.name)
            continue
        table, findings = make_table(_with_plain_titles(raw, spec), spec, vocabularies)
        found.findings += findings
        found.beside += _beside(raw, table)
        found.below += _below(raw, table)
        if any(table.letters):
            parts.setdefault(spec.name, []).append(table)
    found.tables = {name: joined(these) for name, these in parts.items()}
    if any(f.code == REQUIRED.code for f in found.findings):
        emptied = _emptied(found.tables.values())
        found.findings = [f for f in found.findings if f.code != REQUIRED.code or _row(f) not in emptied]
    return found


def _emptied(tables: Iterable[Table]) -> set[tuple[str, str, int]]:
    """The rows that have nothing but their number: they were emptied on purpose, and nothing is missing in them."""
    return {
        (block.workbook, block.sheet, table.rows[i])
        for table in tables
        for i in range(len(table))
        for block in [table.block(i)]
        if not any(table.shown(i, name) for name in table.raw if name != "token")
    }


def _beside(raw: RawSheet, table: Table) -> list[str]:
    """The cells of the rows of a table that stand in no column of it: “人员”M5：已搬走."""
    columns = {
        letters
        for block in table.blocks
        for letters in (*block.letters.values(), *block.extra_letters.values(), *block.serial)
    }
    rows = [(number, raw.rows[number - 1]) for number in table.rows]
    places = range(max((len(row) for _, row in rows), default=0))
    others = [(place, letters) for place in places if (letters := column_letter(place)) not in columns]
    return [
        f"“{raw.name}”{letters}{number}：{clean(row[place])}"
        for number, row in (rows if others else ())
        for place, letters in others
        if place < len(row) and not is_blank(row[place])
    ]


def _below(raw: RawSheet, table: Table) -> list[str]:
    """The cells below the header that stand in no row of the table: a word on what was left out."""
    inside, first = set(table.rows), max((block.header for block in table.blocks), default=0)
    return [
        f"“{raw.name}”{column_letter(place)}{number}：{clean(value)}"
        for number, row in enumerate(raw.rows[first:], first + 1)
        if number not in inside
        for place, value in enumerate(row)
        if not is_blank(value)
    ]


def _with_plain_titles(raw: RawSheet, spec: TableSpec) -> RawSheet:
    """The sheet with titles that say more than the form's as the form has them, and no title twice: nothing that somebody
    filled in is passed over."""
    header = find_header(raw.rows, spec, raw.merged)
    if header is None:
        return raw
    titles = [clean(v) for v in raw.rows[header.row]]
    known = {f.name for f in map(spec.field_of, filter(None, titles)) if f}
    row, seen = list(raw.rows[header.row]), set()
    for place, title in enumerate(titles):
        plain = without_note(title)
        f = spec.field_of(title) if title else None
        if f is None and plain and (bare := spec.field_of(plain)) is not None and bare.name not in known:
            row[place], f = bare.header, bare
            known.add(bare.name)
        if f is not None and f.name in seen:
            row[place] = f"{title}（第{place + 1}列）"
        elif f is not None:
            seen.add(f.name)
    if row == list(raw.rows[header.row]):
        return raw
    rows = [*raw.rows[: header.row], row, *raw.rows[header.row + 1 :]]
    return replace(raw, rows=rows)


def _row(f: Finding) -> tuple[str, str, int]:
    return f.workbook, f.sheet, split_address(f.cell)[1]


def _table_of(raw: RawSheet, specs: Sequence[TableSpec], least: int) -> TableSpec | None:
    """The table a sheet is: by its name, where its header has at least two of its columns; else the one it is most like."""
    named = next((s for s in specs if header_key(raw.name).startswith(header_key(s.sheet))), None)
    heads = HeadRows(raw.rows)
    if named is not None and len(known_columns(heads, named, raw.merged)) > 1:
        return named
    known = {spec.name: len(known_columns(heads, spec, raw.merged)) for spec in specs}
    best = max(specs, key=lambda s: known[s.name], default=None)
    return best if best is not None and known[best.name] >= least else None
