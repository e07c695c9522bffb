"""A finished text is looked at once more before it is written: marks left over, empty labels, holes, days gone by.

And what is put right on the way: a name that has quotation marks of its own stands in single ones inside others
(GB/T 15834—2011, 4.8.3.4).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"(?<=>)[^<>]+(?=</w:t>)")
_MARK = re.compile(r"\{[{%#]|[}%#]\}|[$＄]\{|(?<![A-Za-z])(?:None|nan|NaT)(?![A-Za-z])")
#: A label with nothing behind it but the next mark. One with room, or at the end of its line, is to be filled in by hand.
_LABEL = re.compile(
    r"(?:联系人|联系电话|受理电话|电话|电子邮箱|邮箱|时间|地点|公示时间|截止日期|参加人员|对象)[：:](?=[；;。，,])"
)
_HOLE = re.compile(
    r"计学时|共名|共人|名额名|每学时元|经费元|（岁）|于前|发至[。；，]|发到[。；，]|[：，、][。；]|“”|《》"
)
#: Somebody is asked to do something by a day: 请于2026年10月20日前, 报名截止2026年10月20日.
_ASKED = re.compile(
    r"(?:请|须|应)[^。；]{0,24}?(\d{4})年(\d{1,2})月(\d{1,2})日(?:\d{1,2}[时:：]\d{0,2})?(?:以?前|之前|截止)"
)
_SHOWN = 30


def holes(xml: str, today: datetime.date) -> Iterator[str]:
    """What the text of a finished document must not say, each with the words it stands in."""
    for paragraph in _PARAGRAPH.findall(xml):
        text = "".join(_TEXT.findall(paragraph))
        if not text:
            continue
        if mark := _MARK.search(text):
            yield f"“{_around(text, mark)}”里还留着标记"
        elif empty := _LABEL.search(text):
            yield f"“{empty[0]}”后面是空的"
        elif hole := _HOLE.search(text):
            yield f"“{_around(text, hole)}”里少了内容"
        for asked in _ASKED.finditer(text):
            day = _day(*map(int, asked.groups()))
            if day and day < today:
                yield f"要求办理的日期 {day} 已经过了"


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _around(text: str, found: re.Match[str]) -> str:
    start = max(found.start() - _SHOWN // 2, 0)
    return text[start : found.end() + _SHOWN // 2]


def quoted_once(xml: str) -> str:
    """Quotation marks inside quotation marks made single ones, paragraph by paragraph."""
    if "“" not in xml:
        return xml
    return _PARAGRAPH.sub(lambda match: single_inside(match[0]) if match[0].count("“") > 1 else match[0], xml)


def single_inside(paragraph: str) -> str:
    """A text whose quotation marks inside quotation marks are single ones."""
    depth, signs = 0, []
    for sign in paragraph:
        if sign == "“":
            depth += 1
            signs.append("“" if depth % 2 else "‘")
        elif sign == "”":
            signs.append("”" if depth % 2 or not depth else "’")
            depth = max(depth - 1, 0)
        else:
            signs.append(sign)
    return "".join(signs)
