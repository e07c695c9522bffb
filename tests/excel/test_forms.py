"""Workbooks as staff would want a form, seen with openpyxl, and read back by the registry."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter, range_boundaries

from jinguo import demo
from jinguo.common.addresses import column_letter
from jinguo.excel.reading.read import read_workbook
from jinguo.excel.writing.forms import write_form
from jinguo.intake.building import build_registry
from jinguo.intake.loading import load_registry
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES, WORKBOOKS, WorkbookSpec
from jinguo.schema.codes import CreditCode, IdCard, Key, Phone, Reference
from jinguo.schema.dates import Date, DateTime, Month, YearMonth
from jinguo.schema.numbers import Mark, Number, Quantity
from jinguo.schema.types import Choice, MultiChoice
from jinguo.schema.vocabularies import VOCABULARIES
from tests.helpers import ROOT, TODAY, examples, places

BOOKS = {book.file: book for book in WORKBOOKS}
TOWNSHIPS = ["阳明街道", "梨洲街道", "鹿亭乡"]
WORDS = VOCABULARIES | {"townships": TOWNSHIPS}
LAST = 3001


def form(
    file: str, rows: dict[str, list[dict[str, Any]]] | None = None, words: dict[str, list[str]] | None = None
) -> bytes:
    return write_form(BOOKS[file], rows or {}, WORDS if words is None else words, "余姚市妇女联合会")


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def read_back(folder: Path, file: str, rows: dict[str, list[dict[str, Any]]]) -> Registry:
    """The registry of the one form with these rows."""
    path = folder / file
    path.write_bytes(form(file, rows))
    return build_registry({file: read_workbook(path)}, TODAY)


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, Any]]]:
    return demo.build()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seven demo workbooks, freshly written."""
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder)
    return folder


@pytest.fixture(scope="module")
def blank() -> dict[str, openpyxl.Workbook]:
    """The seven forms without a row."""
    return {file: opened(form(file)) for file in BOOKS}


# Reading back


def _as_read(table: str, name: str, value: Any) -> Any:
    """The typed value a demo value must be read as; the demo writes scores as numbers."""
    if value in (None, "", ()):
        return None
    kind = TABLES[table].by_name[name].type
    if isinstance(value, Month | datetime.date):
        return value
    if table == "exam_entries" and name == "score":
        words = {-1: "缺考", -2: "违纪", -4: "无效", "缺考": "缺考", "违纪": "违纪", "合格": "合格"}
        return Mark(words[value]) if value in words else Mark("有成绩", Decimal(value))
    if isinstance(kind, MultiChoice):
        return tuple(value.split("、")) if isinstance(value, str) else tuple(value)
    if table == "quotas" and name in ("least", "most"):
        text = str(value)
        return Quantity(Decimal(text.rstrip("%")), text.endswith("%"))
    if isinstance(kind, YearMonth):
        year, month = value.split(".")
        return Month(int(year), int(month))
    if isinstance(kind, Number):
        return Decimal(str(value))
    if isinstance(kind, DateTime) and isinstance(value, str):
        return datetime.datetime.fromisoformat(value)
    if isinstance(kind, Date) and isinstance(value, str):
        return datetime.date.fromisoformat(value)
    return value


@pytest.mark.parametrize("table", list(TABLES))
def test_the_demo_reads_back_as_it_was_written(written, rows, table):
    read = _registry(written)[table]
    assert read.rows == list(range(2, len(rows[table]) + 2))
    for f in TABLES[table].fields:
        expected = [_as_read(table, f.name, row.get(f.name)) for row in rows[table]]
        assert read[f.name] == expected, f.header


_CACHE: dict[Path, Registry] = {}


def _registry(folder: Path) -> Registry:
    if folder not in _CACHE:
        _CACHE[folder] = load_registry(folder)
    return _CACHE[folder]


def test_the_demo_reads_back_without_a_finding(written):
    assert places(_registry(written).findings) == []


def test_the_workbooks_of_the_repository_are_what_the_generator_writes(written):
    assert {p.name: p.read_bytes() for p in sorted(written.iterdir())} == {
        p.name: p.read_bytes() for p in sorted((ROOT / "workbooks").glob("*.xlsx"))
    }


