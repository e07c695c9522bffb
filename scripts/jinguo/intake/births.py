"""A month of birth with two digits of the year (95年2月), or a number that is both January and October (1967.1), is the one in
the identity number beside it, where that agrees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinguo.common.findings import Finding, finding
from jinguo.registry.tables import Table
from jinguo.schema.cells import half_width
from jinguo.schema.codes import birth_month
from jinguo.schema.dates import Month
from jinguo.schema.problems import MONTH, SHORT_YEAR

#: What a number makes of both January and October.
_ONE_OR_TEN = re.compile(r"(\d{4})[.](1)")
_SHORT = re.compile(r"'?(\d{2})[-/.年](\d{1,2})(?:[-/.月]\d{0,2}[日号]?)?")


def take_short_years(tables: Mapping[str, Table], findings: list[Finding]) -> list[Finding]:
    """The findings without those about such months, and with a hint for each; the rows get the month."""
    people = tables["people"]
    settled: set[tuple[str, str, str]] = set()
    hints = []
    for field, i in sorted(cell for cell in people.unreadable if cell[0] == "born"):
        shown, number = people.shown(i, field), people["id_number"][i]
        text = half_width(shown)
        short, either = _SHORT.fullmatch(text), _ONE_OR_TEN.fullmatch(text)
        if not number or not (short or either):
            continue
        month = birth_month(number)
        if either and (month.year, month.month) in ((int(either[1]), 1), (int(either[1]), 10)):
            _settle(people, i, month, settled)
            what = f"“出生年月”里的数字 {shown} 分不清 1 月还是 10 月，身份证号里是 {month}，照它读了"
            hints.append(
                finding(SHORT_YEAR, people.address(i, field), shown, what, f"请改成 {month}，单元格格式设为文本")
            )
        if short and (month.year % 100, month.month) == (int(short[1]), int(short[2])):
            _settle(people, i, month, settled)
            what = f"“出生年月”填的“{shown}”只有两位年份，与身份证号里的 {month} 相合，照它读了"
            hints.append(finding(SHORT_YEAR, people.address(i, field), shown, what, f"请改成 {month}"))
    return [f for f in findings if not (f.code == MONTH.code and (f.workbook, f.sheet, f.cell) in settled)] + hints


def _settle(people: Table, i: int, month: Month, settled: set[tuple[str, str, str]]) -> None:
    people.columns["born"][i] = month
    people.unreadable.discard(("born", i))
    settled.add(people.address(i, "born"))
