"""Exam figures: entered, sat, passed by year, level and subject; qualified by year and level."""

from __future__ import annotations

from collections import defaultdict

from jinguo.exams.results import Outcome, outcomes, qualifications
from jinguo.exams.subjects import SUBJECTS
from jinguo.figures import Figure, rate
from jinguo.registry import Registry

#: What each figure counts, as the 口径 sheet and the report say it.
DEFINITIONS = {
    "报考科次": "报考表里的行数，一人一科算一次，重复的行算一次",
    "实考科次": "成绩已公布且不是缺考的科次；违纪、成绩无效的算实考",
    "通过科次": "成绩达到当年合格线（合格标准表，没有写到的按参数）的科次",
    "参考率": "实考科次 ÷ 成绩已公布的报考科次",
    "科次通过率": "通过科次 ÷ 实考科次",
    "报考人数": "报考的人，一人只算一次",
    "实考人数": "至少实考一科的人",
    "合格人数": "这一年度取得合格的人：初级须同一年度两科都通过；中级本年度与上年度通过的科目合起来满三科；高级为取得成绩合格证明",
    "合格率": "合格人数 ÷ 实考人数",
    "负责人合格人数": "合格的人里，现在担任社会组织负责人的",
}


def exam_figures(registry: Registry) -> list[Figure]:
    """Figures by (年度, 级别, 科目) in papers and by (年度, 级别) in people, oldest year first."""
    papers: defaultdict[tuple[int, str], list[Outcome]] = defaultdict(list)
    for o in outcomes(registry):
        papers[o.year, o.level].append(o)
    qualified: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for q in qualifications(registry):
        qualified[q.year, q.level].add(q.person)
    heads = {h for _, h, s in registry["organisations"].each("head", "status") if h and s != "已注销"}
    figures: list[Figure] = []
    for year, level in sorted(papers, key=lambda k: (k[0], list(SUBJECTS).index(k[1]))):
        group = papers[year, level]
        for subject in SUBJECTS[level]:
            figures += _paper_figures([o for o in group if o.subject == subject], year, level, subject)
        figures += _people_figures(group, qualified[year, level], heads, year, level)
    return figures


def _paper_figures(papers: list[Outcome], year: int, level: str, subject: str) -> list[Figure]:
    where = {"年度": str(year), "级别": level, "科目": subject}
    sat = sum(o.sat for o in papers)
    published = sum(o.outcome != "未公布" for o in papers)
    passed = sum(o.outcome == "通过" for o in papers)
    return [
        Figure("报考科次", where, len(papers), "科次"),
        Figure("实考科次", where, sat, "科次"),
        Figure("通过科次", where, passed, "科次"),
        rate("参考率", where, sat, published),
        rate("科次通过率", where, passed, sat),
    ]


def _people_figures(papers: list[Outcome], qualified: set[str], heads: set[str], year: int, level: str) -> list[Figure]:
    where = {"年度": str(year), "级别": level}
    sat = {o.person for o in papers if o.sat}
    return [
        Figure("报考人数", where, len({o.person for o in papers}), "人"),
        Figure("实考人数", where, len(sat), "人"),
        Figure("合格人数", where, len(qualified), "人"),
        rate("合格率", where, len(qualified), len(sat)),
        Figure("负责人合格人数", where, len(qualified & heads), "人"),
    ]
