"""The whole of a survey through the real command: forms out, returns in, the plan, into the registry, and back."""

from __future__ import annotations

import email
import shutil
from pathlib import Path

import openpyxl
import pytest

from jinguo.intake.loading import load_registry
from jinguo.reports.merge_plan import read_merge_plan
from tests.helpers import change_cell, jinguo, office
from tests.survey.filled_forms import SURVEY, Form

UNIT = "阳明街道"


@pytest.fixture(scope="module")
def issued(tmp_path_factory) -> Path:
    """An office whose forms have gone out."""
    folder = office(tmp_path_factory.mktemp("survey"))
    done = jinguo(folder, "survey", "issue")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def place(issued, tmp_path) -> Path:
    """A copy of that office for one test."""
    return Path(shutil.copytree(issued, tmp_path / "office"))


def out(place: Path) -> Path:
    return place / "output" / "调查" / SURVEY


def form(place: Path, unit: str = UNIT) -> Form:
    return Form(out(place) / "发放" / f"{unit} 调查表.xlsx")


def collect(place: Path, *more: str) -> str:
    done = jinguo(place, "survey", "collect", str(place / "收到"), *more)
    assert "【程序出错】" not in done.stderr, done.stderr
    return done.stdout + done.stderr


def plan(place: Path) -> list[tuple[str, ...]]:
    """(kind, table, who, column, what stands now, what was reported, suggestion, decision) of every line."""
    return [
        (p.kind, p.table, p.who.partition("（")[0], p.field, p.now, p.reported, p.suggested, p.decision)
        for p, _ in read_merge_plan(out(place) / "合并方案.xlsx")
    ]


def decide(place: Path, decision: str, *kinds: str, suggestion: str | None = None, path: Path | None = None) -> None:
    """Set 处理 of the open lines (of these kinds) as a clerk does."""
    path = path or out(place) / "合并方案.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["合并方案"]
    titles = [c.value for c in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        values = dict(zip(titles, row, strict=True))
        if values["处理"].value == "待定" and (not kinds or values["类别"].value in kinds):
            values["处理"].value = decision
            if suggestion is not None:
                values["建议"].value = suggestion
    book.save(path)


def apply(place: Path, *more: str, path: Path | None = None):
    return jinguo(place, "survey", "apply", str(path or out(place) / "合并方案.xlsx"), *more)


def books(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (place / "workbooks").glob("*.xlsx")}


def registry(place: Path):
    return load_registry(place / "workbooks")


# -- what goes out ----------------------------------------------------------------------------------------------------


def test_each_township_gets_its_own_rows_and_no_others(issued):
    sent = form(issued, "临山镇")
    assert [row["组织名称"] for row in sent.rows("社会组织")] == ["葡萄姐妹合作社", "味香园社区腰鼓队"]
    assert [row["姓名"] for row in sent.rows("人员")] == ["黎可欣", "钱彩娟", "冯琴"]
    assert [(row["姓名"], row["组织名称"], row["职务"]) for row in sent.rows("任职")] == [
        ("黎可欣", "葡萄姐妹合作社", "负责人"),
        ("钱彩娟", "味香园社区腰鼓队", "负责人"),
        ("冯琴", "味香园社区腰鼓队", "工作人员"),
    ]
    assert len(list((out(issued) / "发放").glob("*.xlsx"))) == 21


def test_identity_numbers_go_out_with_their_middle_hidden_and_nowhere_whole(issued):
    numbers = [n for n in registry(issued)["people"]["id_number"] if n]
    for path in out(issued).rglob("*"):
        if path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            text = "".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value)
        elif path.is_file():
            text = path.read_bytes().decode("utf-8", "ignore")
        else:
            continue
        assert not [n for n in numbers if n in text], path
    assert form(issued, "临山镇").row("人员", "钱彩娟")["身份证号"] == "330281********5724"


