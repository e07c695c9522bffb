"""What may be asked of a candidate: ages at the closing date, training, certificates, projects, posts, her
organisation's columns."""

import datetime
from decimal import Decimal

import pytest

from jinguo.nominations.attributes import Attributes, age_in_month, age_on
from jinguo.schema.dates import Month
from tests.helpers import registry

CLOSING = datetime.date(2026, 11, 30)
PERSON = "人员编号 | 出生年月\nRY0001 | 1980.05"


def id_number(born: str, serial: str = "002") -> str:
    """An invented identity number of this birth date with the check digit of GB 11643."""
    body = f"330281{born}{serial}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(w * int(c) for w, c in zip(weights, body, strict=True)) % 11]


def value(name, closing=CLOSING, person="RY0001", **sheets):
    """The condition `name` of RY0001, in a registry of these sheets."""
    reg = registry(**({"人员": PERSON} | sheets))
    return Attributes(reg, closing).of(person, name).value


def place(name, **sheets):
    reg = registry(**({"人员": PERSON} | sheets))
    return Attributes(reg, CLOSING).of("RY0001", name).place


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ((2008, 11, 30), (2026, 11, 30), 18),
        ((2008, 12, 1), (2026, 11, 30), 17),
        ((2008, 11, 29), (2026, 11, 30), 18),
        ((2008, 1, 1), (2026, 11, 30), 18),
        ((2008, 2, 29), (2026, 2, 28), 17),
        ((2008, 2, 29), (2026, 3, 1), 18),
        ((2008, 2, 29), (2028, 2, 29), 20),
        ((1971, 12, 31), (2026, 12, 30), 54),
    ],
)
def test_a_year_is_complete_on_the_birthday(born, day, years):
    assert age_on(datetime.date(*born), datetime.date(*day)) == years


@pytest.mark.parametrize(
    ("born", "day", "years"),
    [
        ((2008, 11), (2026, 11, 30), 18),
        ((2008, 11), (2026, 11, 29), 17),
        ((2008, 12), (2026, 12, 30), 17),
        ((2008, 12), (2026, 12, 31), 18),
        ((2008, 12), (2026, 11, 30), 17),
        ((2008, 10), (2026, 11, 1), 18),
        ((2008, 2), (2026, 2, 28), 17),
        ((2007, 2), (2026, 2, 28), 19),
    ],
)
def test_of_a_month_the_last_day_is_assumed(born, day, years):
    assert age_in_month(Month(*born), datetime.date(*day)) == years


@pytest.mark.parametrize(
    ("month", "born", "age"),
    [
        ("2008.11", "20081130", 18),
        ("2008.12", "20081201", 17),
        ("2008.11", "20081101", 18),
        ("", "20081130", 18),
        ("2008.11", "", 18),
        ("2008.12", "", 17),
        ("", "", None),
        ("1990.01", "20081201", 17),
    ],
)
def test_age_at_closing_by_the_card_and_else_by_the_month(month, born, age):
    """The last row: where the two disagree the card counts."""
    card = id_number(born) if born else ""
    assert value("年龄", 人员=f"人员编号 | 出生年月 | 身份证号\nRY0001 | {month} | {card}") == age


def test_a_card_that_cannot_be_read_leaves_the_month():
    assert value("年龄", 人员="人员编号 | 出生年月 | 身份证号\nRY0001 | 1980.05 | 330281198005010021x") == 46


def test_age_depends_on_the_closing_date():
    people = f"人员编号 | 身份证号\nRY0001 | {id_number('19800508')}"
    ages = [value("年龄", datetime.date(2026, 5, day), 人员=people) for day in (7, 8, 9)]
    assert ages == [45, 46, 46]


EVENTS = """
    活动编号 | 开始时间         | 学时
    HD0001   | 2026-03-08 09:00 | 6
    HD0002   | 2026-04-08 09:00 | 4.5
    HD0003   | 2026-10-15 09:00 | 3
    HD0004   | 2026-10-16 09:00 | 8
"""


