"""The real commands on an office's own registers: adopt, check, fix, diff and --convert, each in a fresh folder."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from jinguo.excel.reading.read import read_workbook
from jinguo.intake.own.mapping import OPEN, TAKEN
from jinguo.intake.own.read_decisions import mapping_of
from jinguo.intake.own.words import WORDS
from jinguo.schema import TABLES
from jinguo.schema.cells import clean
from jinguo.schema.dates import read_day, read_month
from jinguo.schema.types import Choice
from jinguo.schema.vocabularies import VOCABULARIES
from tests.helpers import change_cell, check_json, jinguo, office, table, workbook_rows
from tests.own.generator import World, certificates, exam_wide, inspections, organisations, people, projects, workbook
from tests.own.test_reading import ORGANISATIONS, ROSTER

SIGN_IN = """
    序号 | 姓名 | 单位 | 签到
    1 | 王芳 | 澄江县茶艺协会 | √
    2 | 李敏 | 东湖街道巧姐队 | 请假
    3 | 何人 | 北桥镇编织社 | √
"""


def write(path: Path, sheet: str, rows: str, *lines: str) -> Path:
    """A workbook of one sheet drawn as a table, with lines above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    for n, line in enumerate(lines):
        page.write_string(n, 0, line)
    for n, row in enumerate(table(rows), len(lines)):
        page.write_row(n, 0, row, None)
    book.close()
    return path


def dropped(folder: Path) -> list[Path]:
    """Three registers of an office, lying somewhere else."""
    return [
        write(folder / "社会组织.xlsx", "一览", ORGANISATIONS, "澄江县女性社会组织台账"),
        write(folder / "花名册.xlsx", "在册", ROSTER),
        write(folder / "签到.xlsx", "3.8沙龙", SIGN_IN, "“三八”维权沙龙签到表", "时间：2026年3月8日 地点：县妇联三楼"),
    ]


def adopted(folder: Path) -> Path:
    home = office(folder / "office", demo=False)
    done = jinguo(home, "adopt", *map(str, dropped(folder / "desk")))
    assert done.returncode in (0, 1), done.stderr
    return home


def decisions(home: Path):
    found, wrong = mapping_of(read_workbook(home / "workbooks" / "对照.xlsx"))
    assert wrong == []
    return found


def decide(home: Path, sheet: str, action: str = TAKEN, meaning: str = "", column: str = "") -> None:
    """Take every open row of a sheet of 对照.xlsx, as a clerk would from the dropdown."""
    rows = workbook_rows(home / "workbooks" / "对照.xlsx", sheet)
    head = list(rows[0])
    for n, row in enumerate(rows[1:], 2):
        if row[head.index("处理")] == OPEN:
            letter = openpyxl.utils.get_column_letter(head.index("处理") + 1)
            change_cell(home / "workbooks" / "对照.xlsx", sheet, f"{letter}{n}", action)
            if meaning:
                letter = openpyxl.utils.get_column_letter(head.index(column) + 1)
                change_cell(home / "workbooks" / "对照.xlsx", sheet, f"{letter}{n}", meaning)


def digests(paths) -> list[str]:
    return [hashlib.sha256(p.read_bytes()).hexdigest() for p in paths]


def test_what_is_dropped_is_copied_and_stays_where_it_was(tmp_path):
    home = office(tmp_path / "office", demo=False)
    files = dropped(tmp_path / "desk")
    before = digests(files)
    done = jinguo(home, "adopt", *map(str, files))
    assert done.stdout.count("已拷到 workbooks") == 3
    assert digests(files) == before == digests(home / "workbooks" / p.name for p in files)
    assert "社会组织、任职、人员" in done.stdout
    assert "读了 3 张表、10 行" in done.stdout
    assert "1 个人员登记表里没有（何人" in done.stdout
    assert "还没有 设置.xlsx" in done.stdout


def test_a_file_that_says_something_else_is_not_written_over(tmp_path):
    home = adopted(tmp_path)
    other = write(tmp_path / "usb" / "花名册.xlsx", "在册", ROSTER.replace("李敏", "李梅"))
    before = (home / "workbooks" / "花名册.xlsx").read_bytes()
    done = jinguo(home, "adopt", str(other))
    assert done.returncode == 1
    assert "workbooks 里已有 花名册.xlsx，内容不同，没有拷" in done.stdout
    assert (home / "workbooks" / "花名册.xlsx").read_bytes() == before


