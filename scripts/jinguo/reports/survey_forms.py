"""The form of a survey for one unit, and the blank one for all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jinguo.excel.writing.survey_form import FormTable, write_survey_form
from jinguo.registry.tables import Registry
from jinguo.schema import TableSpec
from jinguo.schema.codes import Reference
from jinguo.schema.dates import Date, DateTime
from jinguo.schema.model import Field
from jinguo.schema.numbers import Number
from jinguo.schema.types import Text
from jinguo.schema.vocabularies import VOCABULARIES
from jinguo.schema.wording import day_words
from jinguo.survey.addressees import ALL
from jinguo.survey.asked import AskedTable
from jinguo.survey.sent import SentForm


def survey_form(registry: Registry, sent: SentForm) -> bytes:
    """The workbook that goes to one unit."""
    office = registry.settings.item("单位名称")
    words: dict[str, Any] = {**(registry.settings.vocabularies or VOCABULARIES)}
    words["townships"] = [t for t in registry["townships"]["name"] if t]
    for name in ("organisations", "people"):
        words[name] = [row.cells.get("name", "") for row in sent.tables.get(name, {}).values()]
    unit = "" if sent.unit == ALL else f"（{sent.unit}）"
    contact = " ".join(filter(None, (registry.settings.item("联系人"), registry.settings.item("电话"))))
    lines = [
        f"请核对已有的内容，有变化的直接改；没有的空着；新增的从最后一行往下填，“编号”不用填。请于{day_words(sent.survey.due_day)}前交回{office}{f'（{contact}）' if contact else ''}。",
        "不再有的，请把那一行除“编号”以外的格子清空。灰色的“编号”请不要改：靠它认得是哪一行。",
    ]
    tables = [
        FormTable(_with_own(a), [_row(a, token, row.cells) for token, row in sent.tables.get(a.table, {}).items()])
        for a in sent.asked
    ]
    return write_survey_form(f"{sent.survey.name}{unit}", lines, tables, words, (office, sent.dump()))


def _with_own(asked: AskedTable) -> TableSpec:
    own = tuple(Field(header, header, Text(), note=asked.notes.get(header, "")) for header in asked.own)
    return replace(asked.form, fields=(*asked.form.fields, *own))


def _row(asked: AskedTable, token: str, cells: dict[str, str]) -> dict[str, Any]:
    """A row as its cells are typed: days as days, numbers as numbers."""
    return {"token": token} | {name: _typed(asked.field(name), text) for name, text in cells.items()}


def _typed(f: Field | None, text: str) -> Any:
    if f is None or not text or isinstance(f.type, Reference):
        return text
    if isinstance(f.type, Date | DateTime | Number):
        value = f.type.parser({})(text).value
        return text if value is None else value
    return text
