"""Rules about the duty rota; today is Thursday, 2026-10-15."""

import datetime

import pytest

from jinguo.checks import check
from jinguo.duty.roster import month_roster
from jinguo.registry.workdays import is_workday, spring_festival
from tests.helpers import findings, places, registry

_ORGANISATIONS = """
    组织编号 | 组织名称 | 登记状态
    ZZ0001   | 旗袍协会 | 已登记
    ZZ0002   | 旧协会   | 已注销
"""


@pytest.mark.parametrize("end", ["", "至今", "2026-10-15", "2026-12-31"])
def test_dut_001_bad(end):
    units = f"""
        组织编号 | 结束
        ZZ0001   |
        ZZ0002   | {end}
    """
    (found,) = [f for f in check(registry(社会组织=_ORGANISATIONS, 值班单位=units)) if f.code == "DUT-001"]
    assert (found.sheet, found.cell, found.message.split("。")[0]) == (
        "值班单位",
        "A3",
        "旧协会已注销，还排在值班单位里",
    )


def test_dut_001_good():
    units = """
        组织编号 | 结束
        ZZ0001   |
        ZZ0002   | 2026-10-14
        ZZ0009   |
    """
    assert findings("DUT-001", 社会组织=_ORGANISATIONS, 值班单位=units) == []
    assert findings("DUT-001", 值班单位=units) == []


@pytest.mark.parametrize(("today", "cells"), [("2026-06-30", ["A2"]), ("2026-07-01", [])])
def test_dut_001_looks_from_the_day_it_is_told(today, cells):
    units = """
        组织编号 | 结束
        ZZ0002   | 2026-06-30
    """
    found = findings("DUT-001", datetime.date.fromisoformat(today), 社会组织=_ORGANISATIONS, 值班单位=units)
    assert found == [("值班单位", cell) for cell in cells]


def test_dut_002_bad():
    units = """
        组织编号 | 起始       | 结束
        ZZ0001   | 2026-01-01 | 2025-12-31
    """
    absences = """
        组织编号 | 起         | 止
        ZZ0001   | 2026-11-09 | 2026-11-08
    """
    found = [
        f for f in check(registry(社会组织=_ORGANISATIONS, 值班单位=units, 不可值班=absences)) if f.code == "DUT-002"
    ]
    assert [(f.sheet, f.cell, f.message.split("。")[0]) for f in found] == [
        ("不可值班", "C2", "旗袍协会 2026-11-09 起、2026-11-08 止，先后颠倒"),
        ("值班单位", "C2", "旗袍协会 2026-01-01 起、2025-12-31 止，先后颠倒"),
    ]


def test_dut_002_good():
    units = """
        组织编号 | 起始       | 结束
        ZZ0001   | 2026-01-01 | 2026-01-01
        ZZ0001   | 2026-01-01 | 至今
        ZZ0001   | 2026-01    | 2025-12-31
    """
    absences = """
        组织编号 | 起         | 止
        ZZ0001   | 2026-11-09 | 2026-11-09
        ZZ0001   | 2026-11-09 | 11-08
    """
    assert findings("DUT-002", 值班单位=units, 不可值班=absences) == []


_UNITS = """
    组织编号 | 起始       | 结束       | 可值星期
    ZZ0001   | 2026-01-01 |            |
    ZZ0002   | 2026-03-01 | 2026-06-30 |
    ZZ0003   | 2026-01-01 |            |
"""
_SWAP = """
    日期  | 原组织    | 替班组织
    {day} | {one}     | {other}
"""


@pytest.mark.parametrize(
    ("day", "one", "other", "cells"),
    [
        ("2026-10-20", "ZZ0001", "ZZ0009", ["C2"]),
        ("2026-10-20", "ZZ0009", "ZZ0001", ["B2"]),
        ("2026-10-20", "ZZ0009", "ZZ0008", ["B2", "C2"]),
        ("2026-07-01", "ZZ0001", "ZZ0002", ["C2"]),
        ("2026-02-28", "ZZ0002", "ZZ0001", ["B2"]),
        ("2025-12-31", "ZZ0001", "ZZ0003", ["B2", "C2"]),
    ],
)
def test_dut_003_bad(day, one, other, cells):
    swaps = _SWAP.format(day=day, one=one, other=other)
    assert findings("DUT-003", 值班单位=_UNITS, 换班=swaps) == [("换班", cell) for cell in cells]


@pytest.mark.parametrize(
    ("day", "one", "other"),
    [
        ("2026-10-20", "ZZ0001", "ZZ0003"),
        ("2026-03-01", "ZZ0001", "ZZ0002"),
        ("2026-06-30", "ZZ0002", "ZZ0001"),
        ("2026-01-01", "ZZ0001", "ZZ0003"),
        ("10月20日", "ZZ0009", "ZZ0008"),
        ("2026-10-20", "ZZ0001", ""),
    ],
)
def test_dut_003_good(day, one, other):
    assert findings("DUT-003", 值班单位=_UNITS, 换班=_SWAP.format(day=day, one=one, other=other)) == []


@pytest.mark.parametrize(
    ("day", "cells"), [("2026-11-06", []), ("2026-11-09", ["C2"]), ("2026-11-13", ["C2"]), ("2026-11-16", [])]
)
def test_dut_003_of_a_substitute_who_is_away(day, cells):
    absences = """
        组织编号 | 起         | 止
        ZZ0003   | 2026-11-09 | 2026-11-13
    """
    swaps = _SWAP.format(day=day, one="ZZ0001", other="ZZ0003")
    found = [f for f in check(registry(值班单位=_UNITS, 不可值班=absences, 换班=swaps)) if f.code == "DUT-003"]
    assert [f.cell for f in found] == cells
    assert all(f.message.startswith(f"ZZ0003在 {day} 已登记不可值班。") for f in found)


