"""The registry as the domain packages see it: typed tables in which every value keeps the address of its cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress, repeat
from operator import is_not
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinguo.common.findings import Finding
from jinguo.registry.settings import Settings
from jinguo.schema import TABLES, TableSpec
from jinguo.schema.cells import clean, is_blank

if TYPE_CHECKING:
    import pandas


UNNAMED = "这一行"


@dataclass(frozen=True)
class Hit:
    """A broken rule at one cell of a table: what was seen there, and what to do if the rule's own remedy is not it."""

    table: Table
    index: int
    field: str
    what: str
    remedy: str = ""


@dataclass
class Table:
    """One sheet: `columns` are lists of typed values of equal length, `rows` their Excel row numbers.

    A column the sheet does not have is all None and has no letter. `unreadable` holds (field, index) of the cells whose
    value was missing or refused AND said so in a finding: a rule stays silent about those. `extra` are the sheet's own
    columns, by header, which go to templates as they are.
    """

    spec: TableSpec
    workbook: str
    sheet: str
    rows: list[int] = field(default_factory=list)
    columns: dict[str, list] = field(default_factory=dict)
    raw: dict[str, list] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    extra: dict[str, list] = field(default_factory=dict)
    extra_letters: dict[str, str] = field(default_factory=dict)
    unreadable: set[tuple[str, int]] = field(default_factory=set)
    present: bool = True
    #: The cells that show nothing, as they are merged with another whose value they have.
    borrowed: set[str] = field(default_factory=set)
    #: Where copies of the table stand side by side: the first row below each, and the letters of its columns.
    blocks: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def __getitem__(self, name: str) -> list:
        """The typed values of a field, in row order."""
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.rows)

    def each(self, *names: str) -> Iterator[tuple]:
        """(index, value, value, …) down the rows for the named fields; `who` is what a message calls the row."""
        columns = (self._who if name == "who" else self.columns[name] for name in names)
        return zip(range(len(self.rows)), *columns, strict=True)

    @cached_property
    def _who(self) -> list[str]:
        """Each row's name, or its key, or 这一行."""
        shown = self.columns.get(self.spec.display) or [None] * len(self.rows)
        keys = self.columns.get(self.spec.key) or [None] * len(self.rows)
        return [str(name or key or UNNAMED) for name, key in zip(shown, keys, strict=True)]

    def filled(self, *names: str) -> Iterator[tuple]:
        """As `each`, but only the rows in which the last of the fields has a value: of a long table often few."""
        last = self.columns[names[-1]]
        rows = list(compress(range(len(last)), map(is_not, last, repeat(None))))
        columns = (map(self.columns[name].__getitem__, rows) for name in names)
        return zip(rows, *columns, strict=True)

    def unclear(self, *names: str) -> bool:
        """Whether any cell of these columns was reported as unreadable: what seems to be missing may stand there."""
        return any(name in names for name, _ in self.unreadable)

    def readable(self, index: int, *names: str) -> bool:
        """Whether none of these cells has already been reported as unreadable."""
        return not any((name, index) in self.unreadable for name in names)

    def append(self, other: Table) -> None:
        """Put the rows of another table of the same sheet below these; each row keeps the letters of its own columns."""
        start = len(self.rows)
        self.blocks = [*self.blocks, (start + len(other.rows), other.letters)]
        for name, values in other.columns.items():
            self.columns[name] = [*self.columns.get(name, []), *values]
            if name in other.raw:
                self.raw[name] = [*self.raw.get(name, [""] * start), *other.raw[name]]
        for header, values in other.extra.items():
            self.extra[header] = [*self.extra.get(header, [""] * start), *values]
        self.rows += other.rows
        for column in (*self.raw.values(), *self.extra.values()):
            column += [""] * (len(self.rows) - len(column))
        self.unreadable |= {(name, start + index) for name, index in other.unreadable}
        self.borrowed |= other.borrowed
        self.letters = self.letters or other.letters

    def cell(self, index: int, name: str) -> str:
        """The address of a value, such as F12; where the sheet lacks that column, the row's key, or its first column."""
        for end, letters in self.blocks:
            if index < end:
                return f"{letters.get(name) or letters.get(self.spec.key) or next(iter(letters.values()), 'A')}{self.rows[index]}"
        letter = self.letters.get(name) or self.letters.get(self.spec.key) or next(iter(self.letters.values()), "A")
        return f"{letter}{self.rows[index]}"

    def place(self, index: int, name: str) -> str:
        """人员台账.xlsx › 人员 › F12."""
        return f"{self.workbook} › {self.sheet} › {self.cell(index, name)}"

    def shown(self, index: int, name: str) -> str:
        """The raw value as the clerk sees it in the cell."""
        values = self.raw.get(name)
        return "" if values is None or is_blank(values[index]) else clean(values[index])

    @cached_property
    def index_of(self) -> dict[Any, int]:
        """The row of each key (the first, where a key stands twice)."""
        found: dict[Any, int] = {}
        for i, key in enumerate(self.columns.get(self.spec.key, ())):
            if key is not None:
                found.setdefault(key, i)
        return found

    def value(self, key: Any, name: str) -> Any:
        """A field of the row with this key, or None where there is no such row."""
        index = self.index_of.get(key)
        return None if index is None else self.columns[name][index]

    def mapping(self, name: str) -> dict[Any, Any]:
        """A field by key, for rules that look it up for every row of a long table."""
        values = self.columns[name]
        return {key: values[i] for key, i in self.index_of.items()}

    def record(self, index: int) -> dict[str, Any]:
        """One row by headers, the sheet's own extra columns included, for templates."""
        row = {f.header: self.columns[f.name][index] for f in self.spec.fields}
        return row | {header: _own_value(values[index]) for header, values in self.extra.items()}

    def hit(self, index: int, name: str, what: str, remedy: str = "") -> Hit:
        return Hit(self, index, name, what, remedy)

    def frame(self) -> pandas.DataFrame:
        """The typed columns as a DataFrame of objects whose index is the Excel row."""
        import pandas

        return pandas.DataFrame({n: pandas.Series(v, dtype=object) for n, v in self.columns.items()}).set_axis(self.rows)


def _own_value(raw: Any) -> Any:
    """A cell of the sheet's own column: a day stays a day, so that a document can write it out; all else as it looks."""
    if isinstance(raw, datetime.datetime):
        return raw if raw.time() != datetime.time() else raw.date()
    return raw if isinstance(raw, datetime.date) else clean(raw)


def empty_table(spec: TableSpec) -> Table:
    """The table of a sheet that the office does not keep."""
    return Table(spec, spec.workbook, spec.sheet, columns={f.name: [] for f in spec.fields}, present=False)


@dataclass
class Registry:
    """All tables, what was wrong while reading them, and the office's settings."""

    tables: dict[str, Table]
    findings: list[Finding]
    settings: Settings
    today: datetime.date
    folder: Path = Path()
    files: list[Path] = field(default_factory=list)
    #: A paragraph about each workbook that could not be opened at all, by its name.
    refused: dict[str, str] = field(default_factory=dict)
    _known: dict[Callable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, compute: Callable[[Registry], Any]) -> Any:
        """What `compute` finds out about this registry, worked out the first time somebody asks."""
        if compute not in self._known:
            self._known[compute] = compute(self)
        return self._known[compute]

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def name_of(self, table: str, key: Any) -> str:
        """What people call the row with this key: a person's or an organisation's name; the key itself if unknown."""
        if key is None:
            return UNNAMED
        spec = TABLES[table]
        return self.tables[table].value(key, spec.display) or str(key)
