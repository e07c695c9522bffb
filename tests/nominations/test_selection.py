"""The list: brute force over every subset for small cases, the stated rule for ties, and what is said where no list
is possible."""

import re
from decimal import Decimal
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.nominations.limits import Limit
from jinguo.nominations.selection import SelectedCandidates, select
from jinguo.schema.numbers import PeopleOrPercent, Quantity
from tests.helpers import examples


def scores(*numbers):
    return [Decimal(str(n)) for n in numbers]


def limit(members, least=None, most=None, label="要求"):
    return Limit(label, frozenset(members), least, most)


def chosen(*arguments, pinned=()):
    choice = select(*arguments, frozenset(pinned))  # type: ignore[call-arg]
    assert choice.trouble == ()
    return sorted(choice.chosen)


def trouble(*arguments, pinned=()):
    choice = select(*arguments, frozenset(pinned))  # type: ignore[call-arg]
    assert choice.chosen == frozenset()
    return list(choice.trouble)


@pytest.mark.parametrize(
    ("size", "limits", "pinned", "expected"),
    [
        (2, [], [], [0, 1]),
        (5, [], [], [0, 1, 2, 3, 4]),
        (2, [], [4], [0, 4]),
        (2, [], [3, 4], [3, 4]),
        (2, [limit({3, 4}, least=1)], [], [0, 3]),
        (2, [limit({3, 4}, least=2)], [], [3, 4]),
        (2, [limit({0, 1}, most=1)], [], [0, 2]),
        (2, [limit({0, 1}, most=0)], [], [2, 3]),
        (3, [limit({0, 1, 2}, most=1), limit({4}, least=1)], [], [0, 3, 4]),
        (3, [limit({2, 3}, least=1), limit({3, 4}, least=1)], [], [0, 1, 3]),
        (3, [limit({2}, least=1), limit({4}, least=1)], [3], [2, 3, 4]),
        (2, [limit({0}, most=0)], [4], [1, 4]),
        (2, [limit((), least=0, most=0)], [], [0, 1]),
        (2, [limit((), most=3)], [], [0, 1]),
        (2, [limit({3}, least=1, most=1)], [], [0, 3]),
    ],
)
def test_the_best_list_of_five(size, limits, pinned, expected):
    assert chosen(scores(90, 80, 70, 60, 50), size, limits, pinned=pinned) == expected


def test_two_quotas_are_met_by_two_people_or_by_one_whichever_scores_more():
    """3 counts for both quotas and leaves a place to the best; where 3 is too weak, 1 and 2 take both places."""
    assert chosen(scores(90, 80, 79, 10), 2, [limit({1, 3}, least=1), limit({2, 3}, least=1)]) == [1, 2]
    assert chosen(scores(90, 50, 30, 45), 2, [limit({1, 3}, least=1), limit({2, 3}, least=1)]) == [0, 3]


def test_a_hundredth_of_a_point_decides():
    assert chosen(scores("80.02", "80.01", "80.01", "80.00"), 2, [limit({0, 1}, most=1)]) == [0, 2]
    assert chosen(scores("99.99", "50.00", "50.00", "0.02"), 2, [limit({0, 1, 2}, most=1)]) == [0, 3]
    assert chosen(
        scores("60.01", "60.00", "59.99", "59.99"), 2, [limit({0, 2}, least=1, most=1), limit({1, 2}, least=1, most=1)]
    ) == [0, 1]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ([], [0, 1]),
        ([limit({0, 1}, most=1)], [0, 2]),
        ([limit({0, 1}, most=0)], [2, 3]),
        ([limit({4}, least=1)], [0, 4]),
        ([limit({0, 4}, most=1), limit({3, 4}, least=1)], [0, 3]),
        ([limit({0}, most=0), limit({3, 4}, least=1)], [1, 3]),
    ],
)
def test_of_equal_lists_the_one_with_the_better_places(limits, expected):
    assert chosen(scores(7, 7, 7, 7, 7), 2, limits) == expected


