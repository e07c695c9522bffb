"""What stands in a sheet besides its rows of data, and what a real workbook hides: totals, signatures, merges, gaps,
formulas."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from jinguo.common.findings import Finding
from jinguo.excel.raw import RawSheet
from jinguo.excel.reading.read import read_workbook
from jinguo.intake.building import build_registry
from jinguo.intake.layout import DataColumns, skip_reason
from jinguo.intake.loading import load_files
from jinguo.intake.match import make_table
from jinguo.registry.tables import Table
from jinguo.schema import TABLES
from tests.excel.test_reading import _strict, repacked
from tests.helpers import TODAY, places, table

HEADER = "人员编号 | 姓名 | 性别"
FIRST, LAST = "RY0001 | 王小红 | 女", "RY0002 | 李芳 | 女"
ORGANISATIONS = "组织名称 | 组织编号 | 登记状态 | 组织类型 | 层级 | 级别 | 所属镇街"


def made(rows: str | list[list[Any]], name: str = "people", **known: Any) -> tuple[Table, list[Finding]]:
    """The table of these rows as they stand; `merged`, `hidden` and `errors` as the reader gives them."""
    spec = TABLES[name]
    drawn = table(rows) if isinstance(rows, str) else rows
    return make_table(RawSheet(spec.workbook, spec.sheet, drawn, **known), spec, {})


def hints(found: list[Finding]) -> list[tuple[str, str, str]]:
    """(code, cell, the sentence before the rule)."""
    return [(f.code, f.cell, f.message.split("。")[0]) for f in found]


def between(row: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The numbers read, and the hints, where a row stands between two people; it is row 3."""
    found, problems = made(f"{HEADER}\n{FIRST}\n{row}\n{LAST}")
    return found["number"], hints(problems)


# Rows that are no data


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("合计 | 2 人 |", "合计"),
        ("合  计 | | 2", "合计"),
        ("小计 | 2 |", "合计"),
        ("小　计： | 2 |", "合计"),
        ("总计：2人 | |", "合计"),
        ("本页小计 | 2 |", "合计"),
        ("本期累计 | 2 |", "合计"),
        ("共计2人 | |", "合计"),
        (" | 合计 |", "合计"),
        ("填表人：张三 | | 填表日期：2026年1月5日", "落款或说明"),
        ("填 表 人：张三 | |", "落款或说明"),
        ("填报单位: 市妇联 | |", "落款或说明"),
        ("制表：张三 | |", "落款或说明"),
        ("审核人：李四 | |", "落款或说明"),
        ("注：1.姓名写全名 | |", "落款或说明"),
        ("说明：如上 | |", "落款或说明"),
        ("备注：2026年1月统计 | |", "落款或说明"),
        (" | | 经办人：李四", "落款或说明"),
        ("示例 | 王小红 | 女", "示例"),
        ("（示例）RY0001 | 王小红 | 女", "示例"),
        ("【样例】 | 王小红 | 女", "示例"),
        ("例如：RY0001 | 王小红 |", "示例"),
        ("A | B | C", "栏次"),
        ("甲 | 乙 | 丙", "栏次"),
        ("甲 | 1 | 2", "栏次"),
        ("1 | 2 | 3", "栏次"),
        ("(1) | (2) | (3)", "栏次"),
        ("栏次 | 1 | 2", "栏次"),
    ],
)
def test_a_row_that_is_no_data_is_passed_over_with_a_hint(row, reason):
    assert between(row) == (["RY0001", "RY0002"], [("REG-011", "A3", f"第 3 行是{reason}，没有当作数据")])


