"""Forms as people fill them in by hand: a number dragged on, a name typed over another, a line through a row. Nothing of it becomes
somebody else's, and what was meant is asked about."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from jinguo.reports.merge_plan import read_merge_plan
from jinguo.survey.asked import TOKEN
from tests.helpers import docx_text, jinguo, workbook_rows
from tests.survey.filled_forms import SURVEY
from tests.survey.test_doubtful import lines
from tests.survey.test_survey import apply, books, collect, decide, form, issued, out, place, registry

__all__ = ["issued", "place"]

UNIT = "泗门镇"


def told(where) -> str:
    rows = workbook_rows(out(where) / "回收进度.xlsx", "进度")
    return "".join(str(value) for row in rows for value in row if value)


def sent_back(where, change, name="表.xlsx", unit=UNIT):
    """A unit's form, changed and returned."""
    filled = form(where, unit)
    change(filled)
    filled.save(where / "收到" / name)
    return collect(where)


def said(where, *kinds):
    return {(p.kind, p.table, p.field, p.decision) for p in lines(where, *kinds)}


def test_a_whole_number_is_written_as_a_number(place):
    sent_back(place, lambda f: f.put("社会组织", "谢家路村妇女议事会", 个人会员数=40))
    assert apply(place).returncode == 0
    rows = workbook_rows(place / "workbooks" / "社会组织台账.xlsx", "社会组织")
    column = rows[0].index("个人会员数")
    (written,) = [row[column] for row in rows if row[1] == "谢家路村妇女议事会"]
    assert written == 40 and not isinstance(written, str)


def test_a_number_that_was_dragged_on_is_no_other_townships_row(place):
    def dragged(f):
        f.add("任职", 姓名="郑敏", 组织名称="泗门巧娘编织社", 职务="工作人员", 起始="2026.09")
        last = f.rows("任职")[-1]
        f.book["任职"].cell(last["_row"], f.header("任职")[1][TOKEN]).value = "任职0144"

    sent_back(place, dragged)
    (p,) = lines(place)
    assert (p.kind, p.who, p.decision) == ("新增", "郑敏（RY0043），泗门巧娘编织社（ZZ0021）", "待定")
    assert "编号 任职0144 是阳明街道" in p.reason


def test_who_was_typed_over_another_does_not_take_her_post_away(place):
    original = books(place)
    sent_back(place, lambda f: f.put("任职", "欧阳雪", 起始="2026.09", 姓名="郑建芬"))
    assert {(p.kind, p.who.partition("，")[0], p.decision) for p in lines(place)} == {
        ("删除", "欧阳雪", "待定"), ("新增", "郑建芬（RY0064）", "待定")
    }  # fmt: skip
    assert any("写在原来“欧阳雪，余姚市双学双比女能手协会”的那一行上" in p.reason for p in lines(place, "新增"))
    assert apply(place).returncode == 2 and books(place) == original


def test_rows_that_were_sorted_without_their_numbers_are_known_by_what_they_say(place):
    def sorted_by_name(f):
        _, titles = f.header("任职")
        rows, sheet = f.rows("任职"), f.book["任职"]
        wanted = sorted(rows, key=lambda row: row["姓名"], reverse=True)
        assert [r["姓名"] for r in wanted] != [r["姓名"] for r in rows]
        for place_of, row in zip(rows, wanted, strict=True):
            for title, column in titles.items():
                if title != TOKEN:
                    sheet.cell(place_of["_row"], column).value = row[title]

    sent_back(place, sorted_by_name)
    assert lines(place) == []


def test_the_form_of_last_year_is_known_by_its_title(place):
    def without_its_hidden_sheet(f):
        for sheet in f.book.worksheets:
            sheet["A1"].value = str(sheet["A1"].value).replace(SURVEY, "2025年摸底")
        for name in [s.title for s in f.book.worksheets if s.sheet_state != "visible"]:
            del f.book[name]
        f.put("人员", "郑敏", 手机="13911112222")

    sent_back(place, without_its_hidden_sheet)
    (p,) = lines(place)
    assert p.decision == "待定" and "填的是另一次调查的表" in p.reason
    assert "2025年摸底" in told(place)


def new_person(f, mobile="13911113333", **more):
    f.add("人员", 姓名="新来的", 性别="女", 出生年月="1990.10", 手机=mobile, **more)


