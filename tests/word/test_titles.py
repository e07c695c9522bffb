"""Titles over more than one line: whole words, lines of about one length (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.word.titles import bad_breaks, title_lines
from tests.helpers import ROOT, examples

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
        ["2026年女性社会组织培训", "和社会工作师考试情况统计报告"],
        ["余姚市第十九届人民代表大会", "代表推荐人选名单"],
        # An ordinal is one word.
        ["余姚市妇女联合会关于推荐", "余姚市第十九届人民代表大会代表人选的报告"],
        ["余姚市妇女联合会关于2026年", "公益项目创意设计大赛获奖情况的通报"],
        ["余姚市妇女联合会关于推荐", "政协余姚市第十五届委员会委员人选的报告"],
        ["余姚市妇女联合会关于举办社会工作师", "考试政策法规专题辅导的通知"],
        # A place the dictionary does not know is one word with its kind.
        ["临澴市妇女联合会关于开展2026年度", "“最美家庭”寻找活动的通知"],
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


def _marked() -> list[tuple[str, set[int]]]:
    """220 titles as offices write them, and where an experienced secretary would break each."""
    found = []
    for line in (ROOT / "tests" / "data" / "公文标题_220条.txt").read_text(encoding="utf-8").splitlines():
        parts = line.split("|")
        found.append(("".join(parts), set(accumulate(map(len, parts[:-1])))))
    return found


def _ends(title: str, lines: list[str]) -> list[int]:
    """Where each line but the last ends in the title, the spaces between offices passed over."""
    found, place = [], 0
    for line in lines:
        place = title.index(line, place) + len(line)
        found.append(place + (len(title[place:]) - len(title[place:].lstrip())))
    return found[:-1]


def test_titles_are_broken_where_a_secretary_would_break_them():
    """Of 220 real-looking titles all but one in a hundred."""
    wrong = []
    for title, allowed in _marked():
        lines = title_lines(title).split("\n")
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", title)
        if not set(_ends(title, lines)) <= allowed:
            wrong.append(lines)
    assert len(wrong) <= 2, wrong


def test_names_of_the_registry_are_kept_whole():
    name = "阳光下的她力量姐妹同心共进社"
    title = f"余姚市妇女联合会关于同意吸纳{name}为团体会员的批复"
    assert any(name in line for line in title_lines(title, frozenset([name])).split("\n"))


@pytest.mark.parametrize(
    ("lines", "bad"),
    [
        (["余姚市妇女联合会关于推荐政协余", "姚市第十五届委员会委员人选的报告"], ["荐政协余｜姚市第十"]),
        (["关于举办女性社", "会组织负责人培训班的通知"], ["办女性社｜会组织负"]),
        (["关于做好2026", "年女性社会组织年检工作的通知"], ["2026｜年女性社"]),
        (["关于做好2026年女性社会组织年检工作", "的通知"], ["年检工作｜的通知"]),
        (["余姚市妇女联合会关于", "做好2026年女性社会组织年检工作的通知"], []),
    ],
)
def test_a_break_inside_a_word_is_bad(lines, bad):
    assert bad_breaks(lines) == bad


@given(_CHINESE)
@settings(max_examples=examples(100), deadline=None)
def test_lines_fit_and_nothing_is_lost(title):
    """None over 20 characters, and no more lines than breaking at words takes; the text itself stays as it is."""
    lines = title_lines(title).split("\n")
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 20
    assert (len(title) + 19) // 20 <= len(lines) <= (len(title) + 19) // 20 + 2


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
    assert lines[1][0] not in "”）》、，"
    assert lines[0][-1] not in "“（《"
