"""校验报告.xlsx: an overview, and every finding with a link that opens the workbook at the cell."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinguo.excel.report import Link, Sheet, write_report
from jinguo.findings import Finding, Severity, count_by_severity

_COLOURS = {"错误": "#F8CBAD", "警告": "#FFE699", "提示": "#DDEBF7"}


def findings_report(findings: list[Finding], files: Sequence[Path], report_folder: Path, author: str) -> bytes:
    """The report workbook; its links to the workbooks are relative, so that the whole folder may be moved."""
    links = {path.name: _relative(path, report_folder) for path in files}
    return write_report("校验报告", [_overview(findings), _details(findings, links)], author)


def _relative(path: Path, folder: Path) -> str:
    """The path as a link from a file in `folder`: with /, and # written so that Excel does not end the path there."""
    try:
        relative = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:
        # Another drive on Windows.
        relative = str(path.resolve())
    return relative.replace("\\", "/").replace("#", "%23")


def _overview(findings: list[Finding]) -> Sheet:
    """A row for each workbook and sheet with findings: how many errors, warnings and hints."""
    counts: Counter[tuple[str, str, Severity]] = Counter((f.workbook, f.sheet, f.severity) for f in findings)
    places = sorted({(workbook, sheet) for workbook, sheet, _ in counts})
    rows: list[list] = [[w, s, *(counts[w, s, severity] for severity in Severity)] for w, s in places]
    total = count_by_severity(findings)
    rows.append(["合计", "", *(total[severity] for severity in Severity)])
    header = ["工作簿", "工作表", *(severity.value for severity in Severity)]
    return Sheet("总览", "台账校验总览", header, rows, [26, 16, 10, 10, 10], note="错误要改正后再出材料；警告请核对；提示供参考。明细见第二张表，点“位置”可打开台账。")


def _details(findings: list[Finding], links: Mapping[str, str]) -> Sheet:
    header = ["级别", "编号", "工作簿", "工作表", "位置", "填的内容", "问题和规定", "请这样改"]
    rows = [
        [f.severity.value, f.code, f.workbook, f.sheet, _link(f, links), f.value, f.message, f.remedy]
        for f in sorted(findings, key=lambda f: (f.severity.rank, f.sort_key()))
    ]
    return Sheet("明细", "台账校验明细", header, rows, [8, 11, 20, 12, 10, 22, 60, 44], _COLOURS)


def _link(finding: Finding, links: Mapping[str, str]) -> Link | str:
    """A link to the cell, or to the workbook where no cell is meant; plain text where there is no such workbook."""
    if finding.workbook not in links:
        return finding.cell
    target = f"external:{links[finding.workbook]}"
    if finding.sheet and finding.code != "REG-002":
        sheet = finding.sheet.replace("'", "''")
        target += f"#'{sheet}'!{finding.cell or 'A1'}"
    return Link(finding.cell or "打开", target)
