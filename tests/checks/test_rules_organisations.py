"""Rules about organisations; today is 2026-10-15."""

import datetime

import pytest

from jinguo.checks import check
from tests.helpers import findings, places, registry

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code(kind: str, body: str = "MJ000001") -> str:
    """An invented credit code with both check digits right (GB 11714, GB 32100); `kind` is 51, 52, 53 or 59."""
    rest = 11 - sum(w * int(c, 36) for w, c in zip((3, 7, 9, 10, 5, 8, 4, 2), body, strict=True)) % 11
    stem = f"{kind}330281{body}{'0' if rest == 11 else 'X' if rest == 10 else rest}"
    return stem + _ALPHABET[-sum(pow(3, i, 31) * _ALPHABET.index(c) for i, c in enumerate(stem)) % 31]


def test_credit_codes_of_these_tests_are_valid():
    organisations = f"""
        组织编号 | 统一社会信用代码
        ZZ0001   | {code("51")}
        ZZ0002   | {code("52")}
        ZZ0003   | {code("53", "MJ000002")}
    """
    assert places(check(registry(社会组织=organisations)), "CELL") == []


def test_org_001_bad():
    organisations = f"""
        组织编号 | 登记状态 | 组织类型       | 统一社会信用代码
        ZZ0001   | 已登记   | 民办非企业单位 | {code("51")}
        ZZ0002   | 已登记   | 社会团体       | {code("52")}
        ZZ0003   | 已登记   | 社会团体       | {code("53")}
        ZZ0004   | 已登记   | 其他           | {code("51", "MJ000002")}
    """
    assert findings("ORG-001", 社会组织=organisations) == [
        ("社会组织", "C2"),
        ("社会组织", "C3"),
        ("社会组织", "C4"),
        ("社会组织", "C5"),
    ]


def test_org_001_good():
    organisations = f"""
        组织编号 | 登记状态 | 组织类型     | 统一社会信用代码
        ZZ0001   | 已登记   | 社团         | {code("51")}
        ZZ0002   | 已登记   | 社会服务机构 | {code("52")}
        ZZ0003   | 已登记   | 基金会       | {code("53")}
        ZZ0004   | 已登记   | 其他         | {code("91")}
        ZZ0007   | 未登记   | 其他         | {code("31")}
        ZZ0005   | 已登记   | 协会         | {code("52", "MJ000002")}
        ZZ0006   | 已登记   | 社会团体     |
    """
    assert findings("ORG-001", 社会组织=organisations) == []


def test_org_001_still_looks_at_a_code_that_fails_its_check_digit():
    last = code("52")[-1]
    organisations = f"""
        组织编号 | 登记状态 | 组织类型 | 统一社会信用代码
        ZZ0001   | 已登记   | 社会团体 | {code("52")[:-1]}{"1" if last != "1" else "2"}
        ZZ0002   | 已登记   | 社会团体 | {code("52")[:-1]}O
    """
    found = places(check(registry(社会组织=organisations)), "ORG-001", "CELL")
    assert found == [("ORG-001", "社会组织", "C2"), ("CELL-012", "社会组织", "D2"), ("CELL-011", "社会组织", "D3")]


def test_org_002_bad():
    organisations = """
        组织编号 | 登记状态 | 统一社会信用代码
        ZZ0001   | 已登记   |
        ZZ0002   | 已登记   | /
    """
    assert findings("ORG-002", 社会组织=organisations) == [("社会组织", "C2"), ("社会组织", "C3")]


def test_org_002_good():
    organisations = f"""
        组织编号 | 登记状态 | 统一社会信用代码
        ZZ0001   | 已登记   | {code("51")}
        ZZ0002   | 已备案   |
        ZZ0003   | 已注销   |
        ZZ0004   | 未登记   |
        ZZ0005   | 已登记   | 5133028
    """
    assert findings("ORG-002", 社会组织=organisations) == []


def test_org_002_and_004_do_not_ask_row_by_row_for_a_column_the_office_does_not_keep():
    organisations = """
        登记状态 | 组织编号
        已登记   | ZZ0001
    """
    assert findings("ORG-002", 社会组织=organisations) == findings("ORG-004", 社会组织=organisations) == []


