"""Townships and organisations: those the registers list, and which of them every other row means."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from jinguo.common.findings import some_of
from jinguo.intake.own.derive import complete_organisations, former_name
from jinguo.intake.own.mapping import NEW, NOBODY, TAKEN, Identity
from jinguo.intake.own.names_known import township_stem
from jinguo.intake.own.organisations_named import KnownOrganisation, Meant, Organisations, counties_of
from jinguo.intake.own.part import Part, not_taken
from jinguo.intake.own.splits import SAME_ROW
from jinguo.intake.own.typed import refers
from jinguo.intake.own.working import Working
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.register_problems import ORGANISATION_TWICE, READ_SO
from jinguo.schema.types import tidy_name

#: Tables whose rows mean nothing as long as nobody knows which organisation they are about.
_MUST_KNOW = frozenset(
    [
        "inspections",
        "projects",
        "duty_log",
        "duty_units",
        "duty_swaps",
        "services",
        "incubations",
        "visits",
        "promotions",
        "changes",
        "applications",
        "contest_entries",
    ]
)


def know_townships(work: Working) -> None:
    """The townships of the registry: those of our own table, of a list of contacts, or those the registers name."""
    found = [name for name in work.ours["townships"]["name"] if name] if "townships" in work.ours else []
    for part in work.of("townships"):
        _one_row_a_township(work, part)
        found += [clean(v) for v in part.column("name") if not is_blank(v)]
    found += [clean(v) for p in work.of("organisations") for v in p.column("township") if not is_blank(v)]
    work.townships = list(dict.fromkeys(found))


def _one_row_a_township(work: Working, part: Part) -> None:
    """Fill the township down its group, and keep of each the row of the chairwoman, or the first."""
    last, names = "", []
    for value in part.column("name"):
        last = clean(value) or last
        names.append(last)
    part.values["name"] = names
    posts = next((values for title, values in part.extra.items() if "职务" in title), [""] * len(names))
    chosen: dict[str, int] = {}
    for i, name in enumerate(names):
        if name not in chosen or (_is_chair(posts[i]) and not _is_chair(posts[chosen[name]])):
            chosen[name] = i
    left = len(names) - len(chosen)
    work.keep(part, [chosen.get(name) == i for i, name in enumerate(names)])
    if left:
        work.say(READ_SO, part, "", "", f"一个镇街写了几个人的，取主席（没有的取第一个）作联系人，另外 {left} 人没有读")


def _is_chair(post: Any) -> bool:
    return "主席" in clean(post) and "副" not in clean(post)


def resolve_townships(work: Working, part: Part) -> None:
    """阳明 for 阳明街道 where only one township can be meant; told once a sheet."""
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for town in work.townships:
        stems[township_stem(town)].append(town)
    for name in refers(part.table, "townships"):
        told = {}
        values = part.values.get(name, [])
        for i, value in enumerate(values):
            text = clean(value)
            found = stems.get(text, []) if text and text not in work.townships else []
            if len(found) == 1:
                values[i] = told[text] = found[0]
                part.derived.add(name)
        if told:
            shown = some_of([f"{short}＝{full}" for short, full in told.items()])
            work.say(READ_SO, part, "", "", f"镇街写的是简称（{shown}）")


def know_organisations(work: Working) -> Organisations:
    """Complete the rows of the organisations' registers, give them keys, and ask about those that may be one."""
    mine = work.of("organisations", main=True)
    for part in mine:
        work.drop_blank(part, "name")
    names = [tidy_name(clean(n)) for p in mine for n in p.column("name")]
    likely = [work.place, *counties_of(names)]
    places = [p for p in dict.fromkeys(likely) if p and p not in work.townships]
    for part in mine:
        work.tell_derived(part, complete_organisations(part, work.townships, places))
        if "township" not in part.values:
            part.put("township", [""] * len(part.rows), part.letters.get("name", "A"))
    known = _ours(work)
    for part in mine:
        known += _keyed(part, {k.key for k in known})
    organisations = Organisations(known, [*places, *work.townships])
    return _without_doubles(work, mine, organisations)


def _ours(work: Working) -> list[KnownOrganisation]:
    table = work.ours.get("organisations")
    if table is None:
        return []
    return [
        KnownOrganisation(
            key, (name, table["short_name"][i] or "", table["former_name"][i] or ""), table["township"][i] or ""
        )
        for i, key, name in table.each("number", "name")
        if key and name
    ]


def _keyed(part: Part, taken: set[str]) -> list[KnownOrganisation]:
    """The organisations of a register; the key of each is its name, with a number where it comes again."""
    known = []
    columns = ("name", "short_name", "former_name", "remarks", "township")
    for cells in zip(*(part.column(name) for name in columns), strict=True):
        name, short, former, remark, town = (tidy_name(clean(cell)) for cell in cells)
        key = not_taken(name, taken)
        part.keys.append(key)
        known.append(KnownOrganisation(key, (name, short, former or former_name(remark)), town))
    return known


