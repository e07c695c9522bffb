"""What people write into a form instead of a content: that nothing has changed, the same as above, none."""

from __future__ import annotations

from jinguo.schema.cells import is_none_word
from jinguo.schema.dates import YearMonth
from jinguo.schema.model import Field

#: What people write where nothing has changed; and where what is meant stands elsewhere.
AS_BEFORE = ("不变", "未变", "没变", "无变化", "没有变化", "无变动", "没有变动", "同原来", "同原", "与原来相同", "照旧")
_AS_ABOVE = ("同上", "同前", "同左", "〃", "″", "''", "同上一行")


def says_nothing(text: str) -> str:
    """That a text stands for another, or for none, which a column of words cannot tell."""
    if text in _AS_ABOVE:
        return f"写的是“{text}”，不知道是什么，请照着写"
    return f"写的是“{text}”：是没有就清空，是内容就采用" if is_none_word(text) else ""


def lost_nought(f: Field | None, shown: str, sent: str | None) -> str:
    """That October may have become January on its way through a sheet of numbers: 2020.1 for the 2020.10 that was sent."""
    if f is None or not isinstance(f.type, YearMonth) or f"{shown}0" != sent:
        return ""
    return f"发出时是“{sent}”，像是丢了末尾的 0"
