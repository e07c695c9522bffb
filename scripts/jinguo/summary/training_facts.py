"""Facts of training and of the exams: the figures of 培训考试统计.xlsx, with the rows they were counted from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jinguo.common.figures import Figure, by_dimensions, find
from jinguo.exams import exam_statistics as exams
from jinguo.exams.subjects import SUBJECTS
from jinguo.registry.tables import Registry
from jinguo.summary.facts import FactLedger, YearFact
from jinguo.training import training_statistics as training
from jinguo.training.attendance import attendance_frame

#: What is said of the year's training, and what of an event alone is counted by the events.
_TRAINING = ("活动场次", "参训人次", "参训人数", "学时", "出勤率", "参训组织数", "组织覆盖率")
_EXAMS = ("报考人数", "实考人数", "合格人数", "合格率", "负责人合格人数")
#: Kinds of events that have a sentence of their own.
KINDS = ("考前辅导", "风采展示", "主题沙龙")
#: The facts of no group that are taken here.
NAMES = (*_TRAINING, *(f"{kind}场次" for kind in KINDS), "负责人合格人数")


def training_facts(ledger: FactLedger, figures: Sequence[Figure]) -> None:
    """The year's training, and how many events of some kinds."""
    registry, year = ledger.registry, ledger.period.year
    grouped = by_dimensions(figures)
    totals, by_type = grouped.get(("年度",), []), grouped.get(("年度", "类型"), [])
    known = {f.name for f in totals if f.dimensions["年度"] == year}
    events, attended = _events(registry, ledger), _attended(registry, year)
    compared = ledger.comparable("events", "starts")
    for name in _TRAINING:
        figure = find(totals, name, 年度=year) if name in known else Figure(name, {}, None)
        of_events = name == "活动场次"
        ledger.note(
            YearFact(
                name, figure, training.STATISTICS[name].meaning, "events" if of_events else "attendance", events if of_events else attended,
                before=_last_year(totals, name, figure, year) if compared else None, called=ledger.period.called,
            )
        )  # fmt: skip
    for kind in KINDS:
        figure = find(by_type, "活动场次", 年度=year, 类型=kind)
        rows = [i for i in events if registry["events"]["type"][i] == kind]
        ledger.note(
            YearFact(
                f"{kind}场次", figure, f"{training.STATISTICS['活动场次'].meaning}；类型为“{kind}”", "events", rows
            )
        )


def _last_year(figures: Sequence[Figure], name: str, now: Figure, year: str) -> Figure | None:
    """The same days of the year before, of which the growth was worked out."""
    growth = next((f for f in figures if f.name == f"{name}增长率" and f.dimensions == {"年度": year}), None)
    return None if growth is None else Figure(name, now.dimensions, growth.denominator or 0, now.unit)


def _events(registry: Registry, ledger: FactLedger) -> list[int]:
    """The rows of the events held in the period."""
    period = ledger.period
    return [
        i for i, start in registry["events"].each("starts") if start and period.first <= start.date() <= period.last
    ]


def _attended(registry: Registry, year: str) -> list[int]:
    """The rows of 签到 that are counted as present in a year."""
    if not len(registry["attendance"]):
        return []
    frame = registry.once(attendance_frame)
    row_of = registry["attendance"].row_of
    return [row_of[label] for label in frame.index[(frame["year"] == int(year)) & frame["present"]]]


def exam_facts(ledger: FactLedger, figures: Sequence[Figure]) -> list[str]:
    """The year's exams level by level; the levels anybody entered."""
    registry, year = ledger.registry, ledger.period.year
    figures = by_dimensions(figures).get(("年度", "级别"), [])
    levels = [level for level in SUBJECTS if find(figures, "报考人数", 年度=year, 级别=level).value]
    before = str(int(year) - 1)
    compared = ledger.compared and any(f.dimensions["年度"] == before for f in figures)
    for level in levels:
        rows = [paper.outcome.entry for paper in registry.once(exams.papers_by_exam)[int(year), level]]
        for name in _EXAMS:
            figure = find(figures, name, 年度=year, 级别=level)
            last = find(figures, name, 年度=before, 级别=level) if compared else None
            # An exam is once a year: beside it stands the whole of the one before.
            ledger.note(YearFact(name, figure, exams.STATISTICS[name].meaning, "exam_entries", rows, level, last))
    heads = sum(int(ledger.of_group("负责人合格人数", level).figure.value or 0) for level in levels)
    ledger.note(
        YearFact("负责人合格人数", Figure("负责人合格人数", {}, Decimal(heads), "人"), exams.STATISTICS["负责人合格人数"].meaning)
    )  # fmt: skip
    return levels
