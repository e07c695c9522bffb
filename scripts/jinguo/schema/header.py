"""Where the header of a sheet is, and what it names: under titles, over two rows, or twice side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import TableSpec, header_key

#: How far down a header is looked for: title, instruction and sample rows may stand above it.
_HEADER_ROWS = 40


class Header(NamedTuple):
    """Where the header ends (the index of its last row), and the title of each column."""

    row: int
    titles: list[str]


def find_header(rows: Sequence[Sequence[Any]], spec: TableSpec) -> Header | None:
    """The row that names the most columns of this table, at least two, or that holds the name of its only column.

    A header over two or three rows (联系 over 联系人 | 联系电话) counts as one where together they name more than any alone.
    """
    best: Header | None = None
    single: Header | None = None
    most = 1
    for index, row in enumerate(rows[:_HEADER_ROWS]):
        titles = [_title(value) for value in row]
        found = _count_known(titles, spec)
        if found > most:
            best, most = Header(index, titles), found
        elif single is None and found and sum(map(bool, titles)) == 1:
            single = Header(index, titles)
        merged: list[str] | None = list(map(_title, row))
        for above in rows[max(index - 2, 0) : index][::-1]:
            merged = merged and _merge_titles(above, merged, spec)
            if merged and _count_known(merged, spec) > most:
                best, most = Header(index, merged), _count_known(merged, spec)
    return best or single


def known_columns(rows: Sequence[Sequence[Any]], spec: TableSpec) -> set[str]:
    """The names of the fields of a table that the best header of these rows names."""
    header = find_header(rows, spec)
    return {spec.by_header[header_key(t)].name for t in header.titles if header_key(t) in spec.by_header} if header else set()


def _title(value: Any) -> str:
    return clean(value).replace("\n", "")


def _count_known(titles: Sequence[str], spec: TableSpec) -> int:
    return len({spec.by_header.get(header_key(title)) for title in titles if title} - {None})


def _merge_titles(upper: Sequence[Any], lower: Sequence[Any], spec: TableSpec) -> list[str] | None:
    """The titles of two header rows as one; None where the lower one is no header: it names nothing, or holds data."""
    below = [_title(value) for value in lower]
    if not _count_known(below, spec) or any(not isinstance(v, str) for v in lower if not is_blank(v)):
        return None
    above = [_title(value) for value in upper]
    above += [""] * (len(below) - len(above))
    below += [""] * (len(above) - len(below))
    return [low or high for high, low in zip(above, below, strict=True)]


def side_by_side(header: Header, spec: TableSpec) -> list[Header]:
    """A header for each copy of the table that stands beside the others (双栏签到表); the header itself where there is one.

    Two columns at least must come again, in the order of the first copy: a single one is only a doubled column.
    """
    named = [(c, spec.by_header.get(header_key(title))) for c, title in enumerate(header.titles) if title]
    counts = Counter(f.name for _, f in named if f)
    copies = min((count for count in counts.values() if count > 1), default=1)
    if sum(count > 1 for count in counts.values()) < 2:
        return [header]
    starts = [c for c, f in named if f and f.name == next(f.name for _, f in named if f and counts[f.name] > 1)][:copies]
    ends = [*starts[1:], len(header.titles)]
    firsts = [0, *starts[1:]]
    return [
        Header(header.row, [title if first <= c < end else "" for c, title in enumerate(header.titles)])
        for first, end in zip(firsts, ends, strict=True)
    ]
