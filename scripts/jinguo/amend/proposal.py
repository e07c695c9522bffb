"""One proposed change of the registry, as it stands in 合并方案.xlsx: what is, what was sent, what came back, what is decided."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping
from typing import Any

#: 处理
TAKE, LEAVE, OPEN = "采用", "不采用", "待定"
DECISIONS = (TAKE, LEAVE, OPEN)
#: 类别
CHANGED, ADDED, REMOVED, CONFLICT, WHO, UNREADABLE = "修改", "新增", "删除", "冲突", "认人认组织", "读不出"
#: What 建议 says of a row that is nobody's yet, and before the one it may be.
NEW, IS = "新增", "是 "

#: How a new row is referred to, whose number may be another in another plan.
_NEW = re.compile(r"（新增(\d+)）")


@dataclasses.dataclass(frozen=True)
class Proposal:
    """A change of one cell of a row, or of a whole row (`field` is empty).

    `row` is the key of the registry's row; where its table has none, what identifies the row's contents; empty for a new
    one. `field` is the name of a field, or the header of a column that is the office's own. The texts are what cells hold,
    references as people read them. `place` is the workbook, sheet and cell of the registry, `source` where it was returned.
    A row that is `ADDED` has its `values` by field; other new rows refer to it by its `number` in the plan. What moves to another
    row is done `with_row`, the key of the one that goes: with the decision about that one and not without it.
    """

    kind: str
    unit: str
    table: str
    row: str
    who: str
    field: str = ""
    now: str = ""
    sent: str = ""
    reported: str = ""
    suggested: str = ""
    reason: str = ""
    decision: str = OPEN
    source: str = ""
    place: tuple[str, str, str] = ("", "", "")
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    number: int = 0
    with_row: str = ""

    @property
    def identity(self) -> str:
        """What makes it the same proposal in another plan: what was reported, of which row, by whom."""
        what = without_number(self.reported) if self.kind != REMOVED else ""
        parts = (self.unit, self.table, self.row, self.field, what)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def renaming(key: str) -> str:
    """What goes `with_row` a new name of a row: where that name stands in other tables."""
    return f"{key} 改名"


def following(proposals: list[Proposal]) -> list[Proposal]:
    """The proposals, those that are only done with another decided like it: two rows that may be two people are not half made one;
    a name stands everywhere as it was decided."""
    leading = {p.row: p for p in proposals if p.kind == REMOVED and not p.with_row}
    leading |= {renaming(p.row): p for p in proposals if p.kind == CHANGED and p.field == "name" and not p.with_row}
    found = []
    for p in proposals:
        first = leading.get(p.with_row)
        if first is not None and first.field and p.decision == TAKE:
            p = dataclasses.replace(p, suggested=first.suggested)
        if first is not None and p.decision == TAKE:
            p = dataclasses.replace(p, decision=first.decision)
        found.append(p)
    return found


def load_proposal(kept: Any) -> Proposal:
    """The proposal that was kept as the dictionary of its fields; ValueError where it is none, as somebody has been at the hidden
    sheet of a plan."""
    try:
        made = Proposal(**{**kept, "place": tuple(kept["place"]), "values": dict(kept["values"])})
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("no proposal") from error
    texts = [getattr(made, f.name) for f in dataclasses.fields(made) if f.type == "str"]
    texts += [*made.place, *made.values, *made.values.values()]
    if not all(isinstance(t, str) for t in texts) or len(made.place) != 3 or not isinstance(made.number, int):
        raise ValueError("no proposal")
    return made


def new_reference(name: str, number: int) -> str:
    """How one new row refers to another: by its name and its number in the plan."""
    return f"{name}（新增{number}）"


def new_number(text: str) -> int | None:
    """The number of the new row that a reference means; None where it means none."""
    found = _NEW.search(text)
    return int(found[1]) if found else None


def without_number(text: str) -> str:
    """The text without the numbers of new rows in it."""
    return _NEW.sub("", text)
