"""Rules about projects, payments and the contest; today is 2026-10-15."""

import datetime

import pytest

from jinguo.checks import check
from tests.helpers import findings, places, registry

_ORGANISATIONS = """
    组织编号 | 组织名称   | 登记状态
    ZZ0001   | 旗袍协会   | 已登记
    ZZ0002   | 妈妈帮     | 已备案
    ZZ0003   | 婚调室     | 未登记
    ZZ0004   | 旧协会     | 已注销
    ZZ0005   | 状态不清的 | 登记吧
"""


def test_prj_001_bad():
    projects = """
        项目编号 | 项目名称 | 承接组织 | 代管组织
        XM0001   | 送餐     | ZZ0002   |
        XM0002   | 调解     | 婚调室   | ZZ0002
        XM0003   | 关爱     | ZZ0004   |
        XM0004   | 阅读     | ZZ0003   | ZZ0004
    """
    found = [f for f in check(registry(社会组织=_ORGANISATIONS, 项目=projects)) if f.code == "PRJ-001"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("C2", "“送餐”的承接组织妈妈帮是已备案，没有已登记的代管组织"),
        ("C3", "“调解”的承接组织婚调室是未登记，没有已登记的代管组织"),
        ("C4", "“关爱”的承接组织旧协会是已注销，没有已登记的代管组织"),
        ("C5", "“阅读”的承接组织婚调室是未登记，没有已登记的代管组织"),
    ]


def test_prj_001_good():
    projects = """
        项目编号 | 承接组织 | 代管组织
        XM0001   | ZZ0001   |
        XM0002   | ZZ0002   | ZZ0001
        XM0003   | ZZ0002   | 旗袍会会
        XM0004   | ZZ0099   |
        XM0005   | ZZ0005   |
    """
    assert findings("PRJ-001", 社会组织=_ORGANISATIONS, 项目=projects) == []


def test_prj_001_is_silent_where_the_organisations_are_not_kept():
    projects = """
        项目编号 | 承接组织 | 代管组织
        XM0001   | ZZ0002   |
    """
    assert findings("PRJ-001", 项目=projects) == []


@pytest.mark.parametrize("status", ["结项", "终止"])
def test_prj_001_is_silent_about_a_closed_project_of_the_since_dissolved(status):
    projects = f"""
        项目编号 | 承接组织 | 结束日期   | 状态
        XM0001   | ZZ0004   | 2025-12-31 | {status}
    """
    assert findings("PRJ-001", 社会组织=_ORGANISATIONS, 项目=projects) == []


_CONTRACT = """
    项目编号 | 项目名称 | 合同金额(元)
    XM0001   | 送餐     | 50000
    XM0002   | 调解     |
    XM0003   | 关爱     | 面议
"""


def test_prj_002_bad():
    """The payment that goes over is named, and only that one."""
    payments = """
        项目编号 | 期次 | 日期       | 金额(元)
        XM0001   | 首期 | 2026-03-01 | 30000
        XM0001   | 中期 | 2026-06-01 | 2万元
        XM0001   | 末期 | 2026-09-01 | 0.01
        XM0001   | 追加 | 2026-10-01 | 100
    """
    (found,) = [f for f in check(registry(项目=_CONTRACT, 拨款=payments)) if f.code == "PRJ-002"]
    assert (found.sheet, found.cell) == ("拨款", "D4")
    assert found.message.startswith("“送餐”拨到这一期共 50000.01 元，合同金额 50000 元。")


def test_prj_002_good():
    payments = """
        项目编号 | 期次 | 日期       | 金额(元)
        XM0001   | 首期 | 2026-03-01 | 30,000.00
        XM0001   | 末期 | 2026-09-01 | 20000
        XM0001   | 追加 | 2026-10-01 | 未定
        XM0002   | 首期 | 2026-03-01 | 999999
        XM0003   | 首期 | 2026-03-01 | 999999
        XM0009   | 首期 | 2026-03-01 | 999999
        XM0009   | 末期 | 2026-03-01 | 999999
    """
    assert findings("PRJ-002", 项目=_CONTRACT, 拨款=payments) == []
    assert findings("PRJ-002", 拨款=payments) == []


def test_prj_002_adds_tenths_exactly():
    projects = [["项目编号", "项目名称", "合同金额(元)"], ["XM0001", "送餐", 0.3]]
    payments = [["项目编号", "期次", "日期", "金额(元)"]] + [["XM0001", n, "2026-03-01", 0.1] for n in "一二三"]
    assert findings("PRJ-002", 项目=projects, 拨款=payments) == []


def test_prj_002_shows_amounts_without_a_decimal_point():
    projects = [["项目编号", "项目名称", "合同金额(元)"], ["XM0001", "送餐", 50000.0]]
    payments = [["项目编号", "期次", "日期", "金额(元)"], ["XM0001", "首期", "2026-03-01", 60000.0]]
    (found,) = [f for f in check(registry(项目=projects, 拨款=payments)) if f.code == "PRJ-002"]
    assert found.message.startswith("“送餐”拨到这一期共 60000 元，合同金额 50000 元。")


