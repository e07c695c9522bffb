"""对照.xlsx: its four sheets as rows, and rows as the decisions they hold. What a person wrote there is read as typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinguo.intake.own.lexicon import IGNORED as NOT_READ
from jinguo.intake.own.lexicon import OWN as OWN_COLUMN
from jinguo.intake.own.lexicon import field_label, fields_by_label
from jinguo.intake.own.mapping import IGNORED, OPEN, OWN, TAKEN, ColumnMap, Mapping, Source
from jinguo.intake.own.title_lines import Fact
from jinguo.schema import TABLES

HEADERS = {
    "来源": ["文件", "工作表", "对应表", "版式", "表头行", "固定值", "取自标题", "依据", "处理"],
    "栏目": ["文件", "工作表", "栏目", "样例", "对应", "拆分", "单位", "依据", "把握", "处理"],
    "取值": ["栏目", "写法", "个数", "对应", "处理"],
    "认人认组织": ["类别", "写法", "个数", "出处", "候选", "依据", "对应", "处理"],
}
#: What 处理 may say.
ACTIONS = {"采用": TAKEN, "是": TAKEN, "√": TAKEN, "自有": OWN, "不读": IGNORED, "否": IGNORED, "待定": OPEN, "": OPEN}


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
    return header if field_of(header, source.tables) == name else f"{TABLES[table].sheet}.{header}"


def field_of(label: str, tables: Sequence[str]) -> str:
    """The field a label means: its own table's if it names one, else the first of the sheet's tables that has it."""
    label = label.rstrip("*!")
    if label in fields_by_label():
        return fields_by_label()[label]
    for table in tables:
        found = TABLES[table].field_of(label)
        if found is not None:
            return f"{table}.{found.name}"
    return ""
