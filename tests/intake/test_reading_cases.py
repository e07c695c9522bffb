"""Each problem that reading finds, with one bad and one good case; and that none is without its case, its row and its words."""

from __future__ import annotations

import re

import pytest

from jinguo.common.findings import Severity
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_registry
from jinguo.schema.problems import READING_RULES, ReadingRule
from tests.cases.reading import CELLS, ELSEWHERE, FILES, Workbooks
from tests.checks.test_rule_cases import read_case
from tests.helpers import ROOT, TODAY, has_chinese, registry, table


def found(code: str, workbooks: Workbooks) -> list[tuple[str, str, str]]:
    """Where a problem is found in these workbooks."""
    sheets = {
        book: [
            RawSheet(book, name, table(drawn) if isinstance(drawn, str) else drawn) for name, drawn in drawings.items()
        ]
        for book, drawings in workbooks.items()
    }
    return [(f.workbook, f.sheet, f.cell) for f in build_registry(sheets, TODAY).findings if f.code == code]


@pytest.mark.parametrize("code", sorted(READING_RULES))
def test_every_problem_of_reading_has_its_case(code):
    assert (code in CELLS) + (code in FILES) + (code in ELSEWHERE) == 1
    if code in ELSEWHERE:
        assert code in (ROOT / "tests" / ELSEWHERE[code].split("::")[0]).read_text("utf-8")


def test_no_case_is_of_a_problem_that_is_not():
    assert {*CELLS, *FILES, *ELSEWHERE} == set(READING_RULES)


@pytest.mark.parametrize("code", CELLS)
def test_a_cell(code):
    for text, is_bad in zip(CELLS[code], (True, False), strict=True):
        sheets, marked = read_case(text)
        assert bool(marked) == is_bad
        assert [(f.sheet, f.cell) for f in registry(**sheets).findings if f.code == code] == marked


@pytest.mark.parametrize("code", FILES)
def test_a_file(code):
    (bad, places), good = FILES[code]
    assert places
    assert sorted(found(code, bad)) == sorted(places)
    assert found(code, good) == []


@pytest.mark.parametrize("rule", READING_RULES.values(), ids=lambda rule: rule.code)
def test_the_words_of_a_problem(rule):
    assert re.fullmatch(r"(CELL|REG)-\d{3}", rule.code)
    for words in (rule.title, rule.why, rule.remedy):
        assert has_chinese(words) and not words.endswith(("。", "！", " "))


def test_the_codes_run_without_gaps():
    for area in ("CELL", "REG"):
        numbers = [int(code[-3:]) for code in READING_RULES if code.startswith(area)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("code", ["CELL-001", "REG-010"])
def test_a_code_is_used_once(code):
    with pytest.raises(ValueError, match=code):
        ReadingRule(code, Severity.HINT, "另一条", why="甲", remedy="乙")
    assert READING_RULES[code].title != "另一条"
