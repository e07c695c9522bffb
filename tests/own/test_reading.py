"""Reading an office's own registers through the decisions about them: identities without numbers, cells that hold two
things, columns whose titles are values, and what is told of it."""

from __future__ import annotations

import pytest

from jinguo.checks import check
from jinguo.excel.raw import RawSheet
from jinguo.intake.adoption import adopt
from jinguo.intake.building import build_beside
from jinguo.intake.own.mapping import NEW, NOBODY, OPEN, TAKEN, Mapping
from jinguo.intake.own.title_lines import Fact
from tests.checks.test_rules_people import identity
from tests.helpers import TODAY, table

ORGANISATIONS = """
    序号 | 组织名称 | 类别 | 层级 | 登记证号（备案号） | 登记（备案）时间 | 负责人姓名及职务 | 负责人电话 | 任职起止时间 | 会员人数 | 党组织 | 备注
    1 | 澄江县茶艺协会 | 社团 | 核心 | 无 | 2020.5 | 王芳 会长 | 13800001111 | 2023.1-2028.1 | 52 | √ |
    2 | 东湖街道巧姐队 | 社区 | 大众 | 东湖备〔2022〕9号 | 2022年4月16日 | 李敏（队长） | 138-0000-1112 | 2022年至今 | 约30人 | |
    3 | 西岭镇宣讲队 | 社区 | 大众 | 西岭备〔2023〕1号 | 2023.6.1 | 张燕/队长 | 13800001113、13800009999 | 2024.5-2021.5 | 12个单位 | | 原名西岭镇女子宣讲队
"""
ROSTER = f"""
    姓名 | 性别 | 出生年月 | 身份证号 | 政治面貌 | 单位及职务 | 手机
    王芳 | 女 | 1980.05 | {identity("19800512", 102)} | 群众 | 澄江县茶艺协会会长 | 13800001111
    李敏 | 女 | 9103 | {identity("19910304", 104)} | 民盟 | 东湖街道巧姐队/队长 | 13800001112
    李敏 | 女 | 1985.07 | {identity("19850708", 106)} | 群众 | 西岭镇宣讲队 理事 | 13800001199
    张燕 | 女 | 1979.11 | {identity("19791112", 108)} | 群众 | 西岭镇宣讲队队长 | 13800001113
"""


def raw(book: str, name: str, rows: str, *lines: str) -> RawSheet:
    """A sheet drawn as a table, with lines above it."""
    cells = [[int(v) if v.isdigit() and len(v) < 4 else v for v in row] for row in table(rows)]
    return RawSheet(book, name, [[line] for line in lines] + cells)


def read(*sheets: RawSheet, decide=lambda mapping: None):
    """The registry of sheets, with what is proposed of them decided as `decide` changes it."""
    books: dict[str, list[RawSheet]] = {}
    for one in sheets:
        books.setdefault(one.workbook, []).append(one)
    mapping = adopt(books, TODAY).decisions
    decide(mapping)
    registry, _ = build_beside(books, TODAY, mapping=mapping)
    return registry, mapping


def office(*more: RawSheet, decide=lambda mapping: None):
    """The registry of an office with a register of organisations, a roster, and more sheets."""
    return read(raw("台账.xlsx", "社会组织", ORGANISATIONS), raw("花名册.xlsx", "在册", ROSTER), *more, decide=decide)


def column(registry, table: str, *names: str):
    return list(zip(*(registry[table][name] for name in names), strict=True))


def found(registry, code: str):
    return [(f.workbook, f.sheet, f.cell) for f in registry.findings if f.code == code]


def test_organisations_are_their_names_and_what_is_not_kept_is_worked_out():
    registry, _ = office()
    assert column(registry, "organisations", "number", "status", "type", "level") == [
        ("澄江县茶艺协会", "未登记", "社会团体", "市级"),
        ("东湖街道巧姐队", "已备案", "社区社会组织", "乡镇街道"),
        ("西岭镇宣讲队", "已备案", "社区社会组织", "乡镇街道"),
    ]
    assert registry["organisations"]["individual_members"] == [52, 30, None]
    assert registry["organisations"]["unit_members"] == [None, None, 12]
    assert ("台账.xlsx", "社会组织", "") in found(registry, "REG-021")


