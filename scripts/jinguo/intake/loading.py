"""From a folder of workbooks to the Registry: settings first, then every table, then what links them."""

from __future__ import annotations

import contextlib
import datetime
import gc
import importlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding, Severity, finding
from jinguo.excel.raw import RawSheet, is_workbook
from jinguo.excel.reading.read import read_workbooks
from jinguo.intake.births import take_short_years
from jinguo.intake.empty_tables import empty_tables
from jinguo.intake.named_rows import take_named_rows
from jinguo.intake.references import check_unique, resolve_references
from jinguo.intake.settings_sheets import make_settings
from jinguo.intake.sheets import assign_sheets, like_nothing
from jinguo.intake.typed_tables import TypedTables
from jinguo.registry.joining import empty_table, joined
from jinguo.registry.tables import Registry, Table
from jinguo.schema import TABLES
from jinguo.schema.cells import is_blank
from jinguo.schema.parameters import PARAMETERS
from jinguo.schema.problems import EMPTY_TABLE, NO_HEADER, NO_SHEET, REFUSED, RESEMBLES, SHEET_TWICE, SUBFOLDER


class Sources(NamedTuple):
    """What the folder holds: the sheets of each workbook, and paragraphs about the workbooks that cannot be read."""

    files: list[Path]
    sheets: dict[str, list[RawSheet]]
    refused: dict[str, JinguoError]


def load_registry(folder: Path, today: datetime.date | None = None, wanted_next: Iterable[str] = ()) -> Registry:
    """Read every workbook of `folder`. `today` overrides 参数 › 基准日期, which overrides the day's date.

    Everything wrong becomes a finding; JinguoError only when there is no workbook at all. `wanted_next` are modules the
    caller is going to import: this is done in the time in which nothing is to do but to wait for the largest workbook.
    """
    registry = _registry_of(workbooks_of(folder), today, wanted_next=wanted_next)
    registry.folder = folder
    registry.findings = sorted([*registry.findings, *_subfolders(folder)], key=Finding.sort_key)
    return registry


#: What the program itself, and staff at its word, keep below the workbooks.
_OWN_FOLDERS = ("备份", "照片")


def _subfolders(folder: Path) -> list[Finding]:
    """A finding for each folder below with workbooks in it: they are not read."""
    found = []
    for below in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in _OWN_FOLDERS):
        count = sum(path.is_file() and is_workbook(path) for path in below.rglob("*"))
        if count and not below.name.startswith("."):
            what = f"“{below.name}”里有 {count} 个工作簿，没有读"
            found.append(finding(SUBFOLDER, (f"{below.name}/", "", ""), "", what))
    return found


def _not_understood(tables: Mapping[str, Table], findings: Iterable[Finding]) -> dict[str, str]:
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


def _unsettled(tables: Mapping[str, Table]) -> dict[str, str]:
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


def load_files(files: list[Path], today: datetime.date | None = None, settings: Path | None = None) -> Registry:
    """The registry of some workbooks that are not in a registry's folder; raises JinguoError where none can be read.

    A sheet whose header is that of a table is that table, whatever its name. `settings` is the office's own 设置.xlsx,
    for its townships, words and parameters; it is not among the registry's files.
    """
    twice = [name for name, count in Counter(path.name for path in files).items() if count > 1]
    if twice:
        raise JinguoError(f"有两个文件都叫 {'、'.join(twice)}", remedy="请分两次校验，或先改名。")
    return _registry_of(files, today, named=True, beside=[settings] if settings else [])


