"""Where signature and date stand (GB/T 9704-2012, 7.3.5), by numbers worked out on paper for a line of 28
characters."""

from __future__ import annotations

import pytest
from lxml import etree

from jinguo.word.signature import place_signatures, right_indents, sign, style_names, width

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = {"w": W}


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        ("", 0),
        ("余姚市妇女联合会", 8),
        ("2026年3月8日", 6),
        ("2026年10月15日", 7),
        ("ＡＢ", 2),
        ("“三八”", 4),
        ("—", 1),
    ],
)
def test_width_in_characters(text, characters):
    assert width(text) == characters


@pytest.mark.parametrize(
    ("signature", "date", "signature_right", "date_right"),
    [
        # 8 wide over 6: the date lies 18–24 from the left, its middle is 21; the signature lies 17–25.
        ("余姚市妇女联合会", "2026年3月8日", 3, 4),
        # 8 over 7: date 17–24, middle 20.5; signature 16.5–24.5.
        ("余姚市妇女联合会", "2026年10月15日", 3.5, 4),
        # 4 over 7: signature 18.5–22.5.
        ("市妇儿工", "2026年10月15日", 5.5, 4),
        # 6 over 6.
        ("余姚市妇联会", "2026年3月8日", 4, 4),
        # 20 over 6 would stand 3 characters out in the margin; it stands one in, and the date is centred on it.
        ("余姚市妇女联合会女性社会组织服务中心办公", "2026年3月8日", 1, 8),
    ],
)
def test_with_a_seal_the_signature_is_centred_over_the_date(signature, date, signature_right, date_right):
    assert right_indents(signature, date, sealed=True) == (signature_right, date_right)


@pytest.mark.parametrize(
    ("signature", "date", "signature_right", "date_right"),
    [
        # 8 wide, two in: it lies 18–26; the date begins two later, 20–26.
        ("余姚市妇女联合会", "2026年3月8日", 2, 2),
        # 12 wide: 14–26; the date 16–22, six in.
        ("余姚市妇女儿童工作委员会", "2026年3月8日", 2, 6),
        # 2 under 7: the date is the longer one: it stands two in, 19–26; the signature begins two before it, 17–19.
        ("妇联", "2026年10月15日", 9, 2),
        # 6 under 7: date 19–26, signature 17–23.
        ("余姚市妇联会", "2026年10月15日", 5, 2),
    ],
)
def test_without_a_seal_the_date_begins_two_after_the_signature(signature, date, signature_right, date_right):
    assert right_indents(signature, date, sealed=False) == (signature_right, date_right)


def test_a_date_shorter_than_the_signature_does_not_move_it():
    """8 over 7: 署名右空二字 holds unless 成文日期长于发文机关署名: signature 18–26, date 20–27."""
    assert right_indents("余姚市妇女联合会", "2026年10月15日", sealed=False) == (2, 1)


STYLES = etree.fromstring(
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Signature1"><w:name w:val="署名"/></w:style>'
    '<w:style w:styleId="SignatureDate"><w:name w:val="成文日期"/></w:style></w:styles>'
)


