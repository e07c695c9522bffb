"""The contest of project designs: final scores, places and prizes, in decimal arithmetic.

No national standard says how (domain.md §6); the customary way is the default and its doubtful parts are parameters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from jinguo.common.rounding import half_up
from jinguo.registry.tables import Registry

#: What is done with the scores, as the notice and the 通报 say it; {least} is the parameter 大赛最少评委.
RULE = "打分的评委满 {least} 人的，去掉一个最高分和一个最低分，取其余的平均分；不满 {least} 人的取全部的平均分。保留两位小数，四舍五入。回避的评委不计。"
#: Of fewer scores nothing would be left.
_LEAST = 3
_TIES = {
    "全部评委平均分": "得分相同的，全部评委的平均分高的在前；还相同的并列。",
    "最高分": "得分相同的，最高分高的在前；还相同的并列。",
    "并列": "得分相同的并列。",
}


@dataclass
class Standing:
    """One entry of a contest: `final` to two decimals (None where nobody scored it), `place` (1 is best, equal ones
    share it, 0 without a score), `prize` (empty without one), `counted` and `dropped` of its scores."""

    index: int
    number: str
    name: str
    organisation: str | None
    scores: list[Decimal] = field(default_factory=list)
    dropped: tuple[Decimal, ...] = ()
    recused: list[str] = field(default_factory=list)
    final: Decimal | None = None
    place: int = 0
    prize: str = ""

    @property
    def counted(self) -> list[Decimal]:
        left = list(self.scores)
        for score in self.dropped:
            left.remove(score)
        return left


def rule_words(registry: Registry) -> str:
    """How places are decided, in words."""
    return (
        RULE.format(least=max(int(registry.settings.parameter("大赛最少评委")), _LEAST))
        + _TIES[registry.settings.parameter("大赛同分规则")]
    )


def final_score(scores: list[Decimal], least: int) -> tuple[Decimal | None, tuple[Decimal, ...]]:
    """The mean to two decimals, half up, and what was dropped: with `least` scores or more one highest and one
    lowest."""
    if not scores:
        return None, ()
    dropped = (max(scores), min(scores)) if len(scores) >= max(least, _LEAST) else ()
    left = sum(scores) - sum(dropped)
    count = len(scores) - len(dropped)
    return half_up(Fraction(left) / count, 2), dropped


def standings(registry: Registry, contest: str) -> list[Standing]:
    """Every entry of the contest, best first; those nobody scored last. A judge who was recused or gave no score
    does not count."""
    entries, table = registry["contest_entries"], registry["contest_scores"]
    least = int(registry.settings.parameter("大赛最少评委"))
    scores: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    recused: defaultdict[str, list[str]] = defaultdict(list)
    for i, entry, judge, score, away in table.each("entry", "judge", "score", "recused"):
        if away == "是":
            recused[entry].append(judge or "")
        elif score is not None:
            # A judge scores an entry once (CON-001); of doubled rows the first counts.
            scores[entry].setdefault(judge or f"第 {table.rows[i]} 行", score)
    found = []
    for i, name_of_contest, number, name, organisation in entries.each("contest", "number", "name", "organisation"):
        if name_of_contest == contest and number:
            given = list(scores[number].values())
            final, dropped = final_score(given, least)
            found.append(Standing(i, number, name or number, organisation, given, dropped, recused[number], final))
    return _placed(registry, found, contest)


def _placed(registry: Registry, found: list[Standing], contest: str) -> list[Standing]:
    ties = registry.settings.parameter("大赛同分规则")

    def key(standing: Standing) -> tuple:
        if standing.final is None:
            return (1,)
        second = {
            "全部评委平均分": Fraction(sum(standing.scores)) / len(standing.scores),
            "最高分": Fraction(max(standing.scores)),
        }.get(ties, Fraction(0))
        return (0, -standing.final, -second)

    ranked = sorted(found, key=key)
    before: tuple | None = None
    for n, standing in enumerate(ranked, 1):
        if standing.final is None:
            continue
        standing.place = ranked[n - 2].place if key(standing) == before else n
        before = key(standing)
    _award(ranked, prizes_of(registry, contest))
    return ranked


def prizes_of(registry: Registry, contest: str) -> list[tuple[str, int]]:
    """The prizes of the call with this name, from high to low, and how many of each."""
    return prizes_in(
        next((prizes for _, name, prizes in registry["calls"].each("name", "prizes") if name == contest and prizes), "")
    )


def prizes_in(text: str) -> list[tuple[str, int]]:
    """一等奖=1、二等奖2个 as names and numbers; empty where a part has no number."""
    parts = [part.strip() for part in re.split(r"[、，,；;\s]+", text) if part.strip()]
    found = [re.fullmatch(r"(\D+?)\s*[=＝:：]?\s*(\d+)\s*[个名件]?", part) for part in parts]
    return [(match[1], int(match[2])) for match in found if match] if all(found) else []


def _award(ranked: list[Standing], prizes: list[tuple[str, int]]) -> None:
    """A prize for as many as there are; entries that share a place share its prize, so it may go to more."""
    last = 0
    for name, count in prizes:
        first, last = last, last + count
        for standing in ranked:
            if first < standing.place <= last:
                standing.prize = name
