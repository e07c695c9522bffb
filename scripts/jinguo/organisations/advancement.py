"""Which organisations might rise a tier: 大众层 to 紧密层, 紧密层 to 核心层, by the parameters; the office decides."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from typing import NamedTuple

from jinguo.organisations.membership import current_organisations
from jinguo.registry.tables import Registry
from jinguo.schema.dates import add_months
from jinguo.schema.organisation_tables import TIERS

_CORE, _CLOSE, _GENERAL = TIERS


class Criterion(NamedTuple):
    """One thing an organisation needs for a tier, what it has, and whether that is enough."""

    what: str
    has: str
    met: bool


class Advancement(NamedTuple):
    """An organisation (its row), the tier it might rise to, and the criteria one by one."""

    row: int
    tier: str
    criteria: list[Criterion]

    @property
    def lacking(self) -> list[Criterion]:
        return [c for c in self.criteria if not c.met]


def advancements(registry: Registry) -> list[Advancement]:
    """Those that meet every criterion of the next tier, then those that lack one; in the order of the sheet."""
    organisations = registry["organisations"]
    since = add_months(registry.today, -int(registry.settings.parameter("升层级统计月数")))
    services, attended, projects = (count(registry, since) for count in (_services, _attended, _projects))
    least = {name: int(registry.settings.parameter(name)) for name in _PARAMETERS}
    found = []
    for i, number, tier, status in organisations.each("number", "tier", "status"):
        if not number or status == "已注销":
            continue
        if tier == _GENERAL:
            criteria = [
                _counted("服务活动", services[number], least["升紧密层服务场次"], "场"), _counted("参训", attended[number], least["升紧密层参训人次"], "人次"),
                Criterion("已备案或已登记", status or "未填", status in ("已备案", "已登记")),
            ]  # fmt: skip
            found.append(Advancement(i, _CLOSE, criteria))
        elif tier == _CLOSE:
            criteria = [
                _counted("服务活动", services[number], least["升核心层服务场次"], "场"), _counted("承接项目", projects[number], least["升核心层项目数"], "个"),
                Criterion("已登记", status or "未填", status == "已登记"),
            ]  # fmt: skip
            found.append(Advancement(i, _CORE, criteria))
    return sorted((a for a in found if len(a.lacking) <= 1), key=lambda a: len(a.lacking))


_PARAMETERS = ("升紧密层服务场次", "升紧密层参训人次", "升核心层服务场次", "升核心层项目数")


def _counted(what: str, has: int, least: int, unit: str) -> Criterion:
    return Criterion(f"{what}{least}{unit}以上", f"{has}{unit}", has >= least)


def _services(registry: Registry, since: datetime.date) -> Counter[str]:
    """How often each organisation served since a day."""
    return Counter(
        o for _, o, day in registry["services"].each("organisation", "date") if o and day and since <= day <= registry.today
    )  # fmt: skip


def _projects(registry: Registry, since: datetime.date) -> Counter[str]:
    rows = registry["projects"].each("contractor", "starts", "ends", "status")
    return Counter(
        o for _, o, start, end, status in rows
        if o and start and start <= registry.today and (end is None or end >= since) and status not in ("申报", "终止")
    )  # fmt: skip


def _attended(registry: Registry, since: datetime.date) -> Counter[str]:
    """How often anybody of each organisation took part in training; who belongs to several counts for each."""
    held = {
        number for _, number, start in registry["events"].each("number", "starts") if start and since <= start.date() <= registry.today
    }  # fmt: skip
    at = defaultdict(list, current_organisations(registry, registry.today))
    found: Counter[str] = Counter()
    for _, person in {
        (event, person) for _, event, person, presence in registry["attendance"].each("event", "person", "presence") if event in held and presence == "出席"
    }:  # fmt: skip
        found.update(at[person])
    return found
