"""What the election law, the calendar of a term and the office's own decisions say of candidates and lists."""

import datetime

import pytest

from jinguo.documents.batch_papers import due_kinds
from jinguo.documents.register import all_due
from jinguo.nominations.nominate import nominate
from tests.helpers import OFFICE_ROWS, TODAY, findings, registry

_OWN = {"单位": OFFICE_ROWS, "镇街": "镇街\n泗门镇"}
_PERSON = "人员编号 | 姓名 | 出生年月\nRY0001 | 王红 | 1980.05"


def candidate(batch="", office="人大代表", person=_PERSON, **sheets):
    """The one candidate of a batch; `batch` are its further columns as 列 | 列 = 值 | 值."""
    header, _, values = batch.partition(" = ")
    columns = (
        f"批次编号 | 推荐职务{f' | {header}' if header else ''}\nTJ2601 | {office}{f' | {values}' if values else ''}"
    )
    book = registry(
        TODAY, **({"人员": person, "推荐批次": columns, "人选": "批次编号 | 人员编号\nTJ2601 | RY0001"} | _OWN | sheets)
    )
    (result,) = nominate(book)
    return result.candidates[0]


def failed(found):
    return [v.requirement for v in found.verdicts if v.outcome != "符合"]


@pytest.mark.parametrize(
    ("level", "area", "passes"),
    [
        ("市", "", True), ("市", "余姚市", True), ("地级市", "宁波市", True), ("省", "浙江省", True), ("全国", "", True), ("镇街", "泗门镇", True),
        ("镇街", "余姚市泗门镇", True), ("省", "浙江", True), ("市", "慈溪市", False), ("地级市", "绍兴市", False), ("镇街", "慈溪市观海卫镇", False),
        ("镇街", "浙江省宁波市余姚市泗门镇", True), ("省", "江苏省", False),
    ],
)  # fmt: skip
def test_no_deputy_of_two_areas_neither_of_which_belongs_to_the_other(level, area, passes):
    """《选举法》第四十八条, whatever the level."""
    posts = f"人员编号 | 职务 | 级别 | 地区 | 起始\nRY0001 | 人大代表 | {level} | {area} | 2022.01"
    assert (failed(candidate(社会职务=posts)) == []) == passes


@pytest.mark.parametrize(
    ("day", "passes"), [("", False), ("2026-11-30", False), ("2026-12-01", True), ("2027-01-10", True)]
)
def test_a_term_that_ends_before_the_new_one_begins_does_not_bar(day, passes):
    posts = "人员编号 | 职务 | 起始 | 结束\nRY0001 | 政协委员 | 2022.01 | 2026.11"
    found = candidate(f"选举日 = {day}" if day else "", 社会职务=posts)
    assert ("没有不得兼任的社会职务" not in failed(found)) == passes


@pytest.mark.parametrize(
    ("born", "day", "outcome"),
    [
        ("2008.12", "", "不符合"), ("2008.12", "2027-01-10", "符合"), ("2009.01", "2027-01-10", "缺材料"), ("2009.01", "2027-01-31", "符合"),
        ("2009.02", "2027-01-31", "不符合"),
    ],
)  # fmt: skip
def test_the_age_is_that_of_the_day_of_the_election(born, day, outcome):
    """Of who is known by the month alone nobody knows at the bound; on its last day everybody born in it has her birthday."""
    found = candidate(f"选举日 = {day}" if day else "", person=f"人员编号 | 姓名 | 出生年月\nRY0001 | 王红 | {born}")
    assert found.verdicts[0].outcome == outcome


def test_a_requirement_on_age_is_not_judged_by_a_month_at_its_bound():
    """Closing on 30 November 2026: born in November 1971 she is 55 whatever the day; on the 15th nobody knows."""
    requirement = "批次编号 | 条件 | 比较 | 值\nTJ2601 | 年龄 | 不多于 | 54"
    person = "人员编号 | 姓名 | 出生年月\nRY0001 | 王红 | 1971.11"
    assert candidate(person=person, 资格条件=requirement).verdicts[-1].outcome == "不符合"
    assert candidate("截止日期 = 2026-11-15", person=person, 资格条件=requirement).verdicts[-1].outcome == "缺材料"


@pytest.mark.parametrize(
    ("state", "since", "passes"),
    [
        ("", "", True),
        ("正常", "", True),
        ("去世", "", False),
        ("调离", "2026-09-01", False),
        ("调离", "2027-01-01", True),
        ("已故", "", False),
    ],
)
def test_nobody_who_has_left_or_died_is_a_candidate(state, since, passes):
    person = f"人员编号 | 姓名 | 出生年月 | 状态 | 状态日期\nRY0001 | 王红 | 1980.05 | {state} | {since}"
    assert (failed(candidate(person=person)) == []) == passes


def test_nobody_who_has_left_or_died_is_written_to():
    sheets = _OWN | {
        "证书": "人员编号 | 级别 | 取得日期 | 登记日期 | 登记有效期至\nRY0001 | 初级 | 2023-09-20 | 2023-11-15 | 2026-11-14",
        "继续教育": "人员编号 | 日期 | 内容 | 学时\nRY0001 | 2024-03-08 | 网络课程 | 20",
        "培训活动": "活动编号 | 开始时间\nHD0001 | 2026-03-08 09:00",
        "签到": "活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 缺席",
    }
    due = [
        len(all_due(registry(TODAY, 人员=f"人员编号 | 姓名 | 状态\nRY0001 | 王红 | {state}", **sheets)))
        for state in ("", "去世")
    ]
    assert due == [1, 0]


