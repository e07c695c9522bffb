"""From files and raw rows to typed tables: headers, columns, rows, addresses, error cells, files that cannot be
read."""

from __future__ import annotations

import base64
import datetime
import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.addresses import column_index, column_letter
from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding
from jinguo.excel.raw import RawSheet, is_workbook
from jinguo.excel.reading.read import read_workbook
from jinguo.intake.building import build_registry
from jinguo.intake.header import find_header
from jinguo.intake.loading import load_files, load_registry, read_folder
from jinguo.intake.match import make_table
from jinguo.registry.tables import Table
from jinguo.schema import TABLES, WORKBOOKS
from jinguo.schema.dates import Month
from tests.helpers import ROOT, TODAY, examples, office, places, registry, snapshot, table

#: An .xls of Excel 97 (BIFF8): sheet 人员 with 人员编号, 姓名 and one row RY0001, 张三.
OLD_XLS = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHA6#m{OX?{r3O-&1}P(s0~v4<2dUfQjK_GGBFU@JmRZ4T0sO7NnWR%?!e;7RdP=*3Ibi~k3`c~C0$AP7RDM^A#Hhc@e*msv@*hX%A%nQxhI-oE!{=Vj;3OlDs%C&~-=Ix6@D{qUjch"
        "S5}~BQ9a@#s=G6SBYL7;^G?oQwWE6Ae#bs5_=g`W2nZv0t<Kj&zXS_Tu$K}vNMHzY722lV#tw-p^uqxi#2hyOH?hwXM}eM-x1HJ!ULkYD%{7uWjcvvC!0Q?vv}0%5?dVVxeuhxJJIx_6)#j4&t9"
        "XNZvY32XLHlr)6nUUVi7!UgZV<fn42ym$pg5EuWkzX;?2}&DWl(7J%RP#*Xx5D=&xITU=HqSN$?V)c;!<Tiymi3M^=#r+jS9D+w8aF?7A`*8{vsMJeJ91dig#z9?nM8;w+QdUN@OzlH^h5Ni>U`"
        "kW{yMxn8~f`OVRZA!l4PbFzTfmib*OGPt;;T5#jISgfC%7Tza(S)RI6<PPB^Cn(q5L#<jkGA}+?#M;gM>=&#!yX)jVESEkVd)Qg}=<H>AX|QrJx%AdqKo@U2liXfi^XQ=-x_Lw4k>k~*mxTAi?Y}"
        "J#A<NdWyLvBc#u_3bCWLEu>g|yBrw#l`{4MQI;;)9R-)g~qc|8Ml8)gIs1_lNO1_lNO2HOgx|IqvNK_j4#4MF`~XN^nMd?xvCF^n0$&hx?aFbZ53aiO97X+wa#XVE6xc;5>ZPH^u<OkqOem})qG`P"
        "fJGzh~18?LRk#8tuQ@NSuGU{~y}w!x;"
    )
)


def made(
    rows: str | list[list[Any]], name: str = "people", errors: dict[tuple[int, int], str] | None = None
) -> tuple[Table, list[Finding]]:
    """The table of these rows as they stand, no default columns added, and what was found while making it."""
    spec = TABLES[name]
    drawn = table(rows) if isinstance(rows, str) else rows
    return make_table(RawSheet(spec.workbook, spec.sheet, drawn, errors or {}), spec, {})


def said(found: list[Finding]) -> list[tuple[str, str, str]]:
    """(code, cell, remedy) of findings, for those where the advice is the point."""
    return [(f.code, f.cell, f.remedy) for f in found]


def saved(path: Path, sheet: str, rows: list[list[Any]], top: int = 1, left: int = 1) -> Path:
    """A real workbook by openpyxl with these rows from the cell at (top, left) on."""
    book = openpyxl.Workbook()
    target = book.active
    assert target is not None
    target.title = sheet
    for r, row in enumerate(rows, top):
        for c, value in enumerate(row, left):
            target.cell(r, c).value = value
            if isinstance(value, str) and re.fullmatch(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?)", value):
                target.cell(r, c).data_type = "e"
    book.save(path)
    return path


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The same package with every part passed through `change`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """人员台账.xlsx with two people; the mobile of the second, C3, is #N/A."""
    rows = [["人员编号", "姓名", "手机"], ["RY0001", "张三", "13912345678"], ["RY0002", "李四", "#N/A"]]
    return saved(tmp_path_factory.mktemp("good") / "人员台账.xlsx", "人员", rows).read_bytes()


# Headers


