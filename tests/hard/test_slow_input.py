"""Input that once took minutes: many brackets, ten thousand rows that are one, texts pasted into every cell, merges over everything."""

from __future__ import annotations

import random

import pytest

from jinguo.checks import check
from jinguo.excel.raw import RawSheet, merged_within
from jinguo.intake.building import build_registry
from jinguo.organisations.duplicates import organisation_links
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES
from tests.helpers import TODAY, ends_within

pytestmark = pytest.mark.long

_HEAD = ["组织编号", "组织名称", "登记状态", "组织类型", "层级", "级别", "所属镇街"]


def organisations(names: list[str], numbers: bool = True) -> Registry:
    rows = [
        [f"ZZ{n if numbers else 1:06d}", name, "未登记", "其他", "大众层", "村社区", "东街道"]
        for n, name in enumerate(names, 1)
    ]
    return build_registry({"社会组织台账.xlsx": [RawSheet("社会组织台账.xlsx", "社会组织", [_HEAD, *rows])]}, TODAY)


@pytest.mark.parametrize(
    "name", ["（" * 32_767, "(" * 32_767, "（）" * 16_000, "（(" * 16_000, "）" * 32_767, "“" * 32_767, "." * 32_767]
)
def test_a_name_of_brackets(name):
    with ends_within(60):
        found = check(organisations([name, "茶艺协会"]))
    assert [f.cell for f in found if f.code == "CELL-026"] == ["B2"]
    assert all(len(f.message) < 1000 for f in found)


@pytest.mark.slow
def test_ten_thousand_rows_that_are_one():
    with ends_within(120):
        found = check(organisations(["余姚市茶艺协会"] * 10_000, numbers=False))
    assert sum(f.code == "CELL-002" and f.cell.startswith("A") for f in found) == 9_999


@pytest.mark.slow
def test_ten_thousand_names_that_are_nearly_one():
    chance = random.Random(3)
    names = ["巧手" + "".join(chance.choice("甲乙丙丁戊己庚辛") for _ in range(6)) + "编织志愿队" for _ in range(6_000)]
    with ends_within(120):
        found = organisation_links(organisations(names))
    assert len(found) > 4_000


def test_many_names_are_compared_as_few_are():
    """In blocks or one by one, the same pairs are found."""
    chance = random.Random(5)
    names = ["巧手" + "".join(chance.choice("甲乙丙丁") for _ in range(5)) + "编织队" for _ in range(700)]
    many = {(link.first, link.second) for link in organisation_links(organisations(names)) if link.code == "ORG-017"}
    assert len(many) > 100
    few = organisation_links(organisations(names[:200]))
    assert {(x.first, x.second) for x in few if x.code == "ORG-017"} == {p for p in many if p[1] < 200}


@pytest.mark.slow
@pytest.mark.parametrize(
    "sheet", ["organisations", "people", "events", "projects", "batches", "duty_log", "parameters"]
)
def test_a_text_pasted_into_every_cell(sheet):
    spec, chance = TABLES[sheet], random.Random(7)
    text = [
        "".join(chance.choice("一二三年月日0123456789（），、") for _ in range(32_767))
        for _ in range(3 * len(spec.fields))
    ]
    rows = [text[n * len(spec.fields) : (n + 1) * len(spec.fields)] for n in range(3)]
    raw = RawSheet(spec.workbook, spec.sheet, [[f.header for f in spec.fields], *rows])
    with ends_within(90):
        found = check(build_registry({spec.workbook: [raw]}, TODAY))
    assert any(f.code == "CELL-026" for f in found) or sheet == "parameters"
    assert all(len(f.message) < 2_000 for f in found)


def test_merges_over_everything_are_no_more_than_the_sheet_has_cells():
    rows = [["组织编号", "组织名称"], *[[f"ZZ{n:04d}", "甲"] for n in range(50)]]
    raw = RawSheet("x.xlsx", "社会组织", rows, merged=[(0, 0, 1_048_575, 16_383)] * 100_000)
    assert merged_within(raw) == [(0, 0, 50, 1)]
    sound = [(1, 1, 3, 1), (4, 1, 1_048_575, 1), (90, 0, 95, 5)]
    assert merged_within(RawSheet("x.xlsx", "x", rows, merged=sound)) == [(1, 1, 3, 1), (4, 1, 50, 1)]
