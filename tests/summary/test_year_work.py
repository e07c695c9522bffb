"""The facts of the year's report: from the same rows and measures as 年度统计, with the year before, and where they come from."""

from __future__ import annotations

import datetime
import json

import pytest

from jinguo.common.errors import JinguoError
from jinguo.exams.exam_statistics import exam_figures
from jinguo.intake.loading import load_registry
from jinguo.summary.facts import period_of, rows_in_words
from jinguo.summary.year_figures import counted_areas
from jinguo.summary.year_work import FACT_NAMES, WORD_NAMES, YearWork, proofs, year_work
from jinguo.training.training_statistics import training_figures
from tests.helpers import ROOT, jinguo, registry

DAY = datetime.date(2026, 10, 15)


def work(year: int = 2026, compared: bool = False, **sheets) -> YearWork:
    one = registry(DAY, **sheets)
    figures = [*training_figures(one), *exam_figures(one)]
    return year_work(one, period_of(year, DAY), figures, counted_areas(one), compared)


SERVICES = """
    组织编号 | 日期       | 主题     | 服务人次
    ZZ0001   | 2025-01-10 | 五水共治 | 100
    ZZ0001   | 2025-11-01 | 五水共治 | 900
    ZZ0001   | 2026-03-01 | 五水共治 | 200
    ZZ0002   | 2026-04-01 | 为老服务 | 80
    ZZ0002   | 2026-11-01 | 为老服务 | 7000
"""
TWO = "组织编号 | 组织名称\nZZ0001 | 甲协会\nZZ0002 | 乙协会"


def test_a_fact_is_counted_from_the_rows_it_names():
    facts = work(社会组织=TWO, 服务活动=SERVICES).facts()
    assert (facts["服务活动数"].text, facts["服务人次"].text, facts["参与服务的组织数"].text) == ("2", "280", "2")
    assert list(facts["服务人次"].rows) == [2, 3]
    assert facts["服务人次"].change == ""


def test_the_year_so_far_is_compared_with_the_same_days_of_the_year_before():
    """What came after 15 October of 2025 is no part of it."""
    facts = work(compared=True, 社会组织=TWO, 服务活动=SERVICES).facts()
    assert facts["服务人次"].change == "（上年同期100人次，增加180人次）"
    assert facts["服务活动数"].change == "（上年同期1场，增加1场）"
    # A year that is over is compared whole.
    past = work(2025, True, 社会组织=TWO, 服务活动=f"{SERVICES}\nZZ0001 | 2024-01-03 | 五水共治 | 2000").facts()
    assert (past["服务人次"].text, past["服务人次"].change) == ("1000", "（上年2000人次，减少1000人次）")


def test_less_and_the_same_are_said_as_that():
    sheet = (
        "组织编号 | 日期 | 主题 | 服务人次\nZZ0001 | 2025-02-01 | 五水共治 | 50\nZZ0001 | 2026-02-01 | 五水共治 | 30"
    )
    facts = work(compared=True, 社会组织=TWO, 服务活动=sheet).facts()
    assert facts["服务人次"].change == "（上年同期50人次，减少20人次）"
    assert facts["服务活动数"].change == "（与上年同期持平）"


def test_a_year_the_registry_did_not_keep_is_no_zero():
    """Begun in June 2025: nothing before it does not mean that nothing was done."""
    late = "组织编号 | 日期 | 主题 | 服务人次\nZZ0001 | 2025-06-01 | 五水共治 | 50\nZZ0001 | 2026-02-01 | 五水共治 | 30"
    made = work(compared=True, 社会组织=TWO, 服务活动=late)
    assert made.facts()["服务人次"].change == ""
    assert made.ledger.not_compared == {"服务活动": datetime.date(2025, 6, 1)}


def test_what_is_not_kept_says_nothing():
    facts = work(社会组织=TWO).facts()
    assert {name for name, fact in facts.items() if fact.text} <= {
        "在册组织数", "大众层组织数", "未登记组织数",
    }  # fmt: skip
    assert facts["服务人次"].figure.value is None
    assert facts["活动场次"].text == facts["参训人次"].text == ""


def test_every_name_a_template_may_place_is_there_and_no_other():
    for made in (work(), work(社会组织=TWO, 服务活动=SERVICES)):
        assert set(made.facts()) == set(FACT_NAMES)
        assert set(made.words) == set(WORD_NAMES)


def test_a_year_to_come_is_refused_in_words():
    with pytest.raises(JinguoError, match="2027年还没有到"):
        period_of(2027, DAY)


