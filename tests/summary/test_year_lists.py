"""The lists beside the year's figures, over small tables worked out by hand."""

from __future__ import annotations

import datetime

import openpyxl
import pytest

from jinguo.excel.patching.widths import text_width
from jinguo.summary.year_lists import hubs, incubating, left_behind, projects_at_work, rising, year_lists
from tests.helpers import jinguo, office, registry

DAY = datetime.date(2026, 10, 15)


def test_who_is_left_behind():
    unserved, ungrouped = left_behind(
        registry(
            DAY,
            人员="人员编号 | 姓名\nRY0001 | 王甲\nRY0002 | 王乙",
            社会组织="组织编号 | 组织名称 | 负责人\nZZ0001 | 甲协会 | RY0001\nZZ0002 | 乙协会 | RY0002\nZZ0003 | 丙协会 |",
            服务活动="组织编号 | 日期 | 主题\nZZ0001 | 2026-03-01 | 五水共治\nZZ0002 | 2025-03-01 | 五水共治",
            联络群="群编号 | 群名称 | 平台\nQL01 | 甲群 | 微信",
            群成员="群编号 | 人员编号\nQL01 | RY0002",
        )
    )
    assert [row[0] for row in unserved.rows] == ["乙协会", "丙协会"]
    assert unserved.rows[0][-1] == ("社会组织台账.xlsx", "社会组织", "A3")
    # Who has no head known cannot be missing from a group.
    assert [row[0] for row in ungrouped.rows] == ["甲协会"]


def test_where_no_service_and_no_group_is_kept_nobody_is_left_behind():
    found = left_behind(registry(DAY, 社会组织="组织编号 | 组织名称 | 负责人\nZZ0001 | 甲协会 | RY0001"))
    assert [one.rows for one in found] == [[], []]


def test_each_organisation_on_its_way_to_registration():
    found = incubating(
        registry(
            DAY,
            社会组织="""
                组织编号 | 组织名称           | 登记状态 | 个人会员数 | 活动资金(万元) | 专职人数 | 业务主管单位 | 服务领域
                ZZ0001   | 余姚市绿色妈妈协会 | 未登记   | 60         | 2              | 1        |              | 环境保护
                ZZ0002   | 余姚市阅读促进会   | 已备案   | 40         | 5              | 2        | 余姚市妇联   | 家庭教育
                ZZ0003   | 余姚市巧手协会     | 已备案   |            |                |          |              |
                ZZ0004   | 余姚市和美协会     | 已登记   | 60         | 5              | 2        | 余姚市妇联   | 家庭教育
                ZZ0005   | 余姚市银发协会     | 未登记   | 60         | 5              | 2        | 余姚市妇联   | 为老服务
            """,
            登记孵化="""
                组织编号 | 阶段     | 日期
                ZZ0001   | 意向     | 2026-08-01
                ZZ0001   | 咨询     | 2026-09-15
                ZZ0003   | 退回     | 2026-10-01
                ZZ0005   | 准予登记 | 2026-10-01
            """,
            专家智库="姓名 | 类别 | 专长 | 聘期起 | 聘期止\n钱 | 专家顾问 | 法律 | 2025-01-01 | 2027-12-31\n孙 | 女性公益 | 家庭教育 | 2025-01-01 | 2027-12-31\n李 | 专家顾问 | 法律 | 2020-01-01 | 2022-12-31",
            单位="项目 | 内容\n单位名称 | 余姚市妇女联合会\n行政区划 | 余姚市",
        )
    )  # fmt: skip
    by_name = {row[0]: dict(zip(found.header, row, strict=True)) for row in found.rows}
    # Granted is no longer on the way; registered never was.
    assert list(by_name) == ["余姚市绿色妈妈协会", "余姚市阅读促进会", "余姚市巧手协会"]
    green = by_name["余姚市绿色妈妈协会"]
    assert (green["条件"], green["具备"], green["尚缺"], green["待核实"]) == (
        5,
        3,
        "活动资金（2 万元）",
        "业务主管单位",
    )
    assert (green["阶段"], green["过了几天"], green["下一步"], green["可请的顾问"]) == (
        "咨询",
        30,
        "名称核准",
        "钱（专家顾问）",
    )
    reading = by_name["余姚市阅读促进会"]
    assert (reading["尚缺"], reading["阶段"], reading["下一步"]) == ("会员（个人会员 40 个）", "还没有开始", "意向")
    assert reading["可请的顾问"] == "孙（家庭教育）"
    assert by_name["余姚市巧手协会"]["下一步"] == "补正后再报"


