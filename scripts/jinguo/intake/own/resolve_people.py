"""People: those the rosters list, each with a key, and whom every other row means."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from jinguo.intake.own.derive import complete_people
from jinguo.intake.own.organisations_named import Organisations
from jinguo.intake.own.part import Mention, Part
from jinguo.intake.own.people_named import People, Person, phone_key, question, written
from jinguo.intake.own.splits import plain_name
from jinguo.intake.own.working import Working
from jinguo.registry.tables import Table
from jinguo.schema.cells import clean, half_width, is_blank
from jinguo.schema.codes import IdCard
from jinguo.schema.dates import YearMonth
from jinguo.schema.register_problems import PERSON_TWICE

_NUMBER = re.compile(r"\d{17}[\dX]")
BORN, ID_NUMBER = YearMonth().parser({}), IdCard().parser({})


def know_people(work: Working, organisations: Organisations) -> People:
    """Everybody our own table and the rosters list."""
    persons = _ours(work, organisations)
    rosters = work.of("people", main=True)
    for part in rosters:
        work.drop_blank(part, "name")
    for part in rosters:
        persons += _of_roster(work, part, persons, organisations)
    return People(persons, organisations, work.decided)


def _ours(work: Working, organisations: Organisations) -> list[Person]:
    table = work.ours.get("people")
    if table is None:
        return []
    held: defaultdict[str, set[str]] = defaultdict(set)
    posts: Table | None = work.ours.get("posts")
    for person, organisation in zip(posts["person"], posts["organisation"], strict=True) if posts is not None else ():
        meant = organisations.meaning(organisation or "")
        if person and meant.key:
            held[person].add(meant.key)
    return [
        Person(
            key, name, held[key], [p] if (p := table["position"][i]) else [],
            {phone_key(table["mobile"][i] or "")} - {""}, table["id_number"][i] or "", str(table["born"][i] or ""),
        )
        for i, key, name in table.each("number", "name")
        if key and name
    ]  # fmt: skip


def _of_roster(work: Working, part: Part, before: list[Person], organisations: Organisations) -> list[Person]:
    """The people of a register, each with a key; a row that is somebody's already is told, and only its post is kept."""
    numbers = {
        i: n
        for i, v in enumerate(part.column("id_number"))
        if isinstance(v, str) and _NUMBER.fullmatch(n := half_width(v).strip().upper())
    }
    if not {"sex", "born"} <= set(part.values):
        sound = {i: n for i, n in numbers.items() if ID_NUMBER(n).value}
        work.tell_derived(part, complete_people(part, sound))
    posts = work.beside(part, "posts")
    units = [clean(v) for v in (posts.values.get("organisation") if posts else None) or part.column("position")]
    names = [plain_name(v) for v in part.column("name")]
    phones = [phone_key(clean(v)) for v in part.column("mobile")]
    months = {v: "" if is_blank(v) else str(BORN(v).value or "") for v in dict.fromkeys(part.column("born"))}
    borns = list(map(months.__getitem__, part.column("born")))
    often = Counter(names) + Counter(p.name for p in before)
    taken = {p.key for p in before}
    by_name: defaultdict[str, list[Person]] = defaultdict(list)
    for person in before:
        by_name[person.name].append(person)
    found: list[Person] = []
    wanted, keys = [], []
    for i, name in enumerate(names):
        home = organisations.meaning(units[i]).key if units[i] else ""
        born = borns[i]
        row = Person(
            "", name, {home} - {""}, [units[i]] if units[i] else [], {phones[i]} - {""}, numbers.get(i, ""), born
        )
        same = next((p for p in by_name[name] if _is_same(p, row)), None)
        wanted.append(same is None)
        if same is None:
            row.key = _key(row, organisations.names.get(home, home) or units[i] or born, often[name] == 1, taken)
            taken.add(row.key)
            by_name[name].append(row)
            found.append(row)
        else:
            same.organisations |= row.organisations
            what = f"“{name}”与前面登记的 {same.key} 是同一个人，只算一个人；这一行的职务照样算"
            work.say(PERSON_TWICE, part, f"{part.letters['name']}{part.rows[i]}", name, what)
        keys.append((same or row).key)
    for other in work.parts:
        if other.same is part and len(other.rows) == len(keys):
            work.keys[id(other)]["person"] = list(keys)
    part.keys = keys
    work.keep_alone(part, wanted)
    return found


