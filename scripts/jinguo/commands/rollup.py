"""`jinguo rollup`: the registries of many counties, added up by city and province."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from jinguo.commands.command import staff_command
from jinguo.commands.run import Run
from jinguo.common.errors import JinguoError
from jinguo.common.findings import some_of

if TYPE_CHECKING:
    from jinguo.rollup.counties import County
    from jinguo.rollup.county_result import CountyResult
    from jinguo.rollup.workbooks import RollupBook

_FOLDER = "汇总"
_BELOW = f"{_FOLDER}/各县"


@staff_command("rollup", 59, "汇总：许多县的台账，按市、按省加起来")
@click.argument("places", metavar="文件夹或网址...", nargs=-1, required=True)
@click.option("--scheduler", metavar="地址", help="在 Dask 集群上算：调度程序的地址（tcp://主机:8786）；不写就在本机算")
@click.option("--processes", metavar="个数", type=int, help="本机同时算几个县；不写就按处理器个数")
@click.pass_obj
def command(run: Run, places: tuple[str, ...], scheduler: str | None, processes: int | None) -> int:
    """汇总各县台账：每县一个文件夹，按市、省分层放。逐县校验、统计、排名单，再按市、省相加，写成 汇总/汇总.xlsx 和每县一份明细。

    读不出的县在表里占一行，它没有计入的数字都写明。身份证号、电话不出县。
    """
    from jinguo.rollup.counties import find_counties
    from jinguo.rollup.workbooks import RollupBook

    counties = find_counties(places)
    today, author = _own(run)
    book = RollupBook(today)
    _work(run, counties, author, (scheduler, processes), book)
    return _show(run, book)


def _results(
    counties: list[County], work: Callable[[County], CountyResult], where: tuple[str | None, int | None]
) -> Iterator[CountyResult]:
    from jinguo.rollup.workers import run_here, run_on_cluster

    scheduler, processes = where
    if scheduler:
        return run_on_cluster(work, counties, scheduler)
    return run_here(work, counties, processes and max(processes, 1))


def _work(
    run: Run, counties: list[County], author: str, where: tuple[str | None, int | None], book: RollupBook
) -> None:
    """Write the workbook of each county as soon as it is worked out, and that of all at the end."""
    from jinguo.rollup.county_work import work_out_whole

    below = (run.output_folder / _BELOW).resolve()
    work = functools.partial(work_out_whole, today=book.today, below=below, author=author)
    seen: dict[frozenset[str], str] = {}
    with run.output("rollup", elsewhere=True) as output, run.counting("汇总") as done:
        for result in _results(counties, work, where):
            _tell_copy(result, seen, book)
            written = output.write(_BELOW, f"{result.county.called.replace('/', ' ')}.xlsx", result.detail)
            book.add(result, f"各县/{written.name}")
            done(len(counties))
        output.write(_FOLDER, "汇总.xlsx", book.data(author))
        output.clear(f"{_FOLDER}/")


def _own(run: Run) -> tuple[datetime.date, str]:
    """The day and the name of the office that adds up, where it keeps a registry of its own: one day for all counties."""
    try:
        return run.registry.today, run.author
    except JinguoError:
        return run.today or datetime.date.today(), ""


def _tell_copy(result: CountyResult, seen: dict[frozenset[str], str], book: RollupBook) -> None:
    """Say of a county whose workbooks are another's that they are: both are in every figure."""
    digests = frozenset(result.inputs.values())
    other = seen.setdefault(digests, result.county.called) if digests else result.county.called
    if other != result.county.called:
        result.noted.append(f"工作簿和 {other} 的一模一样，两处都计入了，请核对是不是放错了")
        book.copies.append(f"{result.county.called} 和 {other}")


def _show(run: Run, book: RollupBook) -> int:
    from jinguo.rollup.county_result import PARTLY, UNREAD

    whole = book.regions.by_groups[()]
    run.say(
        f"{whole.counties} 个县，读出 {whole.read} 个；校验发现错误 {whole.severities['错误']} 处、警告 {whole.severities['警告']} 处。"
    )
    unread = [row for row in book.counties if row[1] == UNREAD]
    for called, _, _, _, _, why, _ in unread[:10]:
        run.say(f"【没有读出】{called}：{why}", "bold red")
    if len(unread) > 10:
        run.say(f"……还有 {len(unread) - 10} 个县没有读出，见“各县”表。", "bold red")
    partly = [row[0] for row in book.counties if row[1] == PARTLY]
    if partly:
        run.say(f"有 {len(partly)} 个县只计入一部分（{some_of(partly)}），缺什么见“各县”表。", "yellow")
    if book.copies:
        run.say(f"工作簿一模一样的：{some_of(book.copies)}，两处都计入了，请核对是不是放错了。", "yellow")
    run.say(f"下一步：打开 {run.shown(f'{_FOLDER}/汇总.xlsx')}；各县明细在旁边的“各县”文件夹。")
    return 2 if unread else 1 if partly or book.copies else 0