HEADERS = [
    ("organisations", "组织编号", "number"),
    ("organisations", "组织编号*", "number"),
    ("organisations", "＊组织编号", "number"),
    ("organisations", "★ 组织编号", "number"),
    ("organisations", "组织\n编号", "number"),
    ("organisations", "组织_x000D_\n编号", "number"),
    ("organisations", "组 织　编\u00a0号", "number"),
    ("organisations", "\u200b组织编号：", "number"),
    ("organisations", "编号", "number"),
    ("organisations", "单位名称", "name"),
    ("organisations", "社会组织名称", "name"),
    ("organisations", "联系方式", "phone"),
    ("organisations", "活动资金(万元)", "funds"),
    ("organisations", "活动资金（万元）", "funds"),
    ("organisations", "活动资金 ( 万元 )", "funds"),
    ("organisations", "活动资金", "funds"),
    ("organisations", "注册资金（万元）", "funds"),
    ("organisations", "届期", "term_years"),
    ("organisations", "届期（年）", "term_years"),
    ("organisations", "Ｅ－ｍａｉｌ", "email"),
    ("people", "手机号码", "mobile"),
    ("people", "联系电话", "mobile"),
    ("people", "公民身份号码", "id_number"),
    ("people", "文化程度", "education"),
    ("people", "职称", "title"),
    ("projects", "合同金额", "amount"),
    ("projects", "合同金额（元）", "amount"),
    ("services", "时长（小时）", "hours"),
    ("batches", "差额（人）", "extra"),
]


@pytest.mark.parametrize(("name", "header", "field"), HEADERS, ids=[f"{n}-{h!r}" for n, h, _ in HEADERS])
def test_a_header_is_known_however_it_is_written(name, header, field):
    found, _ = made(
        [["我的栏", header, "备注" if name != "projects" else "状态", "地点", "送达单位"], ["x", "1"]], name
    )
    assert found.letters[field] == "B"
    assert found.raw[field] == ["1"]


@pytest.mark.parametrize("header", ["活动资金（元）", "活动资金（千元）", "组织编号2", "名", ""])
def test_a_header_with_another_unit_or_word_is_not_taken_for_the_column(header):
    found, _ = made([["登记状态", "层级", header], ["已登记", "核心层", "50000"]], "organisations")
    assert set(found.letters.values()) == {"A", "B"}
    assert found.extra == ({header: ["50000"]} if header else {})


@pytest.mark.parametrize("titles", range(5))
def test_the_header_is_found_under_title_rows(titles):
    above = [
        ["2026年人员台账"],
        ["填表人：", "张三", "", "填表日期：", datetime.date(2026, 1, 5)],
        ["填表说明：姓名写全名"],
        [],
    ][:titles]
    found, _ = made([*above, ["人员编号", "姓名", "性别"], ["RY0001", "王小红", "女"]])  # type: ignore[list-item]
    assert found.rows == [titles + 2]
    assert found["name"] == ["王小红"]
    assert found.cell(0, "sex") == f"C{titles + 2}"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["人员编号", "姓名"]], 0),
        ([["姓名"], ["人员编号", "姓名"]], 1),
        ([["姓名", "性别"], ["人员编号", "姓名", "性别"]], 1),
        ([["人员编号", "姓名"], ["人员编号", "姓名"]], 0),
        ([[1.0, None, True], ["人员编号", "姓名"]], 1),
        ([["姓名", "姓名", "姓名"]], None),
        ([["人员编号"]], 0),
        ([["人员名单"], ["RY0001"]], None),
        ([], None),
        ([[]] * 39 + [["人员编号", "姓名"]], 39),
        ([[]] * 40 + [["人员编号", "姓名"]], None),
    ],
    ids=[
        "first row",
        "one word above",
        "fuller row wins",
        "tie: the upper",
        "numbers above",
        "one name thrice",
        "one name",
        "none",
        "empty",
        "row 40",
        "row 41",
    ],
)
def test_find_header(rows, expected):
    found = find_header(rows, TABLES["people"])
    assert (None if found is None else found.row) == expected


def test_a_group_row_above_the_header_is_passed_over():
    found, problems = made(
        [
            ["基本情况", "", "", "联系方式", ""],
            ["人员编号", "姓名", "性别", "手机", "邮箱"],
            ["RY0001", "王小红", "女", "", "a@example.org"],
        ]
    )
    assert (found.rows, found["email"], problems) == ([3], ["a@example.org"], [])


def test_a_two_row_header_is_read_as_one():
    rows = [
        ["2026年女性社会组织名册"],
        ["组织编号", "组织名称", "联系", "", "登记"],
        ["", "", "联系人", "联系电话", "登记日期"],
        ["ZZ0001", "甲协会", "王小红", "0574-62700000", "2015-06-18"],
    ]
    found, _ = made(rows, "organisations")
    assert found.rows == [4]
    assert (found["number"], found["contact"], found["registered_on"]) == (
        ["ZZ0001"],
        ["王小红"],
        [datetime.date(2015, 6, 18)],
    )


def test_a_sheet_without_a_header_is_one_error_that_names_the_columns():
    found, problems = made([["RY0001", "王小红", "女"], ["RY0002", "李芳", "女"]])
    assert said(problems) == [("REG-007", "", "请在数据上方写一行栏目名称：人员编号、姓名、性别、民族、出生年月……。")]
    assert len(found) == 0
    assert found["name"] == []


@pytest.mark.parametrize("rows", [[], [[]], [["", None], ["　", "-"]]], ids=["none", "one empty row", "only blanks"])
def test_an_empty_sheet_is_an_empty_table_without_a_finding(rows):
    found, problems = made(rows)
    assert (len(found), found["number"], problems) == (0, [], [])


