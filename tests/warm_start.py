"""The real command in a process of its own, started in milliseconds: a Python that has imported everything forks for each call.

Half of what a test of a command took was the importing of pandas and docxtpl, the same for each. What is run, with which
arguments, in which folder, with which environment, and what comes back is as with a fresh Python.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

#: What the commands import while they work, besides the package itself.
_IMPORTED = "pandas docxtpl highspy chinese_calendar rapidfuzz rich.progress rich.table rjieba openpyxl icalendar stdnum.cn.ric stdnum.cn.uscc PIL.Image"


class WarmPython:
    """A Python that waits, and forks for each command."""

    def __init__(self) -> None:
        environment = dict(os.environ, PYTHONUTF8="1")
        command = [sys.executable, str(Path(__file__))]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        atexit.register(self.process.kill)

    def run(
        self,
        folder: Path,
        arguments: tuple[str, ...],
        environment: dict[str, str],
        seconds: float,
        dies_at: int | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """One call of jinguo; subprocess.TimeoutExpired where it takes longer. One that is to die at a moment (tests/hard/dying.py)
        gives how many there were as what it said."""
        with tempfile.TemporaryDirectory() as said:
            call = {
                "folder": str(folder),
                "arguments": arguments,
                "environment": environment,
                "said": said,
                "seconds": seconds,
                "dies_at": dies_at,
            }
            assert self.process.stdin and self.process.stdout
            self.process.stdin.write(json.dumps(call) + "\n")
            self.process.stdin.flush()
            code = json.loads(self.process.stdout.readline())
            out, err = ((Path(said) / name).read_text("utf-8") for name in ("out", "err"))
        if code is None:
            raise subprocess.TimeoutExpired(["jinguo", *arguments], seconds, out, err)
        return subprocess.CompletedProcess(["jinguo", *arguments], code, out, err)


def _call(call: dict) -> None:
    """In the fork: become a fresh process as far as the command can tell."""
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["environment"])
    for name, descriptor in (("out", 1), ("err", 2)):
        target = os.open(os.path.join(call["said"], name), os.O_WRONLY | os.O_CREAT)  # noqa: PTH118
        os.dup2(target, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    from jinguo.commands import main

    if call["dies_at"] is not None:
        from tests.hard.dying import die_at

        touches = die_at(call["dies_at"], call["folder"])
    code: object = 0
    try:
        main(call["arguments"])
    except SystemExit as end:
        code = end.code
    if call["dies_at"] is not None:
        print(f"\n{touches()}")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


def _done_once() -> None:
    """Do the whole job once in a folder of its own, as the menu does one job after the other: the patterns are compiled by then, and
    what does not depend on a registry is worked out."""
    from jinguo.commands import run_words

    root = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:  # noqa: PTH123
        for name in ("templates", "workbooks"):
            shutil.copytree(root / name, Path(folder) / name)
        os.environ["JINGUO_HOME"] = folder
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            run_words(["--today", "2026-10-15", "all"])


def _serve() -> None:
    import gc
    import importlib
    import pkgutil

    import jinguo

    package = (module.name for module in pkgutil.walk_packages(jinguo.__path__, "jinguo."))
    for module in (*_IMPORTED.split(), *(name for name in package if not name.endswith("__main__"))):
        importlib.import_module(module)
    _done_once()
    # What is there stays: no fork looks it through for garbage.
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        call = json.loads(line)
        child = os.fork()
        if not child:
            _call(call)
        end = time.monotonic() + call["seconds"]
        while not (done := os.waitpid(child, os.WNOHANG))[0] and time.monotonic() < end:
            time.sleep(0.002)
        if not done[0]:
            os.kill(child, 9)
            os.waitpid(child, 0)
        print(json.dumps(os.waitstatus_to_exitcode(done[1]) if done[0] else None), flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    _serve()
