"""Amounts of an office's column in the unit that our field is kept in: 万元 as 元, 约3.5万 as 35000."""

from __future__ import annotations

import re
from typing import Any

from jinguo.schema.cells import clean

_FACTORS = {"万元→元": 10000, "元→万元": 1 / 10000}


#: What 单位 in 对照.xlsx may say.
UNITS = ("", *_FACTORS)


def converted(values: list[Any], unit: str) -> list[Any]:
    """The values in our unit."""
    factor = _FACTORS.get(unit)
    if factor is None:
        return values
    return [_times(v, factor) for v in values]


def _times(value: Any, factor: float) -> Any:
    text = clean(value)
    number = re.fullmatch(r"约?([\d.,]+)(万元|元|万)?", text)
    if not number:
        return value
    # What the cell says of itself holds against the title: 60000元 below 合同金额（万元）.
    said = number[2] or ""
    if (said == "元" and factor > 1) or (said.startswith("万") and factor < 1):
        factor = 1
    product = round(float(number[1].replace(",", "")) * factor, 6)
    return int(product) if product == int(product) else product
