"""Whether a candidate meets the requirements: the batch's own, and those that hold for every batch."""

from __future__ import annotations

from decimal import Decimal

from jinguo.nominations.attributes import Attribute, Attributes
from jinguo.nominations.batch import Batch, Verdict, batch_rows
from jinguo.nominations.conditions import FAILED, PASSED, UNKNOWN, BadCondition, compare
from jinguo.nominations.opinions import AGREED, CONTRADICTORY, NONE, REFUSED, WAITING, departments_asked, opinion_of
from jinguo.registry.tables import Registry
from jinguo.registry.uncounted import doubled_keys
from jinguo.schema.codes import Reference
from jinguo.schema.dates import month_of, within
from jinguo.schema.wording import words

#: Columns whose content stands in no reason.
PRIVATE = ("身份证", "手机", "备注", "邮箱", "电话")


def judge(registry: Registry, batch: Batch, attributes: Attributes, person: str) -> list[Verdict]:
    """A verdict for every requirement of the batch and every general one; preferred ones always pass, with or
    without bonus."""
    verdicts = [_one_row(registry, person)] if person in registry.once(_doubled_people) else []
    verdicts += [v for v in (_state(registry, batch, person),) if v]
    verdicts += [_least_age(registry, attributes, person), _no_conflict(registry, batch, attributes, person)]
    verdicts += [v for v in (_one_area(registry, batch, person), terms_served(registry, batch, person)) if v]
    verdicts += _opinions(registry, batch, person)
    for row in batch_rows(registry, "requirements", batch):
        verdict = requirement_verdict(registry, row, attributes, person)
        if verdict:
            verdicts.append(verdict)
    return verdicts


def _doubled_people(registry: Registry) -> set[str]:
    return set(doubled_keys(registry, "people"))


def _one_row(registry: Registry, person: str) -> Verdict:
    """Of two people with one number nobody knows which is meant."""
    return Verdict("人员编号不重复", UNKNOWN, f"人员编号 {person} 在 {registry['people'].where} 里有几行，分不清是谁")


def _least_age(registry: Registry, attributes: Attributes, person: str) -> Verdict:
    least = int(registry.settings.parameter("代表最低年龄"))
    age = attributes.of(person, "年龄")
    if age.value is None:
        return Verdict(f"年满 {least} 周岁", UNKNOWN, f"年龄不详：{age.place} 没有出生年月")
    oldest = attributes.oldest(person)
    if age.value < least <= (oldest or 0):
        return Verdict(
            f"年满 {least} 周岁",
            UNKNOWN,
            f"只知道出生年月，到 {attributes.day} 满不满 {least} 周岁要看出生的日：{age.place}",
        )
    passed = age.value >= least
    return Verdict(
        f"年满 {least} 周岁",
        PASSED if passed else FAILED,
        f"{'选举日' if attributes.day != attributes.closing else '截止日期'}时 {age.value} 周岁",
    )


def _no_conflict(registry: Registry, batch: Batch, attributes: Attributes, person: str) -> Verdict:
    """An office that may not be held together with one she holds (参数 › 不得同时担任)."""
    barred = registry.settings.list_of("不得同时担任")
    held = [post for post in attributes.of(person, "社会职务").value or () if post in barred and post != batch.office]
    title = "没有不得兼任的社会职务"
    if batch.office in barred and held:
        return Verdict(title, FAILED, f"现任{'、'.join(held)}，不得同时担任{batch.office}")
    return Verdict(title, PASSED, "没有冲突的社会职务")


def _state(registry: Registry, batch: Batch, person: str) -> Verdict | None:
    """Nobody who has left, or died, by the day that counts; None for the others."""
    people = registry["people"]
    state, since = people.value(person, "state"), people.value(person, "state_since")
    if state in (None, "正常") or (since and since > batch.day):
        return None
    return Verdict("人员状态正常", FAILED, f"状态是“{state}”（{people.place(people.index_of[person], 'state')}）")


def held_rows(registry: Registry, batch: Batch, person: str) -> list[int]:
    """The rows of 社会职务 in which she held the office of the batch at its level, up to the closing date."""
    table, month = registry["public_posts"], month_of(batch.closing)
    rows = table.each("person", "post", "level", "from_month")
    return [
        i
        for i, p, post, level, start in rows
        if p == person and post == batch.office and level == batch.level and (start is None or start <= month)
    ]


