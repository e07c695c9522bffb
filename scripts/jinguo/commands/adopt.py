"""`jinguo adopt`: an office's own registers, as they are: what each sheet and column is, for her to decide once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError
from jinguo.common.findings import some_of

if TYPE_CHECKING:
    from jinguo.intake.adoption import Adoption
    from jinguo.intake.loading import Sources

_MOST_SHOWN = 12


@staff_command("adopt", 15, "接入自己的登记表：认出每张表、每一栏是什么，写成对照，由您认定")
@click.argument("files", metavar="[文件]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--convert",
    "target",
    metavar="文件夹",
    type=click.Path(path_type=Path),
    help="另写成巾帼台账的七个工作簿，放到这个文件夹",
)
@click.pass_obj
def command(run: Run, files: tuple[Path, ...], target: Path | None) -> int:
    """接入自己的登记表：您的文件一格也不改，每张表、每一栏是什么，写在 workbooks 里的 对照.xlsx，由您在 Excel 里认定。

    拖上来的文件先拷到 workbooks 文件夹。认定以后再运行一次：照认定的读，说明还剩什么；别的命令也都照它读。
    """
    from jinguo.intake.adoption import adopt
    from jinguo.intake.own.mapping import FILE
    from jinguo.reports.mapping_workbook import mapping_workbook

    _refuse_spoilt(run, target)
    left = [*_copy(run, files), *_same_names(run)]
    sources = _read(run)
    if FILE in sources.refused:
        raise sources.refused[FILE]
    adoption = adopt(sources.sheets, run.today, sources.refused)
    for name, trouble in sources.refused.items():
        run.say(f"【打不开】{name}：{trouble.paragraph()}", "bold red")
        adoption.registry.refused[name] = trouble.paragraph()
    adoption.registry.files = [path for path in sources.files if path.name != FILE]
    adoption.registry.folder = run.workbooks
    run.__dict__["registry"] = adoption.registry
    if not adoption.decisions.sources:
        run.say("没有要接入的登记表：workbooks 里的都是巾帼台账的工作簿。自己的登记表，拖到“接入台账.bat”上。")
        return 0
    wrong = adoption.wrong
    if wrong:
        run.say(
            f"{FILE} 里有 {len(wrong)} 处读不懂，照原样没有动；改好以前，新的工作表、新的栏目不写进去：", "bold red"
        )
        for sheet, cell, what in wrong[:_MOST_SHOWN]:
            run.say(f"  · {FILE} › {sheet}{f' › {cell}' if cell else ''}：{what}", "red")
    elif adoption.decisions != adoption.before:
        _write(run, mapping_workbook(adoption.decisions, run.author))
    _show(run, adoption)
    if target is not None:
        _convert(run, adoption, target)
    return 1 if wrong or adoption.unfit or left or sources.refused or adoption.decisions.open_questions() else 0


def _read(run: Run) -> Sources:
    from jinguo.excel.reading.hints import add_hints
    from jinguo.intake.loading import read_files, workbooks_below, workbooks_of

    sources = read_files([*workbooks_of(run.workbooks), *workbooks_below(run.workbooks)])
    for path in sources.files:
        add_hints(sources.sheets.get(path.name, ()), path)
    return sources


def _refuse_spoilt(run: Run, target: Path | None) -> None:
    """Raise where 对照 is in another format, which would not be found, or where her registers would be mixed with ours."""
    from jinguo.excel.raw import is_workbook
    from jinguo.intake.own.mapping import FILE

    here = run.workbooks
    others = [p.name for p in here.iterdir() if p.stem == "对照" and is_workbook(p)] if here.is_dir() else []
    if others and FILE not in others:
        raise JinguoError(
            f"{'、'.join(others)} 不是 {FILE}，认定过的读不到", str(here), f"打开它，另存为 {FILE}，再运行一次。"
        )
    if target is not None and target.resolve() == here.resolve():
        raise JinguoError("不能把七个工作簿写进自己的登记表所在的文件夹", str(target), "换一个空文件夹。")


def _write(run: Run, data: bytes) -> None:
    """Write 对照.xlsx; what stood there before is kept beside the registers."""
    from jinguo.amend.rewrite import back_up, refuse_open
    from jinguo.common.writing import write_file
    from jinguo.intake.own.mapping import FILE

    path = run.workbooks / FILE
    if path.exists():
        refuse_open([path])
        back_up(run.workbooks, {path: path.read_bytes()})
    write_file(path, data)


def _copy(run: Run, files: tuple[Path, ...]) -> list[str]:
    """Copy what was dropped into the folder of the registers; never over a file that says something else. What could not
    be copied."""
    from jinguo.common.writing import write_file
    from jinguo.excel.raw import is_workbook

    left = []
    for path, place in _files_of(files):
        if not is_workbook(path):
            left.append(path.name)
            run.say(f"{path.name} 不是 Excel、WPS 的表格，没有拷。", "yellow")
            continue
        target = run.workbooks / place / path.name
        if target.resolve() == path.resolve():
            continue
        data = path.read_bytes()
        if target.exists() and target.read_bytes() != data:
            left.append(path.name)
            run.say(
                f"workbooks 里已有 {place / path.name}，内容不同，没有拷。要用新的，请先把旧的移走；两份都要的，改个名称再拖。",
                "yellow",
            )
            continue
        if not target.exists():
            write_file(target, data)
            run.say(f"已拷到 workbooks：{place / path.name}（原来的文件没有动）")
    return left


def _same_names(run: Run) -> list[str]:
    """Workbooks of two folders that have one name: only one of them is read, which is told."""
    from jinguo.intake.loading import same_names

    twice = same_names(run.workbooks)
    for name, others in twice.items():
        run.say(
            f"{'、'.join(others)} 与 {name} 同名，没有读：改个名称（如 {Path(name).stem}（二）），再运行一次。",
            "bold red",
        )
    return list(twice)


def _files_of(files: tuple[Path, ...]) -> list[tuple[Path, Path]]:
    """What was dropped, each with the folder it goes into: a folder's files, and those of the folders right in it."""
    missing = [str(f) for f in files if not f.exists()]
    if missing:
        raise JinguoError("找不到这个文件", "、".join(missing), "核对文件名和所在的文件夹。")
    found = [(f, Path()) for f in files if f.is_file()]
    for folder in (f for f in files if f.is_dir()):
        inside = [p for p in sorted(folder.iterdir()) if not p.name.startswith((".", "~$"))]
        found += [(p, Path()) for p in inside if p.is_file()]
        found += [
            (p, Path(below.name)) for below in inside if below.is_dir() for p in sorted(below.iterdir()) if p.is_file()
        ]
    return found


