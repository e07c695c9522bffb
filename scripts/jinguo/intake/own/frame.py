"""The frame of a sheet of which nothing is known yet: title lines, header of one to four rows, rows of data, foot."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.excel.raw import RawSheet
from jinguo.intake.layout import DataColumns, skip_reason
from jinguo.intake.own.header_span import SERIAL, header_span, titles_above
from jinguo.schema.cells import clean, is_blank

_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])\s*(\S.*)")
_COUNTED = re.compile(r"(?:应到|实到|共|合计|总计|小计|总数|人数).{0,30}\d.*")


@dataclass
class Column:
    """A column: where it stands (from 0), the titles above it from the top one down, whether it is hidden, and to which
    of several tables side by side it belongs (from 0)."""

    place: int
    path: tuple[str, ...]
    hidden: bool = False
    block: int = 0

    @property
    def letter(self) -> str:
        return column_letter(self.place)

    @property
    def title(self) -> str:
        """The whole path as one reads it: 登记情况›登记证号."""
        return "›".join(self.path)

    @property
    def leaf(self) -> str:
        return self.path[-1] if self.path else ""


@dataclass
class Frame:
    """A sheet taken apart. Rows count from 0; `header` is the first and the last row of the header; `data` the rows of
    data, `skipped` the others below the header with what they are; `sections` the heading that stands above a row."""

    raw: RawSheet
    titles: list[tuple[int, str]]
    header: tuple[int, int]
    columns: list[Column]
    data: list[int] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    rows: list[list[Any]] = field(default_factory=list)

    def values(self, column: Column) -> list[Any]:
        """What stands in a column in the rows of data."""
        return [self.rows[i][column.place] for i in self.data]

    @property
    def blocks(self) -> int:
        """How many copies of the table stand side by side."""
        return max((c.block for c in self.columns), default=0) + 1


def frame_of(raw: RawSheet, header: tuple[int, int] | None = None) -> Frame | None:
    """The sheet taken apart; None where no row can be its header. `header` is given where somebody has decided it."""
    width = max(map(len, raw.rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in raw.rows]
    span = header or header_span(raw, rows)
    if span is None or span[1] >= len(rows):
        return None
    columns = [Column(c, path) for c, path in enumerate(titles_above(raw, rows, span)) if path]
    if len(columns) < 2:
        return None
    _side_by_side(columns)
    titles = [(i, clean(v)) for i in range(span[0]) for v in rows[i] if not is_blank(v)]
    frame = Frame(raw, titles, span, columns, rows=rows)
    hidden = set(raw.hidden_columns)
    for column in columns:
        column.hidden = column.place in hidden
    _fill_down(frame)
    _sort_rows(frame)
    return frame


def _side_by_side(columns: list[Column]) -> None:
    """Tell the columns of a table that stands twice beside itself apart."""
    titles = [c.title for c in columns]
    counts = Counter(titles)
    starts = [i for i, t in enumerate(titles) if t == titles[0]]
    if len(starts) < 2 or sum(n > 1 for n in counts.values()) < 2:
        return
    period = starts[1]
    if any(b - a != period for a, b in pairwise(starts)):
        return
    if any(titles[i] != titles[i % period] for i in range(len(titles)) if i < period * len(starts)):
        return
    for i, column in enumerate(columns):
        column.block = min(i // period, len(starts) - 1)


def _fill_down(frame: Frame) -> None:
    """Fill what is merged over several rows into each of them."""
    start = frame.header[1] + 1
    for top, left, bottom, right in frame.raw.merged:
        if top < start or bottom <= top or left >= len(frame.rows[0]):
            continue
        for r in range(top + 1, min(bottom, len(frame.rows) - 1) + 1):
            for c in range(left, min(right + 1, len(frame.rows[r]))):
                frame.rows[r][c] = frame.rows[top][left]


def _sort_rows(frame: Frame) -> None:
    """Say of each row below the header whether it is data, a heading, a total or a word below."""
    titles = [""] * len(frame.rows[0])
    for column in frame.columns:
        titles[column.place] = column.leaf
    serial = {c.place for c in frame.columns if c.leaf in SERIAL[:2]}
    anchors = _anchors(frame, serial)
    columns = DataColumns(sorted(anchors), None, titles)
    section, seen = "", 0
    for i in range(frame.header[1] + 1, len(frame.rows)):
        row = frame.rows[i]
        filled = [c for c, v in enumerate(row) if not is_blank(v) and c not in serial]
        if not filled:
            # A running number may be prepared for hundreds of rows; one with a word in it is a heading.
            first = next((clean(row[c]) for c in serial if not is_blank(row[c])), "")
            if not first or re.fullmatch(r"[\d.]+", first):
                continue
        alone = {clean(v) for v in row if not is_blank(v)}
        if len(alone) == 1:
            (text,) = alone
            if (match := _SECTION.fullmatch(text)) and not _COUNTED.fullmatch(text):
                section = match[1]
                frame.skipped[i] = "小标题或说明"
                continue
            if not any(c in anchors for c in filled) or _COUNTED.fullmatch(text) or _is_spread(frame, i):
                frame.skipped[i] = "小标题或说明"
                continue
        reason = skip_reason(row, columns, seen < 3)
        seen += 1
        if reason:
            frame.skipped[i] = reason
            continue
        frame.data.append(i)
        if section:
            frame.sections[i] = section


def _is_spread(frame: Frame, row: int) -> bool:
    """Whether a cell of the row is merged over most of the table."""
    return any(
        top <= row <= bottom and right - left + 1 >= max(3, len(frame.columns) // 2)
        for top, left, bottom, right in frame.raw.merged
    )


def _anchors(frame: Frame, serial: set[int]) -> set[int]:
    """The columns that nearly every row fills: without them all a row is no data."""
    start = frame.header[1] + 1
    body = frame.rows[start:]
    counts = {c.place: sum(not is_blank(row[c.place]) for row in body) for c in frame.columns if c.place not in serial}
    most = max(counts.values(), default=0)
    return {place for place, count in counts.items() if count >= most * 0.9 and count}
