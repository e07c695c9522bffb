"""Which sheet is which table, what is missing, the office's settings, the typed tables, and who belongs where."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.checks import check
from jinguo.common.findings import Finding, Severity
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.intake.typed_tables import TypedTables
from jinguo.organisations.membership import Membership, current_organisations, memberships
from jinguo.registry.joining import empty_table
from jinguo.registry.settings import OFFICE_ITEMS, Settings, parameter_default
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES, WORKBOOKS
from jinguo.schema.dates import Month
from jinguo.schema.parameters import PARAMETERS
from jinguo.schema.vocabularies import VOCABULARIES
from tests.helpers import TODAY, examples, findings, places, registry, sheet, table


def built(today: datetime.date | None = TODAY, **books: dict[str, str]) -> Registry:
    """A registry of workbooks (by name without .xlsx) of sheets (by name) drawn exactly as they stand."""
    sheets = {
        f"{book}.xlsx": [RawSheet(f"{book}.xlsx", name, table(rows)) for name, rows in drawn.items()]
        for book, drawn in books.items()
    }
    return build_registry(sheets, today)


def absent(found: list[Finding]) -> dict[str, tuple[str, str]]:
    """What is said about missing workbooks and sheets: severity and remedy by the name of what is missing."""
    return {f.sheet or f.workbook: (f.severity.value, f.remedy) for f in found if f.code in ("REG-001", "REG-002")}


PEOPLE = "人员编号 | 姓名 | 性别\nRY0001 | 王小红 | 女"
POSTS = "人员编号 | 组织编号 | 职务 | 起始\nRY0001 | ZZ0001 | 会长 | 2022.05"
LATER = ("提示", "需要时用 jinguo 自带的样表新建一个；暂时不用就不必理会。")
NO_OFFICE = ("提示", "要写通知和公文，用“新建台账”建一个，填上“单位”表。")


# What is there, and what is not


def test_a_small_start_is_only_hints():
    """One workbook with one sheet is a registry: absent tables are empty, nothing is an error or a warning."""
    found = built(人员台账={"人员": PEOPLE})
    assert {f.severity for f in found.findings} == {Severity.HINT}
    assert absent(found.findings) == {
        **dict.fromkeys(
            ["社会组织台账.xlsx", "培训考试台账.xlsx", "项目台账.xlsx", "值班台账.xlsx", "推荐台账.xlsx"],
            LATER,
        ),
        "设置.xlsx": NO_OFFICE,
        **dict.fromkeys(["任职", "社会职务", "家庭成员"], ("提示", "需要时加一张；暂时不用就不必理会。")),
    }
    assert [name for name, made in found.tables.items() if made.present] == ["people"]
    assert all(len(made) == 0 for name, made in found.tables.items() if name != "people")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("人员台帐", "人员台账"),
        ("社会组织台账2026", "社会组织台账"),
        ("培训考试台账（最新）", "培训考试台账"),
        ("值班台账(1)", "值班台账"),
    ],
)
def test_a_misspelt_workbook_is_a_warning_with_the_name_to_give_it(written, meant):
    missing = absent(built(**{written: {"Sheet1": "甲"}}).findings)  # type: ignore[arg-type]
    assert missing[f"{meant}.xlsx"] == ("警告", f"请把“{written}.xlsx”改名为“{meant}.xlsx”。")


@pytest.mark.parametrize("name", ["2026年工作计划", "巾帼志愿服务活动照片目录"])
def test_another_workbook_is_not_taken_for_a_misspelt_one(name):
    assert set(absent(built(**{name: {"Sheet1": "甲"}}).findings).values()) == {LATER, NO_OFFICE}  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["通知", "花名", "abc"])
def test_a_short_name_is_not_taken_for_设置(name):
    assert absent(built(**{name: {"Sheet1": "甲"}}).findings)["设置.xlsx"] == NO_OFFICE  # type: ignore[arg-type]


def test_the_one_workbook_of_a_small_office_is_not_to_be_renamed_five_times():
    found = built(台账={"人员": PEOPLE, "任职": POSTS})
    assert {severity for severity, _ in absent(found.findings).values()} == {"提示"}


def test_a_misspelt_sheet_is_a_warning_with_the_name_to_give_it():
    missing = absent(built(人员台账={"人员": PEOPLE, "任职表": POSTS, "家庭成员情况": "甲"}).findings)
    # 任职表 has the header of 任职, and is read as it.
    assert missing == {
        "家庭成员": ("警告", "请把工作表“家庭成员情况”改名为“家庭成员”。"),
        "社会职务": ("提示", "需要时加一张；暂时不用就不必理会。"),
        **dict.fromkeys(
            ["社会组织台账.xlsx", "培训考试台账.xlsx", "项目台账.xlsx", "值班台账.xlsx", "推荐台账.xlsx"],
            LATER,
        ),
        "设置.xlsx": NO_OFFICE,
    }


def test_a_misspelt_sheet_is_told_in_a_workbook_of_another_name_too():
    missing = absent(built(人员2026={"人员": PEOPLE, "家庭成员情况": "甲"}).findings)
    assert missing.get("家庭成员") == ("警告", "请把工作表“家庭成员情况”改名为“家庭成员”。")


def test_the_forms_own_list_sheet_is_no_misspelt_sheet():
    missing = absent(built(项目台账={"2026年实施的项目": "甲", "选项": "合格"}).findings)
    assert missing["项目"] != ("警告", "请把工作表“选项”改名为“项目”。")


@pytest.mark.parametrize("name", ["人员", " 人员 ", "人 员", "人员*", "人员\n", "　人员："])
def test_a_sheet_name_is_compared_like_a_header(name):
    found = built(人员台账={name: PEOPLE})
    assert (found["people"].sheet, found["people"]["name"]) == (name, ["王小红"])


def test_a_sheet_may_stand_in_another_workbook_and_findings_say_in_which():
    found = built(
        社会组织台账={"社会组织": "组织编号 | 组织名称", "人员": "人员编号 | 姓名 | 性别\nRY0001 | 王小红 | 妇"}
    )
    assert [(f.code, f.workbook, f.sheet, f.cell) for f in found.findings if f.code.startswith("CELL")] == [
        ("CELL-004", "社会组织台账.xlsx", "人员", "C2")
    ]
    assert "人员台账.xlsx" not in absent(found.findings)
    assert found["people"].place(0, "sex") == "社会组织台账.xlsx › 人员 › C2"


def test_of_two_sheets_of_one_name_the_one_in_its_own_workbook_is_used():
    found = built(
        乱七八糟={"人员": "人员编号 | 姓名 | 性别\nRY0009 | 李芳 | 女"},
        人员台账={"人员": PEOPLE},
        备份={"人员": "人员编号 | 姓名 | 性别\nRY0008 | 赵敏 | 女"},
    )
    assert found["people"]["name"] == ["王小红"]
    twice = [f for f in found.findings if f.code == "REG-008"]
    assert [(f.severity.value, f.workbook, f.sheet) for f in twice] == [
        ("警告", "乱七八糟.xlsx", "人员"),
        ("警告", "备份.xlsx", "人员"),
    ]
    assert {f.message for f in twice} == {
        "“人员”在 人员台账.xlsx 里也有一张，只用了那一张。规定：同一张表只能放在一个工作簿里。"
    }
    assert {f.remedy for f in twice} == {"内容一样的删去一张；这一张里有那一张没有的行，请补到那一张里。"}


_BOOKS = {
    "社会组织台账.xlsx": [
        sheet("社会组织", "组织编号 | 负责人 | 服务领域\nZZ0001 | 王小红 | 乡村振兴\nZZ0001 | RY0009 | 乡村")
    ],
    "人员台账.xlsx": [
        sheet("人员", [["人员编号", "姓名", "学历"], ["RY0001", "王小红", "党校"], ["RY0002", "李芳", "夜校"]])
    ],
    "培训考试台账.xlsx": [sheet("签到", "活动编号 | 人员编号\nHD0001 | 李芳\nHD0002 | 李方")],
    "设置.xlsx": [
        sheet("词表", "词表 | 词\n服务领域 | 乡村振兴\n学历 | 党校"),
        sheet("参数", "参数 | 值\n基准日期 | 2026-01-05"),
    ],
}


@given(st.permutations(list(_BOOKS)))
@settings(max_examples=examples(24), deadline=None)
def test_the_order_of_the_files_does_not_matter(order):
    usual = build_registry(_BOOKS)
    other = build_registry({name: _BOOKS[name] for name in order})
    assert other.findings == usual.findings
    assert {n: t.columns for n, t in other.tables.items()} == {n: t.columns for n, t in usual.tables.items()}
    assert (other.today, other.settings) == (usual.today, usual.settings)


@given(st.permutations(list(_BOOKS)), st.integers(0, 4))
@settings(max_examples=examples(40), deadline=None)
def test_tables_made_while_others_are_read_are_the_same(order, count):
    """In whatever order the workbooks come in: the office's words may be read first, last, or never before the end."""
    usual, typed = build_registry(_BOOKS), TypedTables()
    for name in order[:count]:
        typed.make_own(_BOOKS[name])
    early = build_registry(_BOOKS, typed=typed)
    assert early.findings == usual.findings
    assert {n: t.columns for n, t in early.tables.items()} == {n: t.columns for n, t in usual.tables.items()}
    assert early.settings == usual.settings


