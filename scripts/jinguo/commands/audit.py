"""`jinguo audit`: packages for review of every list and of all statistics."""

from __future__ import annotations

from collections.abc import Callable

import click

from jinguo.commands.auditing import audit_batches, audit_statistics, audit_summary
from jinguo.commands.command import staff_command
from jinguo.commands.nominate import write_nominations
from jinguo.commands.run import Run
from jinguo.commands.stats import write_statistics, write_year
from jinguo.commands.summary import write_summary
from jinguo.common.errors import JinguoError


@staff_command("audit", 83, "复核材料：给单位以外的人核对名单和数字")
@click.pass_obj
def command(run: Run) -> int:
    """生成名单、统计和工作总结，并在 复核 文件夹里写出核对它们的材料：活的公式、最优的证明、来源、说明，里面没有身份证号、电话和邮箱。

    只要一种的：nominate --audit、stats --audit、summary --audit。以后核对用 verify。
    """
    _held_back(run, lambda: audit_batches(run, write_nominations(run)))
    _held_back(run, lambda: audit_statistics(run, write_statistics(run), write_year(run)))
    work = write_summary(run)
    if work:
        audit_summary(run, work)
    run.tell()
    run.say(f"下一步：打开 {run.shown('复核')} 里各文件夹的“说明”，照着核对一遍，再交给要看的人。")
    return run.exit_code()


def _held_back(run: Run, make: Callable[[], None]) -> None:
    """Make one kind; what does not go out at all is told with the rest."""
    from jinguo.documents.gate import withheld_for

    try:
        make()
    except JinguoError as trouble:
        run.withheld.append(withheld_for("复核材料", trouble))
