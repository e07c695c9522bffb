"""对照.xlsx as the program uses it: which sheet is which table, which column which field, what words and names mean.

Written by `adopt`, decided by staff; a decision is never asked twice. A sheet and a column are named, or a pattern (*).
"""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field, replace
from pathlib import Path

from jinguo.intake.own.title_lines import Fact

FILE = "对照.xlsx"
TAKEN, OWN, IGNORED, OPEN = "采用", "自有", "不读", "待定"
#: 版式
ROWS, SUBJECTS, YEARS, TWICE, EVENT, TOWNSHIPS = (
    "一行一条", "一人一行各科一栏", "一年一栏", "双栏", "一场一表", "按镇街分表",
)  # fmt: skip
LAYOUTS = (ROWS, SUBJECTS, YEARS, TWICE, EVENT, TOWNSHIPS)


def decisions_in(folder: Path) -> list[Path]:
    """对照.xlsx of a folder; none where it is not there."""
    return [path for path in (folder / FILE,) if path.is_file()]


@dataclass
class Source:
    """A sheet, or a pattern of files and sheets: the tables it holds, how it is laid out, the rows of its header (from 1),
    what holds for all its rows, why, and whether it is read."""

    workbook: str
    sheet: str
    tables: tuple[str, ...] = ()
    layout: str = ROWS
    header: tuple[int, int] | None = None
    facts: list[Fact] = field(default_factory=list)
    reason: str = ""
    action: str = OPEN

    @property
    def key(self) -> tuple[str, str]:
        return self.workbook, self.sheet

    @property
    def main(self) -> str:
        return self.tables[0] if self.tables else ""

    def fact(self, name: str) -> Fact | None:
        """What holds for all rows in a field; None where nothing was said."""
        return next((f for f in self.facts if f.field == name and f.value not in ("", "？")), None)


@dataclass
class ColumnMap:
    """A column, by the titles above it: the fields it gives (none where it is the office's own), how its cells are split,
    its unit, samples, by what it was told and how surely, and what is done with it."""

    workbook: str
    sheet: str
    title: str
    fields: tuple[str, ...] = ()
    split: str = ""
    unit: str = ""
    samples: str = ""
    by: str = ""
    sureness: str = ""
    action: str = OPEN

    @property
    def key(self) -> tuple[str, str, str]:
        return self.workbook, self.sheet, self.title


@dataclass
class ValueMap:
    """A word that no list knows: the field as table.field, how it is written, how often, and what it means (empty: nothing
    is entered)."""

    field: str
    written: str
    count: int = 0
    meaning: str = ""
    action: str = OPEN

    @property
    def key(self) -> tuple[str, str]:
        return self.field, self.written


#: What somebody may decide about a name that is nobody's, besides a candidate.
NEW, NOBODY = "新增", "不计"


@dataclass
class Identity:
    """A name that may be several, or is none of those known: its kind (人员 or 组织), where it stands, how it is written
    (with what stands beside it), how often, who it may be and what speaks for each, and who it is."""

    kind: str
    written: str
    places: str = ""
    count: int = 0
    candidates: str = ""
    basis: str = ""
    meaning: str = ""
    action: str = OPEN

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.written


@dataclass
class Mapping:
    """All decisions of an office."""

    sources: list[Source] = field(default_factory=list)
    columns: list[ColumnMap] = field(default_factory=list)
    values: list[ValueMap] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)

    def source_of(self, workbook: str, sheet: str) -> Source | None:
        """The decision about a sheet: its own row before a pattern it fits."""
        best = None
        for source in self.sources:
            if source.key == (workbook, sheet):
                return source
            if best is None and fits(workbook, source.workbook) and fits(sheet, source.sheet):
                best = source
        return best

    def column_of(self, workbook: str, sheet: str, title: str) -> ColumnMap | None:
        """The decision about a column of a sheet."""
        best = None
        for column in self.columns:
            if column.title != title or not fits(workbook, column.workbook) or not fits(sheet, column.sheet):
                continue
            if column.sheet == sheet and column.workbook == workbook:
                return column
            best = best or column
        return best

    def open_questions(self) -> int:
        """How many things somebody has to decide: rows that wait, and facts that are asked for. Where one row asks about all
        whom no register knows, these are one."""
        rows: list[Source | ColumnMap | ValueMap | Identity] = [*self.sources, *self.columns, *self.values]
        at_once = any(i.written.startswith("*") and i.action == OPEN for i in self.identities)
        rows += [
            i for i in self.identities if not at_once or i.candidates or i.written.startswith("*") or i.kind != "人员"
        ]
        asked = sum(f.value == "？" for s in self.sources if s.action == TAKEN for f in s.facts)
        return sum(row.action == OPEN for row in rows) + asked


def fits(name: str, pattern: str) -> bool:
    """Whether a name is the one written, or fits the pattern (* for anything)."""
    return name == pattern or ("*" in pattern and fnmatch.fnmatchcase(name, pattern.replace("[", "[[]")))


def merged(old: Mapping, new: Mapping) -> Mapping:
    """The old decisions, and of the new proposals those about what nobody has decided yet."""
    sources = {s.key: s for s in old.sources}
    for s in new.sources:
        if old.source_of(*s.key) is None:
            sources[s.key] = s
    columns = {c.key: c for c in old.columns}
    for c in new.columns:
        if c.key not in columns and not ("*" not in c.sheet and old.column_of(c.workbook, c.sheet, c.title)):
            columns[c.key] = c
    values = {v.key: v for v in new.values} | {
        v.key: replace(v, count=next((n.count for n in new.values if n.key == v.key), 0)) for v in old.values
    }
    told = {i.key: i for i in new.identities}
    identities = {i.key: i for i in new.identities} | {
        i.key: replace(
            i,
            places=told[i.key].places,
            count=told[i.key].count,
            candidates=told[i.key].candidates,
            basis=told[i.key].basis,
        )
        if i.key in told
        else i
        for i in old.identities
        if i.key in told or i.action != OPEN
    }
    return Mapping(list(sources.values()), list(columns.values()), list(values.values()), list(identities.values()))
