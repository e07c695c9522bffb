"""Rules about the office's own register: numbers of letters, holidays."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.office.letters import read_letter_number
from jinguo.registry.tables import Hit, Registry

_STANDARD = "GB/T 9704—2012 第 7.2.5 条"
_FORM = re.compile(r"[^〔〕\s]+〔\d{4}〕[1-9]\d*号")


@rule(
    "LET-001", ERROR, "发文字号写成 余妇〔2026〕6号：六角括号，年份四位，序号不加“第”、不补零",
    why="字号不合标准，也没法接着编号",
    remedy="请改成标准的写法",
    source=_STANDARD,
)  # fmt: skip
def letter_number_form(registry: Registry) -> Iterator[Hit]:
    letters = registry["letters"]
    for i, number in letters.each("number"):
        if number and not _FORM.fullmatch(number):
            read = read_letter_number(number)
            yield letters.hit(i, "number", f"发文字号写成“{number}”", f"请改成“{read.text}”" if read else "")


@rule(
    "LET-002", HINT, "一年的发文字号连着编，不跳号",
    why="跳了号，归档时会以为丢了一份文件",
    remedy="请补登漏掉的一份；作废的写明作废",
    source="公文归档惯例；" + _STANDARD,
)  # fmt: skip
def no_number_skipped(registry: Registry) -> Iterator[Hit]:
    letters = registry["letters"]
    if letters.unclear("number"):
        return
    for (code, year), numbers in _by_year(registry).items():
        for before, after in pairwise([0, *sorted(numbers)]):
            if after - before > 1:
                gap = f"{before + 1}号" if after - before == 2 else f"{before + 1}～{after - 1}号"
                yield letters.hit(numbers[after], "number", f"{code}〔{year}〕{after}号前面没有 {gap}")


@rule(
    "LET-003", WARNING, "发文字号的先后要与日期的先后一致",
    why="号在前、日期在后，多半是有一个填错",
    remedy="请核对字号和日期",
    source="公文登记惯例",
)  # fmt: skip
def numbers_by_date(registry: Registry) -> Iterator[Hit]:
    letters = registry["letters"]
    for (code, year), numbers in _by_year(registry).items():
        dated = [(number, letters["date"][i], i) for number, i in sorted(numbers.items()) if letters["date"][i]]
        for (before, first, _), (number, day, i) in pairwise(dated):
            if day < first <= registry.today:
                yield letters.hit(i, "date", f"{code}〔{year}〕{number}号的日期 {day} 早于 {before}号的 {first}")


def _by_year(registry: Registry) -> dict[tuple[str, int], dict[int, int]]:
    """The rows of the letters by code and year, then by number."""
    found: defaultdict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for i, text in registry["letters"].each("number"):
        number = read_letter_number(text or "")
        if number:
            found[number.code, number.year].setdefault(number.serial, i)
    return found


@rule(
    "LET-004", ERROR, "同一天不能又放假又上班",
    why="值班表和公示的截止日会排错",
    remedy="请对照国务院办公厅的节假日通知核对",
    source="国务院办公厅节假日安排的通知",
)  # fmt: skip
def day_is_one_kind(registry: Registry) -> Iterator[Hit]:
    holidays = registry["holidays"]
    first: dict = {}
    for i, day, kind in holidays.each("date", "kind"):
        if day and kind:
            before = first.setdefault(day, i)
            if holidays["kind"][before] != kind:
                yield holidays.hit(
                    i, "kind", f"{day} {holidays.nth_row(before, i)}是{holidays['kind'][before]}，这里是{kind}"
                )
