"""What a sheet is once it is read, whatever program wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv")


@dataclass(frozen=True)
class RawSheet:
    """A sheet as rows of raw values from A1 on.

    `errors` maps (row, column), both from 0, to #N/A and the like; `merged` are ranges (top, left, bottom, right),
    from 0; `hidden` counts the hidden rows and columns with anything in them, `hidden_columns` are these (from 0); `days_off` is what must be added to a
    bare number for the day it means (1462 in a workbook that counts its days from 1904).
    """

    workbook: str
    name: str
    rows: list[list[Any]]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)
    hidden_columns: list[int] = field(default_factory=list)
    #: Notes on the first rows by (row, column), and the words of a column's dropdown list, both from 0; read only where
    #: somebody asks what the sheet is (excel/reading/hints.py).
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    choices: dict[int, list[str]] = field(default_factory=dict)
    days_off: int = 0
    is_csv: bool = False
    #: The folder below the registry's in which the workbook lies; empty where it lies beside the others.
    folder: str = ""

    @property
    def label(self) -> str:
        """The workbook as 对照.xlsx names it: 签到/3月.xlsx."""
        return f"{self.folder}/{self.workbook}" if self.folder else self.workbook


def merged_within(raw: RawSheet) -> list[tuple[int, int, int, int]]:
    """The merged ranges as far as anything stands in the sheet. Excel has none that lie over each other: together they are no more
    cells than the sheet has, and what is more is left out."""
    height, width = len(raw.rows), max(map(len, raw.rows), default=0)
    left, found = height * width, []
    for top, first, bottom, last in raw.merged:
        bottom, last = min(bottom, height - 1), min(last, width - 1)
        left -= max(bottom - top + 1, 0) * max(last - first + 1, 0)
        if left < 0:
            break
        if top <= bottom and first <= last:
            found.append((top, first, bottom, last))
    return found


def is_workbook(path: Path) -> bool:
    """Whether a file in the folder is meant as a workbook: not a lock file of Excel, WPS or LibreOffice, not hidden."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", ".~", "."))


NOT_WORKED_OUT = "公式还没有算出结果"
