"""Where the header of an unknown sheet is, and the titles above each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jinguo.excel.raw import RawSheet
from jinguo.intake.own.lexicon import is_known_title
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import SERIAL

#: A header is looked for so far down, and has so many rows at the most.
_HEADER_ROWS, _MOST_LEVELS = 25, 4
#: A title of a column is hardly longer.
_LONGEST_TITLE = 24
_NUMBERS = (*SERIAL, "编号", "No", "NO", "No.", "NO.")


def title_text(value: Any) -> str:
    """A title as it is compared: without line breaks and the spaces people put between characters."""
    return re.sub(r"\s+", "", clean(value)) if isinstance(value, str) else clean(value)


def _labels(row: Sequence[Any]) -> list[str]:
    return [title_text(v) for v in row if isinstance(v, str) and not is_blank(v)]


def _is_label(text: str) -> bool:
    """Whether a text may be the title of a column; a year is one (2024年), a day and a number are not."""
    if re.fullmatch(r"(?:19|20)\d{2}年?度?", text):
        return True
    if re.search("[:：]", text) and not re.search("[:：]$", text):
        return False
    return bool(text) and len(text) <= _LONGEST_TITLE and not re.fullmatch(r"[\d.,:：/年月日√×-]+|.*[。；].*", text)


def header_span(raw: RawSheet, rows: Sequence[Sequence[Any]]) -> tuple[int, int] | None:
    """The first and the last row of the header: around the row that names the most columns."""
    best: int | None = None
    most = 0.0
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        labels = _labels(row)
        filled = sum(not is_blank(v) for v in row)
        if len(labels) < 2 or len(labels) < filled * 0.7 or len(set(labels)) < 2:
            continue
        known = sum(map(is_known_title, labels))
        fitting = sum(map(_is_label, labels))
        score = known * 3 + fitting + 2 * (labels[0] in _NUMBERS)
        if known == 0 and fitting < 3:
            continue
        if fitting < len(labels) * 0.6:
            continue
        if score > most + (best is not None and index > best + _MOST_LEVELS) * 6:
            best, most = index, score
    if best is None or most < 5:
        return None
    first = last = int(best)
    while (
        first > 0
        and last - first + 1 < _MOST_LEVELS
        and (_belongs(raw, rows, first - 1, first) or _is_group_row(rows, first - 1, first))
    ):
        first -= 1
    while last + 1 < len(rows) and last - first + 1 < _MOST_LEVELS and _belongs(raw, rows, last, last + 1, first):
        last += 1
    return first, last


def _is_group_row(rows: Sequence[Sequence[Any]], upper: int, lower: int) -> bool:
    """Whether a row with a word or two names groups of the columns below: each word over a title, none over the first, and
    the cell behind it empty and over a title too."""
    top, below = rows[upper], rows[lower]
    filled = [c for c, v in enumerate(top) if not is_blank(v)]
    titled = [c for c, v in enumerate(below) if not is_blank(v)]
    return bool(
        filled
        and titled
        and filled[0] > titled[0] + 1
        and all(
            c in titled and c + 1 in titled and c + 1 not in filled and _is_label(title_text(top[c])) for c in filled
        )
    )


def _belongs(raw: RawSheet, rows: Sequence[Sequence[Any]], upper: int, lower: int, first: int | None = None) -> bool:
    """Whether two rows that follow each other are of one header: joined by merged cells, or the lower one names what
    the upper one leaves open."""
    top, below = rows[upper], rows[lower]
    filled = [c for c, v in enumerate(below) if not is_blank(v)]
    above = [c for c, v in enumerate(top) if not is_blank(v)]
    begins = (
        next((c for c, v in enumerate(rows[first]) if not is_blank(v)), 0) if first is not None else (above or [0])[0]
    )
    if not filled or (len(above) < 2 and first is None) or not above:
        return False
    tied = sum(t <= upper < lower <= b for t, left, b, _ in raw.merged)
    spread = [(left, right) for t, left, b, right in raw.merged if t <= upper <= b and right > left and b == upper]
    downwards = {left for t, left, b, _ in raw.merged if t <= upper < lower <= b}
    under = all(
        any(left <= c <= right for left, right in spread) or is_blank(top[c]) or c not in downwards for c in filled
    )
    if tied and spread and under:
        return all(isinstance(below[c], str) or 1990 <= below[c] <= 2100 for c in filled)
    if any(not isinstance(below[c], str) or not _is_label(title_text(below[c])) for c in filled):
        return False
    if tied or (spread and not under):
        return False
    # Without merged cells: the first column is named once, and the lower row stands only where the upper one is empty
    # or begins a group.
    groups = {c for c in above if c + 1 < len(top) and is_blank(top[c + 1])}
    return (
        filled[0] > begins
        and len(filled) >= 2
        and all(is_blank(top[c]) or c in groups for c in filled)
        and any(is_blank(top[c]) for c in filled)
    )


def titles_above(raw: RawSheet, rows: Sequence[Sequence[Any]], span: tuple[int, int]) -> list[tuple[str, ...]]:
    """The titles above each column, from the top down."""
    first, last = span
    width = len(rows[first])
    grid = [[title_text(v) for v in rows[i]] for i in range(first, last + 1)]
    covered = set()
    for top, left, bottom, right in raw.merged:
        for r in range(max(top, first), min(bottom, last) + 1):
            for c in range(left, min(right + 1, width)):
                covered.add((r, c))
                if first <= top:
                    grid[r - first][c] = grid[top - first][left]

    def is_titled_below(level: int, c: int) -> bool:
        return any(titles[c] for titles in grid[level + 1 :])

    paths = []
    for c in range(width):
        path: list[str] = []
        for level, titles in enumerate(grid):
            text = titles[c]
            if not text and c and (first + level, c) not in covered and is_titled_below(level, c):
                # An upper cell left empty goes on with the group to its left.
                group = next((k for k in range(c - 1, -1, -1) if titles[k]), None)
                if group is not None and all(is_titled_below(level, k) for k in range(group, c)):
                    text = titles[group]
            if text and (not path or path[-1] != text):
                path.append(text)
        paths.append(tuple(path))
    return paths
