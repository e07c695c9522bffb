"""What each sheet of an office's own workbooks is taken for, and each of its columns; nothing is decided here for good."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import replace

from jinguo.excel.raw import RawSheet
from jinguo.intake.header import HeadRows, known_columns
from jinguo.intake.own.column_roles import is_running, profiles_of
from jinguo.intake.own.contents import Profile, masked, profile
from jinguo.intake.own.frame import Column, Frame, frame_of
from jinguo.intake.own.guess import LIKELY, SURE, Guess
from jinguo.intake.own.lexicon import is_ignored
from jinguo.intake.own.mapping import FILE, IGNORED, OPEN, OWN, TAKEN, ColumnMap, Mapping, Source, fits
from jinguo.intake.own.old_copies import set_old_copies_aside
from jinguo.intake.own.register_kind import NO_REGISTER, Taken, identifying, is_of_other_things, take
from jinguo.intake.own.sources import header_rows, source_of
from jinguo.intake.sheets import OWN_SHEETS
from jinguo.schema import TABLES
from jinguo.schema.cells import clean
from jinguo.schema.codes import Key, Reference
from jinguo.schema.model import header_key

#: So many of the values, and a column is one of numbers.
_MOSTLY = 0.8
#: So many rows, and names with numbers are a list.
_LIST = 3
_BY_SHEET = {header_key(spec.sheet): spec for spec in TABLES.values()}


def is_ours(raw: RawSheet) -> bool:
    """Whether a sheet is one of our own tables: by its name, with most of the columns no row is without, and with all of
    them that are numbers: an office's own register names people and organisations instead."""
    spec = _BY_SHEET.get(header_key(raw.name))
    if raw.workbook == FILE or raw.name in OWN_SHEETS:
        return True
    if spec is None:
        return False
    known = known_columns(HeadRows(raw.rows), spec, raw.merged)
    needed = [f.name for f in spec.fields if f.required]
    if any(f.required and isinstance(f.type, Key | Reference) and f.name not in known for f in spec.fields):
        return False
    return len(known.intersection(needed)) * 2 > len(needed) or (len(needed) == 0 and bool(known))


def propose(sheets: Lookup[str, Sequence[RawSheet]], decided: Mapping | None = None) -> Mapping:
    """A row for every sheet that is none of our own tables, and for every column of those that are read."""
    decided = decided or Mapping()
    raws = [raw for book in sheets.values() for raw in book if not is_ours(raw)]
    known = _townships(raws)
    sources, columns, taken = [], [], []
    for raw in raws:
        old = decided.source_of(raw.label, raw.name)
        found = None if old and old.action == IGNORED else take(raw, old)
        if found is None:
            sources.append(_not_read(raw))
            continue
        source = source_of(found, known)
        sources.append(source)
        taken.append((source, found))
    set_old_copies_aside(taken)
    for source, found in taken:
        if source.action != IGNORED:
            columns += _columns(found)
    return Mapping(sources, _with_patterns(columns))


def _townships(raws: Sequence[RawSheet]) -> set[str]:
    """The names of townships that stand in any of the sheets, twice at least, or are the name of a sheet."""
    found: Counter[str] = Counter()
    for raw in raws:
        name = re.sub(r"[\s\d.、]+", "", raw.name)
        if re.fullmatch(r"[\u4e00-\u9fff]{2,5}(?:街道|镇|乡)", name):
            found[name] += 2
        for row in raw.rows:
            for value in row:
                if (
                    isinstance(value, str)
                    and len(value) < 9
                    and re.fullmatch(r"[\u4e00-\u9fff]{2,5}(?:街道|镇|乡)", value.strip())
                ):
                    found[value.strip()] += 1
    return {name for name, count in found.items() if count > 1 and name not in ("乡镇", "乡镇街道", "镇街道", "所属镇")}


def _not_read(raw: RawSheet) -> Source:
    filled = sum(bool(clean(v)) for row in raw.rows for v in row)
    if not filled:
        return Source(raw.label, raw.name, reason="空的工作表", action=IGNORED)
    if NO_REGISTER.search(raw.name):
        return Source(raw.label, raw.name, reason="是说明或选项，不是登记表", action=IGNORED)
    frame = frame_of(raw)
    if frame is None:
        return Source(raw.label, raw.name, reason="没有一行像表头，不像登记表", action=IGNORED)
    if not frame.data:
        return Source(raw.label, raw.name, reason="只有表头，没有一行内容", action=IGNORED)
    if is_of_other_things(raw.name, frame.titles):
        return Source(raw.label, raw.name, header=header_rows(frame), reason="不是台账里的登记", action=IGNORED)
    titles = "、".join(c.leaf for c in frame.columns[:6])
    if _is_list_of_people(frame):
        reason = f"像是一份名单（{titles}……），不知道是哪一张表：在“对应表”里选一张，或定为不读"
        return Source(raw.label, raw.name, header=header_rows(frame), reason=reason, action=OPEN)
    return Source(
        raw.label, raw.name, header=header_rows(frame), reason=f"栏目（{titles}……）不像台账里哪一张表", action=IGNORED
    )


