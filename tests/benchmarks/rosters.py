"""The duty roster beside CP-SAT (ortools) proving the same two aims, where that is installed: the fairness, then nobody twice running."""

from __future__ import annotations

import datetime
import random
import time
from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from jinguo.duty.assignment import DutyDays, assigned

#: Units, days, and of a hundred unit-days how many nobody can; a month, a quarter, a year.
_SIZES = ((4, 31, 10), (8, 31, 20), (20, 31, 20), (8, 92, 20), (8, 365, 20))
_LONGEST = 60


def days(units: int, count: int, away: int) -> DutyDays:
    """Days on which everybody has the same weight and some are away."""
    chance = random.Random(21)
    first = datetime.date(2026, 10, 1)
    every = [first + datetime.timedelta(days=n) for n in range(count)]
    names = [f"ZZ{n:04d}" for n in range(units)]
    able = {day: [name for name in names if chance.randrange(100) >= away] or names[:1] for day in every}
    kinds = {day: "周末" if day.weekday() > 4 else "平日" for day in every}
    shares = {
        (kind, name): Fraction(sum(k == kind for k in kinds.values()), units) for kind in set(kinds.values()) for name in names
    }  # fmt: skip
    return DutyDays(every, kinds, able, dict.fromkeys(names, Fraction(1)), shares, {}, {}, {}, {})


def running(chosen: Mapping[datetime.date, str | None]) -> int:
    """How often somebody is on duty twice running."""
    return sum(one == other for one, other in pairwise(chosen.values()))


def bench() -> None:
    """Seconds of CPU of our roster, with all its aims, and of CP-SAT with the first two; whether both reach the same."""
    for units, count, away in _SIZES:
        month = days(units, count, away)
        start = time.process_time()
        found = assigned(month)
        ours = time.process_time() - start
        print(
            f"{units} 个单位 {count} 天（{away}% 不能值）：{ours:.2f} s，不均 {float(month.unfairness(found)):.2f}，连值 {running(found)}"
        )
        _peer(month, found)


def _peer(month: DutyDays, ours: Mapping[datetime.date, str | None]) -> None:
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        print("    没有 ortools，不比（pip install ortools）")
        return
    model = cp_model.CpModel()
    turns = {(day, unit): model.new_bool_var("") for day in month.days for unit in month.able[day]}
    for day in month.days:
        model.add_exactly_one(turns[day, unit] for unit in month.able[day])
    squares, twice = _unfairness(model, month, turns), _twice(model, month, turns)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, _LONGEST
    start = time.process_time()
    model.minimize(sum(squares))
    first = solver.solve(model)
    model.add(sum(squares) <= round(solver.objective_value))
    model.minimize(sum(twice))
    status = solver.solve(model)
    chosen = {day: next(u for u in month.able[day] if solver.value(turns[day, u])) for day in month.days}
    same = (month.unfairness(chosen), running(chosen)) == (month.unfairness(ours), running(ours))
    proven = "已证明" if first == status == cp_model.OPTIMAL else f"{_LONGEST} s 内没有证明"
    print(f"    CP-SAT 前两个目标 {time.process_time() - start:.2f} s（{proven}），结果{'相同' if same else '不同'}")


def _unfairness(model: Any, month: DutyDays, turns: Mapping[tuple[datetime.date, str], Any]) -> list[Any]:
    """What each further duty of a unit adds to the squares of units × duties - all days of the kind, as our model has it: the cheaper
    come first by themselves. (Squares by multiplication are not solved in two minutes for eight units.)"""
    size, found = len(month.weights), []
    for kind in sorted(set(month.kinds.values())):
        mine = [day for day in month.days if month.kinds[day] == kind]
        for unit in month.weights:
            columns = [turns[d, unit] for d in mine if (d, unit) in turns]
            steps = [model.new_bool_var("") for _ in columns]
            model.add(sum(steps) == sum(columns))
            found += [
                ((size * (n + 1) - len(mine)) ** 2 - (size * n - len(mine)) ** 2) * step for n, step in enumerate(steps)
            ]
    return found


def _twice(model: Any, month: DutyDays, turns: Mapping[tuple[datetime.date, str], Any]) -> list[Any]:
    found = []
    for one, other in pairwise(month.days):
        for unit in month.weights:
            if (one, unit) in turns and (other, unit) in turns:
                both = model.new_bool_var("")
                model.add(turns[one, unit] + turns[other, unit] <= 1 + both)
                found.append(both)
    return found
