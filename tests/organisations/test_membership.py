"""Who belongs to which organisation when."""

from __future__ import annotations

import pytest

from jinguo.organisations.membership import Membership, current_organisations, memberships
from jinguo.schema.dates import Month
from tests.helpers import registry

PEOPLE = """
    人员编号 | 姓名
    RY0001   | 王小红
    RY0002   | 李梅
    RY0003   | 陈燕
"""


@pytest.mark.parametrize(
    "span, month, covered",
    [
        ("2024.03 2026.02", "2026.02", True),
        ("2024.03 2026.02", "2026.03", False),
        ("2024.03 2026.02", "2024.03", True),
        ("2024.03 2026.02", "2024.02", False),
        ("2024.03 2026.02", "2025.12", True),
        ("2024.03 -", "2099.12", True),
        ("- 2026.02", "1990.01", True),
        ("- -", "2026.10", True),
        ("2026.12 2026.12", "2026.12", True),
        ("2026.03 2026.12", "2026.10", True),
        ("2025.11 2026.02", "2026.01", True),
    ],
)
def test_a_span_covers_both_its_end_months(span, month, covered):
    start, end, at = (None if word == "-" else Month(*map(int, word.split("."))) for word in [*span.split(), month])
    assert Membership("RY0001", "ZZ0001", start, end).covers(at) is covered


def test_memberships_are_the_posts_then_heads_without_one():
    reg = registry(
        人员=PEOPLE,
        社会组织="""
            组织编号 | 组织名称 | 负责人
            ZZ0001   | 甲协会   | RY0001
            ZZ0002   | 乙协会   | RY0001
            ZZ0003   | 丙协会   |
            ZZ0004   | 丁协会   | RY0003
        """,
        任职="""
            人员编号 | 组织编号 | 职务   | 起始    | 结束
            RY0002   | ZZ0001   | 秘书长 | 2024.03 | 2026.02
            RY0001   | ZZ0001   | 会长   | 2022.05 | 至今
            RY0002   | ZZ0003   | 理事   | 2026.03 |
        """,
    )
    assert memberships(reg) == [
        ("RY0002", "ZZ0001", (2024, 3), (2026, 2)),
        ("RY0001", "ZZ0001", (2022, 5), None),
        ("RY0002", "ZZ0003", (2026, 3), None),
        ("RY0001", "ZZ0002", None, None),
        ("RY0003", "ZZ0004", None, None),
    ]


def test_a_post_whose_months_or_references_cannot_be_read_is_left_out_and_the_head_stays():
    reg = registry(
        人员=PEOPLE,
        社会组织="""
            组织编号 | 组织名称 | 负责人
            ZZ0001   | 甲协会   | RY0001
        """,
        任职="""
            人员编号 | 组织编号 | 起始     | 结束
            RY0001   | ZZ0001   | 二十年前 |
            RY0002   | ZZ0001   | 2022.05  | 快了
            RY0002   | ZZ0009   | 2022.05  |
            RY0009   | ZZ0001   | 2022.05  |
            RY0003   | ZZ0001   |          |
        """,
    )
    assert memberships(reg) == [("RY0001", "ZZ0001", None, None)]


def test_current_organisations_are_those_headed_then_those_served_the_dissolved_and_former_left_out():
    reg = registry(
        人员=PEOPLE,
        社会组织="""
            组织编号 | 组织名称 | 登记状态 | 负责人
            ZZ0001   | 甲协会   | 未登记   | RY0002
            ZZ0002   | 乙协会   | 未登记   | RY0001
            ZZ0003   | 丙协会   | 已注销   | RY0001
            ZZ0004   | 丁协会   | 未登记   |
            ZZ0005   | 戊协会   | 已注销   |
            ZZ0006   | 己协会   | 未登记   |
            ZZ0007   | 庚协会   | 未登记   |
        """,
        任职="""
            人员编号 | 组织编号 | 起始    | 结束
            RY0001   | ZZ0001   | 2024.01 |
            RY0001   | ZZ0004   | 2022.01 | 2026.10
            RY0001   | ZZ0005   | 2022.01 |
            RY0001   | ZZ0006   | 2022.01 | 2026.09
            RY0001   | ZZ0007   | 2026.11 |
            RY0001   | ZZ0002   | 2022.01 | 2024.01
        """,
    )
    assert current_organisations(reg, reg.today)["RY0001"] == ["ZZ0002", "ZZ0001", "ZZ0004"]
    assert current_organisations(reg, reg.today)["RY0002"] == ["ZZ0001"]
    assert "RY0003" not in current_organisations(reg, reg.today)


def test_current_organisations_depend_on_the_day():
    import datetime

    sheets = {"任职": "人员编号|组织编号|起始|结束\nRY0001|ZZ0001|2026.03|2026.04", "社会组织": "组织编号\nZZ0001"}
    days = [(2026, 2, 28), (2026, 3, 1), (2026, 4, 30), (2026, 5, 1)]
    assert [current_organisations(registry(**sheets), datetime.date(*d)).get("RY0001", []) for d in days] == [
        [],
        ["ZZ0001"],
        ["ZZ0001"],
        [],
    ]
