"""To whom each row of the registry belongs that a survey asks about: to a township, a hub, a centre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinguo.common.errors import JinguoError
from jinguo.common.findings import some_of
from jinguo.common.nearest import nearest
from jinguo.registry.cell_texts import cell_text
from jinguo.registry.tables import Registry, Table
from jinguo.schema.codes import Reference
from jinguo.survey.asked import AskedTable, refers_to

#: The unit of the one form that goes to all.
ALL = "空白表"


@dataclass
class Unit:
    """One who fills in a form: the name, the address, and the rows of each table that are its own."""

    name: str
    email: str = ""
    rows: dict[str, list[int]] = field(default_factory=dict)


def units_by(registry: Registry, by: str, asked: list[AskedTable]) -> list[Unit]:
    """The units that a column of 社会组织 names, each with its rows: its organisations, whoever has a post in one of them
    (or, by township, lives there and has none), and what belongs to these. JinguoError where there is no such column."""
    organisations = registry["organisations"]
    name = _column(organisations, by)
    of_organisation = {key: _shown(registry, organisations, i, name) for key, i in organisations.index_of.items()}
    emails = _emails(registry, organisations, name)
    names = [n for n in emails if n] if _is_township(organisations, name) else []
    names += [n for n in dict.fromkeys(of_organisation.values()) if n]
    units = {unit: Unit(unit, emails.get(unit, "")) for unit in dict.fromkeys(names)}
    people = _units_of_people(registry, of_organisation, _is_township(organisations, name))
    for table in (registry[a.table] for a in asked):
        for i in range(len(table)):
            for unit in _units_of_row(table, i, of_organisation, people):
                if unit in units:
                    units[unit].rows.setdefault(table.spec.name, []).append(i)
    if not units:
        raise JinguoError(f"“{by}”一栏都空着，分不出该发给谁", "社会组织", "先补上这一栏；或用 --blank 发一份空白表。")
    return list(units.values())


def left_out(registry: Registry, asked: list[AskedTable], units: list[Unit]) -> list[str]:
    """What goes to nobody: 3 个社会组织（甲协会、乙队等）."""
    told = []
    for table in (registry[a.table] for a in asked):
        sent = {i for unit in units for i in unit.rows.get(table.spec.name, ())}
        missing = [i for i in range(len(table)) if i not in sent]
        if missing:
            names = [
                str(table[table.spec.display][i])
                for i in missing
                if table.spec.display and table[table.spec.display][i]
            ]
            told.append(f"{table.spec.sheet} {len(missing)} 行" + (f"（{some_of(names)}）" if names else ""))
    return told


def _column(table: Table, by: str) -> str:
    f = table.spec.field_of(by)
    if f is not None and f.name in table.letters:
        return f.name
    if by in table.extra:
        return by
    headers = [f.header for f in table.spec.fields if f.name in table.letters] + list(table.extra)
    guess = nearest(by, headers)
    raise JinguoError(
        f"社会组织表里没有“{by}”这一栏", table.where, f"是不是“{guess}”？" if guess else "核对栏目的名称。"
    )


def _is_township(table: Table, name: str) -> bool:
    f = table.spec.by_name.get(name)
    return f is not None and isinstance(f.type, Reference) and f.type.table == "townships"


def _shown(registry: Registry, table: Table, index: int, name: str) -> str:
    f = table.spec.by_name.get(name)
    text = cell_text(table, index, name)
    if f is not None and isinstance(f.type, Reference) and table[name][index] is not None:
        return registry.name_of(f.type.table, text)
    return text


def _emails(registry: Registry, table: Table, name: str) -> dict[str, str]:
    """The addresses of those a column refers to, by their names; of townships all, in the order of their sheet."""
    f = table.spec.by_name.get(name)
    if f is None or not isinstance(f.type, Reference):
        return {}
    target = registry[f.type.table]
    if "email" not in target.columns:
        return {}
    return {
        str(shown): email or ""
        for _, shown, email in target.each(target.spec.display or target.spec.key, "email")
        if shown
    }


def _units_of_people(
    registry: Registry, of_organisation: Mapping[str, str], by_township: bool
) -> dict[str, dict[str, None]]:
    """The units of each person, by her number: those of the organisations she has a post in, or is head of; of who has none
    the township she lives in."""
    found: dict[str, dict[str, None]] = {}
    for _, person, organisation in registry["posts"].each("person", "organisation"):
        if person and (unit := of_organisation.get(organisation)):
            found.setdefault(person, {})[unit] = None
    organisations = registry["organisations"]
    for _, number, head, legal in organisations.each(organisations.spec.key, "head", "legal_representative"):
        for person in (head, legal):
            if person and (unit := of_organisation.get(number)):
                found.setdefault(person, {})[unit] = None
    if by_township:
        for _, person, township in registry["people"].each("number", "residence"):
            if person and township and person not in found:
                found[person] = {township: None}
    return found


def _units_of_row(
    table: Table, index: int, of_organisation: Mapping[str, str], people: Mapping[str, Mapping[str, None]]
) -> list[str]:
    if table.spec.name == "organisations":
        return [of_organisation.get(table[table.spec.key][index], "")]
    if table.spec.name == "people":
        return list(people.get(table[table.spec.key][index], ()))
    name = refers_to(table.spec)
    key = table[name][index]
    if name == "organisation":
        return [of_organisation.get(key, "")]
    return list(people.get(key, ()))
