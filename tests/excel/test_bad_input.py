"""Files that are no workbook, or a dangerous one: one paragraph, exit 2, little memory, and the other workbooks
still read."""

from __future__ import annotations

import io
import os
import random
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.common.addresses import column_index
from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import Package
from jinguo.excel.package import sheet_parts
from jinguo.excel.raw import RawSheet
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.reading.used_range import reach_of_xml
from jinguo.intake.loading import load_registry, read_folder
from tests.excel.test_formats import ODS, XLSB, book
from tests.excel.test_reading import OLD_XLS, repacked
from tests.helpers import TODAY, examples, jinguo, snapshot

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Ten to the power of nine letters once it is unfolded.
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">'.encode() for inner, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + b"]>"
)
SAVE_AS = "用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再运行。"
NOT_CSV = ("不是工作簿，也不是 CSV", SAVE_AS)
WEB_PAGE = ("其实是网页（有的系统导出的“Excel”是网页改名）", SAVE_AS)
WORD = ("是 Word 文档，不是工作簿", "台账要用 Excel 工作簿；把 Word 里的表格粘贴到 Excel 再保存。")
BROKEN = ("压缩包已损坏，可能没有传完", "请发来的人重新发送；或" + SAVE_AS)
DAMAGED = (
    "内容已损坏，读不出来",
    "用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再运行；打不开的，请发来的人重新发送。",
)
UNREADABLE = (
    "设了打开密码，或内容已损坏，读不出来",
    "用 Excel 或 WPS 打开它，去掉密码，另存为“Excel 工作簿（*.xlsx）”后再运行。",
)
PASSWORD = ("设了打开密码", "打开它，在“文件—信息—保护工作簿”里去掉密码，保存后再运行。")
ENTITIES = ("文件里有不正常的定义，没有打开", "来历不明的文件请删除；是自己的台账，就" + SAVE_AS)
LARGE = "删去空白行、空白列的格式和多余的图片，另存后再运行；来历不明的文件请删除。"
ZIP = ("是压缩包，不是工作簿", "先解压，再用里面的工作簿。")


def archive(**parts: bytes) -> bytes:
    """A zip of parts; _ stands for / in their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("_", "/"), data)
    return stream.getvalue()


def good() -> bytes:
    folder = io.BytesIO()
    import openpyxl

    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "人员"
    sheet.append(["人员编号", "姓名", "性别"])
    sheet.append(["RY0001", "王小红", "女"])
    made.save(folder)
    return folder.getvalue()


GOOD = good()


def with_sheet(change: Callable[[bytes], bytes], part: str = SHEET) -> bytes:
    """The good workbook with one part changed."""
    return repacked(GOOD, lambda name, data: change(data) if name == part else data)


def with_cell(address: str, content: str = "<v>1</v>") -> bytes:
    """The good workbook with one more cell far away."""
    row = re.sub("[A-Z]", "", address)
    cell = f'<row r="{row}"><c r="{address}">{content}</c></row></sheetData>'.encode()
    return with_sheet(lambda data: data.replace(b"</sheetData>", cell))


def declaring(size: int) -> bytes:
    """The good workbook, whose sheet is said to unfold to `size` bytes."""
    data = bytearray(GOOD)
    for match in re.finditer(b"PK\x01\x02", GOOD):
        start = match.start()
        (length,) = struct.unpack_from("<H", data, start + 28)
        if data[start + 46 : start + 46 + length] == SHEET.encode():
            struct.pack_into("<L", data, start + 24, size)
    return bytes(data)


def with_entities(part: str) -> bytes:
    """A document type with an entity bomb in a part, and the entity used where a value stands."""

    def change(data: bytes) -> bytes:
        head = re.match(rb"(<\?xml.*?\?>)?", data, re.S)
        assert head is not None
        return head[0] + BOMB + data[head.end() :].replace(b"RY0001", b"&i;")

    return with_sheet(change, part)


def word() -> bytes:
    import docx

    stream = io.BytesIO()
    docx.Document().save(stream)
    return stream.getvalue()


def old_xls_with_password() -> bytes:
    """The record behind the BOF of the workbook's stream made into FILEPASS (RC4)."""
    data = bytearray(OLD_XLS)
    start = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    struct.pack_into("<H", data, start + 20, 0x2F)
    return bytes(data)