def _without_doubles(work: Working, mine: Sequence[Part], organisations: Organisations) -> Organisations:
    """Ask about organisations of one name but for the county in front; drop those decided to be another row's."""
    known = list(organisations.known)
    for part in mine:
        wanted = []
        for n, key in enumerate(part.keys):
            name = tidy_name(clean(part.column("name")[n]))
            label = f"{name}（{clean(part.column('township')[n])}）"
            others = [k for k in organisations.meaning(name).candidates if k != key]
            decision = work.decided.get(("组织", label))
            is_shorter = bool(others) and organisations.core(name) == name
            if is_shorter:
                what = f"“{name}”与“{'、'.join(others)}”只差前面的地名，多半是一家"
                work.say(ORGANISATION_TWICE, part, f"{part.letters['name']}{part.rows[n]}", name, what)
            is_decided = decision is not None and decision.action == TAKEN
            is_another = is_decided and decision is not None and decision.meaning not in ("", NEW, NOBODY, name)
            wanted.append(not is_another)
            if is_another:
                known = [k for k in known if k.key != key]
            elif is_shorter and not is_decided:
                organisations.doubled |= {key, *others}
                where = work.where(part, n, "name")
                work.ask(Identity("组织", label, where, 1, "；".join(others), "只差前面的地名", others[0]))
        work.keep(part, wanted)
    again = Organisations(known, organisations.places)
    again.doubled = organisations.doubled
    return again


def resolve_organisations(work: Working, part: Part, organisations: Organisations) -> None:
    """The keys that each reference to an organisation means; what nobody knows is asked, once a name."""
    for name in refers(part.table, "organisations"):
        of_the_row = part.same is not None and part.same.main and part.same.table == "organisations"
        if name not in part.values and not (name == "organisation" and of_the_row):
            continue
        part.letters.setdefault(name, part.home)
        keys: list[Any] = []
        unknown: dict[int, Meant] = {}
        short: dict[str, str] = {}
        for i, value in enumerate(part.values.get(name) or [SAME_ROW] * len(part.rows)):
            if value == SAME_ROW or is_blank(value):
                keys.append(work.same_row(part, i) if value == SAME_ROW else None)
                continue
            meant = _meaning(work, organisations, clean(value))
            keys.append(meant.key or None)
            if not meant.key:
                unknown[i] = meant
            elif meant.how == "简称":
                short[clean(value)] = meant.key
        work.keys[id(part)][name] = keys
        if short:
            shown = some_of([f"{t}＝{organisations.names.get(k, k)}" for t, k in short.items()])
            work.say(READ_SO, part, "", "", f"有 {len(short)} 个组织按简称认的（{shown}）")
        if part.table == "posts":
            _outside_units(work, part, name, unknown)
        elif unknown and part.table in _MUST_KNOW:
            _ask(work, part, name, unknown, organisations)


def _meaning(work: Working, organisations: Organisations, text: str) -> Meant:
    """What a name means, by a decision before all else; several at once are for somebody to choose from."""
    decision = work.decided.get(("组织", text))
    if decision and decision.action == TAKEN:
        return Meant("") if decision.meaning in ("", NOBODY) else organisations.meaning(decision.meaning)
    meant = organisations.meaning(text)
    if not meant.key and re.search("[、，,]|联合$", text):
        pieces = re.split("[、，,]|(?<=.{2})和(?=.{2})", text)
        found = [organisations.meaning(piece.removesuffix("联合")).key for piece in pieces]
        return Meant("", tuple(filter(None, found)), "几家联合，认定由哪一家签约")
    return meant


def _ask(work: Working, part: Part, name: str, unknown: dict[int, Meant], organisations: Organisations) -> None:
    work.open[id(part)][name] = set(unknown)
    for i, meant in unknown.items():
        names = [organisations.names.get(k, k) for k in meant.candidates]
        if names and organisations.doubled >= set(meant.candidates):
            # Once it is said whether the two are one, it is known.
            continue
        text, basis = clean(part.column(name)[i]), meant.how or "登记表里没有这个组织"
        guess = names[0] if len(names) == 1 else ""
        work.ask(Identity("组织", text, work.where(part, i, name), 1, "；".join(names), basis, guess))
    work.tell_open(part, name, unknown)


def _outside_units(work: Working, part: Part, name: str, unknown: dict[int, Meant]) -> None:
    """A post in no organisation of the register is only where somebody works; where it may be one of several, it is open."""
    several = {i for i, meant in unknown.items() if len(meant.candidates) > 1 and meant.how != "相近"}
    if several:
        work.open[id(part)][name] = set(several)
        work.tell_open(part, name, several)
    outside = [text for i in unknown if i not in several and (text := clean(part.column(name)[i]))]
    if outside:
        what = f"有 {len(outside)} 人的单位不在社会组织台账里，只当作工作单位（{some_of(outside)}）"
        work.say(READ_SO, part, "", "", what)
    keys = work.keys[id(part)][name]
    work.keep_alone(part, [key is not None or i in several for i, key in enumerate(keys)])
