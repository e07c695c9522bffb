"""Rules about exam entries, scores and certificates; today is 2026-10-15."""

import datetime

import pytest

from jinguo.checks import check
from tests.helpers import findings, places, registry

_ENTRY = """
    年度   | 级别    | 人员编号 | 科目      | 成绩
    {year} | {level} | RY0001   | {subject} | {score}
"""


def entry(year: object = 2026, level: str = "初级", subject: str = "社会工作实务", score: object = "") -> str:
    return _ENTRY.format(year=year, level=level, subject=subject, score=score)


@pytest.mark.parametrize(
    ("level", "subject"),
    [
        ("初级", "社会工作法规与政策"),
        ("初级", "法规与政策"),
        ("高级", "社会工作综合能力"),
        ("中级", "社会工作基础"),
        ("初级", "综合能力实务"),
    ],
)
def test_exm_001_bad(level, subject):
    assert findings("EXM-001", 报考=entry(level=level, subject=subject)) == [("报考", "D2")]


@pytest.mark.parametrize(
    ("level", "subject"),
    [
        ("初级", "社会工作综合能力"),
        ("初级", "社会工作综合能力（初级）"),
        ("初级", "社会工作实务(初级)"),
        ("助理社会工作师", "实务"),
        ("中级", "法规与政策"),
        ("社会工作师", "《社会工作法规与政策》"),
        ("高级", "社会工作实务"),
        ("初级", ""),
        ("特级", "社会工作伦理"),
    ],
)
def test_exm_001_good(level, subject):
    assert findings("EXM-001", 报考=entry(level=level, subject=subject)) == []


def test_exm_001_offers_the_subjects_of_the_level():
    (found,) = [f for f in check(registry(报考=entry(level="初级", subject="法规"))) if f.code == "EXM-001"]
    assert found.message == "初级没有“法规”这一科。规定：科目要属于所报的级别。"
    assert found.remedy == "初级的科目是：社会工作综合能力、社会工作实务。"


@pytest.mark.parametrize(
    ("level", "subject"),
    [("初级", "社会工作实务（中级）"), ("中级", "社会工作综合能力(初级)"), ("高级", "实务（中级）")],
)
def test_exm_001_reads_the_level_in_the_brackets(level, subject):
    assert findings("EXM-001", 报考=entry(level=level, subject=subject)) == [("报考", "D2")]


def test_exm_002_is_silent_where_the_subject_is_missing():
    assert places(check(registry(报考=entry(subject="", score=88))), "EXM", "CELL") == [("CELL-001", "报考", "D2")]


@pytest.mark.parametrize("score", ["100.5", "101", "660"])
def test_exm_002_bad(score):
    assert findings("EXM-002", 报考=entry(score=score)) == [("报考", "E2")]


@pytest.mark.parametrize("score", ["0", "100", "59.5", "-1", "-2", "-4", "−1", "缺考", "违纪", "合格", "", "一百二"])
def test_exm_002_good(score):
    assert findings("EXM-002", 报考=entry(score=score)) == []


def test_exm_002_says_whose_paper_it_is_without_a_decimal_point():
    """calamine gives every number as a float."""
    entries = [["年度", "级别", "人员编号", "科目", "成绩"], [2026.0, "初级", "RY0001", "社会工作实务", 660.0]]
    (found,) = [f for f in check(registry(报考=entries)) if f.code == "EXM-002"]
    assert found.message == "RY0001“社会工作实务”的成绩 660 高于满分 100。规定：成绩在 0 分到满分之间。"


_MARKS = """
    年度 | 级别 | 科目 | 地区 | 满分 | 合格线
    2026 | 初级 |      |      | 150  | 90
    2026 | 初级 | 实务 |      | 120  | 72
    2026 | 中级 |      | 西藏 | 200  | 100
"""


@pytest.mark.parametrize(
    ("year", "level", "subject", "score", "cells"),
    [
        (2026, "初级", "社会工作实务", 120, []),
        (2026, "初级", "社会工作实务（初级）", 121, ["E2"]),
        (2026, "初级", "综合能力", 150, []),
        (2026, "初级", "综合能力", 151, ["E2"]),
        (2025, "初级", "综合能力", 101, ["E2"]),
        (2026, "中级", "综合能力", 101, ["E2"]),
    ],
)
def test_exm_002_by_the_full_mark_of_the_paper(year, level, subject, score, cells):
    """The row that says most counts; a row of another region never does."""
    found = findings("EXM-002", 报考=entry(year, level, subject, score), 合格标准=_MARKS)
    assert found == [("报考", cell) for cell in cells]


