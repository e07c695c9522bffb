"""What is wrong with a cell, as staff read it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any, Protocol

from jinguo.common.addresses import split_address


class Severity(Enum):
    """错误 must be put right, 警告 should be looked at, 提示 is worth knowing."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self.value]


_RANKS = {"错误": 0, "警告": 1, "提示": 2}


@dataclass(frozen=True)
class Finding:
    """One thing wrong, at one cell. `cell` is like F12, or empty where the whole sheet or workbook is meant."""

    code: str
    severity: Severity
    workbook: str
    sheet: str
    cell: str
    value: str
    message: str
    remedy: str

    @property
    def place(self) -> str:
        """人员台账.xlsx › 人员 › F12, as far as it is known."""
        return " › ".join(part for part in (self.workbook, self.sheet, self.cell) if part)

    @property
    def rule(self) -> str:
        """The rule that is broken, as `finding` put it into the message."""
        return self.message.rpartition("规定：")[2].rstrip("。")

    def as_dict(self) -> dict[str, str]:
        """The finding as `check --json` gives it."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "workbook": self.workbook,
            "sheet": self.sheet,
            "cell": self.cell,
            "value": self.value,
            "message": self.message,
            "remedy": self.remedy,
        }

    def sort_key(self) -> tuple[Any, ...]:
        """By workbook and sheet, then down the rows and along the columns, as one would put them right."""
        letters, row = split_address(self.cell)
        return (self.workbook, self.sheet, row, len(letters), letters, self.severity.rank, self.code, self.message)


#: Workbook, sheet and cell; what is not known is empty.
Place = tuple[str, str, str]


class Regulation(Protocol):
    """What a finding says is broken: a rule of reading or of checking."""

    @property
    def code(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def title(self) -> str: ...
    @property
    def remedy(self) -> str: ...


#: The words of a cell in a message, where they are more than anybody reads there: the first of them.
_QUOTED = re.compile(r"“([^“”]{60})[^“”]{140,}”")


def finding(
    rule: Regulation, place: Place, value: str, what: str, remedy: str = "", severity: Severity | None = None
) -> Finding:
    """A broken rule at its place, in the one shape every message has: 地方 → 什么 → 规定 → 怎么办.

    `what` and `remedy` come without their full stop (`what` may be a question); the rule's own remedy and severity
    stand where none are given.
    """
    what = _QUOTED.sub(lambda quoted: f"“{quoted[1]}……”（共 {len(quoted[0]) - 2} 字）", what)
    what = shortened(what)
    told = what if what.endswith("？") else f"{what}。"
    return Finding(
        rule.code,
        severity or rule.severity,
        *place,
        value,
        f"{told}规定：{rule.title}。",
        f"{remedy or rule.remedy}。",
    )


_LONGEST = 1000


def shortened(text: str) -> str:
    """The words for a cell or the console: a cell takes no more than 32,767 characters, and nobody reads so many."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（共 {len(text)} 字）"


def some_of(items: Collection[object], most: int = 3) -> str:
    """The first of some items in words, 甲、乙、丙等: enough to look for, where all would be too many."""
    return "、".join(map(str, islice(items, most))) + ("等" if len(items) > most else "")


def gravest_first(findings: list[Finding]) -> list[Finding]:
    """Errors, then warnings, then hints; each in the order in which they come, which is that of the sheets."""
    return [finding for severity in Severity for finding in findings if finding.severity is severity]


def count_by_severity(findings: list[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, zeros included."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts
