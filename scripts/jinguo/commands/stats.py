"""`jinguo stats`: training and examinations, as a workbook and a Word report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run

if TYPE_CHECKING:
    from jinguo.common.figures import Figure
    from jinguo.registry.tables import Registry


@staff_command("stats", 50, "统计培训和考试，写成 Excel 和 Word")
@click.option(
    "--json", "json_file", metavar="文件", type=click.Path(path_type=Path), help="把每个数字（含分子、分母）另存为 JSON"
)
@click.pass_obj
def command(run: Run, json_file: Path | None) -> int:
    """统计培训（场次、人次、人数、学时、出勤率）和考试（报考、实考、通过、合格）。"""
    figures = write_statistics(run)
    if json_file:
        run.write_json(json_file, [f.as_dict() for f in figures])
    _show(run, figures)
    return run.exit_code()


def all_figures(registry: Registry) -> list[Figure]:
    """Every figure of training, exams and companion service."""
    from jinguo.exams.companion import companion_figures
    from jinguo.exams.exam_statistics import exam_figures
    from jinguo.training.training_statistics import training_figures

    return [*training_figures(registry), *exam_figures(registry), *companion_figures(registry)]


def write_statistics(run: Run) -> list[Figure]:
    """Write 培训考试统计.xlsx and 统计报告.docx and return the figures in them."""
    from jinguo.documents.gate import statistics_withheld
    from jinguo.documents.register import write_document
    from jinguo.documents.statistics_report import report_context
    from jinguo.excel.writing.report import relative
    from jinguo.reports.figure_rows import exam_details, training_details
    from jinguo.reports.statistics_workbook import Background, statistics_report
    from jinguo.reports.training_lists import training_lists

    registry, settings = run.registry, run.registry.settings
    if trouble := statistics_withheld(registry):
        raise trouble.error()
    figures = all_figures(registry)
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
        context = report_context(registry, figures)
        report = write_document("培训考试统计报告", run.templates, context, settings, registry.today)
        output.write("统计", f"{year}年培训考试统计报告.docx", report, rows)
    return figures


def _show(run: Run, figures: list[Figure]) -> None:
    from jinguo.documents.statistics_report import exam_sentences, training_sentence

    year = str(run.registry.today.year)
    own = [f for f in figures if f.dimensions.get("年度") == year]
    run.say(training_sentence(own, year))
    for sentence in exam_sentences(own, year):
        run.say(sentence)
    missing = [t.spec.sheet for t in (run.registry["attendance"], run.registry["exam_entries"]) if not t.present]
    if missing and not run.registry.refused:
        run.say(f"台账里没有“{'”“'.join(missing)}”表，相应的数字为 0。")
    run.say(f"下一步：打开 {run.shown('统计')} 里的统计表和报告核对。")
