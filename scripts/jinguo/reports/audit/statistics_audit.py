"""The review workbook of the training and exam statistics: how each figure is worked out of the rows."""

from __future__ import annotations

from collections.abc import Sequence

from jinguo.common.figures import Figure
from jinguo.exams import companion, exam_statistics
from jinguo.excel.writing.report import write_report
from jinguo.registry.tables import Registry
from jinguo.reports.audit.counted_rows import equal_to
from jinguo.reports.audit.exam_sheets import ExamSheets
from jinguo.reports.audit.figure_sheet import Cells, FigureSheet, Worked
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import day_number
from jinguo.reports.audit.training_sheets import TODAY, TrainingSheets
from jinguo.training import training_statistics
from jinguo.training.attendance import MEMBERSHIP_GROUPS, NO_POST, NOT_GIVEN

Criteria = tuple[tuple[str, str], ...]
_PAPERS = {
    "报考科次": (), "实考科次": (("实考", "1"),), "缺考科次": (("结果", '"缺考"'),), "通过科次": (("通过", "1"),),
}  # fmt: skip
_COHORT = {"当年合格": 0, "次年止合格": 1, "第三年止合格": 2}


class StatisticsWorking:
    """The rows behind the figures of training and exams, and how each figure is worked out of them."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.training = TrainingSheets(registry)
        self.exams = ExamSheets(registry, self.training)
        self.sheets = [*self.training.sheets, self.training.exam_days.sheet, *self.exams.sheets]
        self.meanings = {
            s.name: s.meaning
            for every in (
                training_statistics.STATISTICS,
                exam_statistics.STATISTICS,
                exam_statistics.COHORT_RATES,
                companion.STATISTICS,
            )
            for s in every.values()
        }

    @property
    def used(self) -> dict[str, list[int]]:
        """The rows the figures rest on, by table."""
        names = ("events", "attendance", "exam_entries", "pass_marks", "posts", "organisations", "changes")
        return {name: list(range(len(self.registry[name]))) for name in names}

    def working(self, figure: Figure, cells: Cells) -> Worked | None:
        """How a figure is worked out; None where it is none of these."""
        names = tuple(figure.dimensions)
        if names[:1] == ("首次报考年度",):
            return self._cohort(figure, cells)
        if figure.name in companion.STATISTICS:
            return self._tutored(figure, cells)
        if figure.name in exam_statistics.STATISTICS:
            return self._papers(figure, cells) if "科目" in names else self._people(figure, cells)
        if figure.name in training_statistics.STATISTICS:
            group = next((name for name in names if name in MEMBERSHIP_GROUPS), "")
            return self._members(figure, cells, group) if group else self._training(figure, cells)
        return None

    # Training --------------------------------------------------------------------------------------------------------

    def _training(self, figure: Figure, cells: Cells) -> Worked | None:
        """Of a year, of a type or a month of it."""
        events, rows = self.training.events, self.training.attendance
        by = next((name for name in figure.dimensions if name != "年度"), "")
        first = {"": "首次（年）", "类型": "首次（类型）", "月份": "首次（月）"}[by]
        where: Criteria = (("年度", cells.year), *(((by, equal_to(cells.values[0])),) if by else ()))
        held: Criteria = (*where, ("已开始", "1"))
        name = figure.name
        if name.endswith("增长率"):
            return self._growth(name, cells)
        if name in ("组织数", "参训组织数", "组织覆盖率", "平均每组织人次"):
            return self._coverage(name, (("年度", cells.year),))
        plain = {
            "活动场次": lambda: events.count(*held), "参训人次": lambda: rows.total("出席", *where), "参训人数": lambda: rows.total(first, *where),
            "学时": lambda: _clean(rows.total("得学时", *where)),
            "经费": lambda: f'IF({events.count(*held, ("有经费", "1"))}=0,"—",{_clean(events.total("经费", *held))})',
        }  # fmt: skip
        if name in plain:
            return Worked(plain[name]())
        parts = {
            "出勤率": (lambda: rows.total("出席", *where), lambda: rows.count(*where), 1, True),
            "报名率": (lambda: rows.total("报名计", *where), lambda: events.total("计名额", *held), 1, True),
            "人均学时经费": (lambda: _clean(events.total("经费", *held)), lambda: _clean(rows.total("有经费的学时", *where)), 2, False),
        }  # fmt: skip
        if name not in parts:
            return None
        numerator, denominator, places, hundred = parts[name]
        return Worked(numerator=numerator(), denominator=denominator(), places=places, hundred=hundred)

    def same_days(self, name: str, year: str) -> tuple[str, str]:
        """What a total comes to in a year (a cell) up to its last day, or today, and in the same days of the year before."""
        events, rows = self.training.events, self.training.attendance
        last = f"IF({year}=INT({TODAY}/10000),{TODAY},{year}*10000+1231)"
        # 29 February has no day in the year before: its 28th.
        before = f"({last}-10000-IF(MOD({last},10000)=229,1,0))"
        found = []
        for begin, end in ((f"{year}*10000", last), (f"({year}-1)*10000", before)):
            span: Criteria = (("日期", f'">="&{begin}'), ("日期", f'"<="&{end}'))
            column = {"参训人次": "出席", "参训人数": "首次（年）", "学时": "得学时"}.get(name)
            found.append(_clean(rows.total(column, *span)) if column else events.count(*span))
        return found[0], found[1]

    def _growth(self, name: str, cells: Cells) -> Worked:
        """Now less then over then, up to today's day and that of the year before."""
        now, then = self.same_days(name.removesuffix("增长率"), cells.year)
        return Worked(numerator=_clean(f"{now}-{then}"), denominator=then)

    def _coverage(self, name: str, where: Criteria) -> Worked | None:
        if not self.training.belonging:
            return None
        rows = self.training.by_year
        there: Criteria = (*where, ("在册", "1"))
        every, reached = rows.count(*there), rows.count(*there, ("人次", '">0"'))
        if name == "平均每组织人次":
            return Worked(numerator=rows.total("人次", *there), denominator=every, hundred=False)
        if name == "组织覆盖率":
            return Worked(numerator=reached, denominator=every)
        return Worked(every if name == "组织数" else reached)

    def _members(self, figure: Figure, cells: Cells, label: str) -> Worked | None:
        """By what people belong to."""
        if figure.name == "平均每组织人次":
            if figure.dimensions["镇街"] in (NOT_GIVEN, NO_POST):
                # No township has these organisations: the row is there so that the others add up, and has no mean.
                return Worked(numerator="0", denominator="0", hundred=False)
            return self._coverage(figure.name, (("年度", cells.year), ("镇街", equal_to(cells.values[0]))))
        rows = self.training.belonging.get(label)
        if rows is None:
            return None
        where: Criteria = (("年度", cells.year), (label, equal_to(cells.values[0])))
        block = (figure.dimensions["年度"], figure.dimensions[label])
        if figure.name == "出勤率":
            return Worked(
                numerator=rows.total("出席", *where, block=block), denominator=rows.count(*where, block=block)
            )
        column = {"活动场次": "首次（场）", "参训人次": "出席", "参训人数": "首次（人）", "学时": "得学时"}.get(
            figure.name
        )
        return Worked(_clean(rows.total(column, *where, block=block))) if column else None

    # Exams -----------------------------------------------------------------------------------------------------------

    def _papers(self, figure: Figure, cells: Cells) -> Worked | None:
        rows = self.exams.entries
        where: Criteria = (("年度", cells.year), ("级别", cells.values[0]), ("科目", equal_to(cells.values[1])))
        if figure.name in _PAPERS:
            return Worked(rows.count(*where, *_PAPERS[figure.name]))
        if figure.name == "违纪科次":
            return Worked(
                f"{rows.count(*where, ('结果', chr(34) + '违纪' + chr(34)))}+{rows.count(*where, ('结果', chr(34) + '无效' + chr(34)))}"
            )
        sat = rows.count(*where, ("实考", "1"))
        if figure.name == "平均分":
            return Worked(
                numerator=rows.total("成绩", *where, ("有分数", "1")),
                denominator=rows.count(*where, ("有分数", "1")),
                hundred=False,
            )
        if figure.name == "参考率":
            return Worked(numerator=sat, denominator=rows.count(*where, ("结果", '"<>未公布"')))
        return Worked(numerator=rows.count(*where, ("通过", "1")), denominator=sat)

    def _people(self, figure: Figure, cells: Cells) -> Worked | None:
        rows, block = self.exams.people, None
        where: Criteria = (("年度", cells.year), ("级别", cells.values[0]))
        by = next((name for name in figure.dimensions if name not in ("年度", "级别")), "")
        if by == "报考次数":
            where = (*where, ("首次报考", f'IF({cells.values[1]}="首次报考",1,0)'))
        elif by:
            rows, where = self.exams.groups[by], (*where, (by, equal_to(cells.values[1])))
            block = tuple(figure.dimensions.values())
        asked: dict[str, Criteria] = {
            "报考人数": (), "实考人数": (("实考", "1"),), "缺考人数": (("缺考", "1"),), "合格人数": (("合格", "1"),), "成绩未公布人数": (("成绩未公布", "1"),),
            "负责人合格人数": (("合格", "1"), ("负责人", '"是"')),
        }  # fmt: skip
        if figure.name in asked:
            return Worked(rows.count(*where, *asked[figure.name], block=block))
        if figure.name == "合格率":
            return Worked(
                numerator=rows.count(*where, ("合格", "1"), block=block),
                denominator=rows.count(*where, ("实考", "1"), block=block),
            )
        return None

    def _tutored(self, figure: Figure, cells: Cells) -> Worked:
        rows = self.exams.people
        count = f'IF(LEFT({cells.values[1]},1)="3",3,VALUE(LEFT({cells.values[1]},1)))'
        sat: Criteria = (("年度", cells.year), ("级别", cells.values[0]), ("辅导场次", count), ("实考", "1"))
        done = rows.count(*sat, ("合格", "1"))
        if figure.name.endswith("率"):
            return Worked(numerator=done, denominator=rows.count(*sat))
        return Worked(done if figure.name == "辅导后合格人数" else rows.count(*sat))

    def _cohort(self, figure: Figure, cells: Cells) -> Worked:
        """Of those who first entered in a year how many had qualified some years later; nobody knows while the results are not out."""
        rows, papers = self.exams.people, self.exams.entries
        first: Criteria = (("年度", cells.year), ("级别", cells.values[0]), ("首次报考", "1"))
        everybody = rows.count(*first)
        if figure.name == "首次报考人数":
            return Worked(everybody)
        later = _COHORT[figure.name.removesuffix("率")]
        year = f"{cells.year}+{later}" if later else cells.year
        done = rows.count(*first, ("合格年度", '">0"'), ("合格年度", f'"<="&({year})'))
        out = papers.count(("年度", year), ("级别", cells.values[0]), ("结果", '"<>未公布"'))
        unknown = f"AND({out}=0,{year}>=INT({TODAY}/10000))"
        if figure.name.endswith("率"):
            return Worked(numerator=f"IF({unknown},0,{done})", denominator=f"IF({unknown},0,{everybody})")
        return Worked(done, unless=unknown)


