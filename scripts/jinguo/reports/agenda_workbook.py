"""待办.xlsx: what is to be done, by day; staff tick 已办, which is remembered."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from pathlib import Path

from jinguo.excel.reading.read import read_workbook
from jinguo.excel.writing.decision_workbook import DecisionSheet, write_decisions
from jinguo.office.task import LATER, MONTH, OVERDUE, SPANS, TODAY, WEEK, Task
from jinguo.schema.cells import clean

FILE, _SHEET = "待办.xlsx", "待办"
_TICK = "√"
_HEADER = ("什么时候", "日期", "星期", "事项", "内容", "对象", "谁办", "材料", "在哪一行看到", "已办", "标识")
_WIDTHS = (9, 12, 6, 14, 44, 30, 16, 44, 40, 7, 20)
_COLOURS = {OVERDUE: "F8CBAD", TODAY: "FFE699", WEEK: "FFF2CC", MONTH: "E2EFDA", LATER: ""}
_EXPLANATION = (
    "办完一件，在“已办”里选 √，保存、关闭；下次运行时记进 设置.xlsx › 已办，以后不再提醒，对应的通知和函也不再生成。",
    "想再提醒的，删去 设置.xlsx › 已办 里的那一行。",
    "“标识”是程序认得它的依据，请不要改。",
)
_NOT_DONE = "（没有办）"


def agenda_workbook(
    tasks: Sequence[Task], today: datetime.date, author: str, still_ticked: Collection[str] = ()
) -> bytes:
    """The workbook of these tasks, in the order of their days; `still_ticked` are those whose tick could not be noted yet."""
    ordered = sorted(tasks, key=lambda t: SPANS.index(t.span(today)))
    rows = [
        [
            t.span(today), f"{t.day:%Y-%m-%d}", "一二三四五六日"[t.day.weekday()], t.kind, t.what, t.about, t.who, t.document, t.place,
            _TICK if t.identity in still_ticked else "", t.identity,
        ]
        for t in ordered
    ]  # fmt: skip
    colours = {n: _COLOURS[row[0]] for n, row in enumerate(rows) if _COLOURS[row[0]]}
    groups = {n for n, row in enumerate(rows) if not n or row[0] != rows[n - 1][0]}
    notes = {"已办": "办完了选 √"}
    sheet = DecisionSheet(
        _SHEET, _HEADER, rows, _WIDTHS, {"已办": [_TICK]}, {}, notes, ("已办",), "已办", colours, groups
    )
    return write_decisions(f"待办（{today:%Y-%m-%d}）", [sheet], _EXPLANATION, _NOT_DONE, author)


def ticked(path: Path) -> dict[str, str]:
    """What staff have ticked in the workbook: the identity of each task with its words; nothing where there is none."""
    if not path.is_file():
        return {}
    rows = next((raw.rows for raw in read_workbook(path) if raw.name == _SHEET), [])
    titles = [clean(v) for v in rows[0]] if rows else []
    if not {"已办", "标识", "内容"} <= set(titles):
        return {}
    done, identity, what = (titles.index(t) for t in ("已办", "标识", "内容"))
    found = {}
    for row in rows[1:]:
        # A date, or a name, says that it is done as well; 否 and 未办 say it is not.
        mark = clean(row[done])
        if mark and mark not in ("否", "未办", "没办", "×", "x", "X", "无") and clean(row[identity]):
            found[clean(row[identity])] = clean(row[what])
    return found
