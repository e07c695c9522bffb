"""One registry in every format staff have: the same values, the same findings, known by content and not by
extension."""

from __future__ import annotations

import base64
import datetime
import io
import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter

from jinguo.common.ooxml import read_parts, write_parts
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.reading.sniff import Kind, sniff
from jinguo.intake.loading import load_files
from tests.excel.test_reading import repacked
from tests.helpers import TODAY, places

#: People as in PEOPLE, by pyxlsbwriter 0.1.0: nothing else that is free writes .xlsb.
XLSB = zlib.decompress(
    base64.b85decode(
        "c-rMy>u(fQ6hC)nXcyYrEnAQx=(1oj(0%klTWU*rlqMA^4Xu%CO_}aaw=26db!Lj&7^R?sj}PJltI?tmf*KNE_{sPm_zC%9VtpVM5C{QHL=6Vdy)(13JG*^A`o(xBcjn$R_x#Se=bn4d"
        "nd#WV3#DL`W#BvSIa|a7(7FgI$$0QdMct(hNRqAv*`qSh7nAoAc%9t&wZOr8gY~9aX!{M~21j|Gz>DPWaXy_!IU{NPQL;3X>1s1ETO3yYEwX}lz!JzVFA>;J;NCm}+#N7-$i>Zpa+u%?"
        "sdg@?U@ZH2Xq=zoD6oVy&L<XVzD?sy1t8C+QAL<CB{ogKC#^8wq8;GjRa=!2LlvYznI*b{q|Jgd=NEzn&3eS_5!U0(9>;o?5<Ke(W{as%My3`(%bb(|YjTDFYx;%&T3mFrTS!CtY53fF"
        "DC4FVGB-oWybK`)8A2$_YXnAxjrQ8+T3?vP2WbC@;elM5N=FHN&vR}V=R^IhoNKn8#-IzSXEiIQQ%|~p;Kl`9<aP=yhkXP(GPcmS*RC#DieqS9p0$N~RVkjnkpi^e*qltny}Kn<iz#xG"
        "uQCwwc_lflL}GHZ$@frKtH0jo)pSvgh;c=hnta2O=4)OzuW`E+7j@*(24aJn7eQpL$v2?ugAKu;79Nliq83mFB^lrJD{4a2v8zUdgJO7>7?pxmp-^p5O~>##K)r2|CZF0Csq}ffh6klA"
        "@I)-EDw@)-2f|7ssPy;8!nt6B$@s>YEULq8azsiZmZ(N0y~)>S6PY!9L6jfNnAN&W>yBO7`biR9hE@+!9^ItKx+LqpR6Xsn0M7Kbt;ry6(~4n34Zlt?s1;kJesL(Sdp9SMZfHU$=r#2<"
        "tSJr-#$#bN+2C$D5=dx%DH)dH0p=h9!#sh6h(_Kli+ynkhlr+`atNTlG>wGJdHBsa1Tt1@H4d0e1bsER1dDMST3?MtByWeP>g{3zhXu`j(5EQ70<&w0DWqiuu9=EWF{6YT2*`5e8H&N7"
        "jOk%*s+nl|a9q-E$!d&aO3VRKl_H(Gio4?0pwk(R4a+u;W225-`t#H(JOXK@2fcCd{l|~H9N@;8*P?`n5@@?zXJ6(B`|xvah-uHhqpf2nOEIR=T5Lxa3*cD-Bc#e19%&3rLYzgdI(DyR"
        "k-rLRpc?PB@HQ#*rUf+`?f7CC8Fkmt3~&=PKo4l}1Y&5|>H-O$It;@jAi^NTur~xd*xNpQUk+Bd+`DLB3N?te66N)R3}H|avl81+;k_2tKnUug1zT&ukMdfvSBI?{yc@K7Y_Gw#A4k=|"
        "2CO0Eq<EE#UI$Mz3BercK{*^SQ!qP%7nupG@&2%pcOG5{@I?&ce>uPo&IU-nK;RVu?~)}}@Tcj73T>FYRx<N`*}kLeAb~R+OmJ|Kb2~GVpE+3By3Fd)mFvYx#?WLs8dJqdiP#d+d?FfA"
        "Vk7RiSI<o8n8ssd@tTVq(}JeXH$J-d&DOpSmM1?B?+^mZ1zbBg;U;7SJm*YJLZP)kR%76#wa9QF`)GNSgY$ww1y)oXW3hGEyn4{^3B2etf>#fCVF0fNMy<H}ILqB88+}25vw}c1T)lD}"
        "?+1x7uYAKyH@SS~Wg?m*h9*$)P6rbBiY4AxrW$Ca)_YyJj=u=-oiPD_3rnJnPm`Pc279${rTAM)W&veffC*#zf$EIpab~S^0{mvM2i@ty-RQ`_3-GHT2<%<DNcxUaj-^ouqa4qo03m5y"
        "7X`RvNMn{QN$r@-9TiG#1^Q*s4hk+tf-Q`U4scn3zj)@dfAesI@320Tx|oZ{(ZM^}`9WJ-u|{wqhmgODjq1SOZba16Mm>nMC_0?Z&WnF|^m1Hvxa5LAT&pbjPUaV3wxe>hUU$J|7pyS%"
        "$fs`j+|7>51x&dZsvyk(<)j-vb0f+q=h$7%d54zNq5ILg*w|f0&`Uq0|BnIC&ZSbZFL!Q+sa7s!s%BFeGc!tQl9pRdBEEW7#b;zswia30*tFR|=?7&Wp28NbrRHJoM0t<6ip+TDDPm!S"
        "#;S#Tu6KIove<IEyQs@-uH3nLyV=~**AVqAV4M5QHf86YZTAfob`^^g(mhd63Hwv99l9|Fhgcl;6tMpeFKfj;N1yTJvvWb~_T0tNJ{qLg;=Kx=HD<7`hb)vTFh#dVPwq1@4s@G3*W&9s"
        "9P~boXM`)|C;wk%l@WHTP4*GsL~(wy+bEm(8GXPz0i9o|HsBE<=Qpbpz?nVU01vn_a%m@{Ge@);$L3~bj80}}eqb~IP~gZGoUG2n&t`2bp6V!c;yAt9#yL@v+s8Y$%*iu;Qn|o`(m!Uu"
        "-~I(AmYtU"
    )
)
CONSENT = datetime.date(2026, 1, 9)
PEOPLE = [
    ["人员编号", "姓名", "性别", "手机", "信息使用同意日期"],
    ["RY0001", "王小红", "女", "13912345678", CONSENT],
    ["RY0002", "李芳", "妇", "6270", None],
]
VALUES = {
    "number": ["RY0001", "RY0002"],
    "name": ["王小红", "李芳"],
    "sex": ["女", None],
    "mobile": ["13912345678", None],
    "consent_date": [CONSENT, None],
}
FOUND = [("CELL-004", "C3"), ("CELL-008", "D3")]
TEXT = "人员编号,姓名,性别,手机,信息使用同意日期\r\nRY0001,王小红,女,13912345678,2026-01-09\r\nRY0002,李芳,妇,6270,\r\n"
CSVS = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with BOM": TEXT.encode("utf-8-sig"),
    "GB18030": TEXT.encode("gb18030"),
    "tab": TEXT.replace(",", "\t").encode(),
    "tab GB18030": TEXT.replace(",", "\t").encode("gb18030"),
    "semicolon": TEXT.replace(",", ";").encode("utf-8-sig"),
    "line feeds": TEXT.replace("\r\n", "\n").encode(),
    "old Mac lines": TEXT.replace("\r\n", "\r").encode(),
    "quoted": TEXT.replace("王小红", '"王小红"').encode(),
    "no last line break": TEXT.rstrip().encode(),
}


