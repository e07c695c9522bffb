"""What a cell of a generated workbook may hold besides words and numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class CellLink(NamedTuple):
    """A cell that jumps: `target` as XlsxWriter has it (external:… or internal:…)."""

    text: str
    target: str


class Formula(NamedTuple):
    """A formula as Excel has it (with =, English names and commas), and what it comes to: a number, a text, or empty."""

    text: str
    value: int | Decimal | float | str


class Marked(NamedTuple):
    """A text that stands out, such as one that differs from the row it is compared with."""

    text: str


class Percent(NamedTuple):
    """A rate in percent, shown with one decimal and the sign; — for None (0/0)."""

    value: int | Decimal | None
