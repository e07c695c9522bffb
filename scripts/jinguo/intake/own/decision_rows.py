"""对照.xlsx: its four sheets as rows, and rows as the decisions they hold. What a person wrote there is read as typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jinguo.excel.raw import RawSheet
from jinguo.intake.own.lexicon import IGNORED as NOT_READ
from jinguo.intake.own.lexicon import OWN as OWN_COLUMN
from jinguo.intake.own.lexicon import field_label, fields_by_label
from jinguo.intake.own.mapping import (
    IGNORED,
    LAYOUTS,
    OPEN,
    OWN,
    ROWS,
    TAKEN,
    ColumnMap,
    Identity,
    Mapping,
    Source,
    ValueMap,
)
from jinguo.intake.own.title_lines import Fact
from jinguo.schema import TABLES
from jinguo.schema.cells import clean

HEADERS = {
    "来源": ["文件", "工作表", "对应表", "版式", "表头行", "固定值", "取自标题", "依据", "处理"],
    "栏目": ["文件", "工作表", "栏目", "样例", "对应", "拆分", "单位", "依据", "把握", "处理"],
    "取值": ["栏目", "写法", "个数", "对应", "处理"],
    "认人认组织": ["类别", "写法", "个数", "出处", "候选", "依据", "对应", "处理"],
}
_BY_SHEET = {spec.sheet: name for name, spec in TABLES.items()}
_ACTIONS = {"采用": TAKEN, "是": TAKEN, "√": TAKEN, "自有": OWN, "不读": IGNORED, "否": IGNORED, "待定": OPEN, "": OPEN}


def rows_of_mapping(mapping: Mapping) -> dict[str, list[list[Any]]]:
    """The rows of each sheet, in the order of HEADERS."""
    return {
        "来源": [
            [
                s.workbook, s.sheet, "、".join(TABLES[t].sheet for t in s.tables), s.layout if s.tables else "", _span(s.header),
                _facts_text([f for f in s.facts if not f.cell], s), _facts_text([f for f in s.facts if f.cell], s), s.reason, s.action,
            ]
            for s in mapping.sources
        ],
        "栏目": [
            [c.workbook, c.sheet, c.title, c.samples, column_label(c), c.split, c.unit, c.by, c.sureness, c.action]
            for c in mapping.columns
        ],
        "取值": [[field_label(v.field), v.written, v.count, v.meaning, v.action] for v in mapping.values],
        "认人认组织": [[i.kind, i.written, i.count, i.places, i.candidates, i.basis, i.meaning, i.action] for i in mapping.identities],
    }  # fmt: skip


def column_label(column: ColumnMap) -> str:
    """What a column is for, as staff read it."""
    if column.fields:
        return "＋".join(map(field_label, column.fields))
    return NOT_READ if column.action == IGNORED else OWN_COLUMN


def _span(header: tuple[int, int] | None) -> str:
    if header is None:
        return ""
    return str(header[0]) if header[0] == header[1] else f"{header[0]}-{header[1]}"


def _facts_text(facts: Sequence[Fact], source: Source) -> str:
    return "；".join(f"{fact_label(f.field, source)}={f.value}" + (f"（{f.cell}）" if f.cell else "") for f in facts)


def fact_label(name: str, source: Source) -> str:
    """The header of the field, with its table where the sheet's tables have two of that name."""
    table, field = name.split(".")
    header = TABLES[table].by_name[field].header
    return header if _field_of(header, source.tables) == name else f"{TABLES[table].sheet}.{header}"


def _field_of(label: str, tables: Sequence[str]) -> str:
    """The field a label means: its own table's if it names one, else the first of the sheet's tables that has it."""
    label = label.rstrip("*!")
    if label in fields_by_label():
        return fields_by_label()[label]
    for table in tables:
        found = TABLES[table].field_of(label)
        if found is not None:
            return f"{table}.{found.name}"
    return ""


