"""年度统计.xlsx: the year's figures by area, each with its chart, its 口径 and the rows it was counted from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinguo.common.figures import Statistic, definition_parts, make_table
from jinguo.excel.writing.report import Chart, Sheet, linked, write_report
from jinguo.registry.cell_texts import cell_text
from jinguo.registry.tables import Registry
from jinguo.reports.figure_rows import MOST_ROWS, Detail
from jinguo.reports.hub_map import hub_map
from jinguo.reports.overview_sheet import overview_sheet
from jinguo.reports.statistics_workbook import detail_sheet, table_sheet
from jinguo.schema import TABLES, Field
from jinguo.schema.codes import Email, IdCard, Phone, Reference
from jinguo.summary.counting import Counted
from jinguo.summary.overview import Panel
from jinguo.summary.year_figures import year_statistics
from jinguo.summary.year_lists import hubs, year_lists

#: What a list of rows never shows.
_PRIVATE = (IdCard, Phone, Email)
#: So many columns of a table stand in the list of its rows.
_MOST_COLUMNS = 8


def year_workbook(
    registry: Registry,
    areas: Sequence[Counted],
    panels: Sequence[Panel],
    links: Mapping[str, str],
    author: str,
) -> bytes:
    """The workbook: the year at a glance, a sheet an area and grouping, the lists, the map of the hubs, the definitions, the
    rows."""
    sheets: list[Sheet] = [overview_sheet(panels, links)] if panels else []
    details = [detail for area in areas if (detail := _detail(registry, area)) is not None]
    blocks = {(d.name, group): (d, block) for d in details for group, block in d.blocks.items()}
    for counted in areas:
        mine = {group: found for (name, group), found in blocks.items() if name == _detail_name(counted)}
        for grouping in counted.area.groupings:
            table = make_table(f"{counted.area.name}（按{'、'.join(grouping)}）", counted.figures, list(grouping))
            if table.rows:
                # The whole, of one row, has the name of the area; also of a part there may be but one.
                whole = grouping == counted.area.groupings[0] and len(table.rows) == 1
                name = counted.area.name + ("" if whole else f"·{grouping[-1]}")
                sheet = table_sheet(name, table, "", mine)
                sheet.charts = _charts(sheet, len(grouping), table.title)
                sheets.append(sheet)
    sheets += [
        Sheet(one.name, one.title, one.header, linked(one.rows, links), one.widths, note=one.note) for one in year_lists(registry)
    ]  # fmt: skip
    if led := hubs(registry):
        sheets.append(hub_map(led))
    sheets.append(_definitions(areas, year_statistics(registry), registry))
    sheets += [detail_sheet(detail, links) for detail in details if detail.rows]
    return write_report("年度统计", sheets, author)


def _charts(sheet: Sheet, dimensions: int, title: str) -> tuple[Chart, ...]:
    """A chart of the first number, where there is more than one row and the rows are told apart by their first column."""
    if len(sheet.rows) < 2 or dimensions > 1:
        return ()
    return (Chart(title, (1,)),)


def _detail_name(counted: Counted) -> str:
    return f"明细·{counted.area.name}"


def _detail(registry: Registry, counted: Counted) -> Detail | None:
    """The rows of an area, once for each grouping, so that those of one figure stand together; none where there are too
    many."""
    table = registry[counted.area.table]
    if sum(map(len, counted.groups.values())) > MOST_ROWS:
        return None
    fields = [f for f in table.spec.fields if f.name in table.letters and not isinstance(f.type, _PRIVATE)]
    fields = [
        f for f in fields if f.name in counted.area.fields or f.name in (table.spec.key, table.spec.display)
    ] or fields
    fields = fields[:_MOST_COLUMNS]
    detail = Detail(_detail_name(counted), f"{counted.area.name}明细", ["分组", *map(_title, fields), "在台账里"])
    for group, rows in counted.groups.items():
        for i in rows:
            cells: list[Any] = ["，".join(value for _, value in group)]
            for f in fields:
                text = cell_text(table, i, f.name)
                value = table[f.name][i]
                if isinstance(f.type, Reference) and text:
                    cells.append(registry.name_of(f.type.table, text))
                else:
                    # A number stays one, so that it can be added up.
                    cells.append(value if isinstance(value, int | Decimal) and not isinstance(value, bool) else text)
            detail.add([group], [*cells, table.row_start(i)])
    return detail


def _title(f: Field) -> str:
    """What stands over a column of names or values."""
    target = TABLES[f.type.table] if isinstance(f.type, Reference) else None
    if target is None or not target.display or "编号" not in f.header:
        return f.header
    return target.by_name[target.display].header


def _definitions(areas: Sequence[Counted], statistics: Mapping[str, Statistic], registry: Registry) -> Sheet:
    until = registry.today.isoformat()
    rows = [
        [
            area.area.name,
            s.name,
            s.unit,
            s.meaning,
            *definition_parts(s.meaning),
            until,
            registry[area.area.table].where,
        ]
        for area in areas
        for s in statistics.values()
        if s in area.area.measures
    ]
    header = ["方面", "指标", "单位", "怎样算", "分子", "分母", "截至", "来源"]
    note = "每张表末列的“明细”打开算出这一行数字的各行。百分比四舍五入到一位小数，分母为 0 的写作 —。"
    return Sheet("口径", "统计口径：每个数字怎样算", header, rows, [12, 22, 8, 60, 30, 30, 13, 36], note=note)
