"""The packages of the demo: what lies in them, that LibreOffice works out the same, that nobody's number is in them."""

import json
import re
import zipfile

import openpyxl
import pytest

from jinguo.common.addresses import column_letter
from tests.audit.recalculated import differences, formulas, recalculated, said_in, shown
from tests.helpers import change_cell, docx_text, find_cell, jinguo, office, snapshot

LISTS = ("TJ2601 人大代表", "TJ2602 政协委员", "TJ2603 妇联执委")
FIGURES = ("培训考试统计", "年度统计", "2026年工作总结")
#: Functions that Excel 2010 and WPS have.
KNOWN = {
    "ABS",
    "AND",
    "COUNTIF",
    "COUNTIFS",
    "DATE",
    "EXACT",
    "FIND",
    "IF",
    "IFERROR",
    "INDEX",
    "INT",
    "ISNUMBER",
    "LARGE",
    "LEFT",
    "LOOKUP",
    "MATCH",
    "MAX",
    "MIN",
    "MOD",
    "N",
    "NOT",
    "OR",
    "RIGHT",
    "ROUND",
    "ROUNDUP",
    "ROW",
    "SIGN",
    "SUM",
    "SUMIFS",
    "SUMPRODUCT",
    "VALUE",
}


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """A fresh office in which `jinguo audit` has been run."""
    folder = office(tmp_path_factory.mktemp("audited") / "余姚 妇联")
    done = jinguo(folder, "audit")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def package(folder, name):
    return folder / "output" / "复核" / name


@pytest.mark.parametrize("name", LISTS)
def test_a_package_of_a_list_has_all_it_needs(audited, name):
    names = {path.name for path in package(audited, name).iterdir()}
    assert names == {"复核表.xlsx", "证书.json", "复核.py", "来源.xlsx", "说明.docx", "清单.json"}


@pytest.mark.parametrize("name", FIGURES)
def test_a_package_of_figures_has_all_it_needs(audited, name):
    assert {path.name for path in package(audited, name).iterdir()} == {
        "复核表.xlsx",
        "来源.xlsx",
        "说明.docx",
        "清单.json",
    }


@pytest.mark.parametrize("name", [*LISTS, *FIGURES])
def test_libreoffice_works_out_every_cell_as_it_stands(audited, tmp_path, libreoffice, name):
    path = package(audited, name) / "复核表.xlsx"
    made = recalculated(path, tmp_path / "anew", libreoffice)
    count, differ = differences(path, made)
    assert differ == []
    assert count > 1000
    assert said_in(made, "差异") == []


@pytest.mark.parametrize("name", [*LISTS, *FIGURES])
def test_no_function_is_newer_than_excel_2010(audited, name):
    used: set[str] = set()
    for cells in formulas(package(audited, name) / "复核表.xlsx").values():
        for text in cells.values():
            used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", re.sub(r'"[^"]*"|\'[^\']*\'', "", text)))
    assert used <= KNOWN, used - KNOWN


@pytest.mark.parametrize("name", [LISTS[2], *FIGURES[:2]])
def test_the_workbooks_are_valid(audited, validate, name):
    for path in package(audited, name).glob("*.xlsx"):
        assert validate(path) == [], path


def test_every_figure_of_the_statistics_has_a_formula(audited):
    stats = audited / "all.json"
    assert jinguo(audited, "stats", "--json", str(stats)).returncode == 0
    figures = json.loads(stats.read_text("utf-8"))
    count = 0
    for name in ("培训考试统计", "年度统计"):
        rows = shown(package(audited, name) / "复核表.xlsx", "指标")
        count += len(rows) - 1
        column = column_letter(rows[0].index("值"))
        cells = formulas(package(audited, name) / "复核表.xlsx")["指标"]
        assert all(f"{column}{row}" in cells for row in range(4, len(rows) + 3))
    assert count == len(figures)