@pytest.mark.parametrize(
    "row",
    [
        "填表人 | 张三 |",
        "单位负责人：王五 | |",
        "填写说明：姓名写全名 | |",
        "统计时间：2026年1月 | |",
        "日期：2026年1月5日 | |",
        "2026年1月5日 | |",
        "（公章） | |",
        "注1：姓名写全名 | |",
        "（注：姓名写全名） | |",
        "※注：姓名写全名 | |",
        "平均 | | 3",
        "总人数 | 2 |",
        "阳明街道小计 | 2 |",
        "例：RY0001 | 王小红 | 女",
        "必填 | 必填 | 必填",
        "① | ② | ③",
        "人员编号 | 姓名 | 性别",
    ],
)
def test_more_rows_that_are_no_data(row):
    numbers, found = between(row)
    assert numbers == ["RY0001", "RY0002"]
    assert [code for code, _, _ in found] == ["REG-011"]


def test_several_such_rows_are_each_told():
    found, problems = made(f"""
        2026年名册
        填表说明：姓名写全名
        {HEADER}
        A | B | C
        示例 | 王小红 | 女
        {FIRST}
        小计 | 1 |
        {LAST}
        小计 | 1 |
        总计 | 2 |
        填表人：张三 | | 日期：2026-01-05
        """)
    assert found.rows == [6, 8]
    assert places(problems) == [("REG-011", "人员", f"A{row}") for row in (4, 5, 7, 9, 10, 11)]


def test_a_total_above_the_data_and_one_above_the_header():
    assert made(f"合计 | 2 |\n{HEADER}\n{FIRST}")[0].rows == [3]
    found, problems = made(f"{HEADER}\n合计 | 2 |\n{FIRST}")
    assert (found.rows, hints(problems)) == ([3], [("REG-011", "A2", "第 2 行是合计，没有当作数据")])


def test_a_serial_before_a_total_does_not_hide_it():
    found, _ = made(f"序号 | {HEADER}\n1 | {FIRST}\n合计 | | 1 |\n | 总计 | 1 |")
    assert found.rows == [2]


@pytest.mark.parametrize(
    "name",
    [
        "合计姐妹会",
        "共计互助社",
        "总计协会",
        "累计志愿队",
        "注：巾帼社",
        "说明：某协会",
        "注册会计师女性协会",
        "说明书协会",
        "备注：暂名",
        "本期合计社",
        "审核人：社",
        "A",
    ],
)
def test_a_row_with_its_required_columns_filled_is_data_whatever_its_name(name):
    row = f"{name} | ZZ0001 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道"
    found, problems = made(f"{ORGANISATIONS}\n{row}", "organisations")
    assert (found["number"], places(problems, "REG")) == (["ZZ0001"], [])


@pytest.mark.parametrize("name", ["示例社区姐妹服务社", "样例协会", "例如姐妹社", "范例女子合唱团", "举例互助社"])
def test_an_organisation_whose_name_begins_with_sample_is_data(name):
    row = f"{name} | ZZ0001 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道"
    found, _ = made(f"{ORGANISATIONS}\n{row}", "organisations")
    assert found["number"] == ["ZZ0001"]


@pytest.mark.parametrize("name", ["合计姐妹会", "共计互助社", "示例社区姐妹服务社"])
def test_an_organisation_with_one_cell_forgotten_is_still_data(name):
    row = f"{name} | ZZ0001 | | 其他 | 大众层 | 村社区 | 阳明街道"
    found, problems = made(f"{ORGANISATIONS}\n{row}", "organisations")
    assert found["number"] == ["ZZ0001"]
    assert places(problems) == [("CELL-001", "社会组织", "C2")]


@pytest.mark.parametrize("word", ["合计", "填表人：张三"])
def test_a_total_below_a_table_of_one_column(word):
    found, _ = made(f"镇街\n阳明街道\n{word}", "townships")
    assert found["name"] == ["阳明街道"]


@pytest.mark.parametrize(
    ("row", "near", "reason"),
    [
        (["合计", "", ""], False, "合计"),
        (["", "　", None], True, ""),
        (["甲", "乙", ""], True, ""),
        (["1", "3", "5"], True, ""),
        ([1.0, 2.0, 3.0], True, "栏次"),
        ([1.0, 2.0, 3.0], False, ""),
        ([2001.0, 2002.0, 2003.0], True, ""),
        (["RY0001", "合计", ""], True, ""),
        ([None, "小计", ""], False, "合计"),
        (["示例", "", ""], True, "示例"),
        (["示例", "", ""], False, ""),
    ],
)
def test_skip_reason(row, near, reason):
    assert skip_reason(row, DataColumns([0, 1, 2], None, ["人员编号", "姓名", "性别"]), near) == reason


