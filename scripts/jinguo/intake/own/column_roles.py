"""Which column of a sheet is for what: judged by its title, by what stands in it, or by both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from jinguo.intake.own.contents import Profile, profile
from jinguo.intake.own.frame import Column, Frame
from jinguo.intake.own.lexicon import BY_PHONE, BY_UNIT, OTHERS, Role, bare, is_ignored, roles
from jinguo.intake.own.words import WORDS
from jinguo.schema import TABLES
from jinguo.schema.cells import clean
from jinguo.schema.codes import CreditCode, Email, IdCard, Key, Phone, Reference
from jinguo.schema.dates import Date, DateTime, YearMonth
from jinguo.schema.model import header_key
from jinguo.schema.numbers import Number, Score
from jinguo.schema.types import Choice, MultiChoice
from jinguo.schema.vocabularies import VOCABULARIES

#: From here on a column is read unless somebody says otherwise; below it somebody is asked; below that it is the
#: office's own.
SURE, LIKELY, POSSIBLE = 0.9, 0.74, 0.5
#: Kinds of content that tell a column by themselves.
_TELLING = frozenset(
    ["id", "code", "phone", "email", "township", "person_post", "person_phone", "registration", "span"]
)
#: Kinds whose absence speaks against a title.
_STRICT = frozenset(
    [
        "id",
        "code",
        "phone",
        "email",
        "day",
        "month",
        "number",
        "score",
        "span",
        "person_post",
        "person_phone",
        "registration",
        "person",
    ]
)
_HEADS = re.compile("负责人|会长|理事长|法人|法定代表|牵头|带头")
_OF_A_PERSON = ("people.", "posts.post")


class Guess(NamedTuple):
    """What a column is taken for: the role, how sure (0 to 1), and by what: 表头, 内容 or 两者."""

    role: Role
    sureness: float
    by: str


def match_roles(frame: Frame, table: str, profiles: Mapping[int, Profile]) -> dict[int, Guess]:
    """The guesses for the columns of the first block of a sheet, by place, if the sheet is a register of this table."""
    columns = [c for c in frame.columns if c.block == 0]
    found = [
        (guess, -n, column, role)
        for column in columns
        if not is_ignored(column.leaf) or len(column.path) > 1
        for n, role in enumerate(roles()[table])
        if (guess := _judge(column, role, profiles[column.place], table)) and guess.sureness >= POSSIBLE
    ]
    taken: set[str] = set()
    chosen: dict[int, Guess] = {}
    for guess, _, column, role in sorted(
        found, key=lambda item: (-item[0].sureness, -len(item[3].fields), -item[1], item[2].place)
    ):
        if column.place in chosen or (not _comes_again(role) and taken & _takes(role)):
            continue
        chosen[column.place] = guess
        taken |= _takes(role)
    if "posts.post" in taken and "posts.organisation" not in taken and table == "people":
        # A post says nothing without the organisation it is held in.
        chosen = {place: guess for place, guess in chosen.items() if guess.role.fields != ("posts.post",)}
    return chosen


def _takes(role: Role) -> set[str]:
    """What no other column of a sheet is for, once one has the role."""
    if role.split in (BY_UNIT, BY_PHONE, "月", "日"):
        return {role.split}
    return {name for name in role.fields if not (len(role.fields) > 1 and name.endswith(".remarks"))}


def _comes_again(role: Role) -> bool:
    """Whether several columns of a sheet may have the role: subjects, years, half days."""
    return role.split.startswith("栏目名") or role.split in ("几次合一", "全日制与在职")


def _judge(column: Column, role: Role, found: Profile, table: str) -> Guess | None:
    title, kind = _title_score(column.path, role, table), _kind(role)
    if title == 0 and kind not in _TELLING:
        return None
    filled = found.filled >= 2 or len(found.values) > 0
    share = (found.share(kind) if kind in _kinds() else _choice_share(role, found)) if kind and filled else None
    composed = bool(role.split) and role.split != BY_UNIT
    if title >= 0.9:
        if share is None:
            return Guess(role, 0.92 if not composed else 0.8, "表头")
        if composed and not role.split.startswith("栏目名"):
            if share < 0.5:
                return None
            return Guess(role, 0.97, "两者")
        if kind in _STRICT and share < 0.3:
            return Guess(role, 0.6, "表头") if title == 1 and kind not in ("number", "person", "code") else None
        if kind == "choice" and share == 0 and len(found.values) > 3:
            return Guess(role, 0.72, "表头")
        return Guess(role, 0.95 if share >= 0.6 else 0.91, "两者" if share >= 0.6 else "表头")
    if title >= 0.55 and share is not None and share >= 0.6 and kind in _STRICT | {"township", "choice", "org"}:
        return Guess(role, 0.76 if not composed else 0.78, "两者")
    if title >= 0.55 and (share is None or kind not in _STRICT or share >= 0.3):
        return Guess(role, 0.55, "表头")
    if (
        title == 0
        and kind in _TELLING
        and share is not None
        and share >= 0.8
        and len(found.values) > 2
        and not composed
    ):
        return Guess(role, 0.66, "内容")
    return None


@cache
def _kinds() -> frozenset[str]:
    from jinguo.intake.own.contents import KINDS

    return frozenset(KINDS)


@cache
def _bare_titles(role: Role) -> frozenset[str]:
    return frozenset(t if role.split else bare(t) for t in role.titles if not t.startswith("~"))


@cache
def _title_score(path: tuple[str, ...], role: Role, table: str) -> float:
    """How well the titles above a column fit a role: 1 for one of its names, less for one that only resembles it."""
    leaf = header_key(path[-1])
    group = re.sub("情况|信息|资料|基本|概况", "", header_key("".join(path[:-1])))
    for title in role.titles:
        if title.startswith("~") and re.search(title[1:], "›".join(path)):
            return 1.0
    whole = group + leaf
    if whole in role.titles:
        return 1.0
    if OTHERS.search("".join(path[:-1])):
        return 0.0
    if table == "organisations" and role.fields and _belongs_to_person(role, leaf):
        # 姓名, 性别 or 职务 of an organisation's register are those of its head, where its group says so.
        if not _HEADS.search(group or leaf):
            return 0.0
        if role.fields == ("organisations.head",) and leaf in ("姓名", "名字"):
            return 1.0 if not re.search("法定代表|法人", group) else 0.0
    if role.fields == ("organisations.legal_representative",) and leaf == "姓名" and re.search("法定代表|法人", group):
        return 1.0
    if leaf in role.titles:
        return 1.0
    bare_leaf = bare(path[-1])
    if bare_leaf in _bare_titles(role) or group + bare_leaf in _bare_titles(role):
        return 0.92
    if (
        group
        and len(path) > 1
        and bare_leaf not in _GENERAL
        and header_key(path[0]) in role.titles
        and role.split.startswith("栏目名")
    ):
        return 0.92
    near = [t for t in role.titles if not t.startswith("~") and len(t) > 1]
    if any(len(t) > 2 and (t in leaf or (leaf in t and len(leaf) > 2)) for t in near) or any(
        _alike(bare_leaf, t) for t in near
    ):
        return 0.6
    return 0.0


_GENERAL = frozenset(("备注", "姓名"))


def _belongs_to_person(role: Role, leaf: str) -> bool:
    return role.fields[0].startswith(_OF_A_PERSON) or (
        role.fields == ("organisations.head",) and leaf in ("姓名", "名字")
    )


@cache
def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return len(one) > 2 and fuzz.ratio(one, other) >= 82


@cache
def _kind(role: Role) -> str:
    """What must stand in a column of this role; empty where anything may."""
    if role.content:
        return role.content
    if not role.fields:
        return ""
    if role.split == BY_UNIT:
        return ""
    table, name = role.fields[0].split(".")
    kind = TABLES[table].by_name[name].type
    if isinstance(kind, Reference):
        return {"people": "person", "organisations": "", "townships": "township"}.get(kind.table, "")
    for types, word in _KIND_OF:
        if isinstance(kind, types):
            return word
    if role.fields[0] in ("people.name", "townships.contact"):
        return "person"
    return "org" if role.fields[0] == "organisations.name" else ""


_KIND_OF: list[tuple[tuple[type, ...], str]] = [
    ((IdCard,), "id"), ((CreditCode,), "code"), ((Phone,), "phone"), ((Email,), "email"), ((Date, DateTime), "day"), ((YearMonth,), "month"),
    ((Score,), "score"), ((Number,), "number"), ((MultiChoice, Key), ""), ((Choice,), "choice"),
]  # fmt: skip


def _choice_share(role: Role, found: Profile) -> float:
    """How many of the distinct words the list of the column knows, or offices are known to use for them."""
    if not role.fields:
        return 1.0
    table, name = role.fields[0].split(".")
    parse = TABLES[table].by_name[name].type.parser({k: list(v) for k, v in VOCABULARIES.items()})
    words = WORDS.get(role.fields[0], {})
    fits = [clean(v) in words or parse(v).value is not None for v in found.values]
    return sum(fits) / len(fits) if fits else 0.0


def profiles_of(frame: Frame) -> dict[int, Profile]:
    """What stands in each column."""
    return {c.place: profile(frame.values(c)) for c in frame.columns}


def coverage(guesses: Mapping[int, Guess], columns: Sequence[Column]) -> float:
    """The share of the columns that mean something to a table."""
    asked = [c for c in columns if c.block == 0 and not is_ignored(c.leaf)]
    return len(guesses) / len(asked) if asked else 0.0