def test_a_new_person_who_was_sent_twice_is_one(place):
    sent_back(place, new_person, "1.xlsx")
    sent_back(place, lambda f: new_person(f, "13911119999"), "2.xlsx")
    (p,) = lines(place)
    assert (p.kind, p.decision) == ("新增", "待定") and "手机在 2.xlsx" in p.reason


def test_a_new_person_of_whom_a_later_file_says_nothing_is_asked_about(place):
    import os

    sent_back(place, new_person, "1.xlsx")
    os.utime(place / "收到" / "1.xlsx", (1_000_000_000, 1_000_000_000))
    sent_back(place, lambda f: f.put("人员", "郑敏", 手机="13911112222"), "2.xlsx")
    (p,) = lines(place, "新增")
    assert p.decision == "待定" and "同一单位后来的 2.xlsx 里没有这一行" in p.reason


def test_a_name_that_two_new_people_have_is_nobodys(place):
    def two(f):
        f.add("人员", 姓名="李新", 性别="女", 手机="13911113336")
        f.add("人员", 姓名="李新", 性别="女", 手机="13911113337")
        f.add("任职", 姓名="李新", 组织名称="泗门巧娘编织社", 职务="工作人员", 起始="2026.09")

    sent_back(place, two)
    assert {(p.table, p.decision) for p in lines(place)} == {("people", "待定"), ("posts", "待定")}
    (post,) = [p for p in lines(place) if p.table == "posts"]
    assert "“李新”不知道是哪一个：李新（新增1）、李新（新增2）" in post.reason


@pytest.mark.parametrize("word", ["不变", "同原来"])
def test_unchanged_is_no_change(place, word):
    sent_back(place, lambda f: f.put("人员", "郑敏", 工作单位及职务=word))
    assert lines(place) == []
    assert "有 1 格写的是“不变”一类的话，当作没有改" in told(place)


@pytest.mark.parametrize("word", ["同上", "〃", "无"])
def test_words_that_stand_for_others_are_asked_about(place, word):
    sent_back(place, lambda f: f.put("人员", "郑敏", 工作单位及职务=word))
    (p,) = lines(place)
    assert p.decision == "待定" and f"写的是“{word}”" in p.reason


def test_what_is_struck_through_is_to_go_or_asked_about(place):
    def struck(f):
        sheet, row = f.book["人员"], f.row("人员", "章锦绣")["_row"]
        for cell in sheet[row]:
            cell.font = Font(strike=True)
        cell = sheet.cell(f.row("人员", "王丹")["_row"], f.header("人员")[1]["工作单位及职务"])
        cell.value = CellRichText(TextBlock(InlineFont(strike=True), "小路下村爱心车队负责人"), "车队队长")
        _, titles = f.header("人员")
        sheet.cell(f.row("人员", "郑敏")["_row"], titles["手机"]).comment = Comment("新号码13911112222", "甲")

    sent_back(place, struck)
    assert {(p.kind, p.who, p.decision) for p in lines(place)} == {
        ("删除", "章锦绣（RY0103）", "待定"), ("修改", "王丹（RY0044）", "待定")
    }  # fmt: skip
    assert "这一行划掉了" in "".join(p.reported for p in lines(place, "删除"))
    assert "有几个字划掉了" in "".join(p.reason for p in lines(place, "修改"))
    assert "有批注 1 条，没有收进方案：“人员”" in told(place) and "新号码13911112222" in told(place)


def test_words_outside_the_rows_are_told(place):
    def words(f):
        last = f.rows("人员")[-1]["_row"]
        f.book["人员"].cell(last + 4, 1).value = "说明：王丹已调走"
        f.book["任职"].cell(f.rows("任职")[-1]["_row"] + 5, 9).value = "黎某某任副会长"

    sent_back(place, words)
    assert "王丹已调走" in told(place) and "黎某某任副会长" in told(place)


def test_a_formula_without_a_result_takes_nothing_unasked(place):
    def formulas(f):
        new_person(f, '="139"&"11113333"')
        f.put("社会组织", "谢家路村妇女议事会", 联系人="=1/0")

    sent_back(place, formulas)
    assert said(place) == {("新增", "people", "", "待定"), ("读不出", "organisations", "contact", "待定")}


def test_files_of_one_name_are_told_apart_by_their_folders(place):
    for unit, who in ((UNIT, "郑敏"), ("临山镇", "冯琴")):
        filled = form(place, unit)
        filled.put("人员", who, 手机="1391111")
        filled.save(place / "收到" / unit / "调查表.xlsx")
    collect(place)
    assert {p.source.partition(" › ")[0] for p in lines(place)} == {f"{UNIT}/调查表.xlsx", "临山镇/调查表.xlsx"}
    letters = sorted(path.name for path in (out(place) / "退回").glob("*.eml"))
    assert letters == ["临山镇 调查表 请改正.eml", f"{UNIT} 调查表 请改正.eml"]


