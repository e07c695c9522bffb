"""Fair over the year, and proven: compared with every roster there could be; what is published stays."""

from __future__ import annotations

import datetime
from collections import Counter
from fractions import Fraction
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.duty.assignment import DutyDays, assigned
from jinguo.duty.balance import HOLIDAY, ORDINARY, WEEKEND, kind_of, shares
from jinguo.duty.gaps import gap_on
from jinguo.duty.roster import month_roster, served, year_rosters
from jinguo.registry.settings import Settings
from tests.helpers import change_cell, docx_text, examples, jinguo, office, registry, workbook_rows

DAY = datetime.date.fromisoformat
FIRST = DAY("2026-11-02")


def running(chosen: dict[datetime.date, str | None]) -> int:
    """How often somebody is on duty twice running."""
    days = sorted(chosen)
    return sum(chosen[a] is not None and chosen[a] == chosen[b] for a, b in pairwise(days))


@st.composite
def months(draw):
    units = [f"U{n}" for n in range(draw(st.integers(1, 3)))]
    days = [FIRST + datetime.timedelta(days=n) for n in range(draw(st.integers(1, 6)))]
    kinds = {d: draw(st.sampled_from([ORDINARY, WEEKEND])) for d in days}
    able = {d: [u for u in units if draw(st.booleans()) or draw(st.booleans())] for d in days}
    weights = {u: Fraction(draw(st.integers(1, 2))) for u in units}
    had = {(k, u): draw(st.integers(0, 2)) for k in (ORDINARY, WEEKEND) for u in units}
    whole = {
        k: sum(had[k, u] for u in units) + sum(kinds[d] == k and bool(able[d]) for d in days)
        for k in (ORDINARY, WEEKEND)
    }
    due = {(k, u): whole[k] * weights[u] / sum(weights.values()) for k in whole for u in units}
    settled = {d: draw(st.sampled_from(able[d])) for d in days if able[d] and draw(st.integers(0, 4)) == 0}
    return DutyDays(days, kinds, able, weights, due, had, settled, {}, {})


@pytest.mark.slow
@given(months())
@settings(max_examples=examples(60), deadline=None)
def test_no_roster_there_could_be_is_fairer(month):
    """Among all assignments: nobody only where nobody can, the least squares, and of these the fewest days running."""
    found = assigned(month)
    assert [d for d, u in found.items() if u is None] == [d for d in month.days if not month.able[d]]
    assert all(found[d] == u for d, u in month.settled.items())
    free = [d for d in month.days if d not in month.settled and month.able[d]]
    best = None
    for turns in product(*(month.able[d] for d in free)):
        other = {d: month.settled.get(d) for d in month.days} | dict(zip(free, turns, strict=True))
        score = (month.unfairness(other), running(other))
        best = score if best is None else min(best, score)
    assert (month.unfairness(found), running(found)) == best
    assert assigned(month) == found


UNITS = "组织编号 | 起始\nZZ0001 | 2026-01-01\nZZ0002 | 2026-01-01\nZZ0003 | 2026-01-01"


def test_the_year_is_fair_in_every_kind_of_days():
    """Every day open: ordinary days, weekends and holidays differ by one at the most over the year."""
    book = registry(DAY("2026-01-01"), 值班单位=UNITS, 参数="参数 | 值\n值班日 | 每天")
    shifts = [s for roster in year_rosters(book, 2026, 1, 12) for s in roster.shifts]
    assert len(shifts) == 365
    for kind in (ORDINARY, WEEKEND, HOLIDAY):
        counts = Counter(s.organisation for s in shifts if kind_of(book.settings, s.day) == kind)
        assert max(counts.values()) - min(counts.values()) <= 1, (kind, counts)
    assert not any(a.organisation == b.organisation for a, b in pairwise(shifts))


def test_what_was_served_before_is_carried_over():
    log = "日期 | 组织编号 | 到岗\n" + "\n".join(f"2026-10-{n:02d} | ZZ0001 | 是" for n in (8, 9, 12, 13))
    months = year_rosters(registry(DAY("2026-11-01"), 值班单位=UNITS, 值班记录=log), 2026, 11, 12)
    found = [roster.days_of() for roster in months]
    assert found[0] + found[1] + Counter(ZZ0001=4) == Counter(ZZ0001=16, ZZ0002=16, ZZ0003=16)
    # It is made up for in both months.
    assert [days["ZZ0001"] for days in found] in ([5, 7], [6, 6]) and found[0].total() == 21


