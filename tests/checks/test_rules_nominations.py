"""Rules about batches of nominations; today is 2026-10-15, the batches close on 2026-11-30."""

import datetime

import pytest

from jinguo.checks import check
from tests.checks.test_rules_people import identity
from tests.helpers import findings, places, registry

_BATCH = """
    批次编号 | 名称     | 推荐职务 | 名额 | 差额(人) | 截止日期
    TJ2601   | 市级代表 | 人大代表 | 4    | 2        | 2026-11-30
    TJ2602   | 市级委员 | 政协委员 | 1    |          | 2026-11-30
    TJ2603   | 市级执委 | 妇联执委 | 1    |          | 2026-11-30
"""
_DEPUTIES, _CPPCC, _EXECUTIVES = "TJ2601", "TJ2602", "TJ2603"


def listed(*people: str, batch: str = _CPPCC) -> str:
    return "批次编号 | 人员编号 \n" + "\n".join(f"{batch} | {person}" for person in people)


def test_nom_001_bad():
    people = """
        人员编号 | 姓名
        RY0001   | 王小红
    """
    candidates = """
        批次编号 | 人员编号
        TJ2601   | RY0001
        TJ2602   | RY0001
        市级代表 | 王小红
    """
    found = [f for f in check(registry(人员=people, 推荐批次=_BATCH, 人选=candidates)) if f.code == "NOM-001"]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [("B4", "王小红在 TJ2601 里与第 2 行重复")]


def test_nom_001_good():
    candidates = """
        批次编号 | 人员编号
        TJ2601   | RY0001
        TJ2603   | RY0001
        TJ2601   | RY0002
        TJ2601   |
        TJ2601   |
    """
    assert findings("NOM-001", 推荐批次=_BATCH, 人选=candidates) == []


def test_nom_002_bad():
    people = f"""
        人员编号 | 姓名   | 出生年月 | 身份证号
        RY0001   | 王小红 | 2008.12  | {identity("20081201")}
        RY0002   | 李雪梅 | 2008.12  |
        RY0003   | 张静   |          | {identity("20150101", 104)}
    """
    found = [
        f
        for f in check(registry(人员=people, 推荐批次=_BATCH, 人选=listed("RY0001", "RY0002", "RY0003")))
        if f.code == "NOM-002"
    ]
    assert [(f.sheet, f.cell, f.message.split("。")[0]) for f in found] == [
        ("人选", "B2", "王小红在 2026-11-30 只有 17 周岁"),
        ("人选", "B3", "李雪梅在 2026-11-30 只有 17 周岁"),
        ("人选", "B4", "张静在 2026-11-30 只有 11 周岁"),
    ]


def test_nom_002_good():
    """Eighteen on the closing day is enough, although she is seventeen today."""
    people = f"""
        人员编号 | 姓名   | 出生年月 | 身份证号
        RY0001   | 王小红 | 2008.11  | {identity("20081130")}
        RY0002   | 李雪梅 | 2008.11  |
        RY0003   | 张静   |          |
        RY0004   | 陈敏   | 十几岁   |
    """
    candidates = listed("RY0001", "RY0002", "RY0003", "RY0004", "RY0009")
    assert findings("NOM-002", 人员=people, 推荐批次=_BATCH, 人选=candidates) == []
    assert findings("NOM-002", 推荐批次=_BATCH, 人选=candidates) == []


@pytest.mark.parametrize(("least", "cells"), [("0", []), ("25", ["B2"]), ("24", [])])
def test_nom_002_by_the_parameter(least, cells):
    people = """
        人员编号 | 姓名   | 出生年月
        RY0001   | 王小红 | 2002.11
    """
    parameters = f"""
        参数         | 值
        代表最低年龄 | {least}
    """
    found = findings("NOM-002", 人员=people, 推荐批次=_BATCH, 人选=listed("RY0001"), 参数=parameters)
    assert found == [("人选", cell) for cell in cells]


_POSTS = """
    人员编号 | 职务       | 级别 | 起始    | 结束
    RY0001   | 市人大代表 | 市   | 2021.12 | {end}
"""


