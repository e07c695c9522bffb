"""What holds for all rules: each is tested, said in Chinese, never raises, and leaves unreadable cells alone."""

from __future__ import annotations

import datetime
import importlib
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.checks import RULES, check
from jinguo.checks.rule import rule
from jinguo.common.findings import Finding, Severity
from jinguo.demo import build
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.schema import TABLES
from jinguo.schema.dates import Month
from jinguo.schema.problems import READING_RULES
from tests.cases import CASES
from tests.helpers import TODAY, examples, has_chinese, places, registry

_MODULES = sorted(path.stem for path in Path(__file__).parent.glob("test_rules_*.py"))
_CASES = Counter(
    (match[1].upper().replace("_", "-"), match[2])
    for module in _MODULES
    for name in dir(importlib.import_module(f"tests.checks.{module}"))
    if (match := re.fullmatch(r"test_([a-z]{3}_\d{3})_(bad|good)", name))
) + Counter((code, kind) for code in CASES for kind in ("bad", "good"))


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_a_bad_and_a_good_case(code):
    assert (_CASES[code, "bad"], _CASES[code, "good"]) == (1, 1)


def test_every_case_belongs_to_a_rule():
    assert {code for code, _ in _CASES} == set(RULES)


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_is_said_in_chinese(code):
    found = RULES[code]
    assert found.code == code
    assert re.fullmatch(r"(ACT|APP|CER|CHG|CON|DAT|DUP|DUT|EXM|INS|LET|NOM|ORG|PEO|PRJ|TRN)-\d{3}", code)
    for words in (found.title, found.why, found.remedy, found.source):
        assert has_chinese(words) or words.startswith("GB ")
        assert not words.endswith(("。", "！", " "))
    assert found.severity in Severity


def test_codes_run_without_gaps_and_do_not_meet_those_of_cells():
    by_area: dict[str, list[int]] = {}
    for code in RULES:
        by_area.setdefault(code[:3], []).append(int(code[4:]))
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in by_area.values())
    assert set(RULES).isdisjoint(r.code for r in READING_RULES.values())


def test_a_code_is_given_once():
    with pytest.raises(ValueError, match="ORG-001"):
        rule("ORG-001", Severity.HINT, "", why="", remedy="", source="")(lambda registry: iter(()))


def test_titles_and_functions_are_all_different():
    assert len({r.title for r in RULES.values()}) == len({r.check for r in RULES.values()}) == len(RULES)


_BROKEN = {
    "社会组织": """
        组织编号 | 组织名称 | 登记状态 | 组织类型 | 层级   | 枢纽组织 | 团体会员 | 个人会员数 | 活动资金(万元) | 成立日期   | 登记日期   | 本届到期
        ZZ0001   | 旗袍协会 | 已登记   | 社会团体 | 大众层 | ZZ0001   | 市       | 12         | 1              | 2016-01-01 | 2015-01-01 | 2026-01-01
    """,
    "项目": """
        项目编号 | 项目名称 | 开始日期   | 结束日期
        XM0001   | 送餐     | 2026-03-01 | 2026-02-28
    """,
    "评分": """
        作品编号 | 评委   | 得分 | 回避
        ZP001    | 方若兰 | 88   | 是
    """,
    "推荐批次": """
        批次编号 | 推荐职务 | 排序口径
        TJ2601   | 人大代表 | 姓氏笔画
    """,
    "资格条件": """
        批次编号 | 条件     | 比较 | 值
        TJ2601   | 政治面猫 | 等于 | 群众
    """,
}


def test_a_finding_says_what_which_rule_and_what_to_do():
    found = [f for f in check(registry(**_BROKEN)) if f.code in RULES]
    assert len({f.code for f in found}) >= 9
    for f in found:
        what, _, title = f.message.partition("。规定：")
        assert has_chinese(what)
        assert title == f"{RULES[f.code].title}。"
        assert f.remedy.endswith("。") and not f.remedy.endswith("。。")
        assert f.severity is RULES[f.code].severity
        assert re.fullmatch(r"[A-Z]+\d+", f.cell)


def test_a_hit_may_bring_its_own_remedy():
    (found,) = [f for f in check(registry(**_BROKEN)) if f.code == "NOM-008"]
    assert (found.value, found.remedy) == ("政治面猫", "是不是“政治面貌”？请改正。")


def test_findings_come_in_the_order_of_the_sheets():
    found = [f for f in check(registry(**_BROKEN)) if f.sheet == "社会组织" and f.code in RULES]
    assert [f.cell for f in found] == sorted((f.cell for f in found), key=lambda cell: (int(cell[1:]), cell[0]))
    workbooks = [f.workbook for f in check(registry(**_BROKEN))]
    assert workbooks == sorted(workbooks)


