"""Letters about what an organisation becomes: guidance to its registration, and its approval as a group member."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from jinguo.documents.due_document import DueDocument, called
from jinguo.documents.letterhead import letter, numbered_letterhead
from jinguo.organisations.membership import bars_membership
from jinguo.organisations.registration import RegistrationCondition, guidance_due
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words, record_words, words

_VERDICTS = {True: "具备", False: "尚不具备", None: "请核实"}


def registration_guidance(registry: Registry) -> list[DueDocument]:
    """What organisations near to registration have and lack, condition by condition; one a step of their incubation,
    or one a year."""
    organisations, settings = registry["organisations"], registry.settings
    found = []
    for guidance in guidance_due(registry):
        i, missing = guidance.index, guidance.missing
        name, trouble = called(organisations, i)
        title = f"{settings.item('单位名称')}关于申请登记的指导意见书"
        values = record_words(organisations.record(i)) | {
            "拟登记类型": guidance.type, "具备项数": str(len(guidance.conditions) - len(missing)), "项数": str(len(guidance.conditions)),
            "条件": [_condition(n, c) for n, c in enumerate(guidance.conditions, 1)], "尚缺": "、".join(c.name for c in missing if c.met is False), "待核实": "、".join(c.name for c in guidance.unknown), "待核实项数": str(len(guidance.unknown)) if guidance.unknown else "",
            "当前阶段": guidance.stage or "尚未申请", "开办资金": "开办" if guidance.type == "民办非企业单位" else "活动",
        }  # fmt: skip
        since = guidance.since or datetime.date(registry.today.year, 1, 1)
        lacking = f"还要补齐或核实：{'、'.join(c.name for c in missing)}" if missing else "登记条件都已具备"
        why = f"{f'登记孵化到“{guidance.stage}”，' if guidance.stage else ''}{lacking}"
        message = f"【登记指导】{name}：{lacking}。我会可协助走绿色通道，详见指导意见书。"
        found.append(
            DueDocument(
                "登记指导意见书", title, f"{since:%Y-%m-%d} {name} 登记指导意见书", why, letter(registry, title, name, values), message,
                [organisations.place(i, "number")], name, organisations["email"][i], organisations["township"][i] or "",
                about=organisations["number"][i] or "", to_key=organisations["number"][i] or "", trouble=trouble,
            )
        )  # fmt: skip
    return found


def _condition(n: int, condition: RegistrationCondition) -> dict[str, str]:
    return {
        "序号": str(n),
        "条件": condition.name,
        "要求": condition.required,
        "现状": condition.has,
        "结论": _VERDICTS[condition.met],
    }


def approvals(registry: Registry) -> list[DueDocument]:
    """The approvals of 入会申请 of the last days: from the city's federation with a number, from a township's
    in its name, to be numbered by it."""
    applications, organisations = registry["applications"], registry["organisations"]
    found = []
    for i, number, level, applied, decision, day in applications.each(
        "organisation", "level", "date", "decision", "decided_on"
    ):
        if (
            decision != "同意"
            or number not in organisations.index_of
            or not level
            or not day
            or day > registry.today
            or bars_membership(registry, number, level)
        ):
            continue
        name, trouble = called(organisations, organisations.index_of[number])
        office, city = _federation(registry, number, level), level == "市"
        if not office:
            continue
        title = f"{office}关于同意{name}为团体会员的批复"
        if (registry.today - day).days > int(registry.settings.parameter("发文有效天数")):
            continue
        values = record_words(organisations.record(organisations.index_of[number])) | {
            "申请日期": day_words(applied) if applied else "", "审批日期": day_words(day), "级别名称": office,
        }  # fmt: skip
        asked = _contact_of(registry, organisations.value(number, "township"))
        # Another federation than ours signs by itself: neither our mark nor our contact.
        theirs = {"单位名称": office} | ({} if city else asked | {"发文机关标志": ""})
        context = _approval(registry, (title, name), values, theirs)
        found.append(
            DueDocument(
                "吸纳团体会员批复", title, f"{day:%Y-%m-%d} {name} 团体会员批复", f"{day_words(day)}同意{name}为{office}团体会员", context,
                f"【批复】{name}：{office}已同意你单位为团体会员，欢迎加入！", [applications.place(i, "decision")], name,
                organisations.value(number, "email"), organisations.value(number, "township") or "", numbered=city,
                about=number, to_key=number, trouble=trouble,
            )
        )  # fmt: skip
    return found


def _contact_of(registry: Registry, township: str | None) -> dict[str, str]:
    """Whom to ask at a township; what is not in 镇街 stays as the office's own."""
    found = {
        "联系人": registry["townships"].value(township, "contact"),
        "联系电话": registry["townships"].value(township, "phone"),
    }
    return {name: words(value) for name, value in found.items() if value}


def _approval(
    registry: Registry, head: tuple[str, str], values: Mapping[str, Any], theirs: Mapping[str, str]
) -> Callable[[str], dict[str, Any]]:
    """The context of an approval by its number: title and addressee, what it says, and what its sender has of its own."""

    def context(number: str) -> dict[str, Any]:
        return {**values, **numbered_letterhead(registry, *head, number), **theirs}

    return context


def _federation(registry: Registry, organisation: str, level: str) -> str:
    """The women's federation that approves: the office itself, or that of the township; empty where the registry
    does not know its name, as of a village's, which writes its own."""
    if level == "市":
        return registry.settings.item("单位名称")
    township = registry["organisations"].value(organisation, "township")
    return f"{township}妇女联合会" if level == "镇街" and township else ""
