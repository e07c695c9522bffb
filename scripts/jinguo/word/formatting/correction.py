"""What was changed in a document, by place."""

from __future__ import annotations

from typing import NamedTuple


class Correction(NamedTuple):
    """One: the element, the beginning of its text, what it was and what it is now."""

    element: str
    text: str
    before: str
    after: str
