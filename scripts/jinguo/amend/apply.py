"""Writing edits into a workbook: only the cells meant change and only the rows meant are added, formulas never do, every
other part stays as it was."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jinguo.amend.edits import AddedRow, CellValue, Change, Edits, shown_value
from jinguo.common.addresses import column_index, column_letter, split_address
from jinguo.common.errors import JinguoError
from jinguo.common.ooxml import Package, escape
from jinguo.excel.package import (
    DAYS_1904,
    ILLEGAL,
    counts_from_1904,
    relationships,
    sheet_parts,
    workbook_part,
)
from jinguo.excel.patching.added_rows import add_rows
from jinguo.excel.patching.sheet_xml import Patch, patch_cells, patchable, style_of
from jinguo.excel.patching.styles import Styles

_DATE, _MOMENT, _TEXT, _GENERAL = 14, 22, 49, 0
_EPOCH = datetime.datetime(1899, 12, 30)


def formula_cells(path: Path) -> set[tuple[str, str]]:
    """(sheet, cell) of every cell with a formula, and of those that an array formula or a data table fills."""
    return formula_cells_of(path.read_bytes())


def formula_cells_of(data: bytes) -> set[tuple[str, str]]:
    """The same of a workbook's bytes."""
    package = Package(data)
    found = set()
    for sheet, part in sheet_parts(package).items():
        xml = patchable(package.read(part))
        if b"<f" in xml:
            cells = re.findall(rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*?(?<!/)>\s*<f\b', xml)
            found |= {(sheet, cell.decode()) for cell in cells}
            for formula in re.findall(rb"<f\b[^>]*>", xml):
                if b'"array"' in formula or b'"dataTable"' in formula:
                    found |= {(sheet, cell) for cell in _cells_in(formula)}
    return found


def rich_cells(path: Path) -> set[tuple[str, str]]:
    """(sheet, cell) of every cell in which some of the words look otherwise than the rest; a change would lose that."""
    package = Package(path)
    strings = next(
        (target for kind, target in relationships(package, workbook_part(package)).values() if kind == "sharedStrings"),
        "",
    )
    items = package.read(strings).split(b"</si>") if strings in package else []
    rich = {number for number, item in enumerate(items) if b"<r>" in item or b"<r " in item}
    found = set()
    for sheet, part in sheet_parts(package).items():
        xml = package.read(part)
        if rich:
            shared = re.findall(rb'<c\b(?=[^>]*\bt="s")[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<v>(\d+)</v>', xml)
            found |= {(sheet, cell.decode()) for cell, number in shared if int(number) in rich}
        if b"<is><r>" in xml:
            found |= {
                (sheet, cell.decode()) for cell in re.findall(rb'<c\b[^>]*?\br="([A-Z]+\d+)"[^>]*>\s*<is><r>', xml)
            }
    return found


_AREA = re.compile(rb'\bref="([A-Z]+\d+):([A-Z]+\d+)"')


def _cells_in(formula: bytes) -> Iterator[str]:
    """The cells that one formula fills."""
    area = _AREA.search(formula)
    if area:
        (left, top), (right, bottom) = split_address(area[1].decode()), split_address(area[2].decode())
        for row in range(top, bottom + 1):
            for column in range(column_index(left), column_index(right) + 1):
                yield f"{column_letter(column)}{row}"


class PatchedWorkbook(NamedTuple):
    """A workbook with its edits, and where each value stands in it: (sheet, cell, value)."""

    data: bytes
    cells: list[tuple[str, str, CellValue]]


def apply_changes(path: Path, changes: Iterable[Change]) -> bytes:
    """The workbook's bytes with these changes (those that apply); raises JinguoError where a cell is not what the
    plan saw."""
    return apply_edits(path, Edits(list(changes))).data


def apply_edits(path: Path, edits: Edits) -> PatchedWorkbook:
    """The workbook with these edits; raises JinguoError where a cell is not what the plan saw, or where rows cannot be
    added."""
    package = Package(path)
    parts = sheet_parts(package)
    target = _WorkbookStyles(path, Styles(package), DAYS_1904 if counts_from_1904(package) else 0)
    cells = []
    for sheet in dict.fromkeys([c.sheet for c in edits.changes if c.applies] + [row.sheet for row in edits.added]):
        if sheet not in parts:
            raise JinguoError("计划里的工作表不见了", f"{path.name} › {sheet}", "再运行一次，按新的计划再写。")
        changes = [c for c in edits.changes if c.sheet == sheet and c.applies]
        package.write(parts[sheet], _changed(patchable(package.read(parts[sheet])), changes, target))
        places = [(c.cell, c.new) for c in changes]
        groups: defaultdict[int, list[AddedRow]] = defaultdict(list)
        for row in edits.added:
            if row.sheet == sheet:
                groups[row.below].append(row)
        # From the lowest up, so that the places of those above still hold.
        for below in sorted(groups, reverse=True):
            places = _add(package, parts[sheet], groups[below], target, places)
        cells += [(sheet, cell, value) for cell, value in places]
    target.styles.save()
    _work_out_again(package)
    return PatchedWorkbook(package.to_bytes(), cells)


class _WorkbookStyles(NamedTuple):
    """The workbook that is written into: its path, its styles, and how many days off it counts."""

    path: Path
    styles: Styles
    days_off: int


def _changed(xml: bytes, changes: Sequence[Change], target: _WorkbookStyles) -> bytes:
    patches: dict[tuple[int, str], Patch] = {}
    for change in changes:
        letters, row = split_address(change.cell)
        beside = _style_beside(xml, letters, row) if change.kind == NEW_COLUMN else 0

        def replace(old: bytes | None, row_style: int, change: Change = change, beside: int = beside) -> bytes:
            return _cell(old, row_style or beside, change, target)

        patches[row, letters] = replace
    return patch_cells(xml, patches) if patches else xml


#: A title that is added behind the last one of a header, in its look.
NEW_COLUMN = "新增一栏"


def _style_beside(xml: bytes, letters: str, row: int) -> int:
    """The style of the cell to the left."""
    left = column_letter(max(column_index(letters) - 1, 0)).encode()
    found = re.search(rb'<c\b(?=[^>]*?\br="%s%d")[^>]*>' % (left, row), xml)
    return style_of(found[0], 0) if found else 0


def _add(
    package: Package, part: str, rows: Sequence[AddedRow], target: _WorkbookStyles, places: list[tuple[str, CellValue]]
) -> list[tuple[str, CellValue]]:
    """Add these rows, all below one; where everything then stands."""
    sheet, below = rows[0].sheet, rows[0].below
    grown = add_rows(package, sheet, below, len(rows), rows[0].serial)
    patches: dict[tuple[int, str], Patch] = {}
    moved = []
    for cell, value in places:
        letters, row = split_address(cell)
        moved.append((f"{letters}{grown.row(row)}", value))
    for number, added in enumerate(rows, below + 1):
        for letters, value in added.values.items():
            patches[number, letters] = partial(_in_new_row, cell=f"{letters}{number}", value=value, target=target)
            moved.append((f"{letters}{number}", value))
    package.write(part, patch_cells(package.read(part), patches))
    return moved


def _in_new_row(old: bytes | None, row_style: int, cell: str, value: CellValue, target: _WorkbookStyles) -> bytes:
    """A value in a row that is added; where the row above has a formula it stays, with the value as its result."""
    formula = re.search(rb"<f>.*?</f>", old or b"")
    style = style_of(old, row_style)
    if isinstance(value, str) and not _LIKE_A_NUMBER.fullmatch(value):
        # Words stay words in whatever format the row above has.
        made = _text_cell(cell, style, value)
    else:
        made = _value_cell(cell, style, value, target)
    if not formula or value is None:
        return made
    shown = escape(_encoded(shown_value(value))).encode()
    number = re.search(rb"<v>[^<]*</v>", made)
    kind, result = (b"", number[0]) if number else (b' t="str"', b"<v>%s</v>" % shown)
    return b'<c r="%s" s="%d"%s>%s%s</c>' % (cell.encode(), style, kind, formula[0], result)


#: What Excel would take for a number or a day, were it typed into a cell that is no text.
_LIKE_A_NUMBER = re.compile(r"[=+@].*|[-\d.,:/%年月日时分 eE]+", re.DOTALL)


def _work_out_again(package: Package) -> None:
    """Have Excel work out every formula when the workbook is opened: the totals in it are those of the old values."""
    if not any(b"<f" in package.read(part) for part in sheet_parts(package).values()):
        return
    book = workbook_part(package)
    data = package.read(book)
    found = re.search(rb"<((?:\w+:)?)calcPr\b([^>]*?)/?>", data)
    if found and b"fullCalcOnLoad" not in found[2]:
        data = data[: found.start(2)] + b' fullCalcOnLoad="1"' + data[found.start(2) :]
    elif not found:
        # Its place is behind these (ECMA-376, part 1, 18.2.27).
        before = list(re.finditer(rb"</(?:\w+:)?(?:sheets|functionGroups|externalReferences|definedNames)>", data))
        prefix = re.search(rb"<((?:\w+:)?)workbook\b", data)
        if before and prefix:
            end = before[-1].end()
            data = data[:end] + b'<%scalcPr fullCalcOnLoad="1"/>' % prefix[1] + data[end:]
    package.write(book, data)


def _cell(old: bytes | None, row_style: int, change: Change, target: _WorkbookStyles) -> bytes:
    has_formula = old is not None and re.search(rb"<f[\s>/]", old)
    if has_formula and change.new is not None:
        raise JinguoError(
            "单元格里是公式，不能改写",
            f"{target.path.name} › {change.sheet} › {change.cell}",
            "再运行一次，按新的计划再写。",
        )
    if has_formula:
        # The formula of a row that is emptied stays: others may be filled down from it.
        assert old is not None
        return old
    return _value_cell(change.cell, style_of(old, row_style), change.new, target)


def _value_cell(cell: str, style: int, value: CellValue, target: _WorkbookStyles) -> bytes:
    """A cell with a value, in its style as far as that shows all of the value."""
    styles = target.styles
    if value is None:
        return f'<c r="{cell}" s="{style}"/>'.encode()
    if isinstance(value, datetime.date):
        moment = isinstance(value, datetime.datetime) and value.time() != datetime.time()
        shown = styles.formatted(style, _MOMENT if moment else _DATE)
        return _number_cell(cell, shown, _serial(value) - target.days_off)
    if isinstance(value, Decimal):
        return _number_cell(cell, styles.formatted(style, _GENERAL, value == value.to_integral_value()), value)
    return _text_cell(cell, styles.formatted(style, _TEXT), value)


def _text_cell(cell: str, style: int, text: str) -> bytes:
    shown = escape(_encoded(text))
    return f'<c r="{cell}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'.encode()


def _encoded(text: str) -> str:
    """The text with what XML cannot hold as Excel writes it, and what would be read so kept apart (ECMA-376, part 1,
    22.9.2.19)."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return ILLEGAL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)


def _number_cell(cell: str, style: int, value: Decimal) -> bytes:
    return f'<c r="{cell}" s="{style}"><v>{value.normalize():f}</v></c>'.encode()


def _serial(value: datetime.date) -> Decimal:
    """The day number Excel keeps, with the time as a fraction to the minute."""
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
    passed = moment - _EPOCH
    return Decimal(passed.days) + (Decimal(passed.seconds) / 86400).quantize(Decimal("1e-10"))
