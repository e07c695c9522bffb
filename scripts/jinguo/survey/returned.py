"""What came back of a survey: one file, its rows and cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jinguo.common.findings import Finding
from jinguo.registry.cell_texts import same_text
from jinguo.survey.asked import AskedTable
from jinguo.survey.sent import SentRow


@dataclass(frozen=True)
class ReturnedCell:
    """A cell as it came back: what it holds as a text, what it looks like, why it could not be read, and what a rule finds wrong."""

    text: str
    shown: str
    problem: str = ""
    doubt: str = ""


@dataclass
class ReturnedRow:
    """A row that says something: which row of the form it was (None for a new one), its cells by field or own header, and its
    place. Of a row that was sent only the cells are here that are not as they were sent."""

    table: str
    token: str
    cells: dict[str, ReturnedCell]
    sheet: str
    row: int
    letters: dict[str, str]
    sent: SentRow | None = None
    note: str = ""

    def place(self, file: str, name: str = "") -> str:
        """上报.xlsx › 人员 › C5."""
        letter = self.letters.get(name) or next(iter(self.letters.values()), "A")
        return f"{file} › {self.sheet} › {letter}{self.row}"


@dataclass
class Gone:
    """A row that was sent and did not come back, or came back empty."""

    table: str
    token: str
    sent: SentRow
    note: str = ""


@dataclass
class Return:
    """One returned file: whose it is, which survey it says it is of, what it says, and what is to be told of it."""

    file: str
    unit: str = ""
    survey: str = ""
    rows: list[ReturnedRow] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    #: How many rows of each table came back, and the names of the columns that came back.
    counts: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    filled: tuple[int, int] = (0, 0)
    #: Other units whose rows are in the file, and how many.
    also: dict[str, int] = field(default_factory=dict)
    #: The rows that came back as they went, by table and number; when the file was saved.
    unchanged: set[tuple[str, str]] = field(default_factory=set)
    moment: float = 0.0
    told: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    trouble: str = ""
    digest: str = ""
    saved: str = ""
    marked: bytes = b""


def differing(asked: AskedTable, names: Sequence[str], row: ReturnedRow, sent: SentRow) -> dict[str, ReturnedCell]:
    """The cells of a row, of the columns that came back, that do not say what was sent."""
    changed = {}
    for name in names:
        cell, was = row.cells.get(name) or ReturnedCell("", ""), sent.cells.get(name)
        if was is None and not cell.text and not cell.problem:
            continue
        if was is None or (cell.problem and not cell.text) or not same_text(asked.field(name), cell.text, was):
            changed[name] = cell
    return changed
