"""Whether a candidate meets the requirements: the batch's own, and those that hold for every batch."""

from __future__ import annotations

from decimal import Decimal

from jinguo.nominations.attributes import Attribute, Attributes
from jinguo.nominations.batch import Batch, Verdict, batch_rows, latest_opinions
from jinguo.nominations.conditions import FAILED, PASSED, UNKNOWN, BadCondition, compare
from jinguo.registry import Registry
from jinguo.schema.codes import Reference
from jinguo.word.values import words


def judge(registry: Registry, batch: Batch, attributes: Attributes, person: str) -> list[Verdict]:
    """A verdict for every requirement of the batch and every general one; preferred ones always pass, with or without bonus."""
    verdicts = [_least_age(registry, attributes, person), _no_conflict(registry, batch, attributes, person)]
    verdicts += _opinions(registry, batch, person)
    for row in batch_rows(registry, "requirements", batch):
        verdict = _requirement(registry, row, attributes, person)
        if verdict:
            verdicts.append(verdict)
    return verdicts


def _least_age(registry: Registry, attributes: Attributes, person: str) -> Verdict:
    least = int(registry.settings.parameter("代表最低年龄"))
    age = attributes.of(person, "年龄")
    if age.value is None:
        return Verdict(f"年满 {least} 周岁", UNKNOWN, f"年龄不详：{age.place} 没有出生年月")
    passed = age.value >= least
    return Verdict(f"年满 {least} 周岁", PASSED if passed else FAILED, f"截止日期时 {age.value} 周岁")


def _no_conflict(registry: Registry, batch: Batch, attributes: Attributes, person: str) -> Verdict:
    """An office that may not be held together with one she holds (参数 › 不得同时担任)."""
    barred = registry.settings.list_of("不得同时担任")
    held = [post for post in attributes.of(person, "社会职务").value if post in barred and post != batch.office]
    title = "没有不得兼任的社会职务"
    if batch.office in barred and held:
        return Verdict(title, FAILED, f"现任{'、'.join(held)}，不得同时担任{batch.office}")
    return Verdict(title, PASSED, "没有冲突的社会职务")


def _opinions(registry: Registry, batch: Batch, person: str) -> list[Verdict]:
    """One verdict for each department that was asked about her: its latest opinion, the later row of one day."""
    table = registry["opinions"]
    latest = registry.once(latest_opinions)
    verdicts = []
    for department in dict.fromkeys(table["department"][i] for i in batch_rows(registry, "opinions", batch) if table["person"][i] == person):
        if department is None:
            continue
        i = latest[batch.number, person, department]
        opinion = table["opinion"][i]
        waiting_is_fine = registry.settings.parameter("联审待复可入选") == "是"
        if opinion == "同意" or (opinion == "待复" and waiting_is_fine):
            outcome = PASSED
        else:
            outcome = FAILED if opinion == "不同意" else UNKNOWN
        verdicts.append(Verdict(f"联审：{department}", outcome, f"{department}的意见是“{opinion or '（未填）'}”"))
    return verdicts


def requirement_text(registry: Registry, row: int) -> str:
    """年龄不多于 55."""
    table = registry["requirements"]
    value = table["value"][row]
    return f"{table['field'][row]}{table['comparison'][row]}{value if value is not None else ''}"


def trouble_with(registry: Registry, row: int, attributes: Attributes, person: str) -> str:
    """Why a requirement cannot be applied, in words; empty where it can."""
    table = registry["requirements"]
    name, comparison = table["field"][row], table["comparison"][row]
    if None in (name, comparison, table["nature"][row]):
        return f"{table.place(row, 'field')} 的资格条件没有填全"
    if not attributes.knows(name):
        return f"{table.place(row, 'field')} 的条件“{name}”不认识"
    try:
        compare(attributes.of(person, name), comparison, table["value"][row] or "", registry.settings.vocabularies)
    except BadCondition as error:
        return f"{table.place(row, 'value')} 的“{requirement_text(registry, row)}”读不懂：{error}"
    return ""


def _requirement(registry: Registry, row: int, attributes: Attributes, person: str) -> Verdict | None:
    table = registry["requirements"]
    name, comparison, nature = table["field"][row], table["comparison"][row], table["nature"][row]
    if trouble_with(registry, row, attributes, person):
        return None
    attribute = attributes.of(person, name)
    outcome = compare(attribute, comparison, table["value"][row] or "", registry.settings.vocabularies)
    text = requirement_text(registry, row)
    if nature == "优先":
        met = outcome == PASSED
        return Verdict(f"优先：{text}", PASSED, _reason(name, attribute), table["bonus"][row] or Decimal(0) if met else Decimal(0))
    reason = f"{name}不详：请补 {attribute.place}" if outcome == UNKNOWN else f"要求{text}，{_reason(name, attribute)}"
    return Verdict(text, outcome, reason)


def _reason(name: str, attribute: Attribute) -> str:
    value = attribute.value[-1] if isinstance(attribute.type, Reference) and attribute.value else attribute.value
    return f"{name}为{words(value) or '空'}"
