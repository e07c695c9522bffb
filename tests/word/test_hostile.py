"""What a template from anywhere may bring along, kind by kind, and how long one may go on."""

from __future__ import annotations

import io
import zipfile

import pytest

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import read_parts, write_parts
from jinguo.word.hostile import hostile_contents
from jinguo.word.template import Template
from tests.helpers import TODAY, ends_within, jinguo, office
from tests.word.test_template import NAME, OFFICE, template

_TYPES = "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def with_body(xml: str) -> dict[str, bytes]:
    """A template with this in its last paragraph, or behind it."""
    parts = read_parts(template("正文"))
    text = parts["word/document.xml"].decode()
    place = text.rindex("</w:p>")
    vml = ' xmlns:v="urn:schemas-microsoft-com:vml" '
    parts["word/document.xml"] = (
        (text[:place] + xml + text[place:]).replace("<w:document ", f"<w:document{vml}", 1).encode()
    )
    return parts


def field(*pieces: str) -> str:
    """A complex field whose instruction Word has split over so many runs."""
    runs = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{mark('begin')}{runs}{mark('separate')}<w:r><w:t>1</w:t></w:r>{mark('end')}"


def related(kind: str, target: str = "x.bin", external: bool = False, data: bytes = b"x") -> dict[str, bytes]:
    """A template whose document has one more relationship."""
    parts = with_body("")
    mode = ' TargetMode="External"' if external else ""
    new = f'<Relationship Id="rX" Type="{_R}{kind}" Target="{target}"{mode}/></Relationships>'
    parts[_RELATIONS] = parts[_RELATIONS].replace(b"</Relationships>", new.encode())
    return parts if external else typed(parts, f"word/{target}", "image/png", data)


def typed(parts: dict[str, bytes], name: str, kind: str, data: bytes) -> dict[str, bytes]:
    new = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    return parts | {name: data, _TYPES: parts[_TYPES].replace(b"</Types>", new.encode())}


def packed(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    "instruction",
    [
        "DDEAUTO c:\\\\x",
        "dde x y",
        "LINK Excel.Sheet.8 x",
        "INCLUDETEXT \\\\h\\x",
        "INCLUDEPICTURE http://x",
        "INCLUDE x",
        "MACROBUTTON X y",
        "DATABASE x",
        "IMPORT x",
        "EMBED Package",
        "PRINT x",
        "RD x",
        "ASK x",
        "FILLIN x",
        "GOTOBUTTON x",
        "SET a b",
        "ADDIN x",
        "USERNAME",
        "AUTOTEXT x",
        "NEXT",
        "SOMETHINGNEW",
    ],
)
def test_a_field_that_no_document_of_ours_has_is_refused(instruction):
    name = instruction.split()[0].upper()
    half = len(name) // 2
    for xml in (
        field(instruction),
        field(" ", instruction[:half], instruction[half:]),
        f'<w:fldSimple w:instr=" {instruction} "/>',
        field(" IF 1=1 ")[:-1] + ">" + field(instruction),
    ):
        assert hostile_contents(with_body(xml)) == [f"有不允许的域 {name}"]


def test_a_field_whose_name_another_field_works_out_is_refused():
    inner = field(" QUOTE 68 68 69 ")
    xml = field("@@ c:\\\\x").replace(
        '<w:r><w:instrText xml:space="preserve">@@', f'{inner}<w:r><w:instrText xml:space="preserve">'
    )
    assert hostile_contents(with_body(xml)) == ["有不允许的域 （名称是算出来的）"]


