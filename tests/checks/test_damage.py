"""Planting one mistake in the clean demo yields the right finding at that cell, and no other new one anywhere."""

from __future__ import annotations

import copy
import datetime
import random

import pytest

from jinguo.checks import check
from jinguo.common.findings import Severity
from jinguo.demo.organisations import credit_code
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.intake.loading import read_folder
from tests.helpers import ROOT, change_cell, check_json, find_cell, office, places, snapshot

SHEETS = read_folder(ROOT / "workbooks").sheets
CLEAN = set(places(check(build_registry(SHEETS))))


def plant(sheet_name: str, key: str, column: str, value: object) -> tuple[str, list]:
    """Put `value` into the column of the first row in which `key` stands; the cell, and the findings that are new."""
    sheets = dict(SHEETS)
    book = next(name for name, found in SHEETS.items() if any(s.name == sheet_name for s in found))
    sheets[book] = copy.deepcopy(SHEETS[book])
    sheet = next(s for s in sheets[book] if s.name == sheet_name)
    column_index = sheet.rows[0].index(column)
    row = next(n for n, cells in enumerate(sheet.rows) if n and key in cells)
    sheet.rows[row][column_index] = value
    found = check(build_registry(sheets))
    return address(column_index, row), [f for f in found if (f.code, f.sheet, f.cell) not in CLEAN]


def address(column: int, row: int) -> str:
    from jinguo.common.addresses import column_letter

    return f"{column_letter(column)}{row + 1}"


def value_of(sheet_name: str, key: str, column: str) -> object:
    sheet = next(s for found in SHEETS.values() for s in found if s.name == sheet_name)
    row = next(cells for cells in sheet.rows[1:] if key in cells)
    return row[sheet.rows[0].index(column)]