def test_checking_twice_gives_the_same():
    once = registry(**_BROKEN)
    assert check(once) == check(once) == check(registry(**_BROKEN))


def test_an_empty_registry_breaks_no_rule():
    assert places(check(build_registry({}, TODAY)), *RULES) == []


def test_tables_with_nothing_but_headers_break_no_rule():
    books: dict[str, list[RawSheet]] = {}
    for spec in TABLES.values():
        books.setdefault(spec.workbook, []).append(
            RawSheet(spec.workbook, spec.sheet, [[f.header for f in spec.fields]])
        )
    assert check(build_registry(books, TODAY)) == []


def test_sheets_without_even_a_header_break_no_rule():
    books: dict[str, list[RawSheet]] = {}
    for spec in TABLES.values():
        books.setdefault(spec.workbook, []).append(RawSheet(spec.workbook, spec.sheet, []))
    assert check(build_registry(books, TODAY)) == []


def _typed(value: Any) -> Any:
    """A value of the demo as its cell holds it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return str(value) if isinstance(value, Month) else "、".join(value)
    return float(value) if isinstance(value, int) else value


_DEMO = {
    spec.name: [[_typed(row.get(f.name)) for f in spec.fields] for row in rows]
    for rows_by_table in [build()]
    for spec in TABLES.values()
    for rows in [rows_by_table.get(spec.name, [])]
}
_OFFICE = {"office", "townships", "parameters", "holidays", "vocabularies"}
_ODD = [
    "",
    "/",
    "？？",
    "ZZ0001",
    "RY9999",
    "0",
    -1.0,
    2026.1,
    46000.0,
    True,
    "至今",
    "２０２６．８",
    datetime.datetime(2026, 10, 15, 9),
    "、",
    "100%",
]


def _sheets(rows: dict[str, list[list[Any]]], columns: dict[str, list[int]] | None = None) -> dict[str, list[RawSheet]]:
    """The workbooks of these rows; `columns` gives an order of each table's columns, or some of them."""
    books: dict[str, list[RawSheet]] = {}
    for name, body in rows.items():
        spec = TABLES[name]
        order = (columns or {}).get(name, range(len(spec.fields)))
        drawn = [[spec.fields[c].header for c in order]] + [[row[c] for c in order] for row in body]
        books.setdefault(spec.workbook, []).append(RawSheet(spec.workbook, spec.sheet, drawn))
    return books


def _damaged(chance: random.Random, share: float, at_most: int = 8) -> dict[str, list[list[Any]]]:
    """Some rows of the demo, with about this share of the cells emptied or filled with something odd."""
    rows = {}
    for name, body in _DEMO.items():
        picked = body if name in _OFFICE else chance.sample(body, min(len(body), chance.randint(0, at_most)))
        rows[name] = [[chance.choice(_ODD) if chance.random() < share else v for v in row] for row in picked]
    return rows


def _seen(found: list[Finding]) -> Counter:
    return Counter((f.code, f.sheet, re.sub("[A-Z]", "", f.cell), f.value) for f in found)


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0.02, 0.1, 0.4, 1.0]))
def test_no_damage_to_cells_makes_check_raise(seed, share):
    found = check(build_registry(_sheets(_damaged(random.Random(seed), share)), TODAY))
    assert all(f.message.endswith("。") and f.remedy.endswith("。") for f in found)


@settings(max_examples=examples(30), deadline=None)
@given(st.integers(0, 2**32))
def test_missing_tables_and_columns_do_not_make_check_raise(seed):
    chance = random.Random(seed)
    rows = {name: body for name, body in _damaged(chance, 0.02).items() if chance.random() < 0.6}
    columns = {n: chance.sample(range(len(TABLES[n].fields)), chance.randint(1, len(TABLES[n].fields))) for n in rows}
    found = check(build_registry(_sheets(rows, columns), TODAY))
    assert all(f.sheet or f.code in ("REG-001", "REG-018") for f in found)


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(0, 2**32))
def test_the_order_of_columns_does_not_matter(seed):
    chance = random.Random(seed)
    rows = _damaged(chance, 0.03)
    columns = {n: chance.sample(range(len(TABLES[n].fields)), len(TABLES[n].fields)) for n in rows}
    found = check(build_registry(_sheets(rows), TODAY))
    moved = check(build_registry(_sheets(rows, columns), TODAY))
    assert _seen(moved) == _seen(found)


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(0, 2**32))
def test_some_rows_of_a_clean_registry_give_no_errors_but_references(seed):
    """The demo has no errors; leaving rows out can only break references, and never a rule about the rows left."""
    chance = random.Random(seed)
    found = check(build_registry(_sheets(_damaged(chance, 0, at_most=20)), TODAY))
    errors = {f.code for f in found if f.severity is Severity.ERROR}
    # A swap whose duty unit is left out is an error of its own, rightly.
    assert errors <= {"CELL-003", "REG-018", "DUT-003"}


