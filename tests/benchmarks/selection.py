"""The choice of a list and all its explanations, beside CP-SAT (ortools) proving the same optimum, where that is installed."""

from __future__ import annotations

import random
import time
from decimal import Decimal

from jinguo.nominations.batch import Candidate, Verdict
from jinguo.nominations.explain import Places, explain_places
from jinguo.nominations.limits import Limit
from jinguo.nominations.selection import select

#: Candidates, places, quotas; and of the quotas whether they follow a few columns, as real ones do, or are drawn one by one.
_SIZES = ((2000, 50, 15, True), (2000, 200, 4, True), (2000, 50, 15, False), (10_000, 200, 40, True))


def problem(count: int, size: int, quotas: int, by_columns: bool) -> tuple[list[Decimal], list[Limit]]:
    """Scores, best first, and quotas that can be kept."""
    chance = random.Random(15)
    scores = sorted((Decimal(chance.randint(4000, 9900)) / 100 for _ in range(count)), reverse=True)
    kinds = [chance.randint(2, 6) for _ in range(max(2, quotas // 3))]
    values = [[chance.randrange(kind) for kind in kinds] for _ in range(count)]
    limits = []
    for n in range(quotas):
        column = n % len(kinds)
        wanted = chance.randrange(kinds[column])
        members = frozenset(
            p
            for p in range(count)
            if (values[p][column] == wanted if by_columns else chance.random() < (0.05, 0.2, 0.5)[n % 3])
        )
        share = size * len(members) // count
        limits.append(Limit(f"要求{n}", members, share * 2 // 3 if n % 2 else None, None if n % 2 else share + 4))
    return scores, limits


def bench() -> None:
    """Seconds of CPU of the choice and of every explanation, and of CP-SAT for the choice alone."""
    for count, size, quotas, by_columns in _SIZES:
        scores, limits = problem(count, size, quotas, by_columns)
        ranked = [
            Candidate(p, f"RY{p:05d}", "", None, [Verdict("优先：分", "符合", "", score)], rank=p + 1)
            for p, score in enumerate(scores)
        ]
        start = time.process_time()
        choice = select(scores, size, limits, frozenset())
        chosen = time.process_time()
        if choice.chosen:
            explain_places(ranked, Places(ranked, size, limits, frozenset()), choice.chosen)
        told = time.process_time()
        drawn = "按栏目" if by_columns else "逐人随机"
        print(
            f"{count} 人选 {size} 人、{quotas} 条结构要求（{drawn}）：选出 {chosen - start:.2f} s，全部说明 {told - chosen:.2f} s"
        )
        _peer(scores, size, limits, sum(scores[p] for p in choice.chosen))


def _peer(scores: list[Decimal], size: int, limits: list[Limit], total: Decimal | int) -> None:
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        print("    没有 ortools，不比（pip install ortools）")
        return
    model = cp_model.CpModel()
    people = [model.new_bool_var("") for _ in scores]
    model.add(sum(people) == size)
    for limit in limits:
        members = sum(people[p] for p in limit.members)
        if limit.least is not None:
            model.add(members >= limit.least)
        if limit.most is not None:
            model.add(members <= limit.most)
    model.maximize(sum(int(score * 100) * person for score, person in zip(scores, people, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    start = time.process_time()
    solver.solve(model)
    same = round(solver.objective_value) == int(total * 100)
    print(f"    CP-SAT 只选出 {time.process_time() - start:.2f} s，总分{'相同' if same else '不同'}")
