"""Exam figures: papers by year, level and subject; people by year and level, and within these by first or repeated
entry, township and organisation; cohorts by the year of first entry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from jinguo.common.figures import Figure, Statistic, by_name
from jinguo.exams.results import Outcome, outcomes, qualifications
from jinguo.exams.subjects import SUBJECTS
from jinguo.organisations.membership import memberships
from jinguo.registry.tables import Registry
from jinguo.schema.dates import Month
from jinguo.training.attendance import NO_POST, NOT_GIVEN, organisation_labels

_BY_PEOPLE = ("级别", "级别 报考次数", "级别 镇街", "级别 组织")
STATISTICS = by_name(
    Statistic("报考科次", "科次", "报考表里的行数，一人一科算一次，重复的行算一次", ("级别 科目",)),
    Statistic("实考科次", "科次", "成绩已公布且不是缺考的科次；违纪、成绩无效的算实考", ("级别 科目",)),
    Statistic("缺考科次", "科次", "成绩为缺考（−1）的科次", ("级别 科目",)),
    Statistic("违纪科次", "科次", "成绩为违纪（−2）或无效（−4）的科次", ("级别 科目",)),
    Statistic("通过科次", "科次", "成绩达到当年合格线（合格标准表，没有写到的按参数）的科次；超过满分的成绩当作没有公布", ("级别 科目",)),
    Statistic("平均分", "分", "有分数的科次的分数之和 ÷ 有分数的科次；缺考、违纪、无效和只写“合格”的不计", ("级别 科目",)),
    Statistic("参考率", "%", "实考科次 ÷ 成绩已公布的报考科次", ("级别 科目",)),
    Statistic("科次通过率", "%", "通过科次 ÷ 实考科次", ("级别 科目",)),
    Statistic("报考人数", "人", "报考的人，一人只算一次", _BY_PEOPLE),
    Statistic("实考人数", "人", "至少实考一科的人", _BY_PEOPLE),
    Statistic("缺考人数", "人", "一科也没有实考、至少有一科成绩是缺考的人", _BY_PEOPLE),
    Statistic("合格人数", "人", "这一年度取得合格的人：初级须同一年度两科都通过；中级本年度与上年度通过的科目合起来满三科；高级为取得成绩合格证明", _BY_PEOPLE),
    Statistic("合格率", "%", "合格人数 ÷ 实考人数", _BY_PEOPLE),
    Statistic("成绩未公布人数", "人", "报考的人里，至少有一科成绩还没有公布的", ("级别",), said=True),
    Statistic("负责人合格人数", "人", "合格的人里，现在担任社会组织负责人的", ("级别",), said=True),
    Statistic("首次报考人数", "人", "这一年度第一次报考这一级别的人（台账里更早的年度没有报过）", ("级别",)),
    Statistic("当年合格", "人", "首次报考的人里，当年合格的", ("级别",)),
    Statistic("次年止合格", "人", "首次报考的人里，到次年为止合格的（含当年）；次年成绩没有公布的不算", ("级别",)),
    Statistic("第三年止合格", "人", "首次报考的人里，到第三年为止合格的（含前两年）；第三年成绩没有公布的不算", ("级别",)),
)  # fmt: skip
#: What share of a cohort qualified by a year; the sheet 口径 has them last.
COHORT_RATES = by_name(
    *(
        Statistic(f"{name}率", "%", f"{name} ÷ 首次报考人数", ("级别",))
        for name in ("当年合格", "次年止合格", "第三年止合格")
    )
)
NOTE = "按镇街、组织统计的，以报考当年任职的组织为准；一个人在几个组织任职的，各算一次，所以分组之和可以大于总数；没有任职的人列为“没有任职”。"
FIRST, AGAIN = "首次报考", "再次报考"


class ExamPaper(NamedTuple):
    """An outcome with what figures group it by: first or repeated entry, the townships and organisations of the
    person."""

    outcome: Outcome
    attempt: str
    townships: tuple[str, ...]
    organisations: tuple[str, ...]
    points: Decimal | None


def first_entries(registry: Registry) -> dict[tuple[str, str], int]:
    """The year in which each person first entered each level."""
    first: dict[tuple[str, str], int] = {}
    for o in registry.once(outcomes):
        first[o.person, o.level] = min(first.get((o.person, o.level), o.year), o.year)
    return first


def papers(registry: Registry) -> list[ExamPaper]:
    """Every paper with its groups, oldest year first, then by level, subject and row of 报考."""
    found = registry.once(outcomes)
    first = registry.once(first_entries)
    homes = _homes(registry)
    scores, organisations = registry["exam_entries"]["score"], registry["organisations"]
    labels = registry.once(organisation_labels)
    levels = list(SUBJECTS)
    result = []
    for o in sorted(found, key=lambda o: (o.year, levels.index(o.level), SUBJECTS[o.level].index(o.subject), o.entry)):
        mine = [number for number, start, end in homes.get(o.person, ()) if start <= o.year <= end]
        names = tuple(dict.fromkeys(labels.get(n, n) for n in mine)) or (NO_POST,)
        townships = tuple(dict.fromkeys(organisations.value(n, "township") or NOT_GIVEN for n in mine)) or (NO_POST,)
        mark = scores[o.entry]
        points = mark.points if mark and o.outcome in ("通过", "未通过") else None
        result.append(ExamPaper(o, FIRST if first[o.person, o.level] == o.year else AGAIN, townships, names, points))
    return result


def _homes(registry: Registry) -> dict[str, list[tuple[str, int, int]]]:
    """Each person's organisations with the first and last year she belonged to them."""
    found: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for m in memberships(registry):
        found[m.person].append((m.organisation, _year(m.from_month, 0), _year(m.to_month, 9999)))
    return found


