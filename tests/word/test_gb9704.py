"""A generated 公文 measured by GB/T 9704-2012: in its XML, on the page LibreOffice sets, and by Microsoft's validator."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

import docx
import pytest
from lxml import etree

from jinguo.documents.templates import TEMPLATES
from jinguo.registry.settings import Settings
from jinguo.word import gbt9704
from jinguo.word.base import base_document
from jinguo.word.gbt9704 import millimetres
from jinguo.word.template_files import render
from tests.helpers import ROOT, TODAY

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}
FONTS = {"标题字体": "方正小标宋简体", "正文字体": "仿宋_GB2312", "楷体字体": "楷体_GB2312", "黑体字体": "黑体"}
NOTICE = "2026-10-22 女性社会组织规范化建设专题培训班 培训通知.docx"
OFFICE = Settings({"单位名称": "余姚市妇女联合会"})


def part(path: Path, name: str) -> etree._Element:
    with zipfile.ZipFile(path) as package:
        return etree.fromstring(package.read(name))


def attributes(element: etree._Element | None) -> dict[str, str]:
    assert element is not None
    return {etree.QName(k).localname: str(v) for k, v in element.attrib.items()}


@pytest.fixture(scope="module")
def notice(generated) -> Path:
    return generated / "output" / "通知" / NOTICE


# The numbers of the standard


@pytest.mark.parametrize(
    ("length", "twips"), [(25.4, 1440), (37, 2098), (28, 1587), (26, 1474), (35, 1984), (225, 12756), (0, 0)]
)
def test_millimetres_as_twips(length, twips):
    assert millimetres(length) == twips


def test_the_text_block_holds_22_lines_and_28_characters():
    """225 mm are 12756 twips, 156 mm are 8844; a 3 号 character is 320 twips wide, less the grid's 849/4096 pt."""
    assert 22 * gbt9704.LINE_PITCH <= 12756 < 22 * (gbt9704.LINE_PITCH + 1)
    advance = 320 + gbt9704.CHARACTER_SPACE / 4096 * 20
    assert 28 * advance <= 8845 < 29 * advance


# In the XML


def test_the_page(notice):
    section = part(notice, "word/document.xml").find(".//w:sectPr", NS)
    assert attributes(section.find("w:pgSz", NS)) == {"w": "11906", "h": "16838"}
    margins = attributes(section.find("w:pgMar", NS))
    assert {k: margins[k] for k in ("top", "right", "bottom", "left", "gutter")} == {
        "top": "2098",
        "right": "1474",
        "bottom": "1984",
        "left": "1587",
        "gutter": "0",
    }
    assert attributes(section.find("w:docGrid", NS)) == {
        "type": "linesAndChars",
        "linePitch": "579",
        "charSpace": "-849",
    }


def test_the_page_number_stands_7_mm_below_the_text(notice):
    """35 mm are 1984 twips, less 7 mm (397) and half the height of the number (14 pt, 280), where its dashes lie."""
    section = part(notice, "word/document.xml").find(".//w:sectPr", NS)
    assert attributes(section.find("w:pgMar", NS))["footer"] == "1447"


@pytest.mark.parametrize("name", [*TEMPLATES, "generated"])
def test_every_font_is_named_for_every_script_and_no_theme_wins(name, notice):
    path = notice if name == "generated" else ROOT / "templates" / name
    with zipfile.ZipFile(path) as package:
        trees = {n: etree.fromstring(package.read(n)) for n in package.namelist() if n.endswith(".xml")}
    assert not [n for n in trees if "theme" in n.lower()]
    for part_name, tree in trees.items():
        for element in tree.iter():
            assert not [a for a in element.attrib if etree.QName(a).localname.lower().endswith("theme")], part_name
    found = list(trees["word/styles.xml"].iter(f"{{{W}}}rFonts"))
    assert len(found) > 8
    for fonts in found:
        values = attributes(fonts)
        assert len({values[k] for k in ("ascii", "hAnsi", "eastAsia", "cs")}) == 1
        assert values["hint"] == "eastAsia"


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("公文标题", "方正小标宋简体", "44"),
        ("发文机关标志", "方正小标宋简体", "72"),
        ("公文正文", "仿宋_GB2312", "32"),
        ("主送机关", "仿宋_GB2312", "32"),
        ("署名", "仿宋_GB2312", "32"),
        ("一级标题", "黑体", "32"),
        ("二级标题", "楷体_GB2312", "32"),
        ("附件标记", "黑体", "32"),
        ("footer", "宋体", "28"),
    ],
)
def test_the_fonts_and_sizes_of_the_elements(notice, style, font, half_points):
    """7.2, 7.3: 3 号 is 16 pt, 2 号 22 pt, 4 号 14 pt."""
    tree = part(notice, "word/styles.xml")
    own = next(s for s in tree.iter(f"{{{W}}}style") if attributes(s.find("w:name", NS))["val"] == style)
    default = tree.find("w:docDefaults/w:rPrDefault/w:rPr", NS)
    fonts, size = (own.find(f"w:rPr/w:{tag}", NS) for tag in ("rFonts", "sz"))
    fonts = default.find("w:rFonts", NS) if fonts is None else fonts
    size = default.find("w:sz", NS) if size is None else size
    assert (attributes(fonts)["eastAsia"], attributes(size)["val"]) == (font, half_points)


