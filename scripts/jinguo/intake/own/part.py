"""The rows of one table as an office's sheet gives them: the raw values, and in which of her cells each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jinguo.intake.own.mapping import Source
from jinguo.schema.cells import clean, is_blank


class Mention(NamedTuple):
    """A person as a row names her: the name, and what stands beside it and tells her from others of that name."""

    name: str
    unit: str = ""
    phone: str = ""
    number: str = ""
    born: str = ""


@dataclass
class Part:
    """Rows of one table. `values` are raw values by field; `letters` the columns they stand in, `cells` the single cell of
    what holds for all rows; in the `derived` fields the cell does not hold the value alone, or not as it is.

    `people` are the mentions behind fields that refer to a person. `same` is the part whose row of the same number a
    reference to SAME_ROW means. `main` is the part of the table the sheet is a register of. `keys` are those of its rows,
    once they have any.
    """

    table: str
    source: Source
    rows: list[int]
    values: dict[str, list[Any]] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    derived: set[str] = field(default_factory=set)
    extra: dict[str, list[Any]] = field(default_factory=dict)
    extra_letters: dict[str, str] = field(default_factory=dict)
    people: dict[str, list[Mention]] = field(default_factory=dict)
    same: Part | None = None
    main: bool = False
    keys: list[str] = field(default_factory=list)
    #: The Excel row in which the header ends, where the sheet is a register of this table: rows may be added to it.
    header: int = 0
    serial: set[str] = field(default_factory=set)

    @property
    def home(self) -> str:
        """The letter of the column that stands for a row."""
        return next(iter(self.letters.values()), "A")

    def column(self, name: str) -> list[Any]:
        """The raw values of a field; blanks where the sheet does not have it."""
        return self.values.get(name) or [""] * len(self.rows)

    def put(self, name: str, values: list[Any], letter: str, derived: bool = False) -> None:
        """Fill a field; the first column that gives it stands, a later one fills what is empty there; remarks of several
        columns stand one behind the other."""
        if name in self.values:
            held = self.values[name]
            self.values[name] = [_both(name, a, b) for a, b in zip(held, values, strict=True)]
            self.derived.add(name)
            return
        self.values[name] = values
        self.letters[name] = letter
        if derived:
            self.derived.add(name)

    def fix(self, name: str, value: Any, cell: str, letter: str) -> None:
        """Fill a field with what holds for every row."""
        if name in self.values:
            return
        self.values[name] = [value] * len(self.rows)
        self.letters[name] = letter
        self.derived.add(name)
        if cell:
            self.cells[name] = cell

    def take_from(self, other: Part, *names: str) -> None:
        """Fill fields with what the same rows of another part hold."""
        for name in names:
            if name in other.values:
                self.put(name, list(other.values[name]), other.letters[name], name in other.derived)
                if name in other.people:
                    self.people[name] = other.people[name]
                if name in other.cells:
                    self.cells[name] = other.cells[name]

    def keep(self, wanted: list[bool]) -> None:
        """Drop the rows that are not wanted."""
        if all(wanted):
            return

        def some(items: list[Any]) -> list[Any]:
            return [item for item, is_wanted in zip(items, wanted, strict=True) if is_wanted]

        self.rows = some(self.rows)
        self.values = {name: some(values) for name, values in self.values.items()}
        self.extra = {name: some(values) for name, values in self.extra.items()}
        self.people = {name: some(mentions) for name, mentions in self.people.items()}
        self.keys = some(self.keys) if self.keys else []


def _both(name: str, first: Any, second: Any) -> Any:
    if is_blank(first) or is_blank(second):
        return second if is_blank(first) else first
    return f"{clean(first)}；{clean(second)}" if name == "remarks" else first


def not_taken(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken already."""
    key, n = name, 2
    while key in taken:
        key, n = f"{name}（{n}）", n + 1
    taken.add(key)
    return key