def test_an_october_that_lost_its_nought_is_asked_about(place):
    filled = form(place, UNIT)
    start, titles = filled.header("任职")
    rows = [[c.value for c in row] for row in filled.book["任职"].iter_rows(min_row=start)]
    assert any(row[titles["起始"] - 1] == "2020.10" for row in rows)
    text = "\n".join(",".join("" if v is None else str(v).replace("2020.10", "2020.1") for v in row) for row in rows)
    (place / "收到").mkdir(exist_ok=True)
    (place / "收到" / f"{UNIT} 任职.csv").write_text(text, encoding="utf-8-sig")
    collect(place)
    assert [(p.field, p.decision) for p in lines(place)] == [("from_month", "待定")]
    assert "像是丢了末尾的 0" in lines(place)[0].reason


def test_two_who_may_be_two_are_not_half_made_one(place):
    original = books(place)
    assert jinguo(place, "merge").returncode == 0
    path = place / "output" / "合并" / "合并方案.xlsx"
    assert any(p.decision == "采用" for p, _ in read_merge_plan(path))
    done = apply(place, "--rest", path=path)
    assert "没有要写的" in done.stdout and books(place) == original
    decide(place, "不采用", "删除", path=path)
    assert books(place) == original and "没有要写的" in apply(place, "--rest", path=path).stdout


def test_no_identity_number_goes_out_in_a_remark(place):
    people = registry(place)["people"]
    number = people["id_number"][people.index_of["RY0043"]]
    path = place / "workbooks" / "人员台账.xlsx"
    book = openpyxl.load_workbook(path)
    titles = {c.value: c.column for c in book["人员"][1]}
    row = next(r for r in book["人员"].iter_rows(min_row=2) if r[0].value == "RY0043")
    book["人员"].cell(row[0].row, titles["备注"]).value = f"原登记号码{number}，已核"
    book.save(path)
    assert jinguo(place, "--today", "2026-10-15", "survey", "issue", "--name", "再查").returncode in (0, 1)
    forms = list((place / "output/调查/再查/发放").glob("*.xlsx"))
    texts = [
        str(c.value) for f in forms for s in openpyxl.load_workbook(f).worksheets for r in s.iter_rows() for c in r
    ]
    assert not [t for t in texts if number in t]
    assert [t for t in texts if f"原登记号码{number[:6]}********{number[14:]}，已核" in t]
    assert docx_text(next((place / "output/调查/再查").glob("*.docx")))


def test_a_name_put_right_is_put_right_everywhere(place):
    def renamed(f):
        f.put("任职", "岑佩芬", 姓名="岑佩芳")
        f.put("社会组织", "泗门巧娘编织社", 负责人="岑佩芳")
        f.put("人员", "岑佩芬", 姓名="岑佩芳")

    sent_back(place, renamed)
    (own,) = [p for p in lines(place) if p.table == "people"]
    assert own.decision == "待定" and {p.table for p in lines(place)} == {"people", "attendance", "exam_entries"}
    original = books(place)
    # While the name waits nothing that follows it is written.
    assert "没有要写的" in apply(place, "--rest").stdout and books(place) == original
    decide(place, "采用")
    done = apply(place)
    assert done.returncode == 0, done.stdout + done.stderr
    after = registry(place)
    for name in ("attendance", "exam_entries"):
        named = {after[name]["name"][i] for i, p in after[name].each("person") if p == "RY0021"}
        assert named == {"岑佩芳"}, name


def test_a_masked_number_is_no_change_wherever_it_stands(place):
    other = form(place, "临山镇")
    (who,) = [row for row in other.rows("人员") if row["姓名"] == "冯琴"]
    assert "*" in who["身份证号"]
    sent_back(place, lambda f: f.add("人员", **{k: v for k, v in who.items() if k not in ("_row", TOKEN)}))
    assert lines(place) == []


def test_a_form_says_that_people_stand_in_it_by_name(place):
    filled = form(place, UNIT)
    start, titles = filled.header("社会组织")
    note = filled.book["社会组织"].cell(start, titles["负责人"]).comment.text
    assert "写姓名" in note and "RY0001" not in note
