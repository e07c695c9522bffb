"""One thing to be done by a day: what it is, whom it is about, who does it, with which document, and in which row it is seen."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """`key` is what it is remembered by in 设置.xlsx › 已办: of a letter the name of its file."""

    day: datetime.date
    kind: str
    what: str
    about: str = ""
    who: str = "本单位"
    document: str = ""
    place: str = ""
    key: str = ""
    #: What tells it from others of the same name and day: the number of the row it is about.
    number: str = ""

    @property
    def words(self) -> str:
        """What is to be done with whom it is about, where the words do not name it already."""
        return self.what if not self.about or self.about in self.what else f"{self.about}：{self.what}"

    @property
    def identity(self) -> str:
        """What it is remembered by."""
        told_apart = f"（{self.number}）" if self.number and self.number != self.about else ""
        return self.key or f"{self.day:%Y-%m-%d} {self.about or self.what} {self.kind}{told_apart}"

    def span(self, today: datetime.date) -> str:
        """When it is to be done, seen from a day: 逾期, 今天, 本周 (to Sunday), 本月, 以后."""
        if self.day < today:
            return OVERDUE
        if self.day == today:
            return TODAY
        if self.day <= today + datetime.timedelta(days=6 - today.weekday()):
            return WEEK
        if (self.day.year, self.day.month) == (today.year, today.month):
            return MONTH
        return LATER


OVERDUE, TODAY, WEEK, MONTH, LATER = "逾期", "今天", "本周", "本月", "以后"
SPANS = (OVERDUE, TODAY, WEEK, MONTH, LATER)