def test_nobodys_number_or_address_is_in_a_package(audited):
    """Looked for in every part of every file: those of the registry, and whatever looks like one."""
    private = set()
    for book in (audited / "workbooks").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(book, read_only=True):
            rows = list(sheet.iter_rows(values_only=True))
            wanted = [
                n for n, head in enumerate(rows[0] or ()) if head and re.search("身份证|手机|电话|邮箱", str(head))
            ]
            private |= {
                str(row[n]) for row in rows[1:] for n in wanted if n < len(row) and row[n] and len(str(row[n])) > 6
            }
    assert len(private) > 100
    likely = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])|(?<![\d.])1[3-9]\d{9}(?![\d.])|[\w.+-]+@\w+\.\w+")
    for path in (audited / "output" / "复核").rglob("*"):
        if not path.is_file():
            continue
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                texts = {n: archive.read(n).decode("utf-8", "replace") for n in archive.namelist()}
        else:
            texts = {path.name: path.read_text("utf-8")}
        for name, text in texts.items():
            assert not [number for number in private if number in text], (path, name)
            # Formulas, and the digests of files, are no words.
            if "styles" not in name and "theme" not in name:
                assert not likely.findall(re.sub(r"<f>.*?</f>|[0-9a-f]{64}", "", text)), (path, name)


def test_a_row_added_at_the_end_counts(audited, tmp_path, libreoffice):
    """A row more of attendance, as the one above it: a person-time, hours and a row of the year more; and 差异 says so."""
    path = tmp_path / "加一行.xlsx"
    path.write_bytes((package(audited, "培训考试统计") / "复核表.xlsx").read_bytes())
    book = openpyxl.load_workbook(path)
    sheet, last = book["签到"], book["签到"].max_row
    for cell in sheet[last]:
        value = cell.value
        if isinstance(value, str) and value.startswith("="):
            # As Excel fills it down: relative rows move, absolute ones stay.
            value = re.sub(rf"(\$?[A-Z]{{1,3}}){last}(?!\d)", rf"\g<1>{last + 1}", value)
        sheet.cell(last + 1, cell.column).value = value
    came = next(cell.column for cell in sheet[3] if cell.value == "出勤")
    sheet.cell(last + 1, came).value = "出席"
    book.save(path)
    before = {tuple(row[:4]): row for row in shown(package(audited, "培训考试统计") / "复核表.xlsx", "指标")}
    made = recalculated(path, tmp_path / "anew", libreoffice)
    after = {tuple(row[:4]): row for row in shown(made, "指标")}
    header = next(iter(after.values()))
    rows = shown(made, "签到")
    value, year = header.index("值"), rows[-1][rows[0].index("年度")]
    key = next(k for k in after if k[:2] == ("参训人次", year) and not k[2])
    assert after[key][value] == before[key][value] + 1
    assert any(f"{int(year)} 参训人次：算得" in line for line in said_in(made, "差异"))


def test_a_cell_that_is_changed_shows_what_follows(audited, tmp_path, libreoffice):
    """The assessment of somebody who is not on the list made the highest there is: the bound is no longer that of the list."""
    path = tmp_path / "改一格.xlsx"
    path.write_bytes((package(audited, LISTS[2]) / "复核表.xlsx").read_bytes())
    ranks = shown(path, "名次")
    out = next(
        n
        for n, row in enumerate(ranks[1:])
        if row[ranks[0].index("可排")] == 1 and row[ranks[0].index("入选")] != "入选"
    )
    change_cell(path, "得分", f"B{4 + out}", 100)
    made = recalculated(path, tmp_path / "anew", libreoffice)
    assert [row[1] for row in shown(made, "最优") if row[0] == "结论"] == ["不能确认没有总分更高的名单"]
    assert any("：算得" in line for line in said_in(made, "差异"))


