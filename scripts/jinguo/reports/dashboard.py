"""看板.html: one page that needs nothing else, neither a network nor scripts: what is due, the year's panels, the registry's quality.

The charts are tables drawn by Charts.css (MIT, `page/charts.min.css`, from its npm package): without its style, on paper and for who
sees no colours they stay tables with their numbers. Measured beside it, a page of thirteen charts: Charts.css 60 kB of style and no
script; pygal 27 kB of SVG a chart, whose text shrinks on a phone; plotly.js 4.5 MB and bokeh 1 MB of script, blank without it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import html
from lxml.html.builder import E

from jinguo.common.findings import Place
from jinguo.office.task import LATER, SPANS, Task
from jinguo.summary.overview import COLUMNS, TILES, Panel, PanelCell

_STYLES = ("charts.min.css", "page.css")
#: So many tasks stand on the page; all of them in 待办.xlsx.
_MOST_TASKS = 20
#: Files beside the page that say more.
_FILES = (
    ("待办", "待办.xlsx"), ("校验报告", "校验/校验报告.xlsx"), ("培训考试统计", "统计/培训考试统计.xlsx"), ("年度统计", "统计/年度统计.xlsx"),
)  # fmt: skip


def dashboard(
    office: str,
    today: datetime.date,
    tasks: Sequence[Task],
    sections: Mapping[str, Sequence[Panel]],
    links: Mapping[str, str],
    untold: Sequence[str] = (),
) -> bytes:
    """The page: the office, the day, what is due, the sections with their panels; `links` lead to the workbooks by their names,
    `untold` is what could not be read or does not go out."""
    title = f"{office}女性社会组织看板"
    page = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.meta({"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}),
            E.title(title),
            E.style("\n".join((Path(__file__).parent / "page" / name).read_text("utf-8") for name in _STYLES)),
        ),
        E.body(
            E.header(E.h1(title), E.p(f"截至 {today.isoformat()}。点数字打开台账；鼠标停在数字上，看是哪一格。"), _files()),
            *(E.p(why, {"class": "untold"}) for why in untold),
            E.main(_tasks(tasks, today), *(_section(name, panels, links) for name, panels in sections.items() if panels)),
            E.footer(E.p("由巾帼台账按台账算出。口径和每个数字的各行，见 统计/年度统计.xlsx、统计/培训考试统计.xlsx。")),
        ),
        lang="zh-CN",
    )  # fmt: skip
    return bytes(html.tostring(page, doctype="<!DOCTYPE html>", encoding="utf-8", method="html"))


def _files() -> Any:
    return E.nav(*(E.a(name, href=quote(path)) for name, path in _FILES))


def _tasks(tasks: Sequence[Task], today: datetime.date) -> Any:
    """What is overdue, due today, this week and this month."""
    near = [(span, task) for span in SPANS if span != LATER for task in tasks if task.span(today) == span]
    rows = [
        E.tr(
            E.td(span, {"class": f"span-{SPANS.index(span)}"}), E.td(f"{task.day.month}月{task.day.day}日"), E.td(task.kind),
            E.td(task.words), E.td(task.who),
        )
        for span, task in near[:_MOST_TASKS]
    ]  # fmt: skip
    head = E.thead(E.tr(*(E.th(name, scope="col") for name in ("何时", "日期", "事项", "内容", "谁办"))))
    table = E.table(head, E.tbody(*rows), {"class": "plain tasks"}) if rows else E.p("没有要办的。")
    more = [E.p(f"还有 {len(near) - _MOST_TASKS} 件，见 ", E.a("待办.xlsx", href=quote("待办.xlsx")))] if len(near) > _MOST_TASKS else []  # fmt: skip
    return E.section(E.h2("待办"), E.div(table, *more, {"class": "scroll"}))


def _section(name: str, panels: Sequence[Panel], links: Mapping[str, str]) -> Any:
    return E.section(E.h2(name), E.div(*(_panel(panel, links) for panel in panels), {"class": "panels"}))


def _panel(panel: Panel, links: Mapping[str, str]) -> Any:
    drawn = _tiles(panel, links) if panel.shape == TILES else _chart(panel, links)
    parts = [E.h3(panel.title), drawn]
    if len(panel.series) > 1:
        parts.append(_numbers(panel, links))
    parts += [E.p(f"附注：{note}。", {"class": "note"}) for note in panel.notes]
    return E.article(*parts, {"class": "wide" if panel.shape == TILES or len(panel.rows) > _MANY else ""})


#: A panel of more rows takes the whole width.
_MANY = 14
#: Longer labels get half the width, and rows of several lines.
_LONG_LABEL = 10


def _chart(panel: Panel, links: Mapping[str, str]) -> Any:
    """The first series as bars, or columns along the months."""
    most = max((_size(cells[0]) for _, cells in panel.rows), default=0.0) or 1.0
    rows = [
        E.tr(
            E.th(label, scope="row"),
            E.td(E.span(_link(cells[0], links), {"class": "data"}), style=f"--size:{_size(cells[0]) / most:.4f}"),
        )
        for label, cells in panel.rows
    ]
    kind = "column" if panel.shape == COLUMNS else "bar"
    if kind == "bar" and max((len(label) for label, _ in panel.rows), default=0) > _LONG_LABEL:
        kind = "bar long"
    unit = next((cells[0].figure.unit for _, cells in panel.rows if cells[0].figure.unit), "")
    caption = f"{panel.series[0]}{f'（{unit}）' if unit else ''}"
    return E.table(
        E.caption(caption),
        E.tbody(*rows),
        {"class": f"charts-css {kind} show-heading show-labels show-primary-axis data-outside"},
    )


def _size(cell: PanelCell) -> float:
    return float(cell.figure.value or 0)


def _tiles(panel: Panel, links: Mapping[str, str]) -> Any:
    """A tile a township, the darker the more there are; the number stands on it."""
    most = max((_size(cells[0]) for _, cells in panel.rows), default=0.0) or 1.0
    tiles = [
        E.li(E.span(label), E.b(_link(cells[0], links)), {"class": f"shade-{round(4 * _size(cells[0]) / most)}"})
        for label, cells in panel.rows
    ]
    return E.ul(*tiles, {"class": "tiles"})


def _numbers(panel: Panel, links: Mapping[str, str]) -> Any:
    """All series as a table of numbers."""
    head = E.thead(E.tr(*(E.th(name, scope="col") for name in (panel.label, *panel.series))))
    rows = [
        E.tr(E.th(label, scope="row"), *(E.td(_link(cell, links)) for cell in cells)) for label, cells in panel.rows
    ]
    return E.div(E.table(head, E.tbody(*rows), {"class": "plain"}), {"class": "scroll"})


def _link(cell: PanelCell, links: Mapping[str, str]) -> Any:
    """The figure as a link to the workbook at the first of its rows; plain where it has none."""
    text = cell.figure.text()
    if cell.place is None or cell.place[0] not in links:
        return E.span(text)
    more = f" 起的 {cell.rows} 行" if cell.rows > 1 else ""
    return E.a(text, href=_address(cell.place, links), title=f"{' › '.join(filter(None, cell.place))}{more}")


def _address(place: Place, links: Mapping[str, str]) -> str:
    """The workbook, and as far as who opens it cares the sheet and the cell."""
    workbook, sheet, cell = place
    target = quote(links[workbook], safe="/%:")
    return f"{target}#{quote(sheet)}!{cell}" if sheet and cell else target
