"""Field types for days, months and times, in the many ways people write them (domain.md §8)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from jinguo.schema.cells import clean, half_width, is_number
from jinguo.schema.problems import DATE, MONTH, SERIAL_DATE, TIME_OF_DAY, Parsed, Parser, Problem
from jinguo.schema.types import FieldType
from jinguo.schema.vocabularies import Vocabularies

_Moment = TypeVar("_Moment", "Month", datetime.date)
_NUMERALS = {c: d for d, c in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零O", 0)
_SEPARATOR = r"[-/.年]"
_DAY = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})[-/.月](\d{{1,2}})[日号]?")
_MONTH_ONLY = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})月?")
_PART_OF_DAY = "早上|上午|中午|下午|晚上"
_TIME = re.compile(rf"({_PART_OF_DAY})?(\d{{1,2}})[:点时](半|\d{{1,2}})?分?(?::\d{{1,2}})?")
_MOMENT = re.compile(rf"(.*?)((?:{_PART_OF_DAY})?\d{{1,2}}[:点时].*)?", re.DOTALL)
_WEEKDAY = re.compile(r"\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?\s*")
_OPEN_ENDED = {"至今", "现在", "今", "迄今", "在任", "现任", "在职", "目前", "在任中"}
#: Excel's day numbers for 1954-10-03 to 2064-04-07: outside it a bare number in a date column is no day number.
SERIALS = range(20000, 60000)
_EPOCH = datetime.date(1899, 12, 30)
_YEARS = range(1900, 2101)
#: No record of a women's federation is older than it; of days, not of births, which are months.
_FIRST_RECORDS = 1949
#: What a year from 1900 to 2100 becomes when it is typed alone into a cell formatted as a date.
_YEAR_AS_SERIAL = (datetime.date(1905, 3, 14), datetime.date(1905, 9, 30))


class Month(NamedTuple):
    """A year and a month, as in 出生年月; what is only known to the month never gets an invented day."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}.{self.month:02d}"

    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)

    def last_day(self) -> datetime.date:
        following = Month(self.year + self.month // 12, self.month % 12 + 1)
        return following.first_day() - datetime.timedelta(days=1)


def month_of(day: datetime.date) -> Month:
    return Month(day.year, day.month)


def within(moment: _Moment, start: _Moment | None, end: _Moment | None) -> bool:
    """Whether a month, or a day, lies in a span, both ends included; None is an open end."""
    return (start is None or start <= moment) and (end is None or moment <= end)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month `months` later (earlier if negative), or that month's last day where it has no such
    day."""
    years, index = divmod(day.month - 1 + months, 12)
    last = Month(day.year + years, index + 1).last_day()
    return last.replace(day=min(day.day, last.day))


def _arabic(text: str) -> str:
    """二〇一九年八月十一日 as 2019年8月11日."""
    if not re.search("[一二三四五六七八九〇○零十]", text):
        return text
    text = re.sub("(?<=[一二三四五六七八九〇○零O])O|O(?=[一二三四五六七八九〇○零])", "〇", text)

    def replace(match: re.Match[str]) -> str:
        word = match[0]
        if "十" not in word:
            return "".join(str(_NUMERALS[c]) for c in word)
        tens, _, ones = word.partition("十")
        return str((_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0))

    return re.sub("[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九〇○零]+", replace, text)


def make_date(year: str, month: str, day: str) -> datetime.date | None:
    """The day written in three parts, or None where there is no such day from 1900 to 2100."""
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date if date.year in _YEARS else None


def _compact(text: str) -> str:
    """The text in Arabic figures, half width, without the weekday, with spaces only between two figures."""
    text = _arabic(re.sub("[–—－]", "-", _WEEKDAY.sub(" ", half_width(text)).strip()))
    return re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)


def _is_serial(raw: Any) -> bool:
    """Whether a bare number may be one of Excel's day numbers."""
    return is_number(raw) and int(raw) in SERIALS


def day_of_serial(raw: Any) -> datetime.date | None:
    """The day that a bare number may mean as one of Excel's day numbers."""
    return _EPOCH + datetime.timedelta(days=int(raw)) if _is_serial(raw) else None


def _check_cell_date(day: datetime.date, first: int = _FIRST_RECORDS) -> Problem | None:
    """What is wrong with a real date cell: a year nobody means or before the `first`, or only a year typed where a date was expected."""
    if _YEAR_AS_SERIAL[0] <= day <= _YEAR_AS_SERIAL[1]:
        year = (day - _EPOCH).days
        return Problem(DATE, f"{day:%Y-%m-%d} 不像真的日期，是不是只输入了年份 {year}？", "请写成 2019-08-01 的样子")
    if day.year not in _YEARS:
        return Problem(DATE, f"{day:%Y-%m-%d} 的年份不对", "请核对年份后改正")
    return _too_early(day, first)


def _too_early(day: datetime.date, first: int = _FIRST_RECORDS) -> Problem | None:
    """That nothing of what these registers record was on a day so long ago."""
    if day.year >= first:
        return None
    return Problem(DATE, f"{day:%Y-%m-%d} 早得不像真的日期", "请核对年份后改正")


def read_day(text: str) -> datetime.date | None:
    """A full date written as 2019-8-1, 2019.8.1, 2019/8/1, 2019年8月1日, 20190801 or 二〇一九年八月一日; else None."""
    text = re.sub(r"[ T]0?0:00(:00)?$", "", _compact(text.removesuffix("Z")))
    match = _DAY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    return make_date(*match.groups()) if match else None


def read_month(text: str) -> Month | None:
    """A month written as 2019.8, 2019-08, 2019年8月, 201908 or 二〇一九年八月; the day of a full date is dropped; else None."""
    text = re.sub("(?<=月)[初中底末]$", "", _compact(text))
    match = _MONTH_ONLY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d\d)", text)
    first: datetime.date | None
    if match:
        first = make_date(match[1], match[2], "1")
    else:
        first = read_day(text)
    return month_of(first) if first else None


