"""An office's own registers as our seven workbooks: numbers given, and every cell that found no place listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.excel.raw import RawSheet
from jinguo.excel.writing.forms import write_form
from jinguo.excel.writing.report import Sheet, write_report
from jinguo.intake.own.mapping import IGNORED
from jinguo.intake.own.reading import OwnRegisters
from jinguo.registry.tables import Registry, Table
from jinguo.reports.blank_workbooks import first_rows
from jinguo.schema import WORKBOOKS
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.codes import Key, Reference
from jinguo.schema.vocabularies import VOCABULARIES

LEFT = "没有搬的.xlsx"
#: What is kept of a list of choices: its words separated as staff would type them.
_HEADER = ["文件", "工作表", "位置", "内容", "为什么"]


def converted_workbooks(registry: Registry, own: OwnRegisters, author: str) -> dict[str, bytes]:
    """Our workbooks with all rows of the registry, by name, and 没有搬的.xlsx with every cell of the office's sheets that
    stands in none of them."""
    numbers = {name: _numbers(table) for name, table in registry.tables.items() if table.spec.key}
    rows: dict[str, list[dict[str, Any]]] = {}
    own_headers: dict[str, list[str]] = {}
    for name, table in registry.tables.items():
        taken = {f.header for f in table.spec.fields}
        headers = {header: header if header not in taken else f"{header}（原表）" for header in table.extra}
        own_headers[name] = list(headers.values())
        rows[name] = [_row(table, i, numbers, headers) for i in range(len(table))]
    for name, first in first_rows().items():
        if not rows.get(name):
            rows[name] = first
    rows["vocabularies"] = [*rows.get("vocabularies", []), *_new_words(registry)]
    words = {
        **(registry.settings.vocabularies or VOCABULARIES),
        "townships": [t for t in registry["townships"]["name"] if t],
    }
    books = {book.file: write_form(book, rows, words, author, own_headers) for book in WORKBOOKS}
    return books | {LEFT: _left_behind(registry, own, author)}


def _new_words(registry: Registry) -> list[dict[str, Any]]:
    """The office's words of lists it may extend, for its 词表."""
    found: dict[tuple[str, str], None] = {}
    for table in registry.tables.values():
        for f in table.spec.fields:
            name = getattr(f.type, "vocabulary", "")
            for value in dict.fromkeys(table[f.name]) if name else ():
                for word in value if isinstance(value, tuple) else (value,):
                    if word and word not in VOCABULARIES[name]:
                        found[name, word] = None
    held = {(name, word) for _, name, word in registry["vocabularies"].each("vocabulary", "word")}
    return [{"vocabulary": name, "word": word} for name, word in found if (name, word) not in held]


def _numbers(table: Table) -> dict[Any, str]:
    """Our number of each key: the key itself where it is one, else the next that is free."""
    kind = table.spec.by_name[table.spec.key].type
    keys = [key for key in table[table.spec.key] if key is not None]
    if not isinstance(kind, Key) or not kind.prefix:
        return {key: key for key in keys}
    is_number = re.compile(rf"{kind.prefix}\d+")
    last = max((int(key[len(kind.prefix) :]) for key in keys if is_number.fullmatch(str(key))), default=0)
    width = max(4, len(str(last + len(keys))))
    found: dict[Any, str] = {}
    for key in keys:
        if is_number.fullmatch(str(key)):
            found[key] = key
        elif key not in found:
            last += 1
            found[key] = f"{kind.prefix}{last:0{width}d}"
    return found


def _row(table: Table, i: int, numbers: dict[str, dict[Any, str]], headers: dict[str, str]) -> dict[str, Any]:
    """A row as ours: what could not be read stands there as it was written."""
    row: dict[str, Any] = {}
    for f in table.spec.fields:
        value = table[f.name][i]
        if value is None:
            row[f.name] = table.shown(i, f.name)
        elif f.name == table.spec.key:
            row[f.name] = numbers.get(table.spec.name, {}).get(value, value)
        elif isinstance(f.type, Reference):
            row[f.name] = numbers.get(f.type.table, {}).get(value, value)
        else:
            row[f.name] = value
    return row | {shown: table.extra[header][i] for header, shown in headers.items()}


def _left_behind(registry: Registry, own: OwnRegisters, author: str) -> bytes:
    moved = set(_moved(registry))
    rows = [
        [raw.workbook, raw.name, cell, text, why]
        for raw in [*own.taken, *own.open, *own.ignored]
        for cell, text, why in _cells(raw, own)
        if (raw.workbook, raw.name, cell) not in moved
    ]
    note = "登记表里有内容、没有搬到七个工作簿里的格子；标题、合计、说明本来就不是数据。要用的，请补到新的工作簿里。"
    sheet = Sheet("没有搬的", "没有搬的格子", list(_HEADER), rows, [30, 16, 10, 50, 30], note=note)
    return write_report("没有搬的格子", [sheet], author)


def _moved(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """The cells that stand somewhere in the registry."""
    for table in registry.tables.values():
        start = 0
        for block, stop in zip(table.blocks, table.stops, strict=True):
            for i in range(start, stop):
                row = table.rows[i]
                for name, letter in block.letters.items():
                    # A title line says more than the fact taken out of it.
                    if name not in block.cells and (table[name][i] is not None or table.shown(i, name)):
                        yield block.workbook, block.sheet, f"{letter}{row}"
                for header, letter in block.extra_letters.items():
                    if not is_blank(table.extra[header][i]):
                        yield block.workbook, block.sheet, f"{letter}{row}"
            start = stop


def _cells(raw: RawSheet, own: OwnRegisters) -> Iterator[tuple[str, str, str]]:
    """(cell, content, why it may be left) of every filled cell but those of the header."""
    transcript = next((t for t in own.transcripts if t.frame.raw is raw), None)
    source = own.mapping.source_of(raw.label, raw.name)
    for r, row in enumerate(raw.rows):
        if transcript and transcript.frame.header[0] <= r <= transcript.frame.header[1]:
            continue
        if transcript is None:
            why = f"没有读：{source.reason}" if source and source.action == IGNORED else "还没有认定，没有读"
        elif r < transcript.frame.header[0]:
            why = "标题"
        else:
            why = transcript.frame.skipped.get(r, "重复的行，或没有一栏对得上")
        for c, value in enumerate(row):
            if not is_blank(value):
                yield f"{column_letter(c)}{r + 1}", clean(value), why
