"""Which row of the registry a proposal is about, also where rows have no numbers; and a row in words."""

from __future__ import annotations

from collections import defaultdict

from jinguo.amend.proposal import REMOVED, Proposal
from jinguo.common.addresses import split_address
from jinguo.registry.cell_texts import cell_text, shown_reference
from jinguo.registry.tables import Registry, Table
from jinguo.schema.codes import IdCard, Reference, hidden_middle


class RowFinder:
    """Finds rows; what a table without keys holds is worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, dict[str, list[int]]] = {}

    def find(self, table: Table, p: Proposal) -> int | None:
        """The row of the registry that a proposal is about: by its key; in a table without keys the one that holds what it
        held, at its place or elsewhere, or else the one at its place."""
        if table.spec.key:
            return table.index_of.get(p.row)
        here = row_at(table, *p.place)
        if here is not None and row_identity(table, here) == p.row:
            return here
        same = self._rows(table).get(p.row, [])
        if len(same) == 1:
            return same[0]
        return here if here is not None and not same and p.kind != REMOVED else None

    def _rows(self, table: Table) -> dict[str, list[int]]:
        if id(table) not in self._known:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for i in range(len(table)):
                found[row_identity(table, i)].append(i)
            self._known[id(table)] = dict(found)
        return self._known[id(table)]


def row_at(table: Table, workbook: str, sheet: str, cell: str) -> int | None:
    """The index of the row of a table at this place; None where none is."""
    row = split_address(cell)[1]
    for i, number in enumerate(table.rows):
        if number == row and (table.block(i).workbook, table.block(i).sheet) == (workbook, sheet):
            return i
    return None


def row_identity(table: Table, index: int) -> str:
    """What identifies a row of a table without keys: all it holds."""
    return "\x1f".join(f"{name}={cell_text(table, index, name)}" for name in table.columns if name in table.raw)


def row_text(registry: Registry, table: Table, index: int) -> str:
    """A whole row in words: 姓名：王小红；性别：女."""
    parts = []
    for f in table.spec.fields:
        text = cell_text(table, index, f.name)
        if isinstance(f.type, Reference) and table[f.name][index] is not None:
            text = shown_reference(registry, f, text)
        if text:
            # A plan goes from hand to hand.
            parts.append(f"{f.header}：{hidden_middle(text) if isinstance(f.type, IdCard) else text}")
    for header in table.extra:
        if text := cell_text(table, index, header):
            parts.append(f"{header}：{text}")
    return "；".join(parts)
