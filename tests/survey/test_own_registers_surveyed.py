"""A survey of an office that keeps her own registers: what comes back is written into her sheets, in her words."""

from __future__ import annotations

import openpyxl
import pytest

from tests.helpers import jinguo, office
from tests.survey.filled_forms import SURVEY, Form
from tests.survey.test_survey import apply, books


@pytest.fixture
def place(tmp_path):
    folder = office(tmp_path / "office", demo=False)
    assert jinguo(folder, "demo", "--own", str(tmp_path / "own")).returncode == 0
    for path in (tmp_path / "own").iterdir():
        (folder / "workbooks" / path.name).write_bytes(path.read_bytes())
    assert jinguo(folder, "--today", "2026-10-15", "adopt").returncode == 1
    assert jinguo(folder, "--today", "2026-10-15", "survey", "issue").returncode in (0, 1)
    return folder


def values(place, book, sheet):
    rows = openpyxl.load_workbook(place / "workbooks" / book)[sheet].iter_rows(values_only=True)
    return [list(row) for row in rows]


def test_cells_and_rows_are_written_above_the_total_in_her_words(place):
    form = Form(place / "output/调查" / SURVEY / "发放" / "临山镇 调查表.xlsx")
    people = [row["姓名"] for row in form.rows("人员")]
    organisations = [row["组织名称"] for row in form.rows("社会组织")]
    form.put("人员", people[1], 学历="本科")
    form.put("社会组织", organisations[0], 联系电话="0574-62799999")
    form.add(
        "社会组织",
        组织名称="临山镇新月帮扶队",
        登记状态="未登记",
        组织类型="其他",
        层级="大众层",
        级别="村社区",
        所属镇街="临山镇",
    )
    form.add("人员", 姓名="新来的", 性别="女", 出生年月="1990.05", 手机="13900001111", 备注="刚来")
    form.save(place / "收到" / "临山.xlsx")
    original = books(place)
    done = jinguo(place, "--today", "2026-10-15", "survey", "collect", str(place / "收到"))
    # Her telephone stands in a column that was taken apart: nothing may be written over it.
    assert "待定 1 处" in done.stdout
    done = apply(place, "--rest")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("的合计是手写的") == 2
    # Her roster has no column for remarks; what has no cell is told.
    assert "没有写，请自己补" in done.stdout and "新来的的备注：刚来" in done.stdout
    roster = values(place, "女性社会组织骨干花名册.xlsx", "在册")
    where = next(n for n, row in enumerate(roster) if row[1] == "新来的")
    assert roster[where][:6] == [151, "新来的", "女", None, "1990.05", None]
    assert roster[where + 1][0] == "合计"
    assert next(row for row in roster if row[1] == people[1])[6] == "本科"
    sheet = values(place, "女性社会组织台账（分镇街）.xlsx", "临山镇")
    row = next(row for row in sheet if row[1] == "临山镇新月帮扶队")
    assert (row[0], row[3]) == (3, "大众")
    assert jinguo(place, "survey", "undo", "--yes").returncode == 0
    assert books(place) == original
