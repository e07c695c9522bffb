"""What a column is taken for, and how sure that is."""

from __future__ import annotations

from typing import NamedTuple

from jinguo.intake.own.lexicon import Role

#: From here on a column is read unless somebody says otherwise; below it somebody is asked; below that it is the
#: office's own.
SURE, LIKELY, POSSIBLE = 0.9, 0.74, 0.5


class Guess(NamedTuple):
    """What a column is taken for: the role, how sure (0 to 1), and by what: 表头, 内容 or 两者."""

    role: Role
    sureness: float
    by: str
