"""A résumé (简历) as people write it, one line a span; and the months in it that nothing is said of."""

from __future__ import annotations

import datetime
import re

_SPAN = re.compile(
    r"(\d{4})\s*[.．年/-]\s*(\d{1,2})\s*月?\s*(?:[-—–~～至到]+\s*(?:(\d{4})\s*[.．年/-]\s*(\d{1,2})\s*月?|至今|今|现在)?)?"
)


def resume_spans(text: str | None) -> list[tuple[int, int | None]]:
    """The spans of the lines that begin with one, as numbers of months (year × 12 + month − 1); None for one that
    goes on."""
    spans: list[tuple[int, int | None]] = []
    for line in (text or "").splitlines():
        found = _SPAN.match(line.strip())
        if found and 1 <= int(found[2]) <= 12:
            end = int(found[3]) * 12 + int(found[4]) - 1 if found[3] else None
            spans.append((int(found[1]) * 12 + int(found[2]) - 1, end))
    return spans


def resume_gaps(text: str | None, today: datetime.date) -> list[str]:
    """Where months are missing between the spans, or after the last one up to today: 2005.08—2007.02; empty where
    none are.

    The next span may begin in the month the last one ends in, or the month after.
    """
    spans = sorted(resume_spans(text), key=lambda span: span[0])
    gaps = []
    reached: int | None = None
    for start, end in spans:
        if reached is not None and start > reached + 1:
            gaps.append(f"{_month(reached + 1)}—{_month(start - 1)}")
        if end is None:
            return gaps
        reached = end if reached is None else max(reached, end)
    if reached is not None and reached + 1 < today.year * 12 + today.month - 1:
        gaps.append(f"{_month(reached + 1)}—今")
    return gaps


def _month(number: int) -> str:
    return f"{number // 12}.{number % 12 + 1:02d}"
