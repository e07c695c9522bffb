"""`jinguo survey`: forms out to the townships, what comes back into a plan, the plan into the registry, and back again."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jinguo.commands.command import StaffCommand
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError
from jinguo.common.findings import some_of

if TYPE_CHECKING:
    from jinguo.amend.proposal import Proposal
    from jinguo.reports.survey_folder import SurveyFolder
    from jinguo.reports.survey_progress import UnitState
    from jinguo.survey.returned import Return

_MOST_SHOWN = 12


class SurveyCommand(StaffCommand, click.Group):
    """The command with its steps."""

    place = 68


@click.group(
    "survey",
    cls=SurveyCommand,
    short_help="调查摸底：发放调查表，回收，列出合并方案，写进台账",
    options_metavar="[选项]",
    subcommand_metavar="步骤",
)
def command() -> None:
    """调查摸底，四步：issue 发放调查表；collect 回收，列出合并方案；apply 把定好的方案写进台账；undo 撤回。"""


@command.command("issue", short_help="发放调查表：一个单位一份，填好现有的内容", options_metavar="[选项]")
@click.option("--by", metavar="栏目", default="所属镇街", help="按社会组织表的哪一栏分（不写时：所属镇街）")
@click.option("--blank", is_flag=True, help="不分单位，只发一份空白表")
@click.option("--name", metavar="名称", default="", help="调查的名称（不写时：某年某月女性社会组织摸底）")
@click.option("--due", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="哪天交回（不写时：参数“调查填报天数”）")
@click.pass_obj
def issue(run: Run, by: str, blank: bool, name: str, due: datetime.datetime | None) -> int:
    """发放调查表：每个镇街一个工作簿，现有的组织、人员、任职都填好，附通知、群消息和邮件草稿。

    问哪些表、哪些栏目，写在 设置.xlsx › 调查项目；空着就按程序自带的问。
    """
    from jinguo.common.writing import safe_name
    from jinguo.documents.gate import withheld
    from jinguo.reports.survey_folder import FORMS, SurveyFolder
    from jinguo.reports.survey_forms import survey_form
    from jinguo.survey.asked import asked_tables
    from jinguo.survey.sent import sent_to, survey_on
    from jinguo.survey.units import ALL, Unit, units_by

    survey = survey_on(run.registry, name, due.date() if due else None, "" if blank else by)
    asked = asked_tables(run.registry, survey.name)
    if trouble := withheld(run.registry, "调查表", [a.table for a in asked if run.registry[a.table].present]):
        raise trouble.error()
    units = [Unit(ALL)] if blank else units_by(run.registry, by, asked)
    sent = [sent_to(run.registry, survey, unit, asked) for unit in units]
    folder = SurveyFolder(run.output_folder, survey.name)
    with run.output("survey") as output:
        notice = _notice(run, folder, survey, asked, output)
        for unit, one in zip(units, sent, strict=True):
            form = survey_form(run.registry, one)
            stem = safe_name(f"{unit.name} 调查表")
            output.write(f"{folder.name}/{FORMS}", f"{stem}.xlsx", form)
            _messages(run, folder, survey, unit, {f"{stem}.xlsx": form} | notice, output)
        folder.keep(survey, sent)
    rows = sum(len(rows) for one in sent for rows in one.tables.values())
    run.say(f"“{survey.name}”：{len(units)} 份调查表，填好 {rows} 行 → {run.shown(f'{folder.name}/{FORMS}')}")
    if without := [unit.name for unit in units if not unit.email and not blank]:
        run.say(f"没有邮箱、没有写邮件草稿的：{some_of(without, 8)}。", "yellow")
    run.say(f"请于 {survey.due} 前交回。下一步：发出去；收到的表放在一个文件夹里，拖到“回收调查表.bat”上。")
    return run.exit_code()


def _notice(run: Run, folder: SurveyFolder, survey: Any, asked: Any, output: Any) -> dict[str, bytes]:
    """Write the notice; its name and bytes, for the mails. What keeps it back does not keep back the forms."""
    from jinguo.documents.gate import withheld_for
    from jinguo.documents.opening import write_document
    from jinguo.documents.register import all_due
    from jinguo.documents.survey_papers import notice_values
    from jinguo.office.letters import reserve_numbers

    title = f"{run.registry.settings.item('单位名称')}关于开展{survey.name}的通知"
    number = reserve_numbers(run.registry, [*(d.title for d in all_due(run.registry) if d.numbered), title])[-1]
    try:
        document = write_document(
            "调查通知", run.templates, notice_values(run.registry, survey, asked, number), run.registry
        )
    except JinguoError as why:
        run.withheld.append(withheld_for("调查通知", why))
        return {}
    name = f"{survey.name} 调查通知.docx"
    output.write(folder.name, name, document, [], "调查通知")
    return {name: document}


def _messages(run: Run, folder: SurveyFolder, survey: Any, unit: Any, files: dict[str, bytes], output: Any) -> None:
    from jinguo.documents.survey_papers import mail_words, message
    from jinguo.mail.draft import draft
    from jinguo.reports.survey_folder import FORMS

    where = f"{folder.name}/{FORMS}"
    output.write(where, f"{unit.name} 群消息.txt", message(run.registry, survey, unit.name).encode())
    settings = run.registry.settings
    if unit.email and settings.item("邮箱"):
        subject, text = mail_words(run.registry, survey, unit.name)
        sender = settings.item("单位名称"), settings.item("邮箱")
        output.write(
            where, f"{unit.name}.eml", draft(sender, (unit.name, unit.email), subject, text, files, run.registry.today)
        )


@command.command("collect", short_help="回收调查表：读收到的表，列出合并方案和回收进度", options_metavar="[选项]")
@click.argument("places", metavar="文件夹或文件...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--name", metavar="名称", default="", help="哪一次调查（不写时：最近发放的）")
@click.option(
    "--table", "sheet", metavar="表", default="", help="不是调查表，是别处来的一张表：当作这张表（如 人员）来更新台账"
)
@click.pass_obj
def collect(run: Run, places: tuple[Path, ...], name: str, sheet: str) -> int:
    """回收调查表：逐格与发出时的、现在台账里的比，列成合并方案，由您定；台账一格也不动。

    收到的表不管改没改名、是什么格式，放在一个文件夹里拖上来就行。可以一边收一边运行：您在方案里定过的，不会再问。
    """
    from jinguo.reports.survey_collection import collect_survey

    missing = [str(path) for path in places if not path.exists()]
    if not places or missing:
        what = f"找不到 {'、'.join(missing)}" if missing else "没有说收到的表在哪里"
        raise JinguoError(what, "", "把收到的表放在一个文件夹里，把这个文件夹拖到“回收调查表.bat”上。")
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    run.findings  # noqa: B018  # The registry is read and checked before the first return.
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=run.console, disable=not run.console.is_terminal) as progress:
        task = progress.add_task("读表", total=None)
        found = collect_survey(
            run.registry,
            run.findings,
            run.output_folder,
            places,
            (name, sheet),
            lambda total: progress.update(task, total=total, advance=1),
        )
    with run.output("survey") as output:
        plan = output.replace(found.folder, found.plan_name, found.plan)
        if found.progress:
            output.write(found.folder, "回收进度.xlsx", found.progress)
        _send_back(run, found, output)
        _reminder(run, found, output)
        output.clear(f"{found.folder}/退回/")
    _show_collection(run, found, plan)
    troubled = any(r.trouble for r in found.returns)
    return run.exit_code(refused=troubled or bool(found.open_lines))


def _send_back(run: Run, found: Any, output: Any) -> None:
    """Write the marked copies, each with a draft of the mail that brings it back."""
    from jinguo.common.writing import safe_name
    from jinguo.documents.survey_papers import return_words
    from jinguo.mail.draft import draft

    settings = run.registry.settings
    emails = {name: email for _, name, email in run.registry["townships"].each("name", "email") if name and email}
    for returned in found.returns:
        if not returned.marked:
            continue
        file = safe_name(f"{Path(returned.file).stem}（标注）.xlsx")
        output.write(f"{found.folder}/退回", file, returned.marked)
        survey = found.survey.name if found.survey else "上报"
        subject, text = return_words(run.registry, survey, returned.unit or "上报单位", found.problems[returned.file])
        sender, to = (settings.item("单位名称"), settings.item("邮箱")), (returned.unit, emails.get(returned.unit, ""))
        message = draft(sender, to, subject, text, {file: returned.marked}, run.registry.today)
        output.write(f"{found.folder}/退回", f"{Path(returned.file).stem} 请改正.eml", message)


def _reminder(run: Run, found: Any, output: Any) -> None:
    """Write to those who have not answered, and to those with something to put right."""
    from jinguo.documents.gate import withheld_for
    from jinguo.documents.opening import write_document
    from jinguo.documents.survey_papers import reminder_values
    from jinguo.reports.survey_progress import MISSING, OLD, TO_CORRECT, UNREADABLE

    missing = [s.unit for s in found.states if s.state in (MISSING, UNREADABLE, OLD)]
    wrong = [s.unit for s in found.states if s.state == TO_CORRECT]
    if found.survey is None or not missing + wrong:
        return
    try:
        values = reminder_values(run.registry, found.survey, len(found.states), missing, wrong)
        document = write_document("调查催报函", run.templates, values, run.registry)
    except JinguoError as why:
        run.withheld.append(withheld_for("调查催报函", why))
        return
    output.write(found.folder, f"{found.survey.name} 催报函.docx", document, [], "调查催报函")


def _show_collection(run: Run, found: Any, plan: Path) -> None:
    _show_states(run, found.states, found.returns)
    counts = found.counts
    run.say("合并方案：" + ("，".join(f"{kind} {count}" for kind, count in counts.items()) or "没有要改的") + "。")
    if found.carried:
        run.say(f"您在上一份方案里定过的 {found.carried} 处，照旧。")
    if found.open_lines:
        run.say(f"待定 {len(found.open_lines)} 处，要您定。")
    if found.back:
        run.say(f"要退回改正的表标好了，连同邮件草稿在 {run.shown(f'{found.folder}/退回')}。")
    run.say(f"下一步：打开 {plan}，在“处理”里定好，保存，再拖到“合并上报.bat”上。")


def _show_states(run: Run, states: list[UnitState], returns: list[Return]) -> None:
    from rich.markup import escape
    from rich.table import Table

    for returned in returns:
        if returned.trouble:
            run.say(f"【没有读】{returned.file}：{returned.trouble}", "yellow")
    if not states:
        return
    table = Table(title="回收进度", title_justify="left")
    for head in ("单位", "状态", "交回行数", "填写率", "说明"):
        table.add_column(head, overflow="fold")
    for s in states:
        told = "；".join([f"{s.errors} 处要改"] * bool(s.errors) + s.told)
        table.add_row(escape(s.unit), s.state, f"{s.returned}/{s.sent}" if s.files else "", s.share, escape(told))
    run.console.print(table)


@command.command("apply", short_help="把定好的合并方案写进台账，先备份", options_metavar="[选项]")
@click.argument("plan", metavar="合并方案", required=False, type=click.Path(path_type=Path))
@click.option("--rest", is_flag=True, help="还有“待定”的也写：只写定好的，待定的留着以后再定")
@click.pass_obj
def apply(run: Run, plan: Path | None, rest: bool) -> int:
    """照合并方案写进台账：采用的写，不采用的不动。先备份，写完核对；会带来新的错误就一处也不写。

    还有“待定”的不写，除非加 --rest。写过的再运行一次，什么也不会变。
    """
    from jinguo.amend.merging import merge
    from jinguo.amend.rewrite import put_in_place, typed_totals, worked_out
    from jinguo.amend.undo import record_of
    from jinguo.checks import check
    from jinguo.common.findings import Severity
    from jinguo.reports.merge_log import merge_log
    from jinguo.reports.merge_plan import open_lines, read_merge_plan
    from jinguo.reports.survey_folder import PLAN, latest, merged_in, note_merged
    from jinguo.survey.trial import what_it_brings

    if plan is None:
        folder = latest(run.output_folder)
        plan = folder.path / PLAN if folder else run.output_folder / PLAN
    if not plan.is_file():
        raise JinguoError(
            "没有合并方案", str(plan), "先运行“回收调查表”，在合并方案里定好，再把它拖到“合并上报.bat”上。"
        )
    decided = [d.now for d in read_merge_plan(plan)]
    waiting = open_lines(decided)
    if waiting and not rest:
        raise JinguoError(
            f"还有 {len(waiting)} 处“待定”，没有写入：序号 {some_of(waiting, 20)}",
            plan.name,
            "在“处理”里定下来，保存，再运行一次；只写定好的，加 --rest。",
        )
    known = merged_in(plan.parent)
    merged = merge(run.registry, decided, known, plan.parent.name)
    if merged.refused:
        _refuse(run, decided, merged.refused)
    if not any(merged.edits.values()):
        run.say(f"没有要写的：采用的 {len(merged.already)} 处，台账里都已经是这样。")
        return run.exit_code()
    contents = worked_out(merged.edits)
    brought = what_it_brings(run.registry, contents, run.findings, check)
    if errors := [f for f in brought if f.severity is Severity.ERROR]:
        _refuse_errors(run, errors)
    record = record_of(run.workbooks, f"{plan.parent.name} {plan.name}", merged.done)
    backup = put_in_place(run.workbooks, contents, record)
    note_merged(plan.parent, known | merged.keys)
    with run.output("survey") as output:
        log = output.write(
            plan.parent.relative_to(run.output_folder).as_posix() if plan.parent.is_relative_to(run.output_folder) else "调查",
            f"合并记录 {backup.name}.xlsx", merge_log(merged.done, f"{plan.parent.name}合并记录", run.author),
        )  # fmt: skip
    run.say(f"已写进 {len(contents)} 个工作簿：{_summary(merged.done)}。原件备份在 {backup}；改了什么，见 {log}。")
    if warnings := [f for f in brought if f.severity is Severity.WARNING]:
        run.say(f"写进去以后多了 {len(warnings)} 条警告，请核对：", "yellow")
        for f in warnings[:_MOST_SHOWN]:
            run.say(f"    {f.code}  {f.place}：{f.message}", "yellow")
    for line in typed_totals(merged.edits, contents):
        run.say(f"注意：{line} 的合计是手写的，新增的行没有算进去，请改。", "yellow")
    if merged.already:
        run.say(f"另有 {len(merged.already)} 处台账里已经是这样。")
    if waiting:
        run.say(f"待定的 {len(waiting)} 处没有写。")
    run.say("下一步：打开台账看看；写错了，运行 jinguo survey undo 撤回。")
    return 0


def _summary(done: Any) -> str:
    from collections import Counter

    kinds = Counter(d.proposal.kind if d.header.startswith("（") else "改动" for d in done)
    return "，".join(f"{kind} {count} 处" for kind, count in kinds.items())


def _refuse(run: Run, decided: list[Proposal], refused: list[tuple[Proposal, JinguoError]]) -> None:
    from jinguo.reports.merge_plan import line_number

    places = {id(p): line_number(p, n) for n, p in enumerate(decided, 1)}
    for p, trouble in refused[:_MOST_SHOWN]:
        run.say(f"【写不了】序号 {places[id(p)]}，{p.who}：{trouble.paragraph()}", "bold red")
    if len(refused) > _MOST_SHOWN:
        run.say(f"……还有 {len(refused) - _MOST_SHOWN} 处。")
    raise JinguoError(
        f"方案里有 {len(refused)} 处写不了，一处也没有写", "", "照上面说的改方案；台账改过的，再运行一次“回收调查表”。"
    )


def _refuse_errors(run: Run, errors: list[Any]) -> None:
    for f in errors[:_MOST_SHOWN]:
        run.say(f"【会有新的错误】{f.code}  {f.place}\n    {f.message}", "bold red")
    if len(errors) > _MOST_SHOWN:
        run.say(f"……还有 {len(errors) - _MOST_SHOWN} 条。")
    raise JinguoError(
        f"写进去会多出 {len(errors)} 条错误，一处也没有写", "", "在方案里把有关的改好，或选“不采用”，再运行一次。"
    )


@command.command("undo", short_help="撤回最近一次合并，恢复成合并以前的样子", options_metavar="[选项]")
@click.option("--yes", is_flag=True, help="不再问，直接撤回")
@click.pass_obj
def undo(run: Run, yes: bool) -> int:
    """撤回最近一次合并：先列出会失去什么，再恢复成合并以前的样子。现在的样子也留一份备份。"""
    from jinguo.amend.undo import edited_since, last_merge, take_back
    from jinguo.reports.survey_folder import forget_merged

    run._finish_interrupted()
    merged = last_merge(run.workbooks)
    run.say(f"要撤回的是 {merged.backup.name} 写入的“{merged.title}”，{len(merged.lines)} 处：")
    for line in merged.lines[:_MOST_SHOWN]:
        unit, _, _, sheet, who, header, old, new = line
        run.say(f"    {unit} {sheet} {who} {header}：“{new}” → “{old}”")
    if len(merged.lines) > _MOST_SHOWN:
        run.say(f"    ……还有 {len(merged.lines) - _MOST_SHOWN} 处。")
    edited = edited_since(run.workbooks, merged)
    if edited:
        _show_lost(run, merged, edited)
    if not yes and not click.confirm("撤回吗？" if not edited else "合并以后您自己改的也会失去，撤回吗？"):
        run.say("没有撤回。")
        return 1
    backup = take_back(run.workbooks, merged)
    forget_merged(run.output_folder, merged.identities)
    run.say(f"已撤回，{'、'.join(merged.files)} 恢复成合并以前的样子；撤回以前的备份在 {backup}。")
    return 0


def _show_lost(run: Run, merged: Any, edited: list[str]) -> None:
    """Show what somebody has changed since the merge, which goes too."""
    from jinguo.intake.loading import load_files
    from jinguo.versions.compare import compare

    run.say(f"合并以后又改过 {'、'.join(edited)}，撤回也会失去：", "bold yellow")
    for name in edited:
        before, now = (
            load_files([path], run.today, _beside(run)) for path in (merged.after(name), run.workbooks / name)
        )
        for d in compare(before, now).differences[:_MOST_SHOWN]:
            run.say(f"    {d.sheet} {d.row} {d.header} {d.kind}：{d.old} → {d.new}", "yellow")


def _beside(run: Run) -> list[Path]:
    from jinguo.intake.own.mapping import FILE

    return [path for path in (run.workbooks / FILE,) if path.is_file()]
