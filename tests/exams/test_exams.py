"""The social worker examination by hand: subjects, standards, results, who qualified when, and the figures of it
(domain.md §1)."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.figures import Figure
from jinguo.exams.exam_statistics import exam_figures
from jinguo.exams.results import first_qualifying_year, outcomes, qualifications
from jinguo.exams.subjects import SUBJECTS, canonical_subject, standard
from tests.helpers import examples, places, registry

ABILITY, POLICY, PRACTICE = "社会工作综合能力", "社会工作法规与政策", "社会工作实务"


def entries(level: str, history: str, person: str = "RY0001") -> list[list[str]]:
    """Rows of 报考 from `2024 综合 法规=58; 2025 实务=缺考`; a paper without a mark was passed with exactly 60."""
    rows = []
    for sitting in filter(None, history.split(";")):
        year, *papers = sitting.split()
        for paper in papers:
            subject, given_mark, mark = paper.partition("=")
            rows.append([year, level, person, subject, mark if given_mark else "60"])
    return rows


def sheet_of(*histories: list[list[str]]) -> list[list[str]]:
    """The sheet 报考 of several histories."""
    return [["年度", "级别", "人员编号", "科目", "成绩"], *itertools.chain(*histories)]


def qualified(*histories: list[list[str]], **sheets) -> list[tuple[str, str, int]]:
    """(person, level, year) of everybody who qualified."""
    return [(q.person, q.level, q.year) for q in qualifications(registry(报考=sheet_of(*histories), **sheets))]


def first_year(level: str, history: str) -> int | None:
    """The year in which RY0001 qualified; she can do so once at most."""
    found = qualified(entries(level, history))
    assert len(found) <= 1
    return found[0][2] if found else None


# who qualifies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "history, year",
    [
        # the whole of it in one year or in two that follow each other
        ("2024 综合 法规 实务", 2024),
        ("2024 综合; 2025 法规 实务", 2025),
        ("2024 综合 法规; 2025 实务", 2025),
        ("2024 实务; 2025 综合 法规", 2025),
        ("2025 法规 实务; 2024 综合", 2025),
        ("2024 综合 法规 实务=59; 2025 实务=60", 2025),
        # a year between them
        ("2024 综合 法规; 2026 实务", None),
        ("2023 综合; 2025 法规 实务", None),
        ("2022 综合; 2024 法规; 2026 实务", None),
        # three years, one paper each: the first has lapsed when the last is passed, and so on for ever
        ("2024 综合; 2025 法规; 2026 实务", None),
        ("2024 综合; 2025 法规; 2026 实务; 2027 综合; 2028 法规; 2029 实务", None),
        ("2024 综合; 2025 法规; 2026 综合 实务", 2026),
        ("2024 综合; 2025 法规; 2026 实务; 2027 综合", None),
        ("2024 综合; 2025 法规; 2026 实务; 2027 综合 法规", 2027),
        # the window slides: 2025's pass still counts in 2026 though the first pass was in 2024
        ("2024 综合; 2025 法规; 2026 实务 综合", 2026),
        ("2024 法规; 2025 综合 实务=50; 2026 实务 法规", 2026),
        # a subject passed twice
        ("2024 综合; 2025 综合 法规; 2026 实务", 2026),
        ("2024 综合 法规; 2025 综合; 2026 实务", None),
        ("2024 综合; 2025 综合; 2026 综合", None),
        ("2024 综合 法规; 2025 综合 法规; 2026 实务", 2026),
        # lapsed, then passed again
        ("2022 综合 法规; 2025 综合 法规 实务", 2025),
        ("2022 综合; 2024 法规 实务; 2025 综合", 2025),
        ("2022 综合 法规; 2023 实务=40; 2024 实务; 2025 综合", None),
        # absent, failed, void or unpublished in the second year
        ("2024 综合 法规; 2025 实务=缺考", None),
        ("2024 综合 法规; 2025 实务=缺考; 2026 实务", None),
        ("2024 综合 法规; 2025 实务=59; 2026 实务", None),
        ("2024 综合 法规; 2025 实务=59.9", None),
        ("2025 综合 法规; 2026 实务=违纪", None),
        ("2025 综合 法规; 2026 实务=-4", None),
        ("2025 综合 法规; 2026 实务=不合格", None),
        ("2025 综合 法规; 2026 实务=", None),
        # failing a paper passed last year takes nothing away
        ("2025 综合 法规 实务=59; 2026 综合=40 实务", 2026),
        ("2025 综合=合格 法规=通过; 2026 实务=合格", 2026),
        # once qualified, no second time
        ("2024 综合 法规 实务; 2025 综合 法规 实务", 2024),
        ("2024 综合 法规; 2025 实务; 2026 综合 法规", 2025),
        ("2024 综合 法规", None),
        ("", None),
    ],
)
def test_intermediate_by_the_sliding_window_of_two_years(history, year):
    """《社会工作者职业水平考试实施办法》: 连续两个考试年度内通过全部科目."""
    assert first_year("中级", history) == year


@pytest.mark.parametrize(
    "history, year",
    [
        ("2025 综合 实务", 2025),
        ("2024 综合; 2025 实务", None),
        ("2024 综合; 2025 实务; 2026 综合", None),
        ("2024 综合; 2025 实务; 2026 综合 实务", 2026),
        ("2024 综合 实务=59; 2025 综合=59 实务", None),
        ("2024 综合 实务=缺考; 2025 综合 实务", 2025),
        ("2025 综合=60.0 实务=100", 2025),
        ("2025 综合 实务=-1", None),
        ("2025 综合=合格 实务=61", 2025),
        ("2025 综合 实务=", None),
        ("2025 综合 综合", None),
    ],
)
def test_junior_needs_both_papers_in_one_year(history, year):
    assert first_year("初级", history) == year


@pytest.mark.parametrize(
    "history, year",
    [
        ("2025 实务", 2025),
        ("2025 实务=59.5", None),
        ("2024 实务=59; 2025 实务=-1; 2026 实务=88", 2026),
        ("2025 实务=合格; 2026 实务", 2025),
        ("2025 实务=缺考", None),
    ],
)
def test_senior_is_one_paper(history, year):
    assert first_year("高级", history) == year


def test_passes_of_one_level_do_not_count_for_another():
    assert qualified(entries("初级", "2025 综合"), entries("中级", "2025 实务")) == []
    assert (
        qualified(entries("中级", "2025 综合 法规"), entries("初级", "2026 实务"), entries("高级", "2026 实务=30"))
        == []
    )


def test_the_level_changed_midway():
    """初级 in 2024, then 中级: her 初级 passes give nothing towards it, and each level is qualified for by itself."""
    history = [entries("初级", "2024 综合 实务"), entries("中级", "2025 法规"), entries("中级", "2026 综合 实务")]
    assert qualified(*history) == [("RY0001", "初级", 2024), ("RY0001", "中级", 2026)]
    assert qualified(*history[:2], entries("中级", "2026 实务")) == [("RY0001", "初级", 2024)]


def test_passes_of_two_people_do_not_add_up():
    assert qualified(entries("中级", "2025 综合 法规", "RY0001"), entries("中级", "2025 实务", "RY0002")) == []


def test_qualifications_are_in_order_of_year_and_level_and_point_at_the_row_of_the_last_pass():
    rows = sheet_of(
        entries("高级", "2026 实务", "RY0003"),
        entries("中级", "2026 实务", "RY0002"),
        entries("初级", "2026 实务 综合", "RY0001"),
        entries("中级", "2025 综合 法规", "RY0002"),
        entries("高级", "2025 实务=70", "RY0004"),
    )
    reg = registry(报考=rows)
    found = [(q.year, q.level, q.person, reg["exam_entries"].rows[q.entry]) for q in qualifications(reg)]
    assert found == [
        (2025, "高级", "RY0004", 8),
        (2026, "初级", "RY0001", 5),
        (2026, "中级", "RY0002", 3),
        (2026, "高级", "RY0003", 2),
    ]


def by_choosing_a_year_for_each_subject(passed: dict[int, set[str]], level: str) -> int | None:
    """The specification said another way: pick a passed year for each subject, not further apart than allowed; the
    earliest end."""
    spread = {"初级": 0, "中级": 1, "高级": 0}[level]
    options = [[y for y, subjects in passed.items() if s in subjects] for s in SUBJECTS[level]]
    return min((max(p) for p in itertools.product(*options) if max(p) - min(p) <= spread), default=None)


@st.composite
def careers(draw):
    level = draw(st.sampled_from(sorted(SUBJECTS)))
    years = st.sampled_from(range(2018, 2027))
    return level, draw(st.dictionaries(years, st.sets(st.sampled_from(SUBJECTS[level])), max_size=9))


@given(careers())
@settings(max_examples=examples(100))
def test_first_qualifying_year_agrees_with_an_exhaustive_search(career):
    level, passed = career
    assert first_qualifying_year(passed, level) == by_choosing_a_year_for_each_subject(passed, level)


def test_first_qualifying_year_agrees_with_the_search_on_every_five_year_career_of_intermediate():
    """All 8^5 sets of passes over five years: nothing left to chance."""
    subsets = [set(c) for n in range(4) for c in itertools.combinations(SUBJECTS["中级"], n)]
    for sets in itertools.product(subsets, repeat=5):
        passed = dict(enumerate(sets, 2020))
        assert first_qualifying_year(passed, "中级") == by_choosing_a_year_for_each_subject(passed, "中级")


# results and subjects -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw, outcome",
    [
        (60, "通过"),
        (60.0, "通过"),
        ("60分", "通过"),
        ("６０", "通过"),
        (100, "通过"),
        (59, "未通过"),
        (59.5, "未通过"),
        (59.99, "未通过"),
        (0, "未通过"),
        ("0", "未通过"),
        (-1, "缺考"),
        (-1.0, "缺考"),
        ("-1", "缺考"),
        ("−1", "缺考"),
        ("－1", "缺考"),
        ("缺考", "缺考"),
        ("缺", "缺考"),
        ("未考", "缺考"),
        (" 缺考　", "缺考"),
        (-2, "违纪"),
        ("-2.0", "违纪"),
        ("违纪", "违纪"),
        ("作弊", "违纪"),
        (-4, "无效"),
        ("无效", "无效"),
        ("成绩无效", "无效"),
        ("作废", "无效"),
        ("合格", "通过"),
        ("通过", "通过"),
        ("已通过", "通过"),
        ("不合格", "未通过"),
        ("未通过", "未通过"),
        ("", "未公布"),
        (None, "未公布"),
        ("—", "未公布"),
        ("/", "未公布"),
    ],
)
def test_what_a_result_means(raw, outcome):
    reg = registry(报考=[["年度", "级别", "人员编号", "科目", "成绩"], [2026, "初级", "RY0001", "实务", raw]])
    assert places(reg.findings, "CELL") == []
    assert [(o.year, o.level, o.subject, o.person, o.outcome) for o in outcomes(reg)] == [
        (2026, "初级", PRACTICE, "RY0001", outcome)
    ]


@pytest.mark.parametrize(
    "outcome, sat",
    [("80", True), ("30", True), ("合格", True), ("违纪", True), ("无效", True), ("缺考", False), ("", False)],
)
def test_a_violation_was_sat_an_absence_and_an_unpublished_paper_were_not(outcome, sat):
    assert [o.sat for o in outcomes(registry(报考=sheet_of(entries("高级", f"2026 实务={outcome}"))))] == [sat]


@pytest.mark.parametrize("raw", [-3, "-3", -5, "六十", "待查", "缺考？"])
def test_what_is_no_result_is_said_so_at_its_cell_and_passes_nobody(raw):
    reg = registry(报考=[["年度", "级别", "人员编号", "科目", "成绩"], [2026, "高级", "RY0001", "实务", raw]])
    assert places(reg.findings, "CELL") == [("CELL-014", "报考", "E2")]
    assert qualifications(reg) == []


@pytest.mark.parametrize(
    "level, typed, subject",
    [
        ("初级", "社会工作综合能力", ABILITY),
        ("初级", "社会工作综合能力（初级）", ABILITY),
        ("初级", "综合能力（初级）", ABILITY),
        ("初级", "综合能力(初级)", ABILITY),
        ("初级", "《社会工作综合能力》（初级）", ABILITY),
        ("初级", "综合", ABILITY),
        ("初级", "综 合 能 力", ABILITY),
        ("初级", "实务", PRACTICE),
        ("初级", "社会工作实务 （初级）", PRACTICE),
        ("中级", "综合能力（中级）", ABILITY),
        ("中级", "法规与政策", POLICY),
        ("中级", "法规", POLICY),
        ("中级", "社会工作法规与政策（中级）", POLICY),
        ("中级", "社会工作实务（中级）", PRACTICE),
        ("高级", "社会工作实务（高级）", PRACTICE),
        ("高级", "实务", PRACTICE),
        ("初级", "法规与政策", None),
        ("高级", "综合能力", None),
        ("高级", "法规", None),
        ("中级", "英语", None),
        ("特级", "实务", None),
        ("中级", "", None),
    ],
)
def test_subjects_in_their_short_forms_belong_to_a_level_or_not(level, typed, subject):
    assert canonical_subject(level, typed) == subject


@pytest.mark.parametrize(
    "level, typed", [("初级", "社会工作实务（中级）"), ("中级", "综合能力（初级）"), ("高级", "实务（中级）")]
)
def test_a_subject_that_names_another_level_does_not_belong_to_this_one(level, typed):
    assert canonical_subject(level, typed) is None


def test_doubled_rows_count_once_under_whatever_name_and_the_first_of_them_counts():
    reg = registry(
        报考="""
            年度 | 级别 | 人员编号 | 科目                     | 成绩
            2026 | 初级 | RY0001   | 综合能力                 | 70
            2026 | 初级 | RY0001   | 社会工作综合能力（初级） | 40
            2026 | 初级 | RY0001   | 社会工作实务             | 50
            2026 | 初级 | RY0001   | 实务                     | 90
            2025 | 初级 | RY0001   | 实务                     | 90
        """
    )
    assert [(o.year, o.subject, o.outcome) for o in outcomes(reg)] == [
        (2026, ABILITY, "通过"),
        (2026, PRACTICE, "未通过"),
        (2025, PRACTICE, "通过"),
    ]


def test_a_row_without_year_level_person_or_subject_of_the_level_is_no_paper():
    reg = registry(
        人员="人员编号\nRY0001",
        报考="""
            | 年度 | 级别 | 人员编号 | 科目 | 成绩 |
            |      | 初级 | RY0001   | 实务 | 70 |
            | 2026 |      | RY0001   | 实务 | 70 |
            | 2026 | 初级 |          | 实务 | 70 |
            | 2026 | 初级 | RY0001   |      | 70 |
            | 2026 | 初级 | RY0001   | 法规 | 70 |
            | 2026 | 初级 | RY0009   | 实务 | 70 |
            | 2026 | 特级 | RY0001   | 实务 | 70 |
        """,
    )
    assert outcomes(reg) == []
    cells = [cell for _, _, cell in places(reg.findings, "CELL")]
    assert cells == ["A2", "B3", "C4", "D5", "C7", "B8"]


# pass marks -----------------------------------------------------------------------------------------------------------

#: 2020 as announced (domain.md §1.2): the regions with marks of their own.
REGIONS_2020 = """
    年度 | 级别 | 科目 | 地区     | 满分 | 合格线
    2020 | 初级 |      | 四川阿坝 | 100  | 55
    2020 | 中级 |      | 四川阿坝 | 100  | 59
    2020 | 高级 |      | 四川阿坝 | 100  | 58
    2020 | 中级 |      | 西藏     | 100  | 50
