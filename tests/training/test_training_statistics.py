"""Training figures by hand: who counts how often, for which group, in which year, with which hours."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.figures import find, make_table
from jinguo.training.attendance import attendance_frame
from jinguo.training.training_statistics import training_figures
from tests.helpers import examples, places, registry

#: A core and two general organisations, in two townships.
ORGANISATIONS = """
    组织编号 | 组织名称 | 层级   | 所属镇街
    ZZ0001   | 甲协会   | 核心层 | 阳明街道
    ZZ0002   | 乙社     | 大众层 | 泗门镇
    ZZ0003   | 丙社     | 大众层 | 阳明街道
"""
EVENTS = """
    活动编号 | 类型     | 开始时间         | 学时
    HD0001   | 业务培训 | 2026-03-08 09:00 | 6
    HD0002   | 主题沙龙 | 2026-04-10 14:00 | 2.5
"""


def row(figures, **dimensions: str) -> str:
    """The five figures of a group: 场次 人次 人数 学时 出勤率(分子/分母); absent where the group has none."""
    if not any(f.dimensions == dimensions for f in figures):
        return "absent"
    events, times, people, hours, rate = (
        find(figures, n, **dimensions) for n in ("活动场次", "参训人次", "参训人数", "学时", "出勤率")
    )
    return f"{events.text()} {times.text()} {people.text()} {hours.text()} {rate.text()}({rate.numerator}/{rate.denominator})"


def figures_of(*attendance: str, today: datetime.date = datetime.date(2026, 10, 15), **sheets):
    """The figures of these rows of 签到 (活动 人员 出勤 学时), with the two events above unless others are given."""
    signed = [["活动编号", "人员编号", "出勤", "学时"]] + [
        (line.split() + ["出席", ""][len(line.split()) - 2 :])[:4] for line in attendance
    ]
    return training_figures(registry(today, 签到=signed, **({"培训活动": EVENTS} | sheets)))


# people and person-times ----------------------------------------------------------------------------------------------


def test_person_times_people_hours_and_rates_of_a_year_and_its_types():
    figures = figures_of(
        "HD0001 RY0001", "HD0001 RY0002", "HD0001 RY0003 请假", "HD0001 RY0004 缺席",
        "HD0002 RY0001", "HD0002 RY0003", "HD0002 RY0005",
    )  # fmt: skip
    assert row(figures, 年度="2026") == "2 5 4 19.5 71.4%(5/7)"
    assert row(figures, 年度="2026", 类型="业务培训") == "1 2 2 12 50.0%(2/4)"
    assert row(figures, 年度="2026", 类型="主题沙龙") == "1 3 3 7.5 100.0%(3/3)"
    assert row(figures, 年度="2026", 类型="项目大赛") == "absent"


def test_the_same_name_is_two_people():
    people = """
        人员编号 | 姓名
        RY0001   | 王小红
        RY0002   | 王小红
    """
    assert row(figures_of("HD0001 RY0001", "HD0001 RY0002", 人员=people), 年度="2026") == "2 2 2 12 100.0%(2/2)"


def test_a_doubled_row_counts_once_and_the_first_of_them_counts():
    figures = figures_of(
        "HD0001 RY0001",
        "HD0001 RY0001 缺席",
        "HD0001 RY0002 请假",
        "HD0001 RY0002 出席",
        "HD0002 RY0001",
        "HD0002 RY0001",
    )
    assert row(figures, 年度="2026") == "2 2 1 8.5 66.7%(2/3)"


def test_leave_and_absence_are_in_the_denominator_only_and_earn_no_hours():
    assert row(figures_of("HD0001 RY0001 请假 6", "HD0001 RY0002 缺席 3"), 年度="2026") == "2 0 0 0 0.0%(0/2)"


@pytest.mark.parametrize(
    "present, listed, shown",
    [
        (1, 3, "33.3%(1/3)"),
        (2, 3, "66.7%(2/3)"),
        (1, 16, "6.3%(1/16)"),
        (5, 16, "31.3%(5/16)"),
        (13, 16, "81.3%(13/16)"),
        (0, 4, "0.0%(0/4)"),
        (4, 4, "100.0%(4/4)"),
    ],
)
def test_the_attendance_rate_goes_half_up(present, listed, shown):
    figures = figures_of(*(f"HD0001 RY{n:04d} {'出席' if n < present else '缺席'}" for n in range(listed)))
    assert find(figures, "出勤率", 年度="2026").text() == shown.partition("(")[0]
    assert row(figures, 年度="2026").endswith(shown)


def test_an_event_of_which_nobody_signed_the_sheet_counts_as_held_and_has_no_rate():
    figures = figures_of("HD0001 RY0001")
    assert row(figures, 年度="2026") == "2 1 1 6 100.0%(1/1)"
    assert row(figures, 年度="2026", 类型="主题沙龙") == "1 0 0 0 —(0/0)"


@pytest.mark.parametrize("attendance", [[], ["HD0009 RY0001"]], ids=["empty 签到", "none of an event held"])
def test_events_held_before_any_attendance_is_entered(attendance):
    """January: the first training is over, its attendance sheet not typed in yet. Unread is not nought."""
    figures = figures_of(*attendance, 社会组织=ORGANISATIONS)
    if attendance:
        assert row(figures, 年度="2026") == "2 0 0 0 —(0/0)"
    else:
        assert {f.name for f in figures} == {"活动场次", "经费"}
        assert find(figures, "活动场次", 年度="2026").value == 2


def test_events_held_and_no_sheet_of_attendance():
    figures = training_figures(registry(培训活动=EVENTS))
    assert {f.name for f in figures} == {"活动场次", "经费"}
    assert find(figures, "活动场次", 年度="2026").value == 2


def test_nothing_held_no_figures():
    assert training_figures(registry()) == []
    assert training_figures(registry(社会组织=ORGANISATIONS, 任职="人员编号|组织编号\nRY0001|ZZ0001")) == []


# hours ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows, hours",
    [
        (["HD0001 RY0001"], "6"),
        (["HD0001 RY0001 出席 3"], "3"),
        (["HD0001 RY0001 出席 0"], "0"),
        (["HD0001 RY0001 出席 0.5"], "0.5"),
        (["HD0002 RY0001"], "2.5"),
        (["HD0002 RY0001", "HD0002 RY0002"], "5"),
        (["HD0001 RY0001 出席 2.5", "HD0002 RY0001"], "5"),
        (["HD0001 RY0001", "HD0001 RY0002 出席 1.5", "HD0002 RY0001", "HD0002 RY0002 请假"], "10"),
        (["HD0001 RY0001 出席 0.25", "HD0001 RY0002 出席 0.5"], "0.75"),
        (["HD0001 RY0001 出席 3小时"], "3"),
    ],
)
def test_the_hours_of_the_person_else_those_of_the_event(rows, hours):
    assert find(figures_of(*rows), "学时", 年度="2026").text() == hours


@pytest.mark.parametrize(
    "each, total",
    [(["1.1", "2.2"], "3.3"), (["0.1", "0.2"], "0.3"), (["0.7", "0.1"], "0.8"), (["1.4", "1.4", "1.4"], "4.2")],
)
def test_tenths_of_hours_are_added_exactly(each, total):
    figures = figures_of(*(f"HD0001 RY{n:04d} 出席 {hours}" for n, hours in enumerate(each, 1)))
    assert find(figures, "学时", 年度="2026").value == Decimal(total)


def test_an_event_whose_hours_cannot_be_read_gives_none():
    events = "活动编号|学时\nHD0001|半天"
    reg = registry(培训活动=events, 签到="活动编号|人员编号\nHD0001|RY0001\nHD0001|RY0002")
    assert places(reg.findings, "CELL") == [("CELL-007", "培训活动", "B2")]
    assert row(training_figures(reg), 年度="2026") == "1 2 2 0 100.0%(2/2)"


# when -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "today, shown",
    [
        ("2026-03-07", "absent"),
        ("2026-03-08", "1 2 2 12 66.7%(2/3)"),
        ("2026-04-09", "1 2 2 12 66.7%(2/3)"),
        ("2026-04-10", "2 3 2 14.5 75.0%(3/4)"),
    ],
)
def test_events_after_today_and_their_attendance_are_left_out(today, shown):
    """An event of today counts, whatever the hour."""
    rows = ["HD0001 RY0001", "HD0001 RY0002", "HD0001 RY0003 缺席", "HD0002 RY0001"]
    assert row(figures_of(*rows, today=datetime.date.fromisoformat(today)), 年度="2026") == shown


def test_each_year_by_itself_the_oldest_first():
    events = """
        活动编号 | 类型     | 开始时间         | 学时
        HD0001   | 业务培训 | 2026-01-01 00:30 | 1
        HD0002   | 主题沙龙 | 2025-12-31 23:30 | 2
        HD0003   | 主题沙龙 | 2024-06-01 09:00 | 4
    """
    figures = figures_of("HD0001 RY0001", "HD0002 RY0001", "HD0002 RY0002", "HD0003 RY0001 缺席", 培训活动=events)
    assert list(dict.fromkeys(f.dimensions["年度"] for f in figures)) == ["2024", "2025", "2026"]
    assert row(figures, 年度="2024") == "1 0 0 0 0.0%(0/1)"
    assert row(figures, 年度="2025") == "1 2 2 4 100.0%(2/2)"
    assert row(figures, 年度="2026") == "1 1 1 1 100.0%(1/1)"
    assert row(figures, 年度="2026", 类型="主题沙龙") == "absent"


def test_rows_that_name_no_known_person_event_or_presence_count_nowhere():
    reg = registry(
        人员="人员编号\nRY0001\nRY0002",
        培训活动=EVENTS + "    HD0003   | 业务培训 | 下周           | 6",
        签到="""
            活动编号 | 人员编号 | 出勤
            HD0001   | RY0001   | 出席
            HD0001   | RY0009   | 出席
            HD0009   | RY0001   | 出席
            HD0001   | RY0002   | 来了
            HD0003   | RY0002   | 出席
            HD0002   | RY0002   | √
        """,
    )
    assert places(reg.findings, "CELL") == [
        ("CELL-005", "培训活动", "C4"),
        ("CELL-003", "签到", "B3"),
        ("CELL-003", "签到", "A4"),
        ("CELL-004", "签到", "C5"),
    ]
    assert row(training_figures(reg), 年度="2026") == "2 2 2 8.5 100.0%(2/2)"


# organisations, tiers, townships --------------------------------------------------------------------------------------


def posted(posts: str, *attendance: str, **sheets):
    """The figures with these rows of 任职 (人员 组织 起始 结束)."""
    rows = [["人员编号", "组织编号", "起始", "结束"]] + [line.split() for line in posts.split(";")]
    return figures_of(*attendance, 任职=rows, **({"社会组织": ORGANISATIONS} | sheets))


def test_a_person_in_two_organisations_counts_once_for_each_and_once_in_all():
    figures = posted("RY0001 ZZ0001 2022.05; RY0001 ZZ0002 2022.05", "HD0001 RY0001", "HD0002 RY0001")
    assert row(figures, 年度="2026") == "2 2 1 8.5 100.0%(2/2)"
    assert row(figures, 年度="2026", 组织="甲协会") == "2 2 1 8.5 100.0%(2/2)"
    assert row(figures, 年度="2026", 组织="乙社") == "2 2 1 8.5 100.0%(2/2)"
    assert row(figures, 年度="2026", 层级="核心层") == "2 2 1 8.5 100.0%(2/2)"
    assert row(figures, 年度="2026", 层级="大众层") == "2 2 1 8.5 100.0%(2/2)"
    assert row(figures, 年度="2026", 镇街="阳明街道") == "2 2 1 8.5 100.0%(2/2)"


def test_a_person_in_two_organisations_of_one_tier_or_township_counts_there_once():
    figures = posted(
        "RY0001 ZZ0002 2022.05; RY0001 ZZ0003 2022.05; RY0001 ZZ0001 2022.05", "HD0001 RY0001", "HD0001 RY0002"
    )
    assert row(figures, 年度="2026", 层级="大众层") == "1 1 1 6 100.0%(1/1)"
    assert row(figures, 年度="2026", 镇街="阳明街道") == "1 1 1 6 100.0%(1/1)"
    assert row(figures, 年度="2026", 镇街="泗门镇") == "1 1 1 6 100.0%(1/1)"
    assert row(figures, 年度="2026") == "2 2 2 12 100.0%(2/2)"


def test_two_posts_in_one_organisation_count_once():
    figures = posted("RY0001 ZZ0001 2022.05; RY0001 ZZ0001 2024.01; RY0001 ZZ0001 2022.05", "HD0001 RY0001")
    assert row(figures, 年度="2026", 组织="甲协会") == "1 1 1 6 100.0%(1/1)"


@pytest.mark.parametrize(
    "span, counted",
    [
        ("2022.05", True),
        ("2022.05 2026.02", False),
        ("2022.05 2026.03", True),
        ("2022.05 2026.04", True),
        ("2026.03", True),
        ("2026.04", False),
        ("2026.03 2026.03", True),
        ("2022.05 至今", True),
        ("2020.01 2022.04", False),
    ],
)
def test_only_a_post_held_in_the_month_of_the_event_counts(span, counted):
    figures = posted(f"RY0001 ZZ0001 {span}", "HD0001 RY0001")
    assert row(figures, 年度="2026", 组织="甲协会") == ("1 1 1 6 100.0%(1/1)" if counted else "0 0 0 0 —(0/0)")
    assert row(figures, 年度="2026") == "2 1 1 6 100.0%(1/1)"


def test_a_person_who_moved_counts_for_each_organisation_in_its_time():
    figures = posted("RY0001 ZZ0001 2022.05 2026.03; RY0001 ZZ0002 2026.04", "HD0001 RY0001", "HD0002 RY0001 缺席")
    assert row(figures, 年度="2026", 组织="甲协会") == "1 1 1 6 100.0%(1/1)"
    assert row(figures, 年度="2026", 组织="乙社") == "0 0 0 0 0.0%(0/1)"
    assert row(figures, 年度="2026", 层级="大众层") == "0 0 0 0 0.0%(0/1)"


def test_a_head_without_a_row_of_posts_belongs_to_her_organisation():
    organisations = """
        组织编号 | 组织名称 | 层级   | 所属镇街 | 负责人
        ZZ0001   | 甲协会   | 核心层 | 阳明街道 | RY0001
        ZZ0002   | 乙社     | 大众层 | 泗门镇   | RY0002
    """
    figures = posted("RY0001 ZZ0002 2022.05", "HD0001 RY0001", "HD0001 RY0002", 社会组织=organisations)
    assert row(figures, 年度="2026", 组织="甲协会") == "1 1 1 6 100.0%(1/1)"
    assert row(figures, 年度="2026", 组织="乙社") == "1 2 2 12 100.0%(2/2)"


def test_a_head_whose_row_of_posts_has_ended_still_belongs_to_the_organisation_she_heads():
    """Re-elected, and the new term not entered: 推荐 counts her as its head (current_organisations), so must 统计."""
    organisations = "组织编号|组织名称|负责人\nZZ0001|甲协会|RY0001"
    figures = posted("RY0001 ZZ0001 2021.01 2025.12", "HD0001 RY0001", 社会组织=organisations)
    assert row(figures, 年度="2026", 组织="甲协会") == "1 1 1 6 100.0%(1/1)"


def test_a_group_counts_the_events_at_which_one_of_its_people_was_present():
    figures = posted(
        "RY0001 ZZ0001 2022.05; RY0002 ZZ0001 2022.05",
        "HD0001 RY0001",
        "HD0001 RY0002",
        "HD0002 RY0001 请假",
        "HD0002 RY0003",
    )
    assert row(figures, 年度="2026", 组织="甲协会") == "1 2 2 12 66.7%(2/3)"


def test_organisations_tiers_and_townships_nobody_came_from_show_zeros():
    figures = posted("RY0001 ZZ0001 2022.05", "HD0001 RY0001", 镇街="镇街|类别\n阳明街道|街道\n泗门镇|镇\n大岚镇|镇")
    assert row(figures, 年度="2026", 组织="丙社") == "0 0 0 0 —(0/0)"
    assert row(figures, 年度="2026", 层级="紧密层") == "0 0 0 0 —(0/0)"
    assert row(figures, 年度="2026", 镇街="大岚镇") == "0 0 0 0 —(0/0)"
    shown = {
        d: [values[1] for values, _ in make_table("", figures, ["年度", d]).rows] for d in ("层级", "镇街", "组织")
    }
    assert shown == {
        "层级": ["核心层", "紧密层", "大众层"],
        "镇街": ["阳明街道", "泗门镇", "大岚镇"],
        "组织": ["甲协会", "乙社", "丙社"],
    }


def test_without_a_list_of_townships_those_of_the_organisations_show_in_an_order_that_stays():
    townships = ["黄家埠镇", "大岚镇", "马渚镇", "三七市镇", "大岚镇", "丈亭镇"]
    organisations = [["组织编号", "所属镇街"], *([f"ZZ{n:04d}", name] for n, name in enumerate(townships, 1))]
    figures = posted("RY0001 ZZ0001 2022.05", "HD0001 RY0001", 社会组织=organisations)
    shown = [values[1] for values, _ in make_table("", figures, ["年度", "镇街"]).rows]
    assert shown == ["丈亭镇", "三七市镇", "大岚镇", "马渚镇", "黄家埠镇"]


def test_a_dissolved_organisation_has_no_row():
    organisations = """
        组织编号 | 组织名称 | 登记状态
        ZZ0001   | 甲协会   | 未登记
        ZZ0002   | 乙社     | 已注销
        ZZ0003   | 丙社     | 未登记
    """
    figures = posted("RY0001 ZZ0001 2022.05", "HD0001 RY0001", 社会组织=organisations)
    assert row(figures, 年度="2026", 组织="甲协会") == "1 1 1 6 100.0%(1/1)"
    assert row(figures, 年度="2026", 组织="丙社") == "0 0 0 0 —(0/0)"
    assert row(figures, 年度="2026", 组织="乙社") == "absent"


def test_who_counts_for_a_tier_counts_for_an_organisation_of_it():
    """RY0001's one organisation was dissolved after the training: both tables must count her, or neither."""
    organisations = "组织编号|组织名称|登记状态|层级\nZZ0001|甲协会|已注销|大众层\nZZ0002|乙社|未登记|大众层"
    figures = posted("RY0001 ZZ0001 2022.05 2026.06", "HD0001 RY0001", 社会组织=organisations)
    by_organisation = sum(f.value for f in figures if f.name == "参训人次" and "组织" in f.dimensions)
    assert find(figures, "参训人次", 年度="2026", 层级="大众层").value == by_organisation


