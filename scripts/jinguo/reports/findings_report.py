"""校验报告.xlsx: an overview, and every finding with a link that opens the workbook at the cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinguo.common.causes import causes
from jinguo.common.findings import Finding, Severity, count_by_severity, gravest_first, shortened
from jinguo.excel.colours import SEVERITY_COLOURS
from jinguo.excel.writing.cell_values import CellLink
from jinguo.excel.writing.report import Sheet, cell_link, internal_link, relative, write_report
from jinguo.organisations.duplicates import Group
from jinguo.reports.duplicates_sheet import duplicate_sheets
from jinguo.schema.problems import NO_SHEET, NO_WORKBOOK


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
        "校验报告",
        [
            _overview(findings, since),
            _details(findings, links),
            *_causes(findings, links),
            *duplicate_sheets(groups, links),
        ],
        author,
    )


def _overview(findings: list[Finding], since: str) -> Sheet:
    """A row for each workbook and sheet with findings: how many errors, warnings and hints."""
    counts: Counter[tuple[str, str, Severity]] = Counter((*_counted_at(f), f.severity) for f in findings)
    places = sorted({(workbook, sheet) for workbook, sheet, _ in counts}, key=lambda place: (place == _NOT_KEPT, place))
    rows: list[list] = [[w, s, *(counts[w, s, severity] for severity in Severity)] for w, s in places]
    total = count_by_severity(findings)
    rows.append(["合计", "", *(total[severity] for severity in Severity)])
    header = ["工作簿", "工作表", *(severity.value for severity in Severity)]
    note = "错误要改正后再出材料；警告请核对；提示供参考。明细见第二张表，点“位置”可打开台账。"
    if since:
        note = f"只列出与 {since} 相比新出现的。{note}"
    return Sheet("总览", "台账校验总览", header, rows, [26, 16, 10, 10, 10], note=note)


#: What is said of workbooks and sheets that the office does not keep stands in one line.
_NOT_KEPT = ("（没有用到的表）", "")


def _counted_at(finding: Finding) -> tuple[str, str]:
    is_absent = finding.code in (NO_WORKBOOK.code, NO_SHEET.code) and finding.severity is Severity.HINT
    return _NOT_KEPT if is_absent else (finding.workbook, finding.sheet)


#: The rows of a sheet begin below its title and header.
_FIRST_ROW = 3


def _causes(findings: list[Finding], links: Mapping[str, str]) -> list[Sheet]:
    """What is wrong in several cells for one reason: a line a cause, which links to all its cells; none where there is
    none."""
    found = [cause for cause in causes(gravest_first(findings)) if cause.count > 1]
    if not found:
        return []
    rows: list[list] = []
    cells: list[list] = []
    for cause in found:
        f, start = cause.first, _FIRST_ROW + len(cells)
        cells += [[g.code, g.workbook, g.sheet, _link(g, links), shortened(g.value)] for g in cause.findings]
        area = f"A{start}:E{start + cause.count - 1}"
        rows.append(
            [f.severity.value, f.code, f.workbook, f.sheet, cause.count, cause.cells, shortened(cause.values), shortened(f.message),
             shortened(f.remedy), internal_link(f"看 {cause.count} 处", _ALL_CELLS, area)]
        )  # fmt: skip
    header = ["级别", "编号", "工作簿", "工作表", "处数", "前几处", "填的内容", "问题和规定", "请这样改", "全部"]
    note = "同一个原因的归在一行；一次改完的，可以用“规范台账”计划里的“取值”表。"
    widths = [8, 11, 20, 12, 8, 24, 26, 60, 44, 12]
    return [
        Sheet("同一原因", "同一个原因的问题", header, rows, widths, SEVERITY_COLOURS, note=note),
        Sheet(
            _ALL_CELLS,
            "同一个原因的各处",
            ["编号", "工作簿", "工作表", "位置", "填的内容"],
            cells,
            [11, 20, 12, 10, 40],
        ),
    ]


_ALL_CELLS = "同一原因各处"


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
