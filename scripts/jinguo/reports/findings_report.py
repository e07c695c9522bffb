"""校验报告.xlsx: an overview, and every finding with a link that opens the workbook at the cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinguo.common.findings import Finding, Severity, count_by_severity, gravest_first, shortened
from jinguo.excel.colours import SEVERITY_COLOURS
from jinguo.excel.writing.report import CellLink, Sheet, cell_link, relative, write_report
from jinguo.organisations.duplicates import Group
from jinguo.reports.duplicates_sheet import duplicate_sheets


def findings_report(
    findings: list[Finding],
    files: Sequence[Path],
    report_folder: Path,
    author: str,
    groups: Sequence[Group] = (),
    since: str = "",
) -> bytes:
    """The report workbook: overview, every finding, and the groups of rows that may be one with their whole rows.

    `findings` come in the order of check(). Its links to the workbooks are relative, so that the whole folder may be
    moved. `since` names the earlier version where only what is new since then is told.
    """
    links = {path.name: relative(path, report_folder) for path in files}
    return write_report(
        "校验报告", [_overview(findings, since), _details(findings, links), *duplicate_sheets(groups, links)], author
    )


def _overview(findings: list[Finding], since: str) -> Sheet:
    """A row for each workbook and sheet with findings: how many errors, warnings and hints."""
    counts: Counter[tuple[str, str, Severity]] = Counter((f.workbook, f.sheet, f.severity) for f in findings)
    places = sorted({(workbook, sheet) for workbook, sheet, _ in counts})
    rows: list[list] = [[w, s, *(counts[w, s, severity] for severity in Severity)] for w, s in places]
    total = count_by_severity(findings)
    rows.append(["合计", "", *(total[severity] for severity in Severity)])
    header = ["工作簿", "工作表", *(severity.value for severity in Severity)]
    note = "错误要改正后再出材料；警告请核对；提示供参考。明细见第二张表，点“位置”可打开台账。"
    if since:
        note = f"只列出与 {since} 相比新出现的。{note}"
    return Sheet("总览", "台账校验总览", header, rows, [26, 16, 10, 10, 10], note=note)


def _details(findings: list[Finding], links: Mapping[str, str]) -> Sheet:
    header = ["级别", "编号", "工作簿", "工作表", "位置", "填的内容", "问题和规定", "请这样改"]
    rows = [
        [
            f.severity.value,
            f.code,
            f.workbook,
            f.sheet,
            _link(f, links),
            shortened(f.value),
            shortened(f.message),
            shortened(f.remedy),
        ]
        for f in gravest_first(findings)
    ]
    return Sheet("明细", "台账校验明细", header, rows, [8, 11, 20, 12, 10, 22, 60, 44], SEVERITY_COLOURS)


def _link(finding: Finding, links: Mapping[str, str]) -> CellLink | str:
    """A link to the cell, or to the workbook where no cell is meant; plain text where there is no such workbook."""
    return cell_link(links, finding.workbook, finding.sheet if finding.code != "REG-002" else "", finding.cell)
