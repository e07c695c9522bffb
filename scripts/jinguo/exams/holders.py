"""Everybody who holds a certificate: when it is to be registered, and how many hours of continuing education are
done."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from jinguo.exams.subjects import SUBJECTS
from jinguo.registry.tables import Registry
from jinguo.schema.dates import add_months
from jinguo.training.hours import earned_hours


class Holder(NamedTuple):
    """One row of 证书: `due` is the day by which it is to be registered (again), `done` and `needed` the hours of the
    current registration (None where it is not registered), `state` in words."""

    row: int
    due: datetime.date | None
    done: Decimal | None
    needed: Decimal
    state: str


def needed_hours(registry: Registry, level: str | None) -> Decimal:
    """Hours of continuing education for one registration: 72 for 初级, 90 above (继续教育办法, second-hand; parameters)."""
    return registry.settings.number("初级继续教育学时" if level == "初级" else "中高级继续教育学时")


def hours_done(registry: Registry, person: str, start: datetime.date, end: datetime.date) -> Decimal:
    """The hours a person earned from one day to another, not after today."""
    ledger = registry.once(_ledger)
    return sum((e.hours for e in ledger.get(person, ()) if start <= e.date <= min(end, registry.today)), Decimal(0))


def _ledger(registry: Registry) -> dict:
    return earned_hours(registry, {p for p in registry["certificates"]["person"] if p})


def superseded(registry: Registry) -> set[tuple[str, str]]:
    """(person, level) of the certificates below those people hold: they must have had them, and need not register
    them again."""
    order = list(SUBJECTS)
    rows = registry["certificates"].each("person", "level")
    return {(person, lower) for _, person, level in rows if person and level for lower in order[: order.index(level)]}


def holders(registry: Registry) -> list[Holder]:
    """Every certificate but those below a higher one, the soonest due first, those with nothing due last."""
    certificates, settings = registry["certificates"], registry.settings
    months, soon = (
        int(settings.parameter("证书首次登记月数")),
        add_months(registry.today, int(settings.parameter("到期提醒月数"))),
    )
    found = []
    for i, person, level, obtained, registered, until in certificates.each(
        "person", "level", "obtained_on", "registered_on", "registered_until"
    ):
        if (person, level) in registry.once(superseded):
            continue
        due = until or (add_months(obtained, months) if obtained and registered is None else None)
        done = hours_done(registry, person, registered, until) if person and registered and until else None
        needed = needed_hours(registry, level)
        found.append(Holder(i, due, done, needed, _state(registry.today, soon, registered, due, done, needed)))
    return sorted(found, key=lambda h: (h.due or datetime.date.max, h.row))


def _state(
    today: datetime.date,
    soon: datetime.date,
    registered: datetime.date | None,
    due: datetime.date | None,
    done: Decimal | None,
    needed: Decimal,
) -> str:
    what = "再登记" if registered else "首次登记"
    if due is None:
        return "没有填登记有效期" if registered else "没有填日期"
    when = f"{what}已过期" if due < today else f"{what}快到期" if due <= soon else f"{what}未到期"
    short = done is not None and done < needed and due <= soon
    return f"{when}，学时不够" if short else when