@pytest.mark.parametrize(
    ("sheet", "column", "key", "value", "conclusion", "said"),
    [
        ("参数", "值", "名单人数", 13, "名单不合要求", "名单人数/名单上的人数：算得 13/14，程序给出 14/14"),
        ("结构要求", "最少（填的）", "要求1", 14, "名单不合要求", "要求1：算得 14//6/不符合，程序给出 4//6/符合"),
    ],
)
def test_what_is_asked_of_a_list_is_worked_out_too(
    audited, tmp_path, libreoffice, sheet, column, key, value, conclusion, said
):  # fmt: skip
    path = tmp_path / f"{sheet}.xlsx"
    path.write_bytes((package(audited, LISTS[2]) / "复核表.xlsx").read_bytes())
    rows = shown(path, sheet)
    line = next(n for n, row in enumerate(rows) if row[0] == key)
    change_cell(path, sheet, f"{'ABCDEFGHIJ'[rows[0].index(column)]}{3 + line}", value)
    made = recalculated(path, tmp_path / "anew", libreoffice)
    assert [row[1] for row in shown(made, "最优") if row[0] == "结论"] == [conclusion]
    assert said in said_in(made, "差异")


def test_the_note_is_one_page_and_says_how(audited, to_pdf):
    import pypdfium2

    note = package(audited, LISTS[0]) / "说明.docx"
    text = "\n".join(docx_text(note))
    assert "“差异”：下面是空的" in text
    assert "python 复核.py" in text
    assert "余姚市妇女联合会" in text
    for name in (LISTS[0], FIGURES[0]):
        assert len(pypdfium2.PdfDocument(to_pdf(package(audited, name) / "说明.docx"))) == 1


def test_the_sources_name_files_rows_and_decisions(audited):
    import hashlib

    path = package(audited, LISTS[2]) / "来源.xlsx"
    book = openpyxl.load_workbook(path)
    inputs = {row[0]: row[1] for row in book["输入"].iter_rows(min_row=4, values_only=True)}
    for name in ("推荐台账.xlsx", "人员台账.xlsx"):
        assert inputs[name] == hashlib.sha256((audited / "workbooks" / name).read_bytes()).hexdigest()
    decided = [row[:3] for row in book["谁定的"].iter_rows(min_row=4, values_only=True)]
    assert ("人工确定", "TJ2603 孙婷", "入选") in decided
    rows = list(book["用到的行"].iter_rows(min_row=3, values_only=True))
    assert len([row for row in rows if row[0] == "人选"]) == 29
    assert [row[0] for row in book["参数"].iter_rows(min_row=3, values_only=True)].count("代表最低年龄") == 1


def test_verify_says_that_all_agrees(audited):
    done = jinguo(audited, "verify", *(str(package(audited, name)) for name in (*LISTS, *FIGURES)))
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("结论：相符。") == 6
    assert done.stdout.count("证书：核对无误") == 3


@pytest.mark.long
def test_the_folder_of_all_packages_may_be_given(audited):
    done = jinguo(audited, "verify", str(audited / "output" / "复核"))
    assert done.returncode == 0
    assert done.stdout.count("结论：相符。") == 6


@pytest.fixture
def copied(audited, tmp_path):
    """The audited office once more, to be changed."""
    import shutil

    shutil.copytree(audited, tmp_path / "office")
    return tmp_path / "office"


def test_verify_names_the_changed_row_and_what_follows(copied):
    workbook = copied / "workbooks" / "推荐台账.xlsx"
    cell = find_cell(workbook, "人选", "考察评分", "RY0001", "人员编号")
    change_cell(workbook, "人选", cell, 12)
    before = snapshot(copied)
    done = jinguo(copied, "verify", str(package(copied, LISTS[0])), str(package(copied, LISTS[1])))
    assert done.returncode == 1
    assert f"人选：推荐台账.xlsx › 人选 › A{cell[1:]}（改过）" in done.stdout
    assert "推荐台账.xlsx 改过了" in done.stdout
    assert "RY0001 孙婷：当时" in done.stdout
    assert "结论：有不相符的地方，见上面。" in done.stdout
    # The other batch rests on other rows.
    assert done.stdout.count("台账后来改过，但这份材料里的结果不变") == 1
    assert snapshot(copied) == before


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("复核表.xlsx", lambda path: change_cell(path, "名次", "I4", None), "复核表.xlsx 改过了"),
        ("来源.xlsx", lambda path: path.unlink(), "来源.xlsx 不见了"),
        ("证书.json", lambda path: path.write_text("{}", "utf-8"), "证书或复核表读不懂"),
    ],
)
def test_verify_finds_a_file_that_is_not_as_it_was(copied, name, change, said):
    change(package(copied, LISTS[0]) / name)
    done = jinguo(copied, "verify", str(package(copied, LISTS[0])))
    assert done.returncode == 1
    assert said in done.stdout


