"""All areas of the year, counted; and lists of those who are in none: without an event, without a group, without a project."""

from __future__ import annotations

from collections.abc import Callable

from jinguo.common.figures import Statistic, by_name
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

AREAS: tuple[Callable[[Registry], Area], ...] = (
    organisations, inspections, incubation_stages, granted, applications, projects, services, visits, experts, promotions, groups, duty,
)  # fmt: skip


def counted_areas(registry: Registry) -> list[Counted]:
    """The areas of which the office keeps the table, counted."""
    return [count(registry, area) for area_of in AREAS if len(registry[(area := area_of(registry)).table])]


def year_statistics(registry: Registry) -> dict[str, Statistic]:
    """Every statistic of the year by its name."""
    return by_name(*(statistic for area_of in AREAS for statistic in area_of(registry).measures))


def left_behind(registry: Registry) -> dict[str, list[str]]:
    """Of organisations that are there: those without an event of service this year, without a post of whoever leads them in a
    group, whose head is in none; each by name."""
    table, year = registry["organisations"], registry.today.year
    here = [
        (number, name, head)
        for _, number, name, head, status in table.each("number", "name", "head", "status")
        if number and name and status != "已注销"
    ]
    served = {o for _, o, day in registry["services"].each("organisation", "date") if day and day.year == year}
    grouped = {p for _, p in registry["group_members"].each("person")} | {
        p for _, p in registry["groups"].each("owner")
    }
    found = {}
    if len(registry["services"]):
        found[f"{year}年没有服务活动的组织"] = [name for number, name, _ in here if number not in served]
    if len(registry["group_members"]):
        found["负责人不在任何联络群的组织"] = [name for _, name, head in here if head and head not in grouped]
    return found
