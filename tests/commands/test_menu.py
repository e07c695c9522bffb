"""The menu by number, and the look at the computer."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys

import pytest

from jinguo.commands import commands
from jinguo.commands.menu import JOBS, paths_of
from jinguo.reports.environment import BAD, DOUBTFUL, GOOD, diagnosis, environment
from tests.helpers import ROOT, jinguo, office


@pytest.fixture
def folder(tmp_path):
    return office(tmp_path / "余姚 妇联")


def menu(folder, answers: str):
    """What the window shows to these answers."""
    environment_ = dict(os.environ, JINGUO_HOME=str(folder), PYTHONPATH=str(ROOT / "scripts"), COLUMNS="120")
    command = [sys.executable, "-m", "jinguo", "--today", "2026-10-15", "menu"]
    return subprocess.run(command, input=answers, capture_output=True, text=True, env=environment_)


def test_it_begins_with_what_is_due_and_lists_the_jobs(folder):
    done = menu(folder, "\n")
    assert done.returncode == 0
    assert done.stdout.startswith("2026年10月15日 待办：")
    for n, job in enumerate(JOBS, 1):
        assert f"{n:>2}  {job.words}" in done.stdout


def test_a_job_is_done_with_the_options_of_the_menu_and_the_list_comes_again(folder):
    number = next(n for n, job in enumerate(JOBS, 1) if job.command == ["check"])
    done = menu(folder, f"{number}\n\n\n")
    assert (folder / "output/校验/校验报告.xlsx").exists()
    assert done.stdout.count("请输入编号") == 2


def test_a_file_dragged_into_the_window_is_inspected(folder):
    number = next(n for n, job in enumerate(JOBS, 1) if job.command == ["inspect"])
    done = menu(folder, f'{number}\n"{folder / "templates" / "培训通知.docx"}"\n\n\n')
    assert "培训通知.docx" in done.stdout
    done = menu(folder, f"{number}\n\n\n")
    assert "没有给文件，回到菜单" in done.stdout


def test_the_month_of_the_roster_is_asked_for(folder):
    number = next(n for n, job in enumerate(JOBS, 1) if job.command == ["roster"])
    menu(folder, f"{number}\n2026-12\n\n\n")
    assert (folder / "output/值班/2026-12 值班表.xlsx").exists()


def test_what_is_no_number_is_told_and_asked_again(folder):
    done = menu(folder, "九十九\n99\n\n")
    assert done.stdout.count("请输入 1 到") == 2
    assert done.returncode == 0


def test_a_trouble_of_a_job_is_a_paragraph_and_the_menu_goes_on(folder):
    number = next(n for n, job in enumerate(JOBS, 1) if job.command == ["format"])
    done = menu(folder, f"{number}\n没有这个文件.docx\n\n\n")
    assert "找不到这个文件" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert done.stdout.count("请输入编号") == 2


def test_every_job_is_a_command():
    for job in JOBS:
        name, *steps = job.command
        assert name in commands()
        assert all(step in getattr(commands()[name], "commands", {}) for step in steps)


@pytest.mark.parametrize(
    ("answer", "paths"),
    [
        ("", []),
        ("  ", []),
        (r"D:\台账\a b.xlsx", [r"D:\台账\a b.xlsx"]),
        (r'"D:\a b.xlsx"', [r"D:\a b.xlsx"]),
        (r'"D:\a b.xlsx" D:\c&d.xlsx', [r"D:\a b.xlsx", r"D:\c&d.xlsx"]),
        (r'"D:\a.xlsx""D:\b.xlsx"', [r"D:\a.xlsx", r"D:\b.xlsx"]),
    ],
)
def test_paths_as_a_window_shows_them(answer, paths):
    assert paths_of(answer) == paths


NOW = datetime.datetime(2026, 11, 30, 9, 5)


def test_the_doctor_looks_at_the_folders(folder):
    (folder / "workbooks/~$人员台账.xlsx").write_bytes(b"x")
    found = {r.what: r for r in environment(folder / "workbooks", folder / "output", NOW)}
    assert found["workbooks 能写"].state == found["output 能写"].state == GOOD
    assert (found["正开着的台账"].found, found["正开着的台账"].state) == ("1 个", DOUBTFUL)
    assert found["台账"].found.endswith("个工作簿")
    assert found["电脑的日期"] == ("电脑的日期", "2026-11-30 09:05", GOOD, "")
    assert {"小标宋（标题）", "仿宋（正文）"} <= set(found) or "公文字体" in found


def test_what_is_wrong_says_what_to_do(tmp_path):
    deep = tmp_path / ("很深的文件夹" * 12) / ("还要深" * 20)
    readings = environment(deep / "workbooks", deep / "output", datetime.datetime(1999, 1, 1))
    bad = {r.what: r for r in readings if r.state != GOOD}
    assert bad["台账"].state == bad["电脑的日期"].state == BAD
    assert bad["文件夹长度"].state == DOUBTFUL
    assert all(r.remedy for r in bad.values())


def test_the_diagnosis_names_nobody(folder):
    (folder / "workbooks/~$王干事的台账.xlsx").write_bytes(b"x")
    done = jinguo(folder, "doctor")
    text = (folder / "output/诊断.txt").read_text("utf-8-sig")
    assert "诊断.txt" in done.stdout
    assert str(folder) not in text and "王干事" not in text
    assert re.search(r"\[好\] 程序：巾帼台账 \d", text)
    assert diagnosis([], NOW).startswith("巾帼台账 环境检查 2026-11-30 09:05")