def test_equal_totals_of_different_people():
    """80+60 and 70+70: the list with the first place, though another has the same total."""
    assert chosen(
        scores(80, 70, 70, 60), 2, [limit({0, 3}, least=0), limit({0, 1}, most=1), limit({0, 2}, most=1)]
    ) == [0, 3]


def test_scores_of_nought():
    assert chosen(scores(0, 0, 0), 2, [limit({2}, least=1)]) == [0, 2]


@st.composite
def cases(draw):
    """Up to seven people with a few different scores, so that there are ties; up to three quotas and two pins."""
    count = draw(st.integers(1, 7))
    points = sorted(
        draw(st.lists(st.sampled_from([0, 1, 2, 3, 3.01, 5]), min_size=count, max_size=count)), reverse=True
    )
    size = draw(st.integers(1, count))
    people = st.frozensets(st.integers(0, count - 1))
    bound = st.none() | st.integers(0, size)
    limits = draw(st.lists(st.builds(limit, people, bound, bound), max_size=3))
    pinned = draw(st.frozensets(st.integers(0, count - 1), max_size=min(2, size)))
    return scores(*points), size, limits, pinned


def keeps(subset, limits, pinned):
    inside = [len(subset & lm.members) for lm in limits]
    bounds = zip(inside, limits, strict=True)
    return pinned <= subset and all((lm.least or 0) <= n and (lm.most is None or n <= lm.most) for n, lm in bounds)


def every_list(points, size, limits, pinned):
    """Every list that keeps the rules."""
    subsets = map(frozenset, combinations(range(len(points)), size))
    return [s for s in subsets if keeps(s, limits, pinned)]


@given(cases())
@settings(max_examples=examples(100), deadline=None)
def test_the_best_of_all_lists_and_of_equal_ones_the_first_by_places(case):
    points, size, limits, pinned = case
    possible = every_list(*case)
    choice = select(points, size, limits, pinned)
    if not possible:
        assert choice.chosen == frozenset()
        assert choice.trouble[0].startswith(
            ("结构要求不能同时满足。改动最少的办法：把“", "结构要求不能同时满足。改动最少的办法之一：把“")
        )
        return
    best = max(sum(points[p] for p in s) for s in possible)
    first = min(sorted(s) for s in possible if sum(points[p] for p in s) == best)
    assert (choice.trouble, sorted(choice.chosen)) == ((), first)


@given(cases())
@settings(max_examples=examples(30), deadline=None)
def test_the_order_of_the_quotas_does_not_matter(case):
    points, size, limits, pinned = case
    assert select(points, size, limits[::-1], pinned).chosen == select(points, size, limits, pinned).chosen


def test_twenty_of_sixty_with_the_same_score_are_the_first_that_fit():
    found = chosen(scores(*[5] * 60), 20, [limit(range(0, 60, 2), most=5), limit(range(50, 60), least=2)])
    even, odd = [p for p in found if p % 2 == 0], [p for p in found if p % 2]
    assert even == [0, 2, 4, 6, 8]
    assert odd == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 51, 53]


@pytest.mark.parametrize(
    ("count", "size", "said"),
    [
        (0, 1, "合格的人选只有 0 人，名单要 1 人，还差 1 人"),
        (3, 5, "合格的人选只有 3 人，名单要 5 人，还差 2 人"),
    ],
)
def test_not_enough_people(count, size, said):
    assert trouble(scores(*[5] * count), size, []) == [said]


def test_too_many_pins():
    assert trouble(scores(3, 2, 1), 2, [], pinned=[0, 1, 2]) == ["人工确定入选的有 3 人，超过名单的 2 人"]


@pytest.mark.parametrize(
    ("limits", "pinned", "said"),
    [
        ([limit({0}, least=2, label="甲")], [], "把“甲”的最少由 2 人改为 1 人"),
        ([limit((), least=1, label="甲")], [], "把“甲”的最少由 1 人改为 0 人"),
        ([limit({0, 1, 2, 3, 4}, least=4, label="甲")], [], "把“甲”的最少由 4 人改为 3 人"),
        ([limit({0, 1, 2}, least=3, label="甲")], [4], "把“甲”的最少由 3 人改为 2 人"),
    ],
)
def test_the_change_that_would_make_a_list_possible(limits, pinned, said):
    """Three of five."""
    assert trouble(scores(5, 4, 3, 2, 1), 3, limits, pinned=pinned) == [f"结构要求不能同时满足。改动最少的办法：{said}"]


