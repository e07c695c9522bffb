"""What only shows when all tables are read: doubled keys, and references to rows that are not there."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import Any

from jinguo.common.findings import Finding
from jinguo.common.nearest import nearest
from jinguo.intake.problem_findings import cell_finding
from jinguo.registry.tables import Table
from jinguo.schema.cells import half_width
from jinguo.schema.codes import Reference
from jinguo.schema.model import Field
from jinguo.schema.problems import DUPLICATE, REFERENCE, Problem
from jinguo.schema.types import tidy_name


def check_unique(table: Table) -> list[Finding]:
    """A finding for every later cell that repeats a value of a unique column."""
    findings = []
    for f in table.spec.fields:
        if not f.unique:
            continue
        first: dict[Any, int] = {}
        for i, value in enumerate(table[f.name]):
            if value is None:
                continue
            if value in first:
                problem = Problem(
                    DUPLICATE, f"与{table.nth_row(first[value], i)}重复", "请核对是重复登记还是填错，保留一行或改正"
                )
                findings.append(cell_finding(table, i, f, problem))
            else:
                first[value] = i
    return findings


def resolve_references(tables: dict[str, Table]) -> list[Finding]:
    """Replace every reference by the key it means; what means nothing becomes None and a finding.

    A name serves as well as a key where it is unique. Where the office does not keep the table that is referred to, the
    reference stays as it was typed.
    """
    findings = []
    targets: dict[str, _Target] = {}
    for table in tables.values():
        for f in table.spec.fields:
            if isinstance(f.type, Reference) and f.name in table.raw:
                target = f.type.table
                if tables[target].spec.key not in tables[target].letters or not len(tables[target]):
                    # Not kept, emptied, or without its key column, which has been reported: nothing can be looked up there.
                    continue
                if target not in targets:
                    targets[target] = _Target(tables[target])
                findings += _resolve_column(table, f, targets[target])
    return findings


_LOOSE = re.compile("[\\s\uff01-\uff5e]")


def _fold(text: str) -> str:
    """A code or a name for comparing: no spaces, half width, capitals."""
    return (re.sub(r"\s", "", half_width(text)) if _LOOSE.search(text) else text).upper()


class _Target:
    """A table that is referred to, as its rows can be named."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.keys = dict.fromkeys(key for key in table[table.spec.key] if key is not None)

    @cached_property
    def meant(self) -> dict[str, list[Any]]:
        """The keys that each key, and each name people use, stands for; a key stands for itself alone."""
        meant: defaultdict[str, list[Any]] = defaultdict(list)
        for name in dict.fromkeys((self.table.spec.display, "short_name")):
            if name not in self.table.columns:
                continue
            for key, shown in zip(self.table[self.table.spec.key], self.table[name], strict=True):
                if key is not None and shown:
                    known = meant[_fold(tidy_name(shown))]
                    if key not in known:
                        known.append(key)
        return dict(meant) | {_fold(key): [key] for key in self.keys}


def _resolve_column(table: Table, f: Field, target: _Target) -> list[Finding]:
    """Resolve each distinct value that is no key, once; the rows of those that mean nothing get a finding each."""
    values = table[f.name]
    strange = set(values).difference(target.keys) - {None}
    if not strange:
        return []
    meant = {value: target.meant.get(_fold(value), []) for value in strange}
    keys = {value: found[0] if len(found) == 1 else None for value, found in meant.items()}
    problems = {value: _unresolved(value, meant[value], target.table) for value, key in keys.items() if key is None}
    findings = []
    for i in [i for i, value in enumerate(values) if value in problems] if problems else ():
        table.unreadable.add((f.name, i))
        findings.append(cell_finding(table, i, f, problems[values[i]]))
    table.columns[f.name] = list(map(keys.get, values, values))
    return findings


_CODE = re.compile(r"[A-Za-z]{1,4}\d+")
_CONFUSED = str.maketrans("OILZS", "01125")


def _likely(value: str, target: Table) -> str | None:
    """What a reference was probably meant as. Numbers run on, so that the next is no guess for one that is gone, only one
    whose digits were typed as letters; and who has another surname is somebody else."""
    keys = [key for key in target[target.spec.key] if key]
    text = _fold(value)
    if _CODE.fullmatch(text) or text[:2].isascii():
        plain = text[:2] + text[2:].translate(_CONFUSED)
        return next((key for key in keys if key != value and str(key).upper() == plain), None)
    names = [name for name in target.columns.get(target.spec.display, ()) if name]
    if target.spec.name == "people":
        names = [name for name in names if name[0] == value[0]]
    return nearest(value, names, at_least=60)


def _unresolved(value: str, keys: list[Any], target: Table) -> Problem:
    place = target.where
    if keys:
        return Problem(
            REFERENCE, f"填的“{value}”有 {len(keys)} 个同名的", f"请改填编号：{'、'.join(map(str, keys[:5]))}"
        )
    guess = _likely(value, target)
    hint = f"是不是“{guess}”？" if guess else ""
    return Problem(REFERENCE, f"填的“{value}”在 {place} 里没有", f"{hint}请改正，或先在 {place} 里补上这一行")
