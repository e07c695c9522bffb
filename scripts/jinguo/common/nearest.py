"""The name that was probably meant: for misspelt sheets, columns, choices and references."""

from __future__ import annotations

from collections.abc import Iterable

#: What is longer is a text and no name, and takes seconds to compare.
_LONGEST = 200


def nearest(name: str, known: Iterable[str], at_least: int = 55) -> str | None:
    """The known name most like `name`, or None when nothing is near (similarity in percent below `at_least`), or where
    it is too long for a name."""
    from rapidfuzz import fuzz, process

    if len(name) > _LONGEST:
        return None
    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=at_least)
    return found[0] if found else None
