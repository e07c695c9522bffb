"""Rows that are probably one: organisations and people registered twice, for a person to decide.

What a person has decided stands in the sheet 已确认不重复 and is not asked again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from jinguo.registry.tables import Registry, Table
from jinguo.schema.cells import SEPARATORS
from jinguo.schema.codes import birth_day

_BRACKETS = re.compile(r"（(.*?)）")
_VILLAGE = re.compile(r"(.{2,}?[村社])(?:区)?")
_NUMERALS = re.compile("[一二三四五六七八九十0-9]+")


class Resemblance(NamedTuple):
    """Two rows of a table that may be one: the rule that says so, the column to look at in the later row, and why."""

    first: int
    second: int
    code: str
    field: str
    reason: str


class Group(NamedTuple):
    """Rows of a table that are linked, in the order of the sheet, and the links between them."""

    table: Table
    rows: list[int]
    links: list[Resemblance]


def duplicate_groups(registry: Registry) -> list[Group]:
    """Organisations, then people: every group of rows that may be one, those already decided left out."""
    return [
        group
        for table, links in (
            (registry["organisations"], registry.once(organisation_links)),
            (registry["people"], registry.once(people_links)),
        )
        for group in _groups(table, links)
    ]


def _groups(table: Table, links: list[Resemblance]) -> list[Group]:
    parent: dict[int, int] = {}

    def root(i: int) -> int:
        while parent.setdefault(i, i) != i:
            i = parent[i]
        return i

    for link in links:
        one, other = sorted((root(link.first), root(link.second)))
        parent[other] = one
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for i in sorted(parent):
        rows[root(i)].append(i)
    mine: defaultdict[int, list[Resemblance]] = defaultdict(list)
    for link in links:
        mine[root(link.first)].append(link)
    return [Group(table, members, mine[top]) for top, members in sorted(rows.items())]


def confirmed(registry: Registry) -> list[set[str]]:
    """The sets of numbers that somebody has confirmed to be different organisations, or different people."""
    return [set(numbers_of(text)) for text in registry["distinct"]["numbers"] if text]


def numbers_of(text: str) -> list[str]:
    """The numbers written in one cell of 已确认不重复."""
    return [part.strip().upper() for part in SEPARATORS.split(text) if part.strip()]


def _open(registry: Registry, table: Table, links: Iterator[Resemblance]) -> list[Resemblance]:
    """The links nobody has decided yet, in the order of the later row; of two rows the first reason of each rule is
    enough."""
    decided = confirmed(registry)
    keys = table[table.spec.key]
    found: dict[tuple[int, int, str], Resemblance] = {}
    for link in links:
        pair = {keys[link.first], keys[link.second]}
        # One number in two rows is CELL-002's to say.
        if len(pair) == 2 and not any(pair <= numbers for numbers in decided):
            found.setdefault((link.second, link.first, link.code), link)
    return [found[key] for key in sorted(found)]


#: Of rows with one value, each is compared with so many before it: enough for whatever a person can decide.
_MOST_ALIKE = 20


def _alike(table: Table, field: str, decided: list[set[str]]) -> Iterator[tuple[int, int]]:
    """(earlier row, later row) of the rows that hold the same value of a field: with the first that nobody has told
    apart."""
    before: defaultdict[str, list[int]] = defaultdict(list)
    keys = table[table.spec.key]
    count = Counter(table[field])
    for i, value in table.each(field):
        # Most values stand once, and need no list of rows.
        if value is None or count[value] == 1:
            continue
        for first in before[value]:
            if not any({keys[first], keys[i]} <= numbers for numbers in decided):
                yield first, i
                break
        if len(before[value]) < _MOST_ALIKE:
            before[value].append(i)


def organisation_links(registry: Registry) -> list[Resemblance]:
    """Names that are nearly the same (ORG-017), one telephone (DUP-001), one head (DUP-002)."""
    table = registry["organisations"]
    decided = confirmed(registry)

    def links() -> Iterator[Resemblance]:
        yield from _near_names(registry, table)
        yield from _other_names(registry, table)
        status = table["status"]
        for field, code, label in (("phone", "DUP-001", "联系电话"), ("head", "DUP-002", "负责人")):
            for first, i in _alike(table, field, decided):
                # One head with one telephone is said once.
                told = (
                    field == "phone" and table["head"][first] is not None and table["head"][first] == table["head"][i]
                )
                if "已注销" not in (status[first], status[i]) and not told:
                    value = registry.name_of("people", table[field][i]) if field == "head" else table[field][i]
                    yield Resemblance(first, i, code, field, f"{label}都是 {value}")

    return _open(registry, table, links())


def _prefixes(registry: Registry) -> list[str]:
    place = registry.settings.place
    return [p for p in ("浙江省", "宁波市", place, place.rstrip("市县区")) if p]


def core_name(name: str, prefixes: list[str]) -> str:
    """The name without the place in front and without brackets, for comparing."""
    core = re.sub(r"（[^（）]*）|[（）()\s]", "", name)
    for prefix in prefixes:
        if core.startswith(prefix) and len(core) > len(prefix) + 2:
            core = core[len(prefix) :]
    return core


#: From so many names on they are compared in blocks, of so many at once.
_MANY, _BLOCK = 300, 500


def _near(cores: list[str], limit: int) -> Iterator[list[tuple[float, int]]]:
    """For each name the (negative likeness, place) of the earlier ones that are like it, the likest first."""
    from rapidfuzz import fuzz, process

    if len(cores) < _MANY:
        for i, core in enumerate(cores):
            found = process.extract(core, cores[:i], scorer=fuzz.ratio, score_cutoff=limit, limit=None)
            yield sorted((-score, where) for _, score, where in found)
        return
    for start in range(0, len(cores), _BLOCK):
        block = cores[start : start + _BLOCK]
        scores = process.cdist(block, cores[: start + len(block)], scorer=fuzz.ratio, score_cutoff=limit)
        for place, row in enumerate(scores):
            earlier = row[: start + place]
            yield sorted((-float(earlier[j]), int(j)) for j in earlier.nonzero()[0])


def _near_names(registry: Registry, table: Table) -> Iterator[Resemblance]:
    prefixes = _prefixes(registry)
    limit = int(registry.settings.parameter("名称相似度"))
    # Names with another place in front or another numeral mean two organisations, so only those that share both are compared; and
    # the very same name, which is CELL-002's to say, is looked at once.
    alike: defaultdict[tuple[str, ...], dict[str, tuple[int, str]]] = defaultdict(dict)
    for i, name in table.each("name"):
        if name:
            core = core_name(name, prefixes)
            alike[core[:2], *_NUMERALS.findall(core)].setdefault(name, (i, core))
    for named in alike.values():
        names, rows, cores = list(named), [i for i, _ in named.values()], [core for _, core in named.values()]
        for place, near in enumerate(_near(cores, limit)):
            one = (cores[place], names[place])
            other = next((j for _, j in near if _may_be_one(one[0], cores[j], one[1], names[j])), None)
            if other is not None:
                what = f"“{names[place]}”与{table.nth_row(rows[other], rows[place])}“{names[other]}”很像"
                yield Resemblance(rows[other], rows[place], "ORG-017", "name", what)


def _may_be_one(core: str, other_core: str, name: str, other: str) -> bool:
    """Whether two near names may mean one organisation: not where a village or what is in the brackets tells them
    apart."""
    brackets = {tuple(_BRACKETS.findall(n)) for n in (name, other)} - {()}
    villages = {match[1] for match in map(_VILLAGE.match, (core, other_core)) if match}
    return len(villages) < 2 and len(brackets) < 2


def _other_names(registry: Registry, table: Table) -> Iterator[Resemblance]:
    """Organisations of which one's short or former name is another's name, or its short or former name."""
    prefixes = _prefixes(registry)
    known: dict[str, tuple[int, str]] = {}
    labels = {"name": "组织名称", "short_name": "简称", "former_name": "曾用名"}
    for i, *names in table.each(*labels):
        for (field, label), name in zip(labels.items(), names, strict=True):
            if not name:
                continue
            first, first_label = known.setdefault(core_name(name, prefixes), (i, label))
            # Two names proper are for _near_names and CELL-002.
            if first != i and (label, first_label) != ("组织名称", "组织名称"):
                other = table["name"][first] or table["number"][first]
                yield Resemblance(
                    first, i, "ORG-017", field, f"{label}“{name}”是{table.nth_row(first, i)}“{other}”的{first_label}"
                )


def people_links(registry: Registry) -> list[Resemblance]:
    """One name under two numbers (PEO-006), one telephone under two names (DUP-003), one identity number."""
    table = registry["people"]
    decided = confirmed(registry)

    def links() -> Iterator[Resemblance]:
        numbers, names = table["number"], table["name"]
        for first, i in _alike(table, "name", decided):
            if numbers[i] is not None and numbers[first] is not None and numbers[i] != numbers[first]:
                yield Resemblance(
                    first,
                    i,
                    "PEO-006",
                    "name",
                    f"{names[i]}与{table.nth_row(first, i)}同名，{_told_apart(table, first, i)}",
                )
        for first, i in _alike(table, "mobile", decided):
            if names[first] and names[i] and names[first] != names[i]:
                what = f"{names[i]}的手机与{table.nth_row(first, i)}{names[first]}的相同"
                yield Resemblance(first, i, "DUP-003", "mobile", what)
        for first, i in _alike(table, "id_number", decided):
            yield Resemblance(first, i, "CELL-002", "id_number", f"身份证号与{table.nth_row(first, i)}相同")

    return _open(registry, table, links())


def _told_apart(table: Table, first: int, second: int) -> str:
    """What speaks for two people, or for one, where two rows have one name."""
    one, other = ({f: table[f][i] for f in ("id_number", "born", "mobile")} for i in (first, second))
    if one["mobile"] and one["mobile"] == other["mobile"]:
        return "手机也相同，多半是同一个人"
    if one["id_number"] and other["id_number"]:
        differing = sum(a != b for a, b in zip(one["id_number"], other["id_number"], strict=True))
        if differing <= 2:
            return f"身份证号只差 {differing} 位，多半是同一个人抄错了号"
        if birth_day(one["id_number"]) == birth_day(other["id_number"]):
            return "身份证号不同，生日相同"
        return "编号和身份证号都不同，多半是两个人"
    if one["born"] and other["born"]:
        return "出生年月相同，多半是同一个人" if one["born"] == other["born"] else "出生年月不同，多半是两个人"
    return "编号不同"
