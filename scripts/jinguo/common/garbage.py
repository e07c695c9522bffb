"""How often Python looks for garbage: a command lives for seconds, and keeps nearly all it makes until it ends."""

from __future__ import annotations

import gc

#: New containers before the youngest are looked through; what of these outlives twenty looks, and that a hundred, is looked through again.
#: With Python's own 700, 10 and 10 a third of the time of the statistics of 200,000 rows went into looking, and nothing was found.
_SELDOM = (200_000, 20, 100)


def collect_seldom() -> None:
    """Look for garbage seldom from now on; for every process that the program starts or is."""
    gc.set_threshold(*_SELDOM)
