"""Columns that only together say something: marks of several half days, a month and a day, a plan and its record."""

from __future__ import annotations

import datetime
import re
from operator import itemgetter
from typing import Any

from jinguo.intake.own.block import SheetBlock
from jinguo.intake.own.contents import day_of
from jinguo.intake.own.mapping import TAKEN
from jinguo.intake.own.splits import plain_name, presence
from jinguo.schema.cells import clean, is_blank


def fill_presence(block: SheetBlock) -> None:
    """One 出勤 of the columns that say whether somebody was there."""
    marks = [c for c, m in block.mapped if m.action == TAKEN and m.fields == ("attendance.presence",)]
    if not marks:
        return
    part = block.part("attendance")
    names = part.values.get("person", [""] * len(part.rows))
    columns = [block.column(c) for c in marks]
    rows = list(zip(*columns, strict=True))
    # Most rows have one of a few marks; only an own name needs the row it stands in.
    known = {row: presence(row, "", block.words) for row in dict.fromkeys(rows)}
    strange = {row for row, (_, mark) in known.items() if mark is not None}
    found = list(map(itemgetter(0), map(known.__getitem__, rows)))
    for n, row in enumerate(rows) if strange else ():
        if row in strange:
            said, mark = presence(row, plain_name(names[n]), block.words)
            found[n] = mark if mark is not None else said
    if all(is_blank(v) for row in known for v in row):
        found = [""] * len(rows)
    part.put("presence", found, marks[0].letter, True)


def fill_days(block: SheetBlock) -> None:
    """A day out of a column of months and one of days; a month stands in the first of its rows."""
    by = {m.split: c for c, m in block.mapped if m.action == TAKEN and m.split in ("月", "日")}
    if "日" not in by:
        return
    fact = block.source.fact("duty_log.date")
    year = re.search(r"\d{4}", fact.value)[0] if fact and re.search(r"\d{4}", fact.value) else ""  # type: ignore[index]
    month, days = "", []
    months = block.column(by["月"]) if "月" in by else [""] * len(block.data)
    for said, day in zip(months, block.column(by["日"]), strict=True):
        number = re.search(r"\d+", clean(said))
        month = number[0] if number else month
        on = re.search(r"\d+", clean(day))
        days.append(f"{year}-{month}-{on[0]}" if on and month and year else clean(day))
    block.part("duty_log").put("date", days, by["日"].letter, True)


def fill_days_of_swaps(block: SheetBlock) -> None:
    """A swap is on the day of its row."""
    swaps, log = block.parts.get("duty_swaps"), block.parts.get("duty_log")
    if swaps is not None and log is not None and "date" in log.values:
        swaps.put("date", list(log.values["date"]), log.letters["date"], True)


def drop_plans(block: SheetBlock) -> None:
    """A duty still to come is an arrangement, and no record."""
    log = block.parts.get("duty_log")
    if log is None or "date" not in log.values:
        return
    wanted = [not _after(day, block.today) for day in log.values["date"]]
    if not all(wanted):
        block.transcript.plans = wanted.count(False)
        block.data = [row for row, keep in zip(block.data, wanted, strict=True) if keep]
        for part in block.parts.values():
            part.keep(wanted)


def _after(day: Any, today: datetime.date) -> bool:
    """Whether a cell holds a day after today."""
    found = day_of(day)
    return bool(found and found > today)