@pytest.mark.parametrize(
    ("style", "indent"),
    [
        ("公文正文", {"firstLineChars": "200", "firstLine": "628"}),
        ("一级标题", {"firstLineChars": "200", "firstLine": "628"}),
        ("主送机关", None),
        ("附件标记", None),
    ],
)
def test_the_first_lines(notice, style, indent):
    """7.3.3: 每个自然段左空二字; 主送机关 and the mark of an attachment stand flush left."""
    own = next(
        s
        for s in part(notice, "word/styles.xml").iter(f"{{{W}}}style")
        if attributes(s.find("w:name", NS))["val"] == style
    )
    found = own.find("w:pPr/w:ind", NS)
    assert (None if found is None else attributes(found)) == indent


def test_lines_are_as_high_as_the_grid(notice):
    spacing = part(notice, "word/styles.xml").find("w:docDefaults/w:pPrDefault/w:pPr/w:spacing", NS)
    assert attributes(spacing) == {"before": "0", "after": "0", "line": "579", "lineRule": "exact"}


def test_the_language_is_chinese(notice):
    assert attributes(part(notice, "word/settings.xml").find("w:themeFontLang", NS))["eastAsia"] == "zh-CN"
    assert attributes(part(notice, "word/styles.xml").find(".//w:lang", NS))["eastAsia"] == "zh-CN"


def test_odd_and_even_pages_number_themselves_on_their_outer_side(notice):
    """7.5: — 1 — in 4 号 宋体, one character in from the right on odd pages and from the left on even ones."""
    assert part(notice, "word/settings.xml").find("w:evenAndOddHeaders", NS) is not None
    with zipfile.ZipFile(notice) as package:
        targets = {r.get("Id"): r.get("Target") for r in etree.fromstring(package.read("word/_rels/document.xml.rels"))}
    section = part(notice, "word/document.xml").find(".//w:sectPr", NS)
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    sides = {}
    for reference in section.iterfind("w:footerReference", NS):
        tree = part(notice, f"word/{targets[reference.get(relation)]}")
        assert "".join(tree.itertext()) == "— " + " PAGE " + "1" + " —"
        assert [attributes(f)["fldCharType"] for f in tree.iter(f"{{{W}}}fldChar")] == ["begin", "separate", "end"]
        sides[attributes(reference)["type"]] = (
            attributes(tree.find(".//w:jc", NS))["val"],
            {k: v for k, v in attributes(tree.find(".//w:ind", NS)).items() if k.endswith("Chars")},
        )
    assert sides == {"default": ("right", {"rightChars": "100"}), "even": ("left", {"leftChars": "100"})}


def test_the_head_of_every_table_is_repeated(generated):
    """Of every notice and report; rows do not break across pages."""
    paths = [p for p in (generated / "output").rglob("*.docx") if "通知" in p.name or "报告" in p.name]
    found = {path: list(part(path, "word/document.xml").iter(f"{{{W}}}tbl")) for path in paths}
    assert sum(map(bool, found.values())) >= 5
    for tables in found.values():
        for grid in tables:
            rows = grid.findall("w:tr", NS)
            assert [n for n, row in enumerate(rows) if row.find("w:trPr/w:tblHeader", NS) is not None] == [0]
            assert "".join(rows[0].itertext()).strip()


def test_tables_are_as_wide_as_the_text(notice):
    for grid in part(notice, "word/document.xml").iter(f"{{{W}}}tbl"):
        widths = [int(attributes(c)["w"]) for c in grid.iterfind("w:tblGrid/w:gridCol", NS)]
        assert 8845 - len(widths) <= sum(widths) <= 8845
        for row in grid.findall("w:tr", NS):
            assert len(row.findall("w:tc", NS)) == len(widths)


