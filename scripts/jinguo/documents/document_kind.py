"""What a kind of document is: its template, its readers, what it may place, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jinguo.documents.due_document import DueDocument
from jinguo.documents.nomination_papers import NominationPaper
from jinguo.nominations.batch import BatchResult
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES
from jinguo.word.lint import Known


@dataclass(frozen=True)
class Document:
    """A kind of document. `build` fills the empty template the program comes with; `find` gives those that are due
    today, `make` those of a batch (a report of a command has neither). `words` are the names its template may place,
    `rows` those of tables with their fields (none where the fields are numbered), `table` the table whose row's
    columns it may place too, the office's own included; `public` where it leaves the office; `uses` are
    the tables it rests on, of which none may be unread; those it `must` have have rows, those `kept` at least a header, as
    it says of somebody what is not there; of the tables it `counts` it says how many rows are not in it; `due_by` are the columns
    (table.column) that say whether any is due, of which a cell that was not read may hide one."""

    kind: str
    readers: str
    build: Callable[[Any], None]
    words: str
    rows: dict[str, str] = field(default_factory=dict)
    find: Callable[[Registry], list[DueDocument]] | None = None
    make: Callable[[Registry, BatchResult], list[NominationPaper]] | None = None
    table: str = ""
    public: bool = True
    uses: str = ""
    must: str = ""
    kept: str = ""
    counts: str = ""
    due_by: str = ""
    #: Whether any may be due at this time of the year.
    season: Callable[[Registry], bool] = lambda registry: True

    @property
    def template(self) -> str:
        """The name of its template's file."""
        return f"{self.kind}.docx"

    def known(self, registry: Registry | None = None) -> Known:
        """Every name the template may use; of a registry also the columns the office added to the table."""
        names: dict[str, tuple[str, ...] | None] = dict.fromkeys(self.words.split())
        if self.table:
            names |= dict.fromkeys(f.header for f in TABLES[self.table].fields)
            names |= dict.fromkeys(registry[self.table].extra if registry else ())
        names |= {name: tuple(fields.split()) for name, fields in self.rows.items()}
        return Known(names, self.public)
