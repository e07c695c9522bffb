"""Whom training reaches, by hand: enrolment, cost, growth, coverage, who stopped coming, townships below the mean,
the ledger."""

from __future__ import annotations

import datetime
from decimal import Decimal

from jinguo.common.figures import find
from jinguo.reports.figure_rows import training_details
from jinguo.training.coverage import below_mean, heads_absent, hours_ledger, never_reached, stopped
from jinguo.training.training_statistics import training_figures
from tests.helpers import registry

EVENTS = """
    活动编号 | 活动名称 | 类型     | 开始时间         | 学时 | 名额 | 经费(元)
    HD0001   | 一期     | 业务培训 | 2025-03-08 09:00 | 6    | 4    | 100
    HD0002   | 二期     | 业务培训 | 2025-11-10 14:00 | 3    |      |
    HD0003   | 三期     | 业务培训 | 2026-03-08 09:00 | 6    | 5    | 100
    HD0004   | 沙龙     | 主题沙龙 | 2026-04-10 14:00 | 2    | 10   |
    HD0005   | 辅导     | 考前辅导 | 2026-05-10 14:00 | 4    |      | 50
"""
ORGANISATIONS = """
    组织编号 | 组织名称 | 层级   | 级别     | 所属镇街 | 负责人 | 登记状态
    ZZ0001   | 甲协会   | 核心层 | 市级     | 阳明街道 | RY0001 | 已登记
    ZZ0002   | 乙社     | 大众层 | 村社区   | 泗门镇   | RY0002 | 已备案
    ZZ0003   | 丙社     | 大众层 | 村社区   | 泗门镇   | RY0003 | 已备案
    ZZ0004   | 丁社     | 大众层 | 村社区   | 泗门镇   |        | 已注销
"""
SIGNED = """
    活动编号 | 人员编号 | 报名 | 出勤
    HD0001   | RY0001   | 是   | 出席
    HD0001   | RY0002   | 是   | 出席
    HD0001   | RY0009   | 否   | 出席
    HD0002   | RY0001   | 是   | 出席
    HD0003   | RY0001   | 是   | 出席
    HD0003   | RY0004   | 是   | 缺席
    HD0003   | RY0005   | 否   | 出席
    HD0004   | RY0001   | 是   | 请假
    HD0004   | RY0004   | 是   | 缺席
    HD0005   | RY0001   | 是   | 出席
"""
_SHEETS = {
    "培训活动": EVENTS, "签到": SIGNED, "社会组织": ORGANISATIONS, "镇街": "镇街\n阳明街道\n泗门镇",
    "人员": "人员编号 | 姓名\n" + "\n".join(f"RY{n:04d} | 张三{n}" for n in range(1, 10)),
    "任职": "人员编号 | 组织编号 | 起始\nRY0005 | ZZ0002 | 2020.01",
}  # fmt: skip


def office(**sheets: str):
    return registry(datetime.date(2026, 10, 15), **(_SHEETS | sheets))


def values(figures, *names: str, **where: str) -> list[str]:
    return [find(figures, name, 年度="2026", **where).text() for name in names]


def test_enrolment_is_counted_against_the_places_of_events_people_enrolled_for():
    """Two of five and two of ten; the tutoring has no places and counts on neither side."""
    rate = find(training_figures(office()), "报名率", 年度="2026")
    assert (rate.numerator, rate.denominator, rate.text()) == (4, 15, "26.7%")


def test_the_cost_of_an_hour_of_one_person_leaves_out_events_without_a_cost():
    """150 yuan over 6 + 6 + 4 hours; the salon, whose cost nobody gave, has no hours here."""
    figures = training_figures(office())
    assert values(figures, "经费", "人均学时经费") == ["150", "9.38"]
    assert values(figures, "经费", "人均学时经费", 类型="主题沙龙") == ["—", "—"]


def test_the_current_year_is_compared_with_the_same_days_of_the_year_before():
    """Until 15 October there was one event in 2025; by the end of the year two. 2025 itself has nothing before it."""
    figures = training_figures(office())
    assert values(figures, "活动场次增长率", "参训人次增长率", "参训人数增长率", "学时增长率") == [
        "200.0%",
        "0.0%",
        "-33.3%",
        "-11.1%",
    ]
    assert find(figures, "活动场次增长率", 年度="2025").text() == "—"


def test_coverage_months_and_levels():
    figures = training_figures(office())
    assert values(figures, "组织数", "参训组织数", "组织覆盖率", "平均每组织人次") == ["3", "2", "66.7%", "1"]
    assert [values(figures, "活动场次", "参训人次", 月份=m) for m in ("3月", "4月", "5月")] == [
        ["1", "2"],
        ["1", "0"],
        ["1", "1"],
    ]
    assert [values(figures, "参训人次", 组织级别=level)[0] for level in ("市级", "乡镇街道", "村社区")] == [
        "2",
        "0",
        "1",
    ]