def test_org_003_bad():
    organisations = f"""
        组织编号 | 登记状态 | 统一社会信用代码
        ZZ0001   | 未登记   | {code("51")}
        ZZ0002   | 已备案   | {code("52")}
    """
    assert findings("ORG-003", 社会组织=organisations) == [("社会组织", "C2"), ("社会组织", "C3")]


def test_org_003_good():
    organisations = f"""
        组织编号 | 登记状态 | 统一社会信用代码
        ZZ0001   | 已注销   | {code("51")}
        ZZ0002   | 已登记   | {code("52")}
        ZZ0003   | 已备案   | 待办
        ZZ0004   | 未登记   | 无此项
        ZZ0005   | 备案中   | {code("53")}
    """
    assert findings("ORG-003", 社会组织=organisations) == []


def test_org_003_speaks_alone_where_an_unregistered_one_has_a_code_of_another_type():
    organisations = f"""
        组织编号 | 登记状态 | 组织类型     | 统一社会信用代码
        ZZ0001   | 已备案   | 社区社会组织 | {code("51")}
    """
    assert places(check(registry(社会组织=organisations)), "ORG", "CELL") == [("ORG-003", "社会组织", "D2")]


def test_org_004_bad():
    organisations = """
        组织编号 | 登记状态 | 登记日期   | 登记机关
        ZZ0001   | 已登记   |            | 余姚市民政局
        ZZ0002   | 已登记   | 2015-06-18 |
        ZZ0003   | 已登记   |            |
    """
    expected = [("社会组织", "C2"), ("社会组织", "D3"), ("社会组织", "C4"), ("社会组织", "D4")]
    assert findings("ORG-004", 社会组织=organisations) == expected


def test_org_004_good():
    organisations = """
        组织编号 | 登记状态 | 登记日期   | 登记机关
        ZZ0001   | 已登记   | 2015-06-18 | 余姚市民政局
        ZZ0002   | 已登记   | 2015-06    | 余姚市民政局
        ZZ0003   | 已备案   |            |
        ZZ0004   | 已注销   |            |
    """
    found = places(check(registry(社会组织=organisations)), "ORG-004", "CELL")
    assert found == [("CELL-005", "社会组织", "C3")]


_MEMBERS = """
    组织编号 | 登记状态 | 组织类型       | 个人会员数 | 单位会员数
    ZZ0001   | {status} | {kind}         | {persons}  | {units}
"""


@pytest.mark.parametrize(
    ("persons", "units"), [("49", "0"), ("49", ""), ("0", "29"), ("", "29"), ("20", "29"), ("0", "0")]
)
def test_org_005_bad(persons, units):
    drawn = _MEMBERS.format(status="已登记", kind="社会团体", persons=persons, units=units)
    assert findings("ORG-005", 社会组织=drawn) == [("社会组织", "D2")]


@pytest.mark.parametrize(
    ("status", "kind", "persons", "units"),
    [
        ("已登记", "社会团体", "50", "0"),
        ("已登记", "社会团体", "0", "30"),
        ("已登记", "社会团体", "21", "29"),
        ("已登记", "社会团体", "", ""),
        ("已登记", "社会团体", "四十多", "0"),
        ("已登记", "社会团体", "10", "10多个"),
        ("已登记", "民办非企业单位", "10", "0"),
        ("已备案", "社会团体", "10", "0"),
        ("已注销", "社会团体", "10", "0"),
    ],
)
def test_org_005_good(status, kind, persons, units):
    drawn = _MEMBERS.format(status=status, kind=kind, persons=persons, units=units)
    assert findings("ORG-005", 社会组织=drawn) == []


def test_org_005_says_both_numbers():
    drawn = _MEMBERS.format(status="已登记", kind="社会团体", persons="20", units="29")
    (found,) = [f for f in check(registry(社会组织=drawn)) if f.code == "ORG-005"]
    assert found.message.startswith("组织1有个人会员 20 个、单位会员 29 个。规定：社会团体要有 50 个以上个人会员")


def test_org_006_bad():
    organisations = """
        组织编号 | 登记状态 | 组织类型 | 活动资金(万元)
        ZZ0001   | 已登记   | 社会团体 | 2.99
        ZZ0002   | 已登记   | 社会团体 | 29900元
        ZZ0003   | 已登记   | 社会团体 | 0
    """
    assert findings("ORG-006", 社会组织=organisations) == [("社会组织", "D2"), ("社会组织", "D3"), ("社会组织", "D4")]


