"""Two rows that are one become one: references follow, nothing is lost, and nothing is done that nobody decided."""

from __future__ import annotations

import openpyxl
import pytest

from jinguo.intake.loading import load_registry
from jinguo.reports.merge_plan import read_merge_plan
from tests.helpers import jinguo, office
from tests.survey.test_survey import apply, books, decide


@pytest.fixture
def place(tmp_path):
    return office(tmp_path / "office")


def plan_path(place):
    return place / "output" / "合并" / "合并方案.xlsx"


def test_the_probable_duplicates_of_the_report_are_proposed(place):
    done = jinguo(place, "merge")
    assert "人员：RY0066 吕国英 并入 RY0141 吕国英" in done.stdout
    found = [p for p, _ in read_merge_plan(plan_path(place))]
    assert {p.decision for p in found if p.kind in ("冲突", "删除")} == {"待定"}
    # Everything that refers to the one that goes is named.
    registry = load_registry(place / "workbooks")
    referring = sum(
        list(table[f.name]).count("RY0066")
        for table in registry.tables.values()
        for f in table.spec.fields
        if getattr(f.type, "table", "") == "people"
    )
    assert sum(p.row != "RY0141" and p.row != "RY0066" for p in found) == referring


def test_one_row_is_left_and_every_reference_follows(place):
    before = load_registry(place / "workbooks")
    old, new = ("RY0066", "RY0141")
    lost = before["people"].shown(before["people"].index_of[old], "mobile")
    attended = {e for _, e, p in before["attendance"].each("event", "person") if p in (old, new)}
    jinguo(place, "merge", new, old)
    decide(place, "采用", "删除", path=plan_path(place))
    decide(place, "不采用", path=plan_path(place))
    original = books(place)
    done = apply(place, path=plan_path(place))
    assert done.returncode == 0, done.stderr + done.stdout
    after = load_registry(place / "workbooks")
    assert old not in after["people"].index_of
    assert len(after["people"]) == len(before["people"]) - 1
    for table in after.tables.values():
        for f in table.spec.fields:
            if getattr(f.type, "table", "") == "people":
                assert old not in table[f.name], (table.spec.name, f.name)
    assert {e for _, e, p in after["attendance"].each("event", "person") if p == new} == attended
    remarks = after["people"]["remarks"][after["people"].index_of[new]]
    assert f"由{old}并入" in remarks and lost in remarks
    assert "没有要写的" in apply(place, path=plan_path(place)).stdout
    assert "没有疑似重复的" in jinguo(place, "merge").stdout
    assert jinguo(place, "survey", "undo", "--yes").returncode == 0
    assert books(place) == original


def test_two_who_were_at_one_event_are_not_made_one_by_the_way(place):
    """Where both have a row about the same, which of the two goes is for somebody to say."""
    jinguo(place, "merge", "RY0003", "RY0002")
    found = [p for p, _ in read_merge_plan(plan_path(place))]
    twins = [p for p in found if p.kind == "删除" and p.table == "attendance"]
    assert twins and all("是一回事" in p.reason for p in twins)
    decide(place, "不采用", path=plan_path(place))
    original = books(place)
    done = apply(place, path=plan_path(place))
    assert done.returncode == 2
    assert "会有新的错误" in done.stdout
    assert books(place) == original


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("RY0001",), "要写两个编号"),
        (("RY0001", "RY0001"), "要写两个编号"),
        (("RY0001", "ZZ0001"), "一个是人、一个是组织"),
        (("RY0001", "RY9999"), "台账里没有"),
    ],
)
def test_what_cannot_be_merged_is_told(place, numbers, told):
    done = jinguo(place, "merge", *numbers)
    assert done.returncode == 2
    assert told in done.stderr


def test_organisations_are_merged_the_same_way(place):
    jinguo(place, "merge", "zz0039", "ZZ0040")
    found = {(p.table, p.field, p.kind) for p, _ in read_merge_plan(plan_path(place))}
    assert ("posts", "organisation", "修改") in found
    assert ("organisations", "", "删除") in found
    book = openpyxl.load_workbook(plan_path(place))
    assert "填写说明" in book.sheetnames