@pytest.mark.parametrize(
    ("rows", "hours", "rate"),
    [
        (["HD0001 | 出席 |"], "6", "100.0"),
        (["HD0001 | 出席 | 5"], "5", "100.0"),
        (["HD0001 | 出席 | 0"], "0", "100.0"),
        (["HD0001 | 缺席 | 6"], "0", "0.0"),
        (["HD0001 | 请假 |"], "0", "0.0"),
        (["HD0001 | 出席 |", "HD0002 | 出席 |"], "10.5", "100.0"),
        (["HD0001 | 出席 |", "HD0002 | 缺席 |"], "6", "50.0"),
        (["HD0001 | 出席 |", "HD0002 | 请假 |", "HD0003 | 缺席 |"], "6", "33.3"),
        (["HD0001 | 出席 |", "HD0002 | 出席 |", "HD0003 | 缺席 |"], "10.5", "66.7"),
        (["HD0001 | 出席 |", "HD0001 | 出席 |"], "6", "100.0"),
        (["HD0003 | 出席 |"], "3", "100.0"),
        (["HD0004 | 出席 |"], "0", "0"),
        (["HD0009 | 出席 |"], "0", "0"),
        (["HD0001 |  |"], "0", "0"),
    ],
    ids=["whole event", "own hours", "own hours nought", "absent", "excused", "two", "half", "third", "two thirds", "twice in the list", "today",
         "tomorrow", "unknown event", "no presence"],
)  # fmt: skip
def test_hours_and_attendance_up_to_today(rows, hours, rate):
    sheets = {
        "培训活动": EVENTS,
        "签到": "活动编号 | 人员编号 | 出勤 | 学时\n" + "\n".join(r.replace(" | ", " | RY0001 | ", 1) for r in rows),
    }
    assert (value("学时", **sheets), value("出勤率", **sheets)) == (Decimal(hours), Decimal(rate))


def test_training_after_the_closing_date_does_not_count():
    sheets = {"培训活动": EVENTS, "签到": "活动编号 | 人员编号\nHD0001 | RY0001\nHD0002 | RY0001"}
    days = [datetime.date(2026, 3, 7), datetime.date(2026, 3, 8), datetime.date(2026, 4, 7), datetime.date(2026, 4, 8)]
    assert [value("学时", day, **sheets) for day in days] == [Decimal(n) for n in ("0", "6", "6", "10.5")]


def test_someone_else_s_training_does_not_count():
    sheets = {"培训活动": EVENTS, "签到": "活动编号 | 人员编号\nHD0001 | RY0002", "人员": "人员编号\nRY0001\nRY0002"}
    assert (value("学时", **sheets), value("学时", person="RY0002", **sheets)) == (0, 6)


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        ([], "无"),
        (["初级 | 2025-09-20"], "初级"),
        (["中级 | 2025-09-20", "初级 | 2024-09-20"], "中级"),
        (["初级 | 2024-09-20", "高级 | 2026-11-30"], "高级"),
        (["初级 | 2024-09-20", "高级 | 2026-12-01"], "初级"),
        (["高级 | 2026-12-01"], "无"),
        (["特级 | 2024-09-20"], "无"),
        (["中级 |"], "中级"),
    ],
)
def test_the_highest_certificate_held_at_closing(rows, level):
    assert (
        value(
            "证书",
            证书="级别 | 取得日期 | 人员编号\n"
            + "\n".join([*(f"{r} | RY0001" for r in rows), "高级 | 2020-01-01 | RY0009"]),
        )
        == level
    )


ORGANISATIONS = """
    组织编号 | 组织名称 | 登记状态 | 层级   | 备注   | 负责人
    ZZ0001   | 甲会     | 已登记   | 核心层 | 先进   | RY0001
    ZZ0002   | 乙会     | 已备案   | 大众层 |        |
    ZZ0003   | 丙会     | 已注销   | 紧密层 |        | RY0001
"""
PROJECTS = """
    项目编号 | 承接组织 | 状态 | 开始日期
    XM0001   | ZZ0001   | 实施 | 2026-01-01
    XM0002   | ZZ0001   | 终止 | 2026-01-01
    XM0003   | ZZ0001   | 结项 | 2026-11-30
    XM0004   | ZZ0001   | 立项 | 2026-12-01
    XM0005   | ZZ0002   | 实施 | 2026-01-01
    XM0006   | ZZ0003   | 结项 | 2020-01-01
"""


@pytest.mark.parametrize(
    ("posts", "projects"),
    [
        ([], 2),
        (["ZZ0002 | 2022.05 |"], 3),
        (["ZZ0002 | 2022.05 | 2026.09"], 2),
        (["ZZ0002 | 2022.05 | 2026.11"], 3),
        (["ZZ0001 | 2022.05 |"], 2),
    ],
    ids=["head only", "another post", "former post", "post until this month", "head with a post"],
)
def test_projects_of_her_organisations(posts, projects):
    rows = "组织编号 | 起始 | 结束 | 人员编号\n" + "\n".join(f"{p} | RY0001" for p in posts)
    assert value("项目数", 社会组织=ORGANISATIONS, 项目=PROJECTS, 任职=rows) == projects


def test_a_project_applied_for_does_not_count():
    assert value("项目数", 社会组织=ORGANISATIONS, 项目="项目编号 | 承接组织 | 状态\nXM0001 | ZZ0001 | 申报") == 0


