"""The registry as the domain packages see it: typed tables in which every value keeps the address of its cell."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
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
class Block:
    """Rows that stand in one place: a sheet of a workbook, the letters of the fields there and those of the office's
    own columns by header, and the cells that show nothing, as they are merged with another whose value they have."""

    workbook: str
    sheet: str
    letters: dict[str, str] = field(default_factory=dict)
    extra_letters: dict[str, str] = field(default_factory=dict)
    borrowed: set[str] = field(default_factory=set)
    #: Fields that no column of the sheet was read as, each with the title that may be meant as it.
    doubtful: dict[str, str] = field(default_factory=dict)
    #: Fields that one cell gives for all rows, as the day of an event in the title of its list.
    cells: dict[str, str] = field(default_factory=dict)
    #: Fields whose value is not all their cell holds, or not as it stands there: nothing may be written over it.
    derived: set[str] = field(default_factory=set)
    #: The Excel row in which its header ends; 0 where it has none.
    header: int = 0
    #: The letters of columns of running numbers (序号).
    serial: set[str] = field(default_factory=set)


@dataclass
class Table:
    """One table: `columns` are lists of typed values of equal length, `rows` their Excel row numbers.

    The rows stand in `blocks`, one after the other, of which block n ends before row `stops[n]`: mostly one, several
    where the table is kept on several sheets (one a township, one a year), or twice side by side on one. Where a row
    stands is asked of the row: `block`, `address`, `cell`, `place`. A column that no sheet has is all None and has
    no letter. `unreadable` holds (field, index) of the cells whose value was missing or refused AND said so in a
    finding: a rule stays silent about those. `extra` are the office's own columns, by header, which go to templates
    as they are.
    """

    spec: TableSpec
    rows: list[int] = field(default_factory=list)
    columns: dict[str, list[Any]] = field(default_factory=dict)
    raw: dict[str, list[Any]] = field(default_factory=dict)
    extra: dict[str, list[Any]] = field(default_factory=dict)
    unreadable: set[tuple[str, int]] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)

    @property
    def present(self) -> bool:
        """Whether the office keeps this table at all."""
        return bool(self.blocks)

    @cached_property
    def letters(self) -> dict[str, str]:
        """The fields that any sheet of the table has, with the letter of the first that has it."""
        return {name: letter for block in reversed(self.blocks) for name, letter in block.letters.items()}

    def block(self, index: int) -> Block:
        """The place in which a row stands."""
        return self.blocks[0] if len(self.blocks) == 1 else self.blocks[bisect_right(self.stops, index)]

    def sheets(self) -> list[tuple[str, str, int]]:
        """(workbook, sheet, rows) of every sheet the table is kept on; where it is not kept, the one it would be on,
        with 0."""
        found: dict[tuple[str, str], int] = {}
        for block, start, stop in zip(self.blocks, [0, *self.stops], self.stops, strict=False):
            found[block.workbook, block.sheet] = found.get((block.workbook, block.sheet), 0) + stop - start
        return [(*place, count) for place, count in found.items()] or [(self.spec.workbook, self.spec.sheet, 0)]

    @property
    def workbook(self) -> str:
        """The workbook of its first sheet, or the one it would be in."""
        return self.sheets()[0][0]

    @property
    def sheet(self) -> str:
        """Its first sheet, or the one it would be on; where a row stands is asked of the row."""
        return self.sheets()[0][1]

    def workbooks(self) -> set[str]:
        """The workbooks it is kept in."""
        return {block.workbook for block in self.blocks}

    @property
    def where(self) -> str:
        """What a message calls the place of the whole table: 人员台账.xlsx › 人员, or its first sheet and how many there
        are."""
        places = self.sheets()
        return f"{places[0][0]} › {places[0][1]}" + (f" 等 {len(places)} 张表" if len(places) > 1 else "")

    def __getitem__(self, name: str) -> list[Any]:
        """The typed values of a field, in row order."""
        return self.columns[name]

    def __len__(self) -> int:
        return len(self.rows)

    def each(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """(index, value, value, …) down the rows for the named fields; `who` is what a message calls the row."""
        columns = (self._who if name == "who" else self.columns[name] for name in names)
        return zip(range(len(self.rows)), *columns, strict=True)

    @cached_property
    def _who(self) -> list[str]:
        """Each row's name, or its key, or 这一行."""
        shown = self.columns.get(self.spec.display) or [None] * len(self.rows)
        keys = self.columns.get(self.spec.key) or [None] * len(self.rows)
        return [str(name or key or UNNAMED) for name, key in zip(shown, keys, strict=True)]

    def filled(self, *names: str) -> Iterator[tuple[Any, ...]]:
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
        return not self.unreadable or not any((name, index) in self.unreadable for name in names)

    def address(self, index: int, name: str) -> tuple[str, str, str]:
        """Workbook, sheet and cell of a value; where its sheet lacks that column, the row's key, or its first
        column."""
        block = self.block(index)
        if name in block.cells:
            return block.workbook, block.sheet, block.cells[name]
        letter = block.letters.get(name) or block.letters.get(self.spec.key) or next(iter(block.letters.values()), "A")
        return block.workbook, block.sheet, f"{letter}{self.rows[index]}"

    def cell(self, index: int, name: str) -> str:
        """The cell of a value, such as F12."""
        return self.address(index, name)[2]

    def place(self, index: int, name: str) -> str:
        """人员台账.xlsx › 人员 › F12."""
        return " › ".join(self.address(index, name))

    def row_start(self, index: int) -> tuple[str, str, str]:
        """Workbook, sheet and first cell of a row."""
        block = self.block(index)
        return block.workbook, block.sheet, f"A{self.rows[index]}"

    def nth_row(self, index: int, seen_from: int) -> str:
        """What a message at one row calls another: 第 12 行, with its sheet, and its workbook, where these are others."""
        there, here, words = self.block(index), self.block(seen_from), f"第 {self.rows[index]} 行"
        if there.workbook != here.workbook:
            return f"{there.workbook} › {there.sheet} {words}"
        return words if there.sheet == here.sheet else f"“{there.sheet}”{words}"

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

    def labels(self) -> list[Any]:
        """What tells the rows apart in a DataFrame: the Excel row, and where the table is kept on several sheets
        (workbook, sheet, row)."""
        if len(self.sheets()) == 1:
            return list(self.rows)
        return [(self.block(i).workbook, self.block(i).sheet, row) for i, row in enumerate(self.rows)]

    @cached_property
    def row_of(self) -> dict[Any, int]:
        """The row of each label."""
        return {label: i for i, label in enumerate(self.labels())}

    def frame(self) -> pandas.DataFrame:
        """The typed columns as a DataFrame of objects whose index are the labels."""
        import pandas

        return pandas.DataFrame({n: pandas.Series(v, dtype=object) for n, v in self.columns.items()}).set_axis(
            index_of(self.labels())
        )


