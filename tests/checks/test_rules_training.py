"""Rules about training events and attendance; today is 2026-10-15."""

import datetime

import pytest

from jinguo.checks import check
from tests.helpers import findings, places, registry

_PEOPLE = """
    人员编号 | 姓名
    RY0001   | 王小红
    RY0002   | 张三
"""
_EVENT = """
    活动编号 | 活动名称 | 开始时间         | 结束时间         | 学时 | 名额
    HD0001   | 沙龙     | 2026-03-08 09:00 | 2026-03-08 16:30 | 6    | 2
"""


def test_trn_001_bad():
    attendance = """
        活动编号 | 人员编号 | 姓名
        HD0001   | RY0001   | 张三
        HD0001   | RY0002   | 张山
    """
    found = [f for f in check(registry(人员=_PEOPLE, 签到=attendance)) if f.code == "TRN-001"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("C2", "编号 RY0001 是王小红，姓名却填张三"),
        ("C3", "编号 RY0002 是张三，姓名却填张山"),
    ]


def test_trn_001_good():
    attendance = """
        活动编号 | 人员编号 | 姓名
        HD0001   | RY0001   | 王小红
        HD0001   | RY0002   | 张　三
        HD0001   | RY0001   |
        HD0001   | RY0009   | 李雪梅
        HD0001   | 王小红   | 王小红
    """
    assert findings("TRN-001", 人员=_PEOPLE, 签到=attendance) == []


def test_trn_001_is_silent_where_the_people_are_not_kept():
    attendance = """
        活动编号 | 人员编号 | 姓名
        HD0001   | RY0001   | 张三
    """
    assert findings("TRN-001", 签到=attendance) == []


def test_trn_002_bad():
    attendance = """
        活动编号 | 人员编号 | 出勤
        HD0001   | RY0001   | 出席
        HD0001   | RY0002   | 出席
        HD0001   | 王小红   | 请假
        hd0001   | RY0001   | 出席
    """
    found = [f for f in check(registry(人员=_PEOPLE, 培训活动=_EVENT, 签到=attendance)) if f.code == "TRN-002"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("B4", "王小红在 HD0001 的签到与第 2 行重复"),
        ("B5", "王小红在 HD0001 的签到与第 2 行重复"),
    ]


def test_trn_002_good():
    attendance = """
        活动编号 | 人员编号 | 出勤
        HD0001   | RY0001   | 出席
        HD0002   | RY0001   | 出席
        HD0001   | RY0002   | 出席
        HD0001   |          | 出席
        HD0001   |          | 出席
    """
    assert findings("TRN-002", 签到=attendance) == []


_SIGNED = """
    活动编号 | 人员编号 | 签到时间
    HD0001   | RY0001   | {signed}
"""


@pytest.mark.parametrize("signed", ["2026-03-07 23:59", "2026-03-09 00:01", "2025-03-08 08:50"])
def test_trn_003_bad(signed):
    assert findings("TRN-003", 培训活动=_EVENT, 签到=_SIGNED.format(signed=signed)) == [("签到", "C2")]


@pytest.mark.parametrize(
    "signed", ["2026-03-08 08:40", "2026-03-08 23:59", "2026-03-08", "", "8:40", "2026年3月8日 下午2点"]
)
def test_trn_003_good(signed):
    assert findings("TRN-003", 培训活动=_EVENT, 签到=_SIGNED.format(signed=signed)) == []


@pytest.mark.parametrize(
    ("signed", "cells"), [("2026-03-09 08:50", []), ("2026-03-10 08:50", []), ("2026-03-11 08:50", ["C2"])]
)
def test_trn_003_counts_every_day_of_a_long_event(signed, cells):
    events = """
        活动编号 | 开始时间         | 结束时间
        HD0001   | 2026-03-08 09:00 | 2026-03-10 16:30
    """
    assert findings("TRN-003", 培训活动=events, 签到=_SIGNED.format(signed=signed)) == [
        ("签到", cell) for cell in cells
    ]


