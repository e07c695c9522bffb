"""Only what is whole goes out: what was not read is withheld, told, and nothing written before is taken away."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from jinguo.common.errors import JinguoError
from jinguo.common.manifest import JOURNAL, MANIFEST, only_one
from jinguo.common.output import Output
from jinguo.documents.gate import NOMINATIONS, STATISTICS
from jinguo.documents.register import DOCUMENTS
from jinguo.schema import TABLES
from tests.helpers import change_cell, find_cell, jinguo, office, snapshot


@pytest.fixture
def folder(tmp_path, generated):
    """The demo in which everything has been generated once."""
    folder = office(tmp_path / "office")
    shutil.copytree(generated / "output", folder / "output")
    return folder


def cut(path) -> None:
    """As a workbook that is half copied."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def rename(path, sheet: str, name: str, columns: int | None = None) -> None:
    """Rename a sheet; with `columns`, only so many of them are left."""
    book = openpyxl.load_workbook(path)
    book[sheet].title = name
    if columns:
        book[name].delete_cols(columns + 1, 100)
    book.save(path)


def test_a_workbook_that_cannot_be_read_takes_nothing_away_and_nothing_untrue_is_written(folder):
    before = snapshot(folder / "output")
    cut(folder / "workbooks" / "社会组织台账.xlsx")
    done = jinguo(folder, "all")
    assert done.returncode == 2
    after = snapshot(folder / "output")
    kept = {path for path in before if path.split("/")[0] in ("统计", "推荐", "通知")}
    assert {path for path in kept if after.get(path) != before[path]} == set()
    assert "统计表和报告没有生成：社会组织台账.xlsx 打不开" in done.stdout.replace("\n", "")
    assert "不出：年度统计、培训通知、大赛通知、获奖通报" in done.stdout
    assert "继续教育提醒" not in done.stdout.split("不出：")[1].split("。")[0]


def test_a_sheet_renamed_is_read_by_its_header_and_the_figures_are_the_same(folder, generated):
    rename(folder / "workbooks" / "培训考试台账.xlsx", "签到", "签到表")
    assert jinguo(folder, "check").returncode == 0
    for place in (folder, generated):
        assert (
            jinguo(
                place, "--output", str(folder / "out"), "stats", "--json", str(folder / f"{place.name}.json")
            ).returncode
            == 0
        )
    assert json.loads((folder / "office.json").read_text("utf-8")) == json.loads(
        (folder / f"{generated.name}.json").read_text("utf-8")
    )


def test_a_sheet_that_is_not_surely_a_table_withholds_what_rests_on_it(folder):
    """学时 and 出勤 are gone: it resembles 签到, and is not read."""
    rename(folder / "workbooks" / "培训考试台账.xlsx", "签到", "签到表", columns=3)
    checked = jinguo(folder, "check").stdout
    assert (
        "不出：统计表和报告、伴考通知、继续教育提醒、推荐材料。培训考试台账.xlsx 的工作表“签到表”像“签到”表，没有读"
        in checked
    )
    assert "就可以生成材料了" not in checked
    done = jinguo(folder, "stats")
    assert done.returncode == 2
    assert "培训考试台账.xlsx 的工作表“签到表”像“签到”表，没有读" in done.stderr
    assert "不出：伴考通知、继续教育提醒" in jinguo(folder, "notices").stdout


@pytest.mark.parametrize("lost", ["missing", "renamed to nothing we know"])
def test_without_people_there_is_no_list_and_no_crash(folder, lost):
    path = folder / "workbooks" / "人员台账.xlsx"
    if lost == "missing":
        path.unlink()
    else:
        book = openpyxl.load_workbook(path)
        book["人员"].title = "表一"
        book["表一"].delete_rows(1)
        book.save(path)
    before = snapshot(folder / "output" / "推荐")
    done = jinguo(folder, "nominate")
    assert done.returncode == 2
    assert "推荐材料没有生成：没有“人员”表" in done.stderr
    assert "程序出错" not in done.stderr
    assert snapshot(folder / "output" / "推荐") == before
    assert jinguo(folder, "all").returncode in (1, 2)


def test_without_the_settings_nobody_signs(folder):
    """Who signs would be ××市妇女联合会, and every parameter its default."""
    cut(folder / "workbooks" / "设置.xlsx")
    before = snapshot(folder / "output")
    done = jinguo(folder, "notices")
    assert done.returncode == 2
    assert "设置.xlsx 打不开" in done.stdout
    assert snapshot(folder / "output") == before
    assert jinguo(folder, "nominate").returncode == jinguo(folder, "stats").returncode == 2
    assert snapshot(folder / "output") == before


def test_one_stage_leaves_the_papers_of_the_others(folder):
    before = snapshot(folder / "output" / "推荐")
    done = jinguo(folder, "nominate", "--stage", "公示")
    assert done.returncode == 0
    assert snapshot(folder / "output" / "推荐") == before


def test_a_paper_of_this_stage_that_no_longer_holds_goes(folder):
    """Without 公示起始 there is no 公示: the one of before is not left lying there."""
    path = folder / "workbooks" / "推荐台账.xlsx"
    change_cell(path, "推荐批次", find_cell(path, "推荐批次", "公示起始", "TJ2602"), None)
    jinguo(folder, "nominate", "--stage", "公示")
    left = {name for name in snapshot(folder / "output" / "推荐") if "公示" in name}
    assert len(left) == 2 and not any("TJ2602" in name for name in left)