def test_the_only_required_column_is_header_enough():
    found, problems = made("镇街\n阳明街道\n梨洲街道", "townships")
    assert (found["name"], problems) == (["阳明街道", "梨洲街道"], [])


# Columns


def test_the_order_of_columns_is_free_and_findings_follow_their_column():
    found, problems = made("""
        手机        | 性别 | 人员编号 | 姓名
        13912345678 | 女   | RY0001   | 王小红
        6270        | 妇   | RY0002   | 李芳
        """)
    assert (found["number"], found["name"], found["mobile"]) == (
        ["RY0001", "RY0002"],
        ["王小红", "李芳"],
        ["13912345678", None],
    )
    assert places(problems) == [("CELL-004", "人员", "B3"), ("CELL-008", "人员", "A3")]


_SAMPLE = [
    ["人员编号", "姓名", "性别", "出生年月", "手机", "邮箱", "我的栏"],
    ["RY0001", "王小红", "女", "1980.05", "13912345678", "a@example.org", "x"],
    ["RY0002", "李　芳", "妇", 1980.1, "6270", "a(at)example.org", ""],
    ["", "", "", "", "", "", "y"],
    ["RY0003", "", "男", "", "", "", "z"],
]


@given(st.permutations(range(7)), st.integers(0, 4), st.integers(0, 3))
@settings(max_examples=examples(40), deadline=None)
def test_moving_columns_and_the_whole_table_changes_nothing_but_addresses(order, down, right):
    usual, before = made(_SAMPLE)  # type: ignore[arg-type]
    moved, after = made([[]] * down + [[""] * right + [row[c] for c in order] for row in _SAMPLE])  # type: ignore[index, operator]
    assert moved.columns == usual.columns
    assert moved.extra == usual.extra
    assert moved.rows == [row + down for row in usual.rows] == [2 + down, 3 + down, 5 + down]

    def shifted(cell: str) -> str:
        return f"{column_letter(order.index(column_index(cell[0])) + right)}{int(cell[1:]) + down}"

    # The gap is told by the numbers of its rows, which have moved.
    before, after = ([f for f in problems if f.code != "REG-013"] for problems in (before, after))
    assert {(f.code, shifted(f.cell), f.message) for f in before} == {(f.code, f.cell, f.message) for f in after}
    assert len(before) == 5


def test_extra_columns_go_through_as_they_are():
    found, problems = made(
        [
            ["序号", "人员编号", "结对帮扶户", "姓名", "性别", 2026.0],
            [1.0, "RY0001", 3.0, "王小红", "女", "优"],
            [2.0, "RY0002", "", "李芳", "女"],
        ]
    )
    assert found.extra == {"序号": [1.0, 2.0], "结对帮扶户": [3.0, ""], "2026": ["优", ""]}
    record = found.record(0)
    assert (record["序号"], record["结对帮扶户"], record["2026"], record["姓名"]) == ("1", "3", "优", "王小红")
    assert problems == []


def test_a_missing_required_column_says_which_to_add():
    found, problems = made("人员编号 | 姓名\nRY0001 | 王小红")
    assert said(problems) == [("REG-003", "", "请在表头加一列“性别”。")]
    assert problems[0].message == "没有“性别”这一栏。规定：必填的栏目要有一列。"
    assert found["sex"] == [None]
    assert found.readable(0, "sex")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("人员编号码", "人员编号"), ("员编号", "人员编号")],
)
def test_a_misspelt_required_column_is_pointed_at_with_the_name_that_was_meant(written, meant):
    _, problems = made([["姓名", "性别", written], ["王小红", "女", "RY0001"]])
    assert said(problems) == [("REG-003", "C1", f"请把 C1 的“{written}”改为“{meant}”。")]
    assert problems[0].value == written


@pytest.mark.parametrize(
    ("written", "value", "field", "read"),
    [
        ("政治面貎", "群众", "politics", "群众"),
        ("学力", "本科", "education", "本科"),
        ("民簇", "回", "nation", "回族"),
        ("手几", "13800000000", "mobile", "13800000000"),
        ("人员编码", "RY0001", "number", "RY0001"),
    ],
)
def test_a_title_with_one_wrong_character_is_read_where_what_stands_below_fits(written, value, field, read):
    rest = ["姓名", "性别"] if field == "number" else ["人员编号", "姓名", "性别"]
    found, problems = made(
        [
            [*rest, written],
            [*["王小红", "女"][: len(rest)], value] if len(rest) == 2 else ["RY0001", "王小红", "女", value],
        ]
    )
    assert found[field] == [read]
    assert [(f.code, f.value) for f in problems] == [("REG-004", written)]
    assert f"当作“{found.spec.by_name[field].header}”读了" in problems[0].message


