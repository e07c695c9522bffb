"""Where a value or a row of the registry is written in the office's own workbooks, and in which form."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from jinguo.amend.apply import formula_cells
from jinguo.amend.edits import CellValue
from jinguo.common.addresses import column_index, column_letter
from jinguo.common.errors import JinguoError
from jinguo.excel.reading.sniff import Kind, sniff
from jinguo.registry.cell_texts import keeps_numbers, meant_references, raw_text, value_text
from jinguo.registry.tables import Block, Registry, Table
from jinguo.schema import TABLES
from jinguo.schema.codes import Key, Reference
from jinguo.schema.model import Field
from jinguo.schema.types import Choice


class RowWriting:
    """The workbooks of a registry as places to write to."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._formulas: dict[str, set[tuple[str, str]]] = {}
        self._own: dict[tuple[str, str], dict[str, str]] = {}
        self._numbers: dict[str, int] = {}

    def path(self, workbook: str) -> Path:
        """The file of a workbook; JinguoError where it is none that can be written into."""
        path = self.registry.file_of(workbook)
        if path is None or sniff(path) is not Kind.OOXML:
            raise JinguoError("不是 .xlsx，不能写入", workbook, "用 Excel 或 WPS 打开它，另存为 .xlsx，再运行一次。")
        return path

    def typed(self, table: str, name: str, text: str) -> CellValue:
        """The value a text means in a column, as its cell holds it; JinguoError, with the field's own words, where it means
        none. References are not for here."""
        f = TABLES[table].by_name.get(name)
        if f is None or not text:
            return text or None
        parsed = f.type.parser(self.registry.settings.vocabularies)(text)
        if parsed.value is None:
            problem = parsed.problem
            raise JinguoError(
                f"“{f.header}”{problem.what if problem else '读不出'}", "", problem.remedy if problem else ""
            )
        value = parsed.value
        if isinstance(value, int) and not isinstance(value, bool):
            # A whole number is a number too, which sums count.
            return Decimal(value)
        return value if isinstance(value, str | datetime.date | Decimal) else value_text(value)

    def in_her_words(self, table: Table, block: Block, name: str, value: CellValue) -> CellValue:
        """A choice as the office writes it in this sheet (大众 for 大众层), or else anywhere in the table; any other value as it
        is."""
        f = table.spec.by_name.get(name)
        if f is None or not isinstance(f.type, Choice) or not isinstance(value, str) or name not in table.raw:
            return value
        for home in (block, None):
            said = Counter(
                raw_text(table.raw[name][i])
                for i, known in enumerate(table[name])
                if value_text(known) == value and (home is None or table.block(i) is home)
            )
            if said:
                return value if value in said else said.most_common(1)[0][0]
        return value

    def reference(self, f: Field, block: Block, key: str) -> str:
        """A reference as the office writes it in this column: the number, or the name where she writes names."""
        assert isinstance(f.type, Reference)
        target = self.registry[f.type.table]
        name = target.value(key, target.spec.display)
        if not target.spec.display or not name or not keeps_numbers(target):
            return str(name or key)
        return str(name) if self._writes_names(f, block) else key

    def _writes_names(self, f: Field, block: Block) -> bool:
        assert isinstance(f.type, Reference)
        kind = TABLES[f.type.table].by_name[TABLES[f.type.table].key].type
        table = next(t for t in self.registry.tables.values() if any(b is block for b in t.blocks))
        shown = [raw_text(v) for v in table.raw.get(f.name, ()) if raw_text(v)]
        prefix = getattr(kind, "prefix", "")
        return bool(shown) and sum(bool(re.fullmatch(rf"{prefix}\w*\d+", v)) for v in shown) * 2 < len(shown)

    def cell(self, table: Table, index: int, name: str) -> tuple[Path, str, str]:
        """Path, sheet and cell of a field (or a column of the office's own) of a row; JinguoError where it has no cell that
        may be written over."""
        block = table.block(index)
        path = self.path(block.workbook)
        letter = block.letters.get(name) if name in table.spec.by_name else block.extra_letters.get(name)
        place = f"{block.workbook} › {block.sheet} › 第 {table.rows[index]} 行"
        if letter is None and name in table.spec.by_name:
            header = table.spec.by_name[name].header
            raise JinguoError(
                f"表里没有“{header}”这一栏", place, f"在表头加一栏“{header}”，再运行一次；或把处理改成“不采用”。"
            )
        cell = f"{letter or self.new_column(block, name)}{table.rows[index]}"
        if name in block.derived or name in block.cells or cell in block.borrowed:
            raise JinguoError(
                "这一格不是单独一格的内容（由别的内容拆出，或与别的格合并）",
                f"{place}",
                "请在台账里自己改，这里选“不采用”。",
            )
        if (block.sheet, cell) in self.formulas(path):
            raise JinguoError(
                "这一格是公式，不改写",
                f"{block.workbook} › {block.sheet} › {cell}",
                "请在台账里自己改，这里选“不采用”。",
            )
        return path, block.sheet, cell

    def formulas(self, path: Path) -> set[tuple[str, str]]:
        """The cells of a workbook that hold formulas."""
        if path.name not in self._formulas:
            self._formulas[path.name] = formula_cells(path)
        return self._formulas[path.name]

    def new_column(self, block: Block, header: str) -> str:
        """The letter for a column of a title the sheet does not have yet: behind the last one, the same whenever it is asked
        for."""
        mine = self._own.setdefault((block.workbook, block.sheet), {})
        if header not in mine:
            taken = [*block.letters.values(), *block.extra_letters.values(), *block.serial, *mine.values()]
            mine[header] = column_letter(max(map(column_index, taken), default=-1) + 1)
        return mine[header]

    def new_headers(self) -> Iterable[tuple[str, str, str, str]]:
        """(workbook, sheet, letter, title) of the columns that are new."""
        for (workbook, sheet), mine in self._own.items():
            for header, letter in mine.items():
                yield workbook, sheet, letter, header

    def home(self, table: Table, values: Mapping[str, str]) -> Block:
        """The block a new row goes to: of several the one whose rows are most like it; JinguoError where none takes rows."""
        registers = [block for block in table.blocks if block.header]
        if not registers:
            raise JinguoError(
                f"没有一张“{table.spec.sheet}”表可以加行",
                table.spec.workbook,
                "先建这张表（双击“新建台账.bat”），再运行一次。",
            )
        if len(registers) == 1:
            return registers[0]
        counts: Counter[int] = Counter()
        for i in range(len(table)):
            alike = sum(
                1 for name, text in values.items() if name in _TELLING and text and table.shown(i, name) == text
            )
            counts[id(table.block(i))] += alike
        named = [b for b in registers if any(text and text in b.sheet for text in values.values())]
        return max(registers, key=lambda b: (b in named, counts[id(b)], registers.index(b)))

    def next_number(self, table: Table) -> str | None:
        """The next number of a table whose rows have numbers; None where they have none."""
        if not keeps_numbers(table):
            return None
        kind = table.spec.by_name[table.spec.key].type
        assert isinstance(kind, Key)
        keys = [re.fullmatch(rf"({kind.prefix}\w*?)(\d+)", str(k)) for k in table[table.spec.key] if k]
        found = [match for match in keys if match]
        last = max(found, key=lambda m: int(m[2]), default=None)
        used = self._numbers.get(table.spec.name, int(last[2]) if last else 0)
        self._numbers[table.spec.name] = used + 1
        width = len(last[2]) if last else 4
        return f"{last[1] if last else kind.prefix}{used + 1:0{width}d}"


#: What tells one sheet of a table from another.
_TELLING = ("township", "residence", "hub", "centre", "level", "organisation", "year", "event")


def referred(registry: Registry, f: Field, text: str) -> str:
    """The key that a reference means; JinguoError where it means none, or several."""
    keys = meant_references(registry, f, text)
    if len(keys) == 1:
        return keys[0]
    why = f"有 {len(keys)} 个同名的，请写编号：{'、'.join(keys[:5])}" if keys else "在台账里没有"
    raise JinguoError(f"“{f.header}”写的“{text}”{why}")
