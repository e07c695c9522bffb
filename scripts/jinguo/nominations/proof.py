"""Proofs that no list is better, made of prices: for each requirement what one person more of it is worth, so that adding up
adjusted scores bounds the total of every list (Lagrangian duality); where one set of prices does not do, the lists are divided by
how many of a group they have, and each part has prices of its own.

The solver only suggests prices. What they prove is worked out in whole numbers, by the program a third person checks it with.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from jinguo.nominations.certificate_check import UNIT, upper_bound
from jinguo.nominations.limits import SCALE, Limit, quiet_solver

#: The lists are not divided more often than this for one proof.
_MOST_PARTS = 4_000
#: Prices that rule out lists nobody can draw up are raised until they do, so often at most.
_RAISED = 40
#: So many prices that served are tried again before others are looked for.
_REMEMBERED = 2


class NotProven(Exception):
    """No proof was found within what a person may wait for."""


@dataclass(frozen=True)
class Case:
    """At least or at most (最少, 最多) so many of some positions: a side of a limit, or a part the lists were divided into."""

    kind: str
    bound: int
    members: frozenset[int]


def sides(limits: Sequence[Limit]) -> list[tuple[int, Case]]:
    """The two sides of every limit that has them, each with the number of its limit, from 1."""
    return [
        (number, Case(kind, bound, limit.members))
        for number, limit in enumerate(limits, 1)
        for kind, bound in (("最少", limit.least), ("最多", limit.most))
        if bound is not None
    ]


def in_points(units: int) -> str:
    """A whole number of the certificate's units as points: 15.2."""
    return format(Decimal(units).scaleb(-8).normalize(), "f")


@dataclass
class Prover:
    """What may be claimed of the lists of one batch. `points` are scores in hundredths, best first; `shortfall` claims are about
    how many people lists are short of the limits in all (as a negative number), where a price is at most one person."""

    points: Sequence[int]
    size: int
    limits: Sequence[Limit]
    pinned: frozenset[int]
    shortfall: bool = False
    _parts: int = field(default=0, repr=False)
    #: The prices that served last.
    _served: list[list[int]] = field(default_factory=list, repr=False)

    @property
    def step(self) -> int:
        """What one hundredth of a point, or one person short, is in the units of the certificate."""
        return UNIT if self.shortfall else UNIT // SCALE

    def prove(
        self, below: int, inside: Collection[int] = (), outside: Collection[int] = (), cases: Sequence[Case] = ()
    ) -> dict[str, Any]:
        """The proof that every list with `inside` and without `outside` that keeps to `cases` comes to less than `below`;
        NotProven where there is none to be found."""
        self._parts = 0
        return self._prove(below, frozenset(inside) | self.pinned, frozenset(outside), tuple(cases))

    def _prove(
        self, below: int, inside: frozenset[int], outside: frozenset[int], cases: tuple[Case, ...]
    ) -> dict[str, Any]:
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise NotProven
        known = sides(self.limits)
        every = [case for _, case in known] + list(cases)
        if len(inside) > self.size or inside & outside or self.size > len(self.points) - len(outside):
            return self._leaf(known, [0] * len(every), None)
        for prices in self._served if not cases else ():
            # What ruled out others mostly rules out these.
            found = self._bound(every, prices, inside, outside)
            if found < below * self.step:
                return self._leaf(known, prices, found)
        relaxed = _Relaxed(self, every, inside, outside)
        prices = relaxed.prices()
        found = self._bound(every, prices, inside, outside)
        for _ in range(_RAISED if relaxed.impossible else 0):
            if found < below * self.step:
                break
            prices = [price * 2 for price in prices]
            found = self._bound(every, prices, inside, outside)
        if found < below * self.step:
            if not cases:
                self._served = [prices, *self._served[: _REMEMBERED - 1]]
            return self._leaf(known, prices, found)
        group, count = relaxed.divided()
        low, high = Case("最多", count, group), Case("最少", count + 1, group)
        return {
            "人": sorted(p + 1 for p in group),
            "至多": count,
            "少": self._prove(below, inside, outside, (*cases, low)),
            "多": self._prove(below, inside, outside, (*cases, high)),
        }

    def _bound(
        self, every: Sequence[Case], prices: Sequence[int], inside: frozenset[int], outside: frozenset[int]
    ) -> int:
        priced = [
            (price, c.kind, c.bound, [p + 1 for p in c.members])
            for price, c in zip(prices, every, strict=True)
            if price
        ]
        scores = [point * self.step for point in self.points]
        found: int = upper_bound(self.size, scores, priced, {p + 1 for p in inside}, {p + 1 for p in outside})
        return found

    def _leaf(self, known: Sequence[tuple[int, Case]], prices: Sequence[int], bound: int | None) -> dict[str, Any]:
        return {
            "价": [
                [number, case.kind, in_points(price)]
                for (number, case), price in zip(known, prices, strict=False)
                if price
            ],
            "情形价": [in_points(price) for price in prices[len(known) :]],
            "上界": None if bound is None else in_points(bound),
        }


