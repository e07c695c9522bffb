"""Field types for days, months and times, in the many ways people write them (domain.md §8)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinguo.schema.cells import DATE, MONTH, SERIAL_DATE, TIME_OF_DAY, Parsed, Problem, clean, half_width
from jinguo.schema.types import FieldType

_NUMERALS = {c: d for d, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0}
_SEPARATOR = r"[-/.年]"
_DAY = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})[-/.月](\d{{1,2}})[日号]?")
_MONTH_ONLY = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})月?")
_TIME = re.compile(r"(上午|下午|晚上)?(\d{1,2})[::点时](\d{1,2})?分?(?::\d{1,2})?")
_OPEN_ENDED = {"至今", "现在", "今", "迄今"}
#: Excel's day numbers for 1954-10-03 to 2064-04-07: outside it a bare number in a date column is no day number.
_SERIALS = range(20000, 60000)
_EPOCH = datetime.date(1899, 12, 30)


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


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month `months` later (earlier if negative), or that month's last day where it has no such day."""
    years, index = divmod(day.month - 1 + months, 12)
    last = Month(day.year + years, index + 1).last_day()
    return last.replace(day=min(day.day, last.day))


def _arabic(text: str) -> str:
    """二〇一九年八月十一日 as 2019年8月11日."""
    if not re.search("[一二三四五六七八九〇○零十]", text):
        return text

    def replace(match: re.Match) -> str:
        word = match[0]
        if "十" not in word:
            return "".join(str(_NUMERALS[c]) for c in word)
        tens, _, ones = word.partition("十")
        return str((_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0))

    return re.sub("[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九〇○零]+", replace, text)


def _make_date(year: str, month: str, day: str) -> datetime.date | None:
    try:
        date = datetime.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return date if 1900 <= date.year <= 2100 else None


def read_day(text: str) -> datetime.date | None:
    """A full date written as 2019-8-1, 2019.8.1, 2019/8/1, 2019年8月1日, 20190801 or 二〇一九年八月一日; else None."""
    text = _arabic(half_width(text).replace(" ", ""))
    match = _DAY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
    return _make_date(*match.groups()) if match else None


def read_month(text: str) -> Month | None:
    """A month written as 2019.8, 2019-08, 2019年8月, 201908 or 二〇一九年八月; the day of a full date is dropped; else None."""
    text = _arabic(half_width(text).replace(" ", ""))
    match = _MONTH_ONLY.fullmatch(text) or re.fullmatch(r"(\d{4})(\d\d)", text)
    first: datetime.date | None
    if match:
        first = _make_date(match[1], match[2], "1")
    else:
        first = read_day(text)
    return month_of(first) if first else None


def _unreadable_day(text: str) -> Problem:
    compact = _arabic(half_width(text).replace(" ", ""))
    if read_month(text):
        return Problem(DATE, f"“{text}”只写到月", "请补上日，写成 2019-08-01 的样子")
    if re.fullmatch(r"\d{4}年?", compact):
        return Problem(DATE, f"“{text}”只写到年", "请补上月和日，写成 2019-08-01 的样子")
    if re.match(r"\d{2}[-/.年]\d", compact):
        return Problem(DATE, f"“{text}”的年份只有两位", "请写四位年份，如 2019-08-01")
    if _DAY.fullmatch(compact):
        return Problem(DATE, f"“{text}”不是真有的一天", "请核对月和日后改正")
    return Problem(DATE, f"“{text}”读不出日期", "请写成 2019-08-01 的样子")


@dataclass(frozen=True)
class Date(FieldType):
    """A day; a datetime.date. `open_ended`: 至今 means no end."""

    open_ended: bool = False
    label = "日期"

    def parser(self, vocabularies):
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        if isinstance(raw, datetime.datetime):
            return Parsed(raw.date())
        if isinstance(raw, datetime.date):
            return Parsed(raw)
        text = clean(raw)
        if self.open_ended and text in _OPEN_ENDED:
            return Parsed(None)
        if isinstance(raw, int | float) and not isinstance(raw, bool) and int(raw) in _SERIALS and raw == int(raw):
            day = _EPOCH + datetime.timedelta(days=int(raw))
            what = f"单元格里是数字 {int(raw)}，已按 Excel 的日期序号读作 {day:%Y-%m-%d}"
            return Parsed(day, Problem(SERIAL_DATE, what, "核对无误后，把这一列的单元格格式设为日期"))
        read = read_day(text)
        return Parsed(read) if read else Parsed(None, _unreadable_day(text))


@dataclass(frozen=True)
class YearMonth(FieldType):
    """A year and month; a Month. A number like 2019.1 is refused: it may have been 2019.10."""

    open_ended: bool = False
    label = "年月"

    def parser(self, vocabularies):
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        if isinstance(raw, datetime.date):
            return Parsed(month_of(raw))
        text = clean(raw)
        if self.open_ended and text in _OPEN_ENDED:
            return Parsed(None)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return self._parse_number(float(raw))
        month = read_month(text)
        if month:
            return Parsed(month)
        return Parsed(None, Problem(MONTH, f"“{text}”读不出年月", "请写成 2019.08 的样子，并把这一列的单元格格式设为文本"))

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
        if int(number) in _SERIALS and number == int(number):
            return Parsed(month_of(_EPOCH + datetime.timedelta(days=int(number))))
        return Parsed(None, Problem(MONTH, f"单元格里是数字 {text}，读不出年月", "请写成 2019.08 的样子，并把单元格格式设为文本"))


@dataclass(frozen=True)
class DateTime(FieldType):
    """A day and the time of day; a datetime.datetime. Without a time it is midnight, and where it matters that is said."""

    needs_time: bool = False
    label = "日期和时间"

    def parser(self, vocabularies):
        return self._parse

    def _parse(self, raw: Any) -> Parsed:
        if isinstance(raw, datetime.datetime):
            moment: datetime.datetime | None = raw.replace(second=0, microsecond=0)
        else:
            moment = _read_moment(clean(raw)) if isinstance(raw, str) else _read_serial(raw)
        if moment is None:
            return Parsed(None, _unreadable_day(clean(raw)))
        if self.needs_time and moment.time() == datetime.time():
            return Parsed(moment, Problem(TIME_OF_DAY, f"“{clean(raw)}”没有写几点", "请写成 2026-03-08 09:00 的样子"))
        return Parsed(moment)


def _read_moment(text: str) -> datetime.datetime | None:
    parts = re.fullmatch(r"(.*?[日号]|\S+?)[ T]*(?:[（(]?(?:星期|周)[一二三四五六日天][）)]?)?[ ]*((?:上午|下午|晚上)?\d{1,2}[::点时].*)?", half_width(text))
    day = read_day(parts[1]) if parts else None
    if not parts or day is None:
        return None
    if not parts[2]:
        return datetime.datetime.combine(day, datetime.time())
    time = _TIME.fullmatch(parts[2].replace(" ", ""))
    if not time:
        return None
    hour = int(time[2]) + (12 if time[1] in ("下午", "晚上") and int(time[2]) < 12 else 0)
    minute = int(time[3] or 0)
    return datetime.datetime.combine(day, datetime.time(hour, minute)) if hour < 24 and minute < 60 else None


def _read_serial(raw: Any) -> datetime.datetime | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, datetime.date):
        return datetime.datetime.combine(raw, datetime.time())
    if isinstance(raw, int | float) and int(raw) in _SERIALS:
        minutes = round((raw - int(raw)) * 24 * 60)
        return datetime.datetime.combine(_EPOCH, datetime.time()) + datetime.timedelta(days=int(raw), minutes=minutes)
    return _read_moment(clean(raw))
