"""What each paragraph of a document is: title, addressee, heading, note of attachments, signature (GB/T 9704-2012, 7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from jinguo.word import gbt9704 as gb
from jinguo.word.measure import Paragraph


class ElementRole(StrEnum):
    """The elements by their names in the standard."""

    HEAD = "版头"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    TITLE = "标题"
    SUBTITLE = "题下说明"
    ADDRESSEE = "主送机关"
    HEADING = "层次标题"
    BODY = "正文"
    NOTE = "附件说明"
    SIGNATURE = "署名"
    DATE = "成文日期"
    REMARK = "附注"
    RECORD = "版记"
    ATTACHMENT = "附件标记"
    ATTENDANCE = "出席人员"
    CENTRED = "居中的文字"


class Element(NamedTuple):
    """A paragraph and what it is; `level` is that of a heading (1 to 4), 0 where it is none, `numeral` the number it begins
    with as it is written."""

    role: ElementRole
    paragraph: Paragraph
    level: int = 0
    numeral: str = ""


#: The numerals of the four levels (7.3.3), and what people write instead, by the level it is meant for.
NUMERALS = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}、")),
    (2, re.compile(r"（[一二三四五六七八九十]{1,3}）(?!、)")),
    (3, re.compile(r"\d{1,2}\.(?![\d.])")),
    (4, re.compile(r"（\d{1,2}）(?![、.])")),
)
WRONG_NUMERALS = (
    (2, re.compile(r"（[一二三四五六七八九十]{1,3}）、|[(（][一二三四五六七八九十]{1,3}[)）]、?")),
    (4, re.compile(r"[(（]\d{1,2}[)）][、.]?")),
    (3, re.compile(r"\d{1,2}[、．]|\d{1,2}\.(?=、)")),
    (1, re.compile(r"[一二三四五六七八九十]{1,3}[.．](?!\d)")),
)
#: What documents are called (《党政机关公文处理工作条例》第八条, and what such an office writes besides).
KINDS = (
    "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|办法|名单|总结|计划|要点|制度|规定|细则|"
    "公示|倡议书|指导意见书|提醒|说明|分析|规程|章程|须知"
)
_TITLE_ENDS = re.compile(rf"({KINDS})(（[^（）]{{1,12}}）)?$")
_SENTENCE = re.compile(r"[。；！？]")
_RECORD = re.compile(r"(抄送|抄报|主送)\s*[：:]|.*\d{4}年\d{1,2}月\d{1,2}日\s*印发$")
_HEAD = re.compile(r"\d{6}$|(绝密|机密|秘密)(★.*)?$|(特急|加急|特提|平急)$|签发人\s*[：:]")
_NOTE = re.compile(r"附\s*件\s*[：:]")
_NOTE_MORE = re.compile(r"[\s\u3000]*\d{1,2}\s*[.．、]")
_ATTACHMENT = re.compile(r"附\s*件\s*\d{0,2}[：:]?$")
#: Of minutes: who was there, in 黑体 (10.3).
_ATTENDANCE = re.compile(r"(出席|请假|列席|缺席|主持|记录|参加)(人员|人)?\s*[：:]")
_REMARK = re.compile(r"[（(].*(联系人|联系电话|此件|电话).*[)）]$")
#: A line longer than this is no heading of its own (28 characters fill a line).
HEADING_LENGTH = 28


def identify(paragraphs: Sequence[Paragraph]) -> list[Element]:
    """What each paragraph of the running text is, in their order; empty ones, cells and frames are left out."""
    running = [p for p in paragraphs if p.text.strip() and not p.in_table and not p.aside]
    found = [Element(ElementRole.BODY, p) for p in running]
    body = _front(found)
    signed = _signed(found, body)
    noted = False
    for n in range(body, len(found)):
        p = found[n].paragraph
        text = p.text.strip()
        if n in signed:
            found[n] = Element(signed[n], p)
        elif _ATTACHMENT.match(text):
            found[n], noted = Element(ElementRole.ATTACHMENT, p), False
        elif _NOTE.match(text):
            found[n], noted = Element(ElementRole.NOTE, p), True
        elif (noted and _NOTE_MORE.match(p.text)) or (noted and _continues_note(found[n - 1].paragraph, p)):
            found[n] = Element(ElementRole.NOTE, p)
        else:
            noted = False
            found[n] = _other(p, signed, n)
    for n, (before, one) in enumerate(pairwise(found), 1):
        # What stands centred on the page of an attachment first is its title.
        if one.role is ElementRole.CENTRED and before.role is ElementRole.ATTACHMENT and n > body:
            found[n] = one._replace(role=ElementRole.TITLE)
    return found


def _front(found: list[Element]) -> int:
    """Name what stands before the text; comes back with the place of its first paragraph."""
    title = next((n for n, e in enumerate(found[:20]) if is_title(e.paragraph)), None)
    if title is None:
        title = next((n for n, e in enumerate(found[:8]) if _reads_like_title(e.paragraph)), None)
    for n in range(title if title is not None else 0):
        found[n] = found[n]._replace(role=_head_role(found[n].paragraph))
    if title is None:
        return 0
    n = title
    while n < len(found) and (n == title or _same_title(found[n - 1].paragraph, found[n].paragraph)):
        found[n] = found[n]._replace(role=ElementRole.TITLE)
        n += 1
    while n < len(found) and found[n].paragraph.align == "center" and len(found[n].paragraph.text.strip()) <= 40:
        found[n] = found[n]._replace(role=ElementRole.SUBTITLE)
        n += 1
    if n < len(found) and _is_addressee(found[n].paragraph):
        found[n] = found[n]._replace(role=ElementRole.ADDRESSEE)
        n += 1
    return n


def is_title(p: Paragraph) -> bool:
    """Set as a title: centred, large, not red."""
    return p.align == "center" and not is_red(p.colour) and max(p.sizes, default=0) >= 18


def is_red(colour: str) -> bool:
    if not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return False
    red, green, blue = (int(colour[n : n + 2], 16) for n in (0, 2, 4))
    return red >= 150 and green < 90 and blue < 90


def _reads_like_title(p: Paragraph) -> bool:
    """Not set as one, but worded and placed like one."""
    text = re.sub(r"\s", "", p.text)
    if len(text) > 60 or is_red(p.colour) or _HEAD.match(text) or gb.ANY_NUMBER.match(text):
        return False
    if p.align == "center" or p.style.lower() in ("title", "a3") or p.style == "标题":
        return len(text) >= 4 and not _SENTENCE.search(text)
    return bool(_TITLE_ENDS.search(text)) and not re.search(r"[。；！？，：:]", text)


def _same_title(first: Paragraph, other: Paragraph) -> bool:
    if is_title(first):
        return is_title(other)
    text = other.text.strip()
    same = (first.align, first.sizes, first.fonts) == (other.align, other.sizes, other.fonts)
    return same and other.align == "center" and not text.startswith(("（", "(")) and not _SENTENCE.search(text)


def _head_role(p: Paragraph) -> ElementRole:
    text = p.text.strip()
    if gb.ANY_NUMBER.match(text):
        return ElementRole.NUMBER
    if is_red(p.colour) or (p.align == "center" and max(p.sizes, default=0) >= 26):
        return ElementRole.MARK
    return ElementRole.HEAD


def _is_addressee(p: Paragraph) -> bool:
    text = p.text.strip()
    return text.endswith(("：", ":")) and not _SENTENCE.search(text) and p.align not in ("center", "right") and len(text) < 200  # fmt: skip


def _signed(found: list[Element], body: int) -> dict[int, ElementRole]:
    """The places of signatures and days: a day of its own line that ends the text, and the short lines before it."""
    roles: dict[int, ElementRole] = {}
    for n in range(body, len(found)):
        p = found[n].paragraph
        if not gb.ANY_DATE.fullmatch(re.sub(r"\s", "", p.text)) or (p.align == "center" and n == body):
            continue
        roles[n] = ElementRole.DATE
        for above in range(n - 1, max(body, n - 4) - 1, -1):
            if not _is_signature(found[above].paragraph):
                break
            roles[above] = ElementRole.SIGNATURE
    return roles


def _is_signature(p: Paragraph) -> bool:
    text = p.text.strip()
    set_right = p.align == "right" or p.first_line >= 6 or p.align == "center"
    return set_right and len(text) <= 40 and not re.search(r"[。；，：:]", text)


def _continues_note(before: Paragraph, p: Paragraph) -> bool:
    """The second line of a name in the note, typed as a paragraph of its own."""
    return p.left > 3 or (p.first_line > 3 and len(before.text.strip()) >= 18)


def _other(p: Paragraph, signed: dict[int, ElementRole], n: int) -> Element:
    text = p.text.strip()
    if _RECORD.match(text):
        return Element(ElementRole.RECORD, p)
    if _ATTENDANCE.match(text):
        return Element(ElementRole.ATTENDANCE, p)
    if _REMARK.match(text) and any(place < n for place in signed):
        return Element(ElementRole.REMARK, p)
    if is_title(p):
        return Element(ElementRole.TITLE, p)
    if p.align == "center":
        return Element(ElementRole.CENTRED, p)
    if p.align == "right":
        return Element(ElementRole.CENTRED, p)
    for level, pattern in NUMERALS:
        if matched := pattern.match(text):
            return Element(ElementRole.HEADING, p, level, matched[0])
    for level, pattern in WRONG_NUMERALS:
        if matched := pattern.match(text):
            return Element(ElementRole.HEADING, p, level, matched[0])
    level = heading_style(p)
    return Element(ElementRole.HEADING, p, level) if level else Element(ElementRole.BODY, p)


def heading_style(p: Paragraph) -> int:
    """The level of a paragraph that a heading style alone says to be one: heading 2, 标题 2; 0 where none does."""
    named = re.match(r"(?:heading|标题)\s*([1-4])$", p.style_name, re.IGNORECASE)
    return int(named[1]) if named and len(p.text.strip()) <= HEADING_LENGTH else 0


def is_right_numeral(element: Element) -> bool:
    """Whether the number of a heading is written as the standard has it."""
    return any(pattern.fullmatch(element.numeral) for _, pattern in NUMERALS)


def run_in(element: Element) -> int:
    """How many characters of a heading's paragraph are the heading where the text goes on in the same line, up to its first
    full stop: （一）加强领导。各单位……; 0 where the paragraph is the heading, -1 where it has none (a sentence with a number).
    """
    text = element.paragraph.text
    stripped = text.rstrip()
    end = text.find("。")
    if 0 < end < len(stripped) - 1:
        return end + 1 if end <= HEADING_LENGTH else -1
    if len(stripped.lstrip()) > HEADING_LENGTH or stripped.endswith(("。", "；", "：", "，")):
        return -1
    return 0


def titles(elements: Sequence[Element]) -> Iterator[list[Paragraph]]:
    """The titles, each with the paragraphs of its lines."""
    together: list[Paragraph] = []
    for element in [*elements, None]:
        if element is not None and element.role is ElementRole.TITLE:
            together.append(element.paragraph)
        elif together:
            yield together
            together = []
