"""What an untrusted template brings along besides its words: only what a document of ours has use for is let through.

Lists of what is allowed, none of what is forbidden: Word learns new fields, parts and relationships with every version.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import DAMAGED, read_parts
from jinguo.word.effective import SAFE
from jinguo.word.fields import HARMLESS_FIELDS, field_links, field_names

#: The last words of the types of relationships that Word and WPS make in a document without macros, objects and other files.
_RELATIONSHIPS = frozenset(
    "officedocument core-properties extended-properties custom-properties thumbnail styles styleswitheffects settings "
    "websettings fonttable numbering theme themeoverride header footer footnotes endnotes comments commentsextended commentsids "
    "commentsextensible people image hyperlink customxml customxmlprops chart chartex chartuserShapes chartstyle "
    "chartcolorstyle package glossarydocument diagramdata diagramlayout diagramquickstyle diagramcolors diagramdrawing font "
    "printersettings bibliography classificationlabels documenttasks".lower().split()
)
_CONTENT_TYPES = re.compile(
    r"application/(?:xml|vnd\.openxmlformats-package\.(?:relationships|core-properties)\+xml"
    r"|vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.[\w.]+|drawingml\.[\w.+]+|theme|themeoverride"
    r"|custom-properties|extended-properties|customxmlproperties|bibliography)\+xml"
    r"|vnd\.openxmlformats-officedocument\.(?:obfuscatedfont|vmldrawing|wordprocessingml\.printersettings"
    r"|spreadsheetml\.printersettings|spreadsheetml\.sheet)|x-fontdata|x-font-ttf|vnd\.ms-package\.obfuscated-opentype"
    r"|vnd\.ms-word\.styleswitheffects\+xml|vnd\.ms-office\.(?:chartstyle|chartcolorstyle|classificationlabels|chartex)\+xml"
    r"|vnd\.ms-office\.drawingml\.diagramdrawing\+xml|vnd\.ms-office\.documenttasks\+xml)|text/xml|image/[\w.+-]+"
)
_MACROS = re.compile(r"vba|macroenabled|keymap|attachedtoolbars|wll", re.IGNORECASE)
_OBJECTS = re.compile(r"oleobject|activex|control|ocx|webextension", re.IGNORECASE)
#: Parts of a workbook that fetch what is in it from elsewhere.
_FROM_ELSEWHERE = re.compile(r"externallinks/|connections|querytables/|customdata", re.IGNORECASE)
#: How a file of the older Office begins: an object, a macro project, whatever its name says ([MS-CFB] 2.2).
_COMPOUND = b"\xd0\xcf\x11\xe0"
#: How a program of Windows begins; and so far from its end the directory of a package ends.
_PROGRAM, _LAST_OF_PACKAGE = b"MZ", 70_000
#: A part in another encoding than Word's could say what is looked for in other bytes.
_ANOTHER_ENCODING = re.compile(
    rb"""(?!(?:\xef\xbb\xbf)?\s*<)|(?:\xef\xbb\xbf)?\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE
)
#: Of what a template has at most: bytes of a body, paragraphs, tags, signs in one tag.
_MOST_TEXT, _MOST_PARAGRAPHS, _MOST_TAGS, _MOST_ELEMENTS = 1_500_000, 20_000, 5_000, 400_000
#: All tags of a part together: to read a hundred thousand words in them takes as long as a book.
_MOST_IN_TAGS, _TAG, _MARKUP = 60_000, re.compile(rb"\{[{%].*?[%}]\}", re.DOTALL), re.compile(rb"<[^<>]*>")
_LONG_TAG = re.compile(rb"\{[{%][^{}]{20000}")
_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)
#: Elements that bring something along, or fetch it, and none of which a document of ours has.
_TELLING = [
    f"{{*}}{name}"
    for name in ("altChunk", "subDoc", "mailMerge", "frameset", "OLEObject", "control", "webVideoPr", "attachedTemplate", "schema", "blip")
]  # fmt: skip
_VML = "{urn:schemas-microsoft-com:vml}"
_OUTSIDE = "引用了外部的文件或网址"
_MACRO, _OBJECT = "带有宏", "带有控件或嵌入的程序对象"
_UNREADABLE = "有读不懂的部分"


def refuse_hostile(parts: Mapping[str, bytes], where: str) -> None:
    """Raise JinguoError for a template that brings macros, controls, entities, other documents, or reaches out to other
    places."""
    if what := hostile_contents(parts):
        raise JinguoError(f"模板里{'、'.join(what)}，没有使用", where, "拷回原来的模板；不要使用来历不明的模板。")


def refuse_hostile_words(data: bytes, where: str) -> None:
    """The same of one part that has been filled: what its tags have left may be another field than it was."""
    if what := [] if (root := _root(data)) is None else list(dict.fromkeys(_of_words(root))):
        raise JinguoError(f"模板里{'、'.join(what)}，没有使用", where, "拷回原来的模板；不要使用来历不明的模板。")


