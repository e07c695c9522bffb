"""The year's work: every fact the report may say, and the lists it names."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from jinguo.common.figures import Figure
from jinguo.common.rounding import plain
from jinguo.duty.roster import duty_days, was_there
from jinguo.registry.tables import Registry
from jinguo.schema.organisation_tables import TIERS
from jinguo.summary.area_facts import AreaFacts, names_of
from jinguo.summary.counting import Counted
from jinguo.summary.facts import FactLedger, Period, YearFact, rows_in_words
from jinguo.summary.training_facts import NAMES as TRAINING_NAMES
from jinguo.summary.training_facts import exam_facts, training_facts

#: What may be an ID number or a phone.
_NUMBER = re.compile(r"\d{7}")
#: Facts of an area as a whole: name, area, statistic.
_WHOLE = (
    ("服务中心数", "服务中心", ""), ("在册组织数", "组织", ""), ("正在孵化的", "登记孵化", ""), ("孵化成功数", "孵化成功", ""), ("层级提升的组织数", "层级提升", ""),
    ("智库人数", "智库", ""), ("来访件数", "来访", ""), ("办结率", "来访", ""), ("平均办结天数", "来访", ""), ("推介篇数", "宣传", ""), ("被推介的组织数", "宣传", ""),
    ("阅读量", "宣传", ""), ("项目数", "项目", ""), ("承接组织数", "项目", ""), ("合同金额", "项目", ""), ("受益人次", "项目", ""), ("大赛作品数", "大赛", ""), ("参赛组织数", "大赛", ""),
    ("联络群数", "联络群", ""), ("群人数", "联络群", ""), ("服务活动数", "服务", ""), ("参与服务的组织数", "服务", ""), ("志愿者人次", "服务", ""), ("服务人次", "服务", ""),
    ("值班天数", "值班", ""), ("值班来访人数", "值班", ""), ("入会同意数", "入会", "同意数"), ("担任社会职务人数", "社会职务", ""),
)  # fmt: skip
#: Facts of a group: name, area, statistic, label, value.
_PARTS = (
    *((f"{tier}组织数", "组织", "在册组织数", "层级", tier) for tier in TIERS),
    *((f"{status}组织数", "组织", "在册组织数", "登记状态", status) for status in ("已登记", "已备案", "未登记")),
    *((f"{level}团体会员数", "组织", "在册组织数", "团体会员", level) for level in ("市", "镇街", "村社区")),
    ("进驻组织数", "组织", "在册组织数", "进驻市中心", "是"),
    ("女主播场次", "宣传", "推介篇数", "平台", "女主播"),
)
#: What each level of the exam gives (高级 needs an assessment beside it).
_QUALIFICATIONS = {"初级": "初级社会工作师资格", "中级": "中级社会工作师资格", "高级": "高级社会工作师考试成绩合格证明"}
#: What several facts together come to.
SUMS = {"团体会员数": ("市团体会员数", "镇街团体会员数", "村社区团体会员数")}
#: Compositions: name, area, label, statistic.
_COMPOSED = (
    ("中心构成", "服务中心", "级别", "服务中心数"), ("智库构成", "智库", "类别", "智库人数"), ("来访构成", "来访", "事项", "来访件数"), ("推介构成", "宣传", "平台", "推介篇数"),
    ("服务构成", "服务", "主题", "服务活动数"), ("职务构成", "社会职务", "社会职务", "担任社会职务人数"),
)  # fmt: skip
#: Every fact that is of no group.
FACT_NAMES = (
    *(name for name, *_ in _WHOLE), *(name for name, *_ in _PARTS), *SUMS, "无人值班天数", "本会项目数", *TRAINING_NAMES,
)  # fmt: skip
#: What else is said in words.
WORD_NAMES = (
    *(name for name, *_ in _COMPOSED), "群构成", "培训构成", "进驻组织", "市中心", "提升组织", "孵化成功组织", "大赛名称", "服务主题", "推荐批次", "团体会员构成",
    "核心层组织", "紧密层组织", "本会项目领域", "本会项目类型", "合同金额万元",
)  # fmt: skip


@dataclass
class YearWork:
    """The facts of a year, words made of several, and lists of rows by the fields a template may place."""

    ledger: FactLedger
    words: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    #: Months with how often people took part, themes with how many were served: what the charts draw.
    months: list[tuple[str, Figure]] = field(default_factory=list)
    themes: list[tuple[str, Figure]] = field(default_factory=list)

    def facts(self) -> dict[str, YearFact]:
        """The facts that are of no group, by their names."""
        return {fact.name: fact for fact in self.ledger.facts if not fact.group}


def year_work(
    registry: Registry, period: Period, figures: Sequence[Figure], areas: Sequence[Counted], compared: bool = False
) -> YearWork:
    """The year's work by the counted areas and the figures of training and exams; `compared` with the year before."""
    ledger = FactLedger(registry, period, compared)
    taken = AreaFacts(ledger, areas)
    work = YearWork(ledger)
    for name, area, statistic in _WHOLE:
        taken.take(name, area, statistic)
    for name, area, statistic, label, value in _PARTS:
        taken.take(name, area, statistic, **{label: value})
    for name, parts in SUMS.items():
        ledger.note(_sum(name, [ledger[part] for part in parts]))
    ledger.note(_empty_days(registry, ledger))
    training_facts(ledger, figures)
    work.words = {name: taken.composition(area, label, statistic) for name, area, label, statistic in _COMPOSED}
    work.words["群构成"] = taken.composition("联络群", "平台", "联络群数", "群")
    work.lists["考试"] = _exams(ledger, exam_facts(ledger, figures))
    work.words["培训构成"] = _composed(figures, period.year)
    _organisations(work, taken)
    _projects(work, taken)
    work.themes = taken.parts("服务", "主题", "服务人次")
    own = [f for f in figures if f.name == "参训人次" and list(f.dimensions) == ["年度", "月份"]]
    work.months = [(f.dimensions["月份"], f) for f in own if f.dimensions["年度"] == period.year]
    return work


