"""The duty roster by hand: who is on duty when, fairly; and which days are working days."""

from __future__ import annotations

import datetime
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.duty.roster import month_roster
from jinguo.registry.settings import Settings
from jinguo.registry.workdays import is_settled, is_workday, last_workday, workdays
from tests.helpers import examples, registry

DAY = datetime.date.fromisoformat

_UNITS = "组织编号 | 可值星期 | 权重\nZZ0001 | |\nZZ0002 | |"


def roster(year: int = 2026, month: int = 11, **sheets):
    return month_roster(registry(**({"值班单位": _UNITS} | sheets)), year, month)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-10-10", True),
        ("2026-10-01", False),
        ("2026-10-12", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-10-11", False),
        ("2027-10-01", False),
        ("2027-10-04", True),
    ],
    ids=[
        "moved to a Saturday",
        "holiday",
        "Monday",
        "before the festival",
        "festival",
        "Sunday",
        "by law every year",
        "a year nobody knows yet",
    ],
)
def test_working_days(day, working):
    assert is_workday(Settings(), DAY(day)) is working


def test_the_office_s_own_days_come_first():
    own = Settings(holidays={DAY("2026-10-12"): "放假", DAY("2027-02-14"): "上班"})
    assert (is_workday(own, DAY("2026-10-12")), is_workday(own, DAY("2027-02-14"))) == (False, True)
    assert (is_settled(Settings(), 2026), is_settled(Settings(), 2027), is_settled(own, 2027)) == (True, False, True)


def test_five_working_days_both_ends_counted():
    """A published example: Thursday 18 August to Wednesday 24 August 2016; and one over a holiday."""
    assert last_workday(Settings(), DAY("2016-08-18"), 5) == DAY("2016-08-24")
    assert last_workday(Settings(), DAY("2026-09-28"), 5) == DAY("2026-10-09")
    assert last_workday(Settings(), DAY("2026-12-05"), 5) == DAY("2026-12-11")
    assert len(list(workdays(Settings(), DAY("2026-12-07"), DAY("2026-12-11")))) == 5


def test_a_month_has_its_working_days_and_turns_alternate():
    found = roster()
    assert [s.day.day for s in found.shifts] == [n for n in range(1, 31) if datetime.date(2026, 11, n).weekday() < 5]
    assert [s.organisation for s in found.shifts[:4]] == ["ZZ0001", "ZZ0002", "ZZ0001", "ZZ0002"]
    assert found.days_of() == Counter({"ZZ0001": 11, "ZZ0002": 10})
    assert not found.provisional and roster(2027, 1).provisional


def test_a_weight_of_two_is_twice_the_days():
    assert roster(值班单位="组织编号 | 权重\nZZ0001 | 2\nZZ0002 | 1").days_of() == Counter({"ZZ0001": 14, "ZZ0002": 7})


def test_weekdays_absences_ends_and_the_dissolved():
    found = roster(
        社会组织="组织编号 | 登记状态\nZZ0001 | 已登记\nZZ0002 | 已登记\nZZ0003 | 已注销",
        值班单位="""
            组织编号 | 可值星期     | 起始       | 结束
            ZZ0001   | 周一、周三   | 2026-01-01 |
            ZZ0002   |              | 2026-01-01 | 2026-11-20
            ZZ0003   |              | 2026-01-01 |
        """,
        不可值班="组织编号 | 起 | 止\nZZ0002 | 2026-11-05 | 2026-11-06",
    )  # fmt: skip
    on = {s.day.day: s.organisation for s in found.shifts}
    assert {on[d] for d in (3, 5, 6, 10)} == {"ZZ0002", None} and (on[5], on[6]) == (None, None)
    assert all(on[d] in ("ZZ0001", None) for d in range(23, 31) if d in on)
    assert "ZZ0003" not in on.values()


def test_a_swap_is_done_by_the_substitute():
    found = roster(换班="日期 | 原组织 | 替班组织\n2026-11-04 | ZZ0001 | ZZ0002")
    (shift,) = [s for s in found.shifts if s.instead_of]
    assert (shift.day, shift.organisation, shift.instead_of) == (DAY("2026-11-04"), "ZZ0002", "ZZ0001")
    # The substitute has one day more, and the turns even out.
    assert abs(found.days_of()["ZZ0001"] - found.days_of()["ZZ0002"]) <= 1


def test_who_was_on_duty_last_does_not_begin_the_month():
    log = "日期 | 组织编号 | 到岗\n2026-10-29 | ZZ0002 | 是\n2026-10-30 | ZZ0001 | 是"
    assert roster(值班记录=log).shifts[0].organisation == "ZZ0002"


def test_every_day_where_the_centre_is_open_every_day():
    found = roster(参数="参数 | 值\n值班日 | 每天")
    assert len(found.shifts) == 30
    weekend = Counter(s.organisation for s in found.shifts if s.day.weekday() >= 5)
    assert max(weekend.values()) - min(weekend.values()) <= 1


def test_without_units_nobody_is_on_duty():
    assert {s.organisation for s in roster(值班单位="组织编号 | 可值星期").shifts} == {None}


@pytest.mark.long
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.integers(1, 12))
@settings(max_examples=examples(40), deadline=None)
def test_the_days_follow_the_weights(weights, month):
    units = [["组织编号", "权重"], *([f"ZZ{n:04d}", w] for n, w in enumerate(weights, 1))]
    found = roster(2026, month, 值班单位=units)
    total = len(found.shifts)
    for n, weight in enumerate(weights, 1):
        assert abs(found.days_of()[f"ZZ{n:04d}"] - total * weight / sum(weights)) <= max(weights)


@pytest.mark.parametrize("swap", ["ZZ0001 | ZZ0001", "ZZ0001 | ZZ0009", "ZZ0009 | ZZ0001"])
def test_a_swap_that_cannot_be_is_none(swap):
    assert [
        s.instead_of for s in roster(换班=f"日期 | 原组织 | 替班组织\n2026-11-04 | {swap}").shifts if s.instead_of
    ] == []
