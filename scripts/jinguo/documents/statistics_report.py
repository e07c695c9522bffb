"""培训考试统计报告: sentences and tables whose every figure comes from the same list as the workbook's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinguo.common.figures import Figure, FigureTable, find, make_table
from jinguo.common.rounding import alike
from jinguo.documents.letterhead import titled
from jinguo.exams import exam_statistics as exams
from jinguo.exams.subjects import SUBJECTS
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words
from jinguo.training import training_statistics as training
from jinguo.word.drawings import NativeChart

#: A table of a report has the group and so many figures beside it.
_COLUMNS = 5

_PEOPLE = ("报考人数", "实考人数", "缺考人数", "合格人数", "合格率")
_EXAM_TABLES = (
    ("按级别", ["年度", "级别"], _PEOPLE),
    ("按科目", ["年度", "级别", "科目"], ("报考科次", "实考科次", "平均分", "通过科次", "科次通过率")),
    ("首次和再次报考", ["年度", "级别", "报考次数"], _PEOPLE),
    ("按镇街", ["年度", "级别", "镇街"], _PEOPLE),
)


def report_context(registry: Registry, figures: list[Figure]) -> dict[str, Any]:
    """What the template 培训考试统计报告.docx may place; the year is that of today."""
    year = str(registry.today.year)
    own = [f for f in figures if f.dimensions.get("年度") == year]
    training_tables = [
        make_table(f"{year}年培训情况（按{label}）", own, ["年度", label]) for label in ("类型", "层级", "镇街")
    ]
    tables = {
        "培训表": [table_rows(t) for t in training_tables if t.rows],
        "考试表": [
            table_rows(make_table(f"{year}年社会工作者职业资格考试情况（{label}）", own, dims), names)
            for label, dims, names in _EXAM_TABLES
            if _has(own, dims)
        ],
    }
    shown = {name for listed in tables.values() for table in listed for name in table["栏"]}
    declared = [*training.STATISTICS.values(), *exams.STATISTICS.values()]
    definitions = [s for s in declared if s.said or s.name in shown]
    return {
        "标题": titled(registry, f"{year}年女性社会组织培训和社会工作者职业资格考试情况统计报告"),
        "年度": year,
        "截至日期": day_words(registry.today),
        "培训概述": training_words(registry, own, year),
        "覆盖概述": reach_sentence(own, year),
        "培训说明": f"说明：{training.NOTE}",
        "培训图": figure_chart(
            registry, own, year, "类型", ("参训人次", "参训人数"), f"{year}年各类培训参训人次和人数"
        ),
        "考试概述": exam_sentences(own, year) or [no_exams(registry, year)],
        "考试图": figure_chart(
            registry, own, year, "级别", ("报考人数", "实考人数", "合格人数"), f"{year}年社会工作者职业资格考试"
        ),
        "口径": [f"{n}.{s.name}：{s.meaning}。" for n, s in enumerate(definitions, 1)],
        "单位名称": registry.settings.item("单位名称"),
        "成文日期": day_words(registry.today),
    } | tables


def _has(figures: list[Figure], dimensions: list[str]) -> bool:
    return any(list(f.dimensions) == dimensions for f in figures)


def figure_chart(
    registry: Registry, figures: list[Figure], year: str, label: str, names: tuple[str, ...], title: str
) -> NativeChart | str:
    """A native chart of these figures by group; empty where there are none."""
    table = make_table(title, figures, ["年度", label])
    rows = [[values[1], *(row[n].value if n in row else 0 for n in names)] for values, row in table.rows]
    return chart_of(registry, title, [label, *names], [row for row in rows if any(row[1:])])


def chart_of(registry: Registry, title: str, header: list[str], rows: list[list[Any]]) -> NativeChart | str:
    """A native chart of these rows, the first column the categories; empty where there are none."""
    if not rows:
        return ""
    from jinguo.excel.writing.chart import native_chart

    parts = native_chart(title, header, rows, registry.settings.item("单位名称"))
    return NativeChart(parts.xml, parts.workbook, title)


def training_words(registry: Registry, figures: list[Figure], year: str) -> str:
    """The year's training in one sentence, or that nothing is kept of it."""
    if not len(registry["events"]):
        return "台账里没有培训活动表或活动表是空的，培训情况没有统计。"
    return training_sentence(figures, year)


