"""Any one cell of the clean demo damaged in a known way: the right code at that cell, and no other error anywhere."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.damages import DAMAGES, VISIBLE, places, plant
from tests.helpers import ROOT, examples

DOCS = (ROOT / "docs" / "校验的把握.md").read_text("utf-8")


def test_there_are_more_than_twenty_kinds_of_damage_each_somewhere():
    assert len({d.name for d in VISIBLE}) == len(VISIBLE) >= 20
    assert all(places(d) for d in DAMAGES)


@pytest.mark.slow
@pytest.mark.parametrize("damage", VISIBLE, ids=lambda d: d.name)
@given(st.integers(0, 2**32))
@settings(max_examples=examples(2), deadline=None)
def test_damage_is_found_at_its_cell_and_nothing_else_is_called_an_error(damage, seed):
    planted = plant(damage, random.Random(seed))
    assert planted.found, (planted.sheet, planted.cells, planted.new)
    assert planted.other_errors == []


@pytest.mark.parametrize("damage", [d for d in DAMAGES if not d.codes], ids=lambda d: d.name)
def test_what_no_program_can_see_raises_no_false_error(damage):
    planted = plant(damage, random.Random(1))
    assert planted.other_errors == []


def test_the_published_figures_are_of_these_kinds():
    """Where this fails: python scripts/maintenance/measure_checks.py."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DOCS.splitlines()
        if re.match(r"\| [^-]", line)
    ][1:]
    assert [row[0] for row in rows] == [d.name for d in DAMAGES]
    assert [row[1] for row in rows] == ["、".join(d.codes) or "—" for d in DAMAGES]
    assert all(row[2] == row[3] and row[4] == "0" for row, d in zip(rows, DAMAGES, strict=True) if d.codes)
