"""`jinguo format`: what `inspect` finds is put right in a copy, the words stay, and a second run changes nothing."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.registry.settings import Settings
from jinguo.word.elements import ElementRole
from jinguo.word.formatting.house_rules import house_rules
from jinguo.word.formatting.punctuation import applied, edits
from jinguo.word.formatting.put_right import put_right
from jinguo.word.inspection import inspect
from jinguo.word.measure import measure
from tests.helpers import examples, jinguo, office, workbook_rows
from tests.word.test_inspect import NOTICE
from tests.word.word_files import (
    add,
    add_run,
    clerks_document,
    number_automatically,
    numbered,
    saved,
    standard_document,
)

RULES = house_rules(Settings(office={"单位名称": "余姚市妇女联合会"}))

CLERKS = """
居中|关于举办女性社会组织负责人能力提升培训班暨公益创投项目推介会的通知
各乡镇(街道)妇联,各有关女性社会组织:
    为提升负责人的业务能力,经研究,决定举办培训班.现将有关事项通知如下:
一. 时间和地点
时间：2026年08月05日 9:00,地点:市女性社会组织服务中心(三楼)。
(一)参加人员
核心层、紧密层女性社会组织负责人(每家1名)。
1、报名方式
请于8月1日前将回执发至 dangjian@example.org 或登录http://www.example.org/a?b=1,逾期不再受理。详见余妇[2026]06号。
附件:1、名额分配表。
2、报名回执。
居右|余姚市妇女联合会
居右|2026年08月05日
"""


def texts(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def deviations(data: bytes) -> list[tuple[str, str]]:
    return [(d.where, d.found) for d in inspect(measure(data))]


def test_what_a_clerk_typed_is_put_right_and_reads_as_it_should():
    done = put_right(clerks_document(CLERKS), RULES)
    assert deviations(done.document) == []
    assert texts(done.document) == [
        "关于举办女性社会组织负责人能力提升\n培训班暨公益创投项目推介会的通知",
        "各乡镇（街道）妇联，各有关女性社会组织：",
        "为提升负责人的业务能力，经研究，决定举办培训班。现将有关事项通知如下：",
        "一、时间和地点",
        "时间：2026年8月5日 9:00，地点：市女性社会组织服务中心（三楼）。",
        "（一）参加人员",
        "核心层、紧密层女性社会组织负责人（每家1名）。",
        "1.报名方式",
        "请于8月1日前将回执发至 dangjian@example.org 或登录http://www.example.org/a?b=1,逾期不再受理。详见余妇〔2026〕6号。",
        "附件：1.名额分配表",
        "2.报名回执",
        "余姚市妇女联合会",
        "2026年8月5日",
    ]


def test_a_second_run_changes_nothing():
    once = put_right(clerks_document(CLERKS), RULES).document
    again = put_right(once, RULES)
    assert again.changes == [] and again.document == once


def test_what_is_right_comes_back_byte_for_byte(generated):
    assert put_right(NOTICE, RULES).document == NOTICE
    for path in sorted((generated / "output").rglob("*.docx")):
        assert put_right(path.read_bytes(), RULES).changes == [], path.name


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("经研究,决定举办;请准备:", "经研究，决定举办；请准备："),
        ("请准时参加!能来吗?", "请准时参加！能来吗？"),
        ("现将有关事项通知如下.", "现将有关事项通知如下。"),
        ("9:00至11:30,比分3:1,共1,200元", "9:00至11:30，比分3:1，共1,200元"),
        ("见www.example.org/a,b 和a.b@example.org.", "见www.example.org/a,b 和a.b@example.org."),
        ("使用Microsoft Word(2016版)编辑", "使用Microsoft Word（2016版）编辑"),
        ("采用 ISO 9001:2015 (QMS) standard", "采用 ISO 9001:2015 (QMS) standard"),
        ('开展"巾帼建功"活动', "开展“巾帼建功”活动"),
        ('开展"巾帼建功活动', '开展"巾帼建功活动'),
        ("O'Brien说", "O'Brien说"),
        ("热心公益,无私奉献...", "热心公益，无私奉献……"),
        ("目标--服务妇女", "目标——服务妇女"),
        ("目标——服务妇女", "目标——服务妇女"),
        ("自2026年08月05日起至2026年10月20日", "自2026年8月5日起至2026年10月20日"),
        ("根据余妇[2026]06号和甬妇〔2026〕12号", "根据余妇〔2026〕6号和甬妇〔2026〕12号"),
        ("面积1.5亩,版本V2.0.", "面积1.5亩，版本V2.0."),
    ],
)
def test_punctuation(typed, wanted):
    found = applied(typed, edits(typed, ElementRole.BODY))
    assert found == wanted
    assert applied(found, edits(found, ElementRole.BODY)) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("2026.8.5", "2026年8月5日"), ("2026-08-05", "2026年8月5日"), ("二〇二六年十月二十一日", "2026年10月21日"), ("二○二六年八月五日", "2026年8月5日"), ("2026年8月5日", "2026年8月5日"), ("二〇二六年八月", "二〇二六年八月")],
)  # fmt: skip
def test_the_day_of_a_document(typed, wanted):
    assert applied(typed, edits(typed, ElementRole.DATE)) == wanted


def test_a_heading_that_runs_on_into_its_text_has_two_fonts():
    document = standard_document([("标题", "关于开展活动的通知"), ("主送", "各镇街妇联："), ("一级", "一、总体要求")])
    add(document, "正文", "（一）加强领导。各单位要高度重视，落实专人负责，确保取得实效。")
    done = put_right(saved(document), RULES)
    paragraph = docx.Document(io.BytesIO(done.document)).paragraphs[-1]
    fonts = [(r.text, r._r.rPr.rFonts.get(qn("w:eastAsia"))) for r in paragraph.runs]
    assert fonts == [
        ("（一）加强领导。", "楷体_GB2312"),
        ("各单位要高度重视，落实专人负责，确保取得实效。", "仿宋_GB2312"),
    ]
    assert deviations(done.document) == []


def test_automatic_numbers_are_put_right_in_their_list():
    document = standard_document([("标题", "关于开展活动的通知"), ("主送", "各镇街妇联：")])
    number_automatically(document, [("chineseCounting", "%1."), ("chineseCounting", "(%2)")])
    numbered(add(document, "一级", "时间和地点"))
    numbered(add(document, "二级", "时间"), 1)
    done = put_right(saved(document), RULES)
    assert [p.text for p in measure(done.document).paragraphs if p.text][-2:] == ["一、时间和地点", "（一）时间"]
    # The words themselves are as they were typed.
    assert texts(done.document)[-2:] == ["时间和地点", "时间"]
    assert deviations(done.document) == [] and put_right(done.document, RULES).changes == []


def test_headings_of_a_style_alone_are_set_as_headings():
    document = docx.Document(io.BytesIO(clerks_document("居中|关于开展活动的通知\n各镇街妇联：")))
    document.add_heading("总体要求", 1)
    document.add_heading("加强领导", 2)
    document.add_paragraph("各单位要高度重视。")
    done = put_right(saved(document), RULES)
    found = {p.text: (set(p.fonts), p.colour) for p in measure(done.document).paragraphs}
    assert found["总体要求"] == ({"黑体"}, "000000") and found["加强领导"][0] == {"楷体_GB2312"}
    assert docx.Document(io.BytesIO(done.document)).paragraphs[2].style.name == "Heading 1"


def test_pictures_tables_comments_and_revisions_stay():
    document = docx.Document(io.BytesIO(clerks_document(CLERKS)))
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG")
    picture.seek(0)
    document.add_paragraph().add_run().add_picture(picture)
    document.add_table(2, 2).cell(0, 0).text = "表格,原样"
    changed = parse_xml(f'<w:ins {nsdecls("w")} w:id="9" w:author="甲"><w:r><w:t>新加的话,留着。</w:t></w:r></w:ins>')
    document.paragraphs[2]._p.append(changed)
    done = put_right(saved(document), RULES)
    opened = docx.Document(io.BytesIO(done.document))
    assert len(opened.inline_shapes) == 1 and opened.tables[0].cell(0, 0).text == "表格,原样"
    holder = opened.inline_shapes[0]._inline.getparent().getparent().getparent()
    assert 'lineRule="exact"' not in holder.xml
    assert [d.where for d in done.left] == ["修订"]
    assert "<w:ins" in opened.paragraphs[2]._p.xml


def test_a_paragraph_of_many_runs_keeps_each_ones_look():
    document = standard_document([("标题", "关于开展活动的通知"), ("主送", "各镇街妇联：")])
    paragraph = add(document, "正文", "请于")
    add_run(paragraph, "8月5日", "仿宋_GB2312", 16).bold = True
    add_run(paragraph, "前报名(", "仿宋_GB2312", 16)
    add_run(paragraph, "见附件", "仿宋_GB2312", 16).italic = True
    add_run(paragraph, ").", "仿宋_GB2312", 16)
    opened = docx.Document(io.BytesIO(put_right(saved(document), RULES).document))
    assert [(r.text, r.bold, r.italic) for r in opened.paragraphs[-1].runs] == [
        ("请于", None, None), ("8月5日", True, None), ("前报名（", None, None), ("见附件", None, True), ("）。", None, None),
    ]  # fmt: skip


def test_the_offices_own_rules_come_before_the_standard():
    own = {
        "上边距": 30,
        "标题加粗": "是",
        "三级标题加粗": "是",
        "页码位置": "居中",
        "西文字体": "Times New Roman",
        "改正标点": "否",
        "表格字号": 12,
    }
    rules = house_rules(Settings(parameters=own))
    document = docx.Document(io.BytesIO(clerks_document(CLERKS.replace("1、报名", "1.报名"))))
    document.add_table(1, 1).cell(0, 0).text = "表格"
    done = put_right(saved(document), rules)
    measured = measure(done.document)
    bold = {p.text: all(s.bold for s in p.segments) for p in measured.paragraphs if p.text}
    assert (
        bold["1.报名方式"]
        and bold["关于举办女性社会组织负责人能力提升\n培训班暨公益创投项目推介会的通知"]
        and not bold["一. 时间和地点"]
    )
    assert measured.sections[0].margins["top"] == 1701 and measured.sections[0].numbers["default"].side == "center"
    assert "各乡镇(街道)妇联,各有关女性社会组织:" in texts(done.document)
    assert next(p for p in measured.paragraphs if p.text == "表格").sizes == {12.0}
    assert put_right(done.document, rules).changes == []


def test_other_words_of_a_foot_stay_beside_the_number():
    document = docx.Document(io.BytesIO(clerks_document(CLERKS)))
    document.sections[0].footer.paragraphs[0].text = "地址：余姚市世南西路"
    done = put_right(saved(document), RULES)
    footer = docx.Document(io.BytesIO(done.document)).sections[0]
    assert [p.text for p in footer.footer.paragraphs] == ["地址：余姚市世南西路", "— 1 —"]
    assert [p.text for p in footer.even_page_footer.paragraphs] == ["地址：余姚市世南西路", "— 1 —"]
    assert deviations(done.document) == []


def test_english_is_left_alone():
    data = clerks_document("Dear Ms. Chen,\nPlease find attached (see below): the list, 3 pages.")
    done = put_right(data, RULES)
    assert done.document == data and [d.where for d in done.left] == ["全文"]


#: What the property may find in a document: looks, signs in both widths, numbers of every kind.
_WORDS = st.text(
    '余姚市妇联组织活动通知，。、；：,.;:?!()（）“”"[]〔〕2026年08月5日一二三1. 　A-bc', min_size=1, max_size=30
)
_LINE = st.tuples(st.sampled_from(["", "居中|", "居右|"]), st.sampled_from(["", "一、", "（一）", "(1)", "1、", "附件:", "附件1", "一.", "　　", "    "]), _WORDS)  # fmt: skip
_PUNCTUATION = re.compile(r"[\s\u3000，。、；：,.;:?!？！()（）“”\"\[\]〔〕…—0〇○第-]|[年月日二三]")


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(_LINE, min_size=1, max_size=8))
def test_whatever_the_document_only_signs_change_and_once_is_enough(lines):
    data = clerks_document("\n".join(look + head + words.replace("|", "") for look, head, words in lines))
    once = put_right(data, RULES)
    plain = [_PUNCTUATION.sub("", text) for text in (" ".join(texts(data)), " ".join(texts(once.document)))]
    assert plain[0] == plain[1]
    assert put_right(once.document, RULES).changes == []


class TestThroughTheRealCommand:
    def test_the_copy_the_list_and_the_original(self, tmp_path):
        folder = office(tmp_path, demo=False)
        data = clerks_document(CLERKS)
        (folder / "通知.docx").write_bytes(data)
        done = jinguo(folder, "format", "通知.docx")
        assert done.returncode == 0 and "改了" in done.stdout
        assert (folder / "通知.docx").read_bytes() == data
        copy = folder / "output/规范格式/通知.docx"
        assert deviations(copy.read_bytes()) == []
        rows = workbook_rows(folder / "output/规范格式/修改清单.xlsx", "修改")
        assert ["通知.docx", "成文日期", "2026年08月05日", "“2026年08月05日”→“2026年8月5日”", "改正 1 处"] in rows
        again = jinguo(folder, "format", str(copy))
        assert again.stdout.endswith("通知.docx：没有要改的地方。\n")

    @pytest.mark.parametrize(
        ("name", "data", "says"),
        [("通知.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧格式"), ("通知.docx", b"PK nothing", "已经损坏"), ("没有.docx", None, "找不到")],
    )  # fmt: skip
    def test_what_is_no_document_is_told_and_the_others_are_put_right(self, tmp_path, name, data, says):
        folder = office(tmp_path, demo=False)
        (folder / "好的.docx").write_bytes(clerks_document(CLERKS))
        if data is not None:
            (folder / name).write_bytes(data)
        done = jinguo(folder, "format", name, "好的.docx")
        assert done.returncode == 2 and says in done.stdout and "请这样做" in done.stdout
        assert (folder / "output/规范格式/好的.docx").is_file()

    def test_the_offices_rules_are_read_from_the_settings(self, tmp_path):
        from tests.helpers import change_cell, find_cell

        folder = office(tmp_path)
        path = folder / "workbooks/设置.xlsx"
        change_cell(path, "格式口径", find_cell(path, "格式口径", "值", "三级标题加粗", "项目"), "是")
        (folder / "通知.docx").write_bytes(clerks_document(CLERKS))
        jinguo(folder, "format", "通知.docx")
        measured = measure((folder / "output/规范格式/通知.docx").read_bytes())
        assert all(s.bold for p in measured.paragraphs if p.text == "1.报名方式" for s in p.segments)


def test_the_copy_is_valid_by_microsofts_validator(validate, tmp_path):
    path = tmp_path / "通知.docx"
    document = docx.Document(io.BytesIO(clerks_document(CLERKS)))
    number_automatically(document, [("decimal", "%1、"), ("chineseCounting", "(%2)")])
    numbered(document.add_paragraph("自动编号的一段"))
    document.add_heading("总体要求", 1)
    document.add_table(30, 3)
    path.write_bytes(put_right(saved(document), RULES).document)
    assert validate(path) == []