def test_the_same_rows_give_the_same_bytes(written, rows):
    data = {
        file: form(file, rows, VOCABULARIES | {"townships": [t["name"] for t in rows["townships"]]}) for file in BOOKS
    }
    assert data == {p.name: p.read_bytes() for p in written.iterdir()}


def test_no_time_of_the_day_is_in_the_package(written):
    for path in written.iterdir():
        with zipfile.ZipFile(path) as package:
            assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}, path.name
            core = package.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}, path.name


@pytest.mark.parametrize("file", BOOKS)
def test_the_metadata_names_the_office_only(written, file):
    properties = openpyxl.load_workbook(written / file).properties
    assert (properties.creator, properties.title) == ("余姚市妇女联合会", file.removesuffix(".xlsx"))
    assert properties.lastModifiedBy in (None, "余姚市妇女联合会")


TYPED = [
    ("organisations", "number", "ZZ0001"),
    ("organisations", "name", "余姚市A&B<协会>（阳明）"),
    ("organisations", "credit_code", "51330281MJ0017490J"),
    ("organisations", "registered_on", datetime.date(1999, 12, 31)),
    ("organisations", "phone", "0574-62700001"),
    ("organisations", "funds", Decimal("3.5")),
    ("organisations", "individual_members", 0),
    ("organisations", "fields_of_service", ("志愿服务", "救助帮扶")),
    ("organisations", "rating", "3A"),
    ("organisations", "charity", "否"),
    ("organisations", "remarks", "第一行\n第二行"),
    ("organisations", "remarks", "=1+1"),
    ("organisations", "remarks", "0012"),
    ("organisations", "remarks", "http://example.org/a b"),
    ("people", "born", Month(2019, 10)),
    ("people", "born", Month(1980, 1)),
    ("people", "mobile", "13912345678"),
    ("people", "consent_date", datetime.date(2026, 2, 28)),
    ("events", "starts", datetime.datetime(2026, 3, 8, 9, 0)),
    ("events", "starts", datetime.datetime(2026, 3, 8, 23, 59)),
    ("events", "hours", Decimal("1.5")),
    ("quotas", "least", 3),
    ("quotas", "most", "40%"),
    ("exam_entries", "score", 85),
    ("exam_entries", "score", -1),
    ("parameters", "value", datetime.date(2026, 10, 15)),
]
READ = {
    3: Quantity(Decimal(3), False),
    "40%": Quantity(Decimal(40), True),
    85: Mark("有成绩", Decimal(85)),
    -1: Mark("缺考"),
    datetime.date(2026, 10, 15): "2026-10-15",
}


@pytest.mark.parametrize(("table", "name", "value"), TYPED, ids=[f"{n}-{v!r}" for _, n, v in TYPED])
def test_a_typed_value_reads_back_equal(tmp_path, table, name, value):
    spec = TABLES[table]
    found = read_back(tmp_path, spec.workbook, {table: [{name: value}]})
    assert found[table].rows == [2]
    cell = found[table].cell(0, name)
    assert [f for f in places(found.findings, "CELL") if f[1:] == (spec.sheet, cell) and f[0] != "CELL-012"] == []
    expected = READ.get(value, value) if table in ("quotas", "exam_entries", "parameters") else value
    assert found[table][name] == [expected]


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        ("exam_entries", "score", Mark("有成绩", Decimal("85.5"))),
        ("exam_entries", "score", Mark("缺考")),
        ("exam_entries", "score", Mark("合格")),
        ("quotas", "least", Quantity(Decimal(40), True)),
        ("quotas", "most", Quantity(Decimal(3), False)),
    ],
    ids=["points", "absent", "passed", "percent", "people"],
)
def test_a_score_and_a_share_read_back_equal(tmp_path, table, name, value):
    assert read_back(tmp_path, TABLES[table].workbook, {table: [{name: value}]})[table][name] == [value]


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime.datetime(1955, 1, 1), datetime.datetime(2060, 1, 1)).map(
                lambda m: m.replace(second=0, microsecond=0)
            ),
            st.dates(datetime.date(1955, 1, 1), datetime.date(2060, 1, 1)),
            st.decimals(0, 500, places=2),
            st.lists(st.sampled_from(["核心层", "紧密层", "大众层"]), unique=True, min_size=1).map(tuple),
        ),
        min_size=1,
        max_size=30,
    )
)
@settings(max_examples=examples(25), deadline=None)
def test_moments_dates_numbers_and_choices_go_there_and_back(tmp_path_factory, values):
    rows = [
        {"number": f"HD{n:04d}", "starts": moment, "enrol_by": day, "hours": hours, "tiers": tiers}
        for n, (moment, day, hours, tiers) in enumerate(values)
    ]
    events = read_back(tmp_path_factory.getbasetemp(), "培训考试台账.xlsx", {"events": rows})["events"]
    assert list(zip(events["starts"], events["enrol_by"], events["hours"], events["tiers"], strict=True)) == values


