"""Safe normalisations of what people type, as a plan: each change names its cell, what is there and what would be."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from jinguo.amend.edits import Change
from jinguo.registry.tables import Registry, Table
from jinguo.schema import Field
from jinguo.schema.cells import clean, half_width, is_blank, visible, without_radicals
from jinguo.schema.codes import CreditCode, Email, IdCard, Key, Phone, Reference
from jinguo.schema.dates import Date, DateTime, YearMonth, day_of_serial, read_day
from jinguo.schema.numbers import Number
from jinguo.schema.problems import CREDIT_CODE, Parsed
from jinguo.schema.types import Choice, Code, FieldType, KnownWord, Line, MultiChoice, Name, Text, tidy_name

#: What GB 32100 leaves out, and what it is usually a misreading of; only proposed, never applied.
_CONFUSED = str.maketrans("OIZS", "0125")
_CODE = re.compile(r"[A-Za-z]{1,4}\s*\d+")


def plan_fixes(registry: Registry) -> list[Change]:
    """Every safe change, by workbook, sheet and row; a second plan after applying the first is empty.

    Only what can mean one thing is changed: a value that was refused, or is ambiguous, stays for a person.
    """
    changes: list[Change] = []
    for table in registry.tables.values():
        if table.spec.workbook == "设置.xlsx" and table.spec.name in ("office", "parameters", "format_rules"):
            continue
        for f in table.spec.fields:
            if f.name in table.raw:
                changes += _column_changes(table, f)
    return changes


def _column_changes(table: Table, f: Field) -> Iterator[Change]:
    for i, raw in enumerate(table.raw[f.name]):
        if is_blank(raw):
            continue
        workbook, sheet, cell = table.address(i, f.name)
        block = table.block(i)
        if cell in block.borrowed or f.name in block.derived:
            continue
        value = table[f.name][i]
        found = _proposal(f.type, raw) if value is None else _normal_form(f.type, raw, value)
        if found is None:
            continue
        kind, new, applies = found
        yield Change(workbook, sheet, cell, f.header, kind, shown_raw(raw), new, applies)


def shown_raw(raw: Any) -> str:
    """The old value with its spaces visible, so that the plan shows what would change."""
    return raw.replace("\u3000", "␣").replace("\u00a0", "␣").replace("\n", "⏎") if isinstance(raw, str) else clean(raw)


Proposal = tuple[str, str | Decimal | datetime.date, bool]


def _normal_form(kind: FieldType, raw: Any, value: Any) -> Proposal | None:
    """What the cell should hold for this typed value, or None where it already does."""
    if isinstance(kind, Date | DateTime):
        return _date_form(kind, raw, value)
    if isinstance(raw, str) and without_radicals(raw) != raw and isinstance(value, str):
        return ("部首换成汉字", value if isinstance(kind, Name | Choice) else without_radicals(clean(raw)), True)
    if isinstance(kind, Number):
        return ("文本数字改为数字", Decimal(value), True) if isinstance(raw, str) else None
    if isinstance(kind, YearMonth):
        return _only_if(not _has_a_day(raw), _text_form("年月写法", raw, str(value)))
    if isinstance(kind, Phone):
        # A cell with two numbers, or with words, keeps them: what stays is for a person.
        return None if kind.parser({})(raw).problem else _text_form("电话写法", raw, value)
    if isinstance(kind, MultiChoice):
        return _text_form("选项写法", raw, "、".join(value))
    if isinstance(kind, Choice):
        return _text_form("选项写法", raw, value)
    if isinstance(kind, Key) and isinstance(raw, str) and (code := _likely_key(kind, value)):
        return ("易混字母（请核对）", code, False)
    if isinstance(kind, Key | IdCard | CreditCode):
        # Formulas elsewhere may look a number up as a number.
        return _only_if(isinstance(raw, str), _text_form("编号写法", raw, value))
    if isinstance(kind, Reference):
        code = half_width(clean(raw)) if isinstance(raw, str) else ""
        return (
            _text_form("编号写法", raw, re.sub(r"\s", "", code).upper()) if _CODE.fullmatch(code) else _name_form(raw)
        )
    if isinstance(kind, Name):
        return _name_form(raw)
    if isinstance(kind, Email):
        return _text_form("邮箱写法", raw, value)
    if isinstance(kind, Code) and isinstance(raw, str):
        return _text_form("多余的空格", raw, value)
    if isinstance(kind, KnownWord) and isinstance(raw, str) and value != clean(raw):
        return _text_form("选项写法", raw, value)
    if isinstance(kind, Line) and isinstance(raw, str) and "\n" in raw:
        return _text_form("多余的换行", raw, value)
    # In running text only what nobody can see goes; spaces inside may be meant.
    return (
        _text_form("多余的空格", raw, visible(raw).strip()) if isinstance(kind, Text) and isinstance(raw, str) else None
    )


def _name_form(raw: Any) -> Proposal | None:
    """A name without the spaces in it; only proposed where they may stand between two names."""
    if not isinstance(raw, str):
        return None
    parts = clean(raw).split()
    may_be_two = "\n" in clean(raw) or (
        len(parts) > 1 and all(len(part) > 1 for part in parts) and not clean(raw).isascii()
    )
    return _only_if(not may_be_two, _text_form("空格和全角", raw, tidy_name(clean(raw))))


def _only_if(sure: bool, found: Proposal | None) -> Proposal | None:
    """The proposal, to be written only if it loses nothing."""
    return found if found is None or sure else (found[0], found[1], False)


def _has_a_day(raw: Any) -> bool:
    """Whether a month was given with its day, which would be lost; the first of a month is what Excel makes of a
    month."""
    day = raw if isinstance(raw, datetime.date) else day_of_serial(raw)
    return day.day != 1 if day else read_day(clean(raw)) is not None


def _likely_key(kind: Key, value: str) -> str | None:
    """ZZ0001 for ZZOOO1: what a key would be whose digits were typed as letters."""
    number = value.removeprefix(kind.prefix).translate(_CONFUSED)
    likely = kind.prefix + number
    return likely if kind.prefix and value.startswith(kind.prefix) and number.isdigit() and likely != value else None


def _text_form(label: str, raw: Any, wanted: str) -> Proposal | None:
    return None if isinstance(raw, str) and raw == wanted else (label, wanted, True)


def _date_form(kind: FieldType, raw: Any, value: Any) -> Proposal | None:
    """A real date for one that was typed as text or as a bare day number."""
    if isinstance(raw, datetime.date):
        return None
    if isinstance(raw, str):
        # A time of day would be lost in a column of days, and midnight is not shown.
        with_time = re.search("[:：点时]", raw) and not isinstance(value, datetime.datetime | None)
        at_midnight = (
            isinstance(value, datetime.datetime) and value.time() == datetime.time() and re.search("[:：点时]", raw)
        )
        return _only_if(not (with_time or at_midnight), ("文本日期改为日期", value, True))
    return _only_if(isinstance(value, datetime.datetime) or raw == int(raw), ("数字改为日期", value, True))


def _proposal(kind: FieldType, raw: Any) -> Proposal | None:
    """For a credit code with a letter that never occurs there: the code it would be; a person must compare it with
    the original."""
    if not isinstance(kind, CreditCode) or not isinstance(raw, str):
        return None
    parse = kind.parser({})
    parsed = parse(raw)
    if parsed.problem is None or parsed.problem.rule is not CREDIT_CODE:
        return None
    guess = re.sub(r"\s", "", half_width(clean(raw))).upper().translate(_CONFUSED)
    # V may be U or Y; the check digits tell which.
    sound = [code for code in dict.fromkeys(guess.replace("V", letter) for letter in "UY") if _is_sound(parse(code))]
    return ("易混字母（请对照证书）", sound[0], False) if len(sound) == 1 else None


def _is_sound(parsed: Parsed) -> bool:
    return parsed.value is not None and parsed.problem is None
