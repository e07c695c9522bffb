"""What a roll-up is written as: 汇总.xlsx with every region and county, and a workbook a county from which each number leads to its
rows."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo.common.figures import Figure
from jinguo.exams.subjects import SUBJECTS
from jinguo.excel.colours import DOUBTFUL
from jinguo.excel.writing.cell_values import CellLink, Percent
from jinguo.excel.writing.report import Sheet, cell_link, write_report
from jinguo.rollup.combining import Region, Regions, WholeFigure, adds_up
from jinguo.rollup.county_result import LISTS, PARTLY, UNREAD, WHOLE, CountyResult
from jinguo.schema.wording import day_words

#: What a row of the first sheet shows: the name, by what it is counted, and whether of this year.
_SHOWN: tuple[tuple[str, Mapping[str, str], bool], ...] = (
    ("在册组织数", {"在册": "在册"}, False),
    ("活动场次", {}, True),
    ("参训人次", {}, True),
    ("出勤率", {}, True),
    ("报考人数", {"级别": "初级"}, True),
    ("合格人数", {"级别": "初级"}, True),
    ("合格率", {"级别": "初级"}, True),
    ("合格人数", {"级别": "中级"}, True),
    ("项目数", {}, True),
    ("合同金额", {}, True),
    ("服务人次", {}, True),
    ("来访件数", {}, True),
)
_EXAM = ("报考人数", "实考人数", "合格人数", "合格率")
_LEVELS = list(SUBJECTS)
_STATES = {UNREAD: "#F8CBAD", PARTLY: DOUBTFUL}
#: The sheet that says what the figures mean together.
_MEANING = (
    "各县相加：件数、人次、金额直接相加，比率和平均数由分子之和除以分母之和算出。同一个人在两个县登记的，各算一次（身份证号不出县）。",
    "中位数、没有分子分母的平均数，以及按镇街、组织、购买主体、主题、大赛分的，只在各县的明细里，不相加。",
    "没有读出的县、没有这张表的县，不当作 0：在“未计入”里写明。",
)


@dataclass
class RollupBook:
    """The rows of 汇总.xlsx as they gather, county by county."""

    today: datetime.date
    regions: Regions = field(default_factory=Regions)
    counties: list[list[Any]] = field(default_factory=list)
    exams: list[list[Any]] = field(default_factory=list)
    lists: list[list[Any]] = field(default_factory=list)
    found: list[list[Any]] = field(default_factory=list)
    sources: list[list[Any]] = field(default_factory=list)
    #: Pairs of counties whose workbooks are the same.
    copies: list[str] = field(default_factory=list)
    _totals: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def year(self) -> str:
        return str(self.today.year)

    def add(self, result: CountyResult, detail: str) -> None:
        """One county more; `detail` is where its workbook stands beside this one."""
        self.regions.add(result)
        called, counts = result.county.called, result.counts()
        link = CellLink("打开明细", f"external:{detail}") if detail else ""
        missing = "；".join(_told(result))
        self.counties.append(
            [called, result.state, result.office, counts["错误"], counts["警告"], result.trouble or missing, link]
        )
        known = {_key(p.figure.name, p.figure.dimensions): p.figure for p in result.figures}
        self._totals[called] = [
            1,
            int(not result.trouble),
            "" if result.state == WHOLE else called,
            *_shown(known, self.year),
        ]
        self.exams += _exam_rows(
            called, (p.figure for p in result.figures), (result.missing | result.absent).get("考试", "")
        )
        self.lists += [[called, x.batch, x.title, x.size, x.place, x.name, x.row] for x in result.lists]
        kinds = Counter((f.severity, f.code, f.rule) for f in result.found)
        first = {f.code: " › ".join(filter(None, (f.workbook, f.sheet, f.cell))) for f in reversed(result.found)}
        self.found += [
            [called, severity, code, rule, count, first[code]] for (severity, code, rule), count in kinds.items()
        ]
        self.sources += [[called, name, digest] for name, digest in result.inputs.items()]

    def data(self, author: str) -> bytes:
        """The workbook."""
        return write_report("汇总", [*self._sheets()], author)

    def _sheets(self) -> Iterable[Sheet]:
        counted = [(region, region.figures()) for region in self.regions.in_order()]
        whole = counted[0][0]
        note = f"{whole.counties} 个县，读出 {whole.read} 个" + (
            f"；未计入：{whole.unread}" if whole.unread.count else ""
        )
        yield Sheet("总表", f"{self.year}年汇总", ["地区", "县数", "读出", "没有计入或计入不全的县", *_titles()], self._overview(counted), [28, 7, 7, 30, *[11] * len(_SHOWN)], note=note)  # fmt: skip
        yield Sheet("各县", "各县情况", ["县", "情况", "单位", "错误", "警告", "没有计入的、要说明的", "明细"], self.counties, [28, 11, 30, 8, 8, 70, 12], _STATES)  # fmt: skip
        header = ["地区", "类", "指标", "分组", "值", "单位", "分子", "分母", "计入县数", "未计入", "说明"]
        rows = [_figure_row(region, f) for region, figures in counted for f in figures]
        yield Sheet("全部数字", "各级数字", header, rows, [24, 12, 24, 30, 12, 8, 12, 12, 10, 40, 40])
        exams = [row for region, figures in counted for row in _exams_of(region, figures)]
        yield Sheet("考试", "考试成绩（按年度、级别）", ["地区", "年度", "级别", *_EXAM, "未计入"], [*exams, *self.exams], [28, 8, 8, *[11] * 4, 60])  # fmt: skip
        yield Sheet("推荐名单", "各县推荐名单", ["县", "批次", "名单", "名额", "序号", "姓名", "在台账里"], self.lists, [28, 12, 40, 7, 7, 12, 44])  # fmt: skip
        yield Sheet("校验", "校验发现（按县、规定）", ["县", "程度", "代码", "规定", "处数", "第一处"], self.found, [28, 7, 10, 60, 8, 44])  # fmt: skip
        yield Sheet("来源", "读了哪些文件（SHA-256）", ["县", "工作簿", "校验值"], self.sources, [28, 30, 68])
        yield Sheet(
            "口径",
            "怎么相加的",
            ["口径"],
            [[line] for line in (*_MEANING, f"都统计到{day_words(self.today)}，各县自己设的基准日期不用。")],
            [110],
        )

    def _overview(self, counted: Sequence[tuple[Region, Sequence[WholeFigure]]]) -> list[list[Any]]:
        """Every region with its own line, and below the innermost its counties."""
        rows = []
        for region, figures in counted:
            known = {_key(f.figure.name, f.figure.dimensions): f.figure for f in figures}
            rows.append([region.called, region.counties, region.read, str(region.partly), *_shown(known, self.year)])
        return [*rows, *([called, *row] for called, row in self._totals.items())]


def _exams_of(region: Region, figures: Sequence[WholeFigure]) -> list[list[Any]]:
    mine = [f for f in figures if f.family == "考试"]
    return _exam_rows(region.called, (f.figure for f in mine), mine[0].without if mine else "")


def _titles() -> list[str]:
    return ["".join((*where.values(), name)) if "级别" in where else name for name, where, _ in _SHOWN]


def _key(name: str, where: Mapping[str, str]) -> tuple[str, tuple[tuple[str, str], ...]]:
    return name, tuple(where.items())


def _shown(known: Mapping[Any, Figure], year: str) -> list[Any]:
    """What a region or a county comes to, in the columns of the first sheet; empty where it was not counted."""
    found = []
    for name, where, yearly in _SHOWN:
        figure = known.get(_key(name, {"年度": year} | dict(where) if yearly else where))
        found.append("" if figure is None else _value(figure))
    return found


def _value(figure: Figure) -> Any:
    return Percent(figure.value) if figure.is_rate else "—" if figure.value is None else figure.value


def _grouped(figure: Figure) -> str:
    return "，".join(f"{label}：{value}" if label != value else label for label, value in figure.dimensions.items())


def _figure_row(region: Region, f: WholeFigure) -> list[Any]:
    figure = f.figure
    return [
        region.called, f.family, figure.name, _grouped(figure), _value(figure), figure.unit, figure.numerator, figure.denominator,
        f.counted, f.without, figure.note,
    ]  # fmt: skip


def _exam_rows(called: str, figures: Iterable[Figure], without: str) -> list[list[Any]]:
    """A row a year and level; `without` says who is not in them."""
    by_exam: dict[tuple[str, str], dict[str, Any]] = {}
    for figure in figures:
        if list(figure.dimensions) == ["年度", "级别"] and figure.name in _EXAM:
            exam = figure.dimensions["年度"], figure.dimensions["级别"]
            by_exam.setdefault(exam, {})[figure.name] = _value(figure)
    return [
        [called, *exam, *(row.get(name, "") for name in _EXAM), without]
        for exam, row in sorted(by_exam.items(), key=_exam_order)
    ]


def _told(result: CountyResult) -> list[str]:
    """What of a county is not in the figures, what could not be read first, and what else there is to say."""
    families = {**result.missing, **result.absent}
    reasons: dict[str, list[str]] = {}
    for family, why in families.items():
        reasons.setdefault(why, []).append(family)
    return [*result.noted, *result.told, *(f"{'、'.join(named)}：{why}" for why, named in reasons.items())]


def _exam_order(item: tuple[tuple[str, str], Any]) -> tuple[str, int]:
    year, level = item[0]
    return year, _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)


def county_workbook(result: CountyResult, links: Mapping[str, str], author: str) -> bytes:
    """The workbook of a county: every figure with the rows it was counted from, every finding with its cell, its lists."""
    header = ["类", "指标", "分组", "值", "单位", "分子", "分母", "相加", "数的是哪些行", "说明"]
    rows = [
        [p.family, p.figure.name, _grouped(p.figure), _value(p.figure), p.figure.unit, p.figure.numerator, p.figure.denominator,
         "是" if adds_up(p.figure) else "否", p.rows, p.figure.note]
        for p in result.figures
    ]  # fmt: skip
    found = [
        [f.severity, f.code, f.rule, f.workbook, f.sheet, cell_link(links, f.workbook, f.sheet, f.cell)]
        for f in result.found
    ]
    lists = [[x.batch, x.title, x.size, x.place, x.name, x.row] for x in result.lists]
    sheets = [
        Sheet(
            "数字", f"{result.county.called}：数字和它们数的行", header, rows, [12, 24, 30, 12, 8, 12, 12, 7, 60, 40]
        ),
        Sheet(
            "校验", "校验发现", ["程度", "代码", "规定", "工作簿", "工作表", "单元格"], found, [7, 10, 60, 26, 16, 12]
        ),
        Sheet(LISTS, "推荐名单", ["批次", "名单", "名额", "序号", "姓名", "在台账里"], lists, [12, 40, 7, 7, 12, 44]),
        Sheet(
            "说明",
            "没有计入的、要说明的",
            ["说明"],
            [[text] for text in (result.trouble, *_told(result)) if text],
            [100],
        ),
    ]
    return write_report(result.county.called, sheets, author)
