"""The house stays in order: which room may import which, and names that mean one thing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tests.helpers import ROOT

PACKAGE = ROOT / "scripts" / "jinguo"
MODULES = sorted(PACKAGE.rglob("*.py"))
#: Rooms whose modules are named as the area, the command or the part of the demo that they are for.
BY_AREA = ("checks", "commands", "demo")


def test_the_contracts_of_the_rooms_are_kept():
    """The floors, the circles and who may touch what, as setup.cfg has them."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache", "setup.cfg"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
    assert re.search(r"Contracts: (\d+) kept, 0 broken", done.stdout)


def test_every_room_stands_in_the_contracts():
    """A new room has its floor, and may touch neither console nor workbooks nor documents but where its contract
    says so."""
    text = (ROOT / "setup.cfg").read_text("utf-8")
    contracts = dict(re.findall(r"\[importlinter:contract:(\w+)\](.*?)(?=\n\[|\Z)", text, re.S))
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(re.findall(r"\w+", contracts["floors"].split("layers =")[1].split("exhaustive")[0])) - {
        "__main__"
    }
    for name, own in (("console", {"commands"}), ("workbooks", {"excel"}), ("documents", {"word", "mail"})):
        assert set(re.findall(r"jinguo\.(\w+)", contracts[name])) == rooms - own, name


def test_no_domain_module_lies_loose_at_the_root():
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py"]


def test_no_two_modules_share_a_name():
    named = defaultdict(list)
    for path in MODULES:
        room = path.relative_to(PACKAGE).parts[0]
        if path.name not in ("__init__.py", "__main__.py") and room not in BY_AREA:
            named[path.stem].append(str(path.relative_to(PACKAGE)))
    assert {name: paths for name, paths in named.items() if len(paths) > 1} == {}


def test_no_two_classes_share_a_name():
    named = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef):
                named[node.name].append(path.name)
    assert {name: paths for name, paths in named.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_what_it_is_and_is_no_longer_than_one_idea(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)) or not text.strip()
    # The demo is a table of data.
    assert text.count("\n") <= 300 or path.parent.name == "demo"


def test_rules_of_reading_are_created_in_the_catalogue_alone():
    """Elsewhere a rule would be in no document until its module happens to be imported."""
    created = {path.name for path in MODULES if re.search(r"\bReadingRule\(\s*\"", path.read_text("utf-8"))}
    # The second is imported with the schema.
    assert created == {"problems.py", "register_problems.py"}


def test_a_function_takes_six_values_at_the_most():
    """More are a value that has no name yet. The options of a command are what staff may write."""
    many = []
    for path in MODULES:
        if path.parent.name == "commands":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                if len([name for name in names if name not in ("self", "cls")]) > 6:
                    many.append((path.name, node.name))
    assert many == []