"""


@pytest.mark.parametrize(
    "office, year, level, needed",
    [
        ("浙江", 2020, "初级", 60),
        ("四川阿坝", 2020, "初级", 55),
        ("四川阿坝", 2020, "中级", 59),
        ("四川阿坝", 2020, "高级", 58),
        ("四川阿坝", 2021, "高级", 60),
        ("西藏", 2020, "中级", 50),
        ("西藏", 2020, "初级", 60),
        ("", 2020, "中级", 60),
    ],
)
def test_a_region_with_a_mark_of_its_own(office, year, level, needed):
    reg = registry(合格标准=REGIONS_2020, 单位=f"项目|内容\n地区|{office}")
    assert standard(reg, year, level, PRACTICE) == (100, needed)


GENERAL_TO_PARTICULAR = """
    年度 | 级别 | 科目           | 地区 | 满分 | 合格线
    2026 | 中级 |                |      | 100  | 61
    2026 | 中级 | 实务（中级）   |      | 120  | 62
    2026 | 中级 |                | 浙江 | 100  | 63
    2026 | 中级 | 社会工作实务   | 浙江 | 150  | 64
"""


@pytest.mark.parametrize(
    "office, level, subject, expected",
    [
        ("浙江", "中级", PRACTICE, (150, 64)),
        ("浙江", "中级", "实务", (150, 64)),
        ("浙江", "中级", ABILITY, (100, 63)),
        ("上海", "中级", PRACTICE, (120, 62)),
        ("上海", "中级", ABILITY, (100, 61)),
        ("", "中级", PRACTICE, (120, 62)),
        ("浙江", "初级", PRACTICE, (100, 60)),
        ("浙江", "高级", PRACTICE, (100, 60)),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["as drawn", "rows turned round"])
def test_the_row_that_says_most_is_the_standard(office, level, subject, expected, turned):
    head, *rows = [[c.strip() for c in line.strip().split("|")] for line in GENERAL_TO_PARTICULAR.strip().splitlines()]
    reg = registry(合格标准=[head, *(rows[::-1] if turned else rows)], 单位=f"项目|内容\n地区|{office}")
    assert standard(reg, 2026, level, subject) == expected


def test_a_mark_for_the_region_goes_before_one_for_the_subject():
    rows = "年度|级别|科目|地区|满分|合格线\n2020|中级|法规||100|61\n2020|中级||西藏|100|50"
    assert standard(registry(合格标准=rows, 单位="项目|内容\n地区|西藏"), 2020, "中级", POLICY) == (100, 50)
    assert standard(registry(合格标准=rows, 单位="项目|内容\n地区|浙江"), 2020, "中级", POLICY) == (100, 61)


def test_without_a_row_the_parameters_are_the_standard():
    assert standard(registry(), 2026, "初级", PRACTICE) == (100, 60)
    reg = registry(参数="参数|值\n默认满分|150\n默认合格线|90")
    assert standard(reg, 2026, "初级", PRACTICE) == (Decimal(150), Decimal(90))


def test_a_row_without_its_marks_or_of_another_year_is_passed_over():
    reg = registry(
        合格标准="""
            年度 | 级别 | 科目 | 满分 | 合格线
            2026 | 初级 | 实务 | 100  |
            2026 | 初级 |      | 100  | 55
            2025 | 初级 |      | 100  | 70
        """
    )
    assert standard(reg, 2026, "初级", PRACTICE) == (100, 55)
    assert standard(reg, 2025, "初级", PRACTICE) == (100, 70)
    assert standard(reg, 2024, "初级", PRACTICE) == (100, 60)


def test_of_two_rows_that_say_as_much_the_first_counts():
    """The other is EXM-008's to tell; which counts must not depend on anything else."""
    reg = registry(合格标准="年度|级别|科目|满分|合格线\n2026|初级|实务|100|55\n2026|初级|实务|100|70")
    assert standard(reg, 2026, "初级", PRACTICE) == (100, 55)


