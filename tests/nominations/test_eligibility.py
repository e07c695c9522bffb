"""Verdicts on a candidate, with the sentence that says why, and the points of the indicators recomputed by hand."""

import datetime
from decimal import Decimal

import pytest

from jinguo.nominations.attributes import Attributes
from jinguo.nominations.batch import Candidate, Verdict, batches
from jinguo.nominations.eligibility import judge, requirement_text
from jinguo.nominations.score import award
from tests.helpers import registry

PERSON = "人员编号 | 姓名 | 出生年月 | 学历 | 民族\nRY0001 | 王红 | 1980.05 | 本科 | 畲族"
BATCH = "批次编号 | 推荐职务\nTJ2601 | {}"


def verdicts(person="RY0001", office="妇联执委", **sheets):
    """(requirement, outcome, reason) of every verdict on a person in batch TJ2601."""
    reg = registry(**({"人员": PERSON, "推荐批次": BATCH.format(office)} | sheets))
    batch = batches(reg)[0]
    return [(v.requirement, v.outcome, v.reason) for v in judge(reg, batch, Attributes(reg, batch.closing), person)]


def required(rows, **sheets):
    """The verdicts of the batch's own requirements alone, each row 条件 | 比较 | 值."""
    return verdicts(资格条件="批次编号 | 条件 | 比较 | 值\n" + "\n".join(f"TJ2601 | {row}" for row in rows), **sheets)[
        2:
    ]


def test_a_candidate_without_requirements_meets_the_two_general_ones():
    assert verdicts() == [
        ("年满 18 周岁", "符合", "截止日期时 46 周岁"),
        ("没有不得兼任的社会职务", "符合", "没有冲突的社会职务"),
    ]


@pytest.mark.parametrize(
    ("born", "least", "outcome", "reason"),
    [
        ("2008.11", "", "符合", "截止日期时 18 周岁"),
        ("2008.12", "", "不符合", "截止日期时 17 周岁"),
        ("2008.11", "19", "不符合", "截止日期时 18 周岁"),
        ("2007.11", "19", "符合", "截止日期时 19 周岁"),
        ("", "", "缺材料", "年龄不详：人员台账.xlsx › 人员 › B2 没有出生年月"),
        ("八零年", "", "缺材料", "年龄不详：人员台账.xlsx › 人员 › B2 没有出生年月"),
    ],
)
def test_the_least_age_on_the_closing_date(born, least, outcome, reason):
    """The batch closes on 2026-11-30 (helpers)."""
    sheets = {"人员": f"人员编号 | 出生年月\nRY0001 | {born}", "参数": f"参数 | 值\n代表最低年龄 | {least}"}
    assert verdicts(**sheets)[0] == (f"年满 {least or 18} 周岁", outcome, reason)


@pytest.mark.parametrize(
    ("office", "post", "until", "outcome", "reason"),
    [
        ("人大代表", "政协委员", "", "不符合", "现任政协委员，不得同时担任人大代表"),
        ("政协委员", "人大代表", "", "不符合", "现任人大代表，不得同时担任政协委员"),
        ("人大代表", "人大代表", "", "符合", "没有冲突的社会职务"),
        ("政协委员", "妇联执委", "", "符合", "没有冲突的社会职务"),
        ("妇联执委", "人大代表", "", "符合", "没有冲突的社会职务"),
        ("人大代表", "政协委员", "2026.10", "符合", "没有冲突的社会职务"),
        ("人大代表", "政协委员", "2026.11", "不符合", "现任政协委员，不得同时担任人大代表"),
    ],
)
def test_offices_that_exclude_each_other(office, post, until, outcome, reason):
    posts = f"人员编号 | 职务 | 结束\nRY0001 | {post} | {until}"
    assert verdicts(office=office, 社会职务=posts)[1] == ("没有不得兼任的社会职务", outcome, reason)


