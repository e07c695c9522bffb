"""Forms as county offices really keep them: notes in headers, groups of columns, subtotals by township, lines at the
foot, formulas filled down."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from jinguo.excel.raw import NOT_WORKED_OUT
from jinguo.excel.reading.read import read_workbook
from jinguo.intake.loading import load_files
from jinguo.schema.dates import Month
from tests.helpers import TODAY, check_json, jinguo, office, places, table
from tests.intake.test_layout_rows import FIRST, HEADER, LAST, hints, made, resembling

ORGANISATIONS = "组织编号 | 组织名称 | 登记状态 | 组织类型 | 层级 | 级别 | 所属镇街"
ONE, TWO = (
    "ZZ0001 | 甲协会 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道",
    "ZZ0002 | 乙协会 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道",
)


def workbook(path: Path, sheet: str, rows: str, merged: tuple[str, ...] = (), **options: object) -> Path:
    """A real workbook of a drawn table with these ranges merged."""
    with xlsxwriter.Workbook(path, options) as book:
        target = book.add_worksheet(sheet)
        for number, row in enumerate(table(rows)):
            target.write_row(number, 0, row)
        for cells in merged:
            target.merge_range(cells, "")
            first = table(rows)[int(cells[1]) - 1]["ABCDEFGHIJKLM".index(cells[0])]
            target.write(cells.split(":")[0], first)
    return path


# Headers


@pytest.mark.parametrize(
    "titles",
    [
        "人员编号（必填） | 姓名（必填） | 性别（男/女）",
        "1.人员编号 | 2.姓名 | 3.性别",
        "(1)人员编号 | (2)姓名 | (3)性别【下拉选择】",
        "*人员编号 | 姓 名（与身份证一致） | 性别(选填)",
    ],
)
def test_a_number_before_a_title_and_a_note_behind_it_do_not_matter(titles):
    found, problems = made(f"{titles}\n{FIRST}")
    assert (found["number"], found["name"], found["sex"], hints(problems)) == (["RY0001"], ["王小红"], ["女"], [])


def test_a_note_does_not_take_the_place_of_the_column_itself():
    found, problems = made(f"{HEADER} | 姓名（英文）\n{FIRST} | Wang")
    assert (found["name"], found.extra, hints(problems)) == (["王小红"], {"姓名（英文）": ["Wang"]}, [])


@pytest.mark.parametrize("title", ["出生年月（配偶）", "手机（紧急联系人）", "学历（在职）", "姓名（单位）"])
def test_a_note_that_says_whose_it_is_makes_another_column(title):
    found, _ = made(f"{HEADER} | {title}\n{FIRST} | 甲")
    assert found.extra == {title: ["甲"]}
    assert (found["born"], found["mobile"], found["education"]) == ([None], [None], [None])


@pytest.mark.parametrize("title", ["学时（天）", "学时（学期）"])
def test_hours_counted_in_something_else_are_not_read_as_hours(title):
    found, problems = made(f"活动编号 | 活动名称 | {title}\nHD0001 | 培训 | 2", "events")
    assert found["hours"] == [None]
    assert "REG-003" in [code for code, *_ in hints(problems)]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("人员编号 | 性别 | 配偶 | . | 本人 | .", ". | . | 姓名 | 手机 | 姓名 | 手机"),
        ("人员编号 | 性别 | 紧急联系人 | . | 姓名 | 手机", ". | . | 姓名 | 手机 | . | ."),
    ],
)
def test_somebody_elses_name_is_not_the_persons(upper, lower):
    merged = [(0, c, 1, c) for c, cell in enumerate(table(lower)[0]) if cell == "."]
    found, problems = made(
        drawn(f"{upper}\n{lower}\nRY0001 | 女 | 张三 | 13900000000 | 王 | 13912345678"), merged=merged
    )
    assert (found["name"], found["mobile"], found.rows) == (["王"], ["13912345678"], [3])
    assert [code for code, *_ in hints(problems)] == []


def test_a_branch_of_the_party_is_not_the_organisation():
    rows = f"{ORGANISATIONS} | 成立日期 | 党组织 | .\n. | . | . | . | . | . | . | . | 名称 | 成立日期\n{ONE} | 2015-06-18 | 某支部 | 2020-01-01"
    found, problems = made(drawn(rows), "organisations", merged=[(0, c, 1, c) for c in range(8)])
    assert (f"{found['founded_on'][0]}", found["party_organisation"], found.rows) == ("2015-06-18", [None], [3])
    assert "CELL-004" not in [code for code, *_ in hints(problems)]


def test_a_column_in_two_parts_still_ends_the_header():
    rows = "组织编号 | 日期 | 主题 | 服务人次 | .\n. | . | . | 计划 | 实际\nZZ0001 | 2026-03-08 | 其他 | 100 | 120"
    found, _ = made(drawn(rows), "services", merged=[(0, c, 1, c) for c in range(3)])
    assert (found.rows, found.extra) == ([3], {"服务人次计划": ["100"], "服务人次实际": ["120"]})


def test_another_unit_is_another_column():
    found, _ = made(f"{ORGANISATIONS} | 活动资金（元）\n{ONE} | 50000", "organisations")
    assert (found["funds"], found.extra) == ([None], {"活动资金（元）": ["50000"]})
    found, _ = made(f"{ORGANISATIONS} | 活动资金（必填）\n{ONE} | 5", "organisations")
    assert found["funds"] == [Decimal(5)]


def test_misspelt_titles_alone_are_told_one_by_one():
    _, problems = made("人员编码 | 姓名字 | 出身年月 | 身分证号\nRY0001 | 王 | 1980.05 |")
    (problem,) = problems
    assert (problem.code, problem.cell) == ("REG-007", "A1")
    assert (
        problem.remedy
        == "请把“人员编码”改为“人员编号”、“姓名字”改为“姓名”、“出身年月”改为“出生年月”、“身分证号”改为“身份证号”。"
    )


def drawn(rows: str) -> list[list[str]]:
    """A drawn table in which a dot is an empty cell."""
    return [["" if cell == "." else cell for cell in row] for row in table(rows)]


GROUPED = f"""
    {ORGANISATIONS} | 负责人 | . | 联系人 | .
    . | . | . | . | . | . | . | 姓名 | 电话 | 姓名 | 电话
    {ONE} | 王小红 | 13912345678 | 李芳 | 13812345678
