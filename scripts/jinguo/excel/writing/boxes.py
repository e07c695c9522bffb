"""Boxes and lines on a sheet, as Excel draws them itself: they can be moved, recoloured and printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DrawnBox:
    """A box with words at a place on the sheet, in pixels from its upper left corner; one without words is a line."""

    words: str
    left: int
    top: int
    width: int
    height: int
    colour: str
    bold: bool = False


def draw_boxes(target: Any, boxes: Sequence[DrawnBox], row: int) -> None:
    """Draw them below this row of a sheet."""
    for box in boxes:
        options: dict[str, Any] = {
            "x_offset": box.left, "y_offset": box.top, "width": box.width, "height": box.height, "fill": {"color": f"#{box.colour}"},
            "line": {"color": "#7F7F7F", "width": 0.75} if box.words else {"none": True}, "align": {"vertical": "middle", "horizontal": "center"},
            "font": {"name": "宋体", "size": 12 if box.bold else 10, "bold": box.bold, "color": "#000000"}, "object_position": 3,
        }  # fmt: skip
        target.insert_textbox(row, 0, box.words, options)
