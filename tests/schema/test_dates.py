"""Days, months and times in the many ways clerks write them (domain.md §8)."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.schema.dates import Date, DateTime, Month, YearMonth, add_months, month_of, read_day, read_month
from jinguo.schema.problems import Parsed
from tests.helpers import examples, findings, registry
from tests.schema.test_types import code, read

AUGUST_1 = datetime.date(2019, 8, 1)
DAYS = st.dates(datetime.date(1949, 1, 1), datetime.date(2100, 12, 31))

# -- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "2019-08-01",
        "2019-8-1",
        "2019.8.1",
        "2019.08.01",
        "2019/8/1",
        "2019年8月1日",
        "2019年08月01日",
        "2019年8月1号",
        "2019 年 8 月 1 日",
        "20190801",
        20190801,
        20190801.0,
        "２０１９．８．１",
        "２０１９－０８－０１",
        "2019年八月一日",
        "二〇一九年八月一日",
        "二○一九年八月一日",
        "二零一九年八月一日",
        "二0一九年八月一日",
        " 2019-08-01\u200b",
        "2019-08-01\u3000",
        datetime.datetime(2019, 8, 1),
        datetime.datetime(2019, 8, 1, 9, 30),
        AUGUST_1,
        pytest.param("二O一九年八月一日"),
        pytest.param("二Ｏ一九年八月一日"),
        pytest.param("2019-08-01 00:00:00"),
        pytest.param("2019/8/1 9:30"),
        pytest.param("2019年8月1日（星期四）"),
        pytest.param("2019—08—01"),
        pytest.param("2019–08–01"),
    ],
)
def test_spellings_of_a_day(typed):
    assert read(Date(), typed) == Parsed(AUGUST_1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("二〇一九年十月十日", (2019, 10, 10)),
        ("二〇一九年十一月二十日", (2019, 11, 20)),
        ("二〇一九年十二月三十一日", (2019, 12, 31)),
        ("二〇二〇年二月二十九日", (2020, 2, 29)),
        ("一九九九年一月十九日", (1999, 1, 19)),
        ("二〇〇〇年九月九日", (2000, 9, 9)),
        ("2020.2.29", (2020, 2, 29)),
        ("2000-02-29", (2000, 2, 29)),
        ("1949-01-01", (1949, 1, 1)),
        ("2100-12-31", (2100, 12, 31)),
    ],
)
def test_days_in_chinese_numerals_and_at_the_edges(typed, day):
    assert read(Date(), typed) == Parsed(datetime.date(*day))


@pytest.mark.parametrize(
    "typed", ["1900-01-08", "1905.7.14", "1948-12-31", datetime.datetime(1900, 1, 8), datetime.date(1930, 5, 1)]
)
def test_a_day_before_any_record_is_none(typed):
    parsed = read(Date(), typed)
    assert (parsed.value, code(parsed)) == (None, "CELL-005")


@pytest.mark.parametrize(
    ("typed", "what", "remedy"),
    [
        ("2019.8", "“2019.8”只写到月", "请补上日，写成 2019-08-01 的样子"),
        ("2019年8月", "“2019年8月”只写到月", "请补上日，写成 2019-08-01 的样子"),
        ("二〇一九年八月", "“二〇一九年八月”只写到月", "请补上日，写成 2019-08-01 的样子"),
        (2019.8, "“2019.8”只写到月", "请补上日，写成 2019-08-01 的样子"),
        (201908.0, "“201908”只写到月", "请补上日，写成 2019-08-01 的样子"),
        ("2019", "“2019”只写到年", "请补上月和日，写成 2019-08-01 的样子"),
        ("2019年", "“2019年”只写到年", "请补上月和日，写成 2019-08-01 的样子"),
        (2019.0, "“2019”只写到年", "请补上月和日，写成 2019-08-01 的样子"),
        ("19.8.1", "“19.8.1”的年份只有两位", "请写四位年份，如 2019-08-01"),
        ("19年8月1日", "“19年8月1日”的年份只有两位", "请写四位年份，如 2019-08-01"),
        ("2019-02-29", "“2019-02-29”不是真有的一天", "请核对月和日后改正"),
        ("2019.6.31", "“2019.6.31”不是真有的一天", "请核对月和日后改正"),
        ("2019年13月1日", "“2019年13月1日”不是真有的一天", "请核对月和日后改正"),
        ("2019-00-10", "“2019-00-10”不是真有的一天", "请核对月和日后改正"),
        ("2100-02-29", "“2100-02-29”不是真有的一天", "请核对月和日后改正"),
        ("2019年8月底", "“2019年8月底”只写到月", "请补上日，写成 2019-08-01 的样子"),
        ("Aug-19", "“Aug-19”读不出日期", "请写成 2019-08-01 的样子"),
        ("8/1/2019", "“8/1/2019”读不出日期", "请写成 2019-08-01 的样子"),
        ("2019.8.1-2020.7.31", "“2019.8.1-2020.7.31”读不出日期", "请写成 2019-08-01 的样子"),
        ("待定", "“待定”读不出日期", "请写成 2019-08-01 的样子"),
        ("至今", "“至今”读不出日期", "请写成 2019-08-01 的样子"),
        (True, "“是”读不出日期", "请写成 2019-08-01 的样子"),
        (datetime.time(9, 0), "“09:00:00”读不出日期", "请写成 2019-08-01 的样子"),
        pytest.param("20190229", "“20190229”不是真有的一天", "请核对月和日后改正"),
    ],
)
def test_a_day_that_cannot_be_known_is_refused_and_says_why(typed, what, remedy):
    parsed = read(Date(), typed)
    assert parsed.value is None
    assert (code(parsed), parsed.problem.what, parsed.problem.remedy) == ("CELL-005", what, remedy)


@pytest.mark.parametrize("typed", ["2919-08-01", "1819-08-01", "2101-01-01", "1899-12-31"])
def test_a_year_out_of_this_time_is_refused(typed):
    assert (read(Date(), typed).value, code(read(Date(), typed))) == (None, "CELL-005")


def test_a_year_out_of_this_time_is_called_so():
    assert "年份" in read(Date(), "2919-08-01").problem.what


@pytest.mark.parametrize("kind", [Date(), YearMonth(), DateTime()], ids=["Date", "YearMonth", "DateTime"])
@pytest.mark.parametrize(
    "raw", [datetime.datetime(2919, 8, 1, 9, 0), datetime.date(2919, 8, 1)], ids=["datetime", "date"]
)
def test_a_date_cell_out_of_this_time_is_refused_like_the_text(kind, raw):
    assert read(kind, raw).value is None


@pytest.mark.parametrize("kind", [Date(), YearMonth()], ids=["Date", "YearMonth"])
def test_a_year_typed_into_a_date_cell_is_told(kind):
    assert read(kind, datetime.date(1905, 7, 11)).problem is not None


@pytest.mark.parametrize(
    ("serial", "day", "said"),
    [
        (43678.0, AUGUST_1, "2019-08-01"),
        (43678, AUGUST_1, "2019-08-01"),
        (20000, datetime.date(1954, 10, 3), "1954-10-03"),
        (59999, datetime.date(2064, 4, 7), "2064-04-07"),
    ],
)
def test_a_day_number_of_excel_is_read_and_told(serial, day, said):
    parsed = read(Date(), serial)
    assert (parsed.value, code(parsed)) == (day, "CELL-016")
    assert parsed.problem.what == f"单元格里是数字 {int(serial)}，已按 Excel 的日期序号读作 {said}"


@pytest.mark.parametrize("number", [19999, 60000, 0, 1, -43678, 8.1, 123456])
def test_a_number_that_is_no_day_number_is_refused(number):
    assert (read(Date(), number).value, code(read(Date(), number))) == (None, "CELL-005")


def test_a_day_number_with_a_time_is_a_day_too():
    assert read(Date(), 43678.5).value == AUGUST_1


def test_a_space_between_digits_does_not_join_them():
    assert read(Date(), "2019-8-1 5").value is None


@pytest.mark.parametrize("typed", ["至今", "现在", "今", "迄今", " 至今 "])
def test_no_end_where_an_end_may_be_open(typed):
    assert read(Date(open_ended=True), typed) == Parsed(None)
    assert read(YearMonth(open_ended=True), typed) == Parsed(None)


def _chinese(number: int) -> str:
    """12 as 十二, as it is said; up to 99."""
    words = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens < 2 else words[tens]) + "十" if tens else "") + (words[ones] if ones or not tens else "")


FORMS = {
    "2019-08-01": lambda d: d.isoformat(),
    "2019-8-1": lambda d: f"{d.year}-{d.month}-{d.day}",
    "2019.8.1": lambda d: f"{d.year}.{d.month}.{d.day}",
    "2019/08/01": lambda d: f"{d.year}/{d.month:02}/{d.day:02}",
    "2019年8月1日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "20190801": lambda d: f"{d:%Y%m%d}",
    "20190801.0": lambda d: float(f"{d:%Y%m%d}"),
    "full-width": lambda d: d.isoformat().translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-"}),
    "二〇一九年八月一日": lambda d: (
        f"{''.join('〇一二三四五六七八九'[int(c)] for c in str(d.year))}年{_chinese(d.month)}月{_chinese(d.day)}日"
    ),
    "二○一九年八月一日": lambda d: (
        f"{''.join('○一二三四五六七八九'[int(c)] for c in str(d.year))}年{_chinese(d.month)}月{_chinese(d.day)}日"
    ),
    "datetime": lambda d: datetime.datetime.combine(d, datetime.time()),
}


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
@settings(max_examples=examples(60), deadline=None)
def test_every_day_survives_every_way_of_writing_it(form, day):
    assert read(Date(), FORMS[form](day)) == Parsed(day)


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
@settings(max_examples=examples(30), deadline=None)
def test_a_full_date_in_a_month_column_loses_its_day_only(form, day):
    assert read(YearMonth(), FORMS[form](day)) == Parsed(Month(day.year, day.month))


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(28, 40))
@settings(max_examples=examples(100), deadline=None)
def test_no_day_is_invented_after_the_end_of_a_month(year, month, day):
    lengths = {
        1: 31,
        2: 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28,
        3: 31,
        4: 30,
        5: 31,
        6: 30,
        7: 31,
        8: 31,
        9: 30,
        10: 31,
        11: 30,
        12: 31,
    }
    assert (read_day(f"{year}-{month}-{day}") is not None) == (day <= lengths[month])


# -- months -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "2019.8",
        "2019.08",
        "2019-08",
        "2019-8",
        "2019/8",
        "2019年8月",
        "2019年08月",
        "2019 年 8 月",
        "201908",
        201908,
        201908.0,
        2019.8,
        2019.08,
        "２０１９．０８",
        "二〇一九年八月",
        "二○一九年八月",
        "二零一九年八月",
        "2019年八月",
        "2019-08-15",
        20190815.0,
        datetime.datetime(2019, 8, 15),
        datetime.date(2019, 8, 1),
        pytest.param("二O一九年八月"),
        pytest.param("2019年8月底"),
        pytest.param("2019—08"),
    ],
)
def test_spellings_of_a_month(typed):
    assert read(YearMonth(), typed) == Parsed(Month(2019, 8))


@given(st.integers(1900, 2100))
@settings(max_examples=examples(60), deadline=None)
def test_a_number_that_ends_in_point_one_may_be_january_or_october(year):
    """2019.10 typed into a cell of numbers becomes 2019.1 (domain.md §8); only staff can know which it was."""
    parsed = read(YearMonth(), float(f"{year}.10"))
    assert (parsed.value, code(parsed)) == (None, "CELL-006")
    assert (
        parsed.problem.what
        == f"单元格里是数字 {year}.1，可能是 {year} 年 1 月，也可能是 {year}.10 被 Excel 去掉了末尾的 0"
    )
    assert parsed.problem.remedy == f"请对照原始材料，改写成 {year}.01 或 {year}.10，并把单元格格式设为文本"


@given(st.integers(1900, 2100), st.sampled_from([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12]))
@settings(max_examples=examples(100), deadline=None)
def test_every_other_number_with_two_decimals_is_its_month(year, month):
    assert read(YearMonth(), float(f"{year}.{month:02}")) == Parsed(Month(year, month))


def test_as_text_both_january_and_october_are_known():
    assert read(YearMonth(), "2019.1") == Parsed(Month(2019, 1))
    assert read(YearMonth(), "2019.10") == Parsed(Month(2019, 10))


@given(st.integers(1900, 2100), st.integers(1, 12))
@settings(max_examples=examples(60), deadline=None)
def test_a_month_reads_as_it_is_shown(year, month):
    assert read_month(str(Month(year, month))) == Month(year, month)


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("2019", "“2019”读不出年月"),
        ("19.8", "“19.8”读不出年月"),
        ("2019.13", "“2019.13”读不出年月"),
        ("2019.0", "“2019.0”读不出年月"),
        ("2919.8", "“2919.8”的年份 2919 不对"),
        ("1885.03", "“1885.03”的年份 1885 不对"),
        ("八月", "“八月”读不出年月"),
        ("至今", "“至今”读不出年月"),
        (True, "“是”读不出年月"),
        (2019.0, "单元格里是数字 2019，读不出年月"),
        (19.8, "单元格里是数字 19.8，读不出年月"),
        (2019.13, "单元格里是数字 2019.13，读不出年月"),
        (-2019.8, "单元格里是数字 -2019.8，读不出年月"),
    ],
)
def test_a_month_that_cannot_be_known(typed, what):
    parsed = read(YearMonth(), typed)
    assert (parsed.value, code(parsed), parsed.problem.what) == (None, "CELL-006", what)


def test_a_day_number_in_a_month_column_is_its_month():
    assert read(YearMonth(), 43678.0).value == Month(2019, 8)


@pytest.mark.parametrize("number", [43678.0, 20198.0], ids=["43678", "20198 (2019年8月少打一个0)"])
def test_a_day_number_in_a_month_column_is_told(number):
    assert code(read(YearMonth(), number)) in ("CELL-016", "CELL-006")


# -- arithmetic with months -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "first", "last"),
    [
        (Month(2024, 2), (2024, 2, 1), (2024, 2, 29)),
        (Month(2023, 2), (2023, 2, 1), (2023, 2, 28)),
        (Month(2023, 12), (2023, 12, 1), (2023, 12, 31)),
        (Month(2023, 1), (2023, 1, 1), (2023, 1, 31)),
        (Month(2100, 2), (2100, 2, 1), (2100, 2, 28)),
    ],
)
def test_the_first_and_last_day_of_a_month(month, first, last):
    assert (month.first_day(), month.last_day()) == (datetime.date(*first), datetime.date(*last))
    assert month_of(month.last_day()) == month


def test_a_month_is_shown_with_two_digits_and_sorts_by_time():
    assert str(Month(1980, 5)) == "1980.05" and str(Month(1980, 10)) == "1980.10"
    assert sorted([Month(1980, 10), Month(1980, 2), Month(1979, 12)]) == [
        Month(1979, 12),
        Month(1980, 2),
        Month(1980, 10),
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 1, 31), 1, (2024, 2, 29)),
        ((2026, 1, 31), 3, (2026, 4, 30)),
        ((2026, 11, 15), 2, (2027, 1, 15)),
        ((2026, 12, 31), 12, (2027, 12, 31)),
        ((2026, 1, 15), -1, (2025, 12, 15)),
        ((2026, 3, 31), -1, (2026, 2, 28)),
        ((2026, 12, 1), -12, (2025, 12, 1)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2024, 2, 29), 48, (2028, 2, 29)),
        ((2026, 5, 5), 0, (2026, 5, 5)),
    ],
)
def test_add_months(day, months, later):
    assert add_months(datetime.date(*day), months) == datetime.date(*later)


@given(DAYS, st.integers(-240, 240))
@settings(max_examples=examples(100), deadline=None)
def test_months_added_and_taken_away_lead_back_but_for_the_end_of_the_month(day, months):
    there = add_months(day, months)
    assert there.day <= day.day
    back = add_months(there, -months)
    assert (back.year, back.month) == (day.year, day.month)
    assert back == day or there == month_of(there).last_day()


# -- days with a time -------------------------------------------------------------------------------------------------

NINE = datetime.datetime(2026, 3, 8, 9, 0)
HALF_PAST_TWO = datetime.datetime(2026, 3, 8, 14, 30)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-03-08 09:00", NINE),
        ("2026-3-8 9:00", NINE),
        ("2026.3.8 9：00", NINE),
        ("2026/3/8 9:00:00", NINE),
        ("2026-03-08T09:00", NINE),
        ("2026-03-08  09:00", NINE),
        ("2026年3月8日9:00", NINE),
        ("2026年3月8日 9时", NINE),
        ("2026年3月8号上午9点", NINE),
        ("2026年3月8日 上午9:00", NINE),
        ("2026年3月8日（周日）9:00", NINE),
        ("2026年3月8日（星期日）上午9:00", NINE),
        ("2026年3月8日 星期日 9:00", NINE),
        ("2026-03-08 (周日) 09:00", NINE),
        ("20260308 09:00", NINE),
        ("二〇二六年三月八日 9:00", NINE),
        ("2026年3月8日下午2:30", HALF_PAST_TWO),
        ("2026年3月8日 下午2时30分", HALF_PAST_TWO),
        ("2026-03-08 14:30", HALF_PAST_TWO),
        ("２０２６－３－８　１４：３０", HALF_PAST_TWO),
        ("2026-03-08 下午14:30", HALF_PAST_TWO),
        ("2026-03-08 下午12:30", datetime.datetime(2026, 3, 8, 12, 30)),
        ("2026-03-08 晚上7点", datetime.datetime(2026, 3, 8, 19, 0)),
        ("2026-03-08 23:59", datetime.datetime(2026, 3, 8, 23, 59)),
        (datetime.datetime(2026, 3, 8, 9, 0), NINE),
        (datetime.datetime(2026, 3, 8, 9, 0, 12), NINE),
        (46089.375, NINE),
        (46089 + 14.5 / 24, HALF_PAST_TWO),
        (46089 + 1439 / 1440, datetime.datetime(2026, 3, 8, 23, 59)),
        pytest.param("2026年3月8日 上午 9:00", NINE),
        pytest.param("2026年3月8日\n9:00", NINE),
        pytest.param("2026年3月8日早上9点", NINE),
        pytest.param("2026年3月8日上午九点", NINE),
        pytest.param("2026年3月8日下午2点半", HALF_PAST_TWO),
    ],
)
def test_spellings_of_a_moment(typed, moment):
    assert read(DateTime(needs_time=True), typed) == Parsed(moment)


@given(st.datetimes(datetime.datetime(1955, 1, 1), datetime.datetime(2060, 1, 1)))
@settings(max_examples=examples(100), deadline=None)
def test_every_minute_survives_the_ways_of_writing_it(moment):
    minute = moment.replace(second=0, microsecond=0)
    serial = (minute - datetime.datetime(1899, 12, 30)) / datetime.timedelta(days=1)
    half = f"{'下午' if minute.hour > 12 else '上午'}{minute.hour - 12 if minute.hour > 12 else minute.hour}"
    for typed in (
        f"{minute:%Y-%m-%d %H:%M}",
        f"{minute.year}.{minute.month}.{minute.day} {minute.hour}:{minute:%M}",
        f"{minute.year}年{minute.month}月{minute.day}日{minute.hour}时{minute.minute}分",
        f"{minute.year}年{minute.month}月{minute.day}日 {half}:{minute:%M}",
        moment,
        serial,
    ):
        assert read(DateTime(), typed) == Parsed(minute), typed


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-08",
        "2026年3月8日",
        46089.0,
        datetime.datetime(2026, 3, 8),
        datetime.date(2026, 3, 8),
        "2026-03-08 00:00",
    ],
)
def test_a_day_without_a_time_is_midnight_and_where_it_matters_that_is_said(typed):
    midnight = datetime.datetime(2026, 3, 8)
    assert read(DateTime(), typed) == Parsed(midnight)
    parsed = read(DateTime(needs_time=True), typed)
    assert (parsed.value, code(parsed)) == (midnight, "CELL-017")
    assert parsed.problem.what.endswith("没有写几点")


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("2026-03", "“2026-03”只写到月"),
        ("2026年", "“2026年”只写到年"),
        ("2026-02-30", "“2026-02-30”不是真有的一天"),
        ("26-3-8 9:00", "“26-3-8 9:00”的年份只有两位"),
        ("3月8日 9:00", "“3月8日 9:00”读不出日期"),
        ("9:00", "“9:00”读不出日期"),
        ("2026-03-08 09:00-11:30", "“2026-03-08 09:00-11:30”读不出日期"),
        ("待定", "“待定”读不出日期"),
        (True, "“是”读不出日期"),
        (2026.0, "“2026”只写到年"),
        (datetime.time(9), "“09:00:00”读不出日期"),
    ],
)
def test_a_moment_that_cannot_be_known(typed, what):
    parsed = read(DateTime(needs_time=True), typed)
    assert (parsed.value, code(parsed), parsed.problem.what) == (None, "CELL-005", what)


@pytest.mark.parametrize("typed", ["2026-03-08 25:00", "2026-03-08 24:00", "2026-03-08 09:60", "2026年3月8日 9:5:3:1"])
def test_no_time_is_invented(typed):
    assert (read(DateTime(), typed).value, code(read(DateTime(), typed))) == (None, "CELL-005")


def test_the_remedy_for_a_moment_shows_a_moment():
    assert read(DateTime(needs_time=True), "2026-03-08 9点一刻").problem.remedy == "请写成 2026-03-08 09:00 的样子"


def test_twelve_at_night_is_not_noon():
    assert read(DateTime(), "2026-03-08 晚上12点").value != datetime.datetime(2026, 3, 8, 12, 0)


# -- in the registry --------------------------------------------------------------------------------------------------


def test_an_open_end_is_neither_a_value_nor_a_finding():
    rows = "人员编号 | 组织编号 | 职务 | 起始 | 结束\nRY0001 | ZZ0001 | 会长 | 2022.05 | 至今\nRY0001 | ZZ0001 | 理事 | 2019.8 | 2022.4"
    book = registry(任职=rows)
    assert book["posts"]["to_month"] == [None, Month(2022, 4)]
    assert book["posts"]["from_month"] == [Month(2022, 5), Month(2019, 8)]
    assert not [f for f in book.findings if f.sheet == "任职"]


def test_an_ambiguous_month_is_missing_and_found_at_its_cell():
    rows = [["姓名", "出生年月", "参加工作时间"], ["王小红", 1980.1, "2002.08"], ["李梅", "1980.10", 2002.1]]
    assert findings("CELL-006", 人员=rows) == [("人员", "B2"), ("人员", "C3")]
    assert registry(人员=rows)["people"]["born"] == [None, Month(1980, 10)]
