"""What a batch is judged by besides rows: days, the size of the list, the parameters in force; each with where it comes from."""

from __future__ import annotations

from typing import Any

from jinguo.excel.writing.live_sheet import FIRST
from jinguo.nominations.batch import Batch
from jinguo.registry.tables import Registry
from jinguo.reports.audit.review_sheet import ReviewSheet
from jinguo.reports.audit.spelling import day_number

_USED = ("代表最低年龄", "不得同时担任", "不得两地担任", "最多届数", "联审部门", "联审待复可入选")


class Parameters:
    """The sheet 参数; by name the cell with the value."""

    def __init__(self, registry: Registry, batch: Batch) -> None:
        table, index = registry["batches"], batch.index
        place = lambda name: table.place(index, name)  # noqa: E731
        last = min(batch.closing, registry.today)
        self.rows: list[tuple[str, Any, str]] = [
            ("批次编号", batch.number, place("number")),
            ("批次名称", batch.name, place("name")),
            ("基准日期", day_number(registry.today), "这一天的台账"),
            ("截止日期", day_number(batch.closing), place("closing")),
            (
                "计算年龄和任职的日期",
                day_number(batch.day),
                place("election_day") if batch.election_day else "没有选举日，按截止日期",
            ),
            ("签到算到", day_number(last), "截止日期和基准日期里早的一天"),
            ("名单人数", batch.size, f"{place('seats')}（名额），{place('extra')}（差额）"),
            ("推荐职务", batch.office, place("office")),
            ("级别", batch.level, place("level")),
            ("届次", batch.term, place("term")),
            ("笔画顺序", batch.order, "名单的先后；得分相同时也按笔画"),
        ]
        for name in _USED:
            value = registry.settings.parameter(name)
            own = registry.settings.parameters.get(name) is not None
            shown = "、".join(value) if isinstance(value, tuple) else "" if value is None else value
            self.rows.append((name, shown, "设置.xlsx › 参数" if own else "没有设置，用默认值"))

    def __getitem__(self, name: str) -> str:
        """The cell of a parameter, as any sheet names it."""
        return f"'参数'!$B${FIRST + [row[0] for row in self.rows].index(name)}"

    def sheet(self) -> ReviewSheet:
        sheet = ReviewSheet(
            "参数", "这一批的日期、人数和用到的参数", len(self.rows), "日期写作 20261130 这样的整数，月份写作 202611。"
        )
        for number, (header, width) in enumerate((("名称", 24), ("值", 40), ("出处", 60))):
            sheet.add(header, [row[number] for row in self.rows], width)
        return sheet