_REGISTERED = """
    组织编号 | 组织名称 | 登记状态 | 登记日期   | 负责人
    ZZ0001   | 旗袍协会 | 已登记   | 2015-06-18 | RY0001
"""
_PEOPLE = """
    人员编号 | 姓名
    RY0001   | 王小红
"""
_JUNIOR = """
    年度 | 级别    | 人员编号 | 科目     | 成绩
    2025 | 初级    | RY0001   | 综合能力 | 60
    2025 | {level} | {person} | 实务     | {score}
"""
_CERTIFICATE = """
    人员编号 | 级别    | 取得日期
    {person} | {level} | 2025-09-20
"""

#: the rule, the cell that cannot be read and what says so, the registry: the rule should stay silent about what follows from it
_ONE_MISTAKE = [
    pytest.param(
        "DUT-001",
        ("CELL-005", "值班单位", "B2"),
        {
            "社会组织": "组织编号 | 登记状态 \n ZZ0001 | 已注销",
            "值班单位": "组织编号 | 结束 \n ZZ0001 | 2026.6",
        },
        id="DUT-001 结束",
    ),
    pytest.param(
        "DUT-003",
        ("CELL-003", "值班单位", "A2"),
        {
            "社会组织": "组织编号 \n ZZ0001 \n ZZ0002",
            "值班单位": "组织编号 | 可值星期 \n ZZ0009 | \n ZZ0002 |",
            "换班": "日期 | 原组织 | 替班组织 \n 2026-10-20 | ZZ0001 | ZZ0002",
        },
        id="DUT-003 值班单位的组织",
    ),
    pytest.param(
        "TRN-003",
        ("CELL-005", "培训活动", "C2"),
        {
            "培训活动": "活动编号 | 开始时间 | 结束时间 \n HD0001 | 2026-03-08 09:00 | 3月10日",
            "签到": "活动编号 | 人员编号 | 签到时间 \n HD0001 | RY0001 | 2026-03-09 08:50",
        },
        id="TRN-003 结束时间",
    ),
    pytest.param(
        "TRN-008",
        ("CELL-003", "签到", "A2"),
        {
            "培训活动": "活动编号 | 开始时间 \n HD0001 | 2026-03-08 09:00",
            "签到": "活动编号 | 人员编号 \n HD001 | RY0001",
        },
        id="TRN-008 签到的活动",
    ),
    pytest.param(
        "INS-004",
        ("CELL-007", "年检", "B2"),
        {"社会组织": _REGISTERED, "年检": "组织编号 | 年度 | 结论 \n ZZ0001 | 去年 | 合格"},
        id="INS-004 年度",
    ),
    pytest.param(
        "INS-004",
        ("CELL-003", "年检", "A2"),
        {"社会组织": _REGISTERED, "年检": "组织编号 | 年度 | 结论 \n ZZ001 | 2025 | 合格"},
        id="INS-004 组织",
    ),
    pytest.param(
        "ORG-013",
        ("CELL-003", "任职", "B2"),
        {"社会组织": _REGISTERED, "任职": "人员编号 | 组织编号 | 职务 \n RY0001 | ZZ001 | 会长"},
        id="ORG-013 任职的组织",
    ),
    pytest.param(
        "PRJ-001",
        ("CELL-004", "社会组织", "B3"),
        {
            "社会组织": "组织编号 | 登记状态 \n ZZ0001 | 已备案 \n ZZ0002 | 登记吧",
            "项目": "项目编号 | 承接组织 | 代管组织 \n XM0001 | ZZ0001 | ZZ0002",
        },
        id="PRJ-001 代管组织的登记状态",
    ),
    pytest.param(
        "EXM-005",
        ("CELL-014", "报考", "E3"),
        {
            "报考": _JUNIOR.format(level="初级", person="RY0001", score="六十"),
            "证书": _CERTIFICATE.format(person="RY0001", level="初级"),
        },
        id="EXM-005 成绩",
    ),
    pytest.param(
        "EXM-005",
        ("CELL-004", "报考", "B3"),
        {
            "报考": _JUNIOR.format(level="出级", person="RY0001", score="60"),
            "证书": _CERTIFICATE.format(person="RY0001", level="初级"),
        },
        id="EXM-005 级别",
    ),
    pytest.param(
        "EXM-005",
        ("CELL-003", "报考", "C3"),
        {
            "人员": _PEOPLE,
            "报考": _JUNIOR.format(level="初级", person="RY001", score="60"),
            "证书": _CERTIFICATE.format(person="RY0001", level="初级"),
        },
        id="EXM-005 人员",
    ),
    pytest.param(
        "EXM-006",
        ("CELL-004", "证书", "B2"),
        {
            "报考": _JUNIOR.format(level="初级", person="RY0001", score="60"),
            "证书": _CERTIFICATE.format(person="RY0001", level="出级"),
        },
        id="EXM-006 级别",
    ),
    pytest.param(
        "EXM-006",
        ("CELL-003", "证书", "A2"),
        {
            "人员": _PEOPLE,
            "报考": _JUNIOR.format(level="初级", person="RY0001", score="60"),
            "证书": _CERTIFICATE.format(person="RY001", level="初级"),
        },
        id="EXM-006 人员",
    ),
    pytest.param(
        "NOM-003",
        ("CELL-006", "社会职务", "D2"),
        {
            "推荐批次": "批次编号 | 推荐职务 \n TJ2601 | 政协委员",
            "人选": "批次编号 | 人员编号 \n TJ2601 | RY0001",
            "社会职务": "人员编号 | 职务 | 级别 | 结束 \n RY0001 | 人大代表 | 市 | 上届末",
        },
        id="NOM-003 社会职务的结束",
    ),
    pytest.param(
        "NOM-004",
        ("CELL-003", "人选", "B2"),
        {
            "人员": _PEOPLE,
            "推荐批次": "批次编号 | 名额 \n TJ2601 | 1",
            "人选": "批次编号 | 人员编号 \n TJ2601 | RY001",
        },
        id="NOM-004 人选",
    ),
]


