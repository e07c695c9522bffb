"""Many counties: each worked out by itself, added up by city and province, the same wherever it runs."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from jinguo.common.figures import Figure, rate
from jinguo.rollup.combining import Region, Regions, adds_up
from jinguo.rollup.counties import County, find_counties
from jinguo.rollup.county_result import CountyResult, PlacedFigure
from jinguo.rollup.county_work import work_out
from jinguo.rollup.workers import run_here, run_on_cluster
from tests.helpers import ROOT, TODAY, jinguo, office, snapshot, table, workbook_rows

EVENTS = """
    活动编号 | 类型 | 活动名称 | 开始时间 | 学时 | 经费(元)
    HD01 | 业务培训 | 讲座 | 2026-03-01 | 3 | {money}
"""
ATTENDANCE = """
    活动编号 | 人员编号 | 出勤
    HD01 | RY01 | 出席
    HD01 | RY02 | {second}
"""
PEOPLE = """
    人员编号 | 姓名 | 性别 | 出生年月 | 手机 | 身份证号
    RY01 | 王芳 | 女 | 1980.05 | 13800000001 | 110101198005010020
    RY02 | 李敏 | 女 | 1981.05 | 13800000002 | 110101198105010063
"""
ORGANISATIONS = """
    组织编号 | 组织名称 | 登记状态 | 组织类型 | 层级 | 级别 | 所属镇街 | 负责人
    ZZ01 | 茶艺协会 | 未登记 | 其他 | 大众层 | 村社区 | 东街道 | RY01
"""
OFFICE = """
    项目 | 内容
    单位名称 | {name}妇女联合会