@pytest.mark.parametrize("nothing", [None, "", ()], ids=repr)
def test_an_empty_value_leaves_the_cell_empty(tmp_path, nothing):
    rows = {"duty_units": [{"organisation": "ZZ0001", "weekdays": nothing}]}
    assert read_back(tmp_path, "值班台账.xlsx", rows)["duty_units"]["weekdays"] == [None]


def test_a_date_without_a_time_in_a_column_of_moments():
    """It is written as a moment at midnight, so that the column stays of one kind."""
    cell = opened(form("培训考试台账.xlsx", {"events": [{"starts": datetime.date(2026, 3, 8)}]}))["培训活动"]["D2"]
    assert (cell.value, cell.number_format) == (datetime.datetime(2026, 3, 8), "yyyy-mm-dd hh:mm")


# The form


@pytest.mark.parametrize("file", BOOKS)
def test_the_sheets_and_headers_are_those_of_the_schema(blank, file):
    book: WorkbookSpec = BOOKS[file]
    assert blank[file].sheetnames == [*(t.sheet for t in book.tables), "填表说明", "选项"]
    for spec in book.tables:
        assert [cell.value for cell in blank[file][spec.sheet][1]] == [f.header for f in spec.fields]
        assert blank[file][spec.sheet].max_row == 1


@pytest.mark.parametrize("table", list(TABLES))
def test_the_header_is_frozen_filtered_and_repeated_in_print(blank, table):
    spec = TABLES[table]
    target = blank[spec.workbook][spec.sheet]
    last = column_letter(len(spec.fields) - 1)
    assert target.freeze_panes == ("C2" if len(spec.fields) > 8 else "A2")
    assert target.auto_filter.ref == f"A1:{last}2"
    assert target.print_title_rows in ("1:1", "$1:$1")
    assert (target.page_setup.orientation, target.page_setup.paperSize, target.page_setup.fitToHeight) == (
        "landscape",
        9,
        0,
    )


@pytest.mark.parametrize("table", list(TABLES))
def test_every_header_has_a_note_that_says_how_to_fill_the_column(blank, table):
    spec = TABLES[table]
    for f, cell in zip(spec.fields, blank[spec.workbook][spec.sheet][1], strict=True):
        assert cell.comment is not None, f.header
        first, *rest = cell.comment.text.split("\n")
        assert first.startswith(f"{f.header}（{f.type.label}")
        assert ("必填" in first) is f.required
        assert ("不能重复" in first) is f.unique
        assert ([line for line in rest if line.startswith("例：")] == [f"例：{f.example}"]) is bool(f.example)
        assert (f.note in rest) is bool(f.note)


def test_the_note_of_a_header_in_full(blank):
    assert (
        blank["人员台账.xlsx"]["人员"]["A1"].comment.text
        == "人员编号（编号，必填，不能重复）\n一个人一个编号，同名的人靠它分开\n例：RY0001"
    )
    assert blank["人员台账.xlsx"]["人员"]["S1"].comment.text == "邮箱（邮箱）"


def test_required_headers_have_another_colour(blank):
    people = blank["人员台账.xlsx"]["人员"]
    colours = {cell.value: cell.fill.fgColor.rgb for cell in people[1]}
    assert {h for h, colour in colours.items() if colour == "FFA9D08E"} == {"人员编号", "姓名", "性别"}
    assert len(set(colours.values())) == 2
    assert people["A1"].font.bold