def test_a_cell_that_holds_two_things_is_the_address_of_both():
    registry, _ = office()
    organisations, posts = registry["organisations"], registry["posts"]
    assert column(registry, "posts", "person", "organisation", "post")[0] == ("王芳", "澄江县茶艺协会", "会长")
    assert posts.place(0, "person") == posts.place(0, "post") == "台账.xlsx › 社会组织 › G2"
    assert organisations["head"] == ["王芳", "李敏（东湖街道巧姐队）", "张燕"]
    assert organisations["phone"][2] == "13800001113"
    assert str(posts["from_month"][1]) == "2022.01"


def test_two_people_of_one_name_are_told_apart_by_their_organisation():
    registry, _ = office()
    assert registry["people"]["number"] == ["王芳", "李敏（东湖街道巧姐队）", "李敏（西岭镇宣讲队）", "张燕"]
    assert str(registry["people"]["born"][1]) == "1991.03"


def test_a_term_that_ends_before_it_begins_is_told_at_its_cell():
    registry, _ = office()
    assert found(registry, "REG-022") == [("台账.xlsx", "社会组织", "I4")]


SIGN_IN = """
    序号 | 姓名 | 单位 | 签到
    1 | 王  芳 | 茶艺协会 | √
    2 | 李敏 | 巧姐队 | √
    3 | 李敏 | 东湖街道 | √
    4 | 赵丽 | 县妇联 | √
    5 | 张燕 | 宣讲队 |
"""


def sign_in() -> RawSheet:
    return raw(
        "签到.xlsx",
        "培训",
        SIGN_IN,
        "负责人能力提升培训班签到表",
        "时间：2026年5月12日 9:00    地点：县委党校301    共6学时",
    )


def test_an_event_is_what_the_lines_above_its_list_say():
    registry, _ = office(sign_in())
    events = registry["events"]
    assert column(registry, "events", "number", "name", "type", "place", "hours") == [
        ("负责人能力提升培训班", "负责人能力提升培训班", "业务培训", "县委党校301", 6)
    ]
    assert f"{events['starts'][0]:%Y-%m-%d %H:%M}" == "2026-05-12 09:00"
    assert events.place(0, "starts") == "签到.xlsx › 培训 › A2"


def test_who_cannot_be_told_counts_nowhere_until_somebody_says_so():
    registry, mapping = office(sign_in())
    attendance = registry["attendance"]
    assert attendance["person"] == ["王芳", "李敏（东湖街道巧姐队）", None, None, "张燕"]
    assert attendance["presence"] == ["出席", "出席", "出席", "出席", "缺席"]
    asked = {i.written: i for i in mapping.identities}
    assert asked["赵丽（县妇联）"].basis == "登记表里没有这个人"
    assert "李敏（西岭镇宣讲队）" in asked["李敏（东湖街道）"].candidates
    assert ("签到.xlsx", "培训", "B6") in found(registry, "REG-019")


def test_what_somebody_said_holds_for_every_cell():
    def decide(mapping: Mapping) -> None:
        for identity_ in mapping.identities:
            identity_.action = TAKEN
            identity_.meaning = NEW if identity_.written.startswith("赵丽") else "李敏（西岭镇宣讲队）"

    registry, _ = office(sign_in(), decide=decide)
    assert registry["attendance"]["person"] == [
        "王芳",
        "李敏（东湖街道巧姐队）",
        "李敏（西岭镇宣讲队）",
        "赵丽",
        "张燕",
    ]
    people = registry["people"]
    assert people.place(people["number"].index("赵丽"), "name") == "签到.xlsx › 培训 › B7"
    assert found(registry, "REG-019") == []


