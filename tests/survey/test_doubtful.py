"""What must not be taken unasked, and what must not be written to somebody else: each was once."""

from __future__ import annotations

import openpyxl
import pytest

from jinguo.intake.loading import load_registry
from jinguo.reports.merge_plan import read_merge_plan
from tests.helpers import change_cell, jinguo, workbook_rows
from tests.survey.filled_forms import SURVEY
from tests.survey.test_survey import apply, books, collect, decide, form, issued, out, place, plan, registry

__all__ = ["issued", "place"]

UNIT = "临山镇"


def lines(where, *kinds):
    return [p for p, _ in read_merge_plan(out(where) / "合并方案.xlsx") if not kinds or p.kind in kinds]


def returned(where, **changes):
    sent = form(where, UNIT)
    for who, values in changes.items():
        sent.put("人员", who, **values)
    sent.save(where / "收到" / "表.xlsx")
    return collect(where)


def test_a_row_that_moved_is_found_or_refused_and_never_its_neighbour(place):
    """任职 has no numbers: after an applied line and a row put in above, the rest of the plan goes to the same row, not to the
    one that stands in its place."""
    sent = form(place, UNIT)
    sent.put("任职", "钱彩娟", 起始="2020.01", 结束="2026.09")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    book = openpyxl.load_workbook(out(place) / "合并方案.xlsx")
    sheet = book["合并方案"]
    for row in sheet.iter_rows(min_row=2):
        if row[5].value == "结束":
            row[11].value = "待定"
    book.save(out(place) / "合并方案.xlsx")
    assert apply(place, "--rest").returncode == 0
    path = place / "workbooks" / "人员台账.xlsx"
    book = openpyxl.load_workbook(path)
    posts = book["任职"]
    posts.insert_rows(2)
    for cell, value in zip(posts[2], ("RY0001", "ZZ0002", "理事", "2024.01"), strict=False):
        cell.value = value
    book.save(path)
    decide(place, "采用")
    assert apply(place).returncode == 0
    table = registry(place)["posts"]
    held = {
        (p, o): (str(s), str(e)) for _, p, o, s, e in table.each("person", "organisation", "from_month", "to_month")
    }
    assert held["RY0040", "ZZ0040"] == ("2020.01", "2026.09")
    assert held["RY0039", "ZZ0039"][1] == "None"


def test_a_post_that_is_gone_is_not_taken_for_another_of_the_same_person(place):
    path = place / "workbooks" / "人员台账.xlsx"
    table = registry(place)["posts"]
    row = table.rows[next(i for i, p in enumerate(table["person"]) if p == "RY0040")]
    change_cell(path, "任职", f"C{row}", "会长")
    change_cell(path, "任职", f"D{row}", "2015.01")
    sent = form(place, UNIT)
    sent.put("任职", "钱彩娟", 结束="2021.06")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    assert {p.decision for p in lines(place)} == {"待定"}


def test_the_names_of_a_family_are_not_those_of_the_people(place):
    book = openpyxl.load_workbook(place / "workbooks" / "设置.xlsx")
    sheet = book["调查项目"]
    sheet.delete_rows(2, sheet.max_row)
    sheet.append(["", "家庭成员", "称谓"])
    book.save(place / "workbooks" / "设置.xlsx")
    done = jinguo(place, "survey", "issue", "--name", "家庭")
    assert done.returncode == 0, done.stderr
    forms = place / "output/调查/家庭/发放"
    titles = [c.value for c in openpyxl.load_workbook(forms / f"{UNIT} 调查表.xlsx")["家庭成员"][4]]
    assert len(set(titles)) == len(titles) and {"人员姓名", "姓名", "称谓"} <= set(titles)
    assert "没有要改的" in jinguo(place, "survey", "collect", str(forms), "--name", "家庭").stdout


def test_an_unreadable_cell_taken_without_a_value_empties_nothing(place):
    returned(place, 黎可欣={"手机": "不知道"})
    decide(place, "采用")
    original = books(place)
    done = apply(place)
    assert done.returncode == 2
    assert "“建议”空着" in done.stdout
    assert books(place) == original


def test_whom_staff_call_new_is_new_and_has_her_own_post(place):
    people = registry(place)["people"]
    name = people["name"][0]
    sent = form(place, UNIT)
    sent.add("人员", 姓名=name, 性别="女")
    sent.add("任职", 姓名=name, 组织名称="味香园社区腰鼓队", 职务="工作人员", 起始="2026.10")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    decide(place, "采用", "认人认组织", suggestion="新增")
    decide(place, "采用")
    done = apply(place)
    assert done.returncode == 0, done.stdout + done.stderr
    after = registry(place)
    assert after["people"]["number"][-1] == "RY0151" and after["people"]["name"][-1] == name
    assert (after["posts"]["person"][-1], after["posts"].shown(len(after["posts"]) - 1, "person")) == (
        "RY0151",
        "RY0151",
    )


