"""Raw cells out of a workbook, every one at its address. Reading never writes."""

from __future__ import annotations

import contextlib
import csv
import io
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinguo.addresses import column_index, column_letter, split_address
from jinguo.errors import JinguoError
from jinguo.excel.left_out import LeftOut, add_left_out, left_out_of_xml
from jinguo.excel.package import sheet_parts
from jinguo.excel.sniff import Kind, sniff
from jinguo.ooxml import DAMAGED, Package
from jinguo.quiet import silenced

_DIMENSION = re.compile(rb'<(?:\w+:)?dimension [^>]*\bref="(?:[A-Z]+\d+:)?([A-Z]+\d+)"')
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d{1,7})"')
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)><(?:\w+:)?(?:v>[^<]|is>|f)')
#: So many cells take about 1 GB as Python lists.
_MOST_CELLS = 30_000_000
_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv")
_SAMPLE_BYTES = 200_000
_MOST_ROWS = 1_000_000
#: More would only need more memory: what Python itself does with the rows takes turns.
_READ_AT_ONCE = 2


@dataclass(frozen=True)
class RawSheet:
    """A sheet as rows of raw values from A1 on.

    `errors` maps (row, column), both from 0, to #N/A and the like; `merged` are ranges (top, left, bottom, right), from 0;
    `hidden` counts the hidden rows and columns.
    """

    workbook: str
    name: str
    rows: list[list[Any]]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: dict[str, int] = field(default_factory=dict)


def is_workbook(path: Path) -> bool:
    """Whether a file in the folder is meant as a workbook: not a lock file of Excel, WPS or LibreOffice, not hidden."""
    return path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", ".~", "."))


def read_workbook(path: Path) -> list[RawSheet]:
    """Every sheet of a workbook, whatever its extension says; raises JinguoError, with what to do, for what cannot be read."""
    kind = sniff(path)
    if kind is Kind.CSV:
        return [read_csv(path)]
    import python_calamine

    try:
        if kind is Kind.CALAMINE:
            return _read_apart(path)
        package = Package(path)
        # Unpacked once for all that is looked for in it.
        xml = {name: package.read(part) for name, part in sheet_parts(package).items()}
        refuse_far_cells(path, xml)
        # calamine parses without Python's lock, and meanwhile the XML can be looked through for what it leaves out.
        with silenced(2), ThreadPoolExecutor(1) as beside:
            reading = beside.submit(read_with_calamine, path)
            # Let go of one by one, as a large sheet takes as much room as all its values.
            left_out = {name: left_out_of_xml(xml.pop(name)) for name in list(xml)}
            sheets = reading.result()
        add_left_out(sheets, left_out)
    except PermissionError as error:
        raise JinguoError("文件打不开，可能正被别的程序独占", path.name, "关闭打开它的程序后再运行。") from error
    except BaseException as error:
        # A panic in Rust is no Exception; whatever else is none (Ctrl-C) goes on.
        if not isinstance(error, (python_calamine.CalamineError, *DAMAGED)) and type(error).__name__ != "PanicException":
            raise
        what = "设了打开密码，或内容已损坏，读不出来"
        remedy = "用 Excel 或 WPS 打开它，去掉密码，另存为“Excel 工作簿（*.xlsx）”后再运行。"
        raise JinguoError(what, path.name, remedy) from error
    return sheets


def read_workbooks(paths: Iterable[Path]) -> Iterator[tuple[Path, list[RawSheet] | JinguoError]]:
    """Each of these workbooks as soon as it is read, or why it cannot be: the largest is begun first, and beside it the
    others from the smallest on.

    While calamine parses one workbook the other is read, and what the caller does with those that are goes on.
    """
    *others, largest = sorted(paths, key=lambda path: path.stat().st_size if path.exists() else 0)
    with ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        readings = {pool.submit(read_workbook, path): path for path in (largest, *others)}
        for reading in as_completed(readings):
            trouble = reading.exception()
            if trouble is not None and not isinstance(trouble, JinguoError):
                raise trouble
            yield readings[reading], trouble or reading.result()


