"""Which sheet of which workbook is which table, and what is said of a file as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from jinguo.common.findings import Finding, Severity, finding
from jinguo.common.nearest import nearest
from jinguo.excel.raw import RawSheet
from jinguo.intake.header import find_header, known_columns
from jinguo.schema import TABLES, WORKBOOKS, TableSpec, WorkbookSpec
from jinguo.schema.model import header_key
from jinguo.schema.problems import LIKE_NOTHING, NO_SHEET, NO_WORKBOOK, RESEMBLES, SHEET_TWICE, ReadingRule

#: So many known columns, and a sheet is probably meant as that table; with as many as unknown ones beside them, it is.
_ALIKE = 3
#: What the forms themselves put into a workbook besides its tables.
OWN_SHEETS = ("选项", "填表说明", "校验结果")


def assign_sheets(
    sheets: dict[str, list[RawSheet]], refused: Collection[str], by_header: Collection[str] = ()
) -> tuple[dict[str, RawSheet], list[Finding]]:
    """Which sheet is which table: by name, in its own workbook or, where that lacks it, in any other; in the workbooks
    `by_header` (and in a CSV, which has no name of a sheet) also by its header alone."""
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
    by_their_name = set(found)
    likely = _likenesses(sheets, {(raw.workbook, raw.name) for raw in found.values()}, by_their_name)
    for like in likely:
        if like.is_table and (like.raw.workbook in by_header or like.raw.is_csv) and like.spec.name not in found:
            found[like.spec.name] = like.raw
            what = f"工作表“{like.raw.name}”的表头像“{like.spec.sheet}”表，有 {len(like.columns)} 栏认得，按这张表校验了"
            remedy = "放进台账时，请把文件改名为“{0}.csv”" if like.raw.is_csv else "放进台账时，请把工作表改名为“{0}”"
            findings.append(_file_finding(RESEMBLES, what, remedy.format(like.spec.sheet), like.raw.workbook, like.raw.name, severity=Severity.HINT))
    used = {(raw.workbook, raw.name) for raw in found.values()}
    refused_stems = {Path(name).stem for name in refused}
    findings += _resembling([like for like in likely if (like.raw.workbook, like.raw.name) not in used], found, by_their_name)
    for book in WORKBOOKS:
        if Path(book.file).stem not in refused_stems:
            findings += _missing(book, sheets, found, used)
    return found, findings


class _Likeness(NamedTuple):
    """Which table the header of a sheet resembles, by which of its columns, and whether the sheet is surely meant as it."""

    raw: RawSheet
    spec: TableSpec
    columns: set[str]
    is_table: bool


def _likenesses(sheets: dict[str, list[RawSheet]], used: set[tuple[str, str]], found_already: set[str]) -> list[_Likeness]:
    """For each sheet that is no table by its name the table it resembles most (rather one not found already), the most
    alike first."""
    found = []
    for raw in (raw for book in sheets.values() for raw in book):
        if (raw.workbook, raw.name) in used or raw.name in OWN_SHEETS:
            continue
        likeness = [(spec, known_columns(raw.rows, spec, raw.merged)) for spec in TABLES.values()]
        spec, columns = max(likeness, key=lambda pair: (len(pair[1]), pair[0].name not in found_already))
        if len(columns) >= _ALIKE:
            header = find_header(raw.rows, spec, raw.merged)
            titled = sum(map(bool, header.titles)) if header else 0
            # The office's own number may be missing in what a township sends, but nothing else that no row is without.
            needed = {f.name for f in spec.fields if f.required} - {spec.key}
            found.append(_Likeness(raw, spec, columns, len(columns) * 2 >= titled and bool(needed) and needed <= columns))
    return sorted(found, key=lambda like: -len(like.columns))


def like_nothing(workbooks: Iterable[str], known: Collection[str], named: bool) -> list[Finding]:
    """A finding for each of these workbooks that is not `known` to have, or nearly have, a table; an error where it was
    `named`, that is where the clerk asked about that very file."""
    what, remedy = "没有一张工作表像台账里的表，没有校验什么", "核对是不是这个文件；是的话，请按样表的栏目名称写表头"
    return [
        _file_finding(LIKE_NOTHING, what, remedy, name, "", severity=Severity.ERROR if named else None)
        for name in workbooks
        if name not in known
    ]


def _resembling(likely: list[_Likeness], found: Mapping[str, RawSheet], by_their_name: Collection[str]) -> list[Finding]:
    """For each sheet that was not read: which table its header resembles, and what it lacks of it; only a hint where that
    table is there, and nothing where the sheet need not be meant as it."""
    findings = []
    several = Counter(like.spec.name for like in likely)
    for raw, spec, columns, is_table in likely:
        if spec.name in by_their_name:
            if is_table and all(f.name in columns for f in spec.fields if f.required):
                what = f"工作表“{raw.name}”的表头也像“{spec.sheet}”表，没有读：“{spec.sheet}”表已有一张"
                remedy = f"里面有要用的内容，请接到“{spec.sheet}”里；是旧的或备用的，不必理会"
                findings.append(_file_finding(RESEMBLES, what, remedy, raw.workbook, raw.name, severity=Severity.HINT))
            continue
        missing = [f.header for f in spec.fields if f.required and f.name not in columns]
        lack = f"，缺少必填的{'、'.join(missing)}" if missing else ""
        what = f"工作表“{raw.name}”的表头像“{spec.sheet}”表，有 {len(columns)} 栏认得{lack}"
        if several[spec.name] > 1 or spec.name in found:
            what, remedy = f"{what}；一张表只读一个工作表，这一张没有读", f"是的话，请把几个工作表的内容接到一个里，名称写“{spec.sheet}”"
        else:
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


def _file_finding(
    rule: ReadingRule, what: str, remedy: str, workbook: str, sheet: str, near: bool = False, severity: Severity | None = None
) -> Finding:
    """A finding about a whole file or sheet; one with a near name is more than a hint: the name was probably meant."""
    return finding(rule, workbook, sheet, "", "", what, remedy, severity or (Severity.WARNING if near else None))
