"""`jinguo verify`: a package for review against the registry as it is now."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jinguo.commands.auditing import made_files
from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError

if TYPE_CHECKING:
    from jinguo.reports.audit.review_package import ReviewPackage
    from jinguo.reports.audit.verification import Verification

#: So many of each kind of difference are shown.
_MOST_SHOWN = 20


@staff_command("verify", 84, "核对一份复核材料：文件、证书、台账、结果")
@click.argument("folders", metavar="文件夹...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def command(run: Run, folders: tuple[Path, ...]) -> int:
    """核对复核材料：文件有没有改过、证书对不对，再按台账重做一遍，说哪些相同、哪几行变了、结果有没有跟着变。

    按材料上的基准日期重做，除非另写了 --today；给的是放材料的文件夹（output/复核），里面的一个一个核对。
    """
    from jinguo.reports.audit.verification import packages_in, read_list, verify

    agreed, runs = True, dict[datetime.date, Run]()
    for folder in [package for given in folders for package in packages_in(given)]:
        said = read_list(folder)
        day = run.today or _day(said, folder)
        # The registry is read once for all packages of a day.
        one = runs.setdefault(day, Run(run.workbooks, run.templates, run.output_folder, day))
        found = verify(one.registry, folder, said, made_files(one, _package(one, said)))
        _show(run, folder, said, found)
        agreed = agreed and found.agrees
    return 0 if agreed else 1


def _day(said: dict[str, Any], folder: Path) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(said["基准日期"]))
    except ValueError as error:
        raise JinguoError("清单.json 里的基准日期读不出", str(folder), "用原来的复核材料再核对一次。") from error


def _package(run: Run, said: dict[str, Any]) -> ReviewPackage:
    """The same package made anew from the registry."""
    from jinguo.documents.statistics_figures import all_figures
    from jinguo.nominations.nominate import nominate
    from jinguo.reports.audit import packages
    from jinguo.summary.facts import period_of
    from jinguo.summary.year_figures import counted_areas
    from jinguo.summary.year_work import year_work

    registry, kind, of = run.registry, said["种类"], str(said["对象"])
    if kind == packages.BATCH:
        result = next((r for r in nominate(registry) if r.batch.number == of.partition(" ")[0]), None)
        if result is None:
            raise JinguoError(f"台账里没有这一批了：{of}", "推荐台账.xlsx › 推荐批次", "用有这一批的台账来核对。")
        return packages.batch_package(registry, result, run.author)
    figures, areas = registry.once(all_figures), registry.once(counted_areas)
    if kind == packages.STATISTICS:
        return packages.statistics_package(registry, figures, run.author)
    if kind == packages.YEAR:
        return packages.year_package(registry, areas, run.author)
    if kind == packages.SUMMARY and of[:4].isdigit():
        work = year_work(registry, period_of(int(of[:4]), registry.today), figures, areas, "比较" in of)
        return packages.summary_package(registry, work, areas, run.author)
    raise JinguoError(f"不认识这一种复核材料：{kind}", "清单.json", "用写出它的那一版程序来核对。")


def _show(run: Run, folder: Path, said: dict[str, Any], found: Verification) -> None:
    run.say(f"核对 {folder}：{said['名称']}（基准日期 {said['基准日期']}）")
    _line(run, "文件", f"{len(said['文件'])} 个都没有改过", found.files)
    if "证书.json" in said["文件"]:
        _line(run, "证书", "核对无误", [found.certificate] if found.certificate else [])
    _line(run, "台账", "和当时一样", found.inputs, "yellow")
    if found.inputs or found.rows:
        _line(run, "用到的行", "都没有变", found.rows, "yellow")
    changed = [f"{name}：当时 {then}，现在 {now}" for name, then, now in found.results]
    _line(run, "结果", f"{found.count} 项全部相同", changed)
    if found.agrees:
        run.say("结论：相符。" + ("台账后来改过，但这份材料里的结果不变。" if found.inputs else ""), "green")
    else:
        same_list = "名单" in said["结果"] and all(name != "名单" for name, _, _ in found.results)
        run.say("结论：有不相符的地方，见上面。" + ("名单没有变。" if same_list else ""), "bold red")


def _line(run: Run, what: str, fine: str, wrong: list[str], style: str = "bold red") -> None:
    if not wrong:
        run.say(f"    {what}：{fine}")
        return
    run.say(f"    {what}：{len(wrong)} 处不同", style)
    for text in wrong[:_MOST_SHOWN]:
        run.say(f"        {text}", style)
    if len(wrong) > _MOST_SHOWN:
        run.say(f"        …… 共 {len(wrong)} 处", style)
