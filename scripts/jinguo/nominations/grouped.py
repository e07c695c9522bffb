"""The choice of a batch as counts: people for whom the same quotas count differ by their scores alone.

Of such a group nobody is chosen before a better one, so a list is how many of each group are on it: a small integer
programme however many candidates there are, that gives the totals the explanations ask for by the hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from jinguo.nominations.limits import SCALE, Limit, quiet_solver

#: A count is whole that is so near to a whole number.
_WHOLE = 1e-6


class GroupedProblem:
    """The highest total of a list of `size` within the limits, asked again and again: with somebody on it, without a limit.

    `scores` come best first; `pinned` positions are on every list.
    """

    def __init__(
        self, scores: Sequence[Decimal], size: int, limits: Sequence[Limit], pinned: frozenset[int] = frozenset()
    ) -> None:
        self.points = [int(score * SCALE) for score in scores]
        self.size, self.limits, self.count = size, limits, len(scores)
        #: How many of each group the last answer has.
        self._counts: list[float] = []
        self.pinned = pinned
        signatures: defaultdict[tuple[int, ...], list[int]] = defaultdict(list)
        of_limit: defaultdict[int, list[int]] = defaultdict(list)
        for n, limit in enumerate(limits):
            for position in limit.members:
                of_limit[position].append(n)
        for position in range(self.count):
            signatures[tuple(of_limit.get(position, ()))].append(position)
        self.groups = [sorted(group, key=lambda p: (-self.points[p], p)) for group in signatures.values()]
        self.group_of = {position: g for g, group in enumerate(self.groups) for position in group}
        # A column for everybody who may be chosen: of a group its best, as many as a list has, and the pinned.
        self.column: dict[int, int] = {}
        for group in self.groups:
            for n, position in enumerate(group):
                if n < size or position in pinned:
                    self.column[position] = len(self.column)
        self.first = len(self.column)
        # With fractions of people, which is quick and mostly comes out whole; and in whole people where it does not.
        self.solvers = [self._solver(signatures, whole) for whole in (False, True)]
        for position in pinned:
            self.fix(position, 1)

    def _solver(self, signatures: Iterable[tuple[int, ...]], whole: bool) -> Any:
        import highspy
        import numpy

        solver = quiet_solver()
        for option, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.1)):
            solver.setOptionValue(option, value)
        total = self.first + len(self.groups)
        upper, costs = numpy.ones(total), numpy.zeros(total)
        upper[self.first :] = [len(group) for group in self.groups]
        for position, column in self.column.items():
            costs[column] = self.points[position]
        solver.addVars(total, numpy.zeros(total), upper)
        counts = numpy.arange(self.first, total, dtype=numpy.int32)
        if whole:
            kinds = numpy.full(len(counts), highspy.HighsVarType.kInteger)
            solver.changeColsIntegrality(len(counts), counts, kinds)
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        solver.changeColsCost(total, numpy.arange(total, dtype=numpy.int32), costs)

        def row(columns: Sequence[int], least: float, most: float, weights: Sequence[float] | None = None) -> None:
            values = numpy.ones(len(columns)) if weights is None else numpy.array(weights)
            solver.addRow(least, most, len(columns), numpy.array(columns, dtype=numpy.int32), values)

        row(counts.tolist(), self.size, self.size)
        by_limit: defaultdict[int, list[int]] = defaultdict(list)
        for g, signature in enumerate(signatures):
            for n in signature:
                by_limit[n].append(self.first + g)
        for n, limit in enumerate(self.limits):
            row(by_limit[n], *self._bounds(limit))
        for g, group in enumerate(self.groups):
            members = [self.column[position] for position in group if position in self.column]
            row([*members, self.first + g], 0, 0, [1.0] * len(members) + [-1.0])
        return solver

    def _bounds(self, limit: Limit) -> tuple[float, float]:
        return 0 if limit.least is None else limit.least, self.count if limit.most is None else limit.most

    def fix(self, position: int, value: int) -> None:
        """Have somebody on the list, or not."""
        self._change(position, value, value)

    def free(self, position: int) -> None:
        self._change(position, 0, 1)

    def _change(self, position: int, least: float, most: float) -> None:
        column = self._column_of(position)
        for solver in self.solvers:
            solver.changeColBounds(column, least, most)

    def _column_of(self, position: int) -> int:
        """The column of a position; of one that is never chosen of itself made when it is asked for."""
        if position not in self.column:
            import numpy

            row = numpy.array([1 + len(self.limits) + self.group_of[position]], dtype=numpy.int32)
            for solver in self.solvers:
                solver.addCol(float(self.points[position]), 0.0, 1.0, 1, row, numpy.ones(1))
            self.column[position] = self.solvers[0].getNumCol() - 1
        return self.column[position]

    @contextmanager
    def without(self, number: int) -> Iterator[None]:
        """The problem without one of its limits, for as long as this lasts."""
        import highspy

        for solver in self.solvers:
            solver.changeRowBounds(number + 1, -highspy.kHighsInf, highspy.kHighsInf)
        yield
        for solver in self.solvers:
            solver.changeRowBounds(number + 1, *self._bounds(self.limits[number]))

    def best_total(self) -> Decimal | None:
        """The highest total score there is; None where no list is possible."""
        import highspy

        for solver in self.solvers:
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            counts = solver.getSolution().col_value[self.first : self.first + len(self.groups)]
            self._counts = counts
            if all(abs(count - round(count)) < _WHOLE for count in counts):
                # The counts are whole; with them the points are sums of whole hundredths.
                return Decimal(round(solver.getInfo().objective_function_value)) / SCALE
        raise AssertionError("the counts of the second solver are whole")

    def best_list(self, position: int) -> frozenset[int] | None:
        """A list with the highest total among those with this position; None where there is none."""
        self.fix(position, 1)
        found = self.best_total()
        counts = [round(count) for count in self._counts] if found is not None else []
        self.free(position)
        inside = self.pinned | {position}
        members = set(inside)
        for group, count in zip(self.groups, counts, strict=False):
            rest = [p for p in group if p not in inside]
            members |= set(rest[: count - (len(group) - len(rest))])
        return frozenset(members) if found is not None else None

    def total(self, chosen: frozenset[int]) -> Decimal:
        return Decimal(sum(self.points[p] for p in chosen)) / SCALE
