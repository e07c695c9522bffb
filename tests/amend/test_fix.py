"""`jinguo fix`: the plan, what is never changed, and writing exactly the plan."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jinguo.amend.apply import apply_changes, formula_cells
from jinguo.amend.normalise import plan_fixes
from jinguo.common.ooxml import read_parts
from tests.helpers import ROOT, change_cell, check_json, find_cell, jinguo, office, registry, snapshot


def plan(**sheets) -> list[tuple[str, str, object, bool]]:
    """(cell, kind, new value, whether it applies) of every change."""
    return [(c.cell, c.kind, c.new, c.applies) for c in plan_fixes(registry(**sheets))]


def one(sheet: str, header: str, raw: object) -> list[tuple[str, str, object, bool]]:
    """The changes of one cell below one header, beside a key."""
    key = {"人员": ("人员编号", "RY0001"), "社会组织": ("组织编号", "ZZ0001"), "培训活动": ("活动编号", "HD0001")}[
        sheet
    ]
    found = plan(**{sheet: [[key[0], header], [key[1], raw]]})
    return [change for change in found if change[0].startswith("B")]


@pytest.mark.parametrize(
    ("sheet", "header", "raw", "kind", "new"),
    [
        ("人员", "姓名", "张　三", "空格和全角", "张三"),
        ("人员", "姓名", " 王小红 ", "空格和全角", "王小红"),
        ("人员", "姓名", "阿依古丽•买买提", "空格和全角", "阿依古丽·买买提"),
        ("社会组织", "组织名称", "四叶草(余姚)", "空格和全角", "四叶草（余姚）"),
        ("人员", "备注", "　演示\u200b ", "多余的空格", "演示"),
        ("人员", "出生年月", "1980年5月", "年月写法", "1980.05"),
        ("人员", "出生年月", datetime.datetime(1980, 5, 1), "年月写法", "1980.05"),
        ("人员", "出生年月", 1980.5, "年月写法", "1980.05"),
        ("人员", "出生年月", "一九八〇年五月", "年月写法", "1980.05"),
        ("人员", "信息使用同意日期", "2026.1.10", "文本日期改为日期", datetime.date(2026, 1, 10)),
        ("人员", "信息使用同意日期", "２０２６年１月１０日", "文本日期改为日期", datetime.date(2026, 1, 10)),
        ("人员", "信息使用同意日期", 46032.0, "数字改为日期", datetime.date(2026, 1, 10)),
        ("培训活动", "开始时间", "2026年3月8日 下午2:30", "文本日期改为日期", datetime.datetime(2026, 3, 8, 14, 30)),
        ("人员", "手机", "138-1234 5678", "电话写法", "13812345678"),
        ("人员", "手机", 13812345678.0, "电话写法", "13812345678"),
        ("人员", "手机", "+86 13812345678", "电话写法", "13812345678"),
        ("社会组织", "联系电话", "(0574)62701234", "电话写法", "0574-62701234"),
        ("人员", "社会工作专业", "√", "选项写法", "是"),
        ("人员", "社会工作专业", True, "选项写法", "是"),
        ("社会组织", "评估等级", "AAA", "选项写法", "3A"),
        ("社会组织", "服务领域", "志愿服务,救助帮扶", "选项写法", "志愿服务、救助帮扶"),
        ("社会组织", "活动资金(万元)", "5万", "文本数字改为数字", Decimal(5)),
        ("社会组织", "个人会员数", "１２０人", "文本数字改为数字", Decimal(120)),
        ("人员", "身份证号", "33028119800101002x", "编号写法", "33028119800101002X"),
    ],
)
def test_one_spelling_is_put_right(sheet, header, raw, kind, new):
    if header == "身份证号":
        from jinguo.demo.people import id_number

        good = next(n for s in range(100, 400) if (n := id_number(datetime.date(1980, 1, 1), s)).endswith("X"))
        raw, new = good.lower(), good
    assert one(sheet, header, raw) == [("B2", kind, new, True)]


@pytest.mark.parametrize(
    ("sheet", "header", "raw"),
    [
        ("人员", "姓名", "张三"),
        ("人员", "姓名", "阿依古丽·买买提"),
        ("人员", "备注", "第一行\n第二行　有缩进"),
        ("人员", "出生年月", "1980.05"),
        ("人员", "信息使用同意日期", datetime.datetime(2026, 1, 10)),
        ("人员", "手机", "13812345678"),
        ("人员", "社会工作专业", "是"),
        ("社会组织", "活动资金(万元)", 5.0),
        ("人员", "姓名", ""),
    ],
)
def test_what_is_right_stays(sheet, header, raw):
    assert one(sheet, header, raw) == []


@pytest.mark.parametrize(
    ("sheet", "header", "raw"),
    [
        ("人员", "出生年月", 1980.1),
        ("人员", "信息使用同意日期", "2026年1月"),
        ("人员", "信息使用同意日期", "26.1.10"),
        ("人员", "手机", "6270"),
        ("人员", "手机", "13812345678、13912345678"),
        ("人员", "性别", "妇"),
        ("人员", "身份证号", 330281198001010000.0),
        ("人员", "身份证号", "330281198001010011"),
        ("社会组织", "活动资金(万元)", "若干"),
    ],
)
def test_what_cannot_be_known_stays_for_a_person(sheet, header, raw):
    assert one(sheet, header, raw) == []


def test_confusable_letters_of_a_code_are_only_proposed():
    from jinguo.demo.organisations import credit_code

    good = credit_code("社会团体", 700137)
    wrong = good.replace("0", "O", 1)
    assert one("社会组织", "统一社会信用代码", wrong) == [("B2", "易混字母（请对照证书）", good, False)]


def test_a_reference_by_name_is_not_turned_into_a_key():
    found = plan(
        人员=[["人员编号", "姓名"], ["RY0001", "张三"]], 任职=[["人员编号", "组织编号"], [" 张　三", "zz0001"]]
    )
    assert ("A2", "空格和全角", "张三", True) in found


def test_the_demo_needs_nothing():
    from jinguo.intake.loading import load_registry

    assert plan_fixes(load_registry(ROOT / "workbooks")) == []


MESS = [
    ("人员台账.xlsx", "人员", "姓名", "RY0030", " 汤　慧芳"),
    ("人员台账.xlsx", "人员", "出生年月", "RY0031", "1998年11月"),
    ("人员台账.xlsx", "人员", "手机", "RY0032", 19905740032),
    ("社会组织台账.xlsx", "社会组织", "登记日期", "ZZ0003", "2019.8.5"),
    ("社会组织台账.xlsx", "社会组织", "活动资金(万元)", "ZZ0003", "5万"),
    ("培训考试台账.xlsx", "签到", "签到时间", "HD0003", "2026年2月5日 8:55"),
]


@pytest.fixture
def messy(tmp_path: Path) -> tuple[Path, dict[tuple[str, str], str]]:
    """An office with a few untidy cells; where they are, by sheet and header."""
    folder = office(tmp_path)
    cells = {}
    for file, sheet, column, key, value in MESS:
        cell = find_cell(folder / "workbooks" / file, sheet, column, key)
        change_cell(folder / "workbooks" / file, sheet, cell, value)
        cells[sheet, column] = cell
    return folder, cells


def cell_value(folder: Path, file: str, sheet: str, cell: str):
    return openpyxl.load_workbook(folder / "workbooks" / file)[sheet][cell]


def test_plan_changes_nothing_and_lists_every_cell(messy):
    folder, cells = messy
    before = snapshot(folder / "workbooks")
    done = jinguo(folder, "fix")
    assert done.returncode == 0
    assert snapshot(folder / "workbooks") == before
    listed = json.loads((folder / "output" / "规范" / "规范计划.json").read_text("utf-8"))["changes"]
    assert {(sheet, cell) for _, sheet, cell, *_ in listed} == {(s, c) for (s, _), c in cells.items()}
    rows = list(
        openpyxl.load_workbook(folder / "output" / "规范" / "规范计划.xlsx")["计划"].iter_rows(
            min_row=3, values_only=True
        )
    )
    assert ("人员台账.xlsx", "人员", cells["人员", "姓名"], "姓名", "空格和全角", " 汤␣慧芳", "汤慧芳", "是") in rows
    assert "规范计划.xlsx 核对，不要写入的把“写入”改成“否”" in done.stdout


def test_write_applies_exactly_the_plan_after_a_backup(messy):
    folder, cells = messy
    before = snapshot(folder / "workbooks")
    jinguo(folder, "fix")
    done = jinguo(folder, "fix", "--write")
    assert done.returncode == 0, done.stderr
    assert "已写入 3 个工作簿的 6 处" in done.stdout
    backups = {p.name: p.read_bytes() for p in (folder / "workbooks" / "备份").rglob("*.xlsx")}
    assert backups == {name: before[name] for name in ("人员台账.xlsx", "社会组织台账.xlsx", "培训考试台账.xlsx")}
    assert cell_value(folder, "人员台账.xlsx", "人员", cells["人员", "姓名"]).value == "汤慧芳"
    assert cell_value(folder, "人员台账.xlsx", "人员", cells["人员", "出生年月"]).value == "1998.11"
    assert cell_value(folder, "人员台账.xlsx", "人员", cells["人员", "手机"]).value == "19905740032"
    registered = cell_value(folder, "社会组织台账.xlsx", "社会组织", cells["社会组织", "登记日期"])
    assert (registered.value, registered.is_date) == (datetime.datetime(2019, 8, 5), True)
    assert cell_value(folder, "社会组织台账.xlsx", "社会组织", cells["社会组织", "活动资金(万元)"]).value == 5
    assert cell_value(folder, "培训考试台账.xlsx", "签到", cells["签到", "签到时间"]).value == datetime.datetime(
        2026, 2, 5, 8, 55
    )
    for name in ("设置.xlsx", "项目台账.xlsx", "值班台账.xlsx", "推荐台账.xlsx"):
        assert (folder / "workbooks" / name).read_bytes() == before[name]


def test_a_second_run_finds_nothing_and_changes_nothing(messy):
    folder, _ = messy
    jinguo(folder, "fix")
    jinguo(folder, "fix", "--write")
    before = snapshot(folder / "workbooks")
    assert "没有要规范的地方" in jinguo(folder, "fix").stdout
    assert "没有要写入的地方，台账没有改动" in jinguo(folder, "fix", "--write").stdout
    assert snapshot(folder / "workbooks") == before


def test_the_check_finds_no_errors_afterwards(messy):
    folder, _ = messy
    jinguo(folder, "fix")
    jinguo(folder, "fix", "--write")
    exit_code, found = check_json(folder)
    assert exit_code == 0
    assert not [f for f in found if f["code"].startswith("CELL")]


def test_write_without_a_plan_is_refused(messy):
    folder, _ = messy
    before = snapshot(folder / "workbooks")
    done = jinguo(folder, "fix", "--write")
    assert done.returncode == 2
    assert "还没有规范计划" in done.stderr
    assert snapshot(folder / "workbooks") == before


def test_write_is_refused_when_a_workbook_changed_since_the_plan(messy):
    folder, _ = messy
    jinguo(folder, "fix")
    change_cell(folder / "workbooks" / "人员台账.xlsx", "人员", "B9", "别的人")
    before = snapshot(folder / "workbooks")
    done = jinguo(folder, "fix", "--write")
    assert done.returncode == 2
    assert "台账在列出计划以后改过了" in done.stderr
    assert snapshot(folder / "workbooks") == before


@pytest.mark.parametrize("owner", ["~$人员台账.xlsx", ".~lock.人员台账.xlsx#", ".~人员台账.xlsx"])
def test_write_is_refused_while_a_workbook_is_open(messy, owner):
    folder, _ = messy
    jinguo(folder, "fix")
    (folder / "workbooks" / owner).write_bytes(b"x" * 165)
    before = snapshot(folder / "workbooks")
    done = jinguo(folder, "fix", "--write")
    assert done.returncode == 2
    assert "人员台账.xlsx：工作簿正被打开" in done.stderr
    assert snapshot(folder / "workbooks") == before


def test_formulas_are_never_overwritten(tmp_path):
    folder = office(tmp_path)
    path = folder / "workbooks" / "人员台账.xlsx"
    cell = find_cell(path, "人员", "姓名", "RY0030")
    _put_formula(path, "人员", cell, " 汤 慧芳")
    assert formula_cells(path) == {("人员", cell)}
    done = jinguo(folder, "fix")
    assert cell not in done.stdout
    before = path.read_bytes()
    jinguo(folder, "fix", "--write")
    assert path.read_bytes() == before


def _put_formula(path: Path, sheet: str, cell: str, cached: str) -> None:
    """A formula with its cached result, as Excel stores it."""
    import re

    from jinguo.common.ooxml import Package
    from jinguo.excel.package import sheet_parts
    from jinguo.excel.patching.sheet_xml import patch_cells

    package = Package(path)
    part = sheet_parts(package)[sheet]
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    formula = f'<c r="{cell}" t="str"><f>CONCATENATE(" 汤"," 慧芳")</f><v>{cached}</v></c>'.encode()
    package.write(part, patch_cells(package.read(part), {(int(row), letters): lambda old, style: formula}))
    path.write_bytes(package.to_bytes())


def test_only_the_cells_of_the_plan_change_in_the_package(messy):
    folder, _ = messy
    path = folder / "workbooks" / "社会组织台账.xlsx"
    before = read_parts(path.read_bytes())
    jinguo(folder, "fix")
    jinguo(folder, "fix", "--write")
    after = read_parts(path.read_bytes())
    changed = {name for name in before if before[name] != after[name]}
    # The cells of the forms have the formats already.
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert set(before) == set(after)


def test_a_plan_for_a_cell_that_became_a_formula_is_refused(tmp_path):
    from jinguo.amend.edits import Change
    from jinguo.common.errors import JinguoError

    folder = office(tmp_path)
    path = folder / "workbooks" / "人员台账.xlsx"
    _put_formula(path, "人员", "B31", "汤慧芳")
    change = Change(path.name, "人员", "B31", "姓名", "空格和全角", "汤 慧芳", "汤慧芳")
    with pytest.raises(JinguoError) as refused:
        apply_changes(path, [change])
    assert "人员台账.xlsx › 人员 › B31" in refused.value.paragraph()


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path):
    from jinguo.amend.edits import Change

    path = tmp_path / "人员台账.xlsx"
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.title = "人员"
    book.active["A1"] = "2026.1.10"
    book.save(path)
    path.write_bytes(apply_changes(path, [Change(path.name, "人员", "A1", "", "", "", datetime.date(2026, 1, 10))]))
    assert openpyxl.load_workbook(path)["人员"]["A1"].value == datetime.datetime(2026, 1, 10)


def test_a_format_that_cannot_be_patched_is_only_proposed(tmp_path):
    folder = office(tmp_path, demo=False)
    (folder / "workbooks" / "人员.csv").write_text("人员编号,姓名,性别\nRY0001,王　小红,女\n", encoding="utf-8")
    before = snapshot(folder / "workbooks")
    assert jinguo(folder, "fix").returncode == 0
    listed = json.loads((folder / "output" / "规范" / "规范计划.json").read_text("utf-8"))["changes"]
    assert listed == [["人员.csv", "人员", "B2", "王␣小红", "王小红", False]]
    assert "台账没有改动" in jinguo(folder, "fix", "--write").stdout
    assert snapshot(folder / "workbooks") == before


# What a second pair of eyes found


@pytest.mark.parametrize(
    ("sheet", "header", "raw", "kind", "new"),
    [
        ("人员", "出生年月", datetime.datetime(1980, 5, 17), "年月写法", "1980.05"),
        ("人员", "出生年月", "1980年5月17日", "年月写法", "1980.05"),
        ("人员", "出生年月", 29288.0, "年月写法", "1980.03"),
        ("人员", "出生年月", 19800308.0, "年月写法", "1980.03"),
        ("人员", "信息使用同意日期", "2026-03-01 17:00", "文本日期改为日期", datetime.date(2026, 3, 1)),
        ("人员", "信息使用同意日期", 46032.75, "数字改为日期", datetime.date(2026, 1, 10)),
        ("培训活动", "开始时间", "2026.3.8 晚上12点", "文本日期改为日期", datetime.datetime(2026, 3, 9)),
        ("人员", "姓名", "张三\n李四", "空格和全角", "张三李四"),
        ("人员", "姓名", "张三 李四", "空格和全角", "张三李四"),
        ("人员", "人员编号", 1.0, "编号写法", "1"),
        ("人员", "人员编号", "RYOOO1", "易混字母（请核对）", "RY0001"),
    ],
)
def test_what_would_be_lost_is_only_proposed(sheet, header, raw, kind, new):
    if header == "人员编号":
        found = [change for change in plan(人员=[[header, "姓名"], [raw, "王"]]) if change[0] == "A2"]
        assert found == [("A2", kind, new, False)]
    else:
        assert one(sheet, header, raw) == [("B2", kind, new, False)]


@pytest.mark.parametrize(
    "raw", ["13812345678／13912345678", "13812345678｜13912345678", "13812345678（王）", "13812345678 13912345678"]
)
def test_a_telephone_with_more_in_its_cell_keeps_it(raw):
    assert one("人员", "手机", raw) == []


def test_an_extension_is_kept():
    assert one("社会组织", "联系电话", "0574-62701234转808") == [("B2", "电话写法", "0574-62701234-808", True)]


@pytest.mark.parametrize(
    ("sheet", "header", "raw"),
    [("培训活动", "学时", "2天"), ("培训活动", "学时", "90分"), ("社会组织", "届期(年)", "6个月")],
)
def test_a_number_of_another_unit_is_no_number_of_this(sheet, header, raw):
    assert one(sheet, header, raw) == []


@pytest.mark.parametrize(("raw", "new"), [("5千元", Decimal("0.5")), ("5千", Decimal("0.5")), ("3万元", Decimal(3))])
def test_amounts_in_ten_thousands(raw, new):
    assert one("社会组织", "活动资金(万元)", raw) == [("B2", "文本数字改为数字", new, True)]


@pytest.mark.parametrize(("raw", "new"), [("ｚｚ０００１", "ZZ0001"), ("zz 0001", "ZZ0001")])
def test_a_reference_is_written_as_the_key_it_means(raw, new):
    assert ("A2", "编号写法", new, True) in plan(
        变动=[["组织编号", "日期", "事项", "新值"], [raw, "2026-01-10", "层级", "核心层"]]
    )


def test_an_english_name_in_a_reference_keeps_its_spaces():
    assert plan(变动=[["组织编号"], ["Yuyao Women Club"]]) == []


def made_office(tmp_path: Path, make) -> Path:
    """An office with one workbook 社会组织台账.xlsx, its sheet filled by `make`."""
    import xlsxwriter

    folder = office(tmp_path / "office", demo=False)
    with xlsxwriter.Workbook(folder / "workbooks" / "社会组织台账.xlsx") as book:
        sheet = book.add_worksheet("社会组织")
        sheet.write_row(
            0,
            0,
            [
                "组织编号",
                "组织名称",
                "登记状态",
                "组织类型",
                "层级",
                "级别",
                "所属镇街",
                "活动资金(万元)",
                "成立日期",
                "备注",
            ],
        )
        for row in (1, 2, 3):
            sheet.write_row(row, 0, [f"ZZ000{row}", f"第{row}协会", "未登记", "其他", "大众层", "村社区", "阳明街道"])
        make(book, sheet)
    return folder


def fixed(folder: Path):
    """The sheet after planning and writing."""
    assert jinguo(folder, "fix").returncode == 0
    done = jinguo(folder, "fix", "--write")
    assert done.returncode == 0, done.stderr
    return openpyxl.load_workbook(folder / "workbooks" / "社会组织台账.xlsx")["社会组织"], done.stdout


def test_merged_cells_are_written_once(tmp_path):
    sheet, _ = fixed(made_office(tmp_path, lambda _, sheet: sheet.merge_range("H2:H4", "5万")))
    assert [sheet[cell].value for cell in ("H2", "H3", "H4")] == [5, None, None]


def test_the_cells_an_array_formula_fills_are_formulas(tmp_path):
    def make(_, sheet):
        sheet.write_array_formula("H2:H4", '{={"5万";"6万";"7万"}}', None, "5万")
        sheet.write_row("H3", ["6万"])
        sheet.write_row("H4", ["7万"])

    folder = made_office(tmp_path, make)
    assert formula_cells(folder / "workbooks" / "社会组织台账.xlsx") == {
        ("社会组织", cell) for cell in ("H2", "H3", "H4")
    }
    assert "没有要规范的地方" in jinguo(folder, "fix").stdout


def test_control_characters_are_written_as_excel_writes_them(tmp_path):
    """A soft line break pasted from Word; and words that look like one written so."""
    folder = made_office(tmp_path, lambda _, sheet: (sheet.write("J2", " 甲\x0b乙 "), sheet.write("J3", " _x0041_ ")))
    sheet, _ = fixed(folder)
    part = next(
        data
        for name, data in read_parts((folder / "workbooks" / "社会组织台账.xlsx").read_bytes()).items()
        if name.endswith("sheet1.xml")
    )
    assert "甲_x000B_乙".encode() in part
    assert sheet["J2"].value in ("甲_x000B_乙", "甲\x0b乙")


def test_totals_are_worked_out_anew_when_the_workbook_is_opened(tmp_path):
    def make(_, sheet):
        sheet.write("H2", "5万")
        sheet.write_formula("H6", "=SUM(H2:H4)", None, 0)

    folder = made_office(tmp_path, make)
    fixed(folder)
    book = read_parts((folder / "workbooks" / "社会组织台账.xlsx").read_bytes())["xl/workbook.xml"]
    assert book.count(b"fullCalcOnLoad") == 1


def test_a_day_keeps_the_format_of_its_cell(tmp_path):
    def make(book, sheet):
        sheet.write("I2", "2026年1月10日", book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write("I3", "2026年1月10日")

    sheet, _ = fixed(made_office(tmp_path, make))
    assert [(sheet[cell].value, sheet[cell].number_format) for cell in ("I2", "I3")] == [
        (datetime.datetime(2026, 1, 10), "yyyy-mm-dd"), (datetime.datetime(2026, 1, 10), "mm-dd-yy"),
    ]  # fmt: skip


def test_a_day_without_its_time_is_written_all_the_same(tmp_path):
    folder = office(tmp_path)
    path = folder / "workbooks" / "培训考试台账.xlsx"
    cell = find_cell(path, "培训活动", "开始时间", "HD0001")
    change_cell(path, "培训活动", cell, "2026年3月8日")
    assert jinguo(folder, "fix").returncode == 0
    assert "已写入" in jinguo(folder, "fix", "--write").stdout
    assert openpyxl.load_workbook(path)["培训活动"][cell].value == datetime.datetime(2026, 3, 8)


def edit_plan(folder: Path, edit) -> None:
    path = folder / "output" / "规范" / "规范计划.xlsx"
    book = openpyxl.load_workbook(path)
    edit(book["计划"])
    book.save(path)


def test_what_staff_decide_in_the_plan_is_what_is_written(tmp_path):
    """One line to stay as it is, one deleted, one with another value, one as planned."""
    folder = made_office(
        tmp_path, lambda _, sheet: [sheet.write(row, 7, f"{row}万") for row in (1, 2, 3)] and sheet.write("J2", " 甲 ")
    )
    jinguo(folder, "fix")

    def decide(sheet):
        lines = {sheet.cell(row, 3).value: row for row in range(1, sheet.max_row + 1)}
        sheet.cell(lines["H2"], 8).value = "否"
        sheet.cell(lines["H3"], 7).value = "9"
        sheet.delete_rows(lines["H4"])

    edit_plan(folder, decide)
    done = jinguo(folder, "fix", "--write")
    assert "社会组织 › H3 的“改为”被改过，没有写入" in done.stdout
    assert "计划里改成不写或删去的 2 处没有写入。" in done.stdout
    sheet = openpyxl.load_workbook(folder / "workbooks" / "社会组织台账.xlsx")["社会组织"]
    assert [sheet[cell].value for cell in ("H2", "H3", "H4", "J2")] == ["1万", "2万", "3万", "甲"]


def test_a_new_plan_beside_one_that_staff_edited_is_the_one_that_counts(tmp_path):
    folder = made_office(tmp_path, lambda _, sheet: sheet.write("H2", "1万"))
    jinguo(folder, "fix")
    edit_plan(folder, lambda sheet: sheet.delete_rows(4))
    change_cell(folder / "workbooks" / "社会组织台账.xlsx", "社会组织", "J3", " 乙 ")
    assert "规范计划（新生成）.xlsx 核对" in jinguo(folder, "fix").stdout
    assert "2 处" in jinguo(folder, "fix", "--write").stdout


@pytest.mark.parametrize("content", ["[]", "{}", "null", "{"])
def test_a_plan_that_is_none_is_told(tmp_path, content):
    folder = made_office(tmp_path, lambda _, sheet: sheet.write("H2", "1万"))
    jinguo(folder, "fix")
    (folder / "output" / "规范" / "规范计划.json").write_text(content, "utf-8")
    done = jinguo(folder, "fix", "--write")
    assert (done.returncode, "还没有规范计划" in done.stderr) == (2, True)


def test_a_write_that_fails_midway_leaves_every_workbook_as_it_was(tmp_path, monkeypatch):
    from jinguo.amend import journal, rewrite
    from jinguo.amend.edits import Change, Edits
    from jinguo.common.errors import JinguoError

    folder = office(tmp_path)
    books = [folder / "workbooks" / name for name in ("人员台账.xlsx", "社会组织台账.xlsx")]
    before = snapshot(folder / "workbooks")
    write = journal.write_file

    def full(path, data):
        if path.name == ".jinguo-next-1.tmp":
            raise JinguoError("写文件失败：磁盘已满", str(path), "检查磁盘空间。")
        write(path, data)

    monkeypatch.setattr(journal, "write_file", full)
    changes = {
        path: Edits([Change(path.name, sheet, "B2", "名称", "空格和全角", "", "甲")])
        for path, sheet in zip(books, ("人员", "社会组织"), strict=True)
    }
    with pytest.raises(JinguoError) as trouble:
        rewrite.rewrite(folder / "workbooks", changes, {})
    assert trouble.value.what == "写文件失败：磁盘已满，已全部恢复原样"
    after = snapshot(folder / "workbooks")
    assert {name: after[name] for name in before} == before


def test_two_backups_of_one_second_are_two_folders(tmp_path):
    from jinguo.amend.rewrite import _unused

    (tmp_path / "2026-01-01 000000").mkdir()
    assert _unused(tmp_path / "2026-01-01 000000").name == "2026-01-01 000000（2）"


def test_a_read_only_workbook_is_called_so(tmp_path):
    folder = made_office(tmp_path, lambda _, sheet: sheet.write("H2", "1万"))
    jinguo(folder, "fix")
    (folder / "workbooks" / "社会组织台账.xlsx").chmod(0o444)
    done = jinguo(folder, "fix", "--write")
    assert "社会组织台账.xlsx：工作簿是只读的，没有写入" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a terminal is made by pty")
@pytest.mark.parametrize(("answer", "written"), [("是", True), ("", False)])
def test_somebody_who_double_clicked_is_asked(tmp_path, answer, written):
    import pty
    import subprocess
    import sys

    folder = made_office(tmp_path, lambda _, sheet: sheet.write("H2", "1万"))
    ours, theirs = pty.openpty()
    environment = dict(os.environ, JINGUO_HOME=str(folder), PYTHONUTF8="1", COLUMNS="200")
    child = subprocess.Popen(
        [sys.executable, "-m", "jinguo", "fix"], cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    said = b""
    with contextlib.suppress(OSError):
        while part := os.read(ours, 4096):
            said += part
    assert child.wait(timeout=60) == 0
    assert "写入请输入“是”" in said.decode()
    assert ("已写入 1 个工作簿的 1 处" in said.decode()) is written
    value = openpyxl.load_workbook(folder / "workbooks" / "社会组织台账.xlsx")["社会组织"]["H2"].value
    assert value == (1 if written else "1万")


def test_a_dot_between_figures_is_no_dot_of_a_name():
    assert one("社会组织", "组织名称", "阳明街道3．8维权站") == []


@pytest.mark.parametrize("raw", ["1.0", "1．0"])
def test_one_point_nought_is_not_turned_into_no(raw):
    assert one("社会组织", "慈善组织", raw) == []


@pytest.mark.parametrize(
    ("number_format", "raw", "shown"),
    [
        ("h:mm", "2026年1月10日", "mm-dd-yy"),
        ("mmm-yy", "2026年1月10日", "mm-dd-yy"),
        ('yyyy"年"', "2026年1月10日", "mm-dd-yy"),
        ('yyyy"年"m"月"d"日"', "2026年1月10日", 'yyyy"年"m"月"d"日"'),
    ],
)
def test_a_format_that_hides_part_of_a_day_is_changed(tmp_path, number_format, raw, shown):
    sheet, _ = fixed(
        made_office(
            tmp_path, lambda book, sheet: sheet.write("I2", raw, book.add_format({"num_format": number_format}))
        )
    )
    assert sheet["I2"].number_format == shown


@pytest.mark.parametrize(
    ("number_format", "raw", "shown"),
    [("0%", "5", "General"), ("0", "3.5", "General"), ("0.00", "3.5", "0.00"), ("#,##0", "5", "#,##0")],
)
def test_a_format_that_falsifies_a_number_is_changed(tmp_path, number_format, raw, shown):
    sheet, _ = fixed(
        made_office(
            tmp_path, lambda book, sheet: sheet.write_string("H2", raw, book.add_format({"num_format": number_format}))
        )
    )
    assert (sheet["H2"].value, sheet["H2"].number_format) == (float(raw), shown)


def test_words_that_look_otherwise_in_part_are_left_to_a_person(tmp_path):
    def make(book, sheet):
        sheet.write_rich_string("J2", " 重点：", book.add_format({"font_strikeout": True}), "已取消资格", "保留 ")

    folder = made_office(tmp_path, make)
    done = jinguo(folder, "fix")
    assert "有的字带格式，请自己改" in done.stdout.replace("\n", "")
    assert "这些都只是提示，不会写入" in done.stdout
    edit_plan(folder, lambda sheet: sheet.cell(4, 8, "是"))
    done = jinguo(folder, "fix", "--write")
    assert "“只提示”的 1 处拿不准，改成“是”也不会写入" in done.stdout
    assert "台账没有改动" in done.stdout


def test_a_workbook_with_errors_newer_than_2007_is_written_all_the_same(tmp_path):
    folder = made_office(
        tmp_path, lambda _, sheet: (sheet.write("H2", "1万"), sheet.write_formula("K2", "=A2:A9", None, "#N/A"))
    )
    path = folder / "workbooks" / "社会组织台账.xlsx"
    from jinguo.common.ooxml import write_parts

    parts = read_parts(path.read_bytes())
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"#N/A", b"#SPILL!")
    path.write_bytes(write_parts(parts))
    assert jinguo(folder, "fix").returncode == 0
    assert "已写入 1 个工作簿的 1 处" in jinguo(folder, "fix", "--write").stdout


def test_a_plan_whose_columns_were_moved_is_read_and_one_without_its_header_refused(tmp_path):
    folder = made_office(tmp_path, lambda _, sheet: sheet.write("H2", "1万"))
    jinguo(folder, "fix")
    edit_plan(folder, lambda sheet: sheet.insert_cols(3))
    assert "已写入 1 个工作簿的 1 处" in jinguo(folder, "fix", "--write").stdout
    change_cell(folder / "workbooks" / "社会组织台账.xlsx", "社会组织", "H3", "2万")
    jinguo(folder, "fix")
    plan = next((folder / "output" / "规范").glob("规范计划（新生成）.xlsx"))
    book = openpyxl.load_workbook(plan)
    book["计划"].delete_rows(3)
    book.save(plan)
    done = jinguo(folder, "fix", "--write")
    assert (done.returncode, "计划的表头改过了" in done.stderr) == (2, True)


def test_a_sheet_whose_name_ends_in_a_space_is_written(tmp_path):
    folder = made_office(tmp_path, lambda _, sheet: sheet.write("H2", "1万"))
    path = folder / "workbooks" / "社会组织台账.xlsx"
    from jinguo.common.ooxml import write_parts

    parts = read_parts(path.read_bytes())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('name="社会组织"'.encode(), 'name="社会组织 "'.encode())
    path.write_bytes(write_parts(parts))
    jinguo(folder, "fix")
    assert "已写入 1 个工作簿的 1 处" in jinguo(folder, "fix", "--write").stdout


def test_a_word_that_no_list_knows_is_changed_everywhere_by_one_decision(tmp_path):
    """Only the word that was chosen is written, in all its cells; a guess alone writes nothing."""
    folder = office(tmp_path / "office")
    path = folder / "workbooks" / "社会组织台账.xlsx"
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["社会组织"][1]]
    column = header.index("登记状态") + 1
    before = [book["社会组织"].cell(row, column).value for row in range(2, 12)]
    for row in range(2, 8):
        book["社会组织"].cell(row, column).value = "已登计" if row % 2 else "办过了"
    book.save(path)
    planned = jinguo(folder, "fix")
    assert "有 2 种写法（6 处）不在可选范围内" in planned.stdout
    plan = next((folder / "output" / "规范").glob("*.xlsx"))
    book = openpyxl.load_workbook(plan)
    rows = {row[3].value: row for row in book["取值"].iter_rows(min_row=3) if row[3].value}
    assert rows["已登计"][4].value == 3
    assert rows["已登计"][6].value.startswith("是不是“已登记”？")
    rows["已登计"][5].value = "已登记"
    rows["办过了"][5].value = "办过了的"
    book.save(plan)
    done = jinguo(folder, "fix", "--write")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "登记状态的“办过了”全部改为“办过了的”：不在可选范围内，没有写入" in done.stdout
    after = [openpyxl.load_workbook(path)["社会组织"].cell(row, column).value for row in range(2, 12)]
    assert after == ["办过了", "已登记", "办过了", "已登记", "办过了", "已登记", *before[6:]]
