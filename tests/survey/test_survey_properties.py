"""What holds of every merge: random edits on both sides come out as by hand, nothing returned is lost, a kill leaves all or nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.amend.journal import finish_interrupted
from jinguo.amend.merging import merge
from jinguo.amend.proposal import OPEN, TAKE
from jinguo.checks import check
from jinguo.intake.loading import load_registry
from jinguo.reports.merge_plan import read_merge_plan
from jinguo.reports.survey_collection import collect_survey
from jinguo.reports.survey_folder import SurveyFolder
from jinguo.reports.survey_forms import survey_form
from jinguo.survey.addressees import units_by
from jinguo.survey.asked import asked_tables
from jinguo.survey.sent import sent_to, survey_on
from jinguo.versions.three_way import CellOutcome, three_way
from tests.helpers import EXAMPLES, ROOT, TODAY, examples, jinguo, office
from tests.survey.filled_forms import Form, save_book

TEXT = st.sampled_from(["", "甲", "乙", "丙"])


@settings(max_examples=examples(200))
@given(st.one_of(st.none(), TEXT), TEXT, TEXT)
def test_three_versions_of_a_cell(sent, theirs, ours):
    """Nothing of ours is overruled unasked, and nothing of theirs is passed over."""
    outcome = three_way(sent, theirs, ours)
    if outcome is CellOutcome.SAME:
        assert theirs in (ours, sent) or not theirs
    if outcome is CellOutcome.TAKE:
        assert theirs and (ours == sent or not ours)
    if outcome is CellOutcome.CONFLICT:
        assert sent is not None and ours != sent and theirs not in (sent, ours)
    if sent is None and theirs and ours and theirs != ours:
        assert outcome is CellOutcome.UNKNOWN


@pytest.fixture(scope="module")
def issued(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("properties")
    shutil.copytree(ROOT / "workbooks", folder / "workbooks")
    registry = load_registry(folder / "workbooks", TODAY)
    survey = survey_on(registry, "摸底", None, "所属镇街")
    asked = asked_tables(registry, survey.name)
    sent = [
        sent_to(registry, survey, unit, asked)
        for unit in units_by(registry, "所属镇街", asked)
        if unit.name == "阳明街道"
    ]
    place = SurveyFolder(folder / "output", survey.name)
    place.keep(survey, sent)
    (folder / "form.xlsx").write_bytes(survey_form(registry, sent[0]))
    return folder


#: Columns that may hold anything, by sheet, as the form and as our workbook call them.
_COLUMNS = {"人员": ["手机", "工作单位及职务", "备注"], "社会组织": ["联系人", "个人会员数", "备注"]}
_BOOKS = {"人员": "人员台账.xlsx", "社会组织": "社会组织台账.xlsx"}


def some_value(column: str, rnd: random.Random) -> object:
    if column == "手机":
        return f"139{rnd.randrange(10**8):08d}"
    return rnd.randrange(500) if column == "个人会员数" else f"{column}{rnd.randrange(1000)}"


@pytest.mark.long
@pytest.mark.slow
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_random_edits_on_both_sides_merge_as_by_hand(issued, tmp_path_factory, seed):
    """Every cell that was changed in the form, and only that, is proposed; what only they changed is taken; the registry is
    then what it would be had somebody typed it in."""
    rnd = random.Random(seed)
    folder = tmp_path_factory.mktemp("example")
    shutil.copytree(issued / "workbooks", folder / "workbooks")
    shutil.copytree(issued / "output", folder / "output")
    form = Form(issued / "form.xlsx")
    ours = {sheet: openpyxl.load_workbook(folder / "workbooks" / book) for sheet, book in _BOOKS.items()}
    expected: dict[tuple[str, str, str], tuple[object, bool]] = {}
    for sheet, columns in _COLUMNS.items():
        titles = {c.value: c.column for c in ours[sheet][sheet][1]}
        lines = {ours[sheet][sheet].cell(n, 1).value: n for n in range(2, ours[sheet][sheet].max_row + 1)}
        rows = form.rows(sheet)
        for row in rnd.sample(rows, 5):
            column, key = rnd.choice(columns), row["编号（勿改）"]
            theirs = some_value(column, rnd)
            form.put(sheet, row["组织名称" if sheet == "社会组织" else "姓名"], **{column: theirs})
            conflict = rnd.random() < 0.4
            if conflict:
                ours[sheet][sheet].cell(lines[key], titles[column]).value = some_value(column, rnd)
            expected[sheet, key, column] = (theirs, conflict)
    for sheet, book in ours.items():
        save_book(book, folder / "workbooks" / _BOOKS[sheet])
    form.save(folder / "收到" / "表.xlsx")
    before = load_registry(folder / "workbooks", TODAY)
    found = collect_survey(before, check(before), folder / "output", [folder / "收到"], ("", ""))
    (folder / "plan.xlsx").write_bytes(found.plan)
    proposals = [p for p, _ in read_merge_plan(folder / "plan.xlsx")]
    sheets = {"people": "人员", "organisations": "社会组织"}
    headers = {(p.table, p.field): before[p.table].spec.by_name[p.field].header for p in proposals}
    told = {(sheets[p.table], p.row, headers[p.table, p.field]): (p.suggested, p.decision) for p in proposals}
    assert set(told) == set(expected)
    for place, (theirs, conflict) in expected.items():
        assert told[place] == (str(theirs), OPEN if conflict else TAKE)
    # By hand: the same values typed into the same cells.
    from jinguo.amend.rewrite import rewrite

    rewrite(folder / "workbooks", merge(before, proposals, {}, "").edits, {})
    after = load_registry(folder / "workbooks", TODAY)
    for (sheet, key, column), (theirs, conflict) in expected.items():
        table = after["people" if sheet == "人员" else "organisations"]
        f = next(f for f in table.spec.fields if f.header == column)
        if not conflict:
            assert str(table.value(key, f.name)) == str(theirs)
    again = merge(after, proposals, {}, "")
    assert not any(again.edits.values()) and len(again.already) == sum(not c for _, c in expected.values())


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a process is killed as POSIX does")
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_registry(tmp_path):
    """Stopped at random moments while it writes three workbooks; what the next run finds is all old or all new."""
    place = office(tmp_path / "office")
    jinguo(place, "merge", "RY0141", "RY0066")
    plan = place / "output" / "合并" / "合并方案.xlsx"
    from tests.survey.test_survey import decide

    decide(place, "采用", "删除", path=plan)
    decide(place, "不采用", path=plan)
    shutil.copytree(place, tmp_path / "whole")
    assert (
        jinguo(tmp_path / "whole", "survey", "apply", str(tmp_path / "whole/output/合并/合并方案.xlsx")).returncode == 0
    )
    read = lambda folder: {p.name: p.read_bytes() for p in (folder / "workbooks").glob("*.xlsx")}  # noqa: E731
    old, new = read(place), read(tmp_path / "whole")
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "from jinguo.amend.rewrite import put_in_place; folder, source = Path(sys.argv[2]), Path(sys.argv[3]);"
        "contents = {folder / p.name: p.read_bytes() for p in source.glob('*.xlsx') if p.read_bytes() != (folder / p.name).read_bytes()};"
        "print('ready', flush=True); sys.stdin.readline(); put_in_place(folder, contents, {})"
    )
    rnd, seen = random.Random(5), set()
    for _ in range(max(4, round(16 * EXAMPLES))):
        target = tmp_path / "target"
        shutil.copytree(place / "workbooks", target / "workbooks")
        command = [
            sys.executable,
            "-c",
            code,
            str(ROOT / "scripts"),
            str(target / "workbooks"),
            str(tmp_path / "whole/workbooks"),
        ]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None and process.stdin is not None
        process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
        time.sleep(rnd.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        process.wait()
        finish_interrupted(target / "workbooks")
        found = read(target)
        assert found in (old, new)
        assert not list((target / "workbooks").glob(".jinguo-写入中*"))
        seen.add(found == new)
        shutil.rmtree(target)
    assert seen


@pytest.mark.parametrize("stopped", range(4))
def test_a_write_that_was_stopped_is_finished_by_the_next_run(tmp_path, stopped, monkeypatch):
    """Stopped after so many of three workbooks were replaced."""
    from jinguo.amend import journal

    folder = tmp_path / "workbooks"
    folder.mkdir()
    paths = [folder / f"{n}.xlsx" for n in range(3)]
    for path in paths:
        path.write_bytes(b"old")
    backup = folder / "备份" / "1"
    backup.mkdir(parents=True)
    for path in paths:
        (backup / path.name).write_bytes(b"old")
    replaced = Path.replace
    count = 0

    def replace(self, target):
        nonlocal count
        if self.name.startswith(".jinguo-next"):
            if count == stopped:
                raise KeyboardInterrupt
            count += 1
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    try:
        journal.replace_all(folder, dict.fromkeys(paths, b"new"), backup)
    except KeyboardInterrupt:
        assert stopped < 3
    monkeypatch.setattr(Path, "replace", replaced)
    finish_interrupted(folder)
    assert {path.read_bytes() for path in paths} == {b"new"}
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []
