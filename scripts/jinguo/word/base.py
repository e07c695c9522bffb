"""The base look of every document: one package whose styles, page and footers come from the GB/T 9704 numbers.

python-docx's own template is no base for a 公文: Letter paper, theme fonts that win over the Chinese ones, a Japanese
theme language. This one has no theme at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from jinguo.common.ooxml import CREATED, attribute, write_parts
from jinguo.word import gbt9704 as gb

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: Pinned; a document's own times are set when it is rendered.
_TIME = f"{CREATED:%Y-%m-%dT%H:%M:%SZ}"

FONT_ITEMS = ("标题字体", "正文字体", "楷体字体", "黑体字体")


def fonts(name: str) -> str:
    """A w:rFonts that names the font for every script, so that no theme or default shows through, and counts “” as
    Chinese."""
    font = attribute(name)
    return f'<w:rFonts w:hint="eastAsia" w:ascii={font} w:hAnsi={font} w:eastAsia={font} w:cs={font}/>'


def _style(
    identifier: str, name: str, paragraph: str = "", run: str = "", based: str = "Normal", custom: bool = True
) -> str:
    own = ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{identifier}">'
        f"<w:name w:val={attribute(name)}/>"
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + f"<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


# Set left, not justified: the grid makes full lines equally long anyway, and LibreOffice loses a comma that would hang
# over the end of a justified line on the grid.
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="628"/>'
_LINE = f'<w:spacing w:before="0" w:after="0" w:line="{gb.LINE_PITCH}" w:lineRule="exact"/>'


_RECORD_LINE = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="480" w:lineRule="exact"/>'
_TEXT_WIDTH = gb.PAGE_WIDTH - gb.MARGIN_LEFT - gb.MARGIN_RIGHT
#: 10.1: the double lines of a letter are 170 mm long, in the middle of the page, and so stand out on both sides.
_OUT_LEFT, _OUT_RIGHT = gb.millimetres(20) - gb.MARGIN_LEFT, gb.millimetres(20) - gb.MARGIN_RIGHT


def _double_line(side: str, kind: str, line: int) -> str:
    return (
        f'<w:pBdr><w:{side} w:val="{kind}" w:sz="24" w:space="0" w:color="{gb.RED}"/></w:pBdr><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{line}" w:lineRule="exact"/><w:ind w:left="{_OUT_LEFT}" w:right="{_OUT_RIGHT}"/>'
    )


def _styles(names: Mapping[str, str]) -> str:
    """Every style, by what it is for; the names staff see in Word are Chinese."""
    title, body, kai, hei = (names[item] for item in FONT_ITEMS)
    # Off the grid, which would set 五号 characters as far apart as 三号 ones.
    tight = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="360" w:lineRule="exact"/>'
    return (
        f"{_XML}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(body)}{_size(gb.SIZE_BODY)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_LINE}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:jc w:val="left"/></w:pPr><w:rPr>{fonts(body)}{_size(gb.SIZE_BODY)}</w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + _style("Mark", "发文机关标志", f'<w:snapToGrid w:val="0"/><w:spacing w:before="{gb.MARK_BEFORE}" w:after="0" w:line="{gb.SIZE_MARK * 10}" w:lineRule="exact"/><w:jc w:val="center"/>',
                 f'{fonts(title)}<w:color w:val="{gb.RED}"/>{_size(gb.SIZE_MARK)}')
        + _style("LetterNumber", "发文字号", '<w:jc w:val="center"/>')
        # 7.2.5: of a report the number stands one character in, and who signs it one character in from the right (7.2.6).
        + _style("UpwardNumber", "上行文字号", f'<w:tabs><w:tab w:val="right" w:pos="{_TEXT_WIDTH - gb.CHARACTER_WIDTH}"/></w:tabs><w:ind w:leftChars="100" w:left="{gb.CHARACTER_WIDTH}" w:rightChars="100" w:right="{gb.CHARACTER_WIDTH}"/>')
        + _style("RightNumber", "信函字号", '<w:jc w:val="right"/>')
        + _style("RedLine", "版头分隔线", f'<w:pBdr><w:bottom w:val="single" w:sz="{gb.RED_LINE_EIGHTHS}" w:space="1" w:color="{gb.RED}"/></w:pBdr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{gb.RED_LINE_BELOW}" w:lineRule="exact"/>')
        + _style("LetterMark", "信函标志", f'<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{gb.SIZE_LETTER_MARK * 10}" w:lineRule="exact"/><w:jc w:val="center"/>', f'{fonts(title)}<w:color w:val="{gb.RED}"/>{_size(gb.SIZE_LETTER_MARK)}')
        + _style("LetterTop", "信函上线", _double_line("bottom", "thickThinSmallGap", gb.LETTER_LINE_BELOW))
        + _style("LetterBottom", "信函下线", _double_line("top", "thinThickSmallGap", 20))
        + _style("Record", "版记", f'{_RECORD_LINE}<w:ind w:left="1120" w:right="280" w:hanging="840"/>', _size(gb.SIZE_PAGE_NUMBER))
        + _style("RecordIssued", "版记印发", f'<w:tabs><w:tab w:val="right" w:pos="{_TEXT_WIDTH - 280}"/></w:tabs>{_RECORD_LINE}<w:ind w:left="280" w:right="280"/>', _size(gb.SIZE_PAGE_NUMBER))
        + _style("RecordAnchor", "版记位置", '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(2))
        + _style("Spacer", "间隔", '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>', _size(2))
        + _style("DocumentTitle", "公文标题", '<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>', fonts(title) + _size(gb.SIZE_TITLE))
        + _style("Addressee", "主送机关", "<w:keepNext/>")
        + _style("BodyText1", "公文正文", _INDENT)
        + _style("Heading1", "一级标题", f'<w:keepNext/>{_INDENT}<w:outlineLvl w:val="0"/>', fonts(hei))
        + _style("Heading2", "二级标题", f'<w:keepNext/>{_INDENT}<w:outlineLvl w:val="1"/>', fonts(kai))
        + _style("AttachmentNote", "附件说明", '<w:ind w:left="1580" w:hanging="948"/>')
        + _style("Signature1", "署名", '<w:keepNext/><w:jc w:val="right"/>')
        + _style("SignatureDate", "成文日期", '<w:jc w:val="right"/>')
        + _style("AttachmentMark", "附件标记", "<w:pageBreakBefore/>", fonts(hei))
        + _style("ListSubtitle", "名单说明", '<w:jc w:val="center"/>', fonts(kai))
        + _style("ListName", "名单姓名", '<w:jc w:val="left"/>')
        + _style("TableTitle", "表题", '<w:keepNext/><w:spacing w:before="120" w:after="60" w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>', fonts(hei) + _size(28))
        + _style("Figure", "图", '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>')
        # Lines of a fixed height would show a strip of it.
        + _style("Photo", "照片", '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>', _size(gb.SIZE_TABLE))
        + _style("TableHead", "表头文字", f'<w:keepNext/>{tight}<w:jc w:val="center"/>', fonts(hei) + _size(gb.SIZE_TABLE))
        + _style("TableText", "表格文字", f'{tight}<w:jc w:val="center"/>', _size(gb.SIZE_TABLE))
        + _style("TableLeft", "表格文字左", f'{tight}<w:jc w:val="left"/>', _size(gb.SIZE_TABLE))
        + _style("TableSeal", "表格落款", f'{tight}<w:ind w:right="420"/><w:jc w:val="right"/>', _size(gb.SIZE_TABLE))
        + _style("CardName", "桌牌姓名", '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>', fonts(hei) + _size(240))
        + _style("CardLongName", "桌牌长姓名", '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>', fonts(hei) + _size(120))
        + _style("CertificateTitle", "证书标题", '<w:pageBreakBefore/><w:snapToGrid w:val="0"/><w:spacing w:before="240" w:after="240" w:line="1400" w:lineRule="exact"/><w:jc w:val="center"/>', f'{fonts(title)}<w:color w:val="{gb.RED}"/>{_size(112)}')
        + _style("CertificateTo", "证书称呼", '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="800" w:lineRule="exact"/><w:jc w:val="left"/>', _size(44))
        + _style("CertificateText", "证书正文", '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="800" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="880"/><w:jc w:val="left"/>', _size(44))
        + _style("Footer", "footer", '<w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>', fonts("宋体") + _size(gb.SIZE_PAGE_NUMBER), custom=False)
        + "</w:styles>"
    )  # fmt: skip


def _footer(side: str) -> str:
    """7.5: — 1 — in 4 号 宋体, one character in from the outer edge: right on odd pages, left on even ones."""
    return _foot('<w:pStyle w:val="Footer"/>', side, "")


def page_number_paragraph(side: str) -> bytes:
    """The same foot for a document with styles of its own: its look stands in it."""
    look = f"<w:rPr>{fonts('宋体')}{_size(gb.SIZE_PAGE_NUMBER)}</w:rPr>"
    spacing = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>'
    return _foot(spacing, side, look).encode("utf-8")


def _foot(properties: str, side: str, look: str) -> str:
    edge = {"right": 'w:rightChars="100" w:right="280"', "left": 'w:leftChars="100" w:left="280"'}.get(side, "")
    nothing = 'w:firstLineChars="0" w:firstLine="0" ' if look else ""
    indent = f"<w:ind {nothing}{edge}/>" if nothing or edge else ""

    def run(inner: str) -> str:
        return f"<w:r>{look}{inner}</w:r>"

    return (
        f'{_XML}<w:ftr {_W} {_R}><w:p><w:pPr>{properties}{indent}<w:jc w:val="{side}"/></w:pPr>'
        + run('<w:t xml:space="preserve">— </w:t>')
        + run('<w:fldChar w:fldCharType="begin"/>')
        + run('<w:instrText xml:space="preserve"> PAGE </w:instrText>')
        + run('<w:fldChar w:fldCharType="separate"/>')
        + run("<w:t>1</w:t>")
        + run('<w:fldChar w:fldCharType="end"/>')
        + run('<w:t xml:space="preserve"> —</w:t>')
        + "</w:p></w:ftr>"
    )


_DOCUMENT = (
    f"{_XML}<w:document {_W} {_R}><w:body><w:sectPr>"
    '<w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'
    f'<w:pgSz w:w="{gb.PAGE_WIDTH}" w:h="{gb.PAGE_HEIGHT}"/>'
    f'<w:pgMar w:top="{gb.MARGIN_TOP}" w:right="{gb.MARGIN_RIGHT}" w:bottom="{gb.MARGIN_BOTTOM}" w:left="{gb.MARGIN_LEFT}"'
    f' w:header="851" w:footer="{gb.FOOTER}" w:gutter="0"/>'
    f'<w:docGrid w:type="linesAndChars" w:linePitch="{gb.LINE_PITCH}" w:charSpace="{gb.CHARACTER_SPACE}"/>'
    "</w:sectPr></w:body></w:document>"
)

_SETTINGS = (
    f'{_XML}<w:settings {_W}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
    '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)

_RELATIONSHIPS = {
    "_rels/.rels": [
        ("rId1", f"{_REL}/officeDocument", "word/document.xml"),
        (
            "rId2",
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
        ),
        ("rId3", f"{_REL}/extended-properties", "docProps/app.xml"),
    ],
    "word/_rels/document.xml.rels": [
        ("rIdStyles", f"{_REL}/styles", "styles.xml"),
        ("rIdSettings", f"{_REL}/settings", "settings.xml"),
        ("rIdOdd", f"{_REL}/footer", "footer1.xml"),
        ("rIdEven", f"{_REL}/footer", "footer2.xml"),
    ],
}

_TYPES = {
    "/word/document.xml": f"{_WORD}.document.main+xml",
    "/word/styles.xml": f"{_WORD}.styles+xml",
    "/word/settings.xml": f"{_WORD}.settings+xml",
    "/word/footer1.xml": f"{_WORD}.footer+xml",
    "/word/footer2.xml": f"{_WORD}.footer+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def _relationships(rows: list[tuple[str, str, str]]) -> str:
    items = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in rows)
    return f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def base_document(names: Mapping[str, str]) -> bytes:
    """An empty .docx with the look of a 公文; `names` gives the four fonts of 设置.xlsx › 单位."""
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in _TYPES.items())
    parts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        **{part: _relationships(rows) for part, rows in _RELATIONSHIPS.items()},
        "word/document.xml": _DOCUMENT,
        "word/styles.xml": _styles(names),
        "word/settings.xml": _SETTINGS,
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "docProps/core.xml": f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title></dc:title><dc:creator></dc:creator>'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_TIME}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_TIME}</dcterms:modified></cp:coreProperties>',
        "docProps/app.xml": f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"></Properties>',
    }  # fmt: skip
    return write_parts({name: text.encode("utf-8") for name, text in parts.items()})