#: sheet, a key in the row, column, what is typed there instead, the code it must give
DAMAGES = [
    ("人员", "RY0030", "姓名", "", "CELL-001"),
    ("人员", "RY0030", "性别", "", "CELL-001"),
    ("人员", "RY0030", "性别", "妇", "CELL-004"),
    ("人员", "RY0030", "性别", "男", "PEO-002"),
    ("人员", "RY0030", "出生年月", "1950.01", "PEO-001"),
    ("人员", "RY0030", "出生年月", 1975.1, "CELL-006"),
    ("人员", "RY0030", "出生年月", "七五年", "CELL-006"),
    ("人员", "RY0030", "身份证号", 330281197505123456.0, "CELL-009"),
    ("人员", "RY0030", "身份证号", "33028119750512", "CELL-010"),
    ("人员", "RY0030", "身份证号", "330281197513123456", "CELL-010"),
    ("人员", "RY0030", "身份证号", "330281750512345", "CELL-015"),
    ("人员", "RY0030", "手机", "6270", "CELL-008"),
    ("人员", "RY0030", "手机", "19905740030、19905740031", "CELL-008"),
    ("人员", "RY0030", "邮箱", "ry0030(at)example.org", "CELL-013"),
    ("人员", "RY0030", "政治面貌", "党团员", "CELL-004"),
    ("人员", "RY0030", "居住镇街", "阳明街到", "CELL-003"),
    ("人员", "RY0030", "参加工作时间", "1970.01", "PEO-003"),
    ("人员", "RY0030", "信息使用同意日期", "2026-02-30", "CELL-005"),
    ("社会组织", "ZZ0005", "登记日期", "2016-13-01", "CELL-005"),
    ("社会组织", "ZZ0005", "登记日期", "", "ORG-004"),
    ("社会组织", "ZZ0005", "登记机关", "", "ORG-004"),
    ("社会组织", "ZZ0005", "登记状态", "登计", "CELL-004"),
    ("社会组织", "ZZ0005", "成立日期", datetime.date(2027, 1, 1), "ORG-008"),
    ("社会组织", "ZZ0005", "证书有效期至", datetime.date(2001, 1, 1), "ORG-008"),
    ("社会组织", "ZZ0005", "证书有效期至", datetime.date(2026, 9, 30), "ORG-011"),
    ("社会组织", "ZZ0005", "等级有效期至", datetime.date(2025, 12, 31), "ORG-010"),
    ("社会组织", "ZZ0005", "枢纽组织", "ZZ0999", "CELL-003"),
    ("社会组织", "ZZ0005", "枢纽组织", "ZZ0005", "ORG-014"),
    ("社会组织", "ZZ0005", "枢纽组织", "ZZ0030", "ORG-015"),
    ("社会组织", "ZZ0005", "负责人", "RY0999", "CELL-003"),
    ("社会组织", "ZZ0005", "负责人", "RY0100", "ORG-013"),
    ("社会组织", "ZZ0005", "活动资金(万元)", "五万", "CELL-007"),
    ("社会组织", "ZZ0005", "活动资金(万元)", -3, "CELL-007"),
    ("社会组织", "ZZ0002", "活动资金(万元)", 1, "ORG-006"),
    ("社会组织", "ZZ0002", "个人会员数", 20, "ORG-005"),
    ("社会组织", "ZZ0002", "法定代表人", "RY0001", "ORG-012"),
    ("社会组织", "ZZ0002", "统一社会信用代码", 5.1330281e17, "CELL-009"),
    ("社会组织", "ZZ0002", "统一社会信用代码", "5133028MJ7001749X", "CELL-011"),
    ("社会组织", "ZZ0002", "统一社会信用代码", "51330281MJO7001749", "CELL-011"),
    ("社会组织", "ZZ0009", "团体会员", "市", "ORG-016"),
    ("社会组织", "ZZ0009", "统一社会信用代码", credit_code("社会团体", 999999), "ORG-003"),
    ("社会组织", "ZZ0002", "组织类型", "民办非企业单位", "ORG-001"),
    ("社会组织", "ZZ0002", "统一社会信用代码", credit_code("社会团体", 999999)[:17] + "0", "CELL-012"),
    ("社会组织", "ZZ0009", "组织类型", "其他", "ORG-007"),
    ("社会组织", "ZZ0012", "组织名称", "余姚巾帼志愿者帮扶协会", "ORG-017"),
    ("任职", "RY0090", "组织编号", "ZZ0999", "CELL-003"),
    ("任职", "RY0090", "结束", "2001.01", "PEO-004"),
    ("年检", "ZZ0005", "结论", "优秀", "CELL-004"),
    ("签到", "HD0003", "人员编号", "RY0999", "CELL-003"),
    ("签到", "HD0003", "姓名", "张三丰", "TRN-001"),
    ("签到", "HD0003", "出勤", "", "CELL-001"),
    ("签到", "HD0003", "学时", 99, "TRN-004"),
    ("培训活动", "HD0018", "开始时间", "2026-10-32 09:00", "CELL-005"),
    ("培训活动", "HD0018", "结束时间", "2026-10-21 09:00", "TRN-006"),
    ("培训活动", "HD0018", "报名截止", datetime.date(2026, 11, 1), "TRN-006"),
    ("培训活动", "HD0005", "名额", 3, "TRN-005"),
    ("报考", "RY0110", "科目", "社会工作法规与政策", "EXM-001"),
    ("报考", "RY0110", "成绩", 101, "EXM-002"),
    ("报考", "RY0110", "成绩", "良好", "CELL-014"),
    ("报考", "RY0110", "姓名", "张三丰", "EXM-004"),
    ("项目", "XM0005", "结束日期", datetime.date(2025, 1, 1), "PRJ-003"),
    ("项目", "XM0005", "承接组织", "ZZ0009", "PRJ-001"),
    ("拨款", "XM0001", "金额(元)", 999999, "PRJ-002"),
    ("值班单位", "ZZ0008", "结束", datetime.date(2025, 1, 1), "DUT-002"),
    ("推荐批次", "TJ2601", "截止日期", "2026年11月", "CELL-005"),
    ("资格条件", "TJ2601", "条件", "年令", "NOM-008"),
    ("资格条件", "TJ2601", "值", "五十五", "NOM-009"),
    ("结构要求", "TJ2601", "最少", "150%", "CELL-007"),
    ("结构要求", "TJ2601", "最少", 9, "NOM-005"),
    ("人选", "TJ2602", "人员编号", "RY0777", "CELL-003"),
    ("参数", "通知提前天数", "值", "很多", "CELL-007"),
]


