"""Breaking a long title into lines: whole words, lines of fit length, symmetric (GB/T 9704-2012, 7.3.1: 词意完整，排列对称，
长短适宜，梯形或菱形)."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

from jinguo.word.signature import spaced_width
from jinguo.word.title_words import BAD, FAIR, NEVER, break_costs

#: 2 号 characters in a line of 156 mm.
TITLE_CAPACITY = 20
#: A last line shorter than this looks forgotten.
_LEAST = 5
#: What a line more than need be costs.
_A_LINE_MORE = 8.0


@lru_cache(maxsize=4096)
def title_lines(title: str, names: frozenset[str] = frozenset()) -> str:
    """The title with line breaks where it is longer than a line: as few lines as can be broken at words. `names` are those
    of organisations, places and people that stand in it, which are kept whole."""
    if spaced_width(title) <= TITLE_CAPACITY or "\n" in title:
        return title
    costs = break_costs(title, names)
    least = math.ceil(spaced_width(title) / TITLE_CAPACITY)
    best: tuple[float, list[int]] = (math.inf, [])
    for count in range(least, least + 3):
        cost, cuts = _cuts(title, costs, count)
        best = min(best, (cost + (count - least) * _A_LINE_MORE, cuts))
        if best[0] < BAD:
            break
    edges = [0, *best[1], len(title)]
    # A space between two offices is not needed where a line ends.
    return "\n".join(title[a:b].strip() for a, b in pairwise(edges))


def bad_breaks(lines: Sequence[str], names: Collection[str] = ()) -> list[str]:
    """The breaks of a title that are inside a word or a name, each as 余姚｜市."""
    costs = break_costs("".join(lines), names)
    ends = list(accumulate(map(len, lines)))[:-1]
    return [
        f"{head[-4:]}｜{tail[:4]}"
        for end, (head, tail) in zip(ends, pairwise(lines), strict=True)
        if 0 < end < len(costs) and costs[end] >= BAD
    ]


def title_problems(lines: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(where, what is found, what is wanted) of the lines of a title: broken inside a word, by hand or where Word breaks a
    line that is too long; a word said twice."""
    as_shown = [part for line in lines for part in _wrapped(line.strip())]
    for bad in bad_breaks(as_shown):
        yield f"标题“{bad}”", "在词中间回行", "词意完整，在词与词之间回行（7.3.1）"
    title = "".join(lines)
    if re.search(r"关于[^“《]{1,12}关于", title):
        yield f"标题“{title[:18]}……”", "“关于”写了两次", "事由只说一次：改活动的名称，去掉一个“关于”（7.3.1，准确简要）"


def _wrapped(line: str) -> Iterator[str]:
    """A line as Word shows it where it is longer than the page is wide."""
    while spaced_width(line) > TITLE_CAPACITY:
        cut = max(i for i in range(1, len(line)) if spaced_width(line[:i]) <= TITLE_CAPACITY)
        # No line begins with a closing sign: the character before goes with it.
        cut -= line[cut] in "”’》）〉、，。：；"
        yield line[:cut]
        line = line[cut:]
    yield line


def _cuts(title: str, costs: Sequence[float], count: int) -> tuple[float, list[int]]:
    """The best places for so many lines, and what they cost: every way of two or three lines is tried; of more, those that
    fill line after line to its fair share."""
    if count > 3:
        first = _fair_cut(title, costs, count)
        rest, cuts = _cuts(title[first:], [NEVER, *costs[first + 1 :]], count - 1)
        return rest + costs[first], [first, *(first + c for c in cuts)]
    places = [i for i, cost in enumerate(costs) if cost < NEVER]
    if len(places) < count - 1:
        places = list(range(1, len(title)))
    ways = [[a] for a in places] if count == 2 else [[a, b] for a in places for b in places if b > a]
    scored = [
        (_shape([title[a:b] for a, b in pairwise([0, *w, len(title)])]) + sum(costs[i] for i in w), w) for w in ways
    ]
    return min(scored, default=(NEVER * 2, [math.ceil(len(title) * n / count) for n in range(1, count)]))


def _fair_cut(title: str, costs: Sequence[float], count: int) -> int:
    fair = spaced_width(title) / count
    places = [i for i in range(1, len(title)) if spaced_width(title[:i]) <= TITLE_CAPACITY]
    return min(places, key=lambda i: costs[i] + abs(spaced_width(title[:i]) - fair))


def _shape(lines: Sequence[str]) -> float:
    """What the lengths of the lines cost: over the edge never, uneven ones little, an hour-glass more."""
    widths = list(map(spaced_width, lines))
    mean = sum(widths) / len(widths)
    cost = sum(NEVER for w in widths if w > TITLE_CAPACITY) + sum(abs(w - mean) for w in widths) / 2
    cost += 3 * FAIR * sum(w < _LEAST for w in widths)
    if len(widths) == 3 and widths[1] < min(widths[0], widths[2]):
        cost += 2 * FAIR
    return cost
