"""Which column of a sheet is for what: judged by its title, by what stands in it, or by both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from jinguo.intake.own.content_match import name_by_content, township_by_content, two_telephones
from jinguo.intake.own.contents import Profile, is_person, profile
from jinguo.intake.own.frame import Column, Frame
from jinguo.intake.own.guess import POSSIBLE, Guess
from jinguo.intake.own.lexicon import BY_PHONE, BY_UNIT, Role, is_ignored, roles
from jinguo.intake.own.title_match import note_score, title_score
from jinguo.intake.own.words import WORDS
from jinguo.schema import TABLES
from jinguo.schema.cells import clean
from jinguo.schema.codes import CreditCode, Email, IdCard, Key, Phone, Reference
from jinguo.schema.dates import Date, DateTime, YearMonth
from jinguo.schema.model import header_key
from jinguo.schema.numbers import Number, Score
from jinguo.schema.types import Choice, FieldType, Line, MultiChoice, Name
from jinguo.schema.vocabularies import VOCABULARIES

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
        "key",
        "year",
        "level_number",
    ]
)


def match_roles(frame: Frame, table: str, profiles: Mapping[int, Profile]) -> dict[int, Guess]:
    """The guesses for the columns of the first block of a sheet, by place, if the sheet is a register of this table."""
    columns = [c for c in frame.columns if c.block == 0]
    found = [
        (guess, -n, column, role)
        for column in columns
        if (not is_ignored(column.leaf) or len(column.path) > 1) and not is_running(column, profiles[column.place])
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
    name_by_content(columns, table, profiles, chosen, taken)
    if table in ("organisations", "townships"):
        township_by_content(table, columns, profiles, chosen, taken)
    if table == "organisations":
        two_telephones(columns, lambda c, r: _judge(c, r, profiles[c.place], table), chosen)
    return chosen


def is_running(column: Column, found: Profile) -> bool:
    """Whether a column titled 编号 only counts the rows."""
    is_bare = header_key(column.leaf) in ("编号", "号", "代号")
    return is_bare and found.share("number") >= 0.8 and all(len(clean(v).removesuffix(".0")) < 5 for v in found.values)


def _takes(role: Role) -> set[str]:
    """What no other column of a sheet is for, once one has the role."""
    if role.split in (BY_UNIT, BY_PHONE, "月", "日"):
        return {role.split}
    return {name for name in role.fields if not (len(role.fields) > 1 and name.endswith(".remarks"))}


def _comes_again(role: Role) -> bool:
    """Whether several columns of a sheet may have the role: subjects, years, half days."""
    again = role.split.startswith("栏目名") or role.split in ("几次合一", "全日制与在职")
    return again or role.fields == ("payments.date",)


def _judge(column: Column, role: Role, found: Profile, table: str) -> Guess | None:
    title, kind = title_score(column.path, role, table) or note_score(column.note, role), _kind(role)
    if title == 0 and kind not in _TELLING:
        return None
    filled = found.filled >= 2 or len(found.values) > 0
    share = (found.share(kind) if kind in _kinds() else _choice_share(role, found)) if kind and filled else None
    composed = bool(role.split) and role.split != BY_UNIT
    if filled and _is_named(role) and found.share("number") >= 0.5:
        # No number is the name of anybody or anything.
        return None
    if role.split == "原…换" and not filled:
        return None
    if title >= 0.9:
        if share is None:
            return Guess(role, 0.92 if not composed else 0.8, "表头")
        if composed and not role.split.startswith("栏目名"):
            if share < 0.5:
                return None
            return Guess(role, 0.97, "两者")
        if kind in _STRICT and share < 0.3:
            return Guess(role, 0.6, "表头") if title == 1 and kind not in ("number", "person", "code", "key") else None
        if kind == "choice" and share == 0 and len(found.values) > 1:
            # Numbers are no words of a list; words the list does not know may be, if it is not one of several.
            several = isinstance(_field_type(role), MultiChoice)
            return Guess(role, 0.72, "表头") if found.share("number") < 0.5 and not several else None
        return Guess(role, 0.95 if share >= 0.6 else 0.91, "两者" if share >= 0.6 else "表头")
    fits = share is not None and share >= 0.6 and kind in _STRICT | {"township", "choice", "org"}
    if title >= 0.7:
        if share is not None and kind in _STRICT and share < 0.3:
            return None
        if composed and not fits:
            return None
        return Guess(role, 0.86 if fits else 0.76, "两者" if fits else "表头")
    if title >= 0.55 and fits:
        return Guess(role, 0.76 if not composed else 0.78, "两者")
    if title >= 0.55 and (share is None or kind not in _STRICT or share >= 0.3):
        return Guess(role, 0.55, "表头")
    if title == 0 and share is not None and share >= 0.8 and len(found.values) > 2 and not composed:
        return Guess(role, 0.66, "内容")
    return None


@cache
def _is_named(role: Role) -> bool:
    """Whether a column of names is meant, of people, organisations or events, or of what refers to them."""
    if not role.fields or (role.split and not role.split.startswith("按")):
        return False
    return isinstance(_field_type(role), Name | Reference | Line)


@cache
def _kinds() -> frozenset[str]:
    from jinguo.intake.own.contents import KINDS

    return frozenset(KINDS)


def _field_type(role: Role) -> FieldType:
    """The type of the first field a role gives."""
    table, name = role.fields[0].split(".")
    return TABLES[table].by_name[name].type


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
    if name == "year":
        return "year"
    if isinstance(kind, MultiChoice):
        return "choice" if kind.fixed else ""
    for types, word in _KIND_OF:
        if isinstance(kind, types):
            return word
    if role.fields[0] in ("people.name", "townships.contact"):
        return "person"
    return "org" if role.fields[0] == "organisations.name" else ""


_KIND_OF: list[tuple[tuple[type, ...], str]] = [
    ((IdCard,), "id"), ((CreditCode,), "code"), ((Phone,), "phone"), ((Email,), "email"), ((Date, DateTime), "day"), ((YearMonth,), "month"),
    ((Score,), "score"), ((Number,), "number"), ((Key,), "key"), ((Choice,), "choice"),
]  # fmt: skip


def _choice_share(role: Role, found: Profile) -> float:
    """How many of the distinct words the list of the column knows, or offices are known to use for them."""
    if not role.fields:
        return 1.0
    table, name = role.fields[0].split(".")
    parse = TABLES[table].by_name[name].type.parser({k: list(v) for k, v in VOCABULARIES.items()})
    words = WORDS.get(role.fields[0], {})
    fits = [clean(v) in words or parse(v).value is not None for v in found.values]
    if role.fields[0] == "attendance.presence":
        # Somebody's own name is a signature.
        fits = [fit or is_person(clean(v)) for fit, v in zip(fits, found.values, strict=True)]
    return sum(fits) / len(fits) if fits else 0.0


def profiles_of(frame: Frame) -> dict[int, Profile]:
    """What stands in each column."""
    return {c.place: profile([*frame.values(c), *frame.raw.choices.get(c.place, ())]) for c in frame.columns}


def coverage(guesses: Mapping[int, Guess], columns: Sequence[Column]) -> float:
    """The share of the columns that mean something to a table."""
    asked = [c for c in columns if c.block == 0 and not is_ignored(c.leaf)]
    return len(guesses) / len(asked) if asked else 0.0
