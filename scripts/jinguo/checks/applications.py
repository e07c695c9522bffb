"""Rules about applications for group membership."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.organisations.membership import bars_membership
from jinguo.registry.tables import Hit, Registry

_MEMBERS = "《中华全国妇女联合会团体会员工作条例》（二手来源，以本单位口径为准）"


@rule(
    "APP-001", ERROR, "先申请、后审批，审批了的要有审批日期",
    why="没有审批日期，批复不会生成；先后颠倒，必有一个日期填错",
    remedy="请核对申请日期和审批日期",
    source="惯例",
)  # fmt: skip
def decided_after_applying(registry: Registry) -> Iterator[Hit]:
    applications = registry["applications"]
    for i, organisation, applied, decision, decided in applications.each(
        "organisation", "date", "decision", "decided_on"
    ):
        name = registry.name_of("organisations", organisation)
        if applied and decided and decided < applied:
            yield applications.hit(i, "decided_on", f"{name} {applied} 申请，{decided} 就审批了")
        elif decision in ("同意", "不同意") and decided is None and applications.readable(i, "decided_on"):
            yield applications.hit(i, "decided_on", f"{name}的申请已填“{decision}”，没有审批日期")


@rule(
    "APP-002", WARNING, "同意入会的组织要符合团体会员的条件",
    why="不符合条件的，批复不会生成",
    remedy="请核对登记状态和审批意见",
    source=_MEMBERS + "；参数“有法人资格的登记状态”",
)  # fmt: skip
def approved_may_join(registry: Registry) -> Iterator[Hit]:
    applications = registry["applications"]
    for i, organisation, level, decision in applications.each("organisation", "level", "decision"):
        trouble = (
            bars_membership(registry, organisation, level) if organisation and level and decision == "同意" else ""
        )
        if trouble:
            yield applications.hit(
                i, "decision", f"同意{registry.name_of('organisations', organisation)}加入{level}妇联，它的{trouble}"
            )


@rule(
    "APP-003", HINT, "批准入会以后，社会组织表的团体会员要更新",
    why="不更新，团体会员数会少算",
    remedy="请更新团体会员和入会日期",
    source="惯例",
)  # fmt: skip
def approved_is_member(registry: Registry) -> Iterator[Hit]:
    applications, organisations = registry["applications"], registry["organisations"]
    if "group_member" not in organisations.letters:
        return
    for i, organisation, level, decision, decided in applications.each(
        "organisation", "level", "decision", "decided_on"
    ):
        member = organisations.value(organisation, "group_member")
        known = organisation in organisations.index_of and organisations.readable(
            organisations.index_of[organisation], "group_member"
        )
        # A member of the city is one all the same to the township.
        if (
            decision == "同意"
            and decided
            and known
            and not bars_membership(registry, organisation, level or "")
            and member in (None, "否")
        ):
            name = registry.name_of("organisations", organisation)
            yield applications.hit(
                i, "decision", f"{decided} 已同意{name}加入{level or ''}妇联，社会组织表里还不是团体会员"
            )
