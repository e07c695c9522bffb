"""Heads and feet of a filled document: marks in one line, several offices, letters, 版记, columns as wide as their words."""

from __future__ import annotations

import io
import re

import docx
import pytest

from jinguo.common.errors import JinguoError
from jinguo.registry.settings import Settings
from jinguo.word import libreoffice
from jinguo.word.blocks import letter_masthead, masthead, paragraph, record, signature
from jinguo.word.libreoffice import read_pages
from jinguo.word.table_blocks import columns_like_heads, table
from jinguo.word.template import Template
from jinguo.word.template_files import make_template
from jinguo.word.together import together
from tests.helpers import TODAY, change_cell, docx_text, find_cell, jinguo, office
from tests.word.test_template import text_of

OFFICE = Settings(office={"单位名称": "余姚市妇女联合会"})
TEXT = "余姚市妇女联合会关于举办女性社会组织规范化建设专题培训班"
VALUES = {
    "发文机关标志": "余姚市妇女联合会文件", "发文字号": "余妇〔2026〕6号", "标题": "关于开展活动的通知", "主送机关": "各镇街妇联", "单位名称": "余姚市妇女联合会",
    "成文日期": "2026年10月15日", "抄送": "市委组织部，市民政局", "印发机关": "余姚市妇女联合会办公室", "签发人": "陈晓",
}  # fmt: skip


def made(build, lines: int = 3, **values: object) -> bytes:
    def whole(document) -> None:
        build(document)
        paragraph(document, "公文标题", "{{ 标题 }}")
        paragraph(document, "主送机关", "{{ 主送机关 }}：")
        paragraph(document, "公文正文", "{%p for 行 in 正文 %}")
        paragraph(document, "公文正文", "{{ 行 }}")
        paragraph(document, "公文正文", "{%p endfor %}")
        signature(document)
        record(document)

    return Template(make_template(whole), "样.docx", OFFICE, TODAY).finish({**VALUES, "正文": [TEXT] * lines, **values})


def test_a_report_names_who_signs_it_beside_its_number():
    text = text_of(made(lambda d: masthead(d, upward=True)))
    assert "余妇〔2026〕6号签发人：陈晓" in text
    assert "余妇〔2026〕6号签发人：\u3000\u3000\u3000" in text_of(made(lambda d: masthead(d, upward=True), 签发人=""))


def test_a_long_name_stands_in_one_line():
    document = docx.Document(
        io.BytesIO(made(masthead, 发文机关标志="余姚市未成年人保护和妇女儿童工作委员会办公室文件"))
    )
    sizes = [run.font.size.pt for run in document.paragraphs[0].runs if run.font.size]
    assert sizes and 23 * sizes[0] <= 443


def test_several_offices_write_together():
    offices = "余姚市妇女联合会\n余姚市民政局\n余姚市人力资源和社会保障局"
    data = made(masthead, 发文机关标志=f"{offices}文件", 单位名称=offices)
    document = docx.Document(io.BytesIO(data))
    head = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[0] for row in head] == offices.split("\n") and head[0][1] == "文件"
    signed = [p.text for p in document.paragraphs if "局" in p.text and "\t" in p.text]
    assert signed == ["\t余姚市妇女联合会\t余姚市民政局", "\t\t余姚市人力资源和社会保障局"]


def test_an_event_of_several_hosts_has_a_notice_of_all(tmp_path):
    folder = office(tmp_path)
    path = folder / "workbooks/培训考试台账.xlsx"
    change_cell(path, "培训活动", find_cell(path, "培训活动", "主办单位", "HD0018"), "余姚市妇女联合会、余姚市民政局")
    jinguo(folder, "--today", "2026-10-15", "notices", "--event", "HD0018")
    (notice,) = (folder / "output/通知").glob("*培训通知.docx")
    text = "\n".join(docx_text(notice))
    assert "余姚市妇女联合会 余姚市民政局关于" in text.replace("\n", " ") and "余姚市妇女联合会余姚市民政局" in re.sub(
        r"\s", "", text
    )


def test_columns_are_as_wide_as_a_name_and_a_nation_need():
    def build(document) -> None:
        heads = ["姓名", "民族", "工作单位及职务"]
        table(document, columns_like_heads(heads, [18, 10, 128], left=[2]), "行 in 人选")

    rows = [
        {"姓名": "阿依古丽·买买提", "民族": "维吾尔族", "工作单位及职务": TEXT},
        {"姓名": "王宁", "民族": "汉族", "工作单位及职务": "教师"},
    ]
    document = docx.Document(
        io.BytesIO(Template(make_template(build), "样.docx", OFFICE, TODAY).render({"人选": rows}))
    )
    widths = [column.width.pt for column in document.tables[0].columns]
    # 7.5 characters of 10.5 pt and four, with the margins of a cell; together as wide as before.
    assert widths[0] >= 7.5 * 10.5 + 5.7 and widths[1] >= 4 * 10.5 + 5.7 and sum(widths) == pytest.approx(442.2, abs=1)
    assert [cell.width.pt for cell in document.tables[0].rows[1].cells] == widths