def _sum(name: str, facts: Sequence[YearFact]) -> YearFact:
    total = sum((fact.figure.value or 0 for fact in facts), Decimal(0))
    rows = [i for fact in facts for i in fact.rows]
    meaning = "、".join(fact.name for fact in facts) + "之和"
    return YearFact(name, Figure(name, {}, total, "个"), meaning, facts[0].table, rows)


def _empty_days(registry: Registry, ledger: FactLedger) -> YearFact:
    """Days of duty since the first row of the year in 值班记录 on which nobody was there; today is not over yet."""
    period, there = ledger.period, was_there(registry)
    mine = [day for day in there if period.first <= day <= period.last]
    meaning = "值班记录在这一年第一天记录以后、基准日期以前的值班日里，没有到岗记录的天数"
    if not mine:
        return YearFact("无人值班天数", Figure("无人值班天数", {}, None), meaning)
    days = [d for month in range(1, 13) for d in duty_days(registry, period.first.year, month)]
    end = min(period.last, registry.today - datetime.timedelta(days=1))
    empty = [day for day in days if min(mine) <= day <= end and day not in there]
    rows = [i for i, day in registry["duty_log"].each("date") if day and period.first <= day <= period.last]
    return YearFact("无人值班天数", Figure("无人值班天数", {}, len(empty), "天"), meaning, "duty_log", rows)


def _composed(figures: Sequence[Figure], year: str) -> str:
    """The year's events by their types, the most first."""
    mine = [
        f for f in figures if f.name == "活动场次" and list(f.dimensions) == ["年度", "类型"] and f.dimensions["年度"] == year and f.value
    ]  # fmt: skip
    mine.sort(key=lambda f: -(f.value or 0))
    return "、".join(f"{f.dimensions['类型']}{f.text()}场" for f in mine)


def _exams(ledger: FactLedger, levels: Sequence[str]) -> list[dict[str, str]]:
    """The exams of the year by level."""
    shown = {
        "报考": "报考人数",
        "实考": "实考人数",
        "合格": "合格人数",
        "合格率": "合格率",
        "负责人合格": "负责人合格人数",
    }
    return [
        {"级别": level, "资格": _QUALIFICATIONS[level], **{name: ledger.of_group(fact, level).text for name, fact in shown.items()}, "比上年": ledger.of_group("合格人数", level).change}
        for level in levels
    ]  # fmt: skip


def _organisations(work: YearWork, taken: AreaFacts) -> None:
    """Who is where: residents, hubs and whom they lead, tiers, those that rose, contests."""
    registry = work.ledger.registry
    organisations = registry["organisations"]
    residents = taken.rows("组织", 进驻市中心="是")
    centres = [organisations["centre"][i] for i in residents if organisations["centre"][i]]
    main = max(dict.fromkeys(centres), key=centres.count, default=None)
    work.words |= {
        "进驻组织": "、".join(names_of(registry, "organisations", residents)), "市中心": registry.name_of("centres", main) if main else "服务中心",
        "提升组织": "、".join(names_of(registry, "changes", taken.rows("层级提升"), "organisation")),
        "孵化成功组织": "、".join(names_of(registry, "incubations", taken.rows("孵化成功"), "organisation")),
        "大赛名称": "、".join(dict.fromkeys(registry["contest_entries"]["contest"][i] for i in taken.rows("大赛"))),
        "服务主题": "、".join(theme for theme, _ in taken.parts("服务", "主题", "服务活动数") if theme not in ("其他", "未填")),
        "推荐批次": "、".join(_batches(registry, work.ledger.period)),
    }  # fmt: skip
    members = (
        (level, count_text)
        for level in ("市", "镇街", "村社区")
        if (count_text := work.ledger[f"{level}团体会员数"].text)
    )
    work.words["团体会员构成"] = "、".join(f"{level}{count}个" for level, count in members)
    for tier in TIERS[:2]:
        work.words[f"{tier}组织"] = "、".join(names_of(registry, "organisations", taken.rows("组织", 层级=tier)))
    shown = [*taken.rows("组织", 层级=TIERS[0]), *taken.rows("组织", 层级=TIERS[1])]
    work.lists["组织表"] = [
        {
            "序号": str(n), "组织名称": organisations["name"][i] or "", "层级": organisations["tier"][i] or "", "登记状态": organisations["status"][i] or "",
            "所属镇街": organisations["township"][i] or "",
        }
        for n, i in enumerate(shown, 1)
    ]  # fmt: skip
    work.lists["枢纽"] = [_hub(work, taken, name) for name, _ in taken.parts("组织", "枢纽组织", "在册组织数") if name != "没有枢纽组织"]  # fmt: skip