def _year(month: Month | None, otherwise: int) -> int:
    return otherwise if month is None else month.year


def papers_by_exam(registry: Registry) -> dict[tuple[int, str], list[ExamPaper]]:
    """The papers of each exam, by year and level, in the order of `papers`."""
    found: defaultdict[tuple[int, str], list[ExamPaper]] = defaultdict(list)
    for paper in registry.once(papers):
        found[paper.outcome.year, paper.outcome.level].append(paper)
    return dict(found)


def exam_figures(registry: Registry) -> list[Figure]:
    """All exam figures, oldest year first."""
    qualified = defaultdict(set)
    for q in registry.once(qualifications):
        qualified[q.year, q.level].add(q.person)
    heads = {h for _, h, s in registry["organisations"].each("head", "status") if h and s != "已注销"}
    figures: list[Figure] = []
    for (year, level), group in registry.once(papers_by_exam).items():
        where, passed = {"年度": str(year), "级别": level}, qualified[year, level]
        for subject in SUBJECTS[level]:
            figures += _paper_figures([p for p in group if p.outcome.subject == subject], where | {"科目": subject})
        figures += _people_figures(group, passed, where)
        waiting = {p.outcome.person for p in group if p.outcome.outcome == "未公布"}
        figures.append(STATISTICS["成绩未公布人数"].of(where, len(waiting)))
        figures.append(STATISTICS["负责人合格人数"].of(where, len(passed & heads)))
        figures += _grouped(group, passed, where)
    return figures + _cohorts(registry)


def _paper_figures(group: list[ExamPaper], where: dict[str, str]) -> list[Figure]:
    results = [p.outcome for p in group]
    sat = sum(o.sat for o in results)
    published = sum(o.outcome != "未公布" for o in results)
    passed = sum(o.outcome == "通过" for o in results)
    points = [p.points for p in group if p.points is not None]
    return [
        STATISTICS["报考科次"].of(where, len(results)),
        STATISTICS["实考科次"].of(where, sat),
        STATISTICS["缺考科次"].of(where, sum(o.outcome == "缺考" for o in results)),
        STATISTICS["违纪科次"].of(where, sum(o.outcome in ("违纪", "无效") for o in results)),
        STATISTICS["通过科次"].of(where, passed),
        STATISTICS["平均分"].mean(where, sum(points), len(points), 1),
        STATISTICS["参考率"].rate(where, sat, published),
        STATISTICS["科次通过率"].rate(where, passed, sat),
    ]


def _people_figures(group: list[ExamPaper], qualified: set[str], where: dict[str, str]) -> list[Figure]:
    entered, sat = {p.outcome.person for p in group}, {p.outcome.person for p in group if p.outcome.sat}
    done = len(qualified & entered)
    return [
        STATISTICS["报考人数"].of(where, len(entered)),
        STATISTICS["实考人数"].of(where, len(sat)),
        STATISTICS["缺考人数"].of(where, len({p.outcome.person for p in group if p.outcome.outcome == "缺考"} - sat)),
        STATISTICS["合格人数"].of(where, done),
        STATISTICS["合格率"].rate(where, done, len(sat)),
    ]


def _grouped(group: list[ExamPaper], qualified: set[str], where: dict[str, str]) -> list[Figure]:
    """The people of one exam by first or repeated entry, by township, by organisation; only groups somebody is in."""
    figures: list[Figure] = []
    parts: dict[str, Iterable[tuple[str, ExamPaper]]] = {
        "报考次数": ((p.attempt, p) for p in group),
        "镇街": ((t, p) for p in group for t in p.townships),
        "组织": ((o, p) for p in group for o in p.organisations),
    }
    for label, pairs in parts.items():
        members: defaultdict[str, list[ExamPaper]] = defaultdict(list)
        for name, paper in pairs:
            members[name].append(paper)
        for name in sorted(members, key=lambda n: (n in (AGAIN, NOT_GIVEN, NO_POST), n == NO_POST, n)):
            figures += _people_figures(members[name], qualified, where | {label: name})
    return figures


def cohorts(registry: Registry) -> dict[tuple[int, str], dict[str, int | None]]:
    """(year of first entry, level) to its people, each with the year she qualified in, None where she has not yet."""
    done = {(q.person, q.level): q.year for q in registry.once(qualifications)}
    found: defaultdict[tuple[int, str], dict[str, int | None]] = defaultdict(dict)
    for (person, level), year in registry.once(first_entries).items():
        found[year, level][person] = done.get((person, level))
    return dict(sorted(found.items(), key=lambda item: (item[0][0], list(SUBJECTS).index(item[0][1]))))


def _cohorts(registry: Registry) -> list[Figure]:
    """Of those who first entered in a year, how many qualified by it, by the next, by the third; None while that exam's
    results are not out. A year that is past is known, also where nobody of ours entered its exam."""
    published = {(o.year, o.level) for o in registry.once(outcomes) if o.outcome != "未公布"}
    figures: list[Figure] = []
    for (year, level), people in cohorts(registry).items():
        where = {"首次报考年度": str(year), "级别": level}
        figures.append(STATISTICS["首次报考人数"].of(where, len(people)))
        for label, later in (("当年合格", 0), ("次年止合格", 1), ("第三年止合格", 2)):
            known = (year + later, level) in published or year + later < registry.today.year
            count = sum(q is not None and q <= year + later for q in people.values())
            figures.append(STATISTICS[label].of(where, count if known else None))
            figures.append(COHORT_RATES[f"{label}率"].rate(where, count if known else 0, len(people) if known else 0))
    return figures