def test_dut_003_lets_the_one_who_is_away_swap():
    absences = """
        组织编号 | 起         | 止
        ZZ0001   | 2026-11-09 | 2026-11-13
    """
    swaps = _SWAP.format(day="2026-11-10", one="ZZ0001", other="ZZ0003")
    assert findings("DUT-003", 值班单位=_UNITS, 不可值班=absences, 换班=swaps) == []


def test_dut_003_is_silent_where_the_units_are_not_kept():
    assert findings("DUT-003", 换班=_SWAP.format(day="2026-10-20", one="ZZ0001", other="ZZ0002")) == []


def test_dut_003_leaves_a_span_the_wrong_way_round_to_dut_002():
    units = """
        组织编号 | 起始       | 结束
        ZZ0001   | 2026-01-01 | 2025-12-31
        ZZ0003   | 2026-01-01 |
    """
    swaps = _SWAP.format(day="2026-10-20", one="ZZ0001", other="ZZ0003")
    assert places(check(registry(值班单位=units, 换班=swaps)), "DUT") == [("DUT-002", "值班单位", "C2")]


@pytest.mark.parametrize(
    ("day", "cell"),
    [("2026-10-21", "B2"), ("2026-10-19", "C2")],
    ids=["周三 is not the day of ZZ0001", "周一 is not a day of ZZ0003"],
)
def test_dut_003_of_a_day_that_is_not_its_own(day, cell):
    units = """
        组织编号 | 起始       | 可值星期
        ZZ0001   | 2026-01-01 | 周一
        ZZ0003   | 2026-01-01 | 周二、周三、周四、周五
    """
    assert findings("DUT-003", 值班单位=units, 换班=_SWAP.format(day=day, one="ZZ0001", other="ZZ0003")) == [
        ("换班", cell)
    ]


def test_dut_004_bad():
    units = """
        组织编号 | 起始       | 结束       | 可值星期
        ZZ0001   | 2026-01-01 |            | 周一、星期二
        ZZ0002   | 2026-01-01 |            | 周四
        ZZ0003   | 2026-01-01 | 2026-10-14 | 周三
        ZZ0004   | 2026-10-16 |            |
    """
    found = [f for f in check(registry(值班单位=units)) if f.code == "DUT-004"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("D2", "周三没有一家值班单位可值"),
        ("D2", "周五没有一家值班单位可值"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "ZZ0001 | 2026-01-01 |            | 周一、周二、周三、周四、周五",
        "ZZ0001 | 2026-01-01 |            | 周一、周二 \n ZZ0002 | 2026-01-01 | | 周三，周四，周五",
        "ZZ0001 | 2026-01-01 |            | 周一 \n ZZ0002 | 2026-01-01 | |",
        "ZZ0001 | 2026-01-01 |            | 周一 \n ZZ0002 | 2026-10-15 | 2026-10-15 |",
        "ZZ0001 | 2026-01-01 |            | 周一 \n ZZ0002 | 2026-01-01 | | 工作日",
        "ZZ0001 | 2026-01-01 | 2026-10-14 | 周一",
        "ZZ0001 | 2026-10-16 |            | 周一",
        "",
    ],
)
def test_dut_004_good(rows):
    units = f"""
        组织编号 | 起始 | 结束 | 可值星期
        {rows}
    """
    assert findings("DUT-004", 值班单位=units) == []


def test_dut_004_asks_nobody_for_the_weekend():
    units = """
        组织编号 | 起始       | 可值星期
        ZZ0001   | 2026-01-01 | 一、二、三、四、五
        ZZ0002   | 2026-01-01 | 周末
    """
    assert findings("DUT-004", 值班单位=units.replace("周末", "周六、周日")) == []


# the calendar --------------------------------------------------------------------------------------------------------------

_TWO_UNITS = "组织编号 | 起始\nZZ0001 | 2026-01-01\nZZ0002 | 2026-01-01"
DECEMBER, JANUARY = datetime.date(2026, 12, 20), datetime.date(2027, 1, 20)


def test_dut_013_bad():
    assert findings("DUT-013", today=DECEMBER, 值班单位=_TWO_UNITS) == [("值班单位", "A2")]


def test_dut_013_good():
    assert findings("DUT-013", 值班单位=_TWO_UNITS) == []
    assert findings("DUT-013", today=DECEMBER, 值班单位=_TWO_UNITS, 节假日="日期 | 类别\n2027-01-01 | 放假") == []


def test_the_spring_festival_is_off_before_the_year_is_published():
    """除夕 of 2027 is the fifth of February (a Friday), 初三 the eighth (a Monday)."""
    book = registry(JANUARY, 值班单位=_TWO_UNITS)
    assert spring_festival(2027) == [datetime.date(2027, 2, day) for day in (5, 6, 7, 8)]
    assert [is_workday(book.settings, datetime.date(2027, 2, day)) for day in (4, 5, 8, 9)] == [
        True,
        False,
        False,
        True,
    ]
    days = [s.day.day for s in month_roster(book, 2027, 2).shifts]
    assert 5 not in days and 8 not in days and {4, 9} <= set(days)


def test_the_office_s_own_calendar_comes_first():
    book = registry(JANUARY, 节假日="日期 | 类别\n2027-02-08 | 上班")
    assert is_workday(book.settings, datetime.date(2027, 2, 8))


def test_a_provisional_roster_is_said_to_be_one_in_the_group():
    from jinguo.documents.duty_notice import roster_due

    (due,) = roster_due(
        registry(DECEMBER, 值班单位=_TWO_UNITS, 社会组织="组织编号 | 组织名称\nZZ0001 | 甲\nZZ0002 | 乙")
    )
    assert "暂定" in due.message and "暂定" in due.why