def test_who_is_not_to_be_counted_is_left_out():
    def decide(mapping: Mapping) -> None:
        for identity_ in mapping.identities:
            identity_.action, identity_.meaning = TAKEN, NOBODY

    registry, _ = office(sign_in(), decide=decide)
    assert registry["attendance"]["person"] == ["王芳", "李敏（东湖街道巧姐队）", "张燕"]


def test_a_name_with_one_wrong_character_is_asked_and_not_taken():
    wrong = raw(
        "签到.xlsx", "沙龙", "姓名 | 单位 | 签到\n王方 | 茶艺协会 | √\n张燕 | 宣讲队 | √", "主题沙龙签到表 2026.4.17"
    )
    registry, mapping = office(wrong)
    assert registry["attendance"]["person"] == [None, "张燕"]
    (asked,) = mapping.identities
    assert (asked.meaning, asked.action) == ("王芳（澄江县茶艺协会）", OPEN)


EXAM = """
    序号 | 姓名 | 身份证号 | 报考级别 | 综合能力 | 实务 | 法规与政策 | 总分 | 是否合格
    1 | 王芳 | {first} | 社工师 | 66 | 71 | 58 | 195 | 合格
    2 | 张燕 | {second} | 助理社工师 | 缺考 | 64 | / | 99 | 不合格
    3 | 张燕 | {second} | 助理社工师 | 缺考 | 64 | / | 99 | 不合格
"""


def exam() -> RawSheet:
    rows = EXAM.format(first=identity("19800512", 102), second=identity("19791112", 108))
    return raw("成绩.xlsx", "2025年", rows, "2025年度社会工作者职业水平考试成绩")


def test_a_score_stands_in_the_cell_of_its_subject():
    registry, _ = office(exam())
    entries = registry["exam_entries"]
    assert column(registry, "exam_entries", "year", "level", "person", "subject") == [
        (2025, "中级", "王芳", "社会工作综合能力（中级）"),
        (2025, "初级", "张燕", "社会工作综合能力（初级）"),
        (2025, "中级", "王芳", "社会工作实务（中级）"),
        (2025, "初级", "张燕", "社会工作实务（初级）"),
        (2025, "中级", "王芳", "社会工作法规与政策"),
    ]
    assert [entries.cell(i, "score") for i in range(5)] == ["E3", "E4", "F3", "F4", "G3"]


def test_what_is_worked_out_is_compared_with_what_it_is_worked_out_from():
    registry, _ = office(exam())
    mine = [place for place in found(registry, "REG-022") if place[0] == "成绩.xlsx"]
    assert mine == [("成绩.xlsx", "2025年", "I3")]


def test_a_row_that_stands_twice_counts_once_and_is_told():
    registry, _ = office(exam())
    assert found(registry, "REG-027") == [("成绩.xlsx", "2025年", "B5")]


def test_years_as_columns_are_a_row_each_and_no_year_is_none():
    sheet = raw(
        "年检.xlsx", "年检", "组织名称 | 2024年检 | 2025年检\n茶艺协会 | 合格 | 未检\n西岭镇女子宣讲队 | 新成立 | 年报"
    )
    registry, mapping = office(sheet)
    assert column(registry, "inspections", "organisation", "year", "result") == [
        ("澄江县茶艺协会", 2024, "合格"),
        ("澄江县茶艺协会", 2025, "未参检"),
        ("西岭镇宣讲队", 2025, "年报"),
    ]
    assert ("inspections.result", "未检") in {v.key for v in mapping.values}


