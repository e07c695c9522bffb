"""Field types for words, choices and numbers. A type parses what people really type and says what it cannot read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from jinguo.nearest import nearest
from jinguo.schema.cells import (
    CHOICE,
    NUMBER,
    SCORE,
    SEPARATORS,
    Parsed,
    Parser,
    Problem,
    clean,
    half_width,
    is_none_word,
    is_number,
)
from jinguo.schema.vocabularies import VOCABULARIES

_HAN = "\u3007\u3400-\u9fff\ue000-\uf8ff\uf900-\ufaff\U00020000-\U0003ffff·（）"
_CJK_SPACE = re.compile(f"(?<=[{_HAN}]) +(?=[{_HAN}])")
_UNTIDY = re.compile(r"[\s()•．・‧∙･]")
_DOTS = str.maketrans("•．・‧∙・･", "·······")
_YES = {"是", "有", "√", "✓", "✔", "○", "〇", "Y", "YES", "TRUE", "1", "对"}
_NO = {"否", "无", "没有", "×", "✗", "✘", "N", "NO", "FALSE", "0", "不是"}


class FieldType:
    """How one column is read. `label` is the word for it in the field dictionary."""

    label = "文字"

    def parser(self, vocabularies: Mapping[str, Sequence[str]]) -> Parser:
        """A function from a raw, non-blank cell value to a Parsed one; vocabularies are those of 设置.xlsx."""
        raise NotImplementedError

    def choices(self, vocabularies: Mapping[str, Sequence[str]]) -> list[str]:
        """What a dropdown offers; empty where anything may be typed."""
        return []


@dataclass(frozen=True)
class Text(FieldType):
    """Any words; numbers are read as they look."""

    label = "文字"

    def parser(self, vocabularies):
        return lambda raw: Parsed(clean(raw))


@dataclass(frozen=True)
class Name(FieldType):
    """A name of a person or an organisation: no spaces between Chinese characters, · for every dot, （） full-width."""

    label = "名称"

    def parser(self, vocabularies):
        return lambda raw: Parsed(tidy_name(clean(raw)))


def tidy_name(text: str) -> str:
    """张　三 as 张三, (余姚) as （余姚）, one kind of middle dot; nothing else is touched."""
    if not _UNTIDY.search(text):
        return text
    text = text.replace("\n", "").translate(_DOTS).replace("(", "（").replace(")", "）")
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

    def choices(self, vocabularies):
        if self.fixed:
            return list(self.fixed)
        return list(vocabularies.get(self.vocabulary) or VOCABULARIES[self.vocabulary])

    def parser(self, vocabularies):
        allowed = self.choices(vocabularies)

        def parse(raw: Any) -> Parsed:
            value = match_choice(clean(raw), allowed, self.synonyms)
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
    plain = re.sub(r"^\d{1,2}[-.、:]", "", plain)
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


def _not_a_choice(text: str, allowed: Sequence[str]) -> Problem:
    guess = nearest(text, allowed)
    offered = "、".join(allowed[:12]) + ("……" if len(allowed) > 12 else "")
    hint = f"是不是“{guess}”？" if guess else ""
    return Problem(CHOICE, f"填的是“{text}”，不在可选范围内", f"{hint}请从下拉列表里选：{offered}")


@dataclass(frozen=True)
class MultiChoice(Choice):
    """Several of a list, separated by 、 (or ， ； / or a line break); a tuple of them, in the order typed."""

    label = "选多项"

    def parser(self, vocabularies):
        allowed = self.choices(vocabularies)

        def parse(raw: Any) -> Parsed:
            values = []
            for part in filter(None, map(str.strip, SEPARATORS.split(clean(raw)))):
                value = match_choice(part, allowed, self.synonyms)
                if value is None:
                    return Parsed(None, _not_a_choice(part, allowed))
                values.append(value)
            return Parsed(tuple(dict.fromkeys(values)))

        return parse


_UNITS = {"万": Decimal(10000), "千": Decimal(1000), "百": Decimal(100), "": Decimal(1)}
_NUMBER = re.compile(
    r"[¥￥]?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?) ?(万|千|百)?"
    r" ?(?:元|人|人次|小时|学时|分|个|次|家|名|年度?|周?岁|个?月|天|日|个?工作日)?"
)


def read_number(raw: Any) -> Decimal | None:
    """30000, "30,000.00", "3万", "3万元", "１２人" as an exact Decimal; None for what is no number."""
    if isinstance(raw, bool | datetime.date | datetime.time | datetime.timedelta):
        return None
    if isinstance(raw, int | float):
        return Decimal(str(raw)) if is_number(raw) else None
    match = _NUMBER.fullmatch(half_width(clean(raw)).replace("−", "-"))
    return Decimal(match[1].replace(",", "")) * _UNITS[match[2] or ""] if match else None


@dataclass(frozen=True)
class Number(FieldType):
    """An exact decimal number (hours, scores, weights), at least `least` and at most `most`."""

    least: int | None = 0
    most: int | None = None
    whole: bool = False
    unit: str = ""

    @property
    def label(self) -> str:  # type: ignore[override]
        return ("整数" if self.whole else "数字") + (f"（{self.unit}）" if self.unit else "")

    def parser(self, vocabularies):
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        number = read_number(clean(raw).rstrip("%％") if isinstance(raw, str) and self.unit == "%" else raw)
        if number is None:
            return Parsed(None, Problem(NUMBER, f"填的是“{clean(raw)}”，读不出数字", "请只填一个数字，说明文字写到备注里"))
        if self.unit == "万元" and isinstance(raw, str) and re.search(r"[万元]", raw):
            # The header already says 万元: 3万 there means 3, and 30000元 means 3.
            number = number / 10000
        if self.whole and number != number.to_integral_value():
            return Parsed(None, Problem(NUMBER, f"填的是“{clean(raw)}”，不是整数", "请填整数"))
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            limits = f"{self.least if self.least is not None else ''}～{self.most if self.most is not None else ''}"
            return Parsed(None, Problem(NUMBER, f"填的是“{clean(raw)}”，超出范围 {limits}", "请核对后改正"))
        return Parsed(int(number) if self.whole else number)


class Quantity(NamedTuple):
    """A number of people, or a percentage of the list."""

    number: Decimal
    is_percent: bool

    def people(self, total: int, at_least: bool) -> int:
        """How many people this is in a list of `total`: a minimum is rounded up, a maximum down, so that both hold."""
        if not self.is_percent:
            return int(self.number)
        exact = self.number * total / 100
        return int(exact.to_integral_value("ROUND_CEILING" if at_least else "ROUND_FLOOR"))

    def __str__(self) -> str:
        return f"{self.number.normalize():f}%" if self.is_percent else str(int(self.number))


_MOST_PEOPLE = 1_000_000


@dataclass(frozen=True)
class PeopleOrPercent(FieldType):
    """A number of people (3) or a percentage (30%, or a cell formatted as a percentage)."""

    label = "人数或百分比"

    def parser(self, vocabularies):
        def parse(raw: Any) -> Parsed:
            text = half_width(clean(raw))
            number = read_number(text.rstrip("%")) if isinstance(raw, str) else read_number(raw)
            percent = text.endswith("%") or (number is not None and 0 < number < 1)
            if number is not None and percent and not text.endswith("%"):
                number *= 100
            whole = number is not None and number <= _MOST_PEOPLE and number == number.to_integral_value()
            if number is None or number < 0 or (percent and number > 100) or not (percent or whole):
                return Parsed(None, Problem(NUMBER, f"填的是“{text}”，不是人数也不是百分比", "请填整数（如 3）或百分比（如 30%）"))
            return Parsed(Quantity(number, percent))

        return parse


class Mark(NamedTuple):
    """An exam result: `status` is 有成绩, 缺考, 违纪, 无效, 合格 or 不合格; `points` only with 有成绩."""

    status: str
    points: Decimal | None = None

    def __str__(self) -> str:
        return self.status if self.points is None else plain(self.points)


_MARK_WORDS = {
    "缺考": "缺考", "缺": "缺考", "未考": "缺考", "违纪": "违纪", "作弊": "违纪", "无效": "无效", "成绩无效": "无效",
    "作废": "无效", "合格": "合格", "通过": "合格", "已通过": "合格", "不合格": "不合格", "未通过": "不合格",
}  # fmt: skip


def _mark_codes(words: Sequence[str]) -> dict[Decimal, str]:
    """What the numbers of the exam platform mean, from words like -1=缺考; a later word replaces an earlier one."""
    codes = {}
    for word in words:
        code, _, meaning = half_width(word).replace("−", "-").replace(" ", "").partition("=")
        number = read_number(code)
        if number is not None and meaning in _MARK_WORDS:
            codes[number] = _MARK_WORDS[meaning]
    return codes


@dataclass(frozen=True)
class Score(FieldType):
    """An exam result as the platform or the clerk writes it; a Mark."""

    label = "成绩"

    def parser(self, vocabularies):
        codes = _mark_codes(vocabularies.get("成绩代码") or VOCABULARIES["成绩代码"])

        def parse(raw: Any) -> Parsed:
            text = half_width(clean(raw)).replace(" ", "")
            if text in _MARK_WORDS:
                return Parsed(Mark(_MARK_WORDS[text]))
            number = read_number(raw)
            if number in codes:
                return Parsed(Mark(codes[number]))
            if number is None or number < 0:
                return Parsed(None, Problem(SCORE, f"填的是“{text}”，不是成绩", "请填分数，或从 缺考、违纪、无效、合格 里选一个"))
            return Parsed(Mark("有成绩", number))

        return parse


def plain(number: Decimal | int | float) -> str:
    """A number as people write it: 100 for 100.0, 2.5 for 2.50."""
    exact = Decimal(str(number))
    return f"{int(exact)}" if exact == exact.to_integral_value() else f"{exact.normalize():f}"


def round_half_up(number: Decimal, places: int) -> Decimal:
    """Round as people do on paper (0.5 goes up), where Python's round would take 85.125 to 85.12."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
