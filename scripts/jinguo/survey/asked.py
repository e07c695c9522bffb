"""What a survey asks: which tables, which of their columns, and which columns the registry does not have yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.nearest import nearest
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES, Field, TableSpec
from jinguo.schema.codes import Reference
from jinguo.schema.model import header_key
from jinguo.schema.types import Code

#: The first column of every sheet of a form: by it a row is known when it comes back.
TOKEN = "编号（勿改）"
#: What is asked where 设置.xlsx › 调查项目 says nothing.
_USUAL = {
    "organisations": "name status type tier level township head contact phone individual_members full_time_staff fields_of_service remarks",
    "people": "name sex born id_number politics education mobile position remarks",
    "posts": "person organisation post from_month to_month",
}  # fmt: skip
#: What township staff call the columns that refer to a row of another table.
_REFERRED = {"people": "姓名", "organisations": "组织名称"}


#: What townships call a column in lists of their own, besides the names the registry knows.
_OTHER_TITLES: dict[str, dict[str, tuple[str, ...]]] = {
    "people": {
        "name": ("人员姓名", "名字"),
        "born": ("出生", "出生时间"),
        "mobile": ("手机号", "移动电话", "联系手机"),
        "position": ("单位职务", "工作单位职务", "现任职务", "工作单位"),
        "education": ("最高学历",),
    },
    "organisations": {"head": ("负责人姓名",), "name": ("组织全称", "单位全称"), "phone": ("手机", "手机号码")},
    "posts": {
        "person": ("人员姓名", "人员", "名字"),
        "organisation": ("单位名称", "所在组织", "社会组织", "社会组织名称", "单位"),
        "post": ("担任职务", "任职职务", "现任职务", "组织职务"),
        "from_month": ("任职开始时间", "任职起始时间", "开始时间", "起始年月", "任职起始"),
        "to_month": ("任职结束时间", "结束时间", "离任时间", "结束年月", "任职结束"),
    },
}


@dataclass(frozen=True)
class AskedTable:
    """A table a survey asks: its fields, the headers of columns that are the office's own, and notes on either by name."""

    table: str
    fields: tuple[str, ...]
    own: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)

    def dump(self) -> dict[str, Any]:
        """As it is kept; the notes are for the form alone."""
        return {"table": self.table, "fields": self.fields, "own": self.own}

    @property
    def spec(self) -> TableSpec:
        return TABLES[self.table]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields and own headers, in the order of the form."""
        return (*self.fields, *self.own)

    def field(self, name: str) -> Field | None:
        """The field of the registry; None for a column that is the office's own."""
        return self.spec.by_name.get(name)

    def header(self, name: str) -> str:
        """What the form calls a column."""
        f = self.field(name)
        if f is None:
            return name
        if isinstance(f.type, Reference) and f.name in ("person", "organisation"):
            named = _REFERRED.get(f.type.table, f.header)
            # 姓名 of a member of the family is her own.
            return (
                named
                if not any(g.header == named for g in self.spec.fields)
                else f"人员{named}"
                if named == "姓名"
                else f.header
            )
        return f.header

    @property
    def form(self) -> TableSpec:
        """The table as the form has it: the number of the row first, then what is asked; nothing that is not asked is missed."""
        token = Field("token", TOKEN, Code(), aliases=("编号", "行号", self._key_header))
        asked = []
        for name in self.fields:
            f = self.spec.by_name[name]
            header = self.header(name)
            aliases = f.aliases if header == f.header else (f.header, *f.aliases)
            aliases = (*aliases, *_OTHER_TITLES.get(self.table, {}).get(name, ()))
            # The number of the row is its own column.
            aliases = tuple(a for a in aliases if a not in ("编号", self._key_header))
            note, example = self.notes.get(name, f.note), f.example
            if isinstance(f.type, Reference):
                # In a form people and organisations stand by their names.
                target = TABLES[f.type.table]
                called = target.by_name[target.display].header if target.display else "名称"
                note, example = self.notes.get(name) or f"写{called}，有同名的写编号", ""
            asked.append(replace(f, header=header, aliases=aliases, unique=False, note=note, example=example))
        return TableSpec(self.table, self.spec.sheet, (token, *asked), "", self.spec.display, "", self.spec.workbook)

    @property
    def reading(self) -> TableSpec:
        """The table as it may come back: what is asked, and whatever else of the table somebody has put in."""
        form = self.form
        asked = set(self.fields)
        more = [
            replace(f, required=False, unique=False) for f in self.spec.fields if f.name not in asked | {self.spec.key}
        ]
        known = {header_key(name) for f in form.fields for name in (f.header, *f.aliases)}
        more = [replace(f, aliases=tuple(a for a in f.aliases if header_key(a) not in known)) for f in more]
        return replace(form, fields=(*form.fields, *more))

    @property
    def _key_header(self) -> str:
        return self.spec.by_name[self.spec.key].header if self.spec.key else TOKEN


