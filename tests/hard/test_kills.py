"""Killed at any moment: a workbook is the old one or the new one, a written file is whole, and the next run goes on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest

from jinguo.common.writing import file_digest
from jinguo.excel.reading.read import read_workbook
from tests.hard.jobs import JOBS, run
from tests.helpers import examples, jinguo, office, snapshot


@pytest.mark.long
@pytest.mark.parametrize("name", JOBS)
def test_at_any_moment(name, tmp_path):
    job = JOBS[name]
    ready = job.prepared(tmp_path / "ready")
    before = digests(ready)
    whole = Path(shutil.copytree(ready, tmp_path / "whole"))
    done = run(whole, *job.words, dies_at=0)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    touches, after = int(done.stdout.split()[-1]), digests(whole)
    assert (after != before) is job.into_workbooks
    assert touches
    chance = random.Random(name)
    for moment in sorted(chance.sample(range(1, touches + 1), min(touches, examples(1)))):
        folder = Path(shutil.copytree(ready, tmp_path / f"{moment}"))
        assert run(folder, *job.words, dies_at=moment).returncode == -signal.SIGKILL
        looked_at(folder, before, after)
        again = run(folder, *job.words)
        assert "【程序出错】" not in again.stderr and "Traceback" not in again.stderr, (moment, again.stderr)
        assert digests(folder) in (before, after), moment
        shutil.rmtree(folder)


def digests(folder: Path) -> dict[str, str]:
    """The workbooks by name, as their bytes."""
    return {path.name: file_digest(path) for path in sorted((folder / "workbooks").glob("*.xlsx"))}


def looked_at(folder: Path, before: dict[str, str], after: dict[str, str]) -> None:
    """What a killed run has left, and that the next puts it right."""
    for path in folder.rglob("*"):
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as package:
                assert package.testzip() is None, path
    # The next run finishes what was begun, or takes it back: all workbooks of the old state, or all of the new.
    for left in folder.rglob(".jinguo-*.tmp"):
        os.utime(left, (0, 0))
    done = run(folder, "check")
    assert "【程序出错】" not in done.stderr and "Traceback" not in done.stderr, done.stderr
    assert digests(folder) in (before, after)
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


@pytest.mark.long
def test_a_clock_that_goes_backwards_and_a_long_path(tmp_path):
    deep = tmp_path / ("很长的文件夹名字" * 8) / ("又一层很长的名字" * 8) / "office"
    folder = office(deep)
    for day in ("2026-10-15", "2026-10-01", "2025-12-31"):
        done = jinguo(folder, "--today", day, "all")
        assert done.returncode in (0, 1, 2) and "程序出错" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
