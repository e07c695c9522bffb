"""Rules about organisations: registration, membership, terms, ratings, and how they hang together."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.registry import Hit, Registry
from jinguo.schema.dates import add_months, month_of
from jinguo.schema.numbers import plain

#: GB 32100: the first two characters of the code, for what the civil-affairs authorities register.
_CODE_CLASSES = {"51": "社会团体", "52": "民办非企业单位", "53": "基金会"}
_LAW = "《社会团体登记管理条例》"


@rule("ORG-001", ERROR, "信用代码前两位 51、52、53 分别是社会团体、民办非企业单位、基金会，要与组织类型一致", "请对照登记证书，改正代码或组织类型", "GB 32100—2015；登记管理部门赋码规则")
def code_agrees_with_type(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, code, kind, status, name in organisations.each("credit_code", "type", "status", "who"):
        expected = _CODE_CLASSES.get((code or "")[:2])
        # One that is not registered has no code at all, which is ORG-003's to say.
        if expected and kind and kind != expected and status not in ("未登记", "已备案"):
            yield organisations.hit(i, "type", f"{name}的信用代码以 {code[:2]} 开头，是{expected}，组织类型却填{kind}")


@rule("ORG-002", WARNING, "已登记的组织应有统一社会信用代码", "请对照登记证书补上", "GB 32100—2015")
def registered_has_code(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, code, name in organisations.each("status", "credit_code", "who"):
        if status == "已登记" and code is None and organisations.readable(i, "credit_code"):
            yield organisations.hit(i, "credit_code", f"{name}已登记，没有填统一社会信用代码")


@rule("ORG-003", ERROR, "未登记、已备案的组织没有统一社会信用代码", "请核对登记状态；确未登记就清空代码", "GB 32100—2015；备案不取得法人资格")
def unregistered_has_no_code(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, code, name in organisations.each("status", "credit_code", "who"):
        if status in ("未登记", "已备案") and code:
            yield organisations.hit(i, "credit_code", f"{name}的登记状态是{status}，却填了信用代码")


@rule("ORG-004", ERROR, "已登记的组织要有登记日期和登记机关", "请对照登记证书补上；确未登记就改登记状态", _LAW + "第十二条、第十六条")
def registered_has_date_and_authority(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for field, label in (("registered_on", "登记日期"), ("registered_with", "登记机关")):
        for i, status, value, name in organisations.each("status", field, "who"):
            if status == "已登记" and value is None and organisations.readable(i, field):
                yield organisations.hit(i, field, f"{name}已登记，没有填{label}")


@rule("ORG-005", WARNING, "社会团体要有 50 个以上个人会员，或 30 个以上单位会员，混合的共 50 个以上", "请核对会员数；确实不足的提醒该组织发展会员", _LAW + "第十条第一项")
def enough_members(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, kind, persons, units, name in organisations.each("status", "type", "individual_members", "unit_members", "who"):
        known = organisations.readable(i, "individual_members", "unit_members") and (persons is not None or units is not None)
        if status != "已登记" or kind != "社会团体" or not known:
            continue
        persons, units = persons or 0, units or 0
        if persons < 50 and units < 30 and persons + units < 50:
            yield organisations.hit(i, "individual_members", f"{name}有个人会员 {persons} 个、单位会员 {units} 个")


@rule("ORG-006", WARNING, "地方性社会团体要有 3 万元以上活动资金", "请核对活动资金（以万元计）", _LAW + "第十条第五项")
def enough_funds(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, kind, funds, name in organisations.each("status", "type", "funds", "who"):
        if status == "已登记" and kind == "社会团体" and funds is not None and funds < 3:
            yield organisations.hit(i, "funds", f"{name}的活动资金是 {plain(funds)} 万元")


@rule("ORG-007", ERROR, "由镇街备案的是社区社会组织", "请核对登记状态和组织类型", "《宁波市城乡社区社会组织备案管理办法》（2022）")
def filed_is_community(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, kind, name in organisations.each("status", "type", "who"):
        if status == "已备案" and kind not in (None, "社区社会组织"):
            yield organisations.hit(i, "type", f"{name}是已备案的，组织类型却填{kind}")


_ORDER = (("founded_on", "成立日期"), ("registered_on", "登记日期"), ("certificate_until", "证书有效期至"))


@rule("ORG-008", ERROR, "成立、登记、证书到期的日期要依次在后，成立和登记不能在将来", "请核对这几个日期", "常识")
def dates_in_order(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, name, *days in organisations.each("who", *(field for field, _ in _ORDER)):
        known = [(day, *named) for day, named in zip(days, _ORDER, strict=True) if day]
        for (first, _, early), (second, field, late) in pairwise(known):
            if second < first <= registry.today:
                yield organisations.hit(i, field, f"{name}的{late} {second} 早于{early} {first}")
    for field, label in _ORDER[:2]:
        for i, day, name in organisations.each(field, "who"):
            if day and day > registry.today:
                yield organisations.hit(i, field, f"{name}的{label} {day} 在将来")


def _expiry(registry: Registry, field: str, label: str) -> Iterator[Hit]:
    """Organisations still at work for which a date has passed, or comes within the months of the parameter."""
    organisations = registry["organisations"]
    soon = add_months(registry.today, int(registry.settings.parameter("到期提醒月数")))
    for i, status, registered, day, name in organisations.each("status", "registered_on", field, "who"):
        in_order = registered is None or day is None or registered <= day
        if day and in_order and status != "已注销" and day <= soon:
            state = "已经过了" if day < registry.today else "快到了"
            yield organisations.hit(i, field, f"{name}的{label} {day:%Y-%m-%d} {state}")


@rule("ORG-009", HINT, "理事会届满要按章程换届，换届前要审计", "请提醒该组织换届；已换届的更新本届到期", _LAW + "第二十七条；组织章程")
def term_over(registry: Registry) -> Iterator[Hit]:
    yield from _expiry(registry, "term_until", "本届到期日")


@rule("ORG-010", HINT, "评估等级有效期五年，过期视为没有等级", "请提醒该组织重新参评；已参评的更新等级和有效期", "《社会组织评估管理办法》（民政部令第 39 号）")
def rating_over(registry: Registry) -> Iterator[Hit]:
    yield from _expiry(registry, "rating_until", "等级有效期")


@rule("ORG-011", HINT, "登记证书过期要换发", "请提醒该组织换证；已换的更新证书有效期", "登记证书有效期一般与届期一致（各地章程示范文本）")
def certificate_over(registry: Registry) -> Iterator[Hit]:
    yield from _expiry(registry, "certificate_until", "证书有效期")


@rule("ORG-012", ERROR, "社会团体的法定代表人不得同时担任其他社会团体的法定代表人", "请核对两个组织的法定代表人", _LAW + "第十二条")
def one_legal_representative(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    first: dict[str, int] = {}
    for i, kind, status, person, name in organisations.each("type", "status", "legal_representative", "who"):
        if kind != "社会团体" or status != "已登记" or person is None:
            continue
        if person in first:
            other = organisations["name"][first[person]]
            who = registry.name_of("people", person)
            yield organisations.hit(i, "legal_representative", f"{who}已是{other}的法定代表人，又填作{name}的")
        first.setdefault(person, i)


@rule("ORG-013", WARNING, "组织的负责人要在 人员台账 › 任职 里有在任的一行", "请在任职表补一行，或核对负责人", "惯例")
def head_has_post(registry: Registry) -> Iterator[Hit]:
    organisations, posts = registry["organisations"], registry["posts"]
    if not posts.present:
        return
    now = month_of(registry.today)
    serving = {
        (person, organisation)
        for i, person, organisation, end in posts.each("person", "organisation", "to_month")
        if end is None or end >= now or not posts.readable(i, "to_month")
    }
    unclear = {o for _, o, p in posts.each("organisation", "person") if p is None}
    hidden = {p for _, o, p in posts.each("organisation", "person") if o is None}
    for i, number, status, head, name in organisations.each("number", "status", "head", "who"):
        if head and status != "已注销" and (head, number) not in serving and number not in unclear and head not in hidden:
            yield organisations.hit(i, "head", f"{name}的负责人{registry.name_of('people', head)}在任职表里没有在任的职务")


@rule("ORG-014", ERROR, "枢纽组织的带动关系不能绕成圈，也不能是自己", "请核对枢纽组织一栏", "惯例")
def hubs_without_cycle(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    hubs = dict(zip(organisations["number"], organisations["hub"], strict=True))
    for i, number, name in organisations.each("number", "who"):
        seen, current = [number], hubs.get(number)
        while current is not None and current not in seen:
            seen.append(current)
            current = hubs.get(current)
        if number is not None and current == number:
            chain = " → ".join([*seen, number])
            yield organisations.hit(i, "hub", f"{name}的枢纽组织绕回了自己：{chain}")


@rule("ORG-015", ERROR, "枢纽组织应是核心层或紧密层，大众层不带动别的组织", "请核对枢纽组织，或调整它的层级", "本单位分层培育办法（核心层、紧密层、大众层）")
def hub_is_not_general(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, hub, name in organisations.each("hub", "who"):
        if hub and organisations.value(hub, "tier") == "大众层":
            yield organisations.hit(i, "hub", f"{name}的枢纽组织{registry.name_of('organisations', hub)}是大众层")


@rule("ORG-016", ERROR, "市妇联的团体会员要在民政部门登记", "请核对团体会员和登记状态", "《中华全国妇女联合会团体会员工作条例》（二手来源，以本单位口径为准）")
def city_member_is_registered(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, member, status, name in organisations.each("group_member", "status", "who"):
        if member == "市" and status not in (None, "已登记"):
            yield organisations.hit(i, "group_member", f"{name}填作市妇联团体会员，登记状态是{status}")


def _core_name(name: str, prefixes: list[str]) -> str:
    """The name without the place in front and without brackets, for comparing."""
    core = re.sub(r"（.*?）|[（）()\s]", "", name)
    for prefix in prefixes:
        if core.startswith(prefix) and len(core) > len(prefix) + 2:
            core = core[len(prefix) :]
    return core


@rule("ORG-017", HINT, "一个组织只登记一行", "请确认是不是同一个组织；是就并成一行", "《社会组织名称管理办法》（民政部令第 69 号）")
def no_twin_organisations(registry: Registry) -> Iterator[Hit]:
    from rapidfuzz import fuzz, process

    organisations = registry["organisations"]
    names = organisations["name"]
    place = registry.settings.item("行政区划")
    prefixes = [p for p in ("浙江省", "宁波市", place, place.rstrip("市县区")) if p]
    rows = [(i, _core_name(n, prefixes)) for i, n in organisations.each("name") if n]
    limit = int(registry.settings.parameter("名称相似度"))
    # Only names that begin alike may mean one organisation (_may_be_one), so each is compared with those alone.
    alike: dict[str, list[tuple[int, str]]] = {}
    for i, core in rows:
        before = alike.setdefault(core[:2], [])
        near = process.extract(core, [c for _, c in before], scorer=fuzz.ratio, score_cutoff=limit, limit=3)
        for found, _, where in near:
            other = before[where][0]
            # The very same name is CELL-002's to say.
            if names[other] != names[i] and _may_be_one(core, found):
                what = f"“{names[i]}”与第 {organisations.rows[other]} 行“{names[other]}”很像"
                yield organisations.hit(i, "name", what)
                break
        before.append((i, core))


def _may_be_one(one: str, other: str) -> bool:
    """Whether two near names may mean one organisation: not where a place in front or a numeral tells them apart."""
    numerals = [re.findall("[一二三四五六七八九十0-9]+", name) for name in (one, other)]
    return one[:2] == other[:2] and numerals[0] == numerals[1]


@rule("ORG-018", ERROR, "变动表里最后一次的层级、登记状态、名称，要与社会组织表里的一致", "请核对变动表和社会组织表", "惯例")
def changes_agree(registry: Registry) -> Iterator[Hit]:
    changes, organisations = registry["changes"], registry["organisations"]
    fields = {"层级": "tier", "登记状态": "status", "名称": "name"}
    last: dict[tuple[str, str], tuple[datetime.date, int]] = {}
    for i, organisation, date, item in changes.each("organisation", "date", "item"):
        if organisation and date and item in fields and date <= registry.today and date >= last.get((organisation, item), (date, 0))[0]:
            last[organisation, item] = (date, i)
    for (organisation, item), (_, i) in last.items():
        parse = organisations.spec.by_name[fields[item]].type.parser(registry.settings.vocabularies)
        new, now = parse(changes["new"][i] or "").value, organisations.value(organisation, fields[item])
        if new and now and new != now:
            yield changes.hit(i, "new", f"{registry.name_of('organisations', organisation)}的{item}最后变为“{new}”，社会组织表里是“{now}”")
