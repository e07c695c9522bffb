"""伴考: who has entered and what she still needs, whom to call, and how those who came to the tutoring did."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from jinguo.common.figures import Figure, Statistic, by_name
from jinguo.exams.progress import progress
from jinguo.exams.results import outcomes, qualifications
from jinguo.exams.subjects import exam_day
from jinguo.organisations.membership import current_organisations
from jinguo.registry.tables import Registry
from jinguo.training.attendance import attendance_frame

STATISTICS = by_name(
    Statistic(
        "辅导后实考人数",
        "人",
        "当年实考的人，按当年考试以前参加考前辅导的场次分组；没有填考试日期的年度，按全年",
        ("级别 考前辅导",),
    ),
    Statistic("辅导后合格人数", "人", "其中当年合格的人", ("级别 考前辅导",)),
    Statistic("辅导后合格率", "%", "辅导后合格人数 ÷ 辅导后实考人数", ("级别 考前辅导",)),
)
CAUTION = (
    "参加辅导的人本来就可能更用功、基础更好，这里的差别不能说明是辅导带来的；人数少的组，差一两个人百分比就差很多。"
)
_GROUPS = ("0 场", "1 场", "2 场", "3 场以上")


class Companion(NamedTuple):
    """One person who entered a level in a year: her township, the subjects entered, those whose passes still count,
    those still missing, and how many tutoring events of the year she was at. `call` says why she should be called,
    or is empty."""

    person: str
    level: str
    township: str
    subjects: list[str]
    valid: list[str]
    missing: list[str]
    tutoring: int
    call: str


def tutoring_attended(registry: Registry, year: int) -> dict[str, int]:
    """How many 考前辅导 of the year each person was at, before the exam where its day is known (参数 › 考试日期)."""
    frame = registry.once(attendance_frame)
    mine = frame[(frame["year"] == year) & (frame["type"] == "考前辅导") & frame["present"]]
    day, events = exam_day(registry, year), registry["events"]
    if day is not None:
        before = [n for n in mine["event"].unique() if events.value(n, "starts").date() < day]
        mine = mine[mine["event"].isin(before)]
    return {str(person): int(count) for person, count in mine["person"].value_counts().items() if count}


def companion_plan(registry: Registry, year: int) -> list[Companion]:
    """Everybody who entered in the year, by township, level and person."""
    attended = tutoring_attended(registry, year)
    at = current_organisations(registry, registry.today)
    entered: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    waiting = set()
    for o in registry.once(outcomes):
        if o.year == year:
            entered[o.person, o.level].append(o.subject)
            if o.outcome == "未公布":
                waiting.add((o.person, o.level))
    found = []
    for (person, level), subjects in entered.items():
        stand = progress(registry, person, level, year)
        township = registry["people"].value(person, "residence") or next(
            (t for o in at.get(person, []) if (t := registry["organisations"].value(o, "township"))), ""
        )
        left_out = [s for s in stand.missing if s not in subjects]
        call = ""
        if (person, level) in waiting or not _published(registry, year, level):
            call = "；".join(
                filter(
                    None,
                    [
                        "还没有来过考前辅导" if not attended.get(person) else "",
                        f"没有报{'、'.join(left_out)}" if left_out else "",
                    ],
                )
            )
        found.append(
            Companion(
                person, level, township, subjects, list(stand.valid), stand.missing, attended.get(person, 0), call
            )
        )
    return sorted(found, key=lambda c: (c.township, c.level, c.person))


def _published(registry: Registry, year: int, level: str) -> bool:
    return any(o.outcome != "未公布" for o in registry.once(outcomes) if (o.year, o.level) == (year, level))


def companion_figures(registry: Registry) -> list[Figure]:
    """By year and level, those who sat by the number of tutoring events they were at, and how many of them
    qualified."""
    qualified = {(q.person, q.level, q.year) for q in registry.once(qualifications)}
    sat: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for o in registry.once(outcomes):
        if o.sat:
            sat[o.year, o.level].add(o.person)
    figures: list[Figure] = []
    for (year, level), people in sorted(sat.items(), key=lambda item: (item[0][0], item[0][1])):
        attended = tutoring_attended(registry, year)
        if not attended:
            continue
        for n, group in enumerate(_GROUPS):
            mine = {p for p in people if min(attended.get(p, 0), 3) == n}
            where = {"年度": str(year), "级别": level, "考前辅导": group}
            done = sum((p, level, year) in qualified for p in mine)
            figures += [
                STATISTICS["辅导后实考人数"].of(where, len(mine)), STATISTICS["辅导后合格人数"].of(where, done), STATISTICS["辅导后合格率"].rate(where, done, len(mine)),
            ]  # fmt: skip
    return figures
