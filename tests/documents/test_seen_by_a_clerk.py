"""What a clerk who looks at everything would not hand over: each was once."""

from __future__ import annotations

import docx
import openpyxl
import pytest

from tests.helpers import docx_text, jinguo, office, workbook_rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = office(tmp_path_factory.mktemp("clerk") / "office")
    for command in ("stats", "notices", "todo"):
        assert jinguo(made, "--today", "2026-10-15", command).returncode == 0
    return made


def test_no_quotation_mark_is_doubled_in_what_is_to_be_done(folder):
    rows = workbook_rows(folder / "output/待办.xlsx", "待办")
    quoted = [str(row[4]) for row in rows if "到期" in str(row[4])]
    assert quoted and not [text for text in quoted if "““" in text or "””" in text]
    assert "““" not in (folder / "output/待办.ics").read_text("utf-8")


def test_the_technical_column_is_not_printed(folder):
    sheet = openpyxl.load_workbook(folder / "output/待办.xlsx")["待办"]
    titles = [cell.value for cell in sheet[1]]
    assert titles[-1] == "标识"
    assert sheet.print_area.split("!")[-1].replace("$", "").startswith("A1:J")


def test_numbers_of_the_rows_behind_a_figure_can_be_added_up(folder):
    book = folder / "output/统计/年度统计.xlsx"
    rows = workbook_rows(book, "明细·项目")
    header = next(n for n, row in enumerate(rows) if "在台账里" in row)
    column = next(n for n, title in enumerate(rows[header]) if "合同金额" in str(title))
    values = [row[column] for row in rows[header + 1 :] if row[column]]
    assert values and all(isinstance(value, int | float) for value in values)
    titles = [str(title) for title in workbook_rows(book, "明细·值班")[1]]
    assert "组织名称" in titles and "组织编号" not in titles


def test_who_qualified_stands_in_the_order_of_strokes(folder):
    lines = docx_text(folder / "output/通知/2026年 考试情况通报.docx")
    first = lines.index("序号", next(n for n, line in enumerate(lines) if "合格人员" in line))
    names = [line for line in lines[first:] if len(line.replace("　", "")) in (2, 3, 4)]
    junior = [name[0] for name in names if name[0] in "李杨姜程谢蔡"]
    assert junior[:6] == list("李杨姜程谢蔡")


def test_table_cards_end_with_the_last_card(tmp_path):
    folder = office(tmp_path / "office")
    assert jinguo(folder, "--today", "2026-10-15", "event", "HD0017").returncode in (0, 1)
    (cards,) = (folder / "output").rglob("*桌牌.docx")
    body = docx.Document(str(cards)).element.body
    assert not body.xpath(".//w:pPr/w:pageBreakBefore")
