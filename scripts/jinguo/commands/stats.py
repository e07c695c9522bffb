"""`jinguo stats`: training and examinations, as a workbook and a Word report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.common.figures import Figure


@staff_command("stats", 50, "统计培训和考试，写成 Excel 和 Word")
@click.option("--audit", is_flag=True, help="另写复核材料：给单位以外的人核对的公式、证明、来源和说明")
@click.option(
    "--json", "json_file", metavar="文件", type=click.Path(path_type=Path), help="把每个数字（含分子、分母）另存为 JSON"
)
@click.pass_obj
def command(run: Run, audit: bool, json_file: Path | None) -> int:
    """统计培训（场次、人次、人数、学时、出勤率）和考试（报考、实考、通过、合格）。"""
    figures = write_statistics(run)
    year = write_year(run)
    if audit:
        from jinguo.commands.auditing import audit_statistics

        audit_statistics(run, figures, year)
    if json_file:
        run.write_json(json_file, [f.as_dict() for f in (*figures, *year)])
    _show_year(run, year)
    _show(run, figures)
    return run.exit_code()


def write_statistics(run: Run) -> list[Figure]:
    """Write 培训考试统计.xlsx and 统计报告.docx and return the figures in them."""
    from jinguo.common.figures import each_once
    from jinguo.documents.gate import statistics_withheld, withheld_for
    from jinguo.documents.opening import write_document
    from jinguo.documents.statistics_figures import all_figures
    from jinguo.documents.statistics_report import report_context
    from jinguo.excel.writing.report import relative
    from jinguo.reports.figure_rows import exam_details, training_details
    from jinguo.reports.statistics_workbook import Background, statistics_report
    from jinguo.reports.training_lists import training_lists

    registry = run.registry
    if trouble := statistics_withheld(registry):
        raise trouble.error()
    figures = registry.once(all_figures)
    noted = list(dict.fromkeys(figure.note for figure in figures if figure.note))
    run.remarks += noted
    year = str(registry.today.year)
    counted = [
        registry[name]
        for name in (
            "events",
            "attendance",
            "exam_entries",
            "pass_marks",
            "certificates",
            "education_hours",
            "posts",
            "organisations",
        )
    ]
    sources = [sheet for table in counted for sheet in table.sheets()]
    rows = [f"{book} › {sheet}（{count} 行）" for book, sheet, count in sources]
    links = {path.name: relative(path, run.output_folder / "统计") for path in registry.files}
    with run.output("stats") as output:
        behind = Background(
            [*training_details(registry), *exam_details(registry)],
            training_lists(registry, figures, links),
            links,
            sources,
            registry.today.isoformat(),
        )
        book = statistics_report(figures, year, run.author, behind)
        output.write("统计", "培训考试统计.xlsx", book, rows)
        try:
            report = write_document(
                "培训考试统计报告",
                run.templates,
                report_context(registry, figures),
                registry,
                "；".join(each_once(figures)),
            )
        except JinguoError as error:
            run.withheld.append(withheld_for("培训考试统计报告", error))
        else:
            output.write("统计", f"{year}年培训考试统计报告.docx", report, rows)
    return figures


def write_year(run: Run) -> list[Figure]:
    """Write 年度统计.xlsx: organisations, projects, service and the rest of the year; return the figures in it."""
    from jinguo.documents.gate import statistics_withheld, year_withheld
    from jinguo.documents.statistics_figures import all_figures
    from jinguo.excel.writing.report import relative
    from jinguo.reports.year_workbook import year_workbook
    from jinguo.summary.overview import overview
    from jinguo.summary.year_figures import all_year_figures, counted_areas

    registry = run.registry
    if trouble := year_withheld(registry):
        run.withheld.append(trouble)
        return []
    areas = registry.once(counted_areas)
    if not areas:
        return []
    figures = all_year_figures(areas)
    run.remarks += dict.fromkeys(figure.note for figure in figures if figure.note)
    links = {path.name: relative(path, run.output_folder / "统计") for path in registry.files}
    # Figures of training and exams stand on its first sheet where they may go out.
    others = [] if statistics_withheld(registry) else registry.once(all_figures)
    data = year_workbook(registry, areas, overview(registry, areas, others), links, run.author)
    with run.output("stats") as output:
        output.write("统计", "年度统计.xlsx", data)
    return figures


def _show_year(run: Run, figures: list[Figure]) -> None:
    """What the year comes to, in a few lines."""
    year = str(run.registry.today.year)
    wanted = ("在册组织数", "项目数", "合同金额", "服务人次", "来访件数", "办结率", "推介篇数", "智库人数", "联络群数")
    told = []
    for name in wanted:
        for figure in figures:
            whole = figure.dimensions.get("年度", year) == year and len(figure.dimensions) == 1
            if (
                figure.name == name
                and whole
                and ("年度" in figure.dimensions or set(figure.dimensions.values()) & {"在册", "在聘", "联络群"})
            ):
                told.append(f"{name} {figure.text()}{'' if figure.is_rate else figure.unit}")
    if told:
        run.say(f"{year}年：{'，'.join(told)}；见 {run.shown('统计/年度统计.xlsx')}。")


def _show(run: Run, figures: list[Figure]) -> None:
    from jinguo.documents.statistics_report import exam_sentences, no_exams, training_words

    year = str(run.registry.today.year)
    own = [f for f in figures if f.dimensions.get("年度") == year]
    run.say(training_words(run.registry, own, year))
    for sentence in exam_sentences(own, year):
        run.say(sentence)
    if not any(f.dimensions.get("年度") == year and "级别" in f.dimensions for f in figures):
        run.say(no_exams(run.registry, year))
    run.tell()
    run.say(f"下一步：打开 {run.shown('统计')} 里的统计表和报告核对。")