@pytest.mark.parametrize(("closing", "told"), [("2026-11-30", True), ("2028-01-30", False)])
def test_two_lists_exclude_each_other_within_a_year_only(closing, told):
    batches = f"批次编号 | 推荐职务 | 截止日期\nTJ2601 | 人大代表 | 2026-11-30\nTJ2602 | 政协委员 | {closing}"
    both = "批次编号 | 人员编号\nTJ2601 | RY0001\nTJ2602 | RY0001"
    found = nominate(registry(TODAY, 人员=_PERSON, 推荐批次=batches, 人选=both))
    assert [bool(r.trouble) for r in found] == [told, told]


def test_the_shares_of_a_list_of_the_cppcc_are_told():
    people = "人员编号 | 姓名 | 出生年月 | 政治面貌 | 性别\n" + "\n".join(
        f"RY000{n} | 甲{n} | 1980.05 | {politics} | {sex}"
        for n, (politics, sex) in enumerate(
            (("中共党员", "男"), ("中共党员", "男"), ("群众", "男"), ("群众", "男"), ("群众", "女")), 1
        )
    )
    rows = "批次编号 | 人员编号\n" + "\n".join(f"TJ2601 | RY000{n}" for n in range(1, 6))
    (result,) = nominate(
        registry(TODAY, 人员=people, 推荐批次="批次编号 | 推荐职务 | 名额\nTJ2601 | 政协委员 | 5", 人选=rows)
    )
    assert result.hints == ["女性 1 人，不到名单 5 人的 30%（参数“政协女委员最少比例”）"]
    (result,) = nominate(
        registry(
            TODAY, 人员=people, 推荐批次="批次编号 | 推荐职务 | 名额\nTJ2601 | 政协委员 | 5", 人选=rows,
            参数="参数 | 值\n政协中共党员最多比例 | 39\n政协女委员最少比例 | 20",
        )
    )  # fmt: skip
    assert result.hints == ["中共党员 2 人，超过名单 5 人的 39%（参数“政协中共党员最多比例”）"]


def test_a_batch_that_is_finished_is_written_no_more():
    book = registry(
        TODAY, 人员=_PERSON, 推荐批次="批次编号 | 阶段\nTJ2601 | 办结", 人选="批次编号 | 人员编号\nTJ2601 | RY0001"
    )
    (result,) = nominate(book)
    assert due_kinds(book, result) == ()
    assert due_kinds(book, result, "公示") == ("公示",)


@pytest.mark.parametrize(("dimension", "listed"), [("每个组织", ["甲", "丙"]), ("每个推荐单位", ["甲", "乙"])])
def test_at_most_so_many_of_each(dimension, listed):
    """甲 and 乙 are of one organisation; 甲 and 丙 were proposed by one unit."""
    book = registry(
        TODAY,
        人员="人员编号 | 姓名 | 出生年月\nRY0001 | 甲 | 1980.05\nRY0002 | 乙 | 1980.05\nRY0003 | 丙 | 1980.05",
        社会组织="组织编号 | 组织名称\nZZ0001 | 一会\nZZ0002 | 二会",
        任职="人员编号 | 组织编号\nRY0001 | ZZ0001\nRY0002 | ZZ0001\nRY0003 | ZZ0002",
        推荐批次="批次编号 | 名额\nTJ2601 | 2",
        人选="批次编号 | 人员编号 | 推荐单位 | 考察评分\nTJ2601 | RY0001 | 市妇联 | 90\nTJ2601 | RY0002 | 一会 | 80\nTJ2601 | RY0003 | 市妇联 | 70",
        评分指标="批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 考察评分 | 100 | 100",
        结构要求=f"批次编号 | 维度 | 取值 | 最多\nTJ2601 | {dimension} | 不限 | 1",
    )
    (result,) = nominate(book)
    assert sorted(c.name for c in result.selected) == sorted(listed)
    assert not result.trouble and not result.unapplied


def test_a_judge_who_holds_a_post_in_the_competing_organisation_is_told():
    sheets = {
        "人员": "人员编号 | 姓名\nRY0001 | 王红\nRY0002 | 李静\nRY0003 | 陈晨",
        "社会组织": "组织编号 | 组织名称 | 法定代表人\nZZ0001 | 一会 | RY0001",
        "任职": "人员编号 | 组织编号 | 结束\nRY0002 | ZZ0001 |\nRY0003 | ZZ0001 | 2024.12",
        "大赛作品": "大赛 | 作品编号 | 作品名称 | 组织编号\n大赛 | ZP001 | 送餐 | ZZ0001",
    }
    scores = "作品编号 | 评委 | 得分\nZP001 | 王红 | 90\nZP001 | 李静 | 90\nZP001 | 陈晨 | 90"
    assert findings("CON-004", 评分=scores, **sheets) == [("评分", "A2"), ("评分", "A3")]  # type: ignore[arg-type]


def test_the_batch_is_of_its_own_day():
    book = registry(TODAY, 推荐批次="批次编号 | 截止日期 | 选举日\nTJ2601 | 2026-11-30 | 2027-01-10")
    assert nominate(book)[0].batch.day == datetime.date(2027, 1, 10)
