"""`jinguo demo`: the demo registry, or an office's own registers to try `adopt` on."""

from __future__ import annotations

from pathlib import Path

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError


@staff_command("demo", 95, "写一套演示台账，或一套单位自己的登记表，拿来试用")
@click.argument("folder", metavar="文件夹", type=click.Path(path_type=Path))
@click.option("--own", is_flag=True, help="写成单位自己的登记表的样子（没有编号，各有各的栏目），用来试“接入台账”")
@click.pass_obj
def command(run: Run, folder: Path, own: bool) -> int:
    """把演示台账写到一个空文件夹里。人名、电话、证件号都是编的。"""
    from jinguo.demo import write
    from jinguo.demo.own_registers import write_own

    if folder.exists() and any(folder.iterdir()):
        raise JinguoError("文件夹里已有文件，没有写", str(folder), "换一个空文件夹。")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = write_own(folder) if own else write(folder)
    except OSError as error:
        raise JinguoError("写不进这个文件夹", str(folder), "核对文件夹的名称和权限。") from error
    for path in paths:
        run.say(f"    {path}")
    nxt = (
        "把它们拖到“接入台账.bat”上（或拷到 workbooks 文件夹里，运行 adopt）"
        if own
        else "拷到 workbooks 文件夹里，运行 all"
    )
    run.say(f"写好了 {len(paths)} 个工作簿。下一步：{nxt}。")
    return 0
