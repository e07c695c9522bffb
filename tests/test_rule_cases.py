"""Each rule with one bad and one good registry, drawn as small tables; ✘ marks the cells where it must be found."""

from __future__ import annotations

import pytest

from jinguo.checks import check
from jinguo.excel.read import column_letter
from tests.cases import CASES
from tests.helpers import registry


def read_case(text: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The sheets of a drawn case, each begun by 【its name】, and the (sheet, cell) of every ✘ in it."""
    sheets: dict[str, list[str]] = {}
    marked = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("【"):
            name, _, line = line[1:].partition("】")
            sheets[name] = []
        sheets[name].append(line.replace("✘", ""))
        row = len(sheets[name])
        marked += [(name, f"{column_letter(n)}{row}") for n, cell in enumerate(line.split("|")) if "✘" in cell]
    return {name: "\n".join(lines) for name, lines in sheets.items()}, marked


def found(code: str, text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Where the rule is found in a drawn case, and where it must be."""
    sheets, marked = read_case(text)
    return sorted((f.sheet, f.cell) for f in check(registry(**sheets)) if f.code == code), sorted(marked)


@pytest.mark.parametrize("code", CASES)
def test_bad(code):
    places, marked = found(code, CASES[code][0])
    assert marked
    assert places == marked


@pytest.mark.parametrize("code", CASES)
def test_good(code):
    places, marked = found(code, CASES[code][1])
    assert not marked
    assert places == []


@pytest.mark.parametrize("code", CASES)
def test_the_message_names_no_none(code):
    sheets, _ = read_case(CASES[code][0])
    messages = [f.message for f in check(registry(**sheets)) if f.code == code]
    assert not [m for m in messages if "None" in m or "Decimal" in m]
