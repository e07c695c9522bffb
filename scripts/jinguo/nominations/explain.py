"""Why each candidate is in or out: rank, the quota that needs her or bars her, what would have to change, what a pin
costs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jinguo.common.rounding import plain
from jinguo.nominations.batch import Candidate
from jinguo.nominations.grouped import GroupedProblem
from jinguo.nominations.limits import Limit

#: Of more candidates than these, what it would take to have somebody is worked out only for those near the list.
_ALL, _NEAR = 300, 2


class Places:
    """The choice of a batch as it is asked again and again: with somebody in it, without a quota, without the pins."""

    def __init__(self, ranked: Sequence[Candidate], size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> None:
        self.scores = [c.score for c in ranked]
        self.size, self.limits, self.pinned = size, limits, pinned
        self.problem = GroupedProblem(self.scores, size, limits, pinned)
        self.free: dict[int, Decimal | None] = {}
        self.relaxed: dict[tuple[frozenset[int], bool], tuple[GroupedProblem, Decimal | None]] = {}

    def best_with(self, position: int) -> Decimal | None:
        self.problem.fix(position, 1)
        found = self.problem.best_total()
        self.problem.free(position)
        return found

    def best_unpinned(self, position: int) -> Decimal:
        """The best total if the pin of this position were not; the list there is, is one of those possible."""
        self.problem.free(position)
        found = self.problem.best_total()
        self.problem.fix(position, 1)
        assert found is not None
        return found

    def bars(self, number: int, position: int) -> bool:
        """Whether some best list without this quota has the position."""
        with self.problem.without(number):
            if number not in self.free:
                self.free[number] = self.problem.best_total()
            return self.free[number] is not None and self.best_with(position) == self.free[number]

    def best_without_pins(self, position: int | None = None) -> Decimal | None:
        """The best list nobody is pinned to but the one at this position."""
        return GroupedProblem(
            self.scores, self.size, self.limits, frozenset() if position is None else frozenset({position})
        ).best_total()

    def frees(self, numbers: frozenset[int], pins: bool, position: int) -> bool:
        """Whether some best list has the position once these quotas, and with `pins` the pins, are taken away."""
        key = numbers, pins
        if key not in self.relaxed:
            limits = [limit for n, limit in enumerate(self.limits) if n not in numbers]
            problem = GroupedProblem(self.scores, self.size, limits, frozenset() if pins else self.pinned)
            self.relaxed[key] = problem, problem.best_total()
        problem, best = self.relaxed[key]
        if best is None:
            return False
        problem.fix(position, 1)
        with_her = problem.best_total()
        problem.free(position)
        return with_her == best


def explain_places(ranked: Sequence[Candidate], places: Places, chosen: frozenset[int]) -> None:
    """Add a note to every ranked candidate of a batch that has a list. `ranked` are the eligible without 不选, best
    first."""
    size, pinned = places.size, places.pinned
    best = places.problem.total(chosen)
    last = min((ranked[p].score for p in chosen), default=Decimal(0))
    for position, candidate in enumerate(ranked):
        place = f"得分第 {candidate.rank} 名"
        if position in pinned:
            candidate.notes.append(f"人工确定入选，{place}，{_pin_cost(places, position, best)}")
        elif position in chosen:
            candidate.notes.append(_why_in(places, place, position))
        elif len(ranked) <= _ALL or candidate.rank <= _NEAR * size:
            candidate.notes.append(_why_out(places, place, position, best))
        else:
            candidate.notes.append(f"{place}，名单里最低 {plain(last)} 分")


def explain_barred(candidate: Candidate, places: Places, member_of: Sequence[bool], best: Decimal) -> None:
    """What 不选 costs: the best list if she could be chosen, against the one without her."""
    position = len(places.scores)
    widened = [
        Limit(lm.label, lm.members | {position} if mine else lm.members, lm.least, lm.most)
        for lm, mine in zip(places.limits, member_of, strict=True)
    ]
    total = GroupedProblem([*places.scores, candidate.score], places.size, widened, places.pinned).best_total()
    gain = (total or best) - best
    candidate.notes.append(
        f"人工确定不选；如果可选，名单总分可高 {plain(gain)} 分" if gain > 0 else "人工确定不选，不影响名单的总分"
    )


def _pin_cost(places: Places, position: int, best: Decimal) -> str:
    cost = places.best_unpinned(position) - best
    return f"不作这一确定，名单总分可高 {plain(cost)} 分" if cost > 0 else "不作这一确定，名单总分也不变"


def _why_in(places: Places, place: str, position: int) -> str:
    if position < places.size:
        return f"{place}，在名单人数以内"
    for n, limit in enumerate(places.limits):
        # A quota needs her if without it no best list has her.
        if limit.least and position in limit.members and not places.bars(n, position):
            return f"{place}，名单人数以外；“{limit.label}”至少要 {limit.least} 人，因此入选"
    pins = "和人工确定" if places.pinned else ""
    return f"{place}，名单人数以外；各项结构要求{pins}合在一起，总分最高的名单里有这一位"


def _why_out(places: Places, place: str, position: int, best: Decimal) -> str:
    reason = f"{place}，在名单人数以内" if position < places.size else f"{place}，名单人数以外"
    total = places.best_with(position)
    if total is None:
        if places.pinned and places.best_without_pins(position) is not None:
            return f"{reason}；在人工确定的前提下，选入就排不出名单"
        return f"{reason}；选入就不能同时满足各项结构要求"
    if total == best:
        return f"{reason}；与入选的人可以互换，总分相同，按同分规则没有入选"
    barring = _barring(places, position) if position < places.size else ""
    return f"{reason}{barring}；要选入须换下别人，名单总分减少 {plain(best - total)} 分"


def _barring(places: Places, position: int) -> str:
    """What keeps her out: the quota without which some best list would have her; else the pins; else a quota and the pins;
    else all quotas, with the pins where only both together do. Each is only named where taking it away lets her in."""
    everyone = frozenset(range(len(places.limits)))
    for n, limit in enumerate(places.limits):
        if places.bars(n, position):
            return f"，但受“{limit.label}”（{_bounds(limit)}）限制"
    if places.pinned and places.frees(frozenset(), True, position):
        return "，但名额给了人工确定入选的"
    for n, limit in enumerate(places.limits) if places.pinned else ():
        if places.frees(frozenset({n}), True, position):
            return f"，但受“{limit.label}”（{_bounds(limit)}）和人工确定合在一起的限制"
    if places.frees(everyone, False, position):
        return "，但受各项结构要求合在一起的限制"
    return "，但受各项结构要求和人工确定合在一起的限制"


def _bounds(limit: Limit) -> str:
    named = (("至少", limit.least), ("最多", limit.most))
    return "、".join(f"{word} {count} 人" for word, count in named if count is not None)
