"""The certificate of a list: right for any batch, refused when any number is changed, and checked by one file alone."""

import ast
import copy
import itertools
import json
import random
import shutil
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinguo.nominations import certificate_check
from jinguo.nominations.certificate_check import UNIT, Certificate, Wrong, digest, units
from jinguo.nominations.selection import select
from tests.audit.batches import certified, changed, choice, number_paths
from tests.helpers import examples

SEEDS = st.integers(0, 10**6)


def check(made):
    Certificate(json.loads(json.dumps(made))).check()


@settings(max_examples=examples(200), deadline=None)
@given(SEEDS)
def test_every_choice_has_a_certificate_that_agrees(seed):
    check(certified(seed))


@settings(max_examples=examples(200), deadline=None)
@given(SEEDS, st.data())
def test_a_certificate_with_any_one_number_changed_is_refused(seed, data):
    made = certified(seed)
    path = data.draw(st.sampled_from(list(number_paths(made))))
    changed(made, path, data.draw(st.sampled_from([-1, 1, 2, 100, -10_000])))
    with pytest.raises(Wrong):
        check(made)


@settings(max_examples=examples(150), deadline=None)
@given(SEEDS)
def test_another_list_is_refused_though_its_digest_is_made_anew(seed):
    """The list that is second in the order of totals and places, with the proofs of the first."""
    made = certified(seed, most=9)
    if not made["名单"]:
        return
    proof = Certificate(made)
    others = []
    for members in itertools.combinations(range(1, len(made["人选"]) + 1), made["名单人数"]):
        try:
            others.append((-proof.check_list(list(members), "别的名单"), members))
        except Wrong:
            continue
    others.sort()
    # Of all lists the chosen one is the first: the highest total, and of equal ones the better places.
    assert others[0] == (-units(made["总分"]), tuple(made["名单"]))
    for total, members in others[1:4]:
        forged = copy.deepcopy(made) | {"名单": list(members), "总分": str(Decimal(-total) / UNIT)}
        forged["校验码"] = digest(forged)
        with pytest.raises((Wrong, KeyError)):
            check(forged)


@pytest.mark.long
def test_the_choice_is_that_of_another_solver():
    """OR-tools' CP-SAT, asked for the highest total and among those for the better places, over 500 batches."""
    cp_model = pytest.importorskip("ortools.sat.python.cp_model", reason="没有 ortools，跳过")
    for seed in range(500):
        scores, size, limits, pinned = choice(seed, most=14)
        model = cp_model.CpModel()
        on_list = [model.new_bool_var(str(n)) for n in range(len(scores))]
        model.add(sum(on_list) == size)
        for limit in limits:
            count = sum(on_list[p] for p in limit.members)
            if limit.least is not None:
                model.add(count >= limit.least)
            if limit.most is not None:
                model.add(count <= limit.most)
        for position in pinned:
            model.add(on_list[position] == 1)
        # The total first; of equal totals the list with the better place where two first differ.
        weights = [int(s * 100) * 2 ** len(scores) + 2 ** (len(scores) - 1 - n) for n, s in enumerate(scores)]
        model.maximize(sum(w * v for w, v in zip(weights, on_list, strict=True)))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(model)
        best = {n for n, v in enumerate(on_list) if solver.value(v)} if status == cp_model.OPTIMAL else set()
        assert select(scores, size, limits, pinned).chosen == best, seed


@pytest.mark.long
def test_the_program_checks_500_batches_alone_and_refuses_500_changed_ones(tmp_path):
    """复核.py in a folder of its own, with a Python that knows nothing but its own library."""
    rng = random.Random(5)
    for n in range(500):
        made = certified(n, most=16)
        for folder in ("right", "wrong"):
            (tmp_path / folder / str(n)).mkdir(parents=True)
        (tmp_path / "right" / str(n) / "证书.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")
        changed(made, rng.choice(list(number_paths(made))), rng.choice([-1, 1, 7]))
        (tmp_path / "wrong" / str(n) / "证书.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")
    shutil.copy(certificate_check.__file__, tmp_path / "复核.py")
    runner = (
        "import runpy, pathlib, sys\n"
        "main = runpy.run_path(sys.argv[1])['main']\n"
        "for kind in ('right', 'wrong'):\n"
        "    print(kind, [main(folder) for folder in sorted(pathlib.Path(sys.argv[2], kind).iterdir())].count(0))"
    )
    command = [sys.executable, "-I", "-S", "-c", runner, str(tmp_path / "复核.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)
    said = [line for line in done.stdout.splitlines() if line.startswith(("right", "wrong"))]
    assert said == ["right 500", "wrong 0"], done.stderr


def test_the_program_alone_says_what_it_did(tmp_path):
    shutil.copy(certificate_check.__file__, tmp_path / "复核.py")
    made = certified(3)
    (tmp_path / "证书.json").write_text(json.dumps(made, ensure_ascii=False), "utf-8")

    def run():
        command = [sys.executable, "-I", "-S", "-X", "utf8", str(tmp_path / "复核.py")]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
        return done.returncode, done.stdout.strip()

    assert run() == (0, "核对无误（没有 复核表.xlsx，只核对了证书）")
    (tmp_path / "证书.json").write_text(json.dumps(made | {"名单人数": 99}, ensure_ascii=False), "utf-8")
    assert run() == (1, "不对： 证书改过了：校验码对不上")
    (tmp_path / "证书.json").write_text("{", "utf-8")
    code, said = run()
    assert code == 1
    assert said.startswith("不对：证书或复核表读不懂")


def test_the_program_is_short_and_needs_the_standard_library_alone():
    text = Path(certificate_check.__file__).read_text("utf-8")
    assert text.count("\n") < 200
    roots = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).partition(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert roots <= set(sys.stdlib_module_names)
    # No step is longer than a screen.
    steps = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    assert max(node.end_lineno - node.lineno for node in steps) < 30


def test_two_thousand_candidates_are_proven_in_seconds():
    """With five quotas and one for every organisation with more than two candidates, and many alike."""
    from jinguo.nominations.certificate import RankedPerson, certificate
    from jinguo.nominations.limits import Limit

    rng = random.Random(1)
    scores = sorted((Decimal(rng.randint(0, 900)) / 10 for _ in range(2000)), reverse=True)
    some = lambda share: frozenset(p for p in range(2000) if rng.random() < share)  # noqa: E731
    limits = [Limit("党外", some(0.3), 30, None), Limit("年轻", some(0.2), 25, None), Limit("核心", some(0.1), None, 8)]
    homes: dict[int, set[int]] = {}
    for p in range(2000):
        homes.setdefault(rng.randrange(600), set()).add(p)
    limits += [Limit(f"每个组织 {k}", frozenset(v), None, 2) for k, v in homes.items() if len(v) > 2]
    people = [RankedPerson(f"R{n}", "甲", s, Decimal(0), n, False) for n, s in enumerate(scores)]
    chosen = select(scores, 60, limits, frozenset())
    begun = time.process_time()
    made = certificate(("PC", "大批"), people, 60, limits, chosen)
    check(made)
    assert len(made["名单"]) == 60
    print(f"{time.process_time() - begun:.1f} s")
