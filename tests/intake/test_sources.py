"""A table on several sheets: what is read together, what is a copy, and where each row says it stands."""

from __future__ import annotations

import openpyxl
import pytest

from jinguo.checks import check
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from tests.helpers import TODAY, check_json, jinguo, office, registry, table, workbook_rows

HEADER = "人员编号 | 姓名 | 性别 | 手机"
_NAMES = ("临山村", "汝湖村", "味香园村", "兰海村", "梅园村", "邵家丘村")


def villages(*more: tuple[str, str], number: str = "RY") -> dict[str, list[RawSheet]]:
    """A workbook with a sheet a village, two people on each, and these sheets behind."""
    drawn = [
        (name, f"{name}名册\n{HEADER}\n{number}{n}1 | 王甲{n} | 女 | \n{number}{n}2 | 李乙{n} | 女 | ")
        for n, name in enumerate(_NAMES, 1)
    ]
    return {"花名册.xlsx": [RawSheet("花名册.xlsx", name, table(text)) for name, text in (*drawn, *more)]}


def read(sheets):
    return build_registry(sheets, TODAY)


def told(found, code):
    return [(f.severity.value, f.sheet, f.message.split("。")[0]) for f in found.findings if f.code == code]


def test_the_sheets_of_one_workbook_with_one_header_are_one_table():
    found = read(villages())
    people = found["people"]
    assert people["name"][:3] == ["王甲1", "李乙1", "王甲2"]
    assert len(people) == 12
    assert people.sheets() == [("花名册.xlsx", name, 2) for name in _NAMES]
    assert told(found, "REG-014") == [
        ("提示", "", "工作表“临山村”“汝湖村”“味香园村”等 6 张的表头都像“人员”表，合起来当作这一张表读了")
    ]


def test_each_row_says_where_it_stands():
    people = read(villages())["people"]
    assert (people.place(0, "name"), people.place(11, "name")) == (
        "花名册.xlsx › 临山村 › B3",
        "花名册.xlsx › 邵家丘村 › B4",
    )
    assert people.cell(4, "mobile") == "D3"
    assert people.where == "花名册.xlsx › 临山村 等 6 张表"
    assert list(people.frame().index[:3]) == [
        ("花名册.xlsx", "临山村", 3),
        ("花名册.xlsx", "临山村", 4),
        ("花名册.xlsx", "汝湖村", 3),
    ]
    assert list(people.frame().columns) == list(people.columns)


def test_letters_are_those_of_the_sheet():
    """The second sheet has its columns in another order, and one of its own."""
    sheets = villages()
    sheets["花名册.xlsx"][1] = RawSheet(
        "花名册.xlsx",
        "汝湖村",
        table("联系电话 | 住址 | 性别 | 姓名 | 人员编号\n13800138000 | 村口 | 女 | 张丙 | RY31"),
    )
    people = read(sheets)["people"]
    i = people["name"].index("张丙")
    assert people.address(i, "name") == ("花名册.xlsx", "汝湖村", "D2")
    assert people.extra["住址"][i - 1 : i + 2] == ["", "村口", ""]
    assert people.record(0)["住址"] == ""


def test_a_key_is_one_across_the_sheets_and_the_message_names_the_sheet():
    sheets = villages(("南河村", f"{HEADER}\nRY11 | 赵丁 | 女 | \nRY99 | 周戊 | 妇 | "))
    found = [(f.code, f.sheet, f.cell, f.message) for f in read(sheets).findings if f.code.startswith("CELL")]
    assert found == [
        ("CELL-002", "南河村", "A2", "赵丁的“人员编号”与“临山村”第 3 行重复。规定：编号一类的栏目不能重复。"),
        ("CELL-004", "南河村", "C3", "周戊的“性别”填的是“妇”，不在可选范围内。规定：只能填可选范围里的内容。"),
    ]


def test_references_into_it_are_found():
    sheets = villages() | {
        "人员台账.xlsx": [
            RawSheet(
                "人员台账.xlsx",
                "任职",
                table("人员编号 | 组织编号 | 职务 | 起始\nRY62 | | 会长 | 2020.01\n王甲3 | | 会长 | 2020.01"),
            )
        ]
    }
    assert read(sheets)["posts"]["person"] == ["RY62", "RY31"]


