"""Sheets that say again what others say: a summary of the townships' sheets, a copy kept from last year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jinguo.excel.raw import RawSheet
from jinguo.intake.header import find_header
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import TableSpec

#: So much of a sheet stands in the others as well, and it is a copy: the rest may have been changed since.
_SHARE = 0.8
_FEWEST = 2
_NAMED_SO = re.compile(r"汇总|总表|合计|全部|备份|副本|复件|旧|[(（]\d+[)）]$")


def set_copies_apart(
    sheets: Sequence[RawSheet], spec: TableSpec
) -> tuple[list[RawSheet], list[tuple[RawSheet, tuple[str, str]]]]:
    """Of sheets of one table those that have rows of their own, and each copy with what is said of it and its remedy.

    Of two that say the same, the one called a summary or a copy is the copy; else the larger, which holds the others
    together; else the later.
    """
    rows = {n: _rows(sheet, spec) for n, sheet in enumerate(sheets)}
    kept = set(rows)
    copies = []
    for n in sorted(rows, key=lambda n: (not _NAMED_SO.search(sheets[n].name), -len(rows[n]), -n)):
        others = set().union(*(rows[other] for other in kept - {n}))
        common = len(rows[n] & others)
        if len(rows[n]) >= _FEWEST and common >= _SHARE * len(rows[n]):
            kept.discard(n)
            what = f"工作表“{sheets[n].name}”的 {len(rows[n])} 行里，{common} 行在别的工作表里也有，没有再读一遍"
            copies.append((sheets[n], (what, "是汇总或备份的，不必理会；有别处没有的内容，请补到别的工作表里")))
    return [sheets[n] for n in sorted(kept)], copies


def _rows(sheet: RawSheet, spec: TableSpec) -> set[tuple[Any, ...]]:
    """The different rows of a sheet in the columns of the table, in the order of its fields."""
    header = find_header(sheet.rows, spec, sheet.merged)
    if header is None:
        return set()
    places = {
        f.name: c for c, title in reversed(list(enumerate(header.titles))) if title and (f := spec.field_of(title))
    }
    columns = [places[f.name] for f in spec.fields if f.name in places]
    texts = [
        tuple("" if is_blank(v) else clean(v) for v in (row[c] if c < len(row) else "" for c in columns))
        for row in sheet.rows[header.row + 1 :]
    ]
    return {text for text in texts if sum(map(bool, text)) >= _FEWEST}
