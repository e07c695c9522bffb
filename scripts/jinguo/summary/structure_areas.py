"""What organisations grow on: the centres, contests of designs, tiers they rose to, and posts in public of their people."""

from __future__ import annotations

from collections.abc import Mapping

from jinguo.common.figures import Statistic
from jinguo.organisations.history import tier_named
from jinguo.organisations.membership import current_organisations
from jinguo.registry.tables import Registry
from jinguo.schema.dates import month_of, within
from jinguo.schema.organisation_tables import TIERS
from jinguo.summary.counting import Area
from jinguo.summary.measures import distinct, row_count


def centres(registry: Registry) -> Area:
    """The centres that have been built, by level and township."""
    table = registry["centres"]

    def labels(i: int) -> Mapping[str, str] | None:
        built = table["built_on"][i]
        if not table["name"][i] or (built is not None and built > registry.today):
            return None
        return {"建成": "建成", "级别": str(table["level"][i] or ""), "所属镇街": str(table["township"][i] or "")}

    measures = {Statistic("服务中心数", "个", "服务中心表里已经建成的；没有填建成日期的也算"): row_count()}
    fields = ("name", "level", "township", "built_on")
    return Area("服务中心", "centres", (("建成",), ("级别",), ("所属镇街",)), labels, measures, fields)


def contests(registry: Registry) -> Area:
    """What was entered for contests, by the year they were judged in, or else closed."""
    table, calls = registry["contest_entries"], registry["calls"]
    held = {
        name: judged or closes
        for _, name, closes, judged in calls.each("name", "closes", "judged_on")
        if name and (judged or closes)
    }

    def labels(i: int) -> Mapping[str, str] | None:
        contest = table["contest"][i]
        day = held.get(contest)
        return {"年度": str(day.year), "大赛": str(contest)} if day and day <= registry.today else None

    measures = {
        Statistic("大赛作品数", "件", "大赛作品表里的件数；大赛算在评审日期（没有填的按截止日期）的那一年"): row_count(),
        Statistic("参赛组织数", "个", "有作品参赛的组织，一个组织只算一次"): distinct(table, "organisation"),
    }  # fmt: skip
    fields = ("contest", "number", "organisation")
    return Area("大赛", "contest_entries", (("年度",), ("年度", "大赛")), labels, measures, fields)


def risen(registry: Registry) -> Area:
    """Changes of a tier to one nearer the federation, by year and the tier risen to."""
    table = registry["changes"]

    def rank(text: str | None) -> int:
        tier = tier_named(text)
        return TIERS.index(tier) if tier in TIERS else len(TIERS)

    def labels(i: int) -> Mapping[str, str] | None:
        day, new = table["date"][i], table["new"][i]
        if table["item"][i] != "层级" or day is None or day > registry.today or rank(new) >= rank(table["old"][i]):
            return None
        return {"年度": str(day.year), "升入": str(tier_named(new))}

    measures = {Statistic("层级提升的组织数", "个", "变动表里层级由大众层到紧密层、由紧密层到核心层的组织"): distinct(table, "organisation")}  # fmt: skip
    fields = ("organisation", "date", "item", "old", "new")
    return Area("层级提升", "changes", (("年度",), ("年度", "升入")), labels, measures, fields, "date")


def public_posts(registry: Registry) -> Area:
    """Posts in public that people of organisations hold on the day: deputies, CPPCC members, federation committees."""
    table, now = registry["public_posts"], month_of(registry.today)
    mine = {person for person, names in current_organisations(registry, registry.today).items() if names}

    def labels(i: int) -> Mapping[str, str] | None:
        held = within(now, table["from_month"][i], table["to_month"][i])
        if not table["post"][i] or table["person"][i] not in mine or not held:
            return None
        return {"在任": "在任", "社会职务": str(table["post"][i]), "级别": str(table["level"][i] or "")}

    measures = {Statistic("担任社会职务人数", "人", "基准日期那个月在任、在女性社会组织任职的人，一人只算一次"): distinct(table, "person")}  # fmt: skip
    fields = ("person", "post", "level", "from_month", "to_month")
    return Area("社会职务", "public_posts", (("在任",), ("社会职务",), ("社会职务", "级别")), labels, measures, fields)