def test_staff_may_name_other_offices_that_exclude_each_other():
    sheets = {
        "参数": "参数 | 值\n不得同时担任 | 妇联执委、妇联常委、政协委员",
        "社会职务": "人员编号 | 职务\nRY0001 | 妇联常委\nRY0001 | 政协委员\nRY0001 | 人大代表",
    }
    assert verdicts(**sheets)[1][1:] == ("不符合", "现任妇联常委、政协委员，不得同时担任妇联执委")
    assert verdicts(office="人大代表", **sheets)[1][1] == "符合"


@pytest.mark.parametrize("written", ["人大代表，政协委员", "人大代表； 政协委员", "人大代表 、 政协委员"])
def test_the_offices_may_be_separated_as_anywhere_else(written):
    sheets = {"参数": f"参数 | 值\n不得同时担任 | {written}", "社会职务": "人员编号 | 职务\nRY0001 | 政协委员"}
    assert verdicts(office="人大代表", **sheets)[1][1] == "不符合"


def test_a_seat_that_begins_later_does_not_exclude():
    assert verdicts(office="人大代表", 社会职务="人员编号 | 职务 | 起始\nRY0001 | 政协委员 | 2027.01")[1][1] == "符合"


@pytest.mark.parametrize(
    ("opinion", "parameter", "outcome", "reason"),
    [
        ("同意", "", "符合", "余姚市公安局的意见是“同意”"),
        ("不同意", "", "不符合", "余姚市公安局的意见是“不同意”"),
        ("不同意", "是", "不符合", "余姚市公安局的意见是“不同意”"),
        ("待复", "", "缺材料", "余姚市公安局的意见是“待复”"),
        ("待复", "否", "缺材料", "余姚市公安局的意见是“待复”"),
        ("待复", "是", "符合", "余姚市公安局的意见是“待复”"),
        ("", "是", "缺材料", "余姚市公安局的意见是“（未填）”"),
        ("也许", "是", "缺材料", "余姚市公安局的意见是“（未填）”"),
    ],
)
def test_opinions_of_the_departments(opinion, parameter, outcome, reason):
    sheets = {
        "联审意见": f"批次编号 | 人员编号 | 部门 | 意见\nTJ2601 | RY0001 | 余姚市公安局 | {opinion}",
        "参数": f"参数 | 值\n联审待复可入选 | {parameter}",
    }
    assert verdicts(**sheets)[2:] == [("联审：余姚市公安局", outcome, reason)]


def test_only_opinions_about_her_and_this_batch_count():
    opinions = """
        批次编号 | 人员编号 | 部门   | 意见
        TJ2601   | RY0002   | 公安局 | 不同意
        TJ2602   | RY0001   | 公安局 | 不同意
        TJ2601   | RY0001   | 税务局 | 同意
        TJ2601   | RY0001   |        | 不同意
        TJ2601   | RY0001   | 纪委   | 待复
    """
    people = "人员编号 | 出生年月\nRY0001 | 1980.05\nRY0002 | 1981.05"
    found = verdicts(人员=people, 联审意见=opinions, 推荐批次="批次编号\nTJ2601\nTJ2602")
    assert [(name, outcome) for name, outcome, _ in found[2:]] == [
        ("联审：公安局", "缺材料"),
        ("联审：税务局", "符合"),
        ("联审：纪委", "缺材料"),
    ]


