"""`jinguo inspect` finds planted deviations, each alone and at its place, and none in what the program writes."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from jinguo.common.ooxml import read_parts, write_parts
from jinguo.documents.register import all_due
from jinguo.intake.loading import load_registry
from jinguo.word.inspection import inspect
from jinguo.word.measure import measure
from tests.helpers import ROOT, jinguo, office, template_of
from tests.word.word_files import add, add_run, number_automatically, numbered, saved, standard_document

_REGISTRY = load_registry(ROOT / "workbooks")
_DUE = next(d for d in all_due(_REGISTRY) if d.kind == "培训通知")
NOTICE = template_of("培训通知", _REGISTRY).render(_DUE.context("余妇〔2026〕6号"))
_DOCUMENT, _STYLES = "word/document.xml", "word/styles.xml"


def deviations(data: bytes) -> list[tuple[str, str, str]]:
    return [tuple(d) for d in inspect(measure(data))]  # type: ignore[misc]


def changed(part: str, *pairs: tuple[str, str]) -> bytes:
    """The notice with something in a part replaced, which must be there."""
    parts = read_parts(NOTICE)
    text = parts[part].decode("utf-8")
    for old, new in pairs:
        assert re.search(old, text), old
        text = re.sub(old, new, text, count=1)
    return write_parts(parts | {part: text.encode("utf-8")})


def style(name: str, old: str, new: str) -> bytes:
    """The notice with one of its styles changed."""
    return changed(_STYLES, (rf'(w:styleId="{name}".*?){old}', rf"\1{new}"))


def words(old: str, new: str) -> bytes:
    return changed(_DOCUMENT, (old, new))


#: What is planted, the document, where it must be found (its beginning), and what the standard says (a part of it).
PLANTED: dict[str, tuple[bytes, str, str]] = {
    "纸张": (changed(_DOCUMENT, (r'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')), "纸张", "A4"),
    "天头": (changed(_DOCUMENT, (r'w:top="\d+"', 'w:top="1440"')), "天头", "37 毫米"),
    "订口": (changed(_DOCUMENT, (r'(<w:pgMar[^>]*w:left=)"\d+"', r'\1"1800"')), "订口", "28 毫米"),
    "右边距": (changed(_DOCUMENT, (r'(<w:pgMar[^>]*w:right=)"\d+"', r'\1"1800"')), "右边距", "26 毫米"),
    "下边距": (changed(_DOCUMENT, (r'w:bottom="\d+"', 'w:bottom="1440"')), "下边距", "35 毫米"),
    "行网格": (changed(_DOCUMENT, (r'w:linePitch="579"', 'w:linePitch="600"')), "行网格", "22 行"),
    "字网格": (changed(_DOCUMENT, (r'w:charSpace="-849"', 'w:charSpace="0"')), "字网格", "28 字"),
    "没有网格": (changed(_DOCUMENT, (r"<w:docGrid[^>]*/>", "")), "行网格", "22 行"),
    "主题字体": (style("BodyText1", "</w:style>", '<w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr></w:style>'), "字体", "仿宋"),
    "标题字体": (style("DocumentTitle", 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="宋体"'), "标题", "小标宋"),
    "标题字号": (style("DocumentTitle", r'w:sz w:val="44"', 'w:sz w:val="40"'), "标题", "2 号字"),
    "标题标点": (words("(培训班的通知)(</w:t>)", r"\1。\2"), "标题", "不加标点"),
    "标题在词中回行": (words('组织</w:t><w:br/><w:t xml:space="preserve">规范化', "组</w:t><w:br/><w:t>织规范化"), "标题“", "词意完整"),
    "标题重复关于": (words("关于举办", "关于开展关于举办"), "标题“", "只说一次"),
    "发文字号括号": (words("余妇〔2026〕6号", "余妇[2026]6号"), "发文字号", "六角括号"),
    "发文字号虚位": (words("余妇〔2026〕6号", "余妇〔2026〕06号"), "发文字号", "不编虚位"),
    "发文字号加第": (words("余妇〔2026〕6号", "余妇〔2026〕第6号"), "发文字号", "不加“第”"),
    "主送机关冒号": (words("女性社会组织：</w:t>", "女性社会组织:</w:t>"), "主送机关", "全角冒号"),
    "主送机关缩进": (style("Addressee", "<w:pPr>", '<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/>'), "主送机关", "顶格"),
    "正文字体": (style("BodyText1", "</w:style>", '<w:rPr><w:rFonts w:eastAsia="宋体"/></w:rPr></w:style>'), "正文", "仿宋"),
    "正文字号": (style("BodyText1", "</w:style>", '<w:rPr><w:sz w:val="28"/></w:rPr></w:style>'), "正文", "3 号字"),
    "正文颜色": (style("BodyText1", "</w:style>", '<w:rPr><w:color w:val="0000FF"/></w:rPr></w:style>'), "正文", "黑色"),
    "正文缩进": (style("BodyText1", r'w:firstLineChars="200" w:firstLine="\d+"', 'w:firstLineChars="0" w:firstLine="0"'), "正文", "左空二字"),
    "行距": (style("BodyText1", "<w:pPr>", '<w:pPr><w:spacing w:line="480" w:lineRule="exact"/>'), "正文", "22 行"),
    "一级标题字体": (style("Heading1", r'<w:rFonts[^>]*/>', ""), "第一层标题", "黑体"),
    "层次序数": (words("二、参加人员", "（二）、参加人员"), "层次", "7.3.3"),
    "半角括号层次": (words("二、参加人员", "(二)参加人员"), "层次", "7.3.3"),
    "成文日期虚位": (words("2026年10月15日</w:t>", "2026年10月05日</w:t>"), "成文日期", "不编虚位"),
    "成文日期汉字": (words("2026年10月15日</w:t>", "二〇二六年十月十五日</w:t>"), "成文日期", "阿拉伯数字"),
    "署名位置": (changed(_DOCUMENT, (r'w:rightChars="400" w:right="\d+"', 'w:rightChars="0" w:right="0"')), "署名", "右空四字"),
    "附件说明标点": (words(r"(2\.[^<]*报名回执)</w:t>", r"\1。</w:t>"), "附件说明", "不加标点"),
    "附件说明冒号": (words("附件：1", "附件:1"), "附件说明", "全角冒号"),
    "附件名称不符": (words(r"2\.[^<]*报名回执</w:t>", "2.回执单</w:t>"), "附件标题", "一致"),
    "附件不另面": (style("AttachmentMark", "<w:pageBreakBefore/>", ""), "附件标记", "另面"),
    "附件标记字体": (style("AttachmentMark", "<w:rFonts[^>]*/>", ""), "附件标记", "黑体"),
    "单双页页码": (changed("word/settings.xml", (r"<w:evenAndOddHeaders[^>]*/>", "")), "页码", "双页码居左"),
    "页码位置": (changed("word/footer1.xml", (r'<w:jc w:val="right"/>', '<w:jc w:val="center"/>')), "单页页码", "居右空一字"),
    "页码横线": (changed("word/footer2.xml", ("— ", "第 ")), "双页页码", "一字线"),
    "页码字号": (style("Footer", r'w:sz w:val="28"', 'w:sz w:val="18"'), "单页页码", "4 号字"),
    "没有页码": (changed("word/footer1.xml", (" PAGE ", " DATE ")), "页码", "编排页码"),
    "表格太宽": (changed(_DOCUMENT, (r'(<w:gridCol w:w=)"\d+"', r'\1"9999"')), "表格", "不宽于版心"),
}  # fmt: skip


def test_the_notice_itself_has_no_deviation():
    assert deviations(NOTICE) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_deviation_is_found_at_its_place(name):
    data, where, wanted = PLANTED[name]
    found = deviations(data)
    assert found and found[0][0].startswith(where) and any(wanted in d[2] for d in found), found
    assert {re.split("[“（]", d[0])[0] for d in found} <= {re.split("[“（]", where)[0], *_ALSO.get(name, ())}, found


#: What must come along: another grid follows from another page, a signature is centred on its date.
_ALSO = {
    "纸张": ("行网格", "字网格"), "天头": ("行网格",), "下边距": ("行网格",), "订口": ("字网格", "表格"), "右边距": ("字网格", "表格"), "页码字号": ("双页页码",), "没有网格": ("字网格",),
    "成文日期虚位": (), "成文日期汉字": ("署名",), "表格太宽": (), "行距": ("正文",), "主题字体": ("正文",),
}  # fmt: skip


def test_direct_formatting_is_seen_as_well_as_styles():
    document = docx.Document(io.BytesIO(NOTICE))
    paragraph = next(p for p in document.paragraphs if p.text.startswith("为"))
    paragraph.runs[0].font.size = docx.shared.Pt(12)
    stream = io.BytesIO()
    document.save(stream)
    ((where, found, _),) = deviations(stream.getvalue())
    assert where.startswith("正文“为") and "12 磅" in found


def test_a_document_of_somebody_else_is_measured():
    """Word's own blank page, as python-docx gives it: nearly everything is different, and nothing breaks."""
    document = docx.Document()
    document.add_heading("关于开展活动的通知", 0)
    document.add_paragraph("各镇街妇联：")
    document.add_paragraph("现将有关事项通知如下。")
    stream = io.BytesIO()
    document.save(stream)
    said = {where for where, _, _ in deviations(stream.getvalue())}
    assert {"纸张", "天头（上边距）", "行网格", "页码"} <= said


