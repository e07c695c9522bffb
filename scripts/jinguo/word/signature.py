"""Where signature and date stand (GB/T 9704-2012, 7.3.5): worked out once a document is filled.

Their indents follow from their lengths. They are kept on one page with the text above them: where the page has no
room left, 7.3.5.4 wants the layout changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any, NamedTuple

from jinguo.word.gbt9704 import CHARACTER_WIDTH, CHARACTERS, NO_SEAL_RIGHT, SEAL_DATE_RIGHT
from jinguo.word.measure import Paragraph

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: By their names, as Word gives styles ids of its own when a template is saved.
SIGNATURE, DATE, NOTE = "署名", "成文日期", "附件说明"


def width(text: str) -> float:
    """The width in characters: digits and Latin letters are half as wide as a Chinese character."""
    return sum(0.5 if ord(c) < 256 else 1.0 for c in text)


def spaced_width(text: str) -> float:
    """The width with the quarter of a character that Word leaves between Chinese and Latin ones."""
    return width(text) + len(EDGES.findall(text)) / 4


def quick_width(text: str) -> float:
    """spaced_width of many texts, quickly: a Chinese character has three bytes, a Latin one one."""
    wide = (len(text.encode()) - len(text)) / 2
    if wide == len(text):
        return wide
    return wide + (len(text) - wide) / 2 + len(EDGES.findall(text)) / 4


EDGES = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")


def right_gap(p: Paragraph) -> float:
    """How many characters are free to the right of a line of text, however it is brought there: set right, centred, or from
    the left by indents and spaces."""
    length = spaced_width(p.text.strip()) if p.properties.get("autoSpaceDE") != "0" else width(p.text.strip())
    if p.align == "right":
        return p.right
    if p.align == "center":
        return p.right + (CHARACTERS - p.first_line - p.right - length) / 2
    return CHARACTERS - p.first_line - length


def placed_right(signature: Paragraph, date: Paragraph, slack: float) -> bool:
    """Whether signature and date stand as they do with a seal, or as without one; with or without a gap beside digits."""
    gaps = right_gap(signature), right_gap(date)
    texts = signature.text.strip(), date.text.strip()
    return any(
        all(abs(gap - right) <= slack for gap, right in zip(gaps, right_indents(*texts, sealed, measured), strict=True))
        for sealed in (True, False)
        for measured in (width, spaced_width)
    )


def right_indents(
    signature: str, date: str, sealed: bool, measured: Callable[[str], float] = width
) -> tuple[float, float]:
    """How many characters signature and date are in from the right.

    Sealed (7.3.5.1): the date four in, the signature centred on the date; a signature so long that it would come to the
    edge stands one in, and the date is centred on it. Unsealed (7.3.5.2): the signature two in, the date beginning two
    characters to the right of it; a date longer than the signature stands two in itself, and the signature moves left so
    as to begin two characters before it.
    """
    long, short = measured(signature), measured(date)
    if sealed:
        date_right = max(float(SEAL_DATE_RIGHT), 1 + (long - short) / 2)
        return date_right + (short - long) / 2, date_right
    if short <= long:
        return float(NO_SEAL_RIGHT), NO_SEAL_RIGHT + long - 2 - short
    return NO_SEAL_RIGHT + short + 2 - long, float(NO_SEAL_RIGHT)


class Placement(NamedTuple):
    """How a line is set: `align`, and its indent from that side in characters."""

    align: str
    indent: float


def placements(signature: str, date: str, sealed: bool) -> tuple[Placement, Placement]:
    """How signature and date are set, the gap beside digits counted. A date that begins where the signature's begin says is
    set from the left, whatever the width of a font's digits."""
    first, second = right_indents(signature, date, sealed, spaced_width)
    if sealed or second == NO_SEAL_RIGHT:
        return Placement("right", first), Placement("right", second)
    return Placement("right", first), Placement("left", CHARACTERS - first - spaced_width(signature) + 2)


def style_names(styles: Any) -> dict[str, str]:
    """The names of the styles by their ids, from the lxml tree of styles.xml."""
    return {style.get(f"{_W}styleId"): style.find(f"{_W}name").get(f"{_W}val") for style in styles.iter(f"{_W}style")}


def sign(xml: str, names: Mapping[str, str], sealed: bool) -> str:
    """document.xml with its signatures placed; without one it comes back as it is. `names` are those of style_names.

    Of most documents only the end is looked at: from the text above the signature to the date.
    """
    from lxml import etree

    marks = [f'w:val="{identifier}"' for identifier, name in names.items() if name == SIGNATURE]
    notes = [identifier for identifier, name in names.items() if name == NOTE]
    found = [match.start() for match in re.finditer("|".join(map(re.escape, marks)), xml)] if marks else []
    if not found:
        return xml
    start, end = _window(xml, found[0], notes) if len(found) == 1 else (0, len(xml))
    if start and (plain := _signed_as_text(xml[start:end], names, sealed)):
        return xml[:start] + plain + xml[end:]
    tree = etree.fromstring(xml)
    place_signatures(tree, names, sealed)
    text: str = etree.tostring(tree, encoding="unicode")
    return text


#: The properties of a paragraph as the templates have them: style, kept with the next, indent, alignment, and no more.
_PLAIN = re.compile(
    r'<w:p>(?:<w:pPr>(<w:pStyle w:val="[^"]*"/>)?(<w:keepNext/>)?((?:<w:(?!pStyle|keepNext)\w+[^<>]*/>)*)</w:pPr>)?(?!<w:pPr>)'
)
_PLACED = re.compile(r"<w:(?:ind|jc)\b[^<>]*/>")


