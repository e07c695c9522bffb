"""A workbook in the spelling that calamine knows: for those that Excel opens, but one unusual cell keeps from being
read."""

from __future__ import annotations

import re

from jinguo.common.ooxml import Package, escape
from jinguo.schema.cells import ERROR_VALUES

_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_ENCODING = re.compile(r"(<\?xml[^>]*?encoding=)([\"'])[^\"']*\2")
_SPACED_VALUE = re.compile(rb"(<(?:\w+:)?v>)\s*([^<]*?)\s*(</(?:\w+:)?v>)")
#: The number of a shared word with a sign before it, or a nought behind it.
_SIGNED_NUMBER = re.compile(rb"""(\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>)\s*\+?(\d+)(?:\.0*)?\s*(</)""")
#: An error value among those Excel has had since 2007 (ECMA-376, part 1, 18.17.3); calamine stops at any later one.
_ERROR = re.compile(
    rb"(\bt=[\"']e[\"'][^>]*>(?:\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>)(#[^<]*)(</)",
    re.DOTALL,
)
_KNOWN = {value.encode() for value in ERROR_VALUES}

#: What an XML parser passes over or takes for text, and calamine loses the value of its cell by: how each begins, and ends.
_MARKUP = re.compile(rb"<!--|<\?(?!xml\s)|<!\[CDATA\[")
_ENDS = {b"<!--": b"-->", b"<?": b"?>", b"<![CDATA[": b"]]>"}
#: A value with something before its digits, which calamine takes for the first of the shared words.
_SPACED = (b"<v> ", b"<v>\n", b"<v>\r", b"<v>\t", b"<v>+")


def has_markup(data: bytes) -> bool:
    """Whether a part has comments, instructions or CDATA, which Excel never writes. A look for one sign first: among the cells of most
    sheets neither stands, and it is found out in a fifteenth of the time."""
    declared = data.find(b"?>", 0, 200) + 2
    return (b"!" in data and b"<!" in data) or (data.find(b"?", declared) >= 0 and data.find(b"<?", 5) >= 0)


def has_spaced_values(data: bytes) -> bool:
    """Whether values have spaces or a sign before them, which Excel never writes."""
    return b't="s"' in data and any(mark in data for mark in _SPACED)


def _without_markup(data: bytes) -> bytes:
    """The part without comments and instructions, CDATA as the text it is; ValueError where one does not end."""
    found, place = [], 0
    while begin := _MARKUP.search(data, place):
        end = data.find(_ENDS[begin[0]], begin.end())
        if end < 0:
            raise ValueError("a comment without an end")
        found.append(data[place : begin.start()])
        if begin[0] == b"<![CDATA[":
            found.append(escape(data[begin.end() : end].decode()).encode())
        place = end + len(_ENDS[begin[0]])
    return b"".join([*found, data[place:]])


def readable(data: bytes) -> bytes:
    """A workbook as calamine can read it, where it cannot as it is."""
    return without_new_errors(Package(respelled(Package(data))))


def respelled(package: Package) -> bytes:
    """The package with every XML part in UTF-8, without comments and the like, and its values without spaces around them."""
    for name in package.names():
        if name.lower().endswith((".xml", ".rels")):
            data = _in_utf8(package.read(name))
            data = _without_markup(data) if has_markup(data) else data
            if b"sheetData" in data:
                data = _SIGNED_NUMBER.sub(rb"\1\2\3", _SPACED_VALUE.sub(rb"\1\2\3", data))
            package.write(name, data)
    return package.to_bytes()


def _in_utf8(data: bytes) -> bytes:
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    return _ENCODING.sub(r"\1\2UTF-8\2", data.decode(encoding), count=1).encode() if encoding else data


def without_new_errors(package: Package) -> bytes:
    """The package with #N/A for every error value that calamine does not know, such as #SPILL! and #GETTING_DATA."""
    changed = {}
    for name in package.names():
        data = package.read(name) if name.lower().endswith(".xml") else b""
        if b"sheetData" in data and _ERROR.search(data):
            changed[name] = _ERROR.sub(lambda m: m[0] if m[2] in _KNOWN else m[1] + b"#N/A" + m[3], data)
    return package.with_parts(changed)
