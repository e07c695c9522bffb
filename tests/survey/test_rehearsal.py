"""A rehearsal: one township's answer, mangled on its way back in every way that forms are; it says the same all the same."""

from __future__ import annotations

import datetime
import os
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from jinguo.reports.merge_plan import read_merge_plan
from tests.helpers import change_cell, jinguo, office
from tests.survey.filled_forms import SURVEY, Form, rewritten, save_book

UNIT, OTHER = "泗门镇", "临山镇"


@pytest.fixture(scope="module")
def issued(tmp_path_factory) -> Path:
    folder = office(tmp_path_factory.mktemp("rehearsal"))
    # Last year's survey, then this year's.
    assert jinguo(folder, "--today", "2025-10-15", "survey", "issue", "--name", "2025年摸底").returncode == 1
    assert jinguo(folder, "survey", "issue").returncode == 0
    return folder


@pytest.fixture
def place(issued, tmp_path) -> Path:
    folder = tmp_path / "office"
    shutil.copytree(issued / "workbooks", folder / "workbooks")
    shutil.copytree(issued / "templates", folder / "templates")
    shutil.copytree(issued / "output/调查" / SURVEY / "底稿", folder / "output/调查" / SURVEY / "底稿")
    return folder


def filled(issued: Path, unit: str = UNIT, survey: str = SURVEY) -> Form:
    """The form of a township as it was answered: telephones changed, one filled in, one emptied, one person and her post added,
    one person gone."""
    form = Form(issued / "output/调查" / survey / "发放" / f"{unit} 调查表.xlsx")
    people = [row["姓名"] for row in form.rows("人员")]
    organisations = [row["组织名称"] for row in form.rows("社会组织")]
    form.put("人员", people[0], 手机="13900002222", 微信号="wx0")
    form.put("人员", people[1], 备注="")
    form.put("社会组织", organisations[0], 联系电话="0574-62799999", 个人会员数=88)
    form.add("人员", 姓名="新来的", 性别="女", 出生年月="1990.05", 手机="13900001111")
    form.add("任职", 姓名="新来的", 组织名称=organisations[1], 职务="副会长", 起始="2026.09")
    form.delete("任职", people[-1])
    form.delete("人员", people[-1])
    return form


def lines(place: Path) -> set[tuple[str, ...]]:
    """What is proposed, whoever returned it in whatever file."""
    return {
        (p.kind, p.table, p.who.partition("（")[0], p.field, p.suggested if not p.values else p.values.get("mobile", p.values.get("post", "")), p.decision)
        for p, _ in read_merge_plan(place / "output/调查" / SURVEY / "合并方案.xlsx")
    }  # fmt: skip


def collected(place: Path) -> tuple[set[tuple[str, ...]], str]:
    done = jinguo(place, "survey", "collect", str(place / "收到"))
    assert "【程序出错】" not in done.stderr, done.stderr
    return lines(place), done.stdout + done.stderr


@pytest.fixture(scope="module")
def expected(issued, tmp_path_factory) -> set[tuple[str, ...]]:
    """What the answer says where nothing became of it on the way."""
    folder = tmp_path_factory.mktemp("expected")
    shutil.copytree(issued / "workbooks", folder / "workbooks")
    shutil.copytree(issued / "templates", folder / "templates")
    shutil.copytree(issued / "output/调查" / SURVEY / "底稿", folder / "output/调查" / SURVEY / "底稿")
    filled(issued).save(folder / "收到" / f"{UNIT} 调查表.xlsx")
    found, _ = collected(folder)
    return found


def test_the_answer_itself(expected):
    by_kind = sorted((kind, table, field, decision) for kind, table, _, field, _, decision in expected)
    assert by_kind == [
        ("修改", "organisations", "individual_members", "采用"),
        ("修改", "organisations", "phone", "采用"),
        ("修改", "people", "mobile", "采用"),
        ("修改", "people", "remarks", "待定"),
        ("修改", "people", "微信号", "采用"),
        ("删除", "people", "", "待定"),
        ("删除", "posts", "", "待定"),
        ("新增", "people", "", "采用"),
        ("新增", "posts", "", "采用"),
    ]


# -- what becomes of a form on its way --------------------------------------------------------------------------------

Mangle = Callable[[Form, Path], None]
MANGLES: dict[str, Mangle] = {}


def mangle(name: str) -> Callable[[Mangle], Mangle]:
    def register(function: Mangle) -> Mangle:
        MANGLES[name] = function
        return function

    return register


