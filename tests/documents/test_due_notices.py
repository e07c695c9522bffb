"""Calls, contests, the roster, the exam, membership and registration: when each document is due, for whom, what it
says."""

from __future__ import annotations

import datetime

import pytest

from jinguo.common.ooxml import read_parts
from jinguo.documents.due_document import DueDocument
from jinguo.documents.register import DOCUMENTS, all_due
from jinguo.mail.recipients import recipients
from tests.helpers import TODAY, registry, template_of

DAY = datetime.date.fromisoformat
OFFICE = "项目 | 内容\n单位名称 | 余姚市妇女联合会\n联系人 | 陈晓\n电话 | 0574-62700001\n邮箱 | fl@example.org\n发文机关代字 | 余妇\n发文机关标志 | 余姚市妇女联合会文件"


def found(kind: str, today: str | datetime.date = TODAY, **sheets: str) -> list[DueDocument]:
    """Everything of this kind that is due, each filled into its template as the command does."""
    day = DAY(today) if isinstance(today, str) else today
    book = registry(day, **({"单位": OFFICE} | sheets))
    mine = [d for d in all_due(book) if d.kind == kind]
    for d in mine:
        context, known = d.context("余妇〔2026〕6号" if d.numbered else ""), DOCUMENTS[kind].known(book)
        assert set(context) <= set(known.names)
        assert set(DOCUMENTS[kind].words.split()) <= set(context)
        assert template_of(kind, book, day).render(context)
        assert len(d.message) < 300
    return mine


# calls and contests ---------------------------------------------------------------------------------------------------

CALLS = """
    征集编号 | 名称             | 类型     | 开始       | 截止       | 面向层级       | 资助上限(元) | 要求
    ZJ0001   | 2027年微项目     | 项目征集 | 2026-10-25 | 2026-11-20 |                | 8000         | 1.限报一项。
    ZJ0002   | 活动方案         | 方案征集 | 2026-10-01 | 2026-10-15 | 核心层、紧密层 |              |
    ZJ0003   | 创意大赛         | 大赛     | 2026-11-05 | 2026-12-05 |                |              |
    ZJ0004   | 过期的           | 项目征集 | 2026-09-01 | 2026-10-14 |                |              |
"""


@pytest.mark.parametrize(
    ("kind", "today", "titles"),
    [
        ("项目征集通知", "2026-10-15", ["余姚市妇女联合会关于征集2027年微项目的通知"]),
        ("项目征集通知", "2026-10-09", ["余姚市妇女联合会关于征集过期的的通知"]),
        ("项目征集通知", "2026-11-21", []),
        ("活动方案征集通知", "2026-10-15", ["余姚市妇女联合会关于征集活动方案的通知"]),
        ("活动方案征集通知", "2026-10-16", []),
        ("大赛通知", "2026-10-15", []),
        ("大赛通知", "2026-10-21", ["余姚市妇女联合会关于举办创意大赛的通知"]),
    ],
)
def test_a_call_is_due_from_some_days_before_it_opens_until_it_closes(kind, today, titles):
    assert [d.title for d in found(kind, today, 征集=CALLS)] == titles


def test_what_a_call_says():
    (due,) = found("项目征集通知", 征集=CALLS)
    said = due.context("余妇〔2026〕6号")
    assert (said["对象"], said["截止日期"], said["资助上限"], said["要求"], said["报送邮箱"]) == (
        "各女性社会组织",
        "2026年11月20日",
        "8000",
        ["1.限报一项。"],
        "fl@example.org",
    )
    assert due.numbered and said["发文字号"] == "余妇〔2026〕6号"
    (plan,) = found("活动方案征集通知", 征集=CALLS)
    assert (plan.tiers, plan.context("")["对象"]) == (("核心层", "紧密层"), "核心层、紧密层女性社会组织")