@pytest.mark.parametrize(("full", "cells"), [("120", []), ("110", ["E2"])])
def test_exm_002_by_the_parameter(full, cells):
    parameters = f"""
        参数     | 值
        默认满分 | {full}
    """
    assert findings("EXM-002", 报考=entry(score=115), 参数=parameters) == [("报考", cell) for cell in cells]


def test_exm_003_bad():
    entries = """
        年度 | 级别 | 人员编号 | 科目
        2026 | 初级 | RY0001   | 社会工作实务
        2026 | 初级 | RY0001   | 社会工作综合能力
        2026 | 初级 | RY0001   | 实务（初级）
        2026 | 初级 | RY0001   | 社会工作实务
    """
    found = [f for f in check(registry(报考=entries)) if f.code == "EXM-003"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("D4", "RY0001 2026 年初级“实务（初级）”与第 2 行重复"),
        ("D5", "RY0001 2026 年初级“社会工作实务”与第 2 行重复"),
    ]


def test_exm_003_good():
    entries = """
        年度 | 级别 | 人员编号 | 科目
        2026 | 初级 | RY0001   | 社会工作实务
        2025 | 初级 | RY0001   | 社会工作实务
        2026 | 中级 | RY0001   | 社会工作实务
        2026 | 初级 | RY0002   | 社会工作实务
        2026 | 初级 | RY0001   | 社会工作伦理
        2026 | 初级 | RY0001   | 社会工作伦理
        2026 | 初级 |          | 社会工作实务
        2026 | 初级 |          | 社会工作实务
        26   | 初级 | RY0003   | 社会工作实务
        26   | 初级 | RY0003   | 社会工作实务
    """
    assert findings("EXM-003", 报考=entries) == []


_PEOPLE = """
    人员编号 | 姓名
    RY0001   | 王小红
"""


def test_exm_004_bad():
    entries = """
        年度 | 级别 | 人员编号 | 姓名   | 科目
        2026 | 初级 | RY0001   | 王晓红 | 实务
    """
    assert findings("EXM-004", 人员=_PEOPLE, 报考=entries) == [("报考", "D2")]


def test_exm_004_good():
    entries = """
        年度 | 级别 | 人员编号 | 姓名    | 科目
        2026 | 初级 | RY0001   | 王 小红 | 实务
        2026 | 初级 | RY0001   |         | 综合能力
        2026 | 初级 | RY0009   | 王晓红  | 实务
    """
    assert findings("EXM-004", 人员=_PEOPLE, 报考=entries) == []
    assert findings("EXM-004", 报考=entries) == []


_CERTIFICATE = """
    人员编号 | 级别    | 取得日期
    RY0001   | {level} | {day}
"""


def papers(*rows: str) -> str:
    return "年度 | 级别 | 人员编号 | 科目 | 成绩 \n" + "\n".join(rows)


_JUNIOR = ("2025 | 初级 | RY0001 | 综合能力 | 60", "2025 | 初级 | RY0001 | 实务 | 60")


@pytest.mark.parametrize(
    "rows",
    [
        ("2025 | 初级 | RY0001 | 综合能力 | 60", "2025 | 初级 | RY0001 | 实务 | 59.5"),
        ("2025 | 初级 | RY0001 | 综合能力 | 60", "2026 | 初级 | RY0001 | 实务 | 60"),
        ("2025 | 初级 | RY0001 | 综合能力 | 60", "2025 | 初级 | RY0001 | 实务 | 缺考"),
        ("2025 | 初级 | RY0001 | 综合能力 | 60", "2025 | 初级 | RY0001 | 实务 |"),
        ("2025 | 初级 | RY0002 | 综合能力 | 60", "2025 | 初级 | RY0002 | 实务 | 60"),
        ("2025 | 中级 | RY0001 | 综合能力 | 60", "2025 | 中级 | RY0001 | 实务 | 60"),
    ],
)
def test_exm_005_bad(rows):
    found = findings("EXM-005", 报考=papers(*rows), 证书=_CERTIFICATE.format(level="初级", day="2025-09-20"))
    assert found == [("证书", "A2")]


