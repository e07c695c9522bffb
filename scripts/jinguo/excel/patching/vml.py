"""The boxes of comments, in the VML that Excel draws them from (ECMA-376, part 4, 14 and 19.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinguo.common.addresses import column_index, split_address
from jinguo.excel.patching.sheet_frame import Box

_SPACES = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_SHAPE_TYPE = (
    '<v:shapetype{} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape{} id="_x0000_s{}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>"
)
#: Shape numbers are given out in blocks of so many, each named in the map of the drawing.
_BLOCK = 1024
_CLIENT = re.compile(rb"<([\w-]+:)?ClientData\b.*?</(?:[\w-]+:)?ClientData>", re.DOTALL)
_NUMBERED = re.compile(rb"<(?:[\w-]+:)?(Row|Column)>\s*(\d+)\s*</")
_ANCHOR = re.compile(rb"(<(?:[\w-]+:)?Anchor>)[^<]*(</)")


def new_drawing(boxes: Mapping[str, Box]) -> bytes:
    """A drawing with a box for each of these cells."""
    blocks = ",".join(str(n) for n in range(1, len(boxes) // _BLOCK + 2))
    declared = "".join(f' xmlns:{prefix.decode()}="{space.decode()}"' for prefix, space in _SPACES.items())
    head = f'<xml{declared}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>{_SHAPE_TYPE.format("")}</xml>'
    return add_boxes(head.encode(), boxes)


def add_boxes(drawing: bytes, boxes: Mapping[str, Box]) -> bytes:
    """The drawing with a box for each of these cells; one that is there already becomes as large as it now must be.

    ValueError where the drawing is not well-formed.
    """
    places = {_place(cell): box for cell, box in boxes.items()}
    there: set[tuple[int, int]] = set()

    def enlarged(client: re.Match[bytes]) -> bytes:
        numbers = {name: int(number) for name, number in _NUMBERED.findall(client[0])}
        place = numbers.get(b"Row", -1), numbers.get(b"Column", -1)
        if place not in places or b'ObjectType="Note"' not in client[0]:
            return client[0]
        there.add(place)
        return _ANCHOR.sub(rb"\g<1>%s\g<2>" % _anchor(places[place]).encode(), client[0], count=1)

    drawing = _CLIENT.sub(enlarged, drawing)
    root = drawing[: drawing.index(b">", drawing.index(b"<xml")) + 1]
    # Some programs declare the namespaces on every shape; theirs then do not hold for ours.
    missing = "".join(
        f' xmlns:{p.decode()}="{s.decode()}"'
        for p, s in _SPACES.items()
        if not re.search(rb"xmlns:%s\s*=\s*[\"']%s" % (p, s), root)
    )
    new = [] if b"_x0000_t202" in drawing else [_SHAPE_TYPE.format(missing)]
    number = max([_BLOCK, *map(int, re.findall(rb"_x0000_s(\d+)", drawing))])
    for place, box in places.items():
        if place not in there:
            number += 1
            new.append(_SHAPE.format(missing, number, _anchor(box), *place))
    end = re.search(rb"</xml\s*>\s*$", drawing)
    if end:
        return drawing[: end.start()] + "".join(new).encode() + drawing[end.start() :]
    if root.endswith(b"/>"):
        return drawing.replace(root, root[:-2] + b">" + "".join(new).encode() + b"</xml>", 1)
    raise ValueError("a drawing without an end")


def _place(cell: str) -> tuple[int, int]:
    letters, row = split_address(cell)
    return row - 1, column_index(letters)


def _anchor(box: Box) -> str:
    return f"{box.left}, 12, {box.top}, 6, {box.right}, 12, {box.bottom}, 6"
