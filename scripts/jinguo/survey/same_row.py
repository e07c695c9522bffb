"""Which row of the registry a returned row is that does not say: the same person, the same organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from jinguo.organisations.duplicates import core_name
from jinguo.registry.cell_texts import cell_text
from jinguo.registry.tables import Registry, Table

#: What tells two people, or two organisations, apart where both have it.
_TELLS_APART = {"people": ("id_number", "born", "sex"), "organisations": ("credit_code",)}
#: So many candidates are offered.
_MOST = 5


class Match(NamedTuple):
    """Who a row is: the key, where it is sure; else those it may be, and what speaks for it."""

    key: str | None
    candidates: list[str]
    why: str


class KnownRows:
    """The people and organisations of the registry as they can be recognised."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        settings = registry.settings
        self._likeness = int(settings.parameter("名称相似度"))
        self._prefixes = [p for p in (settings.place, settings.place.rstrip("市县区")) if p]
        self._by: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._organisations_of = _organisations_of(registry)

    def match(self, table: str, texts: Mapping[str, str], organisations: Collection[str] = (), unit: str = "") -> Match:
        """Who a row with these texts is; `organisations` are the names of those a person is returned with, `unit` the township
        that returned it."""
        if table == "people":
            return self._person(texts, set(organisations), unit)
        if table == "organisations":
            return self._organisation(texts)
        return Match(None, [], "")

    def _index(self, table: str, name: str) -> dict[str, list[str]]:
        if (table, name) not in self._by:
            found: defaultdict[str, list[str]] = defaultdict(list)
            rows = self.registry[table]
            for key, index in rows.index_of.items():
                text = cell_text(rows, index, name)
                if text:
                    found[self.core(text) if name == "core" else text].append(str(key))
            self._by[table, name] = dict(found)
        return self._by[table, name]

    def _found(self, table: str, name: str, text: str | None) -> list[str]:
        return self._index(table, name).get(text, []) if text else []

    def core(self, name: str) -> str:
        """The name of an organisation without its place and brackets."""
        return core_name(name, self._prefixes)

    def _person(self, texts: Mapping[str, str], organisations: set[str], unit: str) -> Match:
        name = texts.get("name", "")
        if by_number := self._found("people", "id_number", texts.get("id_number")):
            same = [k for k in by_number if self._text("people", k, "name") == name]
            return Match(same[0], [], "身份证号相同") if same else Match(None, by_number, "身份证号相同，姓名不同")
        named = [k for k in self._found("people", "name", name) if not self._differs("people", k, texts)]
        phoned = self._found("people", "mobile", texts.get("mobile"))
        both = [k for k in named if k in phoned]
        if len(both) == 1:
            return Match(both[0], [], "姓名、手机相同")
        # A list may give the organisation within what somebody is: 甲协会会长.
        position = texts.get("position", "")
        together = [
            k
            for k in named
            if any(o in organisations or (len(o) > 2 and o in position) for o in self._organisations_of.get(k, set()))
        ]
        if len(together) == 1:
            return Match(together[0], [], "姓名、所在组织相同")
        born = [k for k in named if texts.get("born") and self._text("people", k, "born") == texts["born"]]
        if len(born) == 1 and len(named) == 1:
            return Match(born[0], [], "姓名、出生年月相同")
        if named:
            return Match(
                None, named[:_MOST], "台账里有同名的人" if len(named) == 1 else f"台账里有 {len(named)} 个同名的人"
            )
        if phoned:
            return Match(None, phoned[:_MOST], "手机相同，姓名不同")
        return Match(None, self._near_people(name, texts, organisations), "姓名只差一个字，别的相同")

    def _near_people(self, name: str, texts: Mapping[str, str], organisations: set[str]) -> list[str]:
        """People of the same surname whose name differs in one character, with the same birthday or organisation."""
        if len(name) < 2:
            return []
        near = []
        for other, keys in self._index("people", "name").items():
            if (
                other[0] == name[0]
                and len(other) == len(name)
                and sum(a != b for a, b in zip(other, name, strict=True)) == 1
            ):
                near += [
                    k
                    for k in keys
                    if not self._differs("people", k, texts)
                    and (
                        (texts.get("born") and self._text("people", k, "born") == texts["born"])
                        or organisations & self._organisations_of.get(k, set())
                    )
                ]
        return near[:_MOST]

    def _organisation(self, texts: Mapping[str, str]) -> Match:
        name, table = texts.get("name", ""), "organisations"
        if coded := self._found(table, "credit_code", texts.get("credit_code")):
            return Match(coded[0], [], "信用代码相同") if len(coded) == 1 else Match(None, coded, "信用代码相同")
        for field, why in (("name", "名称相同"), ("short_name", "简称相同"), ("former_name", "曾用名相同")):
            same = [k for k in self._found(table, field, name) if not self._differs(table, k, texts)]
            if len(same) == 1 and field == "name":
                return Match(same[0], [], why)
            if same:
                return Match(None, same[:_MOST], why)
        if not name:
            return Match(None, [], "")
        from rapidfuzz import fuzz

        core = self.core(name)
        near = [
            (fuzz.ratio(core, self.core(other)), key)
            for other, keys in self._index(table, "name").items()
            for key in keys
            if not self._differs(table, key, texts)
        ]
        alike = sorted((pair for pair in near if pair[0] >= self._likeness), key=lambda pair: -pair[0])
        return Match(None, [key for _, key in alike[:_MOST]], "名称很像")

    def _text(self, table: str, key: str, name: str) -> str:
        rows = self.registry[table]
        return cell_text(rows, rows.index_of[key], name)

    def _differs(self, table: str, key: str, texts: Mapping[str, str]) -> bool:
        """Whether something says that it is another."""
        for name in _TELLS_APART[table]:
            known, given = self._text(table, key, name), texts.get(name, "")
            if known and given and known != given and "*" not in given:
                return True
        return False


def _organisations_of(registry: Registry) -> dict[str, set[str]]:
    """The names of the organisations each person has, or had, a post in."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _, person, organisation in registry["posts"].each("person", "organisation"):
        if person and organisation:
            found[person].add(registry.name_of("organisations", organisation))
    return dict(found)


def same_in_registry(
    table: Table, texts: Mapping[str, str], keys: Mapping[str, str], indices: Iterable[int]
) -> list[int]:
    """Of these rows of a table without keys those that refer to the same people and organisations and say the same in all
    that is given; `keys` are the references by their fields."""
    found = []
    for i in indices:
        if all(table[name][i] == key for name, key in keys.items()) and all(
            cell_text(table, i, name) == text for name, text in texts.items() if name not in keys
        ):
            found.append(i)
    return found
