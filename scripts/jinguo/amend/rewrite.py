"""Writing into the office's workbooks: tried first, backed up, and never half done."""

from __future__ import annotations

import datetime
import stat
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.parsers import expat

from jinguo.amend.apply import apply_changes
from jinguo.amend.normalise import Change
from jinguo.common.addresses import column_index, split_address
from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import read_parts
from jinguo.common.rounding import plain
from jinguo.common.writing import write_file
from jinguo.excel.reading.read import read_bytes
from jinguo.excel.reading.respell import readable
from jinguo.schema.cells import clean

BACKUP = "备份"


def rewrite(folder: Path, changes: Mapping[Path, list[Change]]) -> Path:
    """Change these cells of these workbooks; returns the folder of the backup.

    Raises JinguoError, with nothing changed, where a workbook is open or what was written does not read back.
    """
    refuse_open(list(changes))
    # Everything is worked out and tried before the first file is replaced.
    results = {path: apply_changes(path, mine) for path, mine in changes.items()}
    for path, data in results.items():
        _verify(path, data, changes[path])
    originals = {path: path.read_bytes() for path in changes}
    backup = back_up(folder, originals)
    done: list[Path] = []
    try:
        for path, data in results.items():
            mode = path.stat().st_mode
            write_file(path, data)
            done.append(path)
            path.chmod(mode)
    except (JinguoError, OSError) as error:
        # All of them or none: a plan that is half written fits neither the old workbooks nor the new.
        for path in done:
            write_file(path, originals[path])
        if isinstance(error, JinguoError):
            raise JinguoError(f"{error.what}，已全部恢复原样", error.where, error.remedy) from error
        raise
    return backup


def back_up(folder: Path, originals: Mapping[Path, bytes]) -> Path:
    """Keep these workbooks as they are in a folder of their own, which is returned."""
    backup = _unused(folder / BACKUP / f"{datetime.datetime.now():%Y-%m-%d %H%M%S}")
    for path, data in originals.items():
        write_file(backup / path.name, data)
    return backup


def _unused(folder: Path) -> Path:
    """The folder's name, or with a number where there is one of that name: two runs in one second keep both
    originals."""
    number, free = 2, folder
    while free.exists():
        free, number = folder.with_name(f"{folder.name}（{number}）"), number + 1
    return free


def refuse_open(files: list[Path]) -> None:
    """Raise where a workbook is open in Excel, WPS or LibreOffice: by its owner file, or because it cannot be opened
    for writing."""
    for path in files:
        owners = [path.with_name(name) for name in (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")]
        is_open = any(owner.exists() for owner in owners)
        if not is_open and not path.stat().st_mode & stat.S_IWRITE:
            remedy = "在文件上按右键，“属性”里去掉“只读”，再运行一次。"
            raise JinguoError("工作簿是只读的，没有写入", path.name, remedy)
        if not is_open:
            try:
                with path.open("r+b"):
                    pass
            except OSError:
                is_open = True
        if is_open:
            raise JinguoError(
                "工作簿正被打开，没有写入",
                path.name,
                "保存并关闭它，再运行一次；确实没有打开的，删去旁边以 ~$ 开头的文件。",
            )


def _values(data: bytes, names: Iterable[str]) -> dict[str, list[list[Any]]]:
    """The rows of these sheets; ValueError where it cannot be read."""
    return {sheet.name: sheet.rows for sheet in read_bytes(data, names)}


def _same(value: Any, new: str | Decimal | datetime.date) -> bool:
    """Whether a cell that was read back holds the value of the plan; days and times to the minute."""
    if isinstance(new, datetime.date):
        if not isinstance(value, datetime.date):
            return False
        moments = [
            d if isinstance(d, datetime.datetime) else datetime.datetime.combine(d, datetime.time())
            for d in (value, new)
        ]
        return abs(moments[0] - moments[1]) < datetime.timedelta(seconds=30)
    return value == new or clean(value) == clean(plain(new) if isinstance(new, Decimal) else new)


def _verify(path: Path, data: bytes, changes: list[Change]) -> None:
    """Read the new workbook as the program reads any, and see that every planned cell now holds its value."""
    for name, part in read_parts(data).items():
        if name.endswith((".xml", ".rels")):
            try:
                # A parser without a tree, as calamine reads on over a character that XML does not have.
                expat.ParserCreate().Parse(part, True)
            except expat.ExpatError as error:
                raise JinguoError(
                    "写出来的工作簿不完整，没有改动台账", f"{path.name} › {name}", "请把这个工作簿发给维护人员。"
                ) from error
    names = {c.sheet for c in changes}
    try:
        sheets = _values(data, names)
    except ValueError:
        sheets = _values(readable(data), names)
    for change in changes:
        letters, row = split_address(change.cell)
        value = sheets[change.sheet][row - 1][column_index(letters)]
        if not _same(value, change.new):
            raise JinguoError(
                "写入后核对不上，没有改动台账",
                f"{path.name} › {change.sheet} › {change.cell}",
                "请把这个工作簿发给维护人员。",
            )
