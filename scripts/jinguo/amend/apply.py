"""Writing a plan into a workbook: only the cells in the plan change, formulas never do, every other part stays as it
was."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from jinguo.amend.normalise import Change
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
from jinguo.excel.patching.sheet_xml import patch_cells, patchable, style_of
from jinguo.excel.patching.styles import Styles

_DATE, _MOMENT, _TEXT, _GENERAL = 14, 22, 49, 0
_EPOCH = datetime.datetime(1899, 12, 30)


def formula_cells(path: Path) -> set[tuple[str, str]]:
    """(sheet, cell) of every cell with a formula, and of those that an array formula or a data table fills."""
    package = Package(path)
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


def apply_changes(path: Path, changes: Iterable[Change]) -> bytes:
    """The workbook's bytes with these changes (those that apply); raises JinguoError where a cell is not what the
    plan saw."""
    package = Package(path)
    parts = sheet_parts(package)
    styles = Styles(package)
    days_off = DAYS_1904 if counts_from_1904(package) else 0
    by_sheet: defaultdict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.applies:
            by_sheet[change.sheet].append(change)
    for sheet, mine in by_sheet.items():
        if sheet not in parts:
            raise JinguoError("计划里的工作表不见了", f"{path.name} › {sheet}", "重新运行“规范台账”，按新的计划再写。")
        xml = patchable(package.read(parts[sheet]))
        patches = {}
        for change in mine:
            letters, row = split_address(change.cell)

            def replace(old: bytes | None, row_style: int, change: Change = change) -> bytes:
                return _cell(old, row_style, change, styles, days_off, path)

            patches[row, letters] = replace
        package.write(parts[sheet], patch_cells(xml, patches))
    styles.save()
    _work_out_again(package)
    return package.to_bytes()


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


def _cell(old: bytes | None, row_style: int, change: Change, styles: Styles, days_off: int, path: Path) -> bytes:
    if old is not None and re.search(rb"<f[\s>/]", old):
        raise JinguoError(
            "单元格里是公式，不能改写",
            f"{path.name} › {change.sheet} › {change.cell}",
            "重新运行“规范台账”，按新的计划再写。",
        )
    style = style_of(old, row_style)
    value = change.new
    if isinstance(value, datetime.date):
        moment = isinstance(value, datetime.datetime) and value.time() != datetime.time()
        return _number_cell(
            change.cell, styles.formatted(style, _MOMENT if moment else _DATE), _serial(value) - days_off
        )
    if isinstance(value, Decimal):
        return _number_cell(change.cell, styles.formatted(style, _GENERAL, value == value.to_integral_value()), value)
    text = escape(_encoded(value))
    return f'<c r="{change.cell}" s="{styles.formatted(style, _TEXT)}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'.encode()


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
