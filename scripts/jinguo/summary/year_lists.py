"""The lists beside the year's figures: organisations left behind, on their way to registration, that might rise a tier; projects with
what is outstanding and who signs; hubs and whom they lead."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinguo.common.findings import Place
from jinguo.organisations.advancement import advancements
from jinguo.organisations.registration import guidance_due
from jinguo.projects.stages import AT_WORK, closing_outstanding, may_sign, midterm_outstanding
from jinguo.registry.tables import Registry
from jinguo.summary.counting import place_of
from jinguo.summary.service_areas import experts_in_office, paid

#: The steps of the green channel, in their order; behind 受理 stands what is granted.
_STEPS = ("意向", "咨询", "名称核准", "材料准备", "受理", "准予登记或备案")


@dataclass
class YearList:
    """A list of rows; the last cell of each is its place in the registry."""

    name: str
    title: str
    header: list[str]
    widths: list[int]
    note: str = ""
    rows: list[list[Any]] = field(default_factory=list)

    def add(self, place: Place, *cells: Any) -> None:
        self.rows.append([*cells, place])


def year_lists(registry: Registry) -> list[YearList]:
    """Every list that has rows."""
    made = [*left_behind(registry), incubating(registry), rising(registry), projects_at_work(registry)]
    return [one for one in made if one.rows]


def left_behind(registry: Registry) -> list[YearList]:
    """Of organisations that are there: those without service this year, and those whose head is in no group."""
    table, year = registry["organisations"], registry.today.year
    header, widths = ["组织名称", "层级", "所属镇街", "在台账里"], [40, 10, 14, 12]
    unserved = YearList("没有服务活动的", f"{year}年没有服务活动的组织", header, widths)
    ungrouped = YearList("不在联络群的", "负责人不在任何联络群的组织", header, widths)
    served = {o for _, o, day in registry["services"].each("organisation", "date") if day and day.year == year}
    grouped = {p for _, p in registry["group_members"].each("person")} | {
        p for _, p in registry["groups"].each("owner")
    }
    for i, number, name, head, status in table.each("number", "name", "head", "status"):
        if not number or not name or status == "已注销":
            continue
        cells = (name, table["tier"][i] or "", table["township"][i] or "")
        if len(registry["services"]) and number not in served:
            unserved.add(table.row_start(i), *cells)
        if len(registry["group_members"]) and head and head not in grouped:
            ungrouped.add(table.row_start(i), *cells)
    return [unserved, ungrouped]


def incubating(registry: Registry) -> YearList:
    """Filed and unregistered organisations that have taken a step, or lack no more than 参数 › 登记指导最多缺几项: the conditions of
    their type, the step they are at, how long since, the next one, and who of the think tank may advise."""
    table = registry["organisations"]
    header = ["组织名称", "登记状态", "拟登记类型", "条件", "具备", "尚缺", "待核实", "阶段", "到这一步", "过了几天", "下一步", "可请的顾问", "在台账里"]  # fmt: skip
    found = YearList(
        "登记孵化·逐个组织", "登记孵化：逐个组织", header, [32, 9, 16, 7, 7, 34, 30, 10, 12, 9, 14, 24, 12],
        "条件见《社会团体登记管理条例》第十条、《民办非企业单位登记管理暂行条例》第八条；待核实的是台账里没有填，不等于不具备。顾问是按专长和服务领域提出的，由本单位定。",
    )  # fmt: skip
    advisers = Advisers(registry)
    for one in guidance_due(registry):
        missing, unknown = one.missing, one.unknown
        found.add(
            table.row_start(one.index), table["name"][one.index], table["status"][one.index], one.type, len(one.conditions),
            len(one.conditions) - len(missing), "、".join(f"{c.name}（{c.has}）" for c in missing if c not in unknown),
            "、".join(c.name for c in unknown), one.stage or "还没有开始", one.since.isoformat() if one.since else "",
            (registry.today - one.since).days if one.since else "", _next_step(one.stage), advisers.for_row(one.index),
        )  # fmt: skip
    return found


def _next_step(stage: str) -> str:
    if stage == "退回":
        return "补正后再报"
    return _STEPS[_STEPS.index(stage) + 1] if stage in _STEPS[:-1] else _STEPS[0]


class Advisers:
    """Hands out the members of the think tank: whose skill is one of the organisation's fields first, else a 专家顾问; of several the
    one with the fewest so far."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.given: Counter[str] = Counter()
        table = registry["experts"]
        self.experts = [
            (table["name"][i], table["category"][i], tuple(table["skills"][i] or ()))
            for i in experts_in_office(registry)
        ]

    def for_row(self, index: int) -> str:
        """Who may advise the organisation in this row, and why; empty where there is no think tank."""
        fields = self.registry["organisations"]["fields_of_service"][index] or ()
        matching = [(name, next(s for s in skills if s in fields)) for name, _, skills in self.experts if set(skills) & set(fields)]  # fmt: skip
        others = [(name, str(category)) for name, category, _ in self.experts if category == "专家顾问"]
        chosen = min(matching or others, key=lambda one: self.given[one[0]], default=None)
        if chosen is None:
            return ""
        self.given[chosen[0]] += 1
        return f"{chosen[0]}（{chosen[1]}）"


