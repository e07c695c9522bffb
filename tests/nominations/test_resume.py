"""A résumé as people write it: the months in it that nothing is said of."""

from __future__ import annotations

import datetime

import pytest

from jinguo.nominations.resume import resume_gaps


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("2000.09—2005.07 学习\n2007.03—今 工作", ["2005.08—2007.02"]),
        ("2000.09—2005.07 学习\n2005.09—今 工作", ["2005.08—2005.08"]),
        # In the month the last one ends in, or the month after.
        ("2000.09—2005.07 学习\n2005.08—今 工作", []),
        ("2000.09—2005.07 学习\n2005.07—今 工作", []),
        ("2000.09—2026.08 工作", ["2026.09—今"]),
        ("2000.09—2026.09 工作", []),
        # A span within another ends nothing.
        ("2000.09—2010.07 工作\n2002.01—2003.01 进修\n2010.08—今 工作", []),
        ("随便写的", []),
        ("2000.13—2005.07 学习", []),
    ],
)
def test_the_months_nothing_is_said_of(text, gaps):
    assert resume_gaps(text, datetime.date(2026, 10, 15)) == gaps