@pytest.mark.parametrize(
    ("rows", "level", "day"),
    [
        (_JUNIOR, "初级", "2025-09-20"),
        (("2025 | 初级 | RY0001 | 综合能力 | 合格", "2025 | 初级 | RY0001 | 实务 | 通过"), "初级", "2025-09-20"),
        (("2025 | 初级 | RY0002 | 综合能力 | 60",), "初级", "2024-12-31"),
        (("2025 | 初级 | RY0002 | 综合能力 | 60",), "高级", "2025-09-20"),
        (("2025 | 初级 | RY0002 | 综合能力 | 60",), "初级", "去年"),
        (
            (
                "2024 | 中级 | RY0001 | 综合能力 | 60",
                "2025 | 中级 | RY0001 | 法规 | 60",
                "2025 | 中级 | RY0001 | 实务 | 60",
            ),
            "中级",
            "2025-09-20",
        ),
    ],
)
def test_exm_005_good(rows, level, day):
    assert findings("EXM-005", 报考=papers(*rows), 证书=_CERTIFICATE.format(level=level, day=day)) == []


def test_exm_005_slides_by_two_exam_years():
    """Three papers over three years are no 中级: the pass of 2023 has lapsed by 2025."""
    rows = (
        "2023 | 中级 | RY0001 | 综合能力 | 60",
        "2024 | 中级 | RY0001 | 法规 | 60",
        "2025 | 中级 | RY0001 | 实务 | 60",
    )
    assert findings("EXM-005", 报考=papers(*rows), 证书=_CERTIFICATE.format(level="中级", day="2025-09-20")) == [
        ("证书", "A2")
    ]


@pytest.mark.parametrize(("line", "cells"), [("60", []), ("61", [("证书", "A2")])])
def test_exm_005_by_the_pass_mark(line, cells):
    certificate = _CERTIFICATE.format(level="初级", day="2025-09-20")
    marks = f"""
        年度 | 级别 | 满分 | 合格线
        2025 | 初级 | 100  | {line}
    """
    parameters = f"""
        参数       | 值
        默认合格线 | {line}
    """
    assert findings("EXM-005", 报考=papers(*_JUNIOR), 证书=certificate, 合格标准=marks) == cells
    assert findings("EXM-005", 报考=papers(*_JUNIOR), 证书=certificate, 参数=parameters) == cells


def test_exm_005_is_silent_where_entries_are_not_kept():
    assert findings("EXM-005", 证书=_CERTIFICATE.format(level="初级", day="2025-09-20")) == []


_OTHERS = "人员编号 | 级别 | 取得日期 \n RY0002 | 初级 | 2025-09-20"


def test_exm_006_bad():
    found = [
        f
        for f in check(registry(人员=_PEOPLE + "    RY0002   | 李四\n", 报考=papers(*_JUNIOR), 证书=_OTHERS))
        if f.code == "EXM-006"
    ]
    assert [(f.sheet, f.cell, f.message.split("。")[0]) for f in found] == [
        ("报考", "C3", "王小红 2025 年初级已合格，证书表里没有登记证书")
    ]


def test_exm_006_good():
    held = _CERTIFICATE.format(level="初级", day="2025-09-20")
    assert findings("EXM-006", 报考=papers(*_JUNIOR), 证书=held) == []
    assert findings("EXM-006", 报考=papers("2025 | 高级 | RY0001 | 实务 | 63"), 证书=_OTHERS) == []
    assert findings("EXM-006", 报考=papers("2025 | 初级 | RY0001 | 实务 | 63"), 证书=_OTHERS) == []


def test_exm_006_takes_a_higher_certificate_for_the_lower_one():
    held = _CERTIFICATE.format(level="中级", day="2025-09-20")
    assert findings("EXM-006", 报考=papers(*_JUNIOR), 证书=held) == []


@pytest.mark.parametrize(("today", "cells"), [("2025-12-31", []), ("2026-01-01", [("报考", "C3")])])
def test_exm_006_waits_for_the_next_year(today, cells):
    assert findings("EXM-006", datetime.date.fromisoformat(today), 报考=papers(*_JUNIOR), 证书=_OTHERS) == cells


def test_exm_006_is_silent_where_certificates_are_not_kept():
    assert findings("EXM-006", 报考=papers(*_JUNIOR)) == []


@pytest.mark.parametrize(
    ("until", "told"),
    [("2026-12-16", False), ("2026-12-17", True), ("2026-10-15", False), ("2026-10-14", True)],
)
def test_a_registration_lasts_three_years_give_or_take_a_month(until, told):
    rows = f"人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\nRY0001 | 初级 | 2023-09-20 | 2023-11-15 | {until}"
    assert bool(findings("CER-002", today=datetime.date(2026, 10, 1), 证书=rows)) == told
