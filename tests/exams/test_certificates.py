"""Certificates: which are due by their registration, and the hours over its span."""

from __future__ import annotations

from decimal import Decimal

from jinguo.exams.holders import holders
from tests.training.test_coverage import office


def test_certificates_are_due_by_their_registration_and_counted_over_its_span():
    reg = office(
        证书="""
            人员编号 | 级别 | 取得日期   | 登记日期   | 登记有效期至
            RY0001   | 初级 | 2022-09-20 | 2023-11-15 | 2026-11-14
            RY0002   | 中级 | 2026-09-20 |            |
            RY0003   | 初级 | 2025-09-20 |            |
            RY0005   | 中级 | 2024-09-20 | 2024-11-15 | 2027-11-14
        """,
        继续教育="人员编号 | 日期 | 内容 | 学时\nRY0001 | 2023-11-14 | 太早 | 50\nRY0001 | 2026-06-01 | 网络课程 | 8",
    )
    certificates = reg["certificates"]
    assert [(certificates["person"][h.row], str(h.due), h.done, h.needed, h.state) for h in holders(reg)] == [
        ("RY0003", "2026-09-20", None, Decimal(72), "首次登记已过期"),
        ("RY0001", "2026-11-14", Decimal(27), Decimal(72), "再登记快到期，学时不够"),
        ("RY0002", "2027-09-20", None, Decimal(90), "首次登记未到期"),
        ("RY0005", "2027-11-14", Decimal(6), Decimal(90), "再登记未到期"),
    ]


def test_a_certificate_below_a_higher_one_is_not_due():
    reg = office(
        证书="人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\nRY0001 | 初级 | 2017-09-20 | 2018-11-15 | 2021-11-14\nRY0001 | 中级 | 2024-09-20 | 2024-11-15 | 2027-11-14"
    )
    assert [reg["certificates"]["level"][h.row] for h in holders(reg)] == ["中级"]
