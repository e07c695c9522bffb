"""`jinguo notices`: the notices and letters that fall due, each with its text for WeChat; `--register` notes their numbers."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.documents.due_document import DueDocument
    from jinguo.excel.raw import RawSheet

_SETTINGS, _SHEET = "设置.xlsx", "发文登记"


@click.command(options_metavar="[选项]")
@click.argument("kinds", metavar="[种类]...", nargs=-1)
@click.option("--only", metavar="种类", multiple=True, help="只生成这一种，与直接写种类相同")
@click.option("--event", metavar="编号", help="只生成这一场活动的通知，如 HD0018")
@click.option("--to", "township", metavar="镇街", help="只生成给这个镇街的（发给各镇街的也在内）")
@click.option("--register", is_flag=True, help="把用到的发文字号写进 设置.xlsx › 发文登记（先备份）")
@click.pass_obj
def command(run: Run, kinds: tuple[str, ...], only: tuple[str, ...], event: str | None, township: str | None, register: bool) -> int:
    """生成到期的通知和提醒函：先列出哪些到期、为什么，再写成 Word，并附群消息。

    种类不写时全部生成：培训通知、大赛通知、获奖通报、项目征集通知、活动方案征集通知、值班安排通知、伴考通知、考试情况通报、吸纳团体会员批复、
    登记指导意见书、年检提醒函、换届提醒函、继续教育提醒、项目提醒函。
    """
    from jinguo.documents.calendar import KINDS

    wanted = (*kinds, *only)
    unknown = [kind for kind in wanted if kind not in KINDS]
    if unknown:
        raise JinguoError(f"没有“{'、'.join(unknown)}”这种通知", remedy=f"可以写的种类：{'、'.join(KINDS)}。")
    numbered = _numbered(run)
    chosen = [(due, number) for due, number in numbered if _is_chosen(due, wanted, event, township)]
    _show(run, chosen, narrowed=bool(wanted or event or township))
    write_documents(run, chosen)
    if register:
        _register(run, chosen)
    if chosen:
        run.say(f"下一步：打开 {run.shown('通知')} 核对后用印，把群消息发到微信群。")
    return run.exit_code()


def _is_chosen(due: DueDocument, kinds: tuple[str, ...], event: str | None, township: str | None) -> bool:
    if event and due.event != event.upper():
        return False
    return (not kinds or due.kind in kinds) and (not township or due.township in ("", township))


def _numbered(run: Run) -> list[tuple[DueDocument, str]]:
    """Everything that is due with its number: reserved for all, so that narrowing changes none."""
    from jinguo.documents.calendar import all_due
    from jinguo.office.letters import reserve_numbers

    due = all_due(run.registry)
    numbers = iter(reserve_numbers(run.registry, [d.title for d in due if d.numbered]))
    return [(d, next(numbers) if d.numbered else "") for d in due]


def _show(run: Run, chosen: list[tuple[DueDocument, str]], narrowed: bool) -> None:
    for due, number in chosen:
        run.say(f"到期：{due.title if due.numbered else due.file}\n    {'，'.join(filter(None, [due.event, number, due.why]))}")
    if chosen:
        counts = Counter(due.kind for due, _ in chosen)
        run.say("合计：" + "，".join(f"{kind} {count} 份" for kind, count in counts.items()))
    elif narrowed:
        run.say("没有符合所写条件的到期通知。去掉条件可以看到全部到期的。")
    else:
        days = run.registry.settings.parameter("通知提前天数")
        run.say(f"从 {run.registry.today} 起 {days} 天内没有要发通知的活动，也没有到期要提醒的。下一步：核对 培训考试台账.xlsx › 培训活动 的开始时间。")


def write_notices(run: Run) -> list[DueDocument]:
    """Write everything that is due; return what it was."""
    numbered = _numbered(run)
    write_documents(run, numbered)
    return [due for due, _ in numbered]


def write_documents(run: Run, chosen: list[tuple[DueDocument, str]]) -> None:
    """Write these documents and their messages."""
    from jinguo.documents.register import open_template

    registry = run.registry
    templates = {kind: open_template(kind, run.templates, registry.settings, registry.today) for kind in {due.kind for due, _ in chosen}}
    with run.output("notices") as output:
        for due, number in chosen:
            output.write("通知", f"{due.file}.docx", templates[due.kind].render(due.context(number)), due.rows)
            # With a byte-order mark and CRLF, which every Notepad reads.
            message = due.message.replace("\n", "\r\n")
            # What is for one recipient is no message for a group.
            label = "微信消息" if due.to else "群消息"
            output.write("通知", f"{due.file} {label}.txt", message.encode("utf-8-sig"), due.rows)
    run.tell_lacking(templates.values())


def _register(run: Run, chosen: list[tuple[DueDocument, str]]) -> None:
    """Write the numbers that are not yet in 发文登记 below its last row, through the lossless patcher."""
    from jinguo.amend.normalise import Change
    from jinguo.amend.rewrite import rewrite

    table, registry = run.registry["letters"], run.registry
    known = set(table["number"])
    new = [(due, number) for due, number in chosen if number and number not in known]
    if not new:
        run.say("没有要登记的发文字号，发文登记没有改动。")
        return
    path = next((p for p in registry.files if p.name == table.workbook), None)
    if not table.present or path is None or "number" not in table.letters:
        raise JinguoError("没有“发文登记”表，字号没有登记", f"{_SETTINGS} › {_SHEET}", "在设置.xlsx 里加一张“发文登记”表：发文字号、日期、标题、文件。")
    first = _first_free_row(path, table.sheet)
    changes = []
    for place, (due, number) in enumerate(new, first):
        values: dict[str, str | datetime.date] = {"number": number, "date": registry.today, "title": due.title, "file": f"{due.file}.docx"}
        for name, value in values.items():
            if name in table.letters:
                header = table.spec.by_name[name].header
                changes.append(Change(path.name, table.sheet, f"{table.letters[name]}{place}", header, "登记", "", value))
    backup = rewrite(run.workbooks, {path: changes})
    run.say(f"已登记 {'、'.join(number for _, number in new)}（{path.name} › {table.sheet}）；原件备份在 {backup}。")


def _first_free_row(path: Path, sheet: str) -> int:
    """The row below the last one that holds anything."""
    from jinguo.excel.reading.read import read_workbook
    from jinguo.schema.cells import is_blank

    raw: RawSheet = next(s for s in read_workbook(path) if s.name == sheet)
    return max((n for n, row in enumerate(raw.rows, 1) if not all(map(is_blank, row))), default=0) + 1