@pytest.mark.parametrize("end", ["", "至今", "2026.11"])
def test_nom_003_bad(end):
    (found,) = [
        f
        for f in check(registry(推荐批次=_BATCH, 人选=listed("RY0001"), 社会职务=_POSTS.format(end=end)))
        if f.code == "NOM-003"
    ]
    assert (found.cell, found.message.split("。")[0]) == ("B2", "RY0001现任人大代表，又被推荐为政协委员")


@pytest.mark.parametrize(
    ("batch", "person", "end"),
    [(_CPPCC, "RY0001", "2026.10"), (_DEPUTIES, "RY0001", ""), (_EXECUTIVES, "RY0001", ""), (_CPPCC, "RY0002", "")],
)
def test_nom_003_good(batch, person, end):
    candidates = listed(person, batch=batch)
    assert findings("NOM-003", 推荐批次=_BATCH, 人选=candidates, 社会职务=_POSTS.format(end=end)) == []


@pytest.mark.parametrize(
    ("offices", "batch", "cells"),
    [
        ("人大代表、妇联执委", _CPPCC, []),
        ("人大代表、妇联执委", _EXECUTIVES, ["B2"]),
        pytest.param(
            "人大代表，政协委员",
            _CPPCC,
            ["B2"],
        ),
    ],
)
def test_nom_003_by_the_parameter(offices, batch, cells):
    parameters = f"""
        参数         | 值
        不得同时担任 | {offices}
    """
    found = findings(
        "NOM-003", 推荐批次=_BATCH, 人选=listed("RY0001", batch=batch), 社会职务=_POSTS.format(end=""), 参数=parameters
    )
    assert found == [("人选", cell) for cell in cells]


def test_nom_004_bad():
    """A doubled candidate counts once; the extra candidates of 差额 are wanted too."""
    candidates = listed(*(f"RY000{n}" for n in (1, 2, 3, 4, 5, 5)), batch=_DEPUTIES)
    found = [f for f in check(registry(推荐批次=_BATCH, 人选=candidates)) if f.code == "NOM-004"]
    assert [(f.sheet, f.cell, f.message.split("。")[0]) for f in found] == [
        ("推荐批次", "D2", "市级代表要 6 人，人选只有 5 人"),
        ("推荐批次", "D3", "市级委员要 1 人，人选只有 0 人"),
        ("推荐批次", "D4", "市级执委要 1 人，人选只有 0 人"),
    ]


def test_nom_004_good():
    batches = """
        批次编号 | 名额 | 差额(人)
        TJ2602   | 2    | 1
        TJ2609   | 若干 |
    """
    assert findings("NOM-004", 推荐批次=batches, 人选=listed("RY0001", "RY0002", "RY0003")) == []
    assert findings("NOM-004", 推荐批次=batches) == []


_QUOTA = """
    批次编号 | 维度   | 取值 | 最少    | 最多
    TJ2601   | 性别   | 女   | {least} | {most}
"""


@pytest.mark.parametrize(
    ("least", "most", "what"),
    [
        ("7", "", "最少 7 人，名单只有 6 人"),
        ("3", "2", "最少 3 人，最多却是 2 人"),
        ("1", "0", "最少 1 人，最多却是 0 人"),
        ("60%", "50%", "最少 4 人，最多却是 3 人"),
        ("35%", "35%", "最少 3 人，最多却是 2 人"),
        ("3", "40%", "最少 3 人，最多却是 2 人"),
    ],
)
def test_nom_005_bad(least, most, what):
    """The list has six people: a least share is rounded up, a most share down."""
    found = [
        f
        for f in check(registry(推荐批次=_BATCH, 结构要求=_QUOTA.format(least=least, most=most)))
        if f.code == "NOM-005"
    ]
    assert [(f.cell, f.message.split("。")[0]) for f in found] == [("D2", f"“性别：女”{what}")]