def book(path: Path, macro: bool = False) -> Path:
    """PEOPLE as Excel saves them, dates as dates."""
    made = xlsxwriter.Workbook(path)
    target = made.add_worksheet("人员")
    day = made.add_format({"num_format": "yyyy-mm-dd"})
    for r, row in enumerate(PEOPLE):
        for c, value in enumerate(row):  # type: ignore[arg-type, var-annotated]
            if isinstance(value, datetime.date):
                target.write_datetime(r, c, value, day)
            elif value is not None:
                target.write(r, c, value)
    made.close()
    if macro:
        plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        data = repacked(
            path.read_bytes(),
            lambda _, part: part.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        )
        path.write_bytes(data)
    return path


@pytest.fixture(scope="session")
def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A LibreOffice profile made once: a fresh one costs a second each time."""
    return f"-env:UserInstallation=file://{tmp_path_factory.mktemp('profile')}"


@pytest.fixture(scope="session")
def formats(tmp_path_factory: pytest.TempPathFactory, profile: str) -> dict[str, bytes]:
    """The workbook by extension; .xls and .ods by LibreOffice, absent where there is none."""
    folder = tmp_path_factory.mktemp("formats")
    original = book(folder / "人员.xlsx")
    made = {"xlsx": original.read_bytes(), "xlsm": book(folder / "人员宏.xlsx", macro=True).read_bytes(), "xlsb": XLSB}
    soffice = shutil.which("soffice")
    if soffice:
        for kind in ("xls", "ods"):
            command = [soffice, "--headless", profile, "--convert-to", kind, "--outdir", str(folder), str(original)]
            subprocess.run(command, capture_output=True, timeout=120, check=True)
            made[kind] = (folder / f"人员.{kind}").read_bytes()
        made["et"] = made["xls"]
    return made


def wanted(formats: dict[str, bytes], kind: str) -> bytes:
    if kind not in formats:
        pytest.skip("没有 LibreOffice，做不出 .xls 和 .ods")
    return formats[kind]


def assert_the_people(path: Path) -> None:
    """The values and the findings of PEOPLE, whatever the format."""
    built = load_files([path], TODAY)
    people = built["people"]
    assert {name: people[name] for name in VALUES} == VALUES
    assert people.rows == [2, 3]
    assert [(code, cell) for code, _, cell in places(built.findings, "CELL")] == FOUND


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xlsb", "xls", "et", "ods"])
def test_every_format_gives_the_same_values_and_findings(tmp_path, formats, kind):
    path = tmp_path / f"人员台账.{kind}"
    path.write_bytes(wanted(formats, kind))
    assert_the_people(path)


@pytest.mark.parametrize(
    ("kind", "extension"),
    [
        ("xlsx", "xls"),
        ("xlsx", "et"),
        ("xlsx", "ods"),
        ("xlsx", "csv"),
        ("xlsm", "xlsx"),
        ("xlsb", "xlsx"),
        ("xlsb", "csv"),
        ("xls", "xlsx"),
        ("xls", "csv"),
        ("ods", "xlsx"),
        ("ods", "xls"),
    ],
)
def test_the_content_decides_not_the_extension(tmp_path, formats, kind, extension):
    path = tmp_path / f"人员台账.{extension}"
    path.write_bytes(wanted(formats, kind))
    assert_the_people(path)


@pytest.mark.parametrize(
    ("kind", "reader"),
    [
        ("xlsx", Kind.OOXML),
        ("xlsm", Kind.OOXML),
        ("xlsb", Kind.CALAMINE),
        ("xls", Kind.CALAMINE),
        ("ods", Kind.CALAMINE),
    ],
)
def test_the_reader_of_each_format(tmp_path, formats, kind, reader):
    path = tmp_path / "无扩展名"
    path.write_bytes(wanted(formats, kind))
    assert sniff(path) is reader


def merged_and_hidden(path: Path) -> Path:
    """A merged township over three rows, two errors, a hidden row and a hidden column, with the results as Excel
    saves them."""
    made = xlsxwriter.Workbook(path)
    target = made.add_worksheet("社会组织")
    for r, row in enumerate(
        [
            ["组织编号", "组织名称", "所属镇街", "联系人", "专职人数"],
            ["ZZ0001", "甲会"],
            ["ZZ0002", "乙会"],
            ["ZZ0003", "丙会"],
            ["ZZ0004", "丁会", "第二镇"],
        ]
    ):
        target.write_row(r, 0, row)
    target.merge_range(1, 2, 3, 2, "第一镇")
    target.write_formula("E2", "=1/0", None, "#DIV/0!")
    target.write_formula("E3", "=1+2", None, 3)
    target.write_formula("B5", "=NA()", None, "#N/A")
    target.set_row(4, options={"hidden": True})
    target.set_column(3, 3, 10, None, {"hidden": True})
    made.close()
    return path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_merged_cells_errors_and_what_is_hidden_are_seen_in_every_format(tmp_path, profile, kind):
    path = merged_and_hidden(tmp_path / "社会组织台账.xlsx")
    if kind != "xlsx":
        soffice = shutil.which("soffice")
        if not soffice:
            pytest.skip("没有 LibreOffice，做不出 .xls 和 .ods")
        subprocess.run(
            [soffice, "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path), str(path)],
            capture_output=True,
            timeout=120,
            check=True,
        )
        path = path.with_suffix(f".{kind}")
    (sheet,) = read_workbook(path)
    assert sheet.merged == [(1, 2, 3, 2)]
    assert sheet.errors == {(1, 4): "#DIV/0!", (4, 1): "#N/A"}
    assert sheet.hidden == {"rows": 1, "columns": 1}
    built = load_files([path], TODAY)
    assert built["organisations"]["township"] == ["第一镇", "第一镇", "第一镇", "第二镇"]
    found = [(f.code, f.cell) for f in built.findings if f.code in ("CELL-018", "REG-010", "REG-012")]
    assert found == [("REG-012", ""), ("REG-010", "C2"), ("CELL-018", "E2"), ("CELL-018", "B5")]


@pytest.mark.parametrize(
    "column",
    ['min="4" max="4" width="10" hidden="1"', 'hidden="true" outlineLevel="0" max="4" min="4"'],
    ids=["Excel", "LibreOffice"],
)
def test_a_hidden_column_is_seen_whoever_saved_the_workbook(tmp_path, column):
    path = merged_and_hidden(tmp_path / "社会组织台账.xlsx")
    parts = read_parts(path.read_bytes())
    sheet = "xl/worksheets/sheet1.xml"
    path.write_bytes(write_parts(parts | {sheet: re.sub(rb"<col [^>]*/>", f"<col {column}/>".encode(), parts[sheet])}))
    (raw,) = read_workbook(path)
    assert raw.hidden["columns"] == 1


def test_single_quotes_around_attributes_make_no_difference(tmp_path):
    path = merged_and_hidden(tmp_path / "社会组织台账.xlsx")
    (before,) = read_workbook(path)
    parts, sheet = read_parts(path.read_bytes()), "xl/worksheets/sheet1.xml"
    path.write_bytes(write_parts(parts | {sheet: re.sub(rb'="([^"\']*)"', rb"='\1'", parts[sheet])}))
    assert read_workbook(path) == [before]


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of an .xlsb: its number and its length in groups of seven bits, the lowest first."""
    assert len(data) < 0x80
    return bytes([kind] if kind < 0x80 else [kind & 0x7F | 0x80, kind >> 7]) + bytes([len(data)]) + data


