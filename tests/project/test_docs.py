"""The docs say what the program says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import click
import pytest

from jinguo.checks import RULES
from jinguo.commands import commands
from jinguo.reference.reference import field_dictionary, glossary, pages, placeholder_table, rule_table, sentence_table
from jinguo.schema import TABLES
from jinguo.schema.problems import READING_RULES
from maintenance.make_launchers import LAUNCHERS
from tests.helpers import ROOT, change_cell, jinguo, snapshot

READING = (ROOT / "docs" / "什么样的台账都能读.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SOURCE = "".join(
    (ROOT / "scripts" / "jinguo" / "excel" / "reading" / name).read_text("utf-8")
    for name in ("sniff.py", "read.py", "delimited.py", "used_range.py", "../owner_file.py")
)


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
    named = set(re.findall(r"[A-Z]{3,4}-\d{3}", READING))
    assert named
    assert named <= set(pages())


def test_codes_are_used_once():
    codes = [rule.code for rule in READING_RULES.values()] + list(RULES)
    assert sorted(codes) == sorted(set(codes)) == list(pages())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("规则表.md", rule_table),
        ("字段字典.md", field_dictionary),
        ("术语表.md", glossary),
        ("模板标记.md", placeholder_table),
        ("公文用语.md", sentence_table),
    ],
)
def test_generated_docs_are_fresh(name, text):
    """Where this fails: python scripts/maintenance/make_docs.py."""
    assert (ROOT / "docs" / name).read_text("utf-8") == text()


def test_every_sheet_and_column_has_its_english_name():
    rows = table_rows(glossary(), "栏目")
    pairs = {(row[0], row[1].strip("`")) for row in rows}
    assert pairs == {(f.header, f.name) for spec in TABLES.values() for f in spec.fields}
    assert [row[1].strip("`") for row in table_rows(glossary(), "工作表")] == list(TABLES)


def test_every_rule_has_its_row():
    rows = table_rows(rule_table(), "编号")
    assert [row[0] for row in rows] == list(pages())
    assert all(row[1] in ("错误", "警告", "提示") and all(row[2:]) for row in rows)


def test_every_column_has_its_row():
    text = field_dictionary()
    for spec in TABLES.values():
        part = text[text.index(f"\n### {spec.sheet}\n") :]
        rows = table_rows(part, "栏目")
        assert [row[0].rstrip("*!") for row in rows] == [f.header for f in spec.fields], spec.sheet


def test_explain_prints_the_page_of_a_rule(tmp_path):
    done = jinguo(tmp_path, "explain", "org-004")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "ORG-004（错误）",
        "规定：已登记的组织要有登记日期和登记机关。",
        "为什么：年检、评估、届期都从登记日期算起。",
        "依据：《社会团体登记管理条例》第十二条、第十六条。",
        "怎样改：请对照登记证书补上；确未登记就改登记状态。",
    ]


def test_explain_suggests_the_nearest_code(tmp_path):
    done = jinguo(tmp_path, "explain", "ORG004")
    assert done.returncode == 2
    assert "没有“ORG004”这条规则" in done.stderr
    assert "是不是 ORG-004？" in done.stderr


def test_the_table_of_commands_in_the_readme_is_that_of_the_program():
    rows = table_rows(README, "命令")
    steps = [
        f"{name} {step}" if step else name
        for name, command in commands().items()
        for step in (command.commands if isinstance(command, click.Group) else [""])
    ]
    assert [row[0].strip("`") for row in rows] == steps


@pytest.mark.parametrize("row", table_rows(README, "命令"), ids=lambda row: row[0])
def test_every_launcher_in_the_readme_runs_its_command(row):
    if row[1]:
        assert LAUNCHERS[row[1].removesuffix(".bat")] == row[0].strip("`")


def test_pictures_in_the_readme_are_there():
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", README)
    assert len(pictures) >= 3
    assert all((ROOT / picture).stat().st_size > 10_000 for picture in pictures)


def test_folders_in_the_readme_are_there():
    for path in re.findall(r"`(scripts/[\w/]+/)`", README):
        assert (ROOT / path).is_dir(), path


def test_what_the_readme_shows_an_analyst_works():
    """The lines of the README, run from the project's folder in a fresh Python."""
    (code,) = re.findall(r"```python\n(.*?)```", README, re.S)
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nprint(len(frame), len(unfinished(registry, 2026)))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows, waiting = map(int, done.stdout.split())
    assert rows > 600 and waiting > 5


class TestMaintenance:
    """What a maintainer runs after a change."""

    def test_the_words_of_click_are_compiled(self, tmp_path):
        """Where this fails: python scripts/maintenance/renew.py."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        folder = ROOT / "scripts" / "jinguo" / "commands" / "locale" / "zh" / "LC_MESSAGES"
        with (folder / "messages.po").open("rb") as source, (tmp_path / "messages.mo").open("wb") as target:
            write_mo(target, read_po(source, locale="zh"))
        assert (folder / "messages.mo").read_bytes() == (tmp_path / "messages.mo").read_bytes()

    @pytest.fixture
    def project(self, tmp_path):
        """The project as somebody cloned it, with the demo of the last commit."""
        folder = tmp_path / "project"
        for name in ("scripts", "templates", "workbooks"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for command in (
            ["init", "-q"],
            ["add", "-A"],
            ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x"],
        ):
            subprocess.run(["git", *command], cwd=folder, check=True)
        return folder

    @staticmethod
    def make_demo(project, *arguments):
        environment = dict(os.environ, PYTHONPATH=str(project / "scripts"))
        command = [sys.executable, str(project / "scripts" / "maintenance" / "make_demo.py"), *arguments]
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=120)

    @pytest.mark.long
    def test_the_demo_does_not_replace_what_an_office_has_changed(self, project):
        change_cell(project / "workbooks" / "人员台账.xlsx", "人员", "B2", "王新")
        before = snapshot(project / "workbooks")
        done = self.make_demo(project)
        assert done.returncode == 1
        assert done.stderr.splitlines()[1:2] == ["    workbooks/人员台账.xlsx"]
        assert snapshot(project / "workbooks") == before

    @pytest.mark.long
    def test_the_demo_as_git_has_it_is_renewed(self, project, tmp_path):
        (project / "templates" / "公示.docx").unlink()
        before = snapshot(project / "workbooks")
        assert self.make_demo(project).returncode == 0
        assert snapshot(project / "workbooks") == before
        assert (project / "templates" / "公示.docx").exists()

    @pytest.mark.long
    def test_the_demo_may_be_written_elsewhere(self, project, tmp_path):
        change_cell(project / "workbooks" / "人员台账.xlsx", "人员", "B2", "王新")
        assert self.make_demo(project, "--into", str(tmp_path / "new")).returncode == 0
        assert len(list((tmp_path / "new" / "workbooks").iterdir())) == 7