def test_samples_and_column_numbers_stand_only_below_the_header():
    """Four rows down, an organisation called 示例社区… is data."""
    rows = [f"甲{n} | ZZ000{n} | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道" for n in range(1, 4)]
    last = "示例社区姐妹服务社 | ZZ0004 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道"
    found, _ = made("\n".join([ORGANISATIONS, *rows, last]), "organisations")
    assert found["number"] == ["ZZ0001", "ZZ0002", "ZZ0003", "ZZ0004"]


# Headers


def test_a_header_over_two_merged_rows_in_a_real_workbook(tmp_path):
    path = tmp_path / "社会组织台账.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("社会组织")
    sheet.merge_range("A1:F1", "2026年女性社会组织名册")
    sheet.merge_range("A2:A3", "*组织\n编号")
    sheet.merge_range("B2:B3", "组织名称 *")
    sheet.merge_range("C2:D2", "联系方式")
    sheet.merge_range("E2:F2", "登记情况")
    sheet.write_row("C3", ["联系人", "联系电话", "登记\n日期", "登记状态＊"])
    sheet.write_row("A4", ["ZZ0001", "甲协会", "王小红", "0574-62700000", "2015-06-18", "已登记"])
    book.close()
    found = load_files([path], TODAY)["organisations"]
    assert found.rows == [4]
    assert {name: found[name] for name in ("number", "name", "contact", "phone", "registered_on", "status")} == {
        "number": ["ZZ0001"],
        "name": ["甲协会"],
        "contact": ["王小红"],
        "phone": ["0574-62700000"],
        "registered_on": [datetime.date(2015, 6, 18)],
        "status": ["已登记"],
    }


def test_a_header_over_three_rows():
    found, _ = made(
        [
            ["人员编号", "姓名", "基本情况", ""],
            ["", "", "个人", "联络"],
            ["", "", "性别", "手机"],
            ["RY0001", "王小红", "女", ""],
        ]
    )
    assert (found.rows, found["number"], found["sex"]) == ([4], ["RY0001"], ["女"])


def test_two_tables_side_by_side_are_read_one_below_the_other():
    found, problems = made(f"{HEADER} | | {HEADER}\n{FIRST} | | {LAST}")
    assert found["number"] == ["RY0001", "RY0002"]
    assert found.cell(1, "name") == "F2"
    assert places(problems) == [("REG-015", "人员", "A1")]


# Merged, hidden, gaps


POSTS = [
    ["人员编号", "组织编号", "职务", "起始"],
    ["RY0001", "ZZ0001", "会长", "2022.05"],
    ["", "ZZ0002", "理事", "2022.05"],
    ["", "ZZ0003", "理事", ""],
]


def test_labels_merged_downwards_are_filled_with_a_hint():
    found, problems = made(POSTS, "posts", merged=[(1, 0, 2, 0)])
    assert found.raw["person"] == ["RY0001", "RY0001", ""]
    assert hints(problems) == [
        ("REG-010", "A2", "第 2～3 行合并着，每一行都按合并的内容读"),
        ("CELL-001", "A4", "“人员编号”没有填"),
        ("CELL-001", "D4", "“起始”没有填"),
    ]


@pytest.mark.parametrize(
    "merged",
    [(0, 0, 1, 0), (1, 0, 1, 3), (2, 0, 3, 0), (3, 0, 9, 0), (1, 7, 2, 7)],
    ids=["the header's own", "only sideways", "blank", "beyond the sheet", "no column of the table"],
)
def test_other_merged_cells_fill_nothing(merged):
    found, problems = made(POSTS, "posts", merged=[merged])
    assert found.raw["person"] == ["RY0001", "", ""]
    assert places(problems, "REG-010") == []


