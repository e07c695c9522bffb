"""How wide a text is in a column of a workbook."""

from __future__ import annotations


def text_width(text: str) -> int:
    """The width of its longest line in characters of the standard font; a Chinese one counts as two."""
    return max(sum(2 if ord(sign) > 255 else 1 for sign in line) for line in text.split("\n"))
