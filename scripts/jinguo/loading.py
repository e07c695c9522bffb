"""From a folder of workbooks to the Registry: settings first, then every table, then what links them."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import gc
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinguo.errors import JinguoError
from jinguo.excel.read import RawSheet, is_workbook, read_workbook
from jinguo.findings import Finding, Severity
from jinguo.nearest import nearest
from jinguo.registry import Registry, Table, empty_table
from jinguo.schema import TABLES, WORKBOOKS, TableSpec, WorkbookSpec
from jinguo.schema.cells import CellRule
from jinguo.schema.header import known_columns
from jinguo.schema.match import make_table
from jinguo.schema.model import header_key
from jinguo.schema.references import check_unique, resolve_references
from jinguo.settings_sheets import UNKNOWN_SETTING, extend_vocabularies, make_settings

NO_WORKBOOK = CellRule(
    "REG-001", Severity.HINT, "登记台账由七个工作簿组成，可以先用其中几个",
    why="缺少的工作簿，有关的统计和材料做不出来",
    remedy="需要时用“新建台账”建一个；暂时不用就不必理会",
)  # fmt: skip
NO_SHEET = CellRule(
    "REG-002", Severity.HINT, "一类内容放在一张表里，表名要与《字段字典》一致",
    why="缺少的表，有关的统计和材料做不出来",
    remedy="需要时加一张；名称写错的改过来",
)  # fmt: skip
SHEET_TWICE = CellRule(
    "REG-008", Severity.WARNING, "同一张表只能放在一个工作簿里",
    why="两处都改，就不知道哪一张是新的",
    remedy="合并到一处",
)  # fmt: skip
REFUSED = CellRule(
    "REG-006", Severity.ERROR, "台账要能打开",
    why="打不开的台账一格也没有校验",
    remedy="照提示处理后再校验一次",
)  # fmt: skip
RESEMBLES = CellRule(
    "REG-014", Severity.WARNING, "工作表的名称要与《字段字典》一致，程序才会读",
    why="名称不对，这张表就读不到",
    remedy="改成提示里的名称",
)  # fmt: skip
LIKE_NOTHING = CellRule(
    "REG-016", Severity.WARNING, "台账文件夹里放的是台账",
    why="没有认出来的文件一格也没有校验",
    remedy="核对是不是放错了文件",
)  # fmt: skip
#: So many known columns, and a sheet is probably meant as that table.
_ALIKE = 3
FILE_RULES = [RESEMBLES, LIKE_NOTHING, NO_WORKBOOK, NO_SHEET, SHEET_TWICE, REFUSED, UNKNOWN_SETTING]
#: What the forms themselves put into a workbook besides its tables.
OWN_SHEETS = ("选项", "填表说明", "校验结果")


class Sources(NamedTuple):
    """What the folder holds: the sheets of each workbook, and paragraphs about the workbooks that cannot be read."""

    files: list[Path]
    sheets: dict[str, list[RawSheet]]
    refused: dict[str, JinguoError]


def load_registry(folder: Path, today: datetime.date | None = None) -> Registry:
    """Read every workbook of `folder`. `today` overrides 参数 › 基准日期, which overrides the day's date.

    Everything wrong becomes a finding; JinguoError only when there is no workbook at all.
    """
    registry = _registry_of(workbooks_of(folder), today)
    registry.folder = folder
    return registry


def _registry_of(files: list[Path], today: datetime.date | None, named: bool = False) -> Registry:
    """The registry of these files; `named` where the clerk asked about them, and not just finds them in the folder."""
    with collection_paused():
        sources = read_files(files)
        if named and not sources.sheets:
            first, *others = sources.refused.values()
            raise first if not others else JinguoError("\n".join(trouble.paragraph() for trouble in (first, *others)))
        registry = build_registry(sources.sheets, today, set(sources.refused))
    registry.files = sources.files
    registry.findings += _like_nothing(registry, sources, named)
    for name, trouble in sources.refused.items():
        registry.refused.append(trouble.paragraph())
        message = f"{trouble.what}。规定：{REFUSED.title}。"
        registry.findings.append(Finding(REFUSED.code, REFUSED.severity, name, "", "", "", message, trouble.remedy))
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


def load_files(files: list[Path], today: datetime.date | None = None) -> Registry:
    """The registry of some workbooks that are not in a registry's folder; raises JinguoError where none can be read."""
    twice = [name for name, count in Counter(path.name for path in files).items() if count > 1]
    if twice:
        raise JinguoError(f"有两个文件都叫 {'、'.join(twice)}", remedy="请分两次校验，或先改名。")
    return _registry_of(files, today, named=True)


