"""Choosing the list: exactly so many people, the highest total score, under quotas and pins; solved to the optimum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinguo.common.library_output import silenced

#: Scores have two decimals; in hundredths they are whole numbers, which the solver adds without rounding.
_SCALE = 100
#: So many places are settled in one go: their weights are powers of two, which must stay far above the solver's tolerance.
_BLOCK = 16


@dataclass(frozen=True)
class Limit:
    """At least and at most so many of these people (positions in the list of scores)."""

    label: str
    members: frozenset[int]
    least: int | None
    most: int | None


@dataclass(frozen=True)
class SelectedCandidates:
    """The chosen positions; or, where no list is possible, what stands in the way, in words."""

    chosen: frozenset[int]
    trouble: tuple[str, ...] = ()


class SelectionProblem:
    """The choice as the solver has it, built once and asked several times; `scores` come best first."""

    def __init__(
        self, scores: Sequence[Decimal], size: int, limits: Sequence[Limit], pinned: frozenset[int] = frozenset()
    ) -> None:
        import highspy
        import numpy

        self.points = [int(score * _SCALE) for score in scores]
        self.size, self.count, self.limits = size, len(scores), limits
        self.solver = solver = _quiet_solver()
        for option, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.1)):
            solver.setOptionValue(option, value)
        self.columns = numpy.arange(self.count, dtype=numpy.int32)
        solver.addVars(self.count, numpy.zeros(self.count), numpy.ones(self.count))
        solver.changeColsIntegrality(self.count, self.columns, numpy.full(self.count, highspy.HighsVarType.kInteger))
        solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._row(range(self.count), size, size)
        for limit in limits:
            self._row(sorted(limit.members), *self._bounds(limit))
        # The total of the points, free until a list is asked for that has at least so many.
        self._row(range(self.count), -highspy.kHighsInf, highspy.kHighsInf, self.points)
        self.total_row = len(limits) + 1
        for position in pinned:
            self.fix(position, 1)

    def _row(
        self, members: Sequence[int] | range, least: float, most: float, weights: Sequence[int] | None = None
    ) -> None:
        import numpy

        values = numpy.ones(len(members)) if weights is None else numpy.array(weights, dtype=float)
        self.solver.addRow(least, most, len(members), numpy.array(members, dtype=numpy.int32), values)

    def fix(self, position: int, value: int) -> None:
        self.solver.changeColBounds(position, value, value)

    def free(self, position: int) -> None:
        self.solver.changeColBounds(position, 0, 1)

    @contextmanager
    def without(self, number: int) -> Iterator[None]:
        """The problem without one of its limits, for as long as this lasts."""
        import highspy

        limit = self.limits[number]
        self.solver.changeRowBounds(number + 1, -highspy.kHighsInf, highspy.kHighsInf)
        yield
        self.solver.changeRowBounds(number + 1, *self._bounds(limit))

    def _bounds(self, limit: Limit) -> tuple[float, float]:
        return 0 if limit.least is None else limit.least, self.count if limit.most is None else limit.most

    def solve(self, weights: Sequence[int] | None = None, total: int | None = None) -> frozenset[int] | None:
        """The positions with the highest sum of weights (of points, unless others are given), None where no list is
        possible; with `total` only lists of at least so many points."""
        import highspy
        import numpy

        self.solver.changeColsCost(
            self.count, self.columns, numpy.array(self.points if weights is None else weights, dtype=float)
        )
        self.solver.changeRowBounds(self.total_row, -highspy.kHighsInf if total is None else total, highspy.kHighsInf)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        values = self.solver.getSolution().col_value
        return frozenset(p for p in range(self.count) if values[p] > 0.5)

    def best_total(self) -> Decimal | None:
        """The highest total score there is; None where no list is possible."""
        best = self.solve()
        return None if best is None else self.total(best)

    def total(self, chosen: frozenset[int]) -> Decimal:
        return Decimal(sum(self.points[p] for p in chosen)) / _SCALE


def select(scores: Sequence[Decimal], size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> SelectedCandidates:
    """Exactly `size` positions with the highest total score within the limits, all `pinned` ones among them.

    `scores` come best first, ties already in their stated order. Of several lists with the same total the one is taken
    that has the better place where two lists first differ, so the result never depends on the solver.
    """
    if len(scores) < size:
        return SelectedCandidates(
            frozenset(), (f"合格的人选只有 {len(scores)} 人，名单要 {size} 人，还差 {size - len(scores)} 人",)
        )
    if len(pinned) > size:
        return SelectedCandidates(frozenset(), (f"人工确定入选的有 {len(pinned)} 人，超过名单的 {size} 人",))
    problem = SelectionProblem(scores, size, limits, pinned)
    best = problem.solve()
    if best is None:
        return SelectedCandidates(frozenset(), _what_bars(len(scores), size, limits, pinned))
    return SelectedCandidates(_settle_ties(problem, best))


def _quiet_solver() -> Any:
    """A solver; HiGHS greets on standard output when it is made, whatever its options, and staff should not see
    that."""
    import highspy

    with silenced(1):
        solver = highspy.Highs()
    solver.silent()
    return solver


def _settle_ties(problem: SelectionProblem, best: frozenset[int]) -> frozenset[int]:
    """Among the lists with the best total, the one that is first in the order of places, some places at a time."""
    total = sum(problem.points[p] for p in best)
    taken = 0
    for start in range(0, problem.count, _BLOCK):
        if taken == problem.size:
            break
        block = range(start, min(start + _BLOCK, problem.count))
        weights = [0] * problem.count
        for n, position in enumerate(block):
            weights[position] = 1 << (_BLOCK - 1 - n)
        found = problem.solve(weights, total)
        assert found is not None, "the best list itself is one of them"
        best = found
        for position in block:
            problem.fix(position, int(position in best))
            taken += position in best
    return best


def _what_bars(count: int, size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> tuple[str, ...]:
    """The smallest change of the limits, in people, that would make a list possible."""
    solver = _quiet_solver()
    people = [solver.addBinary() for _ in range(count)]
    solver.addConstr(sum(people) == size)
    for position in pinned:
        solver.addConstr(people[position] == 1)
    slacks = []
    for limit in limits:
        members = sum((people[p] for p in limit.members), start=0 * people[0])
        lack, excess = solver.addIntegral(lb=0, ub=max(size, limit.least or 0)), solver.addIntegral(lb=0, ub=size)
        slacks.append((limit, lack, excess))
        if limit.least is not None:
            solver.addConstr(members + lack >= limit.least)
        if limit.most is not None:
            solver.addConstr(members - excess <= limit.most)
    solver.minimize(sum(lack + excess for _, lack, excess in slacks))
    values = solver.getSolution().col_value
    words = []
    for limit, lack, excess in slacks:
        missing, over = round(values[lack.index]), round(values[excess.index])
        if missing and limit.least is not None:
            words.append(f"“{limit.label}”至少要 {limit.least} 人，最多只能做到 {limit.least - missing} 人")
        if over and limit.most is not None:
            words.append(f"“{limit.label}”最多 {limit.most} 人，至少会有 {limit.most + over} 人")
    return ("结构要求不能同时满足。改动最少的办法：" + "；".join(words),)
