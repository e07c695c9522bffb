"""What the registers say twice, compared: one row twice, a term that ends before it begins, one person on two sheets."""

from __future__ import annotations

import re
from typing import Any

from jinguo.intake.own.part import Part
from jinguo.intake.own.resolve_people import BORN, ID_NUMBER
from jinguo.intake.own.working import Working
from jinguo.schema import TABLES
from jinguo.schema.cells import clean, half_width
from jinguo.schema.codes import birth_month
from jinguo.schema.dates import Month
from jinguo.schema.register_problems import CONTROL, OTHER_SHEET, ROW_TWICE


def rows_twice(work: Working) -> None:
    """Of rows that say the same of one person, on a sheet with a column a subject or a department, one counts."""
    for transcript in work.transcripts:
        wide = [p for p in work.parts if p.source is transcript.source and p.table in ("exam_entries", "opinions")]
        if len(wide) < 2 or len({tuple(p.rows) for p in wide}) > 1:
            continue
        first = wide[0]
        seen: dict[Any, int] = {}
        wanted = []
        for i, person in enumerate(work.keys[id(first)].get("person", [])):
            said = tuple(clean(p.values[n][i]) for p in wide for n in ("score", "opinion") if n in p.values)
            row = person, clean(first.column("level")[i]), said
            is_again = person is not None and row in seen
            wanted.append(not is_again)
            if is_again and first.table == "exam_entries":
                what = f"“{person}”与第 {first.rows[seen[row]]} 行是同样的内容，只算一次"
                work.say(ROW_TWICE, first, f"{first.letters['person']}{first.rows[i]}", str(person), what)
            seen.setdefault(row, i)
        if wanted:
            for part in wide:
                work.keep_alone(part, wanted)


def names_twice(work: Working) -> None:
    """A name that a list has twice, where nobody could tell whose it is, or of two people: the same one entered twice, or
    two of one name, and only the office knows."""
    for part in [*work.of("attendance"), *work.of("candidates", main=True)]:
        mentions = part.people.get("person", [])
        keys = work.keys[id(part)].get("person", [None] * len(mentions))
        events = part.values.get("event", [""] * len(mentions))
        seen: dict[Any, int] = {}
        for i, mention in enumerate(mentions):
            if not mention.name:
                continue
            named = (mention.name, mention.unit) if part.table == "attendance" else (mention.name, "")
            before = seen.setdefault((named, clean(events[i])), i)
            if before != i and (keys[i] is None or keys[i] != keys[before]):
                what = f"“{mention.name}”第 {part.rows[before]} 行已有，是写了两遍，还是同名的两个人"
                work.say(ROW_TWICE, part, f"{part.letters['person']}{part.rows[i]}", mention.name, what)


def terms(work: Working) -> None:
    """A term that ends before it begins, where one cell gives both."""
    for part in work.of("organisations", main=True):
        posts = work.beside(part, "posts")
        if (
            posts is None
            or "term_until" not in part.values
            or part.letters["term_until"] != posts.letters.get("from_month")
        ):
            continue
        until = dict(zip(part.rows, part.values["term_until"], strict=True))
        for row, start in zip(posts.rows, posts.values["from_month"], strict=True):
            one, other = (BORN(v).value if v else None for v in (start, until.get(row)))
            if one and other and other < one:
                what = f"任期从 {one} 到 {other}，止在起的前面"
                cell = f"{part.letters['term_until']}{row}"
                work.say(CONTROL, part, cell, f"{start}-{until[row]}", what, "核对起止，是不是写颠倒了")


def people_on_two_sheets(work: Working) -> None:
    """What a list says of somebody the roster knows, where it says another month of birth, number or sex."""
    rosters = {p.keys[i]: (p, i) for p in work.of("people", main=True) for i in range(len(p.rows))}
    for part in work.of("people"):
        if part.main or part.keys or part.same is None:
            continue
        mine = work.keys[id(part.same)]
        entries = next((p for p in work.of_sheet(part) if p.table == "exam_entries"), None)
        keys = mine.get("person") or mine.get("head") or (work.keys[id(entries)].get("person", []) if entries else [])
        for i, key in enumerate(keys[: len(part.rows)]):
            if key in rosters:
                _compare(work, part, i, *rosters[key])


def _compare(work: Working, part: Part, i: int, roster: Part, row: int) -> None:
    for name in ("born", "id_number", "sex"):
        if name not in part.values or name not in roster.values:
            continue
        here = part.values[name][i]
        one, other = _value(name, here), _value(name, roster.values[name][row])
        number = _value("id_number", roster.column("id_number")[row])
        if name == "born" and number:
            other = birth_month(number)
        if not one or not other or one == other:
            continue
        shown = "另一个号码" if name == "id_number" else str(other)
        where = f"{roster.source.workbook} › {roster.source.sheet} 第 {roster.rows[row]} 行"
        header = TABLES["people"].by_name[name].header
        what = f"“{clean(part.column('name')[i])}”的{header}与 {where}的（{shown}）不同"
        value = "" if name == "id_number" else clean(here)
        work.say(OTHER_SHEET, part, f"{part.letters[name]}{part.rows[i]}", value, what)


def _value(name: str, raw: Any) -> Any:
    """What a cell surely says: 1967.1 as a number may be two months."""
    if name == "sex":
        return clean(raw)
    if name == "id_number":
        return ID_NUMBER(raw).value if isinstance(raw, str) and raw else None
    month = BORN(raw).value
    return None if isinstance(month, Month) and re.fullmatch(r"\d{4}\.1", half_width(clean(raw))) else month
