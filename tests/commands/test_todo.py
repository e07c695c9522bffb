"""待办: what is due and by when, ticked once and remembered, in a calendar as well."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from icalendar import Calendar

from jinguo.documents.agenda import agenda
from jinguo.intake.loading import load_registry
from jinguo.office.task import LATER, MONTH, OVERDUE, TODAY, WEEK, Task
from tests.helpers import change_cell, jinguo, office, registry, workbook_rows

THURSDAY = datetime.date(2026, 10, 15)


@pytest.mark.parametrize(
    ("day", "span"),
    [("2026-10-14", OVERDUE), ("2026-10-15", TODAY), ("2026-10-18", WEEK), ("2026-10-19", MONTH), ("2026-10-31", MONTH), ("2026-11-01", LATER)],
)  # fmt: skip
def test_when_a_thing_is_to_be_done(day, span):
    assert Task(datetime.date.fromisoformat(day), "", "").span(THURSDAY) == span


def tasks(**sheets) -> set[tuple[str, str, str]]:
    return {(t.kind, f"{t.day}", t.about) for t in agenda(registry(THURSDAY, **sheets)).tasks}


ORGANISATIONS = """
    组织编号 | 组织名称 | 登记状态 | 组织类型 | 登记日期 | 证书有效期至 | 评估等级 | 等级有效期至
    ZZ0001 | 甲协会 | 已登记 | 社会团体 | 2015-06-18 | 2026-12-01 | 3A | 2026-10-10
    ZZ0002 | 乙协会 | 已登记 | 社会团体 | 2015-06-18 | 2029-12-01 | 3A | 2029-10-10
    ZZ0003 | 丙队 | 已注销 | 其他 | | | |