def test_a_summary_of_the_sheets_is_not_read_again():
    """Every person would count twice."""
    rows = "\n".join(f"RY{n}1 | 王甲{n} | 女 | \nRY{n}2 | 李乙{n} | 女 | " for n in range(1, 7))
    found = read(villages(("全镇汇总", f"{HEADER}\n{rows}")))
    assert len(found["people"]) == 12
    assert told(found, "REG-008") == [
        ("警告", "全镇汇总", "工作表“全镇汇总”的 12 行里，12 行在别的工作表里也有，没有再读一遍")
    ]


@pytest.mark.parametrize(("common", "read_too"), [(8, False), (7, True)])
def test_a_sheet_is_a_copy_from_four_fifths_on(common, read_too):
    same = "\n".join(f"RY{n}{k} | {who}{n} | 女 | " for n in range(1, 5) for k, who in ((1, "王甲"), (2, "李乙")))
    own = "\n".join(f"RY9{k} | 孙己{k} | 女 | " for k in range(10 - common))
    sheets = villages(("南河村", f"{HEADER}\n" + "\n".join(same.splitlines()[:common]) + f"\n{own}"))
    assert (("花名册.xlsx", "南河村", 10) in read(sheets)["people"].sheets()) == read_too


def test_a_copy_is_the_one_called_so():
    one = f"{HEADER}\nRY1 | 王甲 | 女 | \nRY2 | 李乙 | 女 | "
    for names in (("名册", "名册 (2)"), ("名册（旧）", "名册")):
        found = read({"a.xlsx": [RawSheet("a.xlsx", name, table(one)) for name in names]})
        assert [sheet for _, sheet, _ in found["people"].sheets()] == ["名册"]


def test_a_table_of_its_name_is_the_table():
    found = read(villages(("人员", f"{HEADER}\nRY01 | 赵丁 | 女 | ")))
    assert found["people"].sheets() == [("花名册.xlsx", "人员", 1)]
    assert {severity for severity, _, _ in told(found, "REG-014")} == {"提示"}


def test_of_several_workbooks_none_is_taken():
    other = {"旧花名册.xlsx": [RawSheet("旧花名册.xlsx", "临山村", table(f"{HEADER}\nRY01 | 赵丁 | 女 | "))]}
    found = read(villages() | other)
    assert not found["people"].present
    assert {severity for severity, _, _ in told(found, "REG-014")} == {"警告"}


def test_doubles_across_sheets_are_found_by_the_rules():
    drawn = "活动编号 | 人员编号 | 出勤 | 学时\nHD0001 | RY0001 | 出席 | 6"
    both = registry(人员="人员编号 | 姓名\nRY0001 | 王甲", 培训活动="活动编号\nHD0001")
    sheets = {"培训.xlsx": [RawSheet("培训.xlsx", name, table(drawn)) for name in ("春季", "秋季")]}
    sheets["培训.xlsx"][1] = RawSheet("培训.xlsx", "秋季", table(drawn + "\nHD0001 | RY0002 | 缺席 |"))
    found = check(build_registry(sheets, TODAY))
    assert [(f.sheet, f.cell, "“春季”第 2 行重复" in f.message) for f in found if f.code == "TRN-002"] == [
        ("秋季", "B2", True)
    ]
    assert both["people"].sheets() == [("人员台账.xlsx", "人员", 1)]


@pytest.fixture
def folder(tmp_path):
    """The demo, whose 签到 is divided into a sheet a year."""
    folder = office(tmp_path / "office")
    path = folder / "workbooks" / "培训考试台账.xlsx"
    book = openpyxl.load_workbook(path)
    whole = book["签到"]
    rows = list(whole.iter_rows(values_only=True))
    for name, part in (("2025年签到", rows[1:200]), ("2026年签到", rows[200:])):
        sheet = book.create_sheet(name)
        for row in (rows[0], *part):
            sheet.append(row)
    del book["签到"]
    book.save(path)
    return folder


