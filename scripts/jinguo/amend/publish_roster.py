"""A roster written into 值班安排, so that it stays: new days below, days that moved in their cells."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from jinguo.amend.edits import Change, Edits
from jinguo.amend.new_rows import NewRow, new_rows
from jinguo.registry.tables import Registry


def published_edits(
    registry: Registry, rows: list[NewRow], moved: Mapping[datetime.date, tuple[str, str]]
) -> dict[Path, Edits]:
    """The edits, by workbook: `rows` for days not yet in 值班安排; `moved` gives for days that are the unit now, and why."""
    edits = new_rows(registry, "duty_plan", rows)
    plan = registry["duty_plan"]
    paths = {path.name: path for path in registry.files}
    for i, day in plan.each("date"):
        if day not in moved:
            continue
        unit, why = moved[day]
        workbook, sheet, cell = plan.address(i, "organisation")
        mine = edits.setdefault(paths[workbook], Edits())
        was = plan.shown(i, "organisation")
        mine.changes.append(Change(workbook, sheet, cell, "组织编号", "改派", was, unit))
        if "note" in plan.block(i).letters:
            note = "；".join(filter(None, (plan.shown(i, "note"), why)))
            mine.changes.append(
                Change(workbook, sheet, plan.cell(i, "note"), "说明", "改派", plan.shown(i, "note"), note)
            )
    return edits
