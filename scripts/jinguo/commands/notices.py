"""`jinguo notices`: the notices and letters that fall due, each with its text for WeChat; `--register` notes their
numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import StaffCommand, staff_command
from jinguo.commands.run import Run

if TYPE_CHECKING:
    from jinguo.documents.due_document import DueDocument


class _WithKinds(StaffCommand):
    """Names the kinds in --help as the register has them."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from jinguo.documents.register import DUE_KINDS

        super().format_help_text(ctx, formatter)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(f"种类不写时全部生成：{'、'.join(DUE_KINDS)}。")


@staff_command("notices", 60, "生成到期的通知和提醒函", _WithKinds)
@click.argument("kinds", metavar="[种类]...", nargs=-1)
@click.option("--only", metavar="种类", multiple=True, help="只生成这一种，与直接写种类相同")
@click.option("--event", metavar="编号", help="只生成这一场活动的通知，如 HD0018")
@click.option("--to", "township", metavar="镇街", help="只生成给这个镇街的（发给各镇街的也在内）")
@click.option("--register", is_flag=True, help="把用到的发文字号写进 设置.xlsx › 发文登记（先备份）")
@click.pass_obj
def command(
    run: Run, kinds: tuple[str, ...], only: tuple[str, ...], event: str | None, township: str | None, register: bool
) -> int:
    """生成到期的通知和提醒函：先列出哪些到期、为什么，再写成 Word，并附群消息。"""
    from jinguo.documents.register import refuse_unknown, withheld_kinds

    wanted = (*kinds, *only)
    refuse_unknown(wanted)
    chosen = [(due, number) for due, number in numbered(run) if _is_chosen(due, wanted, event, township)]
    run.withheld += [why for kind, why in withheld_kinds(run.registry).items() if not wanted or kind in wanted]
    if chosen or not run.withheld:
        _show(run, chosen, narrowed=bool(wanted or event or township))
    written = write_documents(run, chosen)
    if register:
        _register(run, written)
    run.tell()
    if written:
        run.say(f"下一步：打开 {run.shown('通知')} 核对后用印，把群消息发到微信群。")
    return run.exit_code()


def _is_chosen(due: DueDocument, kinds: tuple[str, ...], event: str | None, township: str | None) -> bool:
    if event and due.event != event.upper():
        return False
    return (not kinds or due.kind in kinds) and (not township or due.township in ("", township))


def numbered(run: Run) -> list[tuple[DueDocument, str]]:
    """Everything that is due with its number: reserved for all, so that narrowing changes none."""
    from jinguo.documents.register import all_due
    from jinguo.office.letters import reserve_numbers

    due = all_due(run.registry)
    numbers = iter(reserve_numbers(run.registry, [d.title for d in due if d.numbered]))
    return [(d, next(numbers) if d.numbered else "") for d in due]


def _show(run: Run, chosen: list[tuple[DueDocument, str]], narrowed: bool) -> None:
    for due, number in chosen:
        run.say(
            f"到期：{due.title if due.numbered else due.file}\n    {'，'.join(filter(None, [due.event, number, due.why]))}"
        )
    if chosen:
        counts = Counter(due.kind for due, _ in chosen)
        run.say("合计：" + "，".join(f"{kind} {count} 份" for kind, count in counts.items()))
    elif narrowed:
        run.say("没有符合所写条件的到期通知。去掉条件可以看到全部到期的。")
    else:
        days = run.registry.settings.parameter("通知提前天数")
        run.say(
            f"从 {run.registry.today} 起 {days} 天内没有要发通知的活动，也没有到期要提醒的。下一步：核对 培训考试台账.xlsx › 培训活动 的开始时间。"
        )


def write_notices(run: Run) -> list[DueDocument]:
    """Write everything that is due and may go out; return what was written."""
    from jinguo.documents.register import withheld_kinds

    run.withheld += withheld_kinds(run.registry).values()
    return [due for due, _ in write_documents(run, numbered(run))]


def write_documents(run: Run, chosen: list[tuple[DueDocument, str]]) -> list[tuple[DueDocument, str]]:
    """Write these documents and their messages, and return those that were: one whose template is not sound, or whose
    text has a hole, does not keep the others from being written."""
    from jinguo.documents.finished import finished

    with run.output("notices") as output:
        done = finished(run.registry, run.templates, chosen)
        for due, _, document in done.whole:
            output.write("通知", f"{due.file}.docx", document, due.rows)
            # With a byte-order mark and CRLF, which every Notepad reads.
            message = due.message.replace("\n", "\r\n")
            # What is for one recipient is no message for a group.
            label = "微信消息" if due.to else "群消息"
            output.write("通知", f"{due.file} {label}.txt", message.encode("utf-8-sig"), due.rows)
    run.withheld += done.held_back
    run.remarks += done.remarks
    run.tell_lacking(done.templates)
    return [(due, number) for due, number, _ in done.whole]


def _register(run: Run, chosen: list[tuple[DueDocument, str]]) -> None:
    """Write the numbers that are not yet in 发文登记 below its last row, through the lossless patcher."""
    from jinguo.amend.letter_rows import NewRow, letter_rows
    from jinguo.amend.rewrite import rewrite

    day = run.registry.today
    rows: list[NewRow] = [
        {"number": number, "date": day, "title": due.title, "file": f"{due.file}.docx"}
        for due, number in chosen
        if number
    ]
    changes = letter_rows(run.registry, rows)
    if not changes:
        run.say("没有要登记的发文字号，发文登记没有改动。")
        return
    backup = rewrite(run.workbooks, changes)
    ((path, written),) = changes.items()
    numbers = [str(change.new) for change in written if change.header == "发文字号"]
    run.say(f"已登记 {'、'.join(numbers)}（{path.name} › {written[0].sheet}）；原件备份在 {backup}。")
