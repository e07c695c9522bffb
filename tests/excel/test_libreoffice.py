"""Our workbooks opened and saved by another program: LibreOffice stands in for the Excel and WPS that staff have."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

from jinguo.checks import check
from jinguo.intake.loading import load_registry
from tests.excel.test_annotate import annotate, finding, rich_workbook
from tests.helpers import TODAY, jinguo, office

pytestmark = pytest.mark.libreoffice


def test_an_annotated_copy_survives_opening_and_saving(tmp_path, libreoffice):
    path = tmp_path / "标注.xlsx"
    path.write_bytes(
        annotate(
            rich_workbook(tmp_path / "名单.xlsx"), [finding("A2", "名单"), finding("B3", "名单"), finding("C9", "名单")]
        )
    )
    book = openpyxl.load_workbook(libreoffice(path, "xlsx"))
    sheet = book["名单"]
    assert {c: sheet[c].fill.fgColor.rgb[2:] for c in ("B3", "C9", "A2")} == dict.fromkeys(("B3", "C9", "A2"), "F8CBAD")
    assert "【错误】PEO-001" in sheet["B3"].comment.text
    assert sheet["A2"].comment.text.startswith("原有的批注")
    assert "【错误】PEO-001" in sheet["A2"].comment.text
    assert sheet["B3"].number_format == "0.00"
    assert sheet["B7"].value == "=SUM(B2:B6)"
    assert book["字典"].sheet_state == "hidden"
    assert [v.formula1 for v in sheet.data_validations.dataValidation] == ["字典!$A$1:$A$2"]
    assert len(sheet._charts) == 1
    assert book["校验结果"]["D2"].hyperlink.location.replace("$", "").replace("'", "") in ("名单!A2", "名单.A2")


#: What a clerk types into the blank forms, by workbook, sheet and header.
TYPED = {
    "设置.xlsx": {"镇街": [{"镇街": "阳明街道", "类别": "街道"}]},
    "人员台账.xlsx": {
        "人员": [{"人员编号": "RY0001", "姓名": "王小红", "性别": "女", "出生年月": "1980.05", "手机": "13812345678"}],
        "任职": [{"人员编号": "RY0001", "组织编号": "ZZ0001", "职务": "会长", "起始": "2022.05"}],
    },
    "社会组织台账.xlsx": {
        "社会组织": [
            {"组织编号": "ZZ0001", "组织名称": "东江妈妈帮", "登记状态": "已备案", "组织类型": "社区社会组织", "层级": "紧密层",
             "级别": "乡镇街道", "所属镇街": "阳明街道", "负责人": "RY0001", "成立日期": datetime.date(2019, 3, 8)}
        ]
    },
}  # fmt: skip


@pytest.fixture
def filled(tmp_path, libreoffice):
    """The blank forms, filled in and saved by LibreOffice."""
    folder = office(tmp_path, demo=False)
    assert jinguo(folder, "forms", "--to", str(folder / "forms")).returncode == 0
    for file, sheets in TYPED.items():
        book = openpyxl.load_workbook(folder / "forms" / file)
        for name, rows in sheets.items():  # type: ignore[attr-defined]
            heads = {cell.value: cell.column for cell in book[name][1]}
            for number, row in enumerate(rows, 2):
                for head, value in row.items():
                    book[name].cell(number, heads[head]).value = value
        book.save(folder / "forms" / file)
        (folder / "workbooks" / file).write_bytes(libreoffice(folder / "forms" / file, "xlsx").read_bytes())
    return folder


def test_a_form_filled_in_reads_back_without_findings(filled):
    registry = load_registry(filled / "workbooks", TODAY)
    # The other workbooks are not kept, and of these other sheets are empty: nothing is wrong with a cell.
    assert [f for f in check(registry) if f.code not in ("REG-001", "REG-018")] == []
    assert registry["people"]["name"] == ["王小红"]
    assert registry["people"]["mobile"] == ["13812345678"]
    assert str(registry["people"]["born"][0]) == "1980.05"
    assert registry["organisations"]["founded_on"] == [datetime.date(2019, 3, 8)]
    assert registry["organisations"]["head"] == ["RY0001"]


def test_a_form_keeps_its_dropdowns(filled):
    book = openpyxl.load_workbook(filled / "workbooks" / "人员台账.xlsx")
    validations = {
        str(v.sqref).split(":")[0]: v.formula1 for v in book["人员"].data_validations.dataValidation if v.type == "list"
    }
    assert validations["C2"].startswith("列表_")
    assert book["选项"].sheet_state == "hidden"


@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_registry_saved_in_another_format_reads_the_same(tmp_path, libreoffice, kind):
    folder = office(tmp_path)
    path = folder / "workbooks" / "人员台账.xlsx"
    other = libreoffice(path, kind)
    before = load_registry(folder / "workbooks", TODAY)["people"].columns
    path.unlink()
    (folder / "workbooks" / f"人员台账.{kind}").write_bytes(other.read_bytes())
    registry = load_registry(folder / "workbooks", TODAY)
    assert registry["people"].columns == before
    assert registry.refused == {}
