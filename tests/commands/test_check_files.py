"""`check FILE…`, `check --since` and the report, where files are named in unusual ways or hold unusual words."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from jinguo.common.errors import JinguoError
from jinguo.common.writing import file_digest, safe_name, write_file
from jinguo.excel.reading.read import read_workbook
from tests.excel.test_annotate_real import book, changed
from tests.helpers import change_cell, check_json, find_cell, jinguo, office, table


def damaged_sex(folder: Path, value: str = "妇", number: str = "RY0001") -> str:
    """Put something wrong into a cell of the people; its address."""
    path = folder / "workbooks" / "人员台账.xlsx"
    cell = find_cell(path, "人员", "性别", number)
    change_cell(path, "人员", cell, value)
    return cell


@pytest.mark.parametrize("name", ["人员台账 - 副本.xlsx", "人员台账.xlsx"])
def test_an_old_version_may_have_any_name(tmp_path, name):
    folder = office(tmp_path / "office")
    damaged_sex(folder)
    old = tmp_path / name
    shutil.copy(folder / "workbooks" / "人员台账.xlsx", old)
    cell = damaged_sex(folder, number="RY0002")
    done = jinguo(folder, "check", "--since", str(old))
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("【错误】") == 1
    assert f"【错误】CELL-004  人员台账.xlsx › 人员 › {cell}" in done.stdout


def test_an_old_version_without_tables_is_told(tmp_path):
    folder = office(tmp_path / "office")
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    done = jinguo(folder, "check", "--since", str(tmp_path / "别的.xlsx"))
    assert (done.returncode, "旧的版本里没有台账里的表" in done.stderr) == (2, True)


def test_a_file_of_the_folder_that_is_no_register_is_an_error_when_it_is_asked_about(tmp_path):
    folder = office(tmp_path)
    book = openpyxl.Workbook()
    book.active.append(["甲", "乙"])
    book.save(folder / "workbooks" / "花名册.xlsx")
    done = jinguo(folder, "check", str(folder / "workbooks" / "花名册.xlsx"))
    assert (done.returncode, "【错误】REG-016  花名册.xlsx" in done.stdout) == (2, True)


def test_a_file_is_not_blamed_for_another_whose_name_goes_on(tmp_path):
    folder = office(tmp_path, demo=False)
    (folder / "workbooks" / "人员.csv").write_text("人员编号,姓名,性别\nRY0001,王,女\n", "utf-8")
    (folder / "workbooks" / "人员.csv.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = jinguo(folder, "check", str(folder / "workbooks" / "人员.csv"))
    assert (done.returncode, "打不开" in done.stdout) == (0, False)


def test_square_brackets_in_a_file_name_are_shown(tmp_path):
    folder = office(tmp_path, demo=False)
    book(folder / "workbooks" / "人员台账[old].xlsx")
    assert "│ 人员台账[old].xlsx" in jinguo(folder, "check").stdout


def test_a_terminal_is_not_given_orders_by_a_cell(tmp_path):
    folder = office(tmp_path)
    damaged_sex(folder, "\u009b2J[red]妇_x001B_[2J")
    done = jinguo(folder, "check")
    assert "[red]妇" in done.stdout
    assert "\x1b[2J" not in done.stdout and "\u009b" not in done.stdout


def test_a_cell_full_to_the_brim_is_told_in_few_words(tmp_path):
    folder = office(tmp_path)
    cell = damaged_sex(folder, "妇" * 32_767)
    done = jinguo(folder, "check")
    assert len(done.stdout) < 10_000
    assert "“性别”里有 32767 个字" in done.stdout
    sheet = openpyxl.load_workbook(folder / "output" / "校验" / "人员台账（标注）.xlsx")["校验结果"]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[3] == cell)
    assert max(map(len, map(str, row))) < 1_100


@pytest.mark.parametrize("name", ["名单.csv", "名单.ods", "名单.xlsb"])
def test_results_are_not_saved_over_a_workbook(tmp_path, name):
    folder = office(tmp_path)
    (folder / name).write_text("不能丢", "utf-8")
    assert jinguo(folder, "check", "--json", str(folder / name)).returncode == 2
    assert (folder / name).read_text("utf-8") == "不能丢"


def test_a_percent_sign_in_a_file_name_does_not_break_its_links(tmp_path):
    folder = office(tmp_path, demo=False)
    book(folder / "workbooks" / "人员%20台账.xlsx")
    jinguo(folder, "check")
    with zipfile.ZipFile(folder / "output" / "校验" / "校验报告.xlsx") as report:
        links = report.read("xl/worksheets/_rels/sheet2.xml.rels").decode()
    assert "人员%2520台账.xlsx" in links or "%2520" in links


def test_a_workbook_that_cannot_be_read_has_no_digest(tmp_path):
    assert file_digest(tmp_path / "没有.xlsx") == ""


def test_a_link_is_followed_when_a_file_is_written(tmp_path):
    (tmp_path / "真的.txt").write_bytes(b"old")
    (tmp_path / "链接.txt").symlink_to(tmp_path / "真的.txt")
    write_file(tmp_path / "链接.txt", b"new")
    assert ((tmp_path / "真的.txt").read_bytes(), (tmp_path / "链接.txt").is_symlink()) == (b"new", True)


def test_a_long_name_keeps_its_mark():
    name = safe_name(f"{'余' * 100}（标注）.xlsx")
    assert name.endswith("（标注）.xlsx") and len(name) < 90


def test_findings_of_unusual_files_as_json(tmp_path):
    """An .xltx named on the command line is checked like any workbook."""
    folder = office(tmp_path)
    path = changed(
        book(tmp_path / "人员台账.xltx"), ("sheet.main+xml", "template.main+xml"), part="[Content_Types].xml"
    )
    jinguo(folder, "check", str(path), "--json", str(folder / "结果.json"))
    found = json.loads((folder / "结果.json").read_text("utf-8"))
    assert [(f["code"], f["cell"]) for f in found] == [("CELL-004", "C2"), ("CELL-006", "D3"), ("CELL-001", "B4")]


# Far cells that the guard did not see


@pytest.mark.parametrize(
    "pair",
    [('worksheets/sheet1.xml"', 'worksheets/Sheet1.xml"'), ("relationships/worksheet", "relationships/dialogsheet")],
    ids=["capital", "dialogue"],
)
def test_a_far_cell_is_refused_or_not_read_however_its_sheet_is_named(tmp_path, pair):
    path = changed(book(tmp_path / "人员台账.xlsx"), pair, part="xl/_rels/workbook.xml.rels")
    changed(path, ("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))
    try:
        assert all(len(sheet.rows) < 10 for sheet in read_workbook(path))
    except JinguoError as trouble:
        assert "XFD1048576" in trouble.what or "损坏" in trouble.what


def test_an_old_workbook_whose_sectors_go_in_a_circle_is_refused(tmp_path):
    """The sector of the directory is made to follow itself: whoever reads on takes all the memory there is."""
    import struct

    from tests.excel.test_bad_input import OLD_XLS

    data = bytearray(OLD_XLS)
    (first,) = struct.unpack_from("<I", data, 0x30)
    (table,) = struct.unpack_from("<I", data, 0x4C)
    struct.pack_into("<I", data, 512 + table * 512 + 4 * first, first)
    (tmp_path / "圈.xls").write_bytes(bytes(data))
    with pytest.raises(JinguoError):
        read_workbook(tmp_path / "圈.xls")


def test_a_word_in_a_cell_does_not_make_a_workbook_something_else(tmp_path):
    from tests.excel.test_bad_input import OLD_XLS

    (tmp_path / "人员.xls").write_bytes(
        bytes(OLD_XLS) + "EncryptedPackage WordDocument".encode("utf-16-le").ljust(512, b"\0")
    )
    assert read_workbook(tmp_path / "人员.xls")


class TestReturns:
    """Files that came back from the townships, made by our own forms."""

    PEOPLE = "人员编号 | 姓名 | 性别\n"

    def returned(self, folder, name: str, **sheets: str):
        import xlsxwriter

        path = folder / name
        with xlsxwriter.Workbook(str(path)) as book:
            for title, text in sheets.items():
                sheet = book.add_worksheet(title)
                for r, row in enumerate(table(text)):
                    sheet.write_row(r, 0, row)
        return path

    def test_each_is_checked_as_a_return_of_its_own(self, tmp_path):
        """Both number their people from 1; 妇 is wrong in either."""
        folder = office(tmp_path / "office")
        paths = [
            self.returned(tmp_path, f"{town}.xlsx", 人员=f"{self.PEOPLE}RY0001 | {who}甲 | 妇\nRY0002 | {who}乙 | 女")
            for town, who in (("临山镇", "王"), ("泗门镇", "李"))
        ]
        code, found = check_json_of(folder, *paths)
        assert code == 1
        assert [(f["workbook"], f["code"], f["cell"]) for f in found if f["severity"] == "错误"] == [
            ("临山镇.xlsx", "CELL-004", "C2"),
            ("泗门镇.xlsx", "CELL-004", "C2"),
        ]
        assert not any(f["code"].startswith("REG-0") and f["severity"] != "提示" for f in found)
        for town in ("临山镇", "泗门镇"):
            assert (folder / "output" / "校验" / f"{town}（标注）.xlsx").exists()

    def test_two_files_that_hold_different_tables_are_one_registry(self, tmp_path):
        folder = office(tmp_path / "office")
        people = self.returned(tmp_path, "人.xlsx", 人员=f"{self.PEOPLE}RY0001 | 王甲 | 女")
        posts = self.returned(
            tmp_path,
            "职.xlsx",
            任职="人员编号 | 组织编号 | 职务 | 起始\nRY0001 | | 会长 | 2020.01\nRY0009 | | 会长 | 2020.01",
        )
        _, found = check_json_of(folder, people, posts)
        assert [(f["workbook"], f["cell"]) for f in found if f["code"] == "CELL-003"] == [("职.xlsx", "A3")]

    def test_a_folder_stands_for_its_workbooks(self, tmp_path):
        folder = office(tmp_path / "office")
        (tmp_path / "上报").mkdir()
        self.returned(tmp_path / "上报", "临山镇.xlsx", 人员=f"{self.PEOPLE}RY0001 | 王甲 | 妇")
        code, found = check_json_of(folder, tmp_path / "上报")
        assert (code, [f["cell"] for f in found if f["code"] == "CELL-004"]) == (1, ["C2"])

    def test_a_file_without_one_table_is_no_clean_registry(self, tmp_path):
        folder = office(tmp_path / "office")
        path = self.returned(tmp_path, "成绩单.xlsx", Sheet1="姓名 | 科目 | 成绩\n王甲 | 语文 | 90")
        done = jinguo(folder, "check", str(path))
        assert done.returncode == 2
        assert "没有错误" not in done.stdout and "就可以生成材料了" not in done.stdout


def check_json_of(folder, *paths):
    """The exit code and the findings of `check` for these files, in an office's folder."""
    target = folder / "findings.json"
    done = jinguo(folder, "check", "--json", str(target), *map(str, paths))
    return done.returncode, json.loads(target.read_text("utf-8"))


def test_workbooks_in_a_folder_below_are_told(tmp_path):
    """REG-017; what the program keeps there itself is not."""
    folder = office(tmp_path / "office")
    for name in ("2025年", "备份", "说明"):
        (folder / "workbooks" / name).mkdir()
        if name != "说明":
            shutil.copy(folder / "workbooks" / "人员台账.xlsx", folder / "workbooks" / name / "人员台账.xlsx")
    _, found = check_json(folder)
    assert [(f["workbook"], f["message"].split("。")[0]) for f in found if f["code"] == "REG-017"] == [
        ("2025年/", "“2025年”里有 1 个工作簿，没有读")
    ]
