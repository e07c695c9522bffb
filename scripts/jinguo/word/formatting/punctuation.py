"""Punctuation as an official document has it, worked out as edits of a text: half-width signs between Chinese made
full-width, quotes paired, numbers of headings, dates and names of attachments as the standard writes them.

What is English, an address, a figure or a time stays (GB/T 15834-2011; GB/T 9704-2012, 7.2.5, 7.3.3, 7.3.4, 7.3.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from jinguo.word.elements import ElementRole

_HAN = r"\u3400-\u9fff"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_PROTECTED = re.compile(r"(?:[a-zA-Z]+://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[A-Za-z]:\\[!-~]+|\d+(?:[.:,]\d+)+")
_OF_CHINESE = re.compile(rf"[{_HAN}“”‘’（）〔〕《》、，。；：？！]")
_PADDED = re.compile(r"(?<=\d年)0(?=[1-9]月)|(?<=月)0(?=[1-9]日)")
_SAID = re.compile(rf"(?<=[{_HAN}])[\[［【(（]\s*(\d{{4}})\s*[\]］】)）]\s*第?\s*0*(\d+)\s*号")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


class Edit(NamedTuple):
    """Characters from `start` to `end` replaced by others."""

    start: int
    end: int
    new: str


def edits(text: str, role: ElementRole, wrong_numeral: str = "", level: int = 0) -> list[Edit]:
    """The edits of a paragraph of this role, in their order and never over each other. `wrong_numeral` is the number its
    heading begins with where that is not written as the standard has it."""
    found: list[Edit] = []
    if role is ElementRole.DATE:
        return _whole_date(text)
    if role in (ElementRole.NUMBER, ElementRole.BODY, ElementRole.HEADING, ElementRole.NOTE):
        found += _document_numbers(text)
    if wrong_numeral:
        found += _numeral(text, wrong_numeral, level)
    if role in (ElementRole.NOTE, ElementRole.ATTACHMENT):
        found += _attachment(text, role)
    if role is ElementRole.TITLE and (end := re.search(r"[。；，]\s*$", text)):
        found.append(Edit(end.start(), end.start() + 1, ""))
    found += [Edit(m.start(), m.end(), "") for m in _PADDED.finditer(text)]
    found += _brackets(text)
    found += _signs(text)
    found += _quotes(text)
    return _apart(found)


def _apart(found: list[Edit]) -> list[Edit]:
    """Of edits that meet the first named one."""
    kept: list[Edit] = []
    for edit in found:
        if all(edit.end <= other.start or other.end <= edit.start for other in kept):
            kept.append(edit)
    return sorted(kept)


def applied(text: str, changes: list[Edit]) -> str:
    """The text with the edits made."""
    for edit in sorted(changes, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _whole_date(text: str) -> list[Edit]:
    """成文日期: 2026年8月5日, however it was written."""
    stripped = text.strip()
    plain = re.sub(r"\s", "", stripped)
    if re.search("[〇○零一二三四五六七八九十]", plain):
        parts = re.fullmatch(r"(.{4})年(.{1,3})月(.{1,4})日", plain)
        if not parts:
            return []
        year, month, day = (parts[1].translate(_CHINESE_DIGITS), _count(parts[2]), _count(parts[3]))
    else:
        parts = re.fullmatch(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?", plain)
        if not parts:
            return []
        year, month, day = parts[1], int(parts[2]), int(parts[3])
    wanted, start = f"{year}年{month}月{day}日", len(text) - len(text.lstrip())
    return [] if wanted == stripped else [Edit(start, start + len(stripped), wanted)]


def _count(written: str) -> int:
    """十一 as 11, 三十 as 30, 廿 is not read."""
    tens, ten, ones = written.rpartition("十")
    digit = {c: n for n, c in enumerate("〇一二三四五六七八九")}
    return (digit.get(tens, 1) * 10 if ten else 0) + digit.get(ones, 0)


def _document_numbers(text: str) -> Iterator[Edit]:
    """余妇[2026]06号 as 余妇〔2026〕6号."""
    for match in _SAID.finditer(text):
        wanted = f"〔{match[1]}〕{match[2]}号"
        if match[0] != wanted:
            yield Edit(match.start(), match.end(), wanted)


def _numeral(text: str, numeral: str, level: int) -> Iterator[Edit]:
    start = text.index(numeral)
    core = re.sub(r"[^\d一二三四五六七八九十]", "", numeral)
    wanted = {1: f"{core}、", 2: f"（{core}）", 3: f"{core}.", 4: f"（{core}）"}[level]
    end = start + len(numeral)
    # 1.、 and （一）、 : what follows the number belongs to it.
    while end < len(text) and text[end] in ("、.．\u3000 " if level != 1 else "\u3000 "):
        end += 1
    yield Edit(start, end, wanted)


def _attachment(text: str, role: ElementRole) -> Iterator[Edit]:
    mark = re.match(r"([\s\u3000]*附)\s*(件)\s*(\d{0,2})\s*([：:]?)", text)
    if mark and role is ElementRole.ATTACHMENT:
        wanted = f"{mark[1]}件{mark[3]}"
        if text.rstrip() != wanted:
            yield Edit(0, len(text.rstrip()), wanted)
        return
    if mark and mark[4] == ":":
        yield Edit(mark.end() - 1, mark.end(), "：")
    for number in re.finditer(r"(?:^|[：:\n])[\s\u3000]*\d{1,2}(\s*[．、])", text):
        yield Edit(number.start(1), number.end(1), ".")
    if end := re.search(r"[。；，、]+\s*$", text):
        yield Edit(end.start(), len(text.rstrip()), "")


def _protected(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _PROTECTED.finditer(text)]


def _is_chinese(text: str, place: int) -> bool:
    return 0 <= place < len(text) and bool(_OF_CHINESE.match(text[place]))


def _signs(text: str) -> Iterator[Edit]:
    """, ; : ? ! . … — beside Chinese."""
    spans = _protected(text)
    for place, sign in enumerate(text):
        if sign not in ",;:?!." or any(a <= place < b for a, b in spans):
            continue
        before, after = text[:place].rstrip(), text[place + 1 :].lstrip()
        chinese_before = bool(before) and bool(_OF_CHINESE.match(before[-1]))
        chinese_after = bool(after) and bool(_OF_CHINESE.match(after[0]))
        if sign == ".":
            dots = re.compile(r"\.{2,}").match(text, place)
            if dots and (place == 0 or text[place - 1] != ".") and chinese_before:
                yield Edit(place, dots.end(), "……")
            elif (
                chinese_before and not dots and (place == 0 or text[place - 1] != ".") and (not after or chinese_after)
            ):
                yield Edit(place, place + 1, "。")
        elif chinese_before or (chinese_after and before and not re.search(r"[A-Za-z]$", before)):
            yield Edit(place, place + 1, _FULL[sign])
    for match in re.finditer(rf"(?<=[{_HAN}”》）])\s*--+\s*(?=[{_HAN}“《（])", text):
        yield Edit(match.start(), match.end(), "——")
    for match in re.finditer(r"。{2,}", text):
        yield Edit(match.start(), match.end(), "……")


def _brackets(text: str) -> Iterator[Edit]:
    """A pair of half-width brackets becomes full-width where Chinese stands in it or beside it; so does one of a pair whose
    other half already is."""
    opened: list[int] = []
    spans = _protected(text)
    for place, sign in enumerate(text):
        if any(a <= place < b for a, b in spans):
            continue
        if sign in "(（":
            opened.append(place)
        elif sign in ")）":
            start = opened.pop() if opened else None
            if start is None:
                # 1) is a number of its own kind.
                continue
            inside = text[start + 1 : place]
            of_chinese = (
                bool(re.search(f"[{_HAN}]", inside)) or _is_chinese(text, start - 1) or _is_chinese(text, place + 1)
            )
            if text[start] + sign != "()" or of_chinese:
                if text[start] == "(":
                    yield Edit(start, start + 1, "（")
                if sign == ")":
                    yield Edit(place, place + 1, "）")


def _quotes(text: str) -> Iterator[Edit]:
    """Straight quotes, where they pair and Chinese stands in them or beside them."""
    places = [n for n, sign in enumerate(text) if sign == '"']
    if len(places) % 2:
        return
    for start, end in zip(places[::2], places[1::2], strict=True):
        inside = text[start + 1 : end]
        if re.search(f"[{_HAN}]", inside) or _is_chinese(text, start - 1) or _is_chinese(text, end + 1):
            yield Edit(start, start + 1, "“")
            yield Edit(end, end + 1, "”")
