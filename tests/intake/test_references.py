"""Doubled keys, and references by key, by name, to nothing, and to tables the office does not keep."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES
from jinguo.schema.codes import Reference
from tests.helpers import TODAY, examples, findings, places, registry, table

PERSONS = """
    人员编号 | 姓名
    RY0001   | 王小红
    RY0002   | 李芳
    RY0003   | 李芳
    RY0004   | 欧阳　雪
    RY0005   | 阿依古丽·买买提
    """
EVENTS = "活动编号 | 活动名称\nHD0001 | 春季沙龙\nHD0002 | Python 培训"
ORGANISATIONS = """
    组织编号 | 组织名称               | 简称
    ZZ0001   | 余姚市巾帼志愿者协会   | 巾帼
    ZZ0002   | 余姚市旗袍协会         | 旗袍协会
    ZZ0003   | 东江妈妈帮(阳明分队)   | 妈妈帮
    ZZ0004   | 西江妈妈帮             | 妈妈帮
    ZZ0005   | 红石榴                 | 红石榴
    """


def attendance(person: str, event: str = "HD0001", **others: str) -> Registry:
    """A registry with one row of 签到, whose 人员编号 is typed as `person`."""
    return registry(人员=PERSONS, 培训活动=EVENTS, 签到=[["活动编号", "人员编号"], [event, person]], **others)


def raw(workbook: str, name: str, rows: str) -> RawSheet:
    return RawSheet(workbook, name, table(rows) if rows else [])


# References that mean something


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("RY0001", "RY0001"),
        ("ry0001", "RY0001"),
        ("ＲＹ０００１", "RY0001"),
        (" RY 0001　", "RY0001"),
        ("RY0001\n", "RY0001"),
        ("王小红", "RY0001"),
        ("王 小 红", "RY0001"),
        ("王　小红", "RY0001"),
        ("欧阳雪", "RY0004"),
        ("阿依古丽•买买提", "RY0005"),
        ("阿依古丽．买买提", "RY0005"),
        ("\u200b王小红", "RY0001"),
    ],
    ids=repr,
)
def test_a_person_by_key_or_by_unique_name(typed, key):
    found = attendance(typed)
    assert found["attendance"]["person"] == [key]
    assert places(found.findings, "CELL") == []


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("ZZ0002", "ZZ0002"),
        ("余姚市旗袍协会", "ZZ0002"),
        ("旗袍协会", "ZZ0002"),
        ("巾帼", "ZZ0001"),
        ("东江妈妈帮（阳明分队）", "ZZ0003"),
        ("东江妈妈帮(阳明分队)", "ZZ0003"),
        ("红石榴", "ZZ0005"),
    ],
)
def test_an_organisation_by_key_name_or_short_name(typed, key):
    found = registry(社会组织=ORGANISATIONS, 年检=[["组织编号", "年度", "结论"], [typed, 2025, "合格"]])
    assert found["inspections"]["organisation"] == [key]
    assert places(found.findings, "CELL") == []


def test_an_event_by_its_name_in_any_case_and_width():
    for typed in ("春季沙龙", "python培训", "Ｐython 培训", "HD0002"):
        assert attendance("RY0001", typed)["attendance"]["event"] == ["HD0001" if typed == "春季沙龙" else "HD0002"], (
            typed
        )


def test_a_key_that_was_stored_as_a_number_is_found():
    found = registry(
        人员=[["人员编号", "姓名"], [1.0, "王小红"], ["2", "李芳"]],
        培训活动=EVENTS,
        签到=[["活动编号", "人员编号"], ["HD0001", "1"], ["HD0001", 2.0]],
    )
    assert found["attendance"]["person"] == ["1", "2"]


def test_a_key_is_meant_before_a_name_that_looks_the_same():
    found = registry(
        人员="人员编号 | 姓名\nRY0001 | RY0002\nRY0002 | 李芳",
        培训活动=EVENTS,
        签到="活动编号 | 人员编号\nHD0001 | RY0002\nHD0001 | RY0001",
    )
    assert found["attendance"]["person"] == ["RY0002", "RY0001"]


def test_a_reference_within_the_table_itself():
    found = registry(
        社会组织="组织编号 | 组织名称 | 枢纽组织\nZZ0001 | 甲协会 |\nZZ0002 | 乙协会 | 甲协会\nZZ0003 | 丙协会 | ZZ0009"
    )
    assert found["organisations"]["hub"] == [None, "ZZ0001", None]
    assert places(found.findings, "CELL") == [("CELL-003", "社会组织", "C4")]


def test_a_reference_may_stand_before_the_table_it_refers_to():
    """社会组织 is read before 人员 and 镇街."""
    found = registry(
        社会组织=[["组织编号", "所属镇街", "负责人"], ["ZZ0001", "阳明 街道", "王小红"]],
        人员=PERSONS,
        镇街="镇街 | 类别\n阳明街道 | 街道",
    )
    assert (found["organisations"]["township"], found["organisations"]["head"]) == (["阳明街道"], ["RY0001"])


def test_an_empty_reference_that_need_not_be_filled_is_no_finding():
    found = registry(社会组织="组织编号 | 负责人 | 枢纽组织\nZZ0001 | / | -", 人员=PERSONS)
    assert (found["organisations"]["head"], places(found.findings, "CELL")) == ([None], [])


def test_an_empty_reference_that_must_be_filled_is_one_finding():
    found = attendance("")
    assert places(found.findings, "CELL") == [("CELL-001", "签到", "B2")]
    assert found["attendance"].unreadable == {("person", 0)}


# References that mean nothing, or more than one thing


def test_a_name_that_two_people_have_is_ambiguous_and_the_keys_are_offered():
    found = attendance("李芳")
    (problem,) = [f for f in found.findings if f.code == "CELL-003"]
    assert (problem.sheet, problem.cell, problem.value) == ("签到", "B2", "李芳")
    assert problem.message.startswith("“人员编号”填的“李芳”有 2 个同名的。")
    assert problem.remedy == "请改填编号：RY0002、RY0003。"
    assert found["attendance"]["person"] == [None]
    assert not found["attendance"].readable(0, "person")


def test_of_many_of_one_name_five_keys_are_offered():
    rows = [["人员编号", "姓名"], *[[f"RY000{n}", "李芳"] for n in range(1, 8)]]
    found = registry(人员=rows, 培训活动=EVENTS, 签到="活动编号 | 人员编号\nHD0001 | 李芳")
    (problem,) = [f for f in found.findings if f.code == "CELL-003"]
    assert problem.remedy == "请改填编号：RY0001、RY0002、RY0003、RY0004、RY0005。"
    assert "“李芳”有 7 个同名的" in problem.message


def test_a_short_name_of_two_organisations_is_ambiguous_but_not_one_equal_to_its_own_name():
    found = registry(
        社会组织=ORGANISATIONS, 年检=[["组织编号", "年度", "结论"], ["妈妈帮", 2025, "合格"], ["红石榴", 2025, "合格"]]
    )
    assert [(f.code, f.cell, f.remedy) for f in found.findings if f.code.startswith("CELL")] == [
        ("CELL-003", "A2", "请改填编号：ZZ0003、ZZ0004。")
    ]
    assert found["inspections"]["organisation"] == [None, "ZZ0005"]


def test_one_name_under_a_doubled_key_is_not_ambiguous():
    found = registry(
        人员="人员编号 | 姓名\nRY0001 | 王小红\nRY0001 | 王小红",
        培训活动=EVENTS,
        签到="活动编号 | 人员编号\nHD0001 | 王小红",
    )
    assert found["attendance"]["person"] == ["RY0001"]
    assert places(found.findings, "CELL") == [("CELL-002", "人员", "A3")]


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("王小虹", "是不是“王小红”？"),
        ("RY00O1", "是不是“RY0001”？"),
        ("欧阳雪梅", "是不是“欧阳雪”？"),
        ("慕容", ""),
        ("12345", ""),
    ],
)
def test_a_reference_to_nobody_is_an_error_with_the_nearest_name(typed, guess):
    found = attendance(typed)
    (problem,) = [f for f in found.findings if f.code == "CELL-003"]
    assert (problem.severity.value, problem.workbook, problem.sheet, problem.cell, problem.value) == (
        "错误",
        "培训考试台账.xlsx",
        "签到",
        "B2",
        typed,
    )
    assert (
        problem.message
        == f"“人员编号”填的“{typed}”在 人员台账.xlsx › 人员 里没有。规定：引用的编号或名称要在被引用的表里找得到。"
    )
    assert problem.remedy == f"{guess}请改正，或先在 人员台账.xlsx › 人员 里补上这一行。"
    assert (found["attendance"]["person"], found["attendance"].unreadable) == ([None], {("person", 0)})


def test_the_remedy_names_the_workbook_in_which_the_table_really_stands():
    found = build_registry(
        {
            "总表.xlsx": [raw("总表.xlsx", "人员", "人员编号 | 姓名 | 性别\nRY0001 | 王小红 | 女")],
            "人员台账.xlsx": [
                raw("人员台账.xlsx", "任职", "人员编号 | 组织编号 | 职务 | 起始\n慕容 | ZZ0001 | 会长 | 2022.05")
            ],
        },
        TODAY,
    )
    assert [f.remedy for f in found.findings if f.code == "CELL-003"] == [
        "请改正，或先在 总表.xlsx › 人员 里补上这一行。"
    ]


def test_the_row_of_a_wrong_reference_is_named():
    found = registry(社会组织="组织编号 | 组织名称 | 负责人\nZZ0001 | 甲协会 | 慕容", 人员=PERSONS)
    assert next(f for f in found.findings if f.code == "CELL-003").message.startswith(
        "甲协会的“负责人”填的“慕容”在 人员台账.xlsx › 人员 里没有。"
    )


def test_every_wrong_reference_is_told_and_the_good_ones_stay():
    found = registry(
        人员=PERSONS,
        培训活动=EVENTS,
        签到="活动编号 | 人员编号\nHD0001 | RY0001\nHD0009 | RY0009\nHD0001 | RY0009\nHD0002 | 王小红",
    )
    assert places(found.findings, "CELL") == [
        ("CELL-003", "签到", "A3"),
        ("CELL-003", "签到", "B3"),
        ("CELL-003", "签到", "B4"),
    ]
    assert found["attendance"]["event"] == ["HD0001", None, "HD0001", "HD0002"]
    assert found["attendance"]["person"] == ["RY0001", None, None, "RY0001"]


# Tables that are not there


def test_a_reference_to_a_table_the_office_does_not_keep_stays_as_typed():
    found = registry(
        社会组织=[["组织编号", "所属镇街", "负责人", "枢纽组织"], ["ZZ0001", "阳明街道", "王　小红", "ZZ0001"]]
    )
    organisations = found["organisations"]
    assert (organisations["township"], organisations["head"]) == (["阳明街道"], ["王小红"])
    assert places(found.findings, "CELL") == []


def test_a_reference_to_a_table_that_could_not_be_opened_stays_as_typed():
    found = build_registry(
        {
            "人员台账.xlsx": [
                raw("人员台账.xlsx", "任职", "人员编号 | 组织编号 | 职务 | 起始\nRY0001 | ZZ0001 | 会长 | 2022.05")
            ]
        },
        TODAY,
        {"社会组织台账.xlsx"},
    )
    assert found["posts"]["organisation"] == ["ZZ0001"]
    assert places(found.findings, "CELL") == []
    assert "社会组织台账.xlsx" not in {f.workbook for f in found.findings}


def test_a_table_with_a_header_and_no_rows_that_others_refer_to_is_one_error():
    organisations = "组织编号 | 负责人\nZZ0001 | 王小红\nZZ0002 | 李静"
    assert findings("CELL-003", 人员="人员编号 | 姓名", 社会组织=organisations) == []
    assert findings("REG-018", 人员="人员编号 | 姓名", 社会组织=organisations) == [("人员", "")]


@pytest.mark.parametrize(
    "people",
    ["姓名 | 性别 | 手机\n王小红 | 女 | 13912345678", "RY0001 | 王小红 | 女\nRY0002 | 李芳 | 女", ""],
    ids=["no key column", "no header", "blank sheet"],
)
def test_one_mistake_in_the_header_is_not_repeated_at_every_reference(people):
    found = build_registry(
        {
            "人员台账.xlsx": [raw("人员台账.xlsx", "人员", people)],
            "社会组织台账.xlsx": [
                raw("社会组织台账.xlsx", "年检", ""),
                raw("社会组织台账.xlsx", "群成员", "群编号 | 人员编号\nQL01 | RY0001\nQL01 | RY0002\nQL01 | RY0003"),
            ],
        },
        TODAY,
    )
    assert places(found.findings, "CELL-003") == []


# Keys that stand twice


def test_a_doubled_key_is_an_error_at_every_later_row():
    found = registry(人员="人员编号 | 姓名\nRY0001 | 甲\nRY0002 | 乙\nry 0001 | 丙\nＲＹ０００１ | 丁")
    assert places(found.findings, "CELL") == [("CELL-002", "人员", "A4"), ("CELL-002", "人员", "A5")]
    assert [f.message for f in found.findings if f.code == "CELL-002"] == [
        "丙的“人员编号”与第 2 行重复。规定：编号一类的栏目不能重复。",
        "丁的“人员编号”与第 2 行重复。规定：编号一类的栏目不能重复。",
    ]


def test_the_row_of_the_first_is_counted_as_excel_does():
    rows = [["人员编号", "姓名", "性别"], [""], ["RY0001", "甲", "女"], [""], ["RY0001", "乙", "女"]]
    found = build_registry({"人员台账.xlsx": [RawSheet("人员台账.xlsx", "人员", [["名册"], *rows])]}, TODAY)
    assert [(f.cell, f.message[:19]) for f in found.findings if f.code == "CELL-002"] == [
        ("A6", "乙的“人员编号”与第 4 行重复。规定")
    ]


UNIQUE = [
    ("社会组织", "组织编号 | 组织名称\nZZ0001 | 余姚市旗袍协会\nZZ0002 | 余姚市旗袍协会", "B3"),
    ("社会组织", "组织编号 | 组织名称\nZZ0001 | 妈妈帮(阳明)\nZZ0002 | 妈妈帮（阳明）", "B3"),
    ("培训活动", "活动编号 | 活动名称\nHD0001 | 甲\nhd0001 | 乙", "A3"),
    ("镇街", "镇街 | 类别\n阳明街道 | 街道\n阳明 街道 | 街道", "A3"),
    ("参数", "参数 | 值\n默认满分 | 100\n默认满分 | 150", "A3"),
    ("单位", "项目 | 内容\n电话 | 1\n电话 | 2", "A3"),
    ("证书", "人员编号 | 级别 | 证书编号\nRY0001 | 初级 | X1\nRY0002 | 初级 | X1", "C3"),
]


@pytest.mark.parametrize(("sheet", "rows", "cell"), UNIQUE, ids=[f"{s}-{c}" for s, _, c in UNIQUE])
def test_what_must_not_stand_twice(sheet, rows, cell):
    assert findings("CELL-002", **{sheet: rows}) == [(sheet, cell)]


def test_empty_and_unreadable_values_are_no_doubles():
    found = registry(
        证书="人员编号 | 级别 | 证书编号\nRY0001 | 初级 | /\nRY0002 | 初级 | ",
        人员=[["人员编号", "姓名", "身份证号"], ["RY0001", "甲", "123"], ["RY0002", "乙", "123"]],
    )
    assert places(found.findings, "CELL-002") == []
    assert places(found.findings, "CELL-010") == [("CELL-010", "人员", "C2"), ("CELL-010", "人员", "C3")]


def test_names_of_people_may_stand_twice():
    assert findings("CELL-002", 人员="人员编号 | 姓名\nRY0001 | 李芳\nRY0002 | 李芳") == []


# Properties


@given(st.lists(st.sampled_from(["RY0001", "王小红", "李芳", "RY0009", "慕容", "", "欧阳 雪"]), max_size=8))
@settings(max_examples=examples(50), deadline=None)
def test_every_reference_is_resolved_or_told(typed):
    found = registry(
        人员=PERSONS, 培训活动=EVENTS, 签到=[["活动编号", "人员编号"], *[["HD0001", name] for name in typed]]
    )
    known = {"RY0001": "RY0001", "王小红": "RY0001", "欧阳 雪": "RY0004"}
    assert found["attendance"]["person"] == [known.get(name) for name in typed]
    assert places(found.findings, "CELL") == [
        ("CELL-001" if name == "" else "CELL-003", "签到", f"B{row}")
        for row, name in enumerate(typed, 2)
        if name not in known
    ]


def test_every_reference_of_the_schema_points_to_a_table_with_a_key():
    pointing = {
        (spec.name, f.name): f.type.table
        for spec in TABLES.values()
        for f in spec.fields
        if isinstance(f.type, Reference)
    }
    assert {pointing["attendance", "person"], pointing["organisations", "hub"], pointing["people", "residence"]} == {
        "people",
        "organisations",
        "townships",
    }
    assert {target for target in pointing.values() if not TABLES[target].key} == set()