def body(*paragraphs: str) -> etree._Element:
    return etree.fromstring(f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>')


def styled(style: str, *runs: str, properties: str = "") -> str:
    inside = "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'


def indents(tree: etree._Element) -> list[tuple[str | None, ...]]:
    return [
        (i.get(f"{{{W}}}rightChars"), i.get(f"{{{W}}}right"), i.get(f"{{{W}}}firstLineChars"))
        for i in tree.iterfind(".//w:ind", NS)
    ]


def test_the_indents_are_set_in_characters_and_twips():
    tree = body(styled("Signature1", "余姚市妇女联合会"), styled("SignatureDate", "2026年", "10月", "15日"))
    place_signatures(tree, style_names(STYLES), sealed=True)
    assert indents(tree) == [("412", "1304", None), ("400", "1264", None)]


def test_an_indent_of_the_template_gives_way():
    """Set to nothing else, before w:jc as the schema of w:pPr has it."""
    old = '<w:ind w:firstLineChars="200" w:firstLine="632"/><w:jc w:val="right"/>'
    tree = body(
        styled("Signature1", "余姚市妇女联合会", properties=old),
        styled("SignatureDate", "2026年3月8日", properties=old),
    )
    place_signatures(tree, style_names(STYLES), sealed=False)
    # 8 wide, two in: it begins at 18; the date begins two later, whatever its digits are wide.
    first, second = (p.find("w:ind", NS).attrib for p in tree.iterfind(".//w:pPr", NS))
    assert dict(first) == {f"{{{W}}}rightChars": "200", f"{{{W}}}right": "632"}
    assert dict(second) == {f"{{{W}}}leftChars": "2000", f"{{{W}}}left": "6320"}
    children = [[etree.QName(child).localname for child in p] for p in tree.iterfind(".//w:pPr", NS)]
    assert children == [["pStyle", "ind", "jc"]] * 2


def test_every_pair_is_placed_and_nothing_else():
    tree = body(
        styled("BodyText1", "正文"),
        styled("Signature1", "余姚市妇女联合会"),
        styled("SignatureDate", "2026年3月8日"),
        styled("Signature1", "后面没有日期"),
        styled("BodyText1", "正文"),
        styled("Signature1", "妇联"),
        styled("SignatureDate", "2026年10月15日"),
        "<w:p/>",
    )
    place_signatures(tree, style_names(STYLES), sealed=False)
    assert [chars for chars, _, _ in indents(tree)] == ["200", None, "1025", "200"]


def kept(tree: etree._Element) -> list[str]:
    """The texts of the paragraphs that are kept with the next."""
    return ["".join(p.itertext()) for p in tree.iterfind(".//w:p", NS) if p.find("w:pPr/w:keepNext", NS) is not None]


SIGNED = (styled("Signature1", "余姚市妇女联合会"), styled("SignatureDate", "2026年3月8日"))


def test_the_paragraph_above_stays_with_the_signature():
    tree = body(
        styled("BodyText1", "第一段"),
        styled("BodyText1", "第二段", properties="<w:jc w:val='left'/>"),
        "<w:p/>",
        "<w:p/>",
        *SIGNED,
    )
    place_signatures(tree, style_names(STYLES), sealed=True)
    assert kept(tree) == ["第二段", "", ""]
    second = tree.findall(".//w:pPr", NS)[1]
    assert [etree.QName(child).localname for child in second] == ["pStyle", "keepNext", "jc"]
    place_signatures(tree, style_names(STYLES), sealed=True)
    assert len(tree.findall(".//w:keepNext", NS)) == 3


def test_the_last_row_of_a_table_stays_with_the_signature():
    row = "<w:tr><w:tc><w:p><w:r><w:t>{0}甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>{0}乙</w:t></w:r></w:p></w:tc></w:tr>"
    table = f"<w:tbl>{row.format(1)}{row.format(2)}</w:tbl>"
    tree = body(styled("BodyText1", "正文"), table, "<w:p/>", *SIGNED)
    place_signatures(tree, style_names(STYLES), sealed=True)
    assert kept(tree) == ["2甲", "2乙", ""]


def both_ways(*blocks: str) -> tuple[str, str]:
    """A document signed by its end alone, and by way of the whole tree."""
    xml = etree.tostring(body(*blocks), encoding="unicode")
    tree = etree.fromstring(xml)
    place_signatures(tree, style_names(STYLES), sealed=True)
    return sign(xml, style_names(STYLES), sealed=True), etree.tostring(tree, encoding="unicode")


ROW = "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr>"


@pytest.mark.parametrize(
    "above",
    [
        (styled("BodyText1", "正文"),),
        (styled("BodyText1", "第一段"), styled("BodyText1", "第二段"), "<w:p/>", "<w:p/>"),
        (styled("BodyText1", "正文"), f"<w:tbl>{ROW}{ROW}</w:tbl>", "<w:p/>"),
        (f"<w:tbl><w:tr><w:tc><w:tbl>{ROW}</w:tbl><w:p/></w:tc></w:tr></w:tbl>",),
        ("<w:p/>", "<w:p><w:r/></w:p>"),
        (styled("BodyText1", "正文"), "<w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt>"),
        (*SIGNED, styled("BodyText1", "正文")),
        (),
    ],
    ids=[
        "text",
        "empty lines",
        "a table",
        "a table in a table",
        "nothing but empty lines",
        "a control",
        "two signatures",
        "nothing",
    ],
)
@pytest.mark.parametrize("below", [(), (styled("BodyText1", "附件"), f"<w:tbl>{ROW}</w:tbl>")])
def test_signing_the_end_alone_is_signing_the_whole(above, below):
    end, whole = both_ways(*above, *SIGNED, *below)
    assert etree.tostring(etree.fromstring(end), method="c14n") == etree.tostring(
        etree.fromstring(whole), method="c14n"
    )


def test_a_document_without_a_signature_comes_back_as_it_is():
    xml = etree.tostring(body(styled("BodyText1", "正文")), encoding="unicode")
    assert sign(xml, style_names(STYLES), sealed=True) is xml