def test_org_006_good():
    organisations = """
        组织编号 | 登记状态 | 组织类型       | 活动资金（万元）
        ZZ0001   | 已登记   | 社会团体       | 3
        ZZ0002   | 已登记   | 社会团体       | 3万元
        ZZ0003   | 已登记   | 社会团体       | 30000元
        ZZ0004   | 已登记   | 社会团体       |
        ZZ0005   | 已登记   | 社会团体       | 约两万
        ZZ0006   | 已登记   | 民办非企业单位 | 1
        ZZ0007   | 已注销   | 社会团体       | 1
    """
    assert findings("ORG-006", 社会组织=organisations) == []


def test_org_007_bad():
    organisations = """
        组织编号 | 登记状态 | 组织类型
        ZZ0001   | 已备案   | 社会团体
        ZZ0002   | 已备案   | 其他
    """
    assert findings("ORG-007", 社会组织=organisations) == [("社会组织", "C2"), ("社会组织", "C3")]


def test_org_007_good():
    organisations = """
        组织编号 | 登记状态 | 组织类型
        ZZ0001   | 已备案   | 社区社会组织
        ZZ0002   | 未登记   | 其他
        ZZ0003   | 已备案   | 舞蹈队
        ZZ0004   | 备过案   | 社会团体
    """
    assert findings("ORG-007", 社会组织=organisations) == []


def test_org_008_bad():
    organisations = """
        组织编号 | 成立日期   | 登记日期   | 证书有效期至
        ZZ0001   | 2015-06-19 | 2015-06-18 | 2027-06-17
        ZZ0002   | 2015-05-20 | 2015-06-18 | 2015-06-17
        ZZ0003   | 2026-10-16 |            |
        ZZ0004   |            | 2026-10-16 |
    """
    expected = [("社会组织", "C2"), ("社会组织", "D3"), ("社会组织", "B4"), ("社会组织", "C5")]
    assert findings("ORG-008", 社会组织=organisations) == expected


def test_org_008_good():
    organisations = """
        组织编号 | 成立日期   | 登记日期   | 证书有效期至
        ZZ0001   | 2015-06-18 | 2015-06-18 | 2015-06-18
        ZZ0002   | 2026-10-15 | 2026-10-15 | 2031-10-14
        ZZ0003   | 2015-13-01 | 2010-06-18 |
        ZZ0004   |            |            | 2027-06-17
    """
    assert findings("ORG-008", 社会组织=organisations) == []


def test_org_008_names_the_date_in_the_future_alone():
    """A wrong year of founding is one mistake: that the registration then lies before it is not said too."""
    organisations = """
        组织编号 | 成立日期   | 登记日期   | 证书有效期至
        ZZ0001   | 2051-05-20 | 2015-06-18 | 2027-06-17
    """
    assert findings("ORG-008", 社会组织=organisations) == [("社会组织", "B2")]


def test_org_008_compares_over_an_empty_date():
    organisations = """
        组织编号 | 成立日期   | 登记日期 | 证书有效期至
        ZZ0001   | 2020-05-20 |          | 2017-06-17
    """
    assert findings("ORG-008", 社会组织=organisations) == [("社会组织", "D2")]


_EXPIRY = [("009", "本届到期"), ("010", "等级有效期至"), ("011", "证书有效期至")]


@pytest.mark.parametrize("day", ["2020-12-31", "2026-10-14", "2026-10-15", "2027-01-15"])
@pytest.mark.parametrize(("number", "column"), _EXPIRY)
def test_org_009_010_011_are_said_from_three_months_before(number, column, day):
    organisations = f"""
        组织编号 | 登记状态 | {column}
        ZZ0001   | 已登记   | {day}
    """
    assert findings(f"ORG-{number}", 社会组织=organisations) == [("社会组织", "C2")]