def test_who_was_never_reached_and_whose_head_stayed_away():
    reg = office()
    names = reg["organisations"]["name"]
    assert [names[i] for i in never_reached(reg, 2026)] == ["丙社"]
    assert [names[i] for i in heads_absent(reg, 2026)] == ["乙社"]


def test_who_stopped_coming():
    found = {s.person: (s.why, s.last_event) for s in stopped(office(), 2026)}
    assert found == {
        "RY0002": ("2025 年来过 1 场，2026 年没有来", "HD0001"),
        "RY0004": ("最近登记的 2 场都缺席", ""),
        "RY0009": ("2025 年来过 1 场，2026 年没有来", "HD0001"),
    }


def test_townships_below_the_mean():
    """3 person-times of 3 organisations: 1 each; 阳明街道 has 2 for one, 泗门镇 1 for two."""
    figures = training_figures(office())
    assert [(f.dimensions["镇街"], f.text(), f.numerator, f.denominator) for f in below_mean(figures, 2026)] == [
        ("泗门镇", "0.5", 1, 2)
    ]


def test_the_ledger_counts_each_hour_once():
    """Continuing education of a day she was at an event is that event."""
    reg = office(
        继续教育="人员编号 | 日期 | 内容 | 学时\nRY0001 | 2026-03-08 | 一期 | 6\nRY0001 | 2026-06-01 | 网络课程 | 8.5\nRY0001 | 2026-12-01 | 以后的 | 8"
    )
    assert [(e.year, e.training, e.education, e.entries) for e in hours_ledger(reg) if e.person == "RY0001"] == [
        (2025, Decimal(9), Decimal(0), 2), (2026, Decimal(10), Decimal("8.5"), 3),
    ]  # fmt: skip


# what a registry in use looks like ------------------------------------------------------------------------------------


def test_an_organisation_without_a_township_or_tier_counts_for_no_other_and_no_other_year():
    """An empty cell once took the place of the last township, and of the year before."""
    organisations = ORGANISATIONS.replace(
        "ZZ0003   | 丙社     | 大众层 | 村社区   | 泗门镇  ", "ZZ0003   | 丙社     |        |          |         "
    )
    sheets = {
        "社会组织": organisations,
        "签到": "活动编号 | 人员编号 | 出勤\nHD0001 | RY0002 | 出席\nHD0003 | RY0002 | 出席\nHD0003 | RY0003 | 出席\nHD0004 | RY0002 | 出席",
    }
    figures = training_figures(office(**sheets))
    assert [find(figures, "参训人次", 年度=year, 镇街="泗门镇").value for year in ("2025", "2026")] == [1, 2]
    assert [find(figures, "参训人次", 年度=year, 层级="大众层").value for year in ("2025", "2026")] == [1, 2]
    (detail,) = [d for d in training_details(office(**sheets)) if d.name == "明细·镇街"]
    assert sorted(row[0] for row in detail.rows) == ["未填", "泗门镇", "泗门镇", "泗门镇"]
    # The rows by township add up to the whole.
    whole = sum(f.value for f in figures if f.name == "参训人次" and list(f.dimensions) == ["年度"])
    assert sum(f.value for f in figures if f.name == "参训人次" and "镇街" in f.dimensions) == whole


def test_people_of_organisations_nobody_registered_have_no_township():
    figures = training_figures(office(社会组织="组织编号 | 组织名称"))
    assert {f.dimensions["镇街"] for f in figures if "镇街" in f.dimensions and f.value} <= {"未填", "没有任职"}


def test_two_organisations_of_one_name_are_two():
    organisations = ORGANISATIONS.replace("丙社  ", "甲协会")
    reg = office(社会组织=organisations)
    assert [reg["organisations"]["number"][i] for i in never_reached(reg, 2026)] == ["ZZ0003"]
    figures = training_figures(reg)
    assert values(figures, "组织数") == ["3"]
    assert [values(figures, "参训人次", 组织=name)[0] for name in ("甲协会（ZZ0001）", "甲协会（ZZ0003）")] == [
        "2",
        "0",
    ]


def test_a_head_of_two_organisations_counts_for_each_in_the_mean_of_the_city_and_of_the_township():
    organisations = ORGANISATIONS.replace(
        "ZZ0003   | 丙社     | 大众层 | 村社区   | 泗门镇   | RY0003",
        "ZZ0003   | 丙社     | 大众层 | 村社区   | 阳明街道 | RY0001",
    )
    figures = training_figures(office(社会组织=organisations))
    assert (values(figures, "平均每组织人次"), values(figures, "平均每组织人次", 镇街="阳明街道")) == (["1.7"], ["2"])


def test_in_january_nobody_has_stayed_away_yet():
    reg = registry(datetime.date(2027, 1, 2), **_SHEETS)
    assert (never_reached(reg, 2027), stopped(reg, 2027)) == ([], [])
