"""Comparing a value with what a requirement or a quota asks: ten comparisons, every kind of field, and unknown never
passes."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.nominations.attributes import CERTIFICATE, Attribute
from jinguo.nominations.conditions import BadCondition, compare, quota_matches
from jinguo.schema import TABLES
from jinguo.schema.dates import Month
from jinguo.schema.nomination_tables import COMPARISONS
from jinguo.schema.numbers import Number
from jinguo.schema.types import FieldType, Text
from tests.helpers import examples

PEOPLE, ORGANISATIONS = TABLES["people"].by_name, TABLES["organisations"].by_name
TYPES: dict[str, FieldType] = {
    "学历": PEOPLE["education"].type,
    "政治面貌": PEOPLE["politics"].type,
    "户籍地": PEOPLE["household"].type,
    "出生年月": PEOPLE["born"].type,
    "信息使用同意日期": PEOPLE["consent_date"].type,
    "入会日期": ORGANISATIONS["member_since"].type,
    "层级": ORGANISATIONS["tier"].type,
    "评估等级": ORGANISATIONS["rating"].type,
    "服务领域": ORGANISATIONS["fields_of_service"].type,
    "进驻市中心": ORGANISATIONS["resident"].type,
    "个人会员数": ORGANISATIONS["individual_members"].type,
    "学时": Number(unit="学时"),
    "证书": CERTIFICATE,
    "社会职务": Text(),
}


def attribute(name: str, value: Any) -> Attribute:
    return Attribute(value, "人员台账.xlsx › 人员 › A2", TYPES[name])


def outcome(name: str, value: Any, comparison: str, wanted: str) -> str:
    """The outcome, or 条件不通 where the condition makes no sense."""
    try:
        return compare(attribute(name, value), comparison, wanted, {})
    except BadCondition:
        return "条件不通"


D, DAY = Decimal, datetime.date
YES, NO, UNKNOWN, BAD = "符合", "不符合", "缺材料", "条件不通"


@pytest.mark.parametrize(
    ("name", "value", "comparison", "wanted", "expected"),
    [
        ("学历", "本科", "等于", "本科", YES),
        ("学历", "本科", "等于", "大学", YES),
        ("学历", "大专", "等于", "本科", NO),
        ("学历", "本科", "等于", "清华", BAD),
        ("学历", "本科", "不等于", "本科", NO),
        ("学历", "大专", "不等于", "本科", YES),
        ("学历", "大专", "不等于", "本科、硕士", YES),
        ("学历", "硕士研究生", "不等于", "本科、硕士", NO),
        ("学历", "大专", "不少于", "大专", YES),
        ("学历", "本科", "不少于", "大专", YES),
        ("学历", "中专", "不少于", "大专", NO),
        ("学历", "博士研究生", "不少于", "专科", YES),
        ("学历", "大专", "不多于", "大专", YES),
        ("学历", "本科", "不多于", "大专", NO),
        ("学历", "小学", "不多于", "大专", YES),
        ("学历", "本科", "不少于", "大学肄业", BAD),
        ("学历", "本科", "早于", "2020-01-01", BAD),
        ("学历", "本科", "晚于", "2020-01-01", BAD),
        ("学历", "本科", "属于", "本科、硕士研究生、博士研究生", YES),
        ("学历", "大专", "属于", "本科、硕士研究生、博士研究生", NO),
        ("学历", "本科", "属于", "大专，本科；硕士", YES),
        ("学历", "本科", "属于", "大专/本科", YES),
        ("学历", "本科", "属于", "本科、清华", BAD),
        ("学历", "本科", "包含", "本科", YES),
        ("学历", "本科", "包含", "大专", NO),
        ("政治面貌", "中共党员", "等于", "党员", YES),
        ("政治面貌", "中共预备党员", "等于", "党员", NO),
        ("政治面貌", "群众", "属于", "群众、无党派人士", YES),
        ("评估等级", "5A", "不少于", "3A", YES),
        ("评估等级", "3A", "不少于", "3A级", YES),
        ("评估等级", "2A", "不少于", "AAA", NO),
        ("评估等级", "2A", "不多于", "3A", YES),
        ("证书", "中级", "不少于", "初级", YES),
        ("证书", "无", "不少于", "初级", NO),
        ("证书", "无", "等于", "无", YES),
        ("证书", "初级", "属于", "中级、高级", NO),
        ("进驻市中心", "是", "等于", "√", YES),
        ("进驻市中心", "否", "等于", "是", NO),
    ],
)
def test_choices(name, value, comparison, wanted, expected):
    assert outcome(name, value, comparison, wanted) == expected


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [
        (D("40"), "不少于", "40", YES),
        (D("39.5"), "不少于", "40", NO),
        (D("40.5"), "不少于", "40", YES),
        (D("40"), "不多于", "40", YES),
        (D("40.01"), "不多于", "40", NO),
        (D("0"), "不少于", "0", YES),
        (D("0"), "不少于", "1", NO),
        (D("40"), "不少于", "40学时", YES),
        (D("40"), "不少于", "40 小时", YES),
        (D("40"), "不少于", "４０", YES),
        (D("40"), "不多于", "40周岁", YES),
        (D("41"), "不多于", "40 岁", NO),
        (D("80"), "不少于", "80%", YES),
        (D("79.9"), "不少于", "80%", NO),
        (D("30000"), "不少于", "3万", YES),
        (D("29999"), "不少于", "3万", NO),
        (D("40"), "等于", "40", YES),
        (D("10.5"), "等于", "10.5", YES),
        (D("41"), "等于", "40", NO),
        (D("41"), "不等于", "40", YES),
        (D("40"), "不等于", "40", NO),
        (D("2"), "属于", "1、2、3", YES),
        (D("4"), "属于", "1、2、3", NO),
        (D("40"), "不少于", "四十几", BAD),
        (D("40"), "不多于", "", BAD),
        (D("40"), "等于", "很多", BAD),
        (D("40"), "属于", "1、很多", BAD),
        (D("40"), "早于", "2020-01-01", BAD),
        (D("40"), "晚于", "2020-01-01", BAD),
        (D("40"), "早于", "40", BAD),
    ],
)
def test_numbers(value, comparison, wanted, expected):
    assert outcome("学时", value, comparison, wanted) == expected


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [(50, "不少于", "50", YES), (49, "不少于", "50人", NO), (50, "等于", "50", YES), (50, "不多于", "49", NO)],
)
def test_whole_numbers(value, comparison, wanted, expected):
    assert outcome("个人会员数", value, comparison, wanted) == expected


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [
        (D("12.0"), "等于", "12", YES),
        (D("100.0"), "等于", "100", YES),
        (D("100.0"), "属于", "90、100", YES),
        (D("12.0"), "不等于", "12", NO),
        (D("10.50"), "等于", "10.5", YES),
    ],
)
def test_numbers_are_equal_whatever_zeros_they_end_in(value, comparison, wanted, expected):
    assert outcome("学时", value, comparison, wanted) == expected


def test_a_full_width_percent_sign():
    assert outcome("学时", D("70"), "不少于", "60％") == YES


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [
        (DAY(2019, 3, 7), "早于", "2019-03-08", YES),
        (DAY(2019, 3, 8), "早于", "2019-03-08", NO),
        (DAY(2019, 3, 8), "晚于", "2019-03-08", NO),
        (DAY(2019, 3, 9), "晚于", "2019-03-08", YES),
        (DAY(2019, 3, 7), "早于", "2019年3月8日", YES),
        (DAY(2019, 3, 7), "早于", "2019/3/8", YES),
        (DAY(2019, 3, 7), "早于", "2019.3.8", YES),
        (DAY(2019, 2, 28), "早于", "2019.03", YES),
        (DAY(2019, 3, 1), "早于", "2019.03", NO),
        (DAY(2019, 3, 31), "晚于", "2019.03", NO),
        (DAY(2019, 4, 1), "晚于", "2019.03", YES),
        (datetime.datetime(2019, 3, 8, 9), "晚于", "2019-03-08", NO),
        (datetime.datetime(2019, 3, 9, 9), "晚于", "2019-03-08", YES),
        (DAY(2019, 3, 8), "等于", "2019-03-08", YES),
        (DAY(2019, 3, 9), "等于", "2019-03-08", NO),
        (DAY(2019, 3, 8), "早于", "去年", BAD),
        (DAY(2019, 3, 8), "晚于", "", BAD),
        (DAY(2019, 3, 8), "早于", "2019-02-30", BAD),
        (DAY(2019, 3, 8), "不少于", "2019", BAD),
        (DAY(2019, 3, 8), "不多于", "2019-03-08", BAD),
    ],
)
def test_dates(value, comparison, wanted, expected):
    assert outcome("入会日期", value, comparison, wanted) == expected


@pytest.mark.parametrize("wanted", ["2019年3月8日", "2019.3.8", "2019/3/8", "2019-3-8"])
def test_a_date_is_equal_however_it_is_written(wanted):
    assert outcome("入会日期", DAY(2019, 3, 8), "等于", wanted) == YES


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [
        (Month(1980, 4), "早于", "1980.05", YES),
        (Month(1980, 5), "早于", "1980.05", NO),
        (Month(1980, 5), "晚于", "1980.05", NO),
        (Month(1980, 6), "晚于", "1980.05", YES),
        (Month(1979, 12), "早于", "1980年1月", YES),
        (Month(1980, 4), "早于", "1980-05-20", YES),
        (Month(1980, 5), "早于", "1980-05-20", NO),
        (Month(1980, 5), "晚于", "1980-05-20", NO),
        (Month(1980, 6), "晚于", "1980-05-20", YES),
        (Month(1980, 5), "等于", "1980.05", YES),
        (Month(1980, 5), "等于", "1980年5月", YES),
        (Month(1980, 5), "等于", "1980-5", YES),
        (Month(1980, 10), "等于", "1980.01", NO),
        (Month(1980, 5), "不等于", "1980.05", NO),
        (Month(1980, 5), "属于", "1980.04、1980.05", YES),
        (Month(1980, 5), "不少于", "1980", BAD),
        (Month(1980, 5), "早于", "八十年代", BAD),
    ],
)
def test_months(value, comparison, wanted, expected):
    """A month lies before or after a day only where all of it does: within the day's own month the answer is no."""
    assert outcome("出生年月", value, comparison, wanted) == expected


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [
        ("浙江余姚", "等于", "浙江余姚", YES),
        ("浙江余姚", "等于", "余姚", NO),
        ("浙江余姚", "不等于", "余姚", YES),
        ("浙江余姚", "不等于", "浙江余姚", NO),
        ("浙江余姚", "包含", "余姚", YES),
        ("浙江慈溪", "包含", "余姚", NO),
        ("浙江余姚", "包含", "浙江、余姚", YES),
        ("浙江慈溪", "包含", "浙江、余姚", NO),
        ("浙江余姚", "属于", "浙江慈溪、浙江余姚", YES),
        ("浙江余姚", "属于", "浙江慈溪、余姚", NO),
        ("浙江余姚", "不少于", "3", BAD),
        ("浙江余姚", "不多于", "余姚", BAD),
        ("浙江余姚", "早于", "2020-01-01", BAD),
        ("浙江余姚", "晚于", "2020.01", BAD),
        ("浙江余姚", "为空", "", NO),
        ("浙江余姚", "不为空", "", YES),
    ],
)
def test_text(value, comparison, wanted, expected):
    assert outcome("户籍地", value, comparison, wanted) == expected


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [
        (("为老服务", "助残服务"), "包含", "助残服务", YES),
        (("为老服务", "助残服务"), "包含", "助残服务、为老服务", YES),
        (("为老服务", "助残服务"), "包含", "助残服务、女性创业", NO),
        (("为老服务",), "属于", "助残服务、为老服务", YES),
        (("为老服务",), "属于", "助残服务、女性创业", NO),
        (("为老服务",), "等于", "为老服务", YES),
        (("为老服务",), "不等于", "为老服务", NO),
        (("为老服务",), "不等于", "助残服务", YES),
        (("为老服务",), "包含", "养鸡", BAD),
        (("为老服务",), "为空", "", NO),
        (("为老服务",), "不为空", "", YES),
        ((), "为空", "", YES),
        ((), "不为空", "", NO),
        ((), "包含", "为老服务", NO),
        (("为老服务",), "早于", "2020-01-01", BAD),
    ],
)
def test_several_choices(value, comparison, wanted, expected):
    assert outcome("服务领域", value, comparison, wanted) == expected


