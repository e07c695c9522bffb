"""高级: the pass certificate of the examination, which is good for some years in which the title is to be applied for."""

from __future__ import annotations

import datetime

from jinguo.exams.results import Qualification, qualifications
from jinguo.registry.tables import Registry


def senior_passes(registry: Registry) -> list[tuple[Qualification, datetime.date]]:
    """Everybody who has passed 高级 and has no certificate of it, with the last day of the pass certificate: the end of the
    year so many years after that of the exam, as the day on which it was issued is not in the registry."""
    years = int(registry.settings.parameter("高级合格证明年数"))
    held = {p for _, p, level in registry["certificates"].each("person", "level") if level == "高级"}
    return [
        (q, datetime.date(q.year + years, 12, 31))
        for q in registry.once(qualifications)
        if q.level == "高级" and q.person not in held
    ]
