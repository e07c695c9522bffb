"""The docs say what the program says."""

from __future__ import annotations

import re

import pytest
from jinguo.checks import RULES
from jinguo.commands import COMMANDS
from jinguo.loading import FILE_RULES
from jinguo.schema import layout, match
from jinguo.schema.cells import CELL_RULES, CellRule

from tests.helpers import ROOT

READING = (ROOT / "docs" / "什么样的台账都能读.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SOURCE = "".join((ROOT / "scripts" / "jinguo" / "excel" / name).read_text("utf-8") for name in ("sniff.py", "read.py"))


def table_rows(text: str, head: str) -> list[list[str]]:
    """The rows of the table whose first head is `head`."""
    lines = text[text.index(f"| {head} |") :].splitlines()
    rows = []
    for line in lines[2:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@pytest.mark.parametrize("row", table_rows(READING, "来的是什么"), ids=lambda row: row[0])
def test_what_cannot_be_read_is_told_in_the_words_of_the_docs(row):
    said = re.sub(r"（文件夹里的直接略过）", "", row[1])
    assert said in SOURCE


def test_codes_named_in_the_docs_exist():
    rules = [*CELL_RULES, *FILE_RULES, *(r for m in (layout, match) for r in vars(m).values() if isinstance(r, CellRule))]
    known = {rule.code for rule in rules} | set(RULES)
    named = set(re.findall(r"[A-Z]{3,4}-\d{3}", READING))
    assert named
    assert named <= known


def test_codes_are_used_once():
    rules = {id(r): r for r in [*CELL_RULES, *FILE_RULES, *(r for m in (layout, match) for r in vars(m).values() if isinstance(r, CellRule))]}
    codes = [rule.code for rule in rules.values()] + list(RULES)
    assert sorted(codes) == sorted(set(codes))


def test_the_table_of_commands_in_the_readme_is_that_of_the_program():
    rows = table_rows(README, "命令")
    assert [row[0].strip("`") for row in rows] == ["all", "check", "fix", "stats", "notices", "nominate", "forms"]
    assert {row[0].strip("`") for row in rows} == set(COMMANDS)


@pytest.mark.parametrize("row", table_rows(README, "命令"), ids=lambda row: row[0])
def test_every_launcher_in_the_readme_runs_its_command(row):
    if row[1]:
        body = (ROOT / "scripts" / row[1]).read_text("ascii")
        assert f'start.py" {row[0].strip("`")} %*' in body


def test_pictures_in_the_readme_are_there():
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert len(pictures) >= 2
    assert all((ROOT / picture).stat().st_size > 10_000 for picture in pictures)


def test_folders_in_the_readme_are_there():
    for path in re.findall(r"`(scripts/[\w/]+/)`", README):
        assert (ROOT / path).is_dir(), path