"""


def test_names_below_a_group_are_the_groups():
    merged = [(0, c, 1, c) for c in range(7)] + [(0, 7, 0, 8), (0, 9, 0, 10)]
    found, problems = made(drawn(GROUPED), "organisations", merged=merged)
    assert found.rows == [3]
    assert (found["head"], found["contact"], found["phone"]) == (["王小红"], ["李芳"], ["13812345678"])
    assert hints(problems) == []


def test_columns_of_two_groups_are_told_apart_and_are_no_second_table():
    rows = """
        人员编号 | 姓名 | 性别 | 全日制教育 | .    | 在职教育 | .
        .        | .    | .    | 学历       | 学位 | 学历     | 学位
        RY0001   | 王   | 女   | 大专       | .    | 本科     | 学士
    """
    found, problems = made(drawn(rows), merged=[(0, c, 1, c) for c in range(3)])
    assert (found["education"], found["degree"], found.rows, hints(problems)) == (["大专"], [None], [3], [])
    assert found.extra == {"在职教育学历": ["本科"], "在职教育学位": ["学士"]}


def test_a_spouse_is_no_person_of_the_register():
    found, problems = made(
        "人员编号 | 姓名 | 性别 | 出生年月 | 姓名 | 出生年月\nRY0001 | 王 | 女 | 1980.05 | 张三 | 1978.03"
    )
    assert (found["name"], found["born"]) == (["王"], [Month(1980, 5)])
    assert [code for code, *_ in hints(problems)] == ["REG-005", "REG-005"]


@pytest.mark.parametrize("merged", [[], [(0, 0, 1, 0), (0, 1, 1, 1)]], ids=["not merged", "merged"])
def test_a_row_of_notes_below_the_header_is_no_person(merged):
    found, problems = made(f"{HEADER} | 出生年月\n | | （男/女） | （如1980.05）\n{FIRST} | 1980.05", merged=merged)
    assert (found["number"], found["born"]) == (["RY0001"], [Month(1980, 5)])
    assert [code for code, *_ in hints(problems)] == ([] if merged else ["REG-011"])


# Rows


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("阳明街道 | 小计 | 2个 | | | |", "合计"),
        ("小计 | | 共2家 | | | |", "合计"),
        ("合计人数 | 2 | | | | |", "合计"),
        ("填报单位（盖章）： | | | | | |", "落款或说明"),
        ("单位负责人（签字）： | | 填表人（签名）： | | | |", "落款或说明"),
        ("2026 年 1 月 5 日 | | | | | |", "落款或说明"),
        ("年 月 日 | | | | | |", "落款或说明"),
        ("二○二六年一月五日 | | | | | |", "落款或说明"),
        ("以下空白 | | | | | |", "落款或说明"),
        ("续表 | | | | | |", "落款或说明"),
        ("联系人：张三  联系电话：0574-62700000 | | | | | |", "小标题或说明"),
        ("一、市级（1个） | | | | | |", "小标题或说明"),
        ("凤山街道社会组织登记表 | | | | | |", "小标题或说明"),
        ("填写示例 | 甲协会 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道", "示例"),
        ("示例1 | 甲协会 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道", "示例"),
        ("ZZ0000（示例） | 甲协会 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道", "示例"),
        ("如：ZZ0001 | 甲协会 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道", "示例"),
        ("（必填） | （必填） | （必填） | （必填） | （必填） | （必填） | （必填）", "填写要求"),
        ("栏次 | 1 | 2 | 3=1+2 | 4 | 5 | 6", "栏次"),
    ],
)
def test_a_row_that_is_no_organisation(row, reason):
    found, problems = made(f"{ORGANISATIONS}\n{ONE}\n{row}\n{TWO}", "organisations")
    assert found["number"] == ["ZZ0001", "ZZ0002"]
    assert hints(problems) == [("REG-011", f"A{3}", f"第 3 行是{reason}，没有当作数据")]


@pytest.mark.parametrize(
    "row",
    [
        "ZZ0003 | 小计划公益社 | | | | |",
        "| 丙协会 | | | | |",
        "ZZ0003 | 合计 | 未登记 | 其他 | 大众层 | 村社区 | 阳明街道",
        "ZZ0003 | | | | | |",
    ],
)
def test_a_row_with_gaps_is_an_organisation_all_the_same(row):
    found, problems = made(f"{ORGANISATIONS}\n{ONE}\n{row}\n{TWO}", "organisations")
    assert found.rows == [2, 3, 4]
    assert [code for code, *_ in hints(problems)].count("REG-011") == 0


def test_a_heading_merged_across_the_table_is_no_organisation():
    found, problems = made(f"{ORGANISATIONS}\n阳明街道 | | | | | |\n{ONE}", "organisations", merged=[(1, 0, 1, 6)])
    assert (found.rows, hints(problems)) == ([3], [("REG-011", "A2", "第 2 行是小标题或说明，没有当作数据")])


def test_words_alone_between_rows_that_begin_with_codes_are_one_finding():
    """紧密层组织, 泗门镇: a title line in mid-sheet, whatever it says, is no organisation with six gaps."""
    rows = [ONE.replace("ZZ0001", f"ZZ{n:04d}").replace("甲", "子丑寅卯辰"[n % 5]) for n in range(3, 8)]
    found, problems = made("\n".join([ORGANISATIONS, *rows, "紧密层组织 | | | | | |", TWO]), "organisations")
    assert found.rows == [2, 3, 4, 5, 6, 8]
    assert hints(problems) == [("REG-011", "A7", "第 7 行是小标题或说明，没有当作数据")]
    # What may be a code is a row with gaps.
    found, _ = made("\n".join([ORGANISATIONS, *rows, "ＺＺ0009 | | | | | |", TWO]), "organisations")
    assert found.rows == [2, 3, 4, 5, 6, 7, 8]


def test_a_holiday_alone_in_its_row_is_a_holiday():
    """In a column of days a day is no signature, whether anything stands beside it or not."""
    found, _ = made("日期 | 类别\n2026年1月1日 | 放假\n2026年10月10日 |", "holidays")
    assert found.rows == [2, 3]


def test_a_name_over_two_columns_is_no_heading():
    found, _ = made(
        "姓名 | | 类别\n张三 | | 专业社工\n李四 | |", "experts", merged=[(row, 0, row, 1) for row in range(3)]
    )
    assert found["name"] == ["张三", "李四"]


def test_a_row_with_a_day_and_more_is_data_without_its_number():
    found, problems = made(drawn("组织编号 | 日期 | 主题 | 服务人次\n. | 2026年3月9日 | 其他 | 120"), "services")
    assert found["beneficiaries"] == [120]
    assert [(code, cell) for code, cell, _ in hints(problems)] == [("CELL-001", "A2")]


def test_a_label_merged_beyond_the_last_row_is_filled_to_that_row():
    rows = f"{ORGANISATIONS}\n{ONE}\n{TWO[: TWO.rindex('|')]}|"
    found, problems = made(rows, "organisations", merged=[(1, 6, 4, 6)])
    assert found["township"] == ["阳明街道", "阳明街道"]
    assert hints(problems) == [("REG-010", "G2", "第 2～3 行合并着，每一行都按合并的内容读")]


def test_a_total_below_one_of_two_tables_is_no_person_of_the_other():
    rows = "活动编号 | 人员编号 | 出勤 | 活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 出席 | HD0001 | RY0002 | 出席\nHD0001 | RY0003 | 出席 | 合计 | 2 |"
    found, problems = made(rows, "attendance")
    assert found["person"] == ["RY0001", "RY0003", "RY0002"]
    assert ("REG-011", "D3", "第 3 行是合计，没有当作数据") in hints(problems)


# Formulas filled down


def test_formulas_without_a_result_make_no_row_of_their_own():
    errors = {(row, 2): NOT_WORKED_OUT for row in (1, 2, 3)}
    found, problems = made(f"{HEADER}\n{FIRST[:-1]}\n | |\n | |", errors=errors)
    assert found.rows == [2]
    assert [(f.code, f.cell) for f in problems] == [("CELL-018", "C2")]


def sheet_xml(path: Path, rows: str) -> Path:
    """A workbook whose sheet 人员 is written by hand below its header."""
    workbook(path, "人员", HEADER)
    data = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name,
                part.replace(b"</sheetData>", rows.encode() + b"</sheetData>") if name.endswith("sheet1.xml") else part,
            )
    path.write_bytes(data.getvalue())
    return path


def text(cell: str, value: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{value}</t></is></c>'


PERSON = text("A2", "RY0001") + text("B2", "王")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('<c r="C2" t="str"><f>IF(A2="","","女")</f><v></v></c>', [("CELL-001", "人员", "C2")]),
        ('<c r="C2" t="str"><f>IF(A2="","","女")</f><v/></c>', [("CELL-001", "人员", "C2")]),
        ('<c r="C2"><f>1</f><v></v></c>', [("CELL-018", "人员", "C2")]),
        ('<c r="C2">\n  <f>1</f>\n</c>', [("CELL-018", "人员", "C2")]),
        ('<c t="e"><v>#N/A</v></c>', [("CELL-018", "人员", "C2")]),
        ('<c r="C2" t="e"><v>#SPILL!</v></c>', [("CELL-018", "人员", "C2")]),
        ('<c r="C2" t="e"><f>CUBEVALUE()</f><v>#GETTING_DATA</v></c>', [("CELL-018", "人员", "C2")]),
    ],
)
def test_what_a_formula_left_behind(tmp_path, cell, told):
    """A result of no length is one; a row filled down in advance is none."""
    path = sheet_xml(
        tmp_path / "人员台账.xlsx",
        f'<row r="2">{PERSON}{cell}</row><row r="3"><c r="C3" t="str"><f>IF(A3="","","女")</f><v></v></c></row>',
    )
    built = load_files([path], TODAY)
    assert built["people"].rows == [2]
    assert places(built.findings, "CELL") == told
    if "#" in cell:
        assert f"<v>{read_workbook(path)[0].errors[1, 2]}</v>" in cell


def test_hidden_rows_without_anything_in_them_are_not_told(tmp_path):
    path = sheet_xml(
        tmp_path / "人员台账.xlsx",
        f'<row r="2" hidden="1">{PERSON}{text("C2", "女")}</row><row r="3" hidden="1"><c r="A3" s="0"/></row>',
    )
    assert read_workbook(path)[0].hidden == {"rows": 1, "columns": 0}


@pytest.mark.parametrize(
    "spell",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("worksheets/sheet1", "worksheets/Sheet1"),
        lambda name: f"/{name}",
    ],
    ids=["back", "case", "slash"],
)
def test_a_package_with_its_parts_spelt_otherwise_is_read(tmp_path, spell):
    path = sheet_xml(tmp_path / "人员台账.xlsx", f'<row r="2">{PERSON}<c r="C2" t="e"><v>#N/A</v></c></row>')
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            info = zipfile.ZipInfo("x")
            info.filename = spell(name)
            new.writestr(info, data)
    built = load_files([path], TODAY)
    assert (built["people"]["name"], places(built.findings, "CELL")) == (["王"], [("CELL-018", "人员", "C2")])


def test_a_package_in_utf_16_is_read(tmp_path):
    path = sheet_xml(tmp_path / "人员台账.xlsx", f'<row r="2">{PERSON}{text("C2", "女")}</row>')
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name).decode().replace("UTF-8", "UTF-16").encode("utf-16") for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    assert load_files([path], TODAY)["people"]["sex"] == ["女"]


def test_bare_days_of_a_workbook_that_counts_from_1904(tmp_path):
    path = workbook(tmp_path / "人员台账.xlsx", "人员", f"{HEADER} | 信息使用同意日期", date_1904=True)
    book = xlsxwriter.Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet("人员")
    sheet.write_row(0, 0, ["人员编号", "姓名", "性别", "信息使用同意日期", "出生年月"])
    sheet.write_row(1, 0, ["RY0001", "王", "女", 42216, 27880])
    book.close()
    built = load_files([path], TODAY)
    assert (f"{built['people']['consent_date'][0]}", built["people"]["born"]) == ("2019-08-01", [Month(1980, 5)])
    assert (
        next(f.message.split("。")[0] for f in built.findings if f.code == "CELL-016")
        == "王的“信息使用同意日期”单元格里是数字 42216，已按 Excel 的日期序号读作 2019-08-01"
    )


# CSV


def csv_people(tmp_path: Path, text: str, name: str = "人员.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8-sig")
    return path


def test_codes_that_were_kept_from_becoming_numbers(tmp_path):
    path = csv_people(
        tmp_path,
        '人员编号,姓名,性别,手机\r\n"=""RY0001""",王,女,"=""13912345678"""\r\n\'RY0002,李,女,\'13812345678\r\n',
    )
    people = load_files([path], TODAY)["people"]
    assert (people["number"], people["mobile"]) == (["RY0001", "RY0002"], ["13912345678", "13812345678"])


