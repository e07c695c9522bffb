"""Rows added to a sheet as Excel would add them: what holds for the row above holds for them, and nothing else moves."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.amend.apply import apply_edits
from jinguo.amend.edits import AddedRow, Change, Edits
from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import read_parts
from jinguo.excel.patching.grown_areas import Grown, grown_area, grown_formula
from tests.helpers import examples


def workbook(path: Path, foot: bool = True, extras: bool = True) -> Path:
    """A register: 序号, name, month, number, a formula; a total below; dropdowns, colours, a filter, a chart, totals elsewhere."""
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("名单"), book.add_worksheet("汇总")
    look = book.add_format({"font_name": "楷体", "border": 1, "bg_color": "#FFF2CC"})
    sheet.write_row(0, 0, ["序号", "姓名", "出生年月", "学时", "折合天"])
    for n in range(1, 5):
        sheet.set_row(n, 21)
        sheet.write_number(n, 0, n, look)
        sheet.write_string(n, 1, f"张三{n}", look)
        sheet.write_string(n, 2, "1980.05", look)
        sheet.write_number(n, 3, n * 6, look)
        sheet.write_formula(n, 4, f"=D{n + 1}/6", look, n)
    if foot:
        sheet.write_string(5, 0, "合计")
        sheet.write_formula(5, 3, "=SUM(D2:D5)", None, 60)
        sheet.write_string(6, 0, "填表人：李四")
        sheet.merge_range(7, 0, 7, 4, "说明")
    if extras:
        sheet.data_validation(1, 2, 4, 2, {"validate": "any", "input_title": "出生年月", "input_message": "1980.05"})
        sheet.data_validation(1, 1, 300, 1, {"validate": "length", "criteria": ">", "value": 1})
        sheet.conditional_format(1, 3, 4, 3, {"type": "cell", "criteria": ">", "value": 10, "format": look})
        sheet.autofilter(0, 0, 4, 4)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"categories": "=名单!$B$2:$B$5", "values": "=名单!$D$2:$D$5"})
        other.insert_chart("D2", chart)
        book.define_name("学时", "=名单!$D$2:$D$5")
    other.write_formula("A1", "=SUM(名单!D2:D5)", None, 60)
    other.write_formula("A2", '=名单!D3&"D2:D5"', None, "")
    other.write_formula("A3", "=COUNTA(名单!B:B)", None, 7)
    book.close()
    return path


def added(path: Path, *names: str, below: int = 5) -> bytes:
    rows = [
        AddedRow(path.name, "名单", below, {"B": name, "C": "1990.01", "D": Decimal(12)}, frozenset("A"))
        for name in names
    ]
    return apply_edits(path, Edits([], rows)).data


def reopened(data: bytes, tmp_path: Path):
    path = tmp_path / "after.xlsx"
    path.write_bytes(data)
    return openpyxl.load_workbook(path)


def grid(sheet) -> list[list]:
    return [[c.value for c in row] for row in sheet.iter_rows()]


def test_the_rows_stand_above_the_total_which_counts_them(tmp_path):
    book = reopened(added(workbook(tmp_path / "a.xlsx"), "王五", "赵六"), tmp_path)
    sheet = book["名单"]
    assert grid(sheet)[4:] == [
        [4, "张三4", "1980.05", 24, "=D5/6"],
        [5, "王五", "1990.01", 12, "=D6/6"],
        [6, "赵六", "1990.01", 12, "=D7/6"],
        ["合计", None, None, "=SUM(D2:D7)", None],
        ["填表人：李四", None, None, None, None],
        ["说明", None, None, None, None],
    ]
    assert [str(m) for m in sheet.merged_cells.ranges] == ["A10:E10"]
    assert book["汇总"]["A1"].value == "=SUM(名单!D2:D7)"
    assert book["汇总"]["A2"].value == '=名单!D3&"D2:D5"'
    assert book["汇总"]["A3"].value == "=COUNTA(名单!B:B)"


def test_what_holds_for_the_row_above_holds_for_them(tmp_path):
    data = added(workbook(tmp_path / "a.xlsx"), "王五", "赵六")
    book = reopened(data, tmp_path)
    sheet = book["名单"]
    assert {str(v.sqref) for v in sheet.data_validations.dataValidation} == {"C2:C7", "B2:B303"}
    assert [str(r.sqref) for r in sheet.conditional_formatting] == ["D2:D7"]
    assert sheet.auto_filter.ref == "A1:E7"
    assert book.defined_names["学时"].attr_text == "名单!$D$2:$D$7"
    charts = [part.decode() for name, part in read_parts(data).items() if "charts/chart" in name]
    assert "名单!$D$2:$D$7" in charts[0] and "名单!$B$2:$B$7" in charts[0]
    for column in "ABDE":
        assert sheet[f"{column}7"]._style == sheet[f"{column}5"]._style
    # What Excel would take for a number when somebody edits it is kept as text.
    assert (sheet["C7"].number_format, sheet["C7"].font.name, sheet["C7"].fill.fgColor.rgb) == ("@", "楷体", "FFFFF2CC")
    assert sheet.row_dimensions[7].height == 21


def test_empty_rows_that_are_there_are_taken_and_nothing_moves(tmp_path):
    path = workbook(tmp_path / "a.xlsx", foot=False)
    before = read_parts(path.read_bytes())
    after = read_parts(added(path, "王五"))
    assert grid(reopened(added(path, "王五"), tmp_path)["名单"])[5] == [5, "王五", "1990.01", 12, "=D6/6"]
    changed = {name for name in after if after[name] != before.get(name)}
    # The sheet, the totals and the chart that speak of its rows, the filter's name, a style for text.
    assert changed <= {
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml", "xl/workbook.xml", "xl/styles.xml",
    }  # fmt: skip


def test_a_table_of_excel_takes_them_in(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名单")
    rows = [[n, f"张三{n}", "1980.05", 6] for n in range(1, 5)]
    sheet.add_table(
        0, 0, 4, 3, {"data": rows, "columns": [{"header": h} for h in ("序号", "姓名", "出生年月", "学时")]}
    )
    book.close()
    after = reopened(added(path, "王五", "赵六"), tmp_path)["名单"]
    (table,) = after.tables.values()
    assert (table.ref, table.autoFilter.ref) == ("A1:D7", "A1:D7")


def test_a_shared_formula_is_filled_down(tmp_path):
    """Excel writes a column of formulas once, with its area."""
    path = workbook(tmp_path / "a.xlsx", foot=False, extras=False)
    parts = read_parts(path.read_bytes())
    xml = parts["xl/worksheets/sheet1.xml"].decode()
    xml = xml.replace("<f>D2/6</f>", '<f t="shared" ref="E2:E5" si="0">D2/6</f>')
    for n in (3, 4, 5):
        xml = xml.replace(f"<f>D{n}/6</f>", '<f t="shared" si="0"/>')
    from jinguo.common.ooxml import write_parts

    path.write_bytes(write_parts(parts | {"xl/worksheets/sheet1.xml": xml.encode()}))
    assert reopened(added(path, "王五"), tmp_path)["名单"]["E6"].value == "=D6/6"


def test_a_running_total_runs_on(tmp_path):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, ["序号", "姓名", "出生年月", "学时", "累计", "名次"])
    for n in range(2, 6):
        sheet.write_row(n - 1, 0, [n - 1, "甲", "1980.05", n])
        sheet.write_formula(n - 1, 4, f"=SUM(D$2:D{n})", None, 1)
        sheet.write_formula(n - 1, 5, f"=RANK(D{n},D$2:D$5)", None, 1)
    book.close()
    after = reopened(added(path, "王五"), tmp_path)["名单"]
    assert [after[f"E{n}"].value for n in (5, 6)] == ["=SUM(D$2:D5)", "=SUM(D$2:D6)"]
    assert [after[f"F{n}"].value for n in (2, 5, 6)] == ["=RANK(D2,D$2:D$6)", "=RANK(D5,D$2:D$6)", "=RANK(D6,D$2:D$6)"]


def test_what_cannot_be_moved_is_told_before_anything_is_written(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    from openpyxl.comments import Comment

    book["名单"]["A6"].comment = Comment("合计要核对", "x")
    book.save(path)
    with pytest.raises(JinguoError) as trouble:
        added(path, "王五")
    assert "批注或图片" in trouble.value.what and "插入 1 个空行" in trouble.value.remedy


def test_cells_below_change_at_their_new_place(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    rows = [AddedRow(path.name, "名单", 5, {"B": "王五"}, frozenset("A"))]
    written = apply_edits(path, Edits([Change(path.name, "名单", "A7", "", "", "", "填表人：王五")], rows))
    assert ("名单", "A8", "填表人：王五") in written.cells
    assert reopened(written.data, tmp_path)["名单"]["A8"].value == "填表人：王五"


@pytest.mark.validator
def test_the_workbook_is_valid(tmp_path, validate):
    path = tmp_path / "after.xlsx"
    path.write_bytes(added(workbook(tmp_path / "a.xlsx"), "王五", "赵六"))
    assert validate(path) == []


AREAS = st.tuples(st.integers(1, 40), st.integers(1, 40)).map(sorted)


@settings(max_examples=examples(400), deadline=None)
@given(AREAS, st.integers(1, 40), st.integers(1, 9), st.booleans())
def test_an_area_keeps_every_row_it_had(area, below, count, moves):
    """Each row that was in an area is in it wherever it has moved to; the new rows are in it where the row above them is."""
    grown = Grown("名单", below, count, moves)
    first, last = area
    after = grown_area(f"B{first}:D{last}", grown).replace("B", "").replace("D", "").split(":")
    rows = set(range(int(after[0]), int(after[1]) + 1))
    assert {grown.row(row) for row in range(first, last + 1)} <= rows
    assert (first <= below <= last) == (set(range(below + 1, below + count + 1)) <= rows) or not moves


@pytest.mark.parametrize(
    ("formula", "home", "expected"),
    [
        ("SUM(D2:D5)", "名单", "SUM(D2:D7)"),
        ("SUM(D2:D5)", "汇总", "SUM(D2:D5)"),
        ("SUM('名单'!D2:D5)", "汇总", "SUM('名单'!D2:D7)"),
        ("D6+LOG10(D5)", "名单", "D8+LOG10(D5)"),
        ("[1]名单!D6", "汇总", "[1]名单!D6"),
        ("IF(A6=\"D6\",D6,表1[学时])", "名单", "IF(A8=\"D6\",D8,表1[学时])"),
        ("VLOOKUP(B6,$A$1:$D$5,2,0)", "名单", "VLOOKUP(B8,$A$1:$D$7,2,0)"),
        ("名单!$A$6:$B$9", "汇总", "名单!$A$8:$B$11"),
        ("D5", "名单", "D5"),
        ("A1048576", "名单", "A1048578"),
    ],
)  # fmt: skip
def test_references_stand_where_their_rows_stand(formula, home, expected):
    assert grown_formula(formula, home, Grown("名单", 5, 2, True)) == expected