def test_a_row_for_the_whole_country_applies_everywhere():
    reg = registry(合格标准="年度|级别|地区|满分|合格线\n2026|初级|全国|100|55", 单位="项目|内容\n地区|浙江")
    assert standard(reg, 2026, "初级", PRACTICE) == (100, 55)


def test_the_pass_mark_of_year_level_and_subject_decides_who_passes():
    reg = registry(
        合格标准="""
            年度 | 级别 | 科目 | 满分 | 合格线
            2025 | 中级 |      | 100  | 55
            2026 | 中级 | 法规 | 100  | 70
        """,
        报考=sheet_of(
            entries("中级", "2025 综合=55 法规=54; 2026 综合=59 法规=69 实务=60", "RY0001"),
            entries("初级", "2025 实务=55", "RY0002"),
        ),
    )
    assert [(o.level, o.year, o.subject, o.outcome) for o in outcomes(reg)] == [
        ("中级", 2025, ABILITY, "通过"),
        ("中级", 2025, POLICY, "未通过"),
        ("中级", 2026, ABILITY, "未通过"),
        ("中级", 2026, POLICY, "未通过"),
        ("中级", 2026, PRACTICE, "通过"),
        ("初级", 2025, PRACTICE, "未通过"),
    ]


# figures --------------------------------------------------------------------------------------------------------------