def test_codes_that_became_numbers_are_ruined(tmp_path):
    path = csv_people(tmp_path, "人员编号,姓名,性别,身份证号\r\nRY0001,王,女,3.30281E+17\r\n")
    assert places(load_files([path], TODAY).findings, "CELL") == [("CELL-009", "人员", "D2")]


@pytest.mark.parametrize(
    ("other", "told"), [("1980.12", [("CELL-006", "人员", "D2")]), ("1980.05", []), ("1980.10", [])]
)
def test_a_month_of_a_csv_that_may_be_october(tmp_path, other, told):
    """Excel writes 1980.1 for 1980.10 unless the column is text, which other months of it show."""
    path = csv_people(tmp_path, f"人员编号,姓名,性别,出生年月\r\nRY0001,王,女,1980.1\r\nRY0002,李,女,{other}\r\n")
    assert places(load_files([path], TODAY).findings, "CELL") == told


def test_tabs_separate_where_there_are_more_commas_in_the_text(tmp_path):
    path = csv_people(tmp_path, "人员编号\t姓名\t简历\r\nRY0001\t王\t1,2,3,4,5,6\r\nRY0002\t李\t1,2,3\r\n")
    assert load_files([path], TODAY)["people"]["name"] == ["王", "李"]


def test_a_csv_named_as_excel_names_it_is_the_table_it_looks_like(tmp_path):
    folder = office(tmp_path, demo=False)
    csv_people(folder / "workbooks", "人员编号,姓名,性别\r\nRY0001,王,妇\r\n", "人员台账.csv")
    _, found = check_json(folder)
    assert {(f["code"], f["cell"]) for f in found if f["workbook"] == "人员台账.csv"} == {
        ("CELL-004", "C2"),
        ("REG-014", ""),
    }


