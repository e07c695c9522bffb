"""What is packed for review of each list and report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jinguo.common.figures import Figure, each_once
from jinguo.nominations.batch import BatchResult
from jinguo.nominations.nominate import TIE_RULE
from jinguo.registry.tables import Registry
from jinguo.reports.audit.batch_audit import batch_audit
from jinguo.reports.audit.figure_sheet import FigureSheet
from jinguo.reports.audit.review_package import ReviewPackage, found_of_batch, found_of_figures
from jinguo.reports.audit.spelling import case_twins
from jinguo.reports.audit.statistics_audit import StatisticsAudit
from jinguo.reports.audit.summary_audit import SummaryAudit
from jinguo.reports.audit.year_audit import YearAudit
from jinguo.summary.counting import Counted
from jinguo.summary.year_work import YearWork

BATCH, STATISTICS, YEAR, SUMMARY = "推荐", "统计", "年度统计", "总结"
_SCORE = "得分 = 原值 ÷ 满分值 × 权重，超过满分值按满分，四舍五入到两位；总分是各项得分和优先加分之和"


def batch_package(registry: Registry, result: BatchResult, author: str) -> ReviewPackage:
    """That of a batch."""
    batch = result.batch
    made = batch_audit(registry, result, author)
    meanings = {
        "总分": _SCORE,
        "名次": TIE_RULE,
        "名单": f"在满足结构要求和人工确定的名单里，总分最高的 {batch.size} 人",
    }
    meanings |= {
        v.requirement: "必备条件，缺材料不算符合"
        for c in result.candidates
        for v in c.verdicts
        if not v.requirement.startswith("优先：")
    }
    gaps = [*made.gaps, *result.warnings, *case_twins(registry)]
    return ReviewPackage(
        BATCH,
        f"{batch.number} {batch.office}",
        batch.name,
        made.files,
        made.used,
        found_of_batch(result),
        meanings,
        gaps,
    )


def statistics_package(registry: Registry, figures: Sequence[Figure], author: str) -> ReviewPackage:
    """That of the training and exam statistics."""
    title = "培训考试统计"
    made = StatisticsAudit(registry, figures, title)
    return _of_figures(STATISTICS, title, title, made, made.rows.used, author)


def year_package(registry: Registry, areas: Sequence[Counted], author: str) -> ReviewPackage:
    """That of the year's statistics."""
    title = "年度统计"
    made = YearAudit(registry, areas, title)
    return _of_figures(YEAR, title, title, made, made.areas.used, author)


def summary_package(registry: Registry, work: YearWork, areas: Sequence[Counted], author: str) -> ReviewPackage:
    """That of the year's report."""
    year = work.ledger.period.year
    made = SummaryAudit(registry, work, areas, f"{year}年工作总结")
    of = f"{year}年工作总结" + ("（与上年比较）" if work.ledger.compared else "")
    return _of_figures(SUMMARY, of, f"{year}年工作总结", made, made.rows.used | made.areas.used, author)


def _of_figures(kind: str, of: str, title: str, made: Any, used: dict[str, list[int]], author: str) -> ReviewPackage:
    figures: FigureSheet = made.figures
    gaps = [f"“{name}”没有写成公式，复核表里是抄下来的数" for name in figures.plain]
    gaps += [*each_once(figures.figures), *case_twins(made.registry)]
    files = {"复核表.xlsx": made.written(author)}
    found = found_of_figures(figures.figures, figures.called)
    return ReviewPackage(kind, of, title, files, used, found, figures.meanings, gaps)
