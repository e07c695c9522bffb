"""The registry of raw sheets: settings first, then every table, then what links them."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Lookup

from jinguo.common.findings import Finding, Severity
from jinguo.excel.raw import RawSheet
from jinguo.intake.births import take_short_years
from jinguo.intake.empty_tables import empty_tables
from jinguo.intake.named_rows import take_named_rows
from jinguo.intake.own.mapping import Mapping
from jinguo.intake.own.reading import OwnRegisters, read_own, sort_out, unread_tables
from jinguo.intake.references import check_unique, resolve_references
from jinguo.intake.settings_sheets import make_settings
from jinguo.intake.sheets import assign_sheets
from jinguo.intake.typed_tables import TypedTables
from jinguo.registry.joining import empty_table, joined
from jinguo.registry.tables import Registry, Table
from jinguo.schema import TABLES
from jinguo.schema.cells import is_blank
from jinguo.schema.parameters import PARAMETERS
from jinguo.schema.problems import EMPTY_TABLE, NO_HEADER, NO_SHEET, NO_WORKBOOK


def build_registry(
    sheets: dict[str, list[RawSheet]],
    today: datetime.date | None = None,
    refused: Collection[str] = (),
    typed: TypedTables | None = None,
    by_header: Collection[str] = (),
) -> Registry:
    """The registry of raw sheets by workbook name; pure, so that tests can give it lists."""
    return build_beside(sheets, today, refused, typed, by_header)[0]


def build_beside(
    sheets: dict[str, list[RawSheet]],
    today: datetime.date | None = None,
    refused: Collection[str] = (),
    typed: TypedTables | None = None,
    by_header: Collection[str] = (),
    mapping: Mapping | None = None,
) -> tuple[Registry, OwnRegisters | None]:
    """The registry of raw sheets by workbook name, and how the office's own registers among them were read: as 对照.xlsx
    says, or the `mapping` given instead; None where the office has none.

    `refused` are the names of workbooks that could not be read; `typed` are tables made of some of the sheets already;
    `by_header` are workbooks in which a sheet may be a table by its header alone.
    """
    typed = typed or TypedTables()
    own = sort_out(sheets, mapping)
    found, findings, unread = assign_sheets(own.rest if own else sheets, refused, by_header)
    tables: dict[str, Table] = {}
    # 设置.xlsx comes first: its words are choices in the other workbooks.
    for spec in sorted(TABLES.values(), key=lambda s: s.name != "vocabularies"):
        parts = [typed.table(raw, spec) for raw in found.get(spec.name, ())]
        tables[spec.name] = joined([table for table, _ in parts]) if parts else empty_table(spec)
        findings += [problem for _, problems in parts for problem in problems]
        if spec.name == "vocabularies":
            typed.use_vocabularies(tables[spec.name])
    first, _ = make_settings(tables, typed.vocabularies)
    day = today or first.parameter("基准日期") or datetime.date.today()
    if own:
        findings = _beside_own(findings)
        mine = read_own(own, first, tables, day, typed.early)
        tables |= {
            name: joined([*([tables[name]] if tables[name].present else []), table]) for name, table in mine.items()
        }
        findings += own.findings
        unread = {name: why for name, why in unread.items() if name not in mine} | unread_tables(own)
    findings += empty_tables(tables, own.known if own else frozenset())
    unread |= _not_understood(tables, findings)
    findings = take_short_years(tables, take_named_rows(tables, findings))
    for table in tables.values():
        findings += check_unique(table)
    findings += resolve_references(tables)
    settings, problems = make_settings(tables, typed.vocabularies)
    findings += problems
    unread |= _unsettled(tables)
    ordered = {name: tables[name] for name in TABLES}
    return Registry(ordered, sorted(findings, key=Finding.sort_key), settings, day, unread=unread), own


def _not_understood(tables: Lookup[str, Table], findings: Iterable[Finding]) -> dict[str, str]:
    """Tables that are there and of which nothing is known: without a header, or emptied though others refer to them."""
    told = {
        (f.workbook, f.sheet): "没有认出表头" if f.code == NO_HEADER.code else "是空的"
        for f in findings
        if f.code == NO_HEADER.code or (f.code == EMPTY_TABLE.code and f.severity is Severity.ERROR)
    }
    return {
        name: f"{table.where} {told[table.workbook, table.sheet]}"
        for name, table in tables.items()
        if not len(table) and table.present and (table.workbook, table.sheet) in told
    }


def _unsettled(tables: Lookup[str, Table]) -> dict[str, str]:
    """The settings of which nobody knows what they say: an item twice with different contents, a parameter that cannot be
    read. What rests on them rests on nothing."""
    found = {}
    for name, key, value in (("office", "item", "content"), ("parameters", "name", "value")):
        table = tables[name]
        said: dict[str, set[str]] = {}
        for i, item in table.each(key):
            if item and (shown := table.shown(i, value)):
                said.setdefault(item, set()).add(shown)
        twice = [item for item, contents in said.items() if len(contents) > 1]
        if twice:
            found[name] = f"{table.where} 的“{twice[0]}”写了几遍，内容不同"
    table = tables["parameters"]
    for i, item in table.each("name"):
        written = table.raw["value"][i] if "value" in table.raw else None
        if item not in PARAMETERS or is_blank(written):
            continue
        if PARAMETERS[item].type.parser({})(written).value is None:
            found.setdefault("parameters", f"{table.place(i, 'value')} 的参数“{item}”读不出")
    return found


def _beside_own(findings: list[Finding]) -> list[Finding]:
    """The findings without those that miss workbooks and tables of ours: the office keeps her own; only who she is stands in
    ours."""
    settings = TABLES["office"].workbook
    return [f for f in findings if f.code not in (NO_WORKBOOK.code, NO_SHEET.code) or f.workbook == settings]
