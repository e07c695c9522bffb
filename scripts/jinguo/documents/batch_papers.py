"""Which papers of a batch are due at its stage, and what they still lack."""

from __future__ import annotations

import datetime

from jinguo.documents.nomination_papers import OPINION, NominationPaper, answered, departments, form_people
from jinguo.documents.person_photo import photo_of
from jinguo.documents.register import DOCUMENTS
from jinguo.nominations.batch import BatchResult
from jinguo.nominations.resume import resume_gaps
from jinguo.office.letters import registered_on
from jinguo.registry.tables import Registry
from jinguo.registry.workdays import is_workday

#: What is due at each stage of a batch; without a stage, everything.
STAGES: dict[str, tuple[str, ...]] = {
    "推荐": ("推荐人选登记表",),
    "资格审查": ("资格审查表",),
    "征求意见": ("征求意见函",),
    "确定": ("资格审查表", "推荐人选名单", "结构分析", "选择说明"),
    "公示": ("公示",),
    "报送": ("推荐报告", "推荐人选名单", "推荐人选登记表"),
    # What has been handed in and decided is written no more.
    "办结": (),
}
KINDS = tuple(dict.fromkeys(kind for kinds in STAGES.values() for kind in kinds))
_WANTED = (
    "name",
    "born",
    "nation",
    "politics",
    "education",
    "native_place",
    "working_since",
    "position",
    "resume",
    "deeds",
)


def due_kinds(registry: Registry, result: BatchResult, stage: str | None = None) -> tuple[str, ...]:
    """The kinds due at the stage: the one asked for, else the batch's own, else all."""
    own = stage or registry["batches"]["stage"][result.batch.index]
    return STAGES[own] if own else KINDS


def papers(registry: Registry, result: BatchResult, kinds: tuple[str, ...]) -> list[NominationPaper]:
    """The Word documents of these kinds that can be written; those of the list only where there is one."""
    makers = {kind: DOCUMENTS[kind].make for kind in kinds if kind in DOCUMENTS}
    # Without a list and without a stage it is too early for forms: the list is what is to be mended first.
    early = result.selected or kinds == STAGES["推荐"]
    return [
        paper
        for kind, make in makers.items()
        if make and (early or kind != "推荐人选登记表")
        for paper in make(registry, result)
    ]


def fixed_day(registry: Registry, result: BatchResult, paper: NominationPaper) -> datetime.date | None:
    """The day a paper bears whenever it is written: the notice to the public its first day, a numbered one that of its entry in
    发文登记; None for the others."""
    if paper.kind == "公示":
        first: datetime.date | None = registry["batches"]["notice_from"][result.batch.index]
        return first
    if paper.context.get("发文字号"):
        return registered_on(registry, str(paper.context["标题"]))
    return None


def missing(registry: Registry, result: BatchResult, kinds: tuple[str, ...]) -> list[str]:
    """What these documents still lack, each with the cell to fill."""
    batches, people, batch = registry["batches"], registry["people"], result.batch
    found = []
    if "公示" in kinds and batches["notice_from"][batch.index] is None:
        state = "没有填公示起始" if batches.readable(batch.index, "notice_from") else "公示起始读不出"
        found.append(f"公示：{state}，没有生成（{batches.place(batch.index, 'notice_from')}）")
    if "征求意见函" in kinds and not departments(registry, result):
        found.append("征求意见函：联审意见表里没有这一批的部门，参数“联审部门”也没有填，没有生成")
    waiting = [
        f"{v.reason}（{c.name}）"
        for c in result.candidates
        if c.pin != "不选"
        for v in c.verdicts
        if v.requirement.startswith(OPINION) and "待复" in v.reason
    ]
    found += [f"联审：{text}" for text in waiting]
    if {"公示", "推荐报告"} & set(kinds) and result.selected and not answered(registry, result):
        found.append("征求意见：没有一个部门对名单上的人都有意见，公示和报告里没有写“征求意见”")
    first = batches["notice_from"][batch.index]
    if "公示" in kinds and first is not None and (first < registry.today or not is_workday(registry.settings, first)):
        why = "在今天以前" if first < registry.today else "不是工作日"
        found.append(f"公示：公示起始 {first} {why}，请核对（{batches.place(batch.index, 'notice_from')}）")
    if "征求意见函" in kinds and batch.closing < registry.today:
        found.append(
            f"征求意见函：截止日期 {batch.closing} 已经过了，请核对回复的期限（{batches.place(batch.index, 'closing')}）"
        )
    if "推荐人选登记表" in kinds:
        for candidate in form_people(registry, result):
            row = people.index_of[candidate.person]
            empty = [people.spec.by_name[f].header for f in _WANTED if people[f][row] in (None, "")]
            if trouble := photo_of(registry, candidate.person).trouble:
                empty.append(trouble)
            empty += [f"简历 {gap}没有写" for gap in resume_gaps(people["resume"][row], registry.today)]
            if empty:
                found.append(f"登记表：{candidate.name}缺{'、'.join(empty)}（{people.place(row, 'name')}）")
    return found