def test_services_of_her_organisations_until_closing():
    services = """
        组织编号 | 日期       | 主题     | 服务人次
        ZZ0001   | 2026-03-05 | 为老服务 | 40
        ZZ0001   | 2026-11-30 | 为老服务 | 2
        ZZ0001   | 2026-12-01 | 为老服务 | 100
        ZZ0001   | 2026-05-05 | 为老服务 |
        ZZ0002   | 2026-03-05 | 为老服务 | 7
    """
    assert value("服务人次", 社会组织=ORGANISATIONS, 服务活动=services) == 42


def test_nobody_s_services_are_nought():
    others = {
        "服务活动": "组织编号 | 日期 | 服务人次\nZZ0009 | 2026-03-05 | 7",
        "项目": "项目编号 | 承接组织\nXM0001 | ZZ0009",
    }
    assert (value("服务人次", **others), value("项目数", **others)) == (0, 0)


def test_what_is_not_kept_is_not_nought():
    assert (value("服务人次"), value("项目数"), value("学时"), value("证书")) == (None,) * 4


@pytest.mark.parametrize(
    ("rows", "posts"),
    [
        ([], ()),
        (["妇联执委 | 2021.12 |"], ("妇联执委",)),
        (["妇联执委 | 2021.12 |", "人大代表 | 2022.01 |"], ("妇联执委", "人大代表")),
        (["人大代表 | 2017.01 | 2026.11"], ("人大代表",)),
        (["人大代表 | 2017.01 | 2026.10"], ()),
        (["市人大代表 | 2017.01 | 至今"], ("人大代表",)),
        (["人大代表 | 2026.11 |"], ("人大代表",)),
    ],
    ids=[
        "none",
        "one",
        "two",
        "until the closing month",
        "ended before",
        "by a synonym and 至今",
        "from the closing month",
    ],
)
def test_public_posts_held_at_closing(rows, posts):
    assert (
        value(
            "社会职务",
            社会职务="职务 | 起始 | 结束 | 人员编号\n"
            + "\n".join([*(f"{r} | RY0001" for r in rows), "妇联执委 | 2017.01 | | RY0009"]),
        )
        == posts
    )


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("社会职务", "人员编号 | 职务 | 起始\nRY0001 | 政协委员 | 2027.01"),
        ("职务", "人员编号 | 组织编号 | 职务 | 起始\nRY0001 | ZZ0002 | 会长 | 2027.01"),
    ],
)
def test_a_post_that_begins_later_is_not_held(name, sheet):
    sheets = {"社会职务" if name == "社会职务" else "任职": sheet}
    assert value(name, 社会组织=ORGANISATIONS, **sheets) == ()


def test_posts_in_organisations():
    posts = """
        人员编号 | 组织编号 | 职务   | 起始    | 结束
        RY0001   | ZZ0001   | 会长   | 2022.05 |
        RY0001   | ZZ0002   | 理事   | 2018.05 | 2022.05
        RY0002   | ZZ0002   | 秘书长 | 2018.05 |
    """
    assert value("职务", 社会组织=ORGANISATIONS, 任职=posts) == ("会长",)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("姓名", "张三"),
        ("民族", "畲族"),
        ("备注", "本人"),
        ("组织.备注", "先进"),
        ("层级", "核心层"),
        ("组织.层级", "核心层"),
        ("组织名称", "甲会"),
        ("单位名称", "甲会"),
        ("负责人", ("RY0001", "张三")),
        ("出生日期", Month(1980, 5)),
        (" 民 族 ", "畲族"),
        ("个人会员数", 60),
        ("活动资金", Decimal("3.5")),
        ("活动资金（万元）", Decimal("3.5")),
        ("党组织", None),
    ],
)
def test_columns_of_the_person_first_and_then_of_her_organisation(name, expected):
    sheets = {
        "人员": "人员编号 | 姓名 | 民族 | 备注 | 出生年月\nRY0001 | 张三 | 畲族 | 本人 | 1980.05",
        "社会组织": "组织编号 | 组织名称 | 层级 | 备注 | 负责人 | 个人会员数 | 活动资金(万元)\nZZ0001 | 甲会 | 核心层 | 先进 | RY0001 | 60 | 3.5",
    }
    assert value(name, **sheets) == expected