@pytest.mark.parametrize(
    ("status", "day"),
    [("已登记", "2027-01-16"), ("已登记", ""), ("已登记", "2026"), ("已注销", "2020-12-31"), ("已注销", "2026-10-15")],
)
@pytest.mark.parametrize(("number", "column"), _EXPIRY)
def test_org_009_010_011_are_silent_before_and_of_the_dissolved(number, column, status, day):
    organisations = f"""
        组织编号 | 登记状态 | {column}
        ZZ0001   | {status} | {day}
    """
    assert findings(f"ORG-{number}", 社会组织=organisations) == []


def test_org_009_bad():
    organisations = """
        组织编号 | 登记状态 | 本届到期   | 等级有效期至 | 证书有效期至
        ZZ0001   | 已登记   | 2026-10-14 | 2028-12-31   | 2028-12-31
        ZZ0002   | 已登记   | 2026-10-15 | 2028-12-31   | 2028-12-31
    """
    found = [f for f in check(registry(社会组织=organisations)) if f.code.startswith(("ORG-009", "ORG-010", "ORG-011"))]
    assert [(f.code, f.cell, f.message.split("。")[0]) for f in found] == [
        ("ORG-009", "C2", "组织1的本届到期日 2026-10-14 已经过了"),
        ("ORG-009", "C3", "组织2的本届到期日 2026-10-15 快到了"),
    ]


def test_org_009_good():
    organisations = """
        组织编号 | 登记状态 | 本届到期   | 等级有效期至
        ZZ0001   | 已登记   | 2027-01-16 | 2026-10-14
    """
    assert findings("ORG-009", 社会组织=organisations) == []


def test_org_010_bad():
    organisations = """
        组织编号 | 登记状态 | 评估等级 | 等级有效期至
        ZZ0001   | 已登记   | 3A       | 2025-12-31
    """
    assert findings("ORG-010", 社会组织=organisations) == [("社会组织", "D2")]


def test_org_010_good():
    organisations = """
        组织编号 | 登记状态 | 评估等级 | 等级有效期至
        ZZ0001   | 已登记   | 3A       | 2027-12-31
        ZZ0002   | 已注销   | 3A       | 2025-12-31
    """
    assert findings("ORG-010", 社会组织=organisations) == []


def test_org_011_bad():
    organisations = """
        组织编号 | 登记状态 | 证书有效期至
        ZZ0001   | 已登记   | 2026-11-30
    """
    assert findings("ORG-011", 社会组织=organisations) == [("社会组织", "C2")]


def test_org_011_good():
    organisations = """
        组织编号 | 登记状态 | 证书有效期至
        ZZ0001   | 已登记   | 2027-11-30
        ZZ0002   | 已注销   | 2026-11-30
    """
    assert findings("ORG-011", 社会组织=organisations) == []


@pytest.mark.parametrize(("months", "cells"), [("0", ["C2"]), ("1", ["C2", "C3"]), ("6", ["C2", "C3", "C4"])])
def test_org_009_by_the_parameter(months, cells):
    organisations = """
        组织编号 | 登记状态 | 本届到期
        ZZ0001   | 已登记   | 2026-10-15
        ZZ0002   | 已登记   | 2026-11-15
        ZZ0003   | 已登记   | 2027-04-15
    """
    parameters = f"""
        参数         | 值
        到期提醒月数 | {months}
    """
    assert findings("ORG-009", 社会组织=organisations, 参数=parameters) == [("社会组织", cell) for cell in cells]


def test_org_009_from_the_end_of_a_long_month():
    """Three months after 30 November is 28 February."""
    organisations = """
        组织编号 | 登记状态 | 本届到期
        ZZ0001   | 已登记   | 2027-02-28
        ZZ0002   | 已登记   | 2027-03-01
    """
    assert findings("ORG-009", datetime.date(2026, 11, 30), 社会组织=organisations) == [("社会组织", "C2")]


@pytest.mark.parametrize("column", ["本届到期", "等级有效期至", "证书有效期至"])
def test_org_009_010_011_are_silent_about_a_date_before_registration(column):
    """It is a slip of the pen and not an expiry; for the certificate ORG-008 says so."""
    organisations = f"""
        组织编号 | 登记状态 | 登记日期   | {column}
        ZZ0001   | 已登记   | 2015-06-18 | 2007-06-17
    """
    assert places(check(registry(社会组织=organisations)), "ORG-009", "ORG-010", "ORG-011") == []


