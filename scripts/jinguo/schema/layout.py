"""What stands in a sheet besides its rows of data: totals, signatures, samples, merged labels, hidden rows, gaps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

from jinguo.excel.read import RawSheet
from jinguo.findings import Severity
from jinguo.schema.cells import CellRule, Problem, clean, is_blank

MERGED = CellRule(
    "REG-010", Severity.HINT, "数据里的合并单元格，按合并的内容填到每一行",
    why="别的软件只认左上角一格，最好一行一填",
    remedy="取消合并，每一行都填上",
)  # fmt: skip
SKIPPED = CellRule(
    "REG-011", Severity.HINT, "合计、示例、填表人一类的行不是数据",
    why="这些行当成数据，人数就会多算",
    remedy="不必改；真是数据的，把编号填全",
)  # fmt: skip
HIDDEN = CellRule(
    "REG-012", Severity.HINT, "隐藏和筛选掉的行、列也是数据",
    why="看不见的行也会算进统计",
    remedy="取消隐藏核对一遍；不要的行删去",
)  # fmt: skip
GAP = CellRule(
    "REG-013", Severity.HINT, "空行下面的内容也是数据",
    why="空行下面容易漏看，筛选和排序也会断开",
    remedy="删去空行",
)  # fmt: skip

_TOTAL = re.compile(r".{0,10}?(?:合\s*计|小\s*计|总\s*计|累\s*计|共\s*计|平均|总人数|总数)(?:\s*[:：（(\d].*)?")
_SIGNED = re.compile(
    r"(?:填\s*表\s*(?:人|单位|日期|时间)|制\s*表\s*(?:人|单位|日期)?|审\s*核\s*人?|(?:单位)?负责人(?:签字)?|经办人|填报(?:人|单位|日期)|统计(?:时间|日期)|日\s*期)(?:\s*[:：].*)?"
    r"|[（(※]?\s*(?:备\s*注|(?:填写|填表)?说\s*明|注)\s*\d*\s*[:：].*|[（(]?(?:公章|盖章|签章)[）)]?|\d{4}年\d{1,2}月\d{1,2}日"
)
_SAMPLE = re.compile(r"[（(【]?(?:示\s*例|样\s*例|例\s*如|举例|范例|例)[）)】]?(?:\s*[:：].*|\s*[A-Z]{2}\d+)?")
_LETTERS = re.compile(r"[A-Z]{1,2}|[甲乙丙丁戊己庚辛壬癸]|[(（]?\d{1,2}[)）]?|[①-⑳]|栏次|必填|选填")
#: What stands behind 合计 in the column of the key: how many there are.
_COUNT = re.compile(r"[\d.,]+\s*(?:人|个|家|次|人次)?")
_NEAR_HEADER = 3
#: So many blank rows are a gap that somebody may have forgotten.
_GAP = 10


def rows_to_skip(
    rows: Sequence[Sequence[Any]], kept: Sequence[int], required: Sequence[int], key: int | None, titles: Sequence[str]
) -> dict[int, str]:
    """Which of the kept rows are no data, and what they are.

    A row whose first cell is a code (letters and digits) is data, which settles nearly all rows without a closer look.
    """
    found = {}
    near = set(kept[:_NEAR_HEADER])
    firsts = list(map(itemgetter(0), rows))
    doubtful = {value for value in set(firsts) if type(value) is not str or not value.isascii() or not value}
    suspicious = {i for i in kept if firsts[i] in doubtful} if doubtful else set()
    for index in sorted(near | suspicious):
        reason = skip_reason(rows[index], required, key, titles, index in near)
        if reason:
            found[index] = reason
    return found


def skip_reason(row: Sequence[Any], required: Sequence[int], key: int | None, titles: Sequence[str], near_header: bool) -> str:
    """What a row is if it is no data: 合计, 落款, 示例, 栏次 or a repeated header; empty for data.

    The first filled cell decides. Samples and column numbers stand right below the header. A row whose required columns
    are all filled (where there are several), or whose key is, is no total and no signature, whatever it begins with.
    """
    filled = [clean(value) for value in row if not is_blank(value)]
    if not filled:
        return ""
    same = sum(clean(value) == title for value, title in zip(row, titles, strict=False) if title)
    if same > 1 and same * 2 > len(filled):
        return "重复的表头"
    if near_header and _SAMPLE.fullmatch(filled[0]):
        return "示例"
    if near_header and len(filled) > 2 and all(_LETTERS.fullmatch(text) for text in filled) and _in_sequence(filled):
        return "栏次"
    if key is not None and not is_blank(row[key]) and clean(row[key]) != filled[0] and not _COUNT.fullmatch(clean(row[key])):
        return ""
    empty = sum(is_blank(row[c]) for c in required)
    missing = len(required) < 2 or empty > 0
    if missing and _TOTAL.fullmatch(filled[0]):
        return "合计"
    # 负责人 alone is also a 事项 of 变动: with most of the required columns filled, the row is data with a gap.
    data_with_gap = filled[0] == "负责人" and empty * 2 < len(required)
    if missing and not data_with_gap and _SIGNED.fullmatch(filled[0]):
        return "落款或说明"
    return ""


def _in_sequence(texts: Sequence[str]) -> bool:
    """Whether the cells number the columns: A B C, 1 2 3, 甲 乙 丙 1 2."""
    if all(text in ("必填", "选填") for text in texts):
        return True
    numbers = [int(unicodedata.normalize("NFKC", t).strip("()（）")) for t in texts if re.search(r"[\d①-⑳]", t)]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else texts[0] in ("A", "甲")


def fill_merged(sheet: RawSheet, start: int, places: Sequence[int]) -> tuple[list[list[Any]], list[tuple[int, int, int]]]:
    """The rows with labels that are merged downwards filled into every row they cover, and those (top, bottom, column)."""
    filled: list[tuple[int, int, int]] = []
    rows = sheet.rows
    for top, left, bottom, right in sheet.merged:
        if bottom <= top or top < start or bottom >= len(rows):
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
    for before, after in pairwise(kept) if kept and kept[-1] - kept[0] >= len(kept) + _GAP - 1 else ():
        if after - before > _GAP:
            what = f"第 {before + 1} 行以下空了 {after - before - 1} 行，下面还有内容，照样当作数据"
            return after, Problem(GAP, what, "是多余的请删去；否则删去中间的空行")
    return None
