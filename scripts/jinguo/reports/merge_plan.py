"""合并方案.xlsx: a row a proposed change, for staff to decide; what is new in full on sheets of its own; figures before and
after."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, NamedTuple

from jinguo.amend.proposal import (
    ADDED,
    CHANGED,
    CONFLICT,
    DECISIONS,
    IS,
    LEAVE,
    NEW,
    OPEN,
    REMOVED,
    TAKE,
    UNREADABLE,
    WHO,
    Proposal,
    load_proposal,
    new_number,
)
from jinguo.common.errors import JinguoError
from jinguo.common.findings import shortened
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.writing.decision_workbook import DecisionSheet, hidden_text, write_decisions
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES
from jinguo.schema.cells import clean

_SHEET, _HIDDEN = "合并方案", "方案底账"
_HEADER = (
    "序号", "镇街", "工作表", "谁", "类别", "栏目", "现在的", "发出时的", "上报的", "建议", "理由", "处理", "来自", "位置",
)  # fmt: skip
_WIDTHS = (8, 12, 12, 24, 10, 14, 24, 24, 24, 24, 40, 9, 30, 30)
_COLOURS = {CHANGED: "", ADDED: "E2EFDA", REMOVED: "F8CBAD", CONFLICT: "FCE4D6", WHO: "DDEBF7", UNREADABLE: "FCE4D6"}
_NOTES = {
    "现在的": "台账里现在的内容",
    "发出时的": "发放调查表那天台账里的内容；空着的是没有发过这一格",
    "建议": "采用时写进台账的内容；可以改成更准的",
    "处理": "采用：照“建议”写进台账；不采用：台账不动；待定：还没有想好，写入时要先定下来",
}
_EXPLANATION = (
    "一行是一处提议的改动：谁上报的、哪一张表、谁、哪一栏，台账里现在是什么，发出时是什么，上报的是什么。",
    "没有疑问的，“处理”已经填了“采用”；两边都改过的、要删去的、不知道是谁的，一律“待定”，由您定。",
    "“建议”可以改：改成什么，采用时就写什么。新增的行，在“新增·人员”这样的表里逐格可以改。",
    "“认人认组织”：是台账里的哪一位，在“建议”里从下拉列表选“是 某某”，采用时只补她空着的格；不是的选“新增”。",
    "定好以后保存，把这个文件拖到“合并上报.bat”上（或运行 jinguo survey apply）。写入前先备份，写错了可以撤回。",
    "删去：采用时把台账里那一行的格子清空，别的行不动；原来的内容在备份里。",
)


def merge_plan(
    registry: Registry, title: str, proposals: Sequence[Proposal], author: str, figures: Sequence[Sequence[Any]] = ()
) -> bytes:
    """The workbook of these proposals, sorted by unit, sheet and row."""
    ordered = ordered_proposals(proposals)
    sheets = [_main(registry, ordered), *_new_sheets(ordered)]
    if figures:
        sheets.append(_figures(figures))
    whole = json.dumps([asdict(p) for p in ordered], ensure_ascii=False, separators=(",", ":"))
    return write_decisions(title, sheets, _EXPLANATION, OPEN, author, (_HIDDEN, whole))


def ordered_proposals(proposals: Sequence[Proposal]) -> list[Proposal]:
    """By unit, table and row; what is to be decided about one row stands together."""
    places = {name: n for n, name in enumerate(TABLES)}
    return sorted(
        proposals, key=lambda p: (p.unit, places[p.table], p.kind in (ADDED, WHO), p.kind == REMOVED, p.who, p.row)
    )


def line_number(p: Proposal, place: int) -> str:
    """What the plan calls a proposal: a new row by the number others refer to it by."""
    return f"新增{p.number}" if p.number else str(place)


def _main(registry: Registry, ordered: Sequence[Proposal]) -> DecisionSheet:
    rows, colours, groups, choices = [], {}, set(), {}
    for n, p in enumerate(ordered):
        field = TABLES[p.table].header_of(p.field) if p.field else "（整行）"
        rows.append(
            [
                line_number(p, n + 1), p.unit, TABLES[p.table].sheet, p.who, p.kind, field, _brief(p, p.now), _brief(p, p.sent),
                _brief(p, p.reported), shortened(p.suggested), p.reason, p.decision, p.source, " › ".join(filter(None, p.place)),
            ]
        )  # fmt: skip
        if _COLOURS.get(p.kind):
            colours[n] = _COLOURS[p.kind]
        if not n or p.unit != ordered[n - 1].unit:
            groups.add(n)
        if p.kind == WHO:
            told = p.reason.partition("：")[2].partition("。")[0]
            choices["建议", n] = [NEW, *(f"{IS}{name}" for name in told.split("、"))]
    return DecisionSheet(
        _SHEET, _HEADER, rows, _WIDTHS, {"处理": DECISIONS}, choices, _NOTES, ("建议", "处理"), "处理", colours, groups
    )


#: A whole row is told in so many characters; the new ones stand in full on their own sheets.
_MOST_OF_A_ROW = 120


def _brief(p: Proposal, text: str) -> str:
    """A text as the plan shows it."""
    if p.field or len(text) <= _MOST_OF_A_ROW:
        return shortened(text)
    return f"{text[:_MOST_OF_A_ROW]}……"


def _new_sheets(ordered: Sequence[Proposal]) -> list[DecisionSheet]:
    """For each table the new rows in full, a column each of its columns."""
    sheets = []
    for table in dict.fromkeys(p.table for p in ordered if p.values):
        mine = [p for p in ordered if p.table == table and p.values]
        spec = TABLES[table]
        given = {name for p in mine for name in p.values}
        names = [f.name for f in spec.fields if f.name in given] + [
            n for n in dict.fromkeys(n for p in mine for n in p.values) if n not in spec.by_name
        ]
        headers = [spec.header_of(n) for n in names]
        rows = [[line_number(p, 0), p.unit, *(p.values.get(n, "") for n in names)] for p in mine]
        sheets.append(
            DecisionSheet(
                _new_name(table), ["序号", "镇街", *headers], rows, [9, 12, *[18] * len(names)], editable=headers
            )
        )
    return sheets


def _new_name(table: str) -> str:
    return f"新增·{TABLES[table].sheet}"


def _figures(figures: Sequence[Sequence[Any]]) -> DecisionSheet:
    header, *rows = figures
    return DecisionSheet("统计", [str(h) for h in header], rows, [16, *[12] * (len(header) - 1)])


def figures_of(
    proposals: Sequence[Proposal], before: Mapping[str, Mapping[str, int]], whole: Mapping[str, int]
) -> list[list[Any]]:
    """The figures before and after by unit: rows of each table now, and as they are when what is 采用 in the plan is written;
    and how many changes there are of each kind. `before` are the rows now, by unit and table, `whole` those of each table,
    where somebody of two townships counts once."""
    tables = list(whole)
    header = ["镇街"]
    for table in tables:
        sheet = TABLES[table].sheet
        header += [f"{sheet}现有", f"{sheet}新增", f"{sheet}删去", f"{sheet}合并后"]
    header += ["改动", "冲突", "待定"]
    units = list(dict.fromkeys([*before, *(p.unit for p in proposals)]))
    counts = Counter((p.unit, p.table, p.kind) for p in proposals if p.decision == TAKE)
    lines: list[list[Any]] = []
    for unit in units:
        line: list[Any] = [unit or "（不知道是谁）"]
        for table in tables:
            now, plus = before.get(unit, {}).get(table, 0), counts[unit, table, ADDED]
            minus = counts[unit, table, REMOVED]
            line += [now, plus, minus, now + plus - minus]
        mine = [p for p in proposals if p.unit == unit]
        line += [sum(p.kind == kind for p in mine) for kind in (CHANGED, CONFLICT)] + [
            sum(p.decision == OPEN for p in mine)
        ]
        lines.append(line)
    total: list[Any] = ["合计", *(sum(line[c] for line in lines) for c in range(1, len(header)))]
    for n, table in enumerate(tables):
        now = 1 + 4 * n
        total[now] = whole[table]
        total[now + 3] = whole[table] + total[now + 1] - total[now + 2]
    return [header, *lines, total]


class Decided(NamedTuple):
    """A proposal as the plan was written, and as it is decided now."""

    written: Proposal
    now: Proposal


def read_merge_plan(path: Path) -> list[Decided]:
    """The proposals and what is decided about each; JinguoError, with every place at once, where the workbook is no plan or says
    something that cannot be understood."""
    raws = {raw.name: raw.rows for raw in read_workbook(path)}
    whole = hidden_text(raws.get(_HIDDEN, []), _HIDDEN)
    rows = raws.get(_SHEET, [])
    titles = [clean(v) for v in rows[0]] if rows else []
    proposals = _kept(whole)
    if proposals is None or not {"序号", "建议", "处理"} <= set(titles):
        raise JinguoError(
            "不是合并方案，或者里面的底账、表头不见了、改动过",
            path.name,
            "再运行一次“回收调查表”，在新的合并方案里定。",
        )
    number, suggested, decided = (titles.index(t) for t in ("序号", "建议", "处理"))
    lines: dict[str, tuple[str, str, int]] = {}
    wrong = []
    for n, row in enumerate(rows[1:], 2):
        texts = [clean(v) for v in row]
        if not any(texts):
            continue
        if not texts[number] or texts[decided] not in DECISIONS:
            wrong.append(f"第 {n} 行的“处理”写的是“{texts[decided]}”，只能是 {'、'.join(DECISIONS)}")
        lines[texts[number].removesuffix(".0")] = texts[suggested], texts[decided], n
    if wrong:
        raise JinguoError(
            "；".join(wrong[:10]) + (f"；共 {len(wrong)} 处" if len(wrong) > 10 else ""),
            f"{path.name} › {_SHEET}",
            "改好以后再运行一次。",
        )
    new = {
        table: _new_values(raws.get(_new_name(table), []), table) for table in {p.table for p in proposals if p.values}
    }
    return [Decided(p, _decided(p, n, lines, new)) for n, p in enumerate(proposals, 1)]


def _kept(whole: str) -> list[Proposal] | None:
    """The proposals of the hidden sheet; None where it does not hold them as they were written."""
    try:
        proposals = [load_proposal(kept) for kept in json.loads(whole)]
    except (TypeError, ValueError):
        return None
    return proposals if all(p.table in TABLES for p in proposals) else None


def _decided(
    p: Proposal,
    place: int,
    lines: Mapping[str, tuple[str, str, int]],
    new: Mapping[str, Mapping[str, Mapping[str, str]]],
) -> Proposal:
    """A proposal as its line says; one whose line was taken out is not wanted."""
    line = lines.get(line_number(p, place))
    if line is None:
        return replace(p, decision=LEAVE)
    suggested, decision, _ = line
    # What a cell could not show in full is what it was.
    suggested = p.suggested if suggested == clean(shortened(p.suggested)) else suggested
    values = {**p.values, **new.get(p.table, {}).get(line_number(p, 0), {})} if p.values else p.values
    return replace(p, suggested=suggested, decision=decision, values=values)


def _new_values(rows: Sequence[Sequence[Any]], table: str) -> dict[str, dict[str, str]]:
    """The cells of the new rows, by their numbers, as they stand now."""
    if not rows:
        return {}
    titles = [clean(v) for v in rows[0]]
    spec = TABLES[table]
    by_header = {f.header: f.name for f in spec.fields}
    names = [by_header.get(t, t) for t in titles]
    return {
        clean(row[0]): {n: clean(v) for n, v in zip(names[2:], row[2:], strict=False) if n}
        for row in rows[1:]
        if row and clean(row[0])
    }


def decided_otherwise(before: Sequence[Decided]) -> dict[str, Proposal]:
    """What staff have changed in a plan: the proposals as they are decided now, by their identities."""
    return {d.written.identity: d.now for d in before if d.now != d.written}


def carried_over(proposals: Sequence[Proposal], changed: Mapping[str, Proposal]) -> list[Proposal]:
    """The proposals with what staff have `changed` of the same ones before: nobody is asked twice, unless the registry says
    otherwise by now. What nobody touched is proposed anew."""
    found = []
    for p in proposals:
        old = changed.get(p.identity)
        if old is None or (old.now, old.sent) != (p.now, p.sent):
            found.append(p)
        else:
            found.append(
                replace(p, suggested=old.suggested, decision=old.decision, values={**p.values, **_edited(p, old)})
            )
    return found


def _edited(p: Proposal, old: Proposal) -> dict[str, str]:
    """What staff changed in the cells of a new row; references to other new rows are this plan's."""
    return (
        {n: t for n, t in old.values.items() if new_number(t) is None and new_number(p.values.get(n, "")) is None}
        if p.values
        else {}
    )


def open_lines(proposals: Sequence[Proposal]) -> list[str]:
    """The numbers of the lines nobody has decided."""
    return [line_number(p, n) for n, p in enumerate(proposals, 1) if p.decision == OPEN]