def dropdowns(book: openpyxl.Workbook, sheet: str) -> dict[str, Any]:
    """The data validations of a sheet by the letter of their column."""
    found = {}
    for rule in book[sheet].data_validations.dataValidation:
        (area,) = rule.sqref.ranges
        left, top, right, bottom = range_boundaries(str(area))
        assert (left, top, bottom) == (right, 2, LAST)
        found[get_column_letter(left)] = rule
    return found


def words_of(book: openpyxl.Workbook, name: str) -> list[str]:
    """The words behind a defined name."""
    ((sheet, area),) = book.defined_names[name].destinations
    cells = book[sheet][area.replace("$", "")]
    return [row[0].value for row in cells] if isinstance(cells, tuple) else [cells.value]


@pytest.mark.parametrize("table", list(TABLES))
def test_a_choice_has_a_dropdown_of_exactly_its_words(blank, table):
    spec = TABLES[table]
    book = blank[spec.workbook]
    rules = dropdowns(book, spec.sheet)
    for c, f in enumerate(spec.fields):
        rule = rules.pop(column_letter(c), None)
        if isinstance(f.type, Reference) and f.type.table == "townships":
            expected, strict = TOWNSHIPS, False
        elif isinstance(f.type, Choice) and not isinstance(f.type, MultiChoice):
            expected, strict = list(f.type.fixed) or VOCABULARIES[f.type.vocabulary], bool(f.type.fixed)
        elif isinstance(f.type, MultiChoice):
            assert rule is not None
            assert rule.type in (None, "none")
            assert rule.prompt.startswith("可填多项，用、隔开：")
            continue
        else:
            assert rule is None, f.header
            continue
        assert rule is not None, f.header
        assert (rule.type, rule.errorStyle or "stop") == ("list", "stop" if strict else "warning"), f.header
        assert re.fullmatch(r"=?列表_\d+", rule.formula1)
        assert words_of(book, rule.formula1.lstrip("=")) == expected
        assert (rule.promptTitle, rule.error) == (f.header[:32], "请从下拉列表里选一项。")
    assert rules == {}


@pytest.mark.parametrize("file", BOOKS)
def test_the_instructions_have_a_line_for_every_column(blank, file):
    lines = [tuple(cell or "" for cell in row) for row in blank[file]["填表说明"].iter_rows(values_only=True)]
    assert lines[0] == ("工作表", "栏目名称", "填什么", "必填", "例", "说明")
    assert [line[:2] for line in lines[1:]] == [(t.sheet, f.header) for t in BOOKS[file].tables for f in t.fields]
    for line, f in zip(lines[1:], (f for t in BOOKS[file].tables for f in t.fields), strict=True):
        assert line[2:5] == (f.type.label, "必填" if f.required else "", f.example)
        fixed = getattr(f.type, "fixed", ())
        assert line[5] == "。".join(filter(None, (f.note, f"可填：{'、'.join(fixed)}" if fixed else "")))


@pytest.mark.parametrize("file", BOOKS)
def test_the_words_stand_on_a_hidden_sheet_each_list_once(blank, file):
    book = blank[file]
    assert book["选项"].sheet_state == "hidden"
    assert [s.title for s in book if s.sheet_state != "visible"] == ["选项"]
    lists = [tuple(words_of(book, name)) for name in book.defined_names if name.startswith("列表_")]
    assert len(lists) == len(set(lists)) == book["选项"].max_column


def test_words_of_the_office_and_its_townships_are_in_the_dropdowns():
    words = VOCABULARIES | {"townships": ["甲镇", "乙乡"], "学历": [*VOCABULARIES["学历"], "党校研究生"]}
    book = opened(form("人员台账.xlsx", words=words))
    rules = dropdowns(book, "人员")
    assert words_of(book, rules["H"].formula1.lstrip("="))[-1] == "党校研究生"
    assert words_of(book, rules["Q"].formula1.lstrip("=")) == ["甲镇", "乙乡"]


def test_without_townships_their_column_has_no_dropdown():
    assert "Q" not in dropdowns(opened(form("人员台账.xlsx", words=VOCABULARIES)), "人员")


