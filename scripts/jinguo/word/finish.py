"""What every document gets beside its words: the office's fonts, and metadata that says the office's name and
nothing else."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from html import unescape

from jinguo.common.ooxml import attribute, escape
from jinguo.registry.settings import OFFICE_ITEMS, Settings
from jinguo.word.base import FONT_ITEMS


def dress(parts: dict[str, bytes], settings: Settings, today: datetime.date) -> None:
    """Give the parts of a template the office's fonts, and let the metadata say the office's name and the day."""
    fonts = {OFFICE_ITEMS[item][1]: settings.item(item) for item in FONT_ITEMS}
    for part in ("word/styles.xml", "word/document.xml"):
        parts[part] = use_fonts(parts[part], fonts)
    parts["docProps/app.xml"] = APP.encode("utf-8")
    drop_custom_properties(parts)
    parts["docProps/core.xml"] = core_properties(settings.item("单位名称"), today).encode("utf-8")


def use_fonts(xml: bytes, fonts: Mapping[str, str]) -> bytes:
    """The part with every font of the factory templates replaced, all at once, by what the office chose."""

    def replace(fonts_tag: re.Match[bytes]) -> bytes:
        return re.sub(
            rb'="([^"]*)"',
            lambda m: f"={attribute(fonts.get(unescape(m[1].decode()), unescape(m[1].decode())))}".encode(),
            fonts_tag[0],
        )

    return re.sub(rb"<w:rFonts\b[^>]*>", replace, xml)


APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"></Properties>'
)


def drop_custom_properties(parts: dict[str, bytes]) -> None:
    """Custom properties come from whoever edited the template; the document has none."""
    if parts.pop("docProps/custom.xml", None) is not None:
        for name, element in (("_rels/.rels", rb"Relationship"), ("[Content_Types].xml", rb"Override")):
            parts[name] = re.sub(rb"<" + element + rb"\b[^>]*docProps/custom\.xml[^>]*/>", b"", parts[name])


def core_properties(author: str, day: datetime.date) -> str:
    moment = f"{day:%Y-%m-%d}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(author)}</dc:creator><cp:lastModifiedBy>{escape(author)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
