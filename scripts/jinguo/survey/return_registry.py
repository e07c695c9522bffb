"""A returned form as a small registry of its own, so that the rules of the registry can be asked about it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from jinguo.common.findings import Finding
from jinguo.registry.joining import empty_table
from jinguo.registry.settings import Settings
from jinguo.registry.tables import Registry, Table
from jinguo.schema import TABLES
from jinguo.schema.codes import Reference


def return_registry(
    tables: Mapping[str, Table], settings: Settings, today: datetime.date, beside: Mapping[str, Table]
) -> Registry:
    """The registry of these tables and those `beside` (the settings): new rows have numbers of their own, references are by
    name."""
    made = {name: empty_table(spec) for name, spec in TABLES.items()} | dict(beside)
    made |= {name: _whole(table) for name, table in tables.items()}
    for name in tables:
        _resolve(made[name], made)
    return Registry(made, [], settings, today)


def _whole(form: Table) -> Table:
    """A table of the form with all columns of the registry's."""
    spec = TABLES[form.spec.name]
    table = Table(
        spec, list(form.rows), raw=dict(form.raw), extra=form.extra, blocks=list(form.blocks), stops=list(form.stops)
    )
    table.columns = {f.name: list(form.columns.get(f.name) or [None] * len(form)) for f in spec.fields}
    table.unreadable = set(form.unreadable)
    if spec.key:
        tokens = form.columns.get("token") or [None] * len(form)
        table.columns[spec.key] = [token or f"新增{i + 1}" for i, token in enumerate(tokens)]
    return table


def _resolve(table: Table, tables: Mapping[str, Table]) -> None:
    """References by name as keys, where the return says who is meant; else what was written."""
    for f in table.spec.fields:
        if not isinstance(f.type, Reference):
            continue
        target = tables[f.type.table]
        if not len(target) or not target.spec.display:
            continue
        keys: dict[str, list[str]] = {}
        for key, name in zip(target[target.spec.key], target[target.spec.display], strict=True):
            if key and name:
                keys.setdefault(name, []).append(key)
        values = table.columns[f.name]
        for i, value in enumerate(values):
            if value is not None and value not in target.index_of:
                found = keys.get(value, [])
                values[i] = found[0] if len(found) == 1 else None
                if values[i] is None:
                    table.unreadable.add((f.name, i))


def of_the_return(findings: Sequence[Finding], file: str, tables: Mapping[str, Table]) -> list[Finding]:
    """Of the findings those about cells of the file that a township can put right: not about what the form did not ask, which
    stand at the number of the row, nor about what was hidden from it."""
    numbers = {
        (block.sheet, block.letters["token"])
        for table in tables.values()
        for block in table.blocks
        if "token" in block.letters
    }
    return [
        f
        for f in findings
        if f.workbook == file and (f.sheet, f.cell.rstrip("0123456789")) not in numbers and "********" not in f.value
    ]
