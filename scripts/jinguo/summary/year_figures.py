"""All areas of the year, counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from jinguo.common.figures import Figure, Statistic, by_name
from jinguo.registry.tables import Registry
from jinguo.summary.counting import Area, Counted, count
from jinguo.summary.organisation_areas import (
    applications,
    duty,
    granted,
    incubation_stages,
    inspections,
    organisations,
)
from jinguo.summary.service_areas import experts, groups, projects, promotions, services, visits
from jinguo.summary.structure_areas import centres, contests, public_posts, risen

AREAS: tuple[Callable[[Registry], Area], ...] = (
    organisations, centres, risen, inspections, incubation_stages, granted, applications, projects, contests, services, visits, experts, promotions, groups,
    duty, public_posts,
)  # fmt: skip


def counted_areas(registry: Registry) -> list[Counted]:
    """The areas of which the office keeps the table, counted."""
    return [count(registry, area) for area_of in AREAS if len(registry[(area := area_of(registry)).table])]


def year_statistics(registry: Registry) -> dict[str, Statistic]:
    """Every statistic of the year by its name."""
    return by_name(*(statistic for area_of in AREAS for statistic in area_of(registry).measures))


def all_year_figures(areas: Iterable[Counted]) -> list[Figure]:
    """The figures of all areas."""
    return [figure for area in areas for figure in area.figures]
