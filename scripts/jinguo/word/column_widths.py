"""Columns of the tables of a filled document made wide enough for what stands in them: a name, a nation, a date are one word and
do not break; the columns of running text give them room."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from jinguo.word import gbt9704 as gb
from jinguo.word.signature import quick_width

#: The style of cells with one word in the middle; longer texts are text, and may break.
_CENTRED = "表格文字"
_LONGEST = 14
#: The margins of a cell, in twips; and how far a column of text may be narrowed.
_MARGINS, _LEAST_SHARE = 130, 0.5

_ROW = re.compile(r"<w:tr[ >].*?</w:tr>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:br/>")
_SENTENCE = re.compile("[。；，、]")
_GRID = re.compile(r'<w:gridCol w:w="(\d+)"/>')


def widen_columns(xml: str, styles: Mapping[str, str]) -> str:
    """document.xml with columns as wide as their words need; tables with merged cells, forms, stay."""
    marks = tuple(f'<w:pStyle w:val="{i}"/>' for i, name in styles.items() if name in (_CENTRED, "表头文字"))
    if not marks or "<w:tbl>" not in xml:
        return xml
    parts, place = [], 0
    while (start := xml.find("<w:tbl>", place)) >= 0:
        end = xml.index("</w:tbl>", start) + len("</w:tbl>")
        parts += [xml[place:start], _widened(xml[start:end], marks)]
        place = end
    return "".join([*parts, xml[place:]])


def _widened(table: str, marks: tuple[str, ...]) -> str:
    grid = [int(width) for width in _GRID.findall(table)]
    if "<w:gridSpan" in table or "<w:vMerge" in table or len(grid) < 2:
        return table
    needed = [0] * len(grid)
    for row in table.split("</w:tr>")[:-1]:
        needed = list(map(max, needed, _needs(row, marks)[: len(grid)]))
    lacking = {n: need - width for n, (need, width) in enumerate(zip(needed, grid, strict=True)) if need > width}
    free = {n: int(width * (1 - _LEAST_SHARE)) for n, width in enumerate(grid) if n not in lacking and not needed[n]}
    free |= {n: grid[n] - needed[n] for n in range(len(grid)) if needed[n] and n not in lacking}
    if not lacking or sum(lacking.values()) > sum(free.values()):
        return table
    for n, lack in lacking.items():
        grid[n] += lack
        # Columns of text give first, then the one with most room.
        for giver in sorted(free, key=lambda g: (needed[g] > 0, -free[g])):
            given = min(lack, free[giver])
            grid[giver], free[giver], lack = grid[giver] - given, free[giver] - given, lack - given
    return _with_widths(table, grid)


@lru_cache(maxsize=8192)
def _needs(row: str, marks: tuple[str, ...]) -> tuple[int, ...]:
    """What each cell of a row needs; many rows are the same in every document of a template."""
    cells = row.split("</w:tc>")[:-1]
    return tuple(_need(cell) if any(mark in cell for mark in marks) else 0 for cell in cells)


def _need(cell: str) -> int:
    """The width of the longest line of a cell's word; 0 for running text."""
    lines = "".join([text or "\n" for text in _TEXT.findall(cell)]).split("\n")
    if any(len(line) > _LONGEST or _SENTENCE.search(line) for line in lines):
        return 0
    longest = max(map(quick_width, lines))
    return round(longest * gb.SIZE_TABLE * 10) + _MARGINS if longest else 0


def _with_widths(table: str, grid: list[int]) -> str:
    columns = iter(grid)
    table = _GRID.sub(lambda _: f'<w:gridCol w:w="{next(columns)}"/>', table)

    def row(match: re.Match[str]) -> str:
        widths = iter(grid)
        return re.sub(r'(<w:tcW\b[^>]*w:w=")\d+"', lambda m: f'{m[1]}{next(widths)}"', match[0])

    return _ROW.sub(row, table)
