"""Certificates whose registration ends, and whether the hours for the next suffice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from jinguo.exams.holders import hours_done, needed_hours, superseded
from jinguo.registry.tables import Registry
from jinguo.schema.dates import add_months


def _expiring(registry: Registry) -> Iterator[tuple[int, str, str]]:
    """(row, person, 已经过了 or 快到了) of the certificates whose registration ends within the months of the parameter."""
    certificates = registry["certificates"]
    soon = add_months(registry.today, int(registry.settings.parameter("到期提醒月数")))
    below = registry.once(superseded)
    for i, person, level, registered, until in certificates.each(
        "person", "level", "registered_on", "registered_until"
    ):
        current = until and until <= soon and (registered is None or registered < until)
        if person and current and (person, level) not in below:
            yield i, person, "已经过了" if until < registry.today else "快到了"


def short_of_hours(registry: Registry) -> Iterator[tuple[int, Decimal, Decimal]]:
    """(row, hours done, hours needed) of the certificates soon to be registered again whose holders have not the
    hours."""
    certificates, education, attendance = registry["certificates"], registry["education_hours"], registry["attendance"]
    if not (education.present or attendance.present):
        return
    unclear = {
        table["person"][i]
        for table in (education, attendance)
        for field, i in table.unreadable
        if field in ("hours", "date", "presence")
    }
    for i, person, _ in _expiring(registry):
        level, start, end = (certificates[field][i] for field in ("level", "registered_on", "registered_until"))
        if level is None or start is None or person in unclear:
            continue
        needed, done = needed_hours(registry, level), hours_done(registry, person, start, end)
        if done < needed:
            yield i, done, needed