def shown(figures: list[Figure]) -> dict[tuple[str, ...], list[str]]:
    """The texts of the figures of each exam and each of its subjects, in order; a rate with its numerator and
    denominator."""
    found: dict[tuple[str, ...], list[str]] = {}
    for f in figures:
        if list(f.dimensions) not in (["年度", "级别"], ["年度", "级别", "科目"]):
            continue
        text = f"{f.text()} {f.numerator}/{f.denominator}" if f.is_rate else f"{f.text()}{f.unit}"
        found.setdefault(tuple(f.dimensions.values()), []).append(f"{f.name} {text}")
    return found


def test_figures_of_a_year_by_hand():
    """Seven enter 初级: two qualify, one fails one, one is absent throughout, one half, one cheats, one waits for a
    result."""
    reg = registry(
        报考=sheet_of(
            entries("初级", "2026 综合=60 实务=75", "RY0001"),
            entries("初级", "2026 综合=合格 实务=60", "RY0002"),
            entries("初级", "2026 综合=60 实务=59", "RY0003"),
            entries("初级", "2026 综合=-1 实务=缺考", "RY0004"),
            entries("初级", "2026 综合=88 实务=-1", "RY0005"),
            entries("初级", "2026 综合=-2 实务=71", "RY0006"),
            entries("初级", "2026 综合= 实务=", "RY0007"),
            entries("初级", "2026 综合=99", "RY0001"),
        ),
        社会组织="""
            组织编号 | 组织名称 | 登记状态 | 负责人
            ZZ0001   | 甲协会   | 未登记   | RY0001
            ZZ0002   | 乙协会   | 未登记   | RY0001
            ZZ0003   | 丙协会   | 已注销   | RY0002
            ZZ0004   | 丁协会   | 未登记   | RY0005
        """,
    )  # fmt: skip
    assert shown(exam_figures(reg)) == {
        # A violation was sat and has no points; 合格 was passed and has none either: 60, 60, 88 make the mean.
        ("2026", "初级", ABILITY): [
            "报考科次 7科次",
            "实考科次 5科次",
            "缺考科次 1科次",
            "违纪科次 1科次",
            "通过科次 4科次",
            "平均分 69.3分",
            "参考率 83.3% 5/6",
            "科次通过率 80.0% 4/5",
        ],
        ("2026", "初级", PRACTICE): [
            "报考科次 7科次",
            "实考科次 4科次",
            "缺考科次 2科次",
            "违纪科次 0科次",
            "通过科次 3科次",
            "平均分 66.3分",
            "参考率 66.7% 4/6",
            "科次通过率 75.0% 3/4",
        ],
        ("2026", "初级"): [
            "报考人数 7人",
            "实考人数 5人",
            "缺考人数 1人",
            "合格人数 2人",
            "合格率 40.0% 2/5",
            "成绩未公布人数 1人",
            "负责人合格人数 1人",
        ],
    }


