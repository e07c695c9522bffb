"""Benchmarks, ours and a named peer side by side in one run: python -m tests.benchmarks [S|M|L] [shared] [read]
[own] [mark] [job] [people] [names] [documents] [statistics] [selection] [roster] [survey] [start]

With `shared` the workbooks keep their words in one table, as Excel saves them, and not in the cells; openpyxl then
reads in half the time, calamine in four fifths.

The peers want: pip install pandera docx-mailmerge2 daff. Nothing here is part of the test suite, and nothing asserts.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.peers import (
    check_identity_with_stdnum,
    check_people_with_pandera,
    check_with_pandera,
    mark_with_openpyxl,
    read_with_calamine,
    read_with_pandas,
)
from tests.benchmarks.registries import SIZES, many_organisations, write_own_registers, write_registry
from tests.helpers import ROOT


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds somebody waits for one run (as ours works in threads), and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def alone(code: str, folder: Path) -> tuple[str, float]:
    """What a fresh Python prints that runs this code on the folder, and its peak memory in MB."""
    # VmHWM, as ru_maxrss also counts what this process held when it started the other.
    script = f"from pathlib import Path; folder = Path({str(folder)!r})\n{code}\nprint(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    *printed, memory = done.stdout.split()
    return " ".join(printed), int(memory) / 1024


def report(name: str, seconds: float, others: dict[str, float]) -> None:
    print(f"{name}：{seconds:.2f} s")
    for peer, theirs in others.items():
        print(f"    {peer}：{theirs:.2f} s，是它的 {theirs / seconds:.1f} 倍")


def bench_read(folder: Path) -> list[Any]:
    from jinguo.checks import check
    from jinguo.intake.loading import collection_paused, load_registry

    def ours() -> list[Any]:
        with collection_paused():
            return check(load_registry(folder))

    ours()
    busy = time.process_time()
    seconds, found = timed(ours)
    busy = time.process_time() - busy
    # The better of two for both, as they take about as long as the machine's other doings may disturb.
    seconds = min(seconds, timed(ours)[0])
    calamine = min(timed(lambda: read_with_calamine(folder))[0] for _ in range(2))
    peers = {"python-calamine 仅读成列表": calamine}
    try:
        peers["pandas.read_excel(openpyxl) + pandera"] = timed(lambda: check_with_pandera(read_with_pandas(folder)))[0]
    except ImportError:
        print("（没有装 pandera，略去这一项）")
    report(f"读取并校验（{len(found)} 条结果；处理器 {busy:.2f} s）", seconds, peers)
    code = (
        "from jinguo.checks import check; from jinguo.intake.loading import load_registry; check(load_registry(folder))"
    )
    print(f"    内存峰值 {alone(code, folder)[1]:.0f} MB")
    return found


def bench_own(folder: Path, size: str) -> None:
    """An office's own registers of the same rows: what is proposed, and what reading through 对照.xlsx costs."""
    from jinguo.checks import check
    from jinguo.intake.adoption import adopt
    from jinguo.intake.loading import collection_paused, load_registry, read_folder
    from jinguo.reports.mapping_workbook import mapping_workbook

    own = folder / "own"
    write_own_registers(own, SIZES[size])
    sheets = read_folder(own).sheets
    with collection_paused():
        seconds, adoption = timed(lambda: adopt(sheets, None))
    print(f"认 {sum(map(len, sheets.values()))} 张自己的登记表：{seconds:.2f} s")
    (own / "对照.xlsx").write_bytes(mapping_workbook(adoption.decisions, ""))

    def read(of: Path) -> list[Any]:
        with collection_paused():
            return check(load_registry(of))

    # In turn, and the better of three: what the machine does besides disturbs both alike.
    both = [(timed(lambda: read(own))[0], timed(lambda: read(folder))[0]) for _ in range(3)]
    report("按对照读取并校验", min(a for a, _ in both), {"同样的行，按七个工作簿的版式": min(b for _, b in both)})