def test_somebody_else_written_over_a_row_is_asked_about(place):
    returned(place, 钱彩娟={"出生年月": "1990.02", "手机": "13900001234", "身份证号": "", "姓名": "沈新人"})
    found = lines(place)
    assert {p.decision for p in found if p.table == "people"} == {"待定"}
    assert any("像是换了一个" in p.reason for p in found)


def test_a_second_telephone_is_not_passed_over(place):
    returned(place, 冯琴={"手机": "19905740150、13900001111"})
    (p,) = lines(place)
    assert (p.kind, p.reported, p.decision) == ("读不出", "19905740150、13900001111", "待定")


def test_a_column_nobody_asked_changes_nothing_unasked(place):
    sent = form(place, UNIT)
    start, titles = sent.header("人员")
    last = max(titles.values()) + 1
    sent.book["人员"].cell(start, last).value = "民族"
    for row in sent.rows("人员"):
        sent.book["人员"].cell(row["_row"], last).value = "回族"
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    found = lines(place)
    assert len(found) == 3
    assert {(p.decision, p.sent) for p in found} == {("待定", "")}
    assert all("没有问这一栏" in p.reason for p in found)


@pytest.mark.parametrize(
    ("sheet", "old", "new"),
    [
        ("任职", "组织名称", "单位名称"),
        ("任职", "起始", "任职开始时间"),
        ("任职", "职务", "担任职务"),
        ("人员", "姓名", "人员姓名"),
        ("人员", "工作单位及职务", "工作单位及职务（现任）"),
        ("人员", "工作单位及职务", "单位职务"),
        ("人员", "出生年月", "出生"),
        ("人员", "手机", "手机号码"),
        ("社会组织", "联系电话", "电话"),
    ],
)
def test_titles_of_their_own(place, sheet, old, new):
    sent = form(place, UNIT)
    start, titles = sent.header(sheet)
    sent.book[sheet].cell(start, titles[old]).value = new
    sent.save(place / "收到" / "表.xlsx")
    assert "没有要改的" in collect(place), [p.reason for p in lines(place)]


def test_until_now_is_no_end(place):
    sent = form(place, UNIT)
    sent.put("任职", "冯琴", 结束="至今")
    sent.save(place / "收到" / "表.xlsx")
    assert "没有要改的" in collect(place)


def test_a_second_column_of_one_title_is_shown(place):
    sent = form(place, UNIT)
    start, titles = sent.header("人员")
    last = max(titles.values()) + 1
    sent.book["人员"].cell(start, last).value = "手机"
    sent.book["人员"].cell(sent.row("人员", "冯琴")["_row"], last).value = "13900001111"
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    (p,) = lines(place)
    assert (p.reported, p.decision) == ("13900001111", "待定") and p.field.startswith("手机（第")


def test_a_number_typed_out_that_we_have_is_no_change(place):
    people = registry(place)["people"]
    whole = people["id_number"][people["name"].index("冯琴")]
    assert "没有要改的" in returned(place, 冯琴={"身份证号": whole})


def test_two_rows_that_say_the_same_are_two(place):
    path = place / "workbooks" / "人员台账.xlsx"
    table = registry(place)["posts"]
    index = next(i for i, p in enumerate(table["person"]) if p == "RY0150")
    book = openpyxl.load_workbook(path)
    sheet = book["任职"]
    sheet.append([sheet.cell(table.rows[index], c).value for c in range(1, 6)])
    book.save(path)
    jinguo(place, "survey", "issue", "--name", "两行")
    from tests.survey.filled_forms import Form

    sent = Form(place / "output/调查/两行/发放" / f"{UNIT} 调查表.xlsx")
    _, titles = sent.header("任职")
    for row in sent.rows("任职"):
        if row["姓名"] == "冯琴":
            sent.book["任职"].cell(row["_row"], titles["职务"]).value = "理事"
    sent.save(place / "收到" / "表.xlsx")
    jinguo(place, "survey", "collect", str(place / "收到"), "--name", "两行")
    done = apply(place, path=place / "output/调查/两行/合并方案.xlsx")
    assert done.returncode == 0, done.stdout + done.stderr
    after = load_registry(place / "workbooks")["posts"]
    assert [p for _, who, p in after.each("person", "post") if who == "RY0150"] == ["理事", "理事"]