def test_trn_003_leaves_an_end_before_the_start_to_its_own_rule():
    events = """
        活动编号 | 开始时间         | 结束时间
        HD0001   | 2026-03-08 09:00 | 2026-03-07 16:30
    """
    found = places(check(registry(培训活动=events, 签到=_SIGNED.format(signed="2026-03-08 08:50"))), "TRN")
    assert found == [("TRN-006", "培训活动", "C2")]


def test_trn_003_and_004_are_silent_where_the_events_are_not_kept():
    attendance = """
        活动编号 | 人员编号 | 签到时间         | 学时
        HD0001   | RY0001   | 2000-01-01 08:50 | 499
    """
    assert places(check(registry(签到=attendance)), "TRN") == []


def test_trn_004_bad():
    attendance = """
        活动编号 | 人员编号 | 学时
        HD0001   | RY0001   | 6.5
        HD0001   | RY0002   | 60
    """
    assert findings("TRN-004", 培训活动=_EVENT, 签到=attendance) == [("签到", "C2"), ("签到", "C3")]


def test_trn_004_shows_numbers_as_a_clerk_writes_them():
    events = [["活动编号", "开始时间", "学时"], ["HD0001", "2026-03-08 09:00", 6.0]]
    attendance = [["活动编号", "人员编号", "学时"], ["HD0001", "RY0001", 60.0], ["HD0001", "RY0002", 6.5]]
    found = [f for f in check(registry(培训活动=events, 签到=attendance)) if f.code == "TRN-004"]
    assert [f.message.split("。")[0] for f in found] == [
        "个人学时 60 多于 HD0001 的 6 学时",
        "个人学时 6.5 多于 HD0001 的 6 学时",
    ]


def test_trn_004_good():
    attendance = """
        活动编号 | 人员编号 | 学时
        HD0001   | RY0001   | 6
        HD0001   | RY0002   | 0.5小时
        HD0001   | RY0003   |
        HD0001   | RY0004   | 半天
        HD0009   | RY0004   | 8
    """
    assert findings("TRN-004", 培训活动=_EVENT, 签到=attendance) == []


def test_trn_005_bad():
    attendance = """
        活动编号 | 人员编号 | 出勤
        HD0001   | RY0001   | 出席
        HD0001   | RY0002   | 到
        HD0001   | RY0003   | √
    """
    (found,) = [f for f in check(registry(培训活动=_EVENT, 签到=attendance)) if f.code == "TRN-005"]
    assert (found.sheet, found.cell, found.message.split("。")[0]) == ("培训活动", "F2", "“沙龙”名额 2 人，出席 3 人")


def test_trn_005_good():
    attendance = """
        活动编号 | 人员编号 | 出勤
        HD0001   | RY0001   | 出席
        HD0001   | RY0002   | 出席
        HD0001   | RY0003   | 请假
        HD0001   | RY0004   | 缺席
        HD0001   | RY0005   | 来过
    """
    assert findings("TRN-005", 培训活动=_EVENT, 签到=attendance) == []
    assert findings("TRN-005", 培训活动=_EVENT.replace("| 2\n", "|\n"), 签到=attendance.replace("请假", "出席")) == []


def test_trn_005_counts_a_person_once():
    attendance = """
        活动编号 | 人员编号 | 出勤
        HD0001   | RY0001   | 出席
        HD0001   | RY0002   | 出席
        HD0001   | RY0002   | 出席
    """
    found = places(check(registry(培训活动=_EVENT, 签到=attendance)), "TRN")
    assert found == [("TRN-002", "签到", "B4")]