def test_figures_before_the_results_are_out_have_no_rates():
    reg = registry(报考=sheet_of(entries("高级", "2026 实务=", "RY0001"), entries("高级", "2026 实务=", "RY0002")))
    assert shown(exam_figures(reg)) == {
        ("2026", "高级", PRACTICE): [
            "报考科次 2科次",
            "实考科次 0科次",
            "缺考科次 0科次",
            "违纪科次 0科次",
            "通过科次 0科次",
            "平均分 —分",
            "参考率 — 0/0",
            "科次通过率 — 0/0",
        ],
        ("2026", "高级"): [
            "报考人数 2人",
            "实考人数 0人",
            "缺考人数 0人",
            "合格人数 0人",
            "合格率 — 0/0",
            "成绩未公布人数 2人",
            "负责人合格人数 0人",
        ],
    }


def test_figures_when_nobody_turned_up():
    reg = registry(
        报考=sheet_of(entries("高级", "2026 实务=-1", "RY0001"), entries("高级", "2026 实务=缺考", "RY0002"))
    )
    assert shown(exam_figures(reg)) == {
        ("2026", "高级", PRACTICE): [
            "报考科次 2科次",
            "实考科次 0科次",
            "缺考科次 2科次",
            "违纪科次 0科次",
            "通过科次 0科次",
            "平均分 —分",
            "参考率 0.0% 0/2",
            "科次通过率 — 0/0",
        ],
        ("2026", "高级"): [
            "报考人数 2人",
            "实考人数 0人",
            "缺考人数 2人",
            "合格人数 0人",
            "合格率 — 0/0",
            "成绩未公布人数 0人",
            "负责人合格人数 0人",
        ],
    }


