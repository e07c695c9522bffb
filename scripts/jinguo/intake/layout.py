"""What stands in a sheet besides its rows of data: totals, signatures, samples, merged labels, hidden rows, gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from jinguo.excel.raw import RawSheet
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.problems import GAP, HIDDEN, Problem

_TOTAL = re.compile(
    r".{0,10}?(?:合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|平均|总人数|总数)(?:人数|个数|户数|金额|数)?(?:\s*[:：（(\d].*)?"
)
#: Words that begin no row of data, however much of it is filled.
_NOTHING_ELSE = re.compile(r"合\s*计|小\s*计|总\s*计|累\s*计|汇\s*总|共\s*计|共\s*\d+\s*[天人个家项场次件户名行]")
_SEALED = r"(?:\s*[（(]\s*(?:公章|盖章|签章|签名|签字)\s*[）)])?"
_SIGNED = re.compile(
    r"(?:填\s*表\s*(?:人|单位|部门|日期|时间)|制\s*表\s*(?:人|单位|日期|时间)?|审\s*核\s*人?|复\s*核\s*人?|(?:单位|部门|分管)?(?:负责人|领导)(?:签字)?|经办人"
    rf"|(?:填报|上报|报送)(?:人|单位|部门|日期|时间)|统计(?:时间|日期)|日\s*期){_SEALED}(?:\s*[:：].*)?"
    r"|[（(※]?\s*(?:备\s*注|(?:填写|填表)?说\s*明|注)\s*\d*\s*[:：].*|[（(]?(?:公章|盖章|签章)[）)]?"
    r"|[（(]?\s*以\s*下\s*空\s*白\s*[）)]?|[（(]?续\s*表\s*[一二三四五\d]*[）)]?|[（(]?第\s*\d+\s*页.*"
)
_DATED = re.compile(
    r"\d{0,4}\s*年\s*\d{0,2}\s*月\s*\d{0,2}\s*日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_SAMPLE_WORD = r"(?:填写|填表)?(?:示\s*例|样\s*例|范\s*例|例\s*如|举例|例)\s*\d{0,2}"
_SAMPLE = re.compile(
    rf"[（(【]?{_SAMPLE_WORD}[）)】]?(?:\s*[:：].*|\s*[A-Z]{{2}}\d+)?|如\s*[:：].*|[A-Z]{{2}}\d+\s*[（(]{_SAMPLE_WORD}[）)]"
)
_LETTERS = re.compile(
    r"[A-Z]{1,2}|[甲乙丙丁戊己庚辛壬癸]|[(（]?\d{1,2}[)）]?|[①-⑳]|\d{1,2}\s*[=＝][\d+\-*/×÷()%. ]+|栏次|必填|选填"
)
#: What is to be filled in, in a row of its own below the header: （如1980.05） （18位） （必填）.
_REQUEST = re.compile(r"[（(【].*[）)】]|必填|选填")
#: A heading between the rows or a word below them, alone in its row.
_ALONE = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*、.*|[（(][一二三四五六七八九十]{1,3}[）)].*|.*(?:登记表|统计表|汇总表|明细表|一览表|花名册|名册|台账)"
    r"|[^:：]{1,12}[:：].*|[※★*＊—－-]+\D.*|以下.*|[（(]?[续此本]\s*.{0,3}[表页].*|.*(?:盖\s*章|签\s*字|签\s*名).{0,2}|请.*填写.*"
)
#: What stands behind 合计 in the column of the key: how many there are.
_COUNT = re.compile(r"(?:共|计|合计)?\s*[\d.,]+\s*(?:人|个|家|名|户|场|次|人次|项|元|万元)?")
_NEAR_HEADER = 3


class DataColumns(NamedTuple):
    """What of a sheet's columns tells data from the rest, by their places: those `required`, the one of the key (None where
    there is none), those of days, in which a day is data; and their titles."""

    required: Sequence[int]
    key: int | None
    titles: Sequence[str]
    days: Set[int] = frozenset()


def rows_to_skip(
    rows: Sequence[Sequence[Any]], kept: Sequence[int], columns: DataColumns, spread: Set[int]
) -> dict[int, str]:
    """Which of the kept rows are no data, and what they are; in the rows `spread` a cell is merged with many beside it.

    A row whose first cell is a code (letters and digits) is data, which settles nearly all rows without a closer look.
    """
    found = {}
    near = set(kept[:_NEAR_HEADER])
    firsts = list(map(itemgetter(0), rows))
    doubtful = {value for value in set(firsts) if type(value) is not str or not value.isascii() or not value}
    suspicious = {i for i in kept if firsts[i] in doubtful} if doubtful else set()
    # Where nearly all rows begin with a code, words without a number do not: alone in the row they are a heading.
    coded = len(suspicious) * 4 < len(kept)
    for index in sorted(near | suspicious):
        first = "" if is_blank(firsts[index]) else unicodedata.normalize("NFKC", str(firsts[index]))
        heading = index in spread or (coded and bool(first) and not re.search(r"[\dA-Za-z]", first))
        reason = skip_reason(rows[index], columns, index in near, heading)
        if reason:
            found[index] = reason
    return found


def skip_reason(row: Sequence[Any], columns: DataColumns, near_header: bool, heading: bool = False) -> str:
    """What a row is if it is no data: 合计, 落款, 示例, 栏次 or a repeated header; empty for data. Its first words, alone,
    may be taken for a `heading` whatever they are.

    The first filled cells decide. Samples, column numbers and what is to be filled in stand right below the header.
    A row whose required columns are all filled (where there are several), or whose key is, is no total and no
    signature, whatever it begins with; but one that begins with 合计 alone and has little else is a total wherever the
    figure stands.
    """
    required, key = columns.required, columns.key
    filled = [clean(value) for value in row if not is_blank(value)]
    if not filled:
        return ""
    same = sum(clean(value) == title for value, title in zip(row, columns.titles, strict=False) if title)
    if same > 1 and same * 2 > len(filled):
        return "重复的表头"
    if near_header and any(map(_SAMPLE.fullmatch, filled[:2])):
        return "示例"
    if near_header and len(filled) > 2 and all(map(_LETTERS.fullmatch, filled)) and _in_sequence(filled):
        return "栏次"
    if near_header and all(map(_REQUEST.fullmatch, filled)):
        return "填写要求"
    if _NOTHING_ELSE.fullmatch(filled[0]) and len(filled) <= len(required) + 1:
        return "合计"
    if key is not None and _is_key(row[key], filled[0]):
        return ""
    empty = sum(is_blank(row[c]) for c in required)
    if len(required) > 1 and not empty:
        return ""
    # Behind a label (阳明街道 | 小计 | 2个) only where little else is filled.
    if any(map(_TOTAL.fullmatch, filled[: 3 if empty * 2 >= len(required) else 1])):
        return "合计"
    # 负责人 alone is also a 事项 of 变动: with most of the required columns filled, the row is data with a gap.
    if _SIGNED.fullmatch(filled[0]) and not (filled[0] == "负责人" and empty * 2 < len(required)):
        return "落款或说明"
    # A day with something beside it, or in a column of days, is a holiday or a day of duty.
    if len(filled) == 1 and _DATED.fullmatch(filled[0]) and all(is_blank(row[c]) for c in columns.days):
        return "落款或说明"
    # A heading begins at the left; a remark alone in its column is a row with gaps.
    leftmost = len(filled) == 1 and len(required) > 1 and all(map(is_blank, row[min(required) + 1 :]))
    if leftmost and (heading or _ALONE.fullmatch(filled[0])):
        return "小标题或说明"
    return ""


def _is_key(value: Any, first: str) -> bool:
    """Whether a cell in the column of the key holds one, and not the first words of the row or a total."""
    text = "" if is_blank(value) else clean(value)
    return text not in ("", first) and not _COUNT.fullmatch(text) and not _TOTAL.fullmatch(text)


def _in_sequence(texts: Sequence[str]) -> bool:
    """Whether the cells number the columns: A B C, 1 2 3, 甲 乙 丙 1 2."""
    if all(text in ("必填", "选填") for text in texts):
        return True
    numbers = [
        int(unicodedata.normalize("NFKC", re.split("[=＝]", t)[0]).strip("()（） "))
        for t in texts
        if re.search(r"[\d①-⑳]", t)
    ]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else texts[0] in ("A", "甲")


def fill_merged(
    sheet: RawSheet, start: int, places: Sequence[int]
) -> tuple[list[list[Any]], list[tuple[int, int, int]]]:
    """The rows with labels that are merged downwards filled into every row they cover, and those (top, bottom,
    column)."""
    filled: list[tuple[int, int, int]] = []
    rows = sheet.rows
    for top, left, bottom, right in sheet.merged:
        # The last rows it covers may have nothing else in them.
        bottom = min(bottom, len(rows) - 1)
        if bottom <= top or top < start:
            continue
        if not filled:
            rows = list(rows)
        value = rows[top][left] if left < len(rows[top]) else ""
        for column in sorted(places):
            if left <= column <= right and not is_blank(value):
                for index in range(top, bottom + 1):
                    # A new row, as the sheet's own is what the address of a raw value is read from.
                    row = [*rows[index], *[""] * (column + 1 - len(rows[index]))]
                    row[column] = value
                    rows[index] = row
                filled.append((top, bottom, column))
    return rows, filled


def hidden_problem(hidden: Mapping[str, int]) -> Problem | None:
    """A word about hidden rows and columns, as statistics count them too."""
    parts = [f"{hidden[key]} {unit}" for key, unit in (("rows", "行"), ("columns", "列")) if hidden.get(key)]
    if not parts:
        return None
    return Problem(HIDDEN, f"有 {'、'.join(parts)}隐藏着或被筛选掉，照样当作数据", "不想算进去的，请删去；否则不必理会")


def gap_problem(kept: Sequence[int]) -> tuple[int, Problem] | None:
    """The first row below a gap of blank rows, with a word about it."""
    # The first and the last tell whether any row is blank at all.
    for before, after in pairwise(kept) if kept and kept[-1] - kept[0] >= len(kept) else ():
        if after - before > 1:
            what = f"第 {before + 1} 行以下空了 {after - before - 1} 行，下面还有内容，照样当作数据"
            return after, Problem(GAP, what, "是多余的请删去；否则删去中间的空行")
    return None