def test_who_joins_in_the_year_has_a_share_from_then_on():
    units = "组织编号 | 起始 | 结束\nZZ0001 | 2026-01-01 |\nZZ0002 | 2026-01-01 |\nZZ0003 | 2026-11-16 |"
    book = registry(DAY("2026-11-01"), 值班单位=units)
    days = [DAY("2026-11-13"), DAY("2026-11-16")]
    due = shares(book, days)
    assert due == {
        (ORDINARY, "ZZ0001"): Fraction(5, 6),
        (ORDINARY, "ZZ0002"): Fraction(5, 6),
        (ORDINARY, "ZZ0003"): Fraction(1, 3),
    }
    found = month_roster(book, 2026, 11)
    assert abs(found.days_of()["ZZ0003"] - Fraction(11, 3)) < 1
    assert all(s.day >= DAY("2026-11-16") for s in found.shifts if s.organisation == "ZZ0003")


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-10-01", HOLIDAY),
        ("2026-10-03", HOLIDAY),
        ("2026-10-10", ORDINARY),
        ("2026-10-11", WEEKEND),
        ("2026-10-12", ORDINARY),
    ],
)
def test_kinds_of_days(day, kind):
    assert kind_of(Settings(), DAY(day)) == kind


PLAN = "日期 | 组织编号\n" + "\n".join(
    f"2026-11-{n:02d} | ZZ000{1 + n % 2}" for n in range(2, 31) if DAY(f"2026-11-{n:02d}").weekday() < 5
)


def test_what_is_published_stays_and_only_what_cannot_be_moves():
    two = "组织编号 | 起始\nZZ0001 | 2026-01-01\nZZ0002 | 2026-01-01"
    kept = month_roster(registry(DAY("2026-11-01"), 值班单位=two, 值班安排=PLAN), 2026, 11)
    planned = {s.day: s.organisation for s in kept.shifts}
    assert [s for s in kept.shifts if s.moved_from] == []
    assert all(planned[DAY(f"2026-11-{n:02d}")] == f"ZZ000{1 + n % 2}" for n in (2, 3, 4, 5, 6))
    away = "组织编号 | 起 | 止\nZZ0001 | 2026-11-04 | 2026-11-06"
    moved = month_roster(registry(DAY("2026-11-01"), 值班单位=two, 值班安排=PLAN, 不可值班=away), 2026, 11)
    changes = {s.day.day: (s.moved_from, s.organisation) for s in moved.shifts if s.moved_from}
    assert changes == {4: ("ZZ0001", "ZZ0002"), 6: ("ZZ0001", "ZZ0002")}
    assert {s.day: s.organisation for s in moved.shifts if s.day.day not in changes} == {
        d: u for d, u in planned.items() if d.day not in changes
    }


def test_who_will_be_away_has_more_before():
    away = "组织编号 | 起 | 止\nZZ0001 | 2026-12-01 | 2026-12-31"
    book = registry(DAY("2026-11-01"), 值班单位=UNITS, 不可值班=away)
    rosters = year_rosters(book, 2026, 11, 12)
    whole = rosters[0].days_of() + rosters[1].days_of()
    # November has 21 working days and December 23: a third of the 44 is ZZ0001's, all of it in November.
    assert sorted(whole.values()) == [14, 15, 15] and rosters[0].days_of()["ZZ0001"] == whole["ZZ0001"]
    assert month_roster(book, 2026, 12) == rosters[1]


def test_the_turns_of_a_unit_are_spread_over_the_months():
    rosters = year_rosters(registry(DAY("2026-10-01"), 值班单位=UNITS), 2026, 10, 12)
    for roster in rosters:
        assert max(roster.days_of().values()) - min(roster.days_of().values()) <= 1


