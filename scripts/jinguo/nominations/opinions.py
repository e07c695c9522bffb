"""What the departments say of candidates: who is asked, who has answered, and which answer holds."""

from __future__ import annotations

import datetime
from collections import defaultdict

from jinguo.nominations.batch import Batch
from jinguo.registry.tables import Registry

AGREED, REFUSED, WAITING = "同意", "不同意", "待复"
#: Where a department has no row about somebody, where its row does not say, and where its rows contradict each other.
NONE, UNREAD, CONTRADICTORY = "", "（未填）", "前后不一"


def opinion_rows(registry: Registry) -> dict[tuple, list[int]]:
    """The rows of the opinions of each department on each candidate, by (batch, person, department), the latest last: those
    without a day first, the later row of one day last."""
    table = registry["opinions"]
    found: defaultdict[tuple, list[int]] = defaultdict(list)
    for i in sorted(range(len(table)), key=lambda i: (table["date"][i] or datetime.date.min, i)):
        found[table["batch"][i], table["person"][i], table["department"][i]].append(i)
    return dict(found)


def latest_opinions(registry: Registry) -> dict[tuple, int]:
    """The row of the latest opinion of each department on each candidate, by (batch, person, department)."""
    return {key: rows[-1] for key, rows in registry.once(opinion_rows).items()}


def departments_asked(registry: Registry, batch: Batch) -> list[str]:
    """The departments without whose opinion nobody is on the list: those that gave one in this batch, and those that the
    office itself names in 参数 › 联审部门."""
    table = registry["opinions"]
    found = list(dict.fromkeys(d for _, d, b in table.each("department", "batch") if b == batch.number and d))
    named = registry.settings.list_of("联审部门") if registry.settings.parameters.get("联审部门") else []
    # 公安局 of the parameter is 余姚市公安局 of the sheet.
    return found + [name for name in named if not any(d.endswith(name) or name.endswith(d) for d in found)]


def opinion_of(registry: Registry, batch: Batch, person: str, department: str) -> str:
    """同意, 不同意 or 待复; NONE where there is no row, UNREAD where it does not say; CONTRADICTORY where one agrees, another refuses and
    without days nobody can tell which came later."""
    table = registry["opinions"]
    rows = registry.once(opinion_rows).get((batch.number, person, department), [])
    said = {table["opinion"][i] for i in rows}
    last = [table["opinion"][i] for i in rows if table["date"][i] == table["date"][rows[-1]]]
    undated = any(table["date"][i] is None for i in rows)
    if ({AGREED, REFUSED} <= said and undated) or {AGREED, REFUSED} <= set(last):
        return CONTRADICTORY
    return (table["opinion"][rows[-1]] or UNREAD) if rows else NONE
