"""What a cell of a generated workbook may hold besides words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class CellLink:
    """A cell that jumps: `target` as XlsxWriter has it (external:… or internal:…)."""

    text: str
    target: str


@dataclass(frozen=True)
class Formula:
    """A formula as Excel has it (with =, English names and commas), and what it comes to: a number, a text, or empty."""

    text: str
    value: int | Decimal | float | str


@dataclass(frozen=True)
class Marked:
    """A text that stands out, such as one that differs from the row it is compared with."""

    text: str


@dataclass(frozen=True)
class Percent:
    """A rate in percent, shown with one decimal and the sign; — for None (0/0)."""

    value: int | Decimal | None