def hostile_contents(parts: Mapping[str, bytes]) -> list[str]:
    """What a template must not bring, each in a few words; empty for every template that Word makes of ours."""
    # Parts are called the same in capitals (ISO/IEC 29500-2, 6.2.2).
    by_name = {name.lower(): data for name, data in parts.items()}
    found = list(dict.fromkeys(_found(by_name)))
    missing = "" if found else next(_missing(by_name), "")
    return [f"缺了文件里的一部分（{missing[:60]}）"] if missing else found


def _found(parts: Mapping[str, bytes]) -> Iterator[str]:
    for name, data in parts.items():
        if _MACROS.search(name):
            yield _MACRO
        elif (
            _OBJECTS.search(name)
            or data.startswith((_COMPOUND, _PROGRAM))
            or (name.endswith(".xlsx") and not data.startswith(b"PK\x03\x04"))
        ):
            yield _OBJECT
    xml = {name: data for name, data in parts.items() if name.endswith((".xml", ".rels", ".vml")) or _is_xml(data)}
    if any(b"<!DOCTYPE" in data or b"<!ENTITY" in data for data in xml.values()):
        yield "有不允许的实体定义"
        return
    if any(map(_is_endless, xml.values())):
        yield "文字或标记多得不像模板"
        return
    for name, data in xml.items():
        root = _root(data)
        if root is None or _ANOTHER_ENCODING.match(data):
            yield _UNREADABLE
        elif name.endswith(".rels"):
            yield from _of_relationships(root)
        elif name == "[content_types].xml":
            yield from _of_content_types(root, parts)
        else:
            yield from _of_words(root)
    for name, data in parts.items():
        # A package may have anything before its first part.
        if name not in xml and b"PK\x03\x04" in data and b"PK\x05\x06" in data[-_LAST_OF_PACKAGE:]:
            yield from _of_embedded(name, data)


def _is_xml(data: bytes) -> bool:
    """Whether a part is XML by what it begins with, whatever it is called."""
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or data[:4] in (
        b"\xff\xfe<\x00",
        b"\xfe\xff\x00<",
    )


def _is_endless(data: bytes) -> bool:
    """Whether a part has more than any template: to look through it would take minutes."""
    return (
        (b"<w:body" in data and len(data) > _MOST_TEXT)
        or data.count(b"<w:p>") + data.count(b"<w:p ") + data.count(b"<w:p/") > _MOST_PARAGRAPHS
        or data.count(b"{{") + data.count(b"{%") + data.count(b"{#") > _MOST_TAGS
        or data.count(b"<") > _MOST_ELEMENTS
        or _LONG_TAG.search(data) is not None
        or _signs_in_tags(data) > _MOST_IN_TAGS
    )


def _signs_in_tags(data: bytes) -> int:
    """How much the tags of a part say together, whatever Word has put between their signs."""
    if b"{{" not in data and b"{%" not in data:
        return 0
    return sum(map(len, _TAG.findall(_MARKUP.sub(b"", data))))


def _missing(parts: Mapping[str, bytes]) -> Iterator[str]:
    """What a package must have and this has not: Word would say of every letter that it is damaged."""
    yield from (name for name in ("[content_types].xml", "_rels/.rels", "word/document.xml") if name not in parts)
    for name, data in parts.items():
        if name.endswith(".rels") and (root := _root(data)) is not None:
            yield from (part for part in inner_targets(name, root) if part.lower() not in parts)
    asked = {
        value
        for element in _iterated(parts.get("word/document.xml", b""))
        for key, value in element.items()
        if key.startswith("{http") and "/relationships}" in key
    }
    relations = _root(parts.get("word/_rels/document.xml.rels", b"<x/>"))
    there = {relation.get("Id") for relation in relations.iter("{*}Relationship")} if relations is not None else set()
    yield from (f"关系 {name}" for name in sorted(asked - there))


def _iterated(data: bytes) -> Iterator[Any]:
    root = _root(data)
    yield from () if root is None else root.iter("{*}*")


def inner_targets(relations: str, root: Any) -> Iterator[str]:
    """The parts that a part of relationships leads to within the package."""
    folder = posixpath.dirname(posixpath.dirname(relations))
    for relation in root.iter("{*}Relationship"):
        if relation.get("TargetMode", "Internal") == "Internal":
            yield resolved(folder, relation.get("Target") or "")


def resolved(folder: str, target: str) -> str:
    """The part that a target means, seen from a folder of the package."""
    return posixpath.normpath(target if target.startswith("/") else f"/{folder}/{target}").lstrip("/")


