"""Packages whose directory lies, values spelled as Excel does not: nothing is read otherwise than it is, or left out without a word."""

from __future__ import annotations

import contextlib
import io
import json
import re
import struct
import zipfile
from typing import Any

import pytest

from jinguo.amend.journal import JOURNAL
from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import Package, read_parts, write_parts
from jinguo.excel.reading.read import read_workbook
from jinguo.word.measure import measure
from tests.helpers import ROOT, ends_within, jinguo, office

_BOOK = ROOT / "workbooks" / "人员台账.xlsx"


def changed(tmp_path, change, name="xl/worksheets/sheet1.xml"):
    parts = read_parts(_BOOK.read_bytes())
    parts[name] = change(parts[name])
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(write_parts(parts))
    return path


def cells(path):
    return [raw.rows for raw in read_workbook(path)]


@pytest.mark.parametrize("field", [28, 30, 32])
def test_a_part_that_a_wrong_length_swallows_is_missed(tmp_path, field):
    """One bit in the length of a name, an extra field or a comment, and the next parts are gone from the directory."""
    data = bytearray(_BOOK.read_bytes())
    place = data.index(b"PK\x01\x02")
    for bit in (4, 5, 6):
        spoilt = bytearray(data)
        struct.pack_into("<H", spoilt, place + field, struct.unpack_from("<H", data, place + field)[0] ^ (1 << bit))
        path = tmp_path / "人员台账.xlsx"
        path.write_bytes(bytes(spoilt))
        with pytest.raises(JinguoError):
            read_workbook(path)


def test_two_parts_of_one_name_are_a_damaged_workbook(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(_BOOK.read_bytes())
    with pytest.warns(UserWarning), zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/worksheets/sheet1.xml", b"<worksheet/>")
    with pytest.raises(JinguoError):
        read_workbook(path)


def test_a_workbook_without_its_own_part_is_no_empty_one(tmp_path):
    parts = read_parts(_BOOK.read_bytes())
    kept = {name: data for name, data in parts.items() if name != "xl/workbook.xml"}
    path = tmp_path / "人员台账.xlsx"
    path.write_bytes(write_parts(kept))
    with pytest.raises(JinguoError):
        read_workbook(path)


@pytest.mark.parametrize("spelled", [rb"<v> \1</v>", rb"<v>\n  \1\n</v>", rb"<v>+\1</v>"])
def test_the_number_of_a_word_is_read_whatever_stands_before_it(tmp_path, spelled):
    import openpyxl

    book = openpyxl.load_workbook(_BOOK)
    stream = io.BytesIO()
    book.save(stream)
    sound = tmp_path / "sound.xlsx"
    sound.write_bytes(stream.getvalue())
    parts = read_parts(stream.getvalue())
    name = "xl/worksheets/sheet1.xml"
    parts[name] = re.sub(
        rb'(t="s"[^>]*>)<v>(\d+)</v>', lambda m: m[1] + re.sub(rb"(.*)", spelled, m[2], count=1), parts[name]
    )
    path = tmp_path / "spelled.xlsx"
    path.write_bytes(write_parts(parts))
    assert cells(path) == cells(sound)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_that_unfold_without_a_limit_are_not_unfolded(tmp_path, method):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", method) as package:
        for name, data in read_parts(_BOOK.read_bytes()).items():
            package.writestr(name, data)
    with pytest.raises(JinguoError):
        read_workbook(path)
    with pytest.raises(zipfile.BadZipFile):
        read_parts(path.read_bytes())


@pytest.mark.parametrize(
    "cells_of",
    [
        lambda n: b"<!--" * n,
        lambda n: b'<c r="ZZ9" t="e"><f>1/0</f></c>' * n,
        lambda n: b'<c r="ZZ9" t="e"/>' * n,
    ],
)
def test_what_is_not_closed_takes_no_time(tmp_path, cells_of):
    path = changed(tmp_path, lambda xml: xml.replace(b"</row>", cells_of(40_000) + b"</row>", 1))
    with ends_within(20), contextlib.suppress(JinguoError):
        read_workbook(path)


@pytest.mark.parametrize(
    "note",
    [
        {"backup": "备份/x", "files": [{"file": "../victim.txt", "next": ".jinguo-next-0.tmp", "sha256": "0"}]},
        {"backup": "../..", "files": []},
        {"backup": "备份/x", "files": [{"file": "人员台账.xlsx", "next": "../evil", "sha256": "0"}]},
        [1, 2],
        {"files": 3},
    ],
)
def test_a_forged_note_of_an_interrupted_writing_is_not_carried_out(tmp_path, note):
    folder = office(tmp_path / "office")
    (folder / "victim.txt").write_text("mine")
    (folder / "workbooks" / JOURNAL).write_text(json.dumps(note), encoding="utf-8")
    done = jinguo(folder, "check")
    assert done.returncode == 2 and "写入中断时留下的记录不对，没有照它做" in done.stderr + done.stdout
    assert (folder / "victim.txt").read_text() == "mine"


def test_a_folder_in_the_place_of_a_workbook_is_told(tmp_path):
    folder = office(tmp_path / "office")
    book = folder / "workbooks" / "人员台账.xlsx"
    book.unlink()
    book.mkdir()
    done = jinguo(folder, "stats")
    assert done.returncode == 2 and "人员台账.xlsx 打不开" in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["待办.xlsx", "待办.ics"])
def test_a_folder_in_the_way_of_what_is_written_is_told(tmp_path, name):
    folder = office(tmp_path / "office")
    (folder / "output" / name).mkdir(parents=True)
    done = jinguo(folder, "todo")
    assert "程序出错" not in done.stdout + done.stderr


def test_a_line_break_in_the_name_of_the_office_breaks_no_calendar(tmp_path):
    import openpyxl

    folder = office(tmp_path / "office")
    path = folder / "workbooks" / "设置.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["单位"].iter_rows():
        if row[0].value == "单位名称":
            row[1].value = "余姚市\n妇女联合会"
    book.save(path)
    done = jinguo(folder, "--today", "2026-10-15", "todo")
    assert "程序出错" not in done.stdout + done.stderr
    assert "X-WR-CALNAME:" in (folder / "output" / "待办.ics").read_text("utf-8")


def test_tables_in_tables_are_measured_once():
    import docx

    document = docx.Document()
    holder: Any = document
    for _ in range(14):
        cell = holder.add_table(1, 1).cell(0, 0)
        cell.paragraphs[0].text = "x"
        holder = cell
    stream = io.BytesIO()
    document.save(stream)
    with ends_within(20):
        found = measure(stream.getvalue())
    assert sum(p.text == "x" for p in found.paragraphs) == 14


def test_a_package_of_ours_is_read_as_before():
    assert Package(_BOOK).names()
