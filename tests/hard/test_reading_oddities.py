"""What Excel and Word read in a spelling of their own is read the same here; what is none of ours is called what it is."""

from __future__ import annotations

import re

import pytest

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import read_parts, write_parts
from jinguo.excel.reading.read import read_workbook
from jinguo.word.inspection import inspect
from jinguo.word.measure import measure
from jinguo.word.usual_form import in_usual_form
from tests.helpers import ROOT, jinguo, office

BOOK = ROOT / "workbooks" / "社会组织台账.xlsx"
TEMPLATE = (ROOT / "templates" / "培训通知.docx").read_bytes()


def rows(path) -> list:
    return [(sheet.name, sheet.rows) for sheet in read_workbook(path)]


@pytest.mark.parametrize(
    "value", ["<!-- x -->{}", "{}<!--<v>9</v>-->", "<![CDATA[{}]]>", "<?x y?>{}", "<!-- a --><![CDATA[{}]]><?b c?>"]
)
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_markup_among_the_cells_is_read_over(tmp_path, value, part):
    parts = read_parts(BOOK.read_bytes())
    tag = "v" if "sheet1" in part else "t"
    new = re.sub(
        rf"<{tag}([^>]*)>([^<]+)</{tag}>", lambda m: f"<{tag}{m[1]}>{value.format(m[2])}</{tag}>", parts[part].decode()
    )
    assert new != parts[part].decode()
    path = tmp_path / BOOK.name
    path.write_bytes(write_parts(parts | {part: new.encode()}))
    if "&" in parts[part].decode() and "CDATA" in value:
        pytest.skip("转义的字在 CDATA 里是另一个意思")
    assert rows(path) == rows(BOOK)


SPREADSHEET_2003 = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table/></Worksheet></Workbook>'


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xls", SPREADSHEET_2003.encode(), "是“XML 电子表格 2003”"),
        ("a.xlsx", SPREADSHEET_2003.encode("utf-16"), "是“XML 电子表格 2003”"),
        ("a.xls", SPREADSHEET_2003.partition("?>")[2].encode("gbk"), "是“XML 电子表格 2003”"),
        ("a.xls", b"\x09\x00\x04\x00\x02\x00\x10\x00" + b"\0" * 90, "是很早的 Excel"),
        ("a.xls", b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00" + b"\0" * 90, "是很早的 Excel"),
        ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00" + b"\0" * 90, "是很早的 Excel"),
        ("a.xls", b"\x09\x08\x08\x00\x00\x05\x05\x00" + b"\0" * 90, "是很早的 Excel"),
        ("a.xml", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "是 Word 的 XML 文档"),
    ],
)
def test_what_is_none_of_ours_is_called_what_it_is(tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(JinguoError, match=said):
        read_workbook(path)


def test_a_workbook_with_a_macro_sheet_is_called_so(tmp_path):
    path = tmp_path / "台账.xlsm"
    path.write_bytes(write_parts(read_parts(BOOK.read_bytes()) | {"xl/macrosheets/sheet1.xml": b"<x/>"}))
    with pytest.raises(JinguoError, match=r"带有 Excel 4\.0 宏表"):
        read_workbook(path)


def renamed(old: str, new: str) -> bytes:
    """The template with a part called otherwise, wherever it is named."""
    parts = read_parts(TEMPLATE)
    end, other = old.rpartition("/")[2], new.rpartition("/")[2]
    parts = {n.replace(old, new).replace(f"{end}.rels", f"{other}.rels"): d for n, d in parts.items()}
    return write_parts(
        {
            n: d.replace(end.encode(), other.encode()) if n.endswith((".rels", "Types].xml")) else d
            for n, d in parts.items()
        }
    )


def with_text(change) -> bytes:
    parts = read_parts(TEMPLATE)
    return write_parts(parts | {"word/document.xml": change(parts["word/document.xml"].decode()).encode()})


def in_other_units(xml: str) -> str:
    xml = re.sub(r'(<w:pgMar [^>]*w:top=")(\d+)"', lambda m: f'{m[1]}{int(m[2]) / 20:.2f}pt"', xml)
    return re.sub(r'(<w:pgSz [^>]*w:w=")(\d+)"', lambda m: f'{m[1]}{int(m[2])}.40"', xml)


@pytest.mark.parametrize(
    "data",
    [
        renamed("word/document.xml", "word/document2.xml"),
        renamed("word/footer1.xml", "word/Fuss.xml"),
        with_text(in_other_units),
    ],
    ids=["document2", "footer", "units"],
)
def test_a_sound_document_in_another_spelling_measures_the_same(data, tmp_path):
    assert data != TEMPLATE
    told = inspect(measure(TEMPLATE))
    assert inspect(measure(in_usual_form(data))) == told
    folder = office(tmp_path)
    (folder / "templates" / "培训通知.docx").write_bytes(data)
    assert jinguo(folder, "--today", "2026-10-15", "notices", "培训通知").returncode == 0
    assert list((folder / "output" / "通知").rglob("*.docx"))


def test_a_document_without_a_section_has_that_of_word(tmp_path):
    data = with_text(lambda xml: re.sub(r"<w:sectPr\b.*?</w:sectPr>(?=\s*</w:body>)", "", xml, flags=re.DOTALL))
    path = tmp_path / "文.docx"
    path.write_bytes(data)
    done = jinguo(office(tmp_path / "office"), "inspect", str(path))
    assert done.returncode == 1 and "打不开" not in done.stdout + done.stderr


def test_a_document_of_ours_is_left_as_it_is():
    assert in_usual_form(TEMPLATE) is TEMPLATE
