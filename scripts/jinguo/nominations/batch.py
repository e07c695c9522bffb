"""One batch: its rows out of the registry, and everything the program finds out about its candidates."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from jinguo.common.rounding import half_up
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

    @property
    def selected(self) -> list[Candidate]:
        return [c for c in self.candidates if c.selected]


def batches(registry: Registry) -> list[Batch]:
    """The batches whose required cells can be read, in the order of the sheet."""
    from jinguo.nominations.order import default_rule

    table = registry["batches"]
    found = []
    for i in range(len(table)):
        row = {f: table[f][i] for f in ("number", "name", "office", "level", "seats", "addressee", "closing")}
        if any(value is None for value in row.values()):
            continue
        order = table["order"][i] or default_rule(row["office"])
        found.append(Batch(index=i, term=table["term"][i] or "", extra=table["extra"][i] or 0, order=order, **row))
    return found


def unreadable_batches(registry: Registry) -> list[str]:
    """Rows of 推荐批次 that cannot be worked out because a required cell is empty or cannot be read, by place and
    number."""
    table = registry["batches"]
    known = {batch.index for batch in batches(registry)}
    return [f"{table.place(i, 'number')} {table.shown(i, 'number')}" for i in range(len(table)) if i not in known]


def batch_rows(registry: Registry, table: str, batch: Batch) -> list[int]:
    """The rows of a table that belong to the batch."""
    return [i for i, number in registry[table].each("batch") if number == batch.number]


def latest_opinions(registry: Registry) -> dict[tuple, int]:
    """The row of the latest opinion of each department on each candidate, by (batch, person, department)."""
    opinions = registry["opinions"]
    rows = sorted(range(len(opinions)), key=lambda i: (opinions["date"][i] or datetime.date.min, i))
    return {(opinions["batch"][i], opinions["person"][i], opinions["department"][i]): i for i in rows}
