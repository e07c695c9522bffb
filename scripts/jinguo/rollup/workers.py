"""The same function over many counties: in processes of this machine, or on a cluster of Dask; results come in the order of the
counties, and no more of them wait than a few a worker."""

from __future__ import annotations

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.garbage import collect_seldom
from jinguo.rollup.counties import County
from jinguo.rollup.county_result import CountyResult

#: What works one county out; the same, and pure, wherever it runs.
Work = Callable[[County], CountyResult]
#: So many counties a worker are given out before their turn comes.
_AHEAD = 4
_LOST = "处理它的进程中途没了（可能是内存不够，或文件有问题），请单独校验这个县的台账。"


def run_here(work: Work, counties: Sequence[County], processes: int | None = None) -> Iterator[CountyResult]:
    """Every county in processes of this machine. A process that dies takes only its county with it: those that waited are begun
    again, and the one it died of is told."""
    count = min(processes or os.cpu_count() or 1, len(counties))
    if count <= 1:
        yield from (_worked_out(work, county) for county in counties)
        return
    rest = deque(counties)
    while rest:
        try:
            yield from _in_pool(work, rest, count)
        except BrokenProcessPool:
            # Which of those under way it was nobody knows: the next is tried alone, so that it fails or stands by itself.
            yield _alone(work, rest.popleft())


def _worked_out(work: Work, county: County) -> CountyResult:
    """One county, of which nothing stays in memory but its result."""
    try:
        return work(county)
    finally:
        gc.collect()


def _in_pool(work: Work, rest: deque[County], count: int) -> Iterator[CountyResult]:
    """Results in the order of `rest`, which loses each county once its result is there."""
    with ProcessPoolExecutor(count, initializer=collect_seldom) as pool:
        waiting: deque[Future[CountyResult]] = deque()
        given = 0
        while rest:
            while given < len(rest) and given < count * _AHEAD:
                waiting.append(pool.submit(_worked_out, work, rest[given]))
                given += 1
            result = waiting.popleft().result()
            rest.popleft()
            given -= 1
            yield result


def _alone(work: Work, county: County) -> CountyResult:
    with ProcessPoolExecutor(1, initializer=collect_seldom) as pool:
        try:
            return pool.submit(_worked_out, work, county).result()
        except BrokenProcessPool:
            return CountyResult(county, trouble=_LOST)


def run_on_cluster(work: Work, counties: Sequence[County], scheduler: str) -> Iterator[CountyResult]:
    """Every county on the workers of a Dask scheduler (tcp://…). What a lost worker had goes to another; a county that workers die
    of is told. JinguoError where the scheduler is not to be reached."""
    client = _connected(scheduler)
    with client:
        ahead = max(_AHEAD * sum(client.nthreads().values()), _AHEAD)
        rest, waiting = deque(counties), deque[tuple[County, Any]]()
        while rest or waiting:
            while rest and len(waiting) < ahead:
                county = rest.popleft()
                # Not by what it is called: the same folder may have changed since an earlier run.
                waiting.append((county, client.submit(work, county, pure=False)))
            county, future = waiting.popleft()
            yield _gathered(county, future)


def _connected(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise JinguoError(
            "在多台机器上汇总要用 dask.distributed，这台电脑没有装",
            scheduler,
            "请装上 jinguo 的 cluster 部分（pip install jinguo[cluster]）。",
        ) from error
    try:
        return Client(scheduler, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise JinguoError(
            "连不上调度程序",
            scheduler,
            "核对地址（形如 tcp://主机:8786），先运行 dask scheduler 和 dask worker；或不写 --scheduler，就在本机算。",
        ) from error


def _gathered(county: County, future: Any) -> CountyResult:
    from distributed import KilledWorker

    try:
        result: CountyResult = future.result()
        return result
    except KilledWorker:
        return CountyResult(county, trouble=_LOST)
    except Exception as error:
        # As when a worker has another version of the program, or does not see the folder.
        return CountyResult(
            county, trouble=f"处理它的机器上出错（{type(error).__name__}），核对各台机器上的程序和文件夹。"
        )