@pytest.mark.parametrize(
    ("name", "written", "value", "field"),
    [
        ("people", "学校", "宁波大学", "degree"),
        ("people", "学力", "很好", "education"),
        ("organisations", "活动资金（千元）", "50", "funds"),
        ("experts", "聘期终", "2026-01-01", "to_date"),
        ("people", "簡歷", "", "resume"),
    ],
)
def test_a_title_that_may_mean_something_else_is_not(name, written, value, field):
    spec = TABLES[name]
    required = [f.header for f in spec.fields if f.required]
    found, _ = made([[*required, written], ["x"] * len(required) + [value]], name)
    assert field not in found.letters


def test_a_misspelt_optional_column_is_a_warning_at_its_cell_and_goes_through_as_an_extra_one():
    found, problems = made([["名册"], ["人员编号", "姓名", "性别", "政治面貎"], ["RY0001", "王小红", "女", "未知的"]])
    assert [(f.code, f.severity.value, f.cell, f.value) for f in problems] == [("REG-004", "警告", "D2", "政治面貎")]
    assert problems[0].remedy == "是的话请改为“政治面貌”；不是就不必理会。"
    assert (found["politics"], found.extra) == ([None], {"政治面貎": ["未知的"]})


def test_the_question_about_a_misspelt_column_ends_with_one_mark():
    _, problems = made([["人员编号", "姓名", "性别", "政治面貎"], ["RY0001", "王小红", "女", "甲"]])
    assert [f.message for f in problems] == [
        "栏目“政治面貎”不认识，是不是“政治面貌”？规定：栏目名称要与《字段字典》一致，程序才认得。"
    ]


@pytest.mark.parametrize("header", ["序号", "小组", "结对帮扶户", "志愿者编号牌", "是否返聘"])
def test_an_extra_column_that_resembles_nothing_is_no_finding(header):
    assert made([["人员编号", "姓名", "性别", header], ["RY0001", "王小红", "女", "1"]])[1] == []


def test_a_column_that_is_there_is_not_guessed_from_a_similar_extra_one():
    _, problems = made([["人员编号", "姓名", "性别", "手机", "手机1"], ["RY0001", "王小红", "女", "", "6270"]])
    assert problems == []


def test_a_doubled_column_is_a_warning_at_the_later_one_and_the_first_is_used():
    found, problems = made("""
        人员编号 | 姓名   | 性别 | 手机        | 手机号码
        RY0001   | 王小红 | 女   | 13912345678 | 13900000000
        """)
    assert places(problems) == [("REG-005", "人员", "E1")]
    assert "“手机号码”与 D1 是同一栏目“手机”，只用了前一列" in problems[0].message
    assert found["mobile"] == ["13912345678"]


@pytest.mark.parametrize(
    ("rows", "field", "expected"),
    [
        ("编号 | 组织编号 | 组织名称\n1 | ZZ0001 | 甲协会", "number", ["ZZ0001"]),
        ("组织编号 | 名称 | 组织名称\nZZ0001 | 甲 | 甲协会", "name", ["甲协会"]),
        (
            "组织编号 | 组织名称 | 电话 | 联系电话\nZZ0001 | 甲协会 | 0574-62700001 | 0574-62700002",
            "phone",
            ["0574-62700002"],
        ),
    ],
)
def test_the_column_with_the_very_name_wins_over_an_alias_before_it(rows, field, expected):
    assert made(rows, "organisations")[0][field] == expected


def test_all_problems_of_a_header_are_told_at_once():
    _, problems = made("姓名 | 姓名 | 手机号 | 政治面貎 | 人员编码")
    assert places(problems) == [
        ("REG-005", "人员", "B1"),
        ("REG-003", "人员", "E1"),
        ("REG-003", "人员", ""),
        ("REG-004", "人员", "D1"),
    ]


# Rows


def test_blank_rows_and_rows_with_only_a_running_number_are_no_rows():
    found, problems = made(
        [
            ["序号", "人员编号", "姓名", "性别"],
            [1.0, "RY0001", "王小红", "女"],
            [2.0, "", "", ""],
            [],
            [3.0, "　", None, "-"],
            [4.0],
            [5.0, "RY0005", "李芳", "女"],
        ]
    )
    assert (found.rows, found["number"], found.extra) == ([2, 7], ["RY0001", "RY0005"], {"序号": [1.0, 5.0]})
    assert places(problems) == [("REG-013", "人员", "B7")]


def test_rows_below_a_long_gap_are_still_read():
    found, _ = made([["人员编号", "姓名", "性别"], ["RY0001", "王小红", "女"], *[[""]] * 500, ["RY0002", "李芳", "女"]])
    assert found.rows == [2, 503]


def test_a_short_row_lacks_what_it_does_not_reach():
    found, problems = made([["人员编号", "姓名", "性别", "手机"], ["RY0001", "王小红"]])
    assert (found["mobile"], places(problems)) == ([None], [("CELL-001", "人员", "C2")])


def test_a_missing_required_value_is_unreadable_and_named_with_its_row():
    found, problems = made([["人员编号", "姓名", "性别", "手机"], ["RY0001", "王小红", "/", "6270"]])
    assert places(problems) == [("CELL-001", "人员", "C2"), ("CELL-008", "人员", "D2")]
    assert [f.remedy for f in problems] == [
        "请补上，例如：女。",
        "请写 11 位手机号，或 0574-62701234 这样带区号的座机。",
    ]
    assert found.unreadable == {("sex", 0), ("mobile", 0)}


