"""枢纽图: each hub with the organisations it leads, drawn as boxes on a sheet; the colours are the tiers, which the words say too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinguo.excel.writing.boxes import DrawnBox
from jinguo.excel.writing.report import Sheet

_HUB, _TIERS, _OTHER = "F4B183", {"核心层": "F8CBAD", "紧密层": "FFE699", "大众层": "E2EFDA"}, "EDEDED"
_LINE = "7F7F7F"
#: Pixels: a box, what is between two, and how many stand in a row.
_WIDTH, _HEIGHT, _GAP, _IN_ROW = 176, 40, 12, 5
_TRUNK, _LEFT = 20, 44


def hub_map(hubs: Mapping[str, Sequence[tuple[str, str]]]) -> Sheet:
    """The sheet: a line for each hub with how many it leads, and the picture below."""
    rows = [[hub, len(led)] for hub, led in hubs.items()]
    boxes: list[DrawnBox] = []
    top = 10
    for hub, led in hubs.items():
        top = _draw(boxes, hub, led, top)
    note = "颜色是层级：橙 核心层，黄 紧密层，绿 大众层。图里的框可以拖动、改字、打印。"
    return Sheet("枢纽图", "枢纽组织和它带动的组织", ["枢纽组织", "带动组织数"], rows, [44, 14], note=note, boxes=boxes)


def _draw(boxes: list[DrawnBox], hub: str, led: Sequence[tuple[str, str]], top: int) -> int:
    """A hub above a trunk with branches to rows of boxes; gives where the next may begin."""
    boxes.append(DrawnBox(hub, 0, top, 2 * _WIDTH, _HEIGHT + 4, _HUB, bold=True))
    first = top + _HEIGHT + 4
    rows = -(-len(led) // _IN_ROW)
    middle = first + _GAP + (rows - 1) * (_HEIGHT + _GAP) + _HEIGHT // 2
    boxes.append(DrawnBox("", _TRUNK, first, 2, middle - first + 2, _LINE))
    for n, (name, tier) in enumerate(led):
        row, column = divmod(n, _IN_ROW)
        y = first + _GAP + row * (_HEIGHT + _GAP)
        if column == 0:
            boxes.append(DrawnBox("", _TRUNK, y + _HEIGHT // 2, _LEFT - _TRUNK, 2, _LINE))
        else:
            boxes.append(DrawnBox("", _LEFT + column * (_WIDTH + _GAP) - _GAP, y + _HEIGHT // 2, _GAP, 2, _LINE))
        words = f"{name}（{tier.removesuffix('层')}）" if tier else name
        boxes.append(DrawnBox(words, _LEFT + column * (_WIDTH + _GAP), y, _WIDTH, _HEIGHT, _TIERS.get(tier, _OTHER)))
    return first + _GAP + rows * (_HEIGHT + _GAP) + 2 * _GAP
