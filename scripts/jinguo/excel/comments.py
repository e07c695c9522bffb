"""Comments on cells: added to those a sheet has, joined to one that is already there; drawn as VML, as Excel needs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinguo.addresses import column_index, split_address
from jinguo.excel.package import (
    add_content_type,
    add_relationship,
    free_name,
    legal,
    parse,
    relation_base,
    relationships,
    serialise,
)
from jinguo.ooxml import Package, escape

AUTHOR = "巾帼台账"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENT = (
    '<comment ref="{}" authorId="{}"><text><r><rPr><sz val="10"/><rFont val="宋体"/></rPr>'
    '<t xml:space="preserve">{}</t></r></text></comment>'
)
#: Written as it is, a parser would take it for a line break.
_RETURN = "&#13;"
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>'
    f"{_SHAPE_TYPE}</xml>"
)
#: What may follow legacyDrawing in a sheet (ECMA-376, CT_Worksheet); it goes before the first of these.
_AFTER_DRAWING = re.compile(rb"<(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b|</worksheet>")


def add_comments(package: Package, part: str, behind: bytes, texts: Mapping[str, str]) -> bytes:
    """Put these comments (by cell, such as F12) on the sheet of `part`; given what stands behind the rows in the sheet's
    XML, from </sheetData> on, return what shall stand there.

    A cell with a note keeps it, ours below. A threaded comment belongs to Excel's own part and is left alone: the cell
    is coloured and listed all the same.
    """
    found = dict(relationships(package, part).values())
    threaded = _threaded_cells(package, found.get("threadedComment"))
    mine = {cell: legal(text) for cell, text in texts.items() if cell not in threaded}
    if not mine:
        return behind
    new = _write_comments(package, part, found.get("comments"), mine)
    return _draw(package, part, behind, found.get("vmlDrawing"), new)


def _threaded_cells(package: Package, part: str | None) -> set[str]:
    if part is None or part not in package:
        return set()
    return {str(c.get("ref")) for c in parse(package.read(part)).iter("{*}threadedComment")}


def _write_comments(package: Package, sheet: str, part: str | None, texts: Mapping[str, str]) -> list[str]:
    """Write the comments part; the cells that have a comment for the first time are returned, for drawing."""
    if part is None:
        part = free_name(package, "xl/comments{}.xml")
        add_relationship(package, sheet, "comments", f"../{part.removeprefix('xl/')}")
        add_content_type(package, part, _COMMENTS_TYPE)
        root = parse(f'<comments xmlns="{_MAIN}"><authors></authors><commentList></commentList></comments>'.encode())
    else:
        root = parse(package.read(part))
    space = root.tag.removesuffix("comments")
    authors, items = root.find(f"{space}authors"), root.find(f"{space}commentList")
    author = root.makeelement(f"{space}author", {})
    author.text = AUTHOR
    authors.append(author)
    present = {c.get("ref"): c for c in items}
    for cell in sorted(present.keys() & texts, key=_order):
        body = present[cell].find(f"{space}text")
        _make_rich(root, space, body)
        body.append(_run(root, space, f"\n—— {AUTHOR} ——\n{texts[cell]}"))
    new = sorted(texts.keys() - present, key=_order)
    # Parsed all together, as thousands of elements take far longer one by one.
    number = len(authors) - 1
    xml = "".join(_COMMENT.format(cell, number, escape(texts[cell]).replace("\r", _RETURN)) for cell in new)
    items.extend(parse(f'<l xmlns="{space[1:-1]}">{xml}</l>'.encode()))
    package.write(part, serialise(root))
    return new


def _order(cell: str) -> tuple[int, int]:
    letters, row = split_address(cell)
    return row, column_index(letters)


def _run(root, space: str, text: str):
    """A run of comment text in a readable font."""
    run = root.makeelement(f"{space}r", {})
    properties = root.makeelement(f"{space}rPr", {})
    properties.append(root.makeelement(f"{space}sz", {"val": "10"}))
    properties.append(root.makeelement(f"{space}rFont", {"val": "宋体"}))
    run.append(properties)
    words = root.makeelement(f"{space}t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    words.text = text
    run.append(words)
    return run


def _make_rich(root, space: str, body) -> None:
    """A plain <t> becomes a run, as plain and rich text may not stand side by side."""
    for plain in body.findall(f"{space}t"):
        run = root.makeelement(f"{space}r", {})
        body.replace(plain, run)
        plain.tail = None
        plain.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(plain)


def _draw(package: Package, sheet: str, behind: bytes, part: str | None, cells: list[str]) -> bytes:
    """Draw the boxes of the new comments; a sheet without a drawing for them gets one."""
    if part is None or b"<legacyDrawing " not in behind:
        part = free_name(package, "xl/drawings/vmlDrawing{}.vml")
        identifier = add_relationship(package, sheet, "vmlDrawing", f"../{part.removeprefix('xl/')}")
        add_content_type(package, part, _VML_TYPE)
        drawing = _VML.encode()
        tag = f'<legacyDrawing xmlns:r="{relation_base(package)}" r:id="{identifier}"/>'.encode()
        place = _AFTER_DRAWING.search(behind)
        assert place is not None
        behind = behind[: place.start()] + tag + behind[place.start() :]
    else:
        drawing = package.read(part)
        if b"_x0000_t202" not in drawing:
            drawing = drawing.replace(b"</xml>", _SHAPE_TYPE.encode() + b"</xml>")
    taken = [int(n) for n in re.findall(rb"_x0000_s(\d+)", drawing)]
    first = max([1024, *taken]) + 1
    shapes = "".join(_shape(first + n, cell) for n, cell in enumerate(cells))
    end = drawing.rindex(b"</xml>")
    package.write(part, drawing[:end] + shapes.encode() + drawing[end:])
    return behind


def _shape(number: int, cell: str) -> str:
    """The box of a comment beside its cell, hidden until one points at it."""
    row, column = _order(cell)
    anchor = f"{column + 1}, 12, {max(row - 2, 0)}, 6, {column + 5}, 12, {row + 5}, 6"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
    )
