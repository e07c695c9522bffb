"""The review workbook of the year's figures (年度统计.xlsx)."""

from __future__ import annotations

from collections.abc import Sequence

from jinguo.registry.tables import Registry
from jinguo.reports.audit.area_sheets import AreaSheets
from jinguo.reports.audit.figure_sheet import FigureSheet
from jinguo.reports.audit.statistics_audit import figures_workbook
from jinguo.summary.counting import Counted
from jinguo.summary.year_figures import all_year_figures


class YearAudit:
    """The workbook of these areas."""

    def __init__(self, registry: Registry, areas: Sequence[Counted], title: str) -> None:
        self.registry, self.title = registry, title
        self.areas = AreaSheets(registry, areas)
        self.figures = FigureSheet(all_year_figures(areas), self.areas.working, self.areas.meanings, title)

    def written(self, author: str) -> bytes:
        """The workbook."""
        return figures_workbook(self.registry, self.figures, self.areas.sheets, self.title, author)
