"""Rules about people and their posts; today is 2026-10-15."""

import datetime

import pytest

from jinguo.checks import check
from tests.helpers import findings, places, registry


def identity(born: str, serial: int = 102) -> str:
    """An invented identity number with a right check digit (GB 11643); an even serial is a woman's."""
    stem = f"330281{born}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return stem + "10X98765432"[sum(int(d) * w for d, w in zip(stem, weights, strict=True)) % 11]


def test_identity_numbers_of_these_tests_are_valid():
    people = f"""
        人员编号 | 姓名   | 身份证号
        RY0001   | 王小红 | {identity("19800512")}
        RY0002   | 李建国 | {identity("19751201", 101)}
    """
    assert places(check(registry(人员=people)), "CELL") == []


def test_peo_001_bad():
    people = f"""
        人员编号 | 姓名   | 出生年月 | 身份证号
        RY0001   | 王小红 | 1980.05  | {identity("19800512")}
        RY0002   | 李雪梅 | 1980.06  | {identity("19800531", 104)}
        RY0003   | 张静   | 1981.05  | {identity("19800501", 106)}
    """
    assert findings("PEO-001", 人员=people) == [("人员", "C3"), ("人员", "C4")]


def test_peo_001_good():
    people = f"""
        人员编号 | 姓名   | 出生年月   | 身份证号
        RY0001   | 王小红 | 1980年5月  | {identity("19800501")}
        RY0002   | 李雪梅 | 1980-05-31 | {identity("19800531", 104)}
        RY0003   | 张静   |            | {identity("19800501", 106)}
        RY0004   | 陈敏   | 1980.05    |
    """
    assert findings("PEO-001", 人员=people) == []


def test_peo_001_trusts_only_a_number_whose_check_digit_holds():
    wrong = identity("19800512")[:-1] + ("0" if identity("19800512")[-1] != "0" else "1")
    people = f"""
        人员编号 | 姓名   | 性别 | 出生年月 | 身份证号
        RY0001   | 王小红 | 男   | 1990.01  | {wrong}
        RY0002   | 李雪梅 | 男   | 1990.01  | 330281800512102
    """
    assert places(check(registry(人员=people)), "PEO", "CELL") == [
        ("CELL-010", "人员", "E2"),
        ("CELL-015", "人员", "E3"),
    ]


def test_peo_001_is_silent_about_a_number_ruined_by_excel_and_an_ambiguous_month():
    people = [
        ["人员编号", "姓名", "性别", "出生年月", "身份证号"],
        ["RY0001", "王小红", "男", "1990.01", 330281198005121000.0],
        ["RY0002", "李雪梅", "女", 1980.1, identity("19811012", 104)],
    ]
    assert places(check(registry(人员=people)), "PEO", "CELL") == [
        ("CELL-009", "人员", "E2"),
        ("CELL-006", "人员", "D3"),
    ]


def test_a_number_that_is_january_and_october_is_the_one_in_the_identity_number():
    people = [
        ["人员编号", "姓名", "性别", "出生年月", "身份证号"],
        ["RY0002", "李雪梅", "女", 1980.1, identity("19801012", 104)],
    ]
    found = registry(人员=people)
    assert str(found["people"]["born"][0]) == "1980.10"
    assert places(check(found), "PEO", "CELL") == [("CELL-025", "人员", "D2")]


def test_peo_002_bad():
    people = f"""
        人员编号 | 姓名   | 性别 | 身份证号
        RY0001   | 王小红 | 男   | {identity("19800512", 102)}
        RY0002   | 李建国 | 女   | {identity("19800512", 101)}
    """
    assert findings("PEO-002", 人员=people) == [("人员", "C2"), ("人员", "C3")]


def test_peo_002_good():
    people = f"""
        人员编号 | 姓名   | 性别 | 身份证号
        RY0001   | 王小红 | 女   | {identity("19800512", 102)}
        RY0002   | 李建国 | 男   | {identity("19800512", 101)}
        RY0003   | 陈敏   | 男   |
    """
    assert findings("PEO-002", 人员=people) == []


