"""Reading an office's own registers through 对照.xlsx, beside or instead of our workbooks."""

from __future__ import annotations

import datetime
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from jinguo.common.addresses import column_index
from jinguo.common.findings import Finding, finding, some_of
from jinguo.excel.raw import NOT_WORKED_OUT, RawSheet
from jinguo.intake.own.assemble import Assembly, assemble
from jinguo.intake.own.block import Transcript
from jinguo.intake.own.mapping import FILE, IGNORED, TAKEN, Mapping, Source, fits
from jinguo.intake.own.propose import is_ours
from jinguo.intake.own.read_decisions import mapping_of
from jinguo.intake.own.register_kind import identifying
from jinguo.intake.own.stacked import another_table
from jinguo.intake.own.title_lines import event_facts, lines_of, year_of
from jinguo.intake.own.transcribe import transcribe
from jinguo.registry.joining import joined
from jinguo.registry.settings import Settings
from jinguo.registry.tables import Table
from jinguo.schema import TABLES
from jinguo.schema.cells import clean
from jinguo.schema.dates import DateTime
from jinguo.schema.register_problems import CONTROL, OPEN_DECISION, READ_SO, UNFIT_DECISION


@dataclass
class OwnRegisters:
    """The office's sheets by what has been decided about them: those to be read, those still open, and the rest, which may
    be tables of ours."""

    mapping: Mapping
    taken: list[RawSheet] = field(default_factory=list)
    open: list[RawSheet] = field(default_factory=list)
    ignored: list[RawSheet] = field(default_factory=list)
    rest: dict[str, list[RawSheet]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    #: Sheets that are new in a workbook of hers, with the tables that those beside them hold.
    new: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    assembly: Assembly | None = None
    transcripts: list[Transcript] = field(default_factory=list)


def sort_out(sheets: Lookup[str, Sequence[RawSheet]], mapping: Mapping | None = None) -> OwnRegisters | None:
    """The sheets sorted by the decisions of 对照.xlsx (or of a mapping given); None where the office has none."""
    wrong: list[tuple[str, str, str]] = []
    if mapping is None:
        if FILE not in sheets:
            return None
        mapping, wrong = mapping_of(sheets[FILE])
    own = OwnRegisters(mapping)
    own.findings = [
        finding(UNFIT_DECISION, (FILE, sheet, cell), "", what, "请改正，或从下拉列表里选")
        for sheet, cell, what in wrong
    ]
    for book, raws in sheets.items():
        if book == FILE:
            continue
        for raw in raws:
            source = mapping.source_of(raw.label, raw.name)
            if source is None:
                own.rest.setdefault(book, []).append(raw)
                _tell_new(own, raw)
                continue
            own.known.add(book)
            if source.action == TAKEN:
                own.taken.append(raw)
            elif source.action == IGNORED:
                own.ignored.append(raw)
            else:
                own.open.append(raw)
                what = (
                    f"“{raw.name}”像“{TABLES[source.main].sheet}”表，还没有认定要不要读"
                    if source.main
                    else f"“{raw.name}”还没有认定是什么表"
                )
                own.findings.append(finding(OPEN_DECISION, (book, raw.name, ""), "", what))
        own.rest.setdefault(book, [])
    named = [(raw.label, raw.name) for raws in sheets.values() for raw in raws]
    for n, source in enumerate(mapping.sources, 2):
        if source.action != IGNORED and not any(fits(b, source.workbook) and fits(s, source.sheet) for b, s in named):
            what = f"没有找到 {source.workbook} 的工作表“{source.sheet}”"
            own.findings.append(finding(UNFIT_DECISION, (FILE, "来源", f"B{n}"), source.sheet, what))
    return own


def _tell_new(own: OwnRegisters, raw: RawSheet) -> None:
    """A sheet that nothing is said of, in a workbook of which others are read: next month's list, since the last time."""
    beside = [s for s in own.mapping.sources if fits(raw.label, s.workbook) and s.action == TAKEN]
    if not beside or is_ours(raw) or not any(map(clean, (v for row in raw.rows for v in row))):
        return
    what = f"“{raw.name}”是新的工作表，对照.xlsx 里没有，没有读"
    place = (raw.workbook, raw.name, "")
    own.findings.append(finding(UNFIT_DECISION, place, "", what, "再运行一次“接入台账”，认定新的工作表"))
    own.new[raw.workbook, raw.name] = tuple(dict.fromkeys(t for s in beside for t in s.tables))


class EarlyTranscripts:
    """Sheets transcribed as soon as they are read, while the largest workbook is still being read."""

    def __init__(self, mapping: Mapping, today: datetime.date) -> None:
        self.mapping, self.today = mapping, today
        self._made: dict[tuple[str, str], Transcript | None] = {}

    def take(self, raws: Sequence[RawSheet]) -> None:
        """Transcribe the sheets of a workbook that are to be read."""
        for raw in raws:
            source = self.mapping.source_of(raw.label, raw.name)
            if source is not None and source.action == TAKEN and source.tables:
                self._made[raw.label, raw.name] = _transcribed(raw, source, self.mapping, self.today)

    def of(self, raw: RawSheet, today: datetime.date) -> Transcript | None:
        """What was made of a sheet, if it was made for that day."""
        return self._made.pop((raw.label, raw.name), None) if today == self.today else None


def _transcribed(raw: RawSheet, source: Source, mapping: Mapping, today: datetime.date) -> Transcript | None:
    # A pattern stands for many sheets; what is made of one bears that one's name.
    return transcribe(raw, replace(source, workbook=raw.workbook, sheet=raw.name), mapping, today)


def read_own(
    own: OwnRegisters,
    settings: Settings,
    ours: Lookup[str, Table],
    today: datetime.date,
    early: EarlyTranscripts | None = None,
) -> dict[str, Table]:
    """The tables that the office's sheets give, by name; what is said of them goes to the findings."""
    for raw in own.taken:
        source = own.mapping.source_of(raw.label, raw.name)
        assert source is not None
        found = (early.of(raw, today) if early else None) or _transcribed(raw, source, own.mapping, today)
        if found is None or not found.parts:
            what = f"第 {source.header[0] if source.header else 1} 行不是表头了，整张没有读"
            own.findings.append(finding(UNFIT_DECISION, (raw.workbook, raw.name, ""), "", what))
            own.open.append(raw)
            continue
        if trouble := _stacked(found) or _unknown_whom(found, raw):
            own.findings.append(finding(UNFIT_DECISION, (raw.workbook, raw.name, ""), "", *trouble))
            own.open.append(raw)
            continue
        own.transcripts.append(found)
        own.findings += _columns_left(found)
    kept = {name: table for name, table in ours.items() if len(table)}
    own.assembly = assemble(own.transcripts, own.mapping, settings.vocabularies, kept, settings.place)
    own.findings += own.assembly.findings
    return {name: joined(parts) for name, parts in own.assembly.tables.items() if parts}


def _stacked(found: Transcript) -> tuple[str, str] | None:
    """What is wrong, and what to do, where a sheet has several tables one below the other."""
    row = another_table(found.frame)
    if row is None:
        return None
    first, second = sorted((row, found.frame.header[0] + 1))
    what = f"第 {first} 行和第 {second} 行都是表头，像是上下几张表，整张没有读"
    return what, "请把它们分开，各放一张工作表，每张上面留自己的标题和表头；再运行一次“接入台账”"


def _unknown_whom(found: Transcript, raw: RawSheet) -> tuple[str, str] | None:
    """What is wrong, and what to do, where no column says whom or what the rows of a sheet are about."""
    main = found.source.main
    needed = identifying(main)
    if main not in _NAMED:
        return None
    letters = [p.letters[n] for p in found.parts for n in p.values if f"{p.table}.{n}" in needed and n in p.letters]
    if not letters:
        header = "、".join(TABLES[t].by_name[n].header for t, n in (name.split(".") for name in sorted(needed)))
        return f"没有一栏认定为“{header}”，整张没有读", "在 对照.xlsx › 栏目 里认定是哪一栏"
    column = column_index(letters[0])
    empty = [row for (row, c), what in raw.errors.items() if c == column and what == NOT_WORKED_OUT]
    if len(empty) * 2 > len(found.frame.rows) - found.frame.header[1] - 1:
        return (
            f"{letters[0]} 列有 {len(empty)} 格公式还没有算出结果，整张没有读",
            "用 Excel 或 WPS 打开这个工作簿，保存一次",
        )
    return None


#: What is counted or added up though a row need not have it.
_COUNTED = ("attendance.presence", "exam_entries.score", "inspections.result", "projects.amount", "payments.amount")
#: Tables whose rows are nothing without a name.
_NAMED = ("organisations", "people", "attendance", "exam_entries", "certificates", "projects", "candidates")


def _columns_left(found: Transcript) -> list[Finding]:
    place = (found.source.workbook, found.source.sheet, "")
    findings = []
    if found.waiting:
        findings.append(
            finding(
                OPEN_DECISION,
                place,
                "",
                f"有 {len(found.waiting)} 栏还没有认定是什么（{some_of(list(found.waiting))}），没有读",
            )
        )
    findings += _day_in_title(found)
    if found.plans:
        findings.append(finding(READ_SO, place, "", f"排在今天以后的 {found.plans} 行是安排，没有当作值班记录"))
    if found.unknown:
        what = f"有 {len(found.unknown)} 栏是新的，对照.xlsx 里没有（{some_of(found.unknown)}），没有读"
        findings.append(finding(UNFIT_DECISION, place, "", what, "再运行一次“接入台账”，认定新的栏目"))
    return findings


def _day_in_title(found: Transcript) -> list[Finding]:
    """That the title names a day there is none, where the office has said another."""
    said = found.source.fact("events.starts")
    if found.source.main != "attendance" or said is None or said.cell:
        return []
    lines = lines_of(found.frame, PurePath(found.source.workbook).stem)
    year = year_of(lines)
    for fact in event_facts(lines, year.value if year else ""):
        if fact.field == "events.starts" and fact.cell and not DateTime().parser({})(fact.value).value:
            what = f"标题里的“{fact.value}”不是真有的一天，按 对照.xlsx 里填的“{said.value}”算"
            return [finding(CONTROL, (found.source.workbook, found.source.sheet, fact.cell), fact.value, what)]
    return []


def unread_tables(own: OwnRegisters) -> dict[str, str]:
    """Why each table of a sheet that is still open may be kept all the same."""
    found: dict[str, str] = {}
    for raw in own.open:
        source = own.mapping.source_of(raw.label, raw.name)
        for table in source.tables if source else ():
            found.setdefault(table, f"{PurePath(raw.workbook).name} 的工作表“{raw.name}”还没有认定")
    for transcript in own.transcripts:
        for title, fields in transcript.waiting.items():
            for table, name in (f.split(".") for f in fields):
                if TABLES[table].by_name[name].required or f"{table}.{name}" in _COUNTED:
                    found.setdefault(table, f"{transcript.source.workbook} 的栏目“{title}”还没有认定")
    for (book, sheet), tables in own.new.items():
        for table in tables:
            found.setdefault(table, f"{book} 的工作表“{sheet}”是新的，还没有认定")
    return found
