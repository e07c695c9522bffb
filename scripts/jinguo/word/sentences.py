"""The sentences a template holds, each with the conditions under which it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from jinguo.common.ooxml import read_parts

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|(<w:tab/>)")
_BLOCK = re.compile(r"\{%(?:p|tr)\s*(.*?)\s*%\}")
#: What is nothing but something placed.
_PLACED = re.compile(r"(?:\{\{[^{}]*\}\}[：\s\u3000]*)+")
_INLINE = re.compile(r"\{%\s*(.*?)\s*%\}")


class Sentence(NamedTuple):
    """The words of one paragraph and when they stand: `branch` is empty where they always do."""

    branch: str
    text: str


def sentences(data: bytes) -> Iterator[Sentence]:
    """Every paragraph of a template that has words, with the branch it is in; inside it a choice is written 【如果…：…；否则：…】."""
    xml = read_parts(data)["word/document.xml"].decode("utf-8")
    branches: list[str] = []
    for paragraph in _PARAGRAPH.findall(xml):
        text = unescape("".join("\u3000" if tab else words for words, tab in _TEXT.findall(paragraph)))
        block = _BLOCK.fullmatch(text.strip())
        if block:
            _follow(branches, block[1])
        elif re.search("[\u4e00-\u9fff]", text) and not _PLACED.fullmatch(text.strip()):
            yield Sentence("；".join(branches), _readable(text.strip()))


def _follow(branches: list[str], tag: str) -> None:
    """Go into a branch, to its other side, or out of it."""
    word, _, rest = tag.partition(" ")
    if word in ("if", "for"):
        branches.append(
            condition(rest)
            if word == "if"
            else f"每一{rest.split(' in ')[0].strip()}（{rest.split(' in ')[-1].strip()}）"
        )
    elif word == "elif":
        branches[-1] = condition(rest)
    elif word == "else":
        one = branches[-1]
        branches[-1] = f"没有{one[1:]}" if one.startswith("有") and "、" not in one else f"否则（不是：{one}）"
    elif word in ("endif", "endfor"):
        branches.pop()


def condition(expression: str) -> str:
    """A condition in words: 有名额, 没有尚缺, 事项是“年报”."""
    words = []
    for part in re.split(r"\s+and\s+", re.sub(r"\S+ is defined and ", "", expression)):
        compared = re.fullmatch(r"(\S+) == '([^']*)'", part)
        absent = re.fullmatch(r"not (\S+)", part)
        words.append(f"{compared[1]}是“{compared[2]}”" if compared else f"没有{absent[1]}" if absent else f"有{part}")
    return "、".join(words)


def _readable(text: str) -> str:
    text = re.sub(r"\{\{\s*(.*?)\s*\}\}", r"〔\1〕", text)

    def tag(match: re.Match[str]) -> str:
        word, _, rest = match[1].partition(" ")
        return {
            "if": f"【如果{condition(rest)}：",
            "elif": f"；如果{condition(rest)}：",
            "else": "；否则：",
            "endif": "】",
            "for": "【逐个：",
            "endfor": "】",
        }.get(word, "")

    return _INLINE.sub(tag, text)
