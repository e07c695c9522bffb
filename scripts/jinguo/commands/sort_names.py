"""`jinguo sort-names`: any list of names in the order of strokes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError


@staff_command("sort-names", 120, "把姓名按姓氏笔画或姓名笔画排好")
@click.argument("file", metavar="[文件]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--rule",
    default="姓氏笔画",
    metavar="口径",
    type=click.Choice(["姓氏笔画", "姓名笔画"]),
    help="姓氏笔画（不写时）或 姓名笔画",
)
@click.pass_obj
def command(run: Run, file: Path | None, rule: str) -> int:
    """把姓名按笔画排好：文件里一行一个姓名，排好的写到屏幕上，一行一个。不写文件时从键盘或别的程序读。"""
    from jinguo.nominations.order import sort_names, unknown_characters

    names = [line.strip() for line in _read(file).splitlines() if line.strip()]
    own = _own(run) if unknown_characters(names) else {}
    for name in sort_names(names, rule, own):
        click.echo(name)
    unknown = unknown_characters(names, own)
    if unknown:
        click.echo(
            f"“{'、'.join(unknown)}”不在笔画表里，含有它的姓名排在后面；请在 设置.xlsx › 参数 的“生僻字笔画”里写明，或人工核对。",
            err=True,
        )
    return 1 if unknown else 0


def _own(run: Run) -> dict[str, float]:
    """The office's own ranks, where there is a registry to read them from."""
    from jinguo.nominations.order import own_ranks

    try:
        return own_ranks(run.registry.settings.pairs_of("生僻字笔画"))
    except JinguoError:
        return {}


def _read(file: Path | None) -> str:
    """The text of the file, UTF-8 or GB 18030 as Notepad may have saved it; standard input where no file is named."""
    if file is None:
        return sys.stdin.read()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise JinguoError("找不到或打不开这个文件", str(file), "核对文件名和所在的文件夹。") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")
