"""How a sheet of a generated workbook comes out of the printer: on paper that lies, large enough to be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_range_abs

#: Lying papers by Excel's numbers, and what is between margins of a centimetre, in millimetres.
_PAPERS = ((9, 277.0), (8, 400.0))
#: Nobody reads smaller characters on paper.
_LEAST_POINTS, _POINTS = 8, 11


def print_readably(target: Any, widths: Sequence[float]) -> None:
    """As wide as the columns (in characters) need to be read: A4, else A3; what is wider goes over several sheets that each
    begin with the first two columns."""
    target.set_landscape()
    target.set_margins(0.4, 0.4, 0.6, 0.6)
    # A character is 7 pixels wide and a column has 5 besides.
    width = sum(_millimetres(7 * w + 5) for w in widths)
    for paper, room in _PAPERS:
        if room / width * _POINTS >= _LEAST_POINTS:
            target.set_paper(paper)
            target.fit_to_pages(1, 0)
            return
    target.set_paper(_PAPERS[-1][0])
    target.set_print_scale(100 * _LEAST_POINTS // _POINTS + 1)
    target.repeat_columns(0, 1)


def print_apart(book: Any, target: Any, areas: Sequence[tuple[int, int, int, int]]) -> None:
    """These areas (first row, first column, last row, last column), each on pages of its own of A4, as small as the widest has to
    be; side by side on one width they would be too small to be read."""
    target.set_paper(_PAPERS[0][0])
    target.fit_to_pages(1, 0)
    name = quote_sheetname(target.get_name())
    shown = ",".join(f"{name}!{xl_range_abs(*area)}" for area in areas)
    book.define_name(f"{name}!_xlnm.Print_Area", f"={shown}")


def _millimetres(pixels: float) -> float:
    """Pixels of a screen of 96 to the inch."""
    return pixels / 96 * 25.4