@mangle("改了名，放在几层文件夹里")
def _renamed(form, folder):
    form.save(folder / "邮件附件" / "1129" / f"附件1：{UNIT}(2).xlsx")


@mangle("栏目挪了位置")
def _columns_moved(form, folder):
    def moved(sheet, rows):
        order = list(range(len(rows[0])))
        random.Random(7).shuffle(order)
        return [[row[c] for c in order] for row in rows]

    save_book(rewritten(form, moved), folder / f"{UNIT}.xlsx")


@mangle("插了栏目，藏了栏目")
def _columns_hidden(form, folder):
    for sheet in ("社会组织", "人员", "任职"):
        target = form.book[sheet]
        target.insert_cols(1)
        target.column_dimensions["D"].hidden = True
    form.save(folder / f"{UNIT}.xlsx")


@mangle("行排了序")
def _rows_sorted(form, folder):
    save_book(
        rewritten(form, lambda _, rows: [rows[0], *sorted(rows[1:], key=lambda r: str(r[1]), reverse=True)]),
        folder / f"{UNIT}.xlsx",
    )


@mangle("中间插了空行，上面加了标题")
def _rows_between(form, folder):
    def spaced(_, rows):
        return [rows[0], *(line for row in rows[1:] for line in (row, [None] * len(row)))]

    save_book(
        rewritten(
            form, spaced, ("附件1", f"{UNIT}女性社会组织调查表", "填报单位：泗门镇妇联　　填报日期：2026年10月20日")
        ),
        folder / f"{UNIT}.xlsx",
    )


@mangle("只粘了内容，没有编号")
def _without_keys(form, folder):
    save_book(rewritten(form, lambda _, rows: [row[1:] for row in rows]), folder / f"{UNIT}.xlsx")


@mangle("编号换成了序号")
def _serials_for_keys(form, folder):
    def serial(_, rows):
        return [["序号", *rows[0][1:]], *([n, *row[1:]] for n, row in enumerate(rows[1:], 1))]

    save_book(rewritten(form, serial), folder / f"{UNIT}.xlsx")


@mangle("编号栏里填了序号")
def _serials_in_keys(form, folder):
    save_book(
        rewritten(form, lambda _, rows: [rows[0], *([n, *row[1:]] for n, row in enumerate(rows[1:], 1))]),
        folder / f"{UNIT}.xlsx",
    )


@mangle("工作表改了名")
def _sheets_renamed(form, folder):
    for n, sheet in enumerate(("社会组织", "人员", "任职"), 1):
        form.book[sheet].title = f"Sheet{n}"
    form.save(folder / f"{UNIT}.xlsx")


@mangle("数字、日期存成了文本，有空格")
def _as_text(form, folder):
    def text(_, rows):
        return [
            rows[0],
            *([f" {v}　" if v not in (None, "") and c else v for c, v in enumerate(row)] for row in rows[1:]),
        ]

    save_book(rewritten(form, text), folder / f"{UNIT}.xlsx")


@mangle("全角，姓名中间有空格")
def _full_width(form, folder):
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")

    def changed(sheet, rows):
        place = rows[0].index("姓名") if "姓名" in rows[0] else None
        found = []
        for row in rows[1:]:
            row = [
                v.translate(wide)
                if isinstance(v, str)
                and c
                and "@" not in v
                and "*" not in v
                and "wx" not in v
                and not any("\u4e00" <= x <= "\u9fff" for x in v)
                else v
                for c, v in enumerate(row)
            ]
            if place is not None and row[place] and len(row[place]) == 2:
                row[place] = "　".join(row[place])
            found.append(row)
        return [rows[0], *found]

    save_book(rewritten(form, changed), folder / f"{UNIT}.xlsx")


@mangle("年月填成了日期")
def _months_as_days(form, folder):
    _, titles = form.header("人员")
    for row in form.rows("人员"):
        year, month = str(row["出生年月"]).split(".")
        form.book["人员"].cell(row["_row"], titles["出生年月"]).value = f"{year}年{int(month)}月"
    form.save(folder / f"{UNIT}.xlsx")


@mangle("两份一样的")
def _twice(form, folder):
    path = form.save(folder / f"{UNIT}.xlsx")
    shutil.copy(path, folder / f"{UNIT} - 副本.xlsx")


@mangle("先交了一份没填的，又交了一份")
def _two_versions(form, folder):
    form.save(folder / f"{UNIT}（最终）.xlsx")


