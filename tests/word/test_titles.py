"""Titles over more than one line: whole words, lines of about one length (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.word.titles import title_lines
from tests.helpers import examples

_CHINESE = st.text(
    st.sampled_from("余姚市妇女联合会关于举办社会组织培训班的通知和推荐名单“”（）《》、，"), min_size=1, max_size=90
)


@pytest.mark.parametrize(
    "title",
    [
        "关于开展走访慰问的通知",
        "政协余姚市第十五届委员会委员推荐人选名单",
        "2026年9月统计报告（截至2026年9月）",
    ],
    ids=["short", "twenty characters", "21 signs of which 10 are half as wide"],
)
def test_what_fits_in_a_line_stays_in_one(title):
    assert title_lines(title) == title


@pytest.mark.parametrize(
    "lines",
    [
        ["余姚市妇女联合会关于举办", "“家门口的公益”主题沙龙的通知"],
        ["2026年女性社会组织培训和", "社会工作师考试情况统计报告"],
        ["余姚市第十九届人民代表大会", "代表推荐人选名单"],
        # An ordinal is one word.
        ["余姚市妇女联合会关于推荐余姚市", "第十九届人民代表大会代表人选的报告"],
        # Twenty characters wide, and Word leaves a quarter of one on each side of the year.
        ["余姚市妇女联合会关于2026年公益项目", "创意设计大赛获奖情况的通报"],
    ],
    ids=lambda lines: lines[0],
)
def test_a_long_title_is_broken_at_a_word(lines):
    assert title_lines("".join(lines)).split("\n") == lines


@pytest.mark.parametrize(
    ("title", "word"),
    [
        pytest.param(
            "余姚市妇女联合会关于举办女性社会组织规范化建设专题培训班的通知",
            "社会组织",
        ),
        ("余姚市妇女联合会关于举办枢纽型女性社会组织交流沙龙活动的通知", "社会组织"),
        ("余姚市妇女联合会关于做好2026年女性社会组织年检工作的通知", "2026年"),
        ("余姚市妇女联合会女性社会组织联合会换届推荐人选情况说明", "联合会"),
    ],
)
def test_no_line_ends_within_a_word(title, word):
    assert title_lines(title).replace("\n", "|").count(word) == title.count(word)


@given(_CHINESE)
@settings(max_examples=examples(100), deadline=None)
def test_lines_fit_and_nothing_is_lost(title):
    """As few lines as the 20 characters a line allow, and none over 20; the text itself stays as it is."""
    lines = title_lines(title).split("\n")
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 20
    assert len(lines) == (len(title) + 19) // 20


@given(st.text(st.sampled_from("余姚市妇女联合会第2026年ABC0"), min_size=1, max_size=60))
@settings(max_examples=examples(60), deadline=None)
def test_half_width_signs_count_half(title):
    lines = title_lines(title).split("\n")
    assert "".join(lines) == title
    # A quarter of a character between Chinese and Latin ones, as Word leaves it.
    edges = sum(a.isascii() != b.isascii() for a, b in pairwise(title))
    assert len(lines) == 1 if sum(0.5 if c.isascii() else 1 for c in title) + edges / 4 <= 20 else len(lines) > 1


@pytest.mark.parametrize(
    "title",
    ["关于推荐" + "余" * 13 + "（女）、" + "姚" * 12, "关于举办" + "社" * 15 + "”" + "会" * 15],
)
def test_no_line_begins_with_a_closing_sign(title):
    lines = title_lines(title).split("\n")
    assert len(lines) == 2
    assert lines[1][0] not in "”）》、，"
    assert lines[0][-1] not in "“（《"