CONTEST = {
    "征集": "征集编号 | 名称 | 类型 | 开始 | 截止 | 评审日期 | 奖项\nZJ0001 | 创意大赛 | 大赛 | 2026-08-01 | 2026-09-01 | 2026-09-20 | 一等奖=1、二等奖=1",
    "社会组织": "组织编号 | 组织名称\nZZ0001 | 甲协会\nZZ0002 | 乙社",
    "大赛作品": "大赛 | 作品编号 | 作品名称 | 组织编号\n创意大赛 | ZP001 | 书包 | ZZ0001\n创意大赛 | ZP002 | 食堂 | ZZ0002\n创意大赛 | ZP003 | 课堂 | ZZ0002",
    "评分": """
        作品编号 | 评委 | 得分
        ZP001 | 一 | 80
        ZP001 | 二 | 81
        ZP002 | 一 | 90.125
        ZP002 | 二 | 90.12
        ZP003 | 一 | 70
        ZP003 | 二 | 70
    """,
}  # fmt: skip


def test_the_award_notice_has_prizes_and_every_place():
    (due,) = found("获奖通报", **CONTEST)
    said = due.context("余妇〔2026〕6号")
    assert [(r["奖项"], r["作品名称"], r["组织名称"], r["得分"]) for r in said["获奖"]] == [
        ("一等奖", "食堂", "乙社", "90.12"),
        ("二等奖", "书包", "甲协会", "80.50"),
    ]
    assert [(r["名次"], r["作品名称"], r["奖项"]) for r in said["名次"]] == [
        ("1", "食堂", "一等奖"),
        ("2", "书包", "二等奖"),
        ("3", "课堂", "—"),
    ]
    assert (said["件数"], said["组织数"], said["评审日期"], said["并列说明"]) == ("3", "2", "2026年9月20日", "")
    printed = template_of("获奖通报", registry(**CONTEST)).render(said)
    text = read_parts(printed)["word/document.xml"].decode()
    # Who won nothing, and what a single judge gave, is nobody's business.
    assert "书包" in text and "课堂" not in text and "评委数" not in text
    assert due.message.startswith("【通报】创意大赛获奖名单\n一等奖：乙社《食堂》；二等奖：甲协会《书包》")


@pytest.mark.parametrize(
    ("today", "changes", "count"),
    [
        ("2026-10-20", {}, 1),
        ("2026-10-21", {}, 0),
        ("2026-09-19", {}, 0),
        (
            "2026-10-21",
            {
                "发文登记": "发文字号 | 日期 | 标题\n余妇〔2026〕3号 | 2026-10-01 | 余姚市妇女联合会关于创意大赛获奖情况的通报"
            },
            1,
        ),
        ("2026-10-10", {"评分": CONTEST["评分"].replace("ZP003", "ZP001")}, 0),
    ],
    ids=["thirty days", "after them", "before the judging", "registered later", "an entry without a score"],
)
def test_when_the_award_notice_is_due(today, changes, count):
    assert len(found("获奖通报", today, **(CONTEST | changes))) == count


# the roster -----------------------------------------------------------------------------------------------------------

DUTY = {
    "社会组织": "组织编号 | 组织名称 | 邮箱\nZZ0001 | 甲协会 | jia@example.org\nZZ0002 | 乙社 |\nZZ0003 | 丙社 | bing@example.org",
    "值班单位": "组织编号 | 起始 | 值班人\nZZ0001 | 2026-01-01 | 王小红\nZZ0002 | 2026-01-01 | 李静",
    "镇街": "镇街 | 邮箱\n阳明街道 | ym@example.org",
}


