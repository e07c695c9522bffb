"""What a cell or a column that was not read hides: a letter that is due, a list that would be another, scores that seem not to be out."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.helpers import change_cell, check_json, docx_text, find_cell, jinguo, office

_ORGANISATIONS, _TRAINING, _NOMINATIONS = "社会组织台账.xlsx", "培训考试台账.xlsx", "推荐台账.xlsx"


def changed(tmp_path, *changes):
    """An office of the demo with these cells changed: (workbook, sheet, cell, value)."""
    folder = office(tmp_path / "office")
    for workbook, sheet, cell, value in changes:
        change_cell(folder / "workbooks" / workbook, sheet, cell, value)
    return folder


def said(done) -> str:
    return re.sub(r"\s", "", done.stdout)


def of_person(folder, column, person):
    return find_cell(folder / "workbooks" / _TRAINING, "签到", column, person, "人员编号")


@pytest.mark.parametrize(
    ("workbook", "sheet", "cell", "value", "kind", "why"),
    [
        (_TRAINING, "报考", "G94", "？", "考试情况通报", "报考›G94的成绩读不出"),
        (_ORGANISATIONS, "入会申请", "A2", "ZZ0997", "吸纳团体会员批复", "入会申请›A2的组织编号读不出"),
        (_ORGANISATIONS, "社会组织", "Y1", "下次换届", "换届提醒函", "没有“本届到期”这一栏，“下次换届”没有当作它读"),
        ("项目台账.xlsx", "项目", "J3", "年底", "项目提醒函", "项目›J3的结束日期读不出"),
    ],
)  # fmt: skip
def test_a_letter_that_may_be_due_is_named(tmp_path, workbook, sheet, cell, value, kind, why):
    folder = changed(tmp_path, (workbook, sheet, cell, value))
    for command in ("notices", "todo"):
        done = jinguo(folder, "--today", "2026-10-15", command)
        assert f"{kind}" in said(done) and f"{why}，不知道到没到期" in said(done), (command, said(done))


def test_a_score_of_another_year_hides_nothing(tmp_path):
    folder = changed(tmp_path, (_TRAINING, "报考", "G2", "？"))
    assert "不知道到没到期" not in said(jinguo(folder, "--today", "2026-10-15", "notices"))
    assert (folder / "output/通知/2026年 考试情况通报.docx").exists()


def test_a_letter_to_nobody_with_a_name_is_named_and_not_written(tmp_path):
    folder = changed(tmp_path, (_ORGANISATIONS, "社会组织", "B10", "#NAME?"))
    done = said(jinguo(folder, "--today", "2026-10-15", "notices"))
    assert "2026-06-24ZZ0009登记指导意见书、2026-12-31ZZ0009中期评估项目提醒函。" in done
    assert "社会组织›B10的名称没有填，或读不出" in done
    assert not [path.name for path in (folder / "output/通知").iterdir() if "ZZ0009" in path.name]


def test_hours_that_could_not_be_read_name_the_letter(tmp_path):
    folder = office(tmp_path / "office")
    cell = of_person(folder, "出勤", "RY0063")
    change_cell(folder / "workbooks" / _TRAINING, "签到", cell, "来了吧")
    done = said(jinguo(folder, "--today", "2026-10-15", "notices"))
    assert f"不出：2026-11-14蒋倩继续教育提醒。培训考试台账.xlsx›签到›{cell}的出勤读不出，算不出学时" in done


def test_an_event_that_could_not_be_read_is_in_every_paper_that_counts_hours(tmp_path):
    folder = changed(tmp_path, (_TRAINING, "培训活动", "D4", "2026年2月30日"))
    done = said(jinguo(folder, "--today", "2026-10-15", "nominate"))
    assert "TJ2601公示" in done and "不出：" in done
    remark = "“培训活动”表另有1行未能识别，未计入有关数字（开始时间1行）"
    for batch in ("TJ2601 人大代表", "TJ2603 妇联执委"):
        papers = {path.name: path for path in (folder / "output/推荐" / batch).glob("*.docx")}
        assert not [name for name in papers if "公示" in name]
        (named,) = [path for name, path in papers.items() if name.endswith("名单.docx") and "征求" not in name]
        assert any(remark in line for line in docx_text(named))


def test_an_age_that_could_not_be_read_is_not_an_age_that_was_not_given(tmp_path):
    people = "人员台账.xlsx"
    folder = changed(tmp_path, (people, "人员", "E14", "七十年代"), (people, "人员", "F14", None))
    done = said(jinguo(folder, "--today", "2026-10-15", "nominate"))
    assert "黎月娥的年龄读不出，当作没有填（人员台账.xlsx›人员›E14）" in done
    assert not list((folder / "output/推荐/TJ2601 人大代表").glob("*公示.docx"))
    # Not given is told as lacking, and keeps nothing from going out.
    change_cell(folder / "workbooks" / people, "人员", "E14", None)
    shutil.rmtree(folder / "output")
    assert "读不出" not in said(jinguo(folder, "--today", "2026-10-15", "nominate"))


@pytest.mark.parametrize("title", ["考试成绩", "得分", "成绩（分）"])
def test_scores_under_a_usual_title_are_scores(tmp_path, title):
    folder = changed(tmp_path, (_TRAINING, "报考", "G1", title))
    assert "初级报考13人，实考12人" in said(jinguo(folder, "--today", "2026-10-15", "stats"))


@pytest.mark.parametrize(
    ("workbook", "sheet", "cell", "title", "meant", "product"),
    [
        (_TRAINING, "报考", "G1", "分值情况", "成绩", "统计表和报告没有生成"),
        (_NOMINATIONS, "人选", "G1", "党组意见", "人工确定", "推荐材料没有生成"),
    ],
)
def test_a_column_under_an_unknown_title_is_asked_about_by_what_it_holds(
    tmp_path, workbook, sheet, cell, title, meant, product
):
    folder = changed(tmp_path, (workbook, sheet, cell, title))
    _, findings = check_json(folder)
    told = [(f["code"], f["cell"]) for f in findings if f["workbook"] == workbook and title in f["message"]]
    assert told == [("REG-004", cell)]
    done = jinguo(folder, "--today", "2026-10-15", "nominate" if sheet == "人选" else "stats")
    assert done.returncode == 2
    assert product in said(done) + re.sub(r"\s", "", done.stderr)
    assert f"没有“{meant}”这一栏" in said(done) + re.sub(r"\s", "", done.stderr)


def test_no_scores_at_all_are_not_scores_to_come(tmp_path):
    folder = changed(tmp_path, *((_TRAINING, "报考", f"G{n}", None) for n in range(1, 96)))
    done = jinguo(folder, "--today", "2026-10-15", "stats")
    assert done.returncode == 2 and "没有“成绩”这一栏" in re.sub(r"\s", "", done.stdout + done.stderr)


def test_a_column_of_the_office_about_anything_else_is_left_alone(tmp_path):
    folder = changed(tmp_path, (_ORGANISATIONS, "社会组织", "Y1", None))
    book = folder / "workbooks" / _ORGANISATIONS
    for n in range(2, 40):
        change_cell(book, "社会组织", f"Y{n}", None)
    for n, (title, value) in enumerate((("建档日期", "2021-03-01"), ("是否挂牌", "是"), ("房间号", 301))):
        column = ("AX", "AY", "AZ")[n]
        change_cell(book, "社会组织", f"{column}1", title)
        for row in range(2, 6):
            change_cell(book, "社会组织", f"{column}{row}", value)
    _, findings = check_json(folder)
    assert not [f for f in findings if f["code"] == "REG-004"]