def _unreadable_day(text: str) -> Problem:
    compact = _compact(text)
    full = _DAY.fullmatch(compact) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", compact)
    if full:
        if int(full[1]) in _YEARS:
            return Problem(DATE, f"“{text}”不是真有的一天", "请核对月和日后改正")
        return Problem(DATE, f"“{text}”的年份不对", "请核对年份后改正")
    if read_month(text):
        return Problem(DATE, f"“{text}”只写到月", "请补上日，写成 2019-08-01 的样子")
    if re.fullmatch(r"\d{4}年?", compact):
        return Problem(DATE, f"“{text}”只写到年", "请补上月和日，写成 2019-08-01 的样子")
    if re.match(r"\d{2}[-/.年]\d", compact):
        return Problem(DATE, f"“{text}”的年份只有两位", "请写四位年份，如 2019-08-01")
    return Problem(DATE, f"“{text}”读不出日期", "请写成 2019-08-01 的样子")


@dataclass(frozen=True)
class Date(FieldType):
    """A day; a datetime.date. `open_ended`: 至今 means no end."""

    open_ended: bool = False
    label = "日期"
    reads_days = True

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        if isinstance(raw, datetime.date):
            day = raw.date() if isinstance(raw, datetime.datetime) else raw
            problem = _check_cell_date(day)
            return Parsed(None if problem else day, problem)
        text = clean(raw)
        if self.open_ended and text in _OPEN_ENDED:
            return Parsed(None)
        if _is_serial(raw):
            day = _EPOCH + datetime.timedelta(days=int(raw))
            return Parsed(day, _serial_problem(raw, f"{day:%Y-%m-%d}"))
        moment = _read_moment(text)
        if moment is None:
            return Parsed(None, _unreadable_day(text))
        early = _too_early(moment.date())
        return Parsed(None if early else moment.date(), early)


def _serial_problem(raw: Any, day: str) -> Problem:
    what = f"单元格里是数字 {clean(raw)}，已按 Excel 的日期序号读作 {day}"
    return Problem(SERIAL_DATE, what, "核对无误后，把这一列的单元格格式设为日期")


