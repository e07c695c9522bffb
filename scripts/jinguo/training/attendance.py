"""The attendance of events held, as a frame; and what is counted of any grouping of it, at once for all groups.

Columns of a million rows are counted as whole numbers: a group, an event and a person are codes, and what is
distinct is found by hashing one number made of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from jinguo.organisations.history import TierSpan, tier_spans
from jinguo.organisations.membership import Membership, memberships
from jinguo.registry.tables import Registry, index_of
from jinguo.schema.dates import Month

if TYPE_CHECKING:
    import numpy
    import pandas

NOT_GIVEN = "未填"
#: Whoever belonged to no organisation at the time.
NO_POST = "没有任职"
#: What a person belongs to through her organisations: the label of a figure, and the column of 社会组织.
MEMBERSHIP_GROUPS = {"层级": "tier", "组织级别": "level", "镇街": "township", "组织": "name"}


def attendance_frame(registry: Registry) -> pandas.DataFrame:
    """One row for each attendance of an event held by today, doubled rows of a person at an event left out (the
    first counts).

    Columns: event and person (categories of their numbers), year, month (1–12), type (category), present and enrolled
    (bool), hundredths (whole hundredths of hours earned, so that sums are exact). The index are the labels of the
    rows of 签到, mostly their Excel rows.
    """
    import numpy
    import pandas

    attendance, events = registry["attendance"], registry["events"]
    event_codes, event_names = pandas.factorize(numpy.array(attendance["event"], dtype=object))
    person_codes, person_names = pandas.factorize(numpy.array(attendance["person"], dtype=object))
    presence_codes, presences = pandas.factorize(numpy.array(attendance["presence"], dtype=object))
    starts = [events.value(name, "starts") for name in event_names]
    held = numpy.array([start is not None and start.date() <= registry.today for start in starts] + [False])
    kept = numpy.flatnonzero(held[event_codes] & (person_codes >= 0) & (presence_codes >= 0))
    keys = event_codes[kept].astype("int64") * max(len(person_names), 1) + person_codes[kept]
    kept = kept[~pandas.Series(keys).duplicated().to_numpy()]

    def of_event(values: list, otherwise: Any) -> numpy.ndarray:
        return numpy.array([otherwise if value is None else value for value in values] + [otherwise])[event_codes[kept]]

    present = numpy.array([p == "出席" for p in presences] + [False])[presence_codes[kept]]
    hours = of_event([_hundredths(events.value(name, "hours")) for name in event_names], 0)
    own = numpy.array([-1 if h is None else int(h * 100) for h in attendance["hours"]] or [-1], dtype="int64")
    own = own[kept] if len(kept) else own[:0]
    enrolled = numpy.array([e == "是" for e in attendance["enrolled"]] or [False])
    return pandas.DataFrame(
        {
            "event": pandas.Categorical.from_codes(event_codes[kept], list(event_names)),
            "person": pandas.Categorical.from_codes(person_codes[kept], list(person_names)),
            "year": of_event([start and start.year for start in starts], 0).astype("int64"),
            "month": of_event([start and start.month for start in starts], 0).astype("int64"),
            "type": pandas.Categorical(of_event([events.value(name, "type") for name in event_names], NOT_GIVEN)),
            "present": present.astype(bool),
            "enrolled": enrolled[kept].astype(bool) if len(kept) else numpy.zeros(0, dtype=bool),
            "hundredths": numpy.where(present, numpy.where(own >= 0, own, hours), 0).astype("int64"),
        },
        index=index_of(labels)[kept] if (labels := attendance.labels()) else [],
    )


def _hundredths(hours: Any) -> int:
    return int(hours * 100) if hours is not None else 0


class Sums(NamedTuple):
    """What is counted of a group: events with anybody present, rows present, people present, hundredths of hours,
    all rows."""

    events: int
    present: int
    people: int
    hundredths: int
    listed: int


NOBODY = Sums(0, 0, 0, 0, 0)


def tally(frame: pandas.DataFrame, groups: Sequence[str]) -> dict[tuple, Sums]:
    """The counts of every combination of these columns; a person at an event counts once in a group, however often she
    belongs to it."""
    import numpy
    import pandas

    columns = [
        frame[name].cat.codes.to_numpy().astype("int64")
        if hasattr(frame[name], "cat")
        else frame[name].to_numpy().astype("int64")
        for name in groups
    ]
    names = [list(frame[name].cat.categories) if hasattr(frame[name], "cat") else None for name in groups]
    joined = numpy.zeros(len(frame), dtype="int64")
    for column in columns:
        joined = joined * (int(column.max()) + 1 if len(column) else 1) + column
    codes, found = pandas.factorize(joined)
    event, person = (frame[name].cat.codes.to_numpy().astype("int64") for name in ("event", "person"))
    most_events, most_people, count = (
        len(frame["event"].cat.categories) or 1,
        len(frame["person"].cat.categories) or 1,
        len(found),
    )
    once = ~pandas.Series((codes * most_events + event) * most_people + person).duplicated().to_numpy()
    there = once & frame["present"].to_numpy()
    listed = numpy.bincount(codes[once], minlength=count)
    present = numpy.bincount(codes[there], minlength=count)
    # Sums of hundredths stay whole in a float far beyond any registry.
    hundredths = numpy.bincount(codes[there], weights=frame["hundredths"].to_numpy()[there], minlength=count)
    events = numpy.bincount(pandas.unique(codes[there] * most_events + event[there]) // most_events, minlength=count)
    people = numpy.bincount(pandas.unique(codes[there] * most_people + person[there]) // most_people, minlength=count)
    first = pandas.Series(range(len(codes))).groupby(codes).first().to_numpy() if len(codes) else []
    result = {}
    for n in range(count):
        key = tuple(
            int(c[first[n]]) if known is None else known[c[first[n]]] for c, known in zip(columns, names, strict=True)
        )
        result[key] = Sums(int(events[n]), int(present[n]), int(people[n]), int(hundredths[n]), int(listed[n]))
    return result


def organisation_labels(registry: Registry) -> dict[str, str]:
    """What each organisation is called in tables: its name, with its number where another has the same."""
    rows = [(number, name or number) for _, number, name in registry["organisations"].each("number", "name") if number]
    counts = Counter(name for _, name in rows)
    return {number: name if counts[name] == 1 else f"{name}（{number}）" for number, name in rows}


def spread_over_organisations(registry: Registry) -> pandas.DataFrame:
    """The attendance frame with each attendance once for every organisation the person belonged to in that month,
    and that organisation's name, tier, level and township as categories (those of MEMBERSHIP_GROUPS); of those who
    belonged to none once, as NO_POST."""
    import pandas

    frame = registry.once(attendance_frame)
    known = {name: n for n, name in enumerate(frame["person"].cat.categories)}
    mine = [(m, span) for m in memberships(registry) if m.person in known for span in _tiers(registry, m)]
    belongs = pandas.DataFrame(
        {
            "person_code": pandas.array([known[m.person] for m, _ in mine], dtype="int64"),
            "since": pandas.array(
                [max(_month_number(m.from_month, 0), _month_number(s.from_month, 0)) for m, s in mine], dtype="int64"
            ),
            "until": pandas.array(
                [min(_month_number(m.to_month, 10**6), _month_number(s.to_month, 10**6)) for m, s in mine],
                dtype="int64",
            ),
            **{
                # An empty cell is a group of its own: a missing category would count as another.
                label: pandas.Categorical([_group(registry, label, m, span) or NOT_GIVEN for m, span in mine])
                for label in MEMBERSHIP_GROUPS
            },
        }
    )
    months = frame.assign(
        person_code=frame["person"].cat.codes.astype("int64"),
        number=frame["year"] * 12 + frame["month"],
        row=frame.index,
    )
    merged = months.merge(belongs, on="person_code")
    merged = merged[(merged["since"] <= merged["number"]) & (merged["number"] <= merged["until"])]
    alone = months[~months["row"].isin(merged["row"])]
    if not len(alone):
        return merged
    for label in MEMBERSHIP_GROUPS:
        all_names = [*merged[label].cat.categories, NO_POST]
        merged = merged.assign(**{label: merged[label].cat.set_categories(all_names)})
        alone = alone.assign(**{label: pandas.Categorical([NO_POST] * len(alone), categories=all_names)})
    return pandas.concat([merged, alone], ignore_index=True)


def _tiers(registry: Registry, membership: Membership) -> list[TierSpan]:
    """The spans of the tiers of the organisation of a membership; one for an organisation nobody registered."""
    return registry.once(tier_spans).get(membership.organisation) or [TierSpan(None, None, None)]


def _group(registry: Registry, label: str, membership: Membership, span: TierSpan) -> str | None:
    """What a membership belongs to by a label: the organisation by its name, the tier as it was then, all else as it is."""
    if label == "层级":
        return span.tier
    if label == "组织":
        return registry.once(organisation_labels).get(membership.organisation)
    value: str | None = registry["organisations"].value(membership.organisation, MEMBERSHIP_GROUPS[label])
    return value


def _month_number(month: Month | None, otherwise: int) -> int:
    return otherwise if month is None else month.year * 12 + month.month
