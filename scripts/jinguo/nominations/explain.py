"""Why each candidate is in or out: rank, the quota that needs her or bars her, what would have to change, what a pin costs."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from jinguo.nominations.batch import Candidate
from jinguo.nominations.selection import Limit, Problem
from jinguo.schema.numbers import plain

#: Of more candidates than these, what it would take to have somebody is worked out only for those near the list.
_ALL, _NEAR = 300, 3


def explain_places(ranked: Sequence[Candidate], size: int, limits: Sequence[Limit], pinned: frozenset[int], chosen: frozenset[int]) -> None:
    """Add a note to every ranked candidate of a batch that has a list. `ranked` are the eligible without 不选, best first."""
    problem = Problem([c.score for c in ranked], size, limits, pinned)
    best = problem.total(chosen)
    last = min((ranked[p].score for p in chosen), default=Decimal(0))
    for position, candidate in enumerate(ranked):
        place = f"得分第 {candidate.rank} 名"
        if position in pinned:
            candidate.notes.append(f"人工确定入选，{place}，{_pin_cost(ranked, size, limits, pinned, position, best)}")
        elif position in chosen:
            candidate.notes.append(_why_in(ranked, place, position, size, limits, pinned))
        elif len(ranked) <= _ALL or candidate.rank <= _NEAR * size:
            candidate.notes.append(_why_out(ranked, problem, place, position, size, limits, pinned, best))
        else:
            candidate.notes.append(f"{place}，名单里最低 {plain(last)} 分")


def explain_barred(candidate: Candidate, ranked: Sequence[Candidate], size: int, limits: Sequence[Limit], pinned: frozenset[int], member_of: Sequence[bool], best: Decimal) -> None:
    """What 不选 costs: the best list if she could be chosen, against the one without her."""
    position = len(ranked)
    widened = [Limit(lm.label, lm.members | {position} if mine else lm.members, lm.least, lm.most) for lm, mine in zip(limits, member_of, strict=True)]
    total = Problem([*(c.score for c in ranked), candidate.score], size, widened, pinned).best_total()
    gain = (total or best) - best
    candidate.notes.append(f"人工确定不选；如果可选，名单总分可高 {plain(gain)} 分" if gain > 0 else "人工确定不选，不影响名单的总分")


def _pin_cost(ranked: Sequence[Candidate], size: int, limits: Sequence[Limit], pinned: frozenset[int], position: int, best: Decimal) -> str:
    total = Problem([c.score for c in ranked], size, limits, pinned - {position}).best_total()
    cost = (total or best) - best
    return f"不作这一确定，名单总分可高 {plain(cost)} 分" if cost > 0 else "不作这一确定，名单总分也不变"


def _why_in(ranked: Sequence[Candidate], place: str, position: int, size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> str:
    if position < size:
        return f"{place}，在名额以内"
    for n, limit in enumerate(limits):
        # A quota needs her if without it no list as good as the best would have her.
        if limit.least and position in limit.members:
            without = Problem([c.score for c in ranked], size, [*limits[:n], *limits[n + 1 :]], pinned)
            free = without.best_total()
            without.fix(position, 1)
            hers = without.best_total()
            if free is not None and (hers is None or hers < free):
                return f"{place}，名额以外；“{limit.label}”至少要 {limit.least} 人，因此入选"
    return f"{place}，名额以外；各项结构要求和人工确定合在一起，总分最高的名单里有这一位"


def _why_out(ranked: Sequence[Candidate], problem: Problem, place: str, position: int, size: int, limits: Sequence[Limit], pinned: frozenset[int], best: Decimal) -> str:
    reason = f"{place}，在名额以内" if position < size else f"{place}，名额以外"
    problem.fix(position, 1)
    other = problem.solve()
    problem.free(position)
    if other is None:
        if pinned and Problem([c.score for c in ranked], size, limits, frozenset({position})).solve() is not None:
            return f"{reason}；在人工确定的前提下，选入就排不出名单"
        return f"{reason}；选入就不能同时满足各项结构要求"
    lost = best - problem.total(other)
    if not lost:
        return f"{reason}；与入选的人可以互换，总分相同，按同分规则没有入选"
    barring = _barring(ranked, position, size, limits, pinned) if position < size else ""
    return f"{reason}{barring}；要选入须换下别人，名单总分减少 {plain(lost)} 分"


def _barring(ranked: Sequence[Candidate], position: int, size: int, limits: Sequence[Limit], pinned: frozenset[int]) -> str:
    """The quota without which the best list would have her; else the pins; else all together."""
    scores = [c.score for c in ranked]
    for n, limit in enumerate(limits):
        if _is_best(Problem(scores, size, [*limits[:n], *limits[n + 1 :]], pinned), position):
            bounds = "、".join(words for words in (f"至少 {limit.least} 人" if limit.least is not None else "", f"最多 {limit.most} 人" if limit.most is not None else "") if words)
            return f"，但受“{limit.label}”（{bounds}）限制"
    if pinned and _is_best(Problem(scores, size, limits, frozenset()), position):
        return "，但名额给了人工确定入选的"
    return "，但受各项结构要求合在一起的限制" if limits else "，但名额给了人工确定入选的"


def _is_best(problem: Problem, position: int) -> bool:
    """Whether some best list has this position."""
    free = problem.best_total()
    problem.fix(position, 1)
    return free is not None and problem.best_total() == free
