"""Who may enter which level, by hand: education, major, years to the closing date, certificates; and when she will
qualify."""

from __future__ import annotations

import datetime

import pytest

from jinguo.exams.entry import CONDITIONS, closing_day, conditions, entry_eligibility
from tests.helpers import ROOT, registry

PEOPLE = "人员编号 | 学历 | 社会工作专业 | 从事社会工作起始年月"


def judged(person: str, year: int = 2026, **sheets: str) -> dict[str, tuple[str, int | None]]:
    """(verdict, first year) by level of one person drawn as 学历 专业 起始."""
    reg = registry(人员=f"{PEOPLE}\nRY0001 | {' | '.join(person.split(','))}", **sheets)
    return {e.level: (e.verdict, e.first_year) for e in entry_eligibility(reg, year)}


@pytest.mark.parametrize(
    ("person", "junior", "middle"),
    [
        ("高中,否,2022.12", ("可以报考", 2026), ("还不能报考", None)),
        ("高中,否,2023.02", ("还不能报考", 2027), ("还不能报考", None)),
        ("中专,否,2022.06", ("可以报考", 2026), ("还不能报考", None)),
        ("大专,是,2024.12", ("可以报考", 2026), ("还不能报考", 2028)),
        ("大专,是,2025.02", ("还不能报考", 2027), ("还不能报考", 2029)),
        ("大专,否,2022.06", ("可以报考", 2026), ("还不能报考", 2028)),
        ("大专,否,2024.06", ("还不能报考", 2028), ("还不能报考", 2030)),
        ("本科,是,2026.07", ("可以报考", 2026), ("还不能报考", 2029)),
        ("本科,否,2024.12", ("可以报考", 2026), ("还不能报考", 2029)),
        ("本科,否,2025.03", ("还不能报考", 2027), ("还不能报考", 2030)),
        ("本科,否,2021.06", ("可以报考", 2026), ("可以报考", 2026)),
        ("硕士研究生,是,2025.08", ("可以报考", 2026), ("可以报考", 2026)),
        ("硕士研究生,否,2025.03", ("还不能报考", 2027), ("还不能报考", 2028)),
        ("博士研究生,是,2026.09", ("可以报考", 2026), ("可以报考", 2026)),
        ("初中,否,2000.01", ("还不能报考", None), ("还不能报考", None)),
    ],
)
def test_by_education_major_and_years(person, junior, middle):
    found = judged(person)
    assert (found["初级"], found["中级"]) == (junior, middle)


@pytest.mark.parametrize(
    ("person", "level", "says"),
    [
        (",否,2020.01", "初级", "没有填学历"),
        ("本科,否,", "初级", "没有填从事社会工作起始年月"),
        ("本科,,2025.06", "初级", "没有填社会工作专业"),
        ("大专,,", "中级", "没有填从事社会工作起始年月、社会工作专业"),
        ("本科,,", "初级", "没有填从事社会工作起始年月、社会工作专业"),
        ("博士研究生,,", "中级", "没有填从事社会工作起始年月、社会工作专业"),
    ],
)
def test_what_is_missing_is_named_and_never_counts_as_met(person, level, says):
    reg = registry(人员=f"{PEOPLE}\nRY0001 | {' | '.join(person.split(','))}")
    found = next(e for e in entry_eligibility(reg, 2026) if e.level == level)
    assert (found.verdict, found.why) == ("缺材料", says)


def test_of_an_unknown_major_the_longer_time_that_is_full_is_enough():
    assert judged("本科,,2020.01")["初级"] == ("可以报考", 2026)


def test_certificates_open_the_next_level_and_close_their_own():
    sheets = {"证书": "人员编号 | 级别 | 取得日期\nRY0001 | 初级 | 2020-09-20"}
    assert judged("高中,否,2015.01", **sheets) == {  # type: ignore[arg-type]
        "初级": ("已经合格", None),
        "中级": ("可以报考", 2026),
        "高级": ("还不能报考", None),
    }
    assert judged("高中,否,2015.01", 2025, **sheets)["中级"] == ("还不能报考", 2026)
    higher = {"证书": "人员编号 | 级别 | 取得日期\nRY0001 | 中级 | 2022-09-20"}
    assert judged("本科,否,2010.01", **higher) == {  # type: ignore[arg-type]
        "初级": ("已经合格", None),
        "中级": ("已经合格", None),
        "高级": ("还不能报考", 2027),
    }
    assert judged("本科,否,2010.01", 2027, **higher)["高级"] == ("可以报考", 2027)
    # 大专 is not enough for 高级, whatever the certificate.
    assert judged("大专,否,2010.01", 2027, **higher)["高级"] == ("还不能报考", None)


def test_who_has_passed_need_not_enter_again():
    rows = "年度 | 级别 | 人员编号 | 科目 | 成绩\n2025 | 初级 | RY0001 | 综合 | 60\n2025 | 初级 | RY0001 | 实务 | 60"
    assert judged("本科,否,2015.01", 报考=rows)["初级"] == ("已经合格", None)


@pytest.mark.parametrize(
    ("closing", "junior"), [("12-31", "可以报考"), ("03-31", "还不能报考"), ("6月30日", "可以报考")]
)
def test_the_closing_date_is_a_parameter(closing, junior):
    found = judged("本科,否,2024.06", 参数=f"参数 | 值\n报考年限截止 | {closing}")
    assert found["初级"][0] == junior


def test_a_closing_date_that_is_none_is_the_end_of_the_year():
    assert closing_day(registry(参数="参数 | 值\n报考年限截止 | 年底"), 2026) == datetime.date(2026, 12, 31)


def test_the_office_s_own_conditions_replace_those_of_the_program():
    own = "级别 | 学历 | 社会工作专业 | 从业年数 | 须有证书 | 取证后年数 | 依据\n初级 | 初中 | | 1 | | | 本地试点"
    assert judged("初中,否,2025.01", 报考条件=own)["初级"] == ("可以报考", 2026)
    assert judged("高中,否,2015.01", 报考条件=own)["中级"] == ("还不能报考", None)


def test_the_demo_s_sheet_holds_the_conditions_of_the_program():
    from jinguo.intake.loading import load_registry

    assert conditions(load_registry(ROOT / "workbooks")) == list(CONDITIONS)
