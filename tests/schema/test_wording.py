"""Values as words in a 公文: no padded zeros, no None, no trailing .0."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.schema.dates import Month, read_day
from jinguo.schema.numbers import Mark
from jinguo.schema.wording import day_words, record_words, span_words, time_words, weekday_words, words
from tests.helpers import examples

DAY = datetime.date
AT = datetime.datetime


@pytest.mark.parametrize(
    ("day", "text", "weekday"),
    [
        (DAY(2026, 3, 8), "2026年3月8日", "星期日"),
        (DAY(2026, 10, 15), "2026年10月15日", "星期四"),
        (DAY(2027, 1, 1), "2027年1月1日", "星期五"),
        (DAY(2026, 2, 16), "2026年2月16日", "星期一"),
    ],
)
def test_days(day, text, weekday):
    assert (day_words(day), weekday_words(day)) == (text, weekday)


@pytest.mark.parametrize(
    ("hour", "minute", "text"), [(9, 0, "9:00"), (9, 5, "9:05"), (13, 30, "13:30"), (0, 0, "0:00"), (23, 59, "23:59")]
)
def test_times(hour, minute, text):
    assert time_words(AT(2026, 3, 8, hour, minute)) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (AT(2026, 3, 8, 9), AT(2026, 3, 8, 16, 30), "2026年3月8日（星期日）9:00—16:30"),
        (AT(2026, 3, 8, 9), None, "2026年3月8日（星期日）9:00"),
        (AT(2026, 3, 8), None, "2026年3月8日（星期日）"),
        (AT(2026, 3, 8, 9), AT(2026, 3, 10, 11, 30), "2026年3月8日（星期日）9:00至2026年3月10日（星期二）11:30"),
        (AT(2026, 3, 8), AT(2026, 3, 10), "2026年3月8日（星期日）至2026年3月10日（星期二）"),
        (AT(2026, 12, 31, 14), AT(2027, 1, 1), "2026年12月31日（星期四）14:00至2027年1月1日（星期五）"),
        (AT(2026, 3, 8, 9), AT(2026, 3, 8), "2026年3月8日（星期日）9:00"),
        (AT(2026, 3, 8, 9), AT(2026, 3, 7, 16), "2026年3月8日（星期日）9:00"),
        (AT(2026, 3, 8, 9), AT(2026, 3, 8, 9), "2026年3月8日（星期日）9:00"),
    ],
    ids=[
        "one day",
        "no end",
        "no hours",
        "three days",
        "days only",
        "over the year",
        "end without hour",
        "end before start",
        "no length",
    ],
)
def test_spans(start, end, text):
    assert span_words(start, end) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        ("余姚市妇联", "余姚市妇联"),
        (40, "40"),
        (Decimal("85.0"), "85"),
        (Decimal("100"), "100"),
        (Decimal("12000"), "12000"),
        (Decimal("2.50"), "2.5"),
        (Decimal("0.00"), "0"),
        (DAY(2026, 3, 8), "2026年3月8日"),
        (AT(2026, 3, 8, 9, 30), "2026年3月8日（星期日）9:30"),
        (Month(1980, 5), "1980.05"),
        (Month(2003, 12), "2003.12"),
        (("志愿服务", "救助帮扶"), "志愿服务、救助帮扶"),
        (("志愿服务",), "志愿服务"),
        ((), ""),
        ((Month(2003, 9), Month(2007, 6)), "2003.09、2007.06"),
        (Mark("缺考"), "缺考"),
        (Mark("有成绩", Decimal("61.5")), "61.5"),
        (Mark("有成绩", Decimal("0")), "0"),
    ],
)
def test_any_typed_value(value, text):
    assert words(value) == text


def test_a_record_keeps_its_headers():
    record = {"出生年月": Month(1980, 5), "面向层级": ("核心层", "紧密层"), "名额": None, "报名截止": DAY(2026, 3, 1)}
    assert record_words(record) == {
        "出生年月": "1980.05",
        "面向层级": "核心层、紧密层",
        "名额": "",
        "报名截止": "2026年3月1日",
    }


@given(st.dates(DAY(1900, 1, 1), DAY(2100, 12, 31)))
@settings(max_examples=examples(60), deadline=None)
def test_a_day_in_words_is_read_back(day):
    assert read_day(day_words(day)) == day


@given(st.decimals(0, 10**9, places=4))
@settings(max_examples=examples(60), deadline=None)
def test_a_number_in_words_is_the_same_number_without_needless_zeros(number):
    text = words(number)
    assert Decimal(text) == number
    assert "E" not in text and not ("." in text and text.endswith("0"))