def test_a_subject_nobody_entered_shows_zeros_and_years_and_levels_are_in_order():
    reg = registry(
        报考=sheet_of(
            entries("高级", "2026 实务"),
            entries("初级", "2026 实务"),
            entries("中级", "2024 综合"),
            entries("初级", "2025 实务"),
        )
    )
    found = shown(exam_figures(reg))
    assert list(found) == [
        ("2024", "中级", ABILITY),
        ("2024", "中级", POLICY),
        ("2024", "中级", PRACTICE),
        ("2024", "中级"),
        ("2025", "初级", ABILITY),
        ("2025", "初级", PRACTICE),
        ("2025", "初级"),
        ("2026", "初级", ABILITY),
        ("2026", "初级", PRACTICE),
        ("2026", "初级"),
        ("2026", "高级", PRACTICE),
        ("2026", "高级"),
    ]
    assert found["2024", "中级", POLICY] == [
        "报考科次 0科次", "实考科次 0科次", "缺考科次 0科次", "违纪科次 0科次", "通过科次 0科次", "平均分 —分", "参考率 — 0/0", "科次通过率 — 0/0",
    ]  # fmt: skip


def test_intermediate_counts_in_the_year_it_is_completed_only():
    """RY0001 completes it in 2026 with one paper, RY0002's first paper has lapsed by then, RY0003 had it all in 2025
    and enters again."""
    reg = registry(
        报考=sheet_of(
            entries("中级", "2025 综合 法规; 2026 实务", "RY0001"),
            entries("中级", "2024 综合; 2025 法规; 2026 实务", "RY0002"),
            entries("中级", "2025 综合 法规 实务; 2026 实务", "RY0003"),
        )
    )
    figures = exam_figures(reg)
    people = {f.dimensions["年度"]: f.value for f in figures if f.name == "合格人数" and len(f.dimensions) == 2}
    rates = {f.dimensions["年度"]: f.text() for f in figures if f.name == "合格率" and len(f.dimensions) == 2}
    assert people == {"2024": 0, "2025": 1, "2026": 1}
    assert rates == {"2024": "0.0%", "2025": "33.3%", "2026": "33.3%"}


