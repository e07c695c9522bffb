"""Columns and rows that are worked out from the rest, compared with it: totals, pass or fail, the day of the week."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.common.findings import Finding, finding
from jinguo.intake.own.block import Control, Transcript
from jinguo.intake.own.contents import day_of
from jinguo.intake.own.part import Part
from jinguo.intake.own.title_lines import level_of_word
from jinguo.schema.cells import clean, is_blank, is_number
from jinguo.schema.register_problems import CONTROL

_DAYS = "一二三四五六日"
#: A difference so small is one of rounding.
_ROUNDING = 0.005


def compare_controls(transcript: Transcript) -> list[Finding]:
    """What does not agree with what it is worked out from, each at its cell."""
    findings = []
    for control in transcript.controls:
        compare = {"sum": _sums, "times": _times, "pass": _passes, "weekday": _weekdays}[control.kind]
        findings += compare(transcript, control)
    return findings + _totals(transcript)


def _wide(transcript: Transcript) -> list[Part]:
    """The parts whose cells a column of totals adds up."""
    return [
        p
        for p in transcript.parts
        if p.table in ("exam_entries", "education_hours") and ("score" in p.values or "hours" in p.values)
    ]


def _by_row(transcript: Transcript) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for part in _wide(transcript):
        levels = part.values.get("level", [""] * len(part.rows))
        subjects = part.values.get("subject", [""] * len(part.rows))
        for n, value in enumerate(part.values.get("score") or part.values["hours"]):
            # A subject the level does not have is told by itself, and is in nobody's total.
            if not ("法规" in clean(subjects[n]) and level_of_word(levels[n]) == "初级"):
                found.setdefault(part.rows[n], []).append(value)
    return found


def _told(transcript: Transcript, control: Control, row: int, what: str, remedy: str = "") -> Finding:
    source = transcript.source
    return finding(
        CONTROL, (source.workbook, source.sheet, f"{control.letter}{row}"), clean(control.values[row]), what, remedy
    )


def _sums(transcript: Transcript, control: Control) -> list[Finding]:
    rows, findings = _by_row(transcript), []
    for row, said in control.values.items():
        cells = [v for v in rows.get(row, ()) if not is_blank(v)]
        if not is_number(said) or not cells or not all(map(is_number, cells)) or any(v < 0 for v in cells):
            continue
        total = sum(cells)
        if abs(total - said) > _ROUNDING:
            findings.append(
                _told(transcript, control, row, f"写的是 {clean(said)}，各栏加起来是 {clean(float(total))}")
            )
    return findings


def _times(transcript: Transcript, control: Control) -> list[Finding]:
    """How often somebody was there, by the marks of her row."""
    present: Counter[int] = Counter()
    for part in transcript.parts:
        if part.table == "attendance":
            present.update(row for row, said in zip(part.rows, part.column("presence"), strict=True) if said == "出席")
    return [
        _told(transcript, control, row, f"写的是 {clean(said)}，这一行记着到了 {present[row]} 次")
        for row, said in control.values.items()
        if is_number(said) and present and said != present[row]
    ]


def _passes(transcript: Transcript, control: Control) -> list[Finding]:
    findings, rows = [], _by_row(transcript)
    for row, said in control.values.items():
        text, scores = clean(said), [v for v in rows.get(row, ()) if not is_blank(v)]
        failed = [
            v for v in scores if (is_number(v) and v < 60) or clean(v) in ("缺考", "违纪", "不合格", "无效", "缺")
        ]
        if text in ("合格", "是", "通过", "√") and failed:
            what = f"写的是“{text}”，可是有一科是 {clean(failed[0])}，没有过六十分"
            findings.append(_told(transcript, control, row, what, "核对成绩和是否合格；当年合格线不是六十分的不必理会"))
    return findings


def _weekdays(transcript: Transcript, control: Control) -> list[Finding]:
    findings = []
    for part in transcript.parts:
        if part.table != "duty_log" or "date" not in part.values:
            continue
        for row, raw in zip(part.rows, part.values["date"], strict=True):
            day = day_of(raw)
            said = re.sub("星期|周|礼拜", "", clean(control.values.get(row))).replace("天", "日")
            if day and said in _DAYS and said and _DAYS[day.weekday()] != said:
                what = f"写的是星期{said}，{day:%Y-%m-%d} 是星期{_DAYS[day.weekday()]}"
                findings.append(_told(transcript, control, row, what, "核对日期和星期"))
    return findings


def _totals(transcript: Transcript) -> list[Finding]:
    """Rows of totals below the data, compared with the columns of numbers above them."""
    frame, source, findings = transcript.frame, transcript.source, []
    last = max(frame.data, default=0)
    rows = [
        r
        for r, what in frame.skipped.items()
        if what == "合计" and re.search("合\\s*计|总\\s*计", "".join(map(clean, frame.rows[r][:3])))
    ]
    for row in rows:
        if row < last - 3:
            # Not the end of the table: what it adds up is not known.
            continue
        for column in frame.columns:
            said = frame.rows[row][column.place]
            cells = [frame.rows[i][column.place] for i in frame.data if i < row]
            numbers = [v for v in cells if is_number(v)]
            if (
                not is_number(said)
                or len(numbers) < 2
                or len(numbers) * 2 < len(cells)
                or column.leaf in ("序号", "序")
            ):
                continue
            total = round(sum(numbers), 6)
            if abs(total - said) > _ROUNDING:
                cell = f"{column_letter(column.place)}{row + 1}"
                what = f"合计写的是 {clean(said)}，上面各行加起来是 {clean(float(total))}"
                findings.append(finding(CONTROL, (source.workbook, source.sheet, cell), clean(said), what))
    return findings
