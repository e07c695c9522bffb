"""The three levels of the social worker examination, their subjects and their standards."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jinguo.registry.tables import Registry

_ABILITY, _POLICY, _PRACTICE = "社会工作综合能力", "社会工作法规与政策", "社会工作实务"

#: 《社会工作者职业水平考试实施办法》: the subjects of each level.
SUBJECTS: dict[str, tuple[str, ...]] = {
    "初级": (_ABILITY, _PRACTICE),
    "中级": (_ABILITY, _POLICY, _PRACTICE),
    "高级": (_PRACTICE,),
}
#: How many days before the day of the exam each paper is, and when (考试通告; the hours have been the same for years, the
#: ticket of admission decides).
TIMES: dict[tuple[str, str], tuple[int, str]] = {
    ("初级", _ABILITY): (0, "9:00—11:00"),
    ("初级", _PRACTICE): (0, "14:00—16:00"),
    ("中级", _ABILITY): (0, "9:00—11:00"),
    ("中级", _POLICY): (1, "14:00—16:00"),
    ("中级", _PRACTICE): (0, "14:00—16:30"),
    ("高级", _PRACTICE): (0, "14:00—17:00"),
}
_SHORT = {"综合能力": _ABILITY, "综合": _ABILITY, "法规与政策": _POLICY, "法规": _POLICY, "实务": _PRACTICE}


@lru_cache(maxsize=1024)
def canonical_subject(level: str, subject: str) -> str | None:
    """The subject by its full name, whatever short form was typed (综合能力（初级）, 实务); None if the level has no such one."""
    note = re.search(r"[（(](初级|中级|高级)[)）]", subject)
    if note and note[1] != level:
        return None
    bare = re.sub(r"[（(].*?[)）]|《|》|\s", "", subject)
    full = _SHORT.get(bare, bare)
    return full if full in SUBJECTS.get(level, ()) else None


class Standard(NamedTuple):
    """The full mark and the pass mark of a paper."""

    full: Decimal
    pass_mark: Decimal


def standard(registry: Registry, year: int, level: str, subject: str) -> Standard:
    """From 合格标准: the row of this year and level that says most about subject and region; else the parameters' defaults.

    A region is only looked at where 设置.xlsx › 单位 names the office's own.
    """
    table = registry["pass_marks"]
    region = registry.settings.office.get("地区")
    wanted = canonical_subject(level, subject)
    best, most = None, -1
    for i, y, lv, s, r in table.each("year", "level", "subject", "region"):
        r = None if r == "全国" else r
        if (y, lv) != (year, level) or (s and canonical_subject(level, s) != wanted) or (r and r != region):
            continue
        detail = (2 if r else 0) + (1 if s else 0)
        if detail > most and table["full_mark"][i] is not None and table["pass_mark"][i] is not None:
            best, most = Standard(table["full_mark"][i], table["pass_mark"][i]), detail
    return best or Standard(registry.settings.number("默认满分"), registry.settings.number("默认合格线"))


def exam_day(registry: Registry, year: int) -> datetime.date | None:
    """The day of the year's papers but 法规与政策, from 参数 › 考试日期; None where it is not given."""
    try:
        return datetime.date.fromisoformat(registry.settings.pairs_of("考试日期").get(str(year), ""))
    except ValueError:
        return None