@pytest.mark.long
def test_a_divided_table_gives_the_same_figures_and_its_rows_are_linked(folder, tmp_path):
    whole = office(tmp_path / "whole")
    figures = []
    for place in (folder, whole):
        assert jinguo(place, "stats", "--json", "figures.json").returncode == 0
        figures.append((place / "figures.json").read_text("utf-8"))
    assert figures[0] == figures[1]
    book = openpyxl.load_workbook(folder / "output" / "统计" / "培训考试统计.xlsx")
    targets = {
        row[-1].hyperlink.location.split("!")[0] for row in book["明细·类型"].iter_rows(min_row=3) if row[-1].hyperlink
    }
    assert targets == {"'2025年签到'", "'2026年签到'"}
    sources = [
        row[1] for row in workbook_rows(folder / "output" / "统计" / "培训考试统计.xlsx", "口径") if row[0] == "来源"
    ]
    assert "培训考试台账.xlsx › 2025年签到" in sources and "培训考试台账.xlsx › 2026年签到" in sources


def test_findings_and_marks_are_at_the_cell_of_the_divided_sheet(folder):
    path = folder / "workbooks" / "培训考试台账.xlsx"
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["2026年签到"][1]]
    column = header.index("出勤") + 1
    book["2026年签到"].cell(7, column).value = "来过"
    book.save(path)
    code, found = check_json(folder)
    letter = openpyxl.utils.get_column_letter(column)
    assert code == 1
    assert [(f["sheet"], f["cell"]) for f in found if f["code"] == "CELL-004"] == [("2026年签到", f"{letter}7")]
    marked = openpyxl.load_workbook(folder / "output" / "校验" / "培训考试台账（标注）.xlsx")
    assert marked["2026年签到"][f"{letter}7"].fill.fill_type == "solid"
    assert marked["2025年签到"][f"{letter}7"].fill.fill_type is None


def test_fix_writes_into_the_sheet_of_the_row(folder):
    path = folder / "workbooks" / "培训考试台账.xlsx"
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["2026年签到"][1]]
    column = header.index("人员编号") + 1
    was = book["2026年签到"].cell(5, column).value
    book["2026年签到"].cell(5, column).value = f" {was.lower()}"
    book.save(path)
    assert jinguo(folder, "fix").returncode == 0
    assert jinguo(folder, "fix", "--write").returncode == 0
    assert openpyxl.load_workbook(path)["2026年签到"].cell(5, column).value == was


def test_diff_finds_the_rows_wherever_they_have_moved(folder, tmp_path):
    whole = office(tmp_path / "whole")
    done = jinguo(folder, "diff", str(whole / "workbooks"))
    assert done.returncode == 0
    assert "两个版本没有不同" in done.stdout


# what is left of damaged workbooks --------------------------------------------------------------------------------------


def test_an_emptied_sheet_that_others_refer_to_is_an_error_and_withholds():
    """REG-018: nobody can tell an emptied sheet from what never was."""
    found = registry(人员="人员编号 | 姓名", 签到="活动编号 | 人员编号\nHD0001 | RY0001", 培训活动="活动编号\nHD0001")
    assert [(f.code, f.severity.value, f.sheet) for f in found.findings if f.code == "REG-018"] == [
        ("REG-018", "错误", "人员")
    ]
    assert "“签到” 1 行引用了它" in next(f.message for f in found.findings if f.code == "REG-018")
    assert found.unread == {"people": "人员台账.xlsx › 人员 是空的"}


def test_other_empty_sheets_of_a_workbook_are_one_hint():
    found = registry(推荐批次="批次编号\nTJ2601", 资格条件="批次编号 | 条件 | 比较", 联审意见="批次编号 | 人员编号")
    assert [(f.severity.value, f.workbook, f.sheet) for f in found.findings if f.code == "REG-018"] == [
        ("警告", "推荐台账.xlsx", "")
    ]
    other = registry(人员="人员编号 | 姓名\nRY0001 | 王红", 家庭成员="人员编号 | 称谓")
    assert [(f.severity.value, f.workbook) for f in other.findings if f.code == "REG-018"] == [
        ("提示", "人员台账.xlsx")
    ]
    assert registry(推荐批次="批次编号").findings == [] or all(
        f.code != "REG-018" for f in registry(推荐批次="批次编号").findings
    )