@pytest.mark.parametrize(
    ("row", "verdict"),
    [
        ("年龄 | 不多于 | 55", ("年龄不多于55", "符合", "年龄为46，要求不多于55")),
        ("年龄 | 不多于 | 45", ("年龄不多于45", "不符合", "年龄为46，要求不多于45")),
        ("学历 | 不少于 | 大专", ("学历不少于大专", "符合", "学历为本科，要求不少于大专")),
        ("学历 | 不少于 | 硕士研究生", ("学历不少于硕士研究生", "不符合", "学历为本科，要求不少于硕士研究生")),
        ("户籍地 | 包含 | 余姚", ("户籍地包含余姚", "缺材料", "户籍地不详：请补 人员台账.xlsx › 人员 › A2")),
        ("出生年月 | 晚于 | 1971.11", ("出生年月晚于1971.11", "符合", "出生年月为1980.05，要求晚于1971.11")),
        ("出生年月 | 早于 | 1971.11", ("出生年月早于1971.11", "不符合", "出生年月为1980.05，要求早于1971.11")),
        (
            "社会职务 | 包含 | 妇联执委",
            ("社会职务包含妇联执委", "缺材料", "社会职务不详：请补 人员台账.xlsx › 社会职务"),
        ),
        ("证书 | 不少于 | 初级", ("证书不少于初级", "缺材料", "证书不详：请补 培训考试台账.xlsx › 证书")),
        ("奖惩情况 | 为空 |", ("奖惩情况为空", "符合", "奖惩情况为空，要求为空")),
        ("手机 | 不为空 |", ("手机不为空", "不符合", "手机为空，要求不为空")),
        ("学时 | 不少于 | 10", ("学时不少于10", "缺材料", "学时不详：请补 培训考试台账.xlsx › 签到")),
    ],
)
def test_requirements_of_the_batch(row, verdict):
    assert required([row]) == [verdict]


@pytest.mark.parametrize(
    ("row", "sheets", "verdict"),
    [
        ("社会职务 | 包含 | 妇联执委", {"社会职务": "人员编号 | 职务\nRY0002 | 妇联执委"}, ("不符合", "社会职务为空，要求包含妇联执委")),
        ("证书 | 不少于 | 初级", {"证书": "人员编号 | 级别\nRY0002 | 初级"}, ("不符合", "证书为无，要求不少于初级")),
        ("学时 | 不少于 | 10", {"签到": "活动编号 | 人员编号\nHD0001 | RY0002"}, ("不符合", "学时为0，要求不少于10")),
        ("社会职务 | 为空 |", {}, ("缺材料", "社会职务不详：请补 人员台账.xlsx › 社会职务")),
    ],
)  # fmt: skip
def test_nobody_has_nought_of_what_is_not_kept(row, sheets, verdict):
    """Only where the office keeps the table does a person without a row have none of it."""
    ((_, *found),) = required([row], **sheets)
    assert tuple(found) == verdict


def test_the_missing_cell_of_a_column_that_is_there():
    people = "人员编号 | 出生年月 | 户籍地\nRY0009 | 1980.05 | 余姚\nRY0001 | 1980.05 |"
    found = required(["户籍地 | 包含 | 余姚"], 人员=people)
    assert found == [("户籍地包含余姚", "缺材料", "户籍地不详：请补 人员台账.xlsx › 人员 › C3")]


def test_a_requirement_of_her_organisation():
    organisations = "组织编号 | 层级 | 团体会员 | 负责人\nZZ0001 | 核心层 | | RY0001"
    found = required(["层级 | 属于 | 核心层、紧密层", "团体会员 | 等于 | 市"], 社会组织=organisations)
    assert found == [
        ("层级属于核心层、紧密层", "符合", "层级为核心层，要求属于核心层、紧密层"),
        ("团体会员等于市", "缺材料", "团体会员不详：请补 社会组织台账.xlsx › 社会组织 › C2"),
    ]


def test_several_values_in_a_reason():
    organisations = "组织编号 | 服务领域 | 负责人\nZZ0001 | 为老服务、助残服务 | RY0001"
    assert (
        required(["服务领域 | 包含 | 女性创业"], 社会组织=organisations)[0][2]
        == "服务领域为为老服务、助残服务，要求包含女性创业"
    )


def test_hours_in_a_reason_are_shown_as_people_write_them():
    sheets = {"培训活动": "活动编号\nHD0001", "签到": [["活动编号", "人员编号", "学时"], ["HD0001", "RY0001", 4.5]]}
    assert required(["学时 | 不少于 | 10"], **sheets)[0][2] == "学时为4.5，要求不少于10"


