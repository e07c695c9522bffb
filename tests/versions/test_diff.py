"""`jinguo diff` and `check --since`: what changed between two versions, and which findings are new."""

from __future__ import annotations

import copy
import json
import random
import shutil

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.checks import check
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.intake.loading import read_folder
from jinguo.versions.compare import compare, new_findings
from tests.helpers import (
    ROOT,
    TODAY,
    change_cell,
    check_json,
    examples,
    find_cell,
    jinguo,
    office,
    registry,
    snapshot,
    workbook_rows,
)


def told(old: dict, new: dict) -> list[tuple]:
    """(change, sheet, row, column, old, new, old cell, new cell) between two registries drawn as tables."""
    found = compare(registry(TODAY, **old), registry(TODAY, **new)).differences
    return [(d.kind, d.sheet, d.row, d.header, d.old, d.new, d.old_cell, d.new_cell) for d in found]


_PEOPLE = """
    人员编号 | 姓名   | 民族 | 手机
    RY0001   | 王小红 | 汉族 | 19905740001
    RY0002   | 李静   | 回族 | 19905740002
    RY0003   | 陈晨   | 汉族 |
"""


def test_a_changed_cell_is_told_with_both_places():
    new = """
        人员编号 | 姓名   | 民族 | 手机
        RY0003   | 陈晨   | 汉族 | 19905740003
        RY0001   | 王小红 | 汉族 | 19905740001
        RY0002   | 李婧   | 回族 | 19905740002
    """
    assert told({"人员": _PEOPLE}, {"人员": new}) == [
        ("改动", "人员", "RY0003 陈晨", "手机", "", "19905740003", "D4", "D2"),
        ("改动", "人员", "RY0002 李婧", "姓名", "李静", "李婧", "B3", "B4"),
    ]


def test_rows_added_and_removed():
    new = """
        人员编号 | 姓名   | 民族 | 手机
        RY0001   | 王小红 | 汉族 | 19905740001
        RY0004   | 方若兰 | 汉族 |
        RY0003   | 陈晨   | 汉族 |
    """
    assert told({"人员": _PEOPLE}, {"人员": new}) == [
        ("新增一行", "人员", "RY0004 方若兰", "", "", "人员编号：RY0004；姓名：方若兰；性别：女；民族：汉族", "", "A3"),
        (
            "删去一行",
            "人员",
            "RY0002 李静",
            "",
            "人员编号：RY0002；姓名：李静；性别：女；民族：回族；手机：19905740002",
            "",
            "A3",
            "",
        ),
    ]


def test_the_order_of_rows_and_columns_is_no_change():
    new = """
        姓名   | 手机        | 人员编号 | 民族
        李静   | 19905740002 | RY0002   | 回族
        陈晨   |             | RY0003   | 汉族
        王小红 | 19905740001 | RY0001   | 汉族
    """
    assert told({"人员": _PEOPLE}, {"人员": new}) == []


def test_a_column_added_or_dropped_is_told_once():
    new = """
        人员编号 | 姓名   | 民族 | 爱好
        RY0001   | 王小红 | 汉族 | 书法
        RY0002   | 李静   | 回族 |
        RY0003   | 陈晨   | 汉族 | 太极
    """
    assert told({"人员": _PEOPLE}, {"人员": new}) == [
        ("新增一栏", "人员", "", "爱好", "", "2 行有内容", "", ""),
        ("删去一栏", "人员", "", "手机", "2 行有内容", "", "", ""),
    ]


def test_the_offices_own_column_is_compared():
    old = "人员编号 | 姓名 | 爱好\nRY0001 | 王小红 | 书法"
    assert told({"人员": old}, {"人员": old.replace("书法", "国画")}) == [
        ("改动", "人员", "RY0001 王小红", "爱好", "书法", "国画", "C2", "C2")
    ]