def _key(row: Person, where: str, is_only: bool, taken: set[str]) -> str:
    """The name where nobody else has it, else the name with the organisation, the unit or the month of birth."""
    key, n = row.name if is_only or not where else f"{row.name}（{where}）", 2
    while key in taken:
        key, n = f"{row.name}（{where}{'·' if where else ''}{n}）", n + 1
    return key


def _is_same(person: Person, row: Person) -> bool:
    """Whether two rows of one name are one person's: one identity number, or one telephone and no other month of birth."""
    if row.number and person.number:
        return row.number == person.number
    return bool(row.phones & person.phones and (not row.born or not person.born or row.born == person.born))


def resolve_people(work: Working, part: Part, people: People) -> None:
    """The keys that each reference to a person means; whom nobody knows is asked, once a name with what stands beside."""
    for name, mentions in part.people.items():
        if name in work.keys[id(part)]:
            continue
        # Rows that name somebody in the same way share one mention.
        distinct = {id(mention): mention for mention in mentions}
        meant = {one: people.who(mention).key or None for one, mention in distinct.items()}
        keys: list[Any] = list(map(meant.__getitem__, map(id, mentions)))
        unknown: set[int] = set()
        ignored: set[int] = set()
        open_ones = {one for one, key in meant.items() if key is None and distinct[one].name}
        for i, mention in enumerate(mentions) if open_ones else ():
            if id(mention) not in open_ones:
                continue
            # Whom an earlier row of the sheet made known is known.
            one = people.who(mention)
            keys[i] = one.key or (_register(work, part, name, i, people) if one.anew else None)
            if keys[i] is None and one.ignored:
                ignored.add(i)
            elif keys[i] is None:
                unknown.add(i)
                work.ask(question(mention, one, [work.where(part, i, name)], 1))
        work.keys[id(part)][name] = keys
        if unknown:
            work.open[id(part)][name] = unknown
            work.tell_open(part, name, unknown)
        if ignored and name == "person":
            work.keep_alone(part, [i not in ignored for i in range(len(keys))])


def _register(work: Working, part: Part, name: str, i: int, people: People) -> str:
    """Somebody new, of whom only this row tells: a row of 人员 that stands in its cell, with what it says of her."""
    mention: Mention = part.people[name][i]
    again = next((p for p in people.by_name.get(mention.name, ()) if written(mention) in p.units), None)
    if again is not None:
        return again.key
    key = mention.name if mention.name not in people.people else written(mention)
    home = people.organisations.meaning(mention.unit).key if mention.unit else ""
    number = str(ID_NUMBER(mention.number).value or "") if mention.number else ""
    born = str(BORN(mention.born).value or "") if mention.born else ""
    people.add(
        Person(key, mention.name, {home} - {""}, [written(mention)], {phone_key(mention.phone)} - {""}, number, born)
    )
    row = Part("people", part.source, [part.rows[i]], keys=[key])
    row.put("name", [mention.name], part.letters[name], True)
    beside = next(
        (
            p
            for p in work.of_sheet(part)
            if p.table == "people" and not p.main and not p.keys and part.rows[i] in p.rows
        ),
        None,
    )
    if beside is not None:
        place = beside.rows.index(part.rows[i])
        for told, values in beside.values.items():
            row.put(told, [values[place]], beside.letters[told], told in beside.derived) if told != "name" else None
    if mention.phone and "mobile" not in row.values and part.source.main != "organisations":
        row.put("mobile", [mention.phone], part.letters[name], True)
    work.parts.append(row)
    return key
