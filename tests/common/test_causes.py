"""What is wrong in many cells for one reason is one cause."""

from jinguo.checks import check
from jinguo.common.causes import causes
from tests.helpers import jinguo, office, registry


def of(code, **sheets):
    return [(c.count, c.cells, c.values) for c in causes([f for f in check(registry(**sheets)) if f.code == code])]


def test_one_word_misunderstood_many_times_is_one_cause():
    words = ["办过了"] * 4 + ["没办"] + ["已登记"]
    rows = "\n".join(f"ZZ{n:04d} | {word}" for n, word in enumerate(words, 1))
    assert of("CELL-004", 社会组织=f"组织编号 | 登记状态\n{rows}") == [
        (4, "B2、B3、B4、B5", "办过了"),
        (1, "B6", "没办"),
    ]


def test_two_are_told_each():
    assert of("CELL-004", 社会组织="组织编号 | 登记状态\nZZ0001 | 办过了\nZZ0002 | 办过了") == [
        (1, "B2", "办过了"),
        (1, "B3", "办过了"),
    ]


def test_a_list_of_townships_that_does_not_fit_is_one_cause_however_they_are_spelt():
    rows = "\n".join(
        f"ZZ{n:04d} | {name}" for n, name in enumerate(["阳明", "阳明", "泗门", "低塘", "低塘", "低塘", "梁弄"], 1)
    )
    (found,) = of("CELL-003", 镇街="镇街\n东风街道", 社会组织=f"组织编号 | 所属镇街\n{rows}")
    assert found == (7, "B2、B3、B4、B5、B6等", "低塘 3 处、阳明 2 处、泗门 1 处、梁弄 1 处")


def test_the_console_and_the_report_say_it_once(tmp_path):
    import openpyxl

    folder = office(tmp_path / "office")
    path = folder / "workbooks" / "社会组织台账.xlsx"
    book = openpyxl.load_workbook(path)
    column = [cell.value for cell in book["社会组织"][1]].index("登记状态") + 1
    for row in range(2, 48):
        book["社会组织"].cell(row, column).value = "办过了"
    book.save(path)
    done = jinguo(folder, "check", "--json", str(folder / "f.json"))
    assert done.stdout.count("【错误】CELL-004") == 1
    assert "同样的共 46 处：E2、E3、E4、E5、E6等。填的是：办过了" in done.stdout
    report = openpyxl.load_workbook(folder / "output" / "校验" / "校验报告.xlsx")
    (row,) = [r for r in report["同一原因"].iter_rows(min_row=3, values_only=True) if r[1] == "CELL-004"]
    assert row[4] == 46
    assert len([r for r in report["同一原因各处"].iter_rows(min_row=3, values_only=True) if r[0] == "CELL-004"]) == 46
    assert (folder / "f.json").read_text("utf-8").count('"CELL-004"') == 46
