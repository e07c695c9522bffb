"""What nobody can decide from the registry is in no paper: contradictory or unreadable rows, rows that cannot be true,
settings that say two things; and what a notice would leave out or make up."""

from __future__ import annotations

import datetime
import json

import openpyxl
import pytest

from jinguo.documents.register import all_due, withheld_kinds
from jinguo.registry.uncounted import lost, remarks
from tests.documents.test_whole import _BATCH, _SAID, _SCORED, folder, withheld, worked_out  # noqa: F401
from tests.helpers import OFFICE_ROWS, TODAY, change_cell, docx_text, find_cell, jinguo, registry

#: Everything made of a list.
_OF_A_LIST = {"推荐人选登记表", "推荐人选名单", "结构分析", "选择说明", "公示", "推荐报告"}


def test_two_opinions_of_one_day_contradict_each_other():
    rows = "TJ2601 | RY0001 | 公安局 | 同意 | 2026-10-08\nTJ2601 | RY0001 | 公安局 | 不同意 | 2026-10-08"
    _, result = worked_out(人选=_SCORED, 联审意见=_SAID + rows)
    (person,) = [c for c in result.candidates if c.person == "RY0001"]
    assert not person.eligible
    assert "公安局的意见有同意也有不同意，分不清先后" in person.reasons
    later = rows + "\nTJ2601 | RY0001 | 公安局 | 同意 | 2026-10-09"
    _, result = worked_out(人选=_SCORED, 联审意见=_SAID + later)
    assert "RY0001" in [c.person for c in result.candidates if c.eligible]


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        # Some have a score, others not: the order is of no worth.
        ({"人选": _SCORED.replace(" | 72", " |")}, "李静 1 人没有考察评分，按 0 分计就排不准"),
        # A row by which the list is judged is not understood.
        (
            {"资格条件": _BATCH["资格条件"] + "\nTJ2601 | 星座 | 等于 | 白羊座"},
            "推荐台账.xlsx › 资格条件 › B3 的条件“星座”不认识，没有按它审查",
        ),
        (
            {"结构要求": "批次编号 | 维度 | 值 | 不少于\nTJ2601 | 性别 | 女 | 两三个"},
            "“结构要求”表另有1行未能识别，未计入（推荐台账.xlsx › 结构要求 › A2）",
        ),
        (
            {"评分指标": _BATCH["评分指标"] + "\nTJ2601 | 服务年限 | 很多 | 10"},
            "“评分指标”表另有1行未能识别，未计入（推荐台账.xlsx › 评分指标 › A3）",
        ),
        # One person twice, with two decisions.
        (
            {"人选": _SCORED.replace("考察评分", "考察评分 | 人工确定") + "\nTJ2601 | RY0001 | 自荐 | 71 | 不选"},
            "王红在人选里有几行，人工确定不一致",
        ),
        # Somebody without a name.
        ({"人选": _SCORED, "人员": _BATCH["人员"].replace("陈晨", "")}, "RY0003没有姓名"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_known_is_in_no_paper(sheets, reason):
    found = withheld(**({"人选": _SCORED} | sheets))
    assert set(found) == _OF_A_LIST
    for reasons in found.values():
        assert any(why.startswith(reason) for why in reasons), reasons


def test_a_public_notice_that_would_have_begun_already_is_not_made():
    found = withheld(
        人选=_SCORED, 推荐批次="批次编号 | 名额 | 公示起始 | 截止日期\nTJ2601 | 2 | 2026-10-12 | 2026-09-30"
    )
    assert found["公示"] == ("公示起始 2026-10-12 已经过了（推荐台账.xlsx › 推荐批次 › C2）",)


def test_what_a_paper_says_of_somebody_could_be_read():
    people = "人员编号 | 姓名 | 出生年月 | 性别\n" + "\n".join(
        f"RY000{n} | {name} | 1980.05 | {sex}"
        for n, name, sex in ((1, "王红", "女"), (2, "李静", "女"), (3, "陈晨", "不明"))
    )
    found = withheld(人选=_SCORED, 人员=people)
    assert set(found) == {"推荐人选名单", "公示", "推荐报告"}
    assert found["推荐报告"] == ("陈晨的性别读不出（人员台账.xlsx › 人员 › D4）",)


# settings --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [
        ({"单位": OFFICE_ROWS + "\n单位名称 | 慈溪市妇女联合会"}, "的“单位名称”写了几遍，内容不同"),
        ({"参数": "参数 | 值\n公示最少工作日 | 大概五天"}, "的参数“公示最少工作日”读不出"),
        ({"参数": "参数 | 值\n公示最少工作日 | 5\n公示最少工作日 | 7"}, "的“公示最少工作日”写了几遍，内容不同"),
    ],
)
def test_a_setting_that_says_nothing_certain_keeps_everything_back(sheets, reason):
    book = registry(TODAY, **(_BATCH | {"人选": _SCORED} | sheets))
    assert any(reason in why for why in book.unread.values())
    held = withheld_kinds(book)
    assert held and all(any(reason in why for why in answer.reasons) for answer in held.values())
    assert all_due(book) == []


