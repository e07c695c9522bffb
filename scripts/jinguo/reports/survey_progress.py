"""回收进度.xlsx: who has returned a survey, when, in what state, how much is filled in; and what was done with each file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinguo.common.findings import Severity
from jinguo.excel.colours import BAD, DOUBTFUL, GOOD
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.writing.report import Sheet, write_report
from jinguo.reports.survey_folder import PROGRESS
from jinguo.schema.cells import clean
from jinguo.survey.returned import Return

RECEIVED, TO_CORRECT, OLD, MISSING, UNREADABLE = "已收", "要改", "旧表", "未收", "读不出"
_COLOURS = {RECEIVED: GOOD, TO_CORRECT: DOUBTFUL, OLD: DOUBTFUL, MISSING: BAD, UNREADABLE: BAD}


@dataclass
class UnitState:
    """Where a unit stands: its files, the rows that went out and came back, how much of what was asked is filled in."""

    unit: str
    state: str = MISSING
    files: list[str] = field(default_factory=list)
    saved: str = ""
    sent: int = 0
    returned: int = 0
    filled: tuple[int, int] = (0, 0)
    errors: int = 0
    told: list[str] = field(default_factory=list)
    #: The rows of each table that came back.
    tables: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> str:
        """How much of what was asked is filled in."""
        return f"{100 * self.filled[0] / self.filled[1]:.0f}%" if self.filled[1] else ""


def states(returns: Sequence[Return], survey: str, sent: Mapping[str, int]) -> list[UnitState]:
    """The state of each unit that got a form, in their order, and of those that returned one unasked; `sent` are the rows that
    went to each."""
    found = {unit: UnitState(unit, sent=count) for unit, count in sent.items()}
    for returned in returns:
        if not returned.unit and returned.trouble:
            continue
        for unit, count in returned.also.items():
            other = found.setdefault(unit, UnitState(unit))
            other.files.append(returned.file)
            other.told.append(f"在 {returned.file} 里，与别的单位合在一份")
            other.returned, other.saved = max(other.returned, count), max(other.saved, returned.saved)
            other.state = RECEIVED if other.state == MISSING else other.state
        if not returned.unit and returned.also:
            continue
        state = found.setdefault(returned.unit or "（不知道是谁的）", UnitState(returned.unit or "（不知道是谁的）"))
        state.files.append(returned.file)
        state.told += returned.told + ([returned.trouble] if returned.trouble else [])
        if returned.trouble:
            state.state = UNREADABLE if state.state == MISSING else state.state
            continue
        state.saved = max(state.saved, returned.saved)
        state.tables = {t: max(state.tables.get(t, 0), n) for t, n in {**state.tables, **returned.counts}.items()}
        state.returned = sum(state.tables.values())
        state.filled = max(state.filled, returned.filled, key=lambda f: f[1])
        errors = errors_of(returned)
        state.errors += errors
        old = bool(returned.survey and survey and returned.survey != survey)
        if old:
            state.told.append(f"{returned.file} 是“{returned.survey}”的表")
        if not old or state.state in (MISSING, UNREADABLE):
            state.state = OLD if old else TO_CORRECT if state.errors else RECEIVED
    return list(found.values())


def errors_of(returned: Return) -> int:
    """How many things whoever returned a file should put right or look at."""
    return sum(f.severity is not Severity.HINT and bool(f.cell) for f in returned.findings)


def progress_report(found: Sequence[UnitState], returns: Sequence[Return], title: str, author: str) -> bytes:
    """The workbook: a row a unit, and a row a file."""
    header = ["单位", "状态", "文件", "保存时间", "发出行数", "交回行数", "填写率", "要改处数", "说明"]
    rows = [
        [s.unit, s.state, "、".join(s.files), s.saved, s.sent, s.returned if s.files else "", s.share, s.errors if s.files else "", "；".join(s.told)]
        for s in found
    ]  # fmt: skip
    got = sum(s.state in (RECEIVED, TO_CORRECT) for s in found)
    note = f"应报 {len(found)} 个，已报 {got} 个，未报 {sum(s.state == MISSING for s in found)} 个。填写率是问到的格子里填了的。"
    files = [
        [r.file, r.unit or "", r.survey, r.saved, sum(r.counts.values()), len(r.rows), len(r.gone), errors_of(r), r.trouble or "；".join(r.told)]
        for r in returns
    ]  # fmt: skip
    file_header = ["文件", "单位", "哪次调查", "保存时间", "行数", "有变化的行", "少了的行", "要改处数", "说明"]
    return write_report(
        title,
        [
            Sheet("进度", title, header, rows, [18, 8, 34, 17, 10, 10, 9, 10, 50], _COLOURS, note=note),
            Sheet("文件", "收到的文件", file_header, files, [34, 16, 30, 17, 8, 12, 10, 10, 50]),
        ],
        author,
    )


def missing_in(folder: Path, units: Sequence[str]) -> list[str]:
    """Of these units those that 回收进度.xlsx in a folder does not have as returned; all of them where it is not there yet."""
    path = folder / PROGRESS
    rows = next((raw.rows for raw in read_workbook(path) if raw.name == "进度"), []) if path.is_file() else []
    got = {clean(row[0]) for row in rows if len(row) > 1 and clean(row[1]) in (RECEIVED, TO_CORRECT)}
    return [unit for unit in units if unit not in got]
