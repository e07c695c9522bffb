"""The figures of training, exams and companion service, each with what is not in it: what the statistics, the report of the year and
the page say."""

from __future__ import annotations

from jinguo.common.figures import Figure
from jinguo.documents.gate import EXAMS, STATISTICS, TRAINING, statistics_remarks
from jinguo.registry.tables import Registry


def figures_by_family(registry: Registry) -> dict[str, list[Figure]]:
    """培训, 考试 and 考前辅导, each with its figures."""
    from jinguo.exams.companion import companion_figures
    from jinguo.exams.exam_statistics import exam_figures
    from jinguo.training.training_statistics import training_figures

    families = {
        "培训": (training_figures, TRAINING),
        "考试": (exam_figures, EXAMS),
        "考前辅导": (companion_figures, STATISTICS),
    }
    found = {}
    for family, (figures_of, tables) in families.items():
        note = "；".join(statistics_remarks(registry, tables))
        figures = figures_of(registry)
        found[family] = [figure._replace(note=note) for figure in figures] if note else figures
    return found


def all_figures(registry: Registry) -> list[Figure]:
    """The figures of all families."""
    return [figure for figures in figures_by_family(registry).values() for figure in figures]
