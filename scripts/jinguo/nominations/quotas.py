"""The quotas of a batch: which can be applied, whom each counts, and those that hold for every organisation alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import Batch, Candidate, Quota, batch_rows
from jinguo.nominations.conditions import BadCondition, quota_matches
from jinguo.registry.tables import Registry

#: Dimensions that are no column: at most so many of each organisation, or of each unit that proposes.
OF_EACH_ORGANISATION, OF_EACH_PROPOSER = "每个组织", "每个推荐单位"
OF_EACH = (OF_EACH_ORGANISATION, OF_EACH_PROPOSER)


def quotas(registry: Registry, batch: Batch, attributes: Attributes, candidates: Sequence[Candidate]) -> list[Quota]:
    """The quotas that can be applied, without those `quota_trouble` tells of; one of each organisation is one for each
    organisation with more candidates than it lets in."""
    table = registry["quotas"]
    found = []
    anyone = candidates[0].person if candidates else ""
    for row in batch_rows(registry, "quotas", batch):
        if quota_trouble(registry, row, attributes, anyone):
            continue
        least, most = table["least"][row], table["most"][row]
        bounds = (
            least.people(batch.size, at_least=True) if least else None,
            most.people(batch.size, at_least=False) if most else None,
        )
        dimension, wanted = table["dimension"][row], table["value"][row]
        if dimension in OF_EACH:
            found += _of_each(registry, attributes, candidates, row, bounds[1])
            continue
        found.append(Quota(row, f"{dimension}：{wanted}", *bounds, _member(registry, attributes, dimension, wanted)))
    return found


def _member(registry: Registry, attributes: Attributes, dimension: str, wanted: str) -> Callable[[Candidate], bool]:
    words = registry.settings.vocabularies
    return lambda candidate: quota_matches(attributes.of(candidate.person, dimension), wanted, words)


def _of_each(
    registry: Registry, attributes: Attributes, candidates: Sequence[Candidate], row: int, most: int | None
) -> list[Quota]:
    if most is None:
        return []
    by_organisation = registry["quotas"]["dimension"][row] == OF_EACH_ORGANISATION
    groups: dict[str, set[str]] = {}
    for c in candidates:
        proposer = registry["candidates"]["proposed_by"][c.index]
        mine = attributes.organisations.get(c.person, []) if by_organisation else [proposer] if proposer else []
        for group in mine:
            groups.setdefault(group, set()).add(c.person)
    return [
        Quota(
            row,
            f"{OF_EACH_ORGANISATION}最多 {most} 人：{registry.name_of('organisations', group)}"
            if by_organisation
            else f"{OF_EACH_PROPOSER}最多 {most} 人：{group}",
            None,
            most,
            lambda candidate, people=frozenset(people): candidate.person in people,  # type: ignore[misc]
            group,
        )
        for group, people in groups.items()
        if len(people) > most
    ]


def quota_trouble(registry: Registry, row: int, attributes: Attributes, person: str) -> str:
    """Why a quota cannot be applied, in words; empty where it can."""
    table = registry["quotas"]
    dimension, wanted = table["dimension"][row], table["value"][row]
    if dimension is None or wanted is None or not table.readable(row, "least", "most"):
        return f"{table.place(row, 'dimension')} 的结构要求没有填全或读不出"
    if dimension in OF_EACH:
        return "" if table["most"][row] else f"{table.place(row, 'most')} 的“{dimension}”没有填最多几人"
    if not attributes.knows(dimension):
        return f"{table.place(row, 'dimension')} 的维度“{dimension}”不认识"
    try:
        quota_matches(attributes.of(person, dimension), wanted, registry.settings.vocabularies)
    except BadCondition as error:
        return f"{table.place(row, 'value')} 的“{dimension}：{wanted}”读不懂：{error}"
    return ""