def test_what_that_small_registry_holds():
    found = build_registry(_BOOKS)
    assert places(found.findings, "CELL") == [
        ("CELL-004", "人员", "C3"),
        ("CELL-003", "签到", "B3"),
        ("CELL-002", "社会组织", "A3"),
        ("CELL-003", "社会组织", "B3"),
        ("CELL-004", "社会组织", "C3"),
    ]
    assert found["organisations"]["head"] == ["RY0001", None]
    assert found.today == datetime.date(2026, 1, 5)


def test_findings_stand_in_the_order_of_the_cells():
    found = registry(
        人员=[
            ["人员编号", "姓名", "性别", "手机", "邮箱"],
            ["RY0001", "王", "妇", "1", "x"],
            ["RY0001", "", "女", "2", ""],
            *[[""]] * 7,
            ["RY3", "李", "", "", ""],
        ]
    )
    assert [f.cell for f in found.findings if f.sheet == "人员"] == ["C2", "D2", "E2", "A3", "B3", "D3", "A11", "C11"]


# Settings


def test_what_the_office_leaves_empty_has_its_default():
    found = registry(单位="项目 | 内容\n单位名称 | 余姚市妇女联合会\n联系人 | \n是否用印 | 否")
    assert [found.settings.item(name) for name in ("单位名称", "联系人", "是否用印", "正文字体", "发文机关代字")] == [
        "余姚市妇女联合会",
        "",
        "否",
        "仿宋_GB2312",
        "×妇",
    ]