def read_with_calamine(path: Path) -> list[RawSheet]:
    """The sheets as calamine gives them."""
    import python_calamine

    with path.open("rb") as stream:
        # From a file object, because by path calamine trusts the extension.
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
        return [_read_sheet(path.name, book, name) for name in book.sheet_names]


def read_old(path: Path) -> list[RawSheet]:
    """The sheets of an .xls, .xlsb or .ods, with what calamine leaves out of them."""
    sheets = read_with_calamine(path)
    # What calamine could read is read, also where the rest cannot be found out.
    with contextlib.suppress(*DAMAGED, IndexError):
        add_left_out(sheets, _left_out_of_old(path))
    return sheets


def _left_out_of_old(path: Path) -> dict[str, LeftOut]:
    from jinguo.excel.binary import left_out_of_xls
    from jinguo.excel.open_document import left_out_of_ods
    from jinguo.excel.xlsb import left_out_of_xlsb

    if not zipfile.is_zipfile(path):
        return left_out_of_xls(path)
    with zipfile.ZipFile(path) as package:
        is_open_document = "content.xml" in package.namelist()
    return left_out_of_ods(path) if is_open_document else left_out_of_xlsb(path)


def _read_apart(path: Path) -> list[RawSheet]:
    """Read an old format in a process of its own: a damaged one may ask for more memory than there is, and die."""
    code = (
        "import pickle, sys; from pathlib import Path; from jinguo.excel.read import read_old\n"
        "sys.stdout.buffer.write(pickle.dumps(read_old(Path(sys.argv[1]))))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        raise ValueError("the reader died")
    return pickle.loads(done.stdout)


def refuse_far_cells(path: Path, sheets: Mapping[str, bytes]) -> None:
    """Refuse a sheet with a stray cell so far out that the rectangle up to it does not fit into memory.

    The declared dimension is believed where it goes down to the last row; careless programs write A1, or an old one, and
    then the cells are looked at.
    """
    for name, data in sheets.items():
        declared = _DIMENSION.search(data[:_SAMPLE_BYTES])
        letters, row = split_address(declared[1].decode() if declared else "A1")
        below = data[data.rfind(b"<row ") :][:200] if b"<row " in data else b""
        end = _ROW_NUMBER.match(below)
        if end and int(end[1]) <= row and (letters, row) != ("A", 1) and (column_index(letters) + 1) * row <= _MOST_CELLS:
            continue
        # Only cells with something in them count; formatting goes down to the last row in many a workbook.
        filled = _FILLED_CELL.findall(data)
        columns = max((column_index(c.decode()) + 1 for c in {c for c, _ in filled}), default=0)
        rows = max((int(row) for _, row in filled), default=0)
        if columns * rows > _MOST_CELLS:
            far = f"{column_letter(columns - 1)}{rows}"
            what = f"工作表“{name}”一直用到 {far}，大得读不了"
            raise JinguoError(what, path.name, "按 Ctrl+End 看看最远的单元格，删去多余的行和列，保存后再运行。")


def _read_sheet(workbook: str, book: Any, name: str) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    try:
        merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    except (AttributeError, TypeError):
        merged = []
    return RawSheet(workbook, name, sheet.to_python(skip_empty_area=False), merged=merged)


def read_csv(path: Path) -> RawSheet:
    """A CSV in UTF-8 (with a mark or without), UTF-16 or GB 18030, separated by commas, tabs or semicolons; every value is text."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            remedy = "用 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”后再运行。"
            raise JinguoError("看不出是什么编码，读出来是乱码", path.name, remedy) from error
    # Over some lines, as the first may be a title.
    first = "\n".join(text.split("\n", 20)[:20])
    separator = max(",\t;", key=first.count)
    rows: list[list[Any]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(list(row))
            if len(rows) > _MOST_ROWS:
                raise JinguoError("超过一百万行，不像台账，没有读", path.name, "核对文件；确实需要的，分成几个文件。")
    except csv.Error as error:
        remedy = "用 Excel 打开它，看看双引号是不是成对，另存为“Excel 工作簿（*.xlsx）”后再运行。"
        raise JinguoError("双引号不成对，分不清各栏", path.name, remedy) from error
    return RawSheet(path.name, path.stem, rows)
