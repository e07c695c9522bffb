"""A reason is only given where taking the thing it names away changes the outcome: against every list there is."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.nominations.batch import Candidate, Verdict
from jinguo.nominations.explain import Places, explain_places
from jinguo.nominations.limits import Limit
from jinguo.nominations.selection import select
from tests.helpers import examples


@st.composite
def batches(draw):
    """Points of up to eight people, best first; how many are listed; quotas; pins."""
    points = sorted(draw(st.lists(st.integers(1, 12), min_size=3, max_size=8)), reverse=True)
    people = range(len(points))
    size = draw(st.integers(1, min(4, len(points))))
    limits = []
    for n in range(draw(st.integers(0, 3))):
        members = frozenset(draw(st.sets(st.sampled_from(people), min_size=1)))
        least, most = draw(st.one_of(st.none(), st.integers(0, 2))), draw(st.one_of(st.none(), st.integers(0, 3)))
        limits.append(Limit(f"第{n}条", members, least, most))
    pinned = frozenset(draw(st.sets(st.sampled_from(people), max_size=min(2, size))))
    return [Decimal(p) for p in points], size, limits, pinned


def best_lists(points, size, limits, pinned):
    """Every list of the best total."""
    lists = [
        frozenset(c)
        for c in combinations(range(len(points)), size)
        if pinned <= set(c)
        and all((lm.least or 0) <= len(lm.members & set(c)) <= (size if lm.most is None else lm.most) for lm in limits)
    ]
    best = max((sum(points[p] for p in c) for c in lists), default=None)
    return [c for c in lists if sum(points[p] for p in c) == best], best


def reasons_hold(case) -> None:
    points, size, limits, pinned = case
    choice = select(points, size, limits, pinned)
    possible, best = best_lists(*case)
    if not possible:
        assert choice.chosen == frozenset()
        return
    assert sorted(choice.chosen) == min(sorted(c) for c in possible)
    ranked = [
        Candidate(p, f"RY{p}", "", None, [Verdict("优先：分", "符合", "", s)], rank=p + 1) for p, s in enumerate(points)
    ]
    explain_places(ranked, Places(ranked, size, limits, pinned), choice.chosen)
    named = {lm.label: lm for lm in limits}
    for position, candidate in enumerate(ranked):
        (note,) = candidate.notes
        quota = re.search("“(第.条)”", note)

        def without(quotas, pins, position=position):
            """Whether some best list has her without these quotas, and these pins."""
            return any(
                position in c
                for c in best_lists(points, size, [lm for lm in limits if lm.label not in quotas], pins)[0]
            )

        assert "人工确定" not in note or pinned
        assert ("在名单人数以内" in note) == (position < size) or position in pinned
        if "因此入选" in note:
            assert quota and named[quota[1]].least and not without({quota[1]}, pinned)
        elif "和人工确定合在一起的限制" in note and quota:
            assert without({quota[1]}, frozenset()) and not without({quota[1]}, pinned)
        elif "限制" in note and quota:
            assert without({quota[1]}, pinned)
        elif "给了人工确定入选的" in note:
            assert without(set(), frozenset())
        elif "受各项结构要求合在一起的限制" in note:
            assert without(set(named), pinned)
        elif "和人工确定合在一起的限制" in note:
            assert without(set(named), frozenset()) and not without(set(named), pinned)
        cost = re.search(r"名单总分减少 ([\d.]+) 分", note)
        if cost:
            with_her = max(
                sum(points[p] for p in c)
                for c in combinations(range(len(points)), size)
                if position in c
                and pinned <= set(c)
                and all(
                    (lm.least or 0) <= len(lm.members & set(c)) <= (size if lm.most is None else lm.most)
                    for lm in limits
                )
            )
            assert best - with_her == Decimal(cost[1])


@given(batches())
@settings(max_examples=examples(200), deadline=None)
def test_every_reason_holds(case):
    reasons_hold(case)