def put_into_list(folder, name, data):
    """Change a file of a package, and its digest in the list with it."""
    from jinguo.common.writing import digest
    from jinguo.reports.audit.review_package import in_letters

    (folder / name).write_bytes(data)
    said = json.loads((folder / "清单.json").read_text("utf-8"))
    said["文件"][name] = in_letters(digest(data))
    (folder / "清单.json").write_text(json.dumps(said), "utf-8")


@pytest.mark.parametrize("name", ["复核表.xlsx", "复核.py", "来源.xlsx", "说明.docx"])
def test_a_file_that_was_changed_together_with_the_list_comes_out_otherwise(copied, name):
    put_into_list(package(copied, LISTS[0]), name, b"print('x')")
    done = jinguo(copied, "verify", str(package(copied, LISTS[0])))
    assert done.returncode == 1
    assert f"{name} 和现在重做的不同" in done.stdout


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"文件": {"说明.docx": "x"}}, "清单里没有 复核表.xlsx"),
        ({"名称": "别的批次"}, "清单里的名称是“别的批次”"),
        ({"行": [["people", "a", "b", "A1", "x"]]}, "用到的行："),
        ({"结果": {"名单": "别人"}}, "名单：当时 别人，现在"),
    ],
)
def test_a_list_that_was_changed_is_found(copied, changes, said):
    path = package(copied, LISTS[0]) / "清单.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")
    done = jinguo(copied, "verify", str(path.parent))
    assert done.returncode == 1
    assert said in done.stdout
    assert "结论：相符" not in done.stdout


#: A list as it is written, and what may be wrong with it.
LIST = {
    "种类": "推荐", "对象": "T", "名称": "n", "基准日期": "2026-10-15", "输入": {"a": "b"}, "文件": {"a": "b"}, "结果": {"a": "b"}, "行": [["a"] * 5],
}  # fmt: skip
WRONG: list[dict[str, object]] = [
    {"结果": []}, {"文件": []}, {"行": [["a"]]}, {"行": None}, {"对象": ""}, {"基准日期": "x"}, {"种类": "别的"},
]  # fmt: skip


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", '{"种类": "推荐"}', *(json.dumps(LIST | wrong) for wrong in WRONG)]
)
def test_a_folder_that_is_no_package_is_said_to_be_none(copied, content):
    folder = copied / "别的"
    folder.mkdir()
    if content is not None:
        (folder / "清单.json").write_text(content, "utf-8")
    done = jinguo(copied, "verify", str(folder))
    assert done.returncode == 2
    assert "请这样做" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_batch_that_is_gone_is_said(copied):
    workbook = copied / "workbooks" / "推荐台账.xlsx"
    change_cell(workbook, "推荐批次", "A2", "TJ2699")
    done = jinguo(copied, "verify", str(package(copied, LISTS[0])))
    assert done.returncode == 2
    assert "台账里没有这一批了：TJ2601 人大代表" in done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("arguments", "folders"),
    [
        (("nominate", "TJ2602", "--audit"), {"TJ2602 政协委员"}),
        (("stats", "--audit"), {"培训考试统计", "年度统计"}),
        (("summary", "--year", "2025", "--compare", "--audit"), {"2025年工作总结（与上年比较）"}),
    ],
)
def test_a_command_writes_its_own_packages(tmp_path, arguments, folders):
    folder = office(tmp_path)
    done = jinguo(folder, *arguments)
    assert done.returncode == 0, done.stdout
    assert {path.name for path in (folder / "output" / "复核").iterdir()} == folders
    assert jinguo(folder, "verify", *(str(package(folder, name)) for name in folders)).returncode == 0