def test_a_list_longer_than_an_inline_list_may_be():
    """Excel refuses an inline list of over 255 characters: the words stand behind a name."""
    towns = [f"第{n:03d}号十分长的镇街名称" for n in range(300)]
    book = opened(form("人员台账.xlsx", words=VOCABULARIES | {"townships": towns}))
    rule = dropdowns(book, "人员")["Q"]
    assert words_of(book, rule.formula1.lstrip("=")) == towns


TEXT_KINDS = (Key, IdCard, CreditCode, Phone, YearMonth, Reference)


@pytest.mark.parametrize("table", list(TABLES))
def test_the_columns_of_codes_and_months_are_text_before_anything_is_typed(blank, table):
    """An ID card number typed into a cell of general format loses its last digits, and 2019.10 its last 0."""
    spec = TABLES[table]
    target = blank[spec.workbook][spec.sheet]
    for c, f in enumerate(spec.fields):
        letter = column_letter(c)
        group = next(d for d in target.column_dimensions.values() if d.min <= c + 1 <= d.max)
        if isinstance(f.type, TEXT_KINDS):
            assert group.number_format == "@", (f.header, letter)
        elif isinstance(f.type, Date):
            assert group.number_format == "yyyy-mm-dd", f.header
        elif isinstance(f.type, DateTime):
            assert group.number_format == "yyyy-mm-dd hh:mm", f.header
        elif isinstance(f.type, Number):
            assert group.number_format == "General", f.header


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("people", ["number", "born", "id_number", "mobile"]),
        ("organisations", ["number", "credit_code", "phone", "head", "township"]),
        ("posts", ["person", "organisation", "from_month"]),
        ("attendance", ["event", "person"]),
    ],
)
def test_codes_and_months_of_the_demo_are_text_cells(written, table, columns):
    spec = TABLES[table]
    target = openpyxl.load_workbook(written / spec.workbook)[spec.sheet]
    for name in columns:
        c = list(spec.by_name).index(name) + 1
        cells = [cell for (cell,) in target.iter_rows(2, target.max_row, c, c) if cell.value is not None]
        assert len(cells) > 3
        assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}, name


def test_dates_and_numbers_of_the_demo_are_real_dates_and_numbers(written):
    organisations = openpyxl.load_workbook(written / "社会组织台账.xlsx")["社会组织"]
    heads = {cell.value: cell.column for cell in organisations[1]}
    assert organisations.cell(2, heads["登记日期"]).is_date
    assert organisations.cell(2, heads["登记日期"]).number_format == "yyyy-mm-dd"
    assert isinstance(organisations.cell(2, heads["个人会员数"]).value, int)


def test_text_with_line_breaks_is_wrapped_and_formulas_stay_text():
    people = opened(
        form("人员台账.xlsx", {"people": [{"resume": "2000.01 甲\n2010.01 乙", "deeds": "=SUM(A1)", "remarks": "@甲"}]})
    )["人员"]
    cells = {cell.value: cell for cell in people[2] if cell.value is not None}
    assert set(cells) == {"2000.01 甲\n2010.01 乙", "=SUM(A1)", "@甲"}
    assert cells["2000.01 甲\n2010.01 乙"].alignment.wrap_text


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("人员编号", 12, 16),
        ("姓名", 8, 12),
        ("身份证号", 18, 24),
        ("简历", 8, 44),
        ("从事社会工作起始年月", 24, 30),
        ("信息使用同意日期", 11, 24),
    ],
)
def test_columns_are_wide_enough_to_read_and_not_wider_than_a_screen(written, header, least, most):
    people = openpyxl.load_workbook(written / "人员台账.xlsx")["人员"]
    column = next(cell.column for cell in people[1] if cell.value == header)
    width = next(d.width for d in people.column_dimensions.values() if d.min <= column <= d.max)
    assert least <= width <= most


def test_the_filter_spans_the_rows_that_are_there():
    rows = [{"number": f"RY{n:04d}"} for n in range(1, 41)]
    assert (
        opened(form("人员台账.xlsx", {"people": rows}))["人员"].auto_filter.ref
        == f"A1:{column_letter(len(TABLES['people'].fields) - 1)}41"
    )


@pytest.mark.validator
@pytest.mark.parametrize("file", BOOKS)
def test_microsofts_validator_has_no_complaint(written, validate, file):
    assert validate(written / file) == []
