"""Who is on duty on each day, as fairly as can be: solved to the proven optimum, aim by aim.

Of a year, `turns_by_month` says first how many turns each unit has in each month; who has which day is then a month's matter.
The aims, each as good as it can be before the next: as few days as possible without anybody; ordinary, weekend and holiday
duties as near as possible to everybody's share (the sum of squares by weight, so that equal weights differ by one at the
most); nobody twice running; all duties together near to the share; turns in the order of the sheet.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jinguo.common.library_output import silenced

#: A day whose share is small still costs something; squares are told apart at a thousandth.
_TOLERANCE = 1e-4


@dataclass(frozen=True)
class DutyDays:
    """The days to be filled, each with its kind (平日, 周末, 节假日) and the units that can; the weight of each unit; the duties
    each should have had by the end, and has had, by (kind, unit); days that are settled."""

    days: Sequence[datetime.date]
    kinds: Mapping[datetime.date, str]
    able: Mapping[datetime.date, Sequence[str]]
    weights: Mapping[str, Fraction]
    shares: Mapping[tuple[str, str], Fraction]
    had: Mapping[tuple[str, str], int]
    settled: Mapping[datetime.date, str]
    last: Mapping[str, datetime.date]
    #: The share of each unit of the days of each kind and month, by ("2026-11 平日", unit).
    monthly: Mapping[tuple[str, str], Fraction]

    def unfairness(self, chosen: Mapping[datetime.date, str | None]) -> Fraction:
        """The sum of squares, by weight, of how far each unit is from its share in each kind of days."""
        total = Fraction(0)
        for kind in sorted(set(self.kinds.values())):
            for unit, weight in self.weights.items():
                count = sum(chosen.get(d) == unit for d in self.days if self.kinds[d] == kind)
                gap = self.had.get((kind, unit), 0) + count - self.shares.get((kind, unit), Fraction(0))
                total += gap * gap / weight
        return total


def assigned(month: DutyDays) -> dict[datetime.date, str | None]:
    """The unit of each day; None where nobody can."""
    free = [d for d in month.days if d not in month.settled and month.able[d]]
    chosen: dict[datetime.date, str | None] = {d: month.settled.get(d) for d in month.days}
    if not free:
        return chosen
    return chosen | _Model(month, free).solved()


def turns_by_month(year: DutyDays) -> dict[tuple[str, str], int]:
    """How many duties of each kind each unit has in each month, by ("2026-11 平日", unit), so that the whole of these days is as fair
    as can be, and what a unit has more or less than its share is spread evenly over the months."""
    free = [d for d in year.days if d not in year.settled and year.able[d]]
    chosen = dict(year.settled) | (_Model(year, free).spread() if free else {})
    return Counter((month_and_kind(d, year.kinds[d]), unit) for d, unit in chosen.items())


def month_and_kind(day: datetime.date, kind: str) -> str:
    """The month of a day with its kind: 2026-11 平日."""
    return f"{day:%Y-%m} {kind}"


class _Model:
    """The days as a programme of whole numbers: a column for each day and unit that can, and for each further duty of a unit what
    it costs in fairness, which grows, so that the cheaper come first by themselves."""

    def __init__(self, month: DutyDays, free: Sequence[datetime.date]) -> None:
        import highspy

        self.month, self.free = month, free
        with silenced(1):
            self.solver = highspy.Highs()
        self.solver.silent()
        for option, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", _TOLERANCE / 10)):
            self.solver.setOptionValue(option, value)
        self.count = 0
        self.turns: dict[tuple[datetime.date, str], int] = {}
        for d in free:
            for unit in month.able[d]:
                self.turns[d, unit] = self._column(1, whole=True)
            self._row([self.turns[d, unit] for unit in month.able[d]], 1, 1)
        units = month.weights
        had = {("", u): sum(n for (_, other), n in month.had.items() if other == u) for u in units}
        shares = {("", u): sum((s for (_, o), s in month.shares.items() if o == u), Fraction(0)) for u in units}
        self.fair = self._steps(lambda d: month.kinds[d], month.had, month.shares)
        self.even = self._steps(lambda d: "", had, shares)

    def _column(self, upper: float, whole: bool = False) -> int:
        import highspy

        self.solver.addVar(0.0, upper)
        if whole:
            self.solver.changeColIntegrality(self.count, highspy.HighsVarType.kInteger)
        self.count += 1
        return self.count - 1

    def _row(self, columns: Sequence[int], least: float, most: float, values: Sequence[float] | None = None) -> None:
        import numpy

        weights = numpy.ones(len(columns)) if values is None else numpy.array(values)
        self.solver.addRow(least, most, len(columns), numpy.array(columns, dtype=numpy.int32), weights)

    def _steps(
        self, kind_of: Any, all_had: Mapping[tuple[str, str], int], shares: Mapping[tuple[str, str], Fraction]
    ) -> dict[int, float]:
        """The columns of further duties of each unit in each kind of days, with what each adds to the square; what it has had and
        its share are by (kind, unit)."""
        month, costs = self.month, {}
        kinds = sorted({kind_of(d) for d in self.free})
        for kind in kinds:
            for unit, weight in month.weights.items():
                mine = [self.turns[d, unit] for d in self.free if kind_of(d) == kind and (d, unit) in self.turns]
                if not mine:
                    continue
                settled = sum(u == unit and kind_of(d) == kind for d, u in month.settled.items())
                had = settled + all_had.get((kind, unit), 0)
                share = shares.get((kind, unit), Fraction(0))
                steps = [self._column(1) for _ in mine]
                for n, column in enumerate(steps):
                    # (had + n + 1 - share)² - (had + n - share)²
                    costs[column] = float((2 * (had + n - share) + 1) / weight)
                self._row([*mine, *steps], 0, 0, [1.0] * len(mine) + [-1.0] * len(steps))
        return costs

    def _running(self) -> dict[int, float]:
        """A column for each unit on two days of duty running, which costs one."""
        month, costs = self.month, {}
        before = max((d for d in month.last.values()), default=None)
        order = list(month.days)
        for n, d in enumerate(order):
            earlier = order[n - 1] if n else before
            if earlier is None:
                continue
            for unit in dict.fromkeys((*month.able[d], month.settled.get(d) or "")):
                pair = [self._turn(earlier, unit), self._turn(d, unit)]
                if None in pair:
                    continue
                columns = [c for c in pair if c is not None and c is not True]
                fixed = sum(c is True for c in pair)
                if columns and fixed + len(columns) == 2:
                    column = self._column(1)
                    self._row([*columns, column], -math.inf, 1 - fixed, [1.0] * len(columns) + [-1.0])
                    costs[column] = 1.0
        return costs

    def _turn(self, day: datetime.date, unit: str) -> int | bool | None:
        """The column of a unit's turn on a day; True where it surely has it, None where it surely has not."""
        if (day, unit) in self.turns:
            return self.turns[day, unit]
        settled = self.month.settled.get(day) == unit or self.month.last.get(unit) == day
        return True if settled else None

    def solved(self) -> dict[datetime.date, str]:
        """The turns, one aim after the other; each is kept to while the next is sought."""
        self._keep(self.fair)
        self._keep(self._running())
        self._keep(self.even)
        return self._chosen(self._in_order())

    def spread(self) -> dict[datetime.date, str]:
        """Turns that are as fair, without regard to who is on duty twice running, spread over the months."""
        self._keep(self.fair)
        chosen = self._chosen(self.even)
        kinds = self.month.kinds
        counts = Counter((kinds[d], unit) for d, unit in chosen.items())
        # Once the whole of each unit is fixed, its months are a flow, which is quickly solved.
        for kind, unit in dict.fromkeys((kinds[d], u) for d, u in self.turns):
            mine = [c for (d, u), c in self.turns.items() if u == unit and kinds[d] == kind]
            self._row(mine, counts[kind, unit], counts[kind, unit])
        return self._chosen(self._steps(lambda d: month_and_kind(d, kinds[d]), {}, self.month.monthly))

    def _keep(self, costs: Mapping[int, float]) -> None:
        """Make a sum as small as can be, and keep to it."""
        if costs:
            self._row(list(costs), -math.inf, self._minimum(costs) + _TOLERANCE, list(costs.values()))

    def _chosen(self, costs: Mapping[int, float]) -> dict[datetime.date, str]:
        """The turns that make a sum as small as can be."""
        self._minimum(costs)
        values = self.solver.getSolution().col_value
        return {d: next(u for u in self.month.able[d] if values[self.turns[d, u]] > 0.5) for d in self.free}

    def _in_order(self) -> dict[int, float]:
        """What tells solutions apart that are as good: who has waited longest begins, then the order of the sheet, round and
        round."""
        units = sorted(
            self.month.weights,
            key=lambda u: (self.month.last.get(u, datetime.date.min), list(self.month.weights).index(u)),
        )
        size = len(units)
        return {
            column: float((units.index(unit) - self.free.index(d)) % size) * (1 + 1 / (2 + self.free.index(d)))
            for (d, unit), column in self.turns.items()
        }

    def _minimum(self, costs: Mapping[int, float]) -> float:
        import numpy

        whole = numpy.zeros(self.count)
        for column, cost in costs.items():
            whole[column] = cost
        self.solver.changeColsCost(self.count, numpy.arange(self.count, dtype=numpy.int32), whole)
        self.solver.run()
        return float(self.solver.getInfo().objective_function_value)
