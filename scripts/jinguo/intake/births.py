"""A month of birth with two digits of the year (95年2月) is the one in the identity number beside it, where that has the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinguo.common.findings import Finding, finding
from jinguo.registry.tables import Table
from jinguo.schema.cells import half_width
from jinguo.schema.codes import birth_month
from jinguo.schema.problems import MONTH, SHORT_YEAR

_SHORT = re.compile(r"'?(\d{2})[-/.年](\d{1,2})(?:[-/.月]\d{0,2}[日号]?)?")


def take_short_years(tables: Mapping[str, Table], findings: list[Finding]) -> list[Finding]:
    """The findings without those about such months, and with a hint for each; the rows get the month."""
    people = tables["people"]
    settled, hints = set(), []
    for field, i in sorted(cell for cell in people.unreadable if cell[0] == "born"):
        shown, number = people.shown(i, field), people["id_number"][i]
        match = _SHORT.fullmatch(half_width(shown))
        if not match or not number:
            continue
        month = birth_month(number)
        if (month.year % 100, month.month) == (int(match[1]), int(match[2])):
            people.columns[field][i] = month
            people.unreadable.discard((field, i))
            settled.add(people.address(i, field))
            what = f"“出生年月”填的“{shown}”只有两位年份，与身份证号里的 {month} 相合，照它读了"
            hints.append(finding(SHORT_YEAR, people.address(i, field), shown, what, f"请改成 {month}"))
    return [f for f in findings if not (f.code == MONTH.code and (f.workbook, f.sheet, f.cell) in settled)] + hints
