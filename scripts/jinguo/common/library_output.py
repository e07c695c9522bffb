"""Keeping what libraries print by themselves away from staff's console."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections import Counter
from collections.abc import Iterator

_LOCK = threading.Lock()
#: How many want a descriptor silent, and where it led before: the last of them, in whatever thread, puts it back.
_WANTED: Counter[int] = Counter()
_SAVED: dict[int, int] = {}


@contextlib.contextmanager
def silenced(descriptor: int) -> Iterator[None]:
    """Send file descriptor 1 (standard output) or 2 (errors) to nowhere: below Python, where C and Rust write."""
    with _LOCK:
        if not _WANTED[descriptor]:
            (sys.stdout if descriptor == 1 else sys.stderr).flush()
            _SAVED[descriptor] = os.dup(descriptor)
            sink = os.open(os.devnull, os.O_WRONLY)
            os.dup2(sink, descriptor)
            os.close(sink)
        _WANTED[descriptor] += 1
    try:
        yield
    finally:
        with _LOCK:
            _WANTED[descriptor] -= 1
            if not _WANTED[descriptor]:
                saved = _SAVED.pop(descriptor)
                os.dup2(saved, descriptor)
                os.close(saved)
