"""Filling a template: strict, escaped, sandboxed; what goes wrong is one Chinese paragraph; only the office in the
metadata."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import read_parts, write_parts
from jinguo.documents.templates import TEMPLATES, build_template, write_templates
from jinguo.registry.settings import Settings
from jinguo.word.base import base_document
from jinguo.word.template_files import read_template, render
from tests.helpers import ROOT, TODAY, docx_text, examples, snapshot

FONTS = {"标题字体": "方正小标宋简体", "正文字体": "仿宋_GB2312", "楷体字体": "楷体_GB2312", "黑体字体": "黑体"}
BASE = base_document(FONTS)
OFFICE = Settings({"单位名称": "余姚市妇女联合会"})
NAME = "培训通知.docx"


def template(*texts: str, style: str = "公文正文") -> bytes:
    """A template with these paragraphs, on the base of every document."""
    document = docx.Document(io.BytesIO(BASE))
    for text in texts:
        document.add_paragraph(text, style=style)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def fill(*texts: str, office: Settings = OFFICE, **values) -> list[str]:
    """The text of every paragraph once the template is filled."""
    data = render(template(*texts), NAME, values, office, TODAY)
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def refusal(*texts: str, **values) -> JinguoError:
    with pytest.raises(JinguoError) as caught:
        fill(*texts, **values)
    assert caught.value.where == "templates › 培训通知.docx"
    return caught.value


# Escaped


@pytest.mark.parametrize(
    "value",
    [
        "A&B公司",
        "成绩<60分",
        "成绩>60分",
        '“三八”"节"',
        "it's",
        "&lt;b&gt;",
        "<w:t>x</w:t>",
        "{{ 标题 }}",
        "{% if %}",
        "a  b",
        "——",
        "㛃𬭛",
    ],
)
def test_a_value_comes_out_as_it_went_in(value):
    assert fill("前{{ 值 }}后", 值=value) == [f"前{value}后"]


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30))
@settings(max_examples=examples(25), deadline=None)
def test_any_printable_value_comes_out_as_it_went_in(value):
    assert fill("前{{ 值 }}后", 值=value) == [f"前{value}后"]


def test_a_line_break_in_a_value_is_one_in_the_document():
    assert fill("{{ 值 }}", 值="第一行\n第二行") == ["第一行\n第二行"]


def test_a_tag_that_word_has_torn_into_runs_is_filled():
    document = docx.Document(io.BytesIO(BASE))
    paragraph = document.add_paragraph("发：")
    for piece in ("{", "{ 标", "题 }", "}", "。"):
        paragraph.add_run(piece)
    stream = io.BytesIO()
    document.save(stream)
    data = render(stream.getvalue(), NAME, {"标题": "通知"}, OFFICE, TODAY)
    assert [p.text for p in docx.Document(io.BytesIO(data)).paragraphs] == ["发：通知。"]


def test_a_value_is_placed_in_the_footer_too():
    document = docx.Document(io.BytesIO(BASE))
    document.sections[0].footer.paragraphs[0].add_run("{{ 标题 }}")
    stream = io.BytesIO()
    document.save(stream)
    data = render(stream.getvalue(), NAME, {"标题": "A&B通知"}, OFFICE, TODAY)
    assert docx.Document(io.BytesIO(data)).sections[0].footer.paragraphs[0].text.endswith("A&B通知")


# Strict


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{ 主送机构 }}", "模板里的“主送机构”没有对应的内容，是不是“主送机关”？"),
        ("{{ 活动名 }}", "模板里的“活动名”没有对应的内容，是不是“活动名称”？"),
        ("{{ 天气 }}", "模板里的“天气”没有对应的内容"),
        ("{% if 没有 %}有{% endif %}", "模板里的“没有”没有对应的内容"),
        ("{{ 主送机关.级别 }}", "模板里的“级别”没有对应的内容"),
        ("{% for 行 in 日程 %}{{ 行.天气 }}{% endfor %}", "模板里的“天气”没有对应的内容"),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest(text, what):
    error = refusal("好的", text, 主送机关="各单位", 活动名称="培训班", 日程=[{"时间": "9:00", "主讲": "甲"}])
    assert (error.what, error.remedy) == (what, "在 Word 里打开模板改正，或拷回原来的模板。")


def test_the_nearest_name_in_a_row_is_found_too():
    error = refusal("{% for 行 in 名额分配 %}{{ 行.序列号 }}{% endfor %}", 名额分配=[{"序号": "1", "镇街": "阳明街道"}])
    assert error.what == "模板里的“序列号”没有对应的内容，是不是“序号”？"


def test_a_column_that_is_not_there_is_told_in_chinese():
    error = refusal("{{ 栏.9 }}", 栏=["镇街"])
    assert not re.search("[a-z]{3,}", error.what), error.what


def test_a_header_with_brackets_can_be_placed():
    """A header of schema.md: whoever places it writes it as it stands in the workbook."""
    assert fill("{{ 经费(元) }}", **{"经费(元)": "8000"}) == ["8000"]  # type: ignore[arg-type]


# Sandboxed


@pytest.mark.parametrize(
    "text",
    [
        "{{ 标题.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ 标题.upper.__self__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ '{0.__class__}'.format(标题) }}",
        "{{ 标题|attr('__class__') }}",
    ],
)
def test_internals_are_out_of_reach(text):
    error = refusal(text, 标题="通知")
    assert (error.what, error.remedy) == ("模板里有不允许的写法，没有执行", "拷回原来的模板；不要使用来历不明的模板。")


# Broken


@pytest.mark.parametrize(
    "text",
    [
        "{{ 标题",
        "{% if 标题 %}有",
        "{% for 行 in 标题 %}",
        "{{ 标题|大写 }}",
        "{{ 标题 标题 }}",
        "{% 如果 标题 %}",
        "{%tr if 标题 %}",
    ],
)
def test_a_tag_that_is_wrong_is_told_in_a_paragraph(text):
    error = refusal(text, 标题="通知")
    assert error.what.startswith("模板的标记写得不对")
    assert error.remedy == "检查 {{ }} 和 {% %} 是否成对、是否用了全角括号；或拷回原来的模板。"


def test_a_tag_that_is_wrong_is_told_in_chinese():
    error = refusal("{% if 标题 %}有", 标题="通知")
    assert not re.search("[A-Za-z]{3,}", error.what.replace("endif", "").replace("if", "")), error.what


@pytest.mark.parametrize(
    "text", ["{{ 名额 + 10 }}", "{{ 名额 / 0 }}", "{{ 名额() }}", "{% include '别的' %}", "{{ range(99999999) }}"]
)
def test_a_sum_that_cannot_be_done_is_told_in_a_paragraph(text):
    assert refusal(text, 名额="40").what


def test_a_workbook_under_the_name_of_a_template_is_told_in_a_paragraph():
    with pytest.raises(JinguoError):
        render((ROOT / "workbooks" / "设置.xlsx").read_bytes(), NAME, {}, OFFICE, TODAY)


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: b"",
        lambda d: d[:-300],
        lambda d: d[:600] + bytes(40) + d[640:],
        lambda d: b"\xd0\xcf\x11\xe0" + bytes(600),
        lambda d: b"<html>",
    ],
    ids=["empty", "cut off", "a hole in it", "an old .doc or with a password", "a web page"],
)
def test_a_damaged_template_is_told_in_a_paragraph(tmp_path, damage):
    (tmp_path / NAME).write_bytes(damage((ROOT / "templates" / NAME).read_bytes()))
    with pytest.raises(JinguoError) as caught:
        read_template(tmp_path, NAME)
    assert caught.value.paragraph() == (
        "templates › 培训通知.docx：模板打不开，可能已损坏或正被编辑\n请这样做：关闭 Word 再运行；仍不行就拷回原来的模板。"
    )


def test_a_missing_template(tmp_path):
    with pytest.raises(JinguoError) as caught:
        read_template(tmp_path, NAME)
    assert (caught.value.what, caught.value.where) == ("模板不见了", "templates › 培训通知.docx")


def test_a_template_that_is_there_is_read_as_it_is(tmp_path):
    (tmp_path / NAME).write_bytes(template("正文"))
    assert read_template(tmp_path, NAME) == template("正文")


# The same bytes, the office's fonts, the office's name


def test_the_same_values_give_the_same_bytes():
    data = template("{{ 标题 }}")
    first, second = (render(data, NAME, {"标题": "通知"}, OFFICE, TODAY) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_metadata_says_the_office_and_the_day():
    document = docx.Document(io.BytesIO(template("正文")))
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.comments, properties.keywords = (
        "王科员",
        "李科员",
        "内部",
        "密",
    )
    properties.created = datetime.datetime(2013, 12, 23)
    stream = io.BytesIO()
    document.save(stream)
    data = render(stream.getvalue(), NAME, {}, Settings({"单位名称": "A&B妇联"}), TODAY)
    core = docx.Document(io.BytesIO(data)).core_properties
    assert (core.author, core.last_modified_by, core.comments, core.keywords) == ("A&B妇联", "A&B妇联", "", "")
    assert core.created.date() == core.modified.date() == TODAY


def test_no_generated_document_names_a_person_or_a_program_in_its_metadata(generated):
    for path in (generated / "output").rglob("*.docx"):
        core = docx.Document(str(path)).core_properties
        assert (core.author, core.last_modified_by, core.title) == ("余姚市妇女联合会",) * 2 + ("",)
        assert b"python" not in path.read_bytes().lower()


def test_the_metadata_that_word_adds_to_an_edited_template_goes_too():
    """Word writes the owner of the computer into docProps/app.xml (Company, Manager) when a template is saved."""
    parts = read_parts(template("正文"))
    parts["docProps/app.xml"] = parts["docProps/app.xml"].replace(
        b"></Properties>", "><Manager>王科长</Manager><Company>某某公司</Company></Properties>".encode()
    )
    data = render(write_parts(parts), NAME, {}, OFFICE, TODAY)
    everything = b"".join(read_parts(data).values()).decode()
    assert "王科长" not in everything and "某某公司" not in everything


def fonts_in(data: bytes) -> set[str]:
    parts = read_parts(data)
    return set(
        re.findall(
            r'w:(?:ascii|hAnsi|eastAsia|cs)="([^"]+)"', (parts["word/styles.xml"] + parts["word/document.xml"]).decode()
        )
    ) - {"zh-CN"}


def test_without_other_fonts_those_of_the_standard_are_used():
    assert fonts_in(render(template("正文"), NAME, {}, OFFICE, TODAY)) == {*FONTS.values(), "宋体"}


def test_the_office_s_fonts_replace_those_of_the_template():
    office = Settings({"标题字体": "方正小标宋_GBK", "正文字体": "仿宋", "楷体字体": "A&B楷体"})
    data = render(template("正文"), NAME, {}, office, TODAY)
    assert fonts_in(data) == {"方正小标宋_GBK", "仿宋", "A&amp;B楷体", "黑体", "宋体"}
    assert docx.Document(io.BytesIO(data)).styles["二级标题"].font.name == "A&B楷体"


def test_the_text_of_a_document_is_no_font():
    assert fill("字体用黑体和“仿宋_GB2312”", office=Settings({"黑体字体": "宋体", "正文字体": "仿宋"})) == [
        "字体用黑体和“仿宋_GB2312”"
    ]


def test_a_font_may_take_the_name_another_had():
    """No 小标宋 on the computer: titles in 黑体, and 方正黑体_GBK where the standard has 黑体."""
    office = Settings({"标题字体": "黑体", "黑体字体": "方正黑体_GBK"})
    styles = docx.Document(io.BytesIO(render(template("正文"), NAME, {}, office, TODAY))).styles
    assert (styles["公文标题"].font.name, styles["一级标题"].font.name) == ("黑体", "方正黑体_GBK")


def test_a_font_s_name_in_straight_quotes_is_text():
    assert fill('标题用"黑体"', office=Settings({"黑体字体": "方正黑体_GBK"})) == ['标题用"黑体"']


# The signature in a rendered document


def indents(data: bytes) -> list[tuple[str, str | None]]:
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return [
        (p.text, i.get(f"{space}rightChars"))
        for p in docx.Document(io.BytesIO(data)).paragraphs
        for i in p._p.iterfind(f"{space}pPr/{space}ind")
    ]


def signed() -> bytes:
    document = docx.Document(io.BytesIO(BASE))
    document.add_paragraph("{{ 单位名称 }}", style="署名")
    document.add_paragraph("{{ 成文日期 }}", style="成文日期")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


VALUES = {"单位名称": "余姚市妇女联合会", "成文日期": "2026年3月8日"}


@pytest.mark.parametrize(("sealed", "rights"), [("是", ("362", "400")), ("否", ("200", None))])
def test_the_signature_stands_as_the_office_seals(sealed, rights):
    data = render(signed(), NAME, VALUES, Settings({"是否用印": sealed}), TODAY)
    assert indents(data) == [("余姚市妇女联合会", rights[0]), ("2026年3月8日", rights[1])]


def test_a_template_saved_in_chinese_word_still_has_its_signature_placed():
    """Word keeps the name 署名 and calls the style af1."""
    parts = read_parts(signed())
    for part in ("word/styles.xml", "word/document.xml"):
        parts[part] = parts[part].replace(b'"Signature1"', b'"af1"').replace(b'"SignatureDate"', b'"af2"')
    data = render(write_parts(parts), NAME, VALUES, OFFICE, TODAY)
    assert indents(data) == [("余姚市妇女联合会", "362"), ("2026年3月8日", "400")]


# The factory's templates


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_the_templates_in_the_folder_are_the_factory_s(name):
    assert (ROOT / "templates" / name).read_bytes() == build_template(name)


def test_the_factory_writes_every_template(tmp_path):
    assert [p.name for p in write_templates(tmp_path)] == ["邮件正文.txt", *TEMPLATES]
    assert snapshot(tmp_path) == snapshot(ROOT / "templates")


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_every_placeholder_of_a_template_has_a_chinese_name(name):
    text = "\n".join(docx_text(ROOT / "templates" / name))
    asked = [a for a in re.findall(r"\{\{ *([^}]+?) *\}\}", text) if not re.fullmatch(r"[一-鿿]+(\.([一-鿿]+|\d))*", a)]
    assert asked == []
    assert text.count("{{") == text.count("}}") > 5
    assert not re.search("[｛｝]", text)


def test_a_template_that_staff_changed_is_the_one_that_is_used(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(template("{{ 标题 }}", "以此为准"))
    data = render(read_template(Path(tmp_path), NAME), NAME, {"标题": "通知"}, OFFICE, TODAY)
    assert [p.text for p in docx.Document(io.BytesIO(data)).paragraphs] == ["通知", "以此为准"]
