"""Compiled modules that never look at their source's time: an unpacked zip gives every file the time of unpacking (PEP 552)."""

from __future__ import annotations

import importlib.util
import marshal
import sys
import warnings

#: What a compiled file of this Python is called behind its module's name.
TAG = sys.implementation.cache_tag


def pyc(source: bytes, name: str) -> bytes:
    """The compiled module, unchecked by its hash; `name` is what a traceback calls it. The same bytes for the same source."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(source, name, "exec", dont_inherit=True, optimize=0)
    # What is written depends on how often an object is referred to just then; what was read back is referred to alike.
    body = marshal.dumps(marshal.loads(marshal.dumps(code)))
    header = importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + importlib.util.source_hash(source)
    return header + body


def pyc_or_none(source: bytes, name: str) -> bytes | None:
    """The compiled module; None of one this Python does not understand."""
    try:
        return pyc(source, name)
    except SyntaxError:
        return None