def _root(data: bytes) -> Any:
    """A part as a tree; None where it is none, or nested deeper than any document is."""
    try:
        return etree.fromstring(data, SAFE)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _of_relationships(root: Any) -> Iterator[str]:
    for relation in root.iter("{*}Relationship"):
        kind = (relation.get("Type") or "").rpartition("/")[2].lower()
        target = relation.get("Target") or ""
        if kind == "attachedtemplate" or (
            relation.get("TargetMode", "Internal") != "Internal" and not (kind == "hyperlink" and _LINK.match(target))
        ):
            yield _OUTSIDE
        elif kind not in _RELATIONSHIPS:
            yield _unknown_part(kind)


def _of_content_types(root: Any, parts: Mapping[str, bytes]) -> Iterator[str]:
    """The parts whose content is none of a plain document's; a type that no part is of says nothing."""
    by_part = {
        (o.get("PartName") or "").lower().lstrip("/"): o.get("ContentType") or "" for o in root.iter("{*}Override")
    }
    by_end = {(d.get("Extension") or "").lower(): d.get("ContentType") or "" for d in root.iter("{*}Default")}
    # What is macros or an object by its name has been told.
    named = {name for name in parts if _MACROS.search(name) or _OBJECTS.search(name)}
    for name in [n for n in parts if n not in named and n != "[content_types].xml"]:
        kind = (by_part.get(name) or by_end.get(name.rpartition(".")[2]) or "").lower()
        if _MACROS.search(kind):
            yield _MACRO
        elif _OBJECTS.search(kind):
            yield _OBJECT
        elif not _CONTENT_TYPES.fullmatch(kind):
            yield _unknown_part(kind.rpartition("/")[2])


def _unknown_part(kind: str) -> str:
    if _MACROS.search(kind):
        return _MACRO
    if _OBJECTS.search(kind):
        return _OBJECT
    if kind in ("afchunk", "subdocument"):
        return "嵌着另一份文档"
    if kind in ("mailmergesource", "recipientdata", "mailmergeheadersource"):
        return "带有邮件合并的数据源"
    return f"有程序不认得的部分（{kind[:40] or '没有写类型'}）"


def _of_embedded(name: str, data: bytes) -> Iterator[str]:
    """What is wrong with a package inside the package: the workbook behind a chart may be there, and nothing else."""
    try:
        inner = [part.lower() for part in read_parts(data)]
        kinds = read_parts(data).get("[Content_Types].xml", b"").lower()
    except DAMAGED:
        yield _UNREADABLE
        return
    if any(map(_MACROS.search, inner)) or b"macroenabled" in kinds:
        yield _MACRO
    elif any(map(_OBJECTS.search, inner)):
        yield _OBJECT
    elif any(map(_FROM_ELSEWHERE.search, inner)):
        yield _OUTSIDE
    elif not name.endswith(".xlsx"):
        yield "嵌着另一份文档"


def _of_words(root: Any) -> Iterator[str]:
    """Fields, and elements that fetch something when the document is opened."""
    for field in dict.fromkeys(field_names(root)):
        if field not in HARMLESS_FIELDS:
            yield f"有不允许的域 {field[:20] or '（名称是算出来的）'}"
    if root.tag.rpartition("}")[2] == "svg":
        yield from _of_drawing(root)
    for element in root.iter(*_TELLING, f"{_VML}*"):
        name = element.tag.rpartition("}")[2]
        if name in ("OLEObject", "control"):
            yield _OBJECT
        elif name in ("webVideoPr", "attachedTemplate"):
            yield _OUTSIDE
        elif name == "schema":
            if any(key.rpartition("}")[2] in ("manifestLocation", "schemaLocation") for key in element.attrib):
                yield _OUTSIDE
        elif name == "blip":
            if any(key.rpartition("}")[2] == "link" for key in element.attrib):
                yield _OUTSIDE
        elif name == "mailMerge":
            yield "带有邮件合并的数据源"
        elif name in ("altChunk", "subDoc", "frameset"):
            yield "嵌着另一份文档"
        elif any(_reaches_out(name, key, value) for key, value in element.items()):
            yield _OUTSIDE
    for link in field_links(root):
        if not _LINK.match(link):
            yield _OUTSIDE


def _of_drawing(root: Any) -> Iterator[str]:
    """A drawing of its own language: shapes, and nothing that runs or is fetched."""
    for element in root.iter("{*}*"):
        name = element.tag.rpartition("}")[2].lower()
        links = [value for key, value in element.items() if key.rpartition("}")[2].lower() in ("href", "src")]
        if name in ("script", "foreignobject") or not all(value.startswith(("#", "data:image/")) for value in links):
            yield _OUTSIDE
            return


def _reaches_out(element: str, key: str, value: str) -> bool:
    """Whether an attribute of a VML drawing fetches something, or leads where no link may."""
    space, _, attribute = key.rpartition("}")
    if attribute == "href" and space.endswith("office:office"):
        return bool(value)
    if attribute in ("src", "althref") or (attribute == "href" and element == "imagedata"):
        return bool(value)
    return attribute == "href" and not _LINK.match(value)