def _show(run: Run, adoption: Adoption) -> None:
    from rich.markup import escape
    from rich.table import Table

    from jinguo.intake.own.mapping import FILE, IGNORED, OPEN, TAKEN
    from jinguo.schema import TABLES

    decisions, own = adoption.decisions, adoption.own
    read = {(t.source.workbook, t.source.sheet): len(t.frame.data) for t in own.transcripts}
    table = Table(title="自己的登记表", title_justify="left")
    for head in ("文件", "工作表", "是什么", "行", "处理"):
        table.add_column(head, overflow="fold", justify="right" if head == "行" else "left")
    grouped: dict[tuple[str, str, str], list[tuple[str, int]]] = {}
    for source in decisions.sources:
        what = "、".join(TABLES[t].sheet for t in source.tables[:3]) if source.action != IGNORED else source.reason
        rows = read.get((source.workbook.rpartition("/")[2], source.sheet), 0)
        grouped.setdefault((source.workbook, what, source.action), []).append((source.sheet, rows))
    for (book, what, action), sheets in grouped.items():
        named = some_of([name for name, _ in sheets]) + (f"（{len(sheets)} 张）" if len(sheets) > 3 else "")
        count = sum(rows for _, rows in sheets)
        style = {TAKEN: "", OPEN: "yellow", IGNORED: "dim"}.get(action, "")
        table.add_row(escape(book), escape(named), escape(what), str(count) if count else "", action, style=style)
    run.console.print(table)
    taken = [s for s in decisions.sources if s.action == TAKEN]
    columns = [c for c in decisions.columns if c.action == TAKEN and c.fields]
    run.say(f"读了 {len(taken)} 张表、{sum(read.values())} 行，认得 {len(columns)} 种栏目；您自己的栏目照样保留。")
    _show_open(run, adoption)
    for finding in adoption.unfit:
        run.say(f"【对照】{finding.place}：{finding.message}\n    → {finding.remedy}", "yellow")
    _show_ready(run)
    if not (run.workbooks / "设置.xlsx").exists():
        run.say(
            "还没有 设置.xlsx：通知要用的单位名称、联系人、电话写在那里，用“新建台账”建一个，拷进 workbooks。", "yellow"
        )
    count = decisions.open_questions()
    where = run.workbooks / FILE
    if count:
        run.say(
            f"下一步：打开 {where}，看黄色的行（{count} 处待定），在“对应”“处理”里选定，保存、关闭，再运行一次“接入台账”。"
        )
    elif adoption.unfit or adoption.wrong:
        run.say(f"下一步：照上面说的改 {where}，保存、关闭，再运行一次“接入台账”。")
    else:
        run.say(f"都认定了。下一步：运行“校验台账”，再生成材料；对照在 {where}，要改随时可以改。")


