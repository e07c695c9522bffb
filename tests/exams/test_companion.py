"""伴考: tutoring against results, and whom to call."""

from __future__ import annotations

from jinguo.common.figures import find
from jinguo.exams.companion import companion_figures, companion_plan, tutoring_attended
from tests.training.test_coverage import office

ENTRIES = """
    年度 | 级别 | 人员编号 | 科目 | 成绩
    2026 | 初级 | RY0001   | 综合 | 60
    2026 | 初级 | RY0001   | 实务 | 60
    2026 | 初级 | RY0002   | 综合 | 60
    2026 | 初级 | RY0002   | 实务 | 50
    2026 | 中级 | RY0003   | 综合 |
"""


def test_tutoring_against_results():
    reg = office(报考=ENTRIES)
    assert tutoring_attended(reg, 2026) == {"RY0001": 1}
    figures = companion_figures(reg)

    def group(name: str) -> list[str]:
        return [
            find(figures, n, 年度="2026", 级别="初级", 考前辅导=name).text()
            for n in ("辅导后实考人数", "辅导后合格人数", "辅导后合格率")
        ]

    assert (group("0 场"), group("1 场"), group("2 场")) == (["1", "0", "0.0%"], ["1", "1", "100.0%"], ["0", "0", "—"])


def test_whom_to_call_is_who_waits_for_the_exam_and_has_not_come_or_left_a_subject_out():
    plan = {c.person: c for c in companion_plan(office(报考=ENTRIES), 2026)}
    assert plan["RY0003"].call == "还没有来过考前辅导；没有报社会工作法规与政策、社会工作实务"
    assert (plan["RY0001"].call, plan["RY0001"].tutoring, plan["RY0001"].township) == ("", 1, "阳明街道")


def test_who_has_her_results_is_not_called_while_others_wait():
    """Neither has come to the tutoring nor entered both subjects; one knows her result."""
    entries = "年度 | 级别 | 人员编号 | 科目 | 成绩\n2026 | 初级 | RY0006 | 综合 | 70\n2026 | 初级 | RY0007 | 综合 |"
    plan = {c.person: c.call for c in companion_plan(office(报考=entries), 2026)}
    assert plan == {"RY0006": "", "RY0007": "还没有来过考前辅导；没有报社会工作实务"}