def test_attendance_without_an_organisation_counts_in_the_whole_and_in_a_row_of_its_own_by_township():
    figures = posted("RY0001 ZZ0009 2022.05; RY0002 ZZ0001 2022.05", "HD0001 RY0001", "HD0001 RY0003")
    assert row(figures, 年度="2026") == "2 2 2 12 100.0%(2/2)"
    assert {
        f.value
        for f in figures
        if f.name == "参训人次"
        and set(f.dimensions) & {"层级", "组织级别", "镇街", "组织"}
        and f.dimensions.get("镇街") not in ("没有任职", "未填")
    } == {0}
    assert row(figures, 年度="2026", 镇街="没有任职") == "1 2 2 12 100.0%(2/2)"


def test_names_serve_as_well_as_numbers():
    figures = figures_of(
        "HD0001 王小红", "HD0001 RY0002",
        人员="人员编号|姓名\nRY0001|王小红\nRY0002|李梅", 社会组织=ORGANISATIONS, 任职="人员编号|组织编号|起始\n王小红|甲协会|2022.05\n李梅|ZZ0001|2022.05",
    )  # fmt: skip
    assert row(figures, 年度="2026", 组织="甲协会") == "1 2 2 12 100.0%(2/2)"


def test_every_figure_has_the_dimensions_of_its_group_and_stands_there_once():
    figures = posted("RY0001 ZZ0001 2022.05", "HD0001 RY0001")
    keys = [(f.name, *f.dimensions.items()) for f in figures]
    assert len(keys) == len(set(keys))
    assert {tuple(f.dimensions) for f in figures} == {
        ("年度",), *(("年度", label) for label in ("类型", "月份", "层级", "组织级别", "镇街", "组织"))
    }  # fmt: skip


