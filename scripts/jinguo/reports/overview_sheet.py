"""一览: the panels of the year as one sheet, with a native chart each beside the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinguo.excel.patching.widths import text_width
from jinguo.excel.writing.cell_values import Percent
from jinguo.excel.writing.report import Chart, Sheet, cell_link
from jinguo.summary.overview import Panel

_MOST_CHARTED = 30


def overview_sheet(panels: Sequence[Panel], links: Mapping[str, str]) -> Sheet:
    """A row for each figure, panel by panel; a chart of the first series of each panel."""
    rows: list[list[Any]] = []
    charts: list[Chart] = []
    for panel in panels:
        for n, series in enumerate(panel.series):
            first = len(rows)
            for label, cells in panel.rows:
                cell = cells[n]
                value: Any = cell.figure.value
                shown = Percent(value) if cell.figure.is_rate else "—" if value is None else value
                rows.append([panel.title, label, series, shown, cell_link(links, *cell.place) if cell.place else ""])
            if n == 0 and 1 < len(panel.rows) <= _MOST_CHARTED:
                charts.append(Chart(f"{panel.title}：{series}", (3,), 1, (first, len(rows) - 1)))
    header = ["图表", "分组", "指标", "数值", "从哪一行起"]
    # Beside charts no row may be higher than another, so nothing may wrap.
    widths = [max(map(text_width, [title, *(row[n] for row in rows)])) + 2 for n, title in enumerate(header[:3])]
    note = "看板.html 是同样的数字；每个数字的各行和口径在后面的表里。"
    return Sheet("一览", "这一年一览", header, rows, [*widths, 12, 12], charts=charts, note=note)
