"""What a template brings along that would reach everybody who gets a letter of it: comments, tracked changes, hidden text,
fields of a mail merge, marks of another program."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from jinguo.word.effective import SAFE
from jinguo.word.fields import OWN_FIELDS, field_names

_MAIN_TYPE = re.compile(
    rb'PartName="/word/document\.xml"[^>]*ContentType="([^"]*)"|ContentType="([^"]*)"[^>]*PartName="/word/document\.xml"'
)
_DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: The parts of a document whose text is printed.
_PRINTED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_REVISIONS = frozenset(
    [
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "sectPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
    ]
)
#: Names as other programs mark them: ${名称}, «名称»; as 《名称》, 【名称】, [名称] only where the name is one of ours.
_FOREIGN = re.compile(r"[$＄]\{[^{}]*\}|«[^«»]*»|<<[^<>]+>>|＜＜[^＜＞]+＞＞|×{2,}|[XxＸ]{3,}")
_BRACKETED = re.compile(r"《([^《》]+)》|【([^【】]+)】|\[([^\[\]]+)\]|［([^［］]+)］|〔([^〔〕]+)〕")


def leftovers(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """(what, remedy) of each thing in the parts of a template that must not reach a letter."""
    found = _MAIN_TYPE.search(parts.get("[Content_Types].xml", b""))
    if found and _DOCUMENT_TYPE not in found.groups():
        yield "不是 Word 文档（.docx），而是另一种文件改了名", "在 Word 里打开，另存为“Word 文档（*.docx）”"
    printed = {name: data.decode("utf-8", "replace") for name, data in parts.items() if _PRINTED.fullmatch(name)}
    roots = [etree.fromstring(data.encode(), SAFE) for data in printed.values()]
    elements = {element.tag.rpartition("}")[2] for root in roots for element in root.iter("{*}*")}
    if "commentReference" in elements or b"<w:comment " in parts.get("word/comments.xml", b""):
        yield "带有批注，发出去的每一份都会有", "在 Word 的“审阅”里删除全部批注"
    if elements & _REVISIONS:
        yield "带有修订痕迹，删去的内容和修改人会跟着发出去", "在 Word 的“审阅”里接受全部修订，再关闭修订"
    if any(map(_hides, roots)):
        yield "有隐藏的文字", "选中全文，在“字体”里去掉“隐藏”，再删去不要的文字"
    names = [name for root in roots for name in field_names(root)]
    for name in dict.fromkeys(names):
        if name not in OWN_FIELDS:
            yield f"有 Word 的域 {name}，程序不会填它", "删去它，换成 {{ 名称 }} 这样的标记"


def _hides(root: Any) -> bool:
    """Whether any text is hidden: an element without a value says so too (ISO/IEC 29500-1, 17.17.4)."""
    return any(
        next((v for k, v in mark.items() if k.rpartition("}")[2] == "val"), "1") not in ("0", "false", "off")
        for mark in root.iter("{*}vanish", "{*}specVanish", "{*}webHidden")
    )


def foreign_marks(texts: Iterable[str], known: Container[str]) -> Iterator[tuple[str, str]]:
    """(paragraph, mark) of each mark that would be printed as it is: ${活动名称}, 《活动名称》."""
    for text in texts:
        marks = [match[0] for match in _FOREIGN.finditer(text)]
        marks += [match[0] for match in _BRACKETED.finditer(text) if next(filter(None, match.groups())) in known]
        if marks:
            yield text, marks[0]
