"""Two windows at once: what the first has written is never written over by what the second had read before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jinguo.amend.edits import Change, Edits
from jinguo.amend.rewrite import rewrite
from jinguo.common.errors import JinguoError
from jinguo.common.writing import file_state
from tests.helpers import jinguo, office, snapshot, workbook_rows

pytestmark = pytest.mark.long

CHANGED = "读过以后，别的窗口或程序又改了这个工作簿，没有写入"


def together(folder: Path, *commands: tuple[str, ...]) -> list[str]:
    """What these say that run at the same time."""
    with ThreadPoolExecutor(len(commands)) as pool:
        runs = [pool.submit(jinguo, folder, "--today", "2026-10-15", *words, fresh=True) for words in commands]
        return [run.result().stdout + run.result().stderr for run in runs]


def column(folder: Path, book: str, sheet: str, place: int) -> list:
    return [row[place] for row in workbook_rows(folder / "workbooks" / book, sheet)[1:] if row[place]]


def test_no_number_is_registered_twice(tmp_path):
    folder = office(tmp_path)
    before = column(folder, "设置.xlsx", "发文登记", 0)
    said = together(folder, ("notices", "--register"), ("notices", "--register"))
    after = column(folder, "设置.xlsx", "发文登记", 0)
    assert len(after) > len(before) and len(set(after)) == len(after)
    # What one was told is in it; the other was told that it was too late, or that there was nothing left.
    assert sum("已登记" in text for text in said) == 1
    assert any(CHANGED in text or "没有要登记的" in text for text in said)


def test_what_both_note_as_done_is_noted_or_told(tmp_path):
    folder = office(tmp_path)
    jinguo(folder, "--today", "2026-10-15", "notices")
    due = [p.name for p in sorted((folder / "output" / "通知").rglob("*.docx"))][:2]
    said = together(folder, *(("notices", "--done", name) for name in due))
    noted = column(folder, "设置.xlsx", "已办", 0)
    for name, text in zip(due, said, strict=True):
        assert ("已记下" in text) == (name.removesuffix(".docx") in noted)
        assert "已记下" in text or CHANGED in text


def test_a_roster_is_published_once(tmp_path):
    folder = office(tmp_path)
    words = ("roster", "--month", "2026-12", "--publish")
    together(folder, words, words)
    days = column(folder, "值班台账.xlsx", "值班安排", 0)
    assert len(set(days)) == len(days)


def test_a_workbook_that_somebody_saved_meanwhile_is_not_written_over(tmp_path):
    folder = office(tmp_path)
    path = folder / "workbooks" / "人员台账.xlsx"
    edits = {path: Edits([Change("人员台账.xlsx", "人员", "B2", "姓名", "", "", "王芳")])}
    seen = {path: file_state(path)}
    path.write_bytes(path.read_bytes())
    before = snapshot(folder / "workbooks")
    with pytest.raises(JinguoError, match=CHANGED):
        rewrite(folder / "workbooks", edits, seen)
    assert snapshot(folder / "workbooks") == before


def test_a_workbook_that_is_a_link_is_not_written(tmp_path):
    folder = office(tmp_path)
    path = folder / "workbooks" / "设置.xlsx"
    real = tmp_path / "别处.xlsx"
    path.rename(real)
    path.symlink_to(real)
    before = real.read_bytes()
    done = jinguo(folder, "--today", "2026-10-15", "notices", "--done", next(iter(_due(folder))))
    assert done.returncode == 2 and "工作簿是一个链接，真正的文件在别处，没有写入" in done.stderr
    assert real.read_bytes() == before and path.is_symlink()


def _due(folder: Path) -> list[str]:
    jinguo(folder, "--today", "2026-10-15", "notices")
    return [p.name for p in sorted((folder / "output" / "通知").rglob("*.docx"))]
