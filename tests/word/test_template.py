"""One template, many documents: the same text as docxtpl, the same bytes every time, pictures, and nothing hostile."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zlib

import docx
import pytest
from docxtpl import DocxTemplate

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import read_parts, write_parts
from jinguo.documents.templates import TEMPLATES, build_template
from jinguo.registry.settings import Settings
from jinguo.word.drawings import Picture
from jinguo.word.hostile import hostile_contents
from jinguo.word.placeholders import shapes
from jinguo.word.template import Template, plain_name
from tests.helpers import ROOT, TODAY, change_cell, find_cell, jinguo, office
from tests.word.test_render import BASE, NAME, OFFICE, template


def text_of(data: bytes) -> list[str]:
    """Every paragraph of the document, tables included, in order."""
    body = docx.Document(io.BytesIO(data)).element.body
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return [
        "".join("\n" if t.tag == f"{space}br" else t.text or "" for t in p.iter(f"{space}t", f"{space}br"))
        for p in body.iter(f"{space}p")
    ]


def sample_values(data: bytes, full: bool) -> dict:
    """A value for every name the template places: words with signs that must be escaped, or empty words and no rows."""
    return {name: shape.sample(name, 2 if full else 0) for name, shape in shapes(data).items()}


def by_docxtpl(data: bytes, values: dict) -> bytes:
    def plain(value):
        if isinstance(value, dict):
            return {plain_name(k): plain(v) for k, v in value.items()}
        return [plain(v) for v in value] if isinstance(value, list) else value

    document, stream = DocxTemplate(io.BytesIO(data)), io.BytesIO()
    document.render(plain(values), autoescape=True)
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", TEMPLATES)
@pytest.mark.parametrize("full", [True, False], ids=["filled", "bare"])
def test_the_text_is_that_of_plain_docxtpl(name, full):
    data = (ROOT / "templates" / name).read_bytes()
    values = sample_values(data, full)
    # But for the quotation marks of a name that stands inside others.
    single = str.maketrans("‘’", "“”")
    ours, theirs = text_of(Template(data, name, OFFICE, TODAY).render(values)), text_of(by_docxtpl(data, values))
    assert str(_written(ours)).translate(single) == str(_written(theirs)).translate(single)


def _written(texts: list[str]) -> list[str]:
    """Without the empty lines: the signature may take one of them to find room."""
    return [text for text in texts if text]


def test_many_documents_of_one_template_are_those_of_one_each():
    data = build_template(NAME)
    once = Template(data, NAME, OFFICE, TODAY)
    for full in (True, False, True):
        values = sample_values(data, full)
        assert once.render(values) == Template(data, NAME, OFFICE, TODAY).render(values)


def test_memory_does_not_grow_with_the_number_of_documents():
    once = Template(build_template(NAME), NAME, OFFICE, TODAY)
    values = sample_values(build_template(NAME), True)
    for _ in range(20):
        once.render(values)
    tracemalloc.start()
    once.render(values)
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(200):
        once.render(values)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 100_000


def test_only_the_parts_with_tags_are_written_anew():
    data = build_template(NAME)
    before, after = read_parts(data), read_parts(Template(data, NAME, OFFICE, TODAY).render(sample_values(data, True)))
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} <= {
        "word/document.xml",
        "docProps/core.xml",
        "docProps/app.xml",
    }


def test_headers_and_footers_are_filled():
    document = docx.Document(io.BytesIO(BASE))
    document.sections[0].header.paragraphs[0].text = "{{ 单位名称 }}内部材料"
    document.add_paragraph("正文")
    stream = io.BytesIO()
    document.save(stream)
    data = Template(stream.getvalue(), NAME, OFFICE, TODAY).render({"单位名称": "余姚市妇联"})
    assert docx.Document(io.BytesIO(data)).sections[0].header.paragraphs[0].text == "余姚市妇联内部材料"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\xcc\x33\x66" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def test_pictures_stand_where_their_tags_are_and_keep_their_shape():
    rows = [{"照片": Picture(png(30, 40), 25)}, {"照片": Picture(png(40, 20), 60, height=20)}]
    data = Template(
        template("{%p for 行 in 名单 %}", "照片：{{ 行.照片 }}。", "{%p endfor %}"), NAME, OFFICE, TODAY
    ).render({"名单": rows})
    shapes = docx.Document(io.BytesIO(data)).inline_shapes
    assert [(s.width.mm, round(s.height.mm, 1)) for s in shapes] == [(25, 33.3), (40, 20)]
    assert len({s._inline.docPr.id for s in shapes}) == 2
    assert text_of(data) == ["照片：。", "照片：。"]
    assert [name for name in read_parts(data) if "media" in name] == [
        "word/media/picture1.png",
        "word/media/picture2.png",
    ]


def test_without_a_picture_nothing_of_pictures_is_there():
    data = Template(template("照片：{{ 照片 }}。"), NAME, OFFICE, TODAY).render({"照片": ""})
    assert not [name for name in read_parts(data) if "media" in name]


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in 行 %}{% for b in 行 %}{% for c in 行 %}{% for d in 行 %}x{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "{{ 'x' * 999999999 }}",
        "{{ 10 ** 99999999 }}",
        "{{ 值 * 99999999 }}",
        "{{ range(999999999) }}",
        "{% for i in range(999999999) %}x{% endfor %}",
        "{{ 'x'|center(999999999) }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 值.__init__.__globals__ }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% import 'os' as os %}",
        "{% for 人 in 行 recursive %}{{ loop(行) }}{% endfor %}",
        "{{ cycler.__init__ }}",
        "{{ self }}",
    ],
)
def test_hostile_tags_are_refused_at_once(text):
    with pytest.raises(JinguoError) as caught:
        Template(template(text), NAME, OFFICE, TODAY).render({"行": [1] * 300, "值": "字"})
    assert caught.value.where == "templates › 培训通知.docx"


def with_part(name: str, data: bytes) -> bytes:
    return write_parts(read_parts(template("正文")) | {name: data})


_RELATION = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="http://example.org/x" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (with_part("word/vbaProject.bin", b"x"), "带有宏"),
        (with_part("word/activeX/activeX1.xml", b"<x/>"), "带有控件或嵌入的程序对象"),
        (with_part("word/embeddings/oleObject1.bin", b"x"), "带有控件或嵌入的程序对象"),
        (with_part("word/_rels/settings.xml.rels", _RELATION % b"attachedTemplate"), "引用了外部的文件或网址"),
        (with_part("word/_rels/header1.xml.rels", _RELATION % b"image"), "引用了外部的文件或网址"),
        (
            with_part("word/_rels/header1.xml.rels", (_RELATION % b"image").replace(b'"', b"'")),
            "引用了外部的文件或网址",
        ),
        (
            with_part("word/_rels/header1.xml.rels", (_RELATION % b"image").replace(b"=", b" = ")),
            "引用了外部的文件或网址",
        ),
        (
            with_part("word/_rels/header1.xml.rels", (_RELATION % b"image").replace(b"External", b"&#69;xternal")),
            "引用了外部的文件或网址",
        ),
        (
            with_part(
                "word/_rels/header1.xml.rels", (_RELATION % b"image").replace(b"org/x", b"org/relationships/hyperlink")
            ),
            "引用了外部的文件或网址",
        ),
        (with_part("word/_rels/header1.xml.RELS", _RELATION % b"image"), "引用了外部的文件或网址"),
        (
            with_part("word/_rels/document.xml.rels", _RELATION.replace(b' TargetMode="External"', b"") % b"oleObject"),
            "带有控件或嵌入的程序对象",
        ),
        (with_part("word/VBAPROJECT.BIN", b"x"), "带有宏"),
        (with_part("word/footnotes.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "有不允许的实体定义"),
        (with_part("word/footnotes.xml", b"<!--%s--><!DOCTYPE x><x/>" % (b"x" * 5000)), "有不允许的实体定义"),
        (with_part("word/footnotes.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")), "有读不懂的部分"),
        (with_part("word/footnotes.xml", b'<?xml version="1.0" encoding="UTF-7"?><x/>'), "有读不懂的部分"),
    ],
)
def test_hostile_contents_are_refused(data, said):
    with pytest.raises(JinguoError) as caught:
        Template(data, NAME, OFFICE, TODAY)
    assert caught.value.what == f"模板里{said}，没有使用"


def test_a_link_in_a_template_is_not_hostile():
    assert hostile_contents(read_parts(with_part("word/_rels/x.xml.rels", _RELATION % b"hyperlink"))) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_factory_templates_are_not_hostile(name):
    assert hostile_contents(read_parts(build_template(name))) == []


def test_characters_the_font_lacks_are_known():
    once = Template(template("{{ 姓名 }}"), NAME, OFFICE, TODAY)
    once.render({"姓名": "王玥、李珺、张静、赵𬭛"})
    once.render({"姓名": "王玥"})
    assert list(once.lacking) == ["玥", "珺", "𬭛"]


def test_of_other_fonts_nothing_is_known():
    once = Template(template("{{ 姓名 }}"), NAME, Settings({"单位名称": "妇联", "正文字体": "仿宋"}), TODAY)
    once.render({"姓名": "王玥"})
    assert not once.lacking


def test_the_list_says_which_characters_the_font_lacks(tmp_path):
    folder = office(tmp_path)
    path = folder / "workbooks" / "人员台账.xlsx"
    change_cell(path, "人员", find_cell(path, "人员", "姓名", "RY0001"), "王玥")
    done = jinguo(folder, "nominate", "TJ2603")
    assert "注意：字体 仿宋_GB2312 里没有“玥”" in done.stdout
