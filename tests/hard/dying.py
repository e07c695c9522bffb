"""A run that dies at one of the moments at which it touches the disk: the states that a power cut can leave are those between two of them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

#: What changes something below a folder, by the names of Python's audit events; the paths are their first arguments.
_TOUCHES = {"open": 1, "os.rename": 2, "os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.link": 2, "os.symlink": 2, "os.truncate": 1, "os.chmod": 1}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def die_at(moment: int, folder: str) -> Callable[[], int]:
    """From now on die, with all processes of the group, right before the `moment`-th touch of anything below the folder (from 1; 0:
    never), a file that it would have opened anew lying there empty. What comes back tells how many touches there were so far."""
    os.setsid()
    folder, me, count = os.path.realpath(folder), os.getpid(), 0

    def hook(event: str, details: tuple[Any, ...]) -> None:
        nonlocal count
        if event not in _TOUCHES or (event == "open" and not details[2] & _WRITING):
            return
        paths = [os.path.realpath(p) for p in details[: _TOUCHES[event]] if isinstance(p, str)]
        if not any(path.startswith(folder + os.sep) for path in paths):
            return
        count += 1
        if count != moment or os.getpid() != me:
            return
        if event == "open":
            # A touch itself, but none to die at once more.
            count += 1
            os.close(os.open(details[0], details[2]))
        os.killpg(0, signal.SIGKILL)

    sys.addaudithook(hook)
    return lambda: count
