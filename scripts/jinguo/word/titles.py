"""Breaking a long title into lines: whole words, and lines of about one length (GB/T 9704-2012, 7.3.1: 词意完整，排列对称)."""

from __future__ import annotations

import math
import re

from jinguo.word.signature import width

#: 2 号 characters in a line of 156 mm.
_CAPACITY = 20
#: Where a title may well be broken: before these words, and after those.
_BEFORE = (
    "关于",
    "举办",
    "征集",
    "同意",
    "获奖",
    "组织",
    "女性",
    "推荐",
    "培训",
    "考试",
    "统计",
    "人选",
    "名单",
    "专题",
    "主题",
    "规范化",
    "负责人",
    "的通知",
    "的通报",
    "的批复",
    "的报告",
)
_AFTER = ("项目", "大赛", "联合会", "委员会", "代表大会", "关于", "举办", "社会组织", "的", "和")
_CLOSING, _OPENING = "”）》〉、，。：；的", "“（《〈"


def title_lines(title: str) -> str:
    """The title with line breaks where it is longer than a line."""
    count = math.ceil(_width(title) / _CAPACITY)
    lines = []
    while count > 1:
        cut = _best_cut(title, count)
        lines.append(title[:cut])
        title, count = title[cut:], count - 1
    return "\n".join([*lines, title])


def _width(text: str) -> float:
    """In Chinese characters, with the quarter of one that Word leaves between Chinese and Latin ones."""
    edges = len(re.findall(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])", text))
    return width(text) + edges / 4


def _best_cut(title: str, lines: int) -> int:
    """Where the first of so many lines ends: near its fair share, rather at a word's edge, never inside a bracket
    pair."""
    fair = _width(title) / lines

    def cost(cut: int) -> tuple[float, int]:
        head, tail = title[:cut], title[cut:]
        penalty = abs(_width(head) - fair)
        if _width(head) > _CAPACITY or _width(tail) > _CAPACITY * (lines - 1) or _width(tail) < 4:
            penalty += 100
        if (
            tail[0] in _CLOSING
            or head[-1] in _OPENING
            or (re.search(r"[0-9A-Za-z]$", head) and re.match(r"[0-9A-Za-z年月日]", tail))
        ):
            penalty += 50
        # 第十九届 is one word, however long its numeral.
        if re.search("第[一二三四五六七八九十百零]*$", head) and re.match("[一二三四五六七八九十百零届次]", tail):
            penalty += 50
        if any(head.count(o) > head.count(c) for o, c in ("“”", "（）", "《》")):
            penalty += 4
        in_word = head.endswith("社会") and tail.startswith("组织")
        if in_word or not (tail.startswith(_BEFORE) or head.endswith(_AFTER)):
            penalty += 6
        return penalty, cut

    return min(range(1, len(title)), key=cost)