"""


def book(path: Path, **sheets: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        page = made.add_worksheet(name)
        for n, row in enumerate(table(rows)):
            page.write_row(n, 0, row)
    made.close()


def county(folder: Path, second: str = "出席", money: int = 100) -> Path:
    """A county with one event and two people; of the second it is said whether she was there."""
    book(folder / "人员台账.xlsx", 人员=PEOPLE)
    book(folder / "培训考试台账.xlsx", 培训活动=EVENTS.format(money=money), 签到=ATTENDANCE.format(second=second))
    book(folder / "社会组织台账.xlsx", 社会组织=ORGANISATIONS)
    book(folder / "设置.xlsx", 单位=OFFICE.format(name=folder.name), 镇街="镇街\n东街道")
    return folder


def province(folder: Path) -> Path:
    """Two cities: 甲市 with three counties, of which one is broken, 乙市 with one that has no training and one that is empty."""
    county(folder / "甲市" / "一县")
    county(folder / "甲市" / "二县" / "workbooks", "请假", 300)
    county(folder / "甲市" / "三县")
    (folder / "甲市" / "三县" / "培训考试台账.xlsx").write_bytes(b"PK\x03\x04 broken")
    county(folder / "乙市" / "四县", money=500)
    (folder / "乙市" / "四县" / "培训考试台账.xlsx").unlink()
    (folder / "乙市" / "五县").mkdir()
    return folder


def figures(folder: Path) -> dict[tuple[str, str, str], list]:
    """The rows of 全部数字 by region, name and group."""
    rows = workbook_rows(folder / "output" / "汇总" / "汇总.xlsx", "全部数字")
    return {(row[0], row[2], row[3]): row for row in rows[2:]}


def test_counties_are_the_folders_with_workbooks(tmp_path):
    folder = province(tmp_path / "某省")
    (folder / "甲市" / "output").mkdir()
    book(folder / "甲市" / "一县" / "备份" / "旧.xlsx", 人员=PEOPLE)
    found = find_counties([str(folder)])
    assert [c.called for c in found] == ["乙市/五县", "乙市/四县", "甲市/一县", "甲市/三县", "甲市/二县"]
    # One of them alone, several folders, and one named twice.
    assert [c.called for c in find_counties([str(folder / "甲市" / "二县")])] == ["二县"]
    both = [str(folder / "甲市"), str(folder / "乙市"), str(folder / "乙市" / "四县")]
    assert [c.called for c in find_counties(both)] == ["乙市/五县", "乙市/四县", "甲市/一县", "甲市/三县", "甲市/二县"]


def test_what_is_not_there_is_said(tmp_path):
    home = office(tmp_path)
    done = jinguo(home, "--today", "2026-10-15", "rollup", str(tmp_path / "没有"))
    assert done.returncode == 2 and "找不到这个文件夹" in done.stderr
    (tmp_path / "空的").mkdir()
    assert "没有找到任何一个县的台账" in jinguo(home, "--today", "2026-10-15", "rollup", str(tmp_path / "空的")).stderr


def test_a_province(tmp_path):
    home = office(tmp_path)
    done = jinguo(home, "--today", "2026-10-15", "rollup", str(province(tmp_path / "某省")))
    assert done.returncode == 2
    assert "5 个县，读出 4 个" in done.stdout and "【没有读出】乙市/五县：文件夹里没有台账" in done.stdout
    found = figures(home)
    without = "乙市/五县（没有读出）、乙市/四县（没有“培训活动”表）、甲市/三县（培训考试台账.xlsx 打不开）"
    # Value, unit, numerator, denominator, how many counties, which are not in it.
    assert found["合计", "出勤率", "年度：2026"][4:10] == [75, "%", 3, 4, 2, without]
    assert found["合计", "参训人次", "年度：2026"][4:6] == [3, "人次"]
    assert found["合计", "经费", "年度：2026"][4] == 400
    assert found["甲市", "参训人数", "年度：2026"][4] == 3
    assert ("乙市", "参训人数", "年度：2026") not in found
    # 400 yuan over nine hours of those who were there: not the mean of 100/6 and 300/3.
    assert found["合计", "人均学时经费", "年度：2026"][4:8] == [44.44, "元/学时", 400, 9]
    assert found["合计", "在册组织数", "在册"][4] == 4 and found["合计", "在册组织数", "在册"][8] == 4
    states = {row[0]: (row[1], row[5]) for row in workbook_rows(home / "output" / "汇总" / "汇总.xlsx", "各县")[2:]}
    assert states["甲市/一县"][0] == "已汇总" and "考试、考前辅导：没有“报考”表" in states["甲市/一县"][1]
    assert states["乙市/五县"][0] == "没有读出"
    assert "培训、考试、考前辅导：培训考试台账.xlsx 打不开" in states["甲市/三县"][1]
    first = workbook_rows(home / "output" / "汇总" / "汇总.xlsx", "总表")
    total = dict(zip(first[2], first[3], strict=True))
    assert (total["地区"], total["县数"], total["读出"], total["参训人次"]) == ("合计", 5, 4, 3)
    unread = next(dict(zip(first[2], row, strict=True)) for row in first if row[0] == "乙市/五县")
    # Not read is not nothing.
    assert unread["参训人次"] in (None, "")


def test_each_number_leads_to_its_rows(tmp_path):
    home = office(tmp_path)
    jinguo(home, "--today", "2026-10-15", "rollup", str(province(tmp_path / "某省")))
    rows = workbook_rows(home / "output" / "汇总" / "各县" / "甲市 一县.xlsx", "数字")
    attended = next(row for row in rows if row[1] == "参训人次" and row[2] == "年度：2026")
    assert attended[8] == "培训考试台账.xlsx › 签到 第 2—3 行"
    found = workbook_rows(home / "output" / "汇总" / "各县" / "甲市 三县.xlsx", "校验")
    assert ["错误", "REG-006"] in [row[:2] for row in found]


def test_the_totals_are_those_of_the_statistics(tmp_path):
    """Two counties as the demo: every figure that adds up is twice that of `stats --json`."""
    home = office(tmp_path)
    for name in ("一县", "二县"):
        shutil.copytree(ROOT / "workbooks", tmp_path / "省" / name, ignore=shutil.ignore_patterns("备份"))
    jinguo(home, "--today", "2026-10-15", "stats", "--json", str(tmp_path / "x.json"))
    done = jinguo(home, "--today", "2026-10-15", "rollup", str(tmp_path / "省"))
    assert done.returncode == 1
    assert "工作簿一模一样的：二县 和 一县，两处都计入了" in done.stdout
    copied = workbook_rows(home / "output" / "汇总" / "汇总.xlsx", "各县")[3][5]
    assert copied == "工作簿和 一县 的一模一样，两处都计入了，请核对是不是放错了"
    rows = workbook_rows(home / "output" / "汇总" / "汇总.xlsx", "全部数字")[2:]
    single = json.loads((tmp_path / "x.json").read_text())
    compared = 0
    for f in single:
        figure = Figure(f["name"], f["dimensions"], f["value"], f["unit"], f["numerator"], f["denominator"])
        group = "，".join(f"{k}：{v}" if k != v else k for k, v in figure.dimensions.items())
        # Two families may count the same by the same: 组织数 of training and of service.
        found = [row for row in rows if row[0] == "合计" and (row[2], row[3]) == (figure.name, group)]
        assert bool(found) == adds_up(figure)
        if not found:
            continue
        compared += 1
        wanted = 2 * (figure.numerator if figure.denominator is not None else figure.value or 0)
        column = 6 if figure.denominator is not None else 4
        row = min(found, key=lambda row: abs((0 if row[column] == "—" else row[column]) - wanted))
        if figure.denominator is not None:
            assert row[6] == pytest.approx(2 * figure.numerator) and row[7] == pytest.approx(2 * figure.denominator)
            assert row[4] == ("—" if figure.value is None else figure.value)
        else:
            assert row[4] == ("—" if figure.value is None else pytest.approx(2 * figure.value))
    assert compared > 500
    lists = workbook_rows(home / "output" / "汇总" / "汇总.xlsx", "推荐名单")[2:]
    assert [row[1:] for row in lists if row[0] == "一县"] == [row[1:] for row in lists if row[0] == "二县"] != []


def test_nothing_that_identifies_anybody_leaves_a_county(tmp_path):
    home = office(tmp_path)
    shutil.copytree(ROOT / "workbooks", tmp_path / "省" / "一县")
    path = tmp_path / "省" / "一县" / "人员台账.xlsx"
    from tests.helpers import change_cell

    # A number that is wrong is in the findings of the county's own check.
    change_cell(path, "人员", "F3", "330281198001012345")
    jinguo(home, "--today", "2026-10-15", "rollup", str(tmp_path / "省"))
    import zipfile

    for made in (home / "output" / "汇总").rglob("*.xlsx"):
        text = "".join(zipfile.ZipFile(made).read(n).decode() for n in zipfile.ZipFile(made).namelist())
        text = re.sub(r"[0-9a-f]{64}", "", text)
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dX](?![\dX])", text)


@pytest.mark.long
def test_her_own_files_are_read_as_her_decisions_say(tmp_path):
    home = office(tmp_path / "home")
    own = office(tmp_path / "own", demo=False)
    jinguo(own, "demo", "--own", str(tmp_path / "registers"))
    files = [str(p) for p in sorted((tmp_path / "registers").rglob("*.xlsx"))]
    jinguo(own, "adopt", *files)
    shutil.copytree(own / "workbooks", tmp_path / "省" / "自己的县")
    jinguo(own, "--today", "2026-10-15", "stats", "--json", str(tmp_path / "own.json"))
    jinguo(home, "--today", "2026-10-15", "rollup", str(tmp_path / "省"))
    there = next(
        f["value"] for f in json.loads((tmp_path / "own.json").read_text())
        if f["name"] == "在册组织数" and list(f["dimensions"]) == ["在册"]
    )  # fmt: skip
    assert there > 0
    assert figures(home)["合计", "在册组织数", "在册"][4] == there


def test_counts_and_rates_add_up():
    def result(name: str, *made: Figure, **missing: str) -> CountyResult:
        return CountyResult(
            County(("市",), name, name), missing=missing, figures=[PlacedFigure("培训", f) for f in made]
        )

    region = Region(())
    where = {"年度": "2026"}
    region.add(result("a", rate("出勤率", where, 1, 3), Figure("人次", where, 5, note="3 行没读出")))
    region.add(result("b", rate("出勤率", where, 0, 0), Figure("人次", where, Decimal("2.5"))))
    region.add(result("c", 培训="没有表"))
    found = {f.figure.name: f for f in region.figures()}
    assert (found["出勤率"].figure.value, found["出勤率"].counted, found["出勤率"].without) == (
        Decimal("33.3"),
        2,
        "市/c（没有表）",
    )
    assert (found["人次"].figure.value, found["人次"].figure.note) == (Decimal("7.5"), "市/a：3 行没读出")


def test_what_does_not_add_up_is_left_to_the_counties():
    assert not adds_up(Figure("从第一步起的天数（中位数）", {"阶段": "受理"}, 12))
    assert not adds_up(Figure("平均分", {"年度": "2026"}, Decimal("61.2")))
    assert not adds_up(Figure("参训人次", {"年度": "2026", "镇街": "城关镇"}, 3))
    assert adds_up(Figure.quotient("平均每组织人次", {"年度": "2026"}, 3, 2, "人次", 1))


def test_the_order_in_which_counties_come_changes_nothing():
    results = [
        CountyResult(
            County(("市",), n, n), figures=[PlacedFigure("培训", Figure("人次", {"年度": y}, 1)) for y in years]
        )
        for n, years in (("a", ["2026", "2025"]), ("b", ["2025"]), ("c", ["2024", "2026"]))
    ]
    forward, backward = Regions(), Regions()
    for one, other in zip(results, reversed(results), strict=True):
        forward.add(one)
        backward.add(other)
    assert [r.figures() for r in forward.in_order()] == [r.figures() for r in backward.in_order()]


def _dies(county: County) -> CountyResult:
    if county.name == "三县":
        os._exit(7)
    return CountyResult(county, office=county.name)


def test_a_process_that_dies_takes_only_its_county(tmp_path):
    counties = [County((), f"{n}县", f"{n}") for n in "一二三四五六七八九"]
    found = list(run_here(_dies, counties, 2))
    assert [r.county for r in found] == counties
    assert [r.county.name for r in found if r.trouble] == ["三县"]
    assert "中途没了" in next(r.trouble for r in found if r.trouble)


@contextlib.contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """A real scheduler and workers on loopback: its address, and the processes of the workers."""
    port_file = folder / "scheduler.json"
    environment = os.environ | {"PYTHONPATH": f"{ROOT}/scripts{os.pathsep}{ROOT}"}

    def begin(*words: str) -> subprocess.Popen:
        return subprocess.Popen([sys.executable, "-m", *words], env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip

    scheduler = begin("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(port_file))  # fmt: skip
    started: list[subprocess.Popen] = []
    try:
        for _ in range(200):
            if port_file.exists() and port_file.read_text():
                break
            time.sleep(0.1)
        address = json.loads(port_file.read_text())["address"]
        started += [
            begin(
                "distributed.cli.dask_worker",
                address,
                "--nthreads",
                "1",
                "--no-nanny",
                "--no-dashboard",
                "--local-directory",
                str(folder),
            )
            for _ in range(workers)
        ]
        yield address, started
    finally:
        for process in [*started, scheduler]:
            process.kill()
            process.wait()


@pytest.mark.long
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_lost(tmp_path):
    place = province(tmp_path / "某省")
    for n in range(12):
        county(place / "丙市" / f"县{n:02d}", money=n)
    here, there, alone = (office(tmp_path / name) for name in ("here", "there", "alone"))
    jinguo(here, "--today", "2026-10-15", "rollup", str(place))
    jinguo(alone, "--today", "2026-10-15", "rollup", "--processes", "1", str(place))
    with cluster(tmp_path, 3) as (address, workers):
        work = functools.partial(work_out, today=TODAY)
        counties = find_counties([str(place)])
        results = run_on_cluster(work, counties, address)
        first = next(results)
        workers[0].kill()
        rest = list(results)
        assert [first, *rest] == [work(one) for one in counties]
        jinguo(there, "--today", "2026-10-15", "rollup", "--scheduler", address, str(place))
    made = snapshot(here / "output" / "汇总")
    assert len(made) == 18
    assert made == snapshot(there / "output" / "汇总") == snapshot(alone / "output" / "汇总")


@pytest.mark.long
def test_a_scheduler_that_is_not_there_is_told(tmp_path):
    home = office(tmp_path)
    done = jinguo(
        home, "--today", "2026-10-15", "rollup", "--scheduler", "tcp://127.0.0.1:9", str(county(tmp_path / "县"))
    )
    assert done.returncode == 2 and "连不上调度程序" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.long
def test_counties_at_an_address(tmp_path):
    place = province(tmp_path / "某省")
    home, other = office(tmp_path / "a"), office(tmp_path / "b")
    jinguo(home, "--today", "2026-10-15", "rollup", f"file://{place}")
    jinguo(other, "--today", "2026-10-15", "rollup", str(place))
    # A store knows no empty folders; all else is the same.
    found, same = figures(home), figures(other)
    assert found.keys() == same.keys()
    assert [row[4] for row in found.values()] == [row[4] for row in same.values()]
    assert [c.called for c in find_counties([f"file://{place}"])] == [
        "乙市/四县",
        "甲市/一县",
        "甲市/三县",
        "甲市/二县",
    ]
    done = jinguo(home, "--today", "2026-10-15", "rollup", "nowhere://x/y")
    assert done.returncode == 2 and "读不到这个网址" in done.stderr
