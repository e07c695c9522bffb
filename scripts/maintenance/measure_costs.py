"""Measure what everything costs and write docs/性能.md: python scripts/maintenance/measure_costs.py [--large]; some minutes on a quiet machine.

Each command runs in a fresh Python, as staff start it; CPU seconds, peak memory, and beside them what the machine itself needs to unpack,
scan and pack the bytes. `--large` adds a registry five times that of M.
"""

from __future__ import annotations

import cProfile
import datetime
import io
import os
import platform
import pstats
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
_TARGET = ROOT / "docs" / "性能.md"
_DAY = "2026-10-15"
COMMANDS = (["--version"], ["check"], ["stats"], ["summary"], ["board"], ["notices"], ["nominate"], ["diff", "{old}"], ["all"])  # fmt: skip
#: Counties that are really worked out, and those that are reckoned from them.
_COUNTIES, _NATION, _WORKERS = (10, 40), 2_800, (4, 40, 400)


def run(home: Path, words: list[str]) -> tuple[float, float, float]:
    """CPU seconds, seconds, and megabytes at most, of one run."""
    code = f"import resource, sys; sys.argv = ['jinguo', '--today', '{_DAY}', *sys.argv[1:]]\nfrom jinguo.commands import main\ntry: main()\nexcept SystemExit: pass\nu = resource.getrusage(resource.RUSAGE_SELF); c = resource.getrusage(resource.RUSAGE_CHILDREN)\nopen('cost.txt', 'w').write(f'{{u.ru_utime + u.ru_stime + c.ru_utime + c.ru_stime}} {{open(\"/proc/self/status\").read().split(\"VmHWM:\")[1].split()[0]}}')"
    environment = dict(
        os.environ, JINGUO_HOME=str(home), PYTHONPATH=str(ROOT / "scripts"), PYTHONUTF8="1", COLUMNS="200"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], cwd=home, env=environment, capture_output=True, check=True)
    seconds = time.perf_counter() - start
    cpu, memory = (home / "cost.txt").read_text().split()
    return float(cpu), seconds, int(memory) / 1024


def home_of(folder: Path, size: str) -> Path:
    from tests.benchmarks.registries import SIZES, write_registry

    shutil.copytree(ROOT / "templates", folder / "templates")
    if size == "演示":
        shutil.copytree(ROOT / "workbooks", folder / "workbooks", ignore=shutil.ignore_patterns("备份"))
    else:
        (folder / "workbooks").mkdir(parents=True)
        write_registry(folder / "workbooks", SIZES[size])
    shutil.copytree(folder / "workbooks", folder / "old")
    return folder


def timed(work: Callable[[], object], times: int = 3) -> float:
    """The least CPU seconds of a few runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        work()
        found.append(time.process_time() - start)
    return min(found)


def limits(home: Path) -> dict[str, float]:
    """What the bytes themselves cost: to unpack and look through those that are read, to pack those that are written."""
    from isal import isal_zlib

    from jinguo.checks import check
    from jinguo.excel.reading.read import read_workbook
    from jinguo.intake.loading import collection_paused, load_registry
    from tests.benchmarks.peers import read_with_calamine

    books = sorted((home / "workbooks").glob("*.xlsx"))
    packages = [zipfile.ZipFile(path) for path in books]
    raw = [isal_zlib.compress(p.read(n), 1) for p in packages for n in p.namelist()]
    written = [
        zipfile.ZipFile(p).read(n) for p in (home / "output").rglob("*.xlsx") for n in zipfile.ZipFile(p).namelist()
    ]

    def ours() -> None:
        with collection_paused():
            check(load_registry(home / "workbooks", datetime.date.fromisoformat(_DAY)))

    ours()
    return {
        "解压并扫一遍所读的字节": timed(lambda: [isal_zlib.decompress(data).count(b"<c ") for data in raw]),
        "压缩所写的字节": timed(lambda: [isal_zlib.compress(data, 2) for data in written]),
        "python-calamine 读成列表": timed(lambda: read_with_calamine(home / "workbooks")),
        "读成列表（本程序）": timed(lambda: [read_workbook(path) for path in books]),
        "读取并校验（本程序）": timed(ours),
    }


def long_sheet() -> tuple[float, float]:
    """Seconds for a sheet of 50,000 rows, ours and XlsxWriter's."""
    from jinguo.excel.writing import report
    from jinguo.excel.writing.cell_values import CellLink
    from tests.benchmarks.peers import report_with_xlsxwriter

    rows = [[2026, f"{n % 12 + 1}月", "业务培训", f"HD{n % 900:04d}", f"活动{n % 900}", f"RY{n % 3000:05d}", f"姓名{n % 3000}", "出席", n % 30 / 4, CellLink(f"A{n}", f"external:../x.xlsx#'签到'!A{n}")] for n in range(50_000)]  # fmt: skip
    sheet = report.Sheet("明细", "明细", [f"栏{n}" for n in range(10)], rows)
    ours = timed(lambda: report.write_report("明细", [sheet], ""), 2)
    theirs = timed(lambda: report_with_xlsxwriter("明细", [sheet], ""), 1)
    return ours, theirs