@pytest.mark.parametrize(
    ("today", "count"), [("2026-10-12", 1), ("2026-10-11", 0), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_next_month_s_roster_is_due_in_the_days_before_it(today, count):
    assert len(found("值班安排通知", today, **DUTY)) == count


def test_the_roster_names_each_day_and_goes_to_those_on_it_alone():
    (due,) = found(
        "值班安排通知", "2026-10-15", **(DUTY | {"换班": "日期 | 原组织 | 替班组织\n2026-11-04 | ZZ0001 | ZZ0002"})
    )
    said = due.context("")
    assert said["值班"][0] == {
        "日期": "11月2日",
        "星期": "星期一",
        "值班组织": "甲协会",
        "值班人": "王小红",
        "说明": "",
    }
    assert said["值班"][2] == {
        "日期": "11月4日",
        "星期": "星期三",
        "值班组织": "乙社",
        "值班人": "李\u3000静",
        "说明": "替甲协会",
    }
    assert (len(said["值班"]), said["天数"], said["暂定"]) == (21, "21", "")
    sent = recipients(registry(TODAY, 单位=OFFICE, **DUTY), [due])
    assert [(r.name, r.address, bool(r.trouble)) for r in sent] == [
        ("甲协会", "jia@example.org", False),
        ("乙社", None, True),
    ]


def test_a_roster_of_a_year_whose_holidays_are_not_out_is_provisional():
    (due,) = found("值班安排通知", "2026-12-20", **DUTY)
    assert due.context("")["暂定"] == "是"


# the exam -------------------------------------------------------------------------------------------------------------

EXAM = {
    "人员": "人员编号 | 姓名 | 邮箱\nRY0001 | 王小红 | wxh@example.org\nRY0002 | 李静 |",
    "报考": """
        年度 | 级别 | 人员编号 | 科目 | 成绩
        2025 | 中级 | RY0001 | 综合 | 60
        2026 | 中级 | RY0001 | 法规 |
        2026 | 初级 | RY0002 | 综合 |
        2026 | 初级 | RY0002 | 实务 |
    """,
    "参数": "参数 | 值\n考试日期 | 2025=2025-05-24、2026=2026-06-14",
    "培训活动": "活动编号 | 活动名称 | 类型 | 开始时间\nHD0001 | 串讲 | 考前辅导 | 2026-05-09 09:00\nHD0002 | 早的 | 考前辅导 | 2026-04-01 09:00\nHD0003 | 晚的 | 考前辅导 | 2026-06-15 09:00",
}  # fmt: skip


def test_each_who_entered_is_told_her_papers_and_what_still_counts():
    wang, li = found("伴考通知", "2026-05-01", **EXAM)
    said = wang.context("")
    assert (wang.to, wang.address, said["级别"], said["考试日期"]) == (
        "王小红",
        "wxh@example.org",
        "中级",
        "2026年6月14日（星期日）",
    )
    assert said["科目"] == [
        {"科目": "社会工作法规与政策", "时间": "6月13日（星期六）14:00—16:00", "合格标准": "60分（满分100分）"}
    ]
    assert (said["有效成绩"], said["未报科目"]) == ("社会工作综合能力（到2026年考试有效）", "社会工作实务")
    assert [row["活动名称"] for row in said["辅导"]] == ["串讲"]
    assert [row["时间"] for row in li.context("")["科目"]] == [
        "6月14日（星期日）9:00—11:00",
        "6月14日（星期日）14:00—16:00",
    ]


@pytest.mark.parametrize(
    ("today", "sheets", "count"),
    [
        ("2026-04-15", {}, 2),
        ("2026-04-14", {}, 0),
        ("2026-06-13", {}, 2),
        ("2026-06-14", {}, 0),
        ("2026-05-01", {"参数": "参数 | 值\n考试日期 |"}, 0),
        ("2026-05-01", {"参数": "参数 | 值\n考试日期 | 六月"}, 0),
    ],
)
def test_when_companion_notices_are_due(today, sheets, count):
    assert len(found("伴考通知", today, **(EXAM | sheets))) == count


RESULTS = {
    "人员": "人员编号 | 姓名\nRY0001 | 王小红\nRY0002 | 李静",
    "社会组织": "组织编号 | 组织名称 | 负责人 | 所属镇街\nZZ0001 | 甲协会 | RY0001 | 阳明街道",
    "镇街": "镇街\n阳明街道",
    "参数": "参数 | 值\n公布最少人数 | 1",
    "报考": """
        年度 | 级别 | 人员编号 | 科目 | 成绩
        2026 | 初级 | RY0001 | 综合 | 60
        2026 | 初级 | RY0001 | 实务 | 75
        2026 | 初级 | RY0002 | 综合 | 59
        2026 | 初级 | RY0002 | 实务 | 缺考
    """,
}


@pytest.mark.parametrize(("least", "shown"), [("", False), ("3", False), ("2", True)])
def test_a_notice_to_all_townships_does_not_tell_how_one_of_two_did(least, shown):
    rows = "\n".join(f"2026 | 初级 | RY000{n} | {subject} | 60" for n in (1, 2) for subject in ("综合", "实务"))
    (due,) = found(
        "考试情况通报",
        **(
            RESULTS
            | {"参数": f"参数 | 值\n公布最少人数 | {least}", "报考": f"年度 | 级别 | 人员编号 | 科目 | 成绩\n{rows}"}
        ),
    )
    said = due.context("")
    assert ("首次和再次报考" in {t["标题"] for t in said["表"]}) == shown
    assert any("人的" in text and "不单列" in text for text in said["概述"]) or shown


def test_the_exam_report_has_figures_with_denominators_and_the_names_of_those_who_qualified():
    (due,) = found("考试情况通报", **RESULTS)
    said = due.context("余妇〔2026〕6号")
    assert said["概述"] == ["初级报考2人，实考2人，取得初级资格1人，其中社会组织负责人1人，合格率50.0%（1/2）。"]
    assert said["合格人员"] == [{"序号": "1", "姓名": "王小红", "级别": "初级", "单位": "甲协会"}]
    tables = {t["标题"]: t for t in said["表"]}
    assert tables["各科情况"]["行"] == [
        ["初级 综合能力", "2", "2", "59.5", "1", "50.0%（1/2）"], ["初级 实务", "2", "1", "75.0", "1", "100.0%（1/1）"],
    ]  # fmt: skip
    assert tables["首次和再次报考"]["行"] == [["初级 首次报考", "2", "2", "0", "1", "50.0%（1/2）"]]
    assert [row[0] for row in tables["各镇街情况"]["行"]] == ["初级 阳明街道", "初级 没有任职"]


@pytest.mark.parametrize(
    ("today", "changes", "count"),
    [
        ("2026-10-15", {}, 1),
        ("2027-01-02", {}, 0),
        ("2026-10-15", {"报考": RESULTS["报考"].replace("缺考", "")}, 0),
        (
            "2026-10-15",
            {
                "发文登记": "发文字号 | 日期 | 标题\n余妇〔2026〕3号 | 2026-09-14 | 关于2026年社会工作者职业资格考试情况的通报"
            },
            0,
        ),
        (
            "2026-10-14",
            {
                "发文登记": "发文字号 | 日期 | 标题\n余妇〔2026〕3号 | 2026-09-14 | 关于2026年社会工作者职业资格考试情况的通报"
            },
            1,
        ),
    ],
    ids=["all results", "another year", "a result missing", "sent long ago", "sent thirty days ago"],
)
def test_when_the_exam_report_is_due(today, changes, count):
    assert len(found("考试情况通报", today, **(RESULTS | changes))) == count


# membership and registration ------------------------------------------------------------------------------------------

MEMBERS = {
    "社会组织": """
        组织编号 | 组织名称 | 登记状态 | 所属镇街 | 邮箱
        ZZ0001   | 甲协会   | 已登记   | 阳明街道 | jia@example.org
        ZZ0002   | 乙社     | 已备案   | 泗门镇   | yi@example.org
    """,
    "镇街": "镇街 | 联系人 | 电话\n阳明街道 | 沈洁 | 0574-62700011\n泗门镇 | 徐敏 | 0574-62700012",
}


def approve(*rows: str) -> str:
    return "\n".join(["组织编号 | 申请级别 | 申请日期 | 审批 | 审批日期", *rows])


def test_an_approval_of_the_city_has_a_number_and_one_of_a_township_its_own_name():
    city, town = found(
        "吸纳团体会员批复",
        **MEMBERS,
        入会申请=approve(
            "ZZ0001 | 市 | 2026-09-01 | 同意 | 2026-10-09", "ZZ0002 | 镇街 | 2026-09-02 | 同意 | 2026-10-10"
        ),
    )
    said, theirs = city.context("余妇〔2026〕6号"), town.context("")
    assert (city.numbered, city.title, said["单位名称"]) == (
        True,
        "余姚市妇女联合会关于同意甲协会为团体会员的批复",
        "余姚市妇女联合会",
    )
    assert (town.numbered, town.title, theirs["单位名称"]) == (
        False,
        "泗门镇妇女联合会关于同意乙社为团体会员的批复",
        "泗门镇妇女联合会",
    )
    assert (theirs["联系人"], theirs["联系电话"], theirs["发文字号"]) == ("徐敏", "0574-62700012", "")
    assert (said["联系人"], said["申请日期"], said["审批日期"]) == ("陈晓", "2026年9月1日", "2026年10月9日")


@pytest.mark.parametrize(
    "row",
    ["ZZ0001 | 市 | 2026-09-01 | 待批 |", "ZZ0001 | 市 | 2026-09-01 | 不同意 | 2026-10-09", "ZZ0001 | 市 | 2026-08-01 | 同意 | 2026-09-14", "ZZ0002 | 市 | 2026-09-01 | 同意 | 2026-10-09", "ZZ0009 | 市 | 2026-09-01 | 同意 | 2026-10-09"],
    ids=["waiting", "refused", "long ago", "filed only", "unknown"],
)  # fmt: skip
def test_what_is_no_approval_of_these_days(row):
    assert found("吸纳团体会员批复", **MEMBERS, 入会申请=approve(row)) == []


GUIDED = """
    组织编号 | 组织名称           | 登记状态 | 组织类型     | 个人会员数 | 单位会员数 | 专职人数 | 活动资金(万元) | 业务主管单位
    ZZ0001   | 余姚市绣娘协会     | 已备案   | 社区社会组织 | 40         | 10         | 1        | 3              | 市妇联
    ZZ0002   | 余姚市采茶姐妹协会 | 未登记   | 其他         | 49         |            | 0        | 3              | 市妇联
    ZZ0003   | 采茶姐妹社         | 未登记   | 其他         | 20         |            |          |                |
    ZZ0004   | 余姚市暖阳服务中心 | 未登记   | 其他         |            |            | 2        | 5              | 市妇联
    ZZ0005   | 余姚市已登记协会   | 已登记   | 社会团体     | 60         |            | 1        | 3              | 市妇联
    ZZ0006   | 孵化中的队         | 已备案   | 社区社会组织 |            |            |          |                |
"""
_STEPS = "组织编号 | 阶段 | 日期\nZZ0006 | 咨询 | 2026-06-01\nZZ0006 | 名称核准 | 2026-07-01"


def test_guidance_goes_to_those_near_registration_or_on_the_way():
    letters = {d.to: d.context("") for d in found("登记指导意见书", 单位=OFFICE, 社会组织=GUIDED, 登记孵化=_STEPS)}
    assert list(letters) == ["余姚市绣娘协会", "余姚市采茶姐妹协会", "余姚市暖阳服务中心", "孵化中的队"]
    assert [(c["条件"], c["结论"]) for c in letters["余姚市绣娘协会"]["条件"]] == [
        (n, "具备") for n in ("规范的名称", "会员", "活动资金", "专职工作人员", "业务主管单位")
    ]
    assert letters["余姚市采茶姐妹协会"]["尚缺"] == "会员、专职工作人员"
    assert (letters["余姚市暖阳服务中心"]["拟登记类型"], letters["余姚市暖阳服务中心"]["项数"]) == (
        "民办非企业单位",
        "4",
    )
    assert (letters["孵化中的队"]["当前阶段"], letters["孵化中的队"]["具备项数"]) == ("名称核准", "0")


def test_what_is_not_known_is_to_be_verified_and_does_not_count_as_met():
    letters = {d.to: d.context("") for d in found("登记指导意见书", 社会组织=GUIDED, 登记孵化=_STEPS)}
    row = next(c for c in letters["孵化中的队"]["条件"] if c["条件"] == "会员")
    assert (row["现状"], row["结论"]) == ("尚未掌握", "请核实")


def test_the_guidance_of_who_was_granted_is_over():
    done = _STEPS + "\nZZ0006 | 准予登记 | 2026-09-01"
    assert "孵化中的队" not in [d.to for d in found("登记指导意见书", 社会组织=GUIDED, 登记孵化=done)]


# what a second look found ---------------------------------------------------------------------------------------------


def test_a_letter_of_december_keeps_its_number_in_january():
    from jinguo.office.letters import reserve_numbers

    letters = "发文字号 | 日期 | 标题\n余妇〔2026〕40号 | 2026-12-20 | 关于征集微项目的通知\n余妇〔2026〕3号 | 2026-01-20 | 关于年检的通知"
    book = registry(DAY("2027-01-05"), 单位=OFFICE, 发文登记=letters)
    assert reserve_numbers(book, ["关于征集微项目的通知", "关于年检的通知"]) == ["余妇〔2026〕40号", "余妇〔2027〕1号"]


def test_a_contest_without_prizes_has_no_award_notice():
    assert (
        found("获奖通报", "2026-10-10", **(CONTEST | {"征集": CONTEST["征集"].replace("一等奖=1、二等奖=1", "")})) == []
    )


def test_when_nobody_qualified_nobody_is_congratulated():
    (due,) = found(
        "考试情况通报",
        **(
            RESULTS
            | {
                "报考": "年度 | 级别 | 人员编号 | 科目 | 成绩\n2026 | 初级 | RY0001 | 综合 | 缺考\n2026 | 初级 | RY0001 | 实务 | 缺考"
            }
        ),
    )
    assert "祝贺" not in due.message
    assert due.context("")["概述"] == ["初级报考1人，无人参加考试。"]


def test_a_village_s_approval_is_its_own_to_write():
    assert (
        found("吸纳团体会员批复", **MEMBERS, 入会申请=approve("ZZ0002 | 村社区 | 2026-09-02 | 同意 | 2026-10-10")) == []
    )


def test_a_call_named_so_is_not_called_twice_and_an_empty_one_asks_for_nothing():
    calls = "征集编号 | 名称 | 类型 | 开始 | 截止\nZJ0001 | 公益项目征集 | 项目征集 | 2026-10-20 | 2026-11-20"
    (due,) = found("项目征集通知", 征集=calls)
    assert due.title == "余姚市妇女联合会关于开展公益项目征集的通知"
    assert "时间：2026年10月20日至2026年11月20日" in due.message


def test_the_roster_names_whoever_serves_in_the_span_of_the_day():
    units = "组织编号 | 起始 | 结束 | 值班人\nZZ0001 | 2026-01-01 | 2026-12-31 | 甲某\nZZ0001 | 2027-01-01 | | 乙某"
    (due,) = found("值班安排通知", "2026-10-15", **(DUTY | {"值班单位": units}))
    assert {row["值班人"] for row in due.context("")["值班"]} == {"甲\u3000某"}


def test_the_rule_that_is_told_is_the_one_that_is_applied():
    from jinguo.projects.contest import rule_words

    assert rule_words(registry(参数="参数 | 值\n大赛最少评委 | 2")).startswith("打分的评委满 3 人的")


@pytest.mark.validator
@pytest.mark.parametrize(
    ("kind", "today", "sheets"),
    [
        ("大赛通知", "2026-10-21", {"征集": CALLS}), ("获奖通报", "2026-10-10", CONTEST), ("伴考通知", "2026-05-01", EXAM), ("考试情况通报", "2026-10-15", RESULTS),
        ("吸纳团体会员批复", "2026-10-15", MEMBERS | {"入会申请": approve("ZZ0001 | 市 | 2026-09-01 | 同意 | 2026-10-09")}),
    ],
)  # fmt: skip
def test_what_the_demo_does_not_show_is_valid_and_keeps_the_standard(kind, today, sheets, validate, tmp_path):
    from jinguo.word.inspection import inspect
    from jinguo.word.measure import measure

    due = found(kind, today, **sheets)[0]
    book = registry(DAY(today), 单位=OFFICE)
    data = template_of(kind, book, DAY(today)).render(due.context("余妇〔2026〕6号" if due.numbered else ""))
    (tmp_path / "a.docx").write_bytes(data)
    assert validate(tmp_path / "a.docx") == []
    assert inspect(measure(data)) == []
