"""By hand, case by case: what still counts, what is missing, what lapses, who qualified; cohorts; first and repeated
entry."""

from __future__ import annotations

import datetime

import pytest

from jinguo.common.figures import find
from jinguo.exams.exam_statistics import AGAIN, FIRST, exam_figures
from jinguo.exams.progress import lapsing, progress, unfinished
from jinguo.exams.results import qualifications
from jinguo.training.attendance import NO_POST
from tests.exams.test_exams import entries, sheet_of
from tests.helpers import registry

_SHORT = {"社会工作综合能力": "综合", "社会工作法规与政策": "法规", "社会工作实务": "实务"}


def office(*careers: str, **sheets: str):
    """A registry of the careers of RY0001, RY0002 … each written as 级别 then entries (2024 综合=60 法规=59; 2025 …)."""
    rows = [entries(*career.split(" ", 1), f"RY{n:04d}") for n, career in enumerate(careers, 1)]  # type: ignore[call-arg]
    return registry(datetime.date(2030, 1, 1), 报考=sheet_of(*rows), **sheets)


#: Career; exam year asked about; subjects that count then (with the last year they do); subjects missing; those that lapse
#: after that exam; the year of qualification. 综 法 实 are the three subjects.
CASES = [
    # 初级: both in one year, nothing is kept.
    ("初级 2026 综合=60 实务=60", 2026, "综26 实26", "", "", 2026),
    ("初级 2026 综合=60 实务=59", 2026, "综26", "实", "综", None),
    ("初级 2026 综合=59 实务=60", 2026, "实26", "综", "实", None),
    ("初级 2026 综合=59 实务=59", 2026, "", "综实", "", None),
    ("初级 2026 综合=88 实务=-1", 2026, "综26", "实", "综", None),
    ("初级 2026 综合=-2 实务=88", 2026, "实26", "综", "实", None),
    ("初级 2026 综合=-4 实务=-4", 2026, "", "综实", "", None),
    ("初级 2025 综合=60; 2026 实务=60", 2026, "实26", "综", "实", None),
    ("初级 2025 综合=60 实务=50; 2026 综合=50 实务=60", 2026, "实26", "综", "实", None),
    ("初级 2025 综合=60 实务=50; 2026 综合=60 实务=60", 2026, "综26 实26", "", "", 2026),
    ("初级 2026 综合=合格 实务=合格", 2026, "综26 实26", "", "", 2026),
    ("初级 2026 综合=60", 2026, "综26", "实", "综", None),
    ("初级 2026 综合= 实务=", 2026, "", "综实", "", None),
    # 中级: two exam years in a row, a sliding window.
    ("中级 2026 综合=60 法规=60 实务=60", 2026, "综27 法27 实27", "", "", 2026),
    ("中级 2025 综合=60 法规=60; 2026 实务=60", 2026, "综26 法26 实27", "", "", 2026),
    ("中级 2025 综合=60 法规=60; 2026 实务=59", 2026, "综26 法26", "实", "综法", None),
    ("中级 2025 综合=60; 2026 法规=60", 2026, "综26 法27", "实", "综", None),
    # Absent in the second year.
    ("中级 2025 综合=60 法规=60; 2026 实务=-1", 2026, "综26 法26", "实", "综法", None),
    # Passes in Y−2 and Y do not meet.
    ("中级 2024 综合=60; 2025 法规=59; 2026 法规=60 实务=60", 2026, "法27 实27", "综", "", None),
    ("中级 2024 综合=60 法规=60; 2026 实务=60", 2026, "实27", "综法", "", None),
    ("中级 2024 综合=60; 2025 法规=60; 2026 综合=60 实务=60", 2026, "综27 法26 实27", "", "", 2026),
    ("中级 2024 综合=60; 2025 法规=60; 2026 实务=60", 2026, "法26 实27", "综", "法", None),
    # A subject passed twice counts from the later pass.
    ("中级 2025 综合=60; 2026 综合=61", 2026, "综27", "法实", "", None),
    ("中级 2025 综合=60 法规=60; 2026 综合=70 实务=40", 2026, "综27 法26", "实", "法", None),
    ("中级 2025 综合=60; 2026 综合=50", 2026, "综26", "法实", "综", None),
    # Asked before the results: what was passed the year before counts.
    ("中级 2025 综合=60 法规=60; 2026 实务=", 2026, "综26 法26", "实", "综法", None),
    ("中级 2026 综合=60", 2027, "综27", "法实", "综", None),
    ("中级 2026 综合=60", 2028, "", "综法实", "", None),
    ("中级 2024 综合=60 法规=60 实务=60; 2026 综合=50", 2026, "", "综法实", "", 2024),
    ("中级 2025 综合=缺考 法规=缺考 实务=缺考; 2026 综合=66 法规=61 实务=48", 2026, "综27 法27", "实", "", None),
    ("中级 2025 综合=-2 法规=70; 2026 综合=70 实务=70", 2026, "综27 法26 实27", "", "", 2026),
    # 高级: one paper.
    ("高级 2026 实务=60", 2026, "实26", "", "", 2026),
    ("高级 2026 实务=59", 2026, "", "实", "", None),
    ("高级 2025 实务=60; 2026 实务=50", 2026, "", "实", "", 2025),
]  # fmt: skip


def _words(subjects) -> str:
    return "".join(_SHORT[s][0] for s in subjects)


