"""Corners of the exams and hours in which the law, the definitions or real data said otherwise."""

import datetime

import pytest

from jinguo.common.figures import find
from jinguo.exams.companion import companion_figures
from jinguo.exams.entry import closing_day, entry_eligibility
from jinguo.exams.holders import hours_done
from jinguo.exams.progress import progress
from jinguo.training.training_statistics import training_figures
from tests.helpers import findings, registry

DAY = datetime.date


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", DAY(2026, 12, 31)), ("5-31", DAY(2026, 5, 31)), ("05-31", DAY(2026, 5, 31)), ("5/31", DAY(2026, 5, 31)), ("5.31", DAY(2026, 5, 31)),
        ("5月31日", DAY(2026, 5, 31)), (datetime.datetime(2025, 5, 31), DAY(2026, 5, 31)), (5.31, DAY(2026, 5, 31)), ("2-29", DAY(2026, 2, 28)),
        (46173.0, DAY(2026, 5, 31)),
    ],
)  # fmt: skip
def test_the_day_to_which_years_are_counted(typed, day):
    """A typed 5-31 becomes a date in a cell of Excel, and must not mean the end of the year in silence."""
    assert closing_day(registry(参数=[["参数", "值"], ["报考年限截止", typed]]), 2026) == day


@pytest.mark.parametrize("name", ["报考年限截止", "考试日期", "最多届数", "登记机关区划代码", "生僻字笔画"])
def test_a_parameter_that_cannot_be_read_is_told_at_its_cell(name):
    assert findings("CELL-021", 参数=f"参数 | 值\n{name} | 看情况") == [("参数", "B2")]


@pytest.mark.parametrize(
    ("since", "verdict"), [("2010.01", "可以报考"), ("2021.12", "可以报考"), ("2022.02", "还不能报考")]
)
def test_years_after_a_certificate_count_from_when_she_began_social_work(since, verdict):
    """高级 asks for five years after 中级: to the end of 2026 who began in 2021.12 has them, who began in 2022.02 has not."""
    found = entry_eligibility(
        registry(
            人员=f"人员编号 | 学历 | 社会工作专业 | 从事社会工作起始年月\nRY0001 | 本科 | 是 | {since}",
            证书="人员编号 | 级别 | 取得日期\nRY0001 | 中级 | 2015-09-20",
        ),
        2026,
    )
    assert [e.verdict for e in found if e.level == "高级"] == [verdict]


def test_what_the_next_exam_asks():
    """A single pass of 初级 lapses; of 中级 passed in 2025 nothing counts in 2027 where 2026 was failed."""
    rows = (
        "年度 | 级别 | 人员编号 | 科目 | 成绩\n2026 | 初级 | RY0001 | 综合 | 60\n2026 | 初级 | RY0001 | 实务 | 50\n"
        + "\n".join(
            f"{year} | 中级 | RY0002 | {subject} | {mark}"
            for year, subject, mark in ((2025, "综合", 60), (2025, "法规", 60), (2026, "实务", 40))
        )
    )
    reg = registry(报考=rows)
    assert len(progress(reg, "RY0001", "初级", 2027).missing) == 2
    assert len(progress(reg, "RY0002", "中级", 2027).missing) == 3
    assert progress(reg, "RY0002", "中级", 2026).missing == ["社会工作实务"]


_SEVERAL_DAYS = {
    "培训活动": "活动编号 | 开始时间 | 结束时间 | 学时\nHD0001 | 2026-03-08 09:00 | 2026-03-10 16:00 | 18",
    "签到": "活动编号 | 人员编号\nHD0001 | RY0001",
    "证书": "人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\nRY0001 | 初级 | 2023-09-20 | 2023-11-15 | 2026-11-14",
    "继续教育": "人员编号 | 日期 | 内容 | 学时\nRY0001 | 2026-03-09 | 同一次培训 | 6\nRY0001 | 2026-03-11 | 另一次 | 4",
}


def test_every_day_of_an_event_of_several_days_is_that_event():
    assert hours_done(registry(**_SEVERAL_DAYS), "RY0001", DAY(2023, 11, 15), DAY(2026, 11, 14)) == 22
    assert findings("TRN-013", **_SEVERAL_DAYS) == [("继续教育", "B2")]  # type: ignore[arg-type]


