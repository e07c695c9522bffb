"""Contest scores by hand: what is dropped, how a mean is rounded, who shares a place, who gets which prize."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.projects.contest import final_score, prizes_in, standings
from tests.helpers import examples, registry


@pytest.mark.parametrize(
    ("scores", "final", "dropped"),
    [
        # Five and more: one highest and one lowest go.
        ("80 85 90 70 95", "85.00", "95 70"),
        ("90 90 90 90 90", "90.00", "90 90"),
        ("95 95 80 80 85", "86.67", "95 80"),
        # Fewer than five: all count.
        ("80 85 90 70", "81.25", ""),
        ("88", "88.00", ""),
        ("", None, ""),
        # 85.125 goes up, where binary arithmetic and banker's rounding give 85.12.
        ("85.25 85 0 100 85.25 85", "85.13", "100 0"),
        ("85.12 85.13", "85.13", ""),
        ("70.005 70", "70.00", ""),
        ("70.01 70", "70.01", ""),
    ],
)
def test_the_final_score(scores, final, dropped):
    given = [Decimal(s) for s in scores.split()]
    found, gone = final_score(given, 5)
    assert (found, list(gone)) == (None if final is None else Decimal(final), [Decimal(s) for s in dropped.split()])


@given(st.lists(st.integers(0, 10000).map(lambda n: Decimal(n) / 100), min_size=1, max_size=12))
@settings(max_examples=examples(60), deadline=None)
def test_a_final_score_lies_between_the_scores_and_is_within_half_a_hundredth(scores):
    final, dropped = final_score(scores, 5)
    left = sorted(scores)[1:-1] if len(scores) >= 5 else scores
    assert min(scores) <= final <= max(scores)
    assert abs(final * len(left) - sum(left)) * 200 <= len(left)
    assert len(dropped) == len(scores) - len(left)


def contest(scores: str, prizes: str = "一等奖=1、二等奖=1", **sheets):
    """The standings of entries drawn as 作品: 分 分 … ; 回避 is a judge who was recused."""
    entries = [["大赛", "作品编号", "作品名称", "组织编号"]]
    rows = [["作品编号", "评委", "得分", "回避"]]
    for n, line in enumerate(scores.strip().splitlines(), 1):
        name, _, given = line.strip().partition(":")
        entries.append(["创意大赛", f"ZP{n:03d}", name, "ZZ0001"])
        rows += [
            [f"ZP{n:03d}", f"评委{k}", "" if s == "回避" else s, "是" if s == "回避" else "否"]
            for k, s in enumerate(given.split(), 1)
        ]
    calls = (
        f"征集编号 | 名称 | 类型 | 开始 | 截止 | 奖项\nZJ0001 | 创意大赛 | 大赛 | 2026-03-01 | 2026-04-01 | {prizes}"
    )
    return standings(registry(大赛作品=entries, 评分=rows, 征集=calls, **sheets), "创意大赛")


def shown(found) -> list[str]:
    return [f"{s.place} {s.name} {s.final} {s.prize}".strip() for s in found]


def test_places_and_prizes_best_first():
    assert shown(contest("甲: 80 80 80\n乙: 90 90 90\n丙: 85 85 85")) == [
        "1 乙 90.00 一等奖",
        "2 丙 85.00 二等奖",
        "3 甲 80.00",
    ]


def test_a_recused_judge_is_not_a_zero():
    (found,) = contest("甲: 80 回避 90")
    assert (found.final, found.recused, len(found.scores)) == (Decimal("85.00"), ["评委2"], 2)


def test_of_equal_scores_the_higher_mean_of_all_judges_is_first():
    """Both have 85 after dropping; with all judges 甲 has 84 and 乙 86."""
    assert shown(contest("甲: 85 85 85 75 90\n乙: 85 85 85 80 95")) == ["1 乙 85.00 一等奖", "2 甲 85.00 二等奖"]


def test_those_equal_in_everything_share_the_place_and_the_prize():
    found = contest("甲: 85 85\n乙: 85 85\n丙: 80 80\n丁: 70 70", prizes="一等奖=1、二等奖=1、三等奖=1")
    assert shown(found) == ["1 甲 85.00 一等奖", "1 乙 85.00 一等奖", "3 丙 80.00 三等奖", "4 丁 70.00"]


@pytest.mark.parametrize(("rule", "first"), [("最高分", "甲"), ("并列", "甲"), ("全部评委平均分", "乙")])
def test_ties_go_by_the_rule_of_the_office(rule, first):
    found = contest("甲: 85 85 85 60 95\n乙: 85 85 85 84 86", 参数=f"参数 | 值\n大赛同分规则 | {rule}")
    assert found[0].name == first
    assert [s.place for s in found] == ([1, 1] if rule == "并列" else [1, 2])


def test_the_number_of_judges_from_which_scores_are_dropped_is_a_parameter():
    (found,) = contest("甲: 60 80 100", 参数="参数 | 值\n大赛最少评委 | 3")
    assert (found.final, found.counted) == (Decimal("80.00"), [Decimal(80)])


def test_what_nobody_scored_is_last_and_has_no_place():
    assert shown(contest("甲: \n乙: 60")) == ["1 乙 60.00 一等奖", "0 甲 None"]


@pytest.mark.parametrize(
    ("text", "prizes"),
    [
        ("一等奖=1、二等奖=2、三等奖=3", [("一等奖", 1), ("二等奖", 2), ("三等奖", 3)]),
        ("金奖1个，银奖：2名", [("金奖", 1), ("银奖", 2)]),
        ("一等奖若干", []),
        ("", []),
    ],
)
def test_prizes_as_people_write_them(text, prizes):
    assert prizes_in(text) == prizes
