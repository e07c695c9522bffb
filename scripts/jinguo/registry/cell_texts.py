"""A cell of the registry as one text, whatever type it has, so that two can be compared; and references as people read
them."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from jinguo.common.rounding import plain
from jinguo.registry.tables import Registry, Table
from jinguo.schema.cells import SEPARATORS, clean, is_blank
from jinguo.schema.codes import Key, Reference
from jinguo.schema.model import Field
from jinguo.schema.types import MultiChoice

_KEY_IN_BRACKETS = re.compile(r"（([^（）]+)）$")


def value_text(value: Any) -> str:
    """A typed value as one text: 2015-06-18, 1980.05, 志愿服务、救助帮扶; empty for None."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != datetime.time() else f"{value:%Y-%m-%d}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return "、".join(map(str, value))
    return str(value)


def raw_text(raw: Any) -> str:
    """A cell of an office's own column, of which nothing but what it holds is known."""
    if is_blank(raw):
        return ""
    if isinstance(raw, datetime.date):
        return value_text(raw)
    return clean(raw)


def cell_text(table: Table, index: int, name: str) -> str:
    """What a cell holds, by the field or the header of the office's own column: its typed value, or as it looks where it
    could not be read."""
    if name in table.spec.by_name:
        value = table[name][index]
        if value is None:
            # What is as good as nothing (无, 至今) is nothing; what could not be read stands as it was written.
            return table.shown(index, name) if (name, index) in table.unreadable else ""
        return value_text(value)
    return raw_text(table.extra[name][index]) if name in table.extra else ""


def column_texts(table: Table, name: str) -> list[str]:
    """What the cells of a column hold, as cell_text has each."""
    if name not in table.spec.by_name:
        return [raw_text(raw) for raw in table.extra[name]] if name in table.extra else [""] * len(table)
    texts = [value if type(value) is str else value_text(value) for value in table[name]]
    for field, index in table.unreadable:
        if field == name:
            texts[index] = table.shown(index, name)
    return texts


def same_text(f: Field | None, one: str, other: str) -> bool:
    """Whether two texts say the same in this column: spaces and line breaks, and the order of several choices, do not
    count."""
    if one == other:
        return True
    if f is not None and isinstance(f.type, MultiChoice):
        first, second = ({p.strip() for p in SEPARATORS.split(text) if p.strip()} for text in (one, other))
        return first == second
    return re.sub(r"\s+", "", one) == re.sub(r"\s+", "", other)


def keeps_numbers(table: Table) -> bool:
    """Whether the office writes a number into each row of a table: a column of its own holds the key."""
    kind = table.spec.by_name.get(table.spec.key)
    return bool(
        kind
        and isinstance(kind.type, Key)
        and kind.type.prefix
        and any(table.spec.key in b.letters and table.spec.key not in b.derived for b in table.blocks)
    )


def shown_reference(registry: Registry, f: Field, key: str) -> str:
    """A reference as people read it: 王小红（RY0001）, or the name alone where rows have no numbers and it is one row's."""
    if not isinstance(f.type, Reference) or not key:
        return key
    table = registry[f.type.table]
    name = table.value(key, table.spec.display) if table.spec.display else None
    if not name or name == key:
        return key
    if not keeps_numbers(table) and _by_name(registry, f.type.table).get(name) == [key]:
        return str(name)
    return f"{name}（{key}）"


def shown_text(registry: Registry, table: Table, index: int, name: str) -> str:
    """A cell as people read it: cell_text, with a reference by its name."""
    f = table.spec.by_name.get(name)
    text = cell_text(table, index, name)
    known = f is not None and isinstance(f.type, Reference) and table[name][index] is not None
    return shown_reference(registry, f, text) if known and f is not None else text


def meant_references(registry: Registry, f: Field, text: str) -> list[str]:
    """The keys of the rows that a reference may mean: by the number in brackets, the number alone, or the name."""
    assert isinstance(f.type, Reference)
    table = registry[f.type.table]
    inside = _KEY_IN_BRACKETS.search(text)
    if inside and inside[1] in table.index_of:
        return [inside[1]]
    if text in table.index_of:
        return [text]
    plain_text = re.sub(r"\s", "", text)
    if plain_text.upper() in table.index_of:
        return [plain_text.upper()]
    return list(_by_name(registry, f.type.table).get(plain_text, ()))


def _by_name(registry: Registry, table: str) -> dict[str, list[str]]:
    """The keys of the rows of each name (and short name) of a table."""
    return registry.once(_NAMES.setdefault(table, _Names(table)))  # type: ignore[no-any-return]


class _Names:
    """The index of the names of one table; one object a table, so that a registry works it out once."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __call__(self, registry: Registry) -> dict[str, list[str]]:
        table = registry[self.table]
        found: dict[str, list[str]] = {}
        for name in dict.fromkeys(filter(None, (table.spec.display, "short_name"))):
            if name not in table.columns:
                continue
            for key, shown in zip(table[table.spec.key], table[name], strict=True):
                if key is not None and shown and key not in (known := found.setdefault(shown, [])):
                    known.append(key)
        return found


_NAMES: dict[str, _Names] = {}
