"""The annotated copy: the marks are there, and every part of the original that need not change is byte for byte the
same."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from jinguo.common.findings import Finding, Severity
from jinguo.common.ooxml import read_parts
from jinguo.excel.colours import SEVERITY_COLOURS
from jinguo.excel.patching.annotate import RESULTS  # type: ignore[attr-defined]
from jinguo.excel.patching.annotate import annotate as annotate_any
from jinguo.excel.patching.sheet_xml import patch_cells, patchable, style_of, with_style
from tests.helpers import ROOT, change_cell, examples, jinguo, office

PEOPLE = ROOT / "workbooks" / "人员台账.xlsx"


def annotate(path: Path, findings: list[Finding]) -> bytes:
    return annotate_any(path, findings)[0]


def finding(cell: str, sheet: str = "人员", severity: Severity = Severity.ERROR, message: str = "填错了。") -> Finding:
    return Finding("PEO-001", severity, "人员台账.xlsx", sheet, cell, "旧值", message, "请改正。")


def rich_workbook(path: Path) -> Path:
    """A workbook with what a naive load and save would lose: dropdowns, formats, chart, picture box, note, name,
    hidden sheet."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("名单")
    other = book.add_worksheet("字典")
    other.write_column(0, 0, ["是", "否"])
    other.hide()
    money = book.add_format({"num_format": "0.00", "bold": True, "border": 1, "font_name": "楷体_GB2312"})
    sheet.write_row(0, 0, ["姓名", "金额", "备注"])
    for row in range(1, 6):
        sheet.write_row(row, 0, [f"张三{row}", row * 1000.5], money)
    sheet.write_rich_string(2, 2, "普通", book.add_format({"bold": True}), "加粗", "普通")
    sheet.write_formula(6, 1, "=SUM(B2:B6)", None, 15007.5)
    sheet.write_comment("A2", "原有的批注", {"author": "王主任"})
    sheet.data_validation("C2:C9", {"validate": "list", "source": "=字典!$A$1:$A$2"})
    sheet.conditional_format("B2:B6", {"type": "data_bar", "data_bar_2010": True})
    sheet.insert_textbox("E2", "填表说明：请如实填写")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=名单!$B$2:$B$6"})
    sheet.insert_chart("E8", chart)
    sheet.autofilter("A1:C6")
    sheet.freeze_panes(1, 0)
    book.define_name("金额", "=名单!$B$2:$B$6")
    book.close()
    return path


