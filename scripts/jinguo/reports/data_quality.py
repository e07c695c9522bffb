"""How good the registry is, as panels: findings by workbook and by what is broken, and rows that are in no figure."""

from __future__ import annotations

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


def _count(findings: Sequence[Finding]) -> PanelCell:
    place = (findings[0].workbook, findings[0].sheet, findings[0].cell) if findings else None
    return PanelCell(Figure("", {}, len(findings), "条"), place, len(findings))


def _by_workbook(findings: Sequence[Finding]) -> Panel:
    panel = Panel("校验发现（按工作簿）", "工作簿", ("合计", "错误", "警告"))
    for workbook in dict.fromkeys(f.workbook for f in findings):
        mine = [f for f in findings if f.workbook == workbook]
        grave = ([f for f in mine if f.severity is severity] for severity in (Severity.ERROR, Severity.WARNING))
        panel.rows.append((workbook, [_count(found) for found in (mine, *grave)]))
    return panel


def _by_kind(findings: Sequence[Finding]) -> Panel:
    """The commonest rules that are broken, in the words of the rule."""
    panel = Panel("校验发现（最多的几种）", "规定", ("条数",))
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.code, []).append(finding)
    for code, mine in sorted(kinds.items(), key=lambda kind: -len(kind[1]))[:_MOST]:
        panel.rows.append((f"{code} {mine[0].rule}", [_count(mine)]))
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
