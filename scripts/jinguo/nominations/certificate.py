"""The certificate of a batch: who could be chosen, under what, what was chosen, and the proofs that nothing else is better."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinguo.nominations.certificate_check import digest
from jinguo.nominations.grouped import GroupedProblem
from jinguo.nominations.limits import SCALE, Limit
from jinguo.nominations.proof import Case, Prover, sides
from jinguo.nominations.selection import SelectedCandidates, smallest_changes

#: Of more candidates than these nobody asks of each what if.
_MOST_ASKED = 300


@dataclass(frozen=True)
class RankedPerson:
    """Who could be chosen: key and name, score and assessment, her place among those of equal ones, whether she is pinned."""

    key: str
    name: str
    score: Decimal
    assessment: Decimal
    strokes: int
    pinned: bool


def certificate(
    title: tuple[str, str],
    people: Sequence[RankedPerson],
    size: int,
    limits: Sequence[Limit],
    choice: SelectedCandidates,
) -> dict[str, Any]:
    """The certificate of a choice, whole and with its digest; `title` is the number and the name of the batch, `people` come best
    first. NotProven where a proof was not found."""
    points = [int(person.score * SCALE) for person in people]
    pinned = frozenset(n for n, person in enumerate(people) if person.pinned)
    made: dict[str, Any] = {
        "批次": title[0],
        "名称": title[1],
        "名单人数": size,
        "人选": [
            {
                "编号": p.key,
                "姓名": p.name,
                "得分": str(p.score),
                "考察": str(p.assessment),
                "笔画序": p.strokes,
                "人工确定": "入选" if p.pinned else "",
            }
            for p in people
        ],
        "结构要求": [
            {"名称": lm.label, "最少": lm.least, "最多": lm.most, "计入": sorted(p + 1 for p in lm.members)}
            for lm in limits
        ],
        "名单": sorted(p + 1 for p in choice.chosen),
        "总分": _total(points, choice.chosen),
        "改动": None,
    }
    prover = Prover(points, size, limits, pinned)
    if choice.chosen:
        made |= _chosen(prover, choice.chosen, [p.score for p in people])
    elif len(people) >= size >= len(pinned):
        made["改动"] = _changes(Prover([0] * len(points), size, limits, pinned, shortfall=True))
    return made | {"校验码": digest(made)}


def _total(points: Sequence[int], members: Collection[int]) -> str:
    """What a list comes to, in points."""
    return str(Decimal(sum(points[p] for p in members)) / SCALE)


def _chosen(prover: Prover, chosen: frozenset[int], scores: Sequence[Decimal]) -> dict[str, Any]:
    total = sum(prover.points[p] for p in chosen)
    ties, seen = [], set()
    for position in range(max(chosen)):
        mark = tuple(n for n, limit in enumerate(prover.limits) if position in limit.members)
        if position in chosen or mark in seen:
            continue
        seen.add(mark)
        before = frozenset(range(position))
        proof = prover.prove(total, (before & chosen) | {position}, before - chosen)
        ties.append({"名次": position + 1, "证明": proof})
    return {"最优": prover.prove(total + 1), "同分": ties, "若入选": _alternatives(prover, chosen, scores)}


def _alternatives(prover: Prover, chosen: frozenset[int], scores: Sequence[Decimal]) -> list[dict[str, Any]]:
    """For everybody who is not chosen the best list with her, and that there is none better; or that there is none."""
    if len(scores) > _MOST_ASKED:
        return []
    problem = GroupedProblem(scores, prover.size, prover.limits, prover.pinned)
    nothing = Prover([0] * len(scores), prover.size, prover.limits, prover.pinned)
    found = []
    for position in (p for p in range(len(scores)) if p not in chosen):
        members = problem.best_list(position)
        item: dict[str, Any] = {"名次": position + 1, "总分": None, "名单": None}
        if members is None:
            item["证明"] = nothing.prove(0, {position})
        else:
            total = sum(prover.points[p] for p in members)
            proof = prover.prove(total + 1, {position})
            item |= {"总分": _total(prover.points, members), "名单": sorted(p + 1 for p in members), "证明": proof}
        found.append(item)
    return found


def _changes(prover: Prover) -> dict[str, Any]:
    """Why no list can be drawn up: a list that is short of the limits by as few people as can be, that none is short by fewer, and
    another such list or that there is no other way."""
    limits, known = prover.limits, {(number, case.kind): case for number, case in sides(prover.limits)}
    least, other = smallest_changes(len(prover.points), prover.size, limits, prover.pinned)
    asked = {
        (number, kind): count
        for number, pair in enumerate(least.slacks, 1)
        for kind, count in zip(("最少", "最多"), pair, strict=True)
        if count
    }
    total = sum(asked.values())
    only = []
    for (number, kind), count in asked.items() if other is None else ():
        case = known[number, kind]
        bound = case.bound - (count - 1) if kind == "最少" else case.bound + (count - 1)
        only.append([number, kind, prover.prove(-total, cases=[Case(kind, bound, case.members)])])
    return {
        "要求": [[number, kind, count] for (number, kind), count in asked.items()],
        "例": sorted(p + 1 for p in least.members),
        "别的例": sorted(p + 1 for p in other.members) if other else None,
        "唯一": only,
        "证明": prover.prove(1 - total),
    }
