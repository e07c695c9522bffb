"""`jinguo inspect`: a finished document measured against GB/T 9704-2012."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.word.page_inspection import PageCount


@staff_command("inspect", 110, "量一份 Word 文档与公文格式标准有哪些不同")
@click.argument("files", metavar="文件...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--rendered", is_flag=True, help="再用 LibreOffice 排出来，数每一面的行数、每一行的字数（要装 LibreOffice 25.2）"
)
@click.pass_obj
def command(run: Run, files: tuple[Path, ...], rendered: bool) -> int:
    """检查公文格式：量一份做好的 Word 文档，逐处说明哪里与国家标准《党政机关公文格式》不同。

    谁写的文档都可以查；没有的要素（如没有发文字号）不算。每一面实际排了几行，加 --rendered 再看。
    """
    from jinguo.commands.documents_given import opened
    from jinguo.word.inspection import inspect
    from jinguo.word.libreoffice import find_libreoffice, read_pages, to_pdf
    from jinguo.word.measure import measure
    from jinguo.word.page_inspection import count_lines, inspect_rendered

    absent = [str(path) for path in files if not path.is_file()]
    if absent:
        raise JinguoError("找不到这个文件", "、".join(absent), "核对文件名和所在的文件夹。")
    if rendered:
        find_libreoffice()
    wrong = 0
    for path in files:
        found = opened(path, lambda data: inspect(measure(data)))
        counts: list[PageCount] = []
        if rendered:
            pages = read_pages(to_pdf(path))
            counts = count_lines(pages)
            found += inspect_rendered(pages)
        run.say(
            f"{path.name}：{f'{len(found)} 处与标准不同' if found else '没有发现与标准不同的地方'}",
            "bold" if found else "",
        )
        for deviation in found:
            run.say(f"【{deviation.where}】现在：{deviation.found}。\n    → 标准：{deviation.wanted}。")
        for page in counts:
            body = f"，3 号字 {page.body} 行，最长的一行 {page.longest} 字" if page.body else ""
            run.say(f"    第 {page.number} 面排了 {page.lines} 行{body}")
        wrong += len(found)
    if wrong:
        run.say("下一步：把文档拖到“规范公文格式.bat”上自动改正（改在副本里），或在 Word 里改正后再查一次。")
    return 1 if wrong else 0