@mangle("旁边有照片、临时文件、压缩包、别的文件")
def _beside(form, folder):
    form.save(folder / f"{UNIT}.xlsx")
    (folder / "IMG_2024.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (folder / f"~${UNIT}.xlsx").write_bytes(b"\x00" * 165)
    with zipfile.ZipFile(folder / "附件.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    (folder / "附件.rar").write_bytes(b"Rar!\x1a\x07\x00")
    (folder / "说明.docx").write_bytes(b"PK\x03\x04")
    book = openpyxl.Workbook()
    book.active.append(["日期", "品名", "金额"])
    book.active.append([datetime.date(2026, 1, 2), "纸", 30])
    book.save(folder / "办公用品.xlsx")


@mangle("删了底稿")
def _without_the_hidden_sheet(form, folder):
    del form.book["调查底稿"]
    form.save(folder / f"{UNIT}.xlsx")


@mangle("合并了单元格，加了合计和落款")
def _merged(form, folder):
    rows = form.rows("人员")
    sheet = form.book["人员"]
    last = rows[-1]["_row"]
    sheet.cell(last + 1, 1).value = "合计"
    sheet.cell(last + 1, 2).value = f"{len(rows)}人"
    sheet.cell(last + 3, 1).value = "填表人：李四　　填表日期：2026年10月20日"
    form.save(folder / f"{UNIT}.xlsx")


@mangle("复制了一行来加新人，编号重了")
def _copied_row(form, folder):
    rows = form.rows("人员")
    new = next(row for row in rows if row["姓名"] == "新来的")
    form.book["人员"].cell(new["_row"], 1).value = rows[0]["编号（勿改）"]
    form.save(folder / f"{UNIT}.xlsx")


@mangle("每张表各存了一个文件")
def _a_file_a_sheet(form, folder):
    for sheet in ("社会组织", "人员", "任职"):
        book = rewritten(form, lambda _, rows: rows)
        for other in ("社会组织", "人员", "任职"):
            if other != sheet:
                del book[other]
        save_book(book, folder / UNIT / f"{sheet}.xlsx")


#: Where the proposals are those of the answer, but for what is left to be decided, as a row came without its number.
_MORE_IS_ASKED = {"复制了一行来加新人，编号重了"}


@pytest.mark.parametrize("name", MANGLES)
def test_a_mangled_form_says_what_it_said(name, issued, place, expected):
    MANGLES[name](filled(issued), place / "收到")
    if name == "先交了一份没填的，又交了一份":
        earlier = Form(issued / "output/调查" / SURVEY / "发放" / f"{UNIT} 调查表.xlsx").save(
            place / "收到" / f"{UNIT}.xlsx"
        )
        os.utime(earlier, (1_700_000_000, 1_700_000_000))
    found, told = collected(place)
    if name in _MORE_IS_ASKED:
        found, wanted = ({line[:-1] for line in these} for these in (found, expected))
        assert found == wanted
    elif name == "先交了一份没填的，又交了一份":
        # The first one still has who is gone in the second.
        assert {line for line in expected if line[0] != "删除"} <= found
    else:
        assert found == expected, told


def test_what_is_no_form_is_named_in_words(issued, place):
    MANGLES["旁边有照片、临时文件、压缩包、别的文件"](filled(issued), place / "收到")
    _, told = collected(place)
    assert "IMG_2024.jpg：是图片或扫描件" in told
    assert "附件.zip：是压缩包，请先解压" in told and "附件.rar：是压缩包" in told
    assert "办公用品.xlsx" in told and "不是这次的调查表" in told
    assert "~$" not in told


def test_one_file_for_two_townships(issued, place, expected):
    """The rows of another township's form below one's own."""
    form, other = filled(issued), Form(issued / "output/调查" / SURVEY / "发放" / f"{OTHER} 调查表.xlsx")
    other.put("人员", "黎可欣", 手机="13900009999")
    book = rewritten(form, lambda sheet, rows: [*rows, *other.grid(sheet)[1:]])
    save_book(book, place / "收到" / "两个镇的.xlsx")
    found, _ = collected(place)
    assert found == expected | {("修改", "people", "黎可欣", "mobile", "13900009999", "采用")}
    sheet = openpyxl.load_workbook(place / "output/调查" / SURVEY / "回收进度.xlsx")["进度"]
    states = {row[0]: row[1] for row in sheet.iter_rows(min_row=4, values_only=True)}
    assert states[OTHER] == "已收"


def test_what_a_later_file_of_the_unit_takes_back_is_asked(issued, place):
    form = Form(issued / "output/调查" / SURVEY / "发放" / f"{UNIT} 调查表.xlsx")
    untouched = form.save(place / "收到" / f"{UNIT}（更正）.xlsx")
    form.put("人员", form.rows("人员")[0]["姓名"], 手机="13900002222")
    os.utime(form.save(place / "收到" / f"{UNIT}.xlsx"), (1_700_000_000, 1_700_000_000))
    os.utime(untouched, (1_700_009_000, 1_700_009_000))
    found, _ = collected(place)
    assert {line[-1] for line in found} == {"待定"}


def test_two_versions_that_differ_are_both_shown_and_neither_is_taken(issued, place):
    filled(issued).save(place / "收到" / f"{UNIT}.xlsx")
    second = filled(issued)
    second.put("人员", second.rows("人员")[0]["姓名"], 手机="13900008888")
    second.save(place / "收到" / f"{UNIT}（改）.xlsx")
    found, _ = collected(place)
    both = {(kind, suggested, decision) for kind, _, _, field, suggested, decision in found if field == "mobile"}
    assert both == {("冲突", "13900002222", "待定"), ("冲突", "13900008888", "待定")}


def test_last_year_s_form_is_told_and_nothing_of_it_is_taken(issued, place):
    filled(issued, survey="2025年摸底").save(place / "收到" / f"{UNIT}.xlsx")
    found, told = collected(place)
    assert found and {line[-1] for line in found} == {"待定"}
    assert "2025年摸底 2025-10-15”的表" in told


def test_the_same_new_person_from_two_townships_is_one(issued, place):
    for unit in (UNIT, OTHER):
        form = Form(issued / "output/调查" / SURVEY / "发放" / f"{unit} 调查表.xlsx")
        form.add("人员", 姓名="新来的", 性别="女", 手机="13900001111", 政治面貌="群众" if unit == UNIT else "中共党员")
        form.save(place / "收到" / f"{unit}.xlsx")
    collected(place)
    (p,) = [p for p, _ in read_merge_plan(place / "output/调查" / SURVEY / "合并方案.xlsx")]
    assert (p.kind, p.decision) == ("新增", "待定")
    assert "都报了" in p.reason and "政治面貌在" in p.reason


def test_a_form_with_a_password_is_told(place):
    """A compound file with the stream that Office puts an encrypted workbook into."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    (place / "收到").mkdir(parents=True)
    (place / "收到" / f"{UNIT}.xlsx").write_bytes(head + "EncryptedPackage".encode("utf-16-le") + b"\0" * 500)
    _, told = collected(place)
    assert "设了打开密码" in told


@pytest.mark.long
@pytest.mark.libreoffice
@pytest.mark.parametrize("suffix", ["xls", "ods", "et"])
def test_other_formats(suffix, issued, place, expected):
    from jinguo.word.libreoffice import find_libreoffice

    program = find_libreoffice()
    path = filled(issued).save(place / "到" / f"{UNIT}.xlsx")
    kind = "xls" if suffix == "et" else suffix
    subprocess.run(
        [program, "--headless", "--convert-to", kind, "--outdir", str(place / "收到"), str(path)],
        check=True,
        capture_output=True,
    )
    if suffix == "et":
        (place / "收到" / f"{UNIT}.xls").rename(place / "收到" / f"{UNIT}.et")
    found, told = collected(place)
    assert found == expected, told


def test_a_registry_that_has_moved_on_keeps_what_it_has(issued, place, expected):
    """Rows inserted above and a telephone changed with us in the meantime: a conflict, the rest as before."""
    people = place / "workbooks" / "人员台账.xlsx"
    form = filled(issued)
    first = form.rows("人员")[0]["编号（勿改）"]
    book = openpyxl.load_workbook(people)
    sheet = book["人员"]
    row = next(n for n in range(2, sheet.max_row + 1) if sheet.cell(n, 1).value == first)
    change_cell(people, "人员", f"R{row}", "13900007777")
    form.save(place / "收到" / f"{UNIT}.xlsx")
    found, _ = collected(place)
    changed = {line for line in found if line[3] == "mobile" and line[1] == "people"}
    assert {(line[0], line[-1]) for line in changed} == {("冲突", "待定")}
    assert found - changed == {line for line in expected if line[3] != "mobile"}
