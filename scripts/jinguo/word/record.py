"""Where 版记 stands (GB/T 9704-2012, 7.4): at the foot of the last page, which is an even one."""

from __future__ import annotations

from jinguo.word.fitting import Fitting

#: The style of the paragraph 版记 hangs on.
ANCHOR = "版记位置"
#: The height of 版记, and of the line that is left free above it, in twips.
_ROOM = 3 * 480
_BREAK = "<w:pageBreakBefore/>"


def place_record(xml: str, styles: dict[str, str], fitting: Fitting) -> str:
    """document.xml with 版记 on the last even page: on a page more where the text ends on an odd one, or leaves no room."""
    identifier = next((i for i, name in styles.items() if name == ANCHOR), "\0")
    mark = f'<w:pStyle w:val="{identifier}"/>'
    first = xml.find(mark)
    if first < 0:
        return xml
    page, free = fitting.ends(xml[: xml.rindex("<w:p>", 0, first)])
    last = xml.rindex(mark) + len(mark)
    if page % 2 == 0 and free >= _ROOM:
        return xml
    xml = f"{xml[:last]}{_BREAK}{xml[last:]}"
    if page % 2 == 0:
        # An even page that is full: the next even one is two on.
        at = first + len(mark)
        xml = f"{xml[:at]}{_BREAK}{xml[at:]}"
    return xml
