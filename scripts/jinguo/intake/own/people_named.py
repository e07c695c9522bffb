"""Which person a name means: by her identity number, or by what stands beside the name: organisation, telephone, month of
birth. What several may be, or nobody, is for somebody to decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from jinguo.intake.own.mapping import NEW, NOBODY, OPEN, TAKEN, Identity
from jinguo.intake.own.organisations_named import Organisations, is_no_short_name
from jinguo.intake.own.part import Mention
from jinguo.intake.own.splits import first_phone
from jinguo.schema.cells import half_width

#: The row of 认人认组织 that decides about all whom no register knows.
EVERYBODY_ELSE = "*（登记表里没有的人）"


@dataclass
class Person:
    """Somebody the registers know: the key, the name, and what tells her from others of that name."""

    key: str
    name: str
    organisations: set[str] = field(default_factory=set)
    units: list[str] = field(default_factory=list)
    phones: set[str] = field(default_factory=set)
    number: str = ""
    born: str = ""
    township: str = ""

    def described(self, organisations: Organisations) -> str:
        """李敏（青渚县女企业家协会）: the name with what people know her by."""
        where = (
            next((organisations.names.get(key, key) for key in sorted(self.organisations)), "")
            or next(iter(self.units), "")
            or self.born
            or self.township
        )
        return f"{self.name}（{where}）" if where and self.key == self.name else self.key


@dataclass
class Found:
    """What a mention was found to mean: the key (empty where that is open), candidates with what speaks for each, by what,
    and whether she is to be registered anew."""

    key: str = ""
    candidates: tuple[tuple[str, str], ...] = ()
    by: str = ""
    anew: bool = False
    ignored: bool = False


def phone_key(text: str) -> str:
    """The digits by which telephones are compared."""
    return re.sub(r"\D", "", half_width(first_phone(text))) if text else ""


def written(mention: Mention) -> str:
    """How a mention is written in 认人认组织: 陈静（城关街道）."""
    return f"{mention.name}（{mention.unit}）" if mention.unit else mention.name


class People:
    """All people of a registry, to be asked who a mention means; the decisions of 认人认组织 come first."""

    def __init__(
        self, people: Iterable[Person], organisations: Organisations, decided: Mapping[tuple[str, str], Identity]
    ) -> None:
        self.people = {p.key: p for p in people}
        #: Whether anybody keeps a register of people at all.
        self.has_register = bool(self.people)
        self.organisations, self.decided = organisations, decided
        self.by_name: defaultdict[str, list[Person]] = defaultdict(list)
        self.by_number: dict[str, Person] = {}
        for person in self.people.values():
            self.by_name[person.name].append(person)
            if person.number:
                self.by_number.setdefault(person.number, person)
        #: Whom a decision names that nobody is, by how the name is written.
        self.unfit: dict[str, str] = {}
        #: What was found before, by the name asked for.
        self._asked: defaultdict[str, dict[Mention, Found]] = defaultdict(dict)

    @cached_property
    def _by_words(self) -> dict[str, str]:
        """Who is meant by what a decision says: how people of one name are told apart, or the key."""
        everybody = self.people.values()
        return {p.described(self.organisations): p.key for p in everybody} | {p.key: p.key for p in everybody}

    def add(self, person: Person) -> None:
        """Know somebody more."""
        self.people[person.key] = person
        self.by_name[person.name].append(person)
        if person.number:
            self.by_number.setdefault(person.number, person)
        self._asked.pop(person.name, None)
        self.__dict__.pop("_by_words", None)

    def who(self, mention: Mention) -> Found:
        """Who is meant."""
        asked = self._asked[mention.name]
        if mention not in asked:
            asked[mention] = self._look_up(mention)
        return asked[mention]

    def _look_up(self, mention: Mention) -> Found:
        if not mention.name:
            return Found()
        decision = self.decided.get(("人员", written(mention)))
        if decision is not None and decision.action == TAKEN:
            if decision.meaning in (NEW, NOBODY):
                return Found(anew=decision.meaning == NEW, ignored=decision.meaning == NOBODY, by="认定")
            key = self._by_words.get(decision.meaning)
            if key:
                return Found(key, by="认定")
            self.unfit[written(mention)] = decision.meaning
        person = self.by_number.get(_plain_number(mention.number)) if mention.number else None
        if person is not None and person.name == mention.name:
            return Found(person.key, by="身份证号")
        alike = self.by_name.get(mention.name, [])
        if not alike:
            near = self._near(mention)
            rest = self.decided.get(("人员", EVERYBODY_ELSE))
            if not near and rest is not None and rest.action == TAKEN and rest.meaning in (NEW, NOBODY):
                return Found(anew=rest.meaning == NEW, ignored=rest.meaning == NOBODY, by="认定")
            # Where no register of people is kept, those whom the other registers name are the people.
            is_told = bool(mention.unit or mention.number or mention.phone)
            return Found(candidates=near, anew=not near and is_told and not self.has_register, by="没有花名册")
        if len(alike) == 1 and not (mention.unit or mention.number or mention.phone or mention.born):
            return Found(alike[0].key, by="姓名")
        told = [(p, self._speaks(p, mention)) for p in alike]
        sure = [p for p, words in told if words]
        if len(sure) == 1:
            return Found(sure[0].key, by={p.key: w for p, w in told}[sure[0].key])
        if len(alike) == 1 and not self._contradicts(alike[0], mention):
            return Found(alike[0].key, by="姓名")
        return Found(
            candidates=tuple((p.described(self.organisations), words) for p, words in told if not (sure and not words))
        )

    def _speaks(self, person: Person, mention: Mention) -> str:
        """What speaks for a person of that name being meant; empty where nothing does."""
        words = []
        if mention.phone and phone_key(mention.phone) in person.phones:
            words.append("电话相同")
        if mention.born and person.born and mention.born == person.born:
            words.append("出生年月相同")
        if mention.unit:
            meant = self.organisations.meaning(mention.unit)
            keys = {meant.key} if meant.key else set(meant.candidates) if meant.how in ("同名", "简称") else set()
            if (
                keys & person.organisations
                or any(self._unit_is(mention.unit, unit) for unit in person.units)
                or any(
                    self.organisations.names.get(key, "") and mention.unit.startswith(self.organisations.names[key])
                    for key in person.organisations
                )
            ):
                words.append("单位相同")
        return "、".join(words)

    def _unit_is(self, one: str, other: str) -> bool:
        """Whether two names of a unit are one's, but for the place in front, or one is a piece of the other."""
        first, second = self.organisations.core(one), self.organisations.core(other)
        if not first or not second or first == second:
            return bool(first) and first == second
        short, whole = sorted((first, second), key=len)
        return len(short) > 3 and short in whole and not is_no_short_name(one if first == short else other)

    def _contradicts(self, person: Person, mention: Mention) -> bool:
        """Whether what stands beside the name speaks against the only person of that name: another number, another
        organisation of ours."""
        if mention.number and mention.unit and person.number:
            number = _plain_number(mention.number)
            if re.fullmatch(r"\d{17}[\dX]", number) and number != person.number:
                return True
        if not mention.unit or not (person.organisations or person.units):
            return False
        meant = self.organisations.meaning(mention.unit)
        return bool(meant.key) and meant.key not in person.organisations

    def _near(self, mention: Mention) -> tuple[tuple[str, str], ...]:
        """People of one organisation, or with one telephone, whose name differs by one character."""
        found = []
        meant = self.organisations.meaning(mention.unit) if mention.unit else None
        for person in self.people.values():
            if (
                len(person.name) != len(mention.name)
                or sum(a != b for a, b in zip(person.name, mention.name, strict=True)) != 1
            ):
                continue
            words = []
            if meant and meant.key and meant.key in person.organisations:
                words.append("单位相同")
            if mention.phone and phone_key(mention.phone) in person.phones:
                words.append("电话相同")
            if words:
                found.append((person.described(self.organisations), "、".join(["只差一个字", *words])))
        return tuple(found[:4])


def _plain_number(text: str) -> str:
    return re.sub(r"\s", "", half_width(text)).upper()


def question(mention: Mention, found: Found, places: list[str], count: int) -> Identity:
    """The row of 认人认组织 that asks who is meant."""
    candidates = "；".join(words for words, _ in found.candidates)
    basis = "；".join(f"{words}：{why}" for words, why in found.candidates if why) or (
        "有几个同名的，分不清" if found.candidates else "登记表里没有这个人"
    )
    meaning = found.candidates[0][0] if len(found.candidates) == 1 and "只差" in found.candidates[0][1] else ""
    return Identity("人员", written(mention), "；".join(places[:3]), count, candidates, basis, meaning, OPEN)


def question_about_the_rest(count: int) -> Identity:
    """One decision about everybody whom no register knows."""
    return Identity(
        "人员",
        EVERYBODY_ELSE,
        "",
        count,
        "",
        "一次定：下面登记表里没有的人，都作为新的人，还是都不计；定了就不用一个一个选",
        "",
        OPEN,
    )
