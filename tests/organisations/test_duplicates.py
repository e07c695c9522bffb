"""Organisations and people that may be registered twice: groups, reasons, and decisions that silence them."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.demo.people import id_number
from jinguo.intake.building import build_registry
from jinguo.organisations.duplicates import core_name, duplicate_groups, organisation_links, people_links
from tests.benchmarks.registries import many_organisations
from tests.helpers import (
    change_cell,
    check_json,
    examples,
    find_cell,
    findings,
    jinguo,
    office,
    registry,
    snapshot,
    workbook_rows,
)


def groups(**sheets) -> list[tuple[str, list[int]]]:
    """(sheet, Excel rows) of each group."""
    return [(g.table.sheet, [g.table.rows[i] for i in g.rows]) for g in duplicate_groups(registry(**sheets))]


def named(*names: str, settings: str = "项目 | 内容\n行政区划 | 余姚市") -> dict[str, str]:
    rows = "\n".join(f"ZZ{n:04d} | {name}" for n, name in enumerate(names, 1))
    return {"社会组织": f"组织编号 | 组织名称\n{rows}", "单位": settings}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("余姚市巾帼志愿者帮扶协会", "巾帼志愿者帮扶协会"),
        ("余姚市巾帼志愿者帮扶协会", "余姚巾帼志愿者帮扶协会"),
        ("余姚市巾帼志愿者帮扶协会", "宁波市余姚市巾帼志愿者帮扶协会"),
        ("余姚市巾帼志愿者帮扶协会", "余姚市巾帼志愿者帮扶协会（筹）"),
        ("余姚市巾帼志愿者帮扶协会", "余姚市巾帼志原者帮扶协会"),
        ("余姚市晨曦亲子阅读促进会", "余姚市晨曦亲子阅读协进会"),
    ],
)
def test_one_organisation_under_two_names(one, other):
    assert groups(**named(one, "余姚市旗袍协会", other)) == [("社会组织", [2, 4])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("明伟社区姐妹调解室", "学弄社区姐妹调解室"),
        ("第一期女工协会互助会", "第二期女工协会互助会"),
        ("余姚市旗袍协会（梨洲分会）", "余姚市旗袍协会（凤山分会）"),
        ("余姚市旗袍协会", "余姚市家庭教育协会"),
    ],
)
def test_two_organisations_with_like_names(one, other):
    assert groups(**named(one, other)) == []


@pytest.mark.parametrize(
    "sheet",
    [
        "组织编号 | 组织名称 | 简称 | 曾用名\nZZ0001 | 余姚市千年渡公益红娘服务中心 | 千年渡 |\nZZ0002 | 千年渡 | |",
        "组织编号 | 组织名称 | 简称 | 曾用名\nZZ0001 | 余姚市女能手协会 | | 余姚市双学双比协会\nZZ0002 | 双学双比协会 | |",
        "组织编号 | 组织名称 | 简称 | 曾用名\nZZ0001 | 甲协会 | 红娘之家 |\nZZ0002 | 乙中心 | 红娘之家 |",
    ],
)
def test_short_and_former_names(sheet):
    found = duplicate_groups(registry(社会组织=sheet, 单位="项目 | 内容\n行政区划 | 余姚市"))
    assert [g.rows for g in found] == [[0, 1]]
    assert found[0].links[0].code == "ORG-017"


def test_an_organisations_own_short_name_is_no_duplicate():
    assert groups(社会组织="组织编号 | 组织名称 | 简称\nZZ0001 | 余姚市旗袍协会 | 旗袍协会") == []


def test_three_rows_that_hang_together_are_one_group():
    sheet = """
        组织编号 | 组织名称 | 联系电话 | 负责人
        ZZ0001 | 甲协会 | 0574-62710001 | RY0001
        ZZ0002 | 乙中心 | 0574-62710001 | RY0002
        ZZ0003 | 丙之家 | 0574-62710003 | RY0002
        ZZ0004 | 丁社   | 0574-62710004 | RY0004
    """
    (group,) = duplicate_groups(registry(社会组织=sheet))
    assert group.rows == [0, 1, 2]
    assert [(link.first, link.second, link.code) for link in group.links] == [(0, 1, "DUP-001"), (1, 2, "DUP-002")]


_A, _B = id_number(datetime.date(1980, 5, 12), 102), id_number(datetime.date(1991, 7, 3), 204)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (f"RY0001 | 李静 | {_A} | 1980.05 | 19905740001\nRY0002 | 李静 | {_B} | 1991.07 | 19905740002", "多半是两个人"),
        (f"RY0001 | 李静 | {_A} | | 19905740001\nRY0002 | 李静 | | | 19905740001", "手机也相同，多半是同一个人"),
        ("RY0001 | 李静 | | 1980.05 |\nRY0002 | 李静 | | 1980.05 |", "出生年月相同，多半是同一个人"),
        ("RY0001 | 李静 | | 1980.05 |\nRY0002 | 李静 | | 1981.05 |", "出生年月不同，多半是两个人"),
        ("RY0001 | 李静 | | |\nRY0002 | 李静 | | |", "编号不同"),
    ],
)
def test_homonyms_are_told_apart_where_anything_tells(rows, said):
    (link,) = people_links(registry(人员=f"人员编号 | 姓名 | 身份证号 | 出生年月 | 手机\n{rows}"))
    assert link.reason == f"李静与第 2 行同名，{said}" or link.reason.endswith(said)


def test_one_identity_number_under_two_names_is_a_group():
    sheet = f"人员编号 | 姓名 | 身份证号\nRY0001 | 李静 | {_A}\nRY0002 | 李敬 | {_A}"
    assert groups(人员=sheet) == [("人员", [2, 3])]
    assert findings("CELL-002", 人员=sheet) == [("人员", "C3")]


def test_a_decision_silences_the_finding_and_the_group():
    sheets = {"人员": "人员编号 | 姓名\nRY0001 | 李静\nRY0002 | 李静\nRY0003 | 李静"}
    assert groups(**sheets) == [("人员", [2, 3, 4])]
    decided = sheets | {"已确认不重复": "编号\nRY0001、RY0002"}
    assert groups(**decided) == [("人员", [2, 4])]
    assert findings("PEO-006", **decided) == [("人员", "B4")]  # type: ignore[arg-type]
    assert groups(**(sheets | {"已确认不重复": "编号\nRY0003，RY0002, ry0001"})) == []


@given(
    st.lists(
        st.sampled_from(["余姚市旗袍协会", "旗袍协会", "余姚旗袍协会", "红娘中心", "余姚市红娘中心", "为老服务队"]),
        max_size=8,
        unique=True,
    ),
    st.randoms(),
)
@settings(max_examples=examples(40), deadline=None)
def test_the_groups_do_not_depend_on_the_order_of_rows(names, chance):
    def sets(listed):
        found = duplicate_groups(registry(**named(*listed)))
        return sorted(sorted(g.table["name"][i] for i in g.rows) for g in found)

    shuffled = list(names)
    chance.shuffle(shuffled)
    assert sets(shuffled) == sets(names)


def test_every_row_is_in_one_group_at_most():
    found = duplicate_groups(build_registry(many_organisations(400)))
    rows = [i for g in found for i in g.rows]
    assert len(rows) == len(set(rows)) > 4
    assert all(link.first in g.rows and link.second in g.rows for g in found for link in g.links)


def test_typed_twice_among_many_is_found():
    table = build_registry(many_organisations(400))
    names = table["organisations"]["name"]
    pairs = {
        frozenset((core_name(names[k.first], ["余姚市"]), core_name(names[k.second], ["余姚市"])))
        for k in organisation_links(table)
    }
    assert {frozenset((names[n],)) for n in (49, 149, 249, 349)} <= pairs


class TestThroughTheRealCommand:
    @pytest.fixture
    def folder(self, tmp_path):
        folder = office(tmp_path)
        path = folder / "workbooks" / "社会组织台账.xlsx"
        cell = find_cell(path, "社会组织", "组织名称", "ZZ0012")
        change_cell(path, "社会组织", cell, "余姚巾帼志愿者帮扶协会")
        return folder

    def test_the_report_shows_the_group_side_by_side(self, folder):
        before = snapshot(folder / "workbooks")
        assert jinguo(folder, "check").returncode == 0
        rows = workbook_rows(folder / "output" / "校验" / "校验报告.xlsx", "疑似重复·社会组织")
        by_label = {row[1]: row for row in rows if row[0] == 1}
        assert by_label["组织编号"] == [1, "组织编号", "ZZ0001", "ZZ0012"]
        assert by_label["组织名称"][2:] == ["余姚市巾帼志愿者帮扶协会", "余姚巾帼志愿者帮扶协会"]
        assert by_label["位置"][2:] == ["B2", "B13"]
        assert "很像" in by_label["为什么"][3]
        assert by_label["不是同一个的，写进“已确认不重复”"][2] == "ZZ0001、ZZ0012"
        assert snapshot(folder / "workbooks") == before

    def test_what_differs_is_coloured(self, folder):
        jinguo(folder, "check")
        book = openpyxl.load_workbook(folder / "output" / "校验" / "校验报告.xlsx")
        rows = [row for row in book["疑似重复·社会组织"].iter_rows() if row[0].value == 1]
        colours = {
            row[1].value: row[3].fill.fgColor.rgb[-6:]
            for row in rows
            if row[1].value in ("组织编号", "业务主管单位", "级别")
        }
        assert colours == {"组织编号": "FFE699", "业务主管单位": "000000", "级别": "000000"}

    def test_the_decision_copied_into_the_workbook_silences_it(self, folder):
        _, found = check_json(folder)
        assert [f["cell"] for f in found if f["code"] == "ORG-017"] == ["B13"]
        path = folder / "workbooks" / "社会组织台账.xlsx"
        change_cell(path, "已确认不重复", "A3", "ZZ0001、ZZ0012")
        _, found = check_json(folder)
        assert [f for f in found if f["code"].startswith(("ORG-017", "DUP"))] == []
        book = openpyxl.load_workbook(folder / "output" / "校验" / "校验报告.xlsx")
        assert "疑似重复·社会组织" not in book.sheetnames


@pytest.mark.parametrize(("before", "told"), [(19, True), (20, True), (21, False)])
def test_a_row_is_compared_with_the_first_twenty_of_its_value(before, told):
    """The last row has been told apart from all but the last before it: this one is among the first twenty or not."""
    numbers = [f"ZZ{n:04d}" for n in range(1, before + 2)]
    rows = "\n".join(
        f"{number} | {'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n}社 | 0574-62700001" for n, number in enumerate(numbers)
    )
    apart = "、".join(number for number in numbers if number != numbers[-2])
    found = findings(
        "DUP-001",
        社会组织=f"组织编号 | 组织名称 | 联系电话\n{rows}",
        已确认不重复=f"编号\n{apart}",
    )
    assert (("社会组织", f"C{before + 2}") in found) == told


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("330281198005010032", "身份证号只差 2 位，多半是同一个人抄错了号"),
        ("330281198005010112", "身份证号不同，生日相同"),
        ("330281199006030021", "编号和身份证号都不同，多半是两个人"),
    ],
)
def test_how_far_two_identity_numbers_of_one_name_differ(other, said):
    rows = f"人员编号 | 姓名 | 身份证号\nRY0001 | 李静 | 330281198005010024\nRY0002 | 李静 | {other}"
    reasons = [link.reason for link in people_links(registry(人员=rows)) if link.code == "PEO-006"]
    assert [reason.split("同名，")[1] for reason in reasons] == [said]
