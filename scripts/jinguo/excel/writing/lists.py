"""The words of dropdowns on a hidden sheet, a column each, under defined names (an inline list ends at 255 characters)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinguo.common.addresses import column_letter

#: The hidden sheet.
LISTS = "选项"


def list_source(choices: Sequence[str], lists: dict[tuple[str, ...], str]) -> str:
    """What a dropdown of these words refers to; one list for the same words wherever they are offered."""
    return f"={lists.setdefault(tuple(choices), f'列表_{len(lists) + 1}')}"


def write_lists(book: Any, lists: Mapping[tuple[str, ...], str]) -> None:
    """The sheet of all lists referred to, as the last of the workbook."""
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    for c, (choices, name) in enumerate(lists.items()):
        sheet.write_column(0, c, choices)
        letter = column_letter(c)
        book.define_name(name, f"={LISTS}!${letter}$1:${letter}${len(choices)}")
