"""One figure, one value: in stats --json, in 培训考试统计.xlsx, in the Word report and on the console."""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import docx
import openpyxl
import pytest

from jinguo.common.figures import Figure, rate
from jinguo.common.rounding import alike
from jinguo.documents.statistics_figures import all_figures
from jinguo.documents.statistics_report import exam_sentences, report_context, training_sentence
from jinguo.exams import exam_statistics as exams
from jinguo.intake.loading import load_registry
from jinguo.reports.statistics_workbook import statistics_report
from jinguo.training import training_statistics as training
from tests.helpers import (
    TODAY,
    change_cell,
    docx_text,
    find_cell,
    jinguo,
    office,
    registry,
    snapshot,
    template_of,
    workbook_rows,
)

#: Sheet of the workbook: the dimensions of its rows.
#: Sheet, dimensions of its figures; those of the year as a whole stand on three sheets.
SHEETS = {
    "培训总体": ("年度",), "培训经费和覆盖": ("年度",), "培训与上年比": ("年度",), "培训按类型": ("年度", "类型"), "培训按月份": ("年度", "月份"),
    "培训按层级": ("年度", "层级"), "培训按级别": ("年度", "组织级别"), "培训按镇街": ("年度", "镇街"), "培训按组织": ("年度", "组织"),
    "考试按级别": ("年度", "级别"), "考试按科目": ("年度", "级别", "科目"), "考试首次再次": ("年度", "级别", "报考次数"),
    "考试按镇街": ("年度", "级别", "镇街"), "考试按组织": ("年度", "级别", "组织"), "同届合格": ("首次报考年度", "级别"), "辅导和成绩": ("年度", "级别", "考前辅导"),
}  # fmt: skip
BOOK, REPORT = "output/统计/培训考试统计.xlsx", "output/统计/2026年培训考试统计报告.docx"


class Done(NamedTuple):
    """A run of stats --json on the demo: its folder, its figures, what it printed, and the workbooks before it."""

    folder: Path
    figures: list[dict[str, Any]]
    console: str
    before: dict[str, bytes]


def of_training_and_exams(folder: Path, path: Path, today: datetime.date) -> list[dict[str, Any]]:
    """The figures of the JSON before those of 年度统计, which have tests of their own."""
    figures = json.loads(path.read_text("utf-8"))
    return figures[: len(all_figures(load_registry(folder / "workbooks", today)))]


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> Done:
    folder = office(tmp_path_factory.mktemp("stats") / "统计 一")
    before = snapshot(folder / "workbooks")
    run = jinguo(folder, "stats", "--json", str(folder / "数字.json"))
    assert run.returncode == 0, run.stdout + run.stderr
    return Done(folder, of_training_and_exams(folder, folder / "数字.json", TODAY), run.stdout, before)


def cells_of(figure: dict[str, Any]) -> list[Any]:
    """What the workbook shows of a figure of the JSON: its value, — where there is none, and the two numbers a rate
    or mean is made of."""
    value = "—" if figure["value"] is None else figure["value"]
    return [value] if figure["denominator"] is None else [value, figure["numerator"], figure["denominator"]]


def words_of(figure: dict[str, Any]) -> str:
    """What the Word report shows of it."""
    if figure["unit"] != "%":
        return "—" if figure["value"] is None else f"{figure['value']:g}"
    shown = "—" if figure["value"] is None else f"{figure['value']:.1f}%"
    return f"{shown}（{figure['numerator']}/{figure['denominator']}）"


def grouped(
    figures: list[dict[str, Any]], dimensions: tuple[str, ...]
) -> dict[tuple[str, ...], dict[str, dict[str, Any]]]:
    """The figures of exactly these dimensions: group, name, figure; every one once."""
    found: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
    for f in figures:
        if tuple(f["dimensions"]) == dimensions:
            row = found.setdefault(tuple(f["dimensions"].values()), {})
            assert f["name"] not in row, f
            row[f["name"]] = f
    return found


def read_table(rows: list[list[Any]], width: int) -> tuple[list[str], dict[tuple[str, ...], list[Any]]]:
    """The header after the dimensions, and the cells after them by group, of a sheet of figures."""
    top = next(i for i, row in enumerate(rows) if row[0] in ("年度", "首次报考年度"))
    body = {tuple(map(str, row[:width])): row[width:] for row in rows[top + 1 :]}
    assert len(body) == len(rows) - top - 1, "a group stands on the sheet twice"
    return rows[top][width:], body