@pytest.mark.parametrize(
    "instruction", ["PAGE", " NUMPAGES \\* Arabic", "TOC \\o", "=1+1", "MERGEFIELD x", "DATE", "EQ \\o(a,b)"]
)
def test_a_field_that_only_prints_is_not_hostile(instruction):
    assert hostile_contents(with_body(field(instruction))) == []


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (related("aFChunk"), "嵌着另一份文档"),
        (related("subDocument", "file:///x.docx", True), "引用了外部的文件或网址"),
        (with_body('</w:p><w:altChunk r:id="rX" xmlns:r="r"/><w:p>'), "嵌着另一份文档"),
        (related("attachedTemplate", "x.dotm"), "引用了外部的文件或网址"),
        (related("image", "file://server/x.png", True), "引用了外部的文件或网址"),
        (related("hyperlink", "file://server/x.exe", True), "引用了外部的文件或网址"),
        (related("hyperlink", "javascript:x", True), "引用了外部的文件或网址"),
        (with_body(field("HYPERLINK &quot;file://server/x.exe&quot;")), "引用了外部的文件或网址"),
        (related("package", "x.xlsm", data=packed(xl__vbaProject="x")), "带有宏"),
        (related("package", "x.xlsx", data=packed(xl__workbook="x", xl__vbaProject="x")), "带有宏"),
        (related("package", "x.docx", data=packed(word__document="x")), "嵌着另一份文档"),
        (related("image", "x.png", data=b"\xd0\xcf\x11\xe0" + b"x" * 600), "带有控件或嵌入的程序对象"),
        (related("wordVbaData"), "带有宏"),
        (related("keyMapCustomizations"), "带有宏"),
        (related("mailMergeSource"), "带有邮件合并的数据源"),
        (related("webextensiontaskpanes"), "带有控件或嵌入的程序对象"),
        (related("somethingNew"), "有程序不认得的部分（somethingnew）"),
        (typed(with_body(""), "word/data.bin", "application/vnd.ms-office.vbaProject", b"x"), "带有宏"),
        (typed(with_body(""), "word/data.xml", "application/vnd.ms-word.document.macroEnabled.main+xml", b"<x/>"), "带有宏"),
        (typed(with_body(""), "word/x.html", "text/html", b"x"), "有程序不认得的部分（html）"),
        (with_body('<w:r><w:pict><v:shape><v:imagedata src="http://x/y.png"/></v:shape></w:pict></w:r>'), "引用了外部的文件或网址"),
        (with_body("") | {"word/deep.xml": b"<a>" * 100_000 + b"</a>" * 100_000}, "有读不懂的部分"),
        (with_body("") | {"word/nul.xml": b"<a>\0</a>"}, "有读不懂的部分"),
        (with_body("") | {"word/stray.exe": b"MZ"}, "有程序不认得的部分（没有写类型）"),
        ({n: d for n, d in with_body("").items() if n != _TYPES}, "缺了文件里的一部分（[content_types].xml）"),
        ({n: d for n, d in with_body("").items() if n != "word/styles.xml"}, "缺了文件里的一部分（word/styles.xml）"),
        ({n: d for n, d in with_body("").items() if n != _RELATIONS}, "缺了文件里的一部分（关系 "),
        (with_body("<w:r><w:t>" + "{{" * 100_000 + "</w:t></w:r>"), "文字或标记多得不像模板"),
        (with_body("<w:r><w:t>{{ " + "甲~" * 50_000 + "甲 }}</w:t></w:r>"), "文字或标记多得不像模板"),
        (with_body("</w:p>" + "<w:p/>" * 30_000 + "<w:p>"), "文字或标记多得不像模板"),
        (with_body('<w:r><w:pict><v:shape href="file:///x"/></w:pict></w:r>'), "引用了外部的文件或网址"),
        (with_body("") | {"word/x.xml": b'<w:mailMerge xmlns:w="w"/>'}, "带有邮件合并的数据源"),
    ],
)  # fmt: skip
def test_a_part_that_no_document_of_ours_has_is_refused(parts, said):
    with ends_within(30):
        assert any(what.startswith(said) for what in hostile_contents(parts))
    with pytest.raises(JinguoError, match="没有使用"):
        Template(write_parts(parts), NAME, OFFICE, TODAY)


@pytest.mark.parametrize(
    "parts",
    [
        related("image", "media/image1.png"),
        related("hyperlink", "https://example.org/", True),
        related("hyperlink", "mailto:a@example.org", True),
        related("package", "embeddings/x.xlsx", data=packed(xl__workbook="x")),
        with_body('<w:r><w:pict><v:shape><v:imagedata src=""/></v:shape></w:pict></w:r>'),
        with_body(field('HYPERLINK \\l "x"')),
    ],
)
def test_what_word_makes_itself_is_not_hostile(parts):
    assert hostile_contents(parts) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ '%3000000000d' % 1 }}",
        "{{ '{:>3000000000}'.format(1) }}",
        "{{ 'x'.ljust(3000000000) }}",
        "{{ '1'.zfill(3000000000) }}",
        "{{ 值.join(行) }}",
        "{{ " + "值" + "|replace('', 'xxxxxxxxxx')" * 20 + " }}",
        "{{ " + "行" + "|join(',')" + "|join(',,,,,,,,,,')" * 20 + " }}",
        "{% for a in 行 %}{% for b in 行 %}{% for c in 行 %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in 行 %}{% for b in 行 %}{% for c in 行 %}" + "长" * 5000 + "{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in 值|replace('', '一二三四五六七八九十') %}{% endfor %}",
        "{% for a in 行 %}{% for b in 行 %}{{ 长|replace('字', '字字字') }}{% endfor %}{% endfor %}",
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{% if 1 %}" * 2000 + "{% endif %}" * 2000,
    ],
)
def test_a_template_that_would_go_on_and_on_stops(text):
    with ends_within(30), pytest.raises(JinguoError) as caught:
        Template(template(text), NAME, OFFICE, TODAY).render({"行": ["x"] * 300, "值": "字", "长": "字" * 900})
    assert caught.value.where == "templates › 培训通知.docx"


def test_a_long_table_is_filled():
    rows = [{"姓名": f"王{n}"} for n in range(5000)]
    done = Template(template("{% for 人 in 行 %}{{ 人.姓名 }}，{% endfor %}"), NAME, OFFICE, TODAY).render({"行": rows})
    assert "王4999" in read_parts(done)["word/document.xml"].decode()