def test_what_has_been_is_as_it_was():
    """In the middle of the month: the days before today are those that were served, and none of them moves."""
    away = "组织编号 | 起 | 止\nZZ0001 | 2026-11-02 | 2026-11-06\nZZ0001 | 2026-11-23 | 2026-11-23"
    plan = "日期 | 组织编号\n2026-11-03 | ZZ0001\n2026-11-04 | ZZ0002\n2026-11-23 | ZZ0001"
    log = "日期 | 组织编号 | 到岗\n2026-11-05 | ZZ0003 | 是\n2026-11-04 | ZZ0002 | 否"
    found = month_roster(
        registry(DAY("2026-11-16"), 值班单位=UNITS, 不可值班=away, 值班安排=plan, 值班记录=log), 2026, 11
    )
    past = {s.day.day: s.organisation for s in found.shifts if s.day < DAY("2026-11-16")}
    assert past == {3: "ZZ0001", 5: "ZZ0003"}
    assert [(s.day.day, s.moved_from) for s in found.shifts if s.moved_from] == [(23, "ZZ0001")]
    assert [s.day.day for s in found.shifts][2:] == [16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30]


def test_who_is_credited_with_a_day():
    """值班记录 before 换班 before 值班安排; who was not there has not served; a swap that cannot be is none."""
    book = registry(
        DAY("2026-11-16"),
        值班单位=UNITS,
        值班安排="日期 | 组织编号\n2026-11-02 | ZZ0001\n2026-11-03 | ZZ0001\n2026-11-04 | ZZ0001\n2026-11-05 | ZZ0001",
        换班="日期 | 原组织 | 替班组织\n2026-11-03 | ZZ0001 | ZZ0002\n2026-11-04 | ZZ0001 | ZZ0002\n2026-11-05 | ZZ0001 | ZZ0009",
        值班记录="日期 | 组织编号 | 到岗\n2026-11-02 | ZZ0001 | 否\n2026-11-04 | ZZ0003 | 是",
    )
    credited = {day.day: unit for day, unit in served(book, DAY("2026-11-01"), DAY("2026-11-16")).items()}
    assert credited == {3: "ZZ0002", 4: "ZZ0003", 5: "ZZ0001"}


def test_a_day_without_anybody_says_why_and_what_helps():
    book = registry(
        DAY("2026-11-01"),
        社会组织="组织编号 | 组织名称\nZZ0001 | 甲协会\nZZ0002 | 乙协会",
        值班单位="组织编号 | 起始 | 可值星期\nZZ0001 | 2026-01-01 | 周一、周二\nZZ0002 | 2026-01-01 |",
        不可值班="组织编号 | 起 | 止\nZZ0002 | 2026-11-04 | 2026-11-05\nZZ0002 | 2026-11-10 | 2026-11-10",
    )
    roster = month_roster(book, 2026, 11)
    assert [s.day.day for s in roster.shifts if s.organisation is None] == [4, 5]
    gap = gap_on(book, DAY("2026-11-04"))
    assert gap.reasons == ["甲协会只值周一、周二", "乙协会请假（11-04至11-05）"]
    assert gap.remedy == "甲协会的可值星期加上周三"
    assert gap_on(book, DAY("2026-11-10")).remedy == "乙协会改天请假"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = office(tmp_path_factory.mktemp("roster"))
    done = jinguo(folder, "roster", "--month", "2026-12")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_workbook_the_notice_and_the_calendars(written):
    folder, said = written
    assert said.startswith("2026年12月：")
    rows = workbook_rows(folder / "output/值班/2026-12 值班表.xlsx", "逐日")
    days = [row for row in rows if str(row[0]).startswith("2026-12")]
    assert len(days) == 23 and all(row[3] != "无人" for row in days)
    names = {row[3] for row in days}
    assert {p.stem.removeprefix("2026-12 ") for p in (folder / "output/值班/日历").iterdir()} == names
    from icalendar import Calendar

    for path in (folder / "output/值班/日历").iterdir():
        events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        assert len(events) == sum(row[3] == path.stem.removeprefix("2026-12 ") for row in days)
    assert (folder / "output/值班/2026-12 值班安排通知.docx").is_file()
    assert "12月值班安排已排好" in (folder / "output/值班/2026-12 群消息.txt").read_text("utf-8")