def test_the_order_of_the_elements(notice):
    """版头, title, 主送机关, 正文, 附件说明, 署名, 成文日期, then each attachment on a page of its own."""
    body = part(notice, "word/document.xml").find("w:body", NS)
    names = {
        s.get(f"{{{W}}}styleId"): attributes(s.find("w:name", NS))["val"]
        for s in part(notice, "word/styles.xml").iter(f"{{{W}}}style")
    }
    order = [names[s.get(f"{{{W}}}val")] for s in body.iterfind("w:p/w:pPr/w:pStyle", NS)]
    kept = [
        name for n, name in enumerate(order) if name not in order[:n] and name not in ("Normal", "公文正文", "一级标题")
    ]
    assert kept == [
        "发文机关标志",
        "发文字号",
        "版头分隔线",
        "公文标题",
        "主送机关",
        "附件说明",
        "署名",
        "成文日期",
        "附件标记",
    ]
    assert order.count("附件标记") == 2


def test_the_signature_of_the_demo_is_placed_for_a_seal(notice):
    """余姚市妇女联合会 is 8 characters wide, 2026年10月15日 7: the date four in, the signature 3.5 in."""
    found = {}
    for paragraph in part(notice, "word/document.xml").iter(f"{{{W}}}p"):
        indent = paragraph.find("w:pPr/w:ind", NS)
        if indent is not None:
            found["".join(paragraph.itertext())] = attributes(indent).get("rightChars")
    assert found == {"余姚市妇女联合会": "412", "2026年10月15日": "400"}


@pytest.mark.parametrize(
    "wrong",
    [
        r"\d{4}年0\d月",
        r"月0\d日",
        r"\[\d{4}\]|\(\d{4}\)|（\d{4}）",
        "附件[:]",
        "第6号",
        "None",
        r"[{}｛｝]",
        r"\bnan\b",
    ],
)
def test_what_the_standard_forbids_is_nowhere(generated, wrong):
    for path in (generated / "output").rglob("*.docx"):
        text = "\n".join("".join(p.itertext()) for p in part(path, "word/document.xml").iter(f"{{{W}}}p"))
        assert not re.search(wrong, text), path.name


# On the page


def long_document() -> bytes:
    """Body text of full lines over more than two pages, on the base of every document."""
    document = docx.Document(io.BytesIO(base_document(FONTS)))
    document.add_paragraph("{{ 正文 }}", style="公文正文")
    stream = io.BytesIO()
    document.save(stream)
    text = "余姚市妇女联合会关于举办女性社会组织规范化建设专题培训班" * 50
    return render(stream.getvalue(), "版面.docx", {"正文": text}, OFFICE, TODAY)


def lines_of(page) -> dict[int, list[dict]]:
    """The 3 号 characters of a page, by the line they stand in."""
    lines: dict[int, list[dict]] = defaultdict(list)
    for character in page.chars:
        if character["text"].strip() and 15 < character["size"] < 17:
            lines[round(character["bottom"])].append(character)
    return lines


@pytest.mark.libreoffice
def test_a_full_page_has_22_lines_of_28_characters(to_pdf, tmp_path):
    import pdfplumber

    path = tmp_path / "版面.docx"
    path.write_bytes(long_document())
    with pdfplumber.open(to_pdf(path)) as pdf:
        first, second = (lines_of(page) for page in pdf.pages[:2])
        numbers = [[c for c in page.chars if 13 < c["size"] < 15] for page in pdf.pages[:2]]
        assert (round(pdf.pages[0].width), round(pdf.pages[0].height)) == (595, 842)
    # The first line of a paragraph is two characters in.
    assert [len(first[y]) for y in sorted(first)] == [26] + [28] * 21
    assert [len(second[y]) for y in sorted(second)] == [28] * 22
    # 28 mm left and 26 mm right, in points.
    everything = [c for line in second.values() for c in line]
    assert min(c["x0"] for c in everything) == pytest.approx(79.4, abs=1)
    assert max(c["x1"] for c in everything) == pytest.approx(595.3 - 73.7, abs=2)
    # — 1 — in 宋体, right on the first page, left on the second.
    assert ["".join(c["text"] for c in n).replace(" ", "") for n in numbers] == ["—1—", "—2—"]
    assert numbers[0][-1]["x1"] > 480 and numbers[1][0]["x0"] < 110


@pytest.fixture(scope="module")
def paper(to_pdf, notice) -> Path:
    return to_pdf(notice)


@pytest.fixture(scope="module")
def ink(paper) -> list[tuple[int, int]]:
    """(dark, red) pixels of each tenth of a millimetre of the first page, from the top."""
    import pdfplumber

    with pdfplumber.open(paper) as pdf:
        image = pdf.pages[0].to_image(resolution=254).original.convert("RGB")
    width, height = image.size
    data = image.tobytes()
    rows = []
    for y in range(height):
        row = data[3 * width * y : 3 * width * (y + 1)]
        reds = sum(r > 200 and g < 90 for r, g in zip(row[::3], row[1::3], strict=True))
        rows.append((sum(r < 128 for r in row[::3]), reds))
    return rows


