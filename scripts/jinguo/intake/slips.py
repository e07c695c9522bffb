"""Titles of which one character is wrong (学力, 民簇, 手几): read as the column they mean where what stands below fits it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinguo.schema.cells import is_blank
from jinguo.schema.codes import CreditCode, Email, IdCard, Key, Phone
from jinguo.schema.dates import Date, DateTime, YearMonth
from jinguo.schema.model import Field, header_key
from jinguo.schema.numbers import Number, Score
from jinguo.schema.types import Choice, KnownWord
from jinguo.schema.vocabularies import Vocabularies

#: So much of what stands below has to be what the column holds.
_SHARE = 0.8
#: Types that few other columns fit; of the others a title has to be longer, so that 学校 is not 学位.
_TELLING = (Choice, KnownWord, Phone, Email, IdCard, CreditCode, Key)
_LONG, _LONG_OF_NUMBERS = 4, 3
#: Characters that say something else in each other's place.
_OTHERWISE = (
    "起止",
    "始终",
    "已未不无有",
    "男女",
    "年月日时",
    "上下前后",
    "初中高",
    "新旧原现",
    "个单",
    "一二三四五六七八九十",
    "父母夫妻子",
)


def slips(
    titles: Mapping[str, Sequence[Any]], missing: Sequence[Field], vocabularies: Vocabularies
) -> dict[str, Field]:
    """Which of these titles, given with the values below them, is surely a missing field with one character wrong; none that
    could be two."""
    found: dict[str, Field] = {}
    for title, values in titles.items():
        meant = [
            f for f in missing if _one_off(header_key(title), header_key(f.header)) and _fits(f, values, vocabularies)
        ]
        if len(meant) == 1 and meant[0] not in found.values():
            found[title] = meant[0]
    return found


#: Said of many days; what is left of a title says which day it is.
_OF_DAYS = "日期时间年月的起止至到期"
#: A column of these answers may be about anything.
_ANY_ANSWER = {"是", "否"}


def by_contents(
    titles: Mapping[str, Sequence[Any]], missing: Sequence[Field], vocabularies: Vocabularies
) -> dict[str, Field]:
    """Which missing field may stand below a title that nobody knows (考试成绩 for 成绩, 党组意见 for 人工确定): the values are such as only that
    field holds; of days only where the titles have a character in common."""
    found: dict[str, Field] = {}
    for title, values in titles.items():
        filled = [value for value in values if not is_blank(value)]
        meant = [
            f
            for f in missing
            if filled and _may_be(f, title, vocabularies) and _share(f, filled, vocabularies) >= _SHARE
        ]
        if len(meant) == 1 and meant[0] not in found.values():
            found[title] = meant[0]
    return found


def _may_be(f: Field, title: str, vocabularies: Vocabularies) -> bool:
    if isinstance(f.type, Date | DateTime | YearMonth):
        return bool((set(header_key(f.header)) & set(header_key(title))) - set(_OF_DAYS))
    if isinstance(f.type, Choice):
        return not set(f.type.choices(vocabularies)) <= _ANY_ANSWER
    return isinstance(f.type, KnownWord | Score)


def _one_off(title: str, header: str) -> bool:
    """Whether one character outside the brackets differs, and not so that something else is meant: 起 for 止, 千元 for 万元."""
    if len(title) != len(header) or len(title) < 2:
        return False
    pairs = [(n, a, b) for n, (a, b) in enumerate(zip(title, header, strict=True)) if a != b]
    if len(pairs) != 1:
        return False
    place, one, other = pairs[0]
    return "(" not in header[:place] and not any(one in kind and other in kind for kind in _OTHERWISE)


def _fits(f: Field, values: Sequence[Any], vocabularies: Vocabularies) -> bool:
    filled = [value for value in values if not is_blank(value)]
    if not filled:
        return False
    if not isinstance(f.type, _TELLING) and len(f.header) < (_LONG_OF_NUMBERS if isinstance(f.type, Number) else _LONG):
        return False
    return _share(f, filled, vocabularies) >= _SHARE


def _share(f: Field, filled: Sequence[Any], vocabularies: Vocabularies) -> float:
    """How much of the values are what the field holds."""
    if isinstance(f.type, KnownWord):
        parse = f.type.parser(vocabularies)
        return sum(parse(value).value in f.type.known for value in filled) / len(filled)
    if isinstance(f.type, Key):
        return sum(str(value).upper().startswith(f.type.prefix) for value in filled) / len(filled)
    parse = f.type.parser(vocabularies)
    read = [parse(value) for value in filled]
    return sum(r.value is not None and r.problem is None for r in read) / len(read)
