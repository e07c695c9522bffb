"""The whole of a batch: judge, award, select, and put the list in its order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from jinguo.nominations.attributes import Attributes
from jinguo.nominations.basis import batch_remarks, doubtful, lacking_tables, shares_told, undecided, without_basis
from jinguo.nominations.batch import Batch, BatchResult, Candidate, QuotaOutcome, batch_rows, batches
from jinguo.nominations.eligibility import judge, trouble_with
from jinguo.nominations.explain import Places, explain_barred, explain_places
from jinguo.nominations.order import SURNAME, name_key, own_ranks, unknown_characters
from jinguo.nominations.quotas import quota_trouble, quotas
from jinguo.nominations.score import award
from jinguo.nominations.selection import select
from jinguo.registry.tables import Registry


def nominate(registry: Registry) -> list[BatchResult]:
    """Every batch worked out, in the order of the sheet; people on two lists that exclude each other are named in
    both."""
    results = [work_out(registry, batch) for batch in batches(registry)]
    barred = registry.settings.list_of("不得同时担任")
    exclusive = [r for r in results if r.batch.office in barred]
    for one in exclusive:
        for other in exclusive:
            # Batches of different years are different elections.
            if one.batch.office != other.batch.office and abs((one.batch.closing - other.batch.closing).days) <= 366:
                both = {c.person for c in one.selected} & {c.person for c in other.selected}
                names = [c.name for c in one.selected if c.person in both]
                if names:
                    one.trouble.append(
                        f"{'、'.join(names)}同时列入“{other.batch.name}”，两项职务不得兼任，请在其中一批人工确定“不选”"
                    )
    return results


def work_out(registry: Registry, batch: Batch) -> BatchResult:
    """Eligibility, points and the list of one batch; its candidates come in the order the list is written in."""
    attributes = Attributes(registry, batch.closing, batch.day)
    candidates = _candidates(registry, batch)
    for candidate in candidates:
        candidate.verdicts = judge(registry, batch, attributes, candidate.person)
    award(registry, batch, attributes, candidates)
    ranked = sorted((c for c in candidates if c.eligible and c.pin != "不选"), key=_by_score(registry))
    for place, candidate in enumerate(ranked, 1):
        candidate.rank = place
    applied = quotas(registry, batch, attributes, candidates)
    limits = [quota.limit(ranked) for quota in applied]
    pinned = frozenset(p for p, c in enumerate(ranked) if c.pin == "入选")
    choice = select([c.score for c in ranked], batch.size, limits, pinned)
    for position in choice.chosen:
        ranked[position].selected = True
    unapplied = _unread_rules(registry, batch, attributes, candidates)
    trouble = [*choice.trouble, *unapplied]
    _explain(batch, candidates, trouble, bool(choice.chosen))
    if choice.chosen:
        places = Places(ranked, batch.size, limits, pinned)
        explain_places(ranked, places, choice.chosen)
        best = sum((ranked[p].score for p in choice.chosen), Decimal(0))
        for candidate in (c for c in candidates if c.eligible and c.pin == "不选"):
            explain_barred(candidate, places, [quota.counts(candidate) for quota in applied], best)
    achieved = [QuotaOutcome(lm.label, lm.least, lm.most, len(lm.members & choice.chosen)) for lm in limits]
    result = BatchResult(
        batch, _in_order(registry, batch, candidates), achieved, trouble, unapplied=unapplied, ranked=ranked, applied=applied,
        limits=limits, choice=choice,
    )  # fmt: skip
    namesakes = [name for name, count in Counter(c.name for c in result.selected).items() if count > 1]
    if namesakes:
        result.trouble.append(f"名单里有同名的{'、'.join(namesakes)}，按人选表的先后排列，请注明区别")
    result.trouble += doubtful(registry, batch, candidates)
    result.gaps += without_basis(registry, attributes, result)
    result.remarks += batch_remarks(registry, attributes, batch)
    result.unapplied += undecided(registry, result)
    result.hints += shares_told(registry, result)
    result.lacking += lacking_tables(registry, attributes, batch)
    unknown = unknown_characters((c.name for c in candidates), registry.once(_own_ranks))
    if unknown and batch.order != "得分":
        result.trouble.append(
            f"“{'、'.join(unknown)}”不在笔画表里，含有它的姓名排在最后，请在参数“生僻字笔画”里写明排在哪个字后面，再人工核对名单顺序"
        )
    return result


def _own_ranks(registry: Registry) -> dict[str, float]:
    return own_ranks(registry.settings.pairs_of("生僻字笔画"))


def _candidates(registry: Registry, batch: Batch) -> list[Candidate]:
    """The rows of 人选, a person once; of doubled rows the first counts."""
    table = registry["candidates"]
    found: dict[str, Candidate] = {}
    for i in batch_rows(registry, "candidates", batch):
        person = table["person"][i]
        if person is not None:
            name = registry.name_of("people", person)
            assessed = table["assessment"][i] is not None
            found.setdefault(person, Candidate(i, person, name, table["pin"][i], assessed=assessed))
    return list(found.values())


def _by_score(registry: Registry) -> Callable[[Candidate], tuple]:
    """Best first; equal scores by the assessment, then by strokes of the name, then by the person's number."""
    assessments = registry["candidates"]["assessment"]

    def key(candidate: Candidate) -> tuple:
        assessment = assessments[candidate.index] or Decimal(0)
        return (
            -candidate.score,
            -assessment,
            name_key(candidate.name, SURNAME, registry.once(_own_ranks)),
            candidate.person,
        )

    return key


TIE_RULE = "得分相同的，先比考察评分，再按姓氏笔画，再按人员编号；总分相同的几份名单，取名次靠前的人"


def _unread_rules(registry: Registry, batch: Batch, attributes: Attributes, candidates: list[Candidate]) -> list[str]:
    """Requirements and quotas of the batch that could not be applied: the list was drawn up without them."""
    anyone = _anyone(candidates)
    found = [trouble_with(registry, row, attributes, anyone) for row in batch_rows(registry, "requirements", batch)]
    found += [quota_trouble(registry, row, attributes, anyone) for row in batch_rows(registry, "quotas", batch)]
    return [f"{text}，没有按它审查，请改正后再运行" for text in found if text]


def _anyone(candidates: list[Candidate]) -> str:
    """Somebody to try a condition on: whether it can be read depends on its column, not on the person."""
    return candidates[0].person if candidates else ""


def _explain(batch: Batch, candidates: list[Candidate], trouble: list[str], possible: bool) -> None:
    """A note for each candidate whose place is not plain from her verdicts."""
    for c in candidates:
        if c.pin == "入选" and not c.eligible:
            c.notes.append("人工确定入选，但有必备条件不符合或缺材料，没有列入")
            trouble.append(f"{c.name}人工确定入选，但不符合必备条件，没有列入：{'；'.join(c.reasons[:-1])}")
        elif c.pin == "不选" and (not possible or not c.eligible):
            c.notes.append("人工确定不选")
        elif c.eligible and not possible:
            c.notes.append(f"得分第 {c.rank} 名，名单未能产生")


def _in_order(registry: Registry, batch: Batch, candidates: list[Candidate]) -> list[Candidate]:
    """In the order of the list; people of one name as they stand in 人选."""
    if batch.order == "得分":
        return sorted(candidates, key=_by_score(registry))
    return sorted(candidates, key=lambda c: (name_key(c.name, batch.order, registry.once(_own_ranks)), c.index))
