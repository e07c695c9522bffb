"""One batch: its rows out of the registry, and everything the program finds out about its candidates."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jinguo.common.rounding import half_up
from jinguo.nominations.limits import Limit
from jinguo.nominations.selection import NOBODY_CHOSEN, SelectedCandidates
from jinguo.registry.tables import Registry


@dataclass(frozen=True)
class Batch:
    """One row of 推荐批次. `size` is the length of the list: the seats and the extra candidates of 差额."""

    index: int
    number: str
    name: str
    office: str
    level: str
    term: str
    seats: int
    extra: int
    addressee: str
    order: str
    closing: datetime.date
    election_day: datetime.date | None = None

    @property
    def day(self) -> datetime.date:
        """The day on which ages and the posts that are held count: that of the election, else the closing date."""
        return self.election_day or self.closing

    @property
    def size(self) -> int:
        return self.seats + self.extra

    @property
    def list_title(self) -> str:
        """The title of its list: 名单 is not said twice."""
        return self.name if self.name.endswith("名单") else f"{self.name}名单"


@dataclass(frozen=True)
class Verdict:
    """One requirement for one person: 符合, 不符合 or 缺材料, and the sentence that says why."""

    requirement: str
    outcome: str
    reason: str
    bonus: Decimal = Decimal(0)


@dataclass(frozen=True)
class Points:
    """One indicator for one person: raw value, the value of full points, the weight, and the points (two decimals)."""

    indicator: str
    raw: Decimal
    full: Decimal
    weight: Decimal
    points: Decimal


@dataclass
class Candidate:
    """A candidate and what was found out. `index` is her row in 人选; `rank` her place by score among the eligible."""

    index: int
    person: str
    name: str
    pin: str | None
    verdicts: list[Verdict] = field(default_factory=list)
    points: list[Points] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    assessed: bool = False
    selected: bool = False
    rank: int = 0

    @property
    def eligible(self) -> bool:
        return all(v.outcome == "符合" for v in self.verdicts)

    @property
    def bonus(self) -> Decimal:
        return sum((v.bonus for v in self.verdicts), Decimal(0))

    @property
    def score(self) -> Decimal:
        """The points of all indicators and the bonus of the preferred conditions, to two decimals as they are shown."""
        return half_up(sum((p.points for p in self.points), Decimal(0)) + self.bonus, 2)

    @property
    def reasons(self) -> list[str]:
        """Why she is not eligible, or, if she is, what is worth knowing."""
        return [v.reason for v in self.verdicts if v.outcome != "符合"] + self.notes


@dataclass(frozen=True)
class Quota:
    """A quota that is applied: its row, its words, its limits in people of the list, and whom it counts."""

    row: int
    label: str
    least: int | None
    most: int | None
    counts: Callable[[Candidate], bool]
    #: The organisation (by its number) or the unit it is about, where it holds for each alike.
    group: str = ""

    def limit(self, ranked: Sequence[Candidate]) -> Limit:
        """The quota over the ranked candidates."""
        members = frozenset(p for p, c in enumerate(ranked) if self.counts(c))
        return Limit(self.label, members, self.least, self.most)


@dataclass(frozen=True)
class QuotaOutcome:
    """A quota, its limits in people, and how many of the list count for it."""

    label: str
    least: int | None
    most: int | None
    achieved: int

    @property
    def met(self) -> bool:
        return (self.least is None or self.achieved >= self.least) and (self.most is None or self.achieved <= self.most)


@dataclass
class BatchResult:
    """A batch worked out: candidates in list order, quotas, and, where no list is possible, why."""

    batch: Batch
    candidates: list[Candidate]
    quotas: list[QuotaOutcome]
    trouble: list[str] = field(default_factory=list)
    #: What is not in it, as it could not be read.
    remarks: list[str] = field(default_factory=list)
    #: What is worth knowing of a list and is no fault.
    hints: list[str] = field(default_factory=list)
    #: Tables that it rests on and that are not kept, in words: nothing of it can go out.
    lacking: list[str] = field(default_factory=list)
    #: What the batch does not have that a list rests on.
    gaps: list[str] = field(default_factory=list)
    #: Requirements and quotas that could not be applied, in words.
    unapplied: list[str] = field(default_factory=list)
    #: What the choice was made from: who could be chosen, best first; the quotas that were applied, as such and over these people;
    #: and what was chosen.
    ranked: list[Candidate] = field(default_factory=list)
    applied: list[Quota] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    choice: SelectedCandidates = NOBODY_CHOSEN

    @property
    def warnings(self) -> list[str]:
        """All that somebody who reads the list should know of it."""
        return list(
            dict.fromkeys([*self.lacking, *self.trouble, *self.unapplied, *self.gaps, *self.remarks, *self.hints])
        )

    @property
    def waiting(self) -> bool:
        """Whether there is no list as too few may be on it, while of others it is not known whether they may."""
        if self.selected or sum(c.rank > 0 for c in self.candidates) >= self.batch.size:
            return False
        possible = [c for c in self.candidates if all(v.outcome != "不符合" for v in c.verdicts)]
        return len(possible) >= self.batch.size

    @property
    def selected(self) -> list[Candidate]:
        return [c for c in self.candidates if c.selected]


def batches(registry: Registry) -> list[Batch]:
    """The batches that can be worked out, in the order of the sheet; `skipped_batches` are the others."""
    from jinguo.nominations.order import default_rule

    table, skipped = registry["batches"], _not_worked_out(registry)
    found = []
    for i in range(len(table)):
        if i in skipped:
            continue
        row = {f: table[f][i] for f in _NEEDED}
        order = table["order"][i] or default_rule(row["office"])
        found.append(
            Batch(
                index=i,
                term=table["term"][i] or "",
                extra=table["extra"][i] or 0,
                order=order,
                election_day=table["election_day"][i],
                **row,
            )
        )
    return found


def skipped_batches(registry: Registry) -> list[str]:
    """Rows of 推荐批次 that are not worked out, each with its place and why: a required cell is empty, another cannot be read,
    or a number stands twice, so that nobody knows whose the candidates are."""
    table = registry["batches"]
    return [
        f"{table.place(i, 'number')} {table.shown(i, 'number')} {why}" for i, why in _not_worked_out(registry).items()
    ]


_NEEDED = ("number", "name", "office", "level", "seats", "addressee", "closing")
_READ = (*_NEEDED, "extra", "order", "stage", "notice_from", "notice_days", "election_day")


def _not_worked_out(registry: Registry) -> dict[int, str]:
    table = registry["batches"]
    counts = Counter(number for number in table["number"] if number)
    found = {}
    for i in range(len(table)):
        empty = [f for f in _NEEDED if table[f][i] is None]
        unread = [f for f in _READ if f in empty or not table.readable(i, f)]
        if unread:
            headers = "、".join(table.spec.by_name[f].header for f in unread)
            found[i] = f"的{headers}没有填或读不出"
        elif counts[table["number"][i]] > 1:
            found[i] = "的批次编号重复，分不清人选是哪一批的"
    return found


def batch_rows(registry: Registry, table: str, batch: Batch) -> list[int]:
    """The rows of a table that belong to the batch."""
    return [i for i, number in registry[table].each("batch") if number == batch.number]
