"""Points: each indicator's raw value over its full value, times its weight; recomputable with a pocket calculator."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jinguo.common.rounding import half_up
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import Batch, Candidate, Points, batch_rows
from jinguo.registry.tables import Registry

_CERTIFICATES = {"无": 0, "初级": 1, "中级": 2, "高级": 3}


def award(registry: Registry, batch: Batch, attributes: Attributes, candidates: list[Candidate]) -> None:
    """Fill the points of every candidate, to two decimals half-up.

    Where the full value is left empty, the highest raw value of the batch is full. A raw value above full counts as
    full.
    """
    table = registry["weights"]
    for row in batch_rows(registry, "weights", batch):
        indicator, weight, full = table["indicator"][row], table["weight"][row], table["full"][row]
        if indicator is None or weight is None:
            continue
        raws = [_raw(registry, attributes, candidate, indicator) for candidate in candidates]
        top = full if full else max(raws, default=Decimal(0))
        for candidate, raw in zip(candidates, raws, strict=True):
            exact = Fraction(min(raw, top)) * Fraction(weight) / Fraction(top) if top else Fraction(0)
            candidate.points.append(Points(indicator, raw, top, weight, half_up(exact, 2)))


def _raw(registry: Registry, attributes: Attributes, candidate: Candidate, indicator: str) -> Decimal:
    """The raw value; a candidate without 考察评分 has 0 there, and a note says so."""
    if indicator == "考察评分":
        value = registry["candidates"]["assessment"][candidate.index]
        if value is None:
            candidate.notes.append(
                f"没有考察评分，按 0 分计：{registry['candidates'].place(candidate.index, 'assessment')}"
            )
        return value or Decimal(0)
    value = attributes.of(candidate.person, indicator).value
    if value is None:
        return Decimal(0)
    return Decimal(_CERTIFICATES[value]) if indicator == "证书" else Decimal(value)
