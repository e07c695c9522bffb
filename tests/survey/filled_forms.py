"""Returned forms as townships make them: a form is opened, filled in and mangled with openpyxl, as a clerk does with Excel."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from jinguo.survey.asked import TOKEN

SURVEY = "2026年10月女性社会组织摸底"


class Form:
    """A form open for filling in."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)

    def save(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book.save(path)
        return path

    def header(self, sheet: str) -> tuple[int, dict[str, int]]:
        """The row of the header, and the column of each title."""
        for row in self.book[sheet].iter_rows(min_row=1, max_row=8):
            titles = {c.value: c.column for c in row if c.value}
            if TOKEN in titles or "姓名" in titles or "组织名称" in titles:
                return row[0].row, titles
        raise AssertionError(sheet)

    def rows(self, sheet: str) -> list[dict[str, Any]]:
        """The filled rows by titles, with their row numbers as `_row`."""
        start, titles = self.header(sheet)
        found = []
        for n in range(start + 1, self.book[sheet].max_row + 1):
            values = {title: self.book[sheet].cell(n, column).value for title, column in titles.items()}
            if any(v not in (None, "") for v in values.values()):
                found.append(values | {"_row": n})
        return found

    def row(self, sheet: str, who: str) -> dict[str, Any]:
        title = "组织名称" if sheet == "社会组织" else "姓名"
        return next(row for row in self.rows(sheet) if row[title] == who)

    def put(self, sheet: str, who: str, **values: Any) -> None:
        """Change cells of somebody's row."""
        _, titles = self.header(sheet)
        for title, value in values.items():
            self.book[sheet].cell(self.row(sheet, who)["_row"], titles[title]).value = value

    def add(self, sheet: str, **values: Any) -> None:
        """A new row below the last one."""
        _, titles = self.header(sheet)
        last = max(row["_row"] for row in self.rows(sheet))
        for title, value in values.items():
            self.book[sheet].cell(last + 1, titles[title]).value = value

    def delete(self, sheet: str, who: str) -> None:
        self.book[sheet].delete_rows(self.row(sheet, who)["_row"])

    def grid(self, sheet: str) -> list[list[Any]]:
        """The header and the filled rows."""
        _, titles = self.header(sheet)
        ordered = sorted(titles, key=lambda t: titles[t])
        return [ordered, *([row[t] for t in ordered] for row in self.rows(sheet))]


def rewritten(
    form: Form, change: Callable[[str, list[list[Any]]], list[list[Any]]], above: tuple[str, ...] = ()
) -> openpyxl.Workbook:
    """Another workbook with the tables of a form as `change` makes them of (sheet, header and rows); nothing else is in it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in ("社会组织", "人员", "任职"):
        target = book.create_sheet(sheet)
        for line in above:
            target.append([line])
        for row in change(sheet, copy.deepcopy(form.grid(sheet))):
            target.append(row)
    return book


def save_book(book: openpyxl.Workbook, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
