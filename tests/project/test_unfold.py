"""unfold.py: an update is unpacked over an office's folder, and nothing of hers is touched."""

from __future__ import annotations

import json

import pytest

import unfold
from tests.helpers import snapshot


def bring(root, **templates: str) -> None:
    """What a zip of some version holds."""
    for folder, files in (("workbooks", {"设置.xlsx": "demo"}), ("templates", templates)):
        place = root / "初始" / folder
        place.mkdir(parents=True, exist_ok=True)
        for path in place.iterdir():
            path.unlink()
        for name, text in files.items():
            (place / f"{name.removesuffix('.xlsx')}{'.xlsx' if folder == 'workbooks' else '.docx'}").write_text(text)


def of(root, folder) -> dict[str, bytes]:
    return {name: data for name, data in snapshot(root / folder).items() if name != unfold.RECORD}


def test_the_first_start_puts_the_demo_and_the_templates_where_they_belong(tmp_path):
    bring(tmp_path, 培训通知="one", 公示="one")
    for name in ("workbooks", "templates", "output"):
        (tmp_path / name).mkdir()
    said = unfold.unfold(tmp_path, tmp_path)
    assert len(said) == 1 and "演示台账" in said[0]
    assert of(tmp_path, "workbooks") == {"设置.xlsx": b"demo"}
    assert of(tmp_path, "templates") == {"培训通知.docx": b"one", "公示.docx": b"one"}
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert unfold.unfold(tmp_path, tmp_path) == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_her_workbooks_stay_and_the_demo_does_not_come_back(tmp_path):
    bring(tmp_path, 培训通知="one")
    (tmp_path / "workbooks").mkdir()
    (tmp_path / "workbooks" / "花名册.xls").write_text("hers")
    assert unfold.unfold(tmp_path, tmp_path) == []
    bring(tmp_path, 培训通知="two")
    unfold.unfold(tmp_path, tmp_path)
    assert of(tmp_path, "workbooks") == {"花名册.xls": b"hers"}


def test_an_update_brings_new_templates_and_leaves_what_she_edited(tmp_path):
    bring(tmp_path, 没改过="one", 改过="one", 改过没变="one")
    unfold.unfold(tmp_path, tmp_path)
    for name in ("改过", "改过没变"):
        (tmp_path / "templates" / f"{name}.docx").write_text("hers")
    bring(tmp_path, 没改过="two", 改过="two", 改过没变="one", 新来的="two")
    said = unfold.unfold(tmp_path, tmp_path)
    assert said == ["您改过的模板 改过.docx 没有动；新版放在旁边，名称里有“新版”，请比较以后自己决定用哪一个。"]
    assert of(tmp_path, "templates") == {
        "没改过.docx": b"two", "改过.docx": b"hers", "改过（新版）.docx": b"two", "改过没变.docx": b"hers", "新来的.docx": b"two",
    }  # fmt: skip
    assert unfold.unfold(tmp_path, tmp_path) == []


def test_a_template_of_a_folder_without_a_record_is_hers(tmp_path):
    """She used the program before there was a zip."""
    bring(tmp_path, 培训通知="new")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "培训通知.docx").write_text("hers")
    (tmp_path / "templates" / unfold.RECORD).write_text("[not json", "utf-8")
    unfold.unfold(tmp_path, tmp_path)
    assert of(tmp_path, "templates") == {"培训通知.docx": b"hers", "培训通知（新版）.docx": b"new"}
    assert json.loads((tmp_path / "templates" / unfold.RECORD).read_text("utf-8"))["模板"].keys() == {"培训通知.docx"}


def test_a_folder_that_is_no_bundle_is_left_alone(tmp_path):
    assert unfold.unfold(tmp_path, tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_came_before_is_half_there(tmp_path, monkeypatch):
    """Stopped while it copies: the next start does the rest."""
    bring(tmp_path, 甲="one", 乙="one")
    copy, copied = unfold.shutil.copyfile, []

    def stops(source, target):
        copied.append(source)
        if len(copied) == 3:
            raise OSError(28, "disk full")
        return copy(source, target)

    monkeypatch.setattr(unfold.shutil, "copyfile", stops)
    with pytest.raises(OSError, match="disk full"):
        unfold.unfold(tmp_path, tmp_path)
    monkeypatch.setattr(unfold.shutil, "copyfile", copy)
    unfold.unfold(tmp_path, tmp_path)
    assert of(tmp_path, "templates") == {"甲.docx": b"one", "乙.docx": b"one"}


def test_where_the_program_cannot_write_its_files_lie_among_the_users_documents(tmp_path, monkeypatch):
    program = tmp_path / "program"
    program.mkdir()
    (program / "output").write_text("in the way: nothing can be written there")
    monkeypatch.setattr(unfold.Path, "home", classmethod(lambda _: tmp_path / "user"))
    home = unfold.home_of(program)
    assert home == tmp_path / "user" / "Documents" / "巾帼台账"
    bring(program, 公示="one")
    unfold.unfold(program, home)
    assert of(home, "templates") == {"公示.docx": b"one"}
    assert list((home / "output").iterdir()) == []