def _registry_of(
    files: list[Path],
    today: datetime.date | None,
    named: bool = False,
    wanted_next: Iterable[str] = (),
    beside: Iterable[Path] = (),
) -> Registry:
    """The registry of these files, and those `beside` them; `named` where the clerk asked about them, and not just
    finds them in the folder."""
    with collection_paused():
        typed = TypedTables()
        sources = read_files([*files, *beside], typed, wanted_next)
        names = {path.name for path in files}
        if named and not names & set(sources.sheets):
            first, *others = (trouble for name, trouble in sources.refused.items() if name in names)
            raise first if not others else JinguoError("\n".join(trouble.paragraph() for trouble in (first, *others)))
        registry = build_registry(sources.sheets, today, sources.refused, typed, by_header=names if named else ())
    registry.files = files
    known = {name for table in registry.tables.values() for name in table.workbooks()}
    known |= {
        f.workbook
        for f in registry.findings
        if f.code in (RESEMBLES.code, NO_SHEET.code, SHEET_TWICE.code) and f.severity is Severity.WARNING
    }
    registry.findings += like_nothing(sources.sheets, known, named)
    for name, trouble in sources.refused.items():
        registry.refused[name] = trouble.paragraph()
        registry.findings.append(finding(REFUSED, (name, "", ""), "", trouble.what, trouble.remedy.removesuffix("。")))
    registry.findings.sort(key=Finding.sort_key)
    return registry


@contextlib.contextmanager
def collection_paused() -> Iterator[None]:
    """Keep Python from looking for garbage while hundreds of thousands of rows are made, all of which stay in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def workbooks_of(folder: Path) -> list[Path]:
    """The workbooks in a folder, in the order of their names; JinguoError where there is none."""
    if not folder.is_dir():
        raise JinguoError("找不到台账文件夹", str(folder), "核对文件夹位置；台账平时放在 workbooks 文件夹里。")
    files = sorted(path for path in folder.iterdir() if path.is_file() and is_workbook(path))
    if not files:
        raise JinguoError("文件夹里没有台账", str(folder), "把台账（.xlsx）放进这个文件夹再运行。")
    return files


def read_folder(folder: Path) -> Sources:
    """The raw sheets of every workbook in the folder, in the order of their names."""
    return read_files(workbooks_of(folder))


def read_files(files: list[Path], typed: TypedTables | None = None, wanted_next: Iterable[str] = ()) -> Sources:
    """The raw sheets of these workbooks; those that cannot be read are told and do not keep the others from being read.

    `typed` is given each workbook's sheets as soon as they are read; `wanted_next` are imported while the last is
    parsed.
    """
    found: dict[Path, list[RawSheet] | JinguoError] = {}
    for path, book in read_workbooks(files):
        found[path] = book
        if typed and not isinstance(book, JinguoError):
            typed.make_own(book)
        if len(found) == len(files) - 1:
            for module in wanted_next:
                importlib.import_module(module)
    books = {path.name: found[path] for path in files}
    sheets = {name: book for name, book in books.items() if not isinstance(book, JinguoError)}
    return Sources(files, sheets, {name: book for name, book in books.items() if isinstance(book, JinguoError)})


def build_registry(
    sheets: dict[str, list[RawSheet]],
    today: datetime.date | None = None,
    refused: Collection[str] = (),
    typed: TypedTables | None = None,
    by_header: Collection[str] = (),
) -> Registry:
    """The registry of raw sheets by workbook name; pure, so that tests can give it lists.

    `refused` are the names of workbooks that could not be read; `typed` are tables made of some of the sheets already;
    `by_header` are workbooks in which a sheet may be a table by its header alone.
    """
    typed = typed or TypedTables()
    found, findings, unread = assign_sheets(sheets, refused, by_header)
    tables: dict[str, Table] = {}
    # 设置.xlsx comes first: its words are choices in the other workbooks.
    for spec in sorted(TABLES.values(), key=lambda s: s.name != "vocabularies"):
        parts = [typed.table(raw, spec) for raw in found.get(spec.name, ())]
        tables[spec.name] = joined([table for table, _ in parts]) if parts else empty_table(spec)
        findings += [problem for _, problems in parts for problem in problems]
        if spec.name == "vocabularies":
            typed.use_vocabularies(tables[spec.name])
    findings += empty_tables(tables)
    unread |= _not_understood(tables, findings)
    findings = take_short_years(tables, take_named_rows(tables, findings))
    for table in tables.values():
        findings += check_unique(table)
    findings += resolve_references(tables)
    settings, problems = make_settings(tables, typed.vocabularies)
    findings += problems
    unread |= _unsettled(tables)
    day = today or settings.parameter("基准日期") or datetime.date.today()
    ordered = {name: tables[name] for name in TABLES}
    return Registry(ordered, sorted(findings, key=Finding.sort_key), settings, day, unread=unread)
