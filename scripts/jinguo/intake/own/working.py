"""The parts of all sheets while they are worked together: the keys found so far, what is open, what is asked and said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo.common.findings import Finding, finding, some_of
from jinguo.intake.own.block import Transcript
from jinguo.intake.own.mapping import Identity
from jinguo.intake.own.part import Part
from jinguo.registry.tables import Table
from jinguo.schema import TABLES
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.problems import ReadingRule
from jinguo.schema.register_problems import OPEN_DECISION, READ_SO


@dataclass
class Working:
    """`ours` are our own tables that have rows; `decided` what 认人认组织 says; `place` the county or city the office is of.

    `keys` are, by part and field, the keys that references mean (None where none is known); `open` the rows in which
    somebody has to say so first.
    """

    transcripts: Sequence[Transcript]
    ours: Mapping[str, Table]
    decided: Mapping[tuple[str, str], Identity]
    place: str = ""
    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    questions: dict[tuple[str, str], Identity] = field(default_factory=dict)
    townships: list[str] = field(default_factory=list)
    keys: defaultdict[int, dict[str, list[Any]]] = field(default_factory=lambda: defaultdict(dict))
    open: defaultdict[int, dict[str, set[int]]] = field(default_factory=lambda: defaultdict(dict))

    def of(self, table: str, main: bool = False) -> list[Part]:
        """The parts of a table; with `main` those of the sheets that are registers of it."""
        return [p for p in self.parts if p.table == table and (p.main or not main)]

    def beside(self, part: Part, table: str) -> Part | None:
        """The part of a table that tells of the same rows as a main part."""
        return next((p for p in self.parts if p.table == table and p.same is part), None)

    def keep(self, part: Part, wanted: list[bool]) -> None:
        """Drop rows of a part that are not wanted, with all that is known of them, and with what the same rows of the sheet
        give for other tables."""
        count = len(part.rows)
        self.keep_alone(part, wanted)
        for other in self.parts:
            if other.same is part and len(other.rows) == count:
                self.keep_alone(other, wanted)

    def keep_alone(self, part: Part, wanted: list[bool]) -> None:
        """Drop rows of one part, with what is known of them."""
        if all(wanted):
            return
        for name, keys in self.keys[id(part)].items():
            self.keys[id(part)][name] = [k for k, is_wanted in zip(keys, wanted, strict=True) if is_wanted]
        moved = {old: new for new, old in enumerate(i for i, is_wanted in enumerate(wanted) if is_wanted)}
        for name, rows in self.open[id(part)].items():
            self.open[id(part)][name] = {moved[i] for i in rows if i in moved}
        part.keep(wanted)

    def drop_blank(self, part: Part, name: str) -> None:
        """Drop the rows in which a field is empty."""
        self.keep(part, [not is_blank(v) for v in part.column(name)])

    def say(self, rule: ReadingRule, part: Part, cell: str, value: str, what: str, remedy: str = "") -> None:
        """A word about a cell of the sheet a part is from; about the whole sheet where no cell is given."""
        place = (part.source.workbook, part.source.sheet, cell)
        self.findings.append(finding(rule, place, value, what, remedy))

    def tell_derived(self, part: Part, told: Mapping[str, str]) -> None:
        """Say what was worked out from the rest of the rows."""
        if told and part.rows:
            words = "；".join(f"{header}：{how}" for header, how in told.items())
            self.say(READ_SO, part, "", "", f"登记表里没有写的，从别处认的（{words}）")

    def tell_open(self, part: Part, name: str, rows: Iterable[int]) -> None:
        """Say in how many rows it is open who, or which organisation, is meant."""
        rows = sorted(rows)
        said = [clean(part.column(name)[i]) for i in rows]
        header = TABLES[part.table].by_name[name].header
        shown = some_of(list(dict.fromkeys(said)))
        what = f"“{header}”有 {len(rows)} 行还没有认定是谁（{shown}），没有算进数字"
        self.say(OPEN_DECISION, part, f"{part.letters.get(name, 'A')}{part.rows[rows[0]]}", said[0], what)

    def ask(self, asked: Identity) -> None:
        """Ask for a decision; the same question in another place only counts."""
        known = self.questions.setdefault(asked.key, asked)
        if known is not asked:
            known.count += asked.count

    def where(self, part: Part, row: int, name: str) -> str:
        """2026年台账.xlsx › 城关街道 › G7."""
        return f"{part.source.workbook} › {part.source.sheet} › {part.letters.get(name, 'A')}{part.rows[row]}"

    def same_row(self, part: Part, row: int) -> Any:
        """The key of the organisation of the sheet's own row."""
        main = part.same or part
        if main.table == "organisations" and main.keys:
            return main.keys[row] if len(main.keys) == len(part.rows) else None
        keys = self.keys[id(main)].get("organisation")
        return keys[row] if keys and len(keys) == len(part.rows) else None

    def of_sheet(self, part: Part) -> Iterator[Part]:
        """All parts of the sheet a part is from."""
        return (p for p in self.parts if p.source is part.source)
