"""What `survey` writes beside its forms and plans, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.amend.proposal import Proposal
    from jinguo.reports.survey_folder import SurveyFolder
    from jinguo.reports.survey_progress import UnitState
    from jinguo.survey.returned import Return

MOST_SHOWN = 12


def write_notice(run: Run, folder: SurveyFolder, survey: Any, asked: Any, output: Any) -> dict[str, bytes]:
    """Write the notice; its name and bytes, for the mails. What keeps it back does not keep back the forms."""
    from jinguo.documents.gate import withheld_for
    from jinguo.documents.opening import write_document
    from jinguo.documents.register import all_due
    from jinguo.documents.survey_papers import notice_title, notice_values
    from jinguo.office.letters import reserve_numbers

    title = notice_title(run.registry, survey)
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


def write_messages(
    run: Run, folder: SurveyFolder, survey: Any, unit: Any, files: dict[str, bytes], output: Any
) -> None:
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


def write_reminder(run: Run, found: Any, output: Any) -> None:
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


def write_returns(run: Run, found: Any, output: Any) -> None:
    """Write the marked copies, each with a draft of the mail that brings it back."""
    from jinguo.common.writing import safe_name
    from jinguo.documents.survey_papers import return_words
    from jinguo.mail.draft import draft

    settings = run.registry.settings
    emails = {name: email for _, name, email in run.registry["townships"].each("name", "email") if name and email}
    for returned in found.returns:
        if not returned.marked:
            continue
        # Two townships may have called theirs the same.
        stem = safe_name(returned.file.rpartition(".")[0].replace("/", " "))
        file = f"{stem}（标注）.xlsx"
        output.write(f"{found.folder}/退回", file, returned.marked)
        survey = found.survey.name if found.survey else "上报"
        subject, text = return_words(run.registry, survey, returned.unit or "上报单位", found.problems[returned.file])
        sender, to = (settings.item("单位名称"), settings.item("邮箱")), (returned.unit, emails.get(returned.unit, ""))
        message = draft(sender, to, subject, text, {file: returned.marked}, run.registry.today)
        output.write(f"{found.folder}/退回", f"{stem} 请改正.eml", message)


def show_collection(run: Run, found: Any, plan: Path) -> None:
    _show_states(run, found.states, found.returns)
    counts = found.counts
    run.say("合并方案：" + ("，".join(f"{kind} {count}" for kind, count in counts.items()) or "没有要改的") + "。")
    if found.carried:
        run.say(f"您在上一份方案里定过的 {found.carried} 处，照旧。")
    if found.open_lines:
        run.say(f"待定 {len(found.open_lines)} 处，要您定。")
    if any(returned.marked for returned in found.returns):
        run.say(f"要退回改正的表标好了，连同邮件草稿在 {run.shown(f'{found.folder}/退回')}。")
    if counts:
        run.say(f"下一步：打开 {plan}，在“处理”里定好，保存，再拖到“合并上报.bat”上。")
    else:
        run.say("下一步：没有要写进台账的；谁还没有交，看回收进度，收到了再运行一次。")


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


def summary(done: Any) -> str:
    from collections import Counter

    kinds = Counter(d.proposal.kind if d.header.startswith("（") else "改动" for d in done)
    return "，".join(f"{kind} {count} 处" for kind, count in kinds.items())


def refuse(run: Run, decided: list[Proposal], refused: list[tuple[Proposal, JinguoError]]) -> None:
    from jinguo.reports.merge_plan import line_number

    places = {id(p): line_number(p, n) for n, p in enumerate(decided, 1)}
    for p, trouble in refused[:MOST_SHOWN]:
        run.say(f"【写不了】序号 {places[id(p)]}，{p.who}：{trouble.paragraph()}", "bold red")
    if len(refused) > MOST_SHOWN:
        run.say(f"……还有 {len(refused) - MOST_SHOWN} 处。")
    raise JinguoError(
        f"方案里有 {len(refused)} 处写不了，一处也没有写", "", "照上面说的改方案；台账改过的，再运行一次“回收调查表”。"
    )


def refuse_errors(run: Run, errors: list[Any], merged: Any, decided: list[Proposal]) -> None:
    """Say which errors a merge would bring and by which lines of the plan, and raise."""
    from jinguo.reports.merge_plan import line_number

    numbers = {p.identity: line_number(p, n) for n, p in enumerate(decided, 1)}
    for f in errors[:MOST_SHOWN]:
        by = [d.proposal for d in merged.done_at(f)]
        # What refers to a row that goes stands elsewhere.
        by = by or [
            d.proposal
            for d in merged.done
            if d.proposal.row and d.proposal.row in (f.value, *f.message.split("”")[0].split("“"))
        ]
        lines = "、".join(dict.fromkeys(numbers[p.identity] for p in by if p.identity in numbers))
        run.say(f"【会有新的错误】{f'序号 {lines}：' if lines else ''}{f.code}  {f.place}\n    {f.message}", "bold red")
    if len(errors) > MOST_SHOWN:
        run.say(f"……还有 {len(errors) - MOST_SHOWN} 条。")
    raise JinguoError(
        f"写进去会多出 {len(errors)} 条错误，一处也没有写", "", "在方案里把有关的改好，或选“不采用”，再运行一次。"
    )


def show_lost(run: Run, merged: Any, edited: list[str]) -> None:
    """Show what somebody has changed since the merge, which goes too."""
    from jinguo.intake.loading import load_files
    from jinguo.intake.own.mapping import decisions_in
    from jinguo.versions.compare import compare

    run.say(f"合并以后又改过 {'、'.join(edited)}，撤回也会失去：", "bold yellow")
    for name in edited:
        before, now = (
            load_files([path], run.today, decisions_in(run.workbooks))
            for path in (merged.after(name), run.workbooks / name)
        )
        for d in compare(before, now).differences[:MOST_SHOWN]:
            run.say(f"    {d.sheet} {d.row} {d.header} {d.kind}：{d.old} → {d.new}", "yellow")
