"""附注 of a document: in brackets on the line below the date (GB/T 9704—2012, 7.3.6), or at the end where there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinguo.common.ooxml import escape
from jinguo.word.signature import DATE

_BODY = "公文正文"


def with_remark(xml: str, styles: Mapping[str, str], text: str) -> str:
    """document.xml with the remark in it; `styles` are the names of the styles by their ids."""
    if not text:
        return xml
    ids = {name: identifier for identifier, name in styles.items()}
    style = f'<w:pPr><w:pStyle w:val="{ids[_BODY]}"/></w:pPr>' if _BODY in ids else ""
    paragraph = f'<w:p>{style}<w:r><w:t xml:space="preserve">（附注：{escape(text)}。）</w:t></w:r></w:p>'
    place = _below_date(xml, ids.get(DATE, ""))
    return xml[:place] + paragraph + xml[place:]


def _below_date(xml: str, style: str) -> int:
    dates = [match.start() for match in re.finditer(re.escape(f'<w:pStyle w:val="{style}"'), xml)] if style else []
    if dates:
        return xml.index("</w:p>", dates[0]) + len("</w:p>")
    last = xml.rfind("<w:sectPr")
    return last if last >= 0 and xml.find("</w:p>", last) < 0 else xml.rindex("</w:body>")