def november(folder):
    rows = workbook_rows(folder / "workbooks/值班台账.xlsx", "值班安排")[1:]
    return [row for row in rows if row[0] and row[0].month == 11]


def test_publishing_is_once_and_what_changes_after_is_told(tmp_path):
    folder = office(tmp_path / "office")
    said = jinguo(folder, "roster", "--month", "2026-11", "--publish").stdout
    assert "已记进“值班安排”：新增 21 天，改派 0 天" in said
    assert "值班安排没有改动" in jinguo(folder, "roster", "--month", "2026-11", "--publish").stdout
    rows = november(folder)
    assert len(rows) == 21
    unit, day = rows[0][1], rows[0][0]
    book = folder / "workbooks/值班台账.xlsx"
    absences = workbook_rows(book, "不可值班")
    last = 1 + max(n for n, row in enumerate(absences) if row[0])
    for letter, value in zip("ABC", (unit, day, day), strict=True):
        change_cell(book, "不可值班", f"{letter}{last + 1}", value)
    done = jinguo(folder, "roster", "--month", "2026-11", "--publish")
    assert done.stdout.count("改派：") == 1 and "新增 0 天，改派 1 天" in done.stdout
    after = november(folder)
    assert after[0][1] != unit and "原为" in after[0][2]
    assert after[1:] == rows[1:]


def test_a_day_entered_without_its_unit_is_filled_in(tmp_path):
    folder = office(tmp_path / "office")
    book = folder / "workbooks/值班台账.xlsx"
    rows = workbook_rows(book, "值班安排")
    last = 1 + max(n for n, row in enumerate(rows) if row[0])
    change_cell(book, "值班安排", f"A{last + 1}", datetime.date(2026, 11, 2))
    assert "新增 21 天" in jinguo(folder, "roster", "--month", "2026-11", "--publish").stdout
    found = november(folder)
    assert len(found) == 21 == len({row[0] for row in found}) and all(row[1] for row in found)


@pytest.mark.parametrize("month", ["2026", "2026-13", "十二月"])
def test_a_month_that_is_none_is_told(written, month):
    folder, _ = written
    done = jinguo(folder, "roster", "--month", month)
    assert done.returncode == 2
    assert "看不懂" in done.stderr


def test_the_rest_of_the_year_in_one_workbook(written):
    folder, _ = written
    done = jinguo(folder, "roster", "--year", "2026")
    assert done.returncode == 0
    assert [line[:8] for line in done.stdout.splitlines()[:3]] == ["2026年10月", "2026年11月", "2026年12月"]
    assert workbook_rows(folder / "output/值班/2026年 值班表.xlsx", "均衡")


def test_a_published_day_that_cannot_be_read_is_given_to_nobody_else(tmp_path):
    folder = office(tmp_path / "office")
    change_cell(folder / "workbooks/值班台账.xlsx", "值班安排", "A18", "10月廿九")
    done = jinguo(folder, "--today", "2026-10-15", "roster", "--month", "2026-10")
    assert done.returncode == 2 and "值班安排 › A18 公布过的一天读不出，会改派给别人" in done.stderr
    done = jinguo(folder, "--today", "2026-10-15", "notices")
    assert "值班安排 › A18 公布过的一天读不出" in done.stdout.replace("\n", "")


def test_what_is_not_in_a_roster_stands_in_all_that_is_made_of_it(tmp_path):
    folder = office(tmp_path / "office")
    book = folder / "workbooks/值班台账.xlsx"
    titles = list(workbook_rows(book, "值班单位")[0])
    change_cell(book, "值班单位", f"{'ABCDEFGH'[titles.index('可值星期')]}2", "看情况")
    done = jinguo(folder, "--today", "2026-10-15", "roster", "--month", "2026-11")
    remark = "“值班单位”表另有1行未能识别"
    assert remark in done.stdout.replace("\n", "")
    below = folder / "output/值班"
    assert any(remark in line for line in docx_text(below / "2026-11 值班安排通知.docx"))
    assert remark in (below / "2026-11 群消息.txt").read_text("utf-8")
    assert any(remark in str(cell) for row in workbook_rows(below / "2026-11 值班表.xlsx", "逐日") for cell in row)
