"""Rules about rows that are probably one organisation or one person registered twice."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import HINT, WARNING, rule
from jinguo.organisations.duplicates import Resemblance, numbers_of, organisation_links, people_links
from jinguo.registry.tables import Hit, Registry, Table

_DECIDE = "请看校验报告里的对照；是同一个就并成一行，不是就把编号写进“已确认不重复”"


def _hits(table: Table, links: list[Resemblance], code: str) -> Iterator[Hit]:
    """One hit for each row that may be an earlier one by this rule."""
    told = set()
    for link in links:
        if link.code == code and link.second not in told:
            told.add(link.second)
            yield table.hit(link.second, link.field, link.reason)


@rule(
    "ORG-017", HINT, "一个组织只登记一行",
    why="一个组织登记两次，总数和人次都会多算",
    remedy=_DECIDE,
    source="《社会组织名称管理办法》（民政部令第 69 号）：只能登记一个名称；参数“名称相似度”",
)  # fmt: skip
def no_twin_organisations(registry: Registry) -> Iterator[Hit]:
    yield from _hits(registry["organisations"], registry.once(organisation_links), "ORG-017")


@rule(
    "DUP-001", HINT, "两个组织一般不用同一个联系电话",
    why="可能是一个组织登记了两次，或者电话抄错了行",
    remedy=_DECIDE,
    source="惯例",
)  # fmt: skip
def organisations_with_one_phone(registry: Registry) -> Iterator[Hit]:
    yield from _hits(registry["organisations"], registry.once(organisation_links), "DUP-001")


@rule(
    "DUP-002", HINT, "一个人当几个组织的负责人，要确认不是同一个组织",
    why="可能是一个组织登记了两次，或者负责人填错了行",
    remedy=_DECIDE,
    source="惯例",
)  # fmt: skip
def organisations_with_one_head(registry: Registry) -> Iterator[Hit]:
    yield from _hits(registry["organisations"], registry.once(organisation_links), "DUP-002")


@rule(
    "PEO-006", HINT, "同名的人要靠编号分开",
    why="同名不分，签到和成绩容易记错人",
    remedy=_DECIDE,
    source="惯例",
)  # fmt: skip
def homonyms(registry: Registry) -> Iterator[Hit]:
    yield from _hits(registry["people"], registry.once(people_links), "PEO-006")


@rule(
    "DUP-003", HINT, "两个人一般不用同一个手机",
    why="可能是一个人登记了两次（更名、错字），或者手机抄错了行",
    remedy=_DECIDE,
    source="惯例",
)  # fmt: skip
def people_with_one_phone(registry: Registry) -> Iterator[Hit]:
    yield from _hits(registry["people"], registry.once(people_links), "DUP-003")


@rule(
    "DUP-004", WARNING, "已确认不重复的，一行至少写两个编号，都是组织编号或都是人员编号",
    why="编号写错，同样的提示还会再出现",
    remedy="请核对编号，用、隔开",
    source="填表的要求",
)  # fmt: skip
def decisions_name_rows(registry: Registry) -> Iterator[Hit]:
    table = registry["distinct"]
    known = [registry["organisations"].index_of, registry["people"].index_of]
    for i, text in table.each("numbers"):
        numbers = numbers_of(text or "")
        if not text:
            continue
        missing = not (registry["organisations"].present and registry["people"].present)
        if missing and not all(any(n in keys for keys in known) for n in numbers):
            # They may stand in the workbook that is not here.
            continue
        if len(numbers) < 2:
            yield table.hit(i, "numbers", f"“{text}”只有一个编号")
        elif not any(all(n in keys for n in numbers) for keys in known):
            unknown = [n for n in numbers if not any(n in keys for keys in known)]
            said = f"{'、'.join(unknown)} 不在台账里" if unknown else f"“{text}”里既有组织又有人员"
            yield table.hit(i, "numbers", said)
