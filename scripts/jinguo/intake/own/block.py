"""One copy of a table on an office's sheet while its parts are made, and what comes of a whole sheet."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinguo.excel.raw import RawSheet
from jinguo.intake.own.frame import Column, Frame
from jinguo.intake.own.mapping import OPEN, TAKEN, ColumnMap, Mapping, Source
from jinguo.intake.own.part import Part
from jinguo.schema.cells import clean, is_blank
from jinguo.schema.model import SERIAL


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
    #: What those that wait may be, by their titles.
    waiting: dict[str, tuple[str, ...]]
    unknown: list[str]
    controls: list[Control]
    #: Rows of duties still to come, which are no record.
    plans: int = 0


_LEGEND = re.compile(
    r"([√✓○〇×△▲●☆/]|空白?)\s*(?:为|表示|代表|[=＝:：－-])?\s*(到会|到|出席|参加|请假|缺席|缺勤|未到|病假|事假)"
)
_MEANS = {"到会": "出席", "到": "出席", "参加": "出席", "缺勤": "缺席", "未到": "缺席", "病假": "请假", "事假": "请假"}


def legend_of(frame: Frame) -> dict[str, str]:
    """What the marks of a list mean by its own words (√到 ○请假); what two marks both seem to mean is not known: ？."""
    texts = [text for _, text in frame.titles]
    texts += [
        clean(v) for row, what in frame.skipped.items() if what != "合计" for v in frame.rows[row] if not is_blank(v)
    ]
    found = {mark: _MEANS.get(word, word) for text in texts for mark, word in _LEGEND.findall(text)}
    found.pop("空", None)
    if not found and any(mark in row for row in frame.body for mark in ("○",)):
        marks = {v for row in frame.body for v in row if isinstance(v, str) and len(v) == 1}
        if marks & {"√", "✓"}:
            found["○"] = "？"
    return found


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
                transcript.waiting[column.title] = decision.fields
            self.mapped.append((column, decision))
        self.data = self._rows_of_block()
        self.parts: dict[str, Part] = {}
        self.many: list[Part] = []
        decided = [v for v in mapping.values if v.field == "attendance.presence" and v.action == TAKEN]
        legend = legend_of(self.frame) if self.source.main == "attendance" else {}
        self.words = legend | {v.written: v.meaning for v in decided}

    def _rows_of_block(self) -> list[int]:
        """The rows of data in which this copy of the table has anything."""
        places = [c.place for c, m in self.mapped if m.action == TAKEN and m.fields]
        if self.frame.blocks == 1 or not places:
            return self.frame.data
        return [i for i in self.frame.data if any(not is_blank(self.frame.rows[i][p]) for p in places)]

    def column(self, column: Column) -> list[Any]:
        """What stands in a column in the rows of data."""
        if self.data is self.frame.data:
            return self.frame.values(column)
        return [self.frame.rows[i][column.place] for i in self.data]

    def part(self, table: str) -> Part:
        """The part of a table that goes row by row with the sheet."""
        if table not in self.parts:
            main = table == self.source.main
            header = self.frame.header[1] + 1 if main else 0
            serial = {c.letter for c in self.frame.columns if c.leaf in SERIAL}
            rows = [i + 1 for i in self.data]
            self.parts[table] = Part(table, self.source, rows, main=main, header=header, serial=serial)
        return self.parts[table]
