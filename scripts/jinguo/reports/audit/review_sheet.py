"""A live sheet that may leave the office: no text of it holds anybody's number or address, and none is read as a pattern."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from jinguo.excel.writing.cell_values import Formula
from jinguo.excel.writing.live_sheet import LiveColumn, LiveSheet
from jinguo.excel.writing.report import Sheet

#: Identity numbers of 18 and 15 digits, mobile and fixed telephones, addresses of mail, with what stands between their parts.
_PRIVATE = re.compile(
    r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])|(?<![0-9A-Za-z.])\d{15}(?![0-9A-Za-z.])"
    r"|(?<![0-9A-Za-z.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z.])\(?0\d{2,3}\)?[ -]?\d{7,8}(?![0-9A-Za-z])|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
#: What may be one, quickly asked of every text; and the signs by which Excel takes a text for a pattern.
_LIKELY = re.compile(r"\d[\d \-()（）—–－]{8,}|[@＠]")
_WILD = re.compile(r"[*?~]")
_EITHER = re.compile(f"{_LIKELY.pattern}|{_WILD.pattern}")
_LITERAL = re.compile(r'"((?:[^"]|"")*)"')
_FULL_WIDTH = str.maketrans("*?~", "＊？～")
_DASHES = str.maketrans("—–－", "---")


def without_numbers(text: str) -> str:
    """A text without what may be somebody's number or address."""
    if not _LIKELY.search(text):
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return _PRIVATE.sub("（略）", plain) if _PRIVATE.search(plain) else text


def fit(text: str) -> str:
    """The same, and with * ? ~ as full-width signs: COUNTIFS and MATCH would find others by them."""
    if not _EITHER.search(text):
        return text
    return without_numbers(text).translate(_FULL_WIDTH)


def fit_within(part: Any) -> Any:
    """Every text in what JSON holds, keys too."""
    if isinstance(part, dict):
        return {fit(str(key)): fit_within(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [fit_within(value) for value in part]
    return fit(part) if isinstance(part, str) else part


class ReviewSheet(LiveSheet):
    """A live sheet all of whose texts are fit to leave the office, those in formulas like those in cells."""

    def add(self, header: str, values: Iterable[Any], width: int = 12) -> LiveColumn:
        return super().add(fit(header), [_cell(value) for value in values], width)

    def sheet(self) -> Sheet:
        made = super().sheet()
        return replace(made, title=fit(made.title), note=fit(made.note))


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return fit(value)
    if not isinstance(value, Formula):
        return value
    text = value.text
    if _EITHER.search(text):
        # A pattern of the formula's own ("*") is one sign alone.
        text = _LITERAL.sub(lambda m: m[0] if len(m[1]) < 2 else f'"{fit(m[1])}"', text)
    shown = fit(value.value) if isinstance(value.value, str) else value.value
    return value if text == value.text and shown == value.value else value._replace(text=text, value=shown)
