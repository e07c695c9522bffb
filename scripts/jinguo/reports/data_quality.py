"""How good the registry is, as panels: findings by workbook and by what is broken, and rows that are in no figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jinguo.common.figures import Figure
from jinguo.common.findings import Finding, Severity
from jinguo.registry.tables import Registry
from jinguo.registry.uncounted import uncounted_rows
from jinguo.summary.overview import Panel, PanelCell

#: So many kinds of what is wrong are named.
_MOST = 10


def quality_panels(registry: Registry, findings: Sequence[Finding]) -> list[Panel]:
    """Errors and warnings by workbook, the commonest of them, and the rows of each table that could not be counted."""
    grave = [finding for finding in findings if finding.severity is not Severity.HINT]
    found = [_by_workbook(grave), _by_kind(grave), _uncounted(registry)]
    return [panel for panel in found if panel.rows]


def _count(number: int, first: Finding | None, unit: str = "条") -> PanelCell:
    place = (first.workbook, first.sheet, first.cell) if first else None
    return PanelCell(Figure("", {}, number, unit), place, number)


def _by_workbook(findings: Sequence[Finding]) -> Panel:
    panel = Panel("校验发现（按工作簿）", "工作簿", ("合计", "错误", "警告"))
    for workbook in dict.fromkeys(f.workbook for f in findings):
        mine = {s: [f for f in findings if (f.workbook, f.severity) == (workbook, s)] for s in (Severity.ERROR, Severity.WARNING)}  # fmt: skip
        parts = [[f for f in findings if f.workbook == workbook], *mine.values()]
        panel.rows.append((workbook, [_count(len(found), found[0] if found else None) for found in parts]))
    return panel


def _by_kind(findings: Sequence[Finding]) -> Panel:
    """The commonest rules that are broken, in the words of the rule."""
    panel = Panel("校验发现（最多的几种）", "规定", ("条数",))
    counts = Counter(f.code for f in findings)
    for code, count in counts.most_common(_MOST):
        first = next(f for f in findings if f.code == code)
        rule = first.message.rpartition("规定：")[2].rstrip("。")
        panel.rows.append((f"{code} {rule}", [_count(count, first)]))
    return panel


def _uncounted(registry: Registry) -> Panel:
    panel = Panel("没有计入数字的行", "工作表", ("行数",))
    for name, table in registry.tables.items():
        rows = uncounted_rows(registry, name)
        if rows:
            cell = PanelCell(Figure("", {}, len(rows), "行"), table.row_start(min(rows)), len(rows))
            panel.rows.append((table.spec.sheet, [cell]))
    for name, why in registry.unread.items():
        panel.rows.append((f"{registry[name].spec.sheet}：{why}", [PanelCell(Figure("", {}, None, "行"))]))
    return panel