def test_peo_002_says_which_sex_the_number_means():
    people = f"""
        人员编号 | 姓名   | 性别 | 身份证号
        RY0001   | 王小红 | 男   | {identity("19800512", 102)}
    """
    (found,) = [f for f in check(registry(人员=people)) if f.code == "PEO-002"]
    assert (
        found.message == "王小红的性别是男，按身份证号应为女。规定：身份证号第 17 位男为奇数、女为偶数，要与性别一致。"
    )
    assert (found.value, found.workbook) == ("男", "人员台账.xlsx")


def test_peo_003_bad():
    people = """
        人员编号 | 姓名   | 出生年月 | 参加工作时间 | 从事社会工作起始年月
        RY0001   | 王小红 | 1980.05  | 1993.04      | 2016.03
        RY0002   | 李雪梅 | 1980.05  | 2002.08      | 1979.01
    """
    assert findings("PEO-003", 人员=people) == [("人员", "D2"), ("人员", "E3")]


def test_peo_003_good():
    people = """
        人员编号 | 姓名   | 出生年月 | 参加工作时间 | 从事社会工作起始年月
        RY0001   | 王小红 | 1980.05  | 1994.05      | 2016.03
        RY0002   | 李雪梅 |          | 1970.01      | 1970.01
        RY0003   | 张静   | 1980年   | 1985.01      |
    """
    assert findings("PEO-003", 人员=people) == []


def test_peo_004_bad():
    posts = """
        人员编号 | 组织编号 | 职务 | 起始    | 结束
        RY0001   | ZZ0001   | 会长 | 2022.05 | 2022.04
    """
    public = """
        人员编号 | 职务     | 级别 | 起始    | 结束
        RY0001   | 妇联执委 | 市   | 2021.12 | 2016.12
    """
    assert findings("PEO-004", 任职=posts, 社会职务=public) == [("任职", "E2"), ("社会职务", "E2")]


def test_peo_004_good():
    posts = """
        人员编号 | 组织编号 | 职务   | 起始    | 结束
        RY0001   | ZZ0001   | 会长   | 2022.05 | 2022.05
        RY0002   | ZZ0001   | 理事   | 2022.05 | 至今
        RY0003   | ZZ0001   | 监事   | 2022.05 |
        RY0004   | ZZ0001   | 秘书长 | 2022.05 | 任满
    """
    assert findings("PEO-004", 任职=posts) == []


def test_peo_004_names_the_person_by_her_number_where_the_people_are_not_kept():
    posts = """
        人员编号 | 组织编号 | 职务 | 起始    | 结束
        RY0001   | ZZ0001   | 会长 | 2022.05 | 2021.01
    """
    (found,) = [f for f in check(registry(任职=posts)) if f.code == "PEO-004"]
    assert found.message.startswith("RY0001的任职 2022.05 起、2021.01 止，先后颠倒。")


def test_peo_005_bad():
    public = """
        人员编号 | 职务     | 级别 | 起始    | 结束
        RY0001   | 人大代表 | 市   | 2021.12 |
        RY0001   | 妇联执委 | 市   | 2021.12 |
        RY0001   | 政协委员 | 镇街 | 2021.12 | 2026.10
    """
    assert findings("PEO-005", 社会职务=public) == [("社会职务", "B4")]


def test_peo_005_good():
    public = """
        人员编号 | 职务     | 级别 | 起始    | 结束
        RY0001   | 人大代表 | 市   | 2016.12 | 2026.09
        RY0001   | 政协委员 | 市   | 2026.10 |
        RY0002   | 人大代表 | 市   | 2021.12 |
        RY0002   | 人大代表 | 镇街 | 2021.12 |
        RY0003   | 政协委员 | 市   | 2021.12 |
        RY0003   | 妇联执委 | 市   | 2021.12 |
        RY0004   | 人大代表 | 市   | 2021.12 |
        RY0005   | 政协委员 | 市   | 2021.12 |
    """
    assert findings("PEO-005", 社会职务=public) == []


