"""One decision for all cells: a word that a list does not know, changed everywhere it stands to the one staff choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from jinguo.amend.edits import Change
from jinguo.common.nearest import nearest
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.writing.report import Sheet
from jinguo.registry.tables import Registry, Table
from jinguo.schema.cells import clean
from jinguo.schema.codes import Reference
from jinguo.schema.model import Field
from jinguo.schema.types import GRAVE, Choice, MultiChoice, match_choice

SHEET = "取值"
_HEADER = ["工作簿", "工作表", "栏目", "填的内容", "处数", "全部改为", "可以改成"]
_NOTE = "同一个写法各处都改：在“全部改为”里填上或改成要的写法，保存后再写入；空着的不改。“是不是”的建议不会自己写入。"
_KIND = "全部改为"


class Value(NamedTuple):
    """A word that was not understood: where it stands, and what it may be changed to."""

    workbook: str
    sheet: str
    header: str
    value: str
    cells: tuple[str, ...]
    choices: tuple[str, ...]
    guess: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.workbook, self.sheet, self.header, self.value


def unknown_values(registry: Registry) -> list[Value]:
    """Every word that a column of choices, or of townships, does not know; each once a sheet, in the order of the tables."""
    found = []
    for table in registry.tables.values():
        for f in table.spec.fields:
            choices = _choices(registry, f)
            if choices and f.name in table.raw:
                found += _of_column(table, f, choices)
    return found


def _choices(registry: Registry, f: Field) -> tuple[str, ...]:
    if isinstance(f.type, MultiChoice):
        return ()
    if isinstance(f.type, Choice):
        return tuple(f.type.choices(registry.settings.vocabularies))
    if isinstance(f.type, Reference) and f.type.table == "townships":
        return tuple(name for name in registry["townships"]["name"] if name)
    return ()


def _of_column(table: Table, f: Field, choices: tuple[str, ...]) -> list[Value]:
    cells: dict[tuple[str, str, str], list[str]] = {}
    for i in sorted(index for name, index in table.unreadable if name == f.name):
        shown = table.shown(i, f.name)
        workbook, sheet, cell = table.address(i, f.name)
        block = table.block(i)
        if shown and cell not in block.borrowed and f.name not in block.derived:
            cells.setdefault((workbook, sheet, shown), []).append(cell)
    offered = [choice for choice in choices if choice not in GRAVE]
    return [
        Value(workbook, sheet, f.header, value, tuple(at), choices, nearest(value, offered) or "")
        for (workbook, sheet, value), at in cells.items()
    ]


def values_sheet(values: Sequence[Value]) -> Sheet:
    """The sheet of the plan on which staff say what each unknown word becomes. A guess is only told beside it."""
    rows = [
        [
            v.workbook,
            v.sheet,
            v.header,
            v.value,
            len(v.cells),
            "",
            (f"是不是“{v.guess}”？" if v.guess else "") + "、".join(v.choices[:12]),
        ]
        for v in values
    ]
    return Sheet(SHEET, "不在可选范围里的写法", list(_HEADER), rows, [20, 14, 16, 22, 8, 18, 60], note=_NOTE)


class Chosen(NamedTuple):
    """What staff chose: the changes, and the words they wrote that are no choice of the column."""

    changes: list[Change]
    refused: list[str]


def chosen_values(values: Sequence[Value], plan: Path) -> Chosen:
    """The changes that the plan's workbook asks for, a cell each."""
    wanted = _wanted(plan)
    changes, refused = [], []
    for v in values:
        asked = wanted.get(v.key, "")
        new = match_choice(asked, v.choices, {}) if asked else None
        if new:
            changes += [Change(v.workbook, v.sheet, cell, v.header, _KIND, v.value, new) for cell in v.cells]
        elif asked:
            refused.append(f"{v.header}的“{v.value}”全部改为“{asked}”")
    return Chosen(changes, refused)


def _wanted(plan: Path) -> Mapping[tuple[str, str, str, str], str]:
    for sheet in read_workbook(plan):
        rows = [list(map(clean, row)) for row in sheet.rows]
        start = (
            next((i for i, row in enumerate(rows) if set(_HEADER[:6]) <= set(row)), None)
            if sheet.name == SHEET
            else None
        )
        if start is not None:
            book, name, header, value, new = (
                rows[start].index(t) for t in ("工作簿", "工作表", "栏目", "填的内容", "全部改为")
            )
            return {(row[book], row[name], row[header], row[value]): row[new] for row in rows[start + 1 :] if row[new]}
    return {}
