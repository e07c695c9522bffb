"""One copy of a table on an office's sheet while its parts are made, and what comes of a whole sheet."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinguo.excel.raw import RawSheet
from jinguo.intake.own.frame import Column, Frame
from jinguo.intake.own.mapping import OPEN, TAKEN, ColumnMap, Mapping, Source
from jinguo.intake.own.part import Part
from jinguo.schema.cells import is_blank


class Control(NamedTuple):
    """A column that is worked out from the rest and can be compared with it: which kind, its letter, its values by row."""

    kind: str
    letter: str
    values: dict[int, Any]


@dataclass
class Transcript:
    """A sheet as parts; the columns nobody has decided yet, those that are new since, and those to compare."""

    source: Source
    frame: Frame
    parts: list[Part]
    waiting: list[str]
    unknown: list[str]
    controls: list[Control]
    #: Rows of duties still to come, which are no record.
    plans: int = 0


class SheetBlock:
    """One copy of the table on a sheet: which column is decided to be what, the rows of data, and the parts made so far."""

    def __init__(
        self, transcript: Transcript, columns: Sequence[Column], mapping: Mapping, raw: RawSheet, today: datetime.date
    ) -> None:
        self.today = today
        self.transcript, self.frame, self.source = transcript, transcript.frame, transcript.source
        self.mapped: list[tuple[Column, ColumnMap]] = []
        for column in columns:
            decision = mapping.column_of(raw.label, raw.name, column.title)
            if decision is None:
                transcript.unknown.append(column.title)
                decision = ColumnMap(raw.label, raw.name, column.title)
            elif decision.action == OPEN:
                transcript.waiting.append(column.title)
            self.mapped.append((column, decision))
        self.data = self._rows_of_block()
        self.parts: dict[str, Part] = {}
        self.many: list[Part] = []
        self.words = {
            v.written: v.meaning for v in mapping.values if v.field == "attendance.presence" and v.action == TAKEN
        }

    def _rows_of_block(self) -> list[int]:
        """The rows of data in which this copy of the table has anything."""
        places = [c.place for c, m in self.mapped if m.action == TAKEN and m.fields]
        if self.frame.blocks == 1 or not places:
            return self.frame.data
        return [i for i in self.frame.data if any(not is_blank(self.frame.rows[i][p]) for p in places)]

    def column(self, column: Column) -> list[Any]:
        """What stands in a column in the rows of data."""
        return [self.frame.rows[i][column.place] for i in self.data]

    def part(self, table: str) -> Part:
        """The part of a table that goes row by row with the sheet."""
        if table not in self.parts:
            self.parts[table] = Part(table, self.source, [i + 1 for i in self.data], main=table == self.source.main)
        return self.parts[table]