def profile(home: Path) -> list[str]:
    """Where the time of `stats` goes."""
    from jinguo.commands import main

    os.environ["JINGUO_HOME"] = str(home)
    sys.argv = ["jinguo", "--today", _DAY, "stats"]
    profiler, out = cProfile.Profile(), sys.stdout
    sys.stdout = io.StringIO()
    try:
        profiler.runcall(main)
    except SystemExit:
        pass
    finally:
        sys.stdout = out
    stats = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    whole = sum(own for _, _, own, _, _ in stats.values())
    rows = sorted(stats.items(), key=lambda item: -item[1][2])[:12]
    return [
        f"| {Path(file).name}:{line} `{name}` | {calls:,} | {own / whole:.0%} |"
        for (file, line, name), (_, calls, own, _, _) in rows
    ]


def counties(folder: Path) -> tuple[list[str], float, float]:
    """Rows about a roll-up of demo-sized counties; CPU seconds a county, and those of what is done once for each in the main process."""
    rows, costs = [], {}
    for count in _COUNTIES:
        place = folder / f"{count}县"
        for n in range(count):
            shutil.copytree(
                ROOT / "workbooks", place / f"市{n % 4}" / f"县{n:03d}", ignore=shutil.ignore_patterns("备份")
            )
        home = folder / f"home{count}"
        shutil.copytree(ROOT / "templates", home / "templates")
        shutil.copytree(ROOT / "workbooks", home / "workbooks", ignore=shutil.ignore_patterns("备份"))
        for processes in (1, 2):
            cpu, seconds, memory = run(home, ["rollup", "--processes", str(processes), str(place)])
            costs[count, processes] = cpu, seconds
            rows.append(f"| {count} | {processes} | {cpu:.1f} | {seconds:.1f} | {memory:.0f} |")
    few, many = _COUNTIES
    each = (costs[many, 1][0] - costs[few, 1][0]) / (many - few)
    return rows, each, _main_share(folder)


def _main_share(folder: Path) -> float:
    """Seconds the main process needs to add a county's result up."""
    from jinguo.rollup.counties import find_counties
    from jinguo.rollup.county_work import work_out
    from jinguo.rollup.workbooks import RollupBook

    day = datetime.date.fromisoformat(_DAY)
    result = work_out(find_counties([str(folder / "10县")])[0], day)
    book = RollupBook(day)

    def once() -> None:
        book.add(result, "x")

    return timed(once)


def written() -> str:
    large = "--large" in sys.argv
    sizes = ["演示", "S", "M", *(["L"] if large else [])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        homes = {size: home_of(folder / size, size) for size in sizes}
        costs = {
            (words[0], size): run(home, [w.format(old=home / "old") for w in words])
            for size, home in homes.items()
            for words in COMMANDS
        }
        physical, sheet, shares = limits(homes["M"]), long_sheet(), profile(homes["M"])
        rows, each, main = counties(folder / "rollup")
    lines = [
        "# 性能", "", f"由 `scripts/maintenance/measure_costs.py` 测出，{datetime.date.today()}，{platform.system()}，Python {platform.python_version()}，{os.cpu_count()} 个处理器。",
        "每个命令在新起的 Python 里运行；处理器秒数，括号里是内存峰值（MB）。M 是 227,000 行，S 是它的一部分" + ("，L 是它的五倍。" if large else "。"), "",
        "## 每个命令", "", f"| 命令 | {' | '.join(sizes)} |", f"|---|{'---|' * len(sizes)}",
        *(f"| `{words[0]}` | {' | '.join(f'{costs[words[0], s][0]:.2f}（{costs[words[0], s][2]:.0f}）' for s in sizes)} |" for words in COMMANDS),
        "", "## 离物理极限多远（M）", "", "| | 处理器秒 |", "|---|---|", *(f"| {label} | {seconds:.2f} |" for label, seconds in physical.items()), "",
        f"读取并校验是 python-calamine 单单读成列表的 {physical['读取并校验（本程序）'] / physical['python-calamine 读成列表']:.2f} 倍。",
        f"五万行的明细表：{sheet[0]:.2f} 秒，XlsxWriter {sheet[1]:.2f} 秒，是它的 {sheet[1] / sheet[0]:.1f} 倍快。", "",
        "与 pandas、openpyxl、pandera、docx-mailmerge、daff、OR-Tools 并排比的，见 `python -m tests.benchmarks`。", "",
        "## `stats` 的时间花在哪里（M）", "", "| 函数 | 次数 | 占 |", "|---|---|---|", *shares, "",
        "## 汇总", "", "每县一套演示台账（校验、全部数字、三批推荐名单、一份明细）。", "", "| 县数 | 进程 | 处理器秒 | 秒 | 主进程内存（MB） |", "|---|---|---|---|---|", *rows, "",
        f"每县 {each:.2f} 处理器秒，其中主进程（相加）{main:.3f} 秒；内存不随县数增长（一个县的结果写出就放掉）。", "",
        f"全国 {_NATION:,} 个县，照上面的每县成本算（没有真的跑过）：", "", "| 工人（处理器） | 各县 | 主进程 | 总时间 |", "|---|---|---|---|",
        *(f"| {n} | {_NATION * each / n / 60:.1f} 分 | {_NATION * main / 60:.1f} 分 | {max(_NATION * each / n, _NATION * main) / 60:.1f} 分 |" for n in _WORKERS),
        "", "主进程边收边加，与各县同时进行；工人多过一定数目以后，快慢由主进程决定。", "",
    ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    _TARGET.write_text(written(), "utf-8")
    print(f"written to {_TARGET}")
