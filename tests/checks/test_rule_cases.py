"""Each rule with one bad and one good registry, drawn as small tables; ✘ marks the cells where it must be found."""

from __future__ import annotations

import re

import pytest

from jinguo.checks import RULES, check
from jinguo.common.addresses import column_letter
from tests.cases import CASES
from tests.helpers import has_chinese, registry


def read_case(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The sheets of a drawn case, each begun by 【its name】, and the (sheet, cell) of every ✘ in it."""
    sheets: dict[str, list[str]] = {}
    marked = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("【"):
            name, _, line = line[1:].partition("】")
            sheets[name] = []
        sheets[name].append(line.replace("✘", ""))
        row = len(sheets[name])
        marked += [(name, f"{column_letter(n)}{row}") for n, cell in enumerate(line.split("|")) if "✘" in cell]
    return {name: "\n".join(lines) for name, lines in sheets.items()}, marked


def found(code: str, text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Where the rule is found in a drawn case, and where it must be."""
    sheets, marked = read_case(text)
    return sorted((f.sheet, f.cell) for f in check(registry(**sheets)) if f.code == code), sorted(marked)


@pytest.mark.parametrize("code", CASES)
def test_bad(code):
    places, marked = found(code, CASES[code][0])
    assert marked
    assert places == marked


@pytest.mark.parametrize("code", CASES)
def test_good(code):
    places, marked = found(code, CASES[code][1])
    assert not marked
    assert places == []


@pytest.mark.parametrize("code", CASES)
def test_the_message_says_what_and_which_rule_and_what_to_do(code):
    sheets, _ = read_case(CASES[code][0])
    for f in (f for f in check(registry(**sheets)) if f.code == code):
        what, _, title = f.message.partition("。规定：")
        assert has_chinese(what)
        assert not re.search(r"None|Decimal|datetime|\(|Month", what)
        assert title == f"{RULES[code].title}。"
        assert f.remedy.endswith("。") and not f.remedy.endswith("。。")


_PARAMETERS = [
    (
        "有法人资格的登记状态",
        "已登记、已备案",
        "ORG-021",
        "【社会组织】组织编号 | 登记状态 | 法定代表人\nZZ0001 | 已备案 | RY0001",
    ),
    ("有法人资格的登记状态", "已登记、已备案", "INS-006", CASES["INS-006"][0]),
    (
        "有法人资格的登记状态",
        "已登记、已备案",
        "PRJ-001",
        "【社会组织】组织编号 | 登记状态\nZZ0001 | 已备案\n【项目】项目编号 | 承接组织\nXM0001 | ZZ0001",
    ),
    ("登记机关区划代码", "宁波市民政局=330281", "ORG-019", CASES["ORG-019"][0]),
    ("届期最长年数", "8", "ORG-025", CASES["ORG-025"][0]),
    ("负责人最高年龄", "75", "ORG-039", CASES["ORG-039"][0]),
    ("法定代表人职务", "工作人员", "ORG-038", CASES["ORG-038"][0]),
    ("一人担任的职务", "理事长", "PEO-012", CASES["PEO-012"][0]),
    ("孵化停滞月数", "7", "CHG-010", CASES["CHG-010"][0]),
    (
        "年检截止月",
        "10",
        "INS-004",
        "【社会组织】组织编号 | 登记状态 | 登记日期\nZZ0001 | 已登记 | 2024-08-01\n【年检】组织编号 | 年度 | 结论\nZZ0002 | 2024 | 合格",
    ),
    ("一学时分钟数", "30", "TRN-011", CASES["TRN-011"][0]),
    ("证书首次登记月数", "24", "CER-003", CASES["CER-003"][0]),
    ("证书登记年数", "5", "CER-002", CASES["CER-002"][0]),
    ("初级继续教育学时", "40", "CER-005", CASES["CER-005"][0].replace("| 中级 |", "| 初级 |")),
    ("中高级继续教育学时", "40", "CER-005", CASES["CER-005"][0].replace("| 初级 |", "| 中级 |")),
    ("中期评估进度", "90", "PRJ-012", CASES["PRJ-012"][0]),
    ("合同最长年数", "12", "PRJ-015", CASES["PRJ-015"][0]),
    ("大赛最少评委", "3", "CON-002", CASES["CON-002"][0]),
    ("来访办结天数", "30", "ACT-002", CASES["ACT-002"][0]),
    ("公示最少工作日", "3", "NOM-016", CASES["NOM-016"][0]),
    (
        "不宜承接项目的年检结论",
        "未参检",
        "PRJ-005",
        "【项目】项目编号 | 承接组织\nXM0001 | ZZ0001\n【年检】组织编号 | 年度 | 结论\nZZ0001 | 2025 | 不合格",
    ),
]


@pytest.mark.parametrize(("name", "value", "code", "text"), _PARAMETERS)
def test_what_differs_from_place_to_place_is_a_parameter(name, value, code, text):
    assert found(code, text)[0]
    assert found(code, f"{text}\n【参数】参数 | 值\n{name} | {value}")[0] == []
    assert f"“{name}”" in RULES[code].source


@pytest.mark.parametrize("name", ["有法人资格的登记状态", "不宜承接项目的年检结论"])
def test_a_misspelt_word_of_a_list_is_told_at_its_cell(name):
    book = registry(参数=f"参数 | 值\n{name} | 登计")
    assert [(f.code, f.sheet, f.cell) for f in check(book) if f.sheet == "参数"] == [("CELL-004", "参数", "B2")]
    assert book.settings.list_of(name) == list(book.settings.parameter(name))
