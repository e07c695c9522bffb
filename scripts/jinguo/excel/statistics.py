"""培训考试统计.xlsx: every figure in its table, rates with numerator and denominator, charts, and what each figure counts."""

from __future__ import annotations

from typing import Any

from jinguo.exams import statistics as exams
from jinguo.excel.report import Chart, Percent, Sheet, write_report
from jinguo.figures import Figure, FigureTable, make_table
from jinguo.training import statistics as training

#: Sheet, title, dimensions.
_SHEETS = [
    ("培训总体", "培训情况（按年度）", ["年度"]),
    ("培训按类型", "培训情况（按类型）", ["年度", "类型"]),
    ("培训按层级", "培训情况（按层级）", ["年度", "层级"]),
    ("培训按镇街", "培训情况（按镇街）", ["年度", "镇街"]),
    ("培训按组织", "培训情况（按组织）", ["年度", "组织"]),
    ("考试按级别", "社会工作师考试情况（按级别）", ["年度", "级别"]),
    ("考试按科目", "社会工作师考试情况（按科目）", ["年度", "级别", "科目"]),
]


def statistics_report(figures: list[Figure], year: str, author: str) -> bytes:
    """The workbook: this year's charts first, then a sheet for each kind of group over all years, then 口径."""
    sheets = [_year_chart(figures, year)]
    for name, title, dimensions in _SHEETS:
        table = make_table(title, figures, dimensions)
        if table.rows:
            note = training.NOTE if dimensions[-1] in ("层级", "镇街", "组织") else ""
            sheets.append(_sheet(name, table, note))
    definitions = [[name, meaning] for name, meaning in (training.DEFINITIONS | exams.DEFINITIONS).items()]
    sheets.append(Sheet("口径", "统计口径：每个数字怎样算", ["指标", "怎样算"], definitions, [18, 100]))
    return write_report("培训考试统计", [s for s in sheets if s], author)


def _year_chart(figures: list[Figure], year: str) -> Sheet:
    """The year at a glance, by type, with the chart leaders look at first."""
    own = [f for f in figures if f.dimensions.get("年度") == year]
    table = make_table("", own, ["年度", "类型"])
    rows = [[values[1], *(row[name].value for name in ("活动场次", "参训人次", "参训人数", "学时"))] for values, row in table.rows]
    header = ["类型", "活动场次", "参训人次", "参训人数", "学时"]
    return Sheet("图表", f"{year}年培训一览", header, rows, [18, 12, 12, 12, 12], chart=Chart(f"{year}年各类培训参训人次和人数", (2, 3)))


def _sheet(sheet: str, table: FigureTable, note: str) -> Sheet:
    """A table of figures; behind each rate its numerator and denominator."""
    header = list(table.dimensions)
    for name in table.names:
        is_rate = any(name in row and row[name].is_rate for _, row in table.rows)
        header += [f"{name}(%)", "分子", "分母"] if is_rate else [name]
    rows = []
    for values, row in table.rows:
        cells: list[Any] = [int(v) if d == "年度" else v for d, v in zip(table.dimensions, values, strict=True)]
        for name in table.names:
            cells += _cells(row.get(name))
        rows.append(cells)
    widths = [8 if d == "年度" else 30 if d == "组织" else 20 for d in table.dimensions]
    return Sheet(sheet, table.title, header, rows, widths + [11] * (len(header) - len(widths)), note=note)


def _cells(figure: Figure | None) -> list[Any]:
    if figure is None:
        return [None]
    if figure.is_rate:
        return [Percent(figure.value), figure.numerator, figure.denominator]
    return [figure.value]
