"""From when to when each unit is on duty."""

from __future__ import annotations

import datetime

from jinguo.registry.tables import Table


def duty_spans(units: Table) -> list[tuple]:
    """(organisation, from, to, weekdays) of the duty units, an open end as far away as can be.

    A span whose dates are the wrong way round is DUT-002's to say; here it has no end.
    """
    return [
        (o, s or datetime.date.min, datetime.date.max if e is None or (s and e < s) else e, days)
        for _, o, s, e, days in units.each("organisation", "from_date", "to_date", "weekdays")
    ]
