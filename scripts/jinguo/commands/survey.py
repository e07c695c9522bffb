"""`jinguo survey`: forms out to the townships, what comes back into a plan, the plan into the registry, and back again."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from jinguo.commands.command import StaffCommand
from jinguo.commands.run import Run
from jinguo.commands.survey_telling import (
    MOST_SHOWN,
    refuse,
    refuse_errors,
    show_collection,
    show_lost,
    summary,
    write_messages,
    write_notice,
    write_reminder,
    write_returns,
)
from jinguo.common.errors import JinguoError
from jinguo.common.findings import some_of


class SurveyCommand(StaffCommand, click.Group):
    """The command with its steps."""

    place = 68

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The steps in the order in which they are taken."""
        return list(self.commands)


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
    from jinguo.survey.addressees import ALL, Unit, left_out, units_by
    from jinguo.survey.asked import asked_tables
    from jinguo.survey.sent import sent_to, survey_on

    survey = survey_on(run.registry, name, due.date() if due else None, "" if blank else by)
    asked = asked_tables(run.registry, survey.name)
    if trouble := withheld(run.registry, "调查表", [a.table for a in asked if run.registry[a.table].present]):
        raise trouble.error()
    units = [Unit(ALL)] if blank else units_by(run.registry, by, asked)
    sent = [sent_to(run.registry, survey, unit, asked) for unit in units]
    folder = SurveyFolder(run.output_folder, survey.name)
    with run.output("survey") as output:
        notice = write_notice(run, folder, survey, asked, output)
        for unit, one in zip(units, sent, strict=True):
            form = survey_form(run.registry, one)
            stem = safe_name(f"{unit.name} 调查表")
            output.write(f"{folder.name}/{FORMS}", f"{stem}.xlsx", form)
            write_messages(run, folder, survey, unit, {f"{stem}.xlsx": form} | notice, output)
        folder.keep(survey, sent)
    rows = sum(len(rows) for one in sent for rows in one.tables.values())
    run.say(f"“{survey.name}”：{len(units)} 份调查表，填好 {rows} 行 → {run.shown(f'{folder.name}/{FORMS}')}")
    if not blank and (nobody := left_out(run.registry, asked, units)):
        run.say(f"没有发给谁的：{'；'.join(nobody)}；在“{by}”一栏补上，再发一次。", "yellow")
    if without := [unit.name for unit in units if not unit.email and not blank]:
        run.say(f"没有邮箱、没有写邮件草稿的：{some_of(without, 8)}。", "yellow")
    run.say(f"请于 {survey.due} 前交回。下一步：发出去；收到的表放在一个文件夹里，拖到“回收调查表.bat”上。")
    return run.exit_code()


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
    from jinguo.reports.survey_folder import PLAN, PROGRESS

    missing = [str(path) for path in places if not path.exists()]
    if not places or missing:
        what = f"找不到 {'、'.join(missing)}" if missing else "没有说收到的表在哪里"
        raise JinguoError(what, "", "把收到的表放在一个文件夹里，把这个文件夹拖到“回收调查表.bat”上。")
    run.findings  # noqa: B018  # The registry is read and checked before the first return.
    with run.counting("读表") as done:
        found = collect_survey(
            run.registry,
            run.findings,
            run.output_folder,
            places,
            (name, sheet),
            done,
        )
    with run.output("survey") as output:
        plan = output.replace(found.folder, PLAN, found.plan)
        if found.progress:
            output.write(found.folder, PROGRESS, found.progress)
        write_returns(run, found, output)
        write_reminder(run, found, output)
        output.clear(f"{found.folder}/退回/")
    show_collection(run, found, plan)
    troubled = any(r.trouble for r in found.returns)
    return run.exit_code(refused=troubled or bool(found.open_lines))