def test_a_row_without_a_key_is_found_again_by_whom_it_is_about():
    old = """
        活动编号 | 人员编号 | 出勤 | 学时
        HD0001   | RY0001   | 出席 | 6
        HD0001   | RY0002   | 出席 | 6
        HD0002   | RY0001   | 请假 |
    """
    new = """
        活动编号 | 人员编号 | 出勤 | 学时
        HD0002   | RY0001   | 请假 |
        HD0001   | RY0002   | 出席 | 3
        HD0003   | RY0002   | 出席 | 6
    """
    assert told({"签到": old}, {"签到": new}) == [
        ("改动", "签到", "HD0001 RY0002 出席", "学时", "6", "3", "D3", "D3"),
        (
            "新增一行",
            "签到",
            "HD0003 RY0002 出席",
            "",
            "",
            "活动编号：HD0003；人员编号：RY0002；出勤：出席；学时：6",
            "",
            "A4",
        ),
        (
            "删去一行",
            "签到",
            "HD0001 RY0001 出席",
            "",
            "活动编号：HD0001；人员编号：RY0001；出勤：出席；学时：6",
            "",
            "A2",
            "",
        ),
    ]


def test_quite_equal_rows_are_counted():
    row = "ZZ0001 | 2026-03-01 | 为老服务"
    head = "组织编号 | 日期 | 主题\n"
    found = told({"服务活动": head + row}, {"服务活动": head + "\n".join([row] * 3)})
    assert [d[0] for d in found] == ["新增一行", "新增一行"]


def test_of_doubled_keys_the_first_is_compared_with_the_first():
    old = "人员编号 | 姓名\nRY0001 | 王小红\nRY0001 | 李静"
    new = "人员编号 | 姓名\nRY0001 | 王小红\nRY0001 | 李婧"
    assert [(d[3], d[4], d[5]) for d in told({"人员": old}, {"人员": new})] == [("姓名", "李静", "李婧")]


def test_a_row_that_only_changed_in_what_names_it_is_the_same():
    old = "项目编号 | 期次 | 日期 | 金额(元)\nXM0001 | 首期 | 2026-01-01 | 一万"
    new = old.replace("首期", "第一期")
    one, other = registry(拨款=old), registry(拨款=new)
    assert [(d.header, d.old, d.new) for d in compare(one, other).differences] == [("期次", "首期", "第一期")]
    assert new_findings(one, check(one), other, check(other)) == []


def test_of_doubled_keys_the_one_that_is_gone_is_told():
    old = "人员编号 | 姓名\nRY0001 | 甲\nRY0001 | 乙"
    assert [(d[0], d[2], d[6]) for d in told({"人员": old}, {"人员": "人员编号 | 姓名\nRY0001 | 乙"})] == [
        ("删去一行", "RY0001 甲", "A2")
    ]


def test_a_corrected_date_of_a_visit_is_a_change():
    old = "日期 | 来访人 | 事项 | 处理结果\n2026-03-02 | 来访人01 | 政策解读 | 当场答复\n2026-03-02 | 来访人02 | 法律咨询 | 转律师"
    found = told({"来访接待": old}, {"来访接待": old.replace("2026-03-02 | 来访人02", "2026-03-03 | 来访人02")})
    assert [(d[0], d[3], d[4], d[5]) for d in found] == [("改动", "日期", "2026-03-02", "2026-03-03")]


def test_a_sheet_only_one_version_has_is_named():
    found = compare(
        registry(人员=_PEOPLE, 签到="活动编号 | 人员编号\nHD0001 | RY0001"),
        registry(人员=_PEOPLE, 证书="人员编号 | 级别"),
    )
    assert (found.differences, found.only_old, found.only_new) == ([], ["签到"], ["证书"])