def test_everything_the_program_writes_passes(generated):
    files = sorted((generated / "output").rglob("*.docx"))
    assert len(files) >= 12
    for path in files:
        assert deviations(path.read_bytes()) == [], path.name


class TestThroughTheRealCommand:
    def run(self, folder, data: bytes) -> tuple[int, str]:
        (folder / "通知.docx").write_bytes(data)
        done = jinguo(folder, "inspect", "通知.docx")
        return done.returncode, done.stdout

    def test_a_right_document(self, tmp_path):
        assert self.run(office(tmp_path, demo=False), NOTICE) == (0, "通知.docx：没有发现与标准不同的地方\n")

    def test_a_deviation_has_exit_code_one_and_its_clause(self, tmp_path):
        code, said = self.run(office(tmp_path, demo=False), PLANTED["发文字号括号"][0])
        assert code == 1
        assert (
            "【发文字号“余妇[2026]6号”】现在：写法不对。\n    → 标准：年份四位加六角括号〔〕" in said
            and "7.2.5" in said
        )

    @pytest.mark.parametrize("data", [b"", b"PK", b"<html>"])
    def test_what_is_no_document_is_told(self, tmp_path, data):
        folder = office(tmp_path, demo=False)
        (folder / "通知.docx").write_bytes(data)
        done = jinguo(folder, "inspect", "通知.docx")
        assert (done.returncode, "不是 Word 文档" in done.stderr) == (2, True)

    def test_a_missing_file_is_told(self, tmp_path):
        done = jinguo(office(tmp_path, demo=False), "inspect", "没有.docx")
        assert (done.returncode, "找不到这个文件" in done.stderr) == (2, True)


