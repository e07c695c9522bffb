"""What somebody typed into a cell is text in every workbook, letter, mail and page: no formula, no path, no header, no markup."""

from __future__ import annotations

import email
import email.policy
import html
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.helpers import examples, find_cell, jinguo, office

#: Where in the demo: workbook, sheet, column, the row's key.
PLACES = (
    ("社会组织台账.xlsx", "社会组织", "组织名称", "ZZ0001"), ("社会组织台账.xlsx", "社会组织", "简称", "ZZ0002"), ("社会组织台账.xlsx", "社会组织", "备注", "ZZ0003"),
    ("人员台账.xlsx", "人员", "姓名", "RY0002"), ("人员台账.xlsx", "人员", "工作单位及职务", "RY0003"),
    ("培训考试台账.xlsx", "培训活动", "活动名称", "HD0018"), ("培训考试台账.xlsx", "培训活动", "地点", "HD0018"), ("项目台账.xlsx", "项目", "项目名称", "XM0001"),
)  # fmt: skip
HOSTILE = (
    '=HYPERLINK("http://evil.example/","evil")',
    "+1+evil()",
    "-1+evil()",
    "@SUM(evil)",
    "\t=1+evil()",
    "../../../evil/../evil",
    "CON",
    "evil\r\nBcc: evil@example.org",
    "<script>evil()</script>\"'><img src=x onerror=evil()>",
    "{{ evil }}{% for x in y %}",
    "<r><t>evil</t></r>",
    "evil[2J",
)
COMMANDS = (
    ("check",), ("stats",), ("summary",), ("board",), ("todo",), ("notices",), ("event",), ("roster",), ("audit",), ("mail",), ("survey", "issue"), ("forms",), ("fix",),
)  # fmt: skip


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("turn", range(min(examples(2), len(HOSTILE))))
def test_in_everything_that_is_written(turn, tmp_path):
    folder = office(tmp_path / "office")
    for n, (book, sheet, column, key) in enumerate(PLACES):
        path = folder / "workbooks" / book
        type_in(path, sheet, find_cell(path, sheet, column, key), HOSTILE[(turn * 5 + n) % len(HOSTILE)])
    for words in COMMANDS:
        done = jinguo(folder, "--today", "2026-10-15", *words)
        assert "程序出错" not in done.stdout + done.stderr and "Traceback" not in done.stderr
    outside = {p.name for p in tmp_path.iterdir()} | {p.name for p in folder.iterdir()}
    assert outside <= {"office", "workbooks", "templates", "output", "logs"}
    written = [p for p in (folder / "output").rglob("*") if p.is_file()]
    assert len(written) > 60
    for path in written:
        assert path.stem.upper() not in ("CON", "AUX", "NUL", "PRN")
        for complaint in complaints(path):
            raise AssertionError(f"{path.relative_to(folder)}: {complaint}")


def type_in(path: Path, sheet: str, cell: str, text: str) -> None:
    """Put a text into a cell as a text, whatever it begins with."""
    book = openpyxl.load_workbook(path)
    book[sheet][cell].value = text
    book[sheet][cell].data_type = "s"
    book.save(path)


def outside_quotes(formula: str) -> str:
    """A formula without the texts and the names of sheets in it: a text within a formula is a text."""
    return re.sub(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'", "", html.unescape(formula))


def complaints(path: Path) -> list[str]:
    """What is wrong with a written file that holds such words."""
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(path) as package:
            xml = {
                n: package.read(n).decode("utf-8", "replace")
                for n in package.namelist()
                if n.endswith((".xml", ".rels"))
            }
        formulas = [
            f
            for part in xml.values()
            for f in re.findall(r"<f[ >][^<]*</f>|<f>[^<]*</f>", part)
            if "evil" in outside_quotes(f)
        ]
        fields = [f for part in xml.values() for f in re.findall(r"<w:instrText[^>]*>[^<]*evil[^<]*", part)]
        links = [
            r for n, part in xml.items() if n.endswith(".rels") for r in re.findall(r'Target="[^"]*evil[^"]*"', part)
        ]
        return [*formulas, *fields, *links]
    if path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        return [
            f"{k}: {v}" for k, v in message.items() if k.lower() == "bcc" or (k.lower() == "to" and "evil@" in str(v))
        ]
    if path.suffix == ".html":
        return re.findall(r"<script>evil|<img src=x", path.read_text("utf-8"))
    if path.suffix == ".csv":
        return re.findall(r'(?m)(?:^|,)"?[=+@-][^,]*evil', path.read_text("utf-8-sig"))
    return []


def test_the_record_of_what_was_written_and_the_log_know_nobody(tmp_path):
    folder = office(tmp_path)
    for words in (("all",), ("doctor",), ("survey", "issue")):
        jinguo(folder, "--today", "2026-10-15", *words)
    records = [*folder.rglob("*.json"), *folder.rglob("*.log"), *folder.rglob("诊断.txt"), *folder.rglob(".jinguo*")]
    records = [p for p in records if p.is_file() and "调查" not in p.parts]
    assert records
    for path in records:
        text = re.sub(r"[0-9a-f]{64}", "", path.read_text("utf-8", "replace"))
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)", text), path