def test_who_might_rise_a_tier_and_who_lacks_one_thing():
    services = "\n".join(f"{o} | 2026-0{m}-01 | 五水共治" for o, n in (("ZZ0001", 3), ("ZZ0002", 2), ("ZZ0003", 6)) for m in range(3, 3 + n))  # fmt: skip
    found = rising(
        registry(
            DAY,
            人员="人员编号 | 姓名\nRY0001 | 王甲",
            社会组织="""
                组织编号 | 组织名称 | 层级   | 登记状态 | 负责人
                ZZ0001   | 甲协会   | 大众层 | 已备案   | RY0001
                ZZ0002   | 乙协会   | 大众层 | 已备案   | RY0001
                ZZ0003   | 丙协会   | 紧密层 | 已登记   |
                ZZ0004   | 丁协会   | 大众层 | 未登记   |
                ZZ0005   | 戊协会   | 核心层 | 已登记   |
            """,
            服务活动=f"组织编号 | 日期 | 主题\n{services}\nZZ0002 | 2025-03-01 | 五水共治",
            培训活动="活动编号 | 开始时间\nHD0001 | 2026-03-08 09:00\nHD0002 | 2026-04-08 09:00\nHD0003 | 2025-01-08 09:00",
            签到="活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 出席\nHD0002 | RY0001 | 出席\nHD0003 | RY0001 | 出席",
            项目="项目编号 | 承接组织 | 开始日期 | 结束日期 | 状态\nXM0001 | ZZ0003 | 2026-01-01 | 2026-12-31 | 实施\nXM0002 | ZZ0001 | 2026-01-01 | 2026-12-31 | 申报",
        )
    )  # fmt: skip
    assert [row[:4] for row in found.rows] == [
        ["甲协会", "大众层", "紧密层", "建议"],
        ["丙协会", "紧密层", "核心层", "建议"],
        ["乙协会", "大众层", "紧密层", "还差一项"],
    ]
    assert found.rows[0][4] == "服务活动3场以上（3场）；参训2人次以上（2人次）；已备案或已登记（已备案）"
    # What lies more than a year back does not count.
    assert found.rows[2][5] == "服务活动3场以上（2场）"


def test_projects_at_work_say_what_is_outstanding_and_who_signs():
    found = projects_at_work(
        registry(
            DAY,
            社会组织="组织编号 | 组织名称 | 登记状态\nZZ0001 | 甲协会 | 已登记\nZZ0002 | 乙队 | 已备案",
            项目="""
                项目编号 | 项目名称 | 项目类型     | 承接组织 | 代管组织 | 合同金额(元) | 开始日期   | 结束日期   | 状态 | 中期评估
                XM0001   | 甲       | 政府购买服务 | ZZ0001   |          | 50000        | 2026-01-01 | 2026-12-31 | 实施 |
                XM0002   | 乙       | 微项目       | ZZ0002   | ZZ0001   | 8000         | 2026-01-01 | 2026-09-30 | 实施 |
                XM0003   | 丙       | 微项目       | ZZ0002   |          |              | 2026-10-01 | 2026-12-31 | 立项 |
                XM0004   | 丁       | 微项目       | ZZ0001   |          | 8000         | 2026-01-01 | 2026-09-30 | 结项 |
            """,
            拨款="项目编号 | 期次 | 日期 | 金额(元)\nXM0001 | 首期 | 2026-02-01 | 20000",
        )
    )
    rows = {row[0]: dict(zip(found.header, row, strict=True)) for row in found.rows}
    assert list(rows) == ["甲", "乙", "丙"]
    assert (rows["甲"]["能否自己签约"], rows["甲"]["要办的"], rows["甲"]["离结束"]) == (
        "可以",
        "该做中期评估",
        "还有 77 天",
    )
    assert (rows["甲"]["合同金额"], rows["甲"]["已拨款"], rows["甲"]["未拨款"]) == (50000, 20000, 30000)
    assert (rows["乙"]["能否自己签约"], rows["乙"]["代管组织"], rows["乙"]["要办的"], rows["乙"]["离结束"]) == (
        "不能", "甲协会", "该结项", "已过 15 天",
    )  # fmt: skip
    assert (rows["丙"]["代管组织"], rows["丙"]["未拨款"]) == ("没有，不能签约", "")


