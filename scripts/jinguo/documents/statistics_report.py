"""培训考试统计报告: sentences and tables whose every figure comes from the same list as the workbook's."""

from __future__ import annotations

from typing import Any

from jinguo.exams import statistics as exams
from jinguo.exams.subjects import SUBJECTS
from jinguo.figures import Figure, FigureTable, find, make_table
from jinguo.registry import Registry
from jinguo.training import statistics as training
from jinguo.word.titles import title_lines
from jinguo.word.values import day_words


def report_context(registry: Registry, figures: list[Figure]) -> dict[str, Any]:
    """What the template 培训考试统计报告.docx may place; the year is that of today."""
    year = str(registry.today.year)
    own = [f for f in figures if f.dimensions.get("年度") == year]
    training_tables = [make_table(f"{year}年培训情况（按{label}）", own, ["年度", label]) for label in ("类型", "层级", "镇街")]
    exam_tables = [
        make_table(f"{year}年社会工作师考试情况（按级别）", own, ["年度", "级别"]),
        make_table(f"{year}年社会工作师考试情况（按科目）", own, ["年度", "级别", "科目"]),
    ]
    definitions = training.DEFINITIONS | exams.DEFINITIONS
    return {
        "标题": title_lines(f"{year}年女性社会组织培训和社会工作师考试情况统计报告"),
        "年度": year,
        "截至日期": day_words(registry.today),
        "培训概述": training_sentence(own, year),
        "培训说明": f"说明：{training.NOTE}",
        "培训表": [_rows(t) for t in training_tables if t.rows],
        "考试概述": exam_sentences(own, year) or [f"{year}年没有报考记录。"],
        "考试表": [_rows(t) for t in exam_tables if t.rows],
        "口径": [f"{n}.{name}：{meaning}。" for n, (name, meaning) in enumerate(definitions.items(), 1)],
        "单位名称": registry.settings.item("单位名称"),
        "成文日期": day_words(registry.today),
    }


def training_sentence(figures: list[Figure], year: str) -> str:
    """The year's training in one sentence."""
    events, times, people, hours, rate = (find(figures, n, 年度=year) for n in ("活动场次", "参训人次", "参训人数", "学时", "出勤率"))
    return (
        f"{year}年共举办培训活动{events.text()}场，参训{times.text()}人次（{people.text()}人），累计{hours.text()}学时；"
        f"签到表登记{rate.denominator or 0}人次，出席{rate.numerator or 0}人次，出勤率{rate.text()}。"
    )


def exam_sentences(figures: list[Figure], year: str) -> list[str]:
    """A sentence for each level that anybody entered."""
    sentences = []
    for level in SUBJECTS:
        where = {"年度": year, "级别": level}
        entered = find(figures, "报考人数", **where)
        if not entered.value:
            continue
        sat, qualified, rate, heads = (find(figures, n, **where) for n in ("实考人数", "合格人数", "合格率", "负责人合格人数"))
        if not any(f.denominator for f in figures if f.name == "参考率" and f.dimensions["级别"] == level):
            sentences.append(f"{level}报考{entered.text()}人，成绩尚未公布。")
            continue
        result = "取得成绩合格证明" if level == "高级" else f"取得{level}资格"
        leading = f"，其中社会组织负责人{heads.text()}人" if heads.value else ""
        sentences.append(
            f"{level}报考{entered.text()}人，实考{sat.text()}人，{result}{qualified.text()}人{leading}，"
            f"合格率{rate.text()}（{rate.numerator}/{rate.denominator}）。"
        )
    return sentences


def _rows(table: FigureTable) -> dict[str, Any]:
    """A table for the template: the group, then five figures; rates with numerator and denominator."""
    label = "、".join(d for d in table.dimensions if d != "年度")
    rows = []
    for values, figures in table.rows:
        group = " ".join(v.removeprefix("社会工作") for d, v in zip(table.dimensions, values, strict=True) if d != "年度")
        cells = [_cell(figures.get(name)) for name in table.names[:5]]
        rows.append([group, *cells, *[""] * (5 - len(cells))])
    return {"标题": table.title, "栏": [label, *table.names[:5]], "行": rows}


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.is_rate:
        return f"{figure.text()}（{figure.numerator}/{figure.denominator}）"
    return figure.text()