def test_money_is_counted_in_our_unit_and_instalments_are_payments():
    sheet = raw(
        "项目.xlsx", "2026年",
        "项目名称 | 类型 | 购买主体 | 承接组织 | 起止时间 | 合同金额（万元） | 首款（万元） | 尾款（万元） | 进展\n"
        "暖冬 | 创投 | 县妇联 | 茶艺协会（代管：巧姐队） | 2026.3-2026.12 | 3.5 | 2.1 |  | 在做\n护蕾 | 微 | 县妇联 | 宣讲队 | 2026.3-2026.9 | 0.8 | 0.5 | 0.3 | 完成",
    )  # fmt: skip
    registry, _ = office(sheet)
    assert column(registry, "projects", "amount", "contractor", "agent", "status") == [
        (35000, "澄江县茶艺协会", "东湖街道巧姐队", "实施"),
        (8000, "西岭镇宣讲队", None, "结项"),
    ]
    assert column(registry, "payments", "project", "instalment", "amount") == [
        ("暖冬", "首款", 21000), ("护蕾", "首款", 5000), ("护蕾", "尾款", 3000),
    ]  # fmt: skip
    assert f"{registry['projects']['ends'][0]}" == "2026-12-31"
    assert found(registry, "REG-020")


def test_a_word_nobody_has_decided_is_told_once_and_one_decision_does_for_all_cells():
    rows = ROSTER.replace("群众 | 澄江县", "党员 | 澄江县").replace(
        "群众 | 西岭镇宣讲队 理事", "党员 | 西岭镇宣讲队 理事"
    )
    registry, mapping = read(raw("花名册.xlsx", "在册", rows))
    assert registry["people"]["politics"][:3] == [None, "民盟盟员", None]
    (asked,) = [v for v in mapping.values if v.action == OPEN]
    assert (asked.field, asked.written, asked.count, asked.meaning) == ("people.politics", "党员", 2, "中共党员")
    asked.action = TAKEN
    books = {"花名册.xlsx": [raw("花名册.xlsx", "在册", rows)]}
    again, _ = build_beside(books, TODAY, mapping=mapping)
    assert again["people"]["politics"][:3] == ["中共党员", "民盟盟员", "中共党员"]


def test_one_organisation_with_and_without_the_county_is_asked():
    rows = ORGANISATIONS + "4 | 茶艺协会 | 社团 | 核心 | | | 王芳 会长 | 13800001111 | | 20 | |\n"
    more = "5 | 澄江县木兰协会 | 社团 | 核心 | | | | | | 20 | |\n"
    registry, mapping = read(raw("台账.xlsx", "社会组织", rows + more))
    assert found(registry, "REG-026") == [("台账.xlsx", "社会组织", "B5")]
    (asked,) = [i for i in mapping.identities if i.kind == "组织"]
    asked.action = TAKEN
    again, _ = build_beside({"台账.xlsx": [raw("台账.xlsx", "社会组织", rows + more)]}, TODAY, mapping=mapping)
    assert again["organisations"]["number"].count("澄江县茶艺协会") == 1
    assert len(again["organisations"]) == 4


def test_one_person_on_two_rows_of_a_roster_is_one_with_two_posts():
    again = f"王芳 | 女 | 1980.05 | {identity('19800512', 102)} | 群众 | 东湖街道巧姐队理事 | 13800001111\n"
    registry, _ = read(raw("台账.xlsx", "社会组织", ORGANISATIONS), raw("花名册.xlsx", "在册", ROSTER + again))
    assert registry["people"]["name"].count("王芳") == 1
    assert found(registry, "REG-024") == [("花名册.xlsx", "在册", "A6")]
    held = {p[1] for p in column(registry, "posts", "person", "organisation") if p[0].startswith("王芳")}
    assert held == {"澄江县茶艺协会", "东湖街道巧姐队"}


def test_what_two_sheets_say_differently_of_one_person_is_told():
    rows = "姓名 | 性别 | 出生年月 | 工作单位及职务 | 推荐单位 | 推荐理由\n张燕 | 女 | 1959年1月 | 西岭镇宣讲队队长 | 西岭镇妇联 | 热心"
    lines = ("澄江县妇联第九届执行委员会委员推荐人选汇总表", "名额：3名    2026年11月20日前报")
    registry, _ = office(raw("人选.xlsx", "执委", rows, *lines))
    assert found(registry, "REG-023") == [("人选.xlsx", "执委", "C4")]
    batches = registry["batches"]
    assert column(registry, "batches", "office", "term", "seats") == [("妇联执委", "第九届", 3)]
    assert f"{batches['closing'][0]}" == "2026-11-20"
    assert registry["candidates"]["batch"] == ["澄江县妇联第九届执行委员会委员"]


