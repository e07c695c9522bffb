"""Several tables one below the other on a sheet: each has its own title and header, and read as one they would be wrong."""

from __future__ import annotations

from jinguo.intake.own.frame import Frame
from jinguo.intake.own.header_span import title_text
from jinguo.intake.own.lexicon import is_known_title
from jinguo.schema.cells import is_blank

#: A row is a header where it has so many titles that are known, and they are most of it.
_TITLES, _SHARE = 3, 0.6
#: So far above a header stands its title; a title has so many characters.
_TITLE_ROWS, _TITLE_SIGNS = 3, 4
#: So many rows with something in them between two headers are a table.
_ROWS_OF_TABLE = 3


def another_table(frame: Frame) -> int | None:
    """The row (from 1) of the header of another table on the same sheet; None where there is one table. A header that is repeated
    without another title, as for the next page, begins none."""
    first, last = frame.header
    own = set(_titles(frame, first)) | set(_titles(frame, last))
    said = {text for i in range(first) for text in [_alone(frame, i)] if text}
    for i in range(first):
        if _is_header(frame, i) and sum(_is_row(frame, n) for n in range(i + 1, first)) >= _ROWS_OF_TABLE:
            return i + 1
    for i in range(last + 1, len(frame.rows)):
        if not _is_header(frame, i):
            continue
        others = {t for t in _titles(frame, i) if is_known_title(t)} - own
        titles = {
            t
            for n in range(max(i - _TITLE_ROWS, last + 1), i)
            for t in [_alone(frame, n)]
            if len(t) >= _TITLE_SIGNS and "页" not in t
        }
        if others or titles - said:
            return i + 1
    return None


def _titles(frame: Frame, row: int) -> list[str]:
    return [title_text(v) for v in frame.rows[row] if isinstance(v, str) and not is_blank(v)]


def _is_header(frame: Frame, row: int) -> bool:
    titles = _titles(frame, row)
    known = sum(map(is_known_title, titles))
    return known >= _TITLES and known >= _SHARE * sum(not is_blank(v) for v in frame.rows[row])


def _is_row(frame: Frame, row: int) -> bool:
    return sum(not is_blank(v) for v in frame.rows[row]) >= _TITLES and not _is_header(frame, row)


def _alone(frame: Frame, row: int) -> str:
    """The one text of a row, merged over others or not; empty where there are several."""
    found = {title_text(v) for v in frame.rows[row] if not is_blank(v)}
    return found.pop() if len(found) == 1 else ""