def assert_same(path: Path, figures: list[dict[str, Any]]) -> int:
    """Every figure stands in its cell of the workbook, and the workbook holds no other; returns how many figures
    that were."""
    seen = set()
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in [name for name in SHEETS if name in book.sheetnames]:
        dimensions = SHEETS[sheet]
        groups = grouped(figures, dimensions)
        header, body = read_table([list(row) for row in book[sheet].iter_rows(values_only=True)], len(dimensions))
        places = {head.removesuffix("(%)"): n for n, head in enumerate(header) if head not in ("分子", "分母", "明细")}
        assert list(body) == list(groups), sheet
        for key, row in groups.items():
            for name, place in places.items():
                if name not in row:
                    assert body[key][place] is None
                    continue
                cells = cells_of(row[name])
                assert body[key][place : place + len(cells)] == cells, (sheet, key, name)
                assert (f"{name}(%)" in header) == (row[name]["unit"] == "%")
                seen.add((name, *key, dimensions))
    return len(seen)


# the demo, every cell -------------------------------------------------------------------------------------------------


def test_every_figure_of_the_json_is_the_cell_of_the_workbook(done):
    figures = done.figures
    assert {tuple(f["dimensions"]) for f in figures} == set(SHEETS.values())
    assert assert_same(done.folder / BOOK, figures) == len(figures) > 1500


def test_the_workbook_and_report_that_all_writes_are_those_of_stats(done, generated):
    assert (generated / BOOK).read_bytes() == (done.folder / BOOK).read_bytes()
    assert (generated / REPORT).read_bytes() == (done.folder / REPORT).read_bytes()


def test_every_cell_of_the_word_tables_is_the_figure_of_the_json(done):
    own = [f for f in done.figures if f["dimensions"].get("年度") == "2026"]
    tables = docx.Document(str(done.folder / REPORT)).tables
    labels = ["类型", "层级", "镇街", "级别", "级别、科目", "级别、报考次数", "级别、镇街"]
    assert [t.rows[0].cells[0].text for t in tables] == labels
    for table, label in zip(tables, labels, strict=True):
        groups = grouped(own, ("年度", *label.split("、")))
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        names = [name for name in rows[0][1:] if name]
        assert len(names) == 5
        expected = [
            [" ".join(key[1:]).replace(" 社会工作", " "), *(words_of(row[name]) for name in names)]
            for key, row in groups.items()
        ]
        # The numbers of a column have as many decimals: 62.0 beside 68.4.
        columns = [list(column) for column in zip(*expected, strict=True)]
        assert rows[1:] == [list(row) for row in zip(columns[0], *map(alike, columns[1:]), strict=True)]
        for column in zip(*rows[1:], strict=True):
            assert len({len(c.partition(".")[2]) for c in column if re.fullmatch(r"[1-9]\d*(\.\d+)?", c)}) <= 1, column


def test_the_sentences_of_the_report_and_the_console_have_the_figures_of_the_json(done):
    value = {(f["name"], *f["dimensions"].values()): f for f in done.figures if "年度" in f["dimensions"]}

    def n(name: str, *group: str) -> str:
        return words_of(value[(name, "2026", *group)])

    attended = value["出勤率", "2026"]
    sentences = [
        f"2026年共举办培训活动{n('活动场次')}场，参训{n('参训人次')}人次（{n('参训人数')}人），累计{n('学时')}学时；签到表登记"
        f"{attended['denominator']}人次，出席{attended['numerator']}人次，出勤率{attended['value']:.1f}%。"
    ]
    for level, earned in (("初级", "取得初级资格"), ("中级", "取得中级资格"), ("高级", "取得成绩合格证明")):
        heads = (
            f"，其中社会组织负责人{n('负责人合格人数', level)}人"
            if value["负责人合格人数", "2026", level]["value"]
            else ""
        )
        sentences.append(
            f"{level}报考{n('报考人数', level)}人，实考{n('实考人数', level)}人，{earned}{n('合格人数', level)}人{heads}，"
            f"合格率{n('合格率', level)}。"
        )
    text = docx_text(done.folder / REPORT)
    first = next(line for line in text if line.startswith(sentences[0]))
    assert [line for line in text if line in sentences] == sentences[1:]
    reached, cost = value["组织覆盖率", "2026"], value["人均学时经费", "2026"]
    assert first == sentences[0] + (
        f"有人员参训的组织{reached['numerator']}个，占组织总数的{n('组织覆盖率')}；培训经费{n('经费')}元，平均每人每学时{cost['value']:.2f}元。"
    )
    assert done.console.splitlines()[1:][: len(sentences)] == sentences