def bench_mark(folder: Path) -> None:
    from jinguo.checks import check
    from jinguo.excel.patching.annotate import annotate
    from jinguo.intake.loading import load_registry

    findings = [f for f in check(load_registry(folder)) if f.cell]
    by_book = {p: [f for f in findings if f.workbook == p.name] for p in sorted(folder.glob("*.xlsx"))}
    by_book = {p: found for p, found in by_book.items() if found}
    seconds, _ = timed(lambda: [annotate(p, found) for p, found in by_book.items()])
    peer, _ = timed(lambda: [mark_with_openpyxl(p, found) for p, found in by_book.items()])
    report(f"标注 {len(findings)} 处", seconds, {"openpyxl 读、标、存": peer})
    code = (
        "from jinguo.checks import check; from jinguo.intake.loading import load_registry; from jinguo.excel.patching.annotate import annotate\n"
        "import pickle, sys; findings = pickle.load(open(folder / 'findings.pickle', 'rb'))\n"
        "[annotate(p, [f for f in findings if f.workbook == p.name]) for p in sorted(folder.glob('*.xlsx'))]"
    )
    import pickle

    (folder / "findings.pickle").write_bytes(pickle.dumps(findings))
    print(f"    内存峰值 {alone(code, folder)[1]:.0f} MB")


_OUR_JOB = """
import time; start = time.perf_counter()
from jinguo.intake.loading import collection_paused, load_registry
# As the command does: imported while the largest workbook is parsed, and the collection of garbage paused to the end.
with collection_paused():
    registry = load_registry(folder, wanted_next=["jinguo.checks", "jinguo.excel.patching.annotate", "jinguo.reports.findings_report"])
    from jinguo.checks import check
    findings = check(registry)
    from concurrent.futures import ThreadPoolExecutor
    from jinguo.excel.patching.annotate import begin_copies
    from jinguo.reports.findings_report import findings_report
    with ThreadPoolExecutor(1) as packing:
        copies, failed = begin_copies(registry.files, findings, packing)
        findings_report(findings, registry.files, folder, "")
    assert not failed and all(copy.data.result() for copy in copies)
    print(time.perf_counter() - start)
import pickle; (folder / "findings.pickle").write_bytes(pickle.dumps(findings))
"""
_THEIR_JOB = """
import time; start = time.perf_counter()
import pickle; findings = pickle.loads((folder / "findings.pickle").read_bytes())
from tests.benchmarks.peers import check_with_pandera, mark_with_openpyxl, read_with_pandas, report_with_pandas
check_with_pandera(read_with_pandas(folder))
report_with_pandas(findings)
for path in sorted(folder.glob("*.xlsx")):
    mark_with_openpyxl(path, [f for f in findings if f.workbook == path.name and f.cell])
print(time.perf_counter() - start)
"""


def bench_job(folder: Path) -> None:
    """Read, check, report, annotated copies: ours, and pandas + openpyxl + stdnum; each in a fresh Python, as staff
    start it."""
    # The best of three: after something large has run, the machine first has to find the memory again.
    runs = [alone(_OUR_JOB, folder) for _ in range(3)]
    ours, memory = min(float(seconds) for seconds, _ in runs), max(memory for _, memory in runs)
    theirs, _ = alone(_THEIR_JOB, folder)
    report("整件事：读取、校验、报告、标注", ours, {"pandas + pandera + stdnum + openpyxl": float(theirs)})
    print(f"    内存峰值 {memory:.0f} MB")


def bench_people(folder: Path) -> None:
    """All rules on the people alone, read but not yet typed; a second with pandera on a frame and with a loop of
    stdnum."""
    import pandas

    from jinguo.checks import check
    from jinguo.intake.building import build_registry
    from jinguo.intake.loading import collection_paused, read_files

    sheets = read_files([folder / "人员台账.xlsx", folder / "设置.xlsx"]).sheets
    rows = next(raw.rows for raw in sheets["人员台账.xlsx"] if raw.name == "人员")

    def ours() -> list[Any]:
        with collection_paused():
            return check(build_registry(sheets))

    ours()
    count = len(rows) - 1
    people = pandas.DataFrame(rows[1:], columns=rows[0])
    townships = pandas.DataFrame(sheets["设置.xlsx"][0].rows[1:], columns=sheets["设置.xlsx"][0].rows[0])
    times = {
        "jinguo（读出类型和全部规则）": min(timed(ours)[0] for _ in range(3)),
        "pandera（人员表的同样规则）": timed(lambda: check_people_with_pandera(people, townships))[0],
        "stdnum 循环（只看身份证号）": timed(lambda: check_identity_with_stdnum(list(people["身份证号"])))[0],
    }
    for name, seconds in times.items():
        print(f"校验人员，{name}：每秒 {count / seconds:,.0f} 人")


