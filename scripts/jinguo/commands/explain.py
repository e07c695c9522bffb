"""`jinguo explain`: one rule, looked up by its code."""

from __future__ import annotations

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError


@staff_command("explain", 130, "说明校验结果里的一个编号")
@click.argument("code", metavar="编号")
@click.pass_obj
def command(run: Run, code: str) -> int:
    """说明校验结果里的一个编号（如 ORG-004）：什么规定、什么依据、怎样改。"""
    from jinguo.common.nearest import nearest
    from jinguo.reference.reference import pages

    known = pages()
    page = known.get(code.strip().upper())
    if page is None:
        guess = nearest(code.upper(), known)
        raise JinguoError(
            f"没有“{code}”这条规则",
            remedy=f"是不是 {guess}？全部规则见 docs/规则表.md。" if guess else "全部规则见 docs/规则表.md。",
        )
    run.say(page.text())
    return 0
