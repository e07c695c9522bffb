"""Certificates that say something false, with a digest of their own: each is refused, alone or by the workbook beside it."""

import copy
import json
import random
from decimal import Decimal

import pytest

from jinguo.nominations.certificate import RankedPerson, certificate
from jinguo.nominations.certificate_check import Certificate, digest
from jinguo.nominations.limits import Limit
from jinguo.nominations.nominate import nominate
from jinguo.nominations.selection import select
from jinguo.reports.audit.batch_audit import batch_audit
from tests.audit.batches import certified
from tests.helpers import OFFICE_ROWS, registry

REFUSED = (ValueError, KeyError, TypeError, ArithmeticError)


def forged(made, **changes):
    """The certificate with these parts instead, and a digest that is right for them."""
    said = copy.deepcopy(made) | changes
    return said | {"校验码": digest(said)}


def refuse(made, workbook=None):
    with pytest.raises(REFUSED):
        Certificate(json.loads(json.dumps(made))).check(workbook)


def short(size, *limits):
    """The certificate of four people with scores 10, 9, 8, 7 for whom no list of so many can be drawn up."""
    scores = [Decimal(n) for n in (10, 9, 8, 7)]
    people = [RankedPerson(f"R{n}", f"甲{n}", s, Decimal(0), n, False) for n, s in enumerate(scores)]
    return certificate(("PC1", "名单"), people, size, limits, select(scores, size, limits, frozenset()))


NO_PROOF = {"价": [], "情形价": [], "上界": "0"}


def test_a_batch_that_has_a_list_is_not_said_to_have_none():
    for seed in range(40):
        made = certified(seed, most=9)
        if made["名单"]:
            none = {"要求": [], "例": made["名单"], "别的例": None, "唯一": [], "证明": NO_PROOF}
            refuse(forged(made, 名单=[], 改动=none))
            # Nor with a change that nothing needs.
            if made["结构要求"] and made["结构要求"][0]["最少"]:
                refuse(forged(made, 名单=[], 改动=none | {"要求": [[1, "最少", 1]]}))
                refuse(forged(made, 名单=[], 改动=none | {"要求": [[1, "最少", 0]]}))


def test_a_price_that_stands_twice_is_no_shortage_of_two():
    made = short(3, Limit("女", frozenset({0, 1}), 3, None))
    Certificate(made).check()
    changes = copy.deepcopy(made["改动"])
    assert changes["要求"] == [[1, "最少", 1]]
    changes["要求"] = [[1, "最少", 2]]
    changes["例"] = [1, 3, 4]
    for proof in (changes["证明"], changes["唯一"][0][2]):
        proof["价"] = proof["价"] * 2
        proof["上界"] = "-2"
    refuse(forged(made, 改动=changes))


@pytest.mark.parametrize("example", [None, [], [1, 2], [1, 1, 2], [1, 2, 9]])
def test_a_shortage_needs_a_list_that_shows_it(example):
    made = short(3, Limit("女", frozenset({0}), 3, None))
    changes = copy.deepcopy(made["改动"]) | {"例": example}
    refuse(forged(made, 改动=changes))


def test_scores_finer_than_a_hundredth_are_refused():
    made = certified(3)
    people = copy.deepcopy(made["人选"])
    people[-1]["得分"] = "0.005"
    refuse(forged(made, 人选=people))


@pytest.mark.parametrize("proof", ["最优", "同分"])
def test_a_bound_that_is_not_that_of_its_prices_is_refused(proof):
    refused = 0
    for seed in range(60):
        made = certified(seed, most=10)
        if not made["名单"] or not made[proof]:
            continue
        part = copy.deepcopy(made[proof])
        leaf = part if proof == "最优" else part[0]["证明"]
        while "至多" in leaf:
            leaf = leaf["少"]
        if leaf["上界"] is None:
            continue
        leaf["上界"] = str(Decimal(leaf["上界"]) - 1)
        refuse(forged(made, **{proof: part}))
        refused += 1
    assert refused > 5


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A batch of four, of whom the women come third and fourth: its folder, and its certificate."""
    of = registry(
        人员="人员编号 | 姓名 | 性别 | 出生年月\nRY1 | 田富 | 男 | 1980.05\nRY2 | 王宁 | 男 | 1981.05\nRY3 | 丁一 | 女 | 1982.05\nRY4 | 李干 | 女 | 1983.05",
        推荐批次="批次编号 | 名额\nTJ2601 | 2",
        人选="批次编号 | 人员编号 | 考察评分\nTJ2601 | RY1 | 90\nTJ2601 | RY2 | 80\nTJ2601 | RY3 | 70\nTJ2601 | RY4 | 60",
        结构要求="批次编号 | 维度 | 取值 | 最少 | 最多\nTJ2601 | 年龄 | 不少于20 | 1 |\nTJ2601 | 性别 | 女 | 1 |",
        评分指标="批次编号 | 指标 | 权重 | 满分值\nTJ2601 | 考察评分 | 100 | 100",
        单位=OFFICE_ROWS,
    )
    (result,) = nominate(of)
    made = batch_audit(of, result, "余姚市妇联")
    folder = tmp_path_factory.mktemp("batch")
    for name, data in made.files.items():
        (folder / name).write_bytes(data)
    return folder, json.loads(made.files["证书.json"])


def test_the_batch_itself_agrees(batch):
    folder, made = batch
    assert made["名单"] == [1, 3]
    Certificate(made).check(folder / "复核表.xlsx")


@pytest.mark.parametrize(
    "changes",
    [
        {"名单人数": 1000, "名单": []},
        {"名单人数": 3},
        {"结构要求": []},
        {"若入选": []},
        {"批次": "TJ2602"},
        {"名称": "别的批次"},
    ],
)
def test_what_the_workbook_says_otherwise_is_refused(batch, changes):
    folder, made = batch
    refuse(forged(made, **changes), folder / "复核表.xlsx")


def test_a_quota_by_another_name_or_without_one_is_refused(batch):
    folder, made = batch
    renamed = copy.deepcopy(made["结构要求"])
    renamed[1]["名称"] = "性别：男"
    refuse(forged(made, 结构要求=renamed), folder / "复核表.xlsx")
    # Without the quota of women the first two are the best list; the workbook still has the quota.
    fewer = copy.deepcopy(made["结构要求"])[:1]
    refuse(forged(made, 结构要求=fewer, 名单=[1, 2], 总分="170.00"), folder / "复核表.xlsx")


def test_every_number_of_the_sheet_of_alternatives_is_that_of_the_certificate(batch):
    folder, made = batch
    others = copy.deepcopy(made["若入选"])
    item = random.Random(1).choice(others)
    item["总分"] = "1.00"
    refuse(forged(made, 若入选=others), folder / "复核表.xlsx")