def test_the_attendance_frame_keeps_the_rows_of_excel():
    signed = """
        活动编号 | 人员编号 | 出勤 | 学时
        HD0001   | RY0001   | 出席 |
        HD0001   | RY0001   | 出席 |
        HD0002   | RY0002   | 请假 | 2
        HD0002   | RY0003   | 出席 | 1.5
    """
    frame = attendance_frame(registry(培训活动=EVENTS, 签到=signed))
    assert list(frame.columns) == ["event", "person", "year", "month", "type", "present", "enrolled", "hundredths"]
    assert [(i, *values) for i, values in zip(frame.index, frame.itertuples(index=False), strict=True)] == [
        (2, "HD0001", "RY0001", 2026, 3, "业务培训", True, False, 600),
        (4, "HD0002", "RY0002", 2026, 4, "主题沙龙", False, False, 0),
        (5, "HD0002", "RY0003", 2026, 4, "主题沙龙", True, False, 150),
    ]


# properties -----------------------------------------------------------------------------------------------------------

NAMES = {
    "ZZ0001": ("甲协会", "核心层", "阳明街道"),
    "ZZ0002": ("乙社", "大众层", "泗门镇"),
    "ZZ0003": ("丙社", "大众层", "阳明街道"),
}
DAYS = {"HD0001": (2026, 3), "HD0002": (2026, 4)}
PERSONS = st.sampled_from(["RY0001", "RY0002", "RY0003", "RY0004"])
SPANS = st.sampled_from([("2022.05", ""), ("2022.05", "2026.03"), ("2026.04", ""), ("2022.05", "2025.01")])