def mapping_of(sheets: Sequence[RawSheet]) -> tuple[Mapping, list[tuple[str, str, str]]]:
    """The decisions in the workbook, and what in it cannot be read: (sheet, cell, what)."""
    mapping, wrong = Mapping(), []
    by_name = {sheet.name: sheet for sheet in sheets}
    for row, cells in _rows(by_name.get("来源"), "来源"):
        tables = [(_BY_SHEET.get(t), t) for t in re.split("[、，,]", cells["对应表"]) if t and t != "不读"]
        for found, text in tables:
            if found is None:
                wrong.append(("来源", f"C{row}", f"没有“{text}”这张表"))
        names = tuple(t for t, _ in tables if t)
        facts = [*_facts(cells["固定值"], names), *_facts(cells["取自标题"], names)]
        wrong += [("来源", f"F{row}", f"“{fact.value}”不知道是哪一栏") for fact in facts if not fact.field]
        action = _action(cells["处理"])
        if cells["对应表"] == "不读":
            action = IGNORED
        if action == TAKEN and not names:
            wrong.append(("来源", f"C{row}", "采用的工作表没有写对应哪张表"))
            action = OPEN
        mapping.sources.append(
            Source(
                cells["文件"],
                cells["工作表"],
                names,
                cells["版式"] if cells["版式"] in LAYOUTS else ROWS,
                _header_rows(cells["表头行"]),
                [f for f in facts if f.field],
                cells["依据"],
                action,
            )
        )
    for row, cells in _rows(by_name.get("栏目"), "栏目"):
        labels = [] if cells["对应"] in ("", OWN_COLUMN, NOT_READ) else cells["对应"].split("＋")
        fields = [fields_by_label().get(label.strip(), "") for label in labels]
        wrong += [
            ("栏目", f"E{row}", f"没有“{label}”这一栏") for label, name in zip(labels, fields, strict=True) if not name
        ]
        action = _action(cells["处理"])
        if cells["对应"] == NOT_READ:
            action = IGNORED
        if not all(fields):
            action = OPEN
        mapping.columns.append(
            ColumnMap(
                cells["文件"],
                cells["工作表"],
                cells["栏目"],
                tuple(filter(None, fields)),
                cells["拆分"],
                cells["单位"],
                cells["样例"],
                cells["依据"],
                cells["把握"],
                action,
            )
        )
    for row, cells in _rows(by_name.get("取值"), "取值"):
        name = fields_by_label().get(cells["栏目"], "")
        if not name:
            wrong.append(("取值", f"A{row}", f"没有“{cells['栏目']}”这一栏"))
            continue
        mapping.values.append(
            ValueMap(name, cells["写法"], _count(cells["个数"]), cells["对应"], _action(cells["处理"]))
        )
    for _, cells in _rows(by_name.get("认人认组织"), "认人认组织"):
        mapping.identities.append(
            Identity(
                cells["类别"],
                cells["写法"],
                cells["出处"],
                _count(cells["个数"]),
                cells["候选"],
                cells["依据"],
                cells["对应"],
                _action(cells["处理"]),
            )
        )
    return mapping, wrong


def _rows(sheet: RawSheet | None, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(Excel row, cells by header) of a sheet, wherever its columns stand."""
    if sheet is None:
        return
    rows = [[clean(v) for v in row] for row in sheet.rows]
    start = next((n for n, row in enumerate(rows) if len({*row} & {*HEADERS[name]}) > len(HEADERS[name]) // 2), None)
    if start is None:
        return
    header = rows[start]
    for number, row in enumerate(sheet.rows[start + 1 :], start + 2):
        cells = {title: clean(value) for title, value in zip(header, row, strict=False) if title}
        if any(cells.get(title) for title in HEADERS[name][:2]):
            yield number, {title: cells.get(title, "") for title in HEADERS[name]}


def _action(text: str) -> str:
    return _ACTIONS.get(text, OPEN)


def _count(text: str) -> int:
    return int(float(text)) if re.fullmatch(r"\d+(?:\.0)?", text) else 0


def _header_rows(text: str) -> tuple[int, int] | None:
    numbers = [int(n) for n in re.findall(r"\d+", text.removesuffix(".0"))]
    return (numbers[0], numbers[-1]) if numbers else None


def _facts(text: str, tables: Sequence[str]) -> list[Fact]:
    """The facts of a cell; one whose field is not known has none."""
    facts = []
    beside = [*tables, *(t for t in ("events", "batches") if t not in tables)]
    for piece in re.split("[；;\n]", text):
        label, equals, value = piece.partition("=") if "=" in piece else piece.partition("＝")
        if not equals or not label.strip():
            continue
        cell = re.search(r"（([A-Z]{1,3}\d+)）$", value.strip())
        plain = value.strip()[: cell.start()] if cell else value.strip()
        name = _field_of(label.strip(), beside)
        facts.append(Fact(name, plain if name else label.strip(), cell[1] if cell else ""))
    return facts