@pytest.mark.parametrize(
    ("value", "errors", "message"),
    [
        ("", {}, "王小红的“性别”没有填。规定：必填的栏目不能空着。"),
        ("", {(1, 2): "#N/A"}, "王小红的“性别”里是公式错误 #N/A。规定：单元格里不能留着公式错误。"),
    ],
    ids=["not filled", "error"],
)
def test_the_message_about_an_empty_cell_reads_as_a_sentence(value, errors, message):
    _, problems = made([["人员编号", "姓名", "性别"], ["RY0001", "王小红", value]], errors=errors)
    assert [f.message for f in problems] == [message]


def test_the_same_wrong_value_is_told_at_each_of_its_cells():
    _, problems = made([["人员编号", "姓名", "性别"], *[[f"RY000{n}", "王小红", "妇"] for n in range(1, 4)]])
    assert places(problems) == [("CELL-004", "人员", "C2"), ("CELL-004", "人员", "C3"), ("CELL-004", "人员", "C4")]


def test_equal_numbers_of_different_types_are_not_confused():
    """1, 1.0 and True are one dictionary key in Python, but a tick box is no number of people."""
    found, problems = made(
        [["组织编号", "组织名称", "个人会员数"], ["ZZ1", "甲", 1], ["ZZ2", "乙", True], ["ZZ3", "丙", 1.0]],
        "organisations",
    )
    assert found["individual_members"] == [1, None, 1]
    assert ("CELL-007", "社会组织", "C3") in places(problems)


_CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            "是",
            "2019.10",
            "二〇一九年八月",
            "RY0001",
            "3万元",
            "100%",
            "-",
            "#N/A",
            "至今",
            "１２",
            "0574-62700001",
            "缺考",
            "初级",
        ]
    ),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2100, 1, 1)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)),
    st.times(),
    st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=2)),
)


@given(st.data())
@settings(max_examples=examples(100), deadline=None)
def test_no_content_of_a_sheet_ever_raises(data):
    spec = data.draw(st.sampled_from(list(TABLES.values())))
    header = [f.header for f in spec.fields]
    body = data.draw(st.lists(st.lists(_CELLS, max_size=len(header) + 1), max_size=4))
    built = build_registry({spec.workbook: [RawSheet(spec.workbook, spec.sheet, [header, *body])]}, TODAY)
    made_table = built[spec.name]
    assert {len(values) for values in made_table.columns.values()} == {len(made_table)}
    for f in built.findings:
        if f.code.startswith("CELL"):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", f.cell).groups()
            assert column_index(letters) < len(header)
            assert int(row) in made_table.rows
            assert f.message.endswith("。")


# Real workbooks


@pytest.mark.parametrize(("top", "left"), [(1, 1), (4, 1), (1, 3), (6, 5), (3, 26)])
def test_values_keep_their_addresses_in_a_real_workbook(tmp_path, top, left):
    rows = [
        ["序号", "姓名", "人员编号", "手机", "性别", "出生年月"],
        [1, "王小红", "RY0001", 13912345678, "女", "1980.05"],
        [None, None, None, None, None, None],
        [3, "李芳", "RY0003", "6270", "女", datetime.datetime(1981, 6, 1)],
        [4, "赵敏", "RY0004", None, "妇", 1982.1],
    ]
    path = saved(tmp_path / "人员台账.xlsx", "人员", rows, top, left)  # type: ignore[arg-type]
    built = load_files([path], TODAY)
    people = built["people"]
    written = openpyxl.load_workbook(path)["人员"]
    assert people.rows == [top + 1, top + 3, top + 4]
    for name, expected in {
        "name": ["王小红", "李芳", "赵敏"],
        "number": ["RY0001", "RY0003", "RY0004"],
        "sex": ["女", "女", "妇"],
    }.items():
        assert [written[people.cell(i, name)].value for i in range(3)] == expected
    assert (people["mobile"], people["born"]) == (["13912345678", None, None], [Month(1980, 5), Month(1981, 6), None])
    wrong = {f.cell: written[f.cell].value for f in built.findings if f.code.startswith("CELL")}
    assert sorted(map(str, wrong.values())) == ["1982.1", "6270", "妇"]


