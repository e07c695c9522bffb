"""The rows of an office's sheet as rows of our tables: what each field says, and in which of her cells it stands.

One sheet may give rows of several tables (an organisation, its head, the head's post), and one row several rows of one
table (a score a subject). A part is the rows of one table that one sheet, or one of its columns, gives.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from jinguo.excel.raw import RawSheet
from jinguo.intake.own.block import Control, SheetBlock, Transcript
from jinguo.intake.own.frame import Column, frame_of
from jinguo.intake.own.lexicon import BY_PHONE, BY_UNIT, CONTROLS
from jinguo.intake.own.mapping import TAKEN, ColumnMap, Mapping, Source
from jinguo.intake.own.part import Mention, Part
from jinguo.intake.own.special_columns import drop_plans, fill_days, fill_days_of_swaps, fill_presence
from jinguo.intake.own.splits import SAME_ROW, SPLITS, Cell, plain_name, presence
from jinguo.intake.own.title_lines import event_type, level_in, level_of_word, lines_of, moment_of, subject_of, year_of
from jinguo.intake.own.units import converted
from jinguo.schema import TABLES
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.codes import Reference
from jinguo.schema.model import header_key


def transcribe(raw: RawSheet, source: Source, mapping: Mapping, today: datetime.date) -> Transcript | None:
    """The parts of a sheet by the decisions about it; None where its header is not where it was decided. Hours that are
    only given a year count as of its end, or of `today`."""
    header = (source.header[0] - 1, source.header[1] - 1) if source.header else None
    frame = frame_of(raw, header)
    if frame is None:
        return None
    transcript = Transcript(source, frame, [], {}, [], [])
    for block in range(frame.blocks):
        columns = [c for c in frame.columns if c.block == block]
        _read(SheetBlock(transcript, columns, mapping, raw, today))
    return transcript


def _read(block: SheetBlock) -> None:
    main = block.part(block.source.main)
    for column, decision in block.mapped:
        kind = CONTROLS.get(header_key(column.leaf))
        if kind and decision.action != TAKEN:
            values = {i + 1: block.frame.rows[i][column.place] for i in block.data}
            block.transcript.controls.append(Control(kind, column.letter, values))
        if decision.action == TAKEN and decision.fields and decision.split not in (BY_UNIT, BY_PHONE):
            _take(block, column, decision)
        if decision.action != TAKEN or not decision.fields or decision.split or decision.unit:
            # What a split leaves over stays readable as the office's own column.
            main.extra[column.title] = block.column(column)
            main.extra_letters[column.title] = column.letter
    fill_presence(block)
    fill_days(block)
    fill_days_of_swaps(block)
    drop_plans(block)
    _posts_of_heads(block)
    _events_of_rows(block)
    _facts(block)
    _sections(block)
    for part in block.parts.values():
        if not part.main:
            part.same = main
    _mention_people(block)
    block.transcript.parts += [*block.parts.values(), *block.many]


def _take(block: SheetBlock, column: Column, decision: ColumnMap) -> None:
    values = block.column(column)
    if decision.split.startswith("栏目名"):
        block.many.append(_of_title(block, column, decision, values))
    elif decision.split in ("几次合一", "月", "日") or decision.fields == ("attendance.presence",):
        return
    elif decision.split in SPLITS:
        _split(block, column, decision, values)
    else:
        for name in decision.fields:
            table, short = name.split(".")
            changed = bool(decision.unit or decision.split)
            block.part(table).put(short, converted(values, decision.unit), column.letter, changed)


def _split(block: SheetBlock, column: Column, decision: ColumnMap, values: Sequence[Any]) -> None:
    split, cell = SPLITS[decision.split], Cell(decision.fields, column.path)
    known: dict[Any, dict[str, Any]] = {}
    found = []
    for value in values:
        text = clean(value)
        if text not in known:
            known[text] = split(text, cell) if text or decision.split == "登记证号或备案号" else {}
        found.append(known[text])
    names = dict.fromkeys([*decision.fields, *(name for parts in known.values() for name in parts)])
    for name in names:
        table, short = name.split(".")
        block.part(table).put(short, [parts.get(name, "") for parts in found], column.letter, True)


def _of_title(block: SheetBlock, column: Column, decision: ColumnMap, values: Sequence[Any]) -> Part:
    """The rows of a column whose title is a value: a subject, a year, a department, an instalment."""
    table, last = decision.fields[-1].split(".")
    first = decision.fields[0].split(".")[1]
    part = Part(
        table,
        block.source,
        [i + 1 for i in block.data],
        same=block.part(block.source.main),
        main=table == block.source.main,
    )
    part.put(last, converted(list(values), decision.unit), column.letter, bool(decision.unit))
    title: Any = re.sub(r"[（(](?:万?元|分|学时|小时)[）)]$", "", column.leaf)
    if table == "payments":
        if title in ("金额", "数额", "拨付金额", "拨款金额") and len(column.path) > 1:
            title = column.path[-2]
        _put_day_of_payment(block, column, part)
    if decision.split in ("栏目名作年度", "栏目名作年度学时"):
        year = re.search(r"(?:19|20)\d{2}", column.title)
        short = re.match(r"(\d{2})年", column.leaf)
        title = year[0] if year else f"20{short[1]}" if short else column.leaf
    if decision.split == "栏目名作年度学时":
        part.put("content", ["继续教育（按年合计）"] * len(part.rows), column.letter, True)
        title = min(f"{title}-12-31", f"{block.today:%Y-%m-%d}") if title == str(block.today.year) else f"{title}-12-31"
    part.put(first, [title] * len(part.rows), column.letter, True)
    if decision.split == "栏目名作活动":
        names = [plain_name(n) for n in block.part(block.source.main).column("person")]
        marks = [presence([v], name, block.words) for v, name in zip(part.values[last], names, strict=True)]
        part.values[last] = [strange if strange is not None else said for said, strange in marks]
        _event_of_title(block, column)
    if table == "opinions":
        # Who has not said anything yet is waited for.
        part.values[last] = ["待复" if is_blank(v) else v for v in part.values[last]]
    return part


def _put_day_of_payment(block: SheetBlock, column: Column, part: Part) -> None:
    """The day that stands beside the amount below one title."""
    for other, decision in block.mapped:
        is_day = decision.fields == ("payments.date",) and decision.action == TAKEN
        if is_day and len(other.path) > 1 and other.path[:-1] == column.path[:-1]:
            part.put("date", block.column(other), other.letter)


def _event_of_title(block: SheetBlock, column: Column) -> None:
    """The event that a column is titled by: 4.15普法沙龙."""
    lines = lines_of(block.frame, block.source.workbook.rpartition(".")[0])
    year = year_of(lines)
    event = Part("events", block.source, [block.frame.header[1] + 1], keys=[column.leaf])
    event.put("name", [column.leaf], column.letter)
    when = moment_of(column.leaf, year.value if year else "")
    if when and when[0][:2] in ("19", "20"):
        event.put("starts", [when[0]], column.letter, True)
    if kind := event_type(column.leaf):
        event.put("type", [kind], column.letter, True)
    block.many.append(event)


def _events_of_rows(block: SheetBlock) -> None:
    """The events that a list of all sign-ins names in its rows, each once, where it first stands."""
    attendance = block.parts.get("attendance")
    if attendance is None or "event" not in attendance.values or not attendance.main:
        return
    events = block.parts.get("events") or block.part("events")
    words = {v: clean(v) for v in {*attendance.values["event"], *events.column("starts")}}
    names = list(map(words.__getitem__, attendance.values["event"]))
    days = list(map(words.__getitem__, events.column("starts")))
    keys = names
    if any(words[v] for v in {*events.column("starts")}) and len({*zip(names, days, strict=True)}) > len({*names}):
        keys = [f"{name}（{day}）" if name and day else name for name, day in zip(names, days, strict=True)]
    attendance.values["event"] = list(keys)
    attendance.derived.add("event")
    first: dict[str, int] = {}
    for i, key in enumerate(keys):
        first.setdefault(key, i)
    first.pop("", None)
    places = list(first.values())
    once = Part(
        "events", block.source, [events.rows[i] for i in places], letters=events.letters, derived=events.derived
    )
    once.values = {name: [values[i] for i in places] for name, values in events.values.items()}
    once.keys = list(first)
    once.put("name", [names[i] for i in places], attendance.letters["event"])
    once.put("type", [event_type(names[i]) for i in places], attendance.letters["event"], True)
    block.parts["events"] = once


def _posts_of_heads(block: SheetBlock) -> None:
    """Who holds the post of a register of organisations: the head, in the organisation of the row."""
    main, posts = block.parts.get("organisations"), block.parts.get("posts")
    if main is None or posts is None or not main.main or "person" in posts.values or "head" not in main.values:
        return
    posts.put("person", list(main.values["head"]), main.letters["head"], True)
    posts.put("organisation", [SAME_ROW] * len(posts.rows), posts.home, True)


def _facts(block: SheetBlock) -> None:
    main = block.part(block.source.main)
    first = next(iter(main.letters.values()), "A")
    once: dict[str, Part] = {}
    for fact in block.source.facts:
        table, name = fact.field.split(".")
        if fact.value in ("", "？") or fact.field == "duty_log.date":
            continue
        if table in ("events", "batches"):
            if table not in once:
                once[table] = Part(table, block.source, [block.frame.titles[0][0] + 1 if block.frame.titles else 1])
            once[table].fix(name, fact.value, fact.cell, "A")
            continue
        targets = [p for p in (*block.parts.values(), *block.many) if p.table == table] or [block.part(table)]
        for part in targets:
            part.fix(name, fact.value, fact.cell, first)
    for table, part in once.items():
        if not any(p.table == table and p.source is block.source for p in block.transcript.parts):
            block.parts[f"{table} once"] = part


def _sections(block: SheetBlock) -> None:
    """The level that a heading between the rows gives those below it."""
    if block.source.main != "exam_entries" or not block.frame.sections:
        return
    main = block.part("exam_entries")
    if "level" not in main.values:
        levels = [level_in(block.frame.sections.get(i, "")) for i in block.data]
        main.put("level", levels, next(iter(main.letters.values()), "A"), True)


def _mention_people(block: SheetBlock) -> None:
    """Who is meant in each field that refers to a person."""
    unit = next((block.column(c) for c, m in block.mapped if m.split == BY_UNIT), None)
    phone = next((block.column(c) for c, m in block.mapped if m.split == BY_PHONE), None)
    people = block.parts.get("people")
    main = block.part(block.source.main)
    position = people.values.get("position") if people and not people.main else None
    number = people.values.get("id_number") if people else None
    born = people.values.get("born") if people else None
    mobile = people.values.get("mobile") if people else None
    if people is not None and not people.main:
        name = "head" if block.source.main == "organisations" else "person"
        if name in main.values:
            people.put("name", list(main.values[name]), main.letters[name], True)
    organisation = main.values.get("name") if block.source.main == "organisations" else None
    beside = (unit or position or organisation, phone or mobile or main.values.get("phone"), number, born)
    for part in block.parts.values():
        for f in TABLES[part.table].fields:
            refers = isinstance(f.type, Reference) and f.type.table == "people"
            if refers and f.name in part.values and len(part.rows) == len(block.data):
                part.people[f.name] = _mentions(part.values[f.name], beside)
    _complete_many(block, main)


def _mentions(names: list[Any], beside: Sequence[list[Any] | None]) -> list[Mention]:
    """A mention for each row by its name and what stands beside it (unit, telephone, identity number, birth), each made
    once: rows that name the same person in the same way share one."""
    told = [column for column in beside if column is not None]
    rows: list[Any] = list(zip(names, *told, strict=True)) if told else names
    known: dict[Any, Mention] = {}
    for row in dict.fromkeys(rows):
        name, *rest = row if told else (row,)
        cells: Iterator[Any] = iter(rest)
        words = [clean(next(cells)) if column is not None else "" for column in beside]
        known[row] = Mention(plain_name(name), *words) if not is_blank(name) and name != SAME_ROW else Mention("")
    return list(map(known.__getitem__, rows))


def _complete_many(block: SheetBlock, main: Part) -> None:
    """What the rows that a column's title makes have in common with the row of the sheet."""
    shared = {
        "exam_entries": ("year", "level", "person", "remarks", "admission_number"),
        "inspections": ("organisation",),
    }
    mine = [part for part in block.many if part.table == block.source.main]
    for part in block.many:
        names = shared.get(part.table, ("person",)) if part.table not in ("payments", "events") else ()
        part.take_from(main, *names)
        if part.table == "exam_entries":
            levels = part.values.get("level", [""] * len(part.rows))
            titles = part.values["subject"]
            part.values["subject"] = [subject_of(t, level_of_word(n)) for t, n in zip(titles, levels, strict=True)]
    if mine:
        # The sheet's own rows are these; what is the office's own goes with each of them.
        del block.parts[block.source.main]
        for part in mine:
            part.extra, part.extra_letters = dict(main.extra), main.extra_letters