def test_running_again_changes_nothing_and_what_was_decided_is_not_asked_again(tmp_path):
    home = adopted(tmp_path)
    first = (home / "workbooks" / "对照.xlsx").read_bytes()
    jinguo(home, "adopt")
    assert (home / "workbooks" / "对照.xlsx").read_bytes() == first
    decide(home, "认人认组织", meaning="不计", column="对应")
    done = jinguo(home, "adopt")
    assert "认人认组织" not in done.stdout
    assert [i.meaning for i in decisions(home).identities] == ["不计"]
    # A new register asks for itself alone.
    write(home / "workbooks" / "年检.xlsx", "年检", "组织名称 | 2024年检 | 2025年检\n澄江县茶艺协会 | 合格 | 合格")
    done = jinguo(home, "adopt")
    found = decisions(home)
    assert [i.meaning for i in found.identities] == ["不计"]
    assert found.source_of("年检.xlsx", "年检").main == "inspections"


def test_her_word_holds_against_the_proposal(tmp_path):
    home = adopted(tmp_path)
    rows = workbook_rows(home / "workbooks" / "对照.xlsx", "来源")
    n = next(n for n, row in enumerate(rows, 1) if row[0] == "签到.xlsx")
    letter = openpyxl.utils.get_column_letter(list(rows[0]).index("处理") + 1)
    change_cell(home / "workbooks" / "对照.xlsx", "来源", f"{letter}{n}", "不读")
    jinguo(home, "adopt")
    assert {s.workbook: s.action for s in decisions(home).sources}["签到.xlsx"] == "不读"
    _, found = check_json(home)
    assert not [f for f in found if f["workbook"] == "签到.xlsx" and f["code"] != "REG-016"]


def test_the_rules_speak_of_her_cells_and_change_nothing(tmp_path):
    home = adopted(tmp_path)
    before = digests(sorted((home / "workbooks").iterdir()))
    code, found = check_json(home)
    assert code != 0
    said = {(f["code"], f["workbook"], f["cell"]) for f in found}
    # 2024.5-2021.5, and 签到 of somebody no register knows.
    assert ("ORG-009", "社会组织.xlsx", "I5") in said
    assert ("REG-019", "签到.xlsx", "B6") in said
    marked = home / "output" / "校验" / "社会组织（标注）.xlsx"
    assert marked.exists() and workbook_rows(marked, "一览")[4][8] == "2024.5-2021.5"
    assert digests(sorted((home / "workbooks").iterdir())) == before


def test_fix_writes_whole_cells_of_hers_and_leaves_those_it_split(tmp_path):
    home = office(tmp_path / "office", demo=False)
    write(home / "workbooks" / "花名册.xlsx", "在册", ROSTER.replace("13800001111", "138-0000-1111"))
    write(home / "workbooks" / "社会组织.xlsx", "一览", ORGANISATIONS)
    jinguo(home, "adopt")
    jinguo(home, "fix")
    done = jinguo(home, "fix", "--write")
    assert done.returncode == 0, done.stdout + done.stderr
    roster = workbook_rows(home / "workbooks" / "花名册.xlsx", "在册")
    assert roster[1][6] == "13800001111"
    assert roster[1][5] == "澄江县茶艺协会会长"
    assert workbook_rows(home / "workbooks" / "社会组织.xlsx", "一览")[1][6] == "王芳 会长"


def test_a_pattern_stands_for_the_lists_of_a_folder(tmp_path):
    home = office(tmp_path / "office", demo=False)
    write(home / "workbooks" / "花名册.xlsx", "在册", ROSTER)
    for month, day in ((3, 8), (4, 17)):
        line = f"时间：2026年{month}月{day}日 地点：县妇联三楼"
        path = home / "workbooks" / "签到" / f"{month}.{day}沙龙.xlsx"
        write(path, "Sheet1", SIGN_IN, f"{month}月维权沙龙签到表", line)
    jinguo(home, "adopt")
    found = decisions(home)
    assert {s.workbook for s in found.sources if s.main == "attendance"} == {"签到/3.8沙龙.xlsx", "签到/4.17沙龙.xlsx"}
    _, findings = check_json(home)
    unknown = [(f["workbook"], f["cell"]) for f in findings if f["code"] == "REG-019" and "何人" in f["message"]]
    assert unknown, findings


def test_every_command_names_adopt_where_a_file_is_none_of_ours(tmp_path):
    home = office(tmp_path / "office")
    write(home / "workbooks" / "我的花名册.xlsx", "在册", ROSTER)
    for command in (["check"], ["stats"], ["notices"]):
        done = jinguo(home, *command)
        assert "我的花名册.xlsx" in done.stdout, command
        assert "接入台账" in done.stdout, command


def test_a_foreign_sheet_is_checked_at_once_for_what_is_sure(tmp_path):
    home = office(tmp_path / "office", demo=False)
    rows = ["案号 | 当事人 | 统一社会信用代码 | 处罚日期"]
    rows += [
        f"罚〔2025〕{n}号 | 澄江县第{n}餐馆 | 92330281MA2K{n:04d}0A | 2025-03-{n % 28 + 1:02d}" for n in range(1, 40)
    ]
    path = write(tmp_path / "处罚.xlsx", "公示", "\n".join(rows))
    done = jinguo(home, "check", str(path))
    assert "CELL-012  处罚.xlsx › 公示 › C2" in done.stdout
    assert "“统一社会信用代码”第 17、18 位校验码对不上" in done.stdout
    assert "处罚日期”填的" not in done.stdout


