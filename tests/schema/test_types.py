"""Words, choices and numbers: what clerks really type, and what is said about the rest."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.rounding import half_up
from jinguo.schema import TABLES
from jinguo.schema.cells import clean, half_width, is_blank
from jinguo.schema.codes import CreditCode, Email, IdCard, Key, Phone, Reference
from jinguo.schema.dates import Date, DateTime, YearMonth
from jinguo.schema.numbers import Mark, Number, PeopleOrPercent, Quantity, Score, read_number
from jinguo.schema.problems import READING_RULES, REQUIRED, Parsed, Problem
from jinguo.schema.types import Choice, FieldType, Line, MultiChoice, Name, Text, match_choice, tidy_name
from tests.helpers import examples, findings, registry

YES_NO = Choice(("是", "否"))


def read(kind: FieldType, raw: Any, **vocabularies: list[str]) -> Parsed:
    return kind.parser(vocabularies)(raw)


def code(parsed: Parsed) -> str:
    return parsed.problem.rule.code if parsed.problem else ""


def column_type(table: str, field: str) -> FieldType:
    return TABLES[table].by_name[field].type


def shown(value: Any) -> str:
    """A typed value as a clerk would write it in the cell."""
    if isinstance(value, Mark):
        return shown(value.points) if value.status == "有成绩" else value.status
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "、".join(value) if type(value) is tuple else str(value)


# -- cleaning ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("  张三 ", "张三"),
        ("\u3000张三\u3000", "张三"),
        ("张\u3000三", "张 三"),
        ("\u00a0张\u00a0三", "张 三"),
        ("\ufeff张\u200b三", "张三"),
        ("上\u00ad海\u2060市", "上海市"),
        ("第一行_x000D_\n第二行", "第一行\n第二行"),
        ("第一行\r\n第二行", "第一行\n第二行"),
        ("a\tb", "a b"),
        (None, ""),
        ("", ""),
        (True, "是"),
        (False, "否"),
        (12, "12"),
        (12.0, "12"),
        (1.5, "1.5"),
        (13812345678.0, "13812345678"),
        (datetime.datetime(2026, 3, 8), "2026-03-08"),
        (datetime.datetime(2026, 3, 8, 9, 5), "2026-03-08 09:05"),
        (datetime.date(2026, 3, 8), "2026-03-08"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        pytest.param("\u202d13812345678\u202c", "13812345678"),
        pytest.param("\u2066王小红\u2069", "王小红"),
    ],
)
def test_clean_gives_what_one_sees_in_the_cell(raw, seen):
    assert clean(raw) == seen


def test_clean_never_turns_full_width_brackets_of_a_name_into_ascii():
    assert clean("余姚（阳明）协会〔甲〕㈠") == "余姚（阳明）协会〔甲〕㈠"


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("ＺＺ０００１", "ZZ0001"),
        ("（０５７４）", "(0574)"),
        ("２０１９－０８", "2019-08"),
        ("３０％", "30%"),
        ("９：００", "9:00"),
        ("甲　乙", "甲 乙"),
        ("余姚、〔1〕。", "余姚、〔1〕。"),
    ],
)
def test_half_width(text, ascii_text):
    assert half_width(text) == ascii_text


@pytest.mark.parametrize(
    "raw", [None, "", " ", "\u3000", "\u00a0\n", "\u200b", "/", " / ", "\\", "-", "—", "——", "无此项"]
)
def test_is_blank(raw):
    assert is_blank(raw) is True


@pytest.mark.parametrize("raw", [0, 0.0, "0", False, "无", "否", "×", ".", "N/A", datetime.time()])
def test_what_says_something_is_not_blank(raw):
    """0 is a figure, 无 an answer (党组织), False an answer: none of them means that nobody has filled the cell."""
    assert is_blank(raw) is False


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("／"),
        pytest.param("－"),
        pytest.param("--"),
    ],
)
def test_is_blank_in_full_width(raw):
    assert is_blank(raw) is True


@pytest.mark.parametrize(
    "kind",
    [CreditCode(), column_type("organisations", "rating"), Phone(), Email(), IdCard()],
    ids=["统一社会信用代码", "评估等级", "电话", "邮箱", "身份证号"],
)
def test_none_written_in_words(kind):
    assert read(kind, "无") == Parsed(None)


# -- names and words --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张　三", "张三"),
        ("张 三", "张三"),
        ("张  三", "张三"),
        ("王 小 红", "王小红"),
        ("张\u00a0三", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("李进\n（李崇进）", "李进（李崇进）"),
        ("余姚市(阳明)协会", "余姚市（阳明）协会"),
        ("余姚市 （阳明） 协会", "余姚市（阳明）协会"),
        ("Mary Ann", "Mary Ann"),
        ("余姚 IT 协会", "余姚 IT 协会"),
        ("㛃　䶮", "㛃䶮"),
        (" 张三\u200b", "张三"),
        pytest.param("张　𬭎", "张𬭎"),
        pytest.param("𬭛　三", "𬭛三"),
        pytest.param("张　〇", "张〇"),
    ],
)
def test_name(typed, name):
    assert read(Name(), typed) == Parsed(name)


@given(st.text(max_size=20))
@settings(max_examples=examples(100), deadline=None)
def test_tidying_a_name_twice_changes_nothing_more(text):
    once = tidy_name(clean(text))
    assert tidy_name(clean(once)) == once


@given(
    st.text("王张李小红梅买提", min_size=2, max_size=5), st.sampled_from([" ", "　", "\u00a0", "  ", "\t", "\u200b"])
)
@settings(max_examples=examples(60), deadline=None)
def test_a_name_spread_out_by_any_space_is_the_same_name(name, space):
    assert read(Name(), space.join(name)) == Parsed(name)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (3.0, "3"),
        (" 首期 ", "首期"),
        (True, "是"),
        (datetime.datetime(2026, 3, 8), "2026-03-08"),
        ("09:00 签到\n09:30 开班", "09:00 签到\n09:30 开班"),
    ],
)
def test_text_keeps_the_words_and_their_lines(raw, text):
    assert read(Text(), raw) == Parsed(text)


# -- choices ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw", ["是", "有", "√", "✓", "✔", "1", 1, 1.0, "Y", "y", "yes", "TRUE", True, "对", " 是 ", "１", "1-是"]
)
def test_yes(raw):
    assert read(YES_NO, raw) == Parsed("是")


@pytest.mark.parametrize("raw", ["否", "无", "没有", "×", "✗", "✘", "0", 0, 0.0, "N", "no", False, "不是", "２－否"])
def test_no(raw):
    assert read(YES_NO, raw) == Parsed("否")


def test_a_circle_is_yes():
    assert read(YES_NO, "○") == Parsed("是")


@pytest.mark.parametrize("raw", ["可能", "是否", "2", "", "是、否"])
def test_neither_yes_nor_no(raw):
    assert (read(YES_NO, raw).value, code(read(YES_NO, raw))) == (None, "CELL-004")


@pytest.mark.parametrize(
    ("table", "field", "typed", "choice"),
    [
        ("people", "sex", "1-男", "男"),
        ("people", "sex", "2.女", "女"),
        ("people", "sex", "２－女", "女"),
        ("people", "sex", "女 ", "女"),
        ("people", "politics", "党员", "中共党员"),
        ("people", "politics", "预备党员", "中共预备党员"),
        ("people", "politics", "群　众", "群众"),
        ("people", "education", "大学本科", "本科"),
        ("people", "education", "研究生", "硕士研究生"),
        ("organisations", "status", "已 登 记", "已登记"),
        ("organisations", "type", "民非", "民办非企业单位"),
        ("organisations", "type", "社会服务机构", "民办非企业单位"),
        ("organisations", "level", "乡镇（街道）", "乡镇街道"),
        ("organisations", "level", "村", "村社区"),
        ("organisations", "tier", "核心", "核心层"),
        ("organisations", "party_organisation", "√", "有"),
        ("organisations", "party_organisation", "否", "无"),
        ("organisations", "group_member", "是", "市"),
        ("organisations", "group_member", "无", "否"),
        ("organisations", "rating", "5A", "5A"),
        ("organisations", "rating", "AAAAA", "5A"),
        ("organisations", "rating", "5A级", "5A"),
        ("organisations", "rating", "５Ａ", "5A"),
        ("organisations", "rating", "3a", "3A"),
        ("exam_entries", "level", "助理社会工作师", "初级"),
        ("exam_entries", "level", "社工师", "中级"),
        ("public_posts", "post", "市人大代表", "人大代表"),
        ("batches", "order", "姓名笔划", "姓名笔画"),
        ("attendance", "presence", "√", "出席"),
        ("attendance", "presence", "请　假", "请假"),
        pytest.param("organisations", "rating", "AAAA级", "4A"),
        pytest.param("attendance", "presence", "✓", "出席"),
        pytest.param("attendance", "presence", "✔", "出席"),
        pytest.param("attendance", "presence", "1", "出席"),
        pytest.param("attendance", "presence", "×", "缺席"),
        pytest.param("organisations", "group_member", "√", "市"),
    ],
)
def test_spellings_of_a_choice(table, field, typed, choice):
    assert read(column_type(table, field), typed) == Parsed(choice)


@pytest.mark.parametrize(
    ("table", "field", "typed", "guess"),
    [
        ("organisations", "status", "已备按", "已备案"),
        ("organisations", "type", "社会团休", "社会团体"),
        ("people", "sex", "妇女", "女"),
        ("people", "politics", "九三社员", "九三学社社员"),
        ("people", "politics", "无党派代表人士", "无党派人士"),
        ("inspections", "result", "基本和格", "基本合格"),
    ],
)
def test_a_misspelt_choice_is_refused_and_the_nearest_one_suggested(table, field, typed, guess):
    parsed = read(column_type(table, field), typed)
    assert (parsed.value, code(parsed)) == (None, "CELL-004")
    assert parsed.problem.what == f"填的是“{typed}”，不在可选范围内"
    assert parsed.problem.remedy.startswith(f"是不是“{guess}”？请从下拉列表里选：")


def test_a_choice_near_nothing_is_refused_without_a_guess():
    assert read(Choice(("男", "女")), "丙").problem[1:] == ("填的是“丙”，不在可选范围内", "请从下拉列表里选：男、女")


def test_a_long_list_of_choices_is_cut_in_the_message():
    kind = Choice(tuple(f"第{n}项" for n in range(1, 15)))
    assert (
        read(kind, "甲").problem.remedy
        == "请从下拉列表里选：第1项、第2项、第3项、第4项、第5项、第6项、第7项、第8项、第9项、第10项、第11项、第12项……"
    )


def test_words_that_staff_add_are_choices_too():
    kind = Choice(vocabulary="任职职务")
    assert read(kind, "常务理事").value is None
    assert read(kind, "常务理事", 任职职务=["会长", "常务理事"]) == Parsed("常务理事")
    assert kind.choices({"任职职务": ["会长", "常务理事"]}) == ["会长", "常务理事"]
    assert kind.choices({})[:3] == ["会长", "副会长", "理事长"]


def test_only_choices_have_a_dropdown():
    assert Text().choices({}) == [] and YES_NO.choices({}) == ["是", "否"]


def test_an_exact_choice_wins_over_every_reading_of_it():
    assert match_choice("1", ["是", "1"], {}) == "1"
    assert match_choice("无", ["否", "无"], {"无": "否"}) == "无"
    assert match_choice("1.5", ["1.5", "5"], {}) == "1.5"


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("周一、周三", ("周一", "周三")),
        ("周三，周一", ("周三", "周一")),
        ("星期一；星期天", ("周一", "周日")),
        ("一、三、五", ("周一", "周三", "周五")),
        ("礼拜二\n周四", ("周二", "周四")),
        ("周六/周日", ("周六", "周日")),
        ("周一、周一", ("周一",)),
        ("周一、", ("周一",)),
        (" 周一 、 周二 ", ("周一", "周二")),
        pytest.param("周一／周三", ("周一", "周三")),
    ],
)
def test_several_choices(typed, days):
    assert read(column_type("duty_units", "weekdays"), typed) == Parsed(days)


def test_of_several_choices_the_unknown_one_is_named():
    parsed = read(column_type("events", "tiers"), "核心层、紧蜜层")
    assert parsed.value is None
    assert parsed.problem[1:] == (
        "填的是“紧蜜层”，不在可选范围内",
        "是不是“紧密层”？请从下拉列表里选：核心层、紧密层、大众层",
    )


def test_the_tiers_of_an_event_know_the_same_short_forms_as_the_tier_of_an_organisation():
    assert read(column_type("events", "tiers"), "核心、紧密") == Parsed(("核心层", "紧密层"))


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        (3, "3"),
        (3.0, "3"),
        (0.1, "0.1"),
        (85.125, "85.125"),
        ("30000", "30000"),
        ("30,000.00", "30000.00"),
        ("３０，０００", "30000"),
        ("3万", "30000"),
        ("3.5 万元", "35000"),
        ("2千", "2000"),
        ("3百", "300"),
        ("¥30,000", "30000"),
        ("￥3万", "30000"),
        ("１２人", "12"),
        ("120人次", "120"),
        ("6学时", "6"),
        ("1.5小时", "1.5"),
        ("85分", "85"),
        ("−1", "-1"),
        ("－2", "-2"),
        ("0", "0"),
    ],
)
def test_read_number(typed, number):
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "三万",
        "叁万元整",
        "约300",
        "3-5",
        "3~5",
        "50/60",
        "1e3",
        "十",
        "3万5",
        "1.5.2",
        "100%",
        "缺考",
        "=1+1",
        True,
        float("nan"),
        float("inf"),
        float("-inf"),
        datetime.date(2026, 1, 1),
        datetime.time(9),
        datetime.timedelta(1),
    ],
)
def test_what_is_no_number(typed):
    assert read_number(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("3，5"),
        pytest.param("12,34"),
        pytest.param("50 60"),
    ],
)
def test_two_numbers_in_a_cell_are_not_run_together(typed):
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("table", "field", "typed", "value"),
    [
        ("organisations", "individual_members", "120人", 120),
        ("organisations", "individual_members", 120.0, 120),
        ("organisations", "unit_members", "12个", 12),
        ("organisations", "funds", 3.0, 3),
        ("organisations", "funds", "3", 3),
        ("organisations", "funds", "3万", 3),
        ("organisations", "funds", "3万元", 3),
        ("organisations", "funds", "30000元", 3),
        ("organisations", "funds", "3.5万元", Decimal("3.5")),
        ("projects", "amount", "5万", 50000),
        ("projects", "amount", "50,000.00元", 50000),
        ("events", "hours", "6学时", 6),
        ("exam_entries", "year", 2026.0, 2026),
        ("exam_entries", "year", "２０２６", 2026),
        pytest.param("exam_entries", "year", "2026年", 2026),
        pytest.param("inspections", "year", "2025年度", 2025),
        pytest.param("organisations", "term_years", "5年", 5),
        pytest.param("batches", "notice_days", "5个工作日", 5),
        pytest.param("organisations", "unit_members", "12家", 12),
    ],
)
def test_numbers_of_the_registry(table, field, typed, value):
    assert read(column_type(table, field), typed) == Parsed(value)


@pytest.mark.parametrize(
    ("kind", "typed", "what"),
    [
        (Number(), "若干", "填的是“若干”，读不出数字"),
        (Number(), True, "填的是“是”，读不出数字"),
        (Number(), "-1", "填的是“-1”，超出范围 0～"),
        (Number(1, 10, whole=True), 5.5, "填的是“5.5”，不是整数"),
        (Number(1, 10, whole=True), "11", "填的是“11”，超出范围 1～10"),
        (Number(1, 10, whole=True), 0.0, "填的是“0”，超出范围 1～10"),
        (Number(most=100), "100.5", "填的是“100.5”，超出范围 0～100"),
        (Number(least=None, most=5), 6, "填的是“6”，超出范围 ～5"),
    ],
)
def test_a_number_that_cannot_be_right(kind, typed, what):
    parsed = read(kind, typed)
    assert (parsed.value, code(parsed), parsed.problem.what) == (None, "CELL-007", what)


@pytest.mark.parametrize("edge", [1, 10])
def test_the_limits_themselves_are_allowed(edge):
    assert read(Number(1, 10, whole=True), edge) == Parsed(edge)


def test_a_whole_number_is_an_int_and_any_other_exact():
    assert type(read(Number(whole=True), "3.0").value) is int
    assert read(Number(), 0.1).value + read(Number(), 0.2).value == Decimal("0.3")


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        (Number(), "数字"),
        (Number(whole=True, unit="人"), "整数（人）"),
        (Number(unit="万元"), "数字（万元）"),
        (Score(), "成绩"),
        (PeopleOrPercent(), "人数或百分比"),
    ],
)
def test_labels(kind, label):
    assert kind.label == label


@pytest.mark.parametrize(
    ("typed", "number", "is_percent", "text"),
    [
        (3.0, "3", False, "3"),
        ("3", "3", False, "3"),
        ("3人", "3", False, "3"),
        (0.0, "0", False, "0"),
        ("30%", "30", True, "30%"),
        ("３０％", "30", True, "30%"),
        ("30 %", "30", True, "30%"),
        (0.3, "30", True, "30%"),
        (0.07, "7", True, "7%"),
        ("0.3", "30", True, "30%"),
        ("0.5%", "0.5", True, "0.5%"),
        ("33.3%", "33.3", True, "33.3%"),
        ("100%", "100", True, "100%"),
    ],
)
def test_people_or_percent(typed, number, is_percent, text):
    parsed = read(PeopleOrPercent(), typed)
    assert parsed == Parsed(Quantity(Decimal(number), is_percent))
    assert str(parsed.value) == text


@pytest.mark.parametrize("typed", ["101%", "-1", "2.5", 2.5, "1/3", "三分之一", "不限", "%", True, float("nan")])
def test_neither_people_nor_percent(typed):
    parsed = read(PeopleOrPercent(), typed)
    assert (parsed.value, code(parsed)) == (None, "CELL-007")
    assert parsed.problem.remedy == "请填整数（如 3）或百分比（如 30%）"


@pytest.mark.parametrize("typed", ["1" * 40, 1e300], ids=["40 digits", "1e300"])
def test_a_huge_number_of_people_is_a_finding(typed):
    assert code(read(PeopleOrPercent(), typed)) == "CELL-007"


@pytest.mark.parametrize(
    ("quantity", "total", "least", "most"),
    [
        ("30%", 10, 3, 3),
        ("30%", 4, 2, 1),
        ("40%", 6, 3, 2),
        ("60%", 5, 3, 3),
        ("33.3%", 3, 1, 0),
        ("100%", 7, 7, 7),
        ("0%", 7, 0, 0),
        ("3", 10, 3, 3),
        ("3", 2, 3, 3),
        ("50%", 0, 0, 0),
    ],
)
def test_a_percentage_in_people_holds_on_both_sides(quantity, total, least, most):
    """中共 ≤ 40% of six is two, 非中共 ≥ 60% of six is four: rounding must never break the quota it stands for."""
    value = read(PeopleOrPercent(), quantity).value
    assert (value.people(total, at_least=True), value.people(total, at_least=False)) == (least, most)


@given(st.integers(0, 100), st.integers(0, 500))
@settings(max_examples=examples(80), deadline=None)
def test_at_least_and_at_most_complete_each_other(percent, total):
    """At least p% women is the same demand as at most (100 − p)% men."""
    least = Quantity(Decimal(percent), True).people(total, at_least=True)
    most = Quantity(Decimal(100 - percent), True).people(total, at_least=False)
    assert least + most == total


# -- exam results -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "mark"),
    [
        (60.0, Mark("有成绩", Decimal(60))),
        ("60", Mark("有成绩", Decimal(60))),
        ("85.5分", Mark("有成绩", Decimal("85.5"))),
        ("０", Mark("有成绩", Decimal(0))),
        (-1.0, Mark("缺考")),
        ("-1", Mark("缺考")),
        ("−1", Mark("缺考")),
        ("－１", Mark("缺考")),
        ("缺考", Mark("缺考")),
        ("缺", Mark("缺考")),
        (-2, Mark("违纪")),
        ("违纪", Mark("违纪")),
        (-4.0, Mark("无效")),
        ("作废", Mark("无效")),
        ("成绩无效", Mark("无效")),
        ("合格", Mark("合格")),
        ("通过", Mark("合格")),
        ("不合格", Mark("不合格")),
        ("未通过", Mark("不合格")),
        pytest.param("缺　考", Mark("缺考")),
        pytest.param("合 格", Mark("合格")),
    ],
)
def test_score(typed, mark):
    assert read(Score(), typed) == Parsed(mark)


@pytest.mark.parametrize("typed", [-3, "-5", -0.5, "优秀", "60/100", True, datetime.date(2026, 6, 1), float("nan")])
def test_what_is_no_score(typed):
    parsed = read(Score(), typed)
    assert (parsed.value, code(parsed)) == (None, "CELL-014")
    assert parsed.problem.remedy == "请填分数，或从 缺考、违纪、无效、合格 里选一个"


@pytest.mark.parametrize("minus", [-1, -2, -4])
def test_a_code_is_never_taken_for_points(minus):
    assert read(Score(), minus).value.points is None


def test_the_codes_of_the_exam_platform_are_those_of_the_vocabulary():
    assert read(Score(), "-5", 成绩代码=["-1=缺考", "-2=违纪", "-4=无效", "-5=缺考"]) == Parsed(Mark("缺考"))


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        ("85.125", 2, "85.13"),
        ("85.124", 2, "85.12"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("1.005", 2, "1.01"),
        ("-0.5", 0, "-1"),
        ("66.6666", 1, "66.7"),
    ],
)
def test_rounding_as_on_paper(number, places, rounded):
    assert half_up(Decimal(number), places) == Decimal(rounded)


# -- what holds for every type ----------------------------------------------------------------------------------------

TYPES = [
    Text(), Name(), YES_NO, column_type("organisations", "rating"), column_type("people", "politics"),
    column_type("duty_units", "weekdays"), Number(), Number(1, 10, whole=True, unit="年"), Number(unit="万元"), PeopleOrPercent(),
    Score(), Date(), YearMonth(), DateTime(needs_time=True), Key("ZZ"), Reference("people"), IdCard(), CreditCode(), Phone(), Email(),
]  # fmt: skip
IDS = [f"{i}-{type(kind).__name__}" for i, kind in enumerate(TYPES)]
#: Characters that the parsers look at, so that random strings come near to what they accept.
_TELLING = (
    "0123456789０９٣²①一二十〇○年月日号点时分上下午XxAaＡ.-/:：()（）、，; \n\u3000+%％万元人级@√是否男女周星期·'"
)
RAW = st.one_of(
    st.text(max_size=20),
    st.text(_TELLING, max_size=20),
    st.floats(-1e20, 1e20),
    st.integers(-(10**20), 10**20),
    st.integers(1900, 210013).map(float),
    st.datetimes(datetime.datetime(1900, 1, 1), datetime.datetime(2100, 12, 31)),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)),
    st.times(),
    st.timedeltas(),
    st.booleans(),
).filter(lambda raw: not is_blank(raw))


@pytest.mark.parametrize("kind", TYPES, ids=IDS)
@given(raw=RAW)
@settings(max_examples=examples(100), deadline=None)
def test_nothing_a_cell_may_hold_stops_the_reading(kind, raw):
    """Never an exception; a value that cannot be read is missing AND a finding (design.md, idea 1)."""
    value, problem = read(kind, raw)
    assert value is not None or problem is not None
    assert problem is None or (problem.rule in READING_RULES.values() and problem.what and problem.remedy)


@pytest.mark.parametrize(
    "kind", [Date(), YearMonth(), DateTime(), IdCard(), CreditCode()], ids=lambda kind: type(kind).__name__
)
@pytest.mark.parametrize("raw", [float("nan"), float("inf"), float("-inf")], ids=["nan", "inf", "-inf"])
def test_a_float_that_is_no_number_is_a_finding(kind, raw):
    assert read(kind, raw).problem is not None


@pytest.mark.parametrize("kind", TYPES, ids=IDS)
@given(raw=RAW)
@settings(max_examples=examples(100), deadline=None)
def test_what_was_understood_is_understood_again(kind, raw):
    """A typed value written back into the cell reads as itself, and with no new complaint."""
    value, problem = read(kind, raw)
    if value is None or is_blank(shown(value)):
        return
    again = read(kind, shown(value))
    assert again.value == value
    assert problem is not None or again.problem is None


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Number(), Decimal("1.50"), "1.50"),
        (Number(unit="万元"), Decimal(30000), "30000"),
        (PeopleOrPercent(), Quantity(Decimal("33.3"), True), "33.3%"),
        (PeopleOrPercent(), Quantity(Decimal(2), False), "2"),
        (Score(), Mark("有成绩", Decimal("85.5")), "85.5"),
        (Score(), Mark("不合格"), "不合格"),
        (MultiChoice(("甲", "乙")), ("乙", "甲"), "乙、甲"),
        (DateTime(needs_time=True), datetime.datetime(2026, 3, 8, 9, 5), "2026-03-08 09:05"),
        (Date(), datetime.date(2026, 3, 8), "2026-03-08"),
        (Phone(), "0574-62701234", "0574-62701234"),
        (Name(), "阿依古丽·买买提", "阿依古丽·买买提"),
    ],
)
def test_clean_values_read_as_themselves(kind, value, text):
    assert shown(value) == text
    assert read(kind, text) == Parsed(value)


# -- in the registry --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "sheet", "column", "raw"),
    [
        ("CELL-004", "人员", "性别", "妇女"),
        ("CELL-004", "社会组织", "服务领域", "志愿服务、钓鱼"),
        ("CELL-007", "社会组织", "个人会员数", "若干"),
        ("CELL-007", "结构要求", "最少", "2.5"),
        ("CELL-014", "报考", "成绩", "优秀"),
        ("CELL-005", "社会组织", "登记日期", "2019.8"),
        ("CELL-006", "人员", "出生年月", 1980.1),
        ("CELL-016", "社会组织", "登记日期", 43678.0),
        ("CELL-017", "培训活动", "开始时间", "2026-03-08"),
        ("CELL-008", "人员", "手机", "665533"),
        ("CELL-009", "人员", "身份证号", 3.30281198001011e17),
        ("CELL-010", "人员", "身份证号", "33028119800101"),
        ("CELL-015", "人员", "身份证号", "330281800101001"),
        ("CELL-011", "社会组织", "统一社会信用代码", "91350100M00010OY43"),
        ("CELL-012", "社会组织", "统一社会信用代码", "91350100M000100Y44"),
        ("CELL-013", "人员", "邮箱", "wxh@163"),
    ],
)
def test_each_kind_of_bad_cell_is_found_at_its_cell(rule, sheet, column, raw):
    second = {"结构要求": "维度", "报考": "科目"}.get(sheet, "备注")
    assert findings(rule, **{sheet: [[second, column], ["甲", ""], ["乙", raw]]}) == [(sheet, "B3")]  # type: ignore[arg-type]


@pytest.mark.parametrize("raw", ["待办", "余姚"])
def test_no_remedy_ends_with_two_full_stops(raw):
    found = registry(社会组织=[["统一社会信用代码"], [raw]]).findings
    assert [f.remedy for f in found if f.code == "CELL-011"] == ["请对照登记证书核对。"]


def test_a_bad_cell_says_whose_it_is_what_is_wrong_the_rule_and_the_remedy():
    found = registry(人员="姓名 | 性别\n王 小红 | 妇女").findings
    finding = next(f for f in found if f.code == "CELL-004")
    assert finding.place == "人员台账.xlsx › 人员 › B2"
    assert finding.value == "妇女"
    assert finding.message == "王小红的“性别”填的是“妇女”，不在可选范围内。规定：只能填可选范围里的内容。"
    assert finding.remedy == "是不是“女”？请从下拉列表里选：男、女。"


def test_codes_and_titles_of_the_cell_rules_are_their_own():
    codes = [code for code in READING_RULES if code.startswith("CELL")]
    assert codes == [f"CELL-{n:03d}" for n in range(1, 27)]
    assert len({rule.title for rule in READING_RULES.values()}) == len(READING_RULES)


def test_a_field_type_must_say_how_it_reads():
    with pytest.raises(NotImplementedError):
        FieldType().parser({})


def test_problem_and_parsed_are_plain_tuples():
    problem = Problem(REQUIRED, "没填", "请补上")
    assert Parsed(None, problem) == (None, (REQUIRED, "没填", "请补上"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("负责人\n培训班", "负责人培训班"),
        ("三楼 \n 会议室", "三楼会议室"),
        ("Excel\n2016", "Excel 2016"),
        ("A\n班", "A班"),
        ("一\n二\n三", "一二三"),
    ],
)
def test_words_of_one_line_are_joined(typed, read):
    value, problem = Line().parser({})(typed)
    assert (value, problem.rule.code) == (read, "CELL-019")
    assert Line().parser({})(read) == (read, None)
    assert Text().parser({})(typed) == (typed, None)