def test_whole_hours_in_a_reason_have_no_decimal_point():
    sheets = {"培训活动": "活动编号\nHD0001", "签到": [["活动编号", "人员编号", "学时"], ["HD0001", "RY0001", 6.0]]}
    assert required(["学时 | 不少于 | 10"], **sheets)[0][2] == "学时为6，要求不少于10"


@pytest.mark.parametrize(
    "row",
    [
        "政治面目 | 等于 | 群众",
        "年龄 | 不多于 | 五十五",
        "学历 | 等于 | 清华",
        "| 等于 | 群众",
        "年龄 | | 55",
        "年龄 | 小于 | 55",
    ],
)
def test_a_requirement_that_cannot_be_read_gives_no_verdict(row):
    """The rules NOM-008, NOM-009 and the field findings name these rows."""
    assert required([row]) == []


def test_requirements_of_another_batch_are_not_asked():
    sheets = {
        "推荐批次": "批次编号\nTJ2601\nTJ2602",
        "资格条件": "批次编号 | 条件 | 比较 | 值\nTJ2602 | 年龄 | 不多于 | 20",
    }
    assert verdicts(**sheets)[2:] == []


@pytest.mark.parametrize(
    ("row", "bonus"),
    [
        ("民族 | 不等于 | 汉族 | 2", "2"),
        ("民族 | 等于 | 汉族 | 2", "0"),
        ("户籍地 | 包含 | 余姚 | 2", "0"),
        ("民族 | 等于 | 畲族 |", "0"),
        ("年龄 | 不多于 | 50 | 1.5", "1.5"),
    ],
    ids=["met", "not met", "unknown", "no bonus named", "half points"],
)
def test_a_preferred_condition_only_gives_a_bonus(row, bonus):
    reg = registry(
        人员=PERSON,
        推荐批次=BATCH.format("妇联执委"),
        资格条件=f"批次编号 | 性质 | 条件 | 比较 | 值 | 加分\nTJ2601 | 优先 | {row}",
    )
    batch = batches(reg)[0]
    verdict = judge(reg, batch, Attributes(reg, batch.closing), "RY0001")[2]
    assert (verdict.outcome, verdict.bonus) == ("符合", Decimal(bonus))


def test_a_required_condition_gives_no_bonus():
    reg = registry(
        人员=PERSON,
        推荐批次=BATCH.format("妇联执委"),
        资格条件="批次编号 | 条件 | 比较 | 值 | 加分\nTJ2601 | 民族 | 等于 | 畲族 | 2",
    )
    batch = batches(reg)[0]
    verdict = judge(reg, batch, Attributes(reg, batch.closing), "RY0001")[2]
    assert verdict == Verdict("民族等于畲族", "符合", "民族为畲族，要求为畲族", Decimal(0))


def test_the_preferred_condition_is_named_as_such():
    rows = (
        "批次编号 | 性质 | 条件 | 比较 | 值\nTJ2601 | 优先 | 民族 | 不等于 | 汉族\nTJ2601 | 优先 | 户籍地 | 包含 | 余姚"
    )
    assert verdicts(资格条件=rows)[2:] == [
        ("优先：民族不等于汉族", "符合", "民族为畲族"),
        ("优先：户籍地包含余姚", "符合", "户籍地为空"),
    ]


def test_the_text_of_a_requirement():
    reg = registry(资格条件="批次编号 | 条件 | 比较 | 值\nTJ2601 | 年龄 | 不多于 | 55\nTJ2601 | 负责人 | 不为空 |")
    assert [requirement_text(reg, row) for row in (0, 1)] == ["年龄不多于55", "负责人不为空"]


@pytest.mark.parametrize(
    ("outcomes", "eligible"),
    [((), True), (("符合",), True), (("符合", "不符合"), False), (("缺材料",), False), (("符合", "符合"), True)],
)
def test_eligible_is_who_passes_everything(outcomes, eligible):
    candidate = Candidate(0, "RY0001", "王红", None, [Verdict("条件", o, f"因为{o}") for o in outcomes], notes=["附注"])
    assert candidate.eligible is eligible
    assert candidate.reasons == [f"因为{o}" for o in outcomes if o != "符合"] + ["附注"]


