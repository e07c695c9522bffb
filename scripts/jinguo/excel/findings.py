"""校验报告.xlsx: an overview, and every finding with a link that opens the workbook at the cell."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinguo.duplicates import Group
from jinguo.excel.report import Link, Marked, Sheet, cell_link, write_report
from jinguo.findings import Finding, Severity, count_by_severity, gravest_first, shortened
from jinguo.registry import Table
from jinguo.schema.cells import clean, is_blank

_COLOURS = {"错误": "#F8CBAD", "警告": "#FFE699", "提示": "#DDEBF7"}


def findings_report(
    findings: list[Finding], files: Sequence[Path], report_folder: Path, author: str, groups: Sequence[Group] = (), since: str = ""
) -> bytes:
    """The report workbook: overview, every finding, and the groups of rows that may be one with their whole rows.

    `findings` come in the order of check(). Its links to the workbooks are relative, so that the whole folder may be moved. `since` names the earlier version
    where only what is new since then is told.
    """
    links = {path.name: relative(path, report_folder) for path in files}
    return write_report("校验报告", [_overview(findings, since), _details(findings, links), *duplicate_sheets(groups, links)], author)


def relative(path: Path, folder: Path) -> str:
    """The path as a link from a file in `folder`: with /, and % and # written so that Excel does not end the path there."""
    try:
        relative = os.path.relpath(path.resolve(), folder.resolve())
    except ValueError:
        # Another drive on Windows.
        relative = str(path.resolve())
    return relative.replace("\\", "/").replace("%", "%25").replace("#", "%23")


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
        [f.severity.value, f.code, f.workbook, f.sheet, _link(f, links), shortened(f.value), shortened(f.message), shortened(f.remedy)]
        for f in gravest_first(findings)
    ]
    return Sheet("明细", "台账校验明细", header, rows, [8, 11, 20, 12, 10, 22, 60, 44], _COLOURS)


def _link(finding: Finding, links: Mapping[str, str]) -> Link | str:
    """A link to the cell, or to the workbook where no cell is meant; plain text where there is no such workbook."""
    return cell_link(links, finding.workbook, finding.sheet if finding.code != "REG-002" else "", finding.cell)


def duplicate_sheets(groups: Sequence[Group], links: Mapping[str, str]) -> list[Sheet]:
    """For each table a sheet of its groups, what differs from the first row marked."""
    return [
        _group_sheet(table, [g for g in groups if g.table is table], links)
        for table in {id(g.table): g.table for g in groups}.values()
    ]


#: Of a large group so many stand side by side: more cannot be compared by eye.
_MOST_BESIDE = 10


def _group_sheet(table: Table, groups: Sequence[Group], links: Mapping[str, str]) -> Sheet:
    """The rows of a group side by side, a column each; a line for each of the table's columns in which any has something."""
    spec = table.spec
    columns = [(f.header, table.raw[f.name]) for f in spec.fields if f.name in table.raw] + list(table.extra.items())
    rows: list[list] = []
    for number, whole in enumerate(groups, 1):
        group = whole._replace(rows=whole.rows[:_MOST_BESIDE])
        reasons = {i: "；".join(link.reason for link in group.links if link.second == i) for i in group.rows}
        keys = [table.shown(i, spec.key) for i in group.rows]
        decision = "、".join(keys) if all(keys) else "请先补上编号"
        rows.append([number, "位置", *(cell_link(links, table.workbook, table.sheet, table.cell(i, spec.display)) for i in group.rows)])
        rows.append([number, "为什么", *reasons.values()])
        if len(whole.rows) > _MOST_BESIDE:
            rows.append([number, "这一组共有", f"{len(whole.rows)} 个，这里列出前 {_MOST_BESIDE} 个"])
        rows.append([number, "不是同一个的，写进“已确认不重复”", decision])
        for column, values in columns:
            if any(not is_blank(values[i]) for i in group.rows):
                rows.append([number, column, *(_compared(values[i], values[group.rows[0]]) for i in group.rows)])
    widest = min(max(len(group.rows) for group in groups), _MOST_BESIDE)
    header = ["组", "栏目", *(f"第{'一二三四五六七八九十'[n] if n < 10 else n + 1}个" for n in range(widest))]
    rows = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    note = "一组里的几个可能是同一个：是的并成一行；不是的写进“已确认不重复”表，以后不再提示。与第一个不同的内容标了颜色。"
    return Sheet(f"疑似重复·{spec.sheet}", f"疑似重复的{spec.sheet}", header, rows, [6, 22, *[34] * widest], note=note)


def _compared(raw: Any, first: Any) -> Marked | str:
    """A cell as it looks, marked where the first of its group has something else."""
    text, expected = ("" if is_blank(value) else clean(value) for value in (raw, first))
    return Marked(text) if text and expected and text != expected else text