def test_without_settings_everything_has_its_default():
    empty = Settings()
    assert {name: empty.item(name) for name in OFFICE_ITEMS} == {
        name: default for name, (_, default) in OFFICE_ITEMS.items()
    }
    assert empty.item("单位名称") == "××市妇女联合会"
    with pytest.raises(KeyError):
        empty.item("单位名")


def test_a_misspelt_office_item_is_told():
    assert findings("REG-009", 单位="项目 | 内容\n单位全称 | 余姚市妇女联合会\n电话 | 0574-62700001") == [
        ("单位", "A2")
    ]


def test_a_misspelt_vocabulary_is_told():
    assert findings("REG-009", 词表="词表 | 词\n服务领城 | 乡村振兴\n服务领域 | 五水共治") == [("词表", "A2")]


DEFAULTS = [
    ("基准日期", None),
    ("通知提前天数", 15),
    ("到期提醒月数", 3),
    ("发文有效天数", 30),
    ("值班日", "工作日"),
    ("值班安排提前天数", 20),
    ("伴考提前天数", 60),
    ("考试日期", None),
    ("登记指导最多缺几项", 2),
    ("民办非企业单位开办资金", Decimal(3)),
    ("默认满分", Decimal(100)),
    ("默认合格线", Decimal(60)),
    ("年检不合格年数", 2),
    ("不得同时担任", "人大代表、政协委员"),
    ("不得两地担任", "人大代表"),
    ("最多届数", None),
    ("联审部门", "纪委监委、公安局、税务局、市场监管局、法院"),
    ("联审待复可入选", "否"),
    ("名称相似度", 88),
    ("登记机关区划代码", "余姚市民政局=330281、宁波市民政局=330200"),
    ("届期最长年数", 5),
    ("负责人最高年龄", 70),
    ("法定代表人职务", "会长、理事长、主任、负责人、法定代表人、副会长、秘书长"),
    ("一人担任的职务", "会长、理事长、秘书长、法定代表人"),
    ("孵化停滞月数", 6),
    ("年检截止月", 5),
    ("一学时分钟数", Decimal(45)),
    ("报考年限截止", "12-31"),
    ("证书首次登记月数", 12),
    ("证书登记年数", 3),
    ("初级继续教育学时", Decimal(72)),
    ("中高级继续教育学时", Decimal(90)),
    ("中期评估进度", 60),
    ("合同最长年数", 3),
    ("大赛最少评委", 5),
    ("大赛同分规则", "全部评委平均分"),
    ("来访办结天数", 15),
    ("公示最少工作日", 5),
    ("有法人资格的登记状态", ("已登记",)),
    ("不宜承接项目的年检结论", ("不合格", "未参检")),
    ("生僻字笔画", None),
    ("代表最低年龄", 18),
]