@st.composite
def sheets(draw):
    """Rows of 签到 (nobody twice at an event, half hours) and of 任职."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(sorted(DAYS)), PERSONS), unique=True, min_size=1, max_size=8))
    attendance = [
        [e, p, draw(st.sampled_from(["出席", "出席", "请假", "缺席"])), draw(st.sampled_from(["", "0.5", "2", "1.5"]))]
        for e, p in pairs
    ]
    posts = draw(st.lists(st.tuples(PERSONS, st.sampled_from(sorted(NAMES)), SPANS), max_size=6))
    return attendance, [[person, organisation, *span] for person, organisation, span in posts]


def reckoned(attendance, posts):
    head = ["活动编号", "人员编号", "出勤", "学时"]
    reg = registry(
        签到=[head, *attendance],
        任职=[["人员编号", "组织编号", "起始", "结束"], *posts],
        社会组织=ORGANISATIONS,
        培训活动=EVENTS,
    )
    return training_figures(reg)


@given(sheets(), st.randoms(use_true_random=False))
@settings(max_examples=examples(25), deadline=None)
def test_the_order_of_the_rows_changes_no_figure(drawn, random):
    attendance, posts = drawn
    shuffled = [random.sample(rows, len(rows)) for rows in drawn]
    assert reckoned(attendance, posts) == reckoned(*shuffled)


@given(sheets())
@settings(max_examples=examples(100), deadline=None)
def test_every_group_agrees_with_counting_the_rows_by_hand(drawn):
    attendance, posts = drawn
    figures = reckoned(attendance, posts)

    def belongs(person: str, event: str, place: int, wanted: str) -> bool:
        month = "{}.{:02d}".format(*DAYS[event])
        return any(
            p == person and NAMES[o][place] == wanted and start <= month <= (end or "9999")
            for p, o, start, end in posts
        )

    groups = [
        (d, place, name)
        for place, d in enumerate(["组织", "层级", "镇街"])
        for name in dict.fromkeys(n[place] for n in NAMES.values())
    ]
    for dimension, place, name in groups:
        own = [r for r in attendance if belongs(r[1], r[0], place, name)]
        came = [r for r in own if r[2] == "出席"]
        hours = sum(Decimal(r[3] or {"HD0001": "6", "HD0002": "2.5"}[r[0]]) for r in came)
        where = {"年度": "2026", dimension: name}
        values = [find(figures, n, **where).value for n in ("活动场次", "参训人次", "参训人数", "学时")]
        assert values == [len({r[0] for r in came}), len(came), len({r[1] for r in came}), hours]
        rate = find(figures, "出勤率", **where)
        assert (rate.numerator, rate.denominator) == (len(came), len(own))