def xlsb_sheet(rows: list[list[str]], merged: tuple[int, int, int, int], hidden_row: int, hidden_column: int) -> bytes:
    """The records of a sheet as Excel writes them; a cell of #… is an error, one of =#… the error of a formula."""
    errors = {"#DIV/0!": 0x07, "#N/A": 0x2A}
    parts = [record(129), record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1))]
    parts += [
        record(390),
        record(60, struct.pack("<IIIIH", hidden_column, hidden_column, 2560, 0, 0x0003)),
        record(391),
        record(145),
    ]
    for r, row in enumerate(rows):
        parts.append(record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0x10 if r == hidden_row else 0, 0, 0)))
        for c, text in enumerate(row):
            cell = struct.pack("<II", c, 0)
            if text.startswith("="):
                # The formula is the error itself (PtgErr).
                parts.append(
                    record(
                        11, cell + bytes([errors[text[1:]]]) + struct.pack("<HIBBI", 0, 2, 0x1C, errors[text[1:]], 0)
                    )
                )
            elif text.startswith("#"):
                parts.append(record(3, cell + bytes([errors[text]])))
            elif text:
                parts.append(record(6, cell + struct.pack("<I", len(text)) + text.encode("utf-16-le")))
    top, left, bottom, right = merged
    parts += [
        record(146),
        record(177, struct.pack("<I", 1)),
        record(176, struct.pack("<IIII", top, bottom, left, right)),
        record(178),
        record(130),
    ]
    return b"".join(parts)