@pytest.mark.parametrize(
    ("value", "comparison", "wanted", "expected"),
    [
        (("人大代表", "妇联执委"), "包含", "妇联执委", YES),
        (("人大代表",), "包含", "妇联执委", NO),
        (("人大代表",), "不等于", "人大代表、政协委员", NO),
        (("妇联执委",), "不等于", "人大代表、政协委员", YES),
        ((), "不等于", "人大代表", YES),
        ((), "等于", "人大代表", NO),
        ((), "为空", "", YES),
    ],
)
def test_lists_of_words(value, comparison, wanted, expected):
    assert outcome("社会职务", value, comparison, wanted) == expected


SENSIBLE = [
    ("学历", "等于", "本科"),
    ("学历", "不等于", "本科"),
    ("学历", "不少于", "小学"),
    ("学历", "不多于", "博士研究生"),
    ("学历", "属于", "小学、本科"),
    ("学历", "包含", "本科"),
    ("户籍地", "等于", "余姚"),
    ("户籍地", "不等于", "余姚"),
    ("户籍地", "包含", "余姚"),
    ("个人会员数", "不少于", "0"),
    ("个人会员数", "不多于", "999"),
    ("个人会员数", "不等于", "5"),
    ("入会日期", "早于", "2099-12-31"),
    ("入会日期", "晚于", "1901-01-01"),
    ("出生年月", "早于", "2099.12"),
    ("出生年月", "晚于", "1901.01"),
    ("出生年月", "不等于", "1980.05"),
    ("服务领域", "包含", "为老服务"),
    ("服务领域", "不等于", "为老服务"),
]


