"""Names in the order of strokes: 姓氏笔画 (CPPCC, party and federation lists) and 姓名笔画 (people's congress lists)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

#: Stands for the missing second character of a two-character name: before every character.
_BLANK = -1
SURNAME, FULL_NAME = "姓氏笔画", "姓名笔画"


@lru_cache(maxsize=1)
def stroke_ranks() -> dict[str, int]:
    """The rank of each character: by stroke count, then by the strokes one by one (横竖撇点折).

    The order is that of the package cn-sort (MIT licence, github.com/bmxbmx3/cn_sort) with the corrections named in
    scripts/maintenance/make_strokes.py.
    """
    return {character: rank for rank, character in enumerate("".join(_pieces()))}


@lru_cache(maxsize=1)
def _pieces() -> list[str]:
    """The characters in their order, one piece a stroke count from 1 on."""
    return (files("jinguo.nominations") / "strokes.txt").read_text(encoding="utf-8").split("\n")


def own_ranks(pairs: Mapping[str, str]) -> dict[str, float]:
    """The ranks of characters the table lacks, as the office gives them (参数 › 生僻字笔画): behind another character, or
    at the end of a stroke count. What cannot be read, or is in the table, is left out."""
    ranks, pieces = stroke_ranks(), _pieces()
    found: dict[str, float] = {}
    for character, place in pairs.items():
        count = re.fullmatch(r"(\d{1,2})画?", place)
        behind = pieces[int(count[1]) - 1][-1:] if count and 0 < int(count[1]) <= len(pieces) else place
        if len(character) == 1 and character not in ranks and behind in ranks:
            found[character] = ranks[behind] + 0.5
    return found


def name_letters(name: str) -> str:
    """What of a name is compared: no notes in brackets, no spaces, no · between its parts."""
    return re.sub(r"（.*?）|\(.*?\)|[\s·•．・]", "", name)


def unknown_characters(names: Iterable[str], own: Mapping[str, float] | None = None) -> list[str]:
    """The characters of these names that have no rank; a list with any of them must be looked at by a person."""
    ranks = stroke_ranks()
    return sorted({c for name in names for c in name_letters(name) if c not in ranks and c not in (own or {})})


def name_key(name: str, rule: str, own: Mapping[str, float] | None = None) -> tuple[float, ...]:
    """The sort key of a name.

    Character by character by (stroke count, strokes). Under 姓氏笔画 a two-character name has a blank second place, so it
    comes before all longer names of its surname; under 姓名笔画 its second character is compared with theirs. A character
    without a rank, in the table or among the office's `own`, comes after all others, by its code point.
    """
    ranks = stroke_ranks()
    key: list[float] = [ranks[c] if c in ranks else (own or {}).get(c, len(ranks) + ord(c)) for c in name_letters(name)]
    if rule == SURNAME and len(key) == 2:
        key.insert(1, _BLANK)
    return tuple(key)


def sort_names(names: Iterable[str], rule: str, own: Mapping[str, float] | None = None) -> list[str]:
    """The names in the order of the rule; equal names keep the order they came in."""
    return sorted(names, key=lambda name: name_key(name, rule, own))


def default_rule(office: str) -> str:
    """姓名笔画 for deputies (《浙江省县、乡两级人民代表大会代表选举实施细则》第三十五、三十六条), 姓氏笔画 for the rest."""
    return FULL_NAME if office == "人大代表" else SURNAME


def spaced(name: str) -> str:
    """A two-character name with a full-width space between, to align with three-character ones; lists and tables
    only."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def list_notes(record: Mapping[str, str | None]) -> str:
    """The note behind a name in a list: （女，回族）, sex before nation; nothing for men and for Han."""
    notes = [record["sex"]] if record.get("sex") == "女" else []
    if record.get("nation") not in (None, "", "汉族", "汉"):
        notes.append(record["nation"])
    return f"（{'，'.join(str(n) for n in notes)}）" if notes else ""
