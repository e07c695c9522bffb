"""What a list must keep to, and the solver that is asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinguo.common.library_output import silenced

#: Scores have two decimals; in hundredths they are whole numbers, which the solver adds without rounding.
SCALE = 100


@dataclass(frozen=True)
class Limit:
    """At least and at most so many of these people (positions in the list of scores)."""

    label: str
    members: frozenset[int]
    least: int | None
    most: int | None


def quiet_solver() -> Any:
    """A solver; HiGHS greets on standard output when it is made, whatever its options, and staff should not see
    that."""
    import highspy

    with silenced(1):
        solver = highspy.Highs()
    solver.silent()
    return solver
