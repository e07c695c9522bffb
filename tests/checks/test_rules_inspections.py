"""Rules about the annual inspection; today is 2026-10-15."""

import datetime

import pytest

from jinguo.checks import check
from jinguo.organisations.inspections import expected_years
from tests.helpers import findings, places, registry

_REGISTERED = """
    组织编号 | 组织名称 | 登记状态 | 登记日期
    ZZ0001   | 旗袍协会 | 已登记   | {registered}
"""


def test_ins_001_bad():
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 2024 | 合格
        ZZ0001   | 2025 | 合格
        ZZ0001   | 2024 | 基本合格
        ZZ0001   | 2024 | 没来
    """
    found = [f for f in check(registry(年检=inspections)) if f.code == "INS-001"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("B4", "ZZ0001 2024 年度与第 2 行重复"),
        ("B5", "ZZ0001 2024 年度与第 2 行重复"),
    ]


def test_ins_001_good():
    inspections = """
        组织编号 | 年度  | 结论
        ZZ0001   | 2024  | 合格
        ZZ0001   | 2025  | 合格
        ZZ0002   | 2024  | 合格
        ZZ0002   | 24    | 合格
        ZZ0002   | 24    | 合格
        /        | 2024  | 合格
        /        | 2024  | 合格
    """
    assert findings("INS-001", 年检=inspections) == []


@pytest.mark.parametrize(
    ("results", "cells"),
    [
        ("2024 不合格 2025 未参检", ["C3"]),
        ("2025 未参检 2024 不合格", ["C2"]),
        ("2023 不合格 2024 未参检 2025 合格", []),
        ("2023 不合格 2024 未参检 2025 不合格", ["C4"]),
        ("2020 不合格 2021 不合格 2022 合格 2023 不合格 2024 不合格", ["C6"]),
    ],
)
def test_ins_002_bad(results, cells):
    """The last row of a run that still goes on is named, however the rows are sorted."""
    words = results.split()
    rows = [["组织编号", "年度", "结论"]] + [
        ["ZZ0001", year, result] for year, result in zip(words[::2], words[1::2], strict=True)
    ]
    assert findings("INS-002", 年检=rows) == [("年检", cell) for cell in cells]


@pytest.mark.parametrize(
    "results",
    [
        "2024 不合格 2025 合格",
        "2025 未参检",
        "2024 不合格 2025 基本合格",
        "2023 不合格 2025 不合格",
        "2023 不合格 2024 免检 2025 不合格",
        "2023 不合格 2024 年报 2025 不合格",
        "2023 不合格 2024 差 2025 不合格",
    ],
)
def test_ins_002_good(results):
    words = results.split()
    rows = [["组织编号", "年度", "结论"]] + [
        ["ZZ0001", year, result] for year, result in zip(words[::2], words[1::2], strict=True)
    ]
    assert findings("INS-002", 年检=rows) == []


def test_ins_002_keeps_organisations_apart():
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 2024 | 不合格
        ZZ0002   | 2025 | 不合格
    """
    assert findings("INS-002", 年检=inspections) == []


@pytest.mark.parametrize(("years", "cells"), [("1", ["C5"]), ("2", ["C5"]), ("3", ["C5"]), ("4", [])])
def test_ins_002_by_the_parameter(years, cells):
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 2020 | 不合格
        ZZ0001   | 2023 | 不合格
        ZZ0001   | 2024 | 未参检
        ZZ0001   | 2025 | 不合格
    """
    parameters = f"""
        参数         | 值
        年检不合格年数 | {years}
    """
    assert findings("INS-002", 年检=inspections, 参数=parameters) == [("年检", cell) for cell in cells]


def test_ins_002_says_how_long_the_run_is():
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 2023 | 不合格
        ZZ0001   | 2024 | 未参检
        ZZ0001   | 2025 | 不合格
    """
    (found,) = [f for f in check(registry(年检=inspections)) if f.code == "INS-002"]
    assert found.message.startswith("ZZ0001到 2025 年度已连续 3 年未参检或不合格。")


