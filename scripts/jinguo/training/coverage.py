"""Whom training reaches and whom it does not: organisations and heads never present, people who stopped coming,
townships below the mean, and the ledger of hours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from jinguo.common.figures import Figure
from jinguo.organisations.membership import current_organisations
from jinguo.registry.tables import Registry
from jinguo.training.attendance import attendance_frame, organisation_labels, spread_over_organisations
from jinguo.training.hours import earned_hours

#: Somebody absent from so many events in a row she had enrolled for has dropped out.
_ABSENCES = 2


class Stopped(NamedTuple):
    """A person who came last year and not this year, or was absent from several events in a row: what she did last."""

    person: str
    why: str
    last_event: str


def never_reached(registry: Registry, year: int) -> list[int]:
    """The rows of organisations of which nobody was present in the year; none while nothing has been held in it."""
    if not _was_held(registry, year):
        return []
    reached, labels = _reached(registry, year), registry.once(organisation_labels)
    rows = registry["organisations"].each("number", "status")
    return [i for i, number, status in rows if number and status != "已注销" and labels[number] not in reached]


def heads_absent(registry: Registry, year: int) -> list[int]:
    """The rows of organisations somebody of whom came in the year, but not their head."""
    reached, labels, frame = (
        _reached(registry, year),
        registry.once(organisation_labels),
        registry.once(attendance_frame),
    )
    people = set(frame["person"][(frame["year"] == year) & frame["present"]].unique())
    rows = registry["organisations"].each("number", "head", "status")
    return [
        i
        for i, number, head, status in rows
        if labels.get(number) in reached and head and status != "已注销" and head not in people
    ]


def _was_held(registry: Registry, year: int) -> bool:
    """Whether any event of the year is over: in January nobody has stayed away yet."""
    return any(
        start and start.year == year and start.date() <= registry.today for start in registry["events"]["starts"]
    )


def unattended(registry: Registry) -> list[int]:
    """Rows of the events that are over and of which nobody signed in: their attendance is not known rather than none. Empty
    where nothing at all is kept of attendance, or the events of some rows could not be read."""
    events, attendance = registry["events"], registry["attendance"]
    if not attendance.present or attendance.unclear("event"):
        return []
    attended = set(attendance["event"])
    return [
        i
        for i, number, start in events.filled("number", "starts")
        if start.date() < registry.today and number not in attended
    ]


def _reached(registry: Registry, year: int) -> set[str]:
    """What tables call the organisations anybody of whom was present in the year."""
    spread = registry.once(spread_over_organisations)
    return set(spread["组织"][(spread["year"] == year) & spread["present"]].unique())


def stopped(registry: Registry, year: int) -> list[Stopped]:
    """Those who came the year before and not in this one, and those absent without leave from the last two events or
    more they were listed for; by their numbers; none while nothing has been held in the year."""
    if not _was_held(registry, year):
        return []
    frame, events = registry.once(attendance_frame), registry["events"]
    attendance = registry["attendance"]
    row_of = attendance.row_of
    recent = frame[frame["year"].isin([year - 1, year])]
    history: defaultdict[str, list[tuple]] = defaultdict(list)
    for label, event, person in zip(recent.index, recent["event"], recent["person"], strict=True):
        history[person].append((events.value(event, "starts"), event, attendance["presence"][row_of[label]]))
    found = []
    for person, rows in sorted(history.items()):
        rows.sort()
        came = [start.year for start, _, presence in rows if presence == "出席"]
        absences = next((n for n, (_, _, presence) in enumerate(reversed(rows)) if presence != "缺席"), len(rows))
        last = next((event for _, event, presence in reversed(rows) if presence == "出席"), "")
        if absences >= _ABSENCES:
            found.append(Stopped(person, f"最近登记的 {absences} 场都缺席", last))
        elif came and year not in came:
            found.append(Stopped(person, f"{year - 1} 年来过 {len(came)} 场，{year} 年没有来", last))
    return found


def below_mean(figures: Iterable[Figure], year: int) -> list[Figure]:
    """The townships with fewer person-times for each organisation than all together, lowest first; those without an
    organisation left out."""
    own = [f for f in figures if f.name == "平均每组织人次" and f.dimensions.get("年度") == str(year)]
    mean = next((f.value for f in own if list(f.dimensions) == ["年度"]), None)
    if mean is None:
        return []
    townships = [f for f in own if "镇街" in f.dimensions and f.value is not None and f.value < mean]
    return sorted(townships, key=lambda f: (f.value, f.dimensions["镇街"]))


class Ledger(NamedTuple):
    """The hours of one person in one year: of training, of continuing education registered, and what they are made
    of."""

    person: str
    year: int
    training: Decimal
    education: Decimal
    entries: int


def hours_ledger(registry: Registry) -> list[Ledger]:
    """The hours of everybody who has any, by person and year; each hour once (jinguo.training.hours)."""
    people = {p for _, p in registry["people"].each("number") if p}
    events = set(registry["events"]["number"])
    found = []
    for person, earned in sorted(earned_hours(registry, people).items()):
        sums: defaultdict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
        counts: Counter[int] = Counter()
        for day, hours, source in earned:
            if day <= registry.today:
                year = day.year
                sums[year][source not in events] += hours
                counts[year] += 1
        found += [
            Ledger(person, year, training, education, counts[year])
            for year, (training, education) in sorted(sums.items())
        ]
    return found


def homes(registry: Registry) -> dict[str, list[str]]:
    """The names of each person's organisations today."""
    return {
        p: [registry.name_of("organisations", o) for o in mine]
        for p, mine in current_organisations(registry, registry.today).items()
    }
