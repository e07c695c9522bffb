"""The runs of a paragraph with their text, and where its lines begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinguo.word.effective import W

#: What holds runs of the text itself; what else stands in a paragraph (drawings, deleted text, notes) is none of it.
_HOLDERS = {f"{W}{tag}" for tag in ("ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "customXml", "bdo", "dir")}  # fmt: skip


def runs_of(holder: Any) -> Iterator[Any]:
    """The w:r of a paragraph that stand in its text: inserted ones with, deleted ones and those of text boxes without."""
    for child in holder:
        if child.tag == f"{W}r":
            yield child
        elif child.tag in _HOLDERS:
            yield from runs_of(child)


def run_pieces(run: Any) -> Iterator[tuple[Any, str]]:
    """(element, text) of what of a run is text, a line break as a line feed."""
    for child in run:
        if child.tag == f"{W}t":
            yield child, child.text or ""
        elif (child.tag == f"{W}br" and child.get(f"{W}type") in (None, "textWrapping")) or child.tag == f"{W}cr":
            yield child, "\n"
        elif child.tag in (f"{W}tab", f"{W}ptab"):
            yield child, "\t"
        elif child.tag == f"{W}noBreakHyphen":
            yield child, "-"


def run_text(run: Any) -> str:
    """The text of a run."""
    return "".join([text for _, text in run_pieces(run)])


class Indents:
    """Where a paragraph begins and ends, in characters of a size: those counted in characters come before twips, and 0
    characters is none (17.3.1.12). `first_line` is where the first line begins, measured from the margin.

    Beside a hanging indent Word counts `leftChars` to the first line, but `left` in twips to the others.
    """

    def __init__(self, properties: Mapping[str, str], size: float) -> None:
        def counted(*names: str) -> float:
            return next((float(v) / 100 for n in names if (v := properties.get(f"ind.{n}Chars"))), 0.0)

        def length(*names: str) -> float:
            return next((float(v) / 20 / size for n in names if (v := properties.get(f"ind.{n}"))), 0.0)

        self.right = counted("right", "end") or length("right", "end")
        hanging = counted("hanging") or length("hanging")
        self.left = counted("left", "start") or length("left", "start")
        if hanging and counted("left", "start"):
            self.left = length("left", "start") or self.left + hanging
        self.first_line = self.left + (-hanging if hanging else counted("firstLine") or length("firstLine"))


def typed_spaces(text: str) -> float:
    """The width of the spaces a text begins with, in characters; a line break or tab counts nothing."""
    return sum(1.0 if c == "\u3000" else 0.5 for c in text[: len(text) - len(text.lstrip(" \u3000\xa0"))])
