"""What is kept of a county once its registry has been worked out: small enough for thousands of them, and all of it plain values
that another process or machine can send."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from jinguo.common.figures import Figure
from jinguo.rollup.counties import County

#: What the lists are called among the families of figures, where they could not be drawn up.
LISTS = "推荐名单"
#: What a county is called that is in every figure, that is not in all, and that is in none.
WHOLE, PARTLY, UNREAD = "已汇总", "部分", "没有读出"


@dataclass(frozen=True)
class PlacedFigure:
    """A figure, the family it belongs to (培训, 考试, 在册组织 …), and the rows it was counted from, in words."""

    family: str
    figure: Figure
    rows: str = ""


@dataclass(frozen=True)
class FoundPlace:
    """A finding without what stands in the cell: its code, severity, rule, and where."""

    code: str
    severity: str
    rule: str
    workbook: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Listed:
    """Somebody on a recommendation list: the batch, her place on it, and her row of 人选."""

    batch: str
    title: str
    size: int
    place: int
    name: str
    row: str


@dataclass
class CountyResult:
    """A county worked out. `trouble` says why nothing of it could be read; `missing` why a family of figures, or the lists, could
    not be counted, `absent` of which it keeps no table; `told` what else of it was not read, `noted` what is worth knowing of what was."""

    county: County
    office: str = ""
    trouble: str = ""
    missing: dict[str, str] = field(default_factory=dict)
    absent: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    figures: list[PlacedFigure] = field(default_factory=list)
    found: list[FoundPlace] = field(default_factory=list)
    lists: list[Listed] = field(default_factory=list)
    #: The sha256 of every workbook by its name.
    inputs: dict[str, str] = field(default_factory=dict)
    #: Its own workbook (workbooks.py), made where it was worked out.
    detail: bytes = b""

    @property
    def state(self) -> str:
        """In a word how much of it is in the tables."""
        return UNREAD if self.trouble else PARTLY if self.missing or self.told else WHOLE

    def counts(self) -> Counter[str]:
        """How many findings there are of each severity."""
        return Counter(f.severity for f in self.found)
