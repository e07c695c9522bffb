"""One place where a document differs from the standard, and the fonts that count as one another."""

from __future__ import annotations

from typing import NamedTuple

#: Fonts that count as one another (domain.md §4.2): the national families and what Windows and WPS call them.
FAMILIES = {
    "仿宋": ("仿宋", "fangsong"), "楷体": ("楷体", "kaiti"), "黑体": ("黑体", "simhei", "heiti"), "小标宋": ("小标宋", "xiaobiaosong"), "宋体": ("宋体", "simsun", "nsimsun"),
}  # fmt: skip
#: How far an indent may be off, in characters.
CHARACTERS = 0.6


class Deviation(NamedTuple):
    """One: where (the element or its text), what it is there, and what the standard says, with the clause."""

    where: str
    found: str
    wanted: str


def is_family(font: str, family: str) -> bool:
    """Whether a font is of one of the families of the standard."""
    return any(name in font.lower() for name in FAMILIES[family])