def test_tutoring_after_the_exam_did_not_help_with_it():
    sheets = {
        "培训活动": "活动编号 | 类型 | 开始时间\nHD0001 | 考前辅导 | 2026-05-08 09:00\nHD0002 | 考前辅导 | 2026-07-08 09:00",
        "签到": "活动编号 | 人员编号\nHD0001 | RY0001\nHD0002 | RY0002",
        "报考": "年度 | 级别 | 人员编号 | 科目 | 成绩\n"
        + "\n".join(f"2026 | 初级 | RY000{n} | {s} | 60" for n in (1, 2) for s in ("综合", "实务")),
    }
    where = {"年度": "2026", "级别": "初级", "考前辅导": "1 场"}
    after = companion_figures(registry(参数="参数 | 值\n考试日期 | 2026=2026-06-14", **sheets))
    assert find(after, "辅导后实考人数", **where).value == 1
    assert find(companion_figures(registry(**sheets)), "辅导后实考人数", **where).value == 2


def test_people_enrolled_are_counted_once():
    sheets = {"培训活动": "活动编号 | 名额\nHD0001 | 2"}
    rows = ["HD0001 | RY0001 | 是", "HD0001 | RY0002 | 是"]
    signed = "活动编号 | 人员编号 | 报名 | 出勤\n"
    assert findings("TRN-010", 签到=signed + "\n".join(f"{r} | 缺席" for r in [*rows, rows[0]]), **sheets) == []  # type: ignore[arg-type]
    third = [*rows, "HD0001 | RY0003 | 是"]
    assert findings("TRN-010", 签到=signed + "\n".join(f"{r} | 缺席" for r in third), **sheets) == [("培训活动", "B2")]  # type: ignore[arg-type]


def test_who_enters_a_level_again_is_told_once_a_year():
    rows = "年度 | 级别 | 人员编号 | 科目 | 成绩\n" + "\n".join(
        f"{year} | 初级 | RY0001 | {s} | 60" for year in (2024, 2025) for s in ("综合", "实务")
    )
    assert findings("EXM-010", 报考=rows) == [("报考", "B4")]


def test_organisations_of_a_past_year_are_those_that_were_there():
    """Founded in 2026, it was not to be reached in 2025; dissolved in 2026 by 变动, it was in 2025."""
    sheets = {
        "社会组织": """
            组织编号 | 组织名称 | 登记状态 | 成立日期   | 负责人
            ZZ0001   | 甲协会   | 已登记   | 2015-05-20 | RY0001
            ZZ0002   | 乙社     | 未登记   | 2026-03-01 |
            ZZ0003   | 丙社     | 已注销   | 2010-03-01 |
        """,
        "变动": "组织编号 | 日期 | 事项 | 原值 | 新值\nZZ0003 | 2026-06-01 | 登记状态 | 已登记 | 已注销",
        "人员": "人员编号 | 姓名\nRY0001 | 甲",
        "培训活动": "活动编号 | 开始时间\nHD0001 | 2025-03-08 09:00\nHD0002 | 2026-03-08 09:00",
        "签到": "活动编号 | 人员编号\nHD0001 | RY0001\nHD0002 | RY0001",
    }
    figures = training_figures(registry(**sheets))
    rates = {year: find(figures, "组织覆盖率", 年度=year) for year in ("2025", "2026")}
    assert {year: (r.numerator, r.denominator) for year, r in rates.items()} == {"2025": (1, 2), "2026": (1, 2)}


def test_who_came_counts_for_the_tier_her_organisation_had_then():
    sheets = {
        "社会组织": "组织编号 | 组织名称 | 层级 | 负责人\nZZ0001 | 甲协会 | 核心层 | RY0001",
        "变动": "组织编号 | 日期 | 事项 | 原值 | 新值\nZZ0001 | 2026-01-10 | 层级 | 紧密层 | 核心层",
        "人员": "人员编号 | 姓名\nRY0001 | 甲",
        "培训活动": "活动编号 | 开始时间\nHD0001 | 2025-03-08 09:00\nHD0002 | 2026-03-08 09:00",
        "签到": "活动编号 | 人员编号\nHD0001 | RY0001\nHD0002 | RY0001",
    }
    figures = training_figures(registry(**sheets))
    assert [find(figures, "参训人次", 年度="2025", 层级=tier).value for tier in ("核心层", "紧密层")] == [0, 1]
    assert [find(figures, "参训人次", 年度="2026", 层级=tier).value for tier in ("核心层", "紧密层")] == [1, 0]