def rising(registry: Registry) -> YearList:
    """Organisations that meet what the parameters ask for the next tier, and those that lack one thing."""
    table, months = registry["organisations"], int(registry.settings.parameter("升层级统计月数"))
    found = YearList(
        "层级建议", "升层级的建议", ["组织名称", "现在的层级", "建议的层级", "结论", "具备", "还差", "在台账里"], [36, 11, 11, 11, 50, 36, 12],
        f"看最近 {months} 个月；条件是 设置.xlsx › 参数 里“升紧密层…”“升核心层…”几项，由本单位定。定了以后改“社会组织”的层级，并在“变动”里记一行。",
    )  # fmt: skip
    for one in advancements(registry):
        met = "；".join(f"{c.what}（{c.has}）" for c in one.criteria if c.met)
        lacking = "；".join(f"{c.what}（{c.has}）" for c in one.lacking)
        name, tier = table["name"][one.row] or "", table["tier"][one.row] or ""
        found.add(table.row_start(one.row), name, tier, one.tier, "还差一项" if lacking else "建议", met, lacking)
    return found


def projects_at_work(registry: Registry) -> YearList:
    """Projects at work: what is outstanding, the money, and who may not sign and through whom."""
    projects, money = registry["projects"], registry.once(paid)
    due = dict.fromkeys(midterm_outstanding(registry), "该做中期评估") | dict.fromkeys(
        closing_outstanding(registry), "该结项"
    )
    header = ["项目名称", "购买主体", "承接组织", "能否自己签约", "代管组织", "结束日期", "状态", "要办的", "离结束", "合同金额", "已拨款", "未拨款", "在台账里"]  # fmt: skip
    found = YearList(
        "项目进度", "在做的项目：进度、钱和签约", header, [40, 22, 32, 13, 32, 12, 8, 14, 14, 12, 12, 12, 12]
    )
    for i, name, status, end in projects.each("name", "status", "ends"):
        if status not in AT_WORK or not name:
            continue
        contractor, agent, amount = (projects[field][i] for field in ("contractor", "agent", "amount"))
        signs = may_sign(registry, contractor)
        left = (end - registry.today).days if end else None
        given = money.get(projects["number"][i], Decimal(0))
        found.add(
            projects.row_start(i), name, projects["buyer"][i] or "", registry.name_of("organisations", contractor) if contractor else "",
            {True: "可以", False: "不能", None: "不清楚"}[signs],
            registry.name_of("organisations", agent) if agent else "没有，不能签约" if signs is False else "",
            end.isoformat() if end else "", status, due.get(i, ""),
            "" if left is None else f"已过 {-left} 天" if left < 0 else f"还有 {left} 天", amount, given,
            max(amount - given, Decimal(0)) if amount is not None else "",
        )  # fmt: skip
    return found


def hubs(registry: Registry) -> dict[str, list[tuple[str, str]]]:
    """Each hub by its name, with the organisations it leads: name and tier, those of the nearer tiers first."""
    table = registry["organisations"]
    found: dict[str, list[tuple[str, str]]] = {}
    for _, name, hub, tier, status in table.each("name", "hub", "tier", "status"):
        if hub and name and status != "已注销":
            found.setdefault(registry.name_of("organisations", hub), []).append((str(name), str(tier or "")))
    return {hub: sorted(led, key=lambda one: place_of("层级", one[1], 0)) for hub, led in found.items()}
