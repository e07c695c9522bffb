"""Who belongs to which organisation when: by the posts of 人员台账 › 任职 and the heads named in 社会组织."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from jinguo.registry.tables import Registry
from jinguo.schema.dates import Month, month_of, within


class Membership(NamedTuple):
    """A person in an organisation, from a month to a month, None where the span is open."""

    person: str
    organisation: str
    from_month: Month | None
    to_month: Month | None

    def covers(self, month: Month) -> bool:
        return within(month, self.from_month, self.to_month)


def memberships(registry: Registry) -> list[Membership]:
    """Every post, and every head beyond her posts in her own organisation; in the order of the sheets."""
    posts, organisations = registry["posts"], registry["organisations"]
    found = [
        Membership(person, organisation, start, end)
        for i, person, organisation, start, end in posts.each("person", "organisation", "from_month", "to_month")
        if person and organisation and posts.readable(i, "from_month", "to_month")
    ]
    ends: dict[tuple[str, str], list[Month | None]] = {}
    for m in found:
        ends.setdefault((m.person, m.organisation), []).append(m.to_month)
    for _, number, head in organisations.each("number", "head"):
        if not head or not number:
            continue
        mine = ends.get((head, number), [])
        if not mine:
            found.append(Membership(head, number, None, None))
        elif None not in mine:
            # Still named as head after her last post ended (ORG-013 says so): she belongs to it since.
            last = max(end for end in mine if end)
            found.append(Membership(head, number, month_of(last.last_day() + datetime.timedelta(days=1)), None))
    return found


def current_organisations(registry: Registry, day: datetime.date) -> dict[str, list[str]]:
    """Each person's organisations on a day: those she heads first, then by her posts, the dissolved left out."""
    organisations = registry["organisations"]
    now = month_of(day)
    found: dict[str, dict[str, None]] = {}
    for _, number, head, status in organisations.each("number", "head", "status"):
        if head and status != "已注销":
            found.setdefault(head, {})[number] = None
    for m in memberships(registry):
        alive = organisations.value(m.organisation, "status") != "已注销"
        mine = found.setdefault(m.person, {})
        if alive and m.covers(now):
            mine[m.organisation] = None
    return {person: list(mine) for person, mine in found.items()}


def is_here(registry: Registry, person: str) -> bool:
    """Whether a person is to be written to: not one who has left, retired, died or cannot be found, as of today."""
    people = registry["people"]
    state, since = people.value(person, "state"), people.value(person, "state_since")
    return state in (None, "正常") or bool(since and since > registry.today)


def bars_membership(registry: Registry, organisation: str, level: str) -> str:
    """Why an organisation cannot be a group member of the federation of this level, in words; empty where nothing
    bars it.

    Those of the city are registered with the civil-affairs authority (《团体会员工作条例》, second-hand; by the parameter).
    """
    status = registry["organisations"].value(organisation, "status")
    if status == "已注销":
        return "已注销"
    if level == "市" and status not in registry.settings.list_of("有法人资格的登记状态"):
        return f"登记状态是{status or '空的'}，市妇联的团体会员要在民政部门登记"
    return ""
