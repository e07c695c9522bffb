"""`jinguo check`: what is wrong with the workbooks, cell by cell."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.causes import causes
from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding, Severity, count_by_severity, shortened
from jinguo.schema.problems import LIKE_NOTHING, RESEMBLES

if TYPE_CHECKING:
    from jinguo.documents.gate import Withheld

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
#: Errors told on the console, or warnings where there is no error; the rest are in the report.
_MOST_SHOWN = 20
REPORT = ("校验", "校验报告.xlsx")


@staff_command("check", 20, "校验台账，逐格说明哪里不对")
@click.argument("files", metavar="[文件]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--since", metavar="旧的", type=click.Path(path_type=Path), help="只报告与这个旧版本（工作簿或文件夹）相比新出现的"
)
@click.option("--json", "json_file", metavar="文件", type=click.Path(path_type=Path), help="把同样的结果另存为 JSON")
@click.pass_obj
def command(run: Run, files: tuple[Path, ...], since: Path | None, json_file: Path | None) -> int:
    """校验台账，逐格说明哪里不对、依据什么、怎样改。

    不写文件时校验整个台账文件夹；写了文件（或把文件拖到“校验台账.bat”上）只报告这些文件。
    """
    if files:
        _only(run, files)
    left_out = _only_new(run, since) if since else 0
    findings = write_report(run, since.name if since else "")
    if json_file:
        run.write_json(json_file, [f.as_dict() for f in findings])
    if since:
        run.say(f"只报告与 {since} 相比新出现的；原来就有的 {left_out} 条没有列出。")
    held_back = show(run, findings, since is not None, whole=not files and since is None)
    return 2 if held_back else exit_code(run, findings)


def _only_new(run: Run, since: Path) -> int:
    """Leave out the findings that an earlier version has as well; how many these are."""
    from jinguo.checks import check
    from jinguo.commands.diff import version
    from jinguo.versions.compare import new_findings

    old = version(run, since, run.registry.today)
    for paragraph in old.refused.values():
        run.say(f"【打不开】旧的版本：{paragraph}\n", "bold red")
    found = run.findings
    if since.is_file():
        # Told of its tables' workbook alone, and judged, like the new one, beside the rest of the registry.
        mine = {
            book
            for name, table in old.tables.items()
            if since.name in table.workbooks()
            for book in run.registry[name].workbooks()
        }
        if not mine:
            raise JinguoError("旧的版本里没有台账里的表，没有什么可比的", str(since), "核对是不是这个文件。")
        found = [f for f in found if f.workbook in mine]
        run.registry.files = [path for path in run.registry.files if path.name in mine]
    run.findings = new_findings(old, check(old), run.registry, [f for f in found if f.workbook not in old.refused])
    return len(found) - len(run.findings)


def _only(run: Run, files: tuple[Path, ...]) -> None:
    """Report these files only; those of the registry are still checked against the rest of it. A folder stands for the
    workbooks in it."""
    from jinguo.intake.loading import workbooks_of

    missing = [str(path) for path in files if not path.exists()]
    if missing:
        raise JinguoError("找不到这个文件", "、".join(missing), "核对文件名和所在的文件夹。")
    files = tuple(file for path in files for file in (workbooks_of(path) if path.is_dir() else [path]))
    names = {path.name for path in files}
    if all(path.resolve().parent == run.workbooks.resolve() for path in files):
        run.registry.files = [path for path in run.registry.files if path.name in names]
    else:
        _read_returns(run, files)
    run.registry.refused = {name: text for name, text in run.registry.refused.items() if name in names}
    # A file that somebody asked about has to be one of the registry's.
    asked = (
        dataclasses.replace(f, severity=Severity.ERROR) if f.code == LIKE_NOTHING.code else f for f in run.findings
    )
    run.findings = [f for f in asked if f.workbook in names]


def _read_returns(run: Run, files: tuple[Path, ...]) -> None:
    """Take these files, with the office's own townships and words, instead of the registry in its folder."""
    from jinguo.checks import check
    from jinguo.intake.own.mapping import FILE
    from jinguo.intake.returns import load_returns
    from jinguo.schema import TABLES

    own = (run.workbooks / name for name in (TABLES["office"].workbook, FILE))
    beside = [path for path in own if path.is_file() and path.name not in {file.name for file in files}]
    run.registry, *others = load_returns(list(files), run.today, beside)
    if others:
        run.registry.files = list(files)
        run.returns = [run.registry, *others]
        run.findings = sorted((f for one in run.returns for f in check(one)), key=Finding.sort_key)