def test_filling_leaves_the_sheet_as_it_was():
    sheet = RawSheet("人员台账.xlsx", "任职", [list(row) for row in POSTS], merged=[(1, 0, 3, 0)])
    make_table(sheet, TABLES["posts"], {})
    assert sheet.rows == POSTS


def test_a_total_merged_over_two_rows_is_only_a_total():
    _, problems = made(
        [["人员编号", "姓名", "性别"], ["RY0001", "王小红", "女"], ["合计", "1", ""], ["", "2", ""]],
        merged=[(2, 0, 3, 0)],
    )
    assert {code for code, _, _ in hints(problems)} == {"REG-011"}


@pytest.mark.parametrize(
    ("hidden", "told"),
    [
        ({"rows": 3, "columns": 0}, ["有 3 行隐藏着或被筛选掉，照样当作数据"]),
        ({"rows": 0, "columns": 1}, ["有 1 列隐藏着或被筛选掉，照样当作数据"]),
        ({"rows": 3, "columns": 1}, ["有 3 行、1 列隐藏着或被筛选掉，照样当作数据"]),
        ({"rows": 0, "columns": 0}, []),
        ({}, []),
    ],
)
def test_the_hint_about_what_is_hidden(hidden, told):
    found, problems = made(f"{HEADER}\n{FIRST}", hidden=hidden)
    assert found["number"] == ["RY0001"]
    assert hints(problems) == [("REG-012", "", text) for text in told]


@pytest.mark.parametrize(
    ("blank", "told"), [(0, []), (1, [("REG-013", "A4")]), (10, [("REG-013", "A13")]), (500, [("REG-013", "A503")])]
)
def test_data_below_a_gap_is_read_with_a_hint(blank, told):
    found, problems = made(
        [["人员编号", "姓名", "性别"], ["RY0001", "王小红", "女"], *[["", "", ""]] * blank, ["RY0002", "李芳", "女"]]
    )
    assert found["number"] == ["RY0001", "RY0002"]
    assert [(code, cell) for code, cell, _ in hints(problems)] == told