def test_a_setting_written_twice_alike_says_one_thing():
    assert registry(TODAY, 单位=OFFICE_ROWS + "\n" + OFFICE_ROWS.splitlines()[1]).unread == {}


@pytest.mark.parametrize("name", ["××县妇女联合会", "XX县妇联", "某某县妇联", "（待填）", "——"])
def test_a_name_that_waits_to_be_filled_in_is_no_name(folder, name):  # noqa: F811
    path = folder / "workbooks" / "设置.xlsx"
    change_cell(path, "单位", find_cell(path, "单位", "内容", "单位名称"), name)
    done = jinguo(folder, "notices", "换届提醒函")
    assert done.returncode == 2
    assert "没有填单位名称" in done.stdout


# figures ---------------------------------------------------------------------------------------------------------------


def test_rows_that_cannot_be_true_yet_are_told():
    rows = "日期 | 人员编号 | 学时\n2026-05-06 | RY0001 | 8\n2062-05-06 | RY0001 | 8"
    book = registry(TODAY, 人员="人员编号 | 姓名\nRY0001 | 王红", 继续教育=rows)
    assert remarks(book, ["education_hours"]) == [
        "“继续教育”表另有1行未能识别，未计入有关数字（日期在将来1行）"
    ]  # fmt: skip


@pytest.mark.parametrize(("bad", "gone"), [(4, False), (5, True), (15, True)])
def test_a_table_of_which_much_was_not_understood_counts_nothing(bad, gone):
    """Five rows at least, and a third of them."""
    people = "人员编号 | 姓名\n" + "\n".join(f"RY{n:04d} | 王{'一二三四五六七八九十'[n % 10]}" for n in range(1, 16))
    rows = "活动编号 | 人员编号 | 状态\n" + "\n".join(
        f"HD0001 | RY{n + (9000 if n <= bad else 0):04d} | 出席" for n in range(1, 16)
    )
    book = registry(TODAY, 人员=people, 签到=rows, 培训活动="活动编号 | 活动名称\nHD0001 | 培训")
    assert bool(lost(book, "attendance")) == gone


def test_names_that_contradict_their_numbers_count_nothing(folder):  # noqa: F811
    """The column of names was sorted without the numbers."""
    path = folder / "workbooks" / "培训考试台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["签到"]
    column = [cell.value for cell in sheet[1]].index("姓名") + 1
    names = sorted(str(sheet.cell(row, column).value) for row in range(2, sheet.max_row + 1))
    for row, name in enumerate(names, 2):
        sheet.cell(row, column).value = name
    book.save(path)
    done = jinguo(folder, "stats", "--json", str(folder / "n.json"))
    assert done.returncode == 2
    assert "行的姓名与人员编号对不上，写出来会不真实" in done.stderr
    assert not (folder / "n.json").exists()


def test_an_event_of_which_nobody_signed_in_is_told(folder):  # noqa: F811
    """Its attendance is not known rather than none."""
    path = folder / "workbooks" / "培训考试台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["签到"]
    for row in range(sheet.max_row, 1, -1):
        if sheet.cell(row, 1).value == "HD0012":
            sheet.delete_rows(row)
    book.save(path)
    done = jinguo(folder, "stats", "--json", str(folder / "n.json"))
    said = "有1场已经举办的活动没有一行签到，参训的数字里没有它们（HD0012）"
    assert f"附注：{said}" in done.stdout
    figures = json.loads((folder / "n.json").read_text("utf-8"))
    assert {f["note"] for f in figures if f["name"] == "参训人次"} == {said}
    assert {f["note"] for f in figures if f["name"] == "报考科次"} == {""}
    assert any(said in line for line in docx_text(folder / "output" / "统计" / "2026年培训考试统计报告.docx"))