SHEETS = read_folder(ROOT / "workbooks").sheets


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(0, 2**32))
def test_any_change_to_the_demo_is_told_exactly(seed):
    """Rows and columns shuffled, some rows dropped, some cells rewritten: just that is told."""
    chance = random.Random(seed)
    book, name = "人员台账.xlsx", "人员"
    sheet = next(s for s in SHEETS[book] if s.name == name)
    rows = [list(row) for row in sheet.rows]
    head = rows[0]
    places = chance.sample(range(2, len(rows)), 6)
    dropped, changed = sorted(places[:2]), sorted(places[2:])
    wanted = set()
    for r in changed:
        c = head.index(chance.choice(["民族", "籍贯", "手机", "备注"]))
        rows[r][c] = f"改{chance.randint(1, 999)}"
        wanted.add(("改动", f"{rows[r][0]} {rows[r][1]}", head[c], rows[r][c]))
    wanted |= {("删去一行", f"{rows[r][0]} {rows[r][1]}", "", "") for r in dropped}
    body = [row for n, row in enumerate(rows) if n and n not in dropped]
    chance.shuffle(body)
    order = chance.sample(range(len(head)), len(head))
    moved = [[row[c] for c in order] for row in [head, *body]]
    sheets = copy.copy(SHEETS)
    sheets[book] = [RawSheet(book, s.name, moved) if s.name == name else s for s in SHEETS[book]]
    found = compare(build_registry(SHEETS, TODAY), build_registry(sheets, TODAY)).differences
    assert {(d.kind, d.row, d.header, d.new) for d in found} == wanted
    assert len(found) == len(wanted)


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(0, 2**32))
def test_there_and_back_are_each_others_reverse(seed):
    chance = random.Random(seed)

    def some():
        rows = [
            f"HD{chance.randint(1, 3):04d} | RY{chance.randint(1, 3):04d} | {chance.choice(['出席', '请假'])} | {chance.choice(['', '3', '6'])}"
            for _ in range(6)
        ]
        return {"签到": "活动编号 | 人员编号 | 出勤 | 学时\n" + "\n".join(rows)}

    one, other = some(), some()
    assert told(one, one) == []
    there, back = told(one, other), told(other, one)
    count = lambda found, kind: sum(d[0] == kind for d in found)  # noqa: E731
    assert count(there, "新增一行") == count(back, "删去一行")
    assert count(there, "删去一行") == count(back, "新增一行")


