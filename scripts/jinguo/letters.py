"""Document numbers (发文字号): those used are in 设置.xlsx › 发文登记; the next ones are reserved in the order of the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinguo.registry import Registry

#: 〔〕 as the standard has them; other brackets are what people type.
_NUMBER = re.compile(r"(.+?)[〔\[［(（](\d{4})[〕\]］)）](\d+)号")


def reserve_numbers(registry: Registry, titles: Sequence[str]) -> list[str]:
    """A number for each title: the registered one where the title is already in 发文登记, else the next free ones in turn.

    Numbers run by code and year, without leading zeros (GB/T 9704-2012, 7.2.5).
    """
    code, year = registry.settings.item("发文机关代字"), registry.today.year
    letters = registry["letters"]
    registered = {title: number for _, title, number in letters.each("title", "number") if title and number}
    parsed = [_NUMBER.fullmatch(number.replace(" ", "")) for number in letters["number"] if number]
    used = [int(m[3]) for m in parsed if m and m[1] == code and int(m[2]) == year]
    following = max(used, default=0)
    numbers = []
    for title in titles:
        if title not in registered:
            following += 1
        numbers.append(registered.get(title) or f"{code}〔{year}〕{following}号")
    return numbers