def _signed_as_text(block: str, names: Mapping[str, str], sealed: bool) -> str:
    """The paragraphs from the text to the day with the last two placed and those above kept with them, as place_signatures does
    it in the tree; empty where they are not as plain as the templates have them."""
    kept = block.replace("<w:p/>", "<w:p></w:p>")
    paragraphs = kept.split("</w:p>")
    matches = [_PLAIN.search(paragraph) for paragraph in paragraphs[:-1]]
    if len(matches) < 3 or not all(matches) or "<w:p " in kept or "<w:tab/>" in paragraphs[-3]:
        return ""
    signature, date = (unescape("".join(_PLAIN_TEXT.findall(text))).strip() for text in paragraphs[-3:-1])
    given = placements(signature, date, sealed)
    made = []
    for n, (paragraph, match) in enumerate(zip(paragraphs[:-1], matches, strict=True), len(given) - len(matches)):
        assert match is not None
        style, keep, rest = match[1] or "", match[2] or "", match[3] or ""
        if n < 0:
            properties = f"{style}<w:keepNext/>{rest}"
        else:
            side, indent = given[n]
            rest = _PLACED.sub("", rest)
            ends = f'<w:ind w:{side}Chars="{round(indent * 100)}" w:{side}="{round(indent * CHARACTER_WIDTH)}"/>'
            properties = f'{style}{keep}{ends}<w:jc w:val="{side}"/>{rest}'
        made.append(f"{paragraph[: match.start()]}<w:p><w:pPr>{properties}</w:pPr>{paragraph[match.end() :]}</w:p>")
    return "".join(made) + paragraphs[-1]


_PLAIN_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def _window(xml: str, mark: int, notes: Sequence[str]) -> tuple[int, int]:
    """From the text (not the note of attachments, whose styles are `notes`) or the row of a table above the signature whose style stands at `mark`, to the end of the date.

    The whole document (0, its length) where it is not as plain as that: text boxes, tables in tables.
    """
    whole = (0, len(xml))
    end = xml.find("</w:p>", xml.find("</w:p>", mark) + 1)
    start = _start_of(xml, "w:p", mark)
    if "txbxContent" in xml or "<w:tc>" in xml[start:end] or end < 0:
        return whole
    while start > 0:
        if xml.endswith("</w:tbl>", 0, start):
            row = _start_of(xml, "w:tr", start)
            return (row, end + 6) if xml.count("</w:tbl>", row, start) == 1 else whole
        if xml.endswith("<w:p/>", 0, start):
            start -= len("<w:p/>")
            continue
        if not xml.endswith("</w:p>", 0, start):
            return whole
        start = _start_of(xml, "w:p", start - 1)
        above = xml[start : xml.find("</w:p>", start)]
        if "<w:t" in above and not any(f'<w:pStyle w:val="{note}"/>' in above for note in notes):
            return start, end + 6
    return whole


def _start_of(xml: str, tag: str, before: int) -> int:
    """Where the last element of this tag before a place begins; 0 where there is none."""
    return max(xml.rfind(f"<{tag}>", 0, before), xml.rfind(f"<{tag} ", 0, before), 0)


def place_signatures(document: Any, names: Mapping[str, str], sealed: bool) -> None:
    """Set the right indents of every signature and the date below it, and keep what stands above on their page.

    Works in the lxml tree of document.xml, or of its end.
    """
    for signature, date in _pairs(document, names):
        _keep_text_above(signature, names)
        if signature.find(f".//{_W}tab") is not None:
            # Several offices side by side stand at tabs.
            continue
        for paragraph, placement in zip(
            (signature, date), placements(_text(signature).strip(), _text(date).strip(), sealed), strict=True
        ):
            properties = paragraph.find(f"{_W}pPr")
            for tag in ("ind", "jc"):
                for old in properties.findall(f"{_W}{tag}"):
                    properties.remove(old)
            side, indent = placement
            given = {f"{_W}{side}Chars": str(round(indent * 100)), f"{_W}{side}": str(round(indent * CHARACTER_WIDTH))}
            style = properties.find(f"{_W}pStyle")
            keep = properties.find(f"{_W}keepNext")
            after = keep if keep is not None else style
            aligned = properties.makeelement(f"{_W}jc", {f"{_W}val": placement.align})
            after.addnext(aligned)
            after.addnext(properties.makeelement(f"{_W}ind", given))


def _keep_text_above(signature: Any, names: Mapping[str, str]) -> None:
    """Keep with the signature: the empty lines before it, the note of attachments, and the last paragraph of the text (or
    row of a table) those stand below."""
    for above in signature.itersiblings(preceding=True):
        rows = above.findall(f"{_W}tr")
        # The paragraph itself, or all those in the last row of a table.
        for paragraph in (rows[-1] if rows else above).iter(f"{_W}p"):
            _keep_with_next(paragraph)
        if rows or (_text(above) and _style(above, names) not in (NOTE, SIGNATURE)):
            return


def _keep_with_next(paragraph: Any) -> None:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        properties = paragraph.makeelement(f"{_W}pPr")
        paragraph.insert(0, properties)
    if properties.find(f"{_W}keepNext") is None:
        # The schema wants it right behind the style.
        properties.insert(int(properties.find(f"{_W}pStyle") is not None), properties.makeelement(f"{_W}keepNext"))


def _pairs(document: Any, names: Mapping[str, str]) -> Iterator[tuple[Any, Any]]:
    """Each signature paragraph that is followed by a date paragraph, with that one."""
    for paragraph in document.iter(f"{_W}p"):
        following = paragraph.getnext()
        if following is not None and (_style(paragraph, names), _style(following, names)) == (SIGNATURE, DATE):
            yield paragraph, following


def _style(paragraph: Any, names: Mapping[str, str]) -> str | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return None if style is None else names.get(style.get(f"{_W}val"))


def _text(paragraph: Any) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{_W}t"))