@dataclass(frozen=True)
class YearMonth(FieldType):
    """A year and month; a Month. A number like 2019.1 is refused: it may have been 2019.10."""

    open_ended: bool = False
    label = "年月"
    reads_days = True

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        if isinstance(raw, datetime.date):
            problem = _check_cell_date(raw.date() if isinstance(raw, datetime.datetime) else raw, _YEARS[0])
            return Parsed(None if problem else month_of(raw), problem)
        text = clean(raw)
        if self.open_ended and text in _OPEN_ENDED:
            return Parsed(None)
        if is_number(raw):
            return self._parse_number(float(raw))
        month = read_month(text)
        if month:
            return Parsed(month)
        year = re.fullmatch(r"(\d{4})[-/.年]?\d{1,2}月?", _compact(text))
        if year and int(year[1]) not in _YEARS:
            return Parsed(None, Problem(MONTH, f"“{text}”的年份 {year[1]} 不对", "请核对年份后改正"))
        return Parsed(
            None, Problem(MONTH, f"“{text}”读不出年月", "请写成 2019.08 的样子，并把这一列的单元格格式设为文本")
        )

    def _parse_number(self, number: float) -> Parsed:
        text = clean(number)
        if re.fullmatch(r"\d{4}\.1", text):
            year = text[:4]
            what = f"单元格里是数字 {text}，可能是 {year} 年 1 月，也可能是 {year}.10 被 Excel 去掉了末尾的 0"
            remedy = f"请对照原始材料，改写成 {year}.01 或 {year}.10，并把单元格格式设为文本"
            return Parsed(None, Problem(MONTH, what, remedy))
        month = read_month(text)
        if month:
            return Parsed(month)
        if _is_serial(number) and number == int(number):
            month = month_of(_EPOCH + datetime.timedelta(days=int(number)))
            return Parsed(month, _serial_problem(number, str(month)))
        return Parsed(
            None, Problem(MONTH, f"单元格里是数字 {text}，读不出年月", "请写成 2019.08 的样子，并把单元格格式设为文本")
        )


@dataclass(frozen=True)
class DateTime(FieldType):
    """A day and the time of day; a datetime.datetime. Without a time it is midnight, and where it matters that is
    said."""

    needs_time: bool = False
    label = "日期和时间"
    reads_days = True

    def parser(self, vocabularies: Vocabularies) -> Parser:
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        if isinstance(raw, datetime.datetime):
            moment: datetime.datetime | None = raw.replace(second=0, microsecond=0)
        else:
            moment = _read_moment(clean(raw)) if isinstance(raw, str) else _read_serial(raw)
        if moment is None:
            problem = _unreadable_day(clean(raw))
            return Parsed(None, problem._replace(remedy="请写成 2026-03-08 09:00 的样子"))
        wrong = _check_cell_date(moment.date())
        if wrong:
            return Parsed(None, wrong)
        if self.needs_time and moment.time() == datetime.time():
            return Parsed(moment, Problem(TIME_OF_DAY, f"“{clean(raw)}”没有写几点", "请写成 2026-03-08 09:00 的样子"))
        return Parsed(moment)


def _read_moment(text: str) -> datetime.datetime | None:
    """A day, with the weekday or without, and the time of day where one is given; 晚上12点 is midnight at the day's
    end."""
    parts = _MOMENT.fullmatch(_compact(re.sub(r"(?<=\d)T(?=\d)", " ", text)))
    day = read_day(parts[1]) if parts else None
    if not parts or day is None:
        return None
    start = datetime.datetime.combine(day, datetime.time())
    if not parts[2]:
        return start
    time = _TIME.fullmatch(re.sub(r"\s", "", parts[2]))
    if not time:
        return None
    part, hour = time[1], int(time[2])
    minute = 30 if time[3] == "半" else int(time[3] or 0)
    if hour > 23 or minute > 59:
        return None
    if (part in ("下午", "晚上") and hour < 12) or (part == "中午" and hour < 3) or (part == "晚上" and hour == 12):
        hour += 12
    return start + datetime.timedelta(hours=hour, minutes=minute)


def _read_serial(raw: Any) -> datetime.datetime | None:
    if isinstance(raw, datetime.date):
        return datetime.datetime.combine(raw, datetime.time())
    if _is_serial(raw):
        minutes = round((raw - int(raw)) * 24 * 60)
        return datetime.datetime.combine(_EPOCH, datetime.time()) + datetime.timedelta(days=int(raw), minutes=minutes)
    return None if isinstance(raw, bool) else _read_moment(clean(raw))
