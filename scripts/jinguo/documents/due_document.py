"""One document that falls due: what it is, why, for whom, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jinguo.registry.tables import Table


@dataclass(frozen=True)
class DueDocument:
    """One document that falls due. `context` gives what its template may place, from its number (empty where it has
    none); `rows` are the cells it was made from; `to` is its one recipient with his or her `address`, empty where it
    is a notice to all, as is `township`; `event` is an 活动编号. What it is `about` and whom it is for (`to_key`) are
    known by their numbers: two people may have one name, two events of a day too. A notice to all goes to the
    `townships`, and to the organisations of `tiers` (all where there are none), or to those of `meant` by their numbers
    where it is given. `trouble` says why it is not to go out as its row stands;
    what is asked for `within` so many workdays of its day is named in its context when the day is known."""

    kind: str
    title: str
    file: str
    why: str
    context: Callable[[str], dict[str, Any]]
    message: str
    rows: list[str] = field(default_factory=list)
    to: str = ""
    address: str | None = None
    township: str = ""
    event: str = ""
    about: str = ""
    trouble: str = ""
    within: Mapping[str, int] = field(default_factory=dict)
    to_key: str = ""
    tiers: tuple[str, ...] = ()
    meant: tuple[str, ...] | None = None
    townships: bool = True
    numbered: bool = False

    @property
    def recipient(self) -> str:
        """What its one recipient is known by: the number, or where there is none the name."""
        return self.to_key or self.to


def called(table: Table, index: int) -> tuple[str, str]:
    """What a person or an organisation is called, and the trouble where that could not be read: then it is the number."""
    name = table["name"][index]
    if name:
        return name, ""
    return table["number"][index] or f"第{table.rows[index]}行", f"{table.place(index, 'name')} 的名称没有填，或读不出"
