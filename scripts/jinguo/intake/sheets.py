"""Which sheet of which workbook is which table, and what is said of a file as a whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jinguo.common.findings import Finding, Severity, finding
from jinguo.common.nearest import nearest
from jinguo.excel.raw import RawSheet
from jinguo.intake.copies import copied_workbooks, set_copies_apart
from jinguo.intake.header import HeadRows, header_among, known_columns
from jinguo.schema import TABLES, WORKBOOKS, TableSpec, WorkbookSpec
from jinguo.schema.model import header_key
from jinguo.schema.problems import LIKE_NOTHING, NO_SHEET, NO_WORKBOOK, RESEMBLES, SHEET_TWICE, ReadingRule

_BY_SHEET = {header_key(spec.sheet): spec for spec in TABLES.values()}
#: So many known columns, and a sheet is probably meant as that table; with as many as unknown ones beside them, it is.
_ALIKE = 3
#: Of the sheets that are read together so many are named.
_NAMED = 3
#: What the forms themselves put into a workbook besides its tables.
OWN_SHEETS = ("选项", "填表说明", "校验结果", "调查底稿")


def assign_sheets(
    sheets: dict[str, list[RawSheet]], refused: Collection[str], by_header: Collection[str] = ()
) -> tuple[dict[str, list[RawSheet]], list[Finding], dict[str, str]]:
    """Which sheets are which table, what is said of that, and why tables that are not there may be kept all the same.

    A table is the sheet of its name, in its own workbook or, where that lacks it, in any other; where there is none of
    its name, the sheets of one workbook whose header is surely that of the table.

    Where several workbooks have such sheets none is taken, but from a CSV, which has no name of a sheet, and from the
    workbooks `by_header`, which the clerk asked about.
    """
    copied = copied_workbooks(sheets, _BY_SHEET) if len(sheets) > 1 and not by_header else {}
    sheets = {book: raws for book, raws in sheets.items() if book not in copied}
    by_name: defaultdict[str, list[RawSheet]] = defaultdict(list)
    for raw in (raw for book in sheets.values() for raw in book):
        by_name[header_key(raw.name)].append(raw)
    found: dict[str, list[RawSheet]] = {}
    findings = [_file_finding(SHEET_TWICE, (book, ""), *told) for book, told in copied.items()]
    for spec in TABLES.values():
        candidates = sorted(by_name.get(header_key(spec.sheet), ()), key=lambda raw: raw.workbook != spec.workbook)
        if candidates:
            found[spec.name] = candidates[:1]
        for other in candidates[1:]:
            what = f"“{spec.sheet}”在 {candidates[0].workbook} 里也有一张，只用了那一张"
            findings.append(
                _file_finding(
                    SHEET_TWICE,
                    (other.workbook, other.name),
                    what,
                    "内容一样的删去一张；这一张里有那一张没有的行，请补到那一张里",
                )
            )
    by_their_name = set(found)
    likely = _likenesses(sheets, {(raw.workbook, raw.name) for raws in found.values() for raw in raws}, by_their_name)
    for spec in TABLES.values():
        alike = [like for like in likely if like.is_table and like.spec is spec and spec.name not in by_their_name]
        if alike:
            found[spec.name], told = _by_header(spec, alike, by_header)
            findings += told
    found = {name: raws for name, raws in found.items() if raws}
    used = {(raw.workbook, raw.name) for raws in found.values() for raw in raws} | {
        (f.workbook, f.sheet) for f in findings
    }
    refused_stems = {Path(name).stem for name in refused}
    unused = [like for like in likely if (like.raw.workbook, like.raw.name) not in used]
    findings += _resembling(unused, found, by_their_name)
    for book in WORKBOOKS:
        if Path(book.file).stem not in refused_stems:
            findings += _missing(book, sheets, found, used)
    return found, findings, _unread(found, unused, refused)


def _unread(found: Collection[str], unused: Sequence[_Likeness], refused: Collection[str]) -> dict[str, str]:
    """Why each table that is not there may be kept all the same: its workbook cannot be opened, or one of which nobody
    knows what it holds; or a sheet resembles it."""
    own = {Path(book.file).stem for book in WORKBOOKS}
    strangers = [name for name in refused if Path(name).stem not in own]
    unread = {}
    for spec in (spec for spec in TABLES.values() if spec.name not in found):
        homes = [name for name in refused if Path(name).stem == Path(spec.workbook).stem] or strangers
        if homes:
            unread[spec.name] = f"{homes[0]} 打不开"
    for like in unused:
        if like.spec.name not in found:
            where = f"{like.raw.workbook} 的工作表“{like.raw.name}”"
            unread.setdefault(like.spec.name, f"{where}像“{like.spec.sheet}”表，没有读")
    return unread


def _by_header(
    spec: TableSpec, alike: Sequence[_Likeness], by_header: Collection[str]
) -> tuple[list[RawSheet], list[Finding]]:
    """The sheets of one workbook that are read as a table for their header, in the order in which they stand there,
    and what is said of it; none where several workbooks have such sheets and the clerk asked about none of these."""
    asked = [like for like in alike if like.raw.workbook in by_header or like.raw.is_csv]
    workbooks = {like.raw.workbook for like in alike}
    if not asked and len(workbooks) > 1:
        return [], []
    home = (asked or alike)[0].raw.workbook
    order = sorted((like for like in alike if like.raw.workbook == home), key=lambda like: like.place)
    kept, copies = set_copies_apart([like.raw for like in order], spec)
    findings = [_file_finding(SHEET_TWICE, (raw.workbook, raw.name), *told) for raw, told in copies]
    if len(kept) == 1:
        columns = next(like.columns for like in order if like.raw is kept[0])
        what = f"工作表“{kept[0].name}”的表头像“{spec.sheet}”表，有 {len(columns)} 栏认得，当作这张表读了"
        rename = "文件改名为“{0}.csv”" if kept[0].is_csv else "工作表改名为“{0}”"
        place = kept[0].name
    else:
        named = "”“".join(raw.name for raw in kept[:_NAMED]) + ("”等" if len(kept) > _NAMED else "”")
        what = f"工作表“{named} {len(kept)} 张的表头都像“{spec.sheet}”表，合起来当作这一张表读了"
        rename, place = "内容接到一张表里，名称写“{0}”", ""
    remedy = f"是的话可以不改，最好把{rename.format(spec.sheet)}；不是的话，请移出台账文件夹"
    return kept, [*findings, _file_finding(RESEMBLES, (home, place), what, remedy, Severity.HINT)]


class _Likeness(NamedTuple):
    """Which table the header of a sheet resembles, by which of its columns, and whether the sheet is surely meant as
    it; `place` is where it stands among all sheets."""

    place: int
    raw: RawSheet
    spec: TableSpec
    columns: set[str]
    is_table: bool


def _likenesses(
    sheets: dict[str, list[RawSheet]], used: set[tuple[str, str]], found_already: set[str]
) -> list[_Likeness]:
    """For each sheet that is no table by its name the table it resembles most (rather one not found already), the most
    alike first."""
    found = []
    for place, raw in enumerate(raw for book in sheets.values() for raw in book):
        if (raw.workbook, raw.name) in used or raw.name in OWN_SHEETS:
            continue
        heads = HeadRows(raw.rows)
        likeness = [(spec, known_columns(heads, spec, raw.merged)) for spec in TABLES.values()]
        spec, columns = max(likeness, key=lambda pair: (len(pair[1]), pair[0].name not in found_already))
        if len(columns) >= _ALIKE:
            header = header_among(heads, spec, raw.merged)
            titled = sum(map(bool, header.titles)) if header else 0
            # The office's own number may be missing in what a township sends, but nothing else that no row is without.
            needed = {f.name for f in spec.fields if f.required} - {spec.key}
            found.append(
                _Likeness(place, raw, spec, columns, len(columns) * 2 >= titled and bool(needed) and needed <= columns)
            )
    return sorted(found, key=lambda like: -len(like.columns))


def like_nothing(workbooks: Iterable[str], named: bool) -> list[Finding]:
    """A finding for each of these workbooks, none of whose sheets is, or nearly is, a table of ours; an error where it was
    `named`, that is where the clerk asked about that very file."""
    what = "没有一张工作表像台账里的表，没有校验什么"
    return [_file_finding(LIKE_NOTHING, (name, ""), what, "", Severity.ERROR if named else None) for name in workbooks]


def _resembling(
    likely: list[_Likeness], found: Mapping[str, list[RawSheet]], by_their_name: Collection[str]
) -> list[Finding]:
    """For each sheet that was not read: which table its header resembles, and what it lacks of it; only a hint where
    that table is there, and nothing where the sheet need not be meant as it."""
    findings = []
    several = Counter(like.spec.name for like in likely)
    for _, raw, spec, columns, is_table in likely:
        if spec.name in by_their_name:
            if is_table and all(f.name in columns for f in spec.fields if f.required):
                what = f"工作表“{raw.name}”的表头也像“{spec.sheet}”表，没有读：“{spec.sheet}”表已有一张"
                remedy = f"里面有要用的内容，请接到“{spec.sheet}”里；是旧的或备用的，不必理会"
                findings.append(_file_finding(RESEMBLES, (raw.workbook, raw.name), what, remedy, Severity.HINT))
            continue
        missing = [f.header for f in spec.fields if f.required and f.name not in columns]
        lack = f"，缺少必填的{'、'.join(missing)}" if missing else ""
        what = f"工作表“{raw.name}”的表头像“{spec.sheet}”表，有 {len(columns)} 栏认得{lack}"
        if several[spec.name] > 1 or spec.name in found:
            what, remedy = (
                f"{what}；像这张表的不止一个，这一个没有读",
                f"要用的，请把内容接到一个工作表里，名称写“{spec.sheet}”；旧的、备用的请移出台账文件夹",
            )
        else:
            remedy = f"是的话，请把工作表改名为“{spec.sheet}”" + ("，补上缺少的栏目" if missing else "")
        findings.append(_file_finding(RESEMBLES, (raw.workbook, raw.name), what, remedy))
    return findings


def _missing(
    book: WorkbookSpec, sheets: dict[str, list[RawSheet]], found: dict[str, list[RawSheet]], used: set[tuple[str, str]]
) -> list[Finding]:
    missing = [spec for spec in book.tables if spec.name not in found]
    if book.file not in sheets:
        if len(missing) < len(book.tables):
            # Its tables are kept under another file name: only a name that was nearly right is worth a word.
            homes = {raw.workbook for spec in book.tables for raw in found.get(spec.name, ())}
            told = [_missing_sheet(spec, [raw for home in homes for raw in sheets[home]], used) for spec in missing]
            return [f for f in told if f.severity is Severity.WARNING]
        taken = {b.file for b in WORKBOOKS} | {name for name, _ in used}
        others = {Path(name).stem: name for name in sheets if name not in taken}
        stem = nearest(Path(book.file).stem, others, at_least=55)
        guess = others.get(stem or "")
        what, remedy = "没有这个工作簿", "需要时用 jinguo 自带的样表新建一个；暂时不用就不必理会"
        if book.file == TABLES["office"].workbook:
            what = f"{what}，不知道本单位的名称、电话、字号，通知和公文不能出"
            remedy = "要写通知和公文，用“新建台账”建一个，填上“单位”表"
        remedy = f"请把“{guess}”改名为“{book.file}”" if guess else remedy
        return [_file_finding(NO_WORKBOOK, (book.file, ""), what, remedy, _if_near(guess))]
    return [
        found
        for table in missing
        for found in [_missing_sheet(table, sheets[book.file], used)]
        if table.name not in _MAY_BE_ABSENT or found.severity is Severity.WARNING
    ]


#: Sheets that an office may well do without: its own rules for documents, what it has ticked as done, what it asks.
_MAY_BE_ABSENT = ("format_rules", "done", "survey_items")


def _missing_sheet(spec: TableSpec, sheets: list[RawSheet], used: set[tuple[str, str]]) -> Finding:
    others = [raw.name for raw in sheets if (raw.workbook, raw.name) not in used and raw.name not in OWN_SHEETS]
    guess = nearest(spec.sheet, others, at_least=50)
    remedy = f"请把工作表“{guess}”改名为“{spec.sheet}”" if guess else "需要时加一张；暂时不用就不必理会"
    return _file_finding(NO_SHEET, (spec.workbook, spec.sheet), f"没有工作表“{spec.sheet}”", remedy, _if_near(guess))


def _file_finding(
    rule: ReadingRule, place: tuple[str, str], what: str, remedy: str, severity: Severity | None = None
) -> Finding:
    """A finding about a workbook, or a sheet of it."""
    return finding(rule, (*place, ""), "", what, remedy, severity)


def _if_near(guess: object) -> Severity | None:
    """One with a near name is more than a hint: the name was probably meant."""
    return Severity.WARNING if guess else None