#: name: what it holds, what is said, what to do
BAD: dict[str, tuple[bytes, str, str]] = {
    "加密.xlsx": (OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500, *PASSWORD),
    "加密.xls": (old_xls_with_password(), *PASSWORD),
    "截断.xlsx": (GOOD[: len(GOOD) // 2], *BROKEN),
    "截断.xlsb": (XLSB[: len(XLSB) // 2], *BROKEN),
    "截断.xls": (OLD_XLS[:600], *UNREADABLE),
    "只有开头.xlsx": (b"PK\x03\x04", *BROKEN),
    "网页.xls": (b"<html><body><table><tr><td>1,2</td></tr></table></body></html>", *WEB_PAGE),
    "大写网页.xls": (b"\xef\xbb\xbf\r\n <!DOCTYPE HTML PUBLIC><HTML>", *WEB_PAGE),
    "表格网页.et": ("<table><tr><td>人员,姓名</td></tr></table>".encode("gbk"), *WEB_PAGE),
    "2003.xls": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "是“XML 电子表格 2003”，不是现在的工作簿",
        SAVE_AS,
    ),
    "说明.xlsx": ("这是一份说明".encode(), *NOT_CSV),
    "国标说明.xlsx": ("这是一份说明".encode("gb18030"), *NOT_CSV),
    "零字节.xlsx": (b"", "文件是空的", "找一找有没有备份，或请发来的人重新发送。"),
    "全零.xlsx": (b"\0" * 5000, *NOT_CSV),
    "文档.xlsx": (word(), *WORD),
    "旧文档.xls": (OLE + b"\0" * 504 + "WordDocument".encode("utf-16-le") + b"\0" * 500, *WORD),
    "~$人员台账.xlsx": (
        b"\x05user" + b" " * 160,
        "是 Office 打开文件时的临时标记，不是工作簿",
        "关闭打开的工作簿，它会自动消失。",
    ),
    "炸弹.xlsx": (declaring(2_000_000_000), "展开后有 2000 MB，不像台账，没有打开", LARGE),
    "密集.xlsx": (with_sheet(lambda _: b" " * 60_000_000), "展开后有 60 MB，不像台账，没有打开", LARGE),
    "谎报.xlsx": (declaring(10), *BROKEN),
    "实体表.xlsx": (with_entities(SHEET), *ENTITIES),
    "实体簿.xlsx": (with_entities("xl/workbook.xml"), *ENTITIES),
    "实体关系.xlsx": (with_entities("xl/_rels/workbook.xml.rels"), *ENTITIES),
    "图片.xlsx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR,;", *NOT_CSV),
    "压缩.xlsx": (archive(a_b=b"x"), *ZIP),
    "演示.xlsx": (archive(ppt_presentation=b"<x/>"), *ZIP),
    "文字.ods": (archive(mimetype=b"application/vnd.oasis.opendocument.text", content=b"<x/>"), *ZIP),
    "邮件.xls": (
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=gbk\r\n\r\na,b;c",
        "其实是网页或邮件（.mht、.eml）",
        SAVE_AS,
    ),
    "数据.xlsx": (b'[{"name": "a", "b": 1}]', "不是工作簿，也不是 CSV", SAVE_AS),
    "引号.csv": (
        '人员编号,姓名,性别,简历\r\nRY0001,王,女,"身高\r\nRY0002,李,女,\r\n'.encode(),
        "双引号不成对，分不清各栏",
        "用 Excel 打开它，看看双引号是不是成对，另存为“Excel 工作簿（*.xlsx）”后再运行。",
    ),
    "网页部件.xlsx": (with_sheet(lambda _: b"<html><body>404</body></html>"), *DAMAGED),
    "缺表.xlsx": (with_sheet(lambda data: data[: len(data) // 2]), *DAMAGED),
}


def paragraph(path: Path) -> str:
    with pytest.raises(JinguoError) as trouble:
        read_workbook(path)
    return trouble.value.paragraph()


@pytest.mark.parametrize("name", BAD)
def test_what_is_said_about_a_bad_file(tmp_path, name):
    data, what, remedy = BAD[name]
    (tmp_path / name).write_bytes(data)
    assert paragraph(tmp_path / name) == f"{name}：{what}\n请这样做：{remedy}"


def test_a_folder_is_told_apart(tmp_path):
    (tmp_path / "人员台账.xlsx").mkdir()
    remedy = "请写工作簿的文件名；要校验整个文件夹，用 --workbooks 文件夹。"
    assert (
        paragraph(tmp_path / "人员台账.xlsx")
        == f"{tmp_path / '人员台账.xlsx'}：是文件夹，不是工作簿\n请这样做：{remedy}"
    )


def test_a_million_rows_of_csv_are_read_and_one_more_is_not(tmp_path, monkeypatch):
    """The bound itself, with ten rows for a million; the real size is in the child below."""
    monkeypatch.setattr("jinguo.excel.reading.delimited.MOST_ROWS", 10)
    (tmp_path / "多.csv").write_bytes(b"a,b\n" * 10)
    assert len(read_workbook(tmp_path / "多.csv")[0].rows) == 10
    (tmp_path / "多.csv").write_bytes(b"a,b\n" * 11)
    assert (
        paragraph(tmp_path / "多.csv")
        == "多.csv：超过一百万行，不像台账，没有读\n请这样做：核对文件；确实需要的，分成几个文件。"
    )


# Not recognised yet


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("公文.xlsx", b"%PDF-1.7\n1 0 obj <</Type /Catalog, /Pages 2 0 R>>;", "不是工作簿"),
        ("导出.xls", b"<!-- export --><html><table><tr><td>a;b</td></tr></table>", "其实是网页"),
        ("层.xls", b"<div>x,y</div><table><tr><td>1</td></tr></table>", "其实是网页"),
        ("样式.xls", b"<style>td{color:red;}</style><table><tr><td>1</td></tr></table>", "其实是网页"),
        ("宽字.xls", "<html><table><tr><td>1</td></tr></table></html>".encode("utf-16"), "其实是网页"),
    ],
)
def test_other_beginnings_of_what_is_no_workbook(tmp_path, name, data, what):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(JinguoError) as trouble:
        read_workbook(tmp_path / name)
    assert what in trouble.value.what


@pytest.mark.parametrize(
    "data", [b"name,phone\nx,1\n", "各镇街：请于5月底前报送,谢谢".encode()], ids=["another table", "a sentence"]
)
def test_a_file_like_no_table_is_not_called_free_of_mistakes(tmp_path, data):
    (tmp_path / "workbooks").mkdir()
    book(tmp_path / "workbooks" / "人员台账.xlsx")
    (tmp_path / "别的.csv").write_bytes(data)
    done = jinguo(tmp_path, "check", str(tmp_path / "别的.csv"))
    assert "台账没有问题" not in done.stdout
    assert "别的" in done.stdout


def test_an_open_quotation_mark_is_no_crash(tmp_path):
    (tmp_path / "人员.csv").write_bytes('人员编号,姓名\n"RY0001,王小红\n'.encode() + b"x" * 140_000)
    try:
        read_workbook(tmp_path / "人员.csv")
    except JinguoError as trouble:
        assert trouble.what


def test_an_address_beyond_the_sheet_is_no_crash(tmp_path, capfd):
    (tmp_path / "人员台账.xlsx").write_bytes(with_sheet(lambda data: data.replace(b'r="A2"', b'r="ZZZZZZ99999999999"')))
    assert paragraph(tmp_path / "人员台账.xlsx").startswith("人员台账.xlsx：")


# Memory, in a child of its own

_CHILD = """
import resource, sys
from pathlib import Path
from jinguo.common.addresses import column_index
from jinguo.common.errors import JinguoError
from jinguo.excel.package import sheet_parts
from jinguo.excel.reading.used_range import reach_of_xml
from jinguo.excel.reading.read import read_workbook
resource.setrlimit(resource.RLIMIT_AS, (1_800_000_000, 1_800_000_000))
try:
    print("read", sum(len(s.rows) for s in read_workbook(Path(sys.argv[1]))))
except JinguoError as trouble:
    print("refused", trouble.what)
# ru_maxrss would also count what the process of the tests held when it started this one.
print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024)
"""


def in_a_child(path: Path) -> tuple[str, int]:
    """What came of reading a file, and the most memory it took in MB; a crash is told by its code."""
    done = subprocess.run([sys.executable, "-c", _CHILD, str(path)], capture_output=True, text=True, timeout=60)
    lines = done.stdout.splitlines()
    return (lines[0], int(lines[1])) if done.returncode == 0 else (f"crashed {done.returncode}", 0)


def blank_cells_to_the_bottom() -> bytes:
    """Formatted cells A to C in every row down to the last."""
    rows = b"".join(
        b'<row r="%d"><c r="A%d" s="0"/><c r="B%d" s="0"/><c r="C%d" s="0"/></row>' % (n, n, n, n)
        for n in range(3, 1_048_577)
    )
    return with_sheet(
        lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:C1048576"', data).replace(
            b"</sheetData>", rows + b"</sheetData>"
        )
    )


MEMORY = [
    ("formatting to the bottom", "xlsx", blank_cells_to_the_bottom, "read 2"),
    ("2 GB declared", "xlsx", lambda: declaring(2_000_000_000), "refused 展开后有 2000 MB，不像台账，没有打开"),
    (
        "300 MB in one part",
        "xlsx",
        lambda: with_sheet(lambda _: b" " * 300_000_000),
        "refused 展开后有 300 MB，不像台账，没有打开",
    ),
    ("90 million cells", "csv", lambda: b"," * 90_000_000, "refused 超过三千万格，不像台账，没有读"),
    (
        "seven million cells in a row",
        "xlsx",
        lambda: with_sheet(
            lambda data: data.replace(b"</sheetData>", b'<row r="3">' + b"<c/>" * 7_000_000 + b"</row></sheetData>")
        ),
        "refused 展开后有 28 MB，不像台账，没有打开",
    ),
    ("1,000,001 rows", "csv", lambda: b"a,b\n" * 1_000_001, "refused 超过一百万行，不像台账，没有读"),
]


@pytest.mark.long
@pytest.mark.parametrize(("kind", "make", "came"), [m[1:] for m in MEMORY], ids=[m[0] for m in MEMORY])
def test_a_large_file_takes_less_than_1_gb(tmp_path, kind, make, came):
    path = tmp_path / f"大.{kind}"
    path.write_bytes(make())
    told, megabytes = in_a_child(path)
    assert told == came
    assert 0 < megabytes < 1000


@pytest.mark.parametrize("address", ["ZZ100000", "XFD1048576", "XFD65536"])
def test_one_cell_far_away_does_not_take_the_memory(tmp_path, address):
    """A file of 5 KB; the stray cell must not bring down the program, nor take a gigabyte."""
    path = tmp_path / "远.xlsx"
    path.write_bytes(with_cell(address))
    told, megabytes = in_a_child(path)
    assert told.startswith(("read", "refused"))
    assert megabytes < 1000


_MAIN = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
FAR = {
    "in another row": ('r="A2"', 'r="XFD1048576"', "XFD1048576"),
    "single quotes": ('r="A2"', "r='XFD1048576'", "XFD1048576"),
    "spaces": ('r="A2"', 'r = "XFD1048576"', "XFD1048576"),
    "a tab": ('<c r="A2"', '<c\tr="XFD1048576"', "XFD1048576"),
    "an entity": ('r="A2"', 'r="&#88;FD1048576"', "XFD1048576"),
    "small letters": ('r="A2"', 'r="xfd1048576"', "XFD1048576"),
    "another attribute first": ('<c r="A2"', '<c s="0" r="XFD1048576"', "XFD1048576"),
    "no address": ("</sheetData>", f'<row r="1048576">{"<c/>" * 600}<c><v>1</v></c></row></sheetData>', "WC1048576"),
    "a prefix": (
        "</sheetData>",
        f'<x:row {_MAIN} r="3"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></sheetData>',
        "XFD1048576",
    ),
    "two sheetData": (
        "<sheetData>",
        f'<x:sheetData {_MAIN}><x:row r="1"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData><sheetData>',
        "XFD1048576",
    ),
    "a text of no length": (
        "</sheetData>",
        '<row r="3"><c r="XFD1048576" t="str"><v></v></c></row></sheetData>',
        "XFD1048576",
    ),
    "an untrue size": ('ref="A1:C2"', 'ref="A1:XFD1048576"', ""),
    "formatting alone": ("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>', ""),
}


@pytest.mark.parametrize(("old", "new", "far"), FAR.values(), ids=FAR)
def test_a_far_cell_is_found_however_it_is_written(tmp_path, old, new, far):
    """Whatever calamine would take for a cell; where only the size is not true the sheet is read."""
    path = tmp_path / "远.xlsx"
    data = with_sheet(lambda data: data.replace(old.encode(), new.encode()))
    assert data != GOOD
    path.write_bytes(data)
    told, megabytes = in_a_child(path)
    assert told == (f"refused 工作表“人员”一直用到 {far}，大得读不了" if far else "read 2")
    assert megabytes < 1000


def test_a_csv_of_absurd_size_is_refused(tmp_path):
    path = tmp_path / "大.csv"
    with path.open("wb") as stream:
        stream.write(b"a,b\n" * 2000)
        stream.truncate(150_000_000)
    assert paragraph(path) == "大.csv：有 150 MB，不像台账，没有读\n请这样做：核对文件；确实需要的，分成几个文件。"


def far_ods(rows: int, columns: int) -> bytes:
    """An .ods in which one value is repeated so many times."""
    cell = f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'
    content = re.sub(
        "<table:table-header-rows>.*(?=</table:table>)",
        f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>',
        ODS,
        flags=re.S,
    )
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return archive(
        mimetype=b"application/vnd.oasis.opendocument.spreadsheet",
        **{"META-INF_manifest.xml": manifest, "content.xml": content.encode()},
    )


def far_xlsb() -> bytes:
    """The .xlsb with its second row at the bottom, and one cell of it in the last column."""
    sheet = "xl/worksheets/sheet1.bin"
    row, cell = bytes.fromhex("0019 01000000"), bytes.fromhex("0510 04000000")
    far_row, far_cell = bytes.fromhex("0019 ffff0f00"), bytes.fromhex("0510 ff3f0000")
    return repacked(
        XLSB, lambda name, data: data.replace(row, far_row).replace(cell, far_cell) if name == sheet else data
    )


@pytest.mark.parametrize(
    ("kind", "data"), [("ods", far_ods(1_048_576, 16_384)), ("xlsb", far_xlsb())], ids=["ods", "xlsb"]
)
def test_a_far_cell_is_found_in_the_other_formats(tmp_path, kind, data):
    path = tmp_path / f"远.{kind}"
    path.write_bytes(data)
    told, megabytes = in_a_child(path)
    assert told == "refused 工作表“人员”一直用到 XFD1048576，大得读不了"
    assert megabytes < 1000


def test_a_value_repeated_within_reason_is_read(tmp_path):
    path = tmp_path / "近.ods"
    path.write_bytes(far_ods(1000, 3))
    assert in_a_child(path)[0] == "read 1000"


def test_two_sheets_of_one_name_are_refused():
    """Which of them a reader takes cannot be known."""
    book = with_sheet(
        lambda data: data.replace(b"</sheets>", data[data.index(b"<sheet ") : data.index(b"</sheets>")] + b"</sheets>"),
        "xl/workbook.xml",
    )
    with pytest.raises(ValueError, match="one name"):
        sheet_parts(Package(book))


_COLUMNS, _ROWS = (
    st.sampled_from(["A", "C", "Z", "AA", "BC", "ZZ", "AAA"]),
    st.sampled_from([1, 2, 9, 10, 99, 350, 1000, 99_999, 400_000, 1_048_576]),
)


@given(
    st.lists(st.tuples(_COLUMNS, _ROWS, st.sampled_from(['r="{}"', "r='{}'", 's="1" r="{}"'])), min_size=1, max_size=6),
    _COLUMNS,
    _ROWS,
)
@settings(max_examples=examples(300), deadline=None)
def test_no_cell_lies_beyond_what_the_reach_says(cells, column, row):
    xml = "".join(f'<row r="{n}"><c {how.format(letters + str(n))}><v>1</v></c></row>' for letters, n, how in cells)
    rows, columns = reach_of_xml(
        f'<worksheet><dimension ref="A1:{column}{row}"/><sheetData>{xml}</sheetData></worksheet>'.encode()
    )
    most = max(n for _, n, _ in cells), max(column_index(letters) + 1 for letters, _, _ in cells)
    assert rows >= most[0]
    assert columns >= most[1]
    # Where it is more than can be read, it is exact.
    assert rows * columns <= 30_000_000 or (rows, columns) == most


# Any bytes at all


def check_result_or_refusal(path: Path) -> None:
    """Reading gives sheets, or a paragraph in Chinese with a remedy."""
    try:
        sheets = read_workbook(path)
    except JinguoError as trouble:
        assert re.search("[\u4e00-\u9fff]", trouble.what)
        assert trouble.remedy
        return
    assert all(isinstance(sheet, RawSheet) for sheet in sheets)


_STARTS = [
    b"",
    OLE,
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"<",
    b"<?xml",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    GOOD[:300],
    OLD_XLS[:1024],
    b'a,"b',
    b"%PDF",
]


@given(st.sampled_from(_STARTS), st.binary(max_size=600), st.sampled_from(["xlsx", "xls", "csv", "ods", "et"]))
@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path, start, rest, extension):
    path = tmp_path / f"乱.{extension}"
    path.write_bytes(start + rest)
    check_result_or_refusal(path)


@pytest.mark.parametrize(("kind", "data"), [("xlsb", XLSB), ("xlsx", GOOD)], ids=["xlsb", "xlsx"])
def test_a_workbook_cut_anywhere_is_read_or_refused(tmp_path, kind, data):
    path = tmp_path / f"断.{kind}"
    for end in range(0, len(data), 97):
        path.write_bytes(data[:end])
        check_result_or_refusal(path)


@pytest.mark.slow
def test_an_old_xls_cut_anywhere_is_read_or_refused(tmp_path):
    path = tmp_path / "断.xls"
    for end in range(0, len(OLD_XLS), len(OLD_XLS) // examples(20)):
        path.write_bytes(OLD_XLS[:end])
        check_result_or_refusal(path)


def damaged(data: bytes) -> list[bytes]:
    """Copies with one to three bytes changed."""
    chance = random.Random(20261015)
    copies = []
    for _ in range(examples(30)):
        copy = bytearray(data)
        for _ in range(chance.choice([1, 3])):
            copy[chance.randrange(len(copy))] = chance.randrange(256)
        copies.append(bytes(copy))
    return copies


_MANY = """
import sys
from pathlib import Path
from jinguo.common.addresses import column_index
from jinguo.common.errors import JinguoError
from jinguo.excel.package import sheet_parts
from jinguo.excel.reading.used_range import reach_of_xml
from jinguo.excel.reading.read import read_workbook
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        read_workbook(path)
    except JinguoError:
        pass
print("done")
"""


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "data"), [("xls", OLD_XLS), ("xlsb", XLSB)], ids=["xls", "xlsb"])
def test_damaged_bytes_of_the_binary_formats_are_read_or_refused(tmp_path, kind, data):
    """In a child, as the process itself may be aborted."""
    for n, copy in enumerate(damaged(data)):
        (tmp_path / f"坏{n:03}.{kind}").write_bytes(copy)
    done = subprocess.run([sys.executable, "-c", _MANY, str(tmp_path)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "done\n")


# By the real command


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Path:
    """A folder with one good workbook among every bad one."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "workbooks").mkdir()
    book(folder / "workbooks" / "人员台账.xlsx")
    for name, (data, _, _) in BAD.items():
        (folder / "workbooks" / name).write_bytes(data)
    return folder


def test_every_bad_file_of_the_folder_is_told_and_the_good_one_is_read(workplace):
    before = snapshot(workplace / "workbooks")
    done = jinguo(workplace, "check")
    assert done.returncode == 2, done.stderr
    for name, (_, what, _) in BAD.items():
        # A lock file is passed over in a folder.
        assert (f"【打不开】{name}：{what}" in done.stdout) is not name.startswith("~$")
    assert "人员台账.xlsx › 人员 › C3" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert snapshot(workplace / "workbooks") == before


def test_the_good_workbook_among_the_bad_ones_has_its_values(workplace):
    sources = read_folder(workplace / "workbooks")
    assert list(sources.sheets) == ["人员台账.xlsx"]
    assert set(sources.refused) == {name for name in BAD if not name.startswith("~$")}
    assert load_registry(workplace / "workbooks", TODAY)["people"]["name"] == ["王小红", "李芳"]


@pytest.mark.parametrize("name", ["加密.xlsx", "网页.xls", "炸弹.xlsx", "~$人员台账.xlsx"])
def test_a_bad_file_named_on_the_command_line(workplace, tmp_path, name):
    data, what, remedy = BAD[name]
    (tmp_path / name).write_bytes(data)
    done = jinguo(workplace, "check", str(tmp_path / name))
    assert done.returncode == 2
    assert f"{name}：{what}\n请这样做：{remedy}" in done.stdout + done.stderr


def test_the_other_files_named_on_the_command_line_are_still_read(workplace, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"")
    book(tmp_path / "名单.xlsx")
    done = jinguo(workplace, "check", str(tmp_path / "坏.xlsx"), str(tmp_path / "名单.xlsx"))
    assert done.returncode == 2
    assert "坏.xlsx：文件是空的" in done.stdout + done.stderr
    assert "名单.xlsx › 人员 › C3" in done.stdout


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path):
    path = book(tmp_path / "人员台账.xlsx")
    path.chmod(0)
    assert paragraph(path).startswith("人员台账.xlsx：文件打不开，可能正被别的程序独占")