@pytest.mark.parametrize(
    ("least", "most"),
    [
        ("6", ""),
        ("2", "2"),
        ("0", "0"),
        ("50%", "50%"),
        ("100%", ""),
        ("", "0"),
        ("", "9"),
        ("35%", "3"),
        ("多数", "0"),
    ],
)
def test_nom_005_good(least, most):
    assert findings("NOM-005", 推荐批次=_BATCH, 结构要求=_QUOTA.format(least=least, most=most)) == []


_WOMEN = """
    人员编号 | 姓名   | 性别 | 政治面貌   | 出生年月
    RY0001   | 王小红 | 女   | 中共党员   | 1980.05
    RY0002   | 李雪梅 | 女   | 群众       | 1985.05
    RY0003   | 李建国 | 男   | 无党派人士 | 1990.05
    RY0004   | 张静   | 女   |            |
"""
_FOUR = listed("RY0001", "RY0002", "RY0003", "RY0004", batch=_DEPUTIES)


def wanted(dimension: str, value: str, least: str) -> str:
    return f"批次编号 | 维度 | 取值 | 最少 \n TJ2601 | {dimension} | {value} | {least}"


@pytest.mark.parametrize(
    ("dimension", "value", "least", "what"),
    [
        ("性别", "女", "4", "“性别：女”最少 4 人，人选里只有 3 人"),
        ("政治面貌", "群众、无党派人士", "50%", "“政治面貌：群众、无党派人士”最少 3 人，人选里只有 2 人"),
        ("年龄", "不多于40", "2", "“年龄：不多于40”最少 2 人，人选里只有 1 人"),
        ("证书", "初级", "1", "“证书：初级”最少 1 人，人选里只有 0 人"),
    ],
)
def test_nom_006_bad(dimension, value, least, what):
    quotas = wanted(dimension, value, least)
    found = [
        f for f in check(registry(人员=_WOMEN, 推荐批次=_BATCH, 人选=_FOUR, 结构要求=quotas)) if f.code == "NOM-006"
    ]
    assert [(f.sheet, f.cell, f.message.split("。")[0]) for f in found] == [("结构要求", "D2", what)]


@pytest.mark.parametrize(
    ("dimension", "value", "least"),
    [
        ("性别", "女", "3"),
        ("政治面貌", "群众、无党派人士", "2"),
        ("年龄", "≤41", "2"),
        ("性别", "男", ""),
        ("性别", "男", "7"),
        ("性别", "妇女", "6"),
        ("星座", "双鱼", "6"),
        ("性别", "", "6"),
    ],
)
def test_nom_006_good(dimension, value, least):
    """Quotas that cannot be met at all, or cannot be read, have rules of their own."""
    quotas = wanted(dimension, value, least)
    assert findings("NOM-006", 人员=_WOMEN, 推荐批次=_BATCH, 人选=_FOUR, 结构要求=quotas) == []


_OPINION = """
    批次编号 | 人员编号 | 部门   | 意见
    TJ2602   | RY0001   | 公安局 | {opinion}
"""


@pytest.mark.parametrize("today", ["2026-11-30", "2026-12-15"])
def test_nom_007_bad(today):
    day = datetime.date.fromisoformat(today)
    (found,) = [
        f
        for f in check(registry(day, 推荐批次=_BATCH, 联审意见=_OPINION.format(opinion="待复")))
        if f.code == "NOM-007"
    ]
    assert (found.cell, found.message.split("。")[0]) == ("D2", "2026-11-30 已截止，公安局对RY0001的意见还是待复")


@pytest.mark.parametrize(
    ("today", "opinion"),
    [
        ("2026-11-29", "待复"),
        ("2026-12-15", "同意"),
        ("2026-12-15", "不同意"),
        ("2026-12-15", ""),
        ("2026-12-15", "好"),
    ],
)
def test_nom_007_good(today, opinion):
    day = datetime.date.fromisoformat(today)
    assert findings("NOM-007", day, 推荐批次=_BATCH, 联审意见=_OPINION.format(opinion=opinion)) == []