@pytest.mark.libreoffice
def test_the_mark_stands_35_mm_below_the_edge_of_the_text(ink):
    """7.2.4: 上边缘至版心上边缘为 35 mm; the text block begins 37 mm below the edge of the paper."""
    first = next(y for y, (_, red) in enumerate(ink) if red)
    assert first / 10 == pytest.approx(72, abs=1)


@pytest.mark.libreoffice
def test_the_red_line_is_as_wide_as_the_text(ink):
    assert max(red for _, red in ink) == pytest.approx(1560, abs=12)


@pytest.mark.libreoffice
def test_the_dashes_of_the_page_number_stand_7_mm_below_the_text(ink):
    """7.5: 一字线上距版心下边缘 7 mm; the text block ends 262 mm below the edge of the paper."""
    rows = {y: dark for y, (dark, _) in enumerate(ink) if y > 2620}
    dash = max(rows, key=rows.__getitem__)
    assert dash / 10 == pytest.approx(269, abs=1)


@pytest.mark.libreoffice
def test_no_sign_of_the_text_is_lost_on_paper(paper, notice):
    import pdfplumber

    with pdfplumber.open(paper) as pdf:
        printed = Counter(c["text"] for page in pdf.pages for c in page.chars if c["text"] in "，。：；（）“”、")
    written = Counter(
        c for t in part(notice, "word/document.xml").iter(f"{{{W}}}t") for c in t.text or "" if c in "，。：；（）“”、"
    )
    assert printed == written


@pytest.mark.libreoffice
def test_the_notice_on_paper(paper):
    import pdfplumber

    with pdfplumber.open(paper) as pdf:
        first = pdf.pages[0]
        texts = [page.extract_text() for page in pdf.pages]
        fonts = {
            re.sub(r"^[A-Z]{6}\+", "", c["fontname"]) for page in pdf.pages for c in page.chars if c["text"].strip()
        }
        mark = [c for c in first.chars if c["size"] > 30]
        title = [c for c in first.chars if 21 < c["size"] < 23]
    # The fonts the map of tests/fonts.conf gives for 仿宋, 黑体, 宋体 and 小标宋; no fallback among them.
    assert {f.split("-")[0] for f in fonts} == {"FandolFang", "FandolHei", "FandolSong", "NotoSerifCJKsc"}
    assert "".join(c["text"] for c in mark) == "余姚市妇女联合会文件"
    assert {c["non_stroking_color"] for c in mark} == {(1, 0, 0)}
    assert len({round(c["bottom"]) for c in mark}) == 1
    assert len({round(c["bottom"]) for c in title}) == 2
    # 首页必须显示正文; each attachment begins its own page.
    assert "现将有关事项通知如下" in texts[0].replace("\n", "")
    begins = [t.split("\n")[0] for t in texts]
    assert [b for b in begins if b.startswith("附件")] == ["附件1", "附件2"]
    signed = next(t for t in texts if re.search("^余姚市妇女联合会$", t, re.M))
    assert "\n2026年10月15日\n" in signed.replace(" ", "")


# By Microsoft's validator


@pytest.mark.validator
@pytest.mark.parametrize("folder", ["output", "templates", "workbooks"])
def test_every_office_file_is_valid(generated, validate, folder):
    """Of papers of one kind, one a person or a department, three stand for all: they differ in words alone."""
    found = sorted(p for p in (generated / folder).rglob("*") if p.suffix in (".docx", ".xlsx"))
    alike: defaultdict[Path, list[Path]] = defaultdict(list)
    for path in found:
        alike[path.parent].append(path)
    paths = [p for parent, mine in alike.items() for p in (mine[:3] if parent.name in ("登记表", "征求意见") else mine)]
    assert len(paths) >= {"output": 9, "templates": 3, "workbooks": 7}[folder]
    complaints = {p.name: said for p in paths if (said := validate(p))}
    assert complaints == {}


@pytest.mark.validator
def test_a_long_document_and_the_bare_base_are_valid(validate, tmp_path):
    for name, data in (("版面.docx", long_document()), ("空.docx", base_document(FONTS))):
        (tmp_path / name).write_bytes(data)
        assert validate(tmp_path / name) == []


@pytest.mark.parametrize(("batch", "last"), [("TJ2602", "潘红霞")])
def test_the_signature_of_a_list_is_not_alone_on_its_page(generated, to_pdf, batch, last):
    """The table fills the page: the signature finds room on it, or goes over with the last row."""
    import pdfplumber

    (path,) = generated.glob(f"output/推荐/{batch}*/*名单.docx")
    with pdfplumber.open(to_pdf(path)) as pdf:
        texts = [page.extract_text().replace(" ", "") for page in pdf.pages]
    (signed,) = [text for text in texts if "2026年10月15日" in text]
    assert last in signed.replace("\u3000", "")
