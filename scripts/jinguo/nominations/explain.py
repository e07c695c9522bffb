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
            candidate.notes.append(_why_in(place, candidate, position, size, limits, chosen))
        elif len(ranked) <= _ALL or candidate.rank <= _NEAR * size:
            candidate.notes.append(_why_out(problem, place, candidate, position, size, limits, chosen, best))
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


def _why_in(place: str, candidate: Candidate, position: int, size: int, limits: Sequence[Limit], chosen: frozenset[int]) -> str:
    if candidate.rank <= size:
        return f"{place}，在名额以内"
    needed = [lm for lm in limits if lm.least and position in lm.members and len(lm.members & chosen) == lm.least]
    if needed:
        return f"{place}，名额以外；“{needed[0].label}”至少要 {needed[0].least} 人，因此入选"
    return f"{place}，名额以外；前面有人因结构要求或人工确定没有入选，依次递补"


def _why_out(problem: Problem, place: str, candidate: Candidate, position: int, size: int, limits: Sequence[Limit], chosen: frozenset[int], best: Decimal) -> str:
    full = [lm for lm in limits if lm.most is not None and position in lm.members and len(lm.members & chosen) == lm.most]
    tight = [lm for lm in limits if lm.least and position not in lm.members and len(lm.members & chosen) == lm.least]
    why = f"“{full[0].label}”最多 {full[0].most} 人，已满" if full else f"名额要留给“{tight[0].label}”（至少 {tight[0].least} 人）" if tight else "前面有人工确定入选的"
    reason = f"{place}，在名额以内，但{why}" if candidate.rank <= size else f"{place}，名额以外"
    problem.fix(position, 1)
    other = problem.solve()
    problem.free(position)
    if other is None:
        return f"{reason}；选入就不能同时满足各项结构要求"
    lost = best - problem.total(other)
    return f"{reason}；要选入须换下别人，名单总分{f'减少 {plain(lost)} 分' if lost else '不变（按同分规则名次在后）'}"