def test_a_batch_that_is_gone_leaves_nothing(folder):
    path = folder / "workbooks" / "推荐台账.xlsx"
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 1, -1):
            if sheet.cell(row, 1).value == "TJ2603":
                sheet.delete_rows(row)
    book.save(path)
    before = len(snapshot(folder / "output"))
    done = jinguo(folder, "nominate")
    assert done.returncode == 0
    after = snapshot(folder / "output")
    assert not any("TJ2603" in name for name in after)
    assert f"不再成立的旧文件删去了 {before - len(after)} 个：" in done.stdout


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=lambda d: d.kind)
def test_every_document_says_which_tables_it_rests_on(document):
    assert set(document.uses.split()) <= set(TABLES)
    assert bool(document.uses) == bool(document.find)
    if document.table and document.find:
        assert document.table in document.uses.split()


def test_what_the_statistics_and_the_batches_rest_on_are_tables():
    assert {*STATISTICS, *NOMINATIONS} <= set(TABLES)


class TestAHardStop:
    """A run that is ended from outside leaves no finished file that counts as somebody's own."""

    def test_a_file_written_before_the_stop_is_ours(self, tmp_path):
        with Output(tmp_path, "notices") as output:
            output.write("通知", "甲.docx", b"yesterday")
        stopped = Output(tmp_path, "notices")
        stopped.write("通知", "甲.docx", b"today, old place")
        # Never finished: the manifest is as it was, the note is there.
        assert (tmp_path / JOURNAL).exists()
        with Output(tmp_path, "notices") as output:
            output.write("通知", "甲.docx", b"today, new place")
        assert snapshot(tmp_path / "通知") == {"甲.docx": b"today, new place"}
        assert not (tmp_path / JOURNAL).exists()

    @pytest.mark.parametrize("there", [b"yesterday", b"today"])
    def test_noted_and_not_yet_or_just_replaced(self, tmp_path, there):
        with Output(tmp_path, "notices") as output:
            output.write("通知", "甲.docx", b"yesterday")
        stopped = Output(tmp_path, "notices")
        stopped.write("通知", "甲.docx", b"today")
        (tmp_path / "通知" / "甲.docx").write_bytes(there)
        with Output(tmp_path, "notices") as output:
            output.write("通知", "甲.docx", b"tomorrow")
        assert snapshot(tmp_path / "通知") == {"甲.docx": b"tomorrow"}

    def test_what_staff_edited_since_stays(self, tmp_path):
        stopped = Output(tmp_path, "notices")
        stopped.write("通知", "甲.docx", b"today")
        (tmp_path / "通知" / "甲.docx").write_bytes(b"edited")
        with Output(tmp_path, "notices") as output:
            output.write("通知", "甲.docx", b"tomorrow")
        assert snapshot(tmp_path / "通知") == {"甲.docx": b"edited", "甲（新生成）.docx": b"tomorrow"}

    def test_a_note_that_was_not_finished_is_none(self, tmp_path):
        (tmp_path / JOURNAL).write_text('["通知/甲.docx", {"sha2', encoding="utf-8")
        with Output(tmp_path, "notices") as output:
            output.write("通知", "甲.docx", b"today")
        assert list(json.loads((tmp_path / MANIFEST).read_text("utf-8"))) == ["通知/甲.docx"]

    def test_two_commands_do_not_write_at_once(self, tmp_path, monkeypatch):
        monkeypatch.setattr("jinguo.common.manifest._PATIENCE", 0.2)
        with only_one(tmp_path), pytest.raises(JinguoError, match="另一个巾帼台账窗口正在生成文件"), only_one(tmp_path):
            pass
        with only_one(tmp_path):
            pass


def test_a_workbook_of_any_name_that_cannot_be_opened_may_hold_what_is_not_there(folder):
    """The office keeps its people in a workbook of its own name."""
    path = folder / "workbooks" / "人员台账.xlsx"
    path.rename(path.with_name("骨干花名册.xlsx"))
    assert jinguo(folder, "nominate").returncode == 0
    before = snapshot(folder / "output")
    cut(path.with_name("骨干花名册.xlsx"))
    done = jinguo(folder, "nominate")
    assert done.returncode == 2
    assert "骨干花名册.xlsx 打不开" in done.stderr
    assert snapshot(folder / "output") == before


def test_a_broken_workbook_beside_a_whole_registry_withholds_nothing(folder):
    """Every table it could hold is there."""
    (folder / "workbooks" / "别的.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = jinguo(folder, "nominate")
    assert "名单 3 人" in done.stdout


def test_a_mail_does_not_say_that_nothing_is_due_where_it_is_withheld(folder):
    cut(folder / "workbooks" / "社会组织台账.xlsx")
    done = jinguo(folder, "mail", "年检提醒函", "换届提醒函")
    assert done.returncode == 2
    assert "不出：年检提醒函、换届提醒函。社会组织台账.xlsx 打不开" in done.stdout
    assert "没有到期" not in done.stdout