def test_who_gets_no_form_is_told(place):
    path = place / "workbooks" / "社会组织台账.xlsx"
    organisations = registry(place)["organisations"]
    change_cell(path, "社会组织", f"{organisations.letters['township']}{organisations.rows[39]}", "")
    said = jinguo(place, "survey", "issue", "--name", "漏发").stdout
    assert "没有发给谁的：社会组织 1 行（味香园社区腰鼓队）" in said


def test_a_table_that_cannot_be_asked_is_told_with_one_that_can(place):
    change_cell(place / "workbooks" / "设置.xlsx", "调查项目", "B2", "镇街")
    done = jinguo(place, "survey", "issue", "--name", "错的")
    assert done.returncode == 2
    assert "调查不能问“镇街”" in done.stderr and "如 镇街" not in done.stderr


def test_what_refers_to_a_row_that_goes_is_said_with_the_line(place):
    sent = form(place, UNIT)
    sent.delete("人员", "冯琴")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    decide(place, "采用")
    done = apply(place)
    assert done.returncode == 2
    assert "序号 1：" in done.stdout


def test_the_program_s_own_drafts_are_no_returns(place):
    said = jinguo(place, "survey", "collect", str(out(place) / "发放")).stdout
    assert "没有读" not in said and "没有要改的" in said
    assert plan(place) == []


def test_undo_asks_for_a_workbook_that_was_renamed(place):
    returned(place, 冯琴={"手机": "13900002222"})
    assert apply(place).returncode == 0
    path = place / "workbooks" / "人员台账.xlsx"
    path.rename(path.with_name("人员台账（新）.xlsx"))
    assert "人员台账.xlsx 改了名或移走了，没有撤回" in jinguo(place, "survey", "undo", "--yes").stderr
    assert SURVEY


def test_what_a_rule_finds_wrong_is_not_taken_unasked(place):
    sent = form(place, UNIT)
    sent.put("任职", "钱彩娟", 起始="2021.01", 结束="2019.01")
    sent.put("人员", "钱彩娟", 工作单位及职务="临山镇妇联干事")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    found = {p.field: (p.decision, p.reason) for p in lines(place, "修改")}
    decision, reason = found["to_month"]
    assert decision == "待定" and "2019.01" in reason
    assert found["position"][0] == "采用"


def test_a_new_person_of_a_name_we_have_is_left_to_staff(place):
    sent = form(place, UNIT)
    sent.add("人员", 姓名="钱彩娟", 性别="女", 出生年月="1996.03", 手机="13900001111")
    sent.add("人员", 姓名="新来的", 性别="女", 出生年月="1996.03", 手机="13900001112")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    found = {p.who.partition("，")[0]: p for p in lines(place, "新增") if p.table == "people"}
    assert found["钱彩娟"].decision == "待定" and "台账里有同名的钱彩娟" in found["钱彩娟"].reason
    assert found["新来的"].decision == "采用"


def test_what_stands_in_a_column_without_a_title_is_told(place):
    sent = form(place, UNIT)
    sheet = sent.book["人员"]
    where = next(row["_row"] for row in sent.rows("人员") if row["姓名"] == "钱彩娟")
    sheet.cell(where, sheet.max_column + 2, "已搬到外地")
    sent.save(place / "收到" / "表.xlsx")
    collect(place)
    told = "".join(str(cell) for row in workbook_rows(out(place) / "回收进度.xlsx", "进度") for cell in row)
    assert "没有标题的栏里有 1 格，没有收进方案：“人员”" in told and "：已搬到外地" in told


def test_a_plan_whose_hidden_sheet_was_changed_is_refused_in_words(place):
    """What each line proposes stands in a sheet that nobody sees: a letter more in it, and it is nobody's plan."""
    returned(place, 黎可欣={"手机": "13900002222"})
    original = books(place)
    whole = (out(place) / "合并方案.xlsx").read_bytes()
    for old, new in (('"kind"', '"kin"'), ('"people"', '"peoples"'), ('"number":0', '"number":"0"'), ('"place":[', '"place":["x",'), ("[{", "[[{")):  # fmt: skip
        (out(place) / "合并方案.xlsx").write_bytes(whole)
        book = openpyxl.load_workbook(out(place) / "合并方案.xlsx")
        cell = book["方案底账"]["A2"]
        assert old in cell.value, old
        cell.value = cell.value.replace(old, new)
        book.save(out(place) / "合并方案.xlsx")
        done = apply(place)
        assert done.returncode == 2
        assert "里面的底账、表头不见了、改动过" in done.stderr and "Traceback" not in done.stderr
        assert books(place) == original
