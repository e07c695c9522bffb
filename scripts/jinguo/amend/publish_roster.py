"""A roster written into 值班安排, so that it stays: new days below, days that moved in their cells."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from jinguo.amend.edits import Change, Edits
from jinguo.amend.new_rows import NewRow, new_rows
from jinguo.registry.tables import Registry


def published_edits(
    registry: Registry, rows: list[NewRow], moved: Mapping[datetime.date, tuple[str, str, str]]
) -> dict[Path, Edits]:
    """The edits, by workbook: `rows` for days whose unit is not yet in 值班安排, in the row of the day where it stands there
    without one; `moved` gives for days who it was, the unit now, and why."""
    plan = registry["duty_plan"]
    waiting = {row["date"]: row for row in rows}
    changes: dict[Path, list[Change]] = {}

    def change(i: int, field: str, kind: str, text: str) -> None:
        workbook, sheet, cell = plan.address(i, field)
        title = plan.spec.by_name[field].header
        found = Change(workbook, sheet, cell, title, kind, plan.shown(i, field), text)
        path = registry.file_of(workbook)
        assert path is not None
        changes.setdefault(path, []).append(found)

    for i, day, organisation in plan.each("date", "organisation"):
        if not organisation and day in waiting and not plan.shown(i, "organisation"):
            change(i, "organisation", "公布", str(waiting.pop(day)["organisation"]))
        elif day in moved and organisation == moved[day][0]:
            _, unit, why = moved[day]
            change(i, "organisation", "改派", unit)
            if "note" in plan.block(i).letters:
                change(i, "note", "改派", "；".join(filter(None, (plan.shown(i, "note"), why))))
    edits = new_rows(registry, "duty_plan", list(waiting.values()))
    for path, mine in changes.items():
        edits.setdefault(path, Edits()).changes += mine
    return edits
