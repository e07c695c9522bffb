"""`jinguo notices`: the notices and letters that fall due, each with its text for WeChat; `--register` notes their
numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import StaffCommand, staff_command
from jinguo.commands.run import Run

if TYPE_CHECKING:
    from jinguo.documents.due_document import DueDocument
    from jinguo.documents.finished import Whole

_FOLDER, _BOUND = "通知", "通知/合订"


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
@click.option("--together", is_flag=True, help="一种提醒函合成一个文件，便于双面打印（通知/合订）")
@click.option(
    "--test-print", is_flag=True, help="另存一份压着印章图片的看样（通知/试印；图片写在 设置.xlsx › 单位 › 印章图片）"
)
@click.option("--pdf", is_flag=True, help="每份再存一个打印用的版式文件（要装 LibreOffice 或 Word）")
@click.option(
    "--done", metavar="文件名", multiple=True, help="这一件已经办完：记进 设置.xlsx › 已办（先备份），不再生成"
)
@click.pass_obj
def command(
    run: Run,
    kinds: tuple[str, ...],
    only: tuple[str, ...],
    event: str | None,
    township: str | None,
    register: bool,
    together: bool,
    test_print: bool,
    pdf: bool,
    done: tuple[str, ...],
) -> int:
    """生成到期的通知和提醒函：先列出哪些到期、为什么，再写成 Word，并附群消息。

    一份材料的日期是它第一次生成（或登记）的那一天，内容不变就不再改。
    """
    if done:
        return _mark_done(run, done)
    from jinguo.commands.todo import remember
    from jinguo.documents.register import refuse_unknown, withheld_kinds

    remember(run)
    wanted = (*kinds, *only)
    refuse_unknown(wanted)
    chosen = [(due, number) for due, number in numbered(run) if _is_chosen(due, wanted, event, township)]
    run.withheld += [why for kind, why in withheld_kinds(run.registry).items() if not wanted or kind in wanted]
    if chosen or not run.withheld:
        _show(run, chosen, narrowed=bool(wanted or event or township))
    written = write_documents(run, chosen)
    if together:
        _put_together(run, written)
    if test_print:
        _test_print(run, written)
    if pdf:
        _write_pdfs(run, written)
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
    return [whole.due for whole in write_documents(run, numbered(run))]


def write_documents(run: Run, chosen: list[tuple[DueDocument, str]]) -> list[Whole]:
    """Write these documents and their messages, and return those that were: one whose template is not sound, or whose
    text has a hole, does not keep the others from being written."""
    from jinguo.documents.dating import earlier_in
    from jinguo.documents.finished import finished

    with run.output("notices") as output:
        done = finished(run.registry, run.templates, chosen, lambda file: earlier_in(output, _FOLDER, f"{file}.docx"))
        for due, _, day, document, kept in done.whole:
            output.write(_FOLDER, f"{due.file}.docx", document, due.rows, day=day.isoformat())
            if kept and (message := output.untouched(_FOLDER, _message(due))):
                # It says the same as on its day.
                output.write(_FOLDER, _message(due), message[1], due.rows, day=day.isoformat())
                continue
            # With a byte-order mark and CRLF, which every Notepad reads.
            text = due.message.replace("\n", "\r\n")
            output.write(_FOLDER, _message(due), text.encode("utf-8-sig"), due.rows, day=day.isoformat())
    run.withheld += done.held_back
    run.remarks += done.remarks
    run.tell_lacking(done.templates)
    return done.whole


def _put_together(run: Run, written: list[Whole]) -> None:
    """All letters of a kind in one file, for printing."""
    from jinguo.word.together import together

    by_kind: dict[str, list[Whole]] = {}
    for whole in written:
        by_kind.setdefault(whole.due.kind, []).append(whole)
    with run.output("notices") as output:
        for kind, letters in by_kind.items():
            if len(letters) > 1:
                path = output.write(_BOUND, f"{kind} {len(letters)}份.docx", together([w.document for w in letters]))
                run.say(f"合订：{path}，每份从单页起，页码各自从 1 编。")


def _test_print(run: Run, written: list[Whole]) -> None:
    """Each document once more with a picture of the seal, to be looked at; what goes out is sealed by hand."""
    from jinguo.common.errors import JinguoError
    from jinguo.word.seal import with_seal

    name = run.registry.settings.item("印章图片")
    path = run.workbooks / name
    if not name or not path.is_file():
        where = "设置.xlsx › 单位 › 印章图片"
        raise JinguoError(
            "没有印章图片，没有试印" if not name else f"workbooks 里没有“{name}”，没有试印",
            where,
            "填上图片的文件名，图片放在 workbooks 里。",
        )
    try:
        made = {whole.due.file: with_seal(whole.document, path.read_bytes()) for whole in written}
    except Exception as error:
        raise JinguoError(
            "印章图片打不开，不是 PNG 或 JPG", str(path), "用画图打开，另存为 PNG 再运行一次。"
        ) from error
    with run.output("notices") as output:
        for file, document in made.items():
            output.write(f"{_FOLDER}/试印", f"{file}（试印）.docx", document)
    run.say(f"试印：{run.shown(f'{_FOLDER}/试印')}，只供看样，不能当作正式文件发出。")


def _write_pdfs(run: Run, written: list[Whole]) -> None:
    """Each document once more as a PDF; what cannot be made keeps nothing back."""
    from jinguo.common.errors import JinguoError
    from jinguo.word.libreoffice import to_pdfs

    try:
        made = to_pdfs({whole.due.file: whole.document for whole in written}) if written else {}
    except JinguoError as trouble:
        run.say(trouble.paragraph(), "yellow")
        return
    with run.output("notices") as output:
        for name, data in made.items():
            output.write(_FOLDER, f"{name}.pdf", data)
    run.say(f"另存了 {len(made)} 个 PDF。")


def _message(due: DueDocument) -> str:
    """The file of its message; what is for one recipient is no message for a group."""
    return f"{due.file} {'微信消息' if due.to else '群消息'}.txt"


def _register(run: Run, written: list[Whole]) -> None:
    """Write the numbers that are not yet in 发文登记 below its last row, through the lossless patcher."""
    from jinguo.amend.new_rows import NewRow, new_rows
    from jinguo.amend.rewrite import rewrite

    rows: list[NewRow] = [
        {"number": w.number, "date": w.day, "title": w.due.title, "file": f"{w.due.file}.docx"}
        for w in written
        if w.number
    ]
    changes = new_rows(run.registry, "letters", rows)
    if not changes:
        run.say("没有要登记的发文字号，发文登记没有改动。")
        return
    backup = rewrite(run.workbooks, changes, run.registry.seen)
    ((path, edits),) = changes.items()
    letter, sheet = run.registry["letters"].letters["number"], edits.added[0].sheet
    numbers = [str(row.values[letter]) for row in edits.added]
    run.say(f"已登记 {'、'.join(numbers)}（{path.name} › {sheet}）；原件备份在 {backup}。")


def _mark_done(run: Run, names: tuple[str, ...]) -> int:
    """Note in 设置.xlsx › 已办 that these letters are done with, so that they are not written again."""
    from jinguo.amend.new_rows import NewRow, new_rows
    from jinguo.amend.rewrite import rewrite
    from jinguo.common.errors import JinguoError
    from jinguo.documents.register import all_due

    due = {d.file: d for d in all_due(run.registry)}
    stems = [re.sub(r"( (微信消息|群消息))?\.(docx|txt)$", "", re.split(r"[\\/]", name)[-1]) for name in names]
    unknown = [stem for stem in stems if stem not in due]
    if unknown:
        listed = "、".join(due) or "今天没有"
        raise JinguoError(
            f"到期的里面没有“{'、'.join(unknown)}”", "", f"写文件的名字（不用写 .docx）。到期的有：{listed}。"
        )
    rows: list[NewRow] = [
        {"item": stem, "day": run.registry.today, "note": due[stem].title} for stem in dict.fromkeys(stems)
    ]
    changes = new_rows(run.registry, "done", rows)
    backup = rewrite(run.workbooks, changes, run.registry.seen) if changes else None
    run.say(f"已记下 {len(rows)} 件已办：{'、'.join(str(row['item']) for row in rows)}。以后不再生成。")
    if backup:
        run.say(f"记在 设置.xlsx › 已办，原件备份在 {backup}；想再生成，删去那一行。")
    return 0
