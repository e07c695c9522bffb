"""Rules about organisations: what registration and filing require of them."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.common.rounding import plain
from jinguo.organisations.registration import LEAST_FUNDS, members_suffice
from jinguo.registry.tables import Hit, Registry
from jinguo.schema.codes import CODE_CLASSES

#: GB 32100: what codes beginning otherwise than those of social organisations are of.
_OTHER_CODES = {
    "11": "机关", "12": "事业单位", "13": "群众团体（机构编制部门管理）", "19": "机构编制部门管理的其他单位", "31": "律师执业机构",
    "32": "公证处", "33": "基层法律服务所", "34": "司法鉴定机构", "35": "仲裁委员会", "54": "村民委员会", "55": "居民委员会", "59": "民政部门登记的其他单位",
    "71": "宗教活动场所", "72": "宗教院校", "81": "基层工会", "91": "企业", "92": "个体工商户", "93": "农民专业合作社",
    "N1": "组级集体经济组织", "N2": "村级集体经济组织", "N3": "乡镇级集体经济组织",
}  # fmt: skip


def code_class(code: str | None) -> str:
    """What the first two characters of a credit code say its holder is; empty where they say nothing."""
    return CODE_CLASSES.get((code or "")[:2]) or _OTHER_CODES.get((code or "")[:2]) or ""


_LAW = "《社会团体登记管理条例》"


def not_incorporated(registry: Registry) -> set[str]:
    """The statuses without legal personality: no code, no certificate, no legal representative, no inspection.

    That filing gives none is not found in a law (domain.md §2.2), so it is a parameter.
    """
    return {"未登记", "已备案"} - set(registry.settings.list_of("有法人资格的登记状态"))


@rule(
    "ORG-001", ERROR, "信用代码前两位说明是什么单位（51 社会团体、52 民办非企业单位、53 基金会等），要与组织类型一致",
    why="代码由登记机关按类型编制，两者不符必有一处抄错",
    remedy="请对照登记证书，改正代码或组织类型",
    source="GB 32100—2015；登记管理部门赋码规则",
)  # fmt: skip
def code_agrees_with_type(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    bare = not_incorporated(registry)
    for i, code, kind, status, name in organisations.each("credit_code", "type", "status", "who"):
        expected = code_class(code)
        is_social = expected in CODE_CLASSES.values()
        # One that is not registered has no code of a social organisation at all, which is ORG-003's to say; and other bodies
        # are of other types.
        if (
            expected
            and kind
            and kind != expected
            and (status not in bare if is_social else kind in CODE_CLASSES.values())
        ):
            yield organisations.hit(i, "type", f"{name}的信用代码以 {code[:2]} 开头，是{expected}，组织类型却填{kind}")


@rule(
    "ORG-002", WARNING, "已登记的组织应有统一社会信用代码",
    why="签合同、查年检、写材料都要用代码",
    remedy="请对照登记证书补上",
    source="GB 32100—2015",
)  # fmt: skip
def registered_has_code(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    if "credit_code" not in organisations.letters:
        return
    for i, status, code, name in organisations.each("status", "credit_code", "who"):
        if status == "已登记" and code is None and organisations.readable(i, "credit_code"):
            yield organisations.hit(i, "credit_code", f"{name}已登记，没有填统一社会信用代码")


@rule(
    "ORG-003", ERROR, "未登记、已备案的组织没有 51、52、53 开头的信用代码",
    why="没有法人资格就没有代码，多半是登记状态没有更新",
    remedy="请核对登记状态；确未登记就清空代码",
    source="GB 32100—2015；参数“有法人资格的登记状态”",
)  # fmt: skip
def unregistered_has_no_code(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    bare = not_incorporated(registry)
    for i, status, code, name in organisations.each("status", "credit_code", "who"):
        # A branch of a law firm, a company or a co-operative has a code without being a social organisation.
        if status in bare and code and code[:2] in CODE_CLASSES:
            yield organisations.hit(i, "credit_code", f"{name}的登记状态是{status}，却填了信用代码")


@rule(
    "ORG-004", ERROR, "已登记的组织要有登记日期和登记机关",
    why="年检、评估、届期都从登记日期算起",
    remedy="请对照登记证书补上；确未登记就改登记状态",
    source=_LAW + "第十二条、第十六条",
)  # fmt: skip
def registered_has_date_and_authority(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for field, label in (("registered_on", "登记日期"), ("registered_with", "登记机关")):
        if field not in organisations.letters:
            continue
        for i, status, value, name in organisations.each("status", field, "who"):
            if status == "已登记" and value is None and organisations.readable(i, field):
                yield organisations.hit(i, field, f"{name}已登记，没有填{label}")


@rule(
    "ORG-005", WARNING, "社会团体要有 50 个以上个人会员，或 30 个以上单位会员，混合的共 50 个以上",
    why="不足法定数的，年检时会被要求整改",
    remedy="请核对会员数；确实不足的提醒该组织发展会员",
    source=_LAW + "第十条第一项",
)  # fmt: skip
def enough_members(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, kind, persons, units, name in organisations.each(
        "status", "type", "individual_members", "unit_members", "who"
    ):
        known = organisations.readable(i, "individual_members", "unit_members") and (
            persons is not None or units is not None
        )
        if status != "已登记" or kind != "社会团体" or not known:
            continue
        persons, units = persons or 0, units or 0
        if not members_suffice(persons, units):
            yield organisations.hit(i, "individual_members", f"{name}有个人会员 {persons} 个、单位会员 {units} 个")


@rule(
    "ORG-006", WARNING, "地方性社会团体要有 3 万元以上活动资金",
    why="不足法定数的会被要求整改；也常是把元当成了万元",
    remedy="请核对活动资金（以万元计）",
    source=_LAW + "第十条第五项",
)  # fmt: skip
def enough_funds(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, kind, funds, name in organisations.each("status", "type", "funds", "who"):
        if status == "已登记" and kind == "社会团体" and funds is not None and funds < LEAST_FUNDS:
            yield organisations.hit(i, "funds", f"{name}的活动资金是 {plain(funds)} 万元")


@rule(
    "ORG-007", ERROR, "由镇街备案的是社区社会组织",
    why="备案只面向社区社会组织，类型填别的，统计就归错类",
    remedy="请核对登记状态和组织类型",
    source="《宁波市城乡社区社会组织备案管理办法》（2022）",
)  # fmt: skip
def filed_is_community(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    for i, status, kind, name in organisations.each("status", "type", "who"):
        if status == "已备案" and kind not in (None, "社区社会组织"):
            yield organisations.hit(i, "type", f"{name}是已备案的，组织类型却填{kind}")


@rule(
    "ORG-019", WARNING, "信用代码第 3～8 位是登记机关的区划代码，要与登记机关一致",
    why="代码由登记机关编制，两者不符必有一处填错",
    remedy="请对照登记证书；登记机关换了代码的，改参数“登记机关区划代码”",
    source="GB 32100—2015；参数“登记机关区划代码”",
)  # fmt: skip
def code_agrees_with_authority(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    bare = not_incorporated(registry)
    regions = registry.settings.pairs_of("登记机关区划代码")
    for i, code, authority, status, name in organisations.each("credit_code", "registered_with", "status", "who"):
        expected = regions.get(authority)
        if code and expected and code[2:8] != expected and status not in bare:
            what = f"{name}的信用代码第 3～8 位是 {code[2:8]}，{authority}的区划代码是 {expected}"
            yield organisations.hit(i, "registered_with", what)


@rule(
    "ORG-020", WARNING, "未登记、已备案的组织没有登记日期和登记证书",
    why="多半是已经登记，登记状态没有更新",
    remedy="请核对登记状态；备案的日期写在变动表里",
    source="社区社会组织备案管理办法；参数“有法人资格的登记状态”",
)  # fmt: skip
def unregistered_has_no_certificate(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    bare = not_incorporated(registry)
    for field, label in (("registered_on", "登记日期"), ("certificate_until", "证书有效期至")):
        for i, status, day, name in organisations.each("status", field, "who"):
            if status in bare and day:
                yield organisations.hit(i, field, f"{name}的登记状态是{status}，却填了{label}")


@rule(
    "ORG-021", WARNING, "法定代表人是法人才有的，未登记、已备案的组织填负责人",
    why="没有法人资格的组织没有法定代表人，签字、盖章会出错",
    remedy="请核对登记状态；没有登记的只填负责人",
    source=_LAW + "第十二条；参数“有法人资格的登记状态”",
)  # fmt: skip
def unregistered_has_no_legal_representative(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    bare = not_incorporated(registry)
    for i, status, person, name in organisations.each("status", "legal_representative", "who"):
        if status in bare and person:
            yield organisations.hit(i, "legal_representative", f"{name}的登记状态是{status}，却填了法定代表人")


@rule(
    "ORG-022", WARNING, "已登记的组织要有法定代表人",
    why="法定代表人是登记事项，签合同、推荐团体会员代表都要用",
    remedy="请对照登记证书补上",
    source=_LAW + "第十二条",
)  # fmt: skip
def registered_has_legal_representative(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    if "legal_representative" not in organisations.letters:
        return
    for i, status, person, name in organisations.each("status", "legal_representative", "who"):
        if status == "已登记" and person is None and organisations.readable(i, "legal_representative"):
            yield organisations.hit(i, "legal_representative", f"{name}已登记，没有填法定代表人")


@rule(
    "ORG-041", HINT, "名称里的镇街与所属镇街一致",
    why="镇街填错了，统计和通知就归到别的镇街",
    remedy="请核对所属镇街；组织搬了地方、名称没有改的不必理会",
    source="惯例",
)  # fmt: skip
def township_as_named(registry: Registry) -> Iterator[Hit]:
    organisations = registry["organisations"]
    names = [name for name in [*registry["townships"]["name"], *organisations["township"]] if name]
    towns = sorted(dict.fromkeys(names), key=len, reverse=True)
    for i, name, township in organisations.each("name", "township"):
        named = next((town for town in towns if name and name.startswith(town)), township)
        if township and named and named != township:
            yield organisations.hit(i, "township", f"“{name}”的所属镇街填的是{township}")