def index_of(labels: Sequence[Any]) -> pandas.Index:
    """The labels of rows as the index of a DataFrame, one label a row also where it is a tuple."""
    import pandas

    return pandas.Index(labels, tupleize_cols=False)


def _own_value(raw: Any) -> Any:
    """A cell of the sheet's own column: a day stays a day, so that a document can write it out; all else as it
    looks."""
    if isinstance(raw, datetime.datetime):
        return raw if raw.time() != datetime.time() else raw.date()
    return raw if isinstance(raw, datetime.date) else clean(raw)


@dataclass
class Registry:
    """All tables, what was wrong while reading them, and the office's settings."""

    tables: dict[str, Table]
    findings: list[Finding]
    settings: Settings
    today: datetime.date
    folder: Path = Path()
    files: list[Path] = field(default_factory=list)
    #: What each of them was when it was read (`file_state`): nothing is written over one that has changed since.
    seen: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    #: A paragraph about each workbook that could not be opened at all, by its name.
    refused: dict[str, str] = field(default_factory=dict)
    #: Why a table that is not there may well be kept: its workbook cannot be opened, or a sheet resembles it that was not
    #: surely enough it to be read. What was not read is not nothing.
    unread: dict[str, str] = field(default_factory=dict)
    #: Workbooks of which nothing was read, as they are none of ours and nobody has said what they are; and those of which
    #: only the cells were checked of which one sees what they are.
    strangers: list[str] = field(default_factory=list)
    checked_by_content: set[str] = field(default_factory=set)
    _known: dict[Callable[[Registry], Any], Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, compute: Callable[[Registry], Any]) -> Any:
        """What `compute` finds out about this registry, worked out the first time somebody asks."""
        if compute not in self._known:
            self._known[compute] = compute(self)
        return self._known[compute]

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]

    def file_of(self, workbook: str) -> Path | None:
        """The file of a workbook of this name; None where none was read."""
        return next((path for path in self.files if path.name == workbook), None)

    def name_of(self, table: str, key: Any) -> str:
        """What people call the row with this key: a person's or an organisation's name; the key itself if unknown."""
        if key is None:
            return UNNAMED
        spec = TABLES[table]
        return self.tables[table].value(key, spec.display) or str(key)
