"""`jinguo format`: finished documents put right to GB/T 9704-2012, in copies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.registry.settings import Settings
    from jinguo.word.formatting.put_right import PutRight

_FOLDER, _LIST = "规范格式", "修改清单.xlsx"


@staff_command("format", 112, "把 Word 文档改成公文格式标准的样子（改在副本里）")
@click.argument("files", metavar="文件...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def command(run: Run, files: tuple[Path, ...]) -> int:
    """规范公文格式：把 Word 文档里与国家标准《党政机关公文格式》不同的地方改过来，原来的文件不动。

    改好的在 output/规范格式，旁边的“修改清单.xlsx”逐处写着改了什么。文字、表格、图片、批注、修订都留着，只改标点、序数和日期的
    写法；本单位与国家标准不同的，写在 设置.xlsx › 格式口径。
    """
    from jinguo.commands.documents_given import opened
    from jinguo.common.output import Output
    from jinguo.common.writing import digest
    from jinguo.word.formatting.house_rules import house_rules
    from jinguo.word.formatting.put_right import put_right

    settings, names = _settings(run)
    rules = house_rules(settings)
    done: dict[str, PutRight] = {}
    failed: list[JinguoError] = []
    read: dict[str, str] = {}
    for path in files:
        try:
            data = path.read_bytes() if path.is_file() else b""
            result = opened(path, lambda given: put_right(given, rules, names))
        except JinguoError as error:
            failed.append(error)
            continue
        name = path.name if path.name not in done else f"{path.parent.name} {path.name}"
        done[name], read[name] = result, digest(data)
    changed = {name: result for name, result in done.items() if result.changes}
    with Output(run.output_folder, "format", read, may_clear=False) as output:
        for name, result in done.items():
            _tell(run, name, result, output.write(_FOLDER, name, result.document) if name in changed else None)
        if changed:
            from jinguo.reports.format_changes import format_changes

            author = settings.office.get("单位名称") or ""
            path = output.write(_FOLDER, _LIST, format_changes(changed, author))
            run.say(f"逐处的修改见 {path}。改好的文档请再看一遍，没有问题再用。")
    for trouble in failed:
        run.say(f"【没有改】{trouble.paragraph()}", "bold red")
    return 2 if failed else 1 if any(result.left for result in done.values()) else 0


def _settings(run: Run) -> tuple[Settings, frozenset[str]]:
    """The office's rules and the names that a title keeps whole; the standard's own where there is no registry."""
    from jinguo.documents.letterhead import names_in_titles
    from jinguo.registry.settings import Settings

    try:
        return run.registry.settings, names_in_titles(run.registry)
    except JinguoError:
        run.say("没有读到 workbooks 里的 设置.xlsx，按国家标准的规定改。", "yellow")
        return Settings(), frozenset()


def _tell(run: Run, name: str, result: PutRight, path: Path | None) -> None:
    if path is None:
        run.say(f"{name}：没有要改的地方。" if not result.left else f"{name}：没有改动。", "bold")
    else:
        kinds = Counter(change.element for change in result.changes)
        counted = "，".join(f"{element} {count} 处" for element, count in kinds.most_common())
        run.say(f"{name}：改了 {len(result.changes)} 处（{counted}） → {path}", "bold")
    for deviation in result.left:
        run.say(f"    请您决定【{deviation.where}】{deviation.found}。标准：{deviation.wanted}。", "yellow")