@pytest.mark.parametrize(("name", "default"), DEFAULTS)
def test_the_default_of_each_parameter(name, default):
    assert (parameter_default(name), Settings().parameter(name)) == (default, default)


def test_that_table_names_parameters_in_their_order():
    """One more parameter needs no second place: that its default is read is tested for all."""
    named = [name for name, _ in DEFAULTS]
    assert [name for name in PARAMETERS if name in named] == named
    assert all(parameter_default(name) is not None for name, p in PARAMETERS.items() if p.default)


PARAMETER_VALUES = [
    ("通知提前天数", "30", 30),
    ("通知提前天数", 30.0, 30),
    ("通知提前天数", "", 15),
    ("默认合格线", "59.5", Decimal("59.5")),
    ("默认合格线", "60分", Decimal(60)),
    ("联审待复可入选", "√", "是"),
    ("不得同时担任", "人大代表、党代表", "人大代表、党代表"),
    ("基准日期", datetime.date(2026, 5, 1), datetime.date(2026, 5, 1)),
    ("基准日期", "2026年5月1日", datetime.date(2026, 5, 1)),
]


@pytest.mark.parametrize(("name", "value", "expected"), PARAMETER_VALUES)
def test_a_parameter_is_read_by_its_own_type(name, value, expected):
    found = registry(参数=[["参数", "值"], [name, value]])
    assert found.settings.parameter(name) == expected
    assert places(found.findings, "CELL", "REG-009") == []


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("通知提前天数", "两周", 15),
        ("通知提前天数", 0, 15),
        ("通知提前天数", 7.5, 15),
        ("名称相似度", "0.9", 88),
        ("联审待复可入选", "视情况", "否"),
        ("基准日期", "2026年10月", None),
        ("基准日期", "2026-02-30", None),
    ],
)
def test_an_invalid_parameter_is_an_error_at_its_cell_and_the_default_holds(name, value, kept):
    found = registry(参数=[["参数", "值", "单位"], ["默认满分", "", ""], [name, value, ""]])
    assert [(f.severity.value, f.sheet, f.cell) for f in found.findings if f.code.startswith("CELL")] == [
        ("错误", "参数", "B3")
    ]
    assert found.settings.parameter(name) == kept


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("通知提前几天", "是不是“通知提前天数”？请改正。"),
        ("默认及格线", "是不是“默认合格线”？请改正。"),
        ("随便写的", "请删去这一行。"),
    ],
)
def test_an_unknown_parameter_is_a_warning_with_the_nearest_name(written, remedy):
    found = registry(参数=[["参数", "值"], ["默认满分", "150"], [written, "30"]])
    assert [(f.code, f.severity.value, f.cell, f.value, f.remedy) for f in found.findings if f.sheet == "参数"] == [
        ("REG-009", "警告", "A3", written, remedy)
    ]
    assert found.settings.parameters == {"默认满分": Decimal(150)}


def test_number_gives_a_decimal_of_any_numeric_parameter():
    found = registry(参数="参数 | 值\n默认合格线 | 59.5\n名称相似度 | 90")
    assert (
        found.settings.number("默认合格线"),
        found.settings.number("名称相似度"),
        found.settings.number("默认满分"),
    ) == (
        Decimal("59.5"),
        Decimal(90),
        Decimal(100),
    )


@pytest.mark.parametrize(
    ("today", "base", "expected"),
    [
        (datetime.date(2027, 3, 8), "2026-10-15", datetime.date(2027, 3, 8)),
        (datetime.date(2027, 3, 8), "", datetime.date(2027, 3, 8)),
        (None, "2026-10-15", datetime.date(2026, 10, 15)),
        (None, "2026年十月十五日", datetime.date(2026, 10, 15)),
    ],
    ids=["--today wins", "--today alone", "基准日期", "基准日期 in words"],
)
def test_which_day_is_today(today, base, expected):
    assert registry(today, 参数=[["参数", "值"], ["基准日期", base]]).today == expected