def test_training_is_compared_by_the_same_figures_as_the_statistics():
    events = "活动编号 | 类型 | 开始时间 | 学时\nHD0001 | 主题沙龙 | 2025-01-08 09:00 | 2\nHD0002 | 业务培训 | 2025-12-08 09:00 | 2\nHD0003 | 主题沙龙 | 2026-03-08 09:00 | 3\nHD0004 | 考前辅导 | 2026-04-08 09:00 | 3"
    made = work(
        compared=True,
        人员="人员编号 | 姓名\nRY0001 | 王甲\nRY0002 | 王乙",
        培训活动=events,
        签到="活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 出席\nHD0002 | RY0001 | 出席\nHD0003 | RY0001 | 出席\nHD0003 | RY0002 | 请假\nHD0004 | RY0002 | 出席\nHD0004 | RY0001 | 出席",
    )
    facts = made.facts()
    assert (facts["活动场次"].text, facts["活动场次"].change) == ("2", "（上年同期1场，增加1场）")
    assert (facts["参训人次"].text, facts["参训人次"].change) == ("3", "（上年同期1人次，增加2人次）")
    assert [made.ledger.registry["attendance"].rows[i] for i in facts["参训人次"].rows] == [4, 6, 7]
    assert (facts["考前辅导场次"].text, facts["主题沙龙场次"].text, facts["风采展示场次"].text) == ("1", "1", "")
    assert made.words["培训构成"] in ("主题沙龙1场、考前辅导1场", "考前辅导1场、主题沙龙1场")


def test_days_nobody_was_on_duty_are_counted_from_the_first_entry_to_yesterday():
    """5 and 6 January are working days; the 7th, a Wednesday, has no entry; today is not over."""
    log = "日期 | 组织编号 | 到岗\n2026-01-05 | ZZ0001 | 是\n2026-01-06 | ZZ0001 | 是"
    one = registry(datetime.date(2026, 1, 8), 社会组织=TWO, 值班记录=log)
    made = year_work(one, period_of(2026, datetime.date(2026, 1, 8)), [], counted_areas(one))
    assert (made.facts()["值班天数"].text, made.facts()["无人值班天数"].text) == ("2", "1")


def test_projects_of_others_and_of_the_office_stand_apart():
    made = work(
        社会组织=TWO,
        单位="项目 | 内容\n单位名称 | 余姚市妇女联合会",
        项目="""
            项目编号 | 项目名称 | 项目类型     | 购买主体         | 承接组织 | 合同金额(元) | 开始日期   | 状态 | 领域
            XM0001   | 甲       | 政府购买服务 | 余姚市民政局     | ZZ0001   | 50000        | 2026-01-01 | 实施 | 为老服务
            XM0002   | 乙       | 公益创投     | 余姚市民政局     | ZZ0001   | 20000        | 2026-01-01 | 实施 | 为老服务
            XM0003   | 丙       | 微项目       | 余姚市妇女联合会 | ZZ0002   | 5000         | 2026-01-01 | 实施 | 家庭教育
        """,
    )
    # Two projects, one organisation: counted apart.
    assert made.lists["购买主体"] == [
        {"名称": "余姚市民政局", "组织数": "1", "项目数": "2", "项目": "甲、乙", "几个": "这2个项目"}
    ]
    assert (made.facts()["本会项目数"].text, made.words["本会项目领域"], made.words["本会项目类型"]) == (
        "1",
        "家庭教育",
        "微项目",
    )
    assert made.words["合同金额万元"] == "7.5"


def test_what_may_be_a_phone_is_not_told_of_a_hub():
    made = work(
        社会组织="组织编号 | 组织名称 | 枢纽组织\nZZ0001 | 甲协会 |\nZZ0002 | 乙协会 | ZZ0001",
        变动="组织编号 | 日期 | 事项 | 依据\nZZ0001 | 2026-08-15 | 负责人 | 8月中旬重组\nZZ0001 | 2026-09-01 | 名称 | 来电13812345678\nZZ0001 | 2025-09-01 | 名称 | 旧事",
    )
    assert made.lists["枢纽"][0]["变动"] == "8月变更负责人（依据：8月中旬重组）；9月变更名称"
    assert made.lists["枢纽"][0]["带动数"] == "1"


def test_rows_are_told_as_runs():
    one = registry(DAY, 服务活动="组织编号 | 日期\n" + "\n".join(["ZZ0001 | 2026-01-01"] * 20))
    table = one["services"]
    assert rows_in_words(table, [0, 1, 2, 5]) == "社会组织台账.xlsx › 服务活动 第 2—4、7 行"
    assert rows_in_words(table, range(0, 20, 2)) == "社会组织台账.xlsx › 服务活动 第 2、4、6、8、10、12 等 10 行"


def test_the_facts_of_the_demo_are_those_of_the_json(tmp_path, generated):
    """The report and 年度统计 never say two things."""
    done = jinguo(generated, "--output", str(tmp_path / "out"), "stats", "--json", str(tmp_path / "all.json"))
    assert done.returncode == 0
    told = {
        (f["name"], *f["dimensions"].values()): f["value"] for f in json.loads((tmp_path / "all.json").read_text("utf-8"))
    }  # fmt: skip
    one = load_registry(ROOT / "workbooks")
    figures = [*training_figures(one), *exam_figures(one)]
    made = year_work(one, period_of(2026, one.today), figures, counted_areas(one))
    for name in (
        "项目数",
        "合同金额",
        "服务人次",
        "来访件数",
        "推介篇数",
        "值班天数",
        "活动场次",
        "参训人次",
        "组织覆盖率",
    ):
        assert float(made.facts()[name].figure.value) == told[name, "2026"], name
    assert float(made.facts()["核心层组织数"].figure.value) == told["在册组织数", "核心层"]
    rows = proofs(made)
    assert len(rows) > 50 and all(row["口径"] and row["来源"] and row["数值"] for row in rows)
