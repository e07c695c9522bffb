"""Raw cells out of a workbook, every one at its address. Reading never writes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from jinguo.errors import JinguoError
from jinguo.ooxml import Package

_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c (?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>.*?<(?:\w+:)?v>([^<]*)</', re.DOTALL
)
#: What staff also keep registers in; they are named, so that they do not seem to be missing.
_OTHER_FORMATS = (".xls", ".et", ".csv", ".ods", ".xlsb")


@dataclass(frozen=True)
class RawSheet:
    """A sheet as rows of raw values from A1 on; `errors` maps (row, column), both from 0, to #N/A and the like."""

    workbook: str
    name: str
    rows: list[list[Any]]
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def column_letter(index: int) -> str:
    """The letter of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """The reverse of column_letter."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def is_workbook(path: Path) -> bool:
    """Whether a file in the folder is meant as a workbook: not a lock file of Excel, WPS or LibreOffice, not hidden."""
    return path.suffix.lower() in (".xlsx", ".xlsm") and not path.name.startswith(("~$", ".~", "."))


def is_other_format(path: Path) -> bool:
    """Whether a file is a spreadsheet of a kind that has to be saved as .xlsx first."""
    return path.suffix.lower() in _OTHER_FORMATS and not path.name.startswith(("~$", ".~", "."))


def read_workbook(path: Path) -> list[RawSheet]:
    """Every sheet of a workbook, with python-calamine; raises JinguoError, with what to do, for what cannot be read."""
    import python_calamine

    if path.is_dir():
        raise JinguoError("是文件夹，不是工作簿", str(path), "请写工作簿的文件名；要校验整个文件夹，用 --workbooks 文件夹。")
    try:
        with path.open("rb") as stream:
            # From a file object, because by path calamine trusts the extension.
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
            values = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
        errors = _error_cells(path)
    except PermissionError as error:
        raise JinguoError("文件打不开，可能正被别的程序独占", path.name, "关闭打开它的程序后再运行。") from error
    except FileNotFoundError as error:
        raise JinguoError("找不到这个文件", str(path), "核对文件名和所在的文件夹。") from error
    except (
        python_calamine.CalamineError,
        OSError,
        ValueError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise JinguoError(
            f"不是能读的 Excel 工作簿（{_kind(path)}）",
            path.name,
            "用 Excel 或 WPS 打开它，去掉密码，另存为“Excel 工作簿（*.xlsx）”后再运行。",
        ) from error
    return [RawSheet(path.name, name, rows, errors.get(name, {})) for name, rows in values.items()]


def _kind(path: Path) -> str:
    """What the first bytes say the file is."""
    head = path.read_bytes()[:512]
    if not head:
        return "文件是空的"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "可能设了打开密码，或是旧的 .xls 格式"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith((b"<!doctype html", b"<html", b"<table")):
        return "其实是网页"
    if head.startswith(b"PK"):
        return "压缩包已损坏，或是别的 Office 文件"
    return "其实是文本或别的文件"


def _error_cells(path: Path) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that hold #N/A, #REF! …, which calamine gives as empty; by sheet name."""
    if not zipfile.is_zipfile(path):
        return {}
    package = Package(path)
    found = {}
    for name, part in _sheet_parts(package).items():
        data = package.read(part)
        if b't="e"' in data:
            found[name] = {
                (int(row) - 1, column_index(letters.decode())): text.decode() for letters, row, text in _ERROR_CELL.findall(data)
            }
    return found


def _sheet_parts(package: Package) -> dict[str, str]:
    """The part of each worksheet by its name; empty where the package is laid out in another way."""
    names = set(package.names())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), parser)
    targets = {r.get("Id"): r.get("Target") for r in relations}
    parts = {}
    for sheet in etree.fromstring(package.read("xl/workbook.xml"), parser).iter("{*}sheet"):
        # Strict workbooks have a namespace of their own for the id.
        identifier = next((value for key, value in sheet.attrib.items() if key.endswith("relationships}id")), None)
        target = targets.get(identifier) or ""
        part = target.lstrip("/") if target.startswith("/") else "xl/" + target
        if part in names:
            parts[sheet.get("name")] = part
    return parts
