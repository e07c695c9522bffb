"""The figures of the year over small tables counted by hand, and over the demo counted another way."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import openpyxl
import pytest

from jinguo.common.figures import Figure
from jinguo.intake.loading import load_registry
from jinguo.summary.year_figures import counted_areas, year_statistics
from tests.helpers import ROOT, change_cell, has_chinese, jinguo, office, registry

DAY = datetime.date(2026, 10, 15)


def figures(**sheets) -> dict[tuple[str, ...], Figure]:
    """Figures by name and the values of their dimensions."""
    areas = counted_areas(registry(DAY, **sheets))
    return {(f.name, *f.dimensions.values()): f for area in areas for f in area.figures}


def values(found, *names):
    return {key: found[key].value for key in found if key[0] in names}


def test_projects_by_year_buyer_and_type():
    found = figures(
        社会组织="组织编号 | 组织名称\nZZ0001 | 甲协会\nZZ0002 | 乙协会",
        项目="""
            项目编号 | 项目名称 | 项目类型     | 购买主体 | 承接组织 | 代管组织 | 合同金额(元) | 开始日期   | 结束日期   | 状态 | 受益人次
            XM0001   | 甲       | 政府购买服务 | 市妇联   | ZZ0001   |          | 50000        | 2025-03-01 | 2025-12-31 | 结项 | 300
            XM0002   | 乙       | 微项目       | 市妇联   | ZZ0001   | ZZ0002   | 8000         | 2026-01-01 | 2026-06-30 | 实施 | 40
            XM0003   | 丙       | 政府购买服务 | 民政局   | ZZ0002   |          | 20000        | 2026-02-01 | 2026-09-30 | 结项 |
            XM0004   | 丁       | 微项目       | 市妇联   | ZZ0002   |          |              | 2026-02-01 | 2026-12-31 | 实施 | 10
            XM0005   | 戊       | 微项目       | 市妇联   | ZZ0002   |          | 9000         | 2026-02-01 | 2026-12-31 | 申报 |
        """,
        拨款="项目编号 | 期次 | 日期 | 金额(元)\nXM0002 | 首期 | 2026-02-01 | 5000\nXM0003 | 首期 | 2026-03-01 | 12000\nXM0003 | 尾款 | 2026-10-01 | 9000",
    )
    assert values(found, "项目数", "承接组织数") == {
        ("项目数", "2025"): 1, ("承接组织数", "2025"): 1, ("项目数", "2026"): 3, ("承接组织数", "2026"): 2,
        ("项目数", "2025", "市妇联"): 1, ("承接组织数", "2025", "市妇联"): 1, ("项目数", "2026", "市妇联"): 2, ("承接组织数", "2026", "市妇联"): 2,
        ("项目数", "2026", "民政局"): 1, ("承接组织数", "2026", "民政局"): 1, ("项目数", "2025", "政府购买服务"): 1, ("承接组织数", "2025", "政府购买服务"): 1,
        ("项目数", "2026", "微项目"): 2, ("承接组织数", "2026", "微项目"): 2, ("项目数", "2026", "政府购买服务"): 1, ("承接组织数", "2026", "政府购买服务"): 1,
    }  # fmt: skip
    assert (found["合同金额", "2026"].value, found["已拨款", "2026"].value) == (28000, 26000)
    # 3,000 of the second; the third was paid 1,000 too much, which takes nothing from it.
    assert found["未拨款", "2026"].value == 3000
    closed = found["结项率", "2026"]
    assert (closed.numerator, closed.denominator, closed.text()) == (1, 2, "50.0%")
    assert (found["受益人次", "2026"].value, found["代管项目数", "2026"].value) == (50, 1)


def test_service_visits_and_promotion():
    found = figures(
        社会组织="组织编号 | 组织名称\nZZ0001 | 甲协会\nZZ0002 | 乙协会",
        服务活动="组织编号 | 日期 | 主题 | 志愿者人次 | 服务人次 | 时长(小时)\nZZ0001 | 2026-03-01 | 五水共治 | 10 | 200 | 3\nZZ0001 | 2026-04-01 | 为老服务 | 5 | 80 | 2.5\nZZ0002 | 2026-11-01 | 五水共治 | 9 | 9 | 9",
        来访接待="日期 | 事项 | 办结日期\n2026-03-01 | 法律咨询 | 2026-03-03\n2026-03-05 | 法律咨询 | 2026-03-06\n2026-03-09 | 政策解读 |",
        宣传推介="日期 | 组织编号 | 平台 | 标题 | 阅读量\n2026-03-01 | ZZ0001 | 官网 | 甲 | 100\n2026-03-02 | | 微信公众号 | 乙 |",
    )
    assert (found["服务活动数", "2026"].value, found["服务人次", "2026"].value, found["服务时长", "2026"].value) == (
        2,
        280,
        Decimal("5.5"),
    )
    assert found["服务人次", "2026", "五水共治"].value == 200
    assert (found["来访件数", "2026"].value, found["办结率", "2026"].text()) == (3, "66.7%")
    mean = found["平均办结天数", "2026", "法律咨询"]
    assert (mean.value, mean.numerator, mean.denominator) == (Decimal("1.5"), 3, 2)
    assert found["平均办结天数", "2026", "政策解读"].text() == "—"
    assert (found["推介篇数", "2026"].value, found["被推介的组织数", "2026"].value, found["阅读量", "2026"].value) == (
        2,
        1,
        100,
    )


def test_organisations_inspections_membership():
    found = figures(
        社会组织="""
            组织编号 | 组织名称 | 登记状态 | 层级   | 所属镇街 | 个人会员数 | 评估等级 | 团体会员
            ZZ0001   | 甲协会   | 已登记   | 核心层 | 阳明街道 | 100        | 3A       | 市
            ZZ0002   | 乙协会   | 已登记   | 大众层 | 阳明街道 |            |          | 否
            ZZ0003   | 丙队     | 已备案   | 大众层 | 临山镇   | 20         |          |
            ZZ0004   | 丁队     | 已注销   | 大众层 | 临山镇   | 500        |          |
        """,
        年检="组织编号 | 年度 | 结论\nZZ0001 | 2025 | 合格\nZZ0002 | 2025 | 不合格\nZZ0001 | 2024 | 基本合格",
        入会申请="组织编号 | 申请级别 | 申请日期 | 审批\nZZ0001 | 市 | 2026-01-08 | 同意\nZZ0002 | 市 | 2026-02-08 | 待批\nZZ0003 | 镇街 | 2026-03-08 | 不同意",
    )
    assert (found["在册组织数", "在册"].value, found["已登记数", "在册"].value, found["个人会员数", "在册"].value) == (
        3,
        2,
        120,
    )
    assert (found["有评估等级率", "在册"].text(), found["团体会员率", "在册"].text()) == ("50.0%", "33.3%")
    assert (found["在册组织数", "临山镇"].value, found["在册组织数", "大众层"].value) == (1, 2)
    assert (
        found["年检组织数", "2025"].value,
        found["年检合格率", "2025"].text(),
        found["年检合格率", "2024"].text(),
    ) == (2, "50.0%", "100.0%")
    assert (found["入会申请数", "2026"].value, found["同意率", "2026"].text()) == (3, "50.0%")


def test_the_way_to_registration():
    found = figures(
        社会组织="组织编号 | 组织名称\nZZ0001 | 甲\nZZ0002 | 乙\nZZ0003 | 丙",
        登记孵化="""
            组织编号 | 阶段     | 日期
            ZZ0001   | 意向     | 2026-01-01
            ZZ0001   | 咨询     | 2026-01-11
            ZZ0001   | 准予登记 | 2026-04-11
            ZZ0002   | 意向     | 2026-02-01
            ZZ0002   | 咨询     | 2026-02-21
            ZZ0003   | 意向     | 2026-03-01
        """,
    )
    assert [found["到过这一步的组织数", s].value for s in ("意向", "咨询", "准予登记")] == [3, 2, 1]
    assert [found["现在停在这一步的", s].value for s in ("意向", "咨询", "准予登记")] == [1, 1, 1]
    assert [found["从第一步起的天数（中位数）", s].value for s in ("意向", "咨询", "准予登记")] == [0, 15, 100]
    assert found["孵化成功数", "2026"].value == 1


def test_the_think_tank_groups_and_duty():
    found = figures(
        社会组织="组织编号 | 组织名称\nZZ0001 | 甲协会",
        专家智库="姓名 | 类别 | 聘期起 | 聘期止\n钱 | 专家顾问 | 2025-01-01 | 2027-12-31\n孙 | 专业社工 | 2023-01-01 | 2025-12-31\n李 | 专业社工 | |",
        联络群="群编号 | 群名称 | 平台 | 人数\nQL01 | 甲群 | 微信 | 60\nQL02 | 乙群 | QQ | 40",
        值班记录="日期 | 组织编号 | 到岗 | 来访人数\n2026-03-02 | ZZ0001 | 是 | 3\n2026-03-03 | ZZ0001 | 否 | \n2026-03-04 | ZZ0001 | | 2",
    )
    assert values(found, "智库人数") == {
        ("智库人数", "在聘"): 2,
        ("智库人数", "专家顾问"): 1,
        ("智库人数", "专业社工"): 1,
    }
    assert (found["联络群数", "联络群"].value, found["群人数", "联络群"].value) == (2, 100)
    assert (found["值班天数", "2026"].value, found["到岗率", "2026"].text(), found["值班来访人数", "2026"].value) == (
        2,
        "66.7%",
        5,
    )


def test_what_could_not_be_read_is_told_with_every_figure():
    found = figures(
        社会组织="组织编号 | 组织名称\nZZ0001 | 甲协会",
        服务活动="组织编号 | 日期 | 主题 | 服务人次\nZZ0001 | 2026-03-01 | 五水共治 | 二百来人\nZZ0001 | 2026-04-01 | 五水共治 | 80",
    )
    figure = found["服务人次", "2026"]
    assert figure.value == 80
    assert "服务活动有 1 格读不出，没有计入" in figure.note and "D2" in figure.note


def test_a_table_that_was_not_read_is_no_zero(tmp_path):
    """The workbook of an earlier run stays as it is."""
    folder = office(tmp_path / "office")
    assert jinguo(folder, "stats").returncode == 0
    before = (folder / "output/统计/年度统计.xlsx").read_bytes()
    (folder / "workbooks/项目台账.xlsx").write_bytes(b"PK")
    done = jinguo(folder, "stats")
    assert done.returncode == 2
    assert "不出：年度统计。项目台账.xlsx 打不开" in done.stdout.replace("\n", "")
    assert (folder / "output/统计/年度统计.xlsx").read_bytes() == before


def test_every_statistic_says_what_it_counts():
    for statistic in year_statistics(registry(DAY)).values():
        assert has_chinese(statistic.meaning) and len(statistic.meaning) >= 6
        assert (statistic.unit == "%") <= ("÷" in statistic.meaning)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = office(tmp_path_factory.mktemp("year"))
    done = jinguo(folder, "stats", "--json", str(folder / "all.json"))
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_demo_s_figures_counted_another_way(written):
    """With pandas over the same sheets."""
    folder, said = written
    one = load_registry(ROOT / "workbooks")
    found = {
        (f["name"], *f["dimensions"].values()): f["value"] for f in json.loads((folder / "all.json").read_text("utf-8"))
    }
    services = one["services"].frame()
    mine = services[[d.year == 2026 and d <= DAY for d in services["date"]]]
    assert found["服务人次", "2026"] == sum(v for v in mine["beneficiaries"] if v is not None)
    projects = one["projects"].frame()
    at_work = projects[
        [
            s.year == 2026 and state not in ("申报", "终止")
            for s, state in zip(projects["starts"], projects["status"], strict=True)
        ]
    ]
    assert found["项目数", "2026"] == len(at_work)
    assert found["承接组织数", "2026"] == at_work["contractor"].nunique()
    assert f"项目数 {len(at_work)}个" in said
    # The seed: five groups on WeChat and QQ.
    assert found["联络群数", "联络群"] == 5


def test_every_figure_leads_to_its_rows(written):
    folder, _ = written
    book = openpyxl.load_workbook(folder / "output/统计/年度统计.xlsx")
    assert {"组织", "项目·购买主体", "服务·主题", "来访·事项", "口径", "明细·项目"} <= set(book.sheetnames)
    sheet = book["项目·购买主体"]
    header = next(n for n in range(1, 6) if sheet.cell(n, 1).value == "年度")
    titles = [c.value for c in sheet[header]]
    for row in sheet.iter_rows(min_row=header + 1):
        link = row[titles.index("明细")]
        count = row[titles.index("项目数")].value
        first, last = (
            int("".join(c for c in end if c.isdigit())) for end in link.hyperlink.location.split("!")[1].split(":")
        )
        assert last - first + 1 == count == int("".join(c for c in link.value if c.isdigit()))
        detail = book["明细·项目"]
        groups = {detail.cell(n, 1).value for n in range(first, last + 1)}
        assert groups == {f"{row[0].value}，{row[1].value}"}
    assert book["组织·层级"]._charts


def test_an_office_with_one_of_everything_gets_its_workbook(tmp_path):
    """Every grouping has one row: no two sheets have one name."""
    folder = office(tmp_path / "office")
    for path in (folder / "workbooks").iterdir():
        if path.name not in ("社会组织台账.xlsx", "设置.xlsx"):
            path.unlink()
    book = openpyxl.load_workbook(folder / "workbooks/社会组织台账.xlsx")
    for name in book.sheetnames:
        book[name].delete_rows(3, 1000)
        if book[name]["A1"].value.startswith("组织编号"):
            book[name]["A2"] = "ZZ0001"
    book.save(folder / "workbooks/社会组织台账.xlsx")
    done = jinguo(folder, "stats")
    assert "程序出错" not in done.stdout + done.stderr
    names = openpyxl.load_workbook(folder / "output/统计/年度统计.xlsx").sheetnames
    assert {"组织", "组织·层级", "组织·枢纽组织", "服务中心", "服务·主题"} <= set(names)
    for command in ("board", "summary"):
        done = jinguo(folder, command)
        assert "程序出错" not in done.stdout + done.stderr


def test_no_list_of_rows_shows_a_number_of_anybody(written):
    folder, _ = written
    one = load_registry(ROOT / "workbooks")
    hidden = {
        v
        for t, n in (("people", "id_number"), ("people", "mobile"), ("organisations", "phone"), ("experts", "phone"))
        for v in one[t][n]
        if v
    }
    book = openpyxl.load_workbook(folder / "output/统计/年度统计.xlsx")
    shown = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}
    assert not hidden & shown


def test_an_unreadable_sum_is_told_on_the_console(tmp_path):
    folder = office(tmp_path / "office")
    change_cell(folder / "workbooks/项目台账.xlsx", "项目", "H2", "五万")
    done = jinguo(folder, "stats")
    assert "项目有 1 格读不出，没有计入（项目台账.xlsx › 项目 › H2）" in done.stdout


@pytest.mark.validator
def test_the_workbook_is_valid(written, validate):
    folder, _ = written
    assert validate(folder / "output/统计/年度统计.xlsx") == []
