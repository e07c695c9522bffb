"""What came of every paper, and who qualified when."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from jinguo.exams.subjects import SUBJECTS, Standard, canonical_subject, standard
from jinguo.registry.tables import Registry
from jinguo.schema.numbers import Mark


class Outcome(NamedTuple):
    """One paper of one person. `outcome`: 通过, 未通过, 缺考, 违纪, 无效, 未公布. `entry` is the row in 报考."""

    entry: int
    year: int
    level: str
    subject: str
    person: str
    outcome: str

    @property
    def sat(self) -> bool:
        """Whether she sat the paper: a violation or a void paper was sat, an absence was not."""
        return self.outcome not in ("缺考", "未公布")


class Qualification(NamedTuple):
    """A person has passed every subject of a level, in time. `entry` is the row of the last pass."""

    person: str
    level: str
    year: int
    entry: int


def outcome_of(mark: Mark | None, needed: Standard) -> str:
    """What a result means against the standard of the paper; one that cannot be (EXM-002) counts as not yet known."""
    if mark is None:
        return "未公布"
    if mark.points is not None:
        if mark.points > needed.full:
            return "未公布"
        return "通过" if mark.points >= needed.pass_mark else "未通过"
    return {"合格": "通过", "不合格": "未通过"}.get(mark.status, mark.status)


def outcomes(registry: Registry) -> list[Outcome]:
    """Every entry, each (year, level, person, subject) once: of doubled rows the first counts."""
    entries = registry["exam_entries"]
    standards: dict[tuple, Standard] = {}
    found: dict[tuple, Outcome] = {}
    for i, year, level, person, subject, mark in entries.each("year", "level", "person", "subject", "score"):
        name = canonical_subject(level, subject) if level and subject else None
        if year is None or person is None or name is None:
            continue
        paper = (year, level, name)
        if paper not in standards:
            standards[paper] = standard(registry, year, level, name)
        found.setdefault(
            (year, level, person, name), Outcome(i, year, level, name, person, outcome_of(mark, standards[paper]))
        )
    return list(found.values())


def qualifications(registry: Registry) -> list[Qualification]:
    """Who qualified at which level in which year, each person once a level (the first time).

    初级: both subjects within one exam year. 中级: the subjects passed in the years Y−1 and Y together are all three, a
    sliding window of two exam years (《社会工作者职业水平考试实施办法》, domain.md §1.4). 高级: the one paper, which gives a
    pass certificate, not yet the title.
    """
    passes: defaultdict[tuple[str, str], dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for o in registry.once(outcomes):
        if o.outcome == "通过":
            passes[o.person, o.level][o.year][o.subject] = o.entry
    found = []
    for (person, level), years in passes.items():
        year = first_qualifying_year({y: set(s) for y, s in years.items()}, level)
        if year is not None:
            found.append(Qualification(person, level, year, max(years[year].values())))
    return sorted(found, key=lambda q: (q.year, list(SUBJECTS).index(q.level), q.entry))


def first_qualifying_year(passed: dict[int, set[str]], level: str) -> int | None:
    """The first exam year in which all subjects of the level are passed in time; `passed` maps a year to its passes."""
    needed = set(SUBJECTS[level])
    for year in sorted(passed):
        valid = passed[year] | (passed.get(year - 1, set()) if level == "中级" else set())
        if needed <= valid:
            return year
    return None
