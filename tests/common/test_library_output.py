"""What libraries print by themselves stays away from the console, and what the program prints does not."""

from __future__ import annotations

import os
import subprocess
import sys

from jinguo.common.library_output import silenced
from tests.helpers import ROOT


def test_what_is_written_below_python_is_not_seen(capfd):
    with silenced(2):
        os.write(2, b"a panic")
    os.write(2, b"a word")
    assert capfd.readouterr().err == "a word"


def test_two_threads_that_begin_and_end_in_any_order_leave_the_console_as_it_was():
    """The first to begin ends first: only the last one puts the descriptor back, to where it led at first."""
    code = (
        "import os, threading; from jinguo.common.library_output import silenced\n"
        "begun, ended = threading.Event(), threading.Event()\n"
        "def other():\n"
        "    with silenced(2):\n"
        "        begun.set(); ended.wait(10); os.write(2, b'unseen')\n"
        "thread = threading.Thread(target=other)\n"
        "with silenced(2):\n"
        "    thread.start(); begun.wait(10)\n"
        "os.write(2, b'unseen'); ended.set(); thread.join(); os.write(2, b'seen')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert done.stderr == b"seen"