def test_the_year_at_a_glance_has_the_figures_of_the_json_and_its_chart_points_at_them(done):
    rows = workbook_rows(done.folder / BOOK, "图表")
    groups = grouped([f for f in done.figures if f["dimensions"].get("年度") == "2026"], ("年度", "类型"))
    assert rows[0][0] == "2026年培训一览"
    assert rows[1][:5] == ["类型", "活动场次", "参训人次", "参训人数", "学时"]
    assert [row[:5] for row in rows[2:]] == [
        [key[1], *(row[name]["value"] for name in rows[1][1:5])] for key, row in groups.items()
    ]
    last = 2 + len(groups)
    chart = zipfile.ZipFile(done.folder / BOOK).read("xl/charts/chart1.xml").decode()
    assert re.findall("<c:f>(.*?)</c:f>", chart) == [
        "图表!$C$2", f"图表!$A$3:$A${last}", f"图表!$C$3:$C${last}", "图表!$D$2", f"图表!$A$3:$A${last}", f"图表!$D$3:$D${last}",
    ]  # fmt: skip


def test_every_figure_is_explained_in_the_workbook_and_in_the_report(done):
    names = dict.fromkeys(f["name"] for f in done.figures)
    rows = [row for row in workbook_rows(done.folder / BOOK, "口径")[3:] if row[0] != "来源"]
    assert {row[0] for row in rows} == set(names)
    rates = {f["name"] for f in done.figures if f["denominator"] is not None}
    assert {row[0] for row in rows if row[2] and row[3]} == rates
    assert {row[4] for row in rows} == {"2026-10-15"}
    shown = {cell.text for t in docx.Document(str(done.folder / REPORT)).tables for cell in t.rows[0].cells[1:]}
    told = [line for line in docx_text(done.folder / REPORT) if re.match(r"\d+[.]\D", line)]
    explained = {row[0]: row[1] for row in rows}
    assert {line.split(".", 1)[1].split("：")[0] for line in told} >= shown - {""}
    assert all(
        line.split(".", 1)[1] == f"{name}：{explained[name]}。"
        for line in told
        for name in [line.split(".", 1)[1].split("：")[0]]
    )


def test_training_of_the_demo_counted_from_its_cells(done):
    """Another reader, another way of counting: the whole year from the raw cells of the workbook."""
    book = done.folder / "workbooks" / "培训考试台账.xlsx"

    def records(sheet: str) -> list[dict[str, Any]]:
        header, *rows = workbook_rows(book, sheet)
        return [dict(zip(header, row, strict=True)) for row in rows if any(row)]

    held = {
        r["活动编号"]: r for r in records("培训活动") if r["开始时间"].year == 2026 and r["开始时间"].date() <= TODAY
    }
    listed = [r for r in records("签到") if r["活动编号"] in held]
    present = [r for r in listed if r["出勤"] == "出席"]
    hours = sum(Decimal(str(held[r["活动编号"]]["学时"] if r["学时"] is None else r["学时"])) for r in present)
    value = {f["name"]: f for f in done.figures if f["dimensions"] == {"年度": "2026"}}
    assert [value[n]["value"] for n in ("活动场次", "参训人次", "参训人数", "学时")] == [
        len(held), len(present), len({r["人员编号"] for r in present}), hours,
    ]  # fmt: skip
    assert (value["出勤率"]["numerator"], value["出勤率"]["denominator"]) == (len(present), len(listed))


def test_the_demo_s_four_heads_of_2026_and_the_rolling_intermediates(done):
    """documents.md: 初级 with four heads; of 中级 one completes the window in 2026, a lapsed first paper made up for."""
    value = {(f["name"], *f["dimensions"].values()): f["value"] for f in done.figures if "年度" in f["dimensions"]}
    assert value["负责人合格人数", "2026", "初级"] == 4
    assert [value["合格人数", year, "中级"] for year in ("2024", "2025", "2026")] == [0, 2, 1]
    assert value["合格人数", "2026", "高级"] == 1


def test_stats_leaves_the_workbooks_as_they_were_and_says_the_next_step(done):
    assert snapshot(done.folder / "workbooks") == done.before
    assert done.console.rstrip().splitlines()[-1].startswith("下一步：打开 ")


