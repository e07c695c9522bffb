"""Which row of the registry a proposal is about, also where rows have no numbers; and a row in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from jinguo.amend.proposal import Proposal
from jinguo.common.addresses import split_address
from jinguo.registry.cell_texts import cell_text, shown_text
from jinguo.registry.tables import Registry, Table
from jinguo.schema.codes import IdCard, hidden_middle


class RowFinder:
    """Finds the rows that proposals are about; what a table without keys holds is worked out once."""

    def __init__(self, proposals: Iterable[Proposal] = ()) -> None:
        self._known: dict[int, dict[str, list[int]]] = {}
        #: The fields in which a row may by now hold something else, as the plan itself has written it.
        self._changing: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for p in proposals:
            self._changing[p.table, p.row].add(p.field)

    def find(self, table: Table, p: Proposal) -> int | None:
        """The row of the registry that a proposal is about: by its key; in a table without keys the one that holds what it
        held, at its place or elsewhere, but for what the plan changes in it. None where there is none, or several."""
        if table.spec.key:
            return table.index_of.get(p.row)
        here = row_at(table, *p.place)
        if here is not None and row_identity(table, here) == p.row:
            return here
        same = self._rows(table).get(p.row, [])
        if same:
            return same[0] if len(same) == 1 else None
        changing, held = self._changing[p.table, p.row] | {p.field}, _parts(p.row)
        rest = {name: text for name, text in held.items() if name not in changing}
        like = [i for i in range(len(table)) if all(cell_text(table, i, name) == text for name, text in rest.items())]
        # At its place what it changes is still compared, cell by cell.
        return here if here in like else like[0] if len(like) == 1 else None

    def _rows(self, table: Table) -> dict[str, list[int]]:
        if id(table) not in self._known:
            self._known[id(table)] = rows_by_identity(table)
        return self._known[id(table)]


def _parts(identity: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in identity.split("\x1f") if "=" in part)


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


def rows_by_identity(table: Table) -> dict[str, list[int]]:
    """The rows of a table by what identifies them."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i in range(len(table)):
        found[row_identity(table, i)].append(i)
    return dict(found)


def row_text(registry: Registry, table: Table, index: int) -> str:
    """A whole row in words: 姓名：王小红；性别：女."""
    parts = []
    for f in table.spec.fields:
        if text := shown_text(registry, table, index, f.name):
            # A plan goes from hand to hand.
            parts.append(f"{f.header}：{hidden_middle(text) if isinstance(f.type, IdCard) else text}")
    for header in table.extra:
        if text := cell_text(table, index, header):
            parts.append(f"{header}：{text}")
    return "；".join(parts)
