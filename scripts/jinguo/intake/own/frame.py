"""The frame of a sheet of which nothing is known yet: title lines, header of one to four rows, rows of data, foot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.excel.raw import RawSheet
from jinguo.intake.layout import DataColumns, skip_reason
from jinguo.intake.own.header_span import header_span, titles_above
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import SERIAL

_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])\s*(\S.*)")
_NUMBER_OF_PERSON = re.compile(r"\d{15,}|(?<!\d)1[3-9]\d{9}(?!\d)")
_COUNTED = re.compile(r"(?:应到|实到|共|合计|总计|小计|总数|人数).{0,30}\d.*")


@dataclass
class Column:
    """A column: where it stands (from 0), the titles above it from the top one down, whether it is hidden, to which
    of several tables side by side it belongs (from 0), and the note on its title."""

    place: int
    path: tuple[str, ...]
    hidden: bool = False
    block: int = 0
    note: str = ""

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
    _below: dict[tuple[int, int], list[Any]] = field(default_factory=dict, repr=False)

    @cached_property
    def body(self) -> list[list[Any]]:
        """The rows of data, as lists of cells."""
        return [self.rows[i] for i in self.data]

    def below(self, place: int, start: int) -> list[Any]:
        """What stands in a column from a row on."""
        if (place, start) not in self._below:
            self._below[place, start] = list(map(itemgetter(place), self.rows[start:]))
        return self._below[place, start]

    def values(self, column: Column) -> list[Any]:
        """What stands in a column in the rows of data."""
        start = self.header[1] + 1
        if len(self.data) == len(self.rows) - start and (column.place, start) in self._below:
            return list(self._below[column.place, start])
        return list(map(itemgetter(column.place), self.body))

    @property
    def blocks(self) -> int:
        """How many copies of the table stand side by side."""
        return max((c.block for c in self.columns), default=0) + 1


def frame_of(raw: RawSheet, header: tuple[int, int] | None = None) -> Frame | None:
    """The sheet taken apart; None where no row can be its header. `header` is given where somebody has decided it."""
    width = max(map(len, raw.rows), default=0)
    is_even = min(map(len, raw.rows), default=0) == width
    rows = list(raw.rows) if is_even else [[*row, *[""] * (width - len(row))] for row in raw.rows]
    span = header or header_span(raw, rows)
    if span is None or span[1] >= len(rows):
        return None
    columns = [Column(c, path) for c, path in enumerate(titles_above(raw, rows, span)) if path]
    if len(columns) < 2 or (header and any(_NUMBER_OF_PERSON.search(c.title) for c in columns)):
        # Titles with somebody's number in them are a row of data.
        return None
    _side_by_side(columns)
    titles = [(i, clean(v)) for i in range(span[0]) for v in rows[i] if not is_blank(v)]
    frame = Frame(raw, titles, span, columns, rows=rows)
    hidden = set(raw.hidden_columns)
    for column in columns:
        column.hidden = column.place in hidden
        column.note = next(
            (raw.notes[r, column.place] for r in range(span[1], span[0] - 1, -1) if (r, column.place) in raw.notes), ""
        )
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
            # A new row: the sheet's own stays as it was read.
            row = list(frame.rows[r])
            row[left : right + 1] = frame.rows[top][left : right + 1]
            frame.rows[r] = row


#: Words with which a row begins that may be no data.
_DOUBTFUL = re.compile("[合计总填制审复核注签页盖章示例如经办共※：:（(]|说明|负责人|日期|时间|以下|序号")
_NEAR = 3


def _sort_rows(frame: Frame) -> None:
    """Say of each row below the header whether it is data, a heading, a total or a word below."""
    start = frame.header[1] + 1
    titles = [""] * len(frame.rows[0])
    for column in frame.columns:
        titles[column.place] = column.leaf
    serial = {c.place for c in frame.columns if c.leaf in SERIAL}
    filled = {c.place: _filled(frame, c.place, start) for c in frame.columns}
    anchors = _anchors(filled, serial)
    columns = DataColumns(sorted(anchors), None, titles)
    headings: list[tuple[int, str]] = []
    for i in _to_look_at(frame, start, anchors, filled):
        kind, text = _kind_of_row(frame, i, serial, anchors, columns, i < start + _NEAR)
        if kind == _HEADING:
            headings.append((i, text))
        if kind:
            frame.skipped[i] = "小标题或说明" if kind == _HEADING else kind
    blank = {i for i, kind in frame.skipped.items() if kind == _BLANK}
    for i in blank:
        del frame.skipped[i]
    frame.data = [i for i in range(start, len(frame.rows)) if i not in frame.skipped and i not in blank]
    for row, text in headings:
        frame.sections.update({i: text for i in frame.data if i > row})


_HEADING, _BLANK = "heading", "blank"


def _filled(frame: Frame, place: int, start: int) -> list[bool]:
    """Of each row from `start` whether the column has anything in it."""
    values = frame.below(place, start)
    blank = {v for v in set(values) if is_blank(v)}
    return [True] * len(values) if not blank else [v not in blank for v in values]


def _to_look_at(frame: Frame, start: int, anchors: set[int], filled: Mapping[int, list[bool]]) -> Iterable[int]:
    """The rows that are not surely data: near the header, without what nearly every row has, or beginning with a word with
    which totals and signatures do."""
    rows = range(start, len(frame.rows))
    if len(anchors) < 2:
        return rows
    doubtful = set(rows[:_NEAR])
    for place in anchors:
        if not all(filled[place]):
            doubtful |= {start + n for n, has in enumerate(filled[place]) if not has}
    for column in frame.columns[:3]:
        values = frame.below(column.place, start)
        strange = {v for v in set(values) if isinstance(v, str) and (v == column.leaf or _DOUBTFUL.search(v))}
        if strange:
            doubtful |= {start + n for n, v in enumerate(values) if v in strange}
    for top, _, bottom, _ in frame.raw.merged:
        doubtful |= set(range(max(top, start), min(bottom, len(frame.rows) - 1) + 1))
    return sorted(doubtful)


def _kind_of_row(
    frame: Frame, i: int, serial: set[int], anchors: set[int], columns: DataColumns, is_near: bool
) -> tuple[str, str]:
    """What a row is if it is no data (a heading with its words), empty where it is."""
    row = frame.rows[i]
    filled = [c for c, v in enumerate(row) if not is_blank(v) and c not in serial]
    if not filled:
        # A running number may be prepared for hundreds of rows; one with a word in it is a heading.
        first = next((clean(row[c]) for c in serial if not is_blank(row[c])), "")
        if not first or re.fullmatch(r"[\d.]+", first):
            return _BLANK, ""
    alone = {clean(v) for v in row if not is_blank(v)}
    if len(alone) == 1:
        (text,) = alone
        if (match := _SECTION.fullmatch(text)) and not _COUNTED.fullmatch(text):
            return _HEADING, match[1]
        if not any(c in anchors for c in filled) or _COUNTED.fullmatch(text) or _is_spread(frame, i):
            return "小标题或说明", ""
    return skip_reason(row, columns, is_near), ""


def _is_spread(frame: Frame, row: int) -> bool:
    """Whether a cell of the row is merged over most of the table."""
    return any(
        top <= row <= bottom and right - left + 1 >= max(3, len(frame.columns) // 2)
        for top, left, bottom, right in frame.raw.merged
    )


def _anchors(filled: Mapping[int, list[bool]], serial: set[int]) -> set[int]:
    """The columns that nearly every row fills: without them all a row is no data."""
    counts = {place: sum(has) for place, has in filled.items() if place not in serial}
    most = max(counts.values(), default=0)
    return {place for place, count in counts.items() if count >= most * 0.9 and count}
