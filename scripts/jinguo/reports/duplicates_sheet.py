"""Rows that may be one, side by side, what differs marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinguo.excel.writing.cell_values import Marked
from jinguo.excel.writing.report import Sheet, cell_link
from jinguo.organisations.duplicates import Group
from jinguo.registry.tables import Table
from jinguo.schema.cells import clean, is_blank


def duplicate_sheets(groups: Sequence[Group], links: Mapping[str, str]) -> list[Sheet]:
    """For each table a sheet of its groups, what differs from the first row marked."""
    return [
        _group_sheet(table, [g for g in groups if g.table is table], links)
        for table in {id(g.table): g.table for g in groups}.values()
    ]


#: Of a large group so many stand side by side: more cannot be compared by eye.
_MOST_BESIDE = 10


def _group_sheet(table: Table, groups: Sequence[Group], links: Mapping[str, str]) -> Sheet:
    """The rows of a group side by side, a column each; a line for each of the table's columns in which any has
    something."""
    spec = table.spec
    columns = [(f.header, table.raw[f.name]) for f in spec.fields if f.name in table.raw] + list(table.extra.items())
    rows: list[list] = []
    for number, whole in enumerate(groups, 1):
        group = whole._replace(rows=whole.rows[:_MOST_BESIDE])
        reasons = {i: "；".join(link.reason for link in group.links if link.second == i) for i in group.rows}
        keys = [table.shown(i, spec.key) for i in group.rows]
        decision = "、".join(keys) if all(keys) else "请先补上编号"
        rows.append([number, "位置", *(cell_link(links, *table.address(i, spec.display)) for i in group.rows)])
        rows.append([number, "为什么", *reasons.values()])
        if len(whole.rows) > _MOST_BESIDE:
            rows.append([number, "这一组共有", f"{len(whole.rows)} 个，这里列出前 {_MOST_BESIDE} 个"])
        rows.append([number, "不是同一个的，写进“已确认不重复”", decision])
        for column, values in columns:
            if any(not is_blank(values[i]) for i in group.rows):
                rows.append([number, column, *(_compared(values[i], values[group.rows[0]]) for i in group.rows)])
    widest = min(max(len(group.rows) for group in groups), _MOST_BESIDE)
    header = ["组", "栏目", *(f"第{'一二三四五六七八九十'[n] if n < 10 else n + 1}个" for n in range(widest))]
    rows = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    note = (
        "一组里的几个可能是同一个：是的并成一行；不是的写进“已确认不重复”表，以后不再提示。与第一个不同的内容标了颜色。"
    )
    return Sheet(f"疑似重复·{spec.sheet}", f"疑似重复的{spec.sheet}", header, rows, [6, 22, *[34] * widest], note=note)


def _compared(raw: Any, first: Any) -> Marked | str:
    """A cell as it looks, marked where the first of its group has something else."""
    text, expected = ("" if is_blank(value) else clean(value) for value in (raw, first))
    return Marked(text) if text and expected and text != expected else text