def test_org_012_bad():
    people = """
        人员编号 | 姓名
        RY0001   | 王小红
    """
    organisations = """
        组织编号 | 登记状态 | 组织类型 | 法定代表人
        ZZ0001   | 已登记   | 社会团体 | RY0001
        ZZ0002   | 已登记   | 社会团体 | 王小红
        ZZ0003   | 已登记   | 社会团体 | RY0001
    """
    found = [f for f in check(registry(人员=people, 社会组织=organisations)) if f.code == "ORG-012"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("D3", "王小红已是组织1的法定代表人，又填作组织2的"),
        ("D4", "王小红已是组织1的法定代表人，又填作组织3的"),
    ]


def test_org_012_good():
    organisations = """
        组织编号 | 登记状态 | 组织类型       | 法定代表人
        ZZ0001   | 已登记   | 社会团体       | RY0001
        ZZ0002   | 已登记   | 民办非企业单位 | RY0001
        ZZ0003   | 已注销   | 社会团体       | RY0001
        ZZ0004   | 已备案   | 社会团体       | RY0001
        ZZ0005   | 已登记   | 社会团体       | RY0002
        ZZ0006   | 已登记   | 社会团体       |
        ZZ0007   | 已登记   | 社会团体       |
    """
    assert findings("ORG-012", 社会组织=organisations) == []


_HEADS = """
    组织编号 | 组织名称 | 登记状态 | 负责人
    ZZ0001   | 旗袍协会 | 已登记   | RY0001
    ZZ0002   | 合唱团   | 已登记   |
"""


@pytest.mark.parametrize(
    "row",
    [
        "RY0002 | ZZ0001 | 会长 | 2022.05 |",
        "RY0001 | ZZ0002 | 会长 | 2022.05 |",
        "RY0001 | ZZ0001 | 会长 | 2022.05 | 2026.09",
    ],
)
def test_org_013_bad(row):
    posts = f"""
        人员编号 | 组织编号 | 职务 | 起始 | 结束
        {row}
    """
    assert findings("ORG-013", 社会组织=_HEADS, 任职=posts) == [("社会组织", "D2")]


@pytest.mark.parametrize(
    "row",
    [
        "RY0001 | ZZ0001   | 会长   | 2022.05 |",
        "RY0001 | 旗袍协会 | 秘书长 | 2022.05 | 至今",
        "RY0001 | ZZ0001   | 理事   | 2022.05 | 2026.10",
        "RY0001 | ZZ0001   | 会长   | 2022.05 | 换届时",
        "/      | ZZ0001   | 会长   | 2022.05 |",
    ],
)
def test_org_013_good(row):
    posts = f"""
        人员编号 | 组织编号 | 职务 | 起始 | 结束
        {row}
    """
    assert findings("ORG-013", 社会组织=_HEADS, 任职=posts) == []


def test_org_013_is_silent_about_the_dissolved_and_where_posts_are_not_kept():
    posts = """
        人员编号 | 组织编号 | 职务
        RY0009   | ZZ0009   | 会长
    """
    assert findings("ORG-013", 社会组织=_HEADS.replace("已登记", "已注销"), 任职=posts) == []
    assert findings("ORG-013", 社会组织=_HEADS) == []


