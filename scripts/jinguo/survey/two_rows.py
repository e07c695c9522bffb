"""Two rows that are one: what the one that stays takes over, who refers to the other, and that the other goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jinguo.amend.proposal import CHANGED, CONFLICT, OPEN, REMOVED, TAKE, Proposal
from jinguo.amend.row_identity import row_identity, row_text
from jinguo.common.errors import JinguoError
from jinguo.registry.cell_texts import cell_text, keeps_numbers, same_text, shown_reference, shown_text
from jinguo.registry.tables import Registry, Table
from jinguo.schema.codes import Reference
from jinguo.schema.model import Field
from jinguo.survey.fresh_rows import place_in_registry, shown_name

#: Where what would be lost is kept.
_REMARKS = "remarks"


def merged_rows(registry: Registry, table: Table, keep: int, drop: int, sure: bool = True) -> list[Proposal]:
    """What is proposed so that the second row of a table becomes part of the first; unless it is `sure` that they are one, only
    together with the removal of the second. JinguoError where its rows have no numbers."""
    if not keeps_numbers(table):
        raise JinguoError("自己的登记表里没有编号，不能自动合并两行", table.where, "请在登记表里自己并成一行。")
    goes = "" if sure else str(table[table.spec.key][drop])
    moved = [*_cells(registry, table, keep, drop), *_references(registry, table, keep, drop)]
    return [*(replace(p, with_row=goes) for p in moved), _gone(registry, table, keep, drop)]


def fuller_first(table: Table, rows: list[int]) -> list[int]:
    """The rows, the one in which most is filled in first: it is the one to keep."""
    filled = {i: sum(bool(table.shown(i, name)) for name in table.raw) for i in rows}
    return sorted(rows, key=lambda i: (-filled[i], i))


def _cells(registry: Registry, table: Table, keep: int, drop: int) -> Iterator[Proposal]:
    spec = table.spec
    names = [f.name for f in spec.fields if f.name in table.raw and f.name not in (spec.key, _REMARKS)]
    other = str(table[spec.key][drop])
    told = []
    for name in [*names, *table.extra]:
        f = spec.by_name.get(name)
        mine, theirs = shown_text(registry, table, keep, name), shown_text(registry, table, drop, name)
        if not theirs or same_text(f, mine, theirs):
            continue
        if mine:
            # Whichever is kept, the other is not lost.
            told.append(f"{spec.header_of(name)}：{mine}／{theirs}")
        reason = (
            f"{other} 有、这一行空着"
            if not mine
            else f"两行不一样：采用就用 {other} 的，不采用就留现在的；另一个记在备注里"
        )
        yield Proposal(
            CONFLICT if mine else CHANGED, "", spec.name, str(table[spec.key][keep]), shown_name(table, keep), name, mine, "",
            theirs, theirs, reason, OPEN if mine else TAKE, table.place(drop, name) if f else "", place_in_registry(table, keep, name),
        )  # fmt: skip
    if _REMARKS in table.raw:
        was, theirs = table.shown(keep, _REMARKS), table.shown(drop, _REMARKS)
        parts = [
            was,
            theirs if theirs != was else "",
            f"由{other}并入" + (f"（原来两行的{'；'.join(told)}）" if told else ""),
        ]
        yield Proposal(
            CHANGED, "", spec.name, str(table[spec.key][keep]), shown_name(table, keep), _REMARKS, was, "", theirs,
            "；".join(filter(None, parts)), f"{other} 的内容不丢", TAKE, table.place(drop, _REMARKS), place_in_registry(table, keep, _REMARKS),
        )  # fmt: skip


def _references(registry: Registry, table: Table, keep: int, drop: int) -> Iterator[Proposal]:
    """Every row that refers to the one that goes; one that is then another's twin goes too, if staff say so."""
    goes = str(table[table.spec.key][drop])
    for other in registry.tables.values():
        for f in other.spec.fields:
            if isinstance(f.type, Reference) and f.type.table == table.spec.name:
                for i in [i for i, key in enumerate(other[f.name]) if key == goes]:
                    yield from _reference(registry, other, i, f, (table, keep, drop))


def _reference(registry: Registry, other: Table, i: int, f: Field, rows: tuple[Table, int, int]) -> Iterator[Proposal]:
    """What becomes of one row that refers to the one that goes."""
    table, keep, drop = rows
    stays, goes = (str(table[table.spec.key][n]) for n in (keep, drop))
    key = str(other[other.spec.key][i]) if other.spec.key else row_identity(other, i)
    who = shown_name(other, i) if other.spec.key and other.spec.display else registry.name_of(table.spec.name, goes)
    twin = None if other.spec.key else _twin(other, i, {f.name: stays})
    if twin is not None:
        more = [
            f"{g.header}“{cell_text(other, i, g.name)}”"
            for g in other.spec.fields
            if g.name not in (f.name, "name") and cell_text(other, i, g.name) != cell_text(other, twin, g.name)
        ]
        differs = f"（不同的是{'、'.join(more)}）" if more else ""
        yield Proposal(
            REMOVED, "", other.spec.name, key, who, "", row_text(registry, other, i), "", "", "删去这一行",
            f"改成 {stays} 以后与{other.nth_row(twin, i)}是一回事{differs}；采用就清空这一行", OPEN, "", place_in_registry(other, i, f.name),
        )  # fmt: skip
        return
    was, will = (shown_reference(registry, f, k) for k in (goes, stays))
    yield Proposal(
        CHANGED, "", other.spec.name, key, who, f.name, was, "", will, will, f"{goes} 并入 {stays}", TAKE, "",
        place_in_registry(other, i, f.name),
    )  # fmt: skip
    names = [str(table[table.spec.display][n] or "") for n in (drop, keep)]
    # A list may give the name beside the number.
    if "name" in other.raw and f.name == "person" and names[0] != names[1] and cell_text(other, i, "name") == names[0]:
        yield Proposal(
            CHANGED, "", other.spec.name, key, who, "name", names[0], "", names[1], names[1], f"{goes} 并入 {stays}", TAKE, "",
            place_in_registry(other, i, "name"),
        )  # fmt: skip


def _twin(table: Table, index: int, changed: dict[str, str]) -> int | None:
    """Another row about the same: it says the same in every column that no row is without."""
    names = [f.name for f in table.spec.fields if f.required and f.name in table.raw and f.name != "name"]
    for i in range(len(table)):
        if i != index and all(changed.get(n, cell_text(table, index, n)) == cell_text(table, i, n) for n in names):
            return i
    return None


def _gone(registry: Registry, table: Table, keep: int, drop: int) -> Proposal:
    key = str(table[table.spec.key][drop])
    stays = shown_name(table, keep)
    return Proposal(
        REMOVED, "", table.spec.name, key, shown_name(table, drop), "", row_text(registry, table, drop), "", "", "删去这一行",
        f"并入 {stays}：上面的定好以后，这里选“采用”，就清空这一行", OPEN, "", place_in_registry(table, drop, table.spec.display),
    )  # fmt: skip
