"""A name that was put right stands in other tables beside the number: there it is put right too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jinguo.amend.proposal import CHANGED, TAKE, Proposal, renaming
from jinguo.amend.row_identity import row_identity
from jinguo.registry.cell_texts import cell_text, keeps_numbers
from jinguo.registry.tables import Registry
from jinguo.survey.fresh_rows import place_in_registry


def renamed_elsewhere(registry: Registry, cells: Sequence[Proposal]) -> Iterator[Proposal]:
    """For each new name of a person the cells of lists that give her name beside her number; decided as the name itself is."""
    for p in cells:
        if p.kind != CHANGED or p.table != "people" or p.field != "name" or not keeps_numbers(registry["people"]):
            continue
        for table in registry.tables.values():
            if "name" not in table.raw or "person" not in table.columns or table.spec.key:
                continue
            for i, key in enumerate(table["person"]):
                if key == p.row and cell_text(table, i, "name") == p.now:
                    yield Proposal(
                        CHANGED, p.unit, table.spec.name, row_identity(table, i), p.who, "name", p.now, "", p.suggested, p.suggested,
                        "人员改了名字，这里跟着改；人员那一行没有采用的，这里也不写", TAKE, p.source, place_in_registry(table, i, "name"), with_row=renaming(p.row),
                    )  # fmt: skip
