"""A picture of the seal over signature and day, for a print that is only looked at (GB/T 9704-2012, 7.3.5.1: 端正、居中下压发文机关
署名和成文日期)."""

from __future__ import annotations

import re

from jinguo.common.ooxml import read_parts, write_parts
from jinguo.word.drawings import Drawings, Picture
from jinguo.word.gbt9704 import CHARACTERS, SEAL_DATE_RIGHT
from jinguo.word.signature import DATE, spaced_width, style_names

_SIZE, _CHARACTER = 40.0, 156 / CHARACTERS
_EMU_PER_MM = 36000
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def with_seal(document: bytes, seal: bytes) -> bytes:
    """The document with the picture (PNG or JPEG) behind each day of a signature, 40 mm wide, its middle on the upper edge of the
    day; one without a day as it is. Raises an exception of python-docx where the picture is none."""
    from lxml import etree

    parts = read_parts(document)
    names = style_names(etree.fromstring(parts["word/styles.xml"]))
    identifier = next((i for i, name in names.items() if name == DATE), "\0")
    xml = parts["word/document.xml"].decode("utf-8")
    drawings = Drawings()
    # Beyond the numbers of the pictures and charts a document has of its own.
    drawings.count = 900

    def sealed(paragraph: re.Match[str]) -> str:
        day = "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", paragraph[0])).strip()
        middle = (CHARACTERS - SEAL_DATE_RIGHT - spaced_width(day) / 2) * _CHARACTER
        drawn = drawings.place(Picture(seal, _SIZE, _SIZE, "印章")).xml
        found = re.search(r"<a:graphic .*</a:graphic>", drawn, re.DOTALL)
        assert found
        return f"{paragraph[1]}{_anchor(found[0], middle - _SIZE / 2, drawings.count)}</w:p>"

    mark = re.escape(f'<w:pStyle w:val="{identifier}"/>')
    xml = re.sub(rf"(<w:p>(?:(?!</w:p>).)*?{mark}(?:(?!</w:p>).)*)</w:p>", sealed, xml, flags=re.DOTALL)
    if drawings.count == 900:
        return document
    return write_parts(parts | drawings.parts(parts) | {"word/document.xml": xml.encode("utf-8")})


def _anchor(graphic: str, left: float, number: int) -> str:
    """A run with the picture behind the text, so far from the left edge of the text, in millimetres."""
    side = round(_SIZE * _EMU_PER_MM)
    return (
        f'<w:r><w:drawing><wp:anchor xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="1"'
        f' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="margin"><wp:posOffset>{round(left * _EMU_PER_MM)}</wp:posOffset>'
        f'</wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>{-side // 2}</wp:posOffset></wp:positionV><wp:extent cx="{side}" cy="{side}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="{number}" name="印章"/><wp:cNvGraphicFramePr/>{graphic}</wp:anchor></w:drawing></w:r>'
    )