class TestThroughTheRealCommand:
    @pytest.fixture
    def folder(self, tmp_path):
        folder = office(tmp_path)
        shutil.copytree(folder / "workbooks", folder / "去年")
        path = folder / "workbooks" / "人员台账.xlsx"
        change_cell(path, "人员", find_cell(path, "人员", "手机", "RY0030"), "19905749999")
        change_cell(path, "人员", find_cell(path, "人员", "身份证号", "RY0031"), "330281")
        return folder

    def test_two_folders(self, folder):
        before = snapshot(folder / "workbooks")
        done = jinguo(folder, "diff", "去年")
        assert done.returncode == 0, done.stderr
        assert "RY0030 汤慧芳  手机：19905740030 → 19905749999" in done.stdout
        rows = workbook_rows(folder / "output" / "比较" / "变动对照.xlsx", "变动")
        assert [row[:3] + row[4:] for row in rows[3:]] == [
            ["改动", "人员台账.xlsx", "人员", "手机", "19905740030", "19905749999", "R31", "R31"],
            ["改动", "人员台账.xlsx", "人员", "身份证号", value_before(folder), "330281", "F32", "F32"],
        ]
        links = openpyxl.load_workbook(folder / "output" / "比较" / "变动对照.xlsx")["变动"]["I4"].hyperlink
        assert (links.target.replace("\\", "/"), links.location) == ("../../workbooks/人员台账.xlsx", "'人员'!R31")
        assert snapshot(folder / "workbooks") == before

    def test_two_files(self, folder):
        done = jinguo(folder, "diff", "去年/人员台账.xlsx", "workbooks/人员台账.xlsx")
        assert done.returncode == 0, done.stderr
        assert "只有" not in done.stdout
        assert done.stdout.count("【改动】") == 2

    def test_nothing_changed(self, folder):
        done = jinguo(folder, "diff", "去年", "去年")
        assert done.stdout.strip() == "两个版本没有不同。"
        assert workbook_rows(folder / "output" / "比较" / "变动对照.xlsx", "变动")[3:] == []

    def test_what_cannot_be_compared(self, folder):
        done = jinguo(folder, "diff", "前年")
        assert (done.returncode, "找不到这个文件或文件夹" in done.stderr) == (2, True)
        done = jinguo(folder, "diff", "去年/人员台账.xlsx", "workbooks/项目台账.xlsx")
        assert (done.returncode, "没有同一张表" in done.stderr) == (2, True)

    def test_check_since_tells_only_what_is_new(self, folder):
        _, everything = check_json(folder)
        target = folder / "new.json"
        done = jinguo(folder, "check", "--since", "去年", "--json", str(target))
        assert done.returncode == 1
        found = json.loads(target.read_text("utf-8"))
        assert [(f["code"], f["sheet"], f["cell"]) for f in found] == [("CELL-010", "人员", "F32")]
        assert f"原来就有的 {len(everything) - 1} 条没有列出" in done.stdout
        rows = workbook_rows(folder / "output" / "校验" / "校验报告.xlsx", "总览")
        assert rows[1][0].startswith("只列出与 去年 相比新出现的。")

    def test_check_since_the_same_version_has_nothing_to_say(self, folder):
        done = jinguo(folder, "check", "--since", "workbooks")
        assert done.returncode == 0
        assert "台账没有问题" not in done.stdout
        assert "没有新出现的问题" in done.stdout

    def test_since_one_workbook_tells_of_that_workbook_alone(self, folder):
        done = jinguo(folder, "check", "--since", "去年/人员台账.xlsx", "--json", str(folder / "new.json"))
        assert done.returncode == 1
        found = json.loads((folder / "new.json").read_text("utf-8"))
        assert [(f["code"], f["sheet"], f["cell"]) for f in found] == [("CELL-010", "人员", "F32")]

    def test_since_a_version_that_cannot_be_read_says_so(self, folder):
        (folder / "去年" / "项目台账.xlsx").write_bytes(b"PK broken")
        done = jinguo(folder, "check", "--since", "去年", "--json", str(folder / "new.json"))
        assert "旧的版本：项目台账.xlsx" in done.stdout
        assert {f["workbook"] for f in json.loads((folder / "new.json").read_text("utf-8"))} == {"人员台账.xlsx"}

    def test_both_versions_are_judged_by_the_same_day(self, folder):
        change_cell(
            folder / "workbooks" / "设置.xlsx",
            "参数",
            find_cell(folder / "workbooks" / "设置.xlsx", "参数", "值", "基准日期"),
            "2026-12-31",
        )
        jinguo(folder, "check", "--since", "去年", "--json", str(folder / "new.json"))
        assert [f["code"] for f in json.loads((folder / "new.json").read_text("utf-8"))] == ["CELL-010"]

    def test_groups_that_were_there_before_are_left_out(self, folder):
        jinguo(folder, "check", "--since", "去年")
        assert openpyxl.load_workbook(folder / "output" / "校验" / "校验报告.xlsx").sheetnames == ["总览", "明细"]

    def test_a_finding_stays_old_where_rows_and_columns_move(self, folder):
        path = folder / "workbooks" / "项目台账.xlsx"
        book = openpyxl.load_workbook(path)
        book["项目"].insert_rows(2)
        book["项目"].move_range("A3:P3", rows=-1)
        book["项目"].delete_rows(3)
        book["项目"].insert_cols(1)
        book["项目"]["A1"] = "本单位序号"
        book.save(path)
        done = jinguo(folder, "check", "--since", "去年", "--json", str(folder / "new.json"))
        assert done.returncode == 1
        assert "PRJ-004" not in (folder / "new.json").read_text("utf-8")


def value_before(folder) -> str:
    rows = workbook_rows(folder / "去年" / "人员台账.xlsx", "人员")
    return rows[31][rows[0].index("身份证号")]
