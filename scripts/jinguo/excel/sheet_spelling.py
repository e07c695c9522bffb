"""How a worksheet spells its rows and cells, and the same sheet as Excel would spell it."""

from __future__ import annotations

import re

from lxml import etree

from jinguo.common.addresses import column_index, column_letter
from jinguo.excel.package import serialise


def addresses_come_first(xml: bytes) -> bool:
    """Whether every row and cell begins with its address, as Excel, WPS and LibreOffice write them; counting is
    quick."""
    addressed = xml.count(b'<c r="') == xml.count(b"<c ") and xml.count(b'<row r="') == xml.count(b"<row ")
    return addressed and b"<c>" not in xml and b"<row>" not in xml


#: A tree of more tags than these takes more than 1 GB.
_MOST_TAGS = 6_000_000


def rewritten(xml: bytes) -> bytes:
    """The same sheet without a prefix on its main namespace, with r= on every row and cell; ValueError where it is too
    large for that."""
    if xml.count(b"<") > _MOST_TAGS:
        raise ValueError("too many elements for a tree")
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    space = etree.QName(root).namespace
    number = 0
    for row in root.iter(f"{{{space}}}row"):
        number = int(row.get("r") or number + 1)
        row.set("r", str(number))
        column = -1
        for cell in row.iter(f"{{{space}}}c"):
            found = re.match("[A-Z]+", (cell.get("r") or "").upper())
            column = column_index(found[0]) if found else column + 1
            cell.set("r", f"{column_letter(column)}{number}")
    fresh = etree.Element(
        f"{{{space}}}{etree.QName(root).localname}",
        nsmap={None: space} | {k: v for k, v in root.nsmap.items() if k and v != space},
    )
    fresh.attrib.update(root.attrib)
    fresh.extend(list(root))
    etree.cleanup_namespaces(fresh, keep_ns_prefixes=[k for k in fresh.nsmap if k])
    return serialise(fresh)
