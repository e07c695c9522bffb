"""One cause, one finding: what is wrong in many cells for one reason is told once, with how often and where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jinguo.common.addresses import split_address
from jinguo.common.findings import Finding, some_of

#: So many alike, and they are one cause.
FEWEST = 3
#: References that mean nothing have one cause however they are spelt: the list they refer to does not fit.
_BY_COLUMN = ("CELL-003",)
_SHOWN = 5


@dataclass(frozen=True)
class Cause:
    """Findings that are one: the first stands for all."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def count(self) -> int:
        return len(self.findings)

    @property
    def cells(self) -> str:
        """The first cells: F3、F4、F5 等."""
        return some_of([f.cell for f in self.findings], _SHOWN)

    @property
    def values(self) -> str:
        """What stands in the cells, the most frequent first: 登记 46 处、注册 3 处."""
        counts = Counter(f.value for f in self.findings).most_common(_SHOWN + 1)
        if len(counts) == 1:
            return counts[0][0]
        return some_of([f"{value} {count} 处" for value, count in counts], _SHOWN)


def causes(findings: Sequence[Finding]) -> list[Cause]:
    """The findings by their causes, each where its first one stands."""
    groups: dict[tuple[str, ...], list[Finding]] = {}
    said = Counter((f.workbook, f.sheet, f.message) for f in findings)
    for n, f in enumerate(findings):
        column = split_address(f.cell)[0] if f.cell else ""
        # The very same words about many cells are one cause whatever stands in them.
        is_same = said[f.workbook, f.sheet, f.message] >= FEWEST
        value = "" if f.code in _BY_COLUMN else f.message if is_same else f.value
        alike = (f.code, f.workbook, f.sheet, column, value) if f.value and column else (str(n),)
        groups.setdefault(alike, []).append(f)
    found: list[tuple[int, Cause]] = []
    order = {id(f): n for n, f in enumerate(findings)}
    for group in groups.values():
        parts = [group] if len(group) >= FEWEST else [[f] for f in group]
        found += [(order[id(part[0])], Cause(tuple(part))) for part in parts]
    return [cause for _, cause in sorted(found, key=lambda pair: pair[0])]