def test_the_numbers_are_locked_and_the_rest_is_not(issued):
    book = openpyxl.load_workbook(out(issued) / "发放" / f"{UNIT} 调查表.xlsx")
    sheet = book["人员"]
    start, titles = form(issued).header("人员")
    assert sheet.protection.sheet
    assert sheet.cell(start + 1, 1).protection.locked
    assert not sheet.cell(start + 1, titles["手机"]).protection.locked
    assert book["调查底稿"].sheet_state == "veryHidden"
    lists = [v.formula1 for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert len(lists) >= 3


def test_a_column_that_the_registry_does_not_have_is_asked_all_the_same(issued):
    assert "微信号" in form(issued).header("人员")[1]


def test_with_every_form_go_a_notice_a_message_and_a_draft(issued):
    from docx import Document

    notice = Document(str(out(issued) / f"{SURVEY} 调查通知.docx"))
    text = "\n".join(p.text for p in notice.paragraphs)
    assert "请于2026年10月30日前将调查表发至fulian@example.org" in text
    assert "社会组织的组织名称、登记状态、组织类型、层级等13项" in text
    message = (out(issued) / "发放" / "临山镇 群消息.txt").read_text("utf-8")
    assert message.startswith("【调查】临山镇：") and "2026年10月30日前" in message
    mail = email.message_from_bytes((out(issued) / "发放" / "临山镇.eml").read_bytes())
    parts = [part.get_filename() for part in mail.walk() if part.get_filename()]
    assert parts == ["临山镇 调查表.xlsx", f"{SURVEY} 调查通知.docx"]


def test_a_survey_may_go_out_by_any_column_or_blank(place):
    done = jinguo(place, "survey", "issue", "--by", "枢纽组织", "--name", "枢纽摸底")
    assert (place / "output/调查/枢纽摸底/发放/余姚市巾帼志愿者帮扶协会 调查表.xlsx").is_file(), done.stdout
    done = jinguo(place, "survey", "issue", "--by", "层级", "--name", "分层摸底", "--due", "2026-12-01")
    assert "3 份调查表" in done.stdout
    assert (place / "output/调查/分层摸底/发放/核心层 调查表.xlsx").is_file()
    done = jinguo(place, "survey", "issue", "--blank", "--name", "空白摸底")
    assert "1 份调查表，填好 0 行" in done.stdout
    done = jinguo(place, "survey", "issue", "--by", "所属片区")
    assert done.returncode == 2
    assert "没有“所属片区”这一栏" in done.stderr


# -- what comes back --------------------------------------------------------------------------------------------------


def test_a_form_that_comes_back_as_it_went_says_nothing(place):
    shutil.copytree(out(place) / "发放", place / "收到")
    told = collect(place)
    assert "没有要改的" in told
    assert plan(place) == []


def test_what_they_changed_is_taken_what_both_changed_is_asked(place):
    sent = form(place)
    who, other = (row["姓名"] for row in sent.rows("人员")[:2])
    sent.put("人员", who, 手机="13900002222", 工作单位及职务="")
    sent.put("人员", other, 手机="13900003333")
    sent.save(place / "收到" / "表.xlsx")
    people = registry(place)["people"]
    row = people.rows[people["name"].index(other)]
    change_cell(place / "workbooks" / "人员台账.xlsx", "人员", f"{people.letters['mobile']}{row}", "13900004444")
    told = collect(place)
    found = {
        (kind, w, column): (now, suggested, decision) for kind, _, w, column, now, _, suggested, decision in plan(place)
    }
    was = people["mobile"][people["name"].index(who)]
    assert found["修改", who, "mobile"] == (was, "13900002222", "采用")
    assert found["修改", who, "position"][1:] == ("", "待定")
    assert found["冲突", other, "mobile"] == ("13900004444", "13900003333", "待定")
    assert len(found) == 3
    assert "待定 2 处" in told


def test_a_new_person_with_her_post_and_a_new_organisation(place):
    sent = form(place, "临山镇")
    sent.add(
        "社会组织",
        组织名称="临山镇新月帮扶队",
        登记状态="未登记",
        组织类型="其他",
        层级="大众层",
        级别="村社区",
        所属镇街="临山镇",
        负责人="新来的",
    )
    sent.add("社会组织", 组织名称="临山镇没写全的队", 登记状态="未登记")
    sent.add("人员", 姓名="新来的", 性别="女", 出生年月="1990.05", 手机="13900001111")
    sent.add("任职", 姓名="新来的", 组织名称="临山镇新月帮扶队", 职务="负责人", 起始="2026.10")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    lines = {(kind, table, who): decision for kind, table, who, *_, decision in plan(place)}
    assert lines == {
        ("新增", "organisations", "临山镇新月帮扶队"): "采用",
        ("新增", "organisations", "临山镇没写全的队"): "待定",
        ("新增", "people", "新来的"): "采用",
        ("新增", "posts", "新来的"): "采用",
    }
    decide(place, "不采用")
    assert apply(place).returncode == 0
    after = registry(place)
    organisations = after["organisations"]
    assert (organisations["number"][-1], organisations["name"][-1], organisations["head"][-1]) == (
        "ZZ0061",
        "临山镇新月帮扶队",
        "RY0151",
    )


def test_new_rows_are_added_in_the_format_of_the_row_above_with_the_next_number(place):
    sent = form(place, "临山镇")
    sent.add("人员", 姓名="新来的", 性别="女", 出生年月="1990.05", 手机="13900001111", 微信号="xinlai")
    sent.add("任职", 姓名="新来的", 组织名称="味香园社区腰鼓队", 职务="工作人员", 起始="2026.10")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    before = registry(place)["people"]
    done = apply(place)
    assert done.returncode == 0, done.stdout + done.stderr
    after = registry(place)
    people, posts = after["people"], after["posts"]
    assert (people["number"][-1], people["name"][-1], people["mobile"][-1]) == ("RY0151", "新来的", "13900001111")
    assert people.extra["微信号"][-1] == "xinlai"
    assert len(people) == len(before) + 1
    assert (posts["person"][-1], posts["organisation"][-1], posts["post"][-1]) == ("RY0151", "ZZ0040", "工作人员")
    book = openpyxl.load_workbook(place / "workbooks" / "人员台账.xlsx")
    sheet = book["人员"]
    new, above = sheet[f"B{people.rows[-1]}"], sheet[f"B{people.rows[-2]}"]
    assert (new.font.name, new.number_format, new.alignment.vertical) == (
        above.font.name,
        above.number_format,
        above.alignment.vertical,
    )
    assert sheet.auto_filter.ref.endswith(str(people.rows[-1]))


def test_a_second_run_changes_nothing_and_undo_gives_back_every_byte(place):
    sent = form(place)
    who = sent.rows("人员")[0]["姓名"]
    sent.put("人员", who, 手机="13900002222")
    sent.put("社会组织", sent.rows("社会组织")[0]["组织名称"], 层级="紧密层")
    sent.add("人员", 姓名="新来的", 性别="女", 出生年月="1990.05", 手机="13900001111")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    original = books(place)
    assert apply(place).returncode == 0
    merged = books(place)
    assert {n for n in merged if merged[n] != original[n]} == {"人员台账.xlsx", "社会组织台账.xlsx"}
    again = apply(place)
    assert "没有要写的" in again.stdout
    assert books(place) == merged
    # Collected once more, nothing is new.
    assert plan(place) and "没有要改的" in collect(place)
    changes = registry(place)["changes"]
    assert [changes[n][-1] for n in ("organisation", "item", "new", "basis")] == [
        "ZZ0001", "层级", "紧密层", f"{SURVEY}{UNIT}上报",
    ]  # fmt: skip
    assert jinguo(place, "survey", "undo", "--yes").returncode == 0
    assert books(place) == original
    assert "没有可以撤回的" in jinguo(place, "survey", "undo", "--yes").stderr


def test_undo_shows_what_has_been_changed_since(place):
    sent = form(place)
    who = sent.rows("人员")[0]["姓名"]
    sent.put("人员", who, 手机="13900002222")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    assert apply(place).returncode == 0
    change_cell(place / "workbooks" / "人员台账.xlsx", "人员", "T3", "后来改的职务")
    done = jinguo(place, "survey", "undo", "--yes")
    assert "撤回也会失去" in done.stdout and "后来改的职务" in done.stdout


def test_what_is_open_is_not_written_unless_told(place):
    sent = form(place, "临山镇")
    sent.put("人员", "黎可欣", 手机="13900002222")
    sent.delete("人员", "冯琴")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    original = books(place)
    done = apply(place)
    assert done.returncode == 2
    assert "还有 1 处“待定”，没有写入" in done.stderr
    assert books(place) == original
    assert apply(place, "--rest").returncode == 0
    people = registry(place)["people"]
    assert people["mobile"][people["name"].index("黎可欣")] == "13900002222"
    assert "冯琴" in people["name"]


def test_a_registry_that_changed_since_is_not_written_over(place):
    sent = form(place, "临山镇")
    sent.put("人员", "黎可欣", 手机="13900002222")
    sent.put("人员", "钱彩娟", 手机="13900003333")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    people = registry(place)["people"]
    row = people.rows[people["name"].index("黎可欣")]
    change_cell(place / "workbooks" / "人员台账.xlsx", "人员", f"R{row}", "13900005555")
    original = books(place)
    done = apply(place)
    assert done.returncode == 2
    assert "台账在列出方案以后改过了，现在是“13900005555”" in done.stdout
    assert books(place) == original


def test_what_would_bring_an_error_is_left_to_be_decided_and_refused(place):
    sent = form(place, "临山镇")
    taken = registry(place)["people"]["id_number"][0]
    sent.put("人员", "黎可欣", 身份证号=taken)
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    (line,) = plan(place)
    assert line[-1] == "待定"
    decide(place, "采用")
    original = books(place)
    done = apply(place)
    assert done.returncode == 2
    assert "写进去会多出" in done.stderr and "CELL-002" in done.stdout
    assert books(place) == original


def test_a_cell_that_cannot_be_read_is_in_the_plan_and_can_be_put_right_there(place):
    sent = form(place, "临山镇")
    sent.put("人员", "黎可欣", 手机="不知道")
    sent.save(place / "收到" / "表.xlsx")
    told = collect(place)
    (line,) = plan(place)
    assert line == ("读不出", "people", "黎可欣", "mobile", "19905740039", "不知道", "", "待定")
    assert "1 处要改" in told
    decide(place, "采用", suggestion="1390")
    assert "不是完整的电话" in apply(place).stdout
    book = out(place) / "合并方案.xlsx"
    change_cell(book, "合并方案", "J2", "13900006666")
    assert apply(place).returncode == 0
    people = registry(place)["people"]
    assert people["mobile"][people["name"].index("黎可欣")] == "13900006666"


def test_the_marked_copy_goes_back_with_a_mail_that_says_what_to_correct(place):
    sent = form(place, "临山镇")
    sent.put("人员", "黎可欣", 手机="不知道", 出生年月="1974.13")
    sent.save(place / "收到" / "临山.xlsx")
    collect(place)
    back = out(place) / "退回"
    book = openpyxl.load_workbook(back / "临山（标注）.xlsx")
    row = form(place, "临山镇").row("人员", "黎可欣")["_row"]
    assert book["人员"][f"H{row}"].comment and book["人员"][f"D{row}"].comment
    mail = email.message_from_bytes((back / "临山 请改正.eml").read_bytes())
    body = next(p for p in mail.walk() if p.get_content_type() == "text/plain").get_payload(decode=True)
    text = body.decode() if isinstance(body, bytes) else ""
    assert "2 处请核对改正" in text and f"人员 H{row}" in text
    assert mail["To"].endswith("<zj07@example.org>")


def test_progress_and_the_reminder_name_those_who_are_missing(place):
    from docx import Document

    shutil.copytree(out(place) / "发放", place / "收到")
    for unit in ("临山镇", "鹿亭乡"):
        (place / "收到" / f"{unit} 调查表.xlsx").unlink()
    collect(place)
    text = "\n".join(p.text for p in Document(str(out(place) / f"{SURVEY} 催报函.docx")).paragraphs)
    assert "尚未报送的有2个单位：临山镇、鹿亭乡" in text and "应报21个单位" in text and "已报19个" in text
    assert "临山镇妇联、鹿亭乡妇联：" in text
    sheet = openpyxl.load_workbook(out(place) / "回收进度.xlsx")["进度"]
    states = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert states["临山镇"] == "未收" and states["梨洲街道"] == "已收"


def test_decisions_are_carried_over_when_more_returns_come(place):
    sent = form(place, "临山镇")
    sent.put("人员", "黎可欣", 手机="13900002222")
    sent.delete("人员", "冯琴")
    sent.save(place / "收到" / "临山.xlsx")
    collect(place)
    decide(place, "不采用")
    other = form(place, "鹿亭乡")
    who = other.rows("人员")[0]["姓名"]
    other.put("人员", who, 手机="13900007777")
    other.save(place / "收到" / "鹿亭.xlsx")
    told = collect(place)
    assert "定过的 1 处" in told
    decisions = {
        (d.now.kind, d.now.who.partition("（")[0]): d.now.decision
        for d in read_merge_plan(out(place) / "合并方案.xlsx")
    }
    assert decisions == {("删除", "冯琴"): "不采用", ("修改", "黎可欣"): "采用", ("修改", who): "采用"}


def test_somebody_of_the_same_name_is_asked_about(place):
    people = registry(place)["people"]
    name = people["name"][5]
    sent = form(place, "临山镇")
    sent.add("人员", 姓名=name, 性别="女", 政治面貌="群众")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    (line,) = plan(place)
    assert (line[0], line[2], line[-1]) == ("认人认组织", name, "待定")
    key = people["number"][5]
    decide(place, "采用", suggestion=f"是 {name}（{key}）")
    done = apply(place)
    assert done.returncode == 0, done.stderr + done.stdout
    assert len(registry(place)["people"]) == len(people)


def test_a_row_that_is_gone_is_emptied_only_when_somebody_says_so(place):
    sent = form(place, "临山镇")
    sent.delete("任职", "冯琴")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    decide(place, "采用", "删除")
    before = registry(place)["posts"]
    assert apply(place).returncode == 0
    after = registry(place)["posts"]
    assert len(after) == len(before) - 1
    assert not [i for i, person in enumerate(after["person"]) if person == "RY0150"]


def test_a_sheet_from_elsewhere_updates_a_table(place):
    people = registry(place)["people"]
    book = openpyxl.Workbook()
    book.active.append(["序号", "姓名", "身份证号", "手机", "职称", "民族"])
    book.active.append([1, people["name"][0], people["id_number"][0], "13900002222", "社会工作师", "汉族"])
    book.active.append([2, people["name"][1], "", people["mobile"][1], "高级教师", ""])
    book.active.append([3, "新来的", "", "13900001111", "", ""])
    path = place / "培训名单.xlsx"
    book.save(path)
    done = jinguo(place, "survey", "collect", "--table", "人员", str(path))
    found = {
        (p.kind, p.who.partition("（")[0], p.field, p.decision): p.suggested
        for p, _ in read_merge_plan(place / "output/调查/人员/合并方案.xlsx")
    }
    assert done.returncode == 1, done.stderr
    # Her telephone is another than ours, and nobody knows since when; what is empty with us is filled.
    assert found["修改", people["name"][0], "mobile", "待定"] == "13900002222"
    assert {key[0] for key in found} == {"修改", "新增"}
    assert ("新增", "新来的", "", "待定") in found


def test_a_list_of_people_with_their_organisations_finds_them(place):
    people = registry(place)["people"]
    name = people["name"][0]
    book = openpyxl.Workbook()
    book.active.append(["姓名", "所在组织", "职称"])
    book.active.append([name, "余姚市巾帼志愿者帮扶协会", "高级社会工作师"])
    book.save(place / "名单.xlsx")
    jinguo(place, "survey", "collect", "--table", "人员", str(place / "名单.xlsx"))
    found = [p for p, _ in read_merge_plan(place / "output/调查/人员/合并方案.xlsx")]
    assert [(p.row, p.field, p.suggested) for p in found if p.field == "title"] == [
        ("RY0001", "title", "高级社会工作师")
    ]
    assert "姓名、所在组织相同" in next(p.reason for p in found if p.field == "title")


def test_a_blank_form_is_whose_name_is_on_it(place):
    assert jinguo(place, "survey", "issue", "--blank", "--name", "空白").returncode == 0
    blank = place / "output/调查/空白/发放/空白表 调查表.xlsx"
    for unit, who in (("临山镇", "新来甲"), ("鹿亭乡", "新来乙")):
        sent = Form(blank)
        start, titles = sent.header("人员")
        for title, value in {"姓名": who, "性别": "女"}.items():
            sent.book["人员"].cell(start + 1, titles[title]).value = value
        sent.save(place / "收到" / f"{unit}.xlsx")
    jinguo(place, "survey", "collect", str(place / "收到"), "--name", "空白")
    found = [p for p, _ in read_merge_plan(place / "output/调查/空白/合并方案.xlsx")]
    assert [(p.unit, p.who, p.decision) for p in found] == [("临山镇", "新来甲", "采用"), ("鹿亭乡", "新来乙", "采用")]
    sheet = openpyxl.load_workbook(place / "output/调查/空白/回收进度.xlsx")["进度"]
    states = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert (states["临山镇"], states["鹿亭乡"], states["梨洲街道"]) == ("已收", "已收", "未收")
