"""Rules about what a batch of nominations asks for: requirements, quotas and weights."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from jinguo.checks.rule import ERROR, HINT, WARNING, rule
from jinguo.common.nearest import nearest
from jinguo.common.rounding import plain
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import Batch, batch_rows, batches
from jinguo.nominations.conditions import BadCondition, compare, quota_matches
from jinguo.nominations.quotas import OF_EACH
from jinguo.registry.tables import Hit, Registry


@rule(
    "NOM-005", ERROR, "结构要求要有可能满足：最少不大于最多，也不大于名单人数",
    why="要求本身矛盾，怎么选都不成",
    remedy="请核对最少、最多和名额",
    source="惯例",
)  # fmt: skip
def quota_possible(registry: Registry) -> Iterator[Hit]:
    table = registry["quotas"]
    for batch in batches(registry):
        for i in batch_rows(registry, "quotas", batch):
            least, most = table["least"][i], table["most"][i]
            low = least.people(batch.size, at_least=True) if least else 0
            high = most.people(batch.size, at_least=False) if most else batch.size
            label = f"“{table['dimension'][i] or '（未填）'}：{table['value'][i] or '（未填）'}”"
            if low > batch.size:
                yield table.hit(i, "least", f"{label}最少 {low} 人，名单只有 {batch.size} 人")
            elif low > high:
                yield table.hit(i, "least", f"{label}最少 {low} 人，最多却是 {high} 人")


@rule(
    "NOM-006", WARNING, "满足结构要求的人选要够最少人数",
    why="人选里没有够数的人，名单不可能满足这一条",
    remedy="请补充人选，或调整结构要求",
    source="惯例",
)  # fmt: skip
def quota_has_people(registry: Registry) -> Iterator[Hit]:
    table = registry["quotas"]
    for batch in batches(registry):
        for i, (low, fitting) in registry.once(_fittings)[batch.index].items():
            if len(fitting) < low <= batch.size:
                label = f"“{table['dimension'][i]}：{table['value'][i]}”"
                yield table.hit(i, "least", f"{label}最少 {low} 人，人选里只有 {len(fitting)} 人")


def _fittings(registry: Registry) -> dict[int, dict[int, tuple[int, set[str]]]]:
    return {batch.index: _fitting(registry, batch) for batch in batches(registry)}


def _fitting(registry: Registry, batch: Batch) -> dict[int, tuple[int, set[str]]]:
    """For each quota with a least number that can be read: that number, and the candidates who count for it."""
    table, candidates = registry["quotas"], registry["candidates"]
    attributes = Attributes(registry, batch.closing, batch.day)
    people = {candidates["person"][i] for i in batch_rows(registry, "candidates", batch)} - {None}

    @functools.cache
    def fitting_for(dimension: str, wanted: str) -> set[str] | None:
        try:
            words = registry.settings.vocabularies
            return {p for p in people if quota_matches(attributes.of(p, dimension), wanted, words)}
        except BadCondition:
            return None

    found = {}
    for i in batch_rows(registry, "quotas", batch):
        dimension, wanted, least = table["dimension"][i], table["value"][i], table["least"][i]
        if least and dimension and wanted and attributes.knows(dimension):
            fitting = fitting_for(dimension, wanted)
            if fitting is not None:
                found[i] = (least.people(batch.size, at_least=True), fitting)
    return found


@rule(
    "NOM-008", ERROR, "条件、维度要写人员或组织的栏目名，或：年龄、学时、出勤率、证书、项目数、服务人次、社会职务、职务",
    why="认不出的条件不会参加审查",
    remedy="请改成栏目名",
    source="惯例",
)  # fmt: skip
def condition_is_known(registry: Registry) -> Iterator[Hit]:
    attributes = Attributes(registry, registry.today)
    for name, field in (("requirements", "field"), ("quotas", "dimension")):
        table = registry[name]
        for i, condition in table.each(field):
            if condition and not attributes.knows(condition) and not (name == "quotas" and condition in OF_EACH):
                guess = nearest(condition, attributes.names())
                yield table.hit(
                    i, field, f"“{condition}”不是人员或组织的栏目", f"是不是“{guess}”？请改正" if guess else ""
                )


@rule(
    "NOM-009", ERROR, "值要与条件的种类相配：比多少用数字，比早晚用日期，选项用可选范围里的",
    why="值读不懂，这一条就审查不了",
    remedy="请改正值或比较",
    source="惯例",
)  # fmt: skip
def condition_value_fits(registry: Registry) -> Iterator[Hit]:
    attributes = Attributes(registry, registry.today)
    vocabularies = registry.settings.vocabularies
    anyone = next((p for p in registry["people"]["number"] if p), "")
    requirements, quotas = registry["requirements"], registry["quotas"]
    for i, name, comparison, value in requirements.each("field", "comparison", "value"):
        if name and comparison and attributes.knows(name):
            try:
                compare(attributes.of(anyone, name), comparison, value or "", vocabularies)
            except BadCondition as trouble:
                yield requirements.hit(i, "value", f"“{name}{comparison}”的值有问题：{trouble}")
    for i, name, value in quotas.each("dimension", "value"):
        if name and value and attributes.knows(name):
            try:
                quota_matches(attributes.of(anyone, name), value, vocabularies)
            except BadCondition as trouble:
                yield quotas.hit(i, "value", f"“{name}”的取值有问题：{trouble}")


@rule(
    "NOM-020", HINT, "评分指标的权重合计一般是一百分",
    why="合计不是一百，得分不好向人解释",
    remedy="请核对各项权重",
    source="惯例",
)  # fmt: skip
def weights_make_a_hundred(registry: Registry) -> Iterator[Hit]:
    weights = registry["weights"]
    for batch in batches(registry):
        rows = batch_rows(registry, "weights", batch)
        if not rows or not all(weights.readable(i, "weight", "indicator") for i in rows) or weights.unclear("batch"):
            continue
        total = sum(weights["weight"][i] or 0 for i in rows)
        if total != 100:
            yield weights.hit(rows[0], "weight", f"{batch.name}的权重合计 {plain(total)} 分")


@rule(
    "NOM-021", ERROR, "一个批次里同样的条件、维度、指标只写一行",
    why="重复的指标会加两次分，矛盾的条件谁也不符合",
    remedy="请核对后保留一行",
    source="惯例",
)  # fmt: skip
def asked_once(registry: Registry) -> Iterator[Hit]:
    for name, fields in (
        ("requirements", ("batch", "field", "comparison", "value")), ("quotas", ("batch", "dimension", "value")), ("weights", ("batch", "indicator")),
    ):  # fmt: skip
        table = registry[name]
        seen: dict[tuple, int] = {}
        for i, *values in table.each(*fields):
            # 为空 and 不为空 have no value.
            first = seen.setdefault(tuple(values), i)
            if first != i and None not in values[:2] and table.readable(i, *fields):
                yield table.hit(i, fields[1], f"“{values[1]}”与{table.nth_row(first, i)}重复")


@rule(
    "NOM-022", ERROR, "几条互不相交的结构要求，最少人数加起来不能多于名单人数",
    why="要求本身矛盾，怎么选都不成",
    remedy="请减少其中一条的最少人数，或增加名额",
    source="惯例",
)  # fmt: skip
def quotas_possible_together(registry: Registry) -> Iterator[Hit]:
    table = registry["quotas"]
    for batch in batches(registry):
        alike: defaultdict[str, dict[int, tuple[int, set[str]]]] = defaultdict(dict)
        for i, (low, fitting) in registry.once(_fittings)[batch.index].items():
            # Too few candidates for one of them is NOM-006's to say, and tells nothing of the others.
            if low <= min(batch.size, len(fitting)):
                alike[table["dimension"][i]][i] = (low, fitting)
        for dimension, quotas in alike.items():
            total = sum(low for low, _ in quotas.values())
            apart = all(one.isdisjoint(other) for (_, one), (_, other) in combinations(quotas.values(), 2))
            if len(quotas) > 1 and apart and total > batch.size:
                what = f"“{dimension}”的各条最少人数合计 {total} 人，名单只有 {batch.size} 人"
                yield table.hit(max(quotas), "least", what)