def points(weights, assessments=("",), **sheets):
    """The indicators' points of each candidate, RY0001 first, and the candidates' notes."""
    people = "人员编号 | 出生年月\n" + "\n".join(f"RY{n:04d} | 1980.05" for n in range(1, len(assessments) + 1))
    rows = "批次编号 | 人员编号 | 考察评分\n" + "\n".join(
        f"TJ2601 | RY{n:04d} | {a}" for n, a in enumerate(assessments, 1)
    )
    indicators = "批次编号 | 指标 | 权重 | 满分值\n" + "\n".join(f"TJ2601 | {w}" for w in weights)
    reg = registry(
        **({"人员": people, "推荐批次": BATCH.format("妇联执委"), "人选": rows, "评分指标": indicators} | sheets)
    )
    batch = batches(reg)[0]
    candidates = [Candidate(i, p, p, None) for i, p in enumerate(reg["candidates"]["person"])]
    award(reg, batch, Attributes(reg, batch.closing), candidates)
    return [[str(p.points) for p in c.points] for c in candidates], [c.notes for c in candidates]


@pytest.mark.parametrize(
    ("weight", "full", "assessment", "expected"),
    [
        ("40", "100", "88", "35.20"),
        ("30", "100", "88.5", "26.55"),
        ("30", "100", "100", "30.00"),
        ("30", "80", "100", "30.00"),
        ("30", "80", "60", "22.50"),
        ("10", "3", "1", "3.33"),
        ("10", "3", "2", "6.67"),
        ("10", "100", "0", "0.00"),
        ("1", "100", "0.5", "0.01"),
        ("1", "100", "0.4", "0.00"),
        ("1", "100", "2.5", "0.03"),
        ("25", "100", "85.14", "21.29"),
        ("25", "100", "85.13", "21.28"),
        ("0", "100", "85", "0.00"),
    ],
)
def test_points_are_share_times_weight_half_up(weight, full, assessment, expected):
    """0.005, 0.025 and 21.285 go up; Python's round and binary floats take them down."""
    assert points([f"考察评分 | {weight} | {full}"], [assessment])[0] == [[expected]]


@pytest.mark.parametrize(
    ("weight", "full", "assessment", "expected"),
    [("30", "48", "1", "0.63"), ("30", "48", "7", "4.38"), ("30", "96", "26", "8.13"), ("30", "240", "5", "0.63")],
)
def test_points_agree_with_a_pocket_calculator_at_the_half(weight, full, assessment, expected):
    assert points([f"考察评分 | {weight} | {full}"], [assessment])[0] == [[expected]]


@pytest.mark.parametrize(
    ("assessments", "expected"),
    [
        (["88", "44", "22"], [["30.00"], ["15.00"], ["7.50"]]),
        (["0", "0"], [["0.00"], ["0.00"]]),
        (["50", "50"], [["30.00"], ["30.00"]]),
    ],
)
def test_without_a_full_value_the_best_of_the_batch_is_full(assessments, expected):
    assert points(["考察评分 | 30 |"], assessments)[0] == expected


def test_a_missing_assessment_is_nought_and_said():
    awarded, notes = points(["考察评分 | 30 | 100"], ["", "90"])
    assert awarded == [["0.00"], ["27.00"]]
    assert notes == [["没有考察评分，按 0 分计：推荐台账.xlsx › 人选 › C2"], []]