class _Relaxed:
    """The choice with fractions of people, solved: its prices, and where it has to be divided."""

    def __init__(self, prover: Prover, every: Sequence[Case], inside: frozenset[int], outside: frozenset[int]) -> None:
        self.every, self.impossible = every, False
        self.count, self.own = len(prover.points), len(sides(prover.limits))
        self._solve(prover, inside, outside, elastic=prover.shortfall)
        if not self.solved and not prover.shortfall:
            # Nobody can draw up such a list: prices by which it would have to be short of something.
            self.impossible = True
            self._solve(prover, inside, outside, elastic=True)
        elif not self.solved:
            # The cases themselves cannot be kept, whatever is missed elsewhere.
            self.impossible = True
            self._solve(prover, inside, outside, elastic=True, hard=False)
        self.prover = prover

    def _solve(
        self, prover: Prover, inside: frozenset[int], outside: frozenset[int], elastic: bool, hard: bool = True
    ) -> None:
        import highspy
        import numpy

        solver = quiet_solver()
        solver.setOptionValue("threads", 1)
        zeros, ones = numpy.zeros(self.count), numpy.ones(self.count)
        zeros[list(inside)] = 1
        ones[list(outside)] = 0
        solver.addVars(self.count, zeros, ones)
        costs = numpy.zeros(self.count) if elastic else -numpy.array(prover.points, dtype=float)
        solver.changeColsCost(self.count, numpy.arange(self.count, dtype=numpy.int32), costs)
        everyone = numpy.arange(self.count, dtype=numpy.int32)
        solver.addRow(prover.size, prover.size, self.count, everyone, numpy.ones(self.count))
        for n, case in enumerate(self.every):
            if not hard and n < self.own:
                solver.addRow(
                    -highspy.kHighsInf, highspy.kHighsInf, 0, numpy.array([], dtype=numpy.int32), numpy.array([])
                )
                continue
            members, weights = sorted(case.members), [1.0] * len(case.members)
            short = 1.0 if case.kind == "最少" else -1.0
            if elastic and (n < self.own or not prover.shortfall or not hard):
                solver.addVar(0, highspy.kHighsInf)
                column = solver.getNumCol() - 1
                solver.changeColCost(column, 1.0)
                members, weights = [*members, column], [*weights, short]
            least, most = (case.bound, highspy.kHighsInf) if case.kind == "最少" else (-highspy.kHighsInf, case.bound)
            solver.addRow(least, most, len(members), numpy.array(members, dtype=numpy.int32), numpy.array(weights))
        solver.run()
        self.solved = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if self.solved:
            found = solver.getSolution()
            self.values, self.duals = list(found.col_value[: self.count]), list(found.row_dual[1:])
            self.short = solver.getInfo().objective_function_value

    def prices(self) -> list[int]:
        """What one person more of each case is worth, in whole units; never less than nothing."""
        step = self.prover.step
        scale = Fraction(step)
        if self.impossible and self.short > 0:
            # So high that being short outweighs the best scores there are.
            best = sum(sorted(map(abs, self.prover.points), reverse=True)[: self.prover.size]) + 1
            scale = step * Fraction(best) / Fraction(max(self.short, 1e-6)).limit_denominator(10**6) + step
        signs = (1 if case.kind == "最少" else -1 for case in self.every)
        found = [max(round(Fraction(dual) * sign * scale), 0) for dual, sign in zip(self.duals, signs, strict=True)]
        if self.prover.shortfall and not self.impossible:
            found = [min(price, step) if n < self.own else price for n, price in enumerate(found)]
        return found

    def divided(self) -> tuple[frozenset[int], int]:
        """People for whom the same cases count of whom the solution has a fraction, and the whole number below it."""
        groups: dict[tuple[int, ...], set[int]] = {}
        for position in range(self.count):
            mark = tuple(n for n, case in enumerate(self.every) if position in case.members)
            groups.setdefault(mark, set()).add(position)
        shares = {frozenset(group): sum(self.values[p] for p in group) for group in groups.values()}
        parts = {group: share - int(share + 1e-6) for group, share in shares.items()}
        group = min(parts, key=lambda g: (abs(parts[g] - 0.5), min(g)))
        if abs(parts[group] - 0.5) > 0.5 - 1e-6:
            raise NotProven
        return group, int(shares[group] + 1e-6)