def test_hidden_rows_columns_and_filtered_ones_of_a_real_workbook_are_data(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("人员")
    for n, row in enumerate(table(f"{HEADER}\n{FIRST}\n{LAST}\nRY0003 | 赵敏 | 女")):
        sheet.write_row(n, 0, row)
    sheet.autofilter("A1:C4")
    sheet.filter_column("B", "x == 王小红")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column("C:C", None, None, {"hidden": True})
    book.close()
    built = load_files([path], TODAY)
    assert built["people"]["number"] == ["RY0001", "RY0002", "RY0003"]
    hidden = [f for f in built.findings if f.code == "REG-012"]
    assert [(f.severity.value, f.message.split("。")[0]) for f in hidden] == [
        ("提示", "有 2 行、1 列隐藏着或被筛选掉，照样当作数据")
    ]


def test_hiding_all_the_unused_columns_is_no_hidden_column(tmp_path):
    """People hide everything right of the table, XFD included; nothing of the register is hidden by that."""
    path = tmp_path / "人员台账.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("人员")
    for n, row in enumerate(table(f"{HEADER}\n{FIRST}")):
        sheet.write_row(n, 0, row)
    sheet.set_column("D:XFD", None, None, {"hidden": True})
    book.close()
    assert places(load_files([path], TODAY).findings, "REG-012") == []


# Values of a real workbook


def formula_book(path: Path, cell: str) -> Path:
    """One person whose mobile, D2, is this XML."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("人员")
    sheet.write_row("A1", ["人员编号", "姓名", "性别", "手机"])
    sheet.write_row("A2", ["RY0001", "王小红", "女"])
    sheet.write_formula("D2", "=1+1")
    book.close()
    path.write_bytes(
        repacked(
            path.read_bytes(),
            lambda name, d: re.sub(rb'<c r="D2">.*?</c>', cell.encode(), d) if "sheet1.xml" in name else d,
        )
    )
    return path


_NOT_YET = "“手机”里是公式错误 公式还没有算出结果"


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="D2"><f>A2&amp;"x"</f></c>',
        '<c r="D2" s="0" t="str"><f>A2</f></c>',
        '<c r="D2"><f t="shared" ref="D2:D9" si="0">A2</f></c>',
        pytest.param('<c r="D2"><f>A2</f><v></v></c>'),
        pytest.param('<c r="D2"><f>A2</f><v/></c>'),
        pytest.param('<c r="D2"><f t="shared" si="0"/></c>'),
    ],
)
def test_a_formula_nobody_has_worked_out_is_told(tmp_path, cell):
    built = load_files([formula_book(tmp_path / "人员台账.xlsx", cell)], TODAY)
    assert [(f.code, f.cell) for f in built.findings if f.code.startswith("CELL")] == [("CELL-018", "D2")]


def test_a_formula_without_a_result_is_not_called_an_error(tmp_path):
    built = load_files([formula_book(tmp_path / "人员台账.xlsx", '<c r="D2"><f>A2</f></c>')], TODAY)
    told = next(f for f in built.findings if f.code == "CELL-018")
    assert _NOT_YET not in told.message
    assert "用 Excel 或 WPS 打开" in told.remedy


@pytest.mark.parametrize(
    ("cell", "mobile"),
    [
        ('<c r="D2" t="str"><f>A2</f><v>13912345678</v></c>', "13912345678"),
        ('<c r="D2"><f>13912345678</f><v>13912345678</v></c>', "13912345678"),
        ('<c r="D2" t="inlineStr"><is><r><t>139</t></r><r><rPr><b/></rPr><t>12345678</t></r></is></c>', "13912345678"),
    ],
    ids=["formula with text", "formula with a number", "rich text"],
)
def test_values_of_formulas_and_rich_text(tmp_path, cell, mobile):
    built = load_files([formula_book(tmp_path / "人员台账.xlsx", cell)], TODAY)
    assert (built["people"]["mobile"], places(built.findings, "CELL")) == ([mobile], [])


def test_a_strict_1904_workbook_with_a_lying_dimension(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet("人员")
    sheet.write_row("A1", ["人员编号", "姓名", "性别", "信息使用同意日期"])
    sheet.write_row("A2", ["RY0001", "王小红", "女"])
    sheet.write_datetime("D2", datetime.datetime(2026, 1, 9), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    lie = rb'<dimension ref="A1:XFD1048576"'
    path.write_bytes(
        repacked(path.read_bytes(), lambda name, d: re.sub(rb'<dimension ref="[^"]*"', lie, _strict(name, d)))
    )
    people = load_files([path], TODAY)["people"]
    assert (people.rows, people["consent_date"]) == ([2], [datetime.date(2026, 1, 9)])


def test_error_values_of_a_hidden_row_below_a_total(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "人员"
    for row in table(f"{HEADER}\n合计 | 1 |\n{FIRST}"):
        sheet.append(row)
    sheet["C3"] = "#REF!"
    sheet["C3"].data_type = "e"
    sheet.row_dimensions[3].hidden = True
    book.save(path)
    assert read_workbook(path)[0].errors == {(2, 2): "#REF!"}
    assert places(load_files([path], TODAY).findings, "CELL", "REG-011", "REG-012") == [
        ("REG-012", "人员", ""),
        ("REG-011", "人员", "A2"),
        ("CELL-018", "人员", "C3"),
    ]


# Sheets under other names


def resembling(*sheets: tuple[str, str]) -> list[tuple[str, str, str]]:
    """(sheet, message before the rule, remedy) of REG-014 for a workbook of these sheets."""
    book = {"名册.xlsx": [RawSheet("名册.xlsx", name, table(rows) if rows else []) for name, rows in sheets]}
    return [
        (f.sheet, f.message.split("。")[0], f.remedy)
        for f in build_registry(book, TODAY).findings
        if f.code == "REG-014"
    ]


def test_a_sheet_of_another_name_resembles_its_table():
    assert resembling(("Sheet1", f"{HEADER}\n{FIRST}")) == [
        (
            "Sheet1",
            "工作表“Sheet1”的表头像“人员”表，有 3 栏认得，当作这张表读了",
            "是的话可以不改，最好把工作表改名为“人员”；不是的话，请移出台账文件夹。",
        )
    ]


def test_what_is_missing_is_said():
    assert resembling(("名单", "组织编号 | 组织名称 | 登记状态 | 所属镇街")) == [
        (
            "名单",
            "工作表“名单”的表头像“社会组织”表，有 4 栏认得，缺少必填的组织类型、层级、级别",
            "是的话，请把工作表改名为“社会组织”，补上缺少的栏目。",
        )
    ]


def test_the_header_may_stand_below_a_title_behind_instructions():
    found = resembling(("填写须知", "请各镇街认真填写"), ("Sheet2", f"2026年名册\n填表说明\n{HEADER}\n{FIRST}"))
    assert [(sheet, said.split("，")[0]) for sheet, said, _ in found] == [("Sheet2", "工作表“Sheet2”的表头像“人员”表")]


@pytest.mark.parametrize(
    "rows",
    ["", "甲 | 乙 | 丙", "人员编号 | 姓名 | 金额", "姓名\n王小红"],
    ids=["empty", "other words", "two columns", "one column"],
)
def test_a_sheet_like_no_table_is_not_guessed(rows):
    assert resembling(("Sheet1", rows)) == []


@pytest.mark.parametrize("name", ["选项", "填表说明", "校验结果"])
def test_the_sheets_of_the_forms_themselves_resemble_nothing(name):
    assert resembling((name, f"{HEADER}\n{FIRST}")) == []


def test_a_second_sheet_of_a_table_that_is_there_is_not_passed_over_in_silence():
    found = resembling(
        ("人员", f"{HEADER}\n{FIRST}"),
        ("人员（凤山）", f"{HEADER} | 手机\n{FIRST} |"),
        ("通讯录", "姓名 | 性别 | 手机"),
    )
    assert found == [
        (
            "人员（凤山）",
            "工作表“人员（凤山）”的表头也像“人员”表，没有读：“人员”表已有一张",
            "里面有要用的内容，请接到“人员”里；是旧的或备用的，不必理会。",
        )
    ]


def test_each_sheet_resembles_its_own_table():
    found = resembling(
        ("甲", f"{HEADER}\n{FIRST}"),
        ("乙", "人员编号 | 组织编号 | 职务 | 起始"),
        ("丙", "活动编号 | 人员编号 | 姓名 | 出勤"),
    )
    assert {sheet: said.split("“")[2].split("”")[0] for sheet, said, _ in found} == {
        "甲": "人员",
        "乙": "任职",
        "丙": "签到",
    }


def test_a_real_workbook_of_another_name_is_read_with_the_data_on_its_second_sheet(tmp_path):
    path = tmp_path / "某镇上报.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("说明").write("A1", "请认真填写")
    sheet = book.add_worksheet("人员")
    for n, row in enumerate(table(f"某镇人员名册\n{HEADER}\n{FIRST}")):
        sheet.write_row(n, 0, row)
    book.close()
    built = load_files([path], TODAY)
    assert (built["people"].rows, built["people"].workbook) == ([3], "某镇上报.xlsx")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["负责人", "ZZ0001", "上一届会长", "", "本届会长"], ""),
        (["负责人", "", "张三", "", ""], "落款或说明"),
        (["负责人：张三", "ZZ0001", "", "", ""], "落款或说明"),
    ],
)
def test_a_row_that_begins_with_the_word_of_a_signature_and_has_one_gap_is_data(row, reason):
    """事项, 组织编号 and 日期 of 变动 are required; columns may stand in any order."""
    assert (
        skip_reason(row, DataColumns([0, 1, 3], None, ["事项", "组织编号", "原值", "日期", "新值"]), near_header=False)
        == reason
    )
