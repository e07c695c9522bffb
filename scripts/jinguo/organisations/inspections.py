"""For which years an organisation must have been inspected."""

from __future__ import annotations

import datetime


def expected_years(registered: datetime.date, today: datetime.date, due_month: int = 5) -> range:
    """The years an organisation must have been inspected for by `today`.

    One registered after 30 June is not inspected for that year (年检通告惯例, domain.md §2.4); the inspection for a year
    is due by the end of May of the next (《社会团体登记管理条例》第二十八条), or of the month `due_month`.
    """
    first = registered.year if (registered.month, registered.day) <= (6, 30) else registered.year + 1
    last = today.year - 1 if today.month > due_month else today.year - 2
    return range(first, last + 1)