def test_notes_lists_and_hidden_columns_say_what_a_column_is(tmp_path):
    home = office(tmp_path / "office", demo=False)
    book = openpyxl.Workbook()
    page = book.active
    page.title = "一览"
    page.append(["名称", "属性", "代号栏", "内部"])
    for n, kind in enumerate(("社会团体", "", ""), 1):
        page.append([f"澄江县第{n}女子协会", kind, "", "备用"])
    page["C1"].comment = Comment("李四:\n这里填统一社会信用代码，18 位", "李四")
    rule = DataValidation(type="list", formula1="=下拉!$A$1:$A$3")
    rule.add("B2:B50")
    page.add_data_validation(rule)
    page.column_dimensions["D"].hidden = True
    options = book.create_sheet("下拉")
    for word in ("社会团体", "民办非企业单位", "社区社会组织"):
        options.append([word])
    book.save(home / "workbooks" / "社会组织.xlsx")
    jinguo(home, "adopt")
    found = {c.title: c for c in decisions(home).columns}
    assert found["属性"].fields == ("organisations.type",)
    assert found["代号栏"].fields == ("organisations.credit_code",)
    assert found["内部"].samples.startswith("（隐藏的栏）")
    assert [s.action for s in decisions(home).sources if s.sheet == "下拉"] == ["不读"]


def test_the_demo_of_own_registers_is_adopted_and_has_no_error(tmp_path):
    home = office(tmp_path / "office", demo=False)
    assert jinguo(home, "demo", "--own", str(tmp_path / "desk")).returncode == 0
    jinguo(home, "--today", "2026-11-29", "adopt", str(tmp_path / "desk"))
    found = decisions(home)
    assert [s.workbook for s in found.sources if s.action != TAKEN] == []
    assert len([c for c in found.columns if c.action == OPEN]) == 0
    _, findings = check_json(home, "--today", "2026-11-29")
    assert [f for f in findings if f["severity"] == "error"] == []


def _texts(folder: Path) -> set[str]:
    """Every text of every workbook of a folder."""
    return {
        _plain(v) for path in folder.glob("*.xlsx") for sheet in read_workbook(path) for row in sheet.rows for v in row
    }


def _plain(value: Any) -> str:
    """A cell without its spaces; a day or a month in the one way that a workbook of ours has it."""
    text = re.sub(r"\s+", "", clean(value))
    text = re.sub(r"^(1\d\d)-(\d{4})-(\d{4})$", r"\1\2\3", text)
    day, month = read_day(text), read_month(text)
    return f"{day:%Y-%m-%d}" if day else f"{month}" if month else text


def _in_our_words(value: str) -> set[str]:
    """What the words of our lists say for a word of hers."""
    found = {f"{value}族", *(words[value] for words in WORDS.values() if value in words)}
    for spec in TABLES.values():
        for f in spec.fields:
            if isinstance(f.type, Choice):
                meant = f.type.parser(VOCABULARIES)(value).value
                found |= {*meant} if isinstance(meant, tuple) else {str(meant)}
    return found - {"", "None"}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kinds", [(organisations, people), (exam_wide, certificates), (projects, inspections)])
def test_nothing_is_lost_when_registers_become_our_workbooks(tmp_path, seed, kinds):
    """Every filled cell of hers stands in one of ours, as it was or as our lists and dates write it, or on the list of
    what was left, by its address."""
    home = office(tmp_path / "office", demo=False)
    books = {}
    for kind in kinds:
        made = kind(World(seed))
        books[made.file] = home / "workbooks" / made.file
        books[made.file].write_bytes(workbook(made))
    jinguo(home, "adopt", "--convert", str(tmp_path / "ours"))
    left = {tuple(row[:3]) for row in workbook_rows(tmp_path / "ours" / "没有搬的.xlsx", "没有搬的")}
    (tmp_path / "ours" / "没有搬的.xlsx").unlink()
    texts = _texts(tmp_path / "ours")
    lost = []
    for name, path in books.items():
        for sheet in read_workbook(path):
            first, last = decisions(home).source_of(name, sheet.name).header
            for r, row in enumerate(sheet.rows, 1):
                for c, value in enumerate(row, 1):
                    place = (name, sheet.name, f"{openpyxl.utils.get_column_letter(c)}{r}")
                    is_there = _plain(value) in texts or _in_our_words(clean(value)) & texts
                    if not first <= r <= last and clean(value) and not is_there and place not in left:
                        lost.append((*place, value))
    assert lost == []