def required(field: str, comparison: str, value: str) -> str:
    return f"批次编号 | 条件 | 比较 | 值 \n TJ2601 | {field} | {comparison} | {value}"


def test_nom_008_bad():
    requirements = required("政治面猫", "等于", "群众")
    quotas = wanted("星座与血型", "双鱼", "1")
    found = [f for f in check(registry(推荐批次=_BATCH, 资格条件=requirements, 结构要求=quotas)) if f.code == "NOM-008"]
    assert [(f.sheet, f.cell, f.message.split("。")[0], f.remedy) for f in found] == [
        ("结构要求", "B2", "“星座与血型”不是人员或组织的栏目", "请改成栏目名。"),
        ("资格条件", "B2", "“政治面猫”不是人员或组织的栏目", "是不是“政治面貌”？请改正。"),
    ]


@pytest.mark.parametrize(
    "field",
    [
        "年龄",
        "学时",
        "出勤率",
        "证书",
        "项目数",
        "服务人次",
        "社会职务",
        "职务",
        "政治面貌",
        "职称",
        "层级",
        "组织.备注",
        "活动资金（万元）",
        "届期",
        "",
    ],
)
def test_nom_008_good(field):
    quotas = wanted(field or "性别", "女", "1")
    assert findings("NOM-008", 推荐批次=_BATCH, 资格条件=required(field, "不为空", ""), 结构要求=quotas) == []


@pytest.mark.parametrize(
    ("field", "comparison", "value"),
    [
        ("年龄", "不多于", "五十五"),
        ("年龄", "等于", "青年"),
        ("学历", "不少于", "大本"),
        ("学历", "不少于", ""),
        ("性别", "等于", "妇女"),
        ("政治面貌", "属于", "群众、党外"),
        ("参加工作时间", "早于", "很久以前"),
        ("姓名", "不少于", "3"),
        ("姓名", "早于", "2020-01-01"),
        ("出生年月", "不多于", "1980"),
    ],
)
def test_nom_009_bad(field, comparison, value):
    assert findings("NOM-009", 人员=_WOMEN, 推荐批次=_BATCH, 资格条件=required(field, comparison, value)) == [
        ("资格条件", "D2")
    ]


@pytest.mark.parametrize(
    ("field", "comparison", "value"),
    [
        ("年龄", "不多于", "55周岁"),
        ("学历", "不少于", "大专"),
        ("学历", "属于", "大学、硕士"),
        ("性别", "等于", "女"),
        ("政治面貌", "不等于", "党员"),
        ("参加工作时间", "早于", "2020.01"),
        ("登记日期", "早于", "2020年1月1日"),
        ("负责人", "不为空", ""),
        ("负责人", "为空", ""),
        ("户籍地", "包含", "余姚"),
        ("星座", "不少于", "双鱼"),
        ("学历", "大于", "本科"),
    ],
)
def test_nom_009_good(field, comparison, value):
    assert findings("NOM-009", 人员=_WOMEN, 推荐批次=_BATCH, 资格条件=required(field, comparison, value)) == []


@pytest.mark.parametrize(
    ("value", "cells"), [("不多于45", []), ("≥45岁", []), ("45岁以下", ["C2"]), ("不多于中年", ["C2"])]
)
def test_nom_009_of_quotas(value, cells):
    found = findings("NOM-009", 人员=_WOMEN, 推荐批次=_BATCH, 结构要求=wanted("年龄", value, "1"))
    assert found == [("结构要求", cell) for cell in cells]


def test_nom_009_knows_the_words_the_office_added():
    words = """
        词表     | 词
        政治面貌 | 台胞
    """
    requirements = required("政治面貌", "等于", "台胞")
    assert findings("NOM-009", 人员=_WOMEN, 推荐批次=_BATCH, 资格条件=requirements) == [("资格条件", "D2")]
    assert findings("NOM-009", 人员=_WOMEN, 推荐批次=_BATCH, 资格条件=requirements, 词表=words) == []


_ONE_HEAD = """
    组织编号 | 负责人 | 服务领域
    ZZ0001   | RY0001 | 为老服务
"""