@command.command("apply", short_help="把定好的合并方案写进台账，先备份", options_metavar="[选项]")
@click.argument("plan", metavar="合并方案", required=False, type=click.Path(path_type=Path))
@click.option("--rest", is_flag=True, help="还有“待定”的也写：只写定好的，待定的留着以后再定")
@click.pass_obj
def apply(run: Run, plan: Path | None, rest: bool) -> int:
    """照合并方案写进台账：采用的写，不采用的不动。先备份，写完核对；会带来新的错误就一处也不写。

    还有“待定”的不写，除非加 --rest。写过的再运行一次，什么也不会变。
    """
    from jinguo.amend.merging import merge
    from jinguo.amend.proposal import following
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
    decided = following([d.now for d in read_merge_plan(plan)])
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
        refuse(run, decided, merged.refused)
    if not any(merged.edits.values()):
        run.say(f"没有要写的：采用的 {len(merged.already)} 处，台账里都已经是这样。")
        return run.exit_code()
    contents = worked_out(merged.edits)
    brought = what_it_brings(run.registry, contents, run.findings, check)
    if errors := [f for f in brought if f.severity is Severity.ERROR]:
        refuse_errors(run, errors, merged, decided)
    record = record_of(run.workbooks, f"{plan.parent.name} {plan.name}", merged.done)
    backup = put_in_place(run.workbooks, contents, run.registry.seen, record)
    note_merged(plan.parent, known | merged.keys)
    with run.output("survey") as output:
        log = output.write(
            plan.parent.relative_to(run.output_folder).as_posix() if plan.parent.is_relative_to(run.output_folder) else "调查",
            f"合并记录 {backup.name}.xlsx", merge_log(merged.done, f"{plan.parent.name}合并记录", run.author),
        )  # fmt: skip
    run.say(f"已写进 {len(contents)} 个工作簿：{summary(merged.done)}。原件备份在 {backup}；改了什么，见 {log}。")
    if warnings := [f for f in brought if f.severity is Severity.WARNING]:
        run.say(f"写进去以后多了 {len(warnings)} 条警告，请核对：", "yellow")
        for f in warnings[:MOST_SHOWN]:
            run.say(f"    {f.code}  {f.place}：{f.message}", "yellow")
    if merged.left:
        run.say(
            f"新增的行里有 {len(merged.left)} 格，您的表里没有单独的一栏，没有写，请自己补：{some_of(merged.left, 8)}。",
            "yellow",
        )
    for line in typed_totals(merged.edits, contents):
        run.say(f"注意：{line} 的合计是手写的，新增的行没有算进去，请改。", "yellow")
    if merged.already:
        run.say(f"另有 {len(merged.already)} 处台账里已经是这样。")
    if waiting:
        run.say(f"待定的 {len(waiting)} 处没有写。")
    run.say("下一步：打开台账看看；写错了，运行 jinguo survey undo 撤回。")
    return 0


@command.command("undo", short_help="撤回最近一次合并，恢复成合并以前的样子", options_metavar="[选项]")
@click.option("--yes", is_flag=True, help="不再问，直接撤回")
@click.pass_obj
def undo(run: Run, yes: bool) -> int:
    """撤回最近一次合并：先列出会失去什么，再恢复成合并以前的样子。现在的样子也留一份备份。"""
    from jinguo.amend.undo import edited_since, last_merge, take_back
    from jinguo.reports.survey_folder import forget_merged

    run.finish_interrupted()
    merged = last_merge(run.workbooks)
    run.say(f"要撤回的是 {merged.backup.name} 写入的“{merged.title}”，{len(merged.lines)} 处：")
    for line in merged.lines[:MOST_SHOWN]:
        unit, _, _, sheet, who, header, old, new = line
        run.say(f"    {unit} {sheet} {who} {header}：“{new}” → “{old}”")
    if len(merged.lines) > MOST_SHOWN:
        run.say(f"    ……还有 {len(merged.lines) - MOST_SHOWN} 处。")
    edited = edited_since(run.workbooks, merged)
    if edited:
        show_lost(run, merged, edited)
    if not yes and not click.confirm("撤回吗？" if not edited else "合并以后您自己改的也会失去，撤回吗？"):
        run.say("没有撤回。")
        return 1
    backup = take_back(run.workbooks, merged)
    forget_merged(run.output_folder, merged.identities)
    run.say(f"已撤回，{'、'.join(merged.files)} 恢复成合并以前的样子；撤回以前的备份在 {backup}。")
    return 0