# Files that are no part of the registry


def test_a_returned_form_is_checked_by_its_header_with_the_offices_own_words(tmp_path):
    """Its sheet is called Sheet1; the townships are those of the office."""
    folder = office(tmp_path)
    path = workbook(
        tmp_path / "某镇上报.xlsx",
        "Sheet1",
        f"某镇社会组织登记表\n{ORGANISATIONS}\n{ONE}\n{TWO.replace('阳明街道', '月亮街道')}",
    )
    done = jinguo(folder, "check", str(path))
    assert done.returncode == 1
    assert "【错误】CELL-003  某镇上报.xlsx › Sheet1 › G4" in done.stdout
    assert "设置.xlsx" not in done.stdout.split("【错误】")[0]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("镇街统计", "所属镇街 | 层级 | 级别 | 个数\n阳明街道 | 核心层 | 市级 | 3"),
        ("住宿安排", "姓名 | 工作单位 | 联系电话\n张三 | 某校 | 13912345678"),
    ],
)
def test_a_sheet_that_lacks_what_no_row_is_without_is_not_read_as_that_table(tmp_path, name, rows):
    folder = office(tmp_path)
    done = jinguo(folder, "check", str(workbook(tmp_path / f"{name}.xlsx", name, rows)))
    assert "【错误】REG-003" not in done.stdout
    assert "REG-014" in done.stdout