def _like_nothing(registry: Registry, sources: Sources, named: bool) -> list[Finding]:
    """Workbooks of which no sheet is, or resembles, any table: an error where the clerk asked about that very file."""
    used = {table.workbook for table in registry.tables.values() if table.present}
    used |= {f.workbook for f in registry.findings if f.code in (RESEMBLES.code, NO_SHEET.code) and f.severity is Severity.WARNING}
    rule = dataclasses.replace(LIKE_NOTHING, severity=Severity.ERROR) if named else LIKE_NOTHING
    return [
        _file_finding(rule, "没有一张工作表像台账里的表，没有校验什么", "核对是不是这个文件；是的话，请按样表的栏目名称写表头", name, "")
        for name in sources.sheets
        if name not in used
    ]


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


def read_files(files: list[Path]) -> Sources:
    """The raw sheets of these workbooks; those that cannot be read are told and do not keep the others from being read."""
    sheets: dict[str, list[RawSheet]] = {}
    refused: dict[str, JinguoError] = {}
    for path in files:
        try:
            sheets[path.name] = read_workbook(path)
        except JinguoError as trouble:
            refused[path.name] = trouble
    return Sources(files, sheets, refused)


def build_registry(
    sheets: dict[str, list[RawSheet]], today: datetime.date | None = None, refused: set[str] = frozenset()  # type: ignore[assignment]
) -> Registry:
    """The registry of raw sheets by workbook name; pure, so that tests can give it lists."""
    found, findings = _assign_sheets(sheets, refused)
    tables: dict[str, Table] = {}
    vocabularies: dict[str, list[str]] = {}
    # 设置.xlsx comes first: its words are choices in the other workbooks.
    for spec in sorted(TABLES.values(), key=lambda s: s.name != "vocabularies"):
        sheet = found.get(spec.name)
        if sheet is None:
            tables[spec.name] = empty_table(spec)
            continue
        tables[spec.name], problems = make_table(sheet, spec, vocabularies)
        findings += problems
        if spec.name == "vocabularies":
            vocabularies = extend_vocabularies(tables[spec.name])
    for table in tables.values():
        findings += check_unique(table)
    findings += resolve_references(tables)
    settings, problems = make_settings(tables, vocabularies)
    findings += problems
    day = today or settings.parameter("基准日期") or datetime.date.today()
    ordered = {name: tables[name] for name in TABLES}
    return Registry(ordered, sorted(findings, key=Finding.sort_key), settings, day)


def _assign_sheets(
    sheets: dict[str, list[RawSheet]], refused: set[str]
) -> tuple[dict[str, RawSheet], list[Finding]]:
    """Which sheet is which table: by name, in its own workbook or, where that lacks it, in any other."""
    by_name: defaultdict[str, list[RawSheet]] = defaultdict(list)
    for raw in (raw for book in sheets.values() for raw in book):
        by_name[header_key(raw.name)].append(raw)
    found: dict[str, RawSheet] = {}
    findings: list[Finding] = []
    for spec in TABLES.values():
        candidates = sorted(by_name.get(header_key(spec.sheet), ()), key=lambda raw: raw.workbook != spec.workbook)
        if candidates:
            found[spec.name] = candidates[0]
        for other in candidates[1:]:
            what = f"“{spec.sheet}”在 {candidates[0].workbook} 里也有一张，只用了那一张"
            findings.append(_file_finding(SHEET_TWICE, what, "请把两张表合并到一处", other.workbook, other.name))
    used = {(raw.workbook, raw.name) for raw in found.values()}
    refused_stems = {Path(name).stem for name in refused}
    findings += _resembling(sheets, used, {spec.name for spec in TABLES.values()} - set(found))
    for book in WORKBOOKS:
        if Path(book.file).stem not in refused_stems:
            findings += _missing(book, sheets, found, used)
    return found, findings