def _clean(expression: str) -> str:
    """A sum of decimals without what binary adds to it."""
    return f"ROUND({expression},6)"


def day_sheet(registry: Registry) -> ReviewSheet:
    """The day of the figures."""
    sheet = ReviewSheet("基准", "数字算到哪一天", 1, "日期写作 20261015 这样的整数。")
    sheet.add("项目", ["基准日期"], 16)
    sheet.add("值", [day_number(registry.today)], 16)
    return sheet


class StatisticsAudit:
    """The workbook; `figures` are those of jinguo.documents.statistics_figures."""

    def __init__(self, registry: Registry, figures: Sequence[Figure], title: str) -> None:
        self.registry, self.title = registry, title
        self.rows = StatisticsWorking(registry)
        self.figures = FigureSheet(figures, self.rows.working, self.rows.meanings, title)

    def written(self, author: str) -> bytes:
        """The workbook."""
        return figures_workbook(self.registry, self.figures, self.rows.sheets, self.title, author)


def figures_workbook(
    registry: Registry, figures: FigureSheet, rows: Sequence[ReviewSheet], title: str, author: str
) -> bytes:
    """A review workbook of figures: the differences, the figures, the day, and the rows they are counted from."""
    sheets = [figures.differences(title), figures.sheet, day_sheet(registry), *rows]
    return write_report(f"{title}复核表", [sheet.sheet() for sheet in sheets], author)