def test_the_commands_say_so_and_write_no_letter(tmp_path):
    folder = office(tmp_path)
    (folder / "templates" / NAME).write_bytes(write_parts(with_body(field("DDEAUTO c:\\\\x"))))
    done = jinguo(folder, "notices", "培训通知")
    assert "模板有不允许的域 DDEAUTO（templates › 培训通知.docx），写出来会不真实" in done.stdout
    assert not list((folder / "output").rglob("培训通知*.docx"))
    assert "有不允许的域 DDEAUTO" in jinguo(folder, "lint").stdout


_X = ' xmlns:x="urn:x" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_MARK = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
_BEGIN, _BETWEEN, _END = map(_MARK, ("begin", "separate", "end"))
_TOLD = "<w:r><w:instrText>DDEAUTO c d</w:instrText></w:r>"


@pytest.mark.parametrize(
    "xml",
    [
        f"{_BEGIN}<w:r><w:instrText><!-- x -->DDEAUTO c d</w:instrText></w:r>{_BETWEEN}{_END}",
        f"{_BEGIN}<w:r><w:instrText><w:br/>DDEAUTO c d</w:instrText></w:r>{_BETWEEN}{_END}",
        f'<w:fldSimple{_X} x:instr="PAGE" w:instr="DDEAUTO c d"/>',
        f'<w:r><w:fldChar{_X} x:fldCharType="end" w:fldCharType="begin"/></w:r>{_TOLD}{_END}',
        f'{_BEGIN}<w:r{_X}><x:instrText>PAGE</x:instrText><x:fldChar x:fldCharType="separate"/></w:r>{_TOLD}{_END}',
        f'{_BEGIN}<mc:AlternateContent{_X}><mc:Choice Requires="x"><w:r><w:instrText>PAGE</w:instrText>'
        f'<w:fldChar w:fldCharType="separate"/></w:r></mc:Choice></mc:AlternateContent>{_TOLD}{_END}',
    ],
)
def test_a_field_is_read_as_word_reads_it(xml):
    assert hostile_contents(with_body(xml)) == ["有不允许的域 DDEAUTO"]


def test_a_field_that_stands_there_for_two_programs_is_one():
    both = f'<mc:AlternateContent{_X}><mc:Choice Requires="x">{field("PAGE")}</mc:Choice><mc:Fallback>{field("PAGE")}</mc:Fallback></mc:AlternateContent>'
    assert hostile_contents(with_body(both)) == []


@pytest.mark.parametrize(
    ("instruction", "outside"),
    [
        (r'HYPERLINK \o "tip" "file:///x.exe"', True),
        (r'HYPERLINK \t "_blank" "javascript:alert(1)"', True),
        (r'HYPERLINK "https://example.org" \o "看 说明"', False),
        (r'HYPERLINK \l "书签"', False),
    ],
)
def test_where_a_link_leads_is_seen_behind_its_switches(instruction, outside):
    assert bool(hostile_contents(with_body(field(instruction.replace('"', "&quot;"))))) is outside


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (typed(with_body(""), "word/h.dat", "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml", b'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:fldSimple w:instr="DDEAUTO c"/></w:p></w:hdr>'), "有不允许的域 DDEAUTO"),
        (typed(with_body(""), "word/media/a.png", "image/png", b"MZ" + b"x" * 60), "带有控件或嵌入的程序对象"),
        (typed(with_body(""), "word/media/a.svg", "image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>'), "引用了外部的文件或网址"),
        (typed(with_body(""), "word/embeddings/x.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"\n" + packed(xl__vbaProject="x")), "带有控件或嵌入的程序对象"),
        (typed(with_body(""), "word/embeddings/x.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", packed(xl__externalLinks__externalLink1="x")), "引用了外部的文件或网址"),
        (with_body('<w:r><w:pict><v:rect><v:fill o:href="http://e/x.png" xmlns:o="urn:schemas-microsoft-com:office:office"/></v:rect></w:pict></w:r>'), "引用了外部的文件或网址"),
        (with_body('<w:r><wp15:webVideoPr xmlns:wp15="urn:y" embeddedHtml="x"/></w:r>'), "引用了外部的文件或网址"),
        (with_body('<w:r><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Link"/></w:r>'), "带有控件或嵌入的程序对象"),
    ],
)  # fmt: skip
def test_what_a_part_is_does_not_depend_on_its_name(parts, said):
    assert said in hostile_contents(parts)


@pytest.mark.parametrize(
    "text",
    [
        "{% autoescape false %}{{ 名称 }}{% endautoescape %}",
        "{{ 3|round(300000000, 'ceil') }}",
        "{{ " + "~".join(["名称"] * 4000) + " }}",
        "{% if 1 %}" * 120 + "{% endif %}" * 120,
    ],
)
def test_what_has_no_end_is_not_begun(text):
    with ends_within(20), pytest.raises(JinguoError):
        Template(template(text), NAME, OFFICE, TODAY).render({"名称": "很长的名称" * 20})


def test_a_part_of_a_million_empty_elements_is_none():
    parts = typed(with_body(""), "customXml/item9.xml", "application/xml", b"<a>" + b"<b/>" * 500_000 + b"</a>")
    assert hostile_contents(parts) == ["文字或标记多得不像模板"]