def bench_names(folder: Path) -> None:
    """Near-duplicates among ten thousand names."""
    from jinguo.intake.building import build_registry
    from jinguo.organisations.duplicates import organisation_links

    registry = build_registry(many_organisations(10_000))
    seconds, links = timed(lambda: organisation_links(registry))
    print(f"一万个组织名称找疑似重复（{len(links)} 对）：{seconds:.2f} s")


def bench_documents(folder: Path) -> None:
    from tests.benchmarks.documents import bench

    bench()


def bench_format(folder: Path) -> None:
    """Inspecting and putting right the demo's own documents and one as a clerk types it; beside it python-docx opening and
    saving the same files, which is the least that any formatter built on it takes."""
    from tests.benchmarks.formatting import bench

    bench(folder)


def bench_statistics(folder: Path) -> None:
    from tests.benchmarks.statistics import bench

    bench(folder)


def bench_roster(folder: Path) -> None:
    from tests.benchmarks.rosters import bench

    bench()


def bench_selection(folder: Path) -> None:
    from tests.benchmarks.selection import bench

    bench()


def bench_start() -> None:
    """Wall time of `jinguo --help` and of `check` on the demo, the best of five."""

    def best(*command: str) -> float:
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True)
            times.append(time.perf_counter() - start)
        return min(times)

    report("jinguo --help", best("-m", "jinguo", "--help"), {"python -c 'import click'": best("-c", "import click")})
    with tempfile.TemporaryDirectory() as output:
        print(f"jinguo check（演示台账）：{best('-m', 'jinguo', '--output', output, 'check'):.2f} s")


def bench_survey(folder: Path, size: str) -> None:
    """A survey of 60, 400 or 2,800 townships, 300 rows each: every form read, compared with what was sent and checked, and what
    follows proposed."""
    from tests.benchmarks import surveys

    count = surveys.UNITS[size]
    registry = surveys.registry_of(count)
    issuing, sent = timed(lambda: surveys.issued(registry, folder))
    print(f"写 {count} 份调查表：{issuing:.1f} s")
    seconds, proposals = surveys.collect(registry, folder)
    print(f"列出 {len(proposals)} 处提议；每份 {seconds / count * 1000:.0f} ms")
    some = min(count, 60)
    peer = timed(lambda: surveys.read_with_pandas(folder, some))[0] * count / some
    bare = timed(lambda: surveys.read_with_calamine(folder, some))[0] * count / some
    report(
        f"回收 {count} 份调查表", seconds,
        {f"pandas + openpyxl 只读这些文件（由 {some} 份推算）": peer, f"python-calamine 只读这些文件（由 {some} 份推算）": bare},
    )  # fmt: skip
    ours, theirs = (timed(lambda f=f: f(sent[:some]))[0] for f in (surveys.compare_ours, surveys.compare_with_daff))  # type: ignore[misc]
    report(f"只比较 {some} 个镇的表", ours, {"daff 的三方比较": theirs})


def main(arguments: list[str]) -> None:
    size = next((a for a in arguments if a in SIZES), "S")
    shared = "shared" in arguments
    wanted = [a for a in arguments if a not in SIZES and a != "shared"] or [
        "read",
        "own",
        "mark",
        "job",
        "people",
        "names",
        "documents",
        "statistics",
        "selection",
        "roster",
        "start",
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if set(wanted) - {"start", "survey"}:
            write_registry(folder, SIZES[size], shared)
            print(f"台账 {size}：{SIZES[size].rows} 行{'，文字放在共用的表里' if shared else ''}")
        for name in wanted:
            bench = globals()[f"bench_{name}"]
            bench(*{"start": (), "own": (folder, size), "survey": (folder, size)}.get(name, (folder,)))
    print(f"本进程内存峰值 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