def write_report(run: Run, since: str = "") -> list[Finding]:
    """Write 校验报告.xlsx and an annotated copy of every workbook with findings; return the findings.

    `since` names the earlier version where only what is new since then is told.
    """
    from concurrent.futures import ThreadPoolExecutor

    with run.output("check") as output, ThreadPoolExecutor(1) as packing:
        run.wanted_next += ["jinguo.excel.patching.annotate", "jinguo.reports.findings_report"]
        findings = run.findings
        from jinguo.excel.patching.annotate import begin_copies
        from jinguo.organisations.duplicates import duplicate_groups
        from jinguo.reports.findings_report import findings_report

        folder, name = REPORT
        copies, failed = begin_copies(run.registry.files, findings, packing)
        names = {path.name for path in run.registry.files}
        found = [group for one in run.returns or [run.registry] for group in duplicate_groups(one)]
        groups = [g for g in found if g.table.workbooks() & names]
        if since:
            told = {(f.code, f.workbook, f.sheet, f.cell) for f in findings}
            groups = [g for g in groups if any((k.code, *g.table.address(k.second, k.field)) in told for k in g.links)]
        report = findings_report(findings, run.registry.files, run.output_folder / folder, run.author, groups, since)
        output.write(folder, name, report)
        for copy in copies:
            if not copy.is_whole:
                run.say(f"{copy.path.name} 不是 .xlsx，标注的副本另存为新的 {copy.suffix}，只有内容，没有原来的格式。")
            try:
                data = copy.data.result()
            except Exception as error:
                failed[copy.path.name] = error
            else:
                output.write(folder, f"{copy.path.stem}（标注）{copy.suffix}", data)
        for name in failed:
            run.say(
                f"{name} 的标注副本没有做成（这个文件有的地方不合规范）；问题都在校验报告里。想要副本，先用 Excel 或 WPS 另存一次再校验。",
                "yellow",
            )
        output.clear(f"{folder}/")
    return findings


def exit_code(run: Run, findings: list[Finding]) -> int:
    """0 no errors; 1 the registry has errors; 2 a workbook could not be read at all, or no table was read."""
    if run.registry.refused or not _tables_read(run):
        return 2
    return 1 if count_by_severity(findings)[Severity.ERROR] else 0


def _tables_read(run: Run) -> bool:
    """Whether any table was read of the files that were asked about."""
    names = {path.name for path in run.registry.files}
    if any(one.checked_by_content & names for one in run.returns or [run.registry]):
        return True
    return any(t.workbooks() & names for one in run.returns or [run.registry] for t in one.tables.values())


def show(run: Run, findings: list[Finding], since: bool = False, whole: bool = True) -> list[Withheld]:
    """Say, and return what could not go out: the summary by workbook and severity, the gravest findings in full, what could not go out of the `whole` registry,
    and the next step."""
    for paragraph in run.registry.refused.values():
        run.say(f"【打不开】{paragraph}\n", "bold red")
    _show_counts(run, findings)
    gravest = min((f.severity for f in findings), key=lambda s: s.rank, default=Severity.HINT)
    shown = causes([f for f in findings if f.severity is gravest]) if gravest is not Severity.HINT else []
    for cause in shown[:_MOST_SHOWN]:
        _show_finding(run, cause.first)
        if cause.count > 1:
            run.say(f"    同样的共 {cause.count} 处：{cause.cells}。填的是：{shortened(cause.values)}")
    if len(shown) > _MOST_SHOWN:
        left = sum(cause.count for cause in shown[_MOST_SHOWN:])
        run.say(f"……还有 {left} 条{gravest.value}，见校验报告。")
    # Which sheet was taken for which table is said however small the matter: everything else depends on it.
    for finding in findings:
        if finding.code == RESEMBLES.code and finding.severity is Severity.HINT:
            _show_finding(run, finding)
    held_back = _show_today(run) if whole and _tables_read(run) else []
    report = run.shown(run.written[0]) if run.written else ""
    total = count_by_severity(findings)
    if total[Severity.ERROR]:
        run.say(f"下一步：打开 {report}，点“位置”跳到台账逐条改正，再校验一次。")
    elif not _tables_read(run):
        run.say("没有读到一张台账里的表。下一步：按上面说的改工作表的名称和表头，再校验一次。")
    elif held_back:
        run.say(f"没有错误，可是有的材料还不能出。下一步：照上面说的改，再校验一次；问题都在 {report} 里。")
    elif findings:
        run.say(f"没有错误。下一步：看看 {report} 里的警告和提示，就可以生成材料了。")
    else:
        run.say("没有新出现的问题。" if since else "台账没有问题。下一步：可以生成材料了。")
    return held_back


def _show_today(run: Run) -> list[Withheld]:
    """Say what could be written today; return what could not, which is said too."""
    from jinguo.documents.today import today

    found = today(run.registry, run.templates)
    if found.ready:
        run.say(f"今天能出：{'、'.join(found.ready)}。")
    for remark in found.remarks:
        run.say(f"附注：{remark}。", "yellow")
    run.tell_withheld(found.withheld)
    return found.withheld


def _show_counts(run: Run, findings: list[Finding]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="台账校验结果", title_justify="left")
    table.add_column("工作簿")
    for severity in Severity:
        table.add_column(severity.value, justify="right", style=_STYLES[severity])
    files = [path.name for path in run.registry.files]
    for name in dict.fromkeys(files + [f.workbook for f in findings]):
        counts = count_by_severity([f for f in findings if f.workbook == name])
        table.add_row(escape(name), *(str(counts[s]) for s in Severity))
    total = count_by_severity(findings)
    table.add_section()
    table.add_row("合计", *(str(total[s]) for s in Severity))
    run.console.print(table)


def _show_finding(run: Run, finding: Finding) -> None:
    run.say(f"【{finding.severity.value}】{finding.code}  {finding.place}", _STYLES[finding.severity])
    run.say(f"    {shortened(finding.message)}\n    → {shortened(finding.remedy)}")
