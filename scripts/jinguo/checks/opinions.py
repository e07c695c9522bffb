"""Rules about what the departments say of candidates."""

from __future__ import annotations

from collections.abc import Iterator

from jinguo.checks.rule import ERROR, WARNING, doubles, rule
from jinguo.nominations.batch import batch_rows, batches
from jinguo.nominations.opinions import latest_opinions
from jinguo.registry.tables import Hit, Registry


@rule(
    "NOM-007", WARNING, "到截止日期，联审部门的意见都要回复",
    why="没有回复不能当作同意",
    remedy="请催办后填上意见和日期",
    source="推荐工作惯例",
)  # fmt: skip
def opinions_in_time(registry: Registry) -> Iterator[Hit]:
    table = registry["opinions"]
    current = set(registry.once(latest_opinions).values())
    for batch in batches(registry):
        for i in batch_rows(registry, "opinions", batch):
            if registry.today >= batch.closing and table["opinion"][i] == "待复" and i in current:
                who = registry.name_of("people", table["person"][i])
                yield table.hit(
                    i, "opinion", f"{batch.closing} 已截止，{table['department'][i] or '这个部门'}对{who}的意见还是待复"
                )


@rule(
    "NOM-012", ERROR, "一个部门对一个人选只有一条意见",
    why="两条意见不同，就不知道算不算同意",
    remedy="请保留最后的一条；补充的意见写在原来那一行",
    source="推荐工作惯例",
)  # fmt: skip
def one_opinion_a_department(registry: Registry) -> Iterator[Hit]:
    opinions = registry["opinions"]
    known = opinions["date"]
    for i, first in doubles(opinions, "batch", "person", "department"):
        # Of opinions given on different days the later one counts.
        if known[i] and known[first] and known[i] != known[first]:
            continue
        who = registry.name_of("people", opinions["person"][i])
        yield opinions.hit(
            i, "department", f"{opinions['department'][i]}对{who}的意见与{opinions.nth_row(first, i)}重复"
        )


@rule(
    "NOM-013", WARNING, "联审意见里的人要是这一批的人选",
    why="编号填错，意见就记到别人名下",
    remedy="请核对批次编号和人员编号",
    source="推荐工作惯例",
)  # fmt: skip
def opinion_of_candidate(registry: Registry) -> Iterator[Hit]:
    opinions, candidates = registry["opinions"], registry["candidates"]
    if not candidates.present or candidates.unclear("batch", "person"):
        return
    listed = set(zip(candidates["batch"], candidates["person"], strict=True))
    for i, batch, person in opinions.each("batch", "person"):
        if batch and person and (batch, person) not in listed:
            yield opinions.hit(i, "person", f"{registry.name_of('people', person)}不在 {batch} 的人选里")


@rule(
    "NOM-014", WARNING, "部门不同意的人选不宜人工确定入选",
    why="报上去会被退回，单位要说明理由",
    remedy="请与该部门沟通，或清空人工确定",
    source="推荐工作惯例",
)  # fmt: skip
def refused_is_not_pinned(registry: Registry) -> Iterator[Hit]:
    opinions, candidates = registry["opinions"], registry["candidates"]
    said = {(b, p, d): opinions["opinion"][i] for (b, p, d), i in registry.once(latest_opinions).items()}
    refused = {(b, p): d for (b, p, d), opinion in said.items() if opinion == "不同意"}
    for i, batch, person, pin in candidates.each("batch", "person", "pin"):
        if pin == "入选" and (batch, person) in refused:
            department = refused[batch, person] or "有部门"
            yield candidates.hit(
                i, "pin", f"{registry.name_of('people', person)}人工确定入选，{department}的意见是不同意"
            )