@pytest.mark.parametrize("base", ["", "乱写", "2026年10月"])
def test_without_a_readable_base_date_it_is_the_days_date(base):
    before = datetime.date.today()
    today = registry(None, 参数=[["参数", "值"], ["基准日期", base]]).today
    assert before <= today <= datetime.date.today()


def test_holidays():
    found = registry(
        节假日=[["日期", "类别"], [datetime.date(2026, 10, 1), "放假"], ["2026-10-10", "上班"], ["", "放假"]]
    )
    assert found.settings.holidays == {datetime.date(2026, 10, 1): "放假", datetime.date(2026, 10, 10): "上班"}
    assert places(found.findings, "CELL") == [("CELL-001", "节假日", "A4")]


# Vocabularies


def test_words_of_设置_are_choices_in_the_other_workbooks():
    sheets = {
        "社会组织": "组织编号 | 服务领域\nZZ0001 | 乡村振兴、志愿服务",
        "人员": [["人员编号", "姓名", "性别", "学历"], ["RY0001", "王小红", "女", "党校研究生"]],
    }
    assert findings("CELL-004", **sheets) == [("人员", "D2"), ("社会组织", "B2")]  # type: ignore[arg-type]
    found = registry(**sheets, 词表="词表 | 词\n服务领域 | 乡村振兴\n学历 | 党校研究生")
    assert places(found.findings, "CELL-004") == []
    assert found["organisations"]["fields_of_service"] == [("乡村振兴", "志愿服务")]
    assert found["people"]["education"] == ["党校研究生"]


def test_words_are_added_after_those_that_are_there_and_once():
    found = registry(词表="词表 | 词\n学位 | 名誉博士\n学位 | 博士\n学位 | 名誉博士\n本单位表 | 甲")
    assert found.settings.vocabularies["学位"] == ["学士", "硕士", "博士", "名誉博士"]
    assert found.settings.vocabularies["本单位表"] == ["甲"]
    assert found.settings.vocabularies["学历"] == VOCABULARIES["学历"]
    assert VOCABULARIES["学位"] == ["学士", "硕士", "博士"]
    assert "本单位表" not in VOCABULARIES


def test_a_word_without_its_list_is_an_error_and_changes_nothing():
    found = registry(词表=[["词表", "词"], ["", "乡村振兴"], ["学位", ""]])
    assert places(found.findings, "CELL") == [("CELL-001", "词表", "A2"), ("CELL-001", "词表", "B3")]
    assert found.settings.vocabularies == VOCABULARIES


# Tables


SMALL = [
    ["序号", "人员编号", "姓名", "出生年月", "手机", "我的栏", "性别"],
    [1.0, "RY0001", "王　小红", "1980.05", 13912345678.0, 2.5, "女"],
    [2.0, "", "", "", "", "", ""],
    [3.0, "ry0002", "李芳", 1980.1, "-", "", "女"],
]


def test_a_table_gives_values_cells_places_and_what_the_clerk_sees():
    people = registry(人员=SMALL)["people"]
    assert len(people) == 2
    assert people["name"] == ["王小红", "李芳"]
    assert people["number"] == ["RY0001", "RY0002"]
    assert list(people.each("number", "born")) == [(0, "RY0001", Month(1980, 5)), (1, "RY0002", None)]
    assert (people.cell(0, "mobile"), people.cell(1, "mobile")) == ("E2", "E4")
    assert people.place(1, "born") == "人员台账.xlsx › 人员 › D4"
    assert [people.shown(0, n) for n in ("name", "mobile", "born", "email")] == [
        "王 小红",
        "13912345678",
        "1980.05",
        "",
    ]
    assert [people.shown(1, n) for n in ("number", "born", "mobile")] == ["ry0002", "1980.1", ""]
    assert people.readable(0, "born", "mobile")
    assert not people.readable(1, "name", "born")


def test_a_column_the_sheet_lacks_is_empty_and_its_cell_is_that_of_the_key():
    people = registry(人员=SMALL)["people"]
    assert people["email"] == [None, None]
    assert people.cell(1, "email") == "B4"


def test_without_the_key_column_a_cell_is_in_the_first_column_that_is_known():
    found = built(人员台账={"人员": "我的栏 | 姓名 | 性别\nx | 王小红 | 女"})
    assert found["people"].cell(0, "number") == "B2"