def test_every_sheet_of_a_workbook_is_read_with_its_name(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.create_sheet("人员").append(["人员编号", "姓名"])
    book.create_sheet("隐藏的").sheet_state = "hidden"
    book.create_chartsheet("图表")
    book.save(tmp_path / "人员台账.xlsx")
    assert [(s.workbook, s.name, s.rows) for s in read_workbook(tmp_path / "人员台账.xlsx")] == [
        ("人员台账.xlsx", "说明", []),
        ("人员台账.xlsx", "人员", [["人员编号", "姓名"]]),
        ("人员台账.xlsx", "隐藏的", []),
        ("人员台账.xlsx", "图表", []),
    ]


@pytest.mark.parametrize(
    ("number_format", "born", "consent"),
    [
        (14, Month(2026, 1), datetime.date(2026, 1, 9)),
        (31, Month(2026, 1), datetime.date(2026, 1, 9)),
        (57, Month(2026, 1), datetime.date(2026, 1, 9)),
        ("yyyy.mm", Month(2026, 1), datetime.date(2026, 1, 9)),
    ],
    ids=["14 m/d/yyyy", "31 yyyy年m月d日", "57 yyyy年m月", "yyyy.mm"],
)
@pytest.mark.parametrize("epoch_1904", [False, True], ids=["1900", "1904"])
def test_dates_in_the_formats_of_a_chinese_excel(tmp_path, number_format, born, consent, epoch_1904):
    path = tmp_path / "人员台账.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": epoch_1904})
    target = book.add_worksheet("人员")
    target.write_row(0, 0, ["人员编号", "姓名", "性别", "出生年月", "信息使用同意日期"])
    target.write_row(1, 0, ["RY0001", "王小红", "女"])
    for column in (3, 4):
        target.write_datetime(1, column, datetime.date(2026, 1, 9), book.add_format({"num_format": number_format}))
    book.close()
    people = load_files([path], TODAY)["people"]
    assert (people["born"], people["consent_date"]) == ([born], [consent])


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576"])
def test_a_lying_dimension_hides_no_rows_and_adds_none(tmp_path, good, dimension):
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(
        repacked(good, lambda _, d: re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{dimension}"'.encode(), d))
    )
    assert [len(sheet.rows) for sheet in read_workbook(path)] == [3]


def test_formatting_far_below_adds_no_rows(tmp_path):
    path = saved(tmp_path / "人员台账.xlsx", "人员", [["人员编号", "姓名", "性别"], ["RY0001", "王小红", "女"]])
    book = openpyxl.load_workbook(path)
    book["人员"]["XFD1048576"].number_format = "0.00"
    book.save(path)
    assert load_files([path], TODAY)["people"].rows == [2]


# Error cells


def test_error_cells_of_a_real_workbook_are_found_at_their_cells(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    book = xlsxwriter.Workbook(path)
    people, posts = book.add_worksheet("人员"), book.add_worksheet("任职")
    people.write_row("B3", ["人员编号", "姓名", "性别", "手机", "我的栏"])
    people.write_row("B4", ["RY0001", "王小红"])
    people.write_formula("D4", '=VLOOKUP("x",A1:B2,2,0)', None, "#N/A")
    people.write_formula("E4", "=1/0", None, "#DIV/0!")
    people.write_formula("F4", "=1/0", None, "#DIV/0!")
    people.write_formula("C6", "=ZZZ(1)", None, "#NAME?")
    posts.write_row("A1", ["人员编号", "组织编号", "职务", "起始"])
    posts.write_row("A2", ["RY0001", "ZZ0001", "会长"])
    posts.write_formula("D2", "=#REF!", None, "#REF!")
    book.close()
    built = load_files([path], TODAY)
    assert [(f.code, f.sheet, f.cell, f.value) for f in built.findings if f.code.startswith("CELL")] == [
        ("CELL-018", "人员", "D4", "#N/A"),
        ("CELL-018", "人员", "E4", "#DIV/0!"),
        ("CELL-001", "人员", "B6", ""),
        ("CELL-018", "人员", "C6", "#NAME?"),
        ("CELL-001", "人员", "D6", ""),
        ("CELL-018", "任职", "D2", "#REF!"),
    ]
    assert built["people"].rows == [4, 6]
    assert not built["people"].readable(0, "mobile")


def test_what_the_formula_gave_is_read_where_there_is_no_error(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    book = xlsxwriter.Workbook(path)
    people = book.add_worksheet("人员")
    people.write_row("A1", ["人员编号", "姓名", "性别", "邮箱"])
    people.write_row("A2", ["RY0001", "王小红", "女"])
    people.write_formula("D2", '=A2&"@example.org"', None, "RY0001@example.org")
    book.close()
    assert load_files([path], TODAY)["people"]["email"] == ["RY0001@example.org"]


def _prefixed(name: str, data: bytes) -> bytes:
    """A worksheet as Microsoft's Open XML SDK writes it: every element as x:…."""
    if "worksheets" not in name:
        return data
    text = re.sub(r"<(/?)(\w)", r"<\1x:\2", data.decode().replace("xmlns=", "xmlns:x="))
    return text.encode()


def _strict(_: str, data: bytes) -> bytes:
    """The part as Excel saves it under “Strict Open XML 电子表格”."""
    data = data.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    return data.replace(
        b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
    )


@pytest.mark.parametrize("change", [_prefixed, _strict], ids=["x: prefix", "Strict"])
def test_error_cells_of_other_writers_are_found_too(tmp_path, good, change):
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(repacked(good, change))
    sheet = read_workbook(path)[0]
    assert sheet.rows[1] == ["RY0001", "张三", "13912345678"]
    assert sheet.errors == {(2, 2): "#N/A"}


# Files


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("人员台账.xlsx", True),
        ("人员台账.XLSX", True),
        ("人员台账.xlsm", True),
        ("~$人员台账.xlsx", False),
        (".~人员台账.xlsx", False),
        (".~lock.人员台账.xlsx#", False),
        (".人员台账.xlsx", False),
        ("人员台账.docx", False),
        ("人员台账.xlsx.bak", False),
        ("说明.txt", False),
        ("~人员台账.xlsx", True),
    ],
)
def test_which_files_are_workbooks(name, meant):
    assert is_workbook(Path(name)) is meant


def test_lock_files_folders_and_other_files_are_passed_over(tmp_path, good):
    (tmp_path / "人员台账.xlsx").write_bytes(good)
    (tmp_path / "社会组织台账.xlsx").mkdir()
    for name in ("~$人员台账.xlsx", ".~人员台账.xlsx", ".~lock.人员台账.xlsx#", "说明.txt"):
        (tmp_path / name).write_bytes(b"\x05user" + b" " * 160)
    sources = read_folder(tmp_path)
    assert ([p.name for p in sources.files], list(sources.sheets), sources.refused) == (
        ["人员台账.xlsx"],
        ["人员台账.xlsx"],
        {},
    )


_BAD = {
    "empty": (b"", "文件是空的"),
    "html": (
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "其实是网页（有的系统导出的“Excel”是网页改名）",
    ),
    "html of an export": (
        b"\r\n  <TABLE border=1><tr><td>1</td></tr></TABLE>",
        "其实是网页（有的系统导出的“Excel”是网页改名）",
    ),
    "doctype": (b"<!DOCTYPE html><html></html>", "其实是网页（有的系统导出的“Excel”是网页改名）"),
    "text": ("这是一份说明".encode("gbk"), "不是工作簿，也不是 CSV"),
    "password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "设了打开密码，或内容已损坏，读不出来"),
    "empty zip": (b"PK\x05\x06" + b"\0" * 18, "是压缩包，不是工作簿"),
}


@pytest.mark.parametrize(("data", "kind"), _BAD.values(), ids=_BAD)
def test_a_file_that_is_no_workbook_is_told_for_what_it_is(tmp_path, data, kind):
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(data)
    with pytest.raises(JinguoError) as trouble:
        read_workbook(path)
    told, remedy = trouble.value.paragraph().split("\n")
    assert told == f"人员台账.xlsx：{kind}"
    assert remedy.startswith("请这样做：")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_workbook_is_refused(tmp_path, good, part):
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(good[: int(len(good) * part)])
    with pytest.raises(JinguoError, match="压缩包已损坏"):
        read_workbook(path)


def test_another_office_file_is_refused(tmp_path):
    import docx

    docx.Document().save(str(tmp_path / "人员台账.xlsx"))
    with pytest.raises(JinguoError, match="是 Word 文档，不是工作簿"):
        read_workbook(tmp_path / "人员台账.xlsx")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(JinguoError) as trouble:
        load_files([tmp_path / "没有.xlsx"])
    assert (trouble.value.what, trouble.value.where) == ("找不到这个文件", str(tmp_path / "没有.xlsx"))


def test_a_file_that_another_program_holds(tmp_path, good, monkeypatch):
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(good)

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(JinguoError) as trouble:
        read_workbook(path)
    assert (
        trouble.value.paragraph()
        == "人员台账.xlsx：文件打不开，可能正被别的程序独占\n请这样做：关闭打开它的程序后再运行。"
    )


def test_an_old_xls_that_was_renamed_is_read_or_refused_in_words(tmp_path, good):
    (tmp_path / "人员台账.xlsx").write_bytes(OLD_XLS)
    (tmp_path / "设置.xlsx").write_bytes(good)
    sources = read_folder(tmp_path)
    assert "人员台账.xlsx" in sources.refused or [s.name for s in sources.sheets["人员台账.xlsx"]] == ["人员"]


def test_an_xls_in_the_folder_is_not_passed_over_silently(tmp_path, good):
    (tmp_path / "社会组织台账.xls").write_bytes(OLD_XLS)
    (tmp_path / "人员台账.xlsx").write_bytes(good)
    found = load_registry(tmp_path, TODAY).findings
    assert any(
        "社会组织台账.xls" in f"{f.workbook} {f.message} {f.remedy}".replace("社会组织台账.xlsx", "") for f in found
    )


def test_a_folder_given_as_a_file_is_refused(tmp_path):
    (tmp_path / "人员台账.xlsx").mkdir()
    with pytest.raises(JinguoError):
        load_files([tmp_path / "人员台账.xlsx"])


def _damaged_crc(data: bytes) -> bytes:
    """The checksum of xl/workbook.xml does not agree: a byte was changed on the way."""
    crc = struct.pack("<L", zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/workbook.xml").CRC)
    return data.replace(crc, bytes([crc[0] ^ 1]) + crc[1:])


def test_a_workbook_damaged_where_only_the_second_reader_looks(tmp_path, good):
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(_damaged_crc(good))
    try:
        assert read_workbook(path)[0].name == "人员"
    except JinguoError as trouble:
        assert "压缩包已损坏" in trouble.what


def test_damaged_bytes_never_raise_anything_but_jinguo_error(tmp_path, good):
    path = tmp_path / "人员台账.xlsx"
    chance = random.Random(20261015)
    others = []
    for _ in range(500):
        data = bytearray(good)
        for _ in range(chance.choice([1, 2, 5])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            read_workbook(path)
        except JinguoError:
            continue
        except Exception as error:
            others.append(repr(error))
    assert others == []


def test_unreadable_files_among_good_ones_are_told_and_the_rest_is_read(tmp_path):
    folder = office(tmp_path / "office") / "workbooks"
    (folder / "培训考试台账.xlsx").write_bytes(b"")
    (folder / "人员台账.xlsx").write_bytes(b"<html></html>")
    (folder / "别的.xlsx").write_bytes(b"PK\x03\x04")
    built = load_registry(folder, TODAY)
    assert [(f.code, f.severity.value, f.workbook, f.sheet, f.cell) for f in built.findings] == [
        ("REG-006", "错误", "人员台账.xlsx", "", ""),
        ("REG-006", "错误", "别的.xlsx", "", ""),
        ("REG-006", "错误", "培训考试台账.xlsx", "", ""),
    ]
    assert [paragraph.split("\n")[0] for paragraph in built.refused.values()] == [
        "人员台账.xlsx：其实是网页（有的系统导出的“Excel”是网页改名）",
        "别的.xlsx：压缩包已损坏，可能没有传完",
        "培训考试台账.xlsx：文件是空的",
    ]
    assert built["organisations"].value("ZZ0001", "name") == "余姚市巾帼志愿者帮扶协会"
    assert built["organisations"].value("ZZ0001", "head") == "RY0001"
    assert not built["people"].present
    assert len(built.files) == 8


def test_a_folder_that_is_missing_or_holds_no_workbook(tmp_path):
    with pytest.raises(JinguoError) as missing:
        load_registry(tmp_path / "没有")
    assert (missing.value.what, missing.value.where) == ("找不到台账文件夹", str(tmp_path / "没有"))
    (tmp_path / "~$人员台账.xlsx").write_bytes(b"x")
    with pytest.raises(JinguoError) as empty:
        load_registry(tmp_path)
    assert (empty.value.what, empty.value.remedy) == ("文件夹里没有台账", "把台账（.xlsx）放进这个文件夹再运行。")


def test_reading_changes_no_file(tmp_path):
    folder = office(tmp_path / "office") / "workbooks"
    (folder / "坏的.xlsx").write_bytes(b"")
    before, times = snapshot(folder), {p: p.stat().st_mtime_ns for p in folder.iterdir()}
    load_registry(folder, TODAY)
    assert snapshot(folder) == before
    assert {p: p.stat().st_mtime_ns for p in folder.iterdir()} == times


def test_the_demo_reads_without_a_finding_and_with_every_table():
    built = load_registry(ROOT / "workbooks")
    assert places(built.findings) == []
    assert [name for name, found in built.tables.items() if not found.present] == []
    assert list(built.tables) == [spec.name for book in WORKBOOKS for spec in book.tables]


def test_two_files_of_the_same_name_are_refused_rather_than_mixed_up(tmp_path):
    for folder, sheet in (("甲镇", "人员"), ("乙镇", "任职")):
        (tmp_path / folder).mkdir()
        header = ["人员编号", "姓名", "性别"] if sheet == "人员" else ["人员编号", "组织编号", "职务", "起始"]
        saved(tmp_path / folder / "人员台账.xlsx", sheet, [header])
    with pytest.raises(JinguoError) as refused:
        load_files([tmp_path / "甲镇" / "人员台账.xlsx", tmp_path / "乙镇" / "人员台账.xlsx"], TODAY)
    assert "有两个文件都叫 人员台账.xlsx" in refused.value.paragraph()


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_column_letters(index, letters):
    assert (column_letter(index), column_index(letters)) == (letters, index)


@given(st.integers(0, 16383))
def test_column_letters_go_there_and_back(index):
    assert column_index(column_letter(index)) == index


def test_an_error_cell_in_rows_given_as_lists_keeps_its_row():
    found, problems = made(
        [["人员编号", "姓名", "性别"], ["RY0001", "王小红", "女"], ["", "", ""]], errors={(2, 1): "#REF!"}
    )
    assert found.rows == [2, 3]
    assert ("CELL-018", "人员", "B3") in places(problems)


def test_the_registry_helper_and_a_real_workbook_agree(tmp_path):
    drawn = [
        ["人员编号", "姓名", "性别", "手机"],
        ["RY0001", "王小红", "女", "13912345678"],
        ["RY0002", "李芳", "妇", ""],
    ]
    real = load_files([saved(tmp_path / "人员台账.xlsx", "人员", drawn)], TODAY)
    assert real["people"].columns == registry(人员=drawn)["people"].columns
    assert places(real.findings, "CELL") == [("CELL-004", "人员", "C3")]
