"""A long sheet is read in two halves beside each other: what comes out is what comes out of the whole."""

from __future__ import annotations

import datetime
import shutil

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.excel import read
from jinguo.excel.halves import halves, joined
from jinguo.excel.read import read_workbook
from tests.helpers import ROOT
from tests.test_reading import repacked


def both(path, monkeypatch):
    """The sheets read whole, and with the longest in halves however short it is."""
    whole = read_workbook(path)
    split = []
    monkeypatch.setattr(read, "LONG", 0)
    monkeypatch.setattr(read, "halves", lambda xml: split.append(halves(xml)) or split[-1])
    return whole, read_workbook(path), split[0]


@pytest.mark.parametrize("path", sorted((ROOT / "workbooks").glob("*.xlsx")), ids=lambda path: path.stem)
def test_the_workbooks_of_the_demo(path, monkeypatch):
    whole, parted, split = both(path, monkeypatch)
    assert parted == whole
    assert split


CELL = st.one_of(st.none(), st.integers(-5, 5), st.sampled_from(["甲", "a & b", "两\n行", "#N/A"]), st.booleans(), st.just(datetime.date(2026, 1, 9)))


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 6)), CELL, max_size=40), st.booleans())
@settings(max_examples=40, deadline=None)
def test_any_cells_with_gaps_at_any_place(tmp_path_factory, cells, inline):
    """Rows and columns that are missing anywhere, halves of different width, the same words in both."""
    path = tmp_path_factory.mktemp("halves") / "表.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": inline, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("表")
    for (row, column), value in sorted(cells.items()):
        sheet.write(row, column, value)
    book.close()
    with pytest.MonkeyPatch.context() as patch:
        whole, parted, _ = both(path, patch)
    assert parted == whole


def test_merged_cells_hidden_rows_and_errors_are_told_once(tmp_path, monkeypatch):
    path = tmp_path / "表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("表")
    sheet.write_column(0, 1, range(9))
    sheet.merge_range(3, 0, 6, 0, "合并")
    sheet.write_formula("C8", "=NA()", None, "#N/A")
    sheet.set_row(1, options={"hidden": True})
    sheet.set_row(7, options={"hidden": True})
    book.add_worksheet("短").write(0, 0, "另一张")
    book.close()
    whole, parted, split = both(path, monkeypatch)
    assert parted == whole
    assert split
    assert (parted[0].merged, parted[0].errors, parted[0].hidden) == ([(3, 0, 6, 0)], {(7, 2): "#N/A"}, {"rows": 2, "columns": 0})


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet><sheetData/></worksheet>",
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        b"<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>",
        b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="2"><c><v>1</v></c></row><row r="3"><c><v>1</v></c></row></sheetData></worksheet>',
        b'<x:worksheet><x:sheetData><x:row r="1"/><x:row r="2"/></x:sheetData></x:worksheet>',
    ],
    ids=["no rows", "one row", "no addresses", "cells without", "a prefix"],
)
def test_what_cannot_be_parted_is_read_whole(xml):
    assert halves(xml) is None


def test_the_halves_stand_between_the_same_head_and_tail():
    rows = [b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in (1, 2, 5, 6)]
    head, tail = b"<worksheet><cols/><sheetData>", b"</sheetData><mergeCells/></worksheet>"
    upper, lower = halves(head + b"".join(rows) + tail)
    assert upper == head + b"".join(rows[:2]) + tail
    assert lower == head + b"".join(rows[2:]) + tail


def test_rows_are_as_wide_as_the_widest():
    assert joined([["a"], ["b"]], [["", ""], ["", ""], ["", ""], ["c", "d"]]) == [["a", ""], ["b", ""], ["", ""], ["c", "d"]]
    assert joined([["a", "b"]], []) == [["a", "b"]]


def test_a_damaged_half_is_told_like_a_damaged_whole(tmp_path, monkeypatch):
    source = ROOT / "workbooks" / "人员台账.xlsx"
    path = tmp_path / source.name
    shutil.copy(source, path)
    wrong = b'<c r="B9999"><v>1</c></v></row></sheetData>'
    data = repacked(path.read_bytes(), lambda name, part: part.replace(b"</row></sheetData>", wrong) if name.startswith("xl/worksheets/") else part)
    path.write_bytes(data)
    for long in (10**9, 0):
        monkeypatch.setattr(read, "LONG", long)
        with pytest.raises(read.JinguoError, match="已损坏"):
            read_workbook(path)