def test_hubs_name_whom_they_lead_the_nearer_tiers_first():
    found = hubs(
        registry(
            DAY,
            社会组织="""
                组织编号 | 组织名称 | 层级   | 登记状态 | 枢纽组织
                ZZ0001   | 甲协会   | 核心层 | 已登记   |
                ZZ0002   | 乙协会   | 大众层 | 已备案   | ZZ0001
                ZZ0003   | 丙协会   | 紧密层 | 已登记   | ZZ0001
                ZZ0004   | 丁协会   | 大众层 | 已注销   | ZZ0001
            """,
        )
    )
    assert found == {"甲协会": [("丙协会", "紧密层"), ("乙协会", "大众层")]}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = office(tmp_path_factory.mktemp("lists"))
    assert jinguo(folder, "stats").returncode == 0
    return openpyxl.load_workbook(folder / "output/统计/年度统计.xlsx")


def test_the_workbook_has_the_year_at_a_glance_with_charts_and_every_list(book):
    assert book.sheetnames[0] == "一览"
    assert len(book["一览"]._charts) >= 10
    assert {"登记孵化·逐个组织", "层级建议", "项目进度", "没有服务活动的", "枢纽图"} <= set(book.sheetnames)
    rows = [[c.value for c in row] for row in book["一览"].iter_rows(min_row=4)]
    assert ["社会组织（按层级）", "核心层", "在册组织数", 5] in [row[:4] for row in rows]
    glance = {(row[0], row[1], row[2]): row for row in rows}
    assert glance["2026年逐月培训", "3月", "活动场次"][3] == 3


def test_a_chart_of_the_glance_draws_the_rows_of_its_panel(book):
    sheet = book["一览"]
    for chart in sheet._charts:
        categories = chart.series[0].cat
        values, labels = chart.series[0].val.numRef.f, (categories.strRef or categories.numRef).f
        first, last = (int(end.split("$")[2]) for end in values.split("!")[1].split(":"))
        panels = {sheet.cell(row, 1).value for row in range(first, last + 1)}
        series = {sheet.cell(row, 3).value for row in range(first, last + 1)}
        assert len(panels) == len(series) == 1
        assert labels.replace("$B$", "$D$") == values
        # The panel has no further row of this series.
        after = (sheet.cell(last + 1, 1).value, sheet.cell(last + 1, 3).value)
        before = (sheet.cell(first - 1, 1).value, sheet.cell(first - 1, 3).value)
        assert (panels.pop(), series.pop()) not in (after, before)


def test_on_paper_the_glance_is_a_table_and_then_four_charts_to_a_page(book):
    sheet = book["一览"]
    table, *pages = [area.replace("$", "") for area in sheet.print_area.replace("'一览'!", "").split(",")]
    assert table == f"A1:E{sheet.max_row}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    held = []
    for page in pages:
        left, top, right, bottom = openpyxl.utils.range_boundaries(page)
        ends = [(c.anchor._from.col, c.anchor._from.row, c.anchor.to.col, c.anchor.to.row) for c in sheet._charts]
        inside = [left - 1 <= a and top - 1 <= b and c <= right and d <= bottom for a, b, c, d in ends]
        held.append(sum(inside))
    # Every chart stands on one page, whole.
    assert sum(held) == len(sheet._charts) and max(held) == 4
    # A row that is higher than another would push a chart over the end of its page.
    assert {sheet.row_dimensions[n].height for n in range(4, sheet.max_row + 1)} == {15}
    widest = [
        max(text_width(str(cell.value or "")) for cell in column) for column in sheet.iter_cols(max_col=3, min_row=3)
    ]
    assert all(sheet.column_dimensions[letter].width >= w for letter, w in zip("ABC", widest, strict=True))


def test_every_list_of_the_demo_leads_to_its_rows(generated):
    from jinguo.intake.loading import load_registry

    one = load_registry(generated / "workbooks")
    for found in year_lists(one):
        assert all(len(row) == len(found.header) == len(found.widths) for row in found.rows)
        assert all(row[-1][0].endswith(".xlsx") and row[-1][2][1:].isdigit() for row in found.rows)
