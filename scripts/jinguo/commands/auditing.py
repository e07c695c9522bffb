"""Packages for review, written below output/复核: what the commands that make lists and figures share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.common.figures import Figure
    from jinguo.nominations.batch import BatchResult
    from jinguo.reports.audit.review_package import ReviewPackage
    from jinguo.summary.year_work import YearWork


def audit_batches(run: Run, results: Sequence[BatchResult]) -> None:
    """A package for each batch that was worked out."""
    from jinguo.reports.audit.packages import batch_package

    write_packages(run, (batch_package(run.registry, result, run.author) for result in results))


def audit_statistics(run: Run, figures: Sequence[Figure], year: Sequence[Figure]) -> None:
    """A package of the training and exam statistics, and one of the year's, as far as they were written."""
    from jinguo.reports.audit.packages import statistics_package, year_package
    from jinguo.summary.year_figures import counted_areas

    made = [statistics_package(run.registry, figures, run.author)]
    if year:
        made.append(year_package(run.registry, run.registry.once(counted_areas), run.author))
    write_packages(run, made)


def audit_summary(run: Run, work: YearWork) -> None:
    """A package of the year's report."""
    from jinguo.reports.audit.packages import summary_package
    from jinguo.summary.year_figures import counted_areas

    write_packages(run, [summary_package(run.registry, work, run.registry.once(counted_areas), run.author)])


def write_packages(run: Run, packages: Iterable[ReviewPackage]) -> None:
    """Write these packages, and say where they are and what they do not prove."""
    with run.output("audit") as output:
        for package in packages:
            for name, data in made_files(run, package).items():
                output.write(package.folder, name, data, kind="复核材料")
            run.say(f"复核材料：{run.shown(package.folder)}")
            for gap in package.gaps:
                run.say(f"    要知道的：{gap}", "yellow")


def made_files(run: Run, package: ReviewPackage) -> dict[str, bytes]:
    """The files of a package by name."""
    from jinguo.reports.audit.review_package import package_files

    return package_files(run.registry, package, _note(run, package), run.author)


def _note(run: Run, package: ReviewPackage) -> bytes | None:
    """The page that goes with a package; None, and told, where its template is not sound."""
    from jinguo.documents.audit_note import audit_note_context
    from jinguo.documents.gate import withheld_for
    from jinguo.documents.opening import write_document
    from jinguo.reports.audit.packages import BATCH
    from jinguo.reports.audit.review_sheet import without_numbers

    of_list = package.kind == BATCH
    done = (
        "审查了人选的资格，算出了得分，在结构要求下选出了总分最高的名单"
        if of_list
        else f"算出了“{package.title}”里的每一个数字"
    )
    context = audit_note_context(
        run.registry, without_numbers(package.title), done, package.files, package.gaps, of_list
    )
    try:
        return write_document("复核说明", run.templates, context, run.registry, "")
    except JinguoError as trouble:
        run.withheld.append(withheld_for("复核说明", trouble))
        return None
