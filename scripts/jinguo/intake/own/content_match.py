"""Columns that no title tells: the person, the organisation or the township that stands in them does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from jinguo.intake.own.contents import Profile
from jinguo.intake.own.frame import Column
from jinguo.intake.own.guess import LIKELY, SURE, Guess
from jinguo.intake.own.lexicon import OTHERS, Role, roles

#: Tables whose rows are about somebody, or about an organisation, and the words of a title that may say so.
_ABOUT = {"person": re.compile("[人名员者生]$|姓名"), "org": re.compile("组织|单位|协会|名称|机构|主体|团体|队伍")}


#: Whose names stand in a column is not whom the row is about.
_NOT_ABOUT = re.compile(f"{OTHERS.pattern}|收款|付款|开户|代收|主办|承办|举办|备注|出资|购买|资助")


def two_telephones(
    columns: Sequence[Column], judge: Callable[[Column, Role], Guess | None], chosen: dict[int, Guess]
) -> None:
    """Where the head and the contact have a telephone each, the contact's is the organisation's."""
    by_field = {role.fields: role for role in roles()["organisations"]}
    heads = next((p for p, g in chosen.items() if g.role.fields == ("organisations.phone", "people.mobile")), None)
    if heads is None:
        return
    contact = by_field["organisations.phone",]
    for column in columns:
        guess = judge(column, contact)
        if column.place not in chosen and guess is not None and guess.sureness >= SURE:
            chosen[column.place] = guess
            mobile = Role(("people.mobile",), frozenset(), chosen[heads].role.split, "phone")
            chosen[heads] = chosen[heads]._replace(role=mobile)
            return


#: Where the township of a row stands, by the table the sheet is a register of.
_TOWNSHIP_OF = {"organisations": "organisations.township", "townships": "townships.name"}


def township_by_content(
    table: str, columns: Sequence[Column], profiles: Mapping[int, Profile], chosen: dict[int, Guess], taken: set[str]
) -> None:
    """Where no title names the township of an organisation, the column in which townships stand does: 备案机关."""
    role = next(r for r in roles()[table] if r.fields == (_TOWNSHIP_OF[table],))
    if role.fields[0] in taken:
        return
    for column in columns:
        found, held = profiles[column.place], chosen.get(column.place)
        if (
            len(found.values) > 2
            and found.share("township") >= 0.8
            and (held is None or held.role.fields == ("organisations.registered_with",))
        ):
            chosen[column.place] = Guess(role, LIKELY + 0.01, "内容")
            taken.add(role.fields[0])
            return


_MUCH = {"person": 0.8, "org": 0.5}


def name_by_content(
    columns: Sequence[Column], table: str, profiles: Mapping[int, Profile], chosen: dict[int, Guess], taken: set[str]
) -> None:
    """Where no title names the person or the organisation of the rows, the first column of such names does."""
    for role in roles()[table]:
        if len(role.fields) != 1 or role.fields[0] not in _MAIN_NAMES or role.fields[0] in taken or role.split:
            continue
        kind = _MAIN_NAMES[role.fields[0]]
        for column in columns:
            found = profiles[column.place]
            if column.place in chosen or _NOT_ABOUT.search(column.title) or len(found.values) < 3:
                continue
            alone = sum(profiles[c.place].share(kind) >= _MUCH[kind] for c in columns) == 1
            if found.share(kind) >= _MUCH[kind] and (alone or _ABOUT[kind].search(column.leaf)):
                chosen[column.place] = Guess(role, LIKELY + 0.01, "内容")
                taken.add(role.fields[0])
                break


_MAIN_NAMES = {
    **dict.fromkeys(
        (
            "people.name",
            "attendance.person",
            "exam_entries.person",
            "certificates.person",
            "candidates.person",
            "education_hours.person",
            "experts.name",
            "visits.visitor",
        ),
        "person",
    ),
    **dict.fromkeys(
        (
            "organisations.name",
            "inspections.organisation",
            "projects.contractor",
            "services.organisation",
            "promotions.organisation",
            "duty_log.organisation",
        ),
        "org",
    ),
}
