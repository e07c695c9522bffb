"""对照.xlsx edited badly, and registers that changed since: everything is told, no decision and no cell is lost, and no
figure is made of half of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.helpers import change_cell, check_json, jinguo, office, workbook_rows
from tests.own.test_commands import SIGN_IN, adopted, decisions, write
from tests.own.test_reading import ROSTER

FILE = "对照.xlsx"
PROJECTS = """
    项目名称 | 项目类型 | 承接组织 | 合同金额（万元） | 进展
    亲子阅读 | 公益创投 | 澄江县茶艺协会 | 6 | 在做
    送餐到家 | 微项目 | 东湖街道巧姐队 | 60000元 | 在做
"""


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    home = adopted(tmp_path_factory.mktemp("taken in"))
    write(home / "workbooks" / "项目.xlsx", "2026年", PROJECTS, "2026年公益项目")
    jinguo(home, "adopt")
    return home


@pytest.fixture
def home(taken_in, tmp_path):
    return Path(shutil.copytree(taken_in, tmp_path / "office"))


def edit(home, sheet: str, title: str, value: object, **of: str) -> str:
    """Write into the row of 对照.xlsx that has these words; the cell."""
    rows = workbook_rows(home / "workbooks" / FILE, sheet)
    head = [str(v) for v in rows[0]]
    n = next(n for n, row in enumerate(rows) if n and all(row[head.index(k)] == v for k, v in of.items()))
    cell = f"{openpyxl.utils.get_column_letter(head.index(title) + 1)}{n + 1}"
    change_cell(home / "workbooks" / FILE, sheet, cell, value)
    return cell


@pytest.mark.parametrize(
    "data", [b"", b"\xd0\xcf\x11\xe0" + bytes(600), b"PK\x03\x04 broken"], ids=["empty", "locked", "cut"]
)
def test_decisions_that_cannot_be_opened_are_not_written_over(home, data):
    (home / "workbooks" / FILE).write_bytes(data)
    done = jinguo(home, "adopt")
    assert done.returncode == 2 and FILE in done.stdout + done.stderr
    assert (home / "workbooks" / FILE).read_bytes() == data


#: What is typed where, and what is said of it.
_MISTYPED = [
    ("栏目", "对应", "人员.居住地", {"栏目": "手机"}, "没有“人员.居住地”这一栏"),
    ("栏目", "拆分", "按科目", {"栏目": "合同金额（万元）"}, "没有“按科目”这种拆分"),
    ("栏目", "单位", "万元", {"栏目": "合同金额（万元）"}, "没有“万元”这种换算"),
    ("栏目", "对应", "项目.项目名称", {"栏目": "项目类型"}, "“项目.项目名称”已经有第"),
    ("栏目", "处理", "要的", {"栏目": "手机"}, "只能是采用、自有、不读、待定"),
    ("来源", "对应表", "花名册", {"工作表": "在册"}, "没有“花名册”这张表"),
    ("来源", "表头行", "第三行", {"工作表": "在册"}, "要写数字"),
    ("来源", "固定值", "居住镇址=东湖街道", {"工作表": "在册"}, "“居住镇址”不知道是哪一栏"),
    ("取值", "对应", "正在做", {"写法": "在做"}, "“正在做”不在可选范围里"),
    ("取值", "栏目", "项目.状 态", {"写法": "在做"}, "没有“项目.状 态”这一栏"),
]


@pytest.mark.parametrize(("sheet", "title", "value", "of", "says"), _MISTYPED, ids=[m[2] for m in _MISTYPED])
def test_what_is_mistyped_is_told_at_its_cell_and_stays_as_it_was_typed(home, sheet, title, value, of, says):
    cell = edit(home, sheet, title, value, **of)
    # Something new would be written otherwise.
    write(home / "workbooks" / "年检.xlsx", "年检", "组织名称 | 2024年检 | 2025年检\n澄江县茶艺协会 | 合格 | 合格")
    before = (home / "workbooks" / FILE).read_bytes()
    done = jinguo(home, "adopt")
    assert done.returncode == 1
    assert re.search(rf"{FILE} › {sheet} › {cell}：[^\n]*{re.escape(says)}", done.stdout), done.stdout
    assert (home / "workbooks" / FILE).read_bytes() == before
    _, found = check_json(home)
    assert (FILE, sheet, cell) in {(f["workbook"], f["sheet"], f["cell"]) for f in found if f["code"] == "REG-025"}


@pytest.mark.parametrize("sheet", ["来源", "栏目", "取值", "认人认组织"])
def test_a_sheet_that_is_gone_is_told_and_nothing_is_written(home, sheet):
    book = openpyxl.load_workbook(home / "workbooks" / FILE)
    book.remove(book[sheet])
    book.save(home / "workbooks" / FILE)
    before = (home / "workbooks" / FILE).read_bytes()
    done = jinguo(home, "adopt")
    assert done.returncode == 1 and f"“{sheet}”没有这张表" in done.stdout
    assert (home / "workbooks" / FILE).read_bytes() == before
    code, found = check_json(home)
    assert code != 0 and any(f["code"] == "REG-025" and sheet in f["message"] for f in found)


def test_two_rows_about_one_sheet_are_told(home):
    path = home / "workbooks" / FILE
    book = openpyxl.load_workbook(path)
    rows = [c.value for c in book["来源"][2]]
    book["来源"].append(rows)
    book.save(path)
    assert "与第 2 行说的是同一个，只留一行" in jinguo(home, "adopt").stdout


def test_what_stood_in_it_before_is_kept(home):
    before = (home / "workbooks" / FILE).read_bytes()
    write(home / "workbooks" / "年检.xlsx", "年检", "组织名称 | 2024年检 | 2025年检\n澄江县茶艺协会 | 合格 | 合格")
    jinguo(home, "adopt")
    assert before in [p.read_bytes() for p in (home / "workbooks" / "备份").rglob(FILE)]


def test_it_is_not_written_while_it_is_open(home):
    (home / "workbooks" / f"~${FILE}").write_bytes(b"")
    write(home / "workbooks" / "年检.xlsx", "年检", "组织名称 | 2024年检 | 2025年检\n澄江县茶艺协会 | 合格 | 合格")
    before = (home / "workbooks" / FILE).read_bytes()
    done = jinguo(home, "adopt")
    assert done.returncode == 2 and "正被打开" in done.stdout + done.stderr
    assert (home / "workbooks" / FILE).read_bytes() == before


def test_one_in_another_format_is_told(home):
    (home / "workbooks" / FILE).rename(home / "workbooks" / "对照.xls")
    done = jinguo(home, "adopt")
    assert done.returncode == 2 and "另存为 对照.xlsx" in done.stdout + done.stderr
    assert not (home / "workbooks" / FILE).exists()


def _next_month(home, rows: str = SIGN_IN) -> None:
    book = openpyxl.load_workbook(home / "workbooks" / "签到.xlsx")
    page = book.create_sheet("4.17沙龙")
    for n, line in enumerate(["春日读书沙龙签到表", "时间：2026年4月17日 地点：县妇联三楼"], 1):
        page.cell(n, 1, line)
    for row in rows.strip().splitlines():
        page.append([cell.strip() for cell in row.split("|")])
    book.save(home / "workbooks" / "签到.xlsx")


def test_a_new_sheet_in_a_known_workbook_is_told_and_no_figure_goes_out_without_it(home):
    _next_month(home)
    _, found = check_json(home)
    assert [f["message"] for f in found if f["code"] == "REG-025" and f["sheet"] == "4.17沙龙"]
    done = jinguo(home, "stats")
    assert done.returncode == 2 and "“4.17沙龙”是新的" in done.stdout + done.stderr


def test_the_same_people_at_another_event_are_another_event(home):
    _next_month(home)
    jinguo(home, "adopt")
    assert decisions(home).source_of("签到.xlsx", "4.17沙龙").action == "采用"


def test_a_unit_in_the_cell_holds_against_the_title(home, tmp_path):
    jinguo(home, "adopt", "--convert", str(tmp_path / "ours"))
    rows = workbook_rows(tmp_path / "ours" / "项目台账.xlsx", "项目")
    head = [str(v).rstrip("*!") for v in rows[0]]
    assert [row[head.index("合同金额(元)")] for row in rows[1:3]] == [60000, 60000]


def test_without_a_column_that_says_what_a_row_is_about_the_sheet_is_told(home):
    edit(home, "栏目", "处理", "不读", 栏目="项目名称")
    assert "没有一栏认定为“项目名称”，整张没有读" in jinguo(home, "adopt").stdout
    _, found = check_json(home)
    assert [f["sheet"] for f in found if f["code"] == "REG-025"] == ["2026年"]


def test_a_row_of_data_is_no_header_and_no_number_is_shown(home):
    edit(home, "来源", "表头行", "2", 工作表="在册")
    done = jinguo(home, "adopt")
    assert "第 2 行不是表头" in done.stdout
    assert "13800001111" not in done.stdout
    texts = str([workbook_rows(home / "workbooks" / FILE, s) for s in ("来源", "栏目", "取值", "认人认组织")])
    assert not re.search(r"\d{17}[\dX]|1380000\d{4}", texts)


def test_formulas_that_nobody_has_worked_out_are_told(tmp_path):
    home = office(tmp_path, demo=False)
    book = openpyxl.Workbook()
    page = book.active
    page.title = "在册"
    page.append(["姓名", "性别", "手机", "单位及职务"])
    for n in range(2, 8):
        page.append([f'="王"&{n}', "女", f"1380000111{n}", "茶艺协会会长"])
    book.save(home / "workbooks" / "花名册.xlsx")
    assert "公式还没有算出结果" in jinguo(home, "adopt").stdout


def test_her_own_folder_is_not_filled_with_our_workbooks(home):
    before = sorted(p.name for p in (home / "workbooks").iterdir())
    done = jinguo(home, "adopt", "--convert", "workbooks")
    assert done.returncode == 2 and sorted(p.name for p in (home / "workbooks").iterdir()) == before


def test_a_folder_that_is_dropped_brings_its_folders(tmp_path):
    home = office(tmp_path / "office", demo=False)
    write(tmp_path / "desk" / "花名册.xlsx", "在册", ROSTER)
    write(tmp_path / "desk" / "签到" / "3月.xlsx", "3.8沙龙", SIGN_IN, "沙龙签到表", "时间：2026年3月8日 地点：三楼")
    jinguo(home, "adopt", str(tmp_path / "desk"))
    assert (home / "workbooks" / "签到" / "3月.xlsx").exists() and (home / "workbooks" / "花名册.xlsx").exists()


def test_two_workbooks_of_one_name_are_told(home):
    for folder, day in (("签到", 5), ("活动", 6)):
        lines = (f"{folder}沙龙签到表", f"时间：2026年5月{day}日 地点：三楼")
        write(home / "workbooks" / folder / "5月.xlsx", "沙龙", SIGN_IN, *lines)
    done = jinguo(home, "adopt")
    assert done.returncode == 1 and "签到/5月.xlsx 与 活动/5月.xlsx 同名，没有读" in done.stdout


def test_a_decision_that_names_nobody_is_told(home):
    edit(home, "认人认组织", "处理", "采用", 类别="人员")
    edit(home, "认人认组织", "对应", "吕国莹", 类别="人员")
    done = jinguo(home, "adopt")
    assert done.returncode == 1 and "“吕国莹”，没有这个人" in done.stdout and "都认定了" not in done.stdout


def test_a_second_table_below_the_first_is_told_and_no_figure_goes_out(home):
    path = home / "workbooks" / "签到.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["3.8沙龙"]
    for line in (
        ["项目申报培训签到表"],
        ["时间：2026年6月22日"],
        ["序号", "姓名", "单位", "签到"],
        [1, "王芳", "澄江县茶艺协会", "√"],
    ):
        sheet.append(line)
    book.save(path)
    _, found = check_json(home)
    assert any("都是表头，像是上下几张表，整张没有读" in f["message"] for f in found if f["sheet"] == "3.8沙龙")
    done = jinguo(home, "stats")
    assert done.returncode == 2 and "“3.8沙龙”还没有认定" in done.stdout + done.stderr