@pytest.mark.parametrize(
    ("career", "year", "valid", "missing", "lost", "qualified"), CASES, ids=[f"{n}" for n in range(1, len(CASES) + 1)]
)
def test_by_hand(career, year, valid, missing, lost, qualified):
    reg = office(career)
    level = career.split()[0]
    found = progress(reg, "RY0001", level, year)
    assert " ".join(f"{_SHORT[s][0]}{last % 100}" for s, last in found.valid.items()) == valid
    assert _words(found.missing) == missing
    assert [q.year for q in qualifications(reg)] == ([qualified] if qualified else [])
    lapses = {p.person: _words(subjects) for p, subjects in lapsing(reg, year)}
    assert lapses == ({"RY0001": lost} if lost and not qualified else {})


def test_a_level_changed_midway_keeps_the_two_apart():
    rows = [
        entries("初级", "2025 综合=60 实务=40", "RY0001"),
        entries("中级", "2026 综合=50 法规=60 实务=60", "RY0001"),
    ]
    reg = registry(datetime.date(2027, 1, 1), 报考=sheet_of(*rows))
    assert [(p.level, _words(p.valid), _words(p.missing)) for p in unfinished(reg, 2026)] == [
        ("初级", "", "综实"),
        ("中级", "法实", "综"),
    ]
    assert qualifications(reg) == []


def test_who_has_qualified_is_not_unfinished_and_who_stayed_away_two_years_is_not_asked():
    reg = office("初级 2026 综合=60 实务=60", "初级 2026 综合=60 实务=50", "初级 2024 综合=60 实务=50")
    assert [p.person for p in unfinished(reg, 2026)] == ["RY0002"]


def test_cohorts_count_those_who_first_entered_together():
    """Of five who first entered 中级 in 2024: one at once, one in 2025, one in 2026, one never, one came again only in
    2026."""
    reg = office(
        "中级 2024 综合=60 法规=60 实务=60", "中级 2024 综合=60 法规=60 实务=50; 2025 实务=60", "中级 2024 综合=50; 2025 综合=60 法规=60; 2026 实务=60",
        "中级 2024 综合=50", "中级 2024 综合=60; 2026 综合=60", "中级 2025 综合=60",
    )  # fmt: skip
    figures = exam_figures(reg)

    def cohort(year: str, *names: str) -> list[str]:
        return [find(figures, name, 首次报考年度=year, 级别="中级").text() for name in names]

    names = ("首次报考人数", "当年合格", "次年止合格", "第三年止合格", "当年合格率", "次年止合格率", "第三年止合格率")
    assert cohort("2024", *names) == ["5", "1", "2", "3", "20.0%", "40.0%", "60.0%"]
    # 2027 is past, though nobody of ours entered its exam.
    assert cohort("2025", *names) == ["1", "0", "0", "0", "0.0%", "0.0%", "0.0%"]
    reg.today = datetime.date(2027, 5, 1)
    figures = exam_figures(reg)
    assert cohort("2025", *names) == ["1", "0", "0", "—", "0.0%", "0.0%", "—"]


def test_first_and_repeated_entry_townships_and_organisations():
    """RY0001 belongs to two organisations of one township, and counts once in it; RY0003 to none."""
    reg = office(
        "初级 2025 综合=50 实务=50; 2026 综合=60 实务=60", "初级 2026 综合=60 实务=60", "初级 2026 综合=缺考 实务=缺考",
        社会组织="组织编号 | 组织名称 | 所属镇街\nZZ0001 | 甲协会 | 阳明街道\nZZ0002 | 乙社 | 阳明街道\nZZ0003 | 丙社 | 泗门镇",
        任职="""
            人员编号 | 组织编号 | 起始    | 结束
            RY0001   | ZZ0001   | 2020.01 |
            RY0001   | ZZ0002   | 2020.01 |
            RY0002   | ZZ0003   | 2020.01 | 2025.12
            RY0002   | ZZ0001   | 2026.01 |
        """,
        镇街="镇街\n阳明街道\n泗门镇",
    )  # fmt: skip
    figures = exam_figures(reg)

    def row(**where: str) -> list[str]:
        return [
            find(figures, n, 年度="2026", 级别="初级", **where).text()
            for n in ("报考人数", "实考人数", "缺考人数", "合格人数", "合格率")
        ]

    assert row() == ["3", "2", "1", "2", "100.0%"]
    assert (row(报考次数=FIRST), row(报考次数=AGAIN)) == (
        ["2", "1", "1", "1", "100.0%"],
        ["1", "1", "0", "1", "100.0%"],
    )
    assert (row(镇街="阳明街道"), row(镇街="泗门镇"), row(镇街=NO_POST)) == (
        ["2", "2", "0", "2", "100.0%"],
        ["0", "0", "0", "0", "—"],
        ["1", "0", "1", "0", "—"],
    )
    assert (row(组织="甲协会"), row(组织="乙社")) == (["2", "2", "0", "2", "100.0%"], ["1", "1", "0", "1", "100.0%"])


def test_pseudo_scores_are_in_no_mean():
    reg = office(
        "高级 2026 实务=60",
        "高级 2026 实务=71",
        "高级 2026 实务=-1",
        "高级 2026 实务=-2",
        "高级 2026 实务=-4",
        "高级 2026 实务=合格",
    )
    mean = find(exam_figures(reg), "平均分", 年度="2026", 级别="高级", 科目="社会工作实务")
    assert (mean.text(), mean.numerator, mean.denominator) == ("65.5", 131, 2)