def test_a_decision_that_no_longer_fits_is_told():
    def decide(mapping: Mapping) -> None:
        mapping.sources[0].sheet = "没有的"

    registry, _ = office(decide=decide)
    assert ("对照.xlsx", "来源", "B2") in found(registry, "REG-025")


def test_a_fact_that_is_not_there_is_asked_and_what_is_said_of_it_holds():
    plain = raw(
        "签到.xlsx", "沙龙", "姓名 | 单位 | 签到\n王芳 | 茶艺协会 | √\n张燕 | 宣讲队 | √", "主题沙龙签到表 2026.4.17"
    )
    _, mapping = office(plain)
    source = mapping.source_of("签到.xlsx", "沙龙")
    assert [f.field for f in source.facts if f.value == "？"] == ["events.hours"]

    def decide(mapping: Mapping) -> None:
        source = mapping.source_of("签到.xlsx", "沙龙")
        source.facts = [f for f in source.facts if f.value != "？"] + [Fact("events.hours", "3")]

    registry, _ = office(plain, decide=decide)
    assert registry["events"]["hours"] == [3]


@pytest.mark.parametrize(
    ("mark", "presence"),
    [
        ("√", "出席"),
        ("是", "出席"),
        ("1", "出席"),
        ("张燕", "出席"),
        ("有", "出席"),
        ("请假", "请假"),
        ("事假", "请假"),
        ("", "缺席"),
        ("×", "缺席"),
        ("0", "缺席"),
    ],
)
def test_marks_of_a_sign_in(mark, presence):
    sheet = raw(
        "签到.xlsx",
        "培训",
        f"姓名 | 单位 | 签到\n王芳 | 茶艺协会 | √\n张燕 | 宣讲队 | {mark}",
        "培训班签到表 2026年4月17日",
    )
    registry, _ = office(sheet)
    assert registry["attendance"]["presence"][1] == presence


def test_a_sheet_nobody_has_signed_says_nothing_about_who_was_there():
    sheet = raw(
        "签到.xlsx", "培训", "姓名 | 单位 | 签到\n王芳 | 茶艺协会 |\n张燕 | 宣讲队 |", "培训班签到表 2026年4月17日"
    )
    registry, _ = office(sheet)
    assert set(registry["attendance"]["presence"]) <= {None}


def test_two_columns_of_the_list_side_by_side_are_one_list():
    sheet = raw(
        "签到.xlsx", "培训", "序号 | 姓名 | 单位 | 签到 | 序号 | 姓名 | 单位 | 签到\n1 | 王芳 | 茶艺协会 | √ | 3 | 张燕 | 宣讲队 | √\n2 | 李敏 | 巧姐队 | √ | | | |",
        "培训班签到表 2026年4月17日 9:00 共3学时",
    )  # fmt: skip
    registry, mapping = office(sheet)
    assert mapping.source_of("签到.xlsx", "培训").layout == "双栏"
    attendance = registry["attendance"]
    assert sorted(attendance["person"]) == ["张燕", "李敏（东湖街道巧姐队）", "王芳"]
    assert attendance.cell(attendance["person"].index("张燕"), "person") == "F3"


def test_the_rules_find_her_cells():
    rows = SIGN_IN + "6 | 王芳 | 茶艺协会 | √\n"
    registry, _ = office(raw("签到.xlsx", "培训", rows, "培训班签到表 2026年4月17日 9:00 共3学时"))
    assert ("签到.xlsx", "培训", "B8") in [
        (f.workbook, f.sheet, f.cell) for f in check(registry) if f.code == "TRN-002"
    ]
