"""Choosing the list: exactly so many people, the highest total score, under quotas and pins; solved to the optimum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinguo.quiet import silenced

#: Scores have two decimals; in hundredths they are whole numbers, which the solver adds without rounding.
_SCALE = 100


@dataclass(frozen=True)
class Limit:
    """At least and at most so many of these people (positions in the list of scores)."""

    label: str
    members: frozenset[int]
    least: int | None
    most: int | None


@dataclass(frozen=True)
class Choice:
    """The chosen positions; or, where no list is possible, what stands in the way, in words."""

    chosen: frozenset[int]
    trouble: tuple[str, ...] = ()


def select(scores: Sequence[Decimal], size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> Choice:
    """Exactly `size` positions with the highest total score within the limits, all `pinned` ones among them.

    `scores` come best first, ties already in their stated order. Of several lists with the same total the one is taken
    that has the better place where two lists first differ, so the result never depends on the solver.
    """
    if len(scores) < size:
        return Choice(frozenset(), (f"合格的人选只有 {len(scores)} 人，名单要 {size} 人，还差 {size - len(scores)} 人",))
    if len(pinned) > size:
        return Choice(frozenset(), (f"人工确定入选的有 {len(pinned)} 人，超过名单的 {size} 人",))
    points = [int(score * _SCALE) for score in scores]
    best = _solve(points, size, limits, pinned)
    if best is None:
        return Choice(frozenset(), _what_bars(len(scores), size, limits, pinned))
    return Choice(_settle_ties(points, size, limits, pinned, best))


def _quiet_solver() -> Any:
    """A solver; HiGHS greets on standard output when it is made, whatever its options, and staff should not see that."""
    import highspy

    with silenced(1):
        solver = highspy.Highs()
    solver.silent()
    return solver


def _model(count: int, size: int, pinned: frozenset[int]) -> tuple[Any, list[Any]]:
    solver = _quiet_solver()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.1)
    people = [solver.addBinary() for _ in range(count)]
    solver.addConstr(sum(people) == size)
    for position in pinned:
        solver.addConstr(people[position] == 1)
    return solver, people


def _solve(
    points: Sequence[int], size: int, limits: Sequence[Limit], pinned: frozenset[int], total: int | None = None
) -> frozenset[int] | None:
    """An optimal set of positions, or None where there is none (with `total`: one of at least that total)."""
    import highspy

    solver, people = _model(len(points), size, pinned)
    for limit in limits:
        members = sum(people[p] for p in limit.members) if limit.members else None
        if members is None:
            if limit.least:
                return None
            continue
        if limit.least is not None:
            solver.addConstr(members >= limit.least)
        if limit.most is not None:
            solver.addConstr(members <= limit.most)
    objective = sum(p * x for p, x in zip(points, people, strict=True))
    if total is not None:
        solver.addConstr(objective >= total)
    solver.maximize(objective)
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = solver.getSolution().col_value
    return frozenset(p for p in range(len(points)) if values[p] > 0.5)


def _settle_ties(
    points: Sequence[int], size: int, limits: Sequence[Limit], pinned: frozenset[int], best: frozenset[int]
) -> frozenset[int]:
    """Among the lists with the best total, the one that is first in the order of places."""
    total = sum(points[p] for p in best)
    fixed = set(pinned)
    for position in range(len(points)):
        if len(fixed) == size:
            break
        if position in best:
            fixed.add(position)
            continue
        other = _solve(points, size, limits, frozenset(fixed | {position}), total)
        if other is not None and len(fixed) < size:
            best = other
            fixed.add(position)
        else:
            limits = [*limits, Limit("", frozenset({position}), None, 0)]
    return best


def _what_bars(count: int, size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> tuple[str, ...]:
    """The smallest change of the limits, in people, that would make a list possible."""
    solver, people = _model(count, size, pinned)
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