def test_the_year_is_that_of_the_examination_not_of_today():
    """An examination announced for next year, or put off, stands under its own year."""
    reg = registry(
        datetime.date(2022, 3, 1), 报考=sheet_of(entries("高级", "2023 实务"), entries("高级", "2021 实务=50"))
    )
    assert [key for key in shown(exam_figures(reg)) if len(key) == 2] == [("2021", "高级"), ("2023", "高级")]


def test_no_entries_no_figures():
    assert exam_figures(registry()) == []
    assert exam_figures(registry(报考=sheet_of())) == []


def test_a_result_that_cannot_be_read_does_not_undo_the_entry():
    reg = registry(
        报考=sheet_of(entries("高级", "2026 实务=待查", "RY0001"), entries("高级", "2026 实务=80", "RY0002"))
    )
    found = shown(exam_figures(reg))
    assert found["2026", "高级", PRACTICE][:5] == [
        "报考科次 2科次",
        "实考科次 1科次",
        "缺考科次 0科次",
        "违纪科次 0科次",
        "通过科次 1科次",
    ]
    assert found["2026", "高级"][:4] == ["报考人数 2人", "实考人数 1人", "缺考人数 0人", "合格人数 1人"]


# properties -----------------------------------------------------------------------------------------------------------

MARKS = ["59", "60", "88", "-1", "-2", "-4", "缺考", "合格", "不合格", ""]
PAPERS = [(level, subject) for level, subjects in SUBJECTS.items() for subject in subjects]


