"""A short run of every target with hypothesis; the long one, guided by what is covered: python -m tests.hard.fuzz."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hard.targets import TARGETS
from tests.helpers import examples

#: Of so few bytes nothing is changed.
NOTHING = b"\0\0\0"


@pytest.mark.long
@pytest.mark.parametrize("name", TARGETS)
def test_a_sound_file_comes_through(name):
    assert TARGETS[name](NOTHING)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_a_changed_file_comes_through_or_is_told(name):
    @settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(min_size=4, max_size=25))
    def run(data: bytes) -> None:
        TARGETS[name](data)

    run()