def test_value_gives_a_field_by_key_the_first_where_a_key_stands_twice():
    people = registry(人员="人员编号 | 姓名\nRY0001 | 王小红\nRY0001 | 李芳\nRY0002 | 赵敏")["people"]
    assert people.index_of == {"RY0001": 0, "RY0002": 2}
    assert [people.value(key, "name") for key in ("RY0001", "RY0002", "RY0003", None)] == ["王小红", "赵敏", None, None]


def test_a_record_has_every_header_and_the_sheets_own_columns():
    record = registry(人员=SMALL)["people"].record(0)
    assert (record["姓名"], record["出生年月"], record["我的栏"], record["序号"], record["邮箱"]) == (
        "王小红",
        Month(1980, 5),
        "2.5",
        "1",
        None,
    )


def test_a_frame_has_the_excel_rows_as_index():
    frame = registry(人员=SMALL)["people"].frame()
    assert list(frame.index) == [2, 4]
    assert list(frame["name"]) == ["王小红", "李芳"]
    assert list(frame.columns) == [f.name for f in TABLES["people"].fields]
    assert frame.loc[2, "born"] == Month(1980, 5)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_the_office_does_not_keep_is_empty_but_has_every_column(name):
    empty = empty_table(TABLES[name])
    assert (len(empty), empty.present, empty.workbook, empty.sheet) == (
        0,
        False,
        TABLES[name].workbook,
        TABLES[name].sheet,
    )
    assert [empty[f.name] for f in TABLES[name].fields] == [[]] * len(TABLES[name].fields)
    assert len(empty.frame()) == 0
    assert empty.value("x", TABLES[name].fields[0].name) is None


def test_name_of_is_what_people_call_a_row():
    found = registry(人员="人员编号 | 姓名\nRY0001 | 王小红\nRY0002 | ", 镇街="镇街 | 类别\n阳明街道 | 街道")
    assert [found.name_of("people", key) for key in ("RY0001", "RY0002", "RY0009")] == ["王小红", "RY0002", "RY0009"]
    assert found.name_of("townships", "阳明街道") == "阳明街道"
    assert found.name_of("organisations", "ZZ0001") == "ZZ0001"


def test_tables_stand_in_the_order_of_the_workbooks_staff_see():
    assert list(registry(人员=SMALL).tables) == [spec.name for book in WORKBOOKS for spec in book.tables]


# Findings as they are sorted and told


def test_findings_sort_down_the_rows_and_along_the_columns():
    def at(cell: str, workbook: str = "人员台账.xlsx", severity: Severity = Severity.ERROR, code: str = "X") -> Finding:
        return Finding(code, severity, workbook, "人员", cell, "", "", "")

    ordered = [
        at(""),
        at("A2"),
        at("B2", code="A"),
        at("B2", code="B"),
        at("B2", severity=Severity.HINT, code="A"),
        at("AA2"),
        at("A10"),
        at("A1", "设置.xlsx"),
    ]
    assert sorted(random.Random(1).sample(ordered, len(ordered)), key=Finding.sort_key) == ordered


@pytest.mark.parametrize(
    ("workbook", "name", "cell", "place"),
    [
        ("人员台账.xlsx", "人员", "F12", "人员台账.xlsx › 人员 › F12"),
        ("人员台账.xlsx", "人员", "", "人员台账.xlsx › 人员"),
        ("人员台账.xlsx", "", "", "人员台账.xlsx"),
    ],
)
def test_the_place_of_a_finding_goes_as_far_as_it_is_known(workbook, name, cell, place):
    assert Finding("X", Severity.ERROR, workbook, name, cell, "", "", "").place == place


# Membership


ORGANISATIONS = """
    组织编号 | 登记状态 | 负责人
    ZZ0001   | 已登记   | RY0001
    ZZ0002   | 未登记   | RY0002
    ZZ0003   | 已注销   | RY0003
    ZZ0004   | 已备案   |
    """
WORK = """
    人员编号 | 组织编号 | 起始    | 结束
    RY0001   | ZZ0001   | 2020.01 |
    RY0001   | ZZ0004   | 2021.03 | 至今
    RY0002   | ZZ0001   | 2019.01 | 2026.09
    RY0004   | ZZ0004   | 2026.10 | 2026.10
    RY0004   | ZZ0003   | 2020.01 |
    RY0005   | ZZ0002   | 2026.11 |
    """
