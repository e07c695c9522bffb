"""What a merge is going to write: the edits by workbook, and each thing done with the proposal that asked for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from jinguo.amend.edits import Edits
from jinguo.amend.proposal import Proposal
from jinguo.common.addresses import split_address
from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding


@dataclass(frozen=True)
class Done:
    """One thing that is written: by which proposal, of whom, what was and what is, and where."""

    proposal: Proposal
    header: str
    old: str
    new: str
    workbook: str
    sheet: str
    row: int


@dataclass
class Merge:
    """The edits by workbook, what each does, what is as it should be already, and why what cannot be written."""

    edits: dict[Path, Edits] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    already: list[Proposal] = field(default_factory=list)
    refused: list[tuple[Proposal, JinguoError]] = field(default_factory=list)
    #: What of new rows has no cell of its own in the office's sheet, in words.
    left: list[str] = field(default_factory=list)
    #: The key each new row has got, by the identity of its proposal.
    keys: dict[str, str] = field(default_factory=dict)

    def done_at(self, finding: Finding) -> list[Done]:
        """What is written into the row that a finding is about."""
        at = finding.workbook, finding.sheet, split_address(finding.cell)[1]
        return [d for d in self.done if (d.workbook, d.sheet, d.row) == at]


def outdated(p: Proposal, why: str) -> JinguoError:
    """That the registry is not what the plan saw."""
    where = " › ".join(filter(None, p.place)) or p.who
    return JinguoError(f"台账在列出方案以后改过了，{why}", where, "再运行一次“回收调查表”，按新的方案再写。")