@pytest.mark.parametrize(
    ("posts", "tier"),
    [
        ("RY0002 | ZZ0002 | 2020.01 |", "大众层"),
        ("RY0002 | ZZ0002 | 2020.01 | 2026.09", None),
        ("RY0002 | ZZ0003 | 2020.01 |", None),
        ("RY0002 | ZZ0001 | 2020.01 |\nRY0002 | ZZ0002 | 2019.01 |", "核心层"),
        ("RY0001 | ZZ0002 | 2020.01 |", None),
    ],
    ids=["a post", "a former post", "in a dissolved one", "the first of two", "someone else's"],
)
def test_which_organisation_is_hers(posts, tier):
    sheets = {
        "人员": "人员编号\nRY0001\nRY0002",
        "社会组织": ORGANISATIONS,
        "任职": "人员编号 | 组织编号 | 起始 | 结束\n" + posts,
    }
    assert value("层级", person="RY0002", **sheets) == tier


def test_the_organisation_she_heads_comes_before_those_where_she_has_a_post():
    posts = "人员编号 | 组织编号 | 起始\nRY0001 | ZZ0002 | 2010.01"
    assert value("层级", 社会组织=ORGANISATIONS, 任职=posts) == "核心层"


@pytest.mark.parametrize(
    "name",
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
        "组织.备注",
        "团体会员",
        "届期",
        "E-mail",
    ],
)
def test_conditions_there_are(name):
    assert Attributes(registry(人员=PERSON), CLOSING).knows(name)


@pytest.mark.parametrize("name", ["政治面目", "颜值", "", "组织.颜值", "组织.", "人员.备注"])
def test_conditions_there_are_not(name):
    attributes = Attributes(registry(人员=PERSON), CLOSING)
    assert not attributes.knows(name)
    assert attributes.of("RY0001", name).value is None


def test_the_names_of_all_conditions_are_known():
    attributes = Attributes(registry(人员=PERSON), CLOSING)
    names = attributes.names()
    assert names[:8] == ["年龄", "学时", "出勤率", "证书", "项目数", "服务人次", "社会职务", "职务"]
    assert {"政治面貌", "层级", "团体会员"} < set(names)
    assert [n for n in names if not attributes.knows(n)] == []


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("年龄", "人员台账.xlsx › 人员 › C3"),
        ("学时", "人员台账.xlsx › 人员 › A3"),
        ("民族", "人员台账.xlsx › 人员 › B3"),
        ("学历", "人员台账.xlsx › 人员 › A3"),
        ("层级", "社会组织台账.xlsx › 社会组织 › B3"),
        ("组织.备注", "社会组织台账.xlsx › 社会组织 › A3"),
    ],
    ids=[
        "month of birth",
        "computed",
        "her own",
        "no such column",
        "her organisation's",
        "organisation without that column",
    ],
)
def test_the_cell_to_look_at(name, cell):
    sheets = {
        "人员": "人员编号 | 民族 | 出生年月\nRY0009 | 汉族 | 1970.01\nRY0001 | |",
        "社会组织": "组织编号 | 层级 | 负责人\nZZ0001 | 大众层 |\nZZ0002 | 核心层 | RY0001",
        "签到": "活动编号 | 人员编号\nHD0001 | RY0009",
    }
    assert place(name, **sheets) == cell


def test_someone_without_an_organisation_is_shown_her_own_row():
    assert (value("层级"), place("层级")) == (None, "人员台账.xlsx › 人员 › A2")


def test_someone_who_is_in_no_registry_has_no_place():
    attribute = Attributes(registry(人员=PERSON), CLOSING).of("RY0404", "年龄")
    assert (attribute.value, attribute.place) == (None, "")


def test_the_organisation_is_that_of_the_closing_date():
    posts = "人员编号 | 组织编号 | 起始 | 结束\nRY0001 | ZZ0002 | 2020.01 | 2026.09"
    organisations = "组织编号 | 层级\nZZ0002 | 大众层"
    assert value("层级", datetime.date(2026, 6, 30), 社会组织=organisations, 任职=posts) == "大众层"


@pytest.mark.parametrize(
    ("rows", "result"),
    [
        ("ZZ0001 | 2024 | 合格\nZZ0001 | 2025 | 基本合格", "基本合格"),
        # Another organisation's, one without a year or a result, one after the year of the closing date.
        ("ZZ0001 | 2024 | 合格\nZZ0002 | 2025 | 不合格", "合格"),
        ("ZZ0001 | 2024 | 合格\nZZ0001 | | 不合格", "合格"),
        ("ZZ0001 | 2024 | 合格\nZZ0001 | 2025 |", "合格"),
        ("ZZ0001 | 2026 | 合格\nZZ0001 | 2027 | 不合格", "合格"),
        ("ZZ0002 | 2025 | 合格", None),
    ],
)
def test_the_latest_inspection_of_her_own_organisation(rows, result):
    organisations = "组织编号 | 负责人\nZZ0001 | RY0001\nZZ0002 | RY0002"
    assert value("年检结论", 社会组织=organisations, 年检=f"组织编号 | 年度 | 结论\n{rows}") == result
