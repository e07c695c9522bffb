"""校验报告.xlsx: the overview, the findings with links that jump to the cell, and the workbooks of excel.report."""

from __future__ import annotations

import io
import os
import re
import zipfile
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from jinguo.checks import check
from jinguo.common.findings import Finding, Severity, count_by_severity
from jinguo.excel.writing import sheet_rows
from jinguo.excel.writing.cell_values import CellLink, Percent
from jinguo.excel.writing.report import Chart, Sheet, write_report
from jinguo.reports.findings_report import findings_report
from tests.helpers import registry

OFFICE = Path("/office/余姚 妇联")
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


def finding(cell: str = "F12", severity: Severity = ERROR, **others: Any) -> Finding:
    values = {
        "code": "PEO-001",
        "workbook": "人员台账.xlsx",
        "sheet": "人员",
        "value": "妇",
        "message": "问题。规定：规定。",
        "remedy": "改正。",
    }
    return Finding(cell=cell, severity=severity, **(values | others))


def data(
    *findings: Finding, workbooks: Path = OFFICE / "workbooks", folder: Path = OFFICE / "output" / "校验"
) -> bytes:
    """The report; every workbook a finding names is there, but for one that REG-001 says is missing."""
    files = [workbooks / f.workbook for f in findings if f.workbook and f.code != "REG-001"]
    return findings_report(list(findings), files, folder, "余姚市妇女联合会")


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(content: bytes, sheet: str) -> list[list[Any]]:
    """The rows of a sheet from its header on; an empty text, which shows as nothing, is None."""
    below = list(opened(content)[sheet].iter_rows(values_only=True))
    first = next(n for n, row in enumerate(below) if row[1] is not None)
    return [[None if value == "" else value for value in row] for row in below[first:]]