def _batches(registry: Registry, period: Period) -> list[str]:
    """The batches of recommendations whose closing day is in the year; those of the days to come too, as work on them has begun."""
    return [
        name for _, name, closing in registry["batches"].each("name", "closing") if name and closing and closing.year == period.first.year
    ]  # fmt: skip


def _hub(work: YearWork, taken: AreaFacts, name: str) -> dict[str, str]:
    """A hub: whom it leads, its own group members, its projects of the year, and what changed in it."""
    registry = work.ledger.registry
    led = taken.take("带动组织数", "组织", "在册组织数", name, 枢纽组织=name)
    organisations = registry["organisations"]
    index = next((i for i, said in organisations.each("name") if said == name), None)
    number = organisations["number"][index] if index is not None else None
    units = organisations["unit_members"][index] if index is not None else None
    projects = [i for i in taken.rows("项目") if registry["projects"]["contractor"][i] == number]
    return {
        "名称": name, "带动数": led.text, "单位会员数": plain(units) if units else "", "项目": "、".join(names_of(registry, "projects", projects)),
        "变动": "；".join(_changes(registry, number, work.ledger.period)),
    }  # fmt: skip


def _changes(registry: Registry, number: str | None, period: Period) -> list[str]:
    """What changed in an organisation in the year: 8月变更负责人（依据：…）; what may hold somebody's number is not told."""
    return [
        f"{day.month}月变更{item}" + (f"（依据：{basis}）" if basis and not _NUMBER.search(basis) else "")
        for _, organisation, day, item, basis in registry["changes"].each("organisation", "date", "item", "basis")
        if organisation == number and day and item and period.first <= day <= period.last
    ]  # fmt: skip


def _projects(work: YearWork, taken: AreaFacts) -> None:
    """The projects by whoever buys them, the office's own micro projects apart, and all of them as a table."""
    registry, ledger = work.ledger.registry, work.ledger
    projects, own = registry["projects"], registry.settings.item("单位名称")
    mine = taken.rows("项目", 购买主体=own)
    taken.take("本会项目数", "项目", "项目数", 购买主体=own)
    work.words["本会项目领域"] = "、".join(
        dict.fromkeys(f for i in mine for f in projects["fields_of_service"][i] or ())
    )
    work.words["本会项目类型"] = "、".join(dict.fromkeys(str(projects["type"][i] or "项目") for i in mine))
    work.lists["购买主体"] = []
    for buyer, _ in taken.parts("项目", "购买主体", "合同金额") or taken.parts("项目", "购买主体", "项目数"):
        rows = taken.rows("项目", 购买主体=buyer)
        if buyer == own:
            continue
        facts = {name: taken.take(name, "项目", name, buyer, 购买主体=buyer) for name in ("项目数", "承接组织数")}
        work.lists["购买主体"].append(
            {
                "名称": buyer, "组织数": facts["承接组织数"].text, "项目数": facts["项目数"].text, "项目": "、".join(names_of(registry, "projects", rows)),
                "几个": "" if len(rows) == 1 else f"这{len(rows)}个项目",
            }
        )  # fmt: skip
    amount = ledger["合同金额"].figure.value
    work.words["合同金额万元"] = plain(Decimal(amount) / 10000) if amount else ""
    rows = taken.rows("项目")
    work.lists["项目表"] = [
        {
            "序号": str(n), "项目名称": projects["name"][i] or "", "购买主体": projects["buyer"][i] or "", "承接组织": registry.name_of("organisations", projects["contractor"][i]),
            "合同金额": plain(projects["amount"][i]) if projects["amount"][i] is not None else "", "状态": projects["status"][i] or "",
        }
        for n, i in enumerate(rows, 1)
    ]  # fmt: skip


def proofs(work: YearWork) -> list[dict[str, str]]:
    """The appendix: each fact that is said, with its 口径 and the rows it was counted from."""
    registry = work.ledger.registry
    return [
        {
            "序号": str(n), "指标": fact.name + (f"（{fact.group}）" if fact.group else ""), "数值": f"{fact.text}{'' if fact.figure.is_rate else fact.figure.unit}",
            "口径": fact.meaning, "来源": rows_in_words(registry[fact.table], fact.rows) if fact.table else "由上面的数字相加",
        }
        for n, fact in enumerate(work.ledger.said(), 1)
    ]  # fmt: skip
