"""Benchmarks, ours and a named peer side by side in one run: python -m tests.benchmarks [S|M|L] [read] [mark] [job] [start]

pandera is wanted for the peer that checks: pip install pandera. Nothing here is part of the test suite, and nothing asserts.
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

from tests.benchmarks.registries import SIZES, write_registry
from tests.helpers import ROOT


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of one run, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def peak(code: str, folder: Path) -> float:
    """The peak memory in MB of a fresh Python that runs this code on the folder."""
    # VmHWM, as ru_maxrss also counts what this process held when it started the other.
    script = f"from pathlib import Path; folder = Path({str(folder)!r})\n{code}\nprint(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1024


def report(name: str, seconds: float, others: dict[str, float]) -> None:
    print(f"{name}：{seconds:.2f} s")
    for peer, theirs in others.items():
        print(f"    {peer}：{theirs:.2f} s，是它的 {theirs / seconds:.1f} 倍")


def read_with_calamine(folder: Path) -> dict[str, list]:
    """Merely the values as Python lists."""
    import python_calamine

    found = {}
    for path in sorted(folder.glob("*.xlsx")):
        with path.open("rb") as stream:
            book = python_calamine.CalamineWorkbook.from_filelike(stream)
            for name in book.sheet_names:
                found[name] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return found


def read_with_pandas(folder: Path) -> dict[str, Any]:
    """Every sheet by pandas.read_excel with openpyxl, as text."""
    import pandas

    found: dict[str, Any] = {}
    for path in sorted(folder.glob("*.xlsx")):
        found |= pandas.read_excel(path, sheet_name=None, engine="openpyxl", dtype=str)
    return found


def check_with_pandera(sheets: dict[str, Any]) -> int:
    """The rules that the generated mistakes break, and their like, in pandera; how many cells fail."""
    import pandera.errors
    import pandera.pandas as pa
    from stdnum.iso7064 import mod_11_2

    people, events = set(sheets["人员"]["人员编号"]), set(sheets["培训活动"]["活动编号"])
    names = dict(zip(sheets["人员"]["人员编号"], sheets["人员"]["姓名"], strict=True))
    valid = pa.Check(lambda s: s.map(lambda n: len(n) == 18 and mod_11_2.is_valid(n)))
    schemas = {
        "人员": pa.DataFrameSchema(
            {
                "人员编号": pa.Column(str, unique=True),
                "姓名": pa.Column(str),
                "性别": pa.Column(str, pa.Check.isin(["男", "女"])),
                "出生年月": pa.Column(str, pa.Check.str_matches(r"\d{4}\.\d{2}$")),
                "身份证号": pa.Column(str, valid, unique=True),
                "手机": pa.Column(str, pa.Check.str_matches(r"1[3-9]\d{9}$")),
            },
            checks=[
                pa.Check(lambda f: f["身份证号"].str[6:10] + "." + f["身份证号"].str[10:12] == f["出生年月"]),
                pa.Check(lambda f: (f["身份证号"].str[16].astype(int) % 2 == 0) == (f["性别"] == "女")),
            ],
        ),
        "签到": pa.DataFrameSchema(
            {
                "活动编号": pa.Column(str, pa.Check.isin(events)),
                "人员编号": pa.Column(str, pa.Check.isin(people)),
                "出勤": pa.Column(str, pa.Check.isin(["出席", "请假", "缺席"])),
            },
            checks=[pa.Check(lambda f: f["人员编号"].map(names) == f["姓名"]), pa.Check(lambda f: ~f.duplicated(["活动编号", "人员编号"]))],
        ),
        "报考": pa.DataFrameSchema({"人员编号": pa.Column(str, pa.Check.isin(people)), "成绩": pa.Column(str, pa.Check.str_matches(r"-?\d+$"))}),
    }  # fmt: skip
    failed = 0
    for name, schema in schemas.items():
        try:
            schema.validate(sheets[name], lazy=True)
        except pandera.errors.SchemaErrors as errors:
            failed += len(errors.failure_cases)
    return failed


def bench_read(folder: Path) -> list[Any]:
    from jinguo.checks import check
    from jinguo.loading import collection_paused, load_registry

    def ours() -> list[Any]:
        with collection_paused():
            return check(load_registry(folder))

    ours()
    seconds, found = timed(ours)
    calamine = min(timed(lambda: read_with_calamine(folder))[0] for _ in range(2))
    peers = {"python-calamine 仅读成列表": calamine}
    try:
        peers["pandas.read_excel(openpyxl) + pandera"] = timed(lambda: check_with_pandera(read_with_pandas(folder)))[0]
    except ImportError:
        print("（没有装 pandera，略去这一项）")
    report(f"读取并校验（{len(found)} 条结果）", seconds, peers)
    code = "from jinguo.checks import check; from jinguo.loading import load_registry; check(load_registry(folder))"
    print(f"    内存峰值 {peak(code, folder):.0f} MB")
    return found


def mark_with_openpyxl(path: Path, findings: list[Any]) -> bytes:
    """Load, colour and comment the same cells, save."""
    import io

    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = openpyxl.load_workbook(path)
    fill = PatternFill("solid", fgColor="F8CBAD")
    for finding in findings:
        cell = book[finding.sheet][finding.cell]
        cell.fill = fill
        cell.comment = Comment(f"{finding.code}\n{finding.message}", "jinguo")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def bench_mark(folder: Path) -> None:
    from jinguo.checks import check
    from jinguo.excel.annotate import annotate
    from jinguo.loading import load_registry

    findings = [f for f in check(load_registry(folder)) if f.cell]
    by_book = {p: [f for f in findings if f.workbook == p.name] for p in sorted(folder.glob("*.xlsx"))}
    by_book = {p: found for p, found in by_book.items() if found}
    seconds, _ = timed(lambda: [annotate(p, found) for p, found in by_book.items()])
    peer, _ = timed(lambda: [mark_with_openpyxl(p, found) for p, found in by_book.items()])
    report(f"标注 {len(findings)} 处", seconds, {"openpyxl 读、标、存": peer})
    code = (
        "from jinguo.checks import check; from jinguo.loading import load_registry; from jinguo.excel.annotate import annotate\n"
        "import pickle, sys; findings = pickle.load(open(folder / 'findings.pickle', 'rb'))\n"
        "[annotate(p, [f for f in findings if f.workbook == p.name]) for p in sorted(folder.glob('*.xlsx'))]"
    )
    import pickle

    (folder / "findings.pickle").write_bytes(pickle.dumps(findings))
    print(f"    内存峰值 {peak(code, folder):.0f} MB")


def bench_job(folder: Path) -> None:
    """Read, check, report, annotated copies: ours, and pandas + openpyxl + stdnum."""
    from jinguo.checks import check
    from jinguo.excel.annotate import annotate
    from jinguo.excel.findings import findings_report
    from jinguo.loading import collection_paused, load_registry

    def ours() -> list[Any]:
        with collection_paused():
            registry = load_registry(folder)
            findings = check(registry)
        findings_report(findings, registry.files, folder, "")
        for path in registry.files:
            mine = [f for f in findings if f.workbook == path.name and f.cell]
            if mine:
                annotate(path, mine)
        return findings

    seconds, findings = timed(ours)

    def theirs() -> None:
        check_with_pandera(read_with_pandas(folder))
        for path in sorted(folder.glob("*.xlsx")):
            mark_with_openpyxl(path, [f for f in findings if f.workbook == path.name and f.cell])

    report("整件事：读取、校验、报告、标注", seconds, {"pandas + pandera + stdnum + openpyxl": timed(theirs)[0]})


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


def main(arguments: list[str]) -> None:
    size = next((a for a in arguments if a in SIZES), "S")
    wanted = [a for a in arguments if a not in SIZES] or ["read", "mark", "job", "start"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if set(wanted) - {"start"}:
            write_registry(folder, SIZES[size])
            print(f"台账 {size}：{SIZES[size].rows} 行")
        for name in wanted:
            bench = globals()[f"bench_{name}"]
            bench() if name == "start" else bench(folder)
    print(f"本进程内存峰值 {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