def _one_area(registry: Registry, batch: Batch, person: str) -> Verdict | None:
    """No deputy of two areas neither of which belongs to the other (《选举法》第四十八条); None where the rule is not for this
    office."""
    if batch.office not in registry.settings.list_of("不得两地担任"):
        return None
    table, month = registry["public_posts"], month_of(batch.day)
    title = f"没有同时担任其他地区的{batch.office}"
    for _, p, post, area, start, end in table.each("person", "post", "area", "from_month", "to_month"):
        if p == person and post == batch.office and within(month, start, end) and area and not is_ours(registry, area):
            return Verdict(
                title, FAILED, f"现任{area}{batch.office}，不得同时担任两个没有隶属关系的地区的{batch.office}"
            )
    return Verdict(title, PASSED, "没有在没有隶属关系的地区任职")


def is_ours(registry: Registry, area: str) -> bool:
    """Whether an area is the office's own, above it (参数 › 上级行政区) or one of its townships, perhaps said with the names
    above it: 余姚市泗门镇."""
    place = registry.settings.place
    above = registry.settings.list_of("上级行政区")
    known = [*above, "全国", place, place.rstrip("市县区"), *(name for name in registry["townships"]["name"] if name)]
    rest = area
    for name in filter(None, known):
        rest = rest.replace(name, "").replace(name.rstrip("省市县区"), "")
    return area == "本市" or not rest.strip("省市县区镇乡街道 ")


def terms_served(registry: Registry, batch: Batch, person: str) -> Verdict | None:
    """No more terms in a row than 参数 › 最多届数, this one counted; None where the office has no such limit."""
    most = registry.settings.pairs_of("最多届数").get(batch.office, "").removesuffix("届")
    if not most.isdigit():
        return None
    table = registry["public_posts"]
    rows = [i for i in held_rows(registry, batch, person) if not table["area"][i]]
    terms = {table["term"][i] or str(table["from_month"][i]) for i in rows} - {batch.term}
    title = f"{batch.office}不超过 {most} 届"
    passed = len(terms) + 1 <= int(most)
    return Verdict(title, PASSED if passed else FAILED, f"已任 {len(terms)} 届{batch.office}")


def _opinions(registry: Registry, batch: Batch, person: str) -> list[Verdict]:
    """One verdict for each department that is asked: its latest opinion. One that has said nothing has not agreed."""
    waiting_is_fine = registry.settings.parameter("联审待复可入选") == "是"
    verdicts = []
    for department in departments_asked(registry, batch):
        opinion = opinion_of(registry, batch, person, department)
        if opinion == AGREED or (opinion == WAITING and waiting_is_fine):
            outcome = PASSED
        else:
            outcome = FAILED if opinion == REFUSED else UNKNOWN
        reason = {
            NONE: f"还没有{department}的意见",
            CONTRADICTORY: f"{department}的意见有同意也有不同意，分不清先后",
        }.get(opinion, f"{department}的意见是“{opinion}”")
        verdicts.append(Verdict(f"联审：{department}", outcome, reason))
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


def requirement_verdict(registry: Registry, row: int, attributes: Attributes, person: str) -> Verdict | None:
    table = registry["requirements"]
    name, comparison, nature = table["field"][row], table["comparison"][row], table["nature"][row]
    if trouble_with(registry, row, attributes, person):
        return None
    attribute = attributes.of(person, name)
    outcome = compare(attribute, comparison, table["value"][row] or "", registry.settings.vocabularies)
    if name == "年龄" and outcome != UNKNOWN and nature != "优先":
        oldest = attribute._replace(value=attributes.oldest(person))
        if compare(oldest, comparison, table["value"][row] or "", registry.settings.vocabularies) != outcome:
            why = f"只知道出生年月，到 {attributes.day} 的年龄要看出生的日：{attribute.place}"
            return Verdict(requirement_text(registry, row), UNKNOWN, why)
    # What is private of a person is compared, never said; nor is what was asked of it.
    private = bool(table["value"][row]) and any(word in name for word in PRIVATE)
    text = requirement_text(registry, row)
    if nature == "优先":
        bonus = (table["bonus"][row] or Decimal(0)) if outcome == PASSED else Decimal(0)
        return Verdict(f"优先：{name if private else text}", PASSED, "" if private else _reason(name, attribute), bonus)
    if outcome == UNKNOWN:
        reason = f"{name}不详：请补 {attribute.place}"
    else:
        asked = _ASKED.get(comparison, comparison) + str(table["value"][row] or "")
        reason = f"{name}{outcome}要求" if private else f"{_reason(name, attribute)}，要求{asked}"
    return Verdict(f"{name}的要求" if private else text, outcome, reason)


#: How a comparison is said to people.
_ASKED = {"等于": "为", "不等于": "不是"}


def _reason(name: str, attribute: Attribute) -> str:
    value = attribute.value[-1] if isinstance(attribute.type, Reference) and attribute.value else attribute.value
    return f"{name}为{words(value) or '空'}"
