"""From what came back to what is proposed: each returned cell against what was sent and what stands in the registry now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jinguo.amend.proposal import (
    ADDED,
    CHANGED,
    CONFLICT,
    IS,
    LEAVE,
    NEW,
    OPEN,
    REMOVED,
    TAKE,
    UNREADABLE,
    WHO,
    Proposal,
    new_reference,
)
from jinguo.amend.row_identity import row_identity, row_text
from jinguo.registry.cell_texts import cell_text, meant_references, same_text, shown_reference
from jinguo.registry.tables import Registry, Table
from jinguo.schema import TABLES, TableSpec
from jinguo.schema.codes import Reference
from jinguo.survey.asked import AskedTable, refers_to
from jinguo.survey.returned import Gone, Return, ReturnedCell, ReturnedRow, differing
from jinguo.survey.same_row import KnownRows
from jinguo.survey.sent import Sent, SentRow, form_reference, shown_identity
from jinguo.versions.three_way import Outcome, three_way


@dataclass
class NewRow:
    """A row that is new to the registry, as one file or several returned it."""

    table: str
    unit: str
    values: dict[str, str]
    sources: list[str]
    problems: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    why: str = ""
    number: int = 0


class Proposing:
    """All that is proposed while returns are taken in one after the other; `old_number` of a survey marks returns of others."""

    def __init__(
        self,
        registry: Registry,
        asked: Sequence[AskedTable],
        survey: str,
        known: Mapping[str, str],
        decided: Mapping[tuple[str, str], str],
        foreign: Callable[[str, str], str] = lambda table, token: "",
        sent_to: Callable[[str], Sent | None] = lambda unit: None,
    ) -> None:
        self.registry, self.survey = registry, survey
        #: The unit a row was sent to, by its table and number, and what was sent to a unit.
        self.foreign, self.sent_to = foreign, sent_to
        self.asked = {a.table: a for a in asked}
        self.matcher = KnownRows(registry)
        #: Who a returned row is by what staff decided before: (table, name with what stands beside it) → key.
        self.decided = decided
        self.known = known
        self.cells: list[Proposal] = []
        self.new: list[NewRow] = []
        self._new_by: dict[tuple[str, str], NewRow] = {}
        self._rows: dict[str, dict[str, list[int]]] = {}
        self._about: dict[str, dict[tuple[str, ...], list[int]]] = {}

    def take(self, returned: Return) -> None:
        """Take in one return. Rows that others refer to come first."""
        old = bool(returned.survey and self.survey and returned.survey != self.survey)
        order = sorted(returned.rows, key=lambda row: (not TABLES[row.table].key, row.table != "organisations"))
        organisations = _organisations_with(returned.rows)
        named: dict[tuple[str, str], str | NewRow] = {}
        elsewhere = self._of_other_units(returned)
        for row in order:
            if row.cells:
                unit = elsewhere.get((row.table, row.token), returned.unit)
                self._take_row(row, _Origin(returned.file, unit, old), organisations, named)
        for gone in returned.gone:
            self._take_gone(gone, _Origin(returned.file, returned.unit, old))
        for unit in returned.also:
            for gone in self._gone_of(unit, elsewhere):
                self._take_gone(gone, _Origin(returned.file, unit, old))

    def _of_other_units(self, returned: Return) -> dict[tuple[str, str], str]:
        """The units of the rows that were sent to others than the one a file says it is of: one file for two townships. Of
        these rows, too, only what is not as it was sent is kept."""
        found: dict[tuple[str, str], str] = {}
        for row in returned.rows:
            unit = self.foreign(row.table, row.token) if row.sent is None and row.token else ""
            sent = self.sent_to(unit) if unit else None
            if sent is None or row.token not in sent.tables.get(row.table, {}):
                continue
            found[row.table, row.token] = unit
            row.sent = sent.tables[row.table][row.token]
            asked = self.asked.get(row.table) or AskedTable(row.table, ())
            row.cells = differing(asked, returned.columns.get(row.table, []), row, row.sent)
        counts = Counter(found.values())
        for unit, count in counts.items():
            sent = self.sent_to(unit)
            if sent is not None and count * 2 >= sum(map(len, sent.tables.values())):
                returned.also[unit] = count
        return found

    def _gone_of(self, unit: str, there: Mapping[tuple[str, str], str]) -> list[Gone]:
        """The rows of another unit that are not in the file, of the tables that are."""
        sent = self.sent_to(unit)
        tables = {table for (table, _), whose in there.items() if whose == unit}
        if sent is None:
            return []
        return [
            Gone(table, token, row)
            for table in sorted(tables)
            for token, row in sent.tables[table].items()
            if (table, token) not in there
        ]

    def _take_row(
        self,
        row: ReturnedRow,
        origin: _Origin,
        organisations: Mapping[str, set[str]],
        named: dict[tuple[str, str], str | NewRow],
    ) -> None:
        table = self.registry[row.table]
        texts = {name: cell.text for name, cell in row.cells.items()}
        index, why = self._index_of(table, row, texts, origin, organisations, named)
        if index is not None:
            self._cells_of(table, index, row, origin, why, named)
            return
        if isinstance(why, NewRow):
            self._into(why, row, origin, named)

    def _index_of(
        self,
        table: Table,
        row: ReturnedRow,
        texts: Mapping[str, str],
        origin: _Origin,
        organisations: Mapping[str, set[str]],
        named: dict[tuple[str, str], str | NewRow],
    ) -> tuple[int | None, str | NewRow]:
        """The row of the registry and how it was recognised; or None and the new row it belongs to."""
        if row.sent is not None:
            found = self._sent_index(table, row.sent)
            if found is not None:
                return found, row.note
        if not table.spec.key:
            return self._unkeyed_index(table, row, texts, named)
        if row.token and row.token in table.index_of:
            return table.index_of[row.token], "编号是台账里的，不知道发出时是什么"
        name = texts.get(table.spec.display, "")
        whole = dict(row.sent.cells) | dict(texts) if row.sent else dict(texts)
        match = self.matcher.match(row.table, whole, organisations.get(name, ()), origin.unit)
        key = match.key or self.decided.get((row.table, decision_key(whole, table.spec)))
        if key is not None and key in table.index_of:
            named[row.table, name] = key
            return table.index_of[key], f"没有编号，{match.why or '照前次认定'}认出来的"
        new = self._new_row(row.table, whole, origin)
        new.candidates, new.why = match.candidates, match.why
        named[row.table, name] = new
        return None, new

    def _sent_index(self, table: Table, sent: SentRow) -> int | None:
        if table.spec.key:
            return table.index_of.get(sent.key)
        if table.spec.name not in self._rows:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for i in range(len(table)):
                found[row_identity(table, i)].append(i)
            self._rows[table.spec.name] = dict(found)
        same = self._rows[table.spec.name].get(sent.key, [])
        if same:
            return same[0]
        # It has changed with us since: the one about the same people and organisations that shares most.
        about = self._references(table, sent.cells)
        rows = self._rows_about(table).get(about, [])
        common = {
            i: sum(cell_text(table, i, n) == t for n, t in sent.cells.items() if n in table.spec.by_name) for i in rows
        }
        return max(common, key=lambda i: common[i], default=None)

    def _rows_about(self, table: Table) -> dict[tuple[str, ...], list[int]]:
        if table.spec.name not in self._about:
            names = _reference_names(table)
            found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
            for i in range(len(table)):
                found[tuple(str(table[n][i] or "") for n in names)].append(i)
            self._about[table.spec.name] = dict(found)
        return self._about[table.spec.name]

    def _references(self, table: Table, texts: Mapping[str, str]) -> tuple[str, ...]:
        """The keys that a row's references mean, as far as they mean one."""
        keys = []
        for name in _reference_names(table):
            meant = (
                meant_references(self.registry, table.spec.by_name[name], texts.get(name, ""))
                if texts.get(name)
                else []
            )
            keys.append(meant[0] if len(meant) == 1 else "")
        return tuple(keys)

    def _unkeyed_index(
        self, table: Table, row: ReturnedRow, texts: Mapping[str, str], named: Mapping[tuple[str, str], str | NewRow]
    ) -> tuple[int | None, str | NewRow]:
        """A row of posts and the like: the same one of the registry, or a new one."""
        values = {n: self._shown_value(table, n, t, named) for n, t in texts.items()}
        about = tuple(
            meant[0] if len(meant := meant_references(self.registry, table.spec.by_name[n], values[n])) == 1 else ""
            for n in _reference_names(table)
            if values.get(n)
        )
        if len(about) == len(_reference_names(table)) and all(about):
            for i in self._rows_about(table).get(about, []):
                others = {
                    n: t for n, t in texts.items() if n not in _reference_names(table) and n in table.spec.by_name
                }
                telling = [n for n in others if table.spec.by_name[n].required] or list(others)
                if all(same_text(table.spec.by_name[n], cell_text(table, i, n), others[n]) for n in telling):
                    return i, "没有编号，按内容认出来的"
        return None, self._new_row(row.table, values, None)

    def _shown_value(self, table: Table, name: str, text: str, named: Mapping[tuple[str, str], str | NewRow]) -> str:
        """A reference as the plan shows it; any other text as it is."""
        f = table.spec.by_name.get(name)
        if f is None or not isinstance(f.type, Reference) or not text:
            return text
        who = named.get((f.type.table, text))
        if isinstance(who, NewRow):
            return new_reference(text, who.number)
        meant = [who] if who else meant_references(self.registry, f, text)
        return shown_reference(self.registry, f, meant[0]) if len(meant) == 1 else text

    def _new_row(self, table: str, values: Mapping[str, str], origin: _Origin | None) -> NewRow:
        """The new row that says this: the one another file has returned already, or one more."""
        keys = [(table, k) for k in _identities(table, values)]
        found = next((self._new_by[key] for key in keys if key in self._new_by), None)
        if found is None:
            found = NewRow(table, origin.unit if origin else "", dict(values), [], number=len(self.new) + 1)
            self.new.append(found)
        for key in keys:
            self._new_by.setdefault(key, found)
        return found

    def _into(
        self, new: NewRow, row: ReturnedRow, origin: _Origin, named: Mapping[tuple[str, str], str | NewRow]
    ) -> None:
        """Put what a file says into a new row; where another file said otherwise, say so."""
        table = self.registry[row.table]
        new.unit = new.unit or origin.unit
        new.sources.append(row.place(origin.file))
        if origin.unit not in new.units:
            new.units.append(origin.unit)
        for name, cell in row.cells.items():
            text = self._shown_value(table, name, cell.text, named)
            before = new.values.get(name, "")
            if before and text and not same_text(table.spec.by_name.get(name), before, text) and before != cell.text:
                header = self._header(row.table, name)
                new.problems.append(f"{header}在 {row.place(origin.file, name)} 是“{text}”")
            else:
                new.values[name] = text
            if cell.problem:
                new.problems.append(cell.problem)
        if origin.old:
            new.problems.append("填的是另一次调查的表")
        if row.note:
            new.problems.append(row.note)

    def _header(self, table: str, name: str) -> str:
        f = TABLES[table].by_name.get(name)
        return f.header if f else name

    def _cells_of(
        self,
        table: Table,
        index: int,
        row: ReturnedRow,
        origin: _Origin,
        note: str | NewRow,
        named: Mapping[tuple[str, str], str | NewRow],
    ) -> None:
        """A proposal for every cell of a known row that does not say what we have."""
        spec = table.spec
        key = str(table[spec.key][index]) if spec.key else row_identity(table, index)
        named_key = (row.table, row.cells[spec.display].text) if spec.display in row.cells else None
        if named_key and spec.key and isinstance(named, dict):
            named.setdefault(named_key, key)
        for name, cell in row.cells.items():
            found = self._cell(table, index, name, cell, row)
            if found is None:
                continue
            p = replace(
                found, unit=origin.unit, row=key, who=self._who(table, index), source=row.place(origin.file, name),
                suggested=self._shown_value(table, name, found.suggested, named),
            )  # fmt: skip
            if isinstance(note, str) and note:
                p = replace(p, reason=f"{p.reason}；{note}")
                if "不知道" in note or "两行" in note:
                    p = replace(p, decision=OPEN)
            if origin.old:
                p = replace(p, decision=OPEN, reason=f"{p.reason}；填的是另一次调查的表")
            self.cells.append(p)

    def _cell(self, table: Table, index: int, name: str, cell: ReturnedCell, row: ReturnedRow) -> Proposal | None:
        f = table.spec.by_name.get(name)
        ours, shown = self._ours(table, index, name, row.sent)
        sent = row.sent.cells.get(name) if row.sent else None
        if row.sent is not None and sent is None:
            # A column that was not asked: what it said then is what it says now.
            sent = ours
        outcome = three_way(sent, cell.text, ours, lambda one, other: same_text(f, one, other))
        if outcome is Outcome.SAME:
            return None
        p = Proposal(
            CHANGED, "", table.spec.name, "", "", name, shown, "" if row.sent is None else sent or "", cell.shown, cell.text,
            place=place_in_registry(table, index, name),
        )  # fmt: skip
        asked = self.asked.get(table.spec.name)
        reported = cell.problem
        if reported:
            return replace(
                p, kind=UNREADABLE, suggested="", reason=f"{reported}；改好写在“建议”里，再选“采用”", decision=OPEN
            )
        if outcome is Outcome.EMPTIED:
            return replace(p, kind=CHANGED, reason="上报的表里清空了", decision=OPEN)
        if outcome is Outcome.CONFLICT:
            return replace(p, kind=CONFLICT, reason="发出以后台账也改过，两边不一样", decision=OPEN)
        if outcome is Outcome.UNKNOWN:
            return replace(p, reason="与台账不同，不知道发出时是什么", decision=OPEN)
        if asked is not None and asked.names and name not in asked.names and f is None:
            return replace(p, reason="调查没有问这一栏，是上报的人加的", decision=OPEN)
        reason = "台账里空着，上报的补上了" if not ours else "上报的改了，台账没有动过"
        return replace(p, reason=reason, decision=TAKE)

    def _ours(self, table: Table, index: int, name: str, sent: SentRow | None) -> tuple[str, str]:
        """What stands with us now, as a form would show it, and as the plan shows it."""
        f = table.spec.by_name.get(name)
        text = cell_text(table, index, name)
        if f is None:
            return text, text
        if isinstance(f.type, Reference) and table[name][index] is not None:
            return form_reference(self.registry, f, text), shown_reference(self.registry, f, text)
        was = sent.cells.get(name, "") if sent else ""
        if "*" in was and shown_identity(text, "遮住") == was:
            return was, text
        return text, text

    def _who(self, table: Table, index: int) -> str:
        spec = table.spec
        if spec.display and spec.key:
            return shown_name(table, index)
        parts = []
        for name in _reference_names(table):
            f = spec.by_name[name]
            assert isinstance(f.type, Reference)
            parts.append(self.registry.name_of(f.type.table, table[name][index]))
        return "，".join(parts) or (str(table[spec.display][index] or "") if spec.display else "")

    def _take_gone(self, gone: Gone, origin: _Origin) -> None:
        table = self.registry[gone.table]
        index = self._sent_index(table, gone.sent) if not table.spec.key else table.index_of.get(gone.sent.key)
        if index is None:
            return
        key = gone.sent.key if table.spec.key else row_identity(table, index)
        first = table.spec.display or table.spec.fields[0].name
        self.cells.append(
            Proposal(
                REMOVED, origin.unit, gone.table, key, self._who(table, index), "", row_text(self.registry, table, index),
                "；".join(f"{self._header(gone.table, n)}：{t}" for n, t in gone.sent.cells.items() if t), "（没有这一行）" if not gone.note else f"（{gone.note}）",
                "删去这一行", "上报的表里没有了：采用就把台账里这一行清空；调离、注销的，不如改状态，这里选“不采用”" , OPEN, origin.file, place_in_registry(table, index, first),
            )
        )  # fmt: skip


