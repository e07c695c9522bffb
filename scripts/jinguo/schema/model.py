"""What a column, a table and a workbook are. The declarations that use this are beside it, a module a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from jinguo.schema.cells import half_width
from jinguo.schema.types import FieldType

_BRACKETS = str.maketrans("【】[]［］〔〕", "()()()()")
#: What people put before the name of a column, and behind it: 1.姓名（必填）.
_NUMBERED, _NOTED = re.compile(r"^\(?\d{1,2}[).、]"), re.compile(r"\(([^()]*)\)$")
_UNITS = {"元", "千元", "万元", "亿元", "人", "人次", "个", "家", "年", "月", "天", "小时", "分钟", "学时", "%"}


def header_key(header: str) -> str:
    """A header for comparison: no *, spaces or line breaks, brackets of one kind; 活动资金（万元） as 活动资金(万元)."""
    return re.sub(r"[\s*＊★:：]", "", half_width(header).translate(_BRACKETS)).strip().lower()


@dataclass(frozen=True)
class Field:
    """One column: its name in code, its header, how it is read, and what staff are told about it."""

    name: str
    header: str
    type: FieldType
    required: bool = False
    unique: bool = False
    example: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()

    def header_keys(self) -> list[str]:
        """Every header this column is known by, for comparison; without its unit too (届期(年) as 届期)."""
        names = [self.header, *self.aliases]
        bare = [re.sub(r"[(（].*?[)）]$", "", name) for name in names]
        return [header_key(name) for name in dict.fromkeys(names + bare)]


def column(name: str, header: str, type: FieldType, example: str = "", note: str = "", aliases: str = "") -> Field:
    """A Field from the marks of the schema: * after the header for required, ! for unique; aliases separated by 、."""
    marks = re.search(r"[*!]*$", header)[0]  # type: ignore[index]
    return Field(
        name,
        header.rstrip("*!"),
        type,
        required="*" in marks,
        unique="!" in marks,
        example=example,
        note=note,
        aliases=tuple(filter(None, aliases.split("、"))),
    )


@dataclass(frozen=True)
class TableSpec:
    """One sheet. `key` names the field other tables refer to, `display` the field people know a row by."""

    name: str
    sheet: str
    fields: tuple[Field, ...]
    key: str = ""
    display: str = ""
    note: str = ""
    workbook: str = field(default="", compare=False)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @cached_property
    def by_header(self) -> dict[str, Field]:
        """Fields by every comparison key of their header and aliases; a column's own header wins over an alias."""
        found = {header_key(f.header): f for f in self.fields}
        for f in self.fields:
            for key in f.header_keys():
                found.setdefault(key, f)
        return found

    def field_of(self, title: str) -> Field | None:
        """The column a title means: one of its names, perhaps with a number before it or a note behind it, 1.姓名（必填）.

        A unit is no note where the column has another: 活动资金（元） is not 活动资金(万元).
        """
        key = header_key(title)
        found = self.by_header.get(key)
        if found is None:
            bare = _NUMBERED.sub("", key)
            noted = _NOTED.search(bare)
            found = self.by_header.get(bare) or (self.by_header.get(bare[: noted.start()]) if noted else None)
            if found and noted and noted[1] in _UNITS and _NOTED.search(header_key(found.header)) and bare not in self.by_header:
                return None
        return found


def table(name: str, sheet: str, *fields: Field, key: str = "", display: str = "", note: str = "") -> TableSpec:
    return TableSpec(name, sheet, fields, key, display, note)


@dataclass(frozen=True)
class WorkbookSpec:
    """One file of the registry and its sheets in order."""

    file: str
    tables: tuple[TableSpec, ...]


def workbook(file: str, *tables: TableSpec) -> WorkbookSpec:
    """A workbook whose tables know the file they live in."""
    return WorkbookSpec(file, tuple(TableSpec(t.name, t.sheet, t.fields, t.key, t.display, t.note, file) for t in tables))