# other days, other offices --------------------------------------------------------------------------------------------


def test_an_earlier_day_leaves_later_events_out_everywhere(tmp_path, done):
    folder = office(tmp_path / "office")
    run = jinguo(folder, "--today", "2026-03-07", "stats", "--json", str(folder / "新建" / "数字.json"))
    # What is dated after the day it is taken to be is an error (DAT-001), and is told.
    assert run.returncode == 1, run.stderr
    figures = of_training_and_exams(folder, folder / "新建" / "数字.json", datetime.date(2026, 3, 7))
    assert assert_same(folder / BOOK, figures) > 500
    held = {
        f["dimensions"]["年度"]: f["value"] for f in figures if f["name"] == "活动场次" and len(f["dimensions"]) == 1
    }
    assert held == {"2025": 1, "2026": 3}
    assert "截至2026年3月7日" in "".join(docx_text(folder / REPORT))
    first = [f for f in done.figures if f["dimensions"].get("年度") == "2025"]
    then = [f for f in figures if f["dimensions"].get("年度") == "2025"]
    assert [f | {"note": ""} for f in then] == first
    assert {f["note"] for f in then if f["name"] == "活动场次"} == {
        "“继续教育”表另有12行未能识别，未计入有关数字（日期在将来12行）"
    }


def test_an_office_with_only_its_people_gets_told_which_sheets_the_zeros_come_from(tmp_path):
    folder = office(tmp_path / "office")
    for path in (folder / "workbooks").iterdir():
        if path.name not in ("人员台账.xlsx", "设置.xlsx"):
            path.unlink()
    run = jinguo(folder, "--today", "2026-10-15", "stats", "--json", str(folder / "数字.json"))
    assert run.returncode == 0, run.stderr
    assert "台账里没有培训活动表或活动表是空的，培训情况没有统计。" in run.stdout
    assert "台账里没有报考表或报考表是空的，考试情况没有统计。" in run.stdout
    # What the workbook of people tells alone: posts in public of those who have a post in an organisation.
    assert {f["name"] for f in json.loads((folder / "数字.json").read_text("utf-8"))} == {"担任社会职务人数"}
    assert openpyxl.load_workbook(folder / BOOK).sheetnames == ["图表", "报考资格", "口径"]
    text = docx_text(folder / REPORT)
    assert "台账里没有报考表或报考表是空的，考试情况没有统计。" in text
    assert not any("0场" in line or "0人次" in line for line in text)


def test_a_workbook_that_cannot_be_opened_is_named_and_is_no_success(tmp_path):
    folder = office(tmp_path / "office")
    (folder / "workbooks" / "培训考试台账.xlsx").write_bytes(b"not a workbook")
    run = jinguo(folder, "stats")
    assert "培训考试台账.xlsx" in run.stdout + run.stderr
    assert run.returncode in (1, 2)


def test_errors_in_the_sheets_it_counts_make_stats_exit_1(tmp_path):
    folder = office(tmp_path / "office")
    book = folder / "workbooks" / "培训考试台账.xlsx"
    change_cell(book, "报考", find_cell(book, "报考", "成绩", "2026"), "待查")
    assert jinguo(folder, "stats").returncode == 1


# the report by hand ---------------------------------------------------------------------------------------------------

SMALL = {
    "单位": "项目|内容\n单位名称|余姚市妇女联合会",
    "镇街": """
        镇街     | 类别
        阳明街道 | 街道
        <A&B>镇  | 镇
    """,
    "社会组织": """
        组织编号 | 组织名称 | 层级   | 所属镇街 | 负责人
        ZZ0001   | =1+1     | 核心层 | 阳明街道 | RY0001
        ZZ0002   | 乙社     | 大众层 | <A&B>镇  | RY0002
    """,
    "培训活动": """
        活动编号 | 类型     | 开始时间         | 学时
        HD0001   | 业务培训 | 2026-03-08 09:00 | 6
        HD0002   | 主题沙龙 | 2026-04-10 14:00 | 2.5
        HD0003   | 风采展示 | 2026-05-10 14:00 | 2
        HD0004   | 主题沙龙 | 2026-10-16 14:00 | 3
        HD0005   | 业务培训 | 2025-05-10 14:00 | 3
    """,
    "签到": """
        活动编号 | 人员编号 | 出勤
        HD0001   | RY0001   | 出席
        HD0001   | RY0002   | 出席
        HD0001   | RY0003   | 缺席
        HD0002   | RY0001   | 出席
        HD0004   | RY0002   | 出席
        HD0005   | RY0003   | 请假
    """,
    "报考": """
        年度 | 级别 | 人员编号 | 科目 | 成绩
        2026 | 高级 | RY0003   | 实务 | 61
        2026 | 中级 | RY0001   | 法规 | 60
        2025 | 中级 | RY0001   | 综合 | 60
        2025 | 中级 | RY0001   | 实务 | 60
        2026 | 初级 | RY0002   | 综合 |
    """,
}