"""
PEOPLE = "人员编号 | 姓名\nRY0001 | 王甲\nRY0002 | 王乙"


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"社会组织": ORGANISATIONS}, {("等级到期", "2026-10-10", "甲协会"), ("证书到期", "2026-12-01", "甲协会")}),
        (
            {"人员": PEOPLE, "证书": "人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\nRY0001 | 初级 | 2023-09-20 | 2023-12-01 | 2026-11-30\nRY0002 | 初级 | 2025-09-20 | 2025-12-01 | 2028-11-30"},
            {("证书再登记", "2026-11-30", "王甲")},
        ),
        (
            {"社会组织": ORGANISATIONS, "入会申请": "组织编号 | 申请级别 | 申请日期 | 审批\nZZ0001 | 市 | 2026-10-08 | 待批\nZZ0002 | 市 | 2026-10-08 | 同意"},
            {("等级到期", "2026-10-10", "甲协会"), ("证书到期", "2026-12-01", "甲协会"), ("入会审批", "2026-10-08", "甲协会")},
        ),
        ({"来访接待": "日期 | 来访人 | 事项 | 办结日期\n2026-10-10 | 李某 | 法律咨询 |\n2026-10-09 | 张某 | 政策解读 | 2026-10-10"}, {("来访办结", "2026-10-25", "李某法律咨询")}),
        ({"专家智库": "姓名 | 类别 | 聘期止\n钱教授 | 专家顾问 | 2027-01-31\n孙律师 | 专业社工 | 2028-12-31"}, set()),
        ({"专家智库": "姓名 | 类别 | 聘期止\n钱教授 | 专家顾问 | 2026-12-01"}, {("聘期届满", "2026-12-01", "钱教授")}),
        (
            {"社会组织": ORGANISATIONS, "登记孵化": "组织编号 | 阶段 | 日期\nZZ0002 | 意向 | 2026-01-10\nZZ0002 | 咨询 | 2026-03-10\nZZ0001 | 准予登记 | 2025-01-10"},
            {("等级到期", "2026-10-10", "甲协会"), ("证书到期", "2026-12-01", "甲协会"), ("登记孵化", "2026-09-10", "乙协会")},
        ),
        ({"征集": "征集编号 | 名称 | 类型 | 开始 | 截止 | 评审日期\nZJ0001 | 大赛 | 项目征集 | 2026-09-01 | 2026-11-13 | 2026-11-20"}, {("征集截止", "2026-11-13", "ZJ0001"), ("评审", "2026-11-20", "ZJ0001")}),
    ],
)  # fmt: skip
def test_what_is_to_be_done_and_what_is_not(sheets, expected):
    found = tasks(**sheets)
    assert {t for t in found if t[0] not in ("项目征集通知", "登记指导意见书")} == expected


def test_a_batch_has_its_days():
    found = tasks(
        人员=PEOPLE,
        推荐批次="批次编号 | 名称 | 推荐职务 | 截止日期 | 公示起始 | 公示工作日数 | 阶段\nTJ2601 | 甲批 | 人大代表 | 2026-11-30 | 2026-11-02 | 5 |\nTJ2602 | 乙批 | 妇联执委 | 2026-11-30 | | | 办结",
        人选="批次编号 | 人员编号 | 推荐单位\nTJ2601 | RY0001 | 甲协会\nTJ2601 | RY0002 | 甲协会",
        联审意见="批次编号 | 人员编号 | 部门 | 意见\nTJ2601 | RY0001 | 公安局 | 同意\nTJ2601 | RY0002 | 公安局 | 待复",
    )
    assert found == {
        ("联审意见", "2026-11-30", "TJ2601 公安局"),
        ("公示开始", "2026-11-02", "TJ2601"),
        ("公示期满", "2026-11-06", "TJ2601"),
        ("推荐截止", "2026-11-30", "TJ2601"),
    }


def test_days_without_anybody_on_duty_are_named():
    found = tasks(
        社会组织=ORGANISATIONS,
        值班单位="组织编号 | 起始 | 可值星期\nZZ0002 | 2026-01-01 | 周一、周二、周三、周四",
    )
    gaps = sorted(day for kind, day, _ in found if kind == "值班空缺")
    assert gaps[:3] == ["2026-10-16", "2026-10-23", "2026-10-30"]


def test_what_could_not_be_read_is_told():
    from jinguo.schema import TABLES

    one = registry(THURSDAY, 社会组织=ORGANISATIONS)
    one.unread["projects"] = "项目台账.xlsx 打不开"
    found = agenda(one)
    assert any("项目台账.xlsx 打不开" in why for why in found.unknown)
    assert "projects" in TABLES


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = office(tmp_path_factory.mktemp("todo"))
    done = jinguo(folder)
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_alone_the_program_says_what_is_due(written):
    folder, said = written
    assert said.startswith("2026年10月15日 待办：")
    assert "余姚市晨曦亲子阅读促进会" in said and "下一步：打开" in said
    rows = workbook_rows(folder / "output" / "待办.xlsx", "待办")
    assert rows[0][:2] == ["什么时候", "日期"]
    spans = [row[0] for row in rows[1:]]
    assert spans == sorted(spans, key=["逾期", "今天", "本周", "本月", "以后"].index)
    assert said.startswith(jinguo(folder, "todo").stdout)


def test_the_calendar_has_every_task_once_and_is_the_same_every_time(written):
    folder, _ = written
    data = (folder / "output" / "待办.ics").read_bytes()
    calendar = Calendar.from_ical(data)
    events = calendar.walk("VEVENT")
    rows = workbook_rows(folder / "output" / "待办.xlsx", "待办")[1:]
    assert len(events) == len(rows) == len({str(e["UID"]) for e in events})
    assert {e.decoded("dtstart").isoformat() for e in events} == {row[1] for row in rows}
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    jinguo(folder, "todo")
    assert (folder / "output" / "待办.ics").read_bytes() == data


def test_what_is_ticked_is_remembered_and_never_asked_again(tmp_path):
    folder = office(tmp_path / "office")
    jinguo(folder)
    book = folder / "output" / "待办.xlsx"
    rows = workbook_rows(book, "待办")
    title = rows[0].index("标识")
    letter = next(n for n, row in enumerate(rows, 1) if "换届提醒函" in str(row[title]))
    other = next(n for n, row in enumerate(rows, 1) if row[3] == "入会审批")
    keys = [str(rows[n - 1][title]) for n in (letter, other)]
    for n in (letter, other):
        change_cell(book, "待办", f"J{n}", "√")
    done = jinguo(folder)
    assert "已记下 2 件已办" in done.stdout
    noted = [row[0] for row in workbook_rows(folder / "workbooks" / "设置.xlsx", "已办")]
    assert set(keys) <= set(noted)
    left = {row[title] for row in workbook_rows(book, "待办")}
    assert not left & set(keys)
    # The letter is not written any more either, and nothing is noted twice.
    assert keys[0] not in jinguo(folder, "notices").stdout
    assert "已记下" not in jinguo(folder).stdout
    again = [row[0] for row in workbook_rows(folder / "workbooks" / "设置.xlsx", "已办")]
    assert again == noted


def test_who_has_not_answered_a_survey_is_to_be_asked(tmp_path):
    folder = office(tmp_path / "office")
    jinguo(folder, "survey", "issue")
    found = next(row for row in workbook_rows(_todo(folder), "待办") if row[3] == "调查回收")
    assert found[1] == "2026-10-30" and "还有 21 个单位没有交" in found[4]


def _todo(folder):
    jinguo(folder)
    return folder / "output" / "待办.xlsx"


def test_an_open_settings_workbook_loses_no_tick(tmp_path):
    folder = office(tmp_path / "office")
    book = _todo(folder)
    change_cell(book, "待办", "J2", "√")
    (folder / "workbooks" / "~$设置.xlsx").write_bytes(b"x")
    key = workbook_rows(book, "待办")[1][10]
    done = jinguo(folder)
    assert done.returncode == 0, done.stderr
    assert "没有记下：设置.xlsx：工作簿正被打开" in done.stdout and "2026年10月15日 待办：" in done.stdout
    rows = openpyxl.load_workbook(book)["待办"].iter_rows(values_only=True)
    assert [row[9] for row in rows if row[10] == key] == ["√"]
    # Once it can be, it is noted, also by the command for the letters.
    (folder / "workbooks" / "~$设置.xlsx").unlink()
    assert "已记下 1 件已办" in jinguo(folder, "notices").stdout
    assert key in [row[0] for row in workbook_rows(folder / "workbooks" / "设置.xlsx", "已办")]


def test_the_whole_job_begins_with_what_is_due(tmp_path):
    folder = office(tmp_path / "office")
    said = jinguo(folder, "all").stdout
    assert "待办：" in said.splitlines()[1]
    assert load_registry(folder / "workbooks").today == THURSDAY
