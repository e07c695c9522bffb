"""`jinguo merge`: two rows that are one become one, by a plan that staff decide."""

from __future__ import annotations

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError


@staff_command("merge", 69, "把登记了两次的人或组织并成一行，先列方案")
@click.argument("numbers", metavar="[留下的编号 并入的编号]", nargs=-1)
@click.pass_obj
def command(run: Run, numbers: tuple[str, ...]) -> int:
    """把登记了两次的人或组织并成一行：留下的补上缺的，别处写着另一个编号的都改过来，另一行清空，什么也不丢。

    不写编号时，列出校验报告里“疑似重复”的各组。方案定好以后，拖到“合并上报.bat”上写进台账。
    """
    from jinguo.organisations.duplicates import duplicate_groups
    from jinguo.reports.merge_plan import merge_plan, open_lines, ordered_proposals
    from jinguo.reports.survey_folder import PLAN
    from jinguo.survey.two_rows import fuller_first, merged_rows

    registry = run.registry
    pairs = []
    if numbers:
        table, keep, drop = _asked(run, numbers)
        pairs = [(table, keep, drop)]
    else:
        for group in duplicate_groups(registry):
            first, *others = fuller_first(group.table, group.rows)
            pairs += [(group.table, first, other) for other in others]
    if not pairs:
        run.say("没有疑似重复的。")
        return run.exit_code()
    proposals = ordered_proposals(
        [p for table, keep, drop in pairs for p in merged_rows(registry, table, keep, drop, bool(numbers))]
    )
    with run.output("merge") as output:
        path = output.replace("合并", PLAN, merge_plan(registry, "合并方案", proposals, run.author))
    if not numbers:
        run.say("是不是同一个由您定；定下来以前一处也不写：")
    for table, keep, drop in pairs:
        names = [f"{table[table.spec.key][i]} {table[table.spec.display][i]}" for i in (keep, drop)]
        run.say(f"{table.spec.sheet}：{names[1]} 并入 {names[0]}")
    waiting = len(open_lines(proposals))
    run.say(f"合并方案 {len(proposals)} 处，待定 {waiting} 处 → {path}")
    run.say("下一步：打开它，是同一个的把“待定”定下来，不是的整组选“不采用”；保存，再拖到“合并上报.bat”上。")
    return run.exit_code()


def _asked(run: Run, numbers: tuple[str, ...]) -> tuple:
    """The table and the two rows that were asked for."""
    if len(numbers) != 2 or numbers[0].upper() == numbers[1].upper():
        raise JinguoError("要写两个编号", "", "先写留下的，再写并入的，如：jinguo merge RY0066 RY0141。")
    for name in ("people", "organisations"):
        table = run.registry[name]
        keys = [number if number in table.index_of else number.upper() for number in numbers]
        if all(key in table.index_of for key in keys):
            return (table, *(table.index_of[key] for key in keys))
    raise JinguoError(
        f"台账里没有 {'、'.join(numbers)}，或者一个是人、一个是组织", "", "核对编号，两个要在同一张表里。"
    )
