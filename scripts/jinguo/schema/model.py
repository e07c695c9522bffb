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
#: Notes that say how to fill a column, and not whose or which it is: （必填） （如1980.05） （18位） （男/女）.
_HOW_TO_FILL = re.compile(
    r"(?:非)?必[填选]项?|选填|.*(?:如|例|格式|一致|为准|下拉|不填|请填|照.*填|文本|填写).*|\d+位.*|[\d.年月日/-]+|y{2,4}.*|.+/.+"
)


#: The titles of a column of running numbers.
SERIAL = ("序号", "序")


#: So many titles are remembered.
_MOST_TITLES = 2000


#: What is longer is a text, and no title of a column.
_LONGEST_TITLE = 500


def header_key(header: str) -> str:
    """A header for comparison: no *, spaces or line breaks, brackets of one kind; 活动资金（万元） as 活动资金(万元)."""
    return re.sub(r"[\s*＊★:：]", "", half_width(header[:_LONGEST_TITLE]).translate(_BRACKETS)).strip().lower()


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


_WITH_ANY_NOTE = re.compile(r"(.+?)[（(][^（）()]*[）)]")


def without_note(title: str) -> str:
    """A title without the note behind it, whatever that says: 工作单位及职务（现任）; empty where it has none."""
    noted = _WITH_ANY_NOTE.fullmatch(title)
    return noted[1] if noted else ""


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

    def header_of(self, name: str) -> str:
        """A column as staff know it: the header of a field, or the title of a column that is the office's own."""
        f = self.by_name.get(name)
        return f.header if f else name

    def field_of(self, title: str) -> Field | None:
        """The column a title means: one of its names, perhaps with a number before it or behind it a note on how to
        fill it, 1.姓名（必填）, or its unit.

        Another note makes it another column: 手机（紧急联系人） is not 手机, nor 活动资金（元） 活动资金(万元).
        """
        if title not in self._known_titles:
            if len(self._known_titles) > _MOST_TITLES:
                self._known_titles.clear()
            self._known_titles[title] = self._field_of(title)
        return self._known_titles[title]

    @cached_property
    def _known_titles(self) -> dict[str, Field | None]:
        """What titles were found to mean: the same are asked about again and again."""
        return {}

    def _field_of(self, title: str) -> Field | None:
        key = header_key(title)
        found = self.by_header.get(key)
        if found is not None:
            return found
        bare = _NUMBERED.sub("", key)
        noted = _NOTED.search(bare)
        if bare in self.by_header or not noted:
            return self.by_header.get(bare)
        found = self.by_header.get(bare[: noted.start()])
        is_harmless = _HOW_TO_FILL.fullmatch(noted[1]) or (found and noted[1] == getattr(found.type, "unit", ""))
        return found if is_harmless else None


def table(name: str, sheet: str, *fields: Field, key: str = "", display: str = "", note: str = "") -> TableSpec:
    return TableSpec(name, sheet, fields, key, display, note)


@dataclass(frozen=True)
class WorkbookSpec:
    """One file of the registry and its sheets in order."""

    file: str
    tables: tuple[TableSpec, ...]


def workbook(file: str, *tables: TableSpec) -> WorkbookSpec:
    """A workbook whose tables know the file they live in."""
    return WorkbookSpec(
        file, tuple(TableSpec(t.name, t.sheet, t.fields, t.key, t.display, t.note, file) for t in tables)
    )
