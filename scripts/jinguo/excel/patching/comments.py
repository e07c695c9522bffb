"""Comments on cells: added to those a sheet has, joined to one that is already there; drawn as VML, as Excel needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinguo.common.addresses import column_index, split_address
from jinguo.common.ooxml import Package, escape
from jinguo.excel.package import (
    add_content_type,
    add_relationship,
    free_name,
    legal,
    main_space,
    parse,
    relation_base,
    relationships,
    serialise,
)
from jinguo.excel.patching.sheet_frame import Box, Columns, box_beside, place_for_drawing
from jinguo.excel.patching.vml import add_boxes, new_drawing

AUTHOR = "巾帼台账"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_COMMENT = (
    '<comment ref="{}" authorId="{}"><text><r><rPr><sz val="10"/><rFont val="宋体"/></rPr>'
    '<t xml:space="preserve">{}</t></r></text></comment>'
)
#: Written as it is, a parser would take it for a line break.
_RETURN = "&#13;"
#: What stands above our words in a note of somebody else.
_MARK = f"—— {AUTHOR} ——"
_JOINED = f"\n{_MARK}\n"
_OUR_WORDS = re.compile(r"【(?:错误|警告|提示)】[A-Z]{2,5}-\d{3}[^\n]*\n.*?(?:\n→ [^\n]*|\Z)", re.DOTALL)
_BOX_WIDTH, _LINE, _CHARACTERS = 360, 18, 26
_HEIGHTS = (100, 540)


def add_comments(
    package: Package, part: str, behind: bytes, texts: Mapping[str, str], columns: Columns, heights: dict[int, int]
) -> bytes:
    """Put these comments (by cell, such as F12) on the sheet of `part`; given what stands behind the rows in the
    sheet's XML, from </sheetData> on, return what shall stand there.

    A cell with a note keeps it, ours below. A threaded comment belongs to Excel's own part and is left alone: the cell
    is coloured and listed all the same. `columns` and `heights` are those of the sheet, so that every box can be read.
    """
    found = relationships(package, part)
    kinds = dict(found.values())
    threaded = _threaded_cells(package, kinds.get("threadedComment"))
    mine = {cell: legal(text) for cell, text in texts.items() if cell not in threaded}
    if not mine:
        return behind
    written = _write_comments(package, part, kinds.get("comments"), mine)
    boxes = {
        cell: _box(cell, text, columns, heights)
        for cell, text in sorted(written.items(), key=lambda item: _order(item[0]))
    }
    place, identifier = place_for_drawing(behind)
    drawing = found.get(identifier, ("", ""))[1]
    if drawing and drawing in package:
        package.write(drawing, add_boxes(package.read(drawing), boxes))
        return behind
    drawing = free_name(package, "xl/drawings/vmlDrawing{}.vml")
    package.write(drawing, new_drawing(boxes))
    add_content_type(package, drawing, _VML_TYPE)
    identifier = add_relationship(package, part, "vmlDrawing", drawing)
    tag = f'<legacyDrawing xmlns="{main_space(package)}" xmlns:r="{relation_base(package)}" r:id="{identifier}"/>'
    return behind[:place] + tag.encode() + behind[place:]


def _threaded_cells(package: Package, part: str | None) -> set[str]:
    if part is None or part not in package:
        return set()
    return {str(c.get("ref")) for c in parse(package.read(part)).iter("{*}threadedComment")}


def _write_comments(package: Package, sheet: str, part: str | None, texts: Mapping[str, str]) -> dict[str, str]:
    """Write the comments part; the whole text of every comment that is new or longer now, by cell, for drawing."""
    if part is None:
        part = free_name(package, "xl/comments{}.xml")
        add_relationship(package, sheet, "comments", part)
    if part not in package:
        add_content_type(package, part, _COMMENTS_TYPE)
        root = parse(
            f'<comments xmlns="{main_space(package)}"><authors></authors><commentList></commentList></comments>'.encode()
        )
    else:
        root = parse(package.read(part))
    space = root.tag.removesuffix("comments")
    authors, items = root.find(f"{space}authors"), root.find(f"{space}commentList")
    names = [author.text for author in authors]
    if AUTHOR not in names:
        author = root.makeelement(f"{space}author", {})
        author.text = AUTHOR
        authors.append(author)
        names.append(AUTHOR)
    number = names.index(AUTHOR)
    written = dict(texts)
    present = {c.get("ref"): c for c in items}
    for cell in sorted(present.keys() & texts, key=_order):
        written[cell] = _join(root, space, present[cell], texts[cell], present[cell].get("authorId") == str(number))
    new = sorted(texts.keys() - present, key=_order)
    # Parsed all together, as thousands of elements take far longer one by one.
    xml = "".join(_COMMENT.format(cell, number, escape(texts[cell]).replace("\r", _RETURN)) for cell in new)
    items.extend(parse(f'<l xmlns="{space[1:-1]}">{xml}</l>'.encode()))
    package.write(part, serialise(root))
    return written


def _join(root: Any, space: str, comment: Any, text: str, is_ours: bool) -> str:
    """Put our words below those of a note; what an earlier check wrote there goes, and what somebody added to it stays.
    The whole text is returned."""
    body = comment.find(f"{space}text")
    _make_rich(root, space, body)
    said = "".join(t.text or "" for run in body.iterchildren(f"{space}r") for t in run.iterchildren(f"{space}t"))
    theirs, marked, ours = said.partition(_MARK)
    if is_ours and not marked:
        theirs, ours = "", said
    added = _OUR_WORDS.sub("", ours).strip("\n ")
    _cut(body, space, len(theirs.rstrip("\n")))
    before = theirs.rstrip("\n")
    kept = "\n".join(filter(None, (before, added)))
    for words in (kept[len(before) :], f"{_JOINED}{text}" if kept else text):
        if words:
            # Behind the runs may stand how they are pronounced.
            runs = body.findall(f"{space}r")
            body.insert(list(body).index(runs[-1]) + 1 if runs else 0, _run(root, space, words))
    return f"{kept}{_JOINED}{text}"


def _cut(body: Any, space: str, length: int) -> None:
    """Keep so many characters of a note's runs, in whatever pieces a program saved them."""
    for run in body.findall(f"{space}r"):
        for words in run.findall(f"{space}t"):
            words.text = (words.text or "")[:length]
            length -= len(words.text)
        if not "".join(t.text or "" for t in run.iterchildren(f"{space}t")):
            body.remove(run)


def _order(cell: str) -> tuple[int, int]:
    letters, row = split_address(cell)
    return row, column_index(letters)


def _box(cell: str, text: str, columns: Columns, heights: dict[int, int]) -> Box:
    """A box in which the whole text can be read, as a comment cannot be scrolled."""
    row, column = _order(cell)
    lines = sum(1 + len(line) // _CHARACTERS for line in text.split("\n"))
    least, most = _HEIGHTS
    return box_beside(row - 1, column, _BOX_WIDTH, min(max(lines * _LINE + 12, least), most), columns, heights)


def _run(root: Any, space: str, text: str) -> Any:
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


def _make_rich(root: Any, space: str, body: Any) -> None:
    """A plain <t> becomes a run, as plain and rich text may not stand side by side; an empty one goes."""
    for plain in body.findall(f"{space}t"):
        if not plain.text:
            body.remove(plain)
            continue
        run = root.makeelement(f"{space}r", {})
        body.replace(plain, run)
        plain.tail = None
        plain.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(plain)