def test_every_indicator_of_a_batch():
    sheets = {
        "社会组织": "组织编号 | 负责人\nZZ0001 | RY0001",
        "培训活动": "活动编号 | 学时\nHD0001 | 6\nHD0002 | 9",
        "签到": "活动编号 | 人员编号 | 出勤\nHD0001 | RY0001 | 出席\nHD0002 | RY0001 | 缺席\nHD0002 | RY0002 | 出席",
        "证书": "人员编号 | 级别\nRY0001 | 中级",
        "项目": "项目编号 | 承接组织\nXM0001 | ZZ0001",
        "服务活动": "组织编号 | 日期 | 主题 | 服务人次\nZZ0001 | 2026-03-05 | 为老服务 | 150",
    }
    weights = [
        "学时 | 30 | 40",
        "出勤率 | 10 | 100",
        "证书 | 10 | 3",
        "项目数 | 20 | 2",
        "服务人次 | 20 |",
        "考察评分 | 10 | 100",
    ]
    awarded, _ = points(weights, ["86", "90"], **sheets)
    assert awarded == [
        ["4.50", "5.00", "6.67", "10.00", "20.00", "8.60"],
        ["6.75", "10.00", "0.00", "0.00", "0.00", "9.00"],
    ]


def test_indicators_that_cannot_be_read_and_of_other_batches_are_left_out():
    sheets = {"推荐批次": "批次编号\nTJ2601\nTJ2602"}
    weights = "批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 人缘 | 30 | 100\nTJ2601 | 考察评分 | 很多 | 100\nTJ2602 | 考察评分 | 30 | 100\nTJ2601 | 考察评分 | 20 | 100"
    assert points([], ["50"], 评分指标=weights, **sheets)[0] == [["10.00"]]


def test_the_score_is_the_sum_of_points_and_bonus():
    reg = registry(
        人员=PERSON,
        推荐批次=BATCH.format("妇联执委"),
        人选="批次编号 | 人员编号 | 考察评分\nTJ2601 | RY0001 | 86.5",
        评分指标="批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 考察评分 | 30 | 100\nTJ2601 | 证书 | 10 | 3",
        证书="人员编号 | 级别\nRY0001 | 初级",
        资格条件="批次编号 | 性质 | 条件 | 比较 | 值 | 加分\nTJ2601 | 优先 | 民族 | 不等于 | 汉族 | 2\nTJ2601 | 优先 | 年龄 | 不多于 | 50 | 1.5\nTJ2601 | 优先 | 年龄 | 不多于 | 30 | 9",
    )
    batch = batches(reg)[0]
    attributes = Attributes(reg, batch.closing)
    candidate = Candidate(0, "RY0001", "王红", None, judge(reg, batch, attributes, "RY0001"))
    award(reg, batch, attributes, [candidate])
    assert (candidate.bonus, candidate.score) == (Decimal("3.5"), Decimal("32.78"))


def test_what_a_batch_takes_from_its_row():
    reg = registry(
        推荐批次="""
            批次编号 | 名称   | 推荐职务 | 级别 | 届次     | 名额 | 差额(人) | 送达单位 | 排序口径 | 截止日期
            TJ2601   | 代表   | 人大代表 | 市   | 第十九届 | 4    | 2        | 组织部   |          | 2026-11-30
            TJ2602   | 委员   | 政协委员 | 市   |          | 5    |          | 统战部   | 姓名笔划 | 2026年12月1日
            TJ2603   | 执委   | 妇联执委 | 市   |          | 12   | 0        | 市委     |          | 2026-11-30
            TJ2604   | 无期限 | 妇联执委 | 市   |          | 12   |          | 市委     | 得分     |
        """
    )
    taken = [(b.number, b.term, b.seats, b.extra, b.size, b.order, b.closing) for b in batches(reg)]
    day = datetime.date(2026, 11, 30)
    assert taken == [
        ("TJ2601", "第十九届", 4, 2, 6, "姓名笔画", day),
        ("TJ2602", "", 5, 0, 5, "姓名笔画", datetime.date(2026, 12, 1)),
        ("TJ2603", "", 12, 0, 12, "姓氏笔画", day),
    ]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [("枢纽组织 | 等于 | 甲会", "符合"), ("枢纽组织 | 不等于 | 甲会", "不符合"), ("负责人 | 等于 | 王红", "符合")],
)
def test_a_reference_may_be_asked_for_by_name(row, outcome):
    organisations = "组织编号 | 组织名称 | 负责人 | 枢纽组织\nZZ0001 | 甲会 | |\nZZ0002 | 乙会 | RY0001 | 甲会"
    assert required([row], 社会组织=organisations)[0][1] == outcome