@pytest.fixture(scope="module")
def small():
    """A registry small enough to count on one's fingers, and its figures."""
    reg = registry(**SMALL)
    return reg, training.training_figures(reg) + exams.exam_figures(reg)


def with_columns(table: dict, columns: list[str]) -> dict:
    """A table of the report with its first column and these."""
    places = [0, *(table["栏"].index(column) for column in columns)]
    return {
        "标题": table["标题"],
        "栏": [table["栏"][p] for p in places],
        "行": [[row[p] for p in places] for row in table["行"]],
    }


def test_the_context_of_the_report(small):
    context = report_context(*small)
    assert context["标题"].replace("\n", "") == "2026年女性社会组织培训和社会工作者职业资格考试情况统计报告"
    assert (context["年度"], context["截至日期"], context["成文日期"]) == ("2026", "2026年10月15日", "2026年10月15日")
    assert context["单位名称"] == "余姚市妇女联合会"
    assert context["培训概述"] == (
        "2026年共举办培训活动3场，参训3人次（2人），累计14.5学时；签到表登记4人次，出席3人次，出勤率75.0%。"
    )
    assert context["考试概述"] == [
        "初级报考1人，成绩尚未公布。",
        "中级报考1人，实考1人，取得中级资格1人，其中社会组织负责人1人，合格率100.0%（1/1）。",
        "高级报考1人，实考1人，取得成绩合格证明1人，合格率100.0%（1/1）。",
    ]
    columns = ["活动场次", "参训人次", "参训人数", "学时", "出勤率"]
    assert [with_columns(table, columns) for table in context["培训表"]] == [
        {
            "标题": "2026年培训情况（按类型）",
            "栏": ["类型", *columns],
            "行": [
                ["业务培训", "1", "2", "2", "12.0", "66.7%（2/3）"],
                ["主题沙龙", "1", "1", "1", "2.5", "100.0%（1/1）"],
                ["风采展示", "1", "0", "0", "0", "—（0/0）"],
            ],
        },
        {
            "标题": "2026年培训情况（按层级）",
            "栏": ["层级", *columns],
            "行": [
                ["核心层", "2", "2", "1", "8.5", "100.0%（2/2）"],
                ["紧密层", "0", "0", "0", "0", "—（0/0）"],
                ["大众层", "1", "1", "1", "6.0", "100.0%（1/1）"],
            ],
        },
        {
            "标题": "2026年培训情况（按镇街）",
            "栏": ["镇街", *columns],
            "行": [
                ["阳明街道", "2", "2", "1", "8.5", "100.0%（2/2）"],
                ["<A&B>镇", "1", "1", "1", "6.0", "100.0%（1/1）"],
                ["没有任职", "0", "0", "0", "0", "0.0%（0/1）"],
            ],
        },
    ]
    people = ["报考人数", "实考人数", "缺考人数", "合格人数", "合格率"]
    assert [(table["标题"], table["栏"]) for table in context["考试表"]] == [
        ("2026年社会工作者职业资格考试情况（按级别）", ["级别", *people]),
        (
            "2026年社会工作者职业资格考试情况（按科目）",
            ["级别、科目", "报考科次", "实考科次", "平均分", "通过科次", "科次通过率"],
        ),
        ("2026年社会工作者职业资格考试情况（首次和再次报考）", ["级别、报考次数", *people]),
        ("2026年社会工作者职业资格考试情况（按镇街）", ["级别、镇街", *people]),
    ]
    assert [table["行"] for table in context["考试表"]] == [
        [["初级", "1", "0", "0", "0", "—（0/0）"], ["中级", "1", "1", "0", "1", "100.0%（1/1）"], ["高级", "1", "1", "0", "1", "100.0%（1/1）"]],
        [
            ["初级 综合能力", "1", "0", "—", "0", "—（0/0）"],
            ["初级 实务", "0", "0", "—", "0", "—（0/0）"],
            ["中级 综合能力", "0", "0", "—", "0", "—（0/0）"],
            ["中级 法规与政策", "1", "1", "60", "1", "100.0%（1/1）"],
            ["中级 实务", "0", "0", "—", "0", "—（0/0）"],
            ["高级 实务", "1", "1", "61", "1", "100.0%（1/1）"],
        ],
        [["初级 首次报考", "1", "0", "0", "0", "—（0/0）"], ["中级 再次报考", "1", "1", "0", "1", "100.0%（1/1）"], ["高级 首次报考", "1", "1", "0", "1", "100.0%（1/1）"]],
        [["初级 <A&B>镇", "1", "0", "0", "0", "—（0/0）"], ["中级 阳明街道", "1", "1", "0", "1", "100.0%（1/1）"], ["高级 没有任职", "1", "1", "0", "1", "100.0%（1/1）"]],
    ]  # fmt: skip
    assert context["覆盖概述"] == "有人员参训的组织2个，占组织总数的100.0%（2/2）。"


