"""Raw cells out of a workbook, every one at its address. Reading never writes."""

from __future__ import annotations

import contextlib
import io
import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.library_output import silenced
from jinguo.common.ooxml import DAMAGED, Package
from jinguo.excel.owner_file import cannot_open
from jinguo.excel.package import DAYS_1904, counts_from_1904, sheet_parts, workbook_part
from jinguo.excel.raw import RawSheet, merged_within
from jinguo.excel.reading.delimited import read_delimited
from jinguo.excel.reading.respell import has_markup, has_spaced_values
from jinguo.excel.reading.sheet_features import SheetFeatures, add_features, features_of_xml
from jinguo.excel.reading.sniff import Kind, sniff
from jinguo.excel.reading.used_range import reach_of_xml, refuse_far_cells

_WORKSHEET = re.compile(rb"<(?:[\w.-]+:)?worksheet[\s>/]")
_HEAD_BYTES = 4000
#: What the cells of every sheet refer to: their words, and what makes a number a day.
_WORDS_OF_ALL = ("xl/sharedStrings.xml", "xl/styles.xml")
#: Seconds and bytes for reading an old format, in a process of its own.
_PATIENCE, _MOST_MEMORY = 120, 3_000_000_000
#: More would only need more memory: what Python itself does with the rows takes turns.
_READ_AT_ONCE = 2


def read_workbook(path: Path) -> list[RawSheet]:
    """Every sheet of a workbook, whatever its extension says; raises JinguoError, with what to do, for what cannot
    be read."""
    kind = sniff(path)
    if kind is Kind.CSV:
        return [RawSheet(path.name, path.stem, read_delimited(path), is_csv=True)]
    try:
        sheets = _read_old(path) if kind is Kind.CALAMINE else _read_ooxml(path)
        return [replace(raw, merged=merged_within(raw)) if raw.merged else raw for raw in sheets]
    except PermissionError as error:
        raise cannot_open(path) from error
    except BaseException as error:
        if not _means_damage(error):
            raise
        if kind is Kind.OOXML:
            what, remedy = (
                "内容已损坏，读不出来",
                "用 Excel 或 WPS 打开它，另存为“Excel 工作簿（*.xlsx）”后再运行；打不开的，请发来的人重新发送。",
            )
        else:
            what, remedy = (
                "设了打开密码，或内容已损坏，读不出来",
                "用 Excel 或 WPS 打开它，去掉密码，另存为“Excel 工作簿（*.xlsx）”后再运行。",
            )
        raise JinguoError(what, path.name, remedy) from error


def _means_damage(error: BaseException) -> bool:
    """A panic in Rust is no Exception; whatever else is none (Ctrl-C) goes on."""
    import python_calamine

    return isinstance(error, (python_calamine.CalamineError, *DAMAGED)) or type(error).__name__ == "PanicException"


def _read_ooxml(path: Path) -> list[RawSheet]:
    """The sheets of an Office Open XML workbook; one that calamine cannot read, respelled."""
    package = Package(path)
    try:
        return _read_package(path, package)
    except BaseException as error:
        if not _means_damage(error):
            raise
        from jinguo.excel.reading.respell import respelled, without_new_errors

        package = Package(respelled(package))
        return _read_package(path, package, io.BytesIO(without_new_errors(package)))


def _read_package(path: Path, package: Package, source: io.BytesIO | None = None) -> list[RawSheet]:
    """calamine parses without Python's lock, and beside it the XML is looked through: sheet by sheet for cells too
    far out, before calamine may begin with the sheet, and then for what it leaves out."""
    parts = sheet_parts(package)
    if not parts and workbook_part(package) not in package:
        # Not to be taken for an empty one.
        raise ValueError("a workbook without what names its sheets")
    xml: dict[str, bytes] = {}
    near: dict[str, Future[None]] = {name: Future() for name in parts}
    with silenced(2), ThreadPoolExecutor(1) as beside:
        reading = beside.submit(read_with_calamine, path, near, source)
        try:
            for name, part in parts.items():
                xml[name] = package.read(part)
                if not _WORKSHEET.search(xml[name], 0, _HEAD_BYTES):
                    # calamine would give it as empty.
                    raise ValueError("the part is no worksheet, or not in UTF-8")
                if source is None and (has_markup(xml[name]) or has_spaced_values(xml[name])):
                    raise ValueError("comments or spaces among the values, of which calamine makes others")
                refuse_far_cells(path, {name: reach_of_xml(xml[name])})
                near[name].set_result(None)
            for part in _WORDS_OF_ALL:
                # Looked at for its checksum alone: calamine reads it, and does not ask.
                if part in package and has_markup(package.read(part)) and source is None:
                    raise ValueError("comments or CDATA among the words")
        finally:
            # Where one is refused, calamine reads no further.
            for sheet in near.values():
                sheet.cancel()
        # Let go of one by one, as a large sheet takes as much room as all its values.
        features = {name: features_of_xml(xml.pop(name)) for name in list(xml)}
        sheets = reading.result()
    add_features(sheets, features)
    days_off = DAYS_1904 if counts_from_1904(package) else 0
    return [replace(sheet, days_off=days_off) for sheet in sheets] if days_off else sheets


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


