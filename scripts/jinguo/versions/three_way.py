"""One cell of three versions: as it was sent out, as it came back, as it is now."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum


class CellOutcome(Enum):
    """What a returned cell means for ours."""

    #: Nothing came back that we do not have.
    SAME = "相同"
    #: They changed it, we did not; or they filled what is empty with us.
    TAKE = "采用"
    #: They emptied it.
    EMPTIED = "清空"
    #: Both changed it, and not to the same.
    CONFLICT = "冲突"
    #: It differs, and nobody knows what was sent.
    UNKNOWN = "不同"


def three_way(
    sent: str | None, theirs: str, ours: str, same: Callable[[str, str], bool] = lambda one, other: one == other
) -> CellOutcome:
    """What becomes of a cell of which `sent` went out (None where that is not known), `theirs` came back and `ours` stands
    now; `same` tells whether two texts say the same.

    A cell that never had anything and comes back empty says nothing; one that comes back as it was sent leaves ours alone.
    """
    if same(theirs, ours) or (sent is not None and same(theirs, sent)):
        return CellOutcome.SAME
    if sent is None:
        if not theirs:
            return CellOutcome.SAME
        return CellOutcome.TAKE if not ours else CellOutcome.UNKNOWN
    if not same(ours, sent):
        return CellOutcome.CONFLICT
    return CellOutcome.TAKE if theirs else CellOutcome.EMPTIED