@pytest.mark.parametrize(("code", "reported", "sheets"), _ONE_MISTAKE)
def test_an_unreadable_cell_is_one_finding(code, reported, sheets):
    assert places(check(registry(**sheets)), code, "CELL") == [reported]


@pytest.mark.parametrize(("code", "reported", "sheets"), _ONE_MISTAKE)
def test_the_unreadable_cells_of_these_cases_are_reported(code, reported, sheets):
    assert places(check(registry(**sheets)), "CELL") == [reported]


_NAMELESS = [
    ("ORG-002", {"社会组织": "组织编号 | 组织名称 | 登记状态 | 统一社会信用代码 \n ZZ0001 | | 已登记 |"}),
    ("PEO-003", {"人员": "人员编号 | 姓名 | 出生年月 | 参加工作时间 \n RY0001 | | 1980.05 | 1979.01"}),
    ("PEO-004", {"任职": "人员编号 | 组织编号 | 职务 | 起始 | 结束 \n / | ZZ0001 | 会长 | 2022.05 | 2021.05"}),
    ("TRN-006", {"培训活动": "活动编号 | 活动名称 | 开始时间 | 报名截止 \n HD0001 | | 2026-03-08 09:00 | 2026-03-09"}),
    ("TRN-007", {"签到": "活动编号 | 人员编号 | 出勤 | 学时 \n HD0001 | | 请假 | 6"}),
    ("EXM-002", {"报考": "年度 | 级别 | 人员编号 | 科目 | 成绩 \n 2026 | 初级 | | 实务 | 120"}),
    ("PRJ-003", {"项目": "项目编号 | 项目名称 | 开始日期 | 结束日期 \n XM0001 | | 2026-03-01 | 2026-02-28"}),
    ("PRJ-006", {"评分": "作品编号 | 评委 | 得分 | 回避 \n ZP001 | | 88 | 是"}),
    ("DUT-002", {"值班单位": "组织编号 | 起始 | 结束 \n / | 2026-01-01 | 2025-12-31"}),
    (
        "NOM-005",
        {"推荐批次": "批次编号 | 名额 \n TJ2601 | 1", "结构要求": "批次编号 | 维度 | 取值 | 最少 \n TJ2601 | | | 2"},
    ),
    (
        "NOM-007",
        {
            "推荐批次": "批次编号 | 截止日期 \n TJ2601 | 2026-10-01",
            "联审意见": "批次编号 | 人员编号 | 部门 | 意见 \n TJ2601 | RY0001 | | 待复",
        },
    ),
]


@pytest.mark.parametrize(("code", "sheets"), _NAMELESS, ids=[code for code, _ in _NAMELESS])
def test_a_missing_name_is_not_none(code, sheets):
    (found,) = [f for f in check(registry(**sheets)) if f.code == code]
    assert "None" not in found.message


@pytest.mark.parametrize(("code", "sheets"), _NAMELESS, ids=[code for code, _ in _NAMELESS])
def test_a_missing_name_does_not_hide_the_mistake(code, sheets):
    assert code in {f.code for f in check(registry(**sheets))}