def load_asked(dumped: Sequence[Mapping[str, Any]]) -> list[AskedTable]:
    """What was dumped."""
    return [AskedTable(a["table"], tuple(a["fields"]), tuple(a["own"])) for a in dumped]


def asked_tables(registry: Registry, survey: str) -> list[AskedTable]:
    """What the survey of this name asks, in the order of the tables; JinguoError where 调查项目 names no table, or one whose
    rows belong to nobody."""
    items = registry["survey_items"]
    rows = [
        (i, sheet, item, note)
        for i, named, sheet, item, note in items.each("survey", "sheet", "item", "note")
        if sheet and item and (not named or named == survey)
    ]
    if not rows:
        return [AskedTable(name, tuple(fields.split())) for name, fields in _USUAL.items()]
    by_sheet = {s.sheet: s for s in TABLES.values() if s.name in ("organisations", "people") or refers_to(s)}
    found: dict[str, dict[str, str]] = {}
    for i, sheet, item, note in rows:
        spec = by_sheet.get(sheet)
        if spec is None:
            near = nearest(sheet, by_sheet) or "社会组织、人员、任职"
            where = items.place(i, "sheet")
            raise JinguoError(f"调查不能问“{sheet}”", where, f"写台账里组织、人员的表，如 {near}。")
        f = spec.field_of(item)
        f = f or next((g for g in spec.fields if AskedTable(spec.name, ()).header(g.name) == item), None)
        if (f is None or f.name != spec.key) and header_key(item) != header_key(TOKEN):
            found.setdefault(spec.name, {})[f.name if f else item] = note or ""
    return [_asked(name, found[name]) for name in TABLES if name in found]


def _asked(table: str, items: Mapping[str, str]) -> AskedTable:
    """The table with what its rows are known by in front; what no row is without is asked too, for those that are new."""
    spec = TABLES[table]
    needed = [spec.display] if spec.key and spec.display else []
    needed += [f.name for f in spec.fields if isinstance(f.type, Reference) and f.required and not spec.key]
    needed += [f.name for f in spec.fields if f.required and f.name not in (*needed, spec.key)]
    names = dict.fromkeys([*needed, *items])
    fields = tuple(name for name in names if name in spec.by_name)
    own = tuple(name for name in names if name not in spec.by_name)
    return AskedTable(table, fields, own, {name: note for name, note in items.items() if note})


def about_whom(spec: TableSpec) -> list[str]:
    """The fields by which a row of a table without keys is about somebody or something."""
    needed = [f.name for f in spec.fields if isinstance(f.type, Reference) and f.required]
    return needed or [name for name in [refers_to(spec)] if name]


def refers_to(spec: TableSpec) -> str:
    """The field by which a row of a table belongs to an organisation or a person; empty where it has none."""
    for target in ("organisations", "people"):
        for f in spec.fields:
            if isinstance(f.type, Reference) and f.type.table == target and f.name in ("organisation", "person"):
                return f.name
    return ""