def training_sentence(figures: list[Figure], year: str) -> str:
    """The year's training in one sentence."""
    events, times, people, hours, rate = (
        find(figures, n, 年度=year) for n in ("活动场次", "参训人次", "参训人数", "学时", "出勤率")
    )
    held = f"{year}年共举办培训活动{events.text()}场"
    if events.value and not any(f.name == "参训人次" for f in figures):
        return f"{held}；没有签到记录，参训人次、人数、学时没有统计。"
    return (
        f"{held}，参训{times.text()}人次（{people.text()}人），累计{hours.text()}学时；"
        f"签到表登记{rate.denominator or 0}人次，出席{rate.numerator or 0}人次，出勤率{rate.text()}。"
    )


def reach_sentence(figures: list[Figure], year: str) -> str:
    """How many organisations were reached, the cost, and the growth against the year before; what is not known is
    left out."""
    reached, total, cost, each, growth = (
        find(figures, n, 年度=year) for n in ("参训组织数", "组织覆盖率", "经费", "人均学时经费", "参训人次增长率")
    )
    parts = []
    if total.denominator:
        parts.append(
            f"有人员参训的组织{reached.text()}个，占组织总数的{total.text()}（{total.numerator}/{total.denominator}）"
        )
    if each.value is not None and cost.value:
        parts.append(f"培训经费{cost.text()}元，平均每人每学时{each.text()}元")
    if growth.value is not None:
        parts.append(f"参训人次比上年同期{'增长' if growth.value >= 0 else '下降'}{growth.text().lstrip('-')}")
    return "；".join(parts) + "。" if parts else ""


def no_exams(registry: Registry, year: str) -> str:
    """Why there is no sentence about the year's exams: nobody entered, or nothing is kept of it."""
    kept = len(registry["exam_entries"])
    return f"报考表里没有认出{year}年的报考记录。" if kept else "台账里没有报考表或报考表是空的，考试情况没有统计。"


def exam_sentences(figures: list[Figure], year: str) -> list[str]:
    """A sentence for each level that anybody entered."""
    sentences = []
    for level in SUBJECTS:
        where = {"年度": year, "级别": level}
        entered = find(figures, "报考人数", **where)
        if not entered.value:
            continue
        sat, qualified, rate, heads, waiting = (
            find(figures, n, **where) for n in ("实考人数", "合格人数", "合格率", "负责人合格人数", "成绩未公布人数")
        )
        if not any(f.denominator for f in figures if f.name == "参考率" and f.dimensions["级别"] == level):
            sentences.append(f"{level}报考{entered.text()}人，成绩尚未公布。")
            continue
        result = "取得成绩合格证明" if level == "高级" else f"取得{level}资格"
        leading = f"，其中社会组织负责人{heads.text()}人" if heads.value else ""
        if not sat.value:
            sentences.append(f"{level}报考{entered.text()}人，无人参加考试。")
            continue
        sentences.append(
            f"{level}报考{entered.text()}人，实考{sat.text()}人，{result}{qualified.text()}人{leading}，"
            f"合格率{rate.text()}（{rate.numerator}/{rate.denominator}）"
            f"{f'；还有{waiting.text()}人有科目成绩没有公布' if waiting.value else ''}。"
        )
    return sentences


def table_rows(table: FigureTable, names: Sequence[str] = ()) -> dict[str, Any]:
    """A table for the template: the group, then five figures (those of `names`, else the first); rates with
    numerator and denominator."""
    names = [n for n in names if n in table.names] if names else table.names[:_COLUMNS]
    label = "、".join(d for d in table.dimensions if d != "年度")
    rows = []
    for values, figures in table.rows:
        group = " ".join(
            v.removeprefix("社会工作") for d, v in zip(table.dimensions, values, strict=True) if d != "年度"
        )
        cells = [_cell(figures.get(name)) for name in names]
        rows.append([group, *cells, *[""] * (_COLUMNS - len(cells))])
    columns = [list(column) for column in zip(*rows, strict=True)]
    rows = [list(row) for row in zip(*[columns[0], *map(alike, columns[1:])], strict=True)] if rows else []
    return {"标题": table.title, "栏": [label, *names, *[""] * (_COLUMNS - len(names))], "行": rows}


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.is_rate:
        return f"{figure.text()}（{figure.numerator}/{figure.denominator}）"
    return figure.text()
