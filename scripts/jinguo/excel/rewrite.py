"""Writing into the office's workbooks: tried first, backed up, and never half done."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from jinguo.addresses import column_index, split_address
from jinguo.errors import JinguoError
from jinguo.excel.apply import apply_changes
from jinguo.fixes import Change
from jinguo.output import write_file

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
    backup = folder / BACKUP / f"{datetime.datetime.now():%Y-%m-%d %H%M%S}"
    for path in changes:
        write_file(backup / path.name, path.read_bytes())
    for path, data in results.items():
        mode = path.stat().st_mode
        write_file(path, data)
        path.chmod(mode)
    return backup


def refuse_open(files: list[Path]) -> None:
    """Raise where a workbook is open in Excel, WPS or LibreOffice: by its owner file, or because it cannot be opened for writing."""
    for path in files:
        owners = [path.with_name(name) for name in (f"~${path.name}", f".~{path.name}", f".~lock.{path.name}#")]
        is_open = any(owner.exists() for owner in owners)
        if not is_open:
            try:
                with path.open("r+b"):
                    pass
            except OSError:
                is_open = True
        if is_open:
            raise JinguoError("工作簿正被打开，没有写入", path.name, "保存并关闭它，再运行一次；确实没有打开的，删去旁边以 ~$ 开头的文件。")


def _verify(path: Path, data: bytes, changes: list[Change]) -> None:
    """Read the new workbook as the program reads any, and see that every planned cell now holds its value."""
    import io

    import python_calamine

    from jinguo.schema.cells import clean

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in {c.sheet for c in changes}}
    for change in changes:
        letters, row = split_address(change.cell)
        value = sheets[change.sheet][row - 1][column_index(letters)]
        if clean(value) != clean(change.shown()):
            raise JinguoError("写入后核对不上，没有改动台账", f"{path.name} › {change.sheet} › {change.cell}", "请把这个工作簿发给维护人员。")
