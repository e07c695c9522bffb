"""培训考试统计.xlsx: every figure in its table with what it is made of, native charts, lists, definitions, and the rows
behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo.common.figures import Figure, FigureTable, by_dimensions, definition_parts, make_table
from jinguo.exams import companion
from jinguo.exams import exam_statistics as exams
from jinguo.excel.writing.cell_values import Percent
from jinguo.excel.writing.report import Chart, Sheet, internal_link, linked, write_report
from jinguo.reports.figure_rows import MOST_ROWS, Detail
from jinguo.training import training_statistics as training

STATISTICS = training.STATISTICS | exams.STATISTICS | companion.STATISTICS | exams.COHORT_RATES
#: Sheet, title, dimensions, note. Of several sheets of one kind of dimensions each shows the statistics that name it.
_SHEETS: list[tuple[str, str, list[str], str]] = [
    (training.TOTALS, "培训情况（按年度）", ["年度"], ""),
    (training.COVERAGE, "培训经费和组织覆盖（按年度）", ["年度"], ""),
    (
        training.GROWTH,
        "培训与上年比较",
        ["年度"],
        "基准日期所在的年度，与上年同一日为止的比较；分子是增加数，分母是上年数。",
    ),
    ("培训按类型", "培训情况（按类型）", ["年度", "类型"], ""),
    ("培训按月份", "培训情况（按月份）", ["年度", "月份"], ""),
    ("培训按层级", "培训情况（按层级）", ["年度", "层级"], training.NOTE),
    ("培训按级别", "培训情况（按组织级别）", ["年度", "组织级别"], training.NOTE),
    ("培训按镇街", "培训情况（按镇街）", ["年度", "镇街"], training.NOTE),
    ("培训按组织", "培训情况（按组织）", ["年度", "组织"], training.NOTE),
    ("考试按级别", "社会工作者职业资格考试情况（按级别）", ["年度", "级别"], ""),
    ("考试按科目", "社会工作者职业资格考试情况（按科目）", ["年度", "级别", "科目"], ""),
    ("考试首次再次", "社会工作者职业资格考试情况（首次和再次报考）", ["年度", "级别", "报考次数"], ""),
    ("考试按镇街", "社会工作者职业资格考试情况（按镇街）", ["年度", "级别", "镇街"], exams.NOTE),
    ("考试按组织", "社会工作者职业资格考试情况（按组织）", ["年度", "级别", "组织"], exams.NOTE),
    ("同届合格", "同一年首次报考的人后来合格了多少", ["首次报考年度", "级别"], ""),
    ("辅导和成绩", "参加考前辅导的场次和成绩", ["年度", "级别", "考前辅导"], companion.CAUTION),
]


@dataclass(frozen=True)
class Background:
    """What stands behind the figures: the rows they were counted from, lists of people and organisations, links to the
    workbooks, (workbook, sheet, rows) of what was counted, and until when."""

    details: Sequence[Detail] = ()
    lists: Sequence[Sheet] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    sources: Sequence[tuple[str, str, int]] = ()
    until: str = ""


def statistics_report(figures: list[Figure], year: str, author: str, behind: Background = Background()) -> bytes:
    """The workbook: this year's charts first, then a sheet for each kind of group over all years, lists, 口径, and the
    rows behind the figures, to which each line of figures links."""
    blocks = {group: (detail, block) for detail in behind.details for group, block in detail.blocks.items()}
    sheets = [*_year_charts(figures, year)]
    grouped = by_dimensions(figures)
    for name, title, dimensions, note in _SHEETS:
        only = [s.name for s in STATISTICS.values() if s.sheet == name]
        table = make_table(title, grouped.get(tuple(dimensions), ()), dimensions, only)
        if table.rows:
            sheets.append(table_sheet(name, table, note, blocks))
    rows = [detail_sheet(detail, behind.links) for detail in behind.details if detail.rows]
    sheets += [*behind.lists, _definitions(figures, behind.sources, behind.until), *rows]
    return write_report("培训考试统计", sheets, author)


def _year_charts(figures: list[Figure], year: str) -> list[Sheet]:
    """The year at a glance: training by type and month, the exams by level, each with its chart."""
    own = [f for f in figures if f.dimensions.get("年度") == year]

    def sheet(name: str, title: str, label: str, names: list[str], columns: tuple[int, ...], chart: str) -> Sheet:
        table = make_table("", own, ["年度", label])
        rows = [[values[1], *(row[n].value if n in row else None for n in names)] for values, row in table.rows]
        widths = [18, *[12] * len(names)]
        return Sheet(name, title, [label, *names], rows, widths, charts=[Chart(chart, columns)], note=remark_of(table))

    found = [
        sheet(
            "图表",
            f"{year}年培训一览",
            "类型",
            ["活动场次", "参训人次", "参训人数", "学时"],
            (2, 3),
            f"{year}年各类培训参训人次和人数",
        )
    ]
    months = sheet(
        "逐月", f"{year}年逐月培训", "月份", ["活动场次", "参训人次", "参训人数", "学时"], (2,), f"{year}年逐月参训人次"
    )
    levels = sheet(
        "考试图表",
        f"{year}年考试一览",
        "级别",
        ["报考人数", "实考人数", "合格人数"],
        (1, 2, 3),
        f"{year}年社会工作者职业资格考试",
    )
    levels.rows = [row for row in levels.rows if any(row[1:])]
    return found + [s for s in (months, levels) if s.rows]


def table_sheet(
    sheet: str, table: FigureTable, note: str, blocks: Mapping[tuple, tuple[Detail, tuple[int, int]]]
) -> Sheet:
    """A table of figures; behind each rate or mean its numerator and denominator; at the end a link to the rows."""
    header = list(table.dimensions)
    made = {name for name in table.names for _, row in table.rows if name in row and row[name].denominator is not None}
    for name in table.names:
        is_rate = any(name in row and row[name].is_rate for _, row in table.rows)
        header += [f"{name}(%)" if is_rate else name, *(["分子", "分母"] if name in made else [])]
    linked = any(_group(table, values) in blocks for values, _ in table.rows)
    rows = []
    for values, row in table.rows:
        cells: list[Any] = [int(v) if d.endswith("年度") else v for d, v in zip(table.dimensions, values, strict=True)]
        for name in table.names:
            cells += _cells(row.get(name), name in made)
        if linked:
            found = blocks.get(_group(table, values))
            cells.append(_rows_link(*found) if found else "")
        rows.append(cells)
    widths = [8 if d == "年度" else 14 if d == "首次报考年度" else 30 if d == "组织" else 20 for d in table.dimensions]
    header += ["明细"] if linked else []
    return Sheet(
        sheet, table.title, header, rows, widths + [11] * (len(header) - len(widths)), note=note + remark_of(table)
    )


def remark_of(table: FigureTable) -> str:
    """What is not in the figures of a table: 附注."""
    notes = dict.fromkeys(figure.note for _, row in table.rows for figure in row.values() if figure.note)
    return f"附注：{'；'.join(notes)}。" if notes else ""


def _group(table: FigureTable, values: list[str]) -> tuple:
    return tuple(zip(table.dimensions, values, strict=True))


def _cells(figure: Figure | None, made: bool) -> list[Any]:
    if figure is None:
        return [None, None, None] if made else [None]
    value: Any = Percent(figure.value) if figure.is_rate else "—" if figure.value is None else figure.value
    return [value, figure.numerator, figure.denominator] if made else [value]


#: The rows of a detail sheet begin below its title and header.
_FIRST_ROW = 3


def _rows_link(detail: Detail, block: tuple[int, int]) -> Any:
    first, last = block
    area = f"A{_FIRST_ROW + first}:{chr(ord('A') + len(detail.header) - 1)}{_FIRST_ROW + last}"
    return internal_link(f"看 {last - first + 1} 行", detail.name, area)


def detail_sheet(detail: Detail, links: Mapping[str, str]) -> Sheet:
    """The rows behind figures, each with a link to its place in the registry."""
    widths = [{"活动名称": 34, "组织": 30, "科目": 22}.get(head, 12) for head in detail.header]
    return Sheet(detail.name, detail.title, detail.header, linked(detail.rows, links), widths)


def _definitions(figures: list[Figure], sources: Sequence[tuple[str, str, int]], until: str) -> Sheet:
    """What every figure of the workbook counts: over what, until when, from which sheets."""
    used = {f.name for f in figures}
    rows = [
        [statistic.name, statistic.meaning, *definition_parts(statistic.meaning), until]
        for statistic in STATISTICS.values()
        if statistic.name in used or (not figures and statistic.name not in exams.COHORT_RATES)
    ]
    rows += [["来源", f"{book} › {sheet}", "", "", f"{count} 行"] for book, sheet, count in sources]
    note = f"每张表末列的“明细”打开算出这一行数字的各行；超过 {MOST_ROWS} 行的不再列出，请在台账里筛选。百分比四舍五入到一位小数，分母为 0 的写作 —。"
    return Sheet(
        "口径",
        "统计口径：每个数字怎样算",
        ["指标", "怎样算", "分子", "分母", "截至"],
        rows,
        [18, 80, 36, 36, 14],
        note=note,
    )