def _is_list_of_people(frame: Frame) -> bool:
    """Whether somebody is listed row by row: by identity numbers, or by names with telephones or organisations."""
    profiles = [p for p in profiles_of(frame).values() if p.filled * 2 > len(frame.data)]

    def has(*kinds: str) -> bool:
        return any(p.share(kind) >= _MOSTLY for kind in kinds for p in profiles)

    return len(frame.data) >= _LIST and (has("id") or (has("person") and has("phone", "org", "org_post")))


def certain(mapping: Mapping) -> Mapping:
    """The proposals that are sure, to be read without having been asked about: of the others nothing is read, nor of a
    sheet of which it is not sure what its rows are about."""

    def is_sure(c: ColumnMap) -> bool:
        return c.action == TAKEN and c.sureness == "确定"

    def is_told(source: Source) -> bool:
        rows = [c for c in mapping.columns if fits(source.workbook, c.workbook) and fits(source.sheet, c.sheet)]
        return any(is_sure(c) and identifying(source.main) & {*c.fields} for c in rows)

    sources = [replace(s, action=TAKEN if s.action == TAKEN and is_told(s) else IGNORED) for s in mapping.sources]
    columns = [c if is_sure(c) or c.action not in (TAKEN, OPEN) else replace(c, action=OWN) for c in mapping.columns]
    return Mapping(sources, columns)


def _columns(found: Taken) -> list[ColumnMap]:
    rows = []
    profiles = profiles_of(found.frame)
    for column in found.frame.columns:
        if column.block == 0:
            rows.append(_column(found, column, found.guesses.get(column.place), profiles[column.place]))
    return rows


def _column(found: Taken, column: Column, guess: Guess | None, filled: Profile) -> ColumnMap:
    samples = ("（隐藏的栏）" if column.hidden else "") + " | ".join(
        masked(v) for v in profile(found.frame.values(column)).values[:3]
    )
    row = ColumnMap(found.raw.label, found.raw.name, column.title, samples=samples)
    if guess is None:
        if is_ignored(column.leaf) or is_running(column, filled):
            row.action, row.by, row.sureness = IGNORED, "表头", "确定"
        else:
            row.action, row.sureness = OWN, "没有一栏对得上"
        return row
    row.fields, row.split, row.by = guess.role.fields, guess.role.split, guess.by
    row.unit = _unit(column, guess, found.frame)
    row.sureness = "确定" if guess.sureness >= SURE else "多半" if guess.sureness >= LIKELY else "猜的"
    row.action = TAKEN if guess.sureness >= LIKELY else OPEN
    if not row.fields:
        row.action = OWN
    return row


def _unit(column: Column, guess: Guess, frame: Frame) -> str:
    """万元→元 where the title says so and our column is in yuan, and the other way round."""
    name = guess.role.fields[-1] if guess.role.fields else ""
    if not name:
        return ""
    table, field = name.split(".")
    ours = getattr(TABLES[table].by_name[field].type, "unit", "")
    said = re.findall(r"[（(](万元|元)[）)]", column.title) or re.findall(
        r"单位\s*[:：]\s*(万元|元)", " ".join(t for _, t in frame.titles)
    )
    if ours in ("元", "万元") and said and said[-1] != ours:
        return f"{said[-1]}→{ours}"
    return ""


def _with_patterns(columns: Sequence[ColumnMap]) -> list[ColumnMap]:
    """One row for the columns of one title on all sheets of a workbook that are taken for the same."""
    groups: defaultdict[tuple[str, str], list[ColumnMap]] = defaultdict(list)
    for column in columns:
        groups[column.workbook, column.title].append(column)
    rows = []
    for group in groups.values():
        like = {(c.fields, c.split, c.unit) for c in group}
        if len(group) == 1 or len(like) > 1:
            rows += group
            continue
        first = max(
            group,
            key=lambda c: (
                ("确定", "多半", "猜的").index(c.sureness) * -1 if c.sureness in ("确定", "多半", "猜的") else -9
            ),
        )
        first.sheet = "*"
        if any(c.action == TAKEN for c in group):
            first.action = TAKEN
        rows.append(first)
    return rows
