"""What a survey sent out: its name and day, and of each unit every row with what its cells said, so that what comes back can
be compared with it."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from dataclasses import asdict, dataclass, field

from jinguo.registry.cell_texts import cell_text, meant_references, shown_reference
from jinguo.registry.tables import Registry, Table
from jinguo.schema import Field
from jinguo.schema.codes import IdCard, Key, Reference, hidden_middle
from jinguo.survey.addressees import Unit
from jinguo.survey.asked import AskedTable, load_asked


@dataclass(frozen=True)
class Survey:
    """A survey: its name, the days it went out and is due, by which column of 社会组织 it is divided."""

    name: str
    issued: str
    due: str
    by: str

    @property
    def due_day(self) -> datetime.date:
        """The day by which its forms are to come back."""
        return datetime.date.fromisoformat(self.due)

    @property
    def number(self) -> str:
        """What a form says which survey it belongs to."""
        return f"{self.name} {self.issued}"


@dataclass
class SentRow:
    """A row of a form: the key of the registry's row (its contents where it has none), and what each cell said."""

    key: str
    cells: dict[str, str]
    #: Which of several rows that hold the same it is, from 0.
    nth: int = 0


@dataclass
class SentForm:
    """All that went to one unit: rows by table and by their numbers in the form."""

    survey: Survey
    unit: str
    tables: dict[str, dict[str, SentRow]] = field(default_factory=dict)
    asked: list[AskedTable] = field(default_factory=list)

    def dump(self) -> str:
        """As it is kept, in the form and beside it."""
        tables = {
            table: {token: [row.key, row.cells] for token, row in rows.items()} for table, rows in self.tables.items()
        }
        whole = {
            "survey": asdict(self.survey), "unit": self.unit, "tables": tables, "asked": [a.dump() for a in self.asked],
        }  # fmt: skip
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def load_sent(text: str) -> SentForm | None:
    """What was dumped; None for anything else."""
    try:
        read = json.loads(text)
        tables = {table: _rows_of(rows) for table, rows in read["tables"].items()}
        return SentForm(Survey(**read["survey"]), read["unit"], tables, load_asked(read["asked"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _rows_of(rows: dict[str, list]) -> dict[str, SentRow]:
    counts: Counter[str] = Counter()
    found = {}
    for token, (key, cells) in rows.items():
        found[token] = SentRow(key, dict(cells), counts[key])
        counts[key] += 1
    return found


def survey_on(registry: Registry, name: str, due: datetime.date | None, by: str) -> Survey:
    """The survey of this name as it goes out today."""
    day = registry.today
    last = due or day + datetime.timedelta(days=int(registry.settings.parameter("调查填报天数")))
    return Survey(name or f"{day.year}年{day.month}月女性社会组织摸底", day.isoformat(), last.isoformat(), by)


def sent_to(registry: Registry, survey: Survey, unit: Unit, asked: list[AskedTable]) -> SentForm:
    """What goes to one unit."""
    from jinguo.amend.row_identity import row_identity

    sent = SentForm(survey, unit.name, asked=asked)
    for a in asked:
        table = registry[a.table]
        rows: dict[str, SentRow] = {}
        for i in unit.rows.get(a.table, ()):
            key = str(table[table.spec.key][i] or "") if table.spec.key else row_identity(table, i)
            rows[_token(table, key, i + 1)] = SentRow(key, {name: sent_text(registry, a, i, name) for name in a.names})
        sent.tables[a.table] = rows
    return sent


def _token(table: Table, key: str, place: int) -> str:
    """The number of a row in a form: that of the registry, where its rows have numbers, else its place among all rows."""
    kind = table.spec.by_name.get(table.spec.key)
    prefix = kind.type.prefix if kind and isinstance(kind.type, Key) else ""
    return key if prefix and key.startswith(prefix) and key.isascii() else f"{table.spec.sheet}{place:04d}"


def sent_text(registry: Registry, asked: AskedTable, index: int, name: str) -> str:
    """What a form shows of a cell: references by name, identity numbers as the parameter says."""
    table, f = registry[asked.table], asked.field(name)
    text = cell_text(table, index, name)
    if not text:
        return text
    if f is not None and isinstance(f.type, Reference) and table[name][index] is not None:
        return form_reference(registry, f, text)
    how = registry.settings.parameter("调查表身份证号")
    if f is not None and isinstance(f.type, IdCard):
        return shown_identity(text, how)
    return text if how == "写全" else without_identities(text)


def form_reference(registry: Registry, f: Field, key: str) -> str:
    """A reference in a form: the name alone where only one row has it."""
    assert isinstance(f.type, Reference)
    name = registry.name_of(f.type.table, key)
    return name if meant_references(registry, f, name) == [key] else shown_reference(registry, f, key)


def shown_identity(number: str, how: str) -> str:
    """An identity number for a form: whole, with its middle hidden (330281********1234), or not at all."""
    if how == "不写":
        return ""
    return hidden_middle(number) if how == "遮住" else number


_IDENTITY = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")


def without_identities(text: str) -> str:
    """A text in which no identity number stands whole, such as remarks into which one was copied."""
    return _IDENTITY.sub(lambda found: hidden_middle(found[0]), text)