def read_with_calamine(
    path: Path, near: Mapping[str, Future[None]] | None = None, source: io.BytesIO | None = None
) -> list[RawSheet]:
    """The sheets as calamine gives them, each as soon as it is known to be `near` enough to be read; `source` holds the
    workbook where it is not read from `path`."""
    import python_calamine

    sheets = []
    with source or path.open("rb") as stream:
        # From a file object, because by path calamine trusts the extension.
        book = python_calamine.CalamineWorkbook.from_filelike(stream)
        for name, kind in [(sheet.name, sheet.typ) for sheet in book.sheets_metadata]:
            if near is not None and kind is not python_calamine.SheetTypeEnum.WorkSheet:
                # A chart or an old dialogue: no cells that anyone keeps.
                sheets.append(RawSheet(path.name, name, []))
                continue
            if near is not None:
                if name not in near:
                    raise ValueError("a sheet whose part was not looked through")
                near[name].result()
            sheets.append(_read_sheet(path.name, book, name))
    return sheets


def read_bytes(data: bytes, names: Iterable[str]) -> list[RawSheet]:
    """These sheets of a workbook that is not in a file, as calamine gives them; ValueError where it cannot be read."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_read_sheet("", book, name) for name in names]
    except python_calamine.CalamineError as error:
        raise ValueError(str(error)) from error


def _read_old(path: Path) -> list[RawSheet]:
    """The sheets of an .xls, .xlsb or .ods, with what calamine leaves out of them."""
    # A package is looked through first, as it may reach too far; an .xls cannot, but be damaged in more ways.
    features = {}
    if zipfile.is_zipfile(path):
        _check_parts(Package(path))
        features = _features_of_package(path)
    refuse_far_cells(path, {name: sheet.reach for name, sheet in features.items()})
    sheets = _read_apart(path)
    add_features(sheets, features)
    return sheets


def _check_parts(package: Package) -> None:
    """Read every part for its checksum alone, as calamine does not ask for it."""
    for name in package.names():
        if name.lower().endswith((".bin", ".xml", ".rels")):
            package.read(name)


def _features_of_package(path: Path) -> dict[str, SheetFeatures]:
    from jinguo.excel.reading.ods import features_of_ods
    from jinguo.excel.reading.xlsb import features_of_xlsb

    with zipfile.ZipFile(path) as package:
        is_open_document = "content.xml" in package.namelist()
    return features_of_ods(path) if is_open_document else features_of_xlsb(path)


def _read_apart(path: Path) -> list[RawSheet]:
    """Read an old format in a process of its own: a damaged one may ask for more memory than there is, and die."""
    code = (
        "import pickle, sys; from pathlib import Path; from jinguo.excel.reading.read import read_risky\n"
        "sys.stdout.buffer.write(pickle.dumps(read_risky(Path(sys.argv[1]))))"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError("the reader does not come to an end") from error
    if done.returncode:
        raise ValueError("the reader died")
    sheets: list[RawSheet] = pickle.loads(done.stdout)
    return sheets


def read_risky(path: Path) -> list[RawSheet]:
    """What the process apart reads: the sheets, and what calamine leaves out of an .xls."""
    from jinguo.excel.reading.xls import features_of_xls, refuse_circles

    with contextlib.suppress(ImportError, ValueError):
        # Where the system can: what a damaged file asks for beyond this, it does not get.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    if not zipfile.is_zipfile(path):
        refuse_circles(path)
    sheets = read_with_calamine(path)
    if not zipfile.is_zipfile(path):
        # What calamine could read is read, also where the rest cannot be found out.
        with contextlib.suppress(*DAMAGED, IndexError, MemoryError):
            add_features(sheets, features_of_xls(path))
    return sheets


def _read_sheet(workbook: str, book: Any, name: str) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    try:
        merged = [(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    except (AttributeError, TypeError):
        merged = []
    return RawSheet(workbook, name, sheet.to_python(skip_empty_area=False), merged=merged)