PERSONS = "人员编号 | 姓名\nRY0001 | 甲\nRY0002 | 乙\nRY0003 | 丙\nRY0004 | 丁\nRY0005 | 戊"


def test_memberships_are_the_posts_and_the_heads_without_one():
    assert memberships(registry(社会组织=ORGANISATIONS, 任职=WORK, 人员=PERSONS)) == [
        Membership("RY0001", "ZZ0001", Month(2020, 1), None),
        Membership("RY0001", "ZZ0004", Month(2021, 3), None),
        Membership("RY0002", "ZZ0001", Month(2019, 1), Month(2026, 9)),
        Membership("RY0004", "ZZ0004", Month(2026, 10), Month(2026, 10)),
        Membership("RY0004", "ZZ0003", Month(2020, 1), None),
        Membership("RY0005", "ZZ0002", Month(2026, 11), None),
        Membership("RY0002", "ZZ0002", None, None),
        Membership("RY0003", "ZZ0003", None, None),
    ]


@pytest.mark.parametrize(
    ("start", "end", "month", "covered"),
    [
        (None, None, Month(1990, 1), True),
        (Month(2026, 10), None, Month(2026, 10), True),
        (Month(2026, 10), None, Month(2026, 9), False),
        (None, Month(2026, 10), Month(2026, 10), True),
        (None, Month(2026, 10), Month(2026, 11), False),
        (Month(2025, 12), Month(2026, 1), Month(2026, 1), True),
        (Month(2025, 12), Month(2026, 1), Month(2025, 11), False),
    ],
)
def test_the_months_a_membership_covers(start, end, month, covered):
    assert Membership("RY0001", "ZZ0001", start, end).covers(month) is covered


def test_current_organisations_headed_ones_first_and_without_the_dissolved():
    found = registry(datetime.date(2026, 10, 31), 社会组织=ORGANISATIONS, 任职=WORK, 人员=PERSONS)
    assert current_organisations(found, found.today) == {
        "RY0001": ["ZZ0001", "ZZ0004"],
        "RY0002": ["ZZ0002"],
        "RY0003": [],
        "RY0004": ["ZZ0004"],
        "RY0005": [],
    }


def test_current_organisations_a_month_later():
    found = registry(datetime.date(2026, 11, 1), 社会组织=ORGANISATIONS, 任职=WORK, 人员=PERSONS)
    assert (
        current_organisations(found, found.today)["RY0004"],
        current_organisations(found, found.today)["RY0005"],
    ) == ([], ["ZZ0002"])


def test_a_post_with_an_unreadable_month_or_an_unknown_person_is_no_membership():
    found = registry(
        社会组织="组织编号 | 负责人\nZZ0001 | ",
        人员="人员编号 | 姓名\nRY0001 | 甲",
        任职=[
            ["人员编号", "组织编号", "起始"],
            ["RY0001", "ZZ0001", 2020.1],
            ["RY0009", "ZZ0001", "2020.01"],
            ["RY0001", "ZZ0009", "2020.01"],
        ],
    )
    assert memberships(found) == []
    assert places(found.findings, "CELL") == [
        ("CELL-006", "任职", "C2"),
        ("CELL-003", "任职", "A3"),
        ("CELL-003", "任职", "B4"),
    ]


def test_a_head_whose_post_has_ended_belongs_to_her_organisation_since():
    found = registry(
        社会组织="组织编号 | 负责人\nZZ0001 | RY0001",
        人员="人员编号 | 姓名\nRY0001 | 甲",
        任职="人员编号 | 组织编号 | 起始 | 结束\nRY0001 | ZZ0001 | 2018.01 | 2020.12\nRY0001 | ZZ0001 | 2015.01 | 2017.06",
    )
    assert memberships(found)[2:] == [Membership("RY0001", "ZZ0001", Month(2021, 1), None)]


def test_a_head_named_in_two_organisations_is_in_both():
    found = registry(社会组织="组织编号 | 负责人\nZZ0001 | RY0001\nZZ0002 | 甲", 人员="人员编号 | 姓名\nRY0001 | 甲")
    assert current_organisations(found, found.today) == {"RY0001": ["ZZ0001", "ZZ0002"]}


def test_without_any_posts_or_people_nobody_belongs_anywhere():
    found = registry(镇街="镇街 | 类别\n阳明街道 | 街道")
    assert (
        memberships(found),
        current_organisations(found, found.today),
        [f.code for f in check(found) if f.severity is not Severity.HINT],
    ) == ([], {}, [])
