"""A figure's words and JSON, rates on paper's rounding, tables of figures, and statistics as they are declared."""

from __future__ import annotations

import json
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.common.figures import Figure, Statistic, by_name, find, make_table, rate
from jinguo.intake.loading import load_registry
from jinguo.reports.statistics_workbook import STATISTICS
from tests.helpers import ROOT, examples

# figures --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, unit, text",
    [
        (0, "场", "0"),
        (12, "人", "12"),
        (100, "人次", "100"),
        (1250, "人次", "1250"),
        (Decimal("2873"), "学时", "2873"),
        (Decimal("2873.0"), "学时", "2873"),
        (Decimal("100.0"), "学时", "100"),
        (Decimal("5.5"), "学时", "5.5"),
        (Decimal("0.50"), "学时", "0.5"),
        (Decimal("0.0"), "学时", "0"),
        (Decimal("50.0"), "%", "50.0%"),
        (Decimal("100.0"), "%", "100.0%"),
        (Decimal("0.0"), "%", "0.0%"),
        (None, "%", "—"),
        (None, "人", "—"),
    ],
)
def test_text(value, unit, text):
    assert Figure("某数", {}, value, unit).text() == text


@pytest.mark.parametrize(
    "numerator, denominator, text",
    [
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 6, "16.7%"),
        (1, 16, "6.3%"),  # 6.25: a banker's rounding gives 6.2
        (5, 16, "31.3%"),  # 31.25
        (9, 16, "56.3%"),  # 56.25
        (1, 80, "1.3%"),  # 1.25
        (1, 2000, "0.1%"),  # 0.05
        (1, 2001, "0.0%"),
        (0, 7, "0.0%"),
        (7, 7, "100.0%"),
        (26, 27, "96.3%"),
        (0, 0, "—"),
    ],
)
def test_rate_is_rounded_half_up_to_one_decimal(numerator, denominator, text):
    figure = rate("出勤率", {"年度": "2026"}, numerator, denominator)
    assert (figure.text(), figure.numerator, figure.denominator, figure.is_rate) == (text, numerator, denominator, True)


@given(st.integers(0, 5000), st.integers(1, 5000))
@settings(max_examples=examples(100))
def test_rate_is_never_further_than_half_a_tenth_from_the_exact_one(part, rest):
    value = rate("率", {}, part, part + rest).value
    exact = Decimal(part) * 100 / (part + rest)
    assert -Decimal("0.05") < value - exact <= Decimal("0.05")
    assert value == value.quantize(Decimal("0.1"))  # type: ignore[union-attr]


def test_as_dict_gives_plain_json_numbers():
    figures = [
        Figure("学时", {"年度": "2026"}, Decimal("5.5"), "学时"),
        Figure("学时", {"年度": "2025"}, Decimal("6.0"), "学时"),
        rate("出勤率", {"年度": "2026", "类型": "主题沙龙"}, 26, 27),
        rate("出勤率", {}, 0, 0),
    ]
    assert json.loads(json.dumps([f.as_dict() for f in figures], ensure_ascii=False)) == [
        {
            "name": "学时",
            "dimensions": {"年度": "2026"},
            "value": 5.5,
            "unit": "学时",
            "numerator": None,
            "denominator": None,
            "note": "",
        },
        {
            "name": "学时",
            "dimensions": {"年度": "2025"},
            "value": 6,
            "unit": "学时",
            "numerator": None,
            "denominator": None,
            "note": "",
        },
        {
            "name": "出勤率",
            "dimensions": {"年度": "2026", "类型": "主题沙龙"},
            "value": 96.3,
            "unit": "%",
            "numerator": 26,
            "denominator": 27,
            "note": "",
        },
        {"name": "出勤率", "dimensions": {}, "value": None, "unit": "%", "numerator": 0, "denominator": 0, "note": ""},
    ]


def test_make_table_takes_only_figures_of_exactly_these_dimensions_in_order_of_appearance():
    both = {"年度": "2026", "镇街": "泗门镇"}
    figures = [
        Figure("人数", {"年度": "2026"}, 9),
        Figure("人数", both, 2),
        Figure("人次", both, 3),
        Figure("人数", {"镇街": "泗门镇", "年度": "2026"}, 7),
        Figure("人数", {"年度": "2026", "镇街": "大隐镇"}, 1),
        Figure("人次", {"年度": "2026", "层级": "核心层"}, 8),
    ]
    table = make_table("按镇街", figures, ["年度", "镇街"])
    assert (table.title, table.dimensions, table.names) == ("按镇街", ["年度", "镇街"], ["人数", "人次"])
    assert [(key, {n: f.value for n, f in row.items()}) for key, row in table.rows] == [
        (["2026", "泗门镇"], {"人数": 2, "人次": 3}),
        (["2026", "大隐镇"], {"人数": 1}),
    ]


def test_make_table_of_nothing_has_no_rows():
    assert make_table("空", [], ["年度"]).rows == []


def test_find_takes_name_and_all_dimensions():
    figures = [
        Figure("人数", {"年度": "2026", "层级": "核心层"}, 4),
        Figure("人次", {"年度": "2026"}, 9),
        Figure("人数", {"年度": "2026"}, 5),
    ]
    assert find(figures, "人数", 年度="2026").value == 5
    assert find(figures, "人数", 年度="2026", 层级="核心层").value == 4
    assert find(figures, "人数", 年度="2025") == Figure("人数", {"年度": "2025"}, 0)


class TestDeclared:
    """A statistic is declared once; what is counted, shown and defined goes by that."""

    @pytest.fixture(scope="class")
    def figures(self):
        from jinguo.documents.statistics_figures import all_figures

        return all_figures(load_registry(ROOT / "workbooks"))

    def test_every_figure_is_counted_as_it_is_declared(self, figures):
        undeclared = {
            (f.name, tuple(f.dimensions), f.unit)
            for f in figures
            if (s := STATISTICS.get(f.name)) is None
            or " ".join(d for d in f.dimensions if not d.endswith("年度")) not in s.by
            or f.unit != s.unit
        }
        assert undeclared == set()

    def test_every_grouping_declared_is_counted(self, figures):
        counted = {(f.name, " ".join(d for d in f.dimensions if not d.endswith("年度"))) for f in figures}
        assert {(s.name, by) for s in STATISTICS.values() for by in s.by} - counted == set()

    def test_every_total_of_a_year_names_a_sheet_of_the_workbook(self, generated):
        book = openpyxl.load_workbook(generated / "output" / "统计" / "培训考试统计.xlsx")
        for statistic in STATISTICS.values():
            assert bool(statistic.sheet) == ("" in statistic.by), statistic.name
            if statistic.sheet:
                header = [
                    str(cell.value).removesuffix("(%)")
                    for row in book[statistic.sheet].iter_rows(max_row=3)
                    for cell in row
                ]
                assert statistic.name in header, statistic.name

    def test_two_of_one_name_are_refused(self):
        one = Statistic("场次", "场", "甲")
        with pytest.raises(ValueError, match="share a name"):
            by_name(one, Statistic("场次", "次", "乙"))
