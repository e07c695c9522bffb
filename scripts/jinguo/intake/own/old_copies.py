"""Registers that are proposed not to be read: what is said to be old, another year's, or a copy."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from jinguo.intake.own.mapping import IGNORED, Source
from jinguo.intake.own.register_kind import Taken
from jinguo.intake.own.title_lines import lines_of, year_of
from jinguo.schema.cells import clean

_OLD = re.compile("旧|老版|老表|备份|副本|作废|存档|历史|停用|过期|留底|copy|backup|bak|原表|不用", re.IGNORECASE)


def set_old_copies_aside(taken: Sequence[tuple[Source, Taken]]) -> None:
    """Propose what is said to be old, or is another year's copy of a register, or a copy, as not to be read."""
    by_table: defaultdict[str, list[tuple[Source, Taken]]] = defaultdict(list)
    alike: defaultdict[tuple[object, ...], list[Source]] = defaultdict(list)
    for source, found in taken:
        by_table[source.main].append((source, found))
        # The same people may come to two events: what the title lines say belongs to it.
        facts = tuple((fact.field, fact.value) for fact in source.facts)
        alike[facts, tuple(tuple(map(clean, found.frame.rows[i])) for i in found.frame.data)].append(source)
    for copies in alike.values():
        # The one whose name does not say that it is a copy is the register.
        first = min(copies, key=lambda source: bool(_OLD.search(f"{source.workbook} {source.sheet}")))
        for source in copies:
            if source is not first:
                source.action, source.reason = IGNORED, f"与 {first.workbook} › {first.sheet} 的内容一样"
    for table in ("organisations", "people", "townships", "certificates"):
        group = [(s, f) for s, f in by_table[table] if s.action != IGNORED]
        years = {id(s): _year_said(f) for s, f in group}
        newest = max((y for y in years.values() if y), default=0)
        for source, found in group:
            names = f"{PurePath(source.workbook).stem} {source.sheet}"
            others = [s for s, _ in group if s is not source and s.action != IGNORED]
            said = years[id(source)]
            if not others or not _shares_names(found, [f for s, f in group if s in others]):
                continue
            if _OLD.search(names):
                source.action, source.reason = IGNORED, "名称里说是旧的，另有新的一份"
            elif said and said < newest:
                source.action, source.reason = IGNORED, f"是 {said} 年的，{newest} 年的另有一份"


def _year_said(found: Taken) -> int:
    year = year_of(lines_of(found.frame, PurePath(found.raw.workbook).stem))
    return int(year.value) if year else 0


def _names(found: Taken) -> set[str]:
    fields = ("organisations.name", "people.name", "townships.name", "certificates.person")
    place = next((p for p, g in found.guesses.items() if g.role.fields and g.role.fields[0] in fields), None)
    return {clean(found.frame.rows[i][place]) for i in found.frame.data} if place is not None else set()


def _shares_names(found: Taken, others: Sequence[Taken]) -> bool:
    mine = _names(found)
    theirs = set().union(*map(_names, others))
    return bool(mine) and len(mine & theirs) * 3 >= len(mine)
