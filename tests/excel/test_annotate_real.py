"""Annotated copies of workbooks as Excel, WPS, LibreOffice and others really write them, marked by hand-made
findings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lxml import etree
from openpyxl.comments import Comment

from jinguo.common.findings import Finding, Severity
from jinguo.common.ooxml import read_parts, write_parts
from jinguo.excel.package import CONTENT_TYPES
from jinguo.excel.patching.annotate import annotate
from tests.excel.test_annotate import finding
from tests.helpers import change_cell, find_cell, jinguo, office

SHEET = "xl/worksheets/sheet1.xml"
HEAD = ["人员编号", "姓名", "性别", "出生年月"]
ROWS = [["RY0001", "王小红", "妇", "1990.05"], ["RY0002", "李芳", "女", "1990.13"], ["RY0003", "", "女", "1988.02"]]


def book(path: Path, add: Callable | None = None) -> Path:
    """Three people by XlsxWriter; `add` puts in what the test is about."""
    with xlsxwriter.Workbook(path) as target:
        sheet = target.add_worksheet("人员")
        for number, row in enumerate([HEAD, *ROWS]):
            for column, value in enumerate(row):
                if value:
                    sheet.write_string(number, column, value)
        if add:
            add(target, sheet)
    return path


def changed(path: Path, *pairs: tuple[str, str], part: str = SHEET) -> Path:
    parts = read_parts(path.read_bytes())
    for old, new in pairs:
        assert old.encode() in parts[part], parts[part][:800]
        parts[part] = parts[part].replace(old.encode(), new.encode())
    path.write_bytes(write_parts(parts))
    return path


def marked(path: Path, *cells: str) -> dict[str, bytes]:
    """The parts of the copy with these cells marked, every XML part of it well-formed, every target of a
    relationship there."""
    parts = read_parts(annotate(path, [finding(cell) for cell in cells or ("C2", "B4")])[0])
    names = {name.lower() for name in parts}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            etree.fromstring(data)
        if name.endswith(".rels"):
            folder = name.rpartition("_rels/")[0]
            for relation in etree.fromstring(data):
                target = str(relation.get("Target"))
                if relation.get("TargetMode") != "External":
                    resolved = (
                        target.lstrip("/")
                        if target.startswith("/")
                        else str((Path("/") / folder / target).resolve()).lstrip("/")
                    )
                    assert resolved.lower() in names, (name, target)
    return parts


def boxes(parts: dict[str, bytes], part: str) -> list[tuple[int, int]]:
    """(row, column) of every comment's box in a drawing."""
    return [(int(r), int(c)) for r, c in re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)", parts[part])]


def children(parts: dict[str, bytes], part: str = SHEET) -> list[str]:
    return [etree.QName(child).localname for child in etree.fromstring(parts[part])]


# Where the drawing of the comments goes


def test_the_drawing_is_not_put_into_an_extension_of_a_data_bar(tmp_path, validate):
    path = book(
        tmp_path / "人员台账.xlsx",
        lambda _, sheet: sheet.conditional_format("D2:D4", {"type": "data_bar", "data_bar_2010": True}),
    )
    names = children(marked(path))
    assert names.index("legacyDrawing") > names.index("conditionalFormatting")
    assert names.index("legacyDrawing") < names.index("extLst")
    (tmp_path / "副本.xlsx").write_bytes(annotate(path, [finding("C2")])[0])
    assert validate(tmp_path / "副本.xlsx") == validate(path)


