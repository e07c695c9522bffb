"""推荐人选名单: who is on the list, in its order; no identity number, no phone."""

from __future__ import annotations

from typing import Any

from jinguo.documents.letterhead import titled
from jinguo.nominations.batch import Batch, BatchResult, Candidate
from jinguo.nominations.order import list_notes, spaced
from jinguo.registry.tables import Registry
from jinguo.schema.wording import day_words, words


def people_rows(registry: Registry, listed: list[Candidate]) -> list[dict[str, str]]:
    """Candidates as the rows of a table, in their order: no identity number, no phone."""
    people, candidates = registry["people"], registry["candidates"]
    rows = []
    for place, candidate in enumerate(listed, 1):
        person = people.record(people.index_of[candidate.person])
        rows.append(
            {
                header: words(person[header])
                for header in ("性别", "民族", "出生年月", "政治面貌", "学历", "工作单位及职务")
            }
            | {
                "序号": str(place),
                "姓名": spaced(candidate.name),
                "推荐单位": words(candidates["proposed_by"][candidate.index]),
            }
        )
    return rows


def form_title(batch: Batch) -> str:
    """What the form of a candidate is called, in the form and in the note of the report."""
    return f"{batch.office}推荐人选登记表"


def list_context(registry: Registry, result: BatchResult) -> dict[str, Any]:
    """What the template 推荐人选名单.docx may place."""
    people = registry["people"]
    rows = people_rows(registry, result.selected)
    names = [
        spaced(c.name) + list_notes({"sex": people.value(c.person, "sex"), "nation": people.value(c.person, "nation")})
        for c in result.selected
    ]
    batch = result.batch
    order = batch.order if batch.order != "得分" else "得分高低"
    return {
        "标题": titled(registry, batch.list_title),
        "名称": batch.name,
        "人数": str(len(rows)),
        "排序口径": order,
        "姓名名单": [[*names, ""][n : n + 2] for n in range(0, len(names), 2)],
        "人选": rows,
        "送达单位": batch.addressee,
        "届次": batch.term,
        "推荐职务": batch.office,
        "单位名称": registry.settings.item("单位名称"),
        "成文日期": day_words(registry.today),
    }
