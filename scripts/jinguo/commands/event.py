"""`jinguo event`: what an event needs on its day and after: sign-in sheet, cards for the table, certificates."""

from __future__ import annotations

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError


@staff_command("event", 65, "生成一场活动的签到表、桌牌和结业证书")
@click.argument("numbers", metavar="活动编号...", nargs=-1)
@click.pass_obj
def command(run: Run, numbers: tuple[str, ...]) -> int:
    """会务材料：签到表（“签到”表里的人，后面留空行）、桌牌（一人一页，从中间裁开）、结业证书（出席并有学时的人）。

    不写活动编号时，是通知提前天数以内的和最近三十天办过的活动。
    """
    from jinguo.common.writing import safe_name
    from jinguo.documents.event_materials import event_materials
    from jinguo.documents.gate import withheld, withheld_for
    from jinguo.documents.opening import open_template

    registry = run.registry
    chosen = _chosen(run, numbers)
    if trouble := withheld(registry, "会务材料", ["events", "attendance", "people", "posts", "organisations"]):
        raise trouble.error()
    with run.output("event") as output:
        for number in chosen:
            materials, lacking = event_materials(registry, number)
            name = registry.name_of("events", number)
            folder = f"活动/{safe_name(f'{number} {name}')}"
            for material in materials:
                try:
                    document = open_template(material.kind, run.templates, registry).finish(material.context)
                except JinguoError as why:
                    run.withheld.append(withheld_for(material.file, why))
                    continue
                output.write(folder, f"{material.file}.docx", document, [], material.kind)
            run.say(f"{number} {name}：{'、'.join(m.kind for m in materials)} → {run.shown(folder)}")
            for text in lacking:
                run.say(f"    {text}。")
    return run.exit_code()


def _chosen(run: Run, numbers: tuple[str, ...]) -> list[str]:
    """The events asked for, else those that are near."""
    events = run.registry["events"]
    unknown = [number for number in numbers if number.upper() not in events.index_of]
    if unknown:
        raise JinguoError(
            f"没有活动“{'、'.join(unknown)}”", "培训考试台账.xlsx › 培训活动", "核对活动编号，如 HD0018。"
        )
    if numbers:
        return [number.upper() for number in numbers]
    ahead, back = (
        int(run.registry.settings.parameter("通知提前天数")),
        int(run.registry.settings.parameter("发文有效天数")),
    )
    near = [
        number
        for _, number, starts in events.each("number", "starts")
        if number and starts and -back <= (starts.date() - run.registry.today).days <= ahead
    ]
    if not near:
        run.say("最近没有活动；写上活动编号可以生成任何一场的，如 jinguo event HD0018。")
    return near