def _show_open(run: Run, adoption: Adoption) -> None:
    """What waits for her, grouped as one would decide it."""
    from jinguo.intake.own.decision_rows import fact_label
    from jinguo.intake.own.lexicon import field_label
    from jinguo.intake.own.mapping import OPEN, TAKEN

    decisions = adoption.decisions
    lines = []
    if sheets := [s.sheet for s in decisions.sources if s.action == OPEN]:
        lines.append(f"来源：{len(sheets)} 张工作表要不要读（{some_of(sheets)}）")
    facts: dict[str, list[str]] = {}
    for s in decisions.sources:
        for fact in s.facts:
            if fact.value == "？" and s.action == TAKEN:
                facts.setdefault(fact_label(fact.field, s), []).append(s.sheet)
    lines += [f"来源：{len(names)} 张表的“{label}”要填（{some_of(names)}）" for label, names in facts.items()]
    if columns := [c.title for c in decisions.columns if c.action == OPEN]:
        lines.append(f"栏目：{len(columns)} 栏是什么（{some_of(columns)}）")
    by_field: dict[str, list[str]] = {}
    for v in decisions.values:
        if v.action == OPEN:
            by_field.setdefault(field_label(v.field).partition(".")[2], []).append(f"{v.written}×{v.count}")
    lines += [f"取值：“{label}”的写法是什么意思（{some_of(words, 6)}）" for label, words in by_field.items()]
    kinds: dict[tuple[str, str], list[str]] = {}
    for i in decisions.identities:
        if i.action == OPEN:
            kinds.setdefault((i.kind, "登记表里没有" if not i.candidates else "可能是几个，或写错了"), []).append(
                i.written
            )
    lines += [f"认人认组织：{len(names)} 个{kind}{why}（{some_of(names)}）" for (kind, why), names in kinds.items()]
    if lines:
        run.say("等您认定的：", "yellow")
        for line in lines[:_MOST_SHOWN]:
            run.say(f"  · {line}", "yellow")


def _show_ready(run: Run) -> None:
    """What can be produced already."""
    from jinguo.documents.today import today

    found = today(run.registry, run.templates)
    if found.ready:
        run.say(f"现在就能出：{some_of(found.ready, 8)}。")


def _convert(run: Run, adoption: Adoption, target: Path) -> None:
    from jinguo.common.writing import write_file
    from jinguo.reports.converted_workbooks import converted_workbooks

    books = converted_workbooks(adoption.registry, adoption.own, run.author)
    there = [name for name in books if (target / name).exists()]
    if there:
        raise JinguoError(f"已有 {'、'.join(there)}，没有写", str(target), "换一个空文件夹，以免盖掉填好的台账。")
    for name, data in books.items():
        write_file(target / name, data)
    run.say(f"已另写成 {len(books)} 个工作簿，在 {target}；没有对上的格子，逐格列在“没有搬的.xlsx”里。")
