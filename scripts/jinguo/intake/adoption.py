"""Proposing anew: what nobody has decided yet is added to what stands in 对照.xlsx, and what is asked is worked out by
reading everything through it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from jinguo.common.findings import Finding
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_beside
from jinguo.intake.own.mapping import FILE, merged
from jinguo.intake.own.mapping import Mapping as Decisions
from jinguo.intake.own.propose import propose
from jinguo.intake.own.read_decisions import mapping_of
from jinguo.intake.own.reading import OwnRegisters
from jinguo.registry.tables import Registry
from jinguo.schema.register_problems import UNFIT_DECISION


class Adoption(NamedTuple):
    """What came of it: the decisions old and new, the registry read through them, and how each sheet was read."""

    decisions: Decisions
    before: Decisions
    registry: Registry
    own: OwnRegisters
    #: What stands in 对照.xlsx and cannot be understood: (sheet, cell, what).
    wrong: list[tuple[str, str, str]]

    @property
    def unfit(self) -> list[Finding]:
        """Decisions that the registers no longer fit, or that fit none."""
        return [f for f in self.registry.findings if f.code == UNFIT_DECISION.code]


def adopt(
    sheets: Mapping[str, Sequence[RawSheet]], today: datetime.date | None, refused: Collection[str] = ()
) -> Adoption:
    """The decisions about these workbooks, those of 对照.xlsx among them first."""
    before, wrong = mapping_of(sheets[FILE]) if FILE in sheets else (Decisions(), [])
    decisions = merged(before, propose(sheets, before))
    books = {name: list(raws) for name, raws in sheets.items() if name != FILE}
    registry, own = build_beside(books, today, refused, mapping=decisions)
    assert own is not None and own.assembly is not None
    asked = Decisions(values=own.assembly.words, identities=own.assembly.questions)
    return Adoption(merged(decisions, asked), before, registry, own, wrong)
