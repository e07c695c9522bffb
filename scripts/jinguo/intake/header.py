"""Where the header of a sheet is, and what it names: under titles, over two rows, or twice side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from jinguo.common.nearest import nearest
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import TableSpec
from jinguo.schema.types import Choice

#: Top, left, bottom, right, from 0.
Range = tuple[int, int, int, int]
#: How far down a header is looked for: title, instruction and sample rows may stand above it.
_HEADER_ROWS = 40
#: A row of so many titles, all of them columns of the table, is its header.
_SURELY = 5
#: Groups of columns about the person of the row, and about somebody or something else.
_OWN = re.compile("本人|个人|基本")
_OTHERS = re.compile("配偶|爱人|家庭|家属|亲属|紧急|父|母|子女|监护|推荐人|介绍人|党组织|党支部")
#: What stands below the name of a column of names.
_NAMES = ("姓名", "名称")


class Header(NamedTuple):
    """Where the header ends (the index of its last row), and the title of each column."""

    row: int
    titles: list[str]


class HeadRow(NamedTuple):
    """One of the first rows of a sheet: its cells as titles, and whether it has nothing but words."""

    titles: list[str]
    is_words: bool


class HeadRows:
    """The rows among which a header is looked for; the same whichever table it is asked to be. Each is looked at when it is
    asked for, as the header mostly stands in the first."""

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._rows = rows[:_HEADER_ROWS]
        self._known: dict[int, HeadRow] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> HeadRow:
        if index not in self._known:
            row = self._rows[index]
            words = all(isinstance(v, str) for v in row if not is_blank(v))
            self._known[index] = HeadRow([_title(value) for value in row], words)
        return self._known[index]


def find_header(rows: Sequence[Sequence[Any]], spec: TableSpec, merged: Sequence[Range] = ()) -> Header | None:
    """The header of a sheet, as `header_among` finds it."""
    return header_among(HeadRows(rows), spec, merged)


def header_among(heads: HeadRows, spec: TableSpec, merged: Sequence[Range] = ()) -> Header | None:
    """The row that names the most columns of this table, at least two, or that holds the name of its only column.

    A header over two or three rows (联系 over 联系人 | 联系电话) counts as one where together they name more than any alone,
    or as many, and cells of the upper one are `merged` with those below.
    """
    best: Header | None = None
    single: Header | None = None
    most, last_row = 1, _HEADER_ROWS
    for index in range(len(heads)):
        if index > last_row:
            break
        titles, is_words = heads[index]
        found = _count_known(titles, spec)
        if found > most:
            best, most = Header(index, titles), found
            if found >= _SURELY and found == sum(map(bool, titles)):
                # Nothing but columns of the table: only rows of the same header may still follow.
                last_row = index + 2
        elif single is None and found and sum(map(bool, titles)) == 1:
            single = Header(index, titles)
        if not is_words:
            # Numbers and days are data.
            continue
        for top in range(index - 1, max(index - 3, -1), -1):
            ties = sum(top <= first < last == index for first, _, last, _ in merged)
            if not ties and not found:
                break
            titles = _joined(heads[top].titles, titles, spec)
            together = _count_known(titles, spec)
            # Two cells merged down from the row above, and this one is surely the other half of the header.
            surely = ties > 1 and best is not None and best.row == top and together > 1
            if together > most or (ties and together == most > 1) or surely:
                best, most = Header(index, titles), together
    return best or single


def known_columns(heads: HeadRows, spec: TableSpec, merged: Sequence[Range] = ()) -> set[str]:
    """The names of the fields of a table that the best header of these rows names."""
    header = header_among(heads, spec, merged)
    return {f.name for f in map(spec.field_of, header.titles) if f} if header else set()


def nearly_header(rows: Sequence[Sequence[Any]], spec: TableSpec) -> tuple[int, dict[str, str]]:
    """Of rows without a header, the one in which most titles are nearly the name of a column: its index, and these
    titles with the names; at least two, or none at all."""
    names = [f.header for f in spec.fields]
    best: tuple[int, dict[str, str]] = 0, {}
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        titles = [_title(value) for value in row if isinstance(value, str)]
        near = {title: guess for title in titles if title and (guess := nearest(title, names, at_least=70))}
        if len(near) > max(len(best[1]), 1):
            best = index, near
    return best


def _title(value: Any) -> str:
    return clean(value).replace("\n", "")


def _count_known(titles: Sequence[str], spec: TableSpec) -> int:
    return len({f.name for f in map(spec.field_of, filter(None, titles)) if f})


def _joined(upper: Sequence[str], lower: Sequence[str], spec: TableSpec) -> list[str]:
    """The titles of two header rows as one.

    A title of the upper row goes on over the columns to its right that have only one below: 联系人 over 姓名 | 电话 is
    联系人 | 联系人电话 where the table has these, else 姓名 | 电话. What comes again in another group, as 学历 of
    全日制教育 and of 在职教育, is told apart by the group.
    """
    above = [*upper]
    above += [""] * (len(lower) - len(above))
    below = [*lower, *[""] * (len(above) - len(lower))]
    groups: list[str] = []
    for column, (high, low) in enumerate(zip(above, below, strict=True)):
        goes_on = not high and low and column and below[column - 1]
        groups.append(groups[-1] if goes_on else high)
    pairs = list(zip(groups, below, strict=True))
    taken = {low for group, low in pairs if group and low and spec.field_of(group + low)}
    alone = {low or group for group, low in pairs if not low or not group}
    titles: list[str] = []
    for group, low in pairs:
        known = spec.field_of(group) if group else None
        if not low or not group:
            titles.append(low or group)
        elif low in _NAMES and known and not isinstance(known.type, Choice):
            titles.append(group)
        elif low in taken or low in alone or group != _group_meant(low, pairs) or (known and not spec.field_of(low)):
            titles.append(group + low)
        else:
            titles.append(low)
    return titles


def _group_meant(low: str, pairs: Sequence[tuple[str, str]]) -> str | None:
    """Of the groups that have a column of this title the one it means by itself: the person's own, else the first
    that is not somebody else's; None where all are."""
    groups = [group for group, title in pairs if group and title == low]
    own = [group for group in groups if _OWN.search(group)]
    return next(iter(own or (group for group in groups if not _OTHERS.search(group))), None)


def side_by_side(header: Header, spec: TableSpec) -> list[Header]:
    """A header for each copy of the table that stands beside the others (双栏签到表); the header itself where there is one.

    Two columns at least must come again, in the order of the first copy, and among them the key and every other column
    that no row is without: else they are only doubled columns, such as those of 本人 and of 配偶.
    """
    named = [(c, spec.field_of(title)) for c, title in enumerate(header.titles) if title]
    counts = Counter(f.name for _, f in named if f)
    copies = min((count for count in counts.values() if count > 1), default=1)
    again = [f for f in spec.fields if counts[f.name] > 1]
    needed = [f for f in spec.fields if counts[f.name] and (f.required or f.name == spec.key)]
    if len(again) < 2 or not needed or any(counts[f.name] < 2 for f in needed):
        return [header]
    starts = [c for c, f in named if f and f.name == next(f.name for _, f in named if f and counts[f.name] > 1)][
        :copies
    ]
    ends = [*starts[1:], len(header.titles)]
    firsts = [0, *starts[1:]]
    return [
        Header(header.row, [title if first <= c < end else "" for c, title in enumerate(header.titles)])
        for first, end in zip(firsts, ends, strict=True)
    ]
