"""What of a registry hides that a document is due, or spoils one that is: zero is not the same as unread."""

from __future__ import annotations

from jinguo.documents.document_kind import Document
from jinguo.registry.tables import Registry, Table
from jinguo.schema.codes import Reference


def row_of(place: str) -> tuple[str, str, str]:
    """Workbook, sheet and row number of an address."""
    workbook, sheet, cell = [*place.split(" › "), "", ""][:3]
    return workbook, sheet, cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def spoilt_rows(registry: Registry, document: Document) -> dict[tuple[str, str, str], str]:
    """The rows of events and calls of which a cell could not be read that a notice places: it would leave it out, or make it up."""
    if document.table not in ("events", "calls"):
        return {}
    table = registry[document.table]
    found: dict[tuple[str, str, str], str] = {}
    for name, i in sorted(table.unreadable):
        if name != "phone":
            found.setdefault(row_of(table.place(i, name)), _unread_cell(table, i, name))
    return found


def _unread_cell(table: Table, index: int, name: str) -> str:
    return f"{table.place(index, name)} 的{table.spec.by_name[name].header}读不出"


#: So many cells of one column are named one by one.
_MOST_CELLS = 3


def what_hides(registry: Registry, document: Document) -> list[str]:
    """What hides whether anything of a kind is due: cells that could not be read or that name nobody, columns under a title that nobody
    was sure of."""
    found = []
    for column in document.due_by.split() if document.season(registry) else ():
        table_name, _, name = column.partition(".")
        table = registry[table_name]
        header = table.spec.by_name[name].header
        for block in table.blocks:
            if title := block.doubtful.get(name):
                found.append(f"{block.workbook} › {block.sheet} 没有“{header}”这一栏，“{title}”没有当作它读")
        rows = [i for i in _unread_rows(registry, table, name) if _of_this_year(registry, table, i)]
        found += [_unread_cell(table, i, name) for i in rows[:_MOST_CELLS]]
        if len(rows) > _MOST_CELLS:
            found.append(f"“{table.spec.sheet}”表的{header}共有 {len(rows)} 格读不出")
    return found


def _unread_rows(registry: Registry, table: Table, name: str) -> list[int]:
    """The rows of which a cell was not read, or names what is not in the registry."""
    rows = {i for field, i in table.unreadable if field == name}
    kind = table.spec.by_name[name].type
    if isinstance(kind, Reference):
        known = registry[kind.table].index_of
        rows |= {i for i, key in enumerate(table[name]) if key is not None and key not in known}
    return sorted(rows)


def _of_this_year(registry: Registry, table: Table, index: int) -> bool:
    """Whether a row may be about an exam of this year; whatever is no exam is always about now."""
    return table.spec.name != "exam_entries" or table["year"][index] in (None, registry.today.year)
