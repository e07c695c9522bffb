"""`jinguo forms`: blank workbooks to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError


@staff_command("forms", 90, "新建空白台账，带下拉列表和填表说明")
@click.option(
    "--to",
    "folder",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="写到哪个文件夹（不写时：output 里的“新台账”）",
)
@click.pass_obj
def command(run: Run, folder: Path | None) -> int:
    """新建七个空白工作簿：下拉列表、表头批注、填表说明都有，编号和证件号已设为文本。

    镇街、词表取自现有的 设置.xlsx；文件夹里已有同名工作簿的，一个也不写。
    """
    target = folder or run.output_folder / "新台账"
    names = write_forms(run, target)
    for name in names:
        run.say(f"    {target / name}")
    run.say("下一步：把要用的工作簿拷到 workbooks 文件夹里填写；先填 设置.xlsx 的 单位 和 镇街。")
    return 0


def write_forms(run: Run, folder: Path) -> list[str]:
    """Write the blank workbooks; raises JinguoError where that would replace one that is there."""
    from jinguo.common.writing import write_file
    from jinguo.reports.blank_workbooks import blank_workbooks

    try:
        books = blank_workbooks(run.registry)
    except JinguoError:
        # An office that begins has no registry yet.
        books = blank_workbooks(None)
    there = [name for name in books if (folder / name).exists()]
    if there:
        raise JinguoError(
            f"已有 {'、'.join(there)}，没有写", str(folder), "换一个空文件夹（--to 文件夹），以免盖掉填好的台账。"
        )
    for name, data in books.items():
        write_file(folder / name, data)
    return list(books)