@pytest.mark.parametrize(("name", "comparison", "wanted"), SENSIBLE)
def test_an_unknown_value_is_missing_whatever_is_asked(name, comparison, wanted):
    assert outcome(name, None, comparison, wanted) == UNKNOWN


@pytest.mark.parametrize("name", list(TYPES))
def test_an_unknown_value_is_empty(name):
    assert (outcome(name, None, "为空", ""), outcome(name, None, "不为空", "")) == (YES, NO)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("学时", D("0")),
        ("个人会员数", 0),
        ("学历", "小学"),
        ("出生年月", Month(1980, 5)),
        ("入会日期", DAY(2019, 3, 8)),
        ("证书", "初级"),
    ],
)
def test_a_value_is_not_empty_even_if_it_is_nought(name, value):
    assert (outcome(name, value, "为空", ""), outcome(name, value, "不为空", "")) == (NO, YES)


def test_no_certificate_is_an_empty_certificate():
    assert (outcome("证书", "无", "不为空", ""), outcome("证书", "无", "为空", "")) == (NO, YES)


@pytest.mark.parametrize(
    ("name", "comparison", "wanted"),
    [
        ("学时", "不少于", "很多"),
        ("学历", "等于", "清华"),
        ("学历", "不少于", "清华"),
        ("入会日期", "早于", "去年"),
        ("户籍地", "不多于", "5"),
    ],
)
def test_a_bad_condition_shows_even_where_the_value_is_unknown(name, comparison, wanted):
    assert outcome(name, None, comparison, wanted) == BAD


