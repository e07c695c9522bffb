"""Typed tables, made of each workbook while the next is still being read."""

from __future__ import annotations

from collections.abc import Iterable

from jinguo.common.findings import Finding
from jinguo.excel.raw import RawSheet
from jinguo.intake.match import make_table
from jinguo.intake.own.reading import EarlyTranscripts
from jinguo.intake.settings_sheets import extend_vocabularies
from jinguo.registry.joining import empty_table
from jinguo.registry.tables import Table
from jinguo.schema import TABLES, TableSpec
from jinguo.schema.model import header_key

_BY_SHEET = {header_key(spec.sheet): spec for spec in TABLES.values()}


class TypedTables:
    """The tables of raw sheets, each made once.

    A sheet in its own workbook is that table whatever else is read later, so it can be made at once; only a word that
    the office added to a list, read last of all, would make it worthless.
    """

    def __init__(self, early: EarlyTranscripts | None = None) -> None:
        #: The office's own sheets, where 对照.xlsx says how they are read.
        self.early = early
        self.vocabularies = extend_vocabularies(empty_table(TABLES["vocabularies"]))
        self._made: dict[tuple[str, str], tuple[Table, list[Finding]]] = {}

    def make_own(self, sheets: Iterable[RawSheet]) -> None:
        """Make the tables of a workbook that stand where the schema says they stand, and read the office's own sheets."""
        sheets = list(sheets)
        if self.early is not None:
            self.early.take(sheets)
        for raw in sheets:
            spec = _BY_SHEET.get(header_key(raw.name))
            if spec is not None and spec.workbook == raw.workbook:
                table, _ = self.table(raw, spec)
                if spec.name == "vocabularies":
                    self.use_vocabularies(table)

    def table(self, raw: RawSheet, spec: TableSpec) -> tuple[Table, list[Finding]]:
        """The typed table of a sheet, and everything wrong with its columns and single cells."""
        place = raw.workbook, raw.name
        if place not in self._made:
            self._made[place] = make_table(raw, spec, self.vocabularies)
        return self._made[place]

    def use_vocabularies(self, table: Table) -> None:
        """Take the office's words from this table; tables made without them are made again."""
        vocabularies = extend_vocabularies(table)
        if vocabularies != self.vocabularies:
            self._made = {}
        self.vocabularies = vocabularies
