"""Keeping what libraries print by themselves away from staff's console."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator


@contextlib.contextmanager
def silenced(descriptor: int) -> Iterator[None]:
    """Send file descriptor 1 (standard output) or 2 (errors) to nowhere: below Python, where C and Rust write."""
    (sys.stdout if descriptor == 1 else sys.stderr).flush()
    saved, sink = os.dup(descriptor), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, descriptor)
        yield
    finally:
        os.dup2(saved, descriptor)
        os.close(saved)
        os.close(sink)
