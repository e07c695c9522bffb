"""Edits of a paragraph's text made in its runs: each character keeps the look of the one it stands for."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from jinguo.word.effective import W
from jinguo.word.formatting.punctuation import Edit
from jinguo.word.runs import run_pieces, runs_of

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def pieces(paragraph: Any) -> list[tuple[Any, str]]:
    """(element, text) of everything that `run_text` reads, in its order; only w:t can be edited."""
    return [piece for run in runs_of(paragraph) for piece in run_pieces(run)]


def plain_text(paragraph: Any) -> str:
    """The text of the paragraph that can be edited: without its automatic number, hidden text with."""
    return "".join(text for _, text in pieces(paragraph))


def make(paragraph: Any, edits: Iterable[Edit]) -> None:
    """Make the edits, given by places in plain_text; what is put in stands where the first character was."""
    for edit in sorted(edits, reverse=True):
        place, written = 0, False
        for element, text in pieces(paragraph):
            start, end = max(edit.start - place, 0), min(edit.end - place, len(text))
            inside = edit.start < place + len(text) and place < edit.end
            if edit.start == edit.end:
                inside = place <= edit.start <= place + len(text) and not written and element.tag == f"{W}t"
            place += len(text)
            if not inside:
                continue
            if element.tag == f"{W}t":
                set_text(element, text[:start] + ("" if written else edit.new) + text[end:])
                written = True
            elif start < end:
                element.getparent().remove(element)


def set_text(element: Any, text: str) -> None:
    """The text of a w:t; spaces at its ends are kept."""
    element.text = text
    if text != text.strip():
        element.set(_SPACE, "preserve")


def split_run(paragraph: Any, place: int) -> None:
    """Let a run begin at this place of plain_text, so that what follows can look different."""
    at = 0
    for element, text in pieces(paragraph):
        if at < place < at + len(text) and element.tag == f"{W}t":
            run = element.getparent()
            rest = copy.deepcopy(run)
            number = list(run).index(element)
            for child in list(run)[number + 1 :]:
                run.remove(child)
            for child in list(rest)[:number]:
                if child.tag != f"{W}rPr":
                    rest.remove(child)
            other = next(child for child in rest if child.tag == f"{W}t")
            set_text(element, text[: place - at])
            set_text(other, text[place - at :])
            run.addnext(rest)
            return
        if (
            at == place
            and element.getparent().find(f"{W}rPr") is not None
            and element is not next((child for child in element.getparent() if child.tag != f"{W}rPr"), None)
        ):
            _split_before(element)
            return
        at += len(text)


def _split_before(element: Any) -> None:
    run = element.getparent()
    rest = copy.deepcopy(run)
    number = list(run).index(element)
    for child in list(run)[number:]:
        run.remove(child)
    for child in list(rest)[:number]:
        if child.tag != f"{W}rPr":
            rest.remove(child)
    run.addnext(rest)
