"""Field types for words and choices. A type parses what people really type and says what it cannot read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from jinguo.common.nearest import nearest
from jinguo.schema.cells import SEPARATORS, clean, half_width, is_none_word, is_ruined, ruined, without_radicals
from jinguo.schema.problems import CHOICE, LINE_BREAK, RADICAL, Parsed, Parser, Problem
from jinguo.schema.vocabularies import VOCABULARIES, Vocabularies

_HAN = "\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff·（）"
_CJK_SPACE = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")
_UNTIDY = re.compile(r"[\s()•．・‧∙･]")
#: Whatever stands for the dot in a foreign name; between figures (3．8) it is another.
_DOT = re.compile(r"(?<!\d)[•．・‧∙･]|[•．・‧∙･](?!\d)")
_NOT_YET = {"待发", "待签", "待定", "待领", "未发", "未领", "未签", "补办中", "办理中"}
_YES = {"是", "有", "√", "✓", "✔", "☑", "○", "〇", "Y", "YES", "TRUE", "1", "对"}
_NO = {"否", "无", "没有", "×", "✗", "✘", "☒", "N", "NO", "FALSE", "0", "不是"}


class FieldType:
    """How one column is read. `label` is the word for it in the field dictionary."""

    label = "文字"
    #: Whether a bare number may be a day.
    reads_days = False
    #: So many characters a value has at most, whatever it is; None for words of any length.
    longest: ClassVar[int | None] = 1000

    def parser(self, vocabularies: Vocabularies) -> Parser:
        """A function from a raw, non-blank cell value to a Parsed one; vocabularies are those of 设置.xlsx."""
        raise NotImplementedError

    def stands(self, raw: str) -> bool:
        """Whether a text is seen at once to be the value itself, as most are: the parser would give it back
        unchanged."""
        return False

    def choices(self, vocabularies: Vocabularies) -> list[str]:
        """What a dropdown offers; empty where anything may be typed."""
        return []


@dataclass(frozen=True)
class Text(FieldType):
    """Any words; numbers are read as they look."""

    label = "文字"
    longest = None

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return lambda raw: _told(clean(raw))

    def stands(self, raw: str) -> bool:
        return stands_as_words(raw)


def _told(text: str, read: str | None = None) -> Parsed:
    """A text as it is read; that it had radicals for characters is told."""
    plain = without_radicals(text if read is None else read)
    if without_radicals(text) == text:
        return Parsed(plain)
    odd = "、".join(dict.fromkeys(c for c in text if without_radicals(c) != c))
    return Parsed(
        plain,
        Problem(RADICAL, f"里的“{odd}”是部首符号，当作“{without_radicals(odd)}”读了", "请运行“规范台账”，或重新输入"),
    )


@dataclass(frozen=True)
class KnownWord(Text):
    """A word of a list that everybody knows, perhaps without its ending (回 for 回族); any other word stays as it is."""

    known: tuple[str, ...] = ()
    ending: str = ""

    def parser(self, vocabularies: Vocabularies) -> Parser:
        meant = {word.removesuffix(self.ending): word for word in self.known}

        def parse(raw: Any) -> Parsed:
            text = clean(raw)
            plain = without_radicals(text)
            return _told(text, meant.get(plain, plain))

        return parse

    def stands(self, raw: str) -> bool:
        return raw in self.known


#: A line break, and whether letters or digits stand before and after it.
_BREAK = re.compile(r"(?:(?<=[A-Za-z0-9])(?P<before>))?\s*\n\s*(?:(?P<after>)(?=[A-Za-z0-9]))?")


@dataclass(frozen=True)
class Line(Text):
    """Words that stand in one line of a document, such as a title or a place; a line break in the cell is read over."""

    def parser(self, vocabularies: Vocabularies) -> Parser:
        def parse(raw: Any) -> Parsed:
            text = clean(raw)
            if "\n" not in text:
                return _told(text)
            problem = Problem(LINE_BREAK, "里面有换行，接成一行读了", "请删去格子里的换行（Alt+Enter）")
            return Parsed(one_line(text), problem)

        return parse


def one_line(text: str) -> str:
    """The text without its line breaks; a space stays where letters or digits would run together."""
    return _BREAK.sub(lambda match: " " if None not in match.groups() else "", text)


@dataclass(frozen=True)
class Code(FieldType):
    """A number that somebody else gave, in whatever form; 无 or 待发 is none."""

    label = "号码"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    @staticmethod
    def _parse(raw: Any) -> Parsed:
        if is_ruined(raw):
            return Parsed(None, ruined(raw))
        return Parsed(None if is_none_word(raw) or clean(raw) in _NOT_YET else clean(raw))


@dataclass(frozen=True)
class Name(FieldType):
    """A name of a person or an organisation: no spaces between Chinese characters, · for every dot, （） full-width."""

    label = "名称"

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return lambda raw: _told(clean(raw), tidy_name(clean(raw)))

    def stands(self, raw: str) -> bool:
        return stands_as_words(raw)


def stands_as_words(raw: str) -> bool:
    """Letters, digits and characters alone need no cleaning; only 无此项 is as good as blank."""
    return raw.isalnum() and raw[0] != "无"


def tidy_name(text: str) -> str:
    """张　三 as 张三, (余姚) as （余姚）, one kind of middle dot; nothing else is touched."""
    if text.isalnum() or not _UNTIDY.search(text):
        return text
    text = _DOT.sub("·", text.replace("\n", "")).replace("(", "（").replace(")", "）")
    return _CJK_SPACE.sub("", text)


@dataclass(frozen=True)
class Choice(FieldType):
    """One of a list: fixed ones, or those of a vocabulary that staff may extend in 设置.xlsx › 词表."""

    fixed: tuple[str, ...] = ()
    vocabulary: str = ""
    synonyms: Mapping[str, str] = field(default_factory=dict, hash=False)
    #: Whether the list runs from low to high, so that 不少于 and 不多于 mean something.
    ordered: bool = False
    label = "选一项"

    def choices(self, vocabularies: Vocabularies) -> list[str]:
        if self.fixed:
            return list(self.fixed)
        return list(vocabularies.get(self.vocabulary) or VOCABULARIES[self.vocabulary])

    def parser(self, vocabularies: Vocabularies) -> Parser:
        allowed = self.choices(vocabularies)

        def parse(raw: Any) -> Parsed:
            text = clean(raw)
            value = match_choice(without_radicals(text), allowed, self.synonyms)
            if value and without_radicals(text) != text:
                return _told(text, value)
            if value is None and is_none_word(raw):
                return Parsed(None)
            if value is None:
                return Parsed(None, _not_a_choice(clean(raw), allowed))
            return Parsed(value)

        return parse


def match_choice(text: str, allowed: Sequence[str], synonyms: Mapping[str, str]) -> str | None:
    """The choice that is meant by `text`, or None: exact, by synonym, as 是/否 in all its spellings, or as 1-男."""
    if text in allowed:
        return text
    plain = half_width(text).replace(" ", "").upper()
    # 1-男 is 男, but 1.0 is no 0.
    plain = re.sub(r"^\d{1,2}[-.、:](?!\d)", "", plain)
    for choice in allowed:
        if plain == half_width(choice).upper():
            return choice
    if plain in synonyms:
        return synonyms[plain]
    if plain in _YES:
        return next((c for c in ("是", "有", synonyms.get("是")) if c in allowed), None)
    if plain in _NO:
        return next((c for c in ("否", "无", synonyms.get("否")) if c in allowed), None)
    return None


#: What says that something is not, or is no more: guessing it would turn what somebody wrote into the opposite.
GRAVE = frozenset(
    (
        "未登记",
        "已注销",
        "不合格",
        "未参检",
        "不同意",
        "缺席",
        "终止",
        "退回",
        "不选",
        "否",
        "无",
        "缺考",
        "违纪",
        "无效",
    )
)


def _not_a_choice(text: str, allowed: Sequence[str]) -> Problem:
    guess = nearest(text, [choice for choice in allowed if choice not in GRAVE])
    offered = "、".join(allowed[:12]) + ("……" if len(allowed) > 12 else "")
    hint = f"是不是“{guess}”？" if guess else ""
    return Problem(CHOICE, f"填的是“{text}”，不在可选范围内", f"{hint}请从下拉列表里选：{offered}")


@dataclass(frozen=True)
class MultiChoice(Choice):
    """Several of a list, separated by 、 (or ， ； / or a line break); a tuple of them, in the order typed."""

    label = "选多项"
    longest = None

    #: Whether 周一至周五 means all from the one to the other.
    ranges: bool = False

    def parser(self, vocabularies: Vocabularies) -> Parser:
        allowed = self.choices(vocabularies)

        def parse(raw: Any) -> Parsed:
            values: list[str] = []
            for part in filter(None, map(str.strip, SEPARATORS.split(clean(raw)))):
                if self.ranges and (span := self._span(part, allowed)):
                    values += span
                    continue
                value = match_choice(part, allowed, self.synonyms)
                if value is None:
                    return Parsed(None, _not_a_choice(part, allowed))
                values.append(value)
            return Parsed(tuple(dict.fromkeys(values)))

        return parse

    def _span(self, text: str, allowed: list[str]) -> list[str]:
        """The choices from one to another; none where the text does not say two."""
        ends = [match_choice(end.strip(), allowed, self.synonyms) for end in re.split("[至到~～—–-]+", text)]
        if len(ends) != 2 or None in ends:
            return []
        first, last = (allowed.index(str(end)) for end in ends)
        return allowed[first : last + 1]