def test_the_word_report_holds_the_context_with_every_sign_of_it(small):
    """& < > in a name stay what they are; nothing of the template is left over."""
    reg, figures = small
    context = report_context(reg, figures)
    file = io.BytesIO(template_of("培训考试统计报告", reg).render(context))
    document = docx.Document(file)
    assert [[[c.text for c in r.cells] for r in t.rows] for t in document.tables] == [
        [t["栏"], *t["行"]] for t in context["培训表"] + context["考试表"]
    ]
    text = [p.text for p in document.paragraphs]
    for line in [
        context["培训概述"] + context["覆盖概述"],
        *context["考试概述"],
        context["培训说明"],
        *context["口径"],
        "余姚市妇女联合会",
        "2026年10月15日",
    ]:
        assert line in text
    assert not any(sign in line for line in text for sign in ("{{", "}}", "{%", "None"))


@pytest.fixture(scope="module")
def book(small):
    return openpyxl.load_workbook(io.BytesIO(statistics_report(small[1], "2026", "余姚市妇女联合会")))


def test_the_sheets_of_the_workbook_and_who_wrote_it(book):
    assert book.sheetnames == ["图表", "逐月", "考试图表", *[name for name in SHEETS if name != "辅导和成绩"], "口径"]
    assert (book.properties.creator, book.properties.title) == ("余姚市妇女联合会", "培训考试统计")


