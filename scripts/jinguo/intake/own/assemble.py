"""From the transcripts of an office's sheets to typed tables: who and what each row means, keys, what is left open."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jinguo.common.findings import Finding, finding
from jinguo.intake.own.block import Transcript
from jinguo.intake.own.comparisons import names_twice, people_on_two_sheets, rows_twice, terms
from jinguo.intake.own.controls import compare_controls
from jinguo.intake.own.mapping import FILE, Identity, ValueMap
from jinguo.intake.own.mapping import Mapping as Decisions
from jinguo.intake.own.part import Part, not_taken
from jinguo.intake.own.people_named import question_about_the_rest
from jinguo.intake.own.resolve_organisations import (
    know_organisations,
    know_townships,
    resolve_organisations,
    resolve_townships,
)
from jinguo.intake.own.resolve_people import ID_NUMBER, know_people, resolve_people
from jinguo.intake.own.typed import Typing
from jinguo.intake.own.words import WORDS
from jinguo.intake.own.working import Working
from jinguo.registry.tables import Table
from jinguo.schema import TABLES
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.register_problems import READ_SO, UNFIT_DECISION


class Assembly(NamedTuple):
    """What the office's sheets give: the parts of each table, what is said of them, the words they use that our lists do
    not know, and what waits for a decision."""

    tables: dict[str, list[Table]]
    findings: list[Finding]
    words: list[ValueMap]
    questions: list[Identity]


def assemble(
    transcripts: Sequence[Transcript],
    decisions: Decisions,
    vocabularies: Mapping[str, Sequence[str]],
    ours: Mapping[str, Table],
    place: str = "",
) -> Assembly:
    """The tables of all sheets together, with what our own tables (those that have rows) know already."""
    parts = [part for t in transcripts for part in t.parts]
    work = Working(transcripts, ours, {i.key: i for i in decisions.identities}, place, parts)
    know_townships(work)
    organisations = know_organisations(work)
    people = know_people(work, organisations)
    for part in work.parts:
        resolve_townships(work, part)
        resolve_organisations(work, part, organisations)
    # Whom the registers of organisations name, and whom a number tells, are known before those only named.
    for part in sorted(
        work.parts, key=lambda part: (part.source.main != "organisations", part.source.main not in _NUMBERED)
    ):
        resolve_people(work, part, people)
    _ask_about_the_rest(work)
    for name, said in people.unfit.items():
        what = f"“{name}”的“对应”写的是“{said}”，没有这个人；从“候选”里选，或写新增、不计"
        work.findings.append(finding(UNFIT_DECISION, (FILE, "认人认组织", ""), said, what))
    if not people.has_register and people.people:
        what = f"没有花名册，按各张登记表里的姓名、单位、证件号认了 {len(people.people)} 人"
        work.findings.append(
            finding(READ_SO, (transcripts[0].source.workbook, transcripts[0].source.sheet, ""), "", what)
        )
    _give_keys(work)
    rows_twice(work)
    names_twice(work)
    terms(work)
    people_on_two_sheets(work)
    for transcript in transcripts:
        work.findings += compare_controls(transcript)
    typing = Typing(vocabularies, decisions)
    tables = _typed(work, typing)
    findings = list(dict.fromkeys([*work.findings, *typing.all_findings()]))
    return Assembly(tables, findings, [*typing.known.values(), *typing.asked.values()], list(work.questions.values()))


#: Registers that tell people by their identity numbers.
_NUMBERED = ("exam_entries", "certificates", "candidates")
#: So many unknown people, and one decision about them all is offered.
_MANY = 6


def _ask_about_the_rest(work: Working) -> None:
    unknown = [i for i in work.questions.values() if i.kind == "人员" and not i.candidates]
    if len(unknown) >= _MANY:
        asked = question_about_the_rest(len(unknown))
        work.questions = {asked.key: asked} | work.questions


def _give_keys(work: Working) -> None:
    """Keys of events, lists and projects: their names; and who belongs to which."""
    for table, field in (("events", "event"), ("batches", "batch")):
        taken: set[str] = set()
        for part in work.of(table):
            if table == "events" and part.keys:
                _drop_known_events(work, part)
                continue
            part.keys = [not_taken(clean(v) or part.source.sheet, taken) for v in part.column("name")]
            for other in work.of_sheet(part):
                if len(part.rows) == 1 and field in TABLES[other.table].by_name and field not in other.values:
                    work.keys[id(other)][field] = part.keys * len(other.rows)
                    other.letters.setdefault(field, other.home)
    often = Counter(clean(v) for p in work.of("projects") for v in p.column("name"))
    taken = set()
    for part in work.of("projects"):
        work.drop_blank(part, "name")
        # A project goes on next year under its name.
        year = re.search(r"20\d\d", f"{part.source.sheet} {part.source.workbook}")
        names = [n if often[n] == 1 or not year else f"{n}（{year[0]}年）" for n in map(clean, part.column("name"))]
        part.keys = [not_taken(name, taken) for name in names]
        for other in work.of("payments"):
            if other.same is part and len(other.rows) == len(part.keys):
                work.keys[id(other)]["project"] = list(part.keys)
                other.letters.setdefault("project", part.home)


def _drop_known_events(work: Working, part: Part) -> None:
    """Of the events that a list of sign-ins names leave those that are registered already."""
    ours = work.ours.get("events")
    known = {name for name in ours["name"] if name} if ours is not None else set()
    known |= {clean(v) for p in work.of("events", main=True) for v in p.column("name")}
    work.keep_alone(part, [key not in known for key in part.keys])


def _typed(work: Working, typing: Typing) -> dict[str, list[Table]]:
    raws = {(t.source.workbook, t.source.sheet): t.frame.raw for t in work.transcripts}
    tables: dict[str, list[Table]] = defaultdict(list)
    for part in work.parts:
        if part.table in ("people", "organisations") and not part.main and not part.keys:
            # What a list says of those other registers enter is compared with them, and not entered twice.
            _check_numbers(work, part)
            continue
        _drop_what_says_nothing(work, part)
        if part.rows:
            raw = raws[part.source.workbook, part.source.sheet]
            tables[part.table].append(typing.table(part, raw, work.keys[id(part)], work.open[id(part)]))
    tables["posts"] = _posts_once(tables.get("posts", []))
    return tables


def _check_numbers(work: Working, part: Part) -> None:
    """An identity number is wrong wherever it stands."""
    field = TABLES["people"].by_name["id_number"]
    entered = {
        (p.source.sheet, p.rows[0]) for p in work.of("people") if p.keys and not p.main and p.source is part.source
    }
    for row, raw in zip(part.rows, part.column("id_number"), strict=True):
        problem = ID_NUMBER(raw).problem if not is_blank(raw) else None
        if problem is not None and part.table == "people" and (part.source.sheet, row) not in entered:
            work.say(
                problem.rule,
                part,
                f"{part.letters['id_number']}{row}",
                clean(raw),
                f"“{field.header}”{problem.what}",
                problem.remedy,
            )


#: Without this a row of a table says nothing: a subject not entered for, a year without a conclusion, no second instalment.
_TELLING = {
    "exam_entries": "score", "inspections": "result", "education_hours": "hours", "payments": "amount",
    "public_posts": "post", "duty_swaps": "organisation", "duty_units": "person",
}  # fmt: skip


def _drop_what_says_nothing(work: Working, part: Part) -> None:
    name = _TELLING.get(part.table)
    if part.table == "duty_units" and name not in part.values and "organisation" not in part.values:
        # A telephone alone is nobody's.
        work.keep_alone(part, [False] * len(part.rows))
    if name not in part.values or not part.rows:
        return
    words = WORDS.get(f"{part.table}.{name}", {})
    wanted = [not is_blank(v) and words.get(clean(v), "x") != "" for v in part.values[name]]
    if part.table == "duty_units" and part.same is not None:
        # A roster names each unit on every day of hers; she is one unit.
        keys = work.keys[id(part)].get("organisation") or work.keys[id(part.same)].get("organisation", [])
        work.keys[id(part)]["organisation"] = list(keys)
        part.letters["organisation"] = part.same.letters.get("organisation", part.home)
        seen: set[Any] = {None}
        for i, key in enumerate(keys):
            wanted[i] = wanted[i] and key not in seen
            seen |= {key} if wanted[i] else set()
    work.keep_alone(part, wanted)


def _posts_once(tables: Sequence[Table]) -> list[Table]:
    """A post that two registers tell of is one; the row with the month it began in stands."""
    best: dict[tuple[Any, ...], tuple[Table, int]] = {}
    drop: defaultdict[int, set[int]] = defaultdict(set)
    for table in tables:
        for i, *post in table.each("person", "organisation", "post"):
            if None in post[:2] or table["to_month"][i]:
                continue
            held = best.get(tuple(post))
            is_better = (
                held is not None and held[0]["from_month"][held[1]] is None and table["from_month"][i] is not None
            )
            if held is not None:
                drop[id(held[0] if is_better else table)].add(held[1] if is_better else i)
            if held is None or is_better:
                best[tuple(post)] = table, i
    return [_without(t, drop[id(t)]) for t in tables]


def _without(table: Table, dropped: set[int]) -> Table:
    if not dropped:
        return table
    places = [i for i in range(len(table)) if i not in dropped]
    moved = {old: new for new, old in enumerate(places)}

    def some(columns: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
        return {name: [values[i] for i in places] for name, values in columns.items()}

    return Table(
        table.spec, [table.rows[i] for i in places], some(table.columns), some(table.raw), some(table.extra),
        {(name, moved[i]) for name, i in table.unreadable if i in moved}, table.blocks, [len(places)],
    )  # fmt: skip
