"""Field types for numbers: counts and amounts, people or percentages, exam results; and how a number is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from jinguo.common.rounding import half_up, plain
from jinguo.schema.cells import clean, half_width, is_number
from jinguo.schema.problems import IMPLAUSIBLE, NUMBER, SCORE, Parsed, Parser, Problem
from jinguo.schema.types import FieldType
from jinguo.schema.vocabularies import VOCABULARIES, Vocabularies

_UNITS = {"万": Decimal(10000), "千": Decimal(1000), "百": Decimal(100), "": Decimal(1)}
_NUMBER = re.compile(
    r"[¥￥]?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?) ?(万|千|百)?"
    r" ?(元|人|人次|小时|学时|分|个|次|家|名|年度?|周?岁|个?月|天|日|个?工作日)?"
)
#: Units that mean the same behind a number.
_ALIKE = (
    {"人", "名", "人次", "个", "家", "次"},
    {"学时", "小时"},
    {"年", "年度"},
    {"元", "万元"},
    {"天", "日", "工作日", "个工作日"},
)


_DIGITS = "零一二三四五六七八九"
_CHINESE = re.compile(r"([一二两三四五六七八九]?)(十?)([一二三四五六七八九]?)(?=\D|$)")


def _years(text: str) -> str:
    """A term in Chinese (三年, 五) in figures, as charters have it; anything else as it is."""
    match = _CHINESE.match(text)
    if not match or not match[0] or (match[1] and match[3] and not match[2]):
        return text
    ones, tens = _DIGITS.find(match[3] or "零"), _DIGITS.find((match[1] or "零").replace("两", "二"))
    number = (tens or 1) * 10 + ones if match[2] else tens or ones
    return f"{number}{text[match.end() :]}"


def _fits(raw: Any, unit: str) -> bool:
    """Whether the unit somebody typed behind a number is that of the column: 2天 is no number of hours."""
    match = _NUMBER.fullmatch(half_width(clean(raw)).replace("−", "-")) if isinstance(raw, str) else None
    typed = match[3] if match else None
    return not typed or not unit or typed == unit or any({typed, unit} <= alike for alike in _ALIKE)


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
    #: More than this is possible and not usual: a hint.
    usual: int | None = None

    @property
    def label(self) -> str:  # type: ignore[override]
        return ("整数" if self.whole else "数字") + (f"（{self.unit}）" if self.unit else "")

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        raw = _years(clean(raw)) if isinstance(raw, str) and self.unit == "年" else raw
        number = read_number(clean(raw).rstrip("%％") if isinstance(raw, str) and self.unit == "%" else raw)
        if isinstance(raw, datetime.timedelta) and self.unit == "小时":
            # A cell formatted as 6:00.
            number = half_up(Fraction(round(raw.total_seconds()), 3600), 2)
        if number is None:
            return Parsed(
                None, Problem(NUMBER, f"填的是“{clean(raw)}”，读不出数字", "请只填一个数字，说明文字写到备注里")
            )
        if not _fits(raw, self.unit):
            return Parsed(
                None, Problem(NUMBER, f"填的是“{clean(raw)}”，这一栏的单位是{self.unit}", "请换算好，只填数字")
            )
        if self.unit == "万元" and isinstance(raw, str) and re.search(r"[万千百元]", raw):
            # The header already says 万元: 3万 there means 3, and 30000元 means 3.
            number = number / 10000
        if self.whole and number != number.to_integral_value():
            return Parsed(None, Problem(NUMBER, f"填的是“{clean(raw)}”，不是整数", "请填整数"))
        if (self.least is not None and number < self.least) or (self.most is not None and number > self.most):
            limits = f"{self.least if self.least is not None else ''}～{self.most if self.most is not None else ''}"
            return Parsed(None, Problem(NUMBER, f"填的是“{clean(raw)}”，超出范围 {limits}", "请核对后改正"))
        value = int(number) if self.whole else number
        if self.usual is not None and number > self.usual:
            return Parsed(
                value, Problem(IMPLAUSIBLE, f"填的是“{clean(raw)}”，多得不平常", "请核对单位和位数；确是这样的不必理会")
            )
        return Parsed(value)


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

    def parser(self, vocabularies: Vocabularies) -> Parser:
        def parse(raw: Any) -> Parsed:
            text = half_width(clean(raw))
            number = read_number(text.rstrip("%")) if isinstance(raw, str) else read_number(raw)
            percent = text.endswith("%") or (number is not None and 0 < number < 1)
            if number is not None and percent and not text.endswith("%"):
                number *= 100
            whole = number is not None and number <= _MOST_PEOPLE and number == number.to_integral_value()
            if number is None or number < 0 or (percent and number > 100) or not (percent or whole):
                return Parsed(
                    None, Problem(NUMBER, f"填的是“{text}”，不是人数也不是百分比", "请填整数（如 3）或百分比（如 30%）")
                )
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

    def parser(self, vocabularies: Vocabularies) -> Parser:
        codes = _mark_codes(vocabularies.get("成绩代码") or VOCABULARIES["成绩代码"])

        def parse(raw: Any) -> Parsed:
            text = half_width(clean(raw)).replace(" ", "")
            if text in _MARK_WORDS:
                return Parsed(Mark(_MARK_WORDS[text]))
            number = read_number(raw)
            if number in codes:
                return Parsed(Mark(codes[number]))
            if number is None or number < 0:
                return Parsed(
                    None, Problem(SCORE, f"填的是“{text}”，不是成绩", "请填分数，或从 缺考、违纪、无效、合格 里选一个")
                )
            return Parsed(Mark("有成绩", number))

        return parse
