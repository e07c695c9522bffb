"""A fact of the year's work: a figure with the rows it was counted from, and what it was the year before."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.common.figures import Figure
from jinguo.common.rounding import plain
from jinguo.registry.tables import Registry, Table
from jinguo.schema.dates import add_months

#: A table whose first day lies so many months after the year's first was not kept from its beginning on.
_BEGUN_WITHIN = 3
#: So many runs of rows are named; of more only how many rows there are.
_MOST_RUNS = 6


class Period(NamedTuple):
    """A year as far as it has gone: from its first day to its last, or to today."""

    first: datetime.date
    last: datetime.date

    @property
    def year(self) -> str:
        return str(self.first.year)

    @property
    def whole(self) -> bool:
        return (self.last.month, self.last.day) == (12, 31)

    @property
    def before(self) -> Period:
        """The same days of the year before."""
        return Period(self.first.replace(year=self.first.year - 1), add_months(self.last, -12))

    @property
    def called(self) -> str:
        """What the year before is called beside it."""
        return "上年" if self.whole else "上年同期"


def period_of(year: int, today: datetime.date) -> Period:
    """A year up to today; JinguoError for one that has not begun."""
    if year > today.year:
        raise JinguoError(
            f"{year}年还没有到（基准日期是 {today}）", remedy=f"写今年或以前的年度，例如 --year {today.year}。"
        )
    return Period(datetime.date(year, 1, 1), min(datetime.date(year, 12, 31), today))


@dataclass(frozen=True)
class YearFact:
    """A figure under the name a document places it by; `meaning` is its 口径, `group` of what it is (初级, a buyer), `table` and
    `rows` what it was counted from, `before` what it was in the same days of the year before (None where nobody asked)."""

    name: str
    figure: Figure
    meaning: str
    table: str = ""
    rows: Sequence[int] = ()
    group: str = ""
    before: Figure | None = None
    called: str = "上年"

    @property
    def text(self) -> str:
        """As a sentence has it; empty where there is nothing to say: nobody knows, or there is none."""
        return self.figure.text() if self.figure.value else ""

    @property
    def change(self) -> str:
        """（上年同期3场，增加2场）; empty where there is nothing to compare."""
        now, before, unit = self.figure.value, self.before.value if self.before else None, self.figure.unit
        if not now or before is None:
            return ""
        if not before:
            return f"（{self.called}没有）"
        if now == before:
            return f"（与{self.called}持平）"
        more, size = now > before, plain(abs(Decimal(now) - Decimal(before)))
        if unit == "%":
            return f"（{self.called}{plain(before)}%，{'上升' if more else '下降'}{size}个百分点）"
        return f"（{self.called}{plain(before)}{unit}，{'增加' if more else '减少'}{size}{unit}）"


@dataclass
class FactLedger:
    """The facts of a period in the order in which they were taken: what a document may say, and its appendix proves."""

    registry: Registry
    period: Period
    compared: bool
    facts: list[YearFact] = field(default_factory=list)
    #: What cannot be compared with the year before, and since when the registry has it.
    not_compared: dict[str, datetime.date | None] = field(default_factory=dict)
    _first_days: dict[str, datetime.date | None] = field(default_factory=dict, repr=False)

    def comparable(self, table: str, field: str) -> bool:
        """Whether the days of a table reach back to the beginning of the year before: where it was only begun later, nothing
        there does not mean that there was nothing."""
        if not self.compared or not len(self.registry[table]):
            return False
        first = self._first_day(table, field)
        if first is not None and first <= add_months(self.period.before.first, _BEGUN_WITHIN):
            return True
        self.not_compared[self.registry[table].spec.sheet] = first
        return False

    def _first_day(self, table: str, field: str) -> datetime.date | None:
        """The first day of a table, looked for once: many facts ask for it."""
        if table not in self._first_days:
            days = (day_of(day) for _, day in self.registry[table].each(field) if day)
            self._first_days[table] = min(days, default=None)
        return self._first_days[table]

    def note(self, fact: YearFact) -> YearFact:
        self.facts.append(fact)
        return fact

    def __getitem__(self, name: str) -> YearFact:
        """The fact of this name that is of no group."""
        return next(fact for fact in self.facts if fact.name == name and not fact.group)

    def of_group(self, name: str, group: str) -> YearFact:
        """The fact of this name of a group."""
        return next(fact for fact in self.facts if fact.name == name and fact.group == group)

    def said(self) -> Iterator[YearFact]:
        """Those that say anything."""
        return (fact for fact in self.facts if fact.text)


def day_of(value: datetime.date) -> datetime.date:
    """The day of a day or of a moment."""
    return value.date() if isinstance(value, datetime.datetime) else value


def rows_in_words(table: Table, rows: Iterable[int]) -> str:
    """Where rows stand: 项目台账.xlsx › 项目 第 2—5、9 行; of many runs only how many rows there are."""
    return places_in_words((table.block(i).workbook, table.block(i).sheet, table.rows[i]) for i in rows)


def places_in_words(places: Iterable[tuple[str, str, int]]) -> str:
    """The same of rows by workbook, sheet and number."""
    words = []
    for (workbook, sheet), mine in groupby(sorted(set(places)), lambda place: place[:2]):
        runs = _runs([row for _, _, row in mine])
        count = sum(last - first + 1 for first, last in runs)
        shown = "、".join(str(first) if first == last else f"{first}—{last}" for first, last in runs[:_MOST_RUNS])
        more = f" 等 {count} 行" if len(runs) > _MOST_RUNS else " 行"
        words.append(f"{workbook} › {sheet} 第 {shown}{more}")
    return "；".join(words)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted numbers as runs without a gap."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
