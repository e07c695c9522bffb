"""From what came back to what is proposed: each returned cell against what was sent and what stands in the registry now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from jinguo.amend.proposal import CHANGED, CONFLICT, OPEN, REMOVED, TAKE, UNREADABLE, Proposal, new_number
from jinguo.amend.row_identity import row_identity, row_text
from jinguo.registry.cell_texts import cell_text, same_text, shown_reference
from jinguo.registry.tables import Registry, Table
from jinguo.schema import TABLES
from jinguo.schema.codes import Reference
from jinguo.survey.fresh_rows import NewRow, Origin, new_proposal, place_in_registry, reference_names, shown_name
from jinguo.survey.recognising import DOUBT, Recognising, organisations_with
from jinguo.survey.renamed import renamed_elsewhere
from jinguo.survey.returned import Gone, Return, ReturnedCell, ReturnedRow
from jinguo.survey.sent import SentRow, form_reference, without_identities
from jinguo.survey.telling_words import AS_BEFORE, lost_nought, says_nothing
from jinguo.survey.written_over import perhaps_another
from jinguo.versions.three_way import CellOutcome, three_way


class Proposing:
    """All that is proposed while returns are taken in one after the other. `survey` is the number of the survey (empty: that
    of the first return); returns of another are marked."""

    def __init__(self, rows: Recognising, survey: str) -> None:
        self.rows, self.survey = rows, survey
        self._cells: list[Proposal] = []
        self._known: list[tuple[ReturnedRow, Origin, tuple[int, str] | NewRow]] = []
        self._later: list[tuple[ReturnedRow, Origin]] = []
        #: Of each unit the files that came, when each was saved, and which rows and columns stand in it.
        self._files: defaultdict[str, list[Return]] = defaultdict(list)

    @property
    def _registry(self) -> Registry:
        return self.rows.registry

    def take(self, returned: Return) -> None:
        """Take in one return: who its people and organisations are. What refers to them waits for the other files."""
        self.survey = self.survey or returned.survey
        old = bool(returned.survey and returned.survey != self.survey)
        elsewhere = self.rows.of_other_units(returned)
        as_before = sum(
            c.text in AS_BEFORE for row in returned.rows if row.sent is not None for c in row.cells.values()
        )
        if as_before:
            returned.told.append(f"有 {as_before} 格写的是“不变”一类的话，当作没有改")
        organisations = organisations_with(returned.rows)
        for row in returned.rows:
            if not row.cells:
                continue
            origin = Origin(returned.file, elsewhere.get((row.table, row.token), returned.unit), old)
            self.rows.note_new_name(row, origin.unit)
            if TABLES[row.table].key:
                self._known.append((row, origin, self.rows.index_of(row, origin, organisations)))
            else:
                self._later.append((row, origin))
        if returned.unit:
            self._files[returned.unit].append(replace(returned, rows=[], gone=[], findings=[], marked=b""))
        for gone in returned.gone:
            self._gone(gone, Origin(returned.file, returned.unit, old))
        for unit in returned.also:
            for gone in self.rows.gone_of(unit, elsewhere):
                self._gone(gone, Origin(returned.file, unit, old))

    def proposals(self) -> list[Proposal]:
        """Everything proposed, each change once whoever returned it; what several returned differently is nobody's to take
        unasked."""
        self._known += [(row, origin, self.rows.index_of(row, origin, {})) for row, origin in self._later]
        self._later = []
        for row, origin, who in self._known:
            if isinstance(who, NewRow):
                self._into(who, row, origin)
            else:
                self._cells_of(row, origin, who)
        self._known = []
        for new_row in self.rows.new.rows:
            new_row.problems += self._doubts_of_new(new_row)
        new = [new_proposal(self._registry, row) for row in self.rows.new.rows if row.sources]
        cells = combined(self._cells)
        return [*cells, *renamed_elsewhere(self._registry, cells), *new]

    def _several(self, table: Table, name: str, text: str, unit: str) -> str:
        """That a name means several, a new one among them; nobody knows which."""
        f = table.spec.by_name.get(name)
        if f is None or not isinstance(f.type, Reference) or not text:
            return ""
        meant = self.rows.meant(f, text, unit)
        if len(meant) < 2 or not any(new_number(one) for one in meant):
            return ""
        return f"“{f.header}”写的“{text}”不知道是哪一个：{'、'.join(meant)}；是哪一个，照着写"

    def _doubts_of_new(self, row: NewRow) -> list[str]:
        """What speaks against taking a new row unasked: another new one of the same name, a later file of the unit without it."""
        found = []
        spec = TABLES[row.table]
        name = row.values.get(spec.display, "") if spec.key and spec.display else ""
        twins = [
            r
            for r in self.rows.new.rows
            if r is not row and r.table == row.table and name and r.values.get(spec.display) == name
        ]
        if twins and row.table == "people":
            places = "、".join(r.sources[0] for r in twins if r.sources)
            found.append(f"另有同名的新增（{places}），请核对是不是同一个人")
        for unit in row.units:
            files = self._files[unit]
            mine = [f for f in files if any(source.startswith(f"{f.file} › ") for source in row.sources)]
            later = [
                f
                for f in files
                if f not in mine and mine and f.moment > max(m.moment for m in mine) and f.counts.get(row.table)
            ]
            if later:
                found.append(f"同一单位后来的 {later[-1].file} 里没有这一行")
        return found

    def _withdrawn(self, row: ReturnedRow, name: str, origin: Origin) -> str:
        """The file of the same unit, saved no earlier, in which the cell stands as it was sent."""
        files = self._files[origin.unit]
        mine = max((f.moment for f in files if f.file == origin.file), default=0.0)
        for other in files if row.sent is not None else ():
            same = (row.table, row.token) in other.unchanged and name in other.columns.get(row.table, ())
            if other.file != origin.file and same and other.moment >= mine:
                return other.file
        return ""

    def _into(self, new: NewRow, row: ReturnedRow, origin: Origin) -> None:
        """Put what a file says into a new row; where another file said otherwise, say so."""
        table = self._registry[row.table]
        new.unit = new.unit or origin.unit
        new.sources.append(row.place(origin.file))
        if origin.unit not in new.units:
            new.units.append(origin.unit)
        first = len(new.sources) == 1
        for name, cell in row.cells.items():
            text = self.rows.shown(table, name, cell.text, origin.unit)
            before = "" if first else new.values.get(name, "")
            if before and text and not same_text(table.spec.by_name.get(name), before, text):
                header = table.spec.header_of(name)
                new.problems.append(f"{header}在 {row.place(origin.file, name)} 是“{text}”")
            else:
                new.values[name] = text
            if doubt := cell.problem or cell.doubt or says_nothing(cell.text):
                new.problems.append(doubt)
            if several := self._several(table, name, cell.text, origin.unit):
                new.problems.append(several)
        new.problems += ["填的是另一次调查的表"] * origin.old + [row.note] * bool(row.note)

    def _cells_of(self, row: ReturnedRow, origin: Origin, who: tuple[int, str]) -> None:
        """A proposal for every cell of a known row that does not say what we have."""
        table, (index, note) = self._registry[row.table], who
        key = str(table[table.spec.key][index]) if table.spec.key else row_identity(table, index)
        another = perhaps_another(table, row.cells, row.sent.cells if row.sent else {})
        for name, cell in row.cells.items():
            p = self._cell(table, index, name, cell, row)
            if p is None:
                continue
            several = self._several(table, name, cell.text, origin.unit)
            told = [p.reason, note, another, several, "填的是另一次调查的表" if origin.old else ""]
            if later := self._withdrawn(row, name, origin):
                told.append(f"同一单位后来的 {later} 里还是发出时的内容")
            doubtful = bool(later) or origin.old or DOUBT in note or bool(another) or bool(several)
            self._cells.append(
                replace(
                    p, unit=origin.unit, row=key, who=self._who(table, index), source=row.place(origin.file, name),
                    suggested=self.rows.shown(table, name, p.suggested, origin.unit), reason="；".join(filter(None, told)),
                    decision=OPEN if doubtful else p.decision,
                )
            )  # fmt: skip

    def _cell(self, table: Table, index: int, name: str, cell: ReturnedCell, row: ReturnedRow) -> Proposal | None:
        f = table.spec.by_name.get(name)
        if row.sent is not None and cell.text in AS_BEFORE:
            return None
        ours, shown = self._ours(table, index, name, row.sent)
        if self.rows.is_new_name(table, index, name, cell.text):
            return None
        if "*" in cell.text and without_identities(shown) == cell.text:
            # The number as every form shows it, in a row of which it is not known what was sent.
            return None
        sent = row.sent.cells.get(name) if row.sent else None
        nothing = bool(cell.problem) and not cell.text
        outcome = three_way(sent, cell.text, ours, lambda one, other: same_text(f, one, other))
        if not nothing and (outcome is CellOutcome.SAME or same_text(f, cell.text, shown)):
            return None
        p = Proposal(
            CHANGED, "", table.spec.name, "", "", name, shown, "" if row.sent is None else sent or "", cell.shown, cell.text,
            place=place_in_registry(table, index, name),
        )  # fmt: skip
        if cell.problem:
            return replace(p, kind=UNREADABLE, suggested="", reason=f"{cell.problem}；改好写在“建议”里，再选“采用”")
        asked = self._was_asked(table, name)
        if outcome is CellOutcome.TAKE and (asked or (not ours and f is not None)):
            why = "上报的改了，台账没有动过" if ours else "台账里空着，上报的补上了"
            doubt = cell.doubt or says_nothing(cell.text) or lost_nought(f, cell.shown, sent)
            return replace(p, reason="；".join(filter(None, (why, doubt))), decision=OPEN if doubt else TAKE)
        reasons = {
            CellOutcome.TAKE: "调查没有问这一栏，是上报的人加的",
            CellOutcome.EMPTIED: "上报的表里清空了",
            CellOutcome.CONFLICT: "发出以后台账也改过，两边不一样",
            CellOutcome.UNKNOWN: "与台账不同，不知道发出时是什么"
            if asked
            else "调查没有问这一栏，是上报的人加的，与台账不同",
        }
        return replace(p, kind=CONFLICT if outcome is CellOutcome.CONFLICT else CHANGED, reason=reasons[outcome])

    def _was_asked(self, table: Table, name: str) -> bool:
        """Whether the survey asked a column."""
        asked = self.rows.asked.get(table.spec.name)
        return asked is None or name in asked.names

    def _ours(self, table: Table, index: int, name: str, sent: SentRow | None) -> tuple[str, str]:
        """What stands with us now, as a form would show it, and as the plan shows it."""
        f = table.spec.by_name.get(name)
        text = cell_text(table, index, name)
        if f is not None and isinstance(f.type, Reference) and table[name][index] is not None:
            return form_reference(self._registry, f, text), shown_reference(self._registry, f, text)
        was = sent.cells.get(name, "") if sent else ""
        if "*" in was and without_identities(text) == was:
            return was, text
        return text, text

    def _who(self, table: Table, index: int) -> str:
        spec = table.spec
        if spec.display and spec.key:
            return shown_name(table, index)
        targets = [(spec.by_name[n].type, table[n][index]) for n in reference_names(table)]
        parts = [self._registry.name_of(kind.table, key) for kind, key in targets if isinstance(kind, Reference)]
        names = reference_names(table)
        parts += [cell_text(table, index, f.name) for f in spec.fields if f.required and f.name not in names][:1]
        return "，".join(parts) or (str(table[spec.display][index] or "") if spec.display else "")

    def _gone(self, gone: Gone, origin: Origin) -> None:
        table = self._registry[gone.table]
        found = self.rows.sent_index(table, gone.sent, origin.unit)
        if found is None:
            return
        index = found[0]
        key = gone.sent.key if table.spec.key else row_identity(table, index)
        first = table.spec.display or table.spec.fields[0].name
        sent = "；".join(f"{table.spec.header_of(n)}：{t}" for n, t in gone.sent.cells.items() if t)
        reason = "上报的表里没有了：采用就把台账里这一行清空；调离、注销的，不如改状态，这里选“不采用”"
        self._cells.append(
            Proposal(
                REMOVED, origin.unit, gone.table, key, self._who(table, index), "", row_text(self._registry, table, index), sent,
                f"（{gone.note or '没有这一行'}）", "删去这一行", reason, OPEN, origin.file, place_in_registry(table, index, first),
            )
        )  # fmt: skip


def combined(cells: Sequence[Proposal]) -> list[Proposal]:
    """Proposals for one cell made one where they say the same, and left to be decided where they do not."""
    by_cell: defaultdict[tuple[str, ...], list[Proposal]] = defaultdict(list)
    for p in cells:
        by_cell[p.table, p.row, p.field, *p.place].append(p)
    found = []
    for same in by_cell.values():
        by_value: dict[str, list[Proposal]] = {}
        for p in same:
            by_value.setdefault(p.suggested if p.kind != UNREADABLE else p.reported, []).append(p)
        for alike in by_value.values():
            first = alike[0]
            if len(alike) > 1:
                sources = "；".join(dict.fromkeys(p.source for p in alike))
                units = "、".join(dict.fromkeys(filter(None, (p.unit for p in alike))))
                first = replace(first, source=sources, unit=units)
            if len(by_value) > 1:
                others = "、".join(
                    f"“{p[0].reported}”（{p[0].unit or p[0].source}）" for p in by_value.values() if p is not alike
                )
                kind = CONFLICT if first.kind == CHANGED else first.kind
                first = replace(first, kind=kind, decision=OPEN, reason=f"{first.reason}；另有上报的是{others}")
            found.append(first)
    return found