def test_org_014_bad():
    """A ring of three, told once, an organisation that is its own hub, and one that hangs on the ring without being
    in it."""
    organisations = """
        组织编号 | 枢纽组织
        ZZ0001   | ZZ0002
        ZZ0002   | ZZ0003
        ZZ0003   | ZZ0001
        ZZ0004   | ZZ0004
        ZZ0005   | ZZ0001
    """
    found = [f for f in check(registry(社会组织=organisations)) if f.code == "ORG-014"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [
        ("B2", "组织1的枢纽组织绕回了自己：ZZ0001 → ZZ0002 → ZZ0003 → ZZ0001"),
        ("B5", "组织4的枢纽组织绕回了自己：ZZ0004 → ZZ0004"),
    ]


def test_org_014_good():
    organisations = """
        组织编号 | 枢纽组织
        ZZ0001   |
        ZZ0002   | ZZ0001
        ZZ0003   | ZZ0002
        ZZ0004   | ZZ0099
    """
    assert findings("ORG-014", 社会组织=organisations) == []


def test_org_015_bad():
    organisations = """
        组织编号 | 层级   | 枢纽组织
        ZZ0001   | 大众层 |
        ZZ0002   | 大众层 | ZZ0001
        ZZ0003   | 核心层 | ZZ0001
    """
    assert findings("ORG-015", 社会组织=organisations) == [("社会组织", "C3"), ("社会组织", "C4")]


def test_org_015_good():
    organisations = """
        组织编号 | 层级   | 枢纽组织
        ZZ0001   | 核心   |
        ZZ0002   | 紧密层 | ZZ0001
        ZZ0003   | 大众层 | ZZ0002
        ZZ0004   | 外围   |
        ZZ0005   | 大众层 | ZZ0004
    """
    assert findings("ORG-015", 社会组织=organisations) == []


def test_org_016_bad():
    organisations = """
        组织编号 | 登记状态 | 团体会员
        ZZ0001   | 已备案   | 市
        ZZ0002   | 未登记   | 是
    """
    assert findings("ORG-016", 社会组织=organisations) == [("社会组织", "C2"), ("社会组织", "C3")]


def test_org_016_good():
    organisations = """
        组织编号 | 登记状态 | 团体会员
        ZZ0001   | 已登记   | 市
        ZZ0002   | 已备案   | 镇街
        ZZ0003   | 未登记   | 村社区
        ZZ0004   | 未登记   | 否
        ZZ0005   | 未登记   |
        ZZ0006   | 登记了   | 市
    """
    assert findings("ORG-016", 社会组织=organisations) == []


_PLACE = """
    项目     | 内容
    行政区划 | 余姚市
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("余姚市巾帼志愿者帮扶协会", "巾帼志愿者帮扶协会"),
        ("余姚市巾帼志愿者帮扶协会", "余姚巾帼志愿者帮扶协会"),
        ("余姚市巾帼志愿者帮扶协会", "宁波市余姚市巾帼志愿者帮扶协会"),
        ("余姚市巾帼志愿者帮扶协会", "浙江省余姚市巾帼志愿者帮扶协会"),
        ("余姚市巾帼志愿者帮扶协会", "巾帼志愿者帮扶协会（余姚）"),
        ("余姚市巾帼志愿者帮扶协会", "余姚市巾帼志愿者帮扶学会"),
        ("余姚市四明山女子护林队", "四明山女子护林队"),
    ],
)
def test_org_017_bad(one, other):
    organisations = f"""
        组织编号 | 组织名称
        ZZ0001   | {one}
        ZZ0002   | {other}
    """
    (found,) = [f for f in check(registry(社会组织=organisations, 单位=_PLACE)) if f.code == "ORG-017"]
    assert (found.sheet, found.cell) == ("社会组织", "B3")
    assert found.message == f"“{other}”与第 2 行“{one}”很像。规定：一个组织只登记一行。"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("余姚市旗袍协会", "余姚市家庭教育协会"),
        ("梨洲街道巾帼志愿服务队伍", "凤山街道巾帼志愿服务队伍"),
        ("余姚市女子合唱团第一分团", "余姚市女子合唱团第二分团"),
        ("余姚市", "余姚"),
    ],
)
def test_org_017_good(one, other):
    organisations = f"""
        组织编号 | 组织名称
        ZZ0001   | {one}
        ZZ0002   | {other}
        ZZ0003   |
        ZZ0004   |
    """
    assert findings("ORG-017", 社会组织=organisations, 单位=_PLACE) == []


@pytest.mark.parametrize(("percent", "cells"), [("", []), ("80", ["B3"]), ("92", [])])
def test_org_017_by_the_parameter(percent, cells):
    """Eight characters, of which one differs, are alike by 87.5 percent."""
    organisations = """
        组织编号 | 组织名称
        ZZ0001   | 姚江女性公益协会
        ZZ0002   | 姚江女性公益学会
    """
    parameters = f"""
        参数       | 值
        名称相似度 | {percent}
    """
    assert findings("ORG-017", 社会组织=organisations, 参数=parameters) == [("社会组织", cell) for cell in cells]


@pytest.mark.parametrize(
    ("one", "other"),
    [("四明山镇巾帼民宿联盟会", "四明山镇巾帼民宿联合会"), ("三七市镇女子舞蹈协会", "三七市镇女子舞蹈学会")],
)
def test_org_017_finds_twins_whose_place_has_a_numeral(one, other):
    organisations = f"""
        组织编号 | 组织名称
        ZZ0001   | {one}
        ZZ0002   | {other}
    """
    assert findings("ORG-017", 社会组织=organisations, 单位=_PLACE) == [("社会组织", "B3")]


_ORGANISATION = """
    组织编号 | 组织名称 | 登记状态 | 层级
    ZZ0001   | 旗袍协会 | 已登记   | 核心层
"""


@pytest.mark.parametrize(("item", "new"), [("层级", "紧密层"), ("登记状态", "已注销"), ("名称", "旗袍文化协会")])
def test_org_018_bad(item, new):
    changes = f"""
        组织编号 | 日期       | 事项   | 新值
        ZZ0001   | 2026-10-15 | {item} | {new}
    """
    assert findings("ORG-018", 社会组织=_ORGANISATION, 变动=changes) == [("变动", "D2")]


@pytest.mark.parametrize(
    "rows",
    [
        "ZZ0001 | 2026-10-15 | 层级     | 核心层",
        "ZZ0001 | 2025-01-01 | 层级     | 紧密层 \n ZZ0001 | 2025-01-02 | 层级 | 核心层",
        "ZZ0001 | 2025-01-02 | 层级     | 核心层 \n ZZ0001 | 2025-01-01 | 层级 | 紧密层",
        "ZZ0001 | 2025-01-01 | 层级     | 紧密层 \n ZZ0001 | 2025-01-01 | 层级 | 核心层",
        "ZZ0001 | 2026-10-16 | 层级     | 大众层",
        "ZZ0001 | 2026-01-01 | 负责人   | 王小红",
        "ZZ0001 | 2026-01    | 层级     | 大众层",
        "ZZ0001 | 2026-01-01 | 等级     | 大众层",
        "ZZ0001 | 2026-01-01 | 登记状态 |",
        "ZZ0099 | 2026-01-01 | 层级     | 大众层",
    ],
)
def test_org_018_good(rows):
    changes = f"""
        组织编号 | 日期 | 事项 | 新值
        {rows}
    """
    assert findings("ORG-018", 社会组织=_ORGANISATION, 变动=changes) == []


def test_org_018_is_silent_where_the_organisations_are_not_kept():
    changes = """
        组织编号 | 日期       | 事项 | 新值
        ZZ0001   | 2026-01-01 | 层级 | 大众层
    """
    assert findings("ORG-018", 变动=changes) == []


@pytest.mark.parametrize(
    ("item", "column", "new"),
    [("名称", "组织名称", "旗袍协会(城区)"), ("层级", "层级", "核心"), ("名称", "组织名称", "旗袍 协会")],
)
def test_org_018_agrees_when_both_sheets_hold_the_same_words(item, column, new):
    organisations = f"""
        组织编号 | {column}
        ZZ0001   | {new}
    """
    changes = f"""
        组织编号 | 日期       | 事项   | 新值
        ZZ0001   | 2026-01-01 | {item} | {new}
    """
    assert findings("ORG-018", 社会组织=organisations, 变动=changes) == []


@pytest.mark.parametrize(("born", "age"), [("1955.10", 71), ("1955.09", 71), ("1954.11", 71), ("1954.10", 72)])
def test_the_age_of_a_head_is_complete_from_her_month_on(born, age):
    """Today is October 2026."""
    sheets = {
        "社会组织": "组织编号 | 登记状态 | 负责人\nZZ0001 | 已登记 | RY0001",
        "人员": f"人员编号 | 出生年月\nRY0001 | {born}",
    }
    (found,) = [f for f in check(registry(**sheets)) if f.code == "ORG-039"]
    assert f"{age} 岁，超过 70 岁" in found.message


def test_a_rating_after_a_bad_inspection_names_both_years():
    organisations = "组织编号 | 评估等级 | 等级有效期至\nZZ0001 | 3A | 2029-12-31"
    (found,) = [
        f
        for f in check(registry(社会组织=organisations, 年检="组织编号 | 年度 | 结论\nZZ0001 | 2024 | 不合格"))
        if f.code == "ORG-030"
    ]
    assert "2025 年评了 3A，2024 年度的年检结论却是不合格" in found.message
