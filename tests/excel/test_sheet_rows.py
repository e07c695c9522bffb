"""A sheet says and looks the same as XlsxWriter's, whatever stands in it."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.ooxml import read_parts
from jinguo.excel.writing.cell_values import CellLink, Marked, Percent
from jinguo.excel.writing.report import Chart, Sheet, write_report
from tests.benchmarks.peers import report_with_xlsxwriter
from tests.helpers import examples

#: What Excel can hold; the rest is spelled another way, which the examples above try.
_TEXT = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
_LINK = CellLink("A5", "external:../work books/人员 台账#1.xlsx#'签 到'!A5".replace("#1", "%231"))
ROWS: list[list[Any]] = [
    [
        2026,
        1.5,
        Decimal("2.50"),
        Percent(Decimal("66.7")),
        Percent(None),
        Marked("有改动"),
        "错误",
        "警告",
        None,
        _LINK,
    ],
    ["=1+1", "+1", "-1", "@x", "\t=1", "<r>x", " 两边 ", "a\nb", "<&>\"'", CellLink("甲", "internal:'另 一'!B2")],
    ["响", "_x004_", "😀" * 3, "长" * 40_000, "是", "", 0, -0.25, 1e20, "尾"],
]


def both(rows) -> tuple[bytes, bytes]:
    """The sheet as we write it, and as XlsxWriter does."""
    sheet = Sheet(
        "长", "标题", [f"栏{n}" for n in range(10)], rows, [12] * 10, {"错误": "#F8CBAD", "警告": "#FFE699"}, note="注"
    )
    sheets = [sheet, Sheet("另 一", "x", ["y"], [["z"]])]
    return write_report("长", sheets, "妇联"), report_with_xlsxwriter("长", sheets, "妇联")


def looks(data: bytes) -> list[list]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return [
        [
            (
                cell.value or "", cell.data_type == "f", cell.number_format, cell.fill.fgColor.rgb, cell.font.underline, cell.border.left.style,
                cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location),
            )
            for cell in row
        ]
        for row in sheet.iter_rows()
    ]  # fmt: skip


def test_it_says_and_looks_the_same():
    rows = [[v[:32_767] if isinstance(v, str) else v for v in row] for row in ROWS]
    ours, theirs = both(rows)
    assert looks(ours) == looks(theirs)
    assert read_back(ours) == read_back(theirs)
    assert openpyxl.load_workbook(io.BytesIO(ours)).worksheets[0].auto_filter.ref == "A3:J6"
    # Longer than Excel takes: cut, and not refused.
    assert len(looks(both(ROWS)[0])[5][3][0]) == 32_767


@pytest.mark.validator
def test_microsofts_validator_has_no_complaint(validate, tmp_path):
    path = tmp_path / "长.xlsx"
    path.write_bytes(both(ROWS)[0])
    assert validate(path) == []


def read_back(data: bytes) -> list[list]:
    """What stands in the cells; rows of nothing left out, which one writes and the other does not."""
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [row for row in rows if any(value != "" for value in row)]


@pytest.mark.slow
@settings(max_examples=examples(60), deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(_TEXT) | st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9) | st.none(), min_size=10, max_size=10
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_rows_read_back(rows):
    ours, theirs = both(rows)
    assert read_back(ours) == read_back(theirs)


def test_what_looks_like_xlsxwriters_own_xml_is_a_text():
    text = "<r><t>甲</t></r>"
    data = write_report("长", [Sheet("长", "标题", ["栏"], [[text]])], "妇联")
    assert [str(row[0]).strip() for row in read_back(data)] == ["标题", "栏", text]


def test_signs_that_xml_does_not_have_are_spelled_as_excel_spells_them():
    ours, theirs = both([["\x07响", "_x0041_", "\ufffe", "\r回"] + [""] * 6])
    assert read_back(ours) == read_back(theirs)


def test_the_same_rows_give_the_same_bytes():
    assert both(ROWS)[0] == both(ROWS)[0]


def test_a_sheet_without_rows_is_a_sheet():
    data = write_report("空", [Sheet("空", "标题", ["甲", "乙"], [])], "妇联")
    assert read_back(data) == [["标题", ""], ["甲", "乙"]]
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].auto_filter.ref == "A2:B3"


def test_a_chart_keeps_what_stands_in_its_rows():
    """As XlsxWriter keeps it: what a viewer shows that works nothing out."""
    rows = [["阳明街道", 3, Percent(Decimal("66.7"))], [CellLink("乙", "internal:'x'!A1"), Decimal("2.5"), Percent(None)], ["丙", 0, Percent(Decimal(100))]]  # fmt: skip
    for chart in (Chart("图", (1, 2)), Chart("图", (2,), rows=(1, 2))):
        sheets = [Sheet("数 据", "标题", ["镇街", "人数", "比率"], rows, charts=[chart], note="注")]
        kept = [read_parts(write("图", sheets, "妇联"))["xl/charts/chart1.xml"].decode() for write in (write_report, report_with_xlsxwriter)]  # fmt: skip
        assert kept[0].count("<c:pt ") == kept[1].count("<c:pt ") > 3
        assert re.sub("<c:v>—</c:v>|<c:v></c:v>", "", kept[0]) == re.sub("<c:v>—</c:v>|<c:v></c:v>", "", kept[1])


def test_a_sheet_may_have_links_and_a_chart():
    rows = [
        ["甲", 1, CellLink("A5", "external:../x.xlsx#'签到'!A5")],
        ["乙", 2, CellLink("A6", "external:../x.xlsx#'签到'!A6")],
    ]
    data = write_report(
        "图", [Sheet("数据", "标题", ["镇街", "人数", "出处"], rows, charts=[Chart("图", (1,))])], "妇联"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert len(sheet._charts) == 1
    assert [row[2].hyperlink.location for row in sheet.iter_rows(min_row=3)] == ["'签到'!A5", "'签到'!A6"]
