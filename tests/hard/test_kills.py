"""Killed at any moment: a workbook is the old one or the new one, a written file is whole, and the next run goes on."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from jinguo.common.writing import file_digest
from jinguo.excel.reading.read import read_workbook
from tests.helpers import examples, jinguo, office, snapshot

COMMANDS = (("notices", "--register"), ("roster", "--month", "2026-12", "--publish"), ("survey", "issue"), ("all",), ("rollup", "workbooks"))  # fmt: skip


def begin(folder: Path, words: tuple[str, ...]) -> subprocess.Popen:
    environment = dict(os.environ, JINGUO_HOME=str(folder), PYTHONUTF8="1", COLUMNS="200")
    command = [sys.executable, "-m", "jinguo", "--today", "2026-10-15", *words]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_at_any_moment(words, tmp_path):
    whole = office(tmp_path / "whole")
    start = time.monotonic()
    assert begin(whole, words).wait() in (0, 1)
    lasts = time.monotonic() - start
    after = {p.name: file_digest(p) for p in (whole / "workbooks").glob("*.xlsx")}
    chance = random.Random(",".join(words))
    for n in range(examples(1)):
        folder = office(tmp_path / f"{n}")
        before = {p.name: file_digest(p) for p in (folder / "workbooks").glob("*.xlsx")}
        process = begin(folder, words)
        time.sleep(chance.uniform(0.3, 1) * lasts)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        looked_at(folder, before, after)


def looked_at(folder: Path, before: dict[str, str], after: dict[str, str]) -> None:
    """What a killed run has left, and that the next puts it right."""
    for path in (folder / "output").rglob("*"):
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None, path
    # The next run finishes what was begun, or takes it back: all workbooks of the old state, or all of the new.
    for left in folder.rglob(".jinguo-*.tmp"):
        os.utime(left, (0, 0))
    done = jinguo(folder, "--today", "2026-10-15", "all")
    assert done.returncode in (0, 1), done.stderr
    now = {p.name: file_digest(p) for p in (folder / "workbooks").glob("*.xlsx")}
    assert now.keys() == before.keys()
    assert all(now[name] in (before[name], after[name]) for name in now)
    assert len({now[n] == before[n] for n in now if before[n] != after[n]}) < 2
    for path in (folder / "workbooks").glob("*.xlsx"):
        read_workbook(path)
    assert not list((folder / "workbooks").glob(".jinguo-*"))
    assert not list((folder / "output").glob(".jinguo-*.tmp"))


def test_a_full_disk_leaves_what_was_there(tmp_path):
    """A disk of a few hundred kilobytes (tmpfs), where this machine may mount one."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "none", str(small)], capture_output=True)
    if mounted.returncode:
        pytest.skip("这台电脑上不能挂 tmpfs，跳过")
    try:
        folder = office(tmp_path / "office")
        (folder / "output").symlink_to(small)
        before = snapshot(folder / "workbooks")
        done = jinguo(folder, "--today", "2026-10-15", "all")
        assert done.returncode == 2
        assert "磁盘已满" in done.stdout + done.stderr and "程序出错" not in done.stdout + done.stderr
        assert snapshot(folder / "workbooks") == before
        for path in small.rglob("*.*x"):
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None
    finally:
        subprocess.run(["umount", str(small)], check=True)


def test_a_clock_that_goes_backwards_and_a_long_path(tmp_path):
    deep = tmp_path / ("很长的文件夹名字" * 8) / ("又一层很长的名字" * 8) / "office"
    folder = office(deep)
    for day in ("2026-10-15", "2026-10-01", "2025-12-31"):
        done = jinguo(folder, "--today", day, "all")
        assert done.returncode in (0, 1, 2) and "程序出错" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
