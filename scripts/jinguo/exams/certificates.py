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


def _unclear(registry: Registry) -> dict[str, str]:
    """The people some of whose hours could not be read, each with the first cell."""
    found: dict[str, str] = {}
    for table in (registry["education_hours"], registry["attendance"]):
        for field, i in sorted(table.unreadable):
            if field in ("hours", "date", "presence"):
                header = table.spec.by_name[field].header
                found.setdefault(table["person"][i], f"{table.place(i, field)} 的{header}读不出，算不出学时")
    return found


def unclear_hours(registry: Registry) -> Iterator[tuple[int, str]]:
    """The certificates soon to be registered again of which it is not known whether the hours suffice, and why."""
    certificates, unclear = registry["certificates"], _unclear(registry)
    for i, person, _ in _expiring(registry):
        if person in unclear and certificates["level"][i] and certificates["registered_on"][i]:
            yield i, unclear[person]


def short_of_hours(registry: Registry) -> Iterator[tuple[int, Decimal, Decimal]]:
    """(row, hours done, hours needed) of the certificates soon to be registered again whose holders have not the
    hours."""
    certificates, education, attendance = registry["certificates"], registry["education_hours"], registry["attendance"]
    if not (education.present or attendance.present):
        return
    unclear = _unclear(registry)
    for i, person, _ in _expiring(registry):
        level, start, end = (certificates[field][i] for field in ("level", "registered_on", "registered_until"))
        if level is None or start is None or person in unclear:
            continue
        needed, done = needed_hours(registry, level), hours_done(registry, person, start, end)
        if done < needed:
            yield i, done, needed