def test_trn_006_bad():
    events = """
        活动编号 | 开始时间         | 结束时间         | 报名截止
        HD0001   | 2026-03-08 09:00 | 2026-03-08 08:59 |
        HD0002   | 2026-03-08 09:00 | 2025-03-08 16:30 | 2026-03-09
    """
    found = [f for f in check(registry(培训活动=events)) if f.code == "TRN-006"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("C2", "“活动1”的结束时间 2026-03-08 08:59 早于开始时间 2026-03-08 09:00"),
        ("C3", "“活动2”的结束时间 2025-03-08 16:30 早于开始时间 2026-03-08 09:00"),
        ("D3", "“活动2”的报名截止 2026-03-09 晚于开始时间 2026-03-08"),
    ]


def test_trn_006_good():
    events = """
        活动编号 | 开始时间         | 结束时间         | 报名截止
        HD0001   | 2026-03-08 09:00 | 2026-03-08 09:00 | 2026-03-08
        HD0002   | 2026-03-08 09:00 | 2026-03-09 08:00 |
        HD0003   | 2026-03-08 09:00 |                  | 2026-03-01
        HD0004   | 3月8日           | 2020-01-01 09:00 | 2026-03-01
        HD0005   | 2026-03-08 09:00 | 下午             | 开课前
    """
    assert findings("TRN-006", 培训活动=events) == []


@pytest.mark.parametrize("end", ["2026-03-08", "2026年3月8日", datetime.date(2026, 3, 8)])
def test_trn_006_takes_an_end_without_a_time_as_that_day(end):
    events = [["活动编号", "开始时间", "结束时间"], ["HD0001", "2026-03-08 09:00", end]]
    assert findings("TRN-006", 培训活动=events) == []


def test_trn_007_bad():
    attendance = """
        活动编号 | 人员编号 | 出勤 | 学时
        HD0001   | RY0001   | 请假 | 6
        HD0001   | RY0002   | 缺勤 | 0.5
    """
    found = [f for f in check(registry(人员=_PEOPLE, 签到=attendance)) if f.code == "TRN-007"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("D2", "王小红请假，却有 6 学时"),
        ("D3", "张三缺席，却有 0.5 学时"),
    ]


def test_trn_007_good():
    attendance = """
        活动编号 | 人员编号 | 出勤   | 学时
        HD0001   | RY0001   | 请假   | 0
        HD0001   | RY0002   | 缺席   |
        HD0001   | RY0003   | 出席   | 6
        HD0001   | RY0004   | 半天假 | 3
        HD0001   | RY0005   | 请假   | 三
    """
    assert findings("TRN-007", 签到=attendance) == []


_HELD = """
    活动编号 | 活动名称 | 开始时间
    HD0001   | 沙龙     | {start}
"""
_NOBODY = """
    活动编号 | 人员编号 | 出勤
"""


@pytest.mark.parametrize("start", ["2026-10-14 19:00", "2025-12-18 14:00"])
def test_trn_008_bad(start):
    assert findings("TRN-008", 培训活动=_HELD.format(start=start), 签到=_NOBODY) == [("培训活动", "A2")]


@pytest.mark.parametrize("start", ["2026-10-15 00:01", "2026-10-22 09:00", "去年冬天"])
def test_trn_008_good(start):
    assert findings("TRN-008", 培训活动=_HELD.format(start=start), 签到=_NOBODY) == []


def test_trn_008_is_content_with_one_row_even_of_an_absence():
    attendance = _NOBODY + "HD0001 | RY0001 | 缺席"
    assert findings("TRN-008", 培训活动=_HELD.format(start="2026-10-14 19:00"), 签到=attendance) == []


def test_trn_008_is_silent_where_attendance_is_not_kept():
    assert findings("TRN-008", 培训活动=_HELD.format(start="2025-12-18 14:00")) == []


def test_trn_008_looks_from_the_day_it_is_told():
    event = _HELD.format(start="2026-10-22 09:00")
    assert findings("TRN-008", datetime.date(2026, 10, 22), 培训活动=event, 签到=_NOBODY) == []
    assert findings("TRN-008", datetime.date(2026, 10, 23), 培训活动=event, 签到=_NOBODY) == [("培训活动", "A2")]