@pytest.mark.parametrize(
    ("sheet", "key", "column", "value", "code"),
    DAMAGES,
    ids=[f"{d[0]}-{d[2]}-{d[4]}-{n}" for n, d in enumerate(DAMAGES)],
)
def test_one_mistake_gives_one_finding_at_its_cell(sheet, key, column, value, code):
    cell, new = plant(sheet, key, column, value)
    assert places(new) == [(code, sheet, cell)]


def test_every_single_wrong_digit_of_an_identity_number_is_found():
    number = str(value_of("人员", "RY0030", "身份证号"))
    chance = random.Random(1)
    for position in chance.sample(range(17), 6):
        wrong = str((int(number[position]) + chance.randint(1, 9)) % 10)
        cell, new = plant("人员", "RY0030", "身份证号", number[:position] + wrong + number[position + 1 :])
        assert places(new) == [("CELL-010", "人员", cell)], position


def test_a_doubled_key_is_found_at_the_later_row():
    cell, new = plant("人员", "RY0150", "人员编号", "RY0149")
    assert ("CELL-002", "人员", cell) in places(new)
    assert {f.code for f in new if f.sheet == "人员"} == {"CELL-002"}


def test_a_mistake_in_one_cell_does_not_silence_another():
    sheets = copy.deepcopy(SHEETS)
    people = next(s for s in sheets["人员台账.xlsx"] if s.name == "人员")
    heads = people.rows[0]
    people.rows[5][heads.index("性别")] = "妇"
    people.rows[5][heads.index("出生年月")] = "1950.01"
    people.rows[9][heads.index("身份证号")] = "123"
    new = [f for f in check(build_registry(sheets)) if (f.code, f.sheet, f.cell) not in CLEAN]
    assert places(new) == [("CELL-004", "人员", "C6"), ("PEO-001", "人员", "E6"), ("CELL-010", "人员", "F10")]


class TestThroughTheRealCommand:
    """The same as a clerk does it: a cell is changed in the workbook, and `jinguo check` is run."""

    @pytest.mark.parametrize(
        ("file", "sheet", "column", "key", "value", "code"),
        [
            ("人员台账.xlsx", "人员", "身份证号", "RY0030", "330281197505123451", "CELL-010"),
            ("社会组织台账.xlsx", "社会组织", "登记日期", "ZZ0003", "2016年2月30日", "CELL-005"),
            ("培训考试台账.xlsx", "签到", "人员编号", "HD0003", "RY9999", "CELL-003"),
        ],
    )
    def test_finding_exit_code_and_untouched_workbooks(self, tmp_path, file, sheet, column, key, value, code):
        folder = office(tmp_path)
        cell = find_cell(folder / "workbooks" / file, sheet, column, key)
        change_cell(folder / "workbooks" / file, sheet, cell, value)
        before = snapshot(folder / "workbooks")
        exit_code, found = check_json(folder)
        assert exit_code == 1
        errors = [f for f in found if f["severity"] == Severity.ERROR.value]
        assert [(f["code"], f["workbook"], f["sheet"], f["cell"]) for f in errors] == [(code, file, sheet, cell)]
        assert errors[0]["value"] == value
        assert len(found) == len(CLEAN) + 1
        assert snapshot(folder / "workbooks") == before


def test_extra_columns_and_another_column_order_are_no_mistake():
    sheets = {name: [_reordered(s) for s in book] for name, book in SHEETS.items()}
    found = check(build_registry(sheets))
    assert sorted((f.code, f.sheet, f.value) for f in found) == sorted(
        (f.code, f.sheet, f.value) for f in check(build_registry(SHEETS))
    )


def _reordered(sheet: RawSheet) -> RawSheet:
    """The same sheet under a title row, with its columns reversed and one of the office's own in front."""
    rows = [
        ["台账名称"],
        *[["自定", *reversed(row)] if n == 0 else [f"本单位{n}", *reversed(row)] for n, row in enumerate(sheet.rows)],
    ]
    return RawSheet(sheet.workbook, sheet.name, rows)