@pytest.mark.parametrize("name", ["户籍地", "学历", "学时"])
def test_comparing_days_in_a_column_without_days_shows_even_where_the_value_is_unknown(name):
    assert outcome(name, None, "早于", "2020-01-01") == BAD


@pytest.mark.parametrize("comparison", ["等于", "不等于", "包含", "属于"])
@pytest.mark.parametrize(
    ("name", "value"), [("户籍地", "浙江余姚"), ("学历", "本科"), ("学时", D("6")), ("服务领域", ("为老服务",))]
)
@pytest.mark.parametrize("wanted", ["", "、"])
def test_a_comparison_without_a_wanted_value_makes_no_sense(name, value, comparison, wanted):
    assert outcome(name, value, comparison, wanted) == BAD


@pytest.mark.parametrize("comparison", ["不少于", "不多于"])
def test_several_choices_have_no_more_and_less(comparison):
    assert outcome("服务领域", ("为老服务",), comparison, "为老服务") == BAD


def test_the_core_tier_is_not_less_than_the_close_tier():
    assert outcome("层级", "核心层", "不少于", "紧密层") in (YES, BAD)
    assert outcome("层级", "大众层", "不少于", "紧密层") in (NO, BAD)


def test_containing_a_part_of_a_choice():
    assert outcome("学历", "博士研究生", "包含", "研究生") == YES


def test_a_text_with_a_separator_in_it_equals_itself():
    assert outcome("户籍地", "浙江余姚、宁波海曙", "等于", "浙江余姚、宁波海曙") == YES