def test_merged_cells_errors_and_what_is_hidden_are_seen_in_an_xlsb(tmp_path, profile):
    rows = [
        ["人员编号", "姓名", "镇街", "手机"],
        ["RY0001", "甲", "第一镇", "#N/A"],
        ["RY0002", "乙", "", ""],
        ["RY0003", "=#DIV/0!", "第二镇", ""],
    ]
    path = tmp_path / "人员台账.xlsb"
    with zipfile.ZipFile(io.BytesIO(XLSB)) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, xlsb_sheet(rows, (1, 2, 2, 2), 3, 3) if name == "xl/worksheets/sheet1.bin" else old.read(name)
            )
    paths = [path]
    if soffice := shutil.which("soffice"):
        # Another program understands these records as we do.
        subprocess.run(
            [soffice, "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path), str(path)],
            capture_output=True,
            timeout=120,
            check=True,
        )
        paths.append(path.with_suffix(".xlsx"))
    for path in paths:
        sheet = next(sheet for sheet in read_workbook(path) if sheet.name == "人员")
        assert sheet.rows == [[cell if cell[:1] not in ("#", "=") else "" for cell in row] for row in rows]
        assert sheet.merged == [(1, 2, 2, 2)]
        assert sheet.errors == {(1, 3): "#N/A", (3, 1): "#DIV/0!"}
        assert sheet.hidden == {"rows": 1, "columns": 1}


ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="人员">
<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse" table:number-columns-repeated="1000"/>
<table:table-header-rows><table:table-row>CELLS</table:table-row></table:table-header-rows>
<table:table-row table:number-rows-repeated="2" table:visibility="filter">CELLS</table:table-row>
<table:table-row><table:table-cell table:number-columns-repeated="2"/>
<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000" table:visibility="collapse"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_of_another_writer(tmp_path):
    """Repeated rows and columns, an error kept as 0, rows hidden down to the last one."""
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="3"><text:p>姓名</text:p></table:table-cell>'
    path = tmp_path / "人员台账.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        package.writestr("content.xml", ODS.replace("\n", "").replace("CELLS", cell))
    (sheet,) = read_workbook(path)
    assert sheet.rows == [["姓名"] * 3] * 3 + [["", "", ""]]
    assert sheet.errors == {(3, 2): "#DIV/0!"}
    assert sheet.hidden == {"rows": 2, "columns": 1}


@pytest.mark.parametrize("data", CSVS.values(), ids=CSVS)
def test_a_csv_gives_the_same_values_and_findings_in_any_encoding(tmp_path, data):
    """A CSV is named after its table, having no sheet of its own."""
    path = tmp_path / "人员.csv"
    path.write_bytes(data)
    assert_the_people(path)


@pytest.mark.parametrize("extension", ["xls", "xlsx", "et", "txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_csv_under_another_extension_is_read(tmp_path, extension, encoding):
    path = tmp_path / f"人员.{extension}"
    path.write_bytes(TEXT.encode(encoding))
    assert_the_people(path)


def test_values_of_a_csv_stay_text_with_commas_breaks_and_leading_noughts(tmp_path):
    path = tmp_path / "人员.csv"
    path.write_bytes('编号,简历,手机\r\n001,"2002年,参加工作\n2010年,任会长",0574-62700001\r\n'.encode())
    assert read_workbook(path)[0].rows == [
        ["编号", "简历", "手机"],
        ["001", "2002年,参加工作\n2010年,任会长", "0574-62700001"],
    ]


def test_an_error_saved_as_text_is_no_value(tmp_path):
    path = tmp_path / "人员.csv"
    path.write_bytes(TEXT.replace("李芳", " #N/A").replace("6270", "#REF!").encode())
    built = load_files([path], TODAY)
    assert built["people"]["name"] == ["王小红", None]
    assert built["people"]["mobile"] == ["13912345678", None]
    assert [(f.code, f.cell, f.message) for f in built.findings if f.cell in ("B3", "D3")] == [
        ("CELL-018", "B3", "“姓名”里是公式错误 #N/A。规定：单元格里不能留着公式错误。"),
        ("CELL-018", "D3", "“手机”里是公式错误 #REF!。规定：单元格里不能留着公式错误。"),
    ]


def test_a_title_line_does_not_hide_the_separator(tmp_path):
    """Excel pads a title to the width of the table; an export of a system does not."""
    path = tmp_path / "人员.csv"
    path.write_bytes(("2026年人员名册\r\n" + TEXT.replace(",", "\t")).encode())
    built = load_files([path], TODAY)
    assert built["people"]["number"] == ["RY0001", "RY0002"]


def test_the_unicode_text_of_excel_is_read(tmp_path):
    """“Unicode 文本” is UTF-16 with tabs."""
    path = tmp_path / "人员.txt"
    path.write_bytes(TEXT.replace(",", "\t").encode("utf-16"))
    assert_the_people(path)


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_merged_labels_are_filled_down_in_every_format(tmp_path, formats, profile, kind):
    made = xlsxwriter.Workbook(tmp_path / "人员台账.xlsx")
    target = made.add_worksheet("任职")
    target.write_row("A1", ["人员编号", "组织编号", "职务", "起始"])
    target.merge_range("A2:A3", "RY0001")
    target.write_row("B2", ["ZZ0001", "会长", "2022.05"])
    target.write_row("B3", ["ZZ0002", "理事", "2023.05"])
    made.close()
    path = tmp_path / f"人员台账.{kind}"
    if kind != "xlsx":
        wanted(formats, kind)
        command = ["soffice", "--headless", profile, "--convert-to", kind, "--outdir", str(tmp_path)]
        subprocess.run([*command, str(tmp_path / "人员台账.xlsx")], capture_output=True, timeout=120, check=True)
    built = load_files([path], TODAY)
    assert places(built.findings, "REG-010", "CELL-001") == [("REG-010", "任职", "A2")]
    assert built["posts"].raw["person"] == ["RY0001", "RY0001"]


def test_all_formats_together_in_a_folder(tmp_path, formats):
    """A folder may hold each workbook in another format."""
    (tmp_path / "人员台账.xlsb").write_bytes(XLSB)
    (tmp_path / "镇街.csv").write_bytes("镇街\r\n阳明街道\r\n".encode("gb18030"))
    built = load_files([tmp_path / "人员台账.xlsb", tmp_path / "镇街.csv"], TODAY)
    assert (built["people"]["name"], built["townships"]["name"]) == (["王小红", "李芳"], ["阳明街道"])