@pytest.mark.parametrize(
    ("limits", "pinned", "most", "fewest"),
    [
        ([limit({0, 1, 2, 3, 4}, most=2, label="甲")], [], 2, 3),
        ([limit({0, 1, 2, 3}, most=0, label="甲")], [], 0, 2),
        ([limit({0, 1}, most=1, label="甲")], [0, 1], 1, 2),
    ],
)
def test_a_maximum_that_cannot_be_kept(limits, pinned, most, fewest):
    said = trouble(scores(5, 4, 3, 2, 1), 3, limits, pinned=pinned)[0]
    assert said == f"结构要求不能同时满足。改动最少的办法：把“甲”的最多由 {most} 人改为 {fewest} 人"


def test_only_the_cheaper_of_two_contradicting_quotas_is_named():
    """甲 and 乙 share nobody: 甲 wants 3 of 3; letting go one for 乙 is one person, giving up 甲 would be more."""
    limits = [
        limit({0, 1, 2}, least=3, label="甲"),
        limit({3}, least=1, label="乙"),
        limit({3, 4}, least=1, label="丙"),
    ]
    assert trouble(scores(5, 4, 3, 2, 1), 3, limits) == [
        "结构要求不能同时满足。改动最少的办法：把“甲”的最少由 3 人改为 2 人"
    ]


def test_two_quotas_that_each_lack_people_are_both_named():
    limits = [limit({0}, least=2, label="甲"), limit({1}, least=2, label="乙")]
    said = trouble(scores(5, 4, 3), 2, limits)[0]
    assert said == "结构要求不能同时满足。改动最少的办法：把“甲”的最少由 2 人改为 1 人；把“乙”的最少由 2 人改为 1 人"


@given(cases())
@settings(max_examples=examples(60), deadline=None)
def test_the_named_change_is_the_smallest(case):
    """The people by which the named quotas miss their limits are no more than any list of that size would need."""
    points, size, limits, pinned = case
    if every_list(*case):
        return
    limits = [limit(lm.members, lm.least, lm.most, f"第{n}条") for n, lm in enumerate(limits)]
    said = select(points, size, limits, pinned).trouble[0]
    named = 0
    for clause in said.split("：", 1)[1].split("；"):
        wanted, possible = map(int, re.findall(r"[由为] (\d+) 人", clause))
        named += abs(wanted - possible)

    def miss(subset):
        counts = [(len(subset & lm.members), lm) for lm in limits]
        return sum(
            max(0, (lm.least or 0) - n) + (max(0, n - lm.most) if lm.most is not None else 0) for n, lm in counts
        )

    subsets = map(frozenset, combinations(range(len(points)), size))
    assert named == min(miss(s) for s in subsets if pinned <= s)


def test_a_minimum_far_beyond_the_list_is_named():
    said = trouble(scores(5, 4, 3, 2, 1), 4, [limit({0, 1, 2, 3, 4}, least=10, label="甲")])
    assert said == ["结构要求不能同时满足。改动最少的办法：把“甲”的最少由 10 人改为 4 人"]


def test_a_choice_without_trouble_says_nothing():
    assert SelectedCandidates(frozenset({1})).trouble == ()