@dataclass(frozen=True)
class _Origin:
    """Which file of whom, and whether it is of another survey."""

    file: str
    unit: str
    old: bool


def _organisations_with(rows: Sequence[ReturnedRow]) -> dict[str, set[str]]:
    """The organisations that posts returned with a person's name name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        person, organisation = row.cells.get("person"), row.cells.get("organisation")
        if row.table == "posts" and person and organisation:
            found[person.text].add(organisation.text)
    return dict(found)


def _reference_names(table: Table) -> list[str]:
    return [f.name for f in table.spec.fields if isinstance(f.type, Reference) and f.required] or [
        name for name in [refers_to(table.spec)] if name
    ]


def _identities(table: str, values: Mapping[str, str]) -> list[str]:
    """What makes two new rows one: an identity number, a code, a name with a telephone; of other tables all they say."""
    name = values.get("name", "")
    if table == "people":
        found = [f"号 {values['id_number']}"] if values.get("id_number") and "*" not in values["id_number"] else []
        found += [f"机 {name} {values['mobile']}"] if name and values.get("mobile") else []
        return found or [f"名 {name} {values.get('born', '')} {values.get('position', '')}"]
    if table == "organisations":
        return ([f"码 {values['credit_code']}"] if values.get("credit_code") else []) + [f"名 {name}"]
    return ["\x1f".join(f"{n}={t}" for n, t in sorted(values.items()))]


def shown_name(table: Table, index: int) -> str:
    """王小红（RY0001）, or the name alone where rows have no numbers."""
    name, key = table[table.spec.display][index], table[table.spec.key][index]
    return f"{name}（{key}）" if name and key and name != key and str(key).isascii() else str(name or key or "")


def decision_key(values: Mapping[str, str], spec: TableSpec) -> str:
    """What a decision about a row is remembered by: its name and what tells it from others."""
    return " ".join(values.get(n, "") for n in (spec.display, "id_number", "credit_code", "born", "mobile") if n)


def place_in_registry(table: Table, index: int, name: str) -> tuple[str, str, str]:
    """Workbook, sheet and cell of a field, or of a column of the office's own."""
    if name in table.spec.by_name:
        return table.address(index, name)
    block = table.block(index)
    return block.workbook, block.sheet, f"{block.extra_letters.get(name, 'A')}{table.rows[index]}"