@pytest.mark.parametrize(
    "name", ["人员台账 - 副本.xlsx", "人员台账(1).xlsx", "人员台账（备份）.xlsx", "副本人员台账.xlsx"]
)
def test_a_copy_of_a_workbook_is_one_warning_and_not_read(name):
    rows = table(
        "人员编号 | 姓名 | 性别\n" + "\n".join(f"RY{n:04d} | 张{'甲乙丙丁戊己庚辛壬癸'[n]} | 女" for n in range(10))
    )
    changed = [*rows[:-1], ["RY0009", "张癸", "男"]]
    sheets = {"人员台账.xlsx": [RawSheet("人员台账.xlsx", "人员", rows)], name: [RawSheet(name, "人员", changed)]}
    found = build_registry(sheets, TODAY)
    assert [
        (f.code, f.workbook, f.sheet) for f in found.findings if f.workbook in sheets and f.severity.value != "提示"
    ] == [("REG-008", name, "")]
    (told,) = (f for f in found.findings if f.code == "REG-008")
    assert "10 行里 9 行一样，另有 1 行与它不同，整个没有读" in told.message
    assert "请改到 人员台账.xlsx" in told.remedy
    assert len(found["people"]) == 10


def test_a_row_that_names_a_person_uniquely_is_hers():
    """CELL-020: the number was not filled in; of two people of one name nobody is meant."""
    found = registry(
        人员="人员编号 | 姓名\nRY0001 | 王红\nRY0002 | 李静\nRY0003 | 李静",
        培训活动="活动编号\nHD0001",
        签到="活动编号 | 人员编号 | 姓名\nHD0001 | | 王红\nHD0001 | | 李静",
    )
    assert found["attendance"]["person"] == ["RY0001", None]
    assert [(f.code, f.cell) for f in found.findings if f.sheet == "签到"] == [("CELL-020", "B2"), ("CELL-001", "B3")]
    assert "例如" not in next(f.remedy for f in found.findings if f.code == "CELL-001")


@pytest.mark.parametrize(
    ("typed", "guess"),
    [("RY0004", ""), ("王文娟", ""), ("谢文捐", "是不是“谢文娟”？"), ("RYOOO1", "是不是“RY0001”？")],
)
def test_no_guess_across_numbers_or_surnames(typed, guess):
    found = registry(
        人员="人员编号 | 姓名\nRY0001 | 谢文娟\nRY0003 | 陈晨", 任职=f"人员编号 | 组织编号\n{typed} | ZZ0001"
    )
    (told,) = (f for f in found.findings if f.code == "CELL-003")
    assert told.remedy.startswith(guess or "请改正")


@pytest.mark.parametrize(
    ("header", "typed", "read"),
    [
        ("登记状态", "登记", "已登记"), ("登记状态", "已注册", "已登记"), ("登记状态", "注册", "已登记"), ("登记状态", "注销", "已注销"),
        ("届期(年)", "三年", 3), ("届期(年)", "五", 5), ("届期(年)", "十年", 10),
    ],
)  # fmt: skip
def test_words_of_one_meaning(header, typed, read):
    found = registry(社会组织=f"组织编号 | {header}\nZZ0001 | {typed}")["organisations"]
    assert found[found.spec.field_of(header).name] == [read]


def test_the_words_of_people_and_of_the_week():
    people = registry(人员="人员编号 | 民族 | 政治面貌 | 性别\nRY0001 | 回 | 民盟 | 女性")["people"]
    assert (people["nation"], people["politics"], people["sex"]) == (["回族"], ["民盟盟员"], ["女"])
    units = registry(值班单位="组织编号 | 可值星期\nZZ0001 | 周一至周五\nZZ0002 | 星期六、周日")["duty_units"]
    assert units["weekdays"] == [("周一", "周二", "周三", "周四", "周五"), ("周六", "周日")]


@pytest.mark.parametrize("typed", ["登计", "登记了没", "注消"])
def test_no_guess_into_the_opposite(typed):
    found = registry(社会组织=f"组织编号 | 登记状态\nZZ0001 | {typed}").findings
    (told,) = (f for f in found if f.code == "CELL-004")
    assert "未登记”？" not in told.remedy and "已注销”？" not in told.remedy
