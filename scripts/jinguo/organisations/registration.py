"""What an organisation needs to be registered, and what it has: 《社会团体登记管理条例》第十条, 《民办非企业单位登记管理暂行条例》第八条."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from jinguo.common.rounding import plain
from jinguo.registry.tables import Registry

#: 第十条第五项: local 社会团体, in 10,000 yuan.
LEAST_FUNDS = Decimal(3)
#: 第十条第一项: individual members, unit members; together where there are both.
_INDIVIDUALS, _UNITS, _TOGETHER = 50, 30, 50
#: How the name of each type ends (《社会组织名称管理办法》, 2024).
_FORMS = {
    "社会团体": ("协会", "学会", "联合会", "研究会", "促进会", "商会", "联谊会", "志愿者协会"),
    "民办非企业单位": ("中心", "院", "所", "社", "馆", "站", "园", "学校"),
}
#: What an organisation has at the end of its way to registration.
GRANTED = ("准予登记", "准予备案")


class RegistrationCondition(NamedTuple):
    """One condition of registration: what is required, what the registry has, and whether it is met (None: not
    known)."""

    name: str
    required: str
    has: str
    met: bool | None


@dataclass(frozen=True)
class Guidance:
    """An organisation on its way to registration: its row, the type it would be, the conditions, its last step (if
    any)."""

    index: int
    type: str
    conditions: list[RegistrationCondition]
    stage: str
    since: datetime.date | None

    @property
    def missing(self) -> list[RegistrationCondition]:
        return [c for c in self.conditions if not c.met]

    @property
    def unknown(self) -> list[RegistrationCondition]:
        """Of the missing those of which nobody knows: they are to be asked about, and are not lacking."""
        return [c for c in self.conditions if c.met is None]


def members_suffice(individuals: int | Decimal, units: int | Decimal) -> bool:
    """第十条第一项: 50 individual members, or 30 unit members, or 50 of both together."""
    return individuals >= _INDIVIDUALS or units >= _UNITS or individuals + units >= _TOGETHER


def registration_conditions(registry: Registry, index: int) -> tuple[str, list[RegistrationCondition]]:
    """The type the organisation in this row would be registered as, and its conditions one by one.

    A centre or workshop by its name is a 民办非企业单位, all else a 社会团体.
    """
    organisations = registry["organisations"]
    value = {
        f: organisations[f][index]
        for f in ("name", "type", "individual_members", "unit_members", "funds", "full_time_staff", "supervisor")
    }
    name = value["name"] or ""
    kind = (
        value["type"]
        if value["type"] in _FORMS
        else "民办非企业单位"
        if name.endswith(_FORMS["民办非企业单位"])
        else "社会团体"
    )
    funds = LEAST_FUNDS if kind == "社会团体" else registry.settings.number("民办非企业单位开办资金")
    place = registry.settings.place
    found = [_named(name, kind, place)]
    if kind == "社会团体":
        found.append(_members(value["individual_members"], value["unit_members"]))
    has_funds, staff = value["funds"], value["full_time_staff"]
    found += [
        RegistrationCondition(
            "活动资金" if kind == "社会团体" else "开办资金",
            f"{plain(funds)} 万元以上",
            _shown(has_funds, "万元"),
            None if has_funds is None else has_funds >= funds,
        ),
        RegistrationCondition(
            "专职工作人员", "有与业务活动相适应的专职人员", _shown(staff, "人"), None if staff is None else staff > 0
        ),
        RegistrationCondition(
            "业务主管单位",
            "有业务主管单位；可以直接登记的除外",
            value["supervisor"] or "尚未掌握",
            bool(value["supervisor"]) or None,
        ),
    ]
    return kind, found


def _named(name: str, kind: str, place: str) -> RegistrationCondition:
    forms = _FORMS[kind]
    met = name.endswith(forms) and (not place or name.startswith((place, place.rstrip("市县区"))))
    return RegistrationCondition("规范的名称", f"以“{place}”开头，以{'、'.join(forms[:3])}等组织形式结尾", name, met)


def _members(individuals: Decimal | None, units: Decimal | None) -> RegistrationCondition:
    required = f"个人会员 {_INDIVIDUALS} 个以上，或单位会员 {_UNITS} 个以上，混合的共 {_TOGETHER} 个以上"
    if individuals is None and units is None:
        return RegistrationCondition("会员", required, "尚未掌握", None)
    has = "、".join(
        f"{label} {plain(n)} 个" for label, n in (("个人会员", individuals), ("单位会员", units)) if n is not None
    )
    return RegistrationCondition("会员", required, has, members_suffice(individuals or 0, units or 0))


def _shown(value: Decimal | None, unit: str) -> str:
    return "尚未掌握" if value is None else f"{plain(value)} {unit}"


def guidance_due(registry: Registry) -> Iterator[Guidance]:
    """The organisations without registration that lack no more conditions than the parameter says, or are on their way
    to it by 登记孵化; in the order of the sheet."""
    organisations = registry["organisations"]
    most = int(registry.settings.parameter("登记指导最多缺几项"))
    steps: dict[str, tuple[datetime.date, str]] = {}
    for _, organisation, stage, day in registry["incubations"].each("organisation", "stage", "date"):
        if organisation and stage and day and day <= registry.today:
            steps[organisation] = max(steps.get(organisation, (datetime.date.min, "")), (day, stage))
    for i, number, name, status in organisations.each("number", "name", "status"):
        since, stage = steps.get(number, (None, ""))
        # On its way it is known by its number, until its name can be read.
        if status not in ("未登记", "已备案") or not (name or stage):
            continue
        kind, conditions = registration_conditions(registry, i)
        guidance = Guidance(i, kind, conditions, stage, since)
        if stage not in GRANTED and (stage or len(guidance.missing) <= most):
            yield guidance
