"""The row of 来源 that is proposed for a sheet: its tables, its layout, and what its titles say for all its rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePath

from jinguo.intake.own.frame import Frame
from jinguo.intake.own.mapping import EVENT, OPEN, ROWS, SUBJECTS, TAKEN, TOWNSHIPS, TWICE, YEARS, Source
from jinguo.intake.own.register_kind import Taken
from jinguo.intake.own.title_lines import (
    Fact,
    batch_facts,
    event_facts,
    level_of,
    lines_of,
    organisation_in,
    township_of,
    year_of,
)
from jinguo.schema import TABLES
from jinguo.schema.types import Choice, match_choice

#: Lists of people whom the office helps, thanks or teaches; they are no members of hers for that.
_OF_OTHERS = re.compile(
    "困难|特困|贫困|低保|帮扶|救助|受助|资助|慰问|补助|两癌|春蕾|儿童|学生|家长|来访|求职|投票|获奖|奖励|表彰"
)


def source_of(found: Taken, towns: Collection[str]) -> Source:
    frame = found.frame
    lines = lines_of(frame, PurePath(found.raw.workbook).stem)
    year = year_of(lines)
    facts: list[Fact] = []
    layout = TWICE if frame.blocks > 1 else ROWS
    splits = {g.role.split for g in found.guesses.values()}
    # In the order of the columns, so that a sheet is always said to hold the same tables in the same order.
    fields = dict.fromkeys(name for _, g in sorted(found.guesses.items()) for name in g.role.fields)
    if found.table == "attendance" and "attendance.event" not in fields and "栏目名作活动" not in splits:
        facts += event_facts(lines, year.value if year else "")
        named = {f.field for f in facts}
        facts += [
            Fact(name, "？")
            for name in ("events.name", "events.starts", "events.type", "events.hours")
            if name not in named
        ]
        layout = EVENT if layout == ROWS else layout
    if found.table == "candidates" and "candidates.batch" not in fields:
        facts += batch_facts(lines)
        named = {f.field for f in facts}
        facts += [
            Fact(name, "？") for name in ("batches.office", "batches.seats", "batches.closing") if name not in named
        ]
    if found.table == "exam_entries":
        layout = SUBJECTS if "栏目名作科目" in splits else layout
        if "exam_entries.year" not in fields:
            facts.append(Fact("exam_entries.year", year.value, year.cell) if year else Fact("exam_entries.year", "？"))
        if "exam_entries.level" not in fields and not frame.sections and (level := level_of(lines)):
            facts.append(level)
    if found.table in ("inspections", "certificates") and splits & {"栏目名作年度", "栏目名作年度学时"}:
        layout = YEARS
    if found.table == "inspections" and layout != YEARS and "inspections.year" not in fields:
        facts.append(Fact("inspections.year", year.value, year.cell) if year else Fact("inspections.year", "？"))
    if found.table == "duty_log" and year:
        facts.append(Fact("duty_log.date", f"{year.value}年", year.cell))
    facts += _words_of_sheet(found, fields)
    if (
        found.table == "people"
        and "posts.post" in fields
        and "posts.organisation" not in fields
        and (of := organisation_in(lines))
    ):
        facts.append(of)
    if found.table in ("organisations", "people"):
        field = {"organisations": "organisations.township", "people": "people.residence"}[found.table]
        town = township_of(lines, towns)
        if town and field not in fields and found.table == "organisations":
            facts.append(town._replace(field=field))
            layout = TOWNSHIPS if not town.cell and layout == ROWS else layout
    tables = list(
        dict.fromkeys(
            [
                found.table,
                *(f.split(".")[0] for f in fields),
                *(f.field.split(".")[0] for f in facts),
            ]
        )
    )
    of_others = found.table == "people" and _OF_OTHERS.search(
        "".join([found.raw.workbook, *map(str, lines.lines[:1]), found.raw.name])
    )
    sure = found.lead >= 0.6 and found.score >= 3.2 and not of_others
    reason = f"{len(found.guesses)} 栏认得"
    if of_others:
        reason += f"；说的是“{of_others[0]}”，要不要算作台账里的人员，请认定"
    elif not sure:
        reason += "；也可能是别的表"
    return Source(
        found.raw.label,
        found.raw.name,
        tuple(tables),
        layout,
        header_rows(frame),
        facts,
        reason,
        TAKEN if sure else OPEN,
    )


def header_rows(frame: Frame) -> tuple[int, int]:
    """The rows of the header, from 1."""
    return frame.header[0] + 1, frame.header[1] + 1


#: Fields that the name of a sheet, or its title, may give for all its rows.
_OF_SHEET = {
    "organisations": ("tier", "status", "type"),
    "certificates": ("level",),
    "projects": ("type",),
    "inspections": (),
}


_STATUS_SAID = (("注销|撤销", "已注销"), ("备案(?!登记)", "已备案"), ("(?<!未)登记(?!表|册|备案|情况)|注册", "已登记"))


def _words_of_sheet(found: Taken, fields: Collection[str]) -> list[Fact]:
    """A word of a list that the name of the sheet is, where no column says it: one sheet a tier, one a status."""
    facts = []
    plain = re.sub(r"[\s\d.、（）()]+", "", found.raw.name)
    names = [plain, re.sub("组织|名单|台账|名册|部分|情况|类$", "", plain)]
    for field in _OF_SHEET.get(found.table, ()):
        kind = TABLES[found.table].by_name[field].type
        if f"{found.table}.{field}" in fields or not isinstance(kind, Choice):
            continue
        word = next(filter(None, (match_choice(name, kind.choices({}), kind.synonyms) for name in names)), None)
        if word is None and field == "status":
            word = next((word for said, word in _STATUS_SAID if re.search(said, plain)), None)
        if word:
            facts.append(Fact(f"{found.table}.{field}", word))
    return facts