def links(content: bytes, part: str = "sheet2") -> list[tuple[str, str]]:
    """(file as Windows looks for it, place in it) of every link of a sheet, from the package itself."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read(f"xl/worksheets/{part}.xml").decode()
        name = f"xl/worksheets/_rels/{part}.xml.rels"
        relations = package.read(name).decode() if name in package.namelist() else ""
    targets = dict(re.findall(r'Id="(rId\d+)"[^>]*Target="([^"]*)"', relations))
    found = []
    for link in re.findall(r"<hyperlink [^>]*>", sheet):
        target = targets[re.search(r'r:id="(\w+)"', link)[1]]
        place = re.search(r'location="([^"]*)"', link)
        found.append((unquote(target.replace("&amp;", "&")), place[1] if place else ""))
    return found


# The overview


def test_the_overview_counts_by_workbook_and_sheet():
    content = data(
        finding("A2"),
        finding("A3", WARNING),
        finding("A4", WARNING),
        finding("B2", HINT, sheet="任职"),
        finding("", ERROR, workbook="坏的.xlsx", sheet="", code="REG-006"),
    )
    assert rows(content, "总览") == [
        ["工作簿", "工作表", "错误", "警告", "提示"],
        ["人员台账.xlsx", "人员", 1, 2, 0],
        ["人员台账.xlsx", "任职", 0, 0, 1],
        ["坏的.xlsx", None, 1, 0, 0],
        ["合计", None, 2, 2, 1],
    ]


def test_without_findings_the_report_says_so_with_zeros():
    content = data()
    assert rows(content, "总览")[1:] == [["合计", None, 0, 0, 0]]
    assert rows(content, "明细")[1:] == []
    assert links(content) == []


def test_the_sheets_have_a_title_a_filter_and_a_frozen_header():
    book = opened(data(finding(), finding("G2")))
    assert book.sheetnames == ["总览", "明细"]
    assert (book["总览"]["A1"].value, book["明细"]["A1"].value) == ("台账校验总览", "台账校验明细")
    assert (
        book["总览"]["A2"].value == "错误要改正后再出材料；警告请核对；提示供参考。明细见第二张表，点“位置”可打开台账。"
    )
    assert (book["总览"].auto_filter.ref, book["总览"].freeze_panes) == ("A3:E5", "A4")
    assert (book["明细"].auto_filter.ref, book["明细"].freeze_panes) == ("A2:H4", "A3")


# The findings


def test_one_row_a_finding_the_worst_first_then_in_the_order_of_the_cells():
    content = data(
        finding("A1", ERROR, code="E0", workbook="a.xlsx"),
        finding("B2", ERROR, code="E1"),
        finding("C2", WARNING, code="W"),
        finding("AA2", ERROR, code="E2"),
        finding("A10", ERROR, code="E3"),
        finding("B10", HINT, code="H"),
    )
    assert [[*row[:2], row[4]] for row in rows(content, "明细")[1:]] == [
        ["错误", "E0", "A1"],
        ["错误", "E1", "B2"],
        ["错误", "E2", "AA2"],
        ["错误", "E3", "A10"],
        ["警告", "W", "C2"],
        ["提示", "H", "B10"],
    ]


def test_a_row_in_full():
    content = data(
        finding(
            "F12",
            WARNING,
            value="=1+1",
            message="王小红的“性别”填的是“妇”。规定：只能填可选范围里的内容。",
            remedy="请改正。",
        )
    )
    assert rows(content, "明细") == [
        ["级别", "编号", "工作簿", "工作表", "位置", "填的内容", "问题和规定", "请这样改"],
        [
            "警告",
            "PEO-001",
            "人员台账.xlsx",
            "人员",
            "F12",
            "=1+1",
            "王小红的“性别”填的是“妇”。规定：只能填可选范围里的内容。",
            "请改正。",
        ],
    ]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet2.xml")


@pytest.mark.parametrize(
    "value", ["<b>&\"'", "第一行\n第二行", "0012", "http://example.org", "@SUM(A1)", "𬭛女士", "x" * 32767]
)
def test_whatever_stands_in_a_cell_can_be_reported(value):
    assert rows(data(finding(value=value)), "明细")[1][5] == (
        value if len(value) <= 1000 else f"{value[:1000]}……（共 32767 字）"
    )


@pytest.mark.parametrize(("severity", "colour"), [(ERROR, "FFF8CBAD"), (WARNING, "FFFFE699"), (HINT, "FFDDEBF7")])
def test_each_severity_has_its_colour(severity, colour):
    assert opened(data(finding(severity=severity)))["明细"]["A3"].fill.fgColor.rgb == colour


# The links


def test_a_link_jumps_to_the_cell_and_is_relative():
    (link,) = links(data(finding("F12")))
    assert link == (r"..\..\workbooks\人员台账.xlsx", "'人员'!F12")


@pytest.mark.parametrize(
    ("others", "text", "expected"),
    [
        ({"cell": "F12"}, "F12", ("人员台账.xlsx", "'人员'!F12")),
        ({"cell": "", "code": "REG-007"}, "打开", ("人员台账.xlsx", "'人员'!A1")),
        ({"cell": "", "code": "REG-003"}, "打开", ("人员台账.xlsx", "'人员'!A1")),
        ({"cell": "", "code": "REG-002"}, "打开", ("人员台账.xlsx", "")),
        ({"cell": "", "code": "REG-006", "sheet": ""}, "打开", ("人员台账.xlsx", "")),
        ({"cell": "", "code": "REG-001", "sheet": ""}, None, None),
        ({"cell": "F12", "sheet": "人员 (2)"}, "F12", ("人员台账.xlsx", "'人员 (2)'!F12")),
        ({"cell": "F12", "sheet": "小红's"}, "F12", ("人员台账.xlsx", "'小红''s'!F12")),
        ({"cell": "F12", "workbook": "人员 台账(1).xlsx"}, "F12", ("人员 台账(1).xlsx", "'人员'!F12")),
        ({"cell": "F12", "workbook": "完成100%.xlsx"}, "F12", ("完成100%.xlsx", "'人员'!F12")),
        ({"cell": "F12", "workbook": "A&B's.xlsx"}, "F12", ("A&B's.xlsx", "'人员'!F12")),
        ({"cell": "F12", "workbook": "[草稿]台账.xlsx"}, "F12", ("[草稿]台账.xlsx", "'人员'!F12")),
        ({"cell": "F12", "workbook": ""}, "F12", None),
    ],
    ids=[
        "cell",
        "no header",
        "no column",
        "no sheet",
        "unreadable",
        "no workbook",
        "sheet with a space",
        "sheet with '",
        "file with a space",
        "file with %",
        "file with &",
        "file with []",
        "no file",
    ],
)
def test_where_each_kind_of_finding_leads(others, text, expected):
    content = data(finding(**others))
    assert rows(content, "明细")[1][4] == text
    assert links(content) == ([(f"..\\..\\workbooks\\{expected[0]}", expected[1])] if expected else [])


@pytest.mark.parametrize(
    ("workbooks", "file", "expected"),
    [
        (OFFICE / "workbooks", "台账#1.xlsx", r"..\..\workbooks\台账#1.xlsx"),
        (Path("/office/1#楼/workbooks"), "人员台账.xlsx", r"..\..\..\1#楼\workbooks\人员台账.xlsx"),
    ],
    ids=["file", "folder"],
)
def test_a_number_sign_in_a_name_does_not_break_the_link(workbooks, file, expected):
    assert links(data(finding(workbook=file), workbooks=workbooks)) == [(expected, "'人员'!F12")]


@pytest.mark.parametrize(
    ("workbooks", "folder", "expected"),
    [
        ("/office/workbooks", "/office/output/校验", r"..\..\workbooks\人员台账.xlsx"),
        ("/office/台账", "/office/output/校验", r"..\..\台账\人员台账.xlsx"),
        ("/数据/台账 2026", "/office/output/校验", r"..\..\..\数据\台账 2026\人员台账.xlsx"),
        ("/office/workbooks", "/office/workbooks", "人员台账.xlsx"),
        ("/office/100%完成/w", "/office/100%完成/o", r"..\w\人员台账.xlsx"),
    ],
)
def test_the_link_leads_from_the_report_to_the_workbooks(workbooks, folder, expected):
    ((target, _),) = links(data(finding(), workbooks=Path(workbooks), folder=Path(folder)))
    assert target.removeprefix(".\\") == expected


def test_a_link_opens_the_very_file_and_cell(tmp_path):
    """Followed as Excel would: the file is there, and the cell holds the value that is reported."""
    (tmp_path / "workbooks").mkdir()
    book = openpyxl.Workbook()
    book.active.title = "人员"
    book.active["F12"] = "妇"
    book.save(tmp_path / "workbooks" / "人员台账.xlsx")
    folder = tmp_path / "output" / "校验"
    ((target, place),) = links(data(finding("F12"), workbooks=tmp_path / "workbooks", folder=folder))
    path = Path(os.path.normpath(folder / PurePosixPath(target.replace("\\", "/"))))
    sheet, cell = place.split("!")
    assert openpyxl.load_workbook(path)[sheet.strip("'")][cell].value == "妇"


def test_workbooks_on_another_drive_are_linked_by_their_whole_path(monkeypatch):
    def relpath(path: object, start: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", relpath)
    ((target, place),) = links(data(finding("F12")))
    assert target.endswith(r"workbooks\人员台账.xlsx")
    assert place == "'人员'!F12"


def test_beyond_what_excel_takes_links_become_text(monkeypatch):
    monkeypatch.setattr(sheet_rows, "_MOST_LINKS", 2)
    content = data(*[finding(f"F{n}") for n in range(1, 5)])
    assert [place for _, place in links(content)] == ["'人员'!F1", "'人员'!F2"]
    assert [row[4] for row in rows(content, "明细")[1:]] == ["F1", "F2", "F3", "F4"]


# Bytes


def test_the_same_findings_give_the_same_bytes_in_any_order():
    found = [finding("A2"), finding("A3", WARNING), finding("B3", HINT, sheet="任职")]
    assert data(*found) == data(*found[::-1])


def test_no_time_of_the_day_is_in_the_package():
    with zipfile.ZipFile(io.BytesIO(data(finding()))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}
    assert "<dc:creator>余姚市妇女联合会</dc:creator>" in core


def test_the_report_of_a_real_registry_has_every_finding_once():
    found = check(
        registry(
            人员="人员编号 | 姓名 | 手机\nRY0001 | 王小红 | 6270\nRY0001 | 李芳 | ",
            社会组织="组织编号 | 负责人\nZZ0001 | 慕容",
        )
    )
    listed = [(row[1], row[3] or "", (row[4] or "").replace("打开", "")) for row in rows(data(*found), "明细")[1:]]
    assert {("CELL-008", "人员", "C2"), ("CELL-002", "人员", "A3"), ("CELL-003", "社会组织", "B2")} <= set(listed)
    assert sorted(listed) == sorted((f.code, f.sheet, f.cell) for f in found)


def test_counting_by_severity_gives_zeros_too():
    assert count_by_severity([finding(), finding(severity=HINT), finding()]) == {ERROR: 2, WARNING: 0, HINT: 1}
    assert count_by_severity([]) == {ERROR: 0, WARNING: 0, HINT: 0}


# Workbooks in general


def sheet(**others: Any) -> Sheet:
    values: dict[str, Any] = {
        "name": "培训",
        "title": "培训统计",
        "header": ["类型", "场次", "出勤率(%)"],
        "rows": [["沙龙", 3, Percent(Decimal("87.5"))]],
    }
    return Sheet(**(values | others))


def cells(content: bytes, name: str = "培训") -> dict[str, Any]:
    return {cell.coordinate: cell for row in opened(content)[name].iter_rows() for cell in row}


def test_a_sheet_has_title_header_and_rows():
    found = cells(write_report("统计", [sheet()], "妇联"))
    assert {name: cell.value for name, cell in found.items() if cell.value is not None} == {
        "A1": "培训统计",
        "A2": "类型",
        "B2": "场次",
        "C2": "出勤率(%)",
        "A3": "沙龙",
        "B3": 3,
        "C3": 87.5,
    }


def test_a_note_moves_the_table_down_a_row():
    book = opened(write_report("统计", [sheet(note="说明文字")], "妇联"))["培训"]
    assert [row[0].value for row in book.iter_rows()] == ["培训统计", "说明文字", "类型", "沙龙"]
    assert (book.freeze_panes, book.auto_filter.ref, book.print_title_rows) == ("A4", "A3:C4", "$3:$3")


def test_without_rows_the_filter_still_has_a_row_to_stand_on():
    book = opened(write_report("统计", [sheet(rows=[])], "妇联"))["培训"]
    assert (book.auto_filter.ref, book["A3"].value) == ("A2:C3", None)


@pytest.mark.parametrize(
    ("value", "shown", "number_format"),
    [
        (Percent(Decimal("87.5")), 87.5, '0.0"%"'),
        (Percent(100), 100, '0.0"%"'),
        (Percent(Decimal(0)), 0, '0.0"%"'),
        (Percent(None), "—", "General"),
        (3, 3, "General"),
        (Decimal("1.5"), 1.5, "General"),
        (2.25, 2.25, "General"),
        (0, 0, "General"),
        (True, "True", "General"),
        ("0012", "0012", "General"),
        ("=1+1", "=1+1", "General"),
    ],
    ids=repr,
)
def test_how_a_value_is_written(value, shown, number_format):
    cell = cells(write_report("统计", [sheet(rows=[["沙龙", value]])], "妇联"))["B3"]
    assert (cell.value, cell.number_format) == (shown, number_format)
    with zipfile.ZipFile(io.BytesIO(write_report("统计", [sheet(rows=[["沙龙", value]])], "妇联"))) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("value", [None, ""], ids=repr)
def test_nothing_shows_as_an_empty_cell_with_its_border(value):
    cell = cells(write_report("统计", [sheet(rows=[["沙龙", value]])], "妇联"))["B3"]
    assert (cell.value or "", cell.border.left.style) == ("", "thin")


def test_links_within_and_out_of_the_workbook():
    content = write_report(
        "统计", [sheet(rows=[["沙龙", CellLink("去口径", "internal:'口径'!A1")]]), sheet(name="口径")], "妇联"
    )
    cell = cells(content)["B3"]
    assert (cell.value, cell.hyperlink.location) == ("去口径", "'口径'!A1")


def test_widths_are_those_asked_for():
    book = opened(write_report("统计", [sheet(widths=[8, 30])], "妇联"))["培训"]
    assert [round(book.column_dimensions[c].width) for c in "AB"] == [9, 31]


def test_a_chart_shows_the_columns_asked_for_and_stands_below_the_table():
    content = write_report(
        "统计", [sheet(rows=[["沙龙", 3, 5], ["培训", 4, 6]], charts=[Chart("各类培训", (1, 2))])], "妇联"
    )
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert re.findall(r"<c:f>([^<]*)</c:f>", chart) == [
        "培训!$B$2",
        "培训!$A$3:$A$4",
        "培训!$B$3:$B$4",
        "培训!$C$2",
        "培训!$A$3:$A$4",
        "培训!$C$3:$C$4",
    ]
    assert "各类培训" in chart
    assert re.search(r"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>", drawing)[1] == "5"


def test_a_chart_of_no_rows_is_left_out():
    with zipfile.ZipFile(
        io.BytesIO(write_report("统计", [sheet(rows=[], charts=[Chart("各类培训", (1,))])], "妇联"))
    ) as package:
        assert [name for name in package.namelist() if "chart" in name] == []


def test_a_sheet_name_is_cut_at_what_excel_takes():
    assert opened(write_report("统计", [sheet(name="很长的表名" * 7)], "妇联")).sheetnames == ["很长的表名" * 6 + "很"]


@pytest.mark.filterwarnings("ignore:Unknown worksheet reference")
def test_a_chart_on_a_sheet_whose_name_was_cut():
    with zipfile.ZipFile(
        io.BytesIO(
            write_report(
                "统计", [sheet(name="很长的表名" * 7, rows=[["沙龙", 3]], charts=[Chart("各类", (1,))])], "妇联"
            )
        )
    ) as package:
        names = {
            f.split("!")[0].strip("'")
            for f in re.findall(r"<c:f>([^<]*)</c:f>", package.read("xl/charts/chart1.xml").decode())
        }
    assert names == {"很长的表名" * 6 + "很"}


@pytest.mark.validator
@pytest.mark.parametrize(
    "content", [data(), data(finding(), finding("", code="REG-002"), finding(value="<&>\n"))], ids=["empty", "findings"]
)
def test_microsofts_validator_has_no_complaint(tmp_path, validate, content):
    path = tmp_path / "校验报告.xlsx"
    path.write_bytes(content)
    assert validate(path) == []