class TestOnThePage:
    @pytest.mark.libreoffice
    def test_the_record_is_at_the_foot_of_the_last_even_page(self, to_pdf, tmp_path):
        for lines in (2, 12, 20):
            path = tmp_path / f"{lines}.docx"
            path.write_bytes(made(masthead, lines))
            pages = read_pages(to_pdf(path).read_bytes())
            assert len(pages) % 2 == 0, lines
            where = [n for n, page in enumerate(pages, 1) if any("印发" in line.text for line in page)]
            assert where == [len(pages)], lines
            (issued,) = [line for line in pages[-1] if "印发" in line.text]
            # The last line of 版记 lies on the lower edge of the text block: 262 mm from the top.
            assert 255 < issued.bottom / 72 * 25.4 < 264

    @pytest.mark.libreoffice
    def test_a_letter_has_its_lines_and_no_number_on_its_first_page(self, to_pdf, tmp_path):
        import pdfplumber

        path = tmp_path / "函.docx"
        path.write_bytes(made(letter_masthead, 12, 印发机关=""))
        with pdfplumber.open(to_pdf(path)) as pdf:
            first, second = pdf.pages[:2]
            words = [w["text"] for w in first.extract_words()]
            assert not any(re.fullmatch("—?1—?", w) for w in words) and "2" in second.extract_text()
            red = [o for o in (*first.lines, *first.rects) if abs(o["x1"] - o["x0"]) > 400]
            lengths = {round((o["x1"] - o["x0"]) / 72 * 25.4) for o in red}
            assert lengths == {170}
            mark = next(c for c in first.chars if c["size"] > 25)
            assert abs(mark["top"] / 72 * 25.4 - 30) < 3
            lowest = max(o["bottom"] for o in red) / 72 * 25.4
            assert abs(297 - 20 - lowest) < 2

    @pytest.mark.libreoffice
    @pytest.mark.parametrize("sealed", ["是", "否"])
    def test_the_signature_is_where_it_has_to_be_to_a_millimetre(self, to_pdf, tmp_path, sealed):
        def build(document) -> None:
            paragraph(document, "公文标题", "{{ 标题 }}")
            paragraph(document, "公文正文", "{{ 正文 }}")
            signature(document)

        settings = Settings(office={"单位名称": "余姚市妇女儿童工作委员会", "是否用印": sealed})
        template = Template(make_template(build), "样.docx", settings, TODAY)
        path = tmp_path / "署名.docx"
        path.write_bytes(template.finish({**VALUES, "正文": TEXT, "单位名称": "余姚市妇女儿童工作委员会"}))
        (page,) = read_pages(to_pdf(path).read_bytes())
        name, date = page[-3:-1] if "—" in page[-1].text else page[-2:]
        if sealed == "是":
            assert abs((name.left + name.right) / 2 - (date.left + date.right) / 2) / 72 * 25.4 < 1
        else:
            assert abs(date.left - name.left - 2 * 15.79) / 72 * 25.4 < 1

    @pytest.mark.libreoffice
    def test_a_signature_is_never_alone_and_a_letter_of_one_page_stays_on_it(self, to_pdf, tmp_path):
        def letter(document) -> None:
            paragraph(document, "公文标题", "{{ 标题 }}")
            paragraph(document, "公文正文", "{%p for 行 in 正文 %}")
            paragraph(document, "公文正文", "{{ 行 }}")
            paragraph(document, "公文正文", "{%p endfor %}")
            paragraph(document, "附件说明", "附件：名额分配表")
            signature(document)

        template = Template(make_template(letter), "样.docx", OFFICE, TODAY)
        for lines in range(15, 22):
            path = tmp_path / f"{lines}.docx"
            path.write_bytes(template.finish({**VALUES, "正文": [TEXT[:20]] * lines}))
            pages = read_pages(to_pdf(path).read_bytes())
            last = [line.text for line in pages[-1]]
            assert any(TEXT[:20] in text for text in last), lines
            # 17 lines of text, a title, the note and the signature fill 22 lines with the empty ones.
            assert lines > 17 or len(pages) == 1, lines


