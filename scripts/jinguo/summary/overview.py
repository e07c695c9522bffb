"""The year at a glance: panels of figures, each with the row it leads to. The page and the first sheet of 年度统计.xlsx show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from jinguo.common.figures import Figure, by_dimensions, each_once, find
from jinguo.common.findings import Place
from jinguo.exams.exam_statistics import papers_by_exam
from jinguo.exams.subjects import SUBJECTS
from jinguo.registry.tables import Registry, Table
from jinguo.summary.counting import Counted, place_of

#: How a panel is drawn: bars with their labels beside them, columns along the months, tiles of places.
BARS, COLUMNS, TILES = "bars", "columns", "tiles"


@dataclass(frozen=True)
class PanelCell:
    """A figure of a panel, the first of the rows it was counted from, and how many these are."""

    figure: Figure
    place: Place | None = None
    rows: int = 0


@dataclass
class Panel:
    """Figures by one label: a row for each of its values, a cell for each series; the first series is drawn."""

    title: str
    label: str
    series: Sequence[str]
    shape: str = BARS
    rows: list[tuple[str, list[PanelCell]]] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """What is not in its figures."""
        return each_once(cell.figure for _, cells in self.rows for cell in cells)


def overview(registry: Registry, areas: Sequence[Counted], figures: Sequence[Figure]) -> list[Panel]:
    """The panels that have anything to show, of the year of today."""
    counted = {area.area.name: area for area in areas}
    year, grouped = str(registry.today.year), by_dimensions(figures)
    panels = [
        _area(registry, counted.get("组织"), "社会组织（按层级）", "层级", ("在册组织数", "已登记数", "团体会员率")),
        _area(registry, counted.get("组织"), "社会组织（按级别）", "级别", ("在册组织数", "已登记数")),
        _area(registry, counted.get("组织"), "社会组织（按登记状态）", "登记状态", ("在册组织数", "个人会员数")),
        _townships(registry, counted.get("组织")),
        _area(registry, counted.get("组织"), "枢纽组织带动的组织", "枢纽组织", ("在册组织数",)),
        _area(registry, counted.get("年检"), "年检（按年度）", "年度", ("年检组织数", "年检合格率")),
        _area(registry, counted.get("登记孵化"), "登记孵化（各阶段）", "阶段", ("到过这一步的组织数", "现在停在这一步的", "从第一步起的天数（中位数）")),
        _months(registry, grouped.get(("年度", "月份"), []), year),
        _exams(registry, grouped.get(("年度", "级别"), [])),
        _area(registry, counted.get("项目"), f"{year}年项目和钱（按购买主体）", "购买主体", ("合同金额", "项目数", "承接组织数", "已拨款", "未拨款"), year),
        _area(registry, counted.get("服务"), f"{year}年服务（按主题）", "主题", ("服务人次", "服务活动数", "志愿者人次"), year),
        _area(registry, counted.get("来访"), f"{year}年来访（按事项）", "事项", ("来访件数", "办结率", "平均办结天数"), year),
        _area(registry, counted.get("宣传"), f"{year}年宣传推介（按平台）", "平台", ("推介篇数", "阅读量"), year),
    ]  # fmt: skip
    return [panel for panel in panels if panel is not None and panel.rows]


def _area(
    registry: Registry, counted: Counted | None, title: str, label: str, names: Sequence[str], year: str = ""
) -> Panel | None:
    """The statistics of an area by one label; of one year, or by the years themselves, the newest last."""
    if counted is None:
        return None
    table = registry[counted.area.table]
    panel = Panel(title, label, names)
    for value, key in counted.by(label, year):
        cells = [_cell(table, counted.figure(name, key), counted.groups[key]) for name in names]
        panel.rows.append((value, cells))
    if label not in ("年度", "阶段"):
        panel.rows.sort(key=lambda row: place_of(label, row[0], row[1][0].figure.value))
    return panel


def _cell(table: Table, figure: Figure, rows: Sequence[int]) -> PanelCell:
    return PanelCell(figure, table.row_start(rows[0]) if rows else None, len(rows))


def _townships(registry: Registry, counted: Counted | None) -> Panel | None:
    """Organisations by township, in the order of 设置 › 镇街, those without any among them."""
    panel = _area(registry, counted, "社会组织（按镇街）", "所属镇街", ("在册组织数",))
    if panel is None:
        return None
    found = dict(panel.rows)
    nothing = [PanelCell(Figure("在册组织数", {}, 0, "个"))]
    names = [name for name in registry["townships"]["name"] if name]
    panel.rows = [(name, found.pop(name, nothing)) for name in dict.fromkeys(names)] + list(found.items())
    panel.shape = TILES
    return panel


def _months(registry: Registry, figures: Sequence[Figure], year: str) -> Panel:
    """The year's training by months."""
    panel = Panel(f"{year}年逐月培训", "月份", ("参训人次", "活动场次"), COLUMNS)
    events = registry["events"]
    held: defaultdict[int, list[int]] = defaultdict(list)
    for i, start in events.each("starts"):
        if start and str(start.year) == year and start.date() <= registry.today:
            held[start.month].append(i)
    for month in range(1, registry.today.month + 1):
        where = {"年度": year, "月份": f"{month}月"}
        cells = [_cell(events, find(figures, name, **where), held[month]) for name in panel.series]
        panel.rows.append((f"{month}月", cells))
    return panel if any(cell.figure.value for _, cells in panel.rows for cell in cells) else Panel("", "", ())


def _exams(registry: Registry, figures: Sequence[Figure]) -> Panel:
    """The exams over the years, level by level."""
    panel = Panel("社会工作者职业资格考试（历年）", "年度和级别", ("合格人数", "报考人数", "实考人数", "合格率"))
    entries, exams = registry["exam_entries"], registry.once(papers_by_exam)
    for year, level in sorted(exams, key=lambda exam: (exam[0], list(SUBJECTS).index(exam[1]))):
        rows = [paper.outcome.entry for paper in exams[year, level]]
        made = [find(figures, name, 年度=str(year), 级别=level) for name in panel.series]
        panel.rows.append((f"{year}年{level}", [_cell(entries, figure, rows) for figure in made]))
    return panel