def test_peo_005_reads_synonyms_of_the_posts():
    public = """
        人员编号 | 职务       | 级别 | 起始
        RY0001   | 市人大代表 | 市   | 2021.12
        RY0001   | 市政协委员 | 市   | 2021.12
    """
    assert findings("PEO-005", 社会职务=public) == [("社会职务", "B3")]


def test_peo_005_is_silent_where_the_end_cannot_be_read():
    public = """
        人员编号 | 职务     | 级别 | 起始    | 结束
        RY0001   | 人大代表 | 市   | 2016.12 | 上届末
        RY0001   | 政协委员 | 市   | 2021.12 |
    """
    assert places(check(registry(社会职务=public)), "PEO", "CELL") == [("CELL-006", "社会职务", "E2")]


_DEPUTY_AND_EXECUTIVE = """
    人员编号 | 职务     | 级别 | 起始
    RY0001   | 人大代表 | 市   | 2021.12
    RY0001   | 妇联执委 | 市   | 2021.12
    RY0002   | 人大代表 | 市   | 2021.12
    RY0002   | 政协委员 | 市   | 2021.12
"""


@pytest.mark.parametrize(
    ("offices", "cells"),
    [
        ("", ["B5"]),
        ("人大代表、政协委员", ["B5"]),
        ("人大代表、妇联执委", ["B3"]),
        ("人大代表、政协委员、妇联执委", ["B3", "B5"]),
        pytest.param(
            "人大代表，政协委员",
            ["B5"],
        ),
    ],
)
def test_peo_005_by_the_parameter(offices, cells):
    parameters = f"""
        参数         | 值
        不得同时担任 | {offices}
    """
    found = findings("PEO-005", 社会职务=_DEPUTY_AND_EXECUTIVE, 参数=parameters)
    assert found == [("社会职务", cell) for cell in cells]


def test_peo_005_is_silent_about_an_office_that_has_not_begun():
    public = """
        人员编号 | 职务     | 级别 | 起始    | 结束
        RY0001   | 人大代表 | 市   | 2021.12 | 2026.12
        RY0001   | 政协委员 | 市   | 2027.01 |
    """
    assert findings("PEO-005", 社会职务=public) == []


@pytest.mark.parametrize(("today", "cells"), [("2026-12-31", ["B3"]), ("2027-01-01", [])])
def test_peo_005_counts_the_last_month_as_in_office(today, cells):
    public = """
        人员编号 | 职务     | 级别 | 起始    | 结束
        RY0001   | 人大代表 | 市   | 2021.12 | 2026.12
        RY0001   | 政协委员 | 市   | 2021.12 |
    """
    day = datetime.date.fromisoformat(today)
    assert findings("PEO-005", day, 社会职务=public) == [("社会职务", cell) for cell in cells]


def test_peo_006_bad():
    people = """
        人员编号 | 姓名
        RY0001   | 张三
        RY0002   | 李雪梅
        RY0003   | 张　三
        RY0004   | 张三
    """
    found = [f for f in check(registry(人员=people)) if f.code == "PEO-006"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("B4", "张三与第 2 行同名，编号不同"),
        ("B5", "张三与第 2 行同名，编号不同"),
    ]


def test_peo_006_good():
    """The same number twice is a doubled row, which CELL-002 reports, and no homonym."""
    people = """
        人员编号 | 姓名
        RY0001   | 张三
        RY0001   | 张三
        RY0002   | 张三丰
    """
    assert places(check(registry(人员=people)), "PEO", "CELL") == [("CELL-002", "人员", "A3")]


def test_peo_006_is_silent_where_the_number_is_missing():
    people = """
        姓名 | 人员编号
        张三 | RY0001
        张三 |
    """
    assert places(check(registry(人员=people)), "PEO", "CELL") == [("CELL-001", "人员", "B3")]