def test_a_cell_that_cannot_be_read_is_not_empty():
    people = "人员编号 | 出生年月 | 参加工作时间\nRY0001 | 1980.05 | 很早"
    assert required(["参加工作时间 | 为空 |"], 人员=people)[0][1] != "符合"


# terms and areas ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("posts", "outcome"),
    [
        ("RY0001 | 人大代表 | 市 | 慈溪市 | 第十届 | 2021.12 |", "不符合"),
        ("RY0001 | 人大代表 | 市 | 慈溪市 | 第十届 | 2016.12 | 2021.11", "符合"),
        ("RY0001 | 人大代表 | 市 | 余姚市 | 第十届 | 2021.12 |", "符合"),
        ("RY0001 | 人大代表 | 市 | | 第十届 | 2021.12 |", "符合"),
        ("RY0001 | 人大代表 | 地级市 | 宁波市 | 第十届 | 2021.12 |", "符合"),
        ("RY0002 | 人大代表 | 市 | 慈溪市 | 第十届 | 2021.12 |", "符合"),
    ],
    ids=["another county", "no longer", "the same", "its own", "the city above it", "somebody else"],
)
def test_a_deputy_of_two_unrelated_areas(posts, outcome):
    sheets = {
        "社会职务": f"人员编号 | 职务 | 级别 | 地区 | 届次 | 起始 | 结束\n{posts}",
        "单位": "项目 | 内容\n行政区划 | 余姚市",
    }
    found = {v[0]: v[1] for v in verdicts(office="人大代表", **sheets)}
    assert found["没有同时担任其他地区的人大代表"] == outcome
    assert "没有同时担任其他地区的妇联执委" not in {v[0] for v in verdicts(office="妇联执委", **sheets)}


@pytest.mark.parametrize(
    ("terms", "most", "outcome"),
    [(2, "妇联执委=3", "符合"), (3, "妇联执委=3届", "不符合"), (3, "政协委员=3", None), (3, "", None)],
)
def test_terms_served_against_the_parameter(terms, most, outcome):
    rows = "\n".join(f"RY0001 | 妇联执委 | 市 | 第{n}届 | {2001 + 5 * n}.12 | {2006 + 5 * n}.11" for n in range(terms))
    sheets = {
        "社会职务": f"人员编号 | 职务 | 级别 | 届次 | 起始 | 结束\n{rows}",
        "参数": f"参数 | 值\n最多届数 | {most}",
    }
    found = {v[0]: (v[1], v[2]) for v in verdicts(**sheets)}
    assert found.get("妇联执委不超过 3 届") == (None if outcome is None else (outcome, f"已任 {terms} 届妇联执委"))


def test_exam_results_and_inspections_are_conditions():
    sheets = {
        "报考": "年度 | 级别 | 人员编号 | 科目 | 成绩\n2025 | 初级 | RY0001 | 综合 | 60\n2025 | 初级 | RY0001 | 实务 | 60",
        "社会组织": "组织编号 | 组织名称 | 登记状态 | 负责人\nZZ0001 | 甲协会 | 已登记 | RY0001",
        "年检": "组织编号 | 年度 | 结论\nZZ0001 | 2024 | 不合格\nZZ0001 | 2025 | 合格",
    }
    found = required(["考试合格 | 包含 | 初级", "考试合格 | 包含 | 中级", "年检结论 | 属于 | 合格、基本合格"], **sheets)
    assert [v[1] for v in found] == ["符合", "不符合", "符合"]
    (unknown,) = required(["年检结论 | 等于 | 合格"])
    assert unknown[1] == "缺材料"
