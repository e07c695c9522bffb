"""Blank workbooks to begin with: dropdowns, notes, and a 设置.xlsx that says what may be set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinguo.exams.entry import condition_rows
from jinguo.excel.writing.forms import write_form
from jinguo.registry.settings import OFFICE_ITEMS
from jinguo.registry.tables import Registry
from jinguo.schema import WORKBOOKS
from jinguo.schema.format_rules import FORMAT_RULES
from jinguo.schema.parameters import PARAMETERS, Parameter
from jinguo.schema.vocabularies import VOCABULARIES

Rows = dict[str, list[dict[str, Any]]]


def first_rows() -> Rows:
    """What every 设置.xlsx begins with: the items of the office, the parameters, the conditions of the exams."""
    return {
        "office": [
            {"item": item, "content": default, "note": meaning} for item, (meaning, default) in OFFICE_ITEMS.items()
        ],
        "parameters": _parameter_rows(PARAMETERS),
        "format_rules": _parameter_rows(FORMAT_RULES),
        "entry_conditions": condition_rows(),
    }


def _parameter_rows(parameters: Mapping[str, Parameter]) -> list[dict[str, Any]]:
    return [
        {"name": p.name, "unit": p.unit, "meaning": p.meaning, "default": p.default, "source": p.source}
        for p in parameters.values()
    ]


def blank_workbooks(registry: Registry | None) -> dict[str, bytes]:
    """Each blank workbook by its name; townships and words of the office, where it has a registry, as dropdowns, and
    so in the new 设置.xlsx as well."""
    rows, vocabularies, author = first_rows(), dict(VOCABULARIES), ""
    if registry is not None:
        for name in ("townships", "vocabularies"):
            table = registry[name]
            rows[name] = [{f.name: table.shown(i, f.name) for f in table.spec.fields} for i in range(len(table))]
        words = registry.settings.vocabularies or VOCABULARIES
        vocabularies = {**words, "townships": [t for t in registry["townships"]["name"] if t]}
        author = registry.settings.item("单位名称")
    return {book.file: write_form(book, rows, vocabularies, author) for book in WORKBOOKS}
