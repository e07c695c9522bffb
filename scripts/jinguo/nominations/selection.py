"""Choosing the list: exactly so many people, the highest total score, under quotas and pins; solved to the optimum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jinguo.nominations.grouped import GroupedProblem
from jinguo.nominations.limits import Limit, quiet_solver


@dataclass(frozen=True)
class SelectedCandidates:
    """The chosen positions; or, where no list is possible, what stands in the way, in words."""

    chosen: frozenset[int]
    trouble: tuple[str, ...] = ()


#: Before anything is chosen.
NOBODY_CHOSEN = SelectedCandidates(frozenset())


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
    problem = GroupedProblem(scores, size, limits, pinned)
    best = problem.best_total()
    if best is None:
        return SelectedCandidates(frozenset(), _what_bars(len(scores), size, limits, pinned))
    return SelectedCandidates(_first_of_the_best(problem, best))


def _first_of_the_best(problem: GroupedProblem, best: Decimal) -> frozenset[int]:
    """Among the lists with the best total, the one that is first in the order of places: place by place whoever can be on
    one of them with those already taken. Once somebody of a group is not, nobody worse of it is."""
    taken, closed = set(problem.pinned), set()
    for position in range(problem.count):
        group = problem.group_of[position]
        if position in taken or group in closed or len(taken) == problem.size:
            continue
        problem.fix(position, 1)
        if problem.best_total() == best:
            taken.add(position)
        else:
            problem.fix(position, 0)
            closed.add(group)
    return frozenset(taken)


@dataclass(frozen=True)
class Shortfall:
    """A list that is short of the limits: of each by how many people its least and its most (in the order of the limits), and who is
    on it."""

    slacks: tuple[tuple[int, int], ...]
    members: frozenset[int]

    @property
    def total(self) -> int:
        return sum(lack + excess for lack, excess in self.slacks)


def _what_bars(count: int, size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> tuple[str, ...]:
    """The smallest change of the limits, in people, that would make a list possible, as changes of cells; it is said
    where there are others as small."""
    least, other = smallest_changes(count, size, limits, pinned)
    words = []
    for limit, (lack, excess) in zip(limits, least.slacks, strict=True):
        if lack and limit.least is not None:
            words.append(f"把“{limit.label}”的最少由 {limit.least} 人改为 {limit.least - lack} 人")
        if excess and limit.most is not None:
            words.append(f"把“{limit.label}”的最多由 {limit.most} 人改为 {limit.most + excess} 人")
    named = "改动最少的办法之一" if other else "改动最少的办法"
    return (f"结构要求不能同时满足。{named}：" + "；".join(words),)


def smallest_changes(
    count: int, size: int, limits: Sequence[Limit], pinned: frozenset[int]
) -> tuple[Shortfall, Shortfall | None]:
    """A list that is short of the limits by as few people in all as can be, and another that is as short in another way; None where
    there is no other."""
    least = _least_shortfall(count, size, limits, pinned)
    assert least is not None, "a list of so many people is short of something"
    for number, pair in enumerate(least.slacks):
        for side, used in enumerate(pair):
            # Any other way is less short of one of these.
            other = _least_shortfall(count, size, limits, pinned, {(number, side): used - 1}) if used else None
            if other and other.total == least.total:
                return least, other
    return least, None


def _least_shortfall(
    count: int,
    size: int,
    limits: Sequence[Limit],
    pinned: frozenset[int],
    no_more: Mapping[tuple[int, int], int] | None = None,
) -> Shortfall | None:
    """The list that is least short of the limits; with `no_more` short by no more than this of a side (0 least, 1 most) of a limit.
    None where there is no such list."""
    import highspy

    solver = quiet_solver()
    people = [solver.addBinary() for _ in range(count)]
    solver.addConstr(sum(people) == size)
    for position in pinned:
        solver.addConstr(people[position] == 1)
    slacks = []
    for number, limit in enumerate(limits):
        members = sum((people[p] for p in limit.members), start=0 * people[0])
        upper = (max(size, limit.least or 0), size)
        allowed = [(no_more or {}).get((number, side), most) for side, most in enumerate(upper)]
        lack, excess = (solver.addIntegral(lb=0, ub=most) for most in allowed)
        slacks.append((lack, excess))
        if limit.least is not None:
            solver.addConstr(members + lack >= limit.least)
        if limit.most is not None:
            solver.addConstr(members - excess <= limit.most)
    solver.minimize(sum(lack + excess for lack, excess in slacks))
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    values = solver.getSolution().col_value
    return Shortfall(
        tuple((round(values[lack.index]), round(values[excess.index])) for lack, excess in slacks),
        frozenset(p for p, person in enumerate(people) if values[person.index] > 0.5),
    )
