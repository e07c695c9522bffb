"""A CSV as raw cells: whatever its encoding and separator; what Excel did to the values before is undone where it
can be."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError

MOST_ROWS = 1_000_000
#: So many bytes take about 1 GB as Python lists.
_MOST_BYTES = 100_000_000
_MOST_CELLS = 30_000_000
_SEPARATORS = ",\t;"
_SAMPLE, _SAMPLE_LINES = 200_000, 30
#: How programs keep Excel from making a number of a code: ="0123" or '0123.
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_QUOTED = re.compile(r"'(?=[0-9A-Za-z]+$)")
_MAYBE_OCTOBER = re.compile(r"\d{4}\.1")
_SURELY_TEXT = re.compile(r"\d{4}\.(?:0\d|10)")


def read_delimited(path: Path) -> list[list[Any]]:
    """The rows of a CSV in UTF-8 (with a mark or without), UTF-16 or GB 18030, separated by commas, tabs or semicolons.

    Every value is text, but for a month such as 1980.1 in a column where no month has its nought: that was a number,
    and may have been October. Raises JinguoError for what is too large or no CSV.
    """
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise JinguoError(
            f"有 {size // 1_000_000} MB，不像台账，没有读", path.name, "核对文件；确实需要的，分成几个文件。"
        )
    text = _decoded(path)
    separator = _separator(text)
    if text.count(separator) > _MOST_CELLS:
        raise JinguoError("超过三千万格，不像台账，没有读", path.name, "核对文件；确实需要的，分成几个文件。")
    rows: list[list[Any]] = []
    try:
        for row in _records(text, separator):
            rows.append([_value(value) for value in row])
            if len(rows) > MOST_ROWS:
                raise JinguoError("超过一百万行，不像台账，没有读", path.name, "核对文件；确实需要的，分成几个文件。")
    except csv.Error as error:
        remedy = "用 Excel 打开它，看看双引号是不是成对，另存为“Excel 工作簿（*.xlsx）”后再运行。"
        raise JinguoError("双引号不成对，分不清各栏", path.name, remedy) from error
    _doubt_months(rows)
    return rows


def _records(text: str, separator: str) -> Iterator[list[str]]:
    """The records of a CSV; csv.Error where an open quotation mark would swallow the rows below it.

    A quoted word at the beginning of a field ("巾帼"志愿队) is let pass where every line is a record all the same.
    """
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error:
        lines = text.splitlines()
        if sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator)) != len(lines):
            raise
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            remedy = "用 Excel 打开它，另存为“Excel 工作簿（*.xlsx）”后再运行。"
            raise JinguoError("看不出是什么编码，读出来是乱码", path.name, remedy) from error


def _separator(text: str) -> str:
    """The separator by which most of the first lines come out equally wide, and the wider where two do."""
    lines = text[:_SAMPLE].split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES]

    def alike(separator: str) -> tuple[int, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if len(row) > 1)
        except csv.Error:
            return 0, 0
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
        return count, width

    return max(_SEPARATORS, key=alike)


def _value(text: str) -> str:
    if text[:1] == "=":
        whole = _AS_TEXT.fullmatch(text)
        return whole[1].replace('""', '"') if whole else text
    return text[1:] if text[:1] == "'" and _QUOTED.match(text) else text


def _doubt_months(rows: list[list[Any]]) -> None:
    """Make a number again of 1980.1, which Excel writes for 1980.10 as well, unless the column was surely text."""
    doubtful = [
        (row, c) for row in rows for c, value in enumerate(row) if len(value) == 6 and _MAYBE_OCTOBER.fullmatch(value)
    ]
    for column in {c for _, c in doubtful}:
        if not any(
            len(row) > column and isinstance(row[column], str) and _SURELY_TEXT.fullmatch(row[column]) for row in rows
        ):
            for row, c in doubtful:
                if c == column:
                    row[c] = float(row[c])
