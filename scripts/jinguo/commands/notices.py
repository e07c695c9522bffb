"""`jinguo notices`: the notices that fall due, each with the text for the WeChat group."""

from __future__ import annotations

import click

from jinguo.commands.run import Run
from jinguo.errors import JinguoError
from jinguo.training.notices import Notice

KINDS = ("培训通知",)


@click.command(options_metavar="[选项]")
@click.argument("kinds", metavar="[种类]...", nargs=-1)
@click.pass_obj
def command(run: Run, kinds: tuple[str, ...]) -> int:
    """生成到期的通知：先列出哪些到期、为什么，再写成 Word，并附群消息。

    种类不写时全部生成。现有种类：培训通知。
    """
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise JinguoError(f"没有“{'、'.join(unknown)}”这种通知", remedy=f"可以写的种类：{'、'.join(KINDS)}。")
    due = write_notices(run)
    for notice in due:
        run.say(f"到期：{notice.title}\n    {notice.number}，{notice.why}")
    if due:
        run.say(f"下一步：打开 {run.shown('通知')} 核对后用印，把群消息发到微信群。")
    else:
        days = run.registry.settings.parameter("通知提前天数")
        run.say(f"从 {run.registry.today} 起 {days} 天内没有要发通知的活动。下一步：核对 培训考试台账.xlsx › 培训活动 的开始时间。")
    return run.exit_code()


def write_notices(run: Run) -> list[Notice]:
    """Write every due notice and its group message; return what was due."""
    from jinguo.documents.register import write_document
    from jinguo.letters import reserve_numbers
    from jinguo.training.notices import due_notices, group_message, notice_context

    registry = run.registry
    due = due_notices(registry)
    with run.output("notices") as output:
        numbers = reserve_numbers(registry, [notice.title for notice in due])
        for notice, number in zip(due, numbers, strict=True):
            context = notice_context(registry, notice, number)
            document = write_document("培训通知", run.templates, context, registry.settings, registry.today)
            rows = [registry["events"].place(notice.event, "number")]
            name = f"{notice.starts:%Y-%m-%d} {context['活动名称']} 培训通知"
            output.write("通知", f"{name}.docx", document, rows)
            # With a byte-order mark and CRLF, which every Notepad reads.
            message = group_message(registry, notice).replace("\n", "\r\n")
            output.write("通知", f"{name} 群消息.txt", message.encode("utf-8-sig"), rows)
    return due
