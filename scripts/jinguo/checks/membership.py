"""Rules about the federation's group members."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.organisations import not_incorporated
from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry.tables import Hit, Registry

_MEMBERS = "《中华全国妇女联合会团体会员工作条例》（二手来源，以本单位口径为准）"


@rule(
    "ORG-016", ERROR, "市妇联的团体会员要在民政部门登记",
    why="没有登记的，不符合团体会员的条件",
    remedy="请核对团体会员和登记状态",
    source=_MEMBERS + "；参数“有法人资格的登记状态”",
)  # fmt: skip
def city_member_is_registered(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    bare = not_incorporated(registry)
    for i, member, status, name in organisations.each("group_member", "status", "who"):
        if member == "市" and status in bare:
            yield organisations.hit(i, "group_member", f"{name}填作市妇联团体会员，登记状态是{status}")


@rule(
    "ORG-035", WARNING, "已注销的组织不再进驻、不再是团体会员",
    why="不更新，进驻数和团体会员数都会多算",
    remedy="请更新进驻市中心、团体会员两栏",
    source="惯例",
)  # fmt: skip
def dissolved_left(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, resident, member, name in organisations.each("status", "resident", "group_member", "who"):
        if status == "已注销" and resident == "是":
            yield organisations.hit(i, "resident", f"{name}已注销，还填作进驻市中心")
        if status == "已注销" and member not in (None, "否"):
            yield organisations.hit(i, "group_member", f"{name}已注销，还填作{member}妇联团体会员")


@rule(
    "ORG-036", HINT, "团体会员要有入会日期，不是团体会员的没有",
    why="会员年限、增减都从入会日期算起",
    remedy="请核对团体会员和入会日期",
    source=_MEMBERS,
)  # fmt: skip
def member_has_date(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, member, since, name in organisations.each("group_member", "member_since", "who"):
        known = organisations.readable(i, "group_member", "member_since")
        if member == "否" and since:
            yield organisations.hit(i, "member_since", f"{name}不是团体会员，却填了入会日期")
        elif member not in (None, "否") and since is None and known and "member_since" in organisations.letters:
            yield organisations.hit(i, "member_since", f"{name}是{member}妇联团体会员，没有填入会日期")


@rule(
    "ORG-037", WARNING, "市妇联的团体会员先登记、后入会",
    why="登记以前还不符合团体会员的条件",
    remedy="请核对入会日期和登记日期",
    source=_MEMBERS,
)  # fmt: skip
def member_after_registration(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, member, since, founded, registered, name in organisations.each(
        "group_member", "member_since", "founded_on", "registered_on", "who"
    ):
        # Before its founding is ORG-023's to say.
        if member == "市" and since and registered and since < registered and (founded is None or since >= founded):
            yield organisations.hit(i, "member_since", f"{name} {since} 入会，{registered} 才登记")