def test_comments_are_drawn_in_their_own_drawing_beside_a_header_picture(tmp_path):
    """The relationship of the picture in the header comes last."""

    def add(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        picture = io.BytesIO(
            bytes.fromhex(
                "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
            )
        )
        sheet.set_header("&L&G", {"image_left": "标.png", "image_data_left": picture})
        sheet.write_comment("A2", "已核对")

    path = book(tmp_path / "人员台账.xlsx", add)
    before = read_parts(path.read_bytes())
    parts = marked(path, "C2", "A2")
    drawings = [name for name in parts if name.endswith(".vml")]
    comments = next(name for name in drawings if boxes(before, name))
    assert sorted(boxes(parts, comments)) == [(1, 0), (1, 2)]
    assert [parts[name] for name in drawings if name != comments] == [
        before[name] for name in drawings if name != comments
    ]


def with_notes(path: Path) -> Path:
    """Notes as openpyxl saves them: it declares the namespaces of VML on every shape, not on the root."""
    book(path)
    loaded = openpyxl.load_workbook(path)
    loaded["人员"]["A2"].comment = Comment("已核对", "王主任")
    loaded.save(path)
    return path


def test_a_drawing_that_declares_its_namespaces_on_each_shape_stays_well_formed(tmp_path):
    parts = marked(with_notes(tmp_path / "人员台账.xlsx"), "C2", "A2")
    drawing = next(name for name in parts if name.endswith(".vml"))
    rows = [
        shape.findtext(".//{urn:schemas-microsoft-com:office:excel}Row")
        for shape in etree.fromstring(parts[drawing]).iter("{urn:schemas-microsoft-com:vml}shape")
    ]
    assert rows == ["1", "1"]


@pytest.mark.parametrize("end", ["</xml >", "</xml>\n"])
def test_a_drawing_may_end_in_other_ways(tmp_path, end):
    path = book(tmp_path / "人员台账.xlsx", lambda _, sheet: sheet.write_comment("A2", "已核对"))
    changed(path, ("</xml>", end), part="xl/drawings/vmlDrawing1.vml")
    assert sorted(boxes(marked(path, "C2"), "xl/drawings/vmlDrawing1.vml")) == [(1, 0), (1, 2)]


# Notes


def test_ours_comes_before_how_a_note_is_pronounced(tmp_path):
    path = book(tmp_path / "人员台账.xlsx", lambda _, sheet: sheet.write_comment("C2", "已核对"))
    changed(path, ("</text>", '<phoneticPr fontId="1"/></text>'), part="xl/comments1.xml")
    text = etree.fromstring(marked(path, "C2")["xl/comments1.xml"]).find(".//{*}text")
    assert [etree.QName(child).localname for child in text] == ["r", "r", "phoneticPr"]


def test_what_an_earlier_check_wrote_is_replaced(tmp_path):
    """Of the office's own note and of ours alone: checked twice, each says the new words once."""
    path = book(tmp_path / "人员台账.xlsx", lambda _, sheet: sheet.write_comment("C2", "已核对"))
    first, second = ([finding("C2", message=f"第{n}次。"), finding("D2", message=f"第{n}次。")] for n in "一二")
    path.write_bytes(annotate(path, first)[0])
    once = annotate(path, second)[0]
    notes = {
        c.coordinate: c.comment.text for row in openpyxl.load_workbook(io.BytesIO(once))["人员"]["C2:D2"] for c in row
    }
    assert notes == {
        "C2": "已核对\n—— 巾帼台账 ——\n【错误】PEO-001\n第二次。\n→ 请改正。",
        "D2": "【错误】PEO-001\n第二次。\n→ 请改正。",
    }


def test_a_note_that_grew_gets_a_larger_box(tmp_path):
    path = book(tmp_path / "人员台账.xlsx", lambda _, sheet: sheet.write_comment("C2", "已核对"))
    anchors = [
        re.findall(rb"<x:Anchor>([^<]*)<", parts["xl/drawings/vmlDrawing1.vml"])[0].split(b",")
        for parts in (read_parts(path.read_bytes()), marked(path, "C2"))
    ]
    before, after = ([int(anchor[n]) for n in (0, 2, 4, 6)] for anchor in anchors)
    assert after[2] - after[0] > before[2] - before[0]


def test_a_box_in_a_filtered_list_of_narrow_columns_is_large_enough(tmp_path):
    def add(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.set_column(3, 20, 2)
        for row in range(4, 30):
            sheet.set_row(row, None, None, {"hidden": True})

    (anchor,) = re.findall(
        rb"<x:Anchor>([^<]*)<", marked(book(tmp_path / "人员台账.xlsx", add), "C4")["xl/drawings/vmlDrawing1.vml"]
    )
    left, _, top, _, right, _, bottom, _ = map(int, anchor.split(b","))
    assert (right - left) * 19 >= 350
    assert bottom > 30 and top == 2


def test_what_somebody_added_to_our_note_stays(tmp_path):
    path = book(tmp_path / "人员台账.xlsx")
    path.write_bytes(annotate(path, [finding("C2", message="第一次。")])[0])
    changed(path, ("→ 请改正。", "→ 请改正。\n王主任：已打电话，周五补"), part="xl/comments1.xml")
    text = openpyxl.load_workbook(io.BytesIO(annotate(path, [finding("C2", message="第二次。")])[0]))["人员"][
        "C2"
    ].comment.text
    assert text == "王主任：已打电话，周五补\n—— 巾帼台账 ——\n【错误】PEO-001\n第二次。\n→ 请改正。"


def test_our_words_do_not_pile_up_when_another_program_saved_the_note(tmp_path):
    """openpyxl makes one run of all of a note."""
    path = with_notes(tmp_path / "人员台账.xlsx")
    for n in "一二三":
        path.write_bytes(annotate(path, [finding("A2", message=f"第{n}次。")])[0])
        loaded = openpyxl.load_workbook(path)
        loaded.save(path)
    text = loaded["人员"]["A2"].comment.text
    assert (text.count("巾帼台账"), "第三次" in text, text.startswith("已核对")) == (1, True, True)


def test_a_box_beside_hidden_columns_stands_to_the_left(tmp_path):
    path = book(tmp_path / "人员台账.xlsx", lambda _, sheet: sheet.set_column("E:XFD", None, None, {"hidden": True}))
    (anchor,) = re.findall(rb"<x:Anchor>([^<]*)<", marked(path, "D2")["xl/drawings/vmlDrawing1.vml"])
    left, _, _, _, right, *_ = map(int, anchor.split(b","))
    assert (left, right) == (0, 3)


# Cells


def test_a_finding_in_a_merged_range_is_seen_at_its_first_cell(tmp_path):
    path = book(tmp_path / "人员台账.xlsx", lambda _, sheet: sheet.merge_range("C2:C4", "女"))
    copy = openpyxl.load_workbook(io.BytesIO(annotate(path, [finding("C2", severity=Severity.HINT), finding("C3")])[0]))
    cell = copy["人员"]["C2"]
    assert cell.fill.fgColor.rgb == "FFF8CBAD"
    assert cell.comment is not None
    assert cell.comment.text.splitlines()[0::3] == ["【提示】PEO-001", "【错误】PEO-001（C3）"]


def test_a_missing_cell_keeps_the_format_of_its_column(tmp_path):
    """Text: an identity number typed into the marked cell must not lose its last digits."""
    path = book(
        tmp_path / "人员台账.xlsx",
        lambda target, sheet: sheet.set_column(
            1, 1, 12, target.add_format({"num_format": "@", "font_name": "楷体", "border": 1})
        ),
    )
    copy = openpyxl.load_workbook(io.BytesIO(annotate(path, [finding("B4"), finding("B9")])[0]))["人员"]
    for cell in ("B4", "B9"):
        assert (
            copy[cell].number_format,
            copy[cell].font.name,
            copy[cell].border.left.style,
            copy[cell].fill.fgColor.rgb,
        ) == ("@", "楷体", "thin", "FFF8CBAD")


@pytest.mark.parametrize(
    "pair",
    [
        ('<c r="C2" t="s">', '<c\n r="C2" t="s">'),
        ('<c r="C2" t="s">', '<c r="C2" s=\'0\' t="s">'),
        ('<c r="C2" t="s">', '<c r="c2" t="s">'),
        ('<c r="C2" t="s">', '<c t="s" r="C2">'),
        ('<c r="C2" t="s">', '<c t="s">'),
    ],
)
def test_cells_spelt_otherwise_are_marked_once(tmp_path, pair):
    path = changed(book(tmp_path / "人员台账.xlsx"), pair)
    cells = etree.fromstring(marked(path, "C2")[SHEET]).findall(".//{*}c")
    ours = [cell for cell in cells if (cell.get("r") or "").upper() == "C2"]
    assert len(ours) == 1 and ours[0].get("s") not in (None, "0")


# Packages


@pytest.mark.parametrize(
    ("old", "new"),
    [(SHEET, "xl/sheet1.xml"), (SHEET, "xl/worksheets/a/sheet1.xml")],
)
def test_a_sheet_may_lie_in_any_folder(tmp_path, old, new):
    path = book(tmp_path / "人员台账.xlsx")
    parts = read_parts(path.read_bytes())
    parts[new] = parts.pop(old)
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"worksheets/sheet1.xml", new.removeprefix("xl/").encode()
    )
    parts[CONTENT_TYPES] = parts[CONTENT_TYPES].replace(old.encode(), new.encode())
    path.write_bytes(write_parts(parts))
    data = annotate(path, [finding("C2")])[0]
    assert openpyxl.load_workbook(io.BytesIO(data))["人员"]["C2"].comment is not None


def test_part_names_are_the_same_in_capitals(tmp_path):
    path = book(tmp_path / "人员台账.xlsx", lambda _, sheet: sheet.write_comment("A2", "已核对"))
    parts = read_parts(path.read_bytes())
    parts["xl/worksheets/Sheet1.xml"] = parts.pop(SHEET)
    parts["xl/Comments1.xml"] = parts.pop("xl/comments1.xml")
    path.write_bytes(write_parts(parts))
    copy = marked(path, "C2")
    assert b"PEO-001" in copy["xl/Comments1.xml"]
    assert len({name.lower() for name in copy}) == len(copy)


@pytest.mark.parametrize(
    "damage",
    [
        lambda s: re.sub(rb"<fills.*</fills>", b"", s),
        lambda s: re.sub(rb"<cellXfs.*</cellXfs>", b"", s),
        lambda s: re.sub(rb"(<styleSheet[^>]*>).*", rb"\1</styleSheet>", s),
    ],
    ids=["fills", "cellXfs", "all"],
)
def test_styles_may_lack_anything(tmp_path, damage):
    path = book(tmp_path / "人员台账.xlsx")
    parts = read_parts(path.read_bytes())
    parts["xl/styles.xml"] = damage(parts["xl/styles.xml"])
    path.write_bytes(write_parts(parts))
    copy = openpyxl.load_workbook(io.BytesIO(annotate(path, [finding("C2")])[0]))
    assert copy["人员"]["C2"].fill.fgColor.rgb == "FFF8CBAD"


def test_a_template_becomes_a_workbook(tmp_path):
    path = changed(book(tmp_path / "人员台账.xltx"), ("sheet.main+xml", "template.main+xml"), part=CONTENT_TYPES)
    data, suffix = annotate(path, [finding("C2")])
    assert suffix == ".xlsx"
    assert b"template" not in read_parts(data)[CONTENT_TYPES]


def test_macros_under_another_extension_stay_macros(tmp_path):
    path = changed(
        book(tmp_path / "人员台账.et"),
        ("openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml"),
        part=CONTENT_TYPES,
    )
    assert annotate(path, [finding("C2")])[1] == ".xlsm"


def test_no_more_links_than_excel_takes(tmp_path):
    path = book(tmp_path / "人员台账.xlsx")
    data = annotate(path, [finding("C2")] * 66_000)[0]
    assert read_parts(data)["xl/worksheets/jinguo1.xml"].count(b"<hyperlink ") < 65_530


def test_the_sheet_of_results_can_be_read(tmp_path):
    """Bold header, a colour for each severity, wrapped words."""
    sheet = openpyxl.load_workbook(
        io.BytesIO(
            annotate(book(tmp_path / "人员台账.xlsx"), [finding("C2"), finding("D2", severity=Severity.HINT)])[0]
        )
    )["校验结果"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("A1", "A2", "A3", "F2")] == [
        "FFD9D9D9",
        "FFF8CBAD",
        "FFDDEBF7",
        "00000000",
    ]
    assert sheet["A1"].font.b and sheet["F2"].alignment.wrap_text


# Through the real command


def test_one_workbook_that_cannot_be_marked_does_not_keep_the_report_from_the_others(tmp_path):
    folder = office(tmp_path)
    people = folder / "workbooks" / "人员台账.xlsx"
    change_cell(people, "人员", find_cell(people, "人员", "性别", "RY0001"), "妇")
    parts = read_parts(people.read_bytes())
    parts[CONTENT_TYPES] = b"<Types"
    people.write_bytes(write_parts(parts))
    done = jinguo(folder, "check")
    assert done.returncode == 1, done.stderr
    assert "人员台账.xlsx 的标注副本没有做成" in done.stdout
    names = {path.name for path in (folder / "output" / "校验").iterdir()}
    assert "人员台账（标注）.xlsx" not in names
    assert {"校验报告.xlsx", "社会组织台账（标注）.xlsx"} <= names


def test_a_copy_in_capitals_is_the_whole_original(tmp_path):
    folder = office(tmp_path, demo=False)
    book(folder / "workbooks" / "人员台账.XLSX")
    done = jinguo(folder, "check")
    assert "只有内容" not in done.stdout
    assert (folder / "output" / "校验" / "人员台账（标注）.XLSX").exists()


def test_an_old_workbook_with_a_sheet_of_results_is_copied(tmp_path):
    """Our own copy, saved as a CSV named like the results and put back."""
    findings = [Finding("REG-007", Severity.ERROR, "校验结果.csv", "校验结果", "A1", "", "没有找到表头。", "请加。")]
    (tmp_path / "校验结果.csv").write_text("甲,乙\n1,2\n", "utf-8")
    copy = openpyxl.load_workbook(io.BytesIO(annotate(tmp_path / "校验结果.csv", findings)[0]))
    assert copy.sheetnames == ["校验结果", "校验结果（2）"]
    assert copy["校验结果（2）"]["D2"].hyperlink.location == "'校验结果'!A1"


def test_a_package_keeps_the_parts_it_does_not_change(tmp_path):
    path = with_notes(tmp_path / "人员台账.xlsx")
    before, after = read_parts(path.read_bytes()), marked(path, "C2")
    mine = {SHEET, "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", CONTENT_TYPES}
    assert {name for name in before if before[name] != after[name]} - mine == {
        name for name in before if "omment" in name
    }
    with zipfile.ZipFile(path) as old:
        assert [name for name in old.namelist() if name not in after] == []
