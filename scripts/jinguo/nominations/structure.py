"""Who is on a list: by sex, nation, politics, education and age."""

from __future__ import annotations

from collections import Counter

from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import BatchResult
from jinguo.registry.tables import Registry
from jinguo.schema.wording import words

_AGES = ((35, "35岁以下"), (45, "36—45岁"), (55, "46—55岁"), (200, "56岁以上"))


def distribution(registry: Registry, result: BatchResult) -> list[tuple[str, list[tuple[str, int]]]]:
    """The list by sex, nation, politics, education and age on the closing date: (dimension, value and number of
    people)."""
    people = registry["people"]
    rows = [people.index_of[c.person] for c in result.selected]
    found = [
        (people.spec.by_name[f].header, Counter(words(people[f][i]) or "未填" for i in rows))
        for f in ("sex", "nation", "politics", "education")
    ]
    attributes = Attributes(registry, result.batch.closing, result.batch.day)
    ages = [attributes.of(c.person, "年龄").value for c in result.selected]
    order = [name for _, name in _AGES] + ["未填"]
    grouped = Counter("未填" if age is None else next(name for most, name in _AGES if age <= most) for age in ages)
    return [(name, counts.most_common()) for name, counts in found] + [
        ("年龄", sorted(grouped.items(), key=lambda item: order.index(item[0])))
    ]