def test_the_solver_says_nothing_on_the_console(capfd):
    select(scores(3, 2, 1), 2, [limit({2}, least=1)], frozenset())
    trouble(scores(3, 2, 1), 2, [limit({2}, least=2)])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("typed", "total", "least", "most"),
    [
        ("3", 6, 3, 3),
        ("0", 6, 0, 0),
        ("35%", 6, 3, 2),
        ("50%", 6, 3, 3),
        ("40%", 5, 2, 2),
        ("60%", 5, 3, 3),
        ("33.4%", 3, 2, 1),
        ("100%", 7, 7, 7),
        ("0%", 7, 0, 0),
        ("1%", 7, 1, 0),
        ("７０％", 10, 7, 7),
        (0.35, 6, 3, 2),
        (0.07, 100, 7, 7),
        (0.29, 100, 29, 29),
    ],
)
def test_percentages_of_the_list_are_rounded_so_that_they_hold(typed, total, least, most):
    """A minimum up, a maximum down; 0.29 × 100 is 28.999… in binary floats and still 29 people."""
    quantity = PeopleOrPercent().parser({})(typed).value
    assert (quantity.people(total, at_least=True), quantity.people(total, at_least=False)) == (least, most)


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        (Quantity(Decimal("35.0"), True), "35%"),
        (Quantity(Decimal("2.0"), False), "2"),
        (Quantity(Decimal("100"), True), "100%"),
    ],
)
def test_a_quantity_in_words(quantity, shown):
    assert str(quantity) == shown


#: The quotas of a citizens' assembly as published (Sortition Foundation, stratification-app, fixtures/categories_no_flex.csv):
#: feature, value, at least, at most; 22 people.
ASSEMBLY = """
    gender Female 11 12 | gender Male 10 11 | gender Other 0 1
    age 0-15 0 0 | age 16-29 5 7 | age 30-44 5 7 | age 45-59 5 6 | age 60+ 5 6
    education None 5 7 | education Level1 5 7 | education Level2-3 5 6 | education Level4 5 6
    area Central 3 5 | area Glasgow 3 5 | area Highlands 2 5 | area Lothian 3 5 | area Fife 3 5 | area NorthEast 2 5 | area South 3 5 | area West 3 5
"""


@pytest.mark.parametrize("seed", range(3))
def test_the_published_quotas_of_a_citizens_assembly(seed):
    """Twenty quotas over four features: all are kept, and no exchange of one or two people gives a better list."""
    random = Random(seed)
    quotas = [tuple(part.split()) for line in ASSEMBLY.strip().splitlines() for part in line.split("|")]
    values: dict[str, list[str]] = {}
    for feature, value, _, _ in quotas:
        values.setdefault(feature, []).append(value)
    people = [{feature: random.choice(options) for feature, options in values.items()} for _ in range(160)]
    scores = sorted((Decimal(random.randint(5000, 9900)) / 100 for _ in people), reverse=True)
    limits = [
        Limit(
            f"{feature} {value}",
            frozenset(n for n, p in enumerate(people) if p[feature] == value),
            int(least),
            int(most),
        )
        for feature, value, least, most in quotas
    ]
    chosen = select(scores, 22, limits, frozenset()).chosen
    assert len(chosen) == 22

    def keeps(members) -> bool:
        return all(limit.least <= len(limit.members & members) <= limit.most for limit in limits)

    assert keeps(chosen)
    better = [(out, into) for out in chosen for into in range(160) if into not in chosen and scores[into] > scores[out]]
    assert not any(keeps(chosen - {out} | {into}) for out, into in better)
    for _ in range(4000):
        out, into = random.sample(sorted(chosen), 2), random.sample([n for n in range(160) if n not in chosen], 2)
        if sum(scores[n] for n in into) > sum(scores[n] for n in out):
            assert not keeps(chosen - set(out) | set(into))


@pytest.mark.parametrize(
    ("members", "least", "size", "chosen"),
    [
        ({2, 3}, 1, 2, {0, 2}),
        ({3}, 1, 3, {0, 1, 3}),
        ({1, 2, 3}, 2, 2, {1, 2}),
        ({0, 3}, 2, 3, {0, 1, 3}),
    ],
)
def test_of_equal_lists_the_one_that_is_first_in_the_order_of_places(members, least, size, chosen):
    """All scores are the same, so every list that meets the quota has the best total."""
    found = select([Decimal(5)] * 6, size, [Limit("要求", frozenset(members), least, None)], frozenset())
    assert found.chosen == frozenset(chosen)