def test_letters_of_a_kind_are_put_together_each_on_a_sheet_of_its_own(tmp_path, validate):
    one, other = made(letter_masthead, 2), made(letter_masthead, 2, 主送机关="余姚市某某协会")
    path = tmp_path / "合订.docx"
    path.write_bytes(together([one, other]))
    document = docx.Document(str(path))
    assert [s.start_type.name for s in document.sections] == ["ODD_PAGE", "ODD_PAGE"]
    text = text_of(path.read_bytes())
    assert text.index("各镇街妇联：") < text.index("余姚市某某协会：")
    assert all('w:start="1"' in s._sectPr.xml for s in document.sections)
    assert validate(path) == []


class TestAnEventsMaterials:
    def test_sheet_cards_and_certificates(self, tmp_path):
        folder = office(tmp_path)
        done = jinguo(folder, "event", "HD0001")
        assert done.returncode == 0 and "签到表、桌牌、证书" in done.stdout
        (below,) = (folder / "output/活动").iterdir()
        sheet, cards, certificates = (
            docx.Document(str(next(below.glob(f"*{kind}.docx")))) for kind in ("签到表", "桌牌", "证书")
        )
        names = [row.cells[1].text for row in sheet.tables[0].rows[1:] if row.cells[1].text]
        assert len(cards.tables) == len(names)
        assert [t.rows[0].cells[0].paragraphs[0].text for t in cards.tables] == names
        assert all(t.rows[0].cells[0].text == t.rows[1].cells[0].text for t in cards.tables)
        given = [p.text.removesuffix("同志：") for p in certificates.paragraphs if p.text.endswith("同志：")]
        assert given and set(given) <= set(names)
        # Who was not there gets none.
        assert len(given) < len(names)

    def test_what_is_not_there_yet_is_told(self, tmp_path):
        folder = office(tmp_path)
        done = jinguo(folder, "event", "HD0018")
        assert "桌牌没有生成" in done.stdout and "结业证书没有生成" in done.stdout
        assert [p.name for p in (folder / "output/活动").rglob("*.docx")] == [
            "女性社会组织规范化建设专题培训班签到表.docx"
        ]

    def test_an_unknown_number_is_told(self, tmp_path):
        done = jinguo(office(tmp_path), "event", "HD9999")
        assert done.returncode == 2 and "没有活动“HD9999”" in done.stderr


def test_the_letters_in_one_file_through_the_command(tmp_path):
    folder = office(tmp_path)
    done = jinguo(folder, "--today", "2026-10-15", "notices", "项目提醒函", "--together")
    (bound,) = (folder / "output/通知/合订").glob("*.docx")
    singles = list((folder / "output/通知").glob("*项目提醒函.docx"))
    assert bound.name == f"项目提醒函 {len(singles)}份.docx" and len(docx.Document(str(bound)).sections) == len(singles)
    assert "合订" in done.stdout


def test_without_libreoffice_or_word_a_pdf_cannot_be_made(monkeypatch):
    def nothing() -> str:
        raise JinguoError("没有")

    monkeypatch.setattr(libreoffice, "find_libreoffice", nothing)
    with pytest.raises(JinguoError, match="也没有 Word"):
        libreoffice.to_pdfs({"一": b""})


class TestATestPrint:
    def seal(self, folder) -> None:
        from PIL import Image

        Image.new("RGBA", (200, 200), (255, 0, 0, 120)).save(folder / "workbooks/印章.png")
        path = folder / "workbooks/设置.xlsx"
        change_cell(path, "单位", find_cell(path, "单位", "内容", "印章图片", "项目"), "印章.png")

    def test_the_seal_lies_on_the_day_of_the_copy_alone(self, tmp_path, validate):
        folder = office(tmp_path)
        self.seal(folder)
        done = jinguo(folder, "--today", "2026-10-15", "notices", "项目提醒函", "--test-print")
        assert done.returncode == 0 and "只供看样" in done.stdout
        (copy, *_) = sorted((folder / "output/通知/试印").glob("*.docx"))
        assert b'name="\xe5\x8d\xb0\xe7\xab\xa0"' in docx.Document(str(copy)).element.xml.encode()
        single = folder / "output/通知" / copy.name.replace("（试印）", "")
        assert "drawing" not in docx.Document(str(single)).element.xml
        assert validate(copy) == []

    def test_without_a_picture_it_is_told(self, tmp_path):
        done = jinguo(office(tmp_path), "--today", "2026-10-15", "notices", "项目提醒函", "--test-print")
        assert done.returncode == 2 and "没有印章图片" in done.stderr
