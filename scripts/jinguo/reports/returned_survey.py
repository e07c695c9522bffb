"""One returned file, read, compared with what was sent and checked; many of them side by side."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from jinguo.checks import check
from jinguo.common.addresses import split_address
from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding, Severity, some_of
from jinguo.common.garbage import collect_seldom
from jinguo.common.writing import file_digest
from jinguo.excel.raw import RawSheet, is_workbook
from jinguo.excel.reading.pen_marks import PenMarks, pen_marks
from jinguo.excel.reading.read import read_workbook
from jinguo.intake.loading import load_files
from jinguo.intake.own.mapping import FILE, fits
from jinguo.intake.own.read_decisions import mapping_of
from jinguo.intake.returned_form import FormReading, read_form
from jinguo.registry.joining import empty_table
from jinguo.registry.settings import Settings
from jinguo.registry.tables import Table
from jinguo.reports.survey_folder import kept_form
from jinguo.schema import TABLES, TableSpec
from jinguo.schema.problems import REQUIRED
from jinguo.survey.addressees import ALL
from jinguo.survey.asked import AskedTable
from jinguo.survey.comparing import compared
from jinguo.survey.return_registry import of_the_return, return_registry
from jinguo.survey.returned import Return
from jinguo.survey.sent import SentForm, load_sent

#: Below so many files another process is not worth its start.
_ALONE = 24
_PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".gif", ".heic", ".tif", ".tiff", ".webp", ".pdf")
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")
_WORDS = (".doc", ".docx", ".wps", ".txt", ".eml", ".msg", ".ppt", ".pptx")


@dataclass
class Collecting:
    """What is known of a survey before a file is read: what it asks, the folder with what was sent, the office's words, the
    units; `table` where all files are to be read as one table."""

    asked: list[AskedTable]
    sent: Path | None
    settings: Settings
    today: datetime.date
    beside: list[Path] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    table: str = ""
    #: The folders that are read: a file is known by its way from there, as two townships may call theirs the same.
    roots: list[Path] = field(default_factory=list)

    def called(self, path: Path) -> str:
        """What a file is called: its name, behind the folders it lies in below the one that is read."""
        root = next((root for root in self.roots if path.is_relative_to(root)), path.parent)
        way = path.relative_to(root).as_posix()
        return f"{root.name}/{way}" if len(self.roots) > 1 else way

    @cached_property
    def specs(self) -> list[TableSpec]:
        """The tables as they may come back."""
        return [a.reading for a in self.asked if not self.table or a.table == self.table]

    @cached_property
    def _mapped(self) -> list[tuple[str, str]]:
        """The workbooks and sheets that 对照.xlsx says something of."""
        file = next((p for p in self.beside if p.name == FILE), None)
        if file is None:
            return []
        return [(s.workbook, s.sheet) for s in mapping_of(read_workbook(file))[0].sources]

    def is_mapped(self, raws: Sequence[RawSheet]) -> bool:
        """Whether 对照.xlsx says how one of these sheets is read."""
        return any(fits(raw.workbook, book) and fits(raw.name, sheet) for raw in raws for book, sheet in self._mapped)

    def sent_to(self, unit: str, stamp: SentForm | None) -> SentForm | None:
        """What was sent to a unit: as the form itself says, or else as it was kept."""
        if stamp is not None or not unit or self.sent is None:
            return stamp
        return kept_form(self.sent, unit)


def files_of(folders: Sequence[Path]) -> list[Path]:
    """Every file in these folders and below, and these files; what programs keep beside an open workbook left out."""
    found: list[Path] = []
    for path in folders:
        if path.is_dir():
            found += sorted(
                p for p in path.rglob("*") if p.is_file() and not p.name.startswith(("~$", ".~", ".", "Thumbs"))
            )
        elif not path.name.startswith(("~$", ".~")):
            found.append(path)
    return found


def collected(files: Sequence[Path], context: Collecting, tick: Callable[[], None] = lambda: None) -> Iterator[Return]:
    """Each file as soon as it is read, in their order: many side by side in two processes."""
    if len(files) < _ALONE:
        for path in files:
            yield collect_one(path, context)
            tick()
        return
    with ProcessPoolExecutor(2, initializer=_begin, initargs=(context,)) as pool:
        for found in _in_turn(pool, files):
            yield found
            tick()


def _in_turn(pool: Executor, files: Sequence[Path]) -> Iterator[Return]:
    yield from pool.map(_collect_known, files, chunksize=4)


_context: Collecting | None = None


def _begin(context: Collecting) -> None:
    """Begin a process for many files."""
    global _context
    collect_seldom()
    _context = context


def _collect_known(path: Path) -> Return:
    assert _context is not None
    return collect_one(path, _context)


def collect_one(path: Path, context: Collecting) -> Return:
    """What one file says; `trouble` tells why it says nothing."""
    found = Return(
        context.called(path),
        digest=file_digest(path),
        saved=f"{datetime.datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M}",
    )
    if why := _no_workbook(path):
        found.trouble = why
        return found
    try:
        raws = read_workbook(path)
        read = _read(path, raws, context)
    except JinguoError as trouble:
        found.trouble = trouble.paragraph()
        return found
    stamp = load_sent(read.stamp) if read.stamp else None
    asked = stamp.asked if stamp is not None and stamp.asked else context.asked
    # Who has filled in a blank form it does not say.
    unit = stamp.unit if stamp and stamp.unit != ALL else _unit_of(path, read.tables, context.units)
    sent = context.sent_to(unit, stamp)
    if not read.tables:
        found.trouble = "没有一张工作表像调查表里的表，不是这次的调查表" if raws else "是空的"
        return found
    marks = pen_marks(path)
    result = compared(found.file, read.tables, asked, sent, read.findings, marks.struck)
    result.told += _notes_told(marks, read.tables)
    result.unit = unit
    result.survey = stamp.survey.number if stamp else _titled_otherwise(raws, sent)
    result.told += [f"工作表“{name}”没有用上" for name in read.unread]
    if read.beside:
        result.told.append(f"没有标题的栏里有 {len(read.beside)} 格，没有收进方案：{some_of(read.beside, 3)}")
    if read.below:
        result.told.append(f"表的下面另有 {len(read.below)} 格，没有收进方案：{some_of(read.below, 3)}")
    result.digest, result.saved, result.moment = found.digest, found.saved, path.stat().st_mtime
    result.findings = _findings(path, read, context, sent)
    if any(f.severity is not Severity.HINT and f.cell for f in result.findings):
        result.marked = _marked(path, [f for f in result.findings if f.severity is not Severity.HINT])
    return result


def _notes_told(marks: PenMarks, tables: Mapping[str, Table]) -> list[str]:
    """The notes that were stuck to cells of the tables below their headers."""
    below = {block.sheet: block.header for table in tables.values() for block in table.blocks}
    told = [
        f"“{sheet}”{cell}：{text}"
        for (sheet, cell), text in marks.notes.items()
        if sheet in below and split_address(cell)[1] > (below[sheet] or 0)
    ]
    return [f"有批注 {len(told)} 条，没有收进方案：{some_of(told, 3)}"] if told else []


_TITLE = re.compile(r"(.+?)（[^（）]+）·(.+)")
_TITLE_ROWS = 3


def _titled_otherwise(raws: Sequence[RawSheet], sent: SentForm | None) -> str:
    """The survey that the sheets of a form without its hidden sheet say they are of, where it is not the one that was sent."""
    sheets = {spec.sheet for spec in TABLES.values()}
    for raw in raws:
        for row in raw.rows[:_TITLE_ROWS]:
            said = _TITLE.fullmatch(str(next((value for value in row if value), "")).strip())
            if said and said[2] in sheets and sent is not None and said[1] != sent.survey.name:
                return said[1]
    return ""


def _no_workbook(path: Path) -> str:
    """Why a file is none that is read, in words; empty where it may be one."""
    suffix = path.suffix.lower()
    if is_workbook(path):
        return ""
    if suffix in (".eml", ".txt") and _is_ours(path):
        return OURS
    if suffix in _PICTURES:
        return "是图片或扫描件，读不出字，请上报的人交电子表，或照着录入"
    if suffix in _ARCHIVES:
        return "是压缩包，请先解压，再把里面的表放进来"
    if suffix in _WORDS:
        return "是文档或邮件，不是表；邮件里的附件请先存下来"
    return "不是电子表格"


#: What the program itself writes beside the forms is no return, and not worth a word.
OURS = "是发放时写的草稿或群消息"


def _is_ours(path: Path) -> bool:
    return path.name.endswith(" 群消息.txt") or b"X-Unsent: 1" in path.read_bytes()[:2000]


def _read(path: Path, raws: Sequence[RawSheet], context: Collecting) -> FormReading:
    """The tables of a file: our form, or a sheet with the columns of a table; else an office's own sheet as 对照.xlsx, or its
    contents, say."""
    if not context.is_mapped(raws):
        # Where somebody says which table it is, two of its columns will do.
        least = {"least": 2} if context.table else {}
        form = read_form(raws, context.specs, context.settings.vocabularies, **least)
        if form.tables:
            return form
    registry = load_files([path], context.today, context.beside)
    wanted = {a.table for a in context.asked} if not context.table else {context.table}
    tables = {
        name: t for name, t in registry.tables.items() if name in wanted and len(t) and path.name in t.workbooks()
    }
    return FormReading(tables, "", [f for f in registry.findings if f.workbook == path.name], [])


def _unit_of(path: Path, tables: Mapping[str, Table], units: Sequence[str]) -> str:
    """Whose a file is that does not say: by its name, or the folder it lies in, or the township most of its rows name."""
    for text in (path.stem, path.parent.name):
        named = [unit for unit in units if unit in text or _short(unit) in text]
        if len(named) == 1:
            return named[0]
    counts = dict.fromkeys(units, 0)
    for table in tables.values():
        for name in ("township", "residence"):
            for value in table.columns.get(name, ()):
                if value in counts:
                    counts[value] += 1
    best = max(counts, key=lambda u: counts[u], default="")
    return best if best and counts[best] * 2 > sum(counts.values()) else ""


def _short(unit: str) -> str:
    short = re.sub(r"(?:街道|镇|乡)$", "", unit)
    return short if len(short) > 1 else unit


def _findings(path: Path, read: FormReading, context: Collecting, sent: SentForm | None) -> list[Finding]:
    """What is wrong with a file: of reading it, and by the rules; but for what was empty when it went out and is so still."""
    beside = {name: empty_table(TABLES[name]) for name in ("office",)}
    registry = return_registry(read.tables, context.settings, context.today, beside)
    registry.files = [path]
    found = of_the_return([*read.findings, *check(registry)], path.name, read.tables)
    kept = [f for f in found if f.code != REQUIRED.code or not _was_sent_empty(f, read.tables, sent)]
    return sorted(dict.fromkeys(kept), key=Finding.sort_key)


def _was_sent_empty(f: Finding, tables: Mapping[str, Table], sent: SentForm | None) -> bool:
    """Whether a cell that is empty was so when it was sent."""
    letter, row = split_address(f.cell)
    for name, table in tables.items() if sent else ():
        for i in [i for i, number in enumerate(table.rows) if number == row and table.block(i).sheet == f.sheet]:
            known = (
                sent.tables.get(name, {}).get(str(table.columns.get("token", [None] * len(table))[i])) if sent else None
            )
            field = next((n for n, x in table.block(i).letters.items() if x == letter), "")
            if known is not None and not known.cells.get(field, "x"):
                return True
    return False


def _marked(path: Path, findings: list[Finding]) -> bytes:
    from jinguo.excel.patching.annotate import annotate

    try:
        return annotate(path, findings)[0]
    except Exception:
        # The list of what is wrong says all that the copy would.
        return b""