def test_prj_003_bad():
    projects = """
        项目编号 | 项目名称 | 开始日期   | 结束日期
        XM0001   | 送餐     | 2026-03-01 | 2026-02-28
    """
    (found,) = [f for f in check(registry(项目=projects)) if f.code == "PRJ-003"]
    assert (found.cell, found.message.split("。")[0]) == ("D2", "“送餐”2026-03-01 开始、2026-02-28 结束，先后颠倒")


def test_prj_003_good():
    projects = """
        项目编号 | 开始日期   | 结束日期
        XM0001   | 2026-03-01 | 2026-03-01
        XM0002   | 2026-03    | 2025-02-28
        XM0003   | 2026-03-01 | 2025年底
    """
    assert findings("PRJ-003", 项目=projects) == []


@pytest.mark.parametrize("status", ["立项", "实施", "中期"])
def test_prj_004_bad(status):
    projects = f"""
        项目编号 | 开始日期   | 结束日期   | 状态
        XM0001   | 2026-01-01 | 2026-10-14 | {status}
    """
    assert findings("PRJ-004", 项目=projects) == [("项目", "D2")]


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("2026-10-15", "实施"),
        ("2026-12-31", "实施"),
        ("2026-10-14", "结项"),
        ("2026-10-14", "终止"),
        ("2026-10-14", "申报"),
        ("9月", "实施"),
        ("2026-10-14", "在做"),
    ],
)
def test_prj_004_good(end, status):
    projects = f"""
        项目编号 | 开始日期   | 结束日期 | 状态
        XM0001   | 2026-01-01 | {end}    | {status}
    """
    assert findings("PRJ-004", 项目=projects) == []


def test_prj_004_leaves_dates_the_wrong_way_round_to_prj_003():
    projects = """
        项目编号 | 开始日期   | 结束日期   | 状态
        XM0001   | 2026-01-01 | 2016-12-31 | 实施
    """
    assert places(check(registry(项目=projects)), "PRJ") == [("PRJ-003", "项目", "C2")]


def test_prj_004_looks_from_the_day_it_is_told():
    projects = """
        项目编号 | 开始日期   | 结束日期   | 状态
        XM0001   | 2026-01-01 | 2026-10-15 | 实施
    """
    assert findings("PRJ-004", datetime.date(2026, 10, 16), 项目=projects) == [("项目", "D2")]


_INSPECTIONS = """
    组织编号 | 年度 | 结论
    ZZ0001   | 2025 | {last}
    ZZ0001   | 2024 | {before}
"""
_RUNNING = """
    项目编号 | 承接组织 | 状态
    XM0001   | ZZ0001   | {status}
"""


@pytest.mark.parametrize("status", ["申报", "立项", "实施", "中期"])
@pytest.mark.parametrize("last", ["不合格", "未参检"])
def test_prj_005_bad(status, last):
    inspections = _INSPECTIONS.format(last=last, before="合格")
    (found,) = [
        f
        for f in check(registry(社会组织=_ORGANISATIONS, 年检=inspections, 项目=_RUNNING.format(status=status)))
        if f.code == "PRJ-005"
    ]
    assert (found.sheet, found.cell, found.message.split("。")[0]) == (
        "项目",
        "B2",
        f"旗袍协会 2025 年度的年检结论是{last}",
    )


@pytest.mark.parametrize(
    ("last", "before", "status"),
    [
        ("合格", "不合格", "实施"),
        ("基本合格", "不合格", "实施"),
        ("年报", "未参检", "实施"),
        ("不合格", "合格", "结项"),
        ("不合格", "合格", "终止"),
        ("不合格", "合格", "在做"),
        ("没查", "合格", "实施"),
    ],
)
def test_prj_005_good(last, before, status):
    inspections = _INSPECTIONS.format(last=last, before=before)
    assert findings("PRJ-005", 社会组织=_ORGANISATIONS, 年检=inspections, 项目=_RUNNING.format(status=status)) == []


def test_prj_005_is_silent_where_inspections_are_not_kept():
    assert findings("PRJ-005", 社会组织=_ORGANISATIONS, 项目=_RUNNING.format(status="实施")) == []


def test_prj_006_bad():
    scores = """
        作品编号 | 评委   | 得分 | 回避
        ZP001    | 方若兰 | 88.5 | 是
        ZP001    | 沈静   | 0    | √
    """
    found = [f for f in check(registry(评分=scores)) if f.code == "PRJ-006"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("C2", "评委“方若兰”已回避，却打了 88.5 分"),
        ("C3", "评委“沈静”已回避，却打了 0 分"),
    ]


def test_prj_006_good():
    scores = """
        作品编号 | 评委   | 得分 | 回避
        ZP001    | 评委一 | 88.5 | 否
        ZP001    | 评委二 | 88   |
        ZP001    | 评委三 |      | 是
        ZP001    | 评委四 | 优秀 | 是
        ZP001    | 评委五 | 88   | 可能
    """
    assert findings("PRJ-006", 评分=scores) == []


def test_prj_006_misses_a_score():
    scores = """
        作品编号 | 评委 | 得分 | 回避
        ZP001    | 甲   |      | 否
        ZP001    | 乙   | 88   | 否
    """
    assert findings("PRJ-006", 评分=scores) == [("评分", "C2")]