def test_numbers_that_are_written_days_stay_those_days_in_a_workbook_from_1904(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet("人员")
        sheet.write_row(0, 0, ["人员编号", "姓名", "性别", "信息使用同意日期", "出生年月"])
        sheet.write_row(1, 0, ["RY0001", "王", "女", 20260110, 198005])
    people = load_files([path], TODAY)["people"]
    assert (f"{people['consent_date'][0]}", people["born"]) == ("2026-01-10", [Month(1980, 5)])


@pytest.mark.parametrize("line", ['RY0001,王,女,"巾帼"志愿队队长', '"RY0001" ,王,女,'])
def test_a_quoted_word_at_the_beginning_of_a_field(tmp_path, line):
    path = csv_people(tmp_path, f"人员编号,姓名,性别,备注\r\n{line}\r\nRY0002,李,女,\r\n")
    assert load_files([path], TODAY)["people"]["number"] == ["RY0001", "RY0002"]


def test_a_white_picture_is_no_bomb(tmp_path):
    path = workbook(tmp_path / "人员台账.xlsx", "人员", f"{HEADER}\n{FIRST}")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.bmp", b"\xff" * 8_600_000)
    assert load_files([path], TODAY)["people"]["name"] == ["王小红"]


def test_one_sheet_a_township_is_read_as_one_table():
    found = resembling(("阳明", f"{HEADER}\n{FIRST}"), ("凤山", f"{HEADER}\n{LAST}"))
    assert [said for _, said, _ in found] == ["工作表“阳明”“凤山” 2 张的表头都像“人员”表，合起来当作这一张表读了"]