def test_ins_002_is_silent_about_the_dissolved():
    organisations = """
        组织编号 | 登记状态
        ZZ0001   | 已注销
    """
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 2024 | 不合格
        ZZ0001   | 2025 | 未参检
    """
    assert findings("INS-002", 社会组织=organisations, 年检=inspections) == []


def test_ins_003_bad():
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 2014 | 合格
        旗袍协会 | 2013 | 合格
    """
    organisations = _REGISTERED.format(registered="2015-06-18")
    found = [f for f in check(registry(社会组织=organisations, 年检=inspections)) if f.code == "INS-003"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("B2", "旗袍协会 2015-06-18 才登记，却有 2014、2013 年度的年检"),
    ]


@pytest.mark.parametrize("registered", ["2015-06-18", "2015-12-31", "", "2016-02-30"])
def test_ins_003_good(registered):
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 2015 | 合格
    """
    organisations = _REGISTERED.format(registered=registered)
    assert findings("INS-003", 社会组织=organisations, 年检=inspections) == []


def test_ins_003_is_silent_where_the_organisations_are_not_kept():
    inspections = """
        组织编号 | 年度 | 结论
        ZZ0001   | 1991 | 合格
    """
    assert findings("INS-003", 年检=inspections) == []


@pytest.mark.parametrize(
    ("registered", "today", "first", "last"),
    [
        ("2020-06-30", "2026-10-15", 2020, 2025),
        ("2020-07-01", "2026-10-15", 2021, 2025),
        ("2020-06-30", "2026-05-31", 2020, 2024),
        ("2020-06-30", "2026-06-01", 2020, 2025),
        ("2025-06-30", "2026-06-01", 2025, 2025),
    ],
)
def test_expected_years(registered, today, first, last):
    years = expected_years(datetime.date.fromisoformat(registered), datetime.date.fromisoformat(today))
    assert (years[0], years[-1]) == (first, last)


@pytest.mark.parametrize(
    ("registered", "today"), [("2025-07-01", "2026-10-15"), ("2025-06-30", "2026-05-31"), ("2026-01-05", "2026-10-15")]
)
def test_expected_years_of_the_newly_registered(registered, today):
    assert list(expected_years(datetime.date.fromisoformat(registered), datetime.date.fromisoformat(today))) == []


_TO_2024 = """
    组织编号 | 年度 | 结论
    ZZ0001   | 2024 | 合格
"""
_TO_2025 = """
    组织编号 | 年度 | 结论
    ZZ0001   | 2025 | {result}
"""


@pytest.mark.parametrize("registered", ["2015-06-18", "2025-06-30"])
def test_ins_004_bad(registered):
    organisations = _REGISTERED.format(registered=registered)
    (found,) = [f for f in check(registry(社会组织=organisations, 年检=_TO_2024)) if f.code == "INS-004"]
    assert (found.sheet, found.cell, found.message.split("。")[0]) == (
        "社会组织",
        "C2",
        "旗袍协会没有 2025 年度的年检结论",
    )


@pytest.mark.parametrize("result", ["合格", "未参检", "年报", "免检", "不清楚", ""])
def test_ins_004_good(result):
    """A result that cannot be read is a result: CELL-004 or CELL-001 says so."""
    organisations = _REGISTERED.format(registered="2015-06-18")
    assert findings("INS-004", 社会组织=organisations, 年检=_TO_2025.format(result=result)) == []


@pytest.mark.parametrize("registered", ["2025-07-01", "2026-03-02", "", "2015.6"])
def test_ins_004_is_silent_where_no_inspection_is_due(registered):
    assert findings("INS-004", 社会组织=_REGISTERED.format(registered=registered), 年检=_TO_2024) == []


@pytest.mark.parametrize("status", ["已注销", "已备案", "未登记", "登记中"])
def test_ins_004_asks_the_registered_only(status):
    organisations = _REGISTERED.format(registered="2015-06-18").replace("已登记", status)
    assert findings("INS-004", 社会组织=organisations, 年检=_TO_2024) == []


@pytest.mark.parametrize(("today", "cells"), [("2026-05-31", []), ("2026-06-01", [("社会组织", "C2")])])
def test_ins_004_is_due_on_31_may(today, cells):
    organisations = _REGISTERED.format(registered="2015-06-18")
    assert findings("INS-004", datetime.date.fromisoformat(today), 社会组织=organisations, 年检=_TO_2024) == cells


def test_ins_004_is_silent_where_inspections_are_not_kept():
    organisations = _REGISTERED.format(registered="2015-06-18")
    assert places(check(registry(社会组织=organisations)), "INS") == []
