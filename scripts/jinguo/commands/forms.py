"""`jinguo forms`: blank workbooks to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError


@click.command(options_metavar="[选项]")
@click.option("--to", "folder", metavar="文件夹", type=click.Path(path_type=Path), help="写到哪个文件夹（不写时：output 里的“新台账”）")
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
    from jinguo.common.output import write_file
    from jinguo.excel.writing.forms import write_form
    from jinguo.schema import WORKBOOKS

    there = [book.file for book in WORKBOOKS if (folder / book.file).exists()]
    if there:
        raise JinguoError(f"已有 {'、'.join(there)}，没有写", str(folder), "换一个空文件夹（--to 文件夹），以免盖掉填好的台账。")
    vocabularies, author, rows = _own_words(run)
    for book in WORKBOOKS:
        write_file(folder / book.file, write_form(book, rows, vocabularies, author))
    return [book.file for book in WORKBOOKS]


def _own_words(run: Run) -> tuple[dict[str, list[str]], str, dict[str, list[dict[str, str]]]]:
    """The office's townships and words for the dropdowns, its name, and the rows every 设置.xlsx begins with."""
    from jinguo.exams.entry import condition_rows
    from jinguo.registry.settings import OFFICE_ITEMS
    from jinguo.schema.parameters import PARAMETERS
    from jinguo.schema.vocabularies import VOCABULARIES

    rows = {
        "office": [{"item": item, "content": default, "note": meaning} for item, (meaning, default) in OFFICE_ITEMS.items()],
        "parameters": [
            {"name": p.name, "unit": p.unit, "meaning": p.meaning, "default": p.default, "source": p.source}
            for p in PARAMETERS.values()
        ],
        "entry_conditions": condition_rows(),
    }
    try:
        registry = run.registry
    except JinguoError:
        # An office that begins has no registry yet.
        return dict(VOCABULARIES), "", rows
    # The dropdowns offer them, so the new 设置.xlsx has to hold them.
    for name in ("townships", "vocabularies"):
        table = registry[name]
        rows[name] = [{f.name: table.shown(i, f.name) for f in table.spec.fields} for i in range(len(table))]
    words = registry.settings.vocabularies or VOCABULARIES
    return {**words, "townships": [t for t in registry["townships"]["name"] if t]}, run.author, rows
