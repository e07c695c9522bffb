"""Which of two workbooks is the older: by when each says that it was saved."""

from __future__ import annotations

import datetime
import os
import shutil

import openpyxl
import pytest

from jinguo.excel.saved_time import saved_time
from tests.helpers import ROOT, change_cell, jinguo, office


def save(path, day: str, amount: int | None = None) -> None:
    shutil.copy(ROOT / "workbooks" / "项目台账.xlsx", path)
    if amount:
        change_cell(path, "项目", "H2", amount)
    book = openpyxl.load_workbook(path)
    book.properties.modified = datetime.datetime.fromisoformat(day)
    # openpyxl writes the present moment where it saves; Excel writes when she saved.
    book.save(path)
    _set_modified(path, day)


def _set_modified(path, day: str) -> None:
    import re
    import zipfile

    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + day.encode() + b"Z", core)
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)


def test_when_it_was_saved(tmp_path):
    path = tmp_path / "甲.xlsx"
    save(path, "2026-03-01T08:00:00")
    assert saved_time(path) == datetime.datetime(2026, 3, 1, 8)


@pytest.mark.parametrize("data", [b"", b"PK", b"not a workbook", b"\xd0\xcf\x11\xe0"])
def test_what_does_not_say_so(tmp_path, data):
    path = tmp_path / "甲.xlsx"
    path.write_bytes(data)
    assert saved_time(path) is None


def test_what_the_program_wrote_says_nothing_of_when(generated):
    assert saved_time(generated / "output/校验/校验报告.xlsx") is None


@pytest.mark.parametrize("turned", [False, True])
def test_two_workbooks_dropped_together_are_put_in_order(tmp_path, turned):
    """Whichever Explorer hands over first, and whatever time the files have."""
    folder = office(tmp_path / "office")
    old, new = tmp_path / "三月.xlsx", tmp_path / "九月.xlsx"
    save(old, "2026-03-01T08:00:00")
    save(new, "2026-09-01T08:00:00", 61000)
    os.utime(new, (0, 0))
    done = jinguo(folder, "diff", *map(str, [new, old] if turned else [old, new]))
    assert "旧的：三月.xlsx（2026-03-01 08:00 保存），新的：九月.xlsx（2026-09-01 08:00 保存）" in done.stdout
    assert "60000" in done.stdout and done.stdout.index("60000") < done.stdout.index("61000")


def test_where_they_do_not_say_which_is_old_the_order_given_is_told(tmp_path):
    folder = office(tmp_path / "office")
    first, second = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    for path in (first, second):
        save(path, "2026-03-01T08:00:00")
    done = jinguo(folder, "diff", str(first), str(second))
    assert "旧的：甲.xlsx，新的：乙.xlsx。" in done.stdout