def _resembling(sheets: dict[str, list[RawSheet]], used: set[tuple[str, str]], wanted: set[str]) -> list[Finding]:
    """For each sheet that is no table by its name: which missing table its header resembles, and what it lacks of it."""
    findings = []
    for raw in (raw for book in sheets.values() for raw in book):
        if (raw.workbook, raw.name) in used or raw.name in OWN_SHEETS:
            continue
        likeness = [(spec, known_columns(raw.rows, spec)) for spec in TABLES.values() if spec.name in wanted]
        spec, columns = max(likeness, key=lambda pair: len(pair[1]), default=(None, []))
        if spec is None or len(columns) < _ALIKE:
            continue
        missing = [f.header for f in spec.fields if f.required and f.name not in columns]
        lack = f"，缺少必填的{'、'.join(missing)}" if missing else ""
        what = f"工作表“{raw.name}”的表头像“{spec.sheet}”表，有 {len(columns)} 栏认得{lack}"
        remedy = f"是的话，请把工作表改名为“{spec.sheet}”" + ("，补上缺少的栏目" if missing else "")
        findings.append(_file_finding(RESEMBLES, what, remedy, raw.workbook, raw.name))
    return findings


def _missing(
    book: WorkbookSpec, sheets: dict[str, list[RawSheet]], found: dict[str, RawSheet], used: set[tuple[str, str]]
) -> list[Finding]:
    missing = [spec for spec in book.tables if spec.name not in found]
    if book.file not in sheets:
        if len(missing) < len(book.tables):
            # Its tables are kept under another file name: only a name that was nearly right is worth a word.
            homes = {found[spec.name].workbook for spec in book.tables if spec.name in found}
            told = [_missing_sheet(spec, [raw for home in homes for raw in sheets[home]], used) for spec in missing]
            return [f for f in told if f.severity is Severity.WARNING]
        taken = {b.file for b in WORKBOOKS} | {name for name, _ in used}
        others = {Path(name).stem: name for name in sheets if name not in taken}
        stem = nearest(Path(book.file).stem, others, at_least=55)
        guess = others.get(stem or "")
        remedy = f"请把“{guess}”改名为“{book.file}”" if guess else "需要时用 jinguo 自带的样表新建一个；暂时不用就不必理会"
        return [_file_finding(NO_WORKBOOK, "没有这个工作簿", remedy, book.file, "", bool(guess))]
    return [_missing_sheet(spec, sheets[book.file], used) for spec in missing]


def _missing_sheet(spec: TableSpec, sheets: list[RawSheet], used: set[tuple[str, str]]) -> Finding:
    others = [raw.name for raw in sheets if (raw.workbook, raw.name) not in used and raw.name not in OWN_SHEETS]
    guess = nearest(spec.sheet, others, at_least=50)
    remedy = f"请把工作表“{guess}”改名为“{spec.sheet}”" if guess else "需要时加一张；暂时不用就不必理会"
    return _file_finding(NO_SHEET, f"没有工作表“{spec.sheet}”", remedy, spec.workbook, spec.sheet, bool(guess))


def _file_finding(rule: CellRule, what: str, remedy: str, workbook: str, sheet: str, near: bool = False) -> Finding:
    """A finding about a whole file or sheet; one with a near name is more than a hint: the name was probably meant."""
    severity = Severity.WARNING if near else rule.severity
    return Finding(rule.code, severity, workbook, sheet, "", "", f"{what}。规定：{rule.title}。", f"{remedy}。")
