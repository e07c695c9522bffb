"""The review workbook of the year's report: every number it says, and what it was the year before, worked out of the rows."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from jinguo.common.figures import Figure
from jinguo.duty.roster import duty_days, was_there
from jinguo.excel.writing.live_sheet import yes
from jinguo.registry.tables import Registry
from jinguo.reports.audit.area_sheets import AreaSheets
from jinguo.reports.audit.counted_rows import CountedRows
from jinguo.reports.audit.figure_sheet import Cells, FigureSheet, Worked
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import day_number
from jinguo.reports.audit.statistics_audit import StatisticsWorking, figures_workbook
from jinguo.reports.audit.training_sheets import TODAY
from jinguo.summary.counting import Counted
from jinguo.summary.facts import YearFact
from jinguo.summary.year_work import SUMS, YearWork
from jinguo.training import training_statistics

#: How the figure of the year before is told from that of the year, in the sheet.
_BEFORE = "（上年同期）"
_EMPTY_DAYS, _HEADS = "无人值班天数", "负责人合格人数"


class SummaryAudit:
    """The workbook of the facts a year's report says."""

    def __init__(self, registry: Registry, work: YearWork, areas: Sequence[Counted], title: str) -> None:
        self.registry, self.work, self.title = registry, work, title
        self.period = work.ledger.period
        self.rows, self.areas = StatisticsWorking(registry), AreaSheets(registry, areas)
        self.duty: CountedRows | None = None
        lines: list[tuple[str, Figure]] = []
        self.meanings = self.rows.meanings | self.areas.meanings
        for fact in work.ledger.said():
            called = fact.name + (f"（{fact.group}）" if fact.group else "")
            lines.append((called, self._of_year(fact)))
            self.meanings.setdefault(fact.figure.name, fact.meaning)
            if fact.before is not None:
                lines.append((f"{called}{_BEFORE}", self._before(fact, fact.before)))
        self.figures = FigureSheet(
            [figure for _, figure in lines], self._working, self.meanings, title, [called for called, _ in lines]
        )

    def _of_year(self, fact: YearFact) -> Figure:
        """The figure of a fact with the year it is of."""
        if fact.figure.dimensions:
            return fact.figure
        return fact.figure._replace(dimensions={"年度": self.period.year})

    def _before(self, fact: YearFact, before: Figure) -> Figure:
        year = self.period.before.year
        return before._replace(
            name=f"{before.name}{_BEFORE}",
            dimensions={"年度": year} | {label: value for label, value in before.dimensions.items() if label != "年度"},
        )

    def _working(self, figure: Figure, cells: Cells) -> Worked | None:
        name = figure.name.removesuffix(_BEFORE)
        if name in SUMS:
            return self._sum(name)
        if name == _EMPTY_DAYS:
            return self._empty_days(cells)
        if name == _HEADS and "级别" not in figure.dimensions:
            return Worked(self.rows.exams.people.count(("年度", cells.year), ("合格", "1"), ("负责人", '"是"')))
        if name == figure.name:
            return self.rows.working(figure, cells) or self.areas.working(figure, cells)
        plain = figure._replace(name=name)
        if name in training_statistics.STATISTICS:
            # The figure of the year before stands in the row of the year before.
            return Worked(self.rows.same_days(name, f"({cells.year}+1)")[1])
        return self.areas.working(plain, cells, until=str(day_number(self.period.before.last))) or self.rows.working(
            plain, cells
        )

    def _sum(self, name: str) -> Worked:
        """Group members of all levels."""
        levels = [part.removesuffix("团体会员数") for part in SUMS[name]]
        counted = [
            self.areas.working(Figure("在册组织数", {"团体会员": level}, 0), Cells("", [f'"{level}"'], "", ""))
            for level in levels
        ]
        return Worked("+".join(one.value for one in counted if one))

    def _empty_days(self, cells: Cells) -> Worked:
        """Days of duty of the year, from the first that is written down to yesterday, on which nobody was there."""
        registry, year = self.registry, int(self.period.year)
        there = was_there(registry)
        days = sorted(d for month in range(1, 13) for d in duty_days(registry, year, month))
        rows = CountedRows(
            ReviewSheet(
                "值班日",
                f"{year}年的值班日",
                len(days),
                "值班日按节假日和参数排出；有人：值班记录里这一天有没有到岗的。",
            )
        )
        day = rows.add("日期", [day_number(d) for d in days])
        written, said, unit = (self.areas.other("duty_log", field) for field in ("date", "present", "organisation"))
        asked = [f'COUNTIFS({written},{day.at(n)},{said},"<>否",{unit},"<>")>0' for n in range(len(days))]
        rows.add("有人", [yes(condition, d in there) for condition, d in zip(asked, days, strict=True)])
        mine = f'({written}>={cells.year}*10000)*({written}<=MIN({cells.year}*10000+1231,{TODAY}))*({said}<>"否")*({unit}<>"")'
        first = f"99999999-SUMPRODUCT(MAX({mine}*(99999999-{written})))"
        end = f"MIN({cells.year}*10000+1231,{day_number(registry.today - datetime.timedelta(days=1))})"
        self.duty = rows
        return Worked(rows.count(("有人", "0"), ("日期", f'">="&({first})'), ("日期", f'"<="&{end}')))

    def written(self, author: str) -> bytes:
        """The workbook."""
        rows = [*self.areas.sheets, *self.rows.sheets, *([self.duty.sheet] if self.duty else [])]
        return figures_workbook(self.registry, self.figures, rows, self.title, author)
