"""How a number is rounded and written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def plain(number: Decimal | int | float) -> str:
    """A number as people write it: 100 for 100.0, 2.5 for 2.50."""
    exact = Decimal(str(number))
    return f"{int(exact)}" if exact == exact.to_integral_value() else f"{exact.normalize():f}"


def half_up(value: Fraction | Decimal, places: int) -> Decimal:
    """A number to so many decimals as people round on paper: half goes away from zero, where Python's round takes
    85.125 to 85.12. A Fraction is exact, where a division of decimals would itself round before."""
    above, below = Fraction(value).as_integer_ratio()
    whole = (abs(above) * 10**places * 2 + below) // (below * 2)
    return Decimal(whole if above >= 0 else -whole).scaleb(-places)


def divided(numerator: int | Decimal, denominator: int | Decimal, places: int) -> Decimal:
    """A quotient to so many decimals, half-up; ZeroDivisionError where the denominator is 0."""
    if isinstance(numerator, int) and isinstance(denominator, int):
        return half_up(Fraction(numerator, denominator), places)
    return half_up(Fraction(numerator) / Fraction(denominator), places)


_NUMBER = re.compile(r"(-?\d+)(?:\.(\d+))?(%?(?:（[^（）]*）)?)")


def alike(cells: Sequence[str]) -> list[str]:
    """The numbers of one column with as many decimals as the one that has most: 62 and 68.4 as 62.0 and 68.4; a zero and
    what is no number stay."""
    found = [_NUMBER.fullmatch(cell) for cell in cells]
    most = max((len(m[2] or "") for m in found if m), default=0)
    if not most:
        return list(cells)
    return [
        f"{m[1]}.{(m[2] or '').ljust(most, '0')}{m[3]}" if m and cell != "0" else cell
        for m, cell in zip(found, cells, strict=True)
    ]