def test_a_year_without_entries_is_not_said_to_have_none(folder):  # noqa: F811
    """What is in the sheet of entries may be of the year and not understood."""
    path = folder / "workbooks" / "培训考试台账.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["报考"]
    column = [cell.value for cell in sheet[1]].index("年度") + 1
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, column).value == 2026:
            sheet.cell(row, column).value = 2025
    book.save(path)
    jinguo(folder, "stats", "--json", str(folder / "n.json"))
    assert json.loads((folder / "n.json").read_text("utf-8"))
    text = docx_text(folder / "output" / "统计" / "2026年培训考试统计报告.docx")
    assert any("报考表里没有认出2026年的报考记录。" in line for line in text)
    assert not any("2026年没有报考记录" in line for line in text)


# notices ---------------------------------------------------------------------------------------------------------------


def test_an_event_of_which_a_cell_cannot_be_read_is_not_announced(folder):  # noqa: F811
    path = folder / "workbooks" / "培训考试台账.xlsx"
    change_cell(path, "培训活动", find_cell(path, "培训活动", "学时", "HD0018"), "三个半天")
    done = jinguo(folder, "notices", "培训通知")
    assert done.returncode == 2
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("不出：")]
    assert "培训活动 › " in told and "的学时读不出" in told


def test_an_event_whose_day_cannot_be_read_may_be_due(folder):  # noqa: F811
    path = folder / "workbooks" / "培训考试台账.xlsx"
    change_cell(path, "培训活动", find_cell(path, "培训活动", "开始时间", "HD0018"), "下周三下午")
    done = jinguo(folder, "notices", "培训通知")
    assert done.returncode == 2
    assert "的开始时间读不出，不知道到没到期" in done.stdout


def test_only_what_says_when_it_is_due_leaves_that_open(folder):  # noqa: F811
    """A row with two cells that cannot be read, one of them its day; and a last day for replies of an event that is due."""
    path = folder / "workbooks" / "培训考试台账.xlsx"
    change_cell(path, "培训活动", find_cell(path, "培训活动", "报名截止", "HD0018"), "开班前")
    done = jinguo(folder, "notices", "培训通知")
    assert done.returncode == 2
    assert "的报名截止读不出" in done.stdout and "不知道到没到期" not in done.stdout
    change_cell(path, "培训活动", find_cell(path, "培训活动", "开始时间", "HD0018"), "下周三下午")
    done = jinguo(folder, "notices", "培训通知")
    assert "的开始时间读不出，不知道到没到期" in done.stdout


def test_nobody_is_asked_to_enrol_after_the_event_has_begun(folder):  # noqa: F811
    path = folder / "workbooks" / "培训考试台账.xlsx"
    starts = openpyxl.load_workbook(path)["培训活动"]
    begun = starts[find_cell(path, "培训活动", "开始时间", "HD0018")].value
    late = datetime.datetime.fromisoformat(str(begun)[:10]) + datetime.timedelta(days=2)
    change_cell(path, "培训活动", find_cell(path, "培训活动", "报名截止", "HD0018"), late)
    done = jinguo(folder, "notices", "培训通知")
    assert done.returncode == 2
    assert f"报名截止 {late.date()} 在活动开始以后" in done.stdout


@pytest.mark.parametrize("mark", ["××县妇女联合会", "XXX同志"])
def test_a_template_with_a_mark_to_be_filled_in_is_refused(folder, mark):  # noqa: F811
    import docx

    path = folder / "templates" / "换届提醒函.docx"
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run(mark)
    document.save(str(path))
    done = jinguo(folder, "notices", "换届提醒函")
    assert done.returncode == 2
    assert "换届提醒函.docx" in done.stdout + done.stderr and mark[:2] in done.stdout + done.stderr
