"""Who still needs which subject, and until when a pass counts."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from jinguo.exams.results import outcomes, qualifications
from jinguo.exams.subjects import SUBJECTS
from jinguo.registry.tables import Registry

#: How many exam years after its own a pass counts: 中级 rolls over two.
_CARRIED = {"初级": 0, "中级": 1, "高级": 0}


class Progress(NamedTuple):
    """Where a person stands before the exam of a year: the subjects whose passes still count with the last exam year
    they count in, and those still to be passed."""

    person: str
    level: str
    valid: dict[str, int]
    missing: list[str]


def passes(registry: Registry) -> dict[tuple[str, str], dict[str, list[int]]]:
    """The exam years in which each (person, level) passed each subject, earliest first."""
    found: defaultdict[tuple[str, str], defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for o in registry.once(outcomes):
        if o.outcome == "通过":
            found[o.person, o.level][o.subject].append(o.year)
    return {key: {subject: sorted(years) for subject, years in of.items()} for key, of in found.items()}


def progress(registry: Registry, person: str, level: str, year: int) -> Progress:
    """What counts and what is missing for the exam of `year`, passes of that exam itself included.

    《社会工作者职业水平考试实施办法》: 初级 within one exam year; 中级 within two in a row, a sliding window.
    """
    mine = registry.once(passes).get((person, level), {})
    carried = _CARRIED[level]
    valid = {}
    for subject in SUBJECTS[level]:
        years = [y for y in mine.get(subject, ()) if year - carried <= y <= year]
        if years:
            valid[subject] = max(years) + carried
    return Progress(person, level, valid, [s for s in SUBJECTS[level] if s not in valid])


def unfinished(registry: Registry, year: int) -> list[Progress]:
    """Everybody who entered this level in this exam year or the one before and has not qualified at it: what the
    exam of `year` leaves to be done. In the order of levels, then of the first entry."""
    done = {(q.person, q.level) for q in registry.once(qualifications) if q.year <= year}
    entered = dict.fromkeys((o.person, o.level) for o in registry.once(outcomes) if year - 1 <= o.year <= year)
    waiting = [progress(registry, person, level, year) for person, level in entered if (person, level) not in done]
    return sorted(waiting, key=lambda p: list(SUBJECTS).index(p.level))


def lapsing(registry: Registry, year: int) -> list[tuple[Progress, list[str]]]:
    """Of those unfinished after the exam of `year`: whose passes count no more in the next one, and which."""
    found = []
    for p in unfinished(registry, year):
        lost = [subject for subject, last in p.valid.items() if last <= year]
        if lost:
            found.append((p, lost))
    return found
