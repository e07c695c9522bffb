"""Which row of the registry a returned row is: by what was sent, by its number, by who it is, by what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from jinguo.amend.proposal import new_reference
from jinguo.amend.row_identity import row_identity, rows_by_identity
from jinguo.registry.cell_texts import cell_text, meant_references, same_text, shown_reference
from jinguo.registry.tables import Registry, Table
from jinguo.schema import TABLES
from jinguo.schema.codes import Reference
from jinguo.schema.model import Field
from jinguo.survey.asked import AskedTable
from jinguo.survey.fresh_rows import NewRow, NewRows, Origin, decision_key, reference_names
from jinguo.survey.returned import Gone, Return, ReturnedCell, ReturnedRow, differing
from jinguo.survey.same_row import KnownRows
from jinguo.survey.sent import SentForm, SentRow
from jinguo.survey.written_over import written_over_whom

#: Which unit a row was sent to, by its table and number; and what was sent to a unit.
UnitOf = Callable[[str, str], str]
SentTo = Callable[[str], SentForm | None]


#: What a note says of a row that is not surely the one it was taken for.
DOUBT = "请核对是不是这一行"


class Recognising:
    """The registry as returned rows are recognised in it. `decided` says who a row is that staff have decided about before."""

    def __init__(
        self,
        registry: Registry,
        asked: Sequence[AskedTable],
        decided: Mapping[tuple[str, str], str],
        sources: tuple[UnitOf, SentTo],
    ) -> None:
        self.registry, self.decided = registry, decided
        self.asked = {a.table: a for a in asked}
        self.unit_of, sent_to = sources
        self.sent_to = lru_cache(maxsize=8)(sent_to)
        self.matcher = KnownRows(registry)
        self.new = NewRows()
        #: Who a name means in a unit's answer: the keys, and the new rows.
        self.named: defaultdict[tuple[str, str, str], list[str | NewRow]] = defaultdict(list)
        #: The new names of those who were sent, with their keys.
        self.renamed: dict[tuple[str, str], str] = {}
        self._rows: dict[str, dict[str, list[int]]] = {}
        self._about: dict[str, dict[tuple[str, ...], list[int]]] = {}

    def of_other_units(self, returned: Return) -> dict[tuple[str, str], str]:
        """The units of the rows that were sent to others than the one a file says it is of: one file for two townships. Of
        these rows, too, only what is not as it was sent is kept."""
        found: dict[tuple[str, str], str] = {}
        for row in returned.rows:
            unit = self.unit_of(row.table, row.token) if row.sent is None and row.token else ""
            sent = self.sent_to(unit) if unit else None
            if sent is None or row.token not in sent.tables.get(row.table, {}):
                continue
            was = sent.tables[row.table][row.token].cells
            who = written_over_whom(TABLES[row.table], {n: c.text for n, c in row.cells.items()}, was)
            if who:
                row.note = f"编号 {row.token} 是{unit}“{who}”的一行，不是这一行，没有照它认"
                row.token = ""
                continue
            found[row.table, row.token] = unit
            row.sent = sent.tables[row.table][row.token]
            asked = self.asked.get(row.table) or AskedTable(row.table, ())
            row.cells = differing(asked, returned.columns.get(row.table, []), row, row.sent)
        for unit, count in Counter(found.values()).items():
            sent = self.sent_to(unit)
            if sent is not None and count * 2 >= sum(map(len, sent.tables.values())):
                returned.also[unit] = count
        return found

    def gone_of(self, unit: str, there: Mapping[tuple[str, str], str]) -> list[Gone]:
        """The rows of another unit that are not in the file, of the tables that are."""
        sent = self.sent_to(unit)
        tables = {table for (table, _), whose in there.items() if whose == unit}
        return [
            Gone(table, token, row)
            for table in sorted(tables if sent is not None else ())
            for token, row in (sent.tables[table].items() if sent is not None else ())
            if (table, token) not in there
        ]

    def index_of(
        self, row: ReturnedRow, origin: Origin, organisations: Mapping[str, set[str]]
    ) -> tuple[int, str] | NewRow:
        """The row of the registry, and how it was recognised where its number does not say; or the new row it is. Rows without
        keys come last, when it is known who the others are."""
        table = self.registry[row.table]
        if row.sent is not None:
            found = self.sent_index(table, row.sent, origin.unit)
            if found is not None:
                return found[0], "；".join(filter(None, (row.note, found[1])))
            row.note = row.note or "发出以后台账里删去了这一行"
            row.cells = {**{n: ReturnedCell(t, t) for n, t in row.sent.cells.items() if t}, **row.cells}
        texts = {name: cell.text for name, cell in row.cells.items()}
        if not table.spec.key:
            return self._unkeyed(table, row, texts, origin.unit)
        if row.token and row.token in table.index_of:
            return table.index_of[row.token], f"编号是台账里的，不知道发出时是什么，{DOUBT}"
        name = texts.get(table.spec.display, "")
        whole = {**row.sent.cells, **texts} if row.sent else texts
        match = self.matcher.match(row.table, whole, organisations.get(name, ()), origin.unit)
        key = match.key or self.decided.get((row.table, decision_key(whole, table.spec)))
        if key is not None and key in table.index_of:
            self._note_name((origin.unit, row.table, name), key)
            return table.index_of[key], f"没有编号，{match.why if match.key else '照前次认定'}认出来的"
        new = self.new.of(row.table, whole, origin.unit)
        new.candidates, new.why = match.candidates, match.why
        self._note_name((origin.unit, row.table, name), new)
        return new

    def note_new_name(self, row: ReturnedRow, unit: str) -> None:
        """Note the new name of somebody known, by which other rows of the answer call her."""
        spec = TABLES[row.table]
        name = row.cells.get(spec.display) if spec.key and spec.display else None
        if (
            row.sent is not None
            and name is not None
            and name.text
            and row.sent.key in self.registry[row.table].index_of
        ):
            self.renamed[row.table, name.text] = row.sent.key
            self._note_name((unit, row.table, name.text), row.sent.key)

    def is_new_name(self, table: Table, index: int, name: str, text: str) -> bool:
        """Whether a reference only has the new name of whom it has meant all the time."""
        f = table.spec.by_name.get(name)
        if f is None or not isinstance(f.type, Reference):
            return False
        key = self.renamed.get((f.type.table, text))
        return key is not None and table[name][index] == key

    def _note_name(self, what: tuple[str, str, str], who: str | NewRow) -> None:
        if not any(who is known or who == known for known in self.named[what]):
            self.named[what].append(who)

    def sent_index(self, table: Table, sent: SentRow, unit: str) -> tuple[int, str] | None:
        """The row of the registry that was sent, and a word where it has changed since; None where it is not there any more.

        In a table without keys it is the one that holds what it held, or else the only one about the same people and
        organisations, in the same capacity, that was not sent as another row.
        """
        if table.spec.key:
            index = table.index_of.get(sent.key)
            return None if index is None else (index, "")
        same = self._identical(table).get(sent.key, [])
        if same:
            return same[min(sent.nth, len(same) - 1)], ""
        others = self._sent_to_unit(unit, table.spec.name)
        needed = [
            f.name
            for f in table.spec.fields
            if f.required and f.name in sent.cells and f.name not in reference_names(table)
        ]
        like = [
            i
            for i in self._rows_about(table).get(self._references(table, sent.cells), [])
            if row_identity(table, i) not in others
            and sum(same_text(table.spec.by_name[n], cell_text(table, i, n), sent.cells[n]) for n in needed) * 2
            > len(needed)
        ]
        return (like[0], f"发出以后台账里这一行改过，{DOUBT}") if len(like) == 1 else None

    def _identical(self, table: Table) -> dict[str, list[int]]:
        if table.spec.name not in self._rows:
            self._rows[table.spec.name] = rows_by_identity(table)
        return self._rows[table.spec.name]

    def _sent_to_unit(self, unit: str, table: str) -> set[str]:
        """What the rows that were sent to a unit held."""
        sent = self.sent_to(unit)
        return {row.key for row in sent.tables.get(table, {}).values()} if sent else set()

    def _rows_about(self, table: Table) -> dict[tuple[str, ...], list[int]]:
        if table.spec.name not in self._about:
            names = reference_names(table)
            found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
            for i in range(len(table)):
                found[tuple(str(table[n][i] or "") for n in names)].append(i)
            self._about[table.spec.name] = dict(found)
        return self._about[table.spec.name]

    def _references(self, table: Table, texts: Mapping[str, str]) -> tuple[str, ...]:
        """The keys that a row's references mean, as far as they mean one."""
        keys = []
        for name in reference_names(table):
            text = texts.get(name, "")
            meant = meant_references(self.registry, table.spec.by_name[name], text) if text else []
            keys.append(meant[0] if len(meant) == 1 else "")
        return tuple(keys)

    def _unkeyed(self, table: Table, row: ReturnedRow, texts: Mapping[str, str], unit: str) -> tuple[int, str] | NewRow:
        """A row of posts and the like: the same one of the registry, or a new one."""
        values = {n: self.shown(table, n, t, unit) for n, t in texts.items()}
        about = self._references(table, values)
        names = reference_names(table)
        others = {n: t for n, t in texts.items() if n not in names and n in table.spec.by_name}
        telling = [n for n in others if table.spec.by_name[n].required] or list(others)
        for i in self._rows_about(table).get(about, []) if about and all(about) else ():
            if all(same_text(table.spec.by_name[n], cell_text(table, i, n), others[n]) for n in telling):
                return i, "没有编号，按内容认出来的"
        return self.new.of(row.table, values, unit)

    def shown(self, table: Table, name: str, text: str, unit: str) -> str:
        """A reference as the plan shows it, of the names in a unit's answer first; any other text as it is."""
        f = table.spec.by_name.get(name)
        if f is None or not isinstance(f.type, Reference) or not text:
            return text
        named = self.named.get((unit, f.type.table, text), [])
        if len(self.meant(f, text, unit)) > 1 and any(isinstance(who, NewRow) for who in named):
            return text
        who = named[-1] if named else None
        if isinstance(who, NewRow):
            return new_reference(text, who.number)
        meant = [who] if who else meant_references(self.registry, f, text)
        if len(meant) > 1 and (sent := self.sent_to(unit)) is not None:
            mine = [row.key for row in sent.tables.get(f.type.table, {}).values() if row.cells.get("name") == text]
            meant = mine if len(mine) == 1 else meant
        return shown_reference(self.registry, f, meant[0]) if len(meant) == 1 else text

    def meant(self, f: Field, text: str, unit: str) -> list[str]:
        """All whom a reference by name may mean in a unit's answer, as the plan shows them: of the registry, and new ones."""
        assert isinstance(f.type, Reference)
        named = self.named.get((unit, f.type.table, text), [])
        sent = self.sent_to(unit)
        hers = {row.key for row in sent.tables.get(f.type.table, {}).values()} if sent else None
        # Of those of the registry only whom the unit has in its form: a name it adds is that of whom it adds.
        theirs = [key for key in meant_references(self.registry, f, text) if hers is None or key in hers]
        known = dict.fromkeys([*(who for who in named if isinstance(who, str)), *theirs])
        new = [new_reference(text, who.number) for who in named if isinstance(who, NewRow)]
        return [*(shown_reference(self.registry, f, key) for key in known), *new]


#: Columns of a list of people that say where they are.
_ORGANISATION_TITLES = ("所在组织", "组织名称", "社会组织", "单位", "单位名称", "工作单位", "所在单位")


def organisations_with(rows: Sequence[ReturnedRow]) -> Mapping[str, set[str]]:
    """The organisations that posts returned with a person's name name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        person, organisation = row.cells.get("person"), row.cells.get("organisation")
        if row.table == "posts" and person and organisation:
            found[person.text].add(organisation.text)
        name = row.cells.get("name")
        if row.table == "people" and name:
            found[name.text] |= {cell.text for title, cell in row.cells.items() if title in _ORGANISATION_TITLES}
    return found