@st.composite
def papers(draw):
    """Rows of 报考, no paper of a person twice, in no order."""
    people, years = st.sampled_from(["RY0001", "RY0002", "RY0003"]), st.sampled_from(["2024", "2025", "2026"])
    keys = draw(st.lists(st.tuples(years, st.sampled_from(PAPERS), people), unique=True, max_size=24))
    return [[year, level, person, subject, draw(st.sampled_from(MARKS))] for year, (level, subject), person in keys]


@given(papers(), st.randoms(use_true_random=False))
@settings(max_examples=examples(60), deadline=None)
def test_the_order_of_the_rows_changes_no_figure(rows, random):
    mixed = rows[:]
    random.shuffle(mixed)
    before, after = registry(报考=sheet_of(rows)), registry(报考=sheet_of(mixed))
    assert exam_figures(before) == exam_figures(after)
    assert sorted(q[:3] for q in qualifications(before)) == sorted(q[:3] for q in qualifications(after))


@given(papers())
@settings(max_examples=examples(100), deadline=None)
def test_every_figure_agrees_with_counting_the_rows_by_hand(rows):
    def marked(row, *words):
        return row[4] in words

    figures = exam_figures(registry(报考=sheet_of(rows)))
    value = {(f.name, *f.dimensions.values()): f for f in figures}
    for year, level in {(r[0], r[1]) for r in rows}:
        group = [r for r in rows if r[:2] == [year, level]]
        sat = {r[2] for r in group if not marked(r, "-1", "缺考", "")}
        assert value["报考人数", year, level].value == len({r[2] for r in group})
        assert value["实考人数", year, level].value == len(sat)
        earned = 0
        for person in {r[2] for r in group}:
            passed: dict[int, set[str]] = {}
            for r in rows:
                if r[1:3] == [level, person] and marked(r, "60", "88", "合格"):
                    passed.setdefault(int(r[0]), set()).add(r[3])
            earned += by_choosing_a_year_for_each_subject(passed, level) == int(year)
        assert value["合格人数", year, level].value == earned
        assert (value["合格率", year, level].numerator, value["合格率", year, level].denominator) == (earned, len(sat))
        for subject in SUBJECTS[level]:
            own = [r for r in group if r[3] == subject]
            counts = [
                len(own),
                sum(not marked(r, "-1", "缺考", "") for r in own),
                sum(marked(r, "60", "88", "合格") for r in own),
            ]
            assert [value[n, year, level, subject].value for n in ("报考科次", "实考科次", "通过科次")] == counts


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-10, 3000), st.floats(), st.text(max_size=8), st.dates(),
    st.sampled_from(["2026", "初级", "中级", "RY0001", "实务", "综合能力（初级）", "缺考"]),
)  # fmt: skip


@given(
    st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6),
    st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=4),
)
@settings(max_examples=examples(80), deadline=None)
def test_whatever_the_cells_hold_the_figures_are_worked_out(rows, marks):
    """A rate never exceeds 100%, and nobody passes who did not sit or sits who did not enter."""
    reg = registry(报考=sheet_of(rows), 合格标准=[["年度", "级别", "科目", "地区", "满分", "合格线"], *marks])
    for f in exam_figures(reg):
        assert not f.is_rate or f.numerator <= f.denominator