def built() -> Any:
    return standard_document(
        [("标题", "关于开展活动的通知"), ("主送", "各镇街妇联："), ("正文", "为做好工作，现将有关事项通知如下。")]
    )


def ended(document: Any) -> list[tuple[str, str, str]]:
    """The deviations of the document with its signature."""
    add(document, "署名", "余姚市妇女联合会")
    add(document, "日期", "2026年8月5日")
    return deviations(saved(document))


class TestHoweverItWasBuilt:
    """What meets the standard has no deviation, whatever in Word makes it look so."""

    def test_direct_formatting(self):
        assert ended(built()) == []

    def test_automatic_numbers_count_as_text(self):
        document = built()
        number_automatically(document, [("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）")])
        for kind, text, level in (("一级", "时间和地点", 0), ("一级", "参加人员", 0), ("二级", "负责人", 1)):
            paragraph = numbered(add(document, kind, text), level)
            if level:
                # Its number is in the level's 黑体, and that is seen.
                continue
            assert paragraph.text == text
        found = ended(document)
        assert [(where, found) for where, found, _ in found] == [("第二层标题“（一）负责人”", "楷体_GB2312、黑体")]

    def test_a_heading_run_into_its_text(self):
        document = built()
        add(document, "一级", "一、总体要求")
        paragraph = add(document, "二级", "（一）加强领导。")
        add_run(paragraph, "各单位要高度重视，落实专人负责，按时报送有关情况。", "仿宋_GB2312", 16)
        assert ended(document) == []
        for run in document.paragraphs[-3].runs:
            run._r.rPr.rFonts.set(qn("w:eastAsia"), "楷体_GB2312")
        ((where, found, _),) = deviations(saved(document))
        assert where.startswith("正文“（一）加强领导") and found == "标题后的文字是楷体_GB2312"

    def test_a_character_style(self):
        document = built()
        style = document.styles.add_style("小字", 2)
        style.font.size = docx.shared.Pt(12)
        document.paragraphs[2].add_run("用字符样式变小的字。", style="小字")
        # No size of its own: the style's counts.
        document.paragraphs[2].runs[-1].font.size = None
        found = ended(document)
        assert any("12 磅" in f for _, f, _ in found)

    def test_a_frame_a_text_box_and_hidden_text_are_no_running_text(self):
        document = built()
        framed = add(document, "正文", "框里的字")
        framed.paragraph_format.first_line_indent = 0
        framed._p.pPr.insert(0, parse_xml(f'<w:framePr {nsdecls("w")} w:w="2000" w:hAnchor="page"/>'))
        hidden = add(document, "正文", "看得见的字。")
        add_run(hidden, "隐藏的小字", "宋体", 6)._r.rPr.append(parse_xml(f"<w:vanish {nsdecls('w')}/>"))
        assert ended(document) == []

    def test_a_page_number_in_a_frame_serves_both_sides(self):
        document = built()
        document.settings.odd_and_even_pages_header_footer = False
        paragraph = document.sections[0].footer.paragraphs[0]
        paragraph._p.get_or_add_pPr().insert(0, parse_xml(f'<w:framePr {nsdecls("w")} w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside" w:y="1"/>'))  # fmt: skip
        assert ended(document) == []

    def test_an_attachment_that_lies_on_its_side(self):
        document = built()
        add(document, "署名", "余姚市妇女联合会")
        add(document, "日期", "2026年8月5日")
        section = document.add_section()
        section.page_width, section.page_height = section.page_height, section.page_width
        section.orientation = 1
        mark = add(document, "一级", "附件")
        mark.paragraph_format.first_line_indent = 0
        add(document, "标题", "汇总表")
        assert deviations(saved(document)) == []

    def test_the_record_at_the_foot(self):
        document = built()
        add(document, "署名", "余姚市妇女联合会")
        add(document, "日期", "2026年8月5日")
        add(document, "版记", "抄送：市民政局，市委组织部。")
        add(document, "版记", "余姚市妇女联合会办公室　　　　2026年8月5日印发")
        assert deviations(saved(document)) == []

    def test_several_offices_sign_side_by_side(self):
        document = built()
        add(document, "署名", "余姚市妇女联合会")
        add(document, "署名", "余姚市民政局")
        add(document, "日期", "2026年8月5日")
        assert deviations(saved(document)) == []

    def test_revisions_and_comments_are_told(self):
        document = built()
        document.paragraphs[2]._p.append(parse_xml(f'<w:del {nsdecls("w")} w:id="9" w:author="甲"><w:r><w:delText>删去的话</w:delText></w:r></w:del>'))  # fmt: skip
        assert [where for where, _, _ in ended(document)] == ["修订"]