@pytest.mark.parametrize("comparison", ["不少于", "不多于"])
def test_nom_009_of_a_column_with_several_choices(comparison):
    requirements = required("服务领域", comparison, "为老服务")
    found = findings("NOM-009", 人员=_WOMEN, 社会组织=_ONE_HEAD, 推荐批次=_BATCH, 资格条件=requirements)
    assert found == [("资格条件", "D2")]


def test_nom_006_of_a_column_with_several_choices():
    quotas = wanted("服务领域", "不少于为老服务", "1")
    found = check(registry(人员=_WOMEN, 社会组织=_ONE_HEAD, 推荐批次=_BATCH, 人选=_FOUR, 结构要求=quotas))
    assert places(found, "NOM-006", "NOM-009") == [("NOM-009", "结构要求", "C2")]


@pytest.mark.parametrize("comparison", ["等于", "不等于", "包含", "属于"])
@pytest.mark.parametrize("field", ["性别", "户籍地"])
def test_nom_009_wants_a_value(field, comparison):
    assert findings("NOM-009", 人员=_WOMEN, 推荐批次=_BATCH, 资格条件=required(field, comparison, "")) == [
        ("资格条件", "D2")
    ]


@pytest.mark.parametrize("field", ["学历", "年龄"])
def test_nom_009_does_not_depend_on_the_first_person(field):
    people = """
        人员编号 | 姓名   | 学历 | 出生年月
        RY0001   | 王小红 |      |
        RY0002   | 李雪梅 | 本科 | 1985.05
    """
    assert findings("NOM-009", 人员=people, 推荐批次=_BATCH, 资格条件=required(field, "早于", "2020-01-01")) == [
        ("资格条件", "D2")
    ]


def test_nom_010_bad():
    batches = """
        批次编号 | 推荐职务 | 排序口径
        TJ2601   | 人大代表 | 姓氏笔划
    """
    assert findings("NOM-010", 推荐批次=batches) == [("推荐批次", "C2")]


def test_nom_010_good():
    batches = """
        批次编号 | 推荐职务 | 排序口径
        TJ2601   | 人大代表 | 姓名笔画
        TJ2602   | 人大代表 |
        TJ2603   | 人大代表 | 得分
        TJ2604   | 政协委员 | 姓氏笔画
        TJ2605   | 人大代表 | 笔画
    """
    assert findings("NOM-010", 推荐批次=batches) == []


def test_nom_011_bad():
    candidates = """
        批次编号 | 人员编号
        TJ2601   | RY0001
        TJ2603   | RY0001
        TJ2602   | RY0001
    """
    (found,) = [f for f in check(registry(推荐批次=_BATCH, 人选=candidates)) if f.code == "NOM-011"]
    assert (found.cell, found.message.split("。")[0]) == ("B4", "RY0001已推荐为人大代表，又推荐为政协委员")


def test_nom_011_good():
    candidates = """
        批次编号 | 人员编号
        TJ2601   | RY0001
        TJ2603   | RY0001
        TJ2602   | RY0002
        TJ2609   | RY0001
        TJ2601   |
        TJ2602   |
    """
    assert findings("NOM-011", 推荐批次=_BATCH, 人选=candidates) == []


def test_nom_011_by_the_parameter():
    candidates = """
        批次编号 | 人员编号
        TJ2601   | RY0001
        TJ2602   | RY0001
        TJ2603   | RY0001
    """
    parameters = """
        参数         | 值
        不得同时担任 | 政协委员、妇联执委
    """
    assert findings("NOM-011", 推荐批次=_BATCH, 人选=candidates, 参数=parameters) == [("人选", "B4")]


def test_weights_of_which_one_cannot_be_read_are_not_added_up():
    weights = "批次编号 | 指标 | 权重\nTJ2601 | 学时 | 三十\nTJ2601 | 考察评分 | 60"
    assert findings("NOM-020", 推荐批次="批次编号\nTJ2601", 评分指标=weights) == []