@pytest.mark.parametrize(
    ("name", "value", "comparison", "wanted", "said"),
    [
        ("学时", D("6"), "不少于", "很多", "不能用“很多”比较多少"),
        ("学时", D("6"), "等于", "很多", "“很多”不是数字"),
        ("户籍地", "余姚", "不少于", "5", "这一栏不是数字，不能比较多少"),
        ("户籍地", "余姚", "早于", "2020-01-01", "这一栏不是日期，不能比较早晚"),
        ("入会日期", DAY(2019, 3, 8), "早于", "去年", "“去年”不是日期"),
        ("进驻市中心", "是", "等于", "不定", "“不定”不在可选范围内（是、否）"),
        ("层级", "核心层", "属于", "核心层、里层", "“里层”不在可选范围内（核心层、紧密层、大众层）"),
        ("证书", "无", "不少于", "特级", "“特级”不在可选范围内（无、初级、中级、高级）"),
    ],
)
def test_what_a_bad_condition_says(name, value, comparison, wanted, said):
    with pytest.raises(BadCondition) as trouble:
        compare(attribute(name, value), comparison, wanted, {})
    assert str(trouble.value) == said


def test_words_that_staff_added_are_choices_in_their_place():
    own = {"学历": ["小学", "初中", "高中", "技校", "大专", "本科"]}
    assert compare(attribute("学历", "技校"), "不少于", "高中", own) == YES
    assert compare(attribute("学历", "技校"), "不少于", "大专", own) == NO
    # Without the word of one's own 技校 is as good as 中专.
    assert outcome("学历", "高中", "等于", "技校") == NO


@pytest.mark.parametrize(
    ("name", "value", "wanted", "counts"),
    [
        ("学时", D("45"), "不多于45", True),
        ("学时", D("46"), "不多于45", False),
        ("学时", D("45"), "不多于 45", True),
        ("学时", D("45"), "≤45岁", True),
        ("学时", D("45"), "<=45", True),
        ("学时", D("46"), "<= 45", False),
        ("学时", D("45"), "≥45", True),
        ("学时", D("44"), ">=45", False),
        ("学时", D("44"), "不少于45", False),
        ("学时", D("45"), "44、45", True),
        ("学时", None, "不多于45", False),
        ("学时", None, "≥0", False),
        ("学历", "本科", "不少于本科", True),
        ("学历", "大专", "不少于本科", False),
        ("学历", "本科", "本科、硕士研究生", True),
        ("学历", "大专", "本科、硕士研究生", False),
        ("学历", None, "本科", False),
        ("政治面貌", "群众", "群众、无党派人士", True),
        ("出生年月", Month(1985, 1), "晚于1984.12", True),
        ("出生年月", Month(1984, 12), "晚于1984.12", False),
        ("入会日期", DAY(2019, 3, 7), "早于2019-03-08", True),
        ("服务领域", ("为老服务", "助残服务"), "助残服务", True),
        ("户籍地", "浙江余姚", " 浙江余姚 ", True),
        ("户籍地", "浙江余姚", "余姚", False),
    ],
)
def test_who_counts_for_a_quota(name, value, wanted, counts):
    assert quota_matches(attribute(name, value), wanted, {}) is counts


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("学时", "45岁以下"),
        ("学时", "不多于四十五左右"),
        ("学历", "不少于清华"),
        ("学历", "党员"),
        ("入会日期", "早于去年"),
    ],
)
def test_a_quota_that_cannot_be_read(name, wanted):
    with pytest.raises(BadCondition):
        quota_matches(attribute(name, None), wanted, {})


_WANTED = st.one_of(
    st.sampled_from(["", "本科", "3", "余姚", "1980.05", "2019-03-08", "为老服务", "、", "是", "80%"]),
    st.text(max_size=8),
)
_NAMES = [name for name in TYPES if name not in ("服务领域",)]


@given(st.sampled_from(_NAMES), st.sampled_from([c for c in COMPARISONS if c != "为空"]), _WANTED)
@settings(max_examples=examples(100))
def test_nothing_passes_an_unknown_value_but_the_question_whether_it_is_empty(name, comparison, wanted):
    assert outcome(name, None, comparison, wanted) in (NO if comparison == "不为空" else UNKNOWN, BAD)


@given(st.integers(0, 200), st.integers(0, 200))
@settings(max_examples=examples(60))
def test_equal_is_both_at_least_and_at_most(value, wanted):
    results = [
        outcome("个人会员数", value, comparison, str(wanted)) for comparison in ("等于", "不少于", "不多于", "不等于")
    ]
    expected = {-1: [NO, NO, YES, YES], 0: [YES, YES, YES, NO], 1: [NO, YES, NO, YES]}
    assert results == expected[(value > wanted) - (value < wanted)]