def marked(data: bytes, sheet: str) -> dict[str, tuple[str, str]]:
    """Cell: (fill colour, comment) of every filled cell below the header."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found = {}
    for row in book[sheet].iter_rows(min_row=2):
        for cell in row:
            if cell.fill.fill_type == "solid" and f"#{cell.fill.fgColor.rgb[2:]}" in SEVERITY_COLOURS.values():
                found[cell.coordinate] = (cell.fill.fgColor.rgb[2:], cell.comment.text if cell.comment else "")
    return found


def values(data: bytes) -> dict[str, list]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names if name != RESULTS}


def test_cell_is_filled_by_severity_with_code_message_and_remedy():
    data = annotate(
        PEOPLE, [finding("C3"), finding("E4", severity=Severity.WARNING), finding("F5", severity=Severity.HINT)]
    )
    found = marked(data, "人员")
    assert {cell: colour for cell, (colour, _) in found.items()} == {"C3": "F8CBAD", "E4": "FFE699", "F5": "DDEBF7"}
    assert found["C3"][1] == "【错误】PEO-001\n填错了。\n→ 请改正。"


def test_two_findings_at_one_cell_take_the_graver_colour_and_both_texts():
    data = annotate(PEOPLE, [finding("C3", severity=Severity.HINT, message="提示。"), finding("C3", message="错误。")])
    colour, text = marked(data, "人员")["C3"]
    assert colour == "F8CBAD"
    assert "提示。" in text
    assert "错误。" in text


def test_every_value_is_the_same_for_calamine_and_openpyxl():
    data = annotate(PEOPLE, [finding(f"{c}{r}") for c in "BCDEF" for r in (2, 40, 151)])
    assert values(data) == values(PEOPLE.read_bytes())
    before, after = openpyxl.load_workbook(PEOPLE), openpyxl.load_workbook(io.BytesIO(data))
    for sheet in before:
        assert [[c.value for c in row] for row in sheet] == [[c.value for c in row] for row in after[sheet.title]]


def test_parts_that_need_not_change_are_the_same_bytes():
    before, after = read_parts(PEOPLE.read_bytes()), read_parts(annotate(PEOPLE, [finding("C3")]))
    changed = {name for name, data in before.items() if after.get(name) != data}
    assert changed == {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet1.xml",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
    }
    assert set(after) - set(before) == {"xl/worksheets/jinguo1.xml"}


def test_unchanged_entries_keep_their_compressed_bytes(tmp_path):
    source = rich_workbook(tmp_path / "名单.xlsx")
    data = annotate(source, [finding("B3", "名单")])
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(io.BytesIO(data)) as after:
        assert after.testzip() is None
        for name in ("xl/charts/chart1.xml", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/worksheets/sheet2.xml"):
            old, new = before.getinfo(name), after.getinfo(name)
            assert (old.CRC, old.compress_size, old.date_time) == (new.CRC, new.compress_size, new.date_time)


def test_what_the_office_put_in_is_still_there(tmp_path):
    source = rich_workbook(tmp_path / "名单.xlsx")
    before = read_parts(source.read_bytes())
    after = read_parts(annotate(source, [finding("B3", "名单"), finding("C9", "名单")]))
    sheet = after["xl/worksheets/sheet1.xml"].decode()
    for kept in ("<dataValidations", "x14:dataBar", "<autoFilter", "<pane ", "<drawing ", "SUM(B2:B6)"):
        assert kept in sheet, kept
    for part in (
        "xl/drawings/drawing1.xml",
        "xl/charts/chart1.xml",
        "xl/sharedStrings.xml",
        "xl/worksheets/_rels/sheet1.xml.rels",
    ):
        assert before[part] == after[part], part
    assert b"definedName" in after["xl/workbook.xml"]


def test_number_format_font_and_border_survive_under_the_fill(tmp_path):
    source = rich_workbook(tmp_path / "名单.xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(annotate(source, [finding("B3", "名单")])))["名单"]["B3"]
    assert cell.number_format == "0.00"
    assert (cell.font.b, cell.font.name) == (True, "楷体_GB2312")
    assert cell.border.left.style == "thin"
    assert cell.fill.fgColor.rgb == "FFF8CBAD"


def test_a_cell_that_does_not_exist_can_be_marked(tmp_path):
    source = rich_workbook(tmp_path / "名单.xlsx")
    found = marked(
        annotate(
            source, [finding("C4", "名单"), finding("AB4", "名单"), finding("B30", "名单"), finding("A10", "名单")]
        ),
        "名单",
    )
    assert set(found) == {"C4", "AB4", "B30", "A10"}


def test_an_existing_note_is_kept_with_ours_below(tmp_path):
    source = rich_workbook(tmp_path / "名单.xlsx")
    text = marked(annotate(source, [finding("A2", "名单")]), "名单")["A2"][1]
    assert text.startswith("原有的批注\n—— 巾帼台账 ——\n【错误】PEO-001")


def test_a_sheet_without_notes_gets_its_drawing_in_the_right_place(tmp_path, validate):
    path = tmp_path / "表.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "人员"
    sheet.append(["姓名", "性别"])
    sheet.append(["张三", "女"])
    table = openpyxl.worksheet.table.Table(displayName="T1", ref="A1:B2")
    sheet.add_table(table)
    book.save(path)
    before = validate(path)
    target = tmp_path / "标注.xlsx"
    target.write_bytes(annotate(path, [finding("B2")]))
    xml = read_parts(target.read_bytes())["xl/worksheets/sheet1.xml"]
    assert xml.index(b"<legacyDrawing ") < xml.index(b"<tableParts")
    assert validate(target) == before


def test_a_threaded_comment_is_left_alone(tmp_path):
    source = _with_threaded_comment(tmp_path)
    before = read_parts(source.read_bytes())
    data = annotate(source, [finding("A2", "名单"), finding("B3", "名单")])
    after = read_parts(data)
    assert after["xl/threadedComments/threadedComment1.xml"] == before["xl/threadedComments/threadedComment1.xml"]
    found = marked(data, "名单")
    assert found["A2"] == ("F8CBAD", "原有的批注")
    assert "【错误】" in found["B3"][1]


def _with_threaded_comment(folder: Path) -> Path:
    from jinguo.common.ooxml import write_parts

    parts = read_parts(rich_workbook(folder / "名单.xlsx").read_bytes())
    relations = parts["xl/worksheets/_rels/sheet1.xml.rels"]
    kind = b"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    line = b'<Relationship Id="rId99" Type="%s" Target="../threadedComments/threadedComment1.xml"/>' % kind
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relations.replace(b"</Relationships>", line + b"</Relationships>")
    parts["xl/threadedComments/threadedComment1.xml"] = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="A2" dT="2026-01-01T00:00:00.00" personId="{1}" id="{2}"><text>x</text></threadedComment></ThreadedComments>'
    )
    path = folder / "会话批注.xlsx"
    path.write_bytes(write_parts(parts))
    return path


def test_results_sheet_lists_everything_with_links_gravest_first():
    found = [finding("E4", severity=Severity.HINT), finding("C3"), finding("", severity=Severity.WARNING)]
    sheet = openpyxl.load_workbook(io.BytesIO(annotate(PEOPLE, found)))[RESULTS]
    rows = [[c.value for c in row] for row in sheet.iter_rows()]
    assert rows[0] == ["级别", "编号", "工作表", "位置", "填的内容", "问题和规定", "请这样改"]
    assert [(r[0], r[3]) for r in rows[1:]] == [("错误", "C3"), ("警告", ""), ("提示", "E4")]
    links = {c.coordinate: c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink}
    assert links == {"D2": "'人员'!C3", "D4": "'人员'!E4"}


def test_results_sheet_takes_another_name_where_one_is_there(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(annotate(PEOPLE, [finding("C3")]))
    again = openpyxl.load_workbook(io.BytesIO(annotate(path, [finding("C4")])))
    assert again.sheetnames[-2:] == [RESULTS, f"{RESULTS}（2）"]


def test_same_bytes_for_the_same_findings():
    assert annotate(PEOPLE, [finding("C3")]) == annotate(PEOPLE, [finding("C3")])


@pytest.mark.validator
def test_no_new_complaint_from_the_sdk_validator(tmp_path, validate):
    source = rich_workbook(tmp_path / "名单.xlsx")
    before = validate(source)
    target = tmp_path / "标注.xlsx"
    target.write_bytes(annotate(source, [finding(c, "名单") for c in ("A2", "B3", "C9", "D40")]))
    assert validate(target) == before


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy_and_sees_the_marks(tmp_path, to_pdf):
    path = tmp_path / "人员（标注）.xlsx"
    path.write_bytes(annotate(rich_workbook(tmp_path / "名单.xlsx"), [finding("B3", "名单")]))
    import pdfplumber

    with pdfplumber.open(to_pdf(path)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    assert "张三2" in text
    assert "PEO-001" in text


def test_check_writes_a_marked_copy_and_removes_it_when_all_is_right(tmp_path):
    folder = office(tmp_path)
    copy = folder / "output" / "校验" / "值班台账（标注）.xlsx"
    path = folder / "workbooks" / "值班台账.xlsx"
    original = path.read_bytes()
    change_cell(path, "值班记录", "C9", "到过")
    assert jinguo(folder, "check").returncode == 1
    assert set(marked(copy.read_bytes(), "值班记录")) == {"C9"}
    path.write_bytes(original)
    assert jinguo(folder, "check").returncode == 0
    assert not copy.exists()


PLAIN = b'<worksheet><sheetData><row r="2" spans="1:3" s="4"><c r="A2" s="1"><v>1</v></c><c r="C2"/></row><row r="5"/></sheetData></worksheet>'


def paint(cell: bytes | None, row_style: int) -> bytes:
    return with_style(cell, 100 + style_of(cell, row_style))


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ((2, "A"), b'<row r="2" s="4"><c r="A2" s="101"><v>1</v></c><c r="C2"/></row>'),
        ((2, "B"), b'<row r="2" s="4"><c r="A2" s="1"><v>1</v></c><c r="B2" s="104"/><c r="C2"/></row>'),
        ((2, "C"), b'<c r="C2"/></row>'.replace(b"<c ", b'<c s="100" ')),
        ((2, "AA"), b'<c r="C2"/><c r="AA2" s="104"/></row>'),
        ((5, "A"), b'<row r="5"><c r="A5" s="100"/></row>'),
        ((1, "A"), b'<sheetData><row r="1"><c r="A1" s="100"/></row><row r="2"'),
        ((3, "A"), b'</row><row r="3"><c r="A3" s="100"/></row><row r="5"/>'),
        ((9, "B"), b'<row r="5"/><row r="9"><c r="B9" s="100"/></row></sheetData>'),
    ],
)
def test_patching_one_cell(where, expected):
    assert expected in patch_cells(PLAIN, {where: paint})


def test_patching_an_empty_sheet():
    assert patch_cells(patchable(b"<worksheet><sheetData/></worksheet>"), {(1, "A"): paint}) == (
        b'<worksheet><sheetData><row r="1"><c r="A1" s="100"/></row></sheetData></worksheet>'
    )


PREFIXED = (
    b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
    b"<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
)


def test_a_sheet_written_in_another_way_is_put_into_the_plain_form():
    plain = patchable(PREFIXED)
    assert b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>' in plain
    assert b'<c s="100" r="B1"><v>2</v></c>' in patch_cells(plain, {(1, "B"): paint})


def test_a_plain_sheet_is_left_as_it_is():
    xml = read_parts(PEOPLE.read_bytes())["xl/worksheets/sheet1.xml"]
    assert patchable(xml) is xml


def test_a_row_without_any_attribute_is_addressed_first():
    xml = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"/></row><row><c r="A2" s="3"><v>7</v></c></row></sheetData></worksheet>'
    patched = patch_cells(patchable(xml), {(2, "A"): paint})
    assert patched.count(b'<row r="2"') == 1
    assert b'<c r="A2" s="103">' in patched


@given(
    cells=st.sets(
        st.tuples(st.integers(2, 60), st.sampled_from(["A", "B", "C", "D", "E", "Z", "AA"])), min_size=1, max_size=12
    )
)
@settings(max_examples=examples(25), deadline=None)
def test_marking_any_cells_changes_no_value_and_no_other_part(cells):
    found = [finding(f"{letters}{row}") for row, letters in cells]
    data = annotate(PEOPLE, found)
    assert values(data) == values(PEOPLE.read_bytes())
    assert set(marked(data, "人员")) == {f.cell for f in found}
    before, after = read_parts(PEOPLE.read_bytes()), read_parts(data)
    for name in before:
        if name.startswith(("xl/worksheets/sheet", "xl/comments", "xl/drawings/vml")) and "1" not in name:
            assert before[name] == after[name]


def test_a_comment_with_characters_xml_cannot_hold():
    data = annotate(PEOPLE, [finding("C3", message="a\x01b & <c>")])
    assert "a\x01" not in marked(data, "人员")["C3"][1]


def test_comment_of_openpyxl_is_joined(tmp_path):
    path = tmp_path / "人员台账.xlsx"
    book = openpyxl.load_workbook(PEOPLE)
    book["人员"]["C3"].comment = Comment("核对过", "王主任")
    book.save(path)
    text = marked(annotate(path, [finding("C3")]), "人员")["C3"][1]
    assert text.startswith("核对过")
    assert "【错误】PEO-001" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_another_format_is_annotated_as_a_new_xlsx(tmp_path, encoding):
    path = tmp_path / "人员.csv"
    path.write_bytes("人员编号,姓名,性别\nRY0001,王小红,妇\nRY0002,李芳,女\n".encode(encoding))
    data, suffix = annotate_any(path, [finding("C2")])
    assert suffix == ".xlsx"
    assert values(data) == {
        "人员": [["人员编号", "姓名", "性别"], ["RY0001", "王小红", "妇"], ["RY0002", "李芳", "女"]]
    }
    assert marked(data, "人员") == {"C2": ("F8CBAD", "【错误】PEO-001\n填错了。\n→ 请改正。")}
    assert openpyxl.load_workbook(io.BytesIO(data))[RESULTS]["D2"].value == "C2"


def test_check_says_that_the_copy_of_another_format_is_a_new_workbook(tmp_path):
    folder = office(tmp_path, demo=False)
    (folder / "workbooks" / "人员.csv").write_text("人员编号,姓名,性别\nRY0001,王小红,妇\n", encoding="gb18030")
    done = jinguo(folder, "check")
    assert done.returncode == 1
    assert "人员.csv 不是 .xlsx，标注的副本另存为新的 .xlsx" in done.stdout
    assert set(marked((folder / "output" / "校验" / "人员（标注）.xlsx").read_bytes(), "人员")) == {"C2"}
