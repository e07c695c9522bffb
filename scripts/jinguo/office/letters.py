"""Document numbers (发文字号): those used are in 设置.xlsx › 发文登记; the next ones are reserved in the order of the plan."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from jinguo.registry.tables import Registry
from jinguo.schema.cells import half_width

#: 〔〕 as the standard has them; other brackets, 第 and a missing 号 are what people type.
_NUMBER = re.compile(r"(.+?)[〔\[［(（【{](\d{4})年?[〕\]］)）】}]第?0*(\d+)号?")

#: A letter of one title registered so many days ago is the same one.
_SAME_LETTER = 90


class LetterNumber(NamedTuple):
    """A 发文字号 in its parts; `text` is as GB/T 9704 writes it: 六角括号, no 第, no leading zeros (7.2.5)."""

    code: str
    year: int
    serial: int

    @property
    def text(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


def read_letter_number(text: str) -> LetterNumber | None:
    """A 发文字号 in any of the ways people write it, or None where it is none."""
    found = _NUMBER.fullmatch(re.sub(r"\s", "", half_width(text)))
    return LetterNumber(found[1], int(found[2]), int(found[3])) if found else None


def reserve_numbers(registry: Registry, titles: Sequence[str]) -> list[str]:
    """A number for each title: the registered one where this year's letter is in 发文登记, else the next free ones in turn.

    Numbers run by code and year, without leading zeros (GB/T 9704-2012, 7.2.5). A title is the same with or without the
    office's name in front.
    """
    code, year = registry.settings.item("发文机关代字"), registry.today.year
    office = registry.settings.item("单位名称")
    registered: dict[str, str] = {}
    following = 0
    for _, title, number, day in registry["letters"].each("title", "number", "date"):
        found = read_letter_number(number or "")
        if not found or found.code != code:
            continue
        if found.year == year:
            following = max(following, found.serial)
        # What went out in December is the same letter in January.
        if found.year == year or (day and 0 <= (registry.today - day).days <= _SAME_LETTER):
            registered[_bare(title or "", office)] = found.text
    numbers = []
    for title in titles:
        known = registered.get(_bare(title, office))
        if known is None:
            following += 1
        numbers.append(known or LetterNumber(code, year, following).text)
    return numbers


def registered_on(registry: Registry, title: str) -> datetime.date | None:
    """The day a letter of this title was registered; None where it was not."""
    office = registry.settings.item("单位名称")
    days = [
        day
        for _, known, day in registry["letters"].each("title", "date")
        if known and day and _bare(known, office) == _bare(title, office)
    ]
    return max(days, default=None)


def _bare(title: str, office: str) -> str:
    return re.sub(r"\s", "", title).removeprefix(office)
