"""One bit that flipped on the way, and sizes that are not what a package says: refused in words, never read as something else."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import Package, read_parts
from jinguo.excel.reading.read import read_workbook
from tests.helpers import ROOT, examples, jinguo, office

BOOK = ROOT / "workbooks" / "社会组织台账.xlsx"


@pytest.mark.slow
def test_no_flipped_bit_is_read_as_another_value(tmp_path):
    data, chance, told = BOOK.read_bytes(), random.Random(5), 0
    right = [(sheet.name, sheet.rows) for sheet in read_workbook(BOOK)]
    path = tmp_path / "社会组织台账.xlsx"
    for _ in range(examples(120)):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            # A bit of what nobody reads (a time, a theme) changes nothing.
            assert [(sheet.name, sheet.rows) for sheet in read_workbook(path)] == right
        except JinguoError:
            told += 1
    assert told > examples(120) / 2


def with_old_checksum(source: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The package in which a part says something else of the same length, under the checksum of what it said."""
    parts = read_parts(source)
    words = parts[part].replace(old, new)
    assert words != parts[part] and len(words) == len(parts[part])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, words if name == part else data)
    now, before = (struct.pack("<I", zlib.crc32(data)) for data in (words, parts[part]))
    return stream.getvalue().replace(now, before)


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/sharedStrings.xml", b"0574-627", b"0575-627"),
        ("xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>6</v>"),
        ("xl/styles.xml", b"yyyy", b"yyyx"),
    ],
)
def test_a_telephone_number_that_reads_otherwise_is_refused(tmp_path, part, old, new):
    """In the words of all sheets, in the cells of one, in what makes a number a day."""
    path = tmp_path / BOOK.name
    path.write_bytes(with_old_checksum(BOOK.read_bytes(), part, old, new))
    with pytest.raises(JinguoError, match="已损坏"):
        read_workbook(path)


def test_what_unfolds_to_more_than_it_says_is_not_unfolded(tmp_path):
    """A directory that lies: ten bytes, and behind them a hundred million."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * 100_000_000)
    real = struct.pack("<I", 100_000_000)
    lying = stream.getvalue().replace(real, struct.pack("<I", 10))
    with pytest.raises(zipfile.BadZipFile):
        Package(lying).read("xl/worksheets/sheet1.xml")


@pytest.fixture(scope="module")
def bomb(tmp_path_factory) -> Path:
    """A Word document of 200 kB that unfolds to 200 MB of words."""
    source = read_parts((ROOT / "templates" / "公示.docx").read_bytes())
    source["word/document.xml"] = source["word/document.xml"].replace(b"</w:body>", b" " * 200_000_000 + b"</w:body>")
    path = tmp_path_factory.mktemp("bomb") / "公示.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in source.items():
            package.writestr(name, data)
    return path


def test_a_document_that_unfolds_without_end_is_refused_in_words(bomb, tmp_path):
    folder = office(tmp_path / "office")
    done = jinguo(folder, "inspect", str(bomb))
    assert done.returncode == 2 and "打不开，不是 Word 文档" in done.stderr + done.stdout
    (folder / "templates" / "公示.docx").write_bytes(bomb.read_bytes())
    done = jinguo(folder, "lint")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "公示.docx" in done.stdout