@pytest.mark.parametrize(
    "sheet, rows",
    [
        (
            "培训总体",
            [
                ["培训情况（按年度）", *[None] * 10],
                [
                    "年度",
                    "活动场次",
                    "参训人次",
                    "参训人数",
                    "学时",
                    "出勤率(%)",
                    "分子",
                    "分母",
                    "报名率(%)",
                    "分子",
                    "分母",
                ],
                [2025, 1, 0, 0, 0, 0, 0, 1, "—", 0, 0],
                [2026, 3, 3, 2, 14.5, 75, 3, 4, "—", 0, 0],
            ],
        ),
        (
            "培训按组织",
            [
                ["培训情况（按组织）", *[None] * 8],
                [training.NOTE, *[None] * 8],
                ["年度", "组织", "活动场次", "参训人次", "参训人数", "学时", "出勤率(%)", "分子", "分母"],
                [2025, "=1+1", 0, 0, 0, 0, "—", 0, 0],
                [2025, "乙社", 0, 0, 0, 0, "—", 0, 0],
                [2026, "=1+1", 2, 2, 1, 8.5, 100, 2, 2],
                [2026, "乙社", 1, 1, 1, 6, 100, 1, 1],
            ],
        ),
        (
            "考试按级别",
            [
                ["社会工作者职业资格考试情况（按级别）", *[None] * 9],
                [
                    "年度",
                    "级别",
                    "报考人数",
                    "实考人数",
                    "缺考人数",
                    "合格人数",
                    "合格率(%)",
                    "分子",
                    "分母",
                    "负责人合格人数",
                ],
                [2025, "中级", 1, 1, 0, 0, 0, 0, 1, 0],
                [2026, "初级", 1, 0, 0, 0, "—", 0, 0, 0],
                [2026, "中级", 1, 1, 0, 1, 100, 1, 1, 1],
                [2026, "高级", 1, 1, 0, 1, 100, 1, 1, 0],
            ],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sheet_by_hand(book, sheet, rows):
    assert only_columns([list(row) for row in book[sheet].iter_rows(values_only=True)], rows) == rows


def only_columns(found: list[list], drawn: list[list]) -> list[list]:
    """The sheet with the columns that are drawn: one more statistic is no mistake of the others. Titles and notes, which
    stand in the first column, are as wide as what is drawn."""
    heads = next(row for row in drawn if None not in row)
    (top,) = (n for n, row in enumerate(found) if set(heads) <= set(row))
    places, place = [], -1
    for head in heads:
        place = found[top].index(head, place + 1)
        places.append(place)
    return [[row[0], *[None] * (len(heads) - 1)] for row in found[:top]] + [
        [row[p] for p in places] for row in found[top:]
    ]


def test_rates_are_numbers_that_show_their_sign_and_a_name_is_never_a_formula(book):
    year, organisation = book["培训总体"], book["培训按组织"]
    first = {head.value: cell for head, cell in zip(year[2], year[4], strict=True)}
    assert (first["出勤率(%)"].data_type, first["出勤率(%)"].number_format) == ("n", '0.0"%"')
    assert (first["学时"].data_type, first["学时"].number_format) == ("n", "General")
    assert (organisation["B4"].data_type, organisation["B4"].value) == ("s", "=1+1")
    last = organisation.cell(7, organisation.max_column).coordinate
    assert (organisation.freeze_panes, organisation.auto_filter.ref) == ("A4", f"A3:{last}")


def test_the_same_figures_make_the_same_bytes(small):
    assert statistics_report(small[1], "2026", "某妇联") == statistics_report(small[1], "2026", "某妇联")


def test_a_year_in_which_nothing_was_has_its_sheets_without_rows(small):
    """2027 by January: no chart, while the sheets still show the years before."""
    reader = openpyxl.load_workbook(io.BytesIO(statistics_report(small[1], "2027", "某妇联")))
    assert [list(r) for r in reader["图表"].iter_rows(values_only=True)] == [
        ["2027年培训一览", *[None] * 4],
        ["类型", "活动场次", "参训人次", "参训人数", "学时"],
    ]
    assert reader["图表"]._charts == []
    assert [row[0] for row in reader["培训总体"].iter_rows(min_row=3, values_only=True)] == [2025, 2026]


# sentences ------------------------------------------------------------------------------------------------------------


def test_the_sentence_of_a_year_without_training_has_no_rate():
    assert training_sentence([], "2026") == (
        "2026年共举办培训活动0场，参训0人次（0人），累计0学时；签到表登记0人次，出席0人次，出勤率—。"
    )


def test_the_sentence_of_a_year_whose_events_nobody_signed_has_no_rate():
    where = {"年度": "2026"}
    figures = [Figure("活动场次", where, 2, "场"), Figure("参训人次", where, 0, "人次"), rate("出勤率", where, 0, 0)]
    assert training_sentence(figures, "2026") == (
        "2026年共举办培训活动2场，参训0人次（0人），累计0学时；签到表登记0人次，出席0人次，出勤率—。"
    )


def test_no_sentence_for_a_level_nobody_entered_and_none_for_another_year():
    reg = registry(报考="年度|级别|人员编号|科目|成绩\n2026|中级|RY0001|综合|60\n2025|初级|RY0002|综合|60")
    figures = exams.exam_figures(reg)
    assert exam_sentences(figures, "2026") == ["中级报考1人，实考1人，取得中级资格0人，合格率0.0%（0/1）。"]
    assert exam_sentences(figures, "2025") == ["初级报考1人，实考1人，取得初级资格0人，合格率0.0%（0/1）。"]
    assert exam_sentences(figures, "2024") == []


def test_a_report_of_a_year_without_anything_has_no_tables(small):
    context = report_context(registry(), small[1][:0])
    assert (context["培训表"], context["考试表"], context["考试概述"]) == (
        [],
        [],
        ["台账里没有报考表或报考表是空的，考试情况没有统计。"],
    )
    assert context["培训概述"] == "台账里没有培训活动表或活动表是空的，培训情况没有统计。"
    assert context["单位名称"] == "××市妇女联合会"


# drill-down and native charts -----------------------------------------------------------------------------------------


def test_every_line_of_figures_links_to_the_rows_it_counts(done):
    """Counting the linked rows again gives the figures of the line, for training and exams, in every way of
    grouping."""
    book = openpyxl.load_workbook(done.folder / BOOK)
    checked = 0
    for name in [n for n in book.sheetnames if n.startswith(("培训按", "考试按", "考试首次")) or n == "培训总体"]:
        sheet = book[name]
        top = next(cell.row for cell in sheet["A"] if cell.value == "年度")
        heads = [cell.value for cell in sheet[top]]
        for row in sheet.iter_rows(min_row=top + 1):
            link = row[heads.index("明细")]
            value = {h: c.value for h, c in zip(heads, row, strict=True) if h not in ("分子", "分母")}
            if not link.value:
                assert not value.get("参训人次") and not value.get("报考人数") and not value.get("报考科次"), (
                    name,
                    value,
                )
                continue
            target, _, area = link.hyperlink.location.partition("!")
            detail = book[target.strip("'")]
            titles = [cell.value for cell in detail[2]]
            rows = [{t: c.value for t, c in zip(titles, line, strict=True)} for line in detail[area.replace("$", "")]]
            assert link.value == f"看 {len(rows)} 行"
            checked += 1
            if "参训人次" in value:
                present = [r for r in rows if r["出勤"] == "出席"]
                assert value["参训人次"] == len(present), (name, value)
                assert value["参训人数"] == len({r["人员编号"] for r in present})
                assert float(value["学时"]) == sum(r["学时"] for r in present)
            elif "报考人数" in value:
                assert value["报考人数"] == len({r["人员编号"] for r in rows}), (name, value)
                assert value["实考人数"] == len({r["人员编号"] for r in rows if r["结果"] not in ("缺考", "未公布")})
            else:
                assert [value[n] for n in ("报考科次", "通过科次", "缺考科次")] == [
                    len(rows),
                    *(sum(r["结果"] == x for r in rows) for x in ("通过", "缺考")),
                ]
    assert checked > 200


def test_a_row_of_the_detail_leads_to_its_cell_in_the_registry(done):
    detail = openpyxl.load_workbook(done.folder / BOOK)["明细·类型"]
    source = openpyxl.load_workbook(done.folder / "workbooks" / "培训考试台账.xlsx")["签到"]
    for line in list(detail.iter_rows(min_row=3))[:40]:
        cell = line[-1]
        assert cell.hyperlink.target.endswith("培训考试台账.xlsx") and cell.hyperlink.location == f"'签到'!{cell.value}"
        place = source[cell.value]
        assert (place.value, source.cell(place.row, 2).value) == (line[3].value, line[5].value)


def test_the_charts_of_the_report_are_native_and_hold_the_figures(done):
    """A chart part, and behind it a workbook that a double click opens, both with the figures of the JSON."""
    package = zipfile.ZipFile(done.folder / REPORT)
    assert {n for n in package.namelist() if n.startswith("word/charts/chart")} == {
        "word/charts/chart1.xml",
        "word/charts/chart2.xml",
    }
    value = {(f["name"], *f["dimensions"].values()): f["value"] for f in done.figures if "年度" in f["dimensions"]}
    for number, (names, first) in enumerate(
        [(("参训人次", "参训人数"), "类型"), (("报考人数", "实考人数", "合格人数"), "级别")], 1
    ):
        rows = [
            list(r)
            for r in openpyxl.load_workbook(
                io.BytesIO(package.read(f"word/embeddings/chart{number}.xlsx"))
            ).active.iter_rows(values_only=True)
        ]
        assert rows[1] == [first, *names]
        assert all(row[1:] == [value[name, "2026", row[0]] for name in names] for row in rows[2:]) and len(rows) > 4
        xml = package.read(f"word/charts/chart{number}.xml").decode()
        cached = re.findall("<c:v>(.*?)</c:v>", xml)
        expected = [
            word
            for n, name in enumerate(names, 1)
            for word in (name, *(row[0] for row in rows[2:]), *(str(row[n]) for row in rows[2:]))
        ]
        assert cached == expected
        assert (
            'r:id="rId1"' in xml
            and f"../embeddings/chart{number}.xlsx"
            in package.read(f"word/charts/_rels/chart{number}.xml.rels").decode()
        )
    assert package.read("word/document.xml").decode().count("<c:chart ") == 2


def test_a_registry_too_long_to_list_again_says_so(monkeypatch, small):
    from jinguo.reports import figure_rows as details

    monkeypatch.setattr(details, "MOST_ROWS", 3)
    assert details.training_details(small[0]) == [] and details.exam_details(small[0]) == []
    book = openpyxl.load_workbook(io.BytesIO(statistics_report(small[1], "2026", "某妇联")))
    assert "请在台账里筛选" in book["口径"]["A2"].value
