"""`jinguo board`: one page to look at, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run

if TYPE_CHECKING:
    from jinguo.summary.overview import Panel

FILE = "看板.html"


@staff_command("board", 57, "看板：一页看全年，双击在浏览器里打开")
@click.pass_obj
def command(run: Run) -> int:
    """看板：待办、组织、培训、考试、项目、服务、台账质量，写成一个网页，不用联网，双击就能打开。"""
    panels = write_board(run)
    run.tell()
    run.say(f"看板有 {len(panels)} 张图表。下一步：双击 {run.shown(FILE)}，在浏览器里看，可以打印。")
    return run.exit_code()


def write_board(run: Run) -> list[Panel]:
    """Write the page; figures over what could not be read are left out and told on it."""
    from jinguo.commands.todo import open_agenda
    from jinguo.documents.gate import statistics_withheld, year_withheld
    from jinguo.documents.statistics_figures import all_figures
    from jinguo.excel.writing.report import relative
    from jinguo.reports.dashboard import dashboard
    from jinguo.reports.data_quality import quality_panels
    from jinguo.summary.overview import overview
    from jinguo.summary.year_figures import counted_areas

    registry = run.registry
    held = {"年度统计": year_withheld(registry), "培训和考试": statistics_withheld(registry)}
    areas = [] if held["年度统计"] else registry.once(counted_areas)
    figures = [] if held["培训和考试"] else registry.once(all_figures)
    missing = [f"看板没有{product}的图表：{'；'.join(why.reasons)}" for product, why in held.items() if why]
    run.remarks += missing
    untold = [*(f"{text}。" for text in missing), *registry.refused.values()]
    tasks = open_agenda(run)
    sections = {"这一年": overview(registry, areas, figures), "台账质量": quality_panels(registry, run.findings)}
    links = {path.name: relative(path, run.output_folder) for path in registry.files}
    page = dashboard(run.author, registry.today, tasks.tasks, sections, links, [*untold, *tasks.unknown])
    with run.output("board") as output:
        output.write("", FILE, page)
    return [panel for panels in sections.values() for panel in panels]