def proposals_of(proposing: Proposing) -> list[Proposal]:
    """Everything proposed, each change once whoever returned it; what several returned differently is nobody's to take
    unasked."""
    return [*combined(proposing.cells), *(_new_proposal(proposing, new) for new in proposing.new if new.sources)]


def combined(cells: Sequence[Proposal]) -> list[Proposal]:
    """Proposals for one cell made one where they say the same, and left to be decided where they do not."""
    by_cell: defaultdict[tuple[str, str, str], list[Proposal]] = defaultdict(list)
    for p in cells:
        by_cell[p.table, p.row, p.field].append(p)
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


def _new_proposal(proposing: Proposing, new: NewRow) -> Proposal:
    table = proposing.registry[new.table]
    spec = table.spec
    whole = "；".join(f"{proposing._header(new.table, n)}：{t}" for n, t in new.values.items() if t)
    unresolved = [
        f"“{f.header}”写的“{text}”{'有几个同名的' if meant else '在台账和上报的表里都没有'}"
        for f in spec.fields
        if isinstance(f.type, Reference)
        and (text := new.values.get(f.name, ""))
        and "（新增" not in text
        and len(meant := meant_references(proposing.registry, f, text)) != 1
    ]
    missing = [f.header for f in spec.fields if f.required and f.name != spec.key and not new.values.get(f.name)]
    reasons = [*new.problems, *unresolved]
    if missing:
        reasons.append(f"没有填{'、'.join(missing)}")
    if len(new.units) > 1:
        reasons.append(f"{'、'.join(new.units)}都报了")
    who = (
        new.values.get(spec.display, "")
        if spec.display
        else "，".join(new.values.get(n, "") for n in _reference_names(table))
    )
    p = Proposal(
        ADDED, new.unit, new.table, "", who, "", "", "", whole, NEW, "；".join(reasons), OPEN if reasons else TAKE,
        "；".join(new.sources), values=new.values, number=new.number,
    )  # fmt: skip
    if new.candidates:
        # One sheet cannot offer another's choices: the first stands there, the others are told.
        shown = [shown_name(table, table.index_of[key]) for key in new.candidates]
        told = f"{new.why}：{'、'.join(shown)}。是的在“建议”里选“{IS}某某”（只补空着的格），不是的选“{NEW}”"
        return replace(p, kind=WHO, suggested="", reason="；".join([told, *reasons]), decision=OPEN)
    if not reasons:
        return replace(p, reason="台账里没有")
    return p


def undecided(proposals: Sequence[Proposal]) -> int:
    """How many are to be decided."""
    return sum(p.decision == OPEN for p in proposals)


def left_alone(proposals: Sequence[Proposal]) -> int:
    """How many are not to be taken."""
    return sum(p.decision == LEAVE for p in proposals)
