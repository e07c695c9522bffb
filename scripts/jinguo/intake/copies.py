"""Sheets that say again what others say: a summary of the townships' sheets, a copy kept from last year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinguo.excel.raw import RawSheet
from jinguo.intake.header import find_header
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import TableSpec, header_key

#: So much of a sheet stands in the others as well, and it is a copy: the rest may have been changed since.
_SHARE = 0.8
_FEWEST = 2
_IS_COPY = re.compile(r"副本|复件|备份|拷贝|copy|\bbak\b|旧|原|[(（]\d+[)）]$|\d{6,8}$|[-_ ]\d$", re.IGNORECASE)
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


def copied_workbooks(
    sheets: Mapping[str, Sequence[RawSheet]], by_sheet: Mapping[str, TableSpec]
) -> dict[str, tuple[str, str]]:
    """Workbooks that are a copy of another (人员台账 - 副本.xlsx), each with what is said of it and its remedy: the tables in it
    are those of the other, and most rows of theirs stand there too.

    Of the two the one that is called a copy is the copy, and never one that has the name of a workbook of ours.
    """
    tables = {
        book: {header_key(s.name): s for s in raws if header_key(s.name) in by_sheet} for book, raws in sheets.items()
    }
    found: dict[str, tuple[str, str]] = {}
    for book, mine in tables.items():
        if not mine or not _IS_COPY.search(Path(book).stem):
            continue
        for other, theirs in tables.items():
            if other == book or other in found or not set(mine) <= set(theirs):
                continue
            rows = [(_rows(mine[key], by_sheet[key]), _rows(theirs[key], by_sheet[key])) for key in mine]
            total, common = sum(len(a) for a, _ in rows), sum(len(a & b) for a, b in rows)
            if total and common >= _SHARE * total:
                own = f"，另有 {total - common} 行与它不同" if common < total else ""
                remedy = f"不要的移出台账文件夹{'；不同的行里有要用的，请改到 ' + other if own else ''}"
                found[book] = f"是 {other} 的副本，{total} 行里 {common} 行一样{own}，整个没有读", remedy
                break
    return found


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
