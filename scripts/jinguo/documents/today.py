"""What could be written today and what could not, and why: the last words of a check."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.documents.batch_gate import notice_reasons
from jinguo.documents.gate import (
    STATISTICS,
    Withheld,
    nominations_withheld,
    statistics_remarks,
    statistics_withheld,
    withheld_for,
)
from jinguo.documents.opening import refuse_unsound
from jinguo.documents.register import DOCUMENTS, all_due, remark_of, withheld_document, withheld_kinds
from jinguo.nominations.attributes import Attributes
from jinguo.nominations.basis import lacking_tables
from jinguo.nominations.batch import Batch, batch_rows, batches, skipped_batches
from jinguo.nominations.opinions import NONE, departments_asked, opinion_of
from jinguo.registry.tables import Registry
from jinguo.word.template_files import read_template

_MEND = "改好以后再运行一次。"


class Today(NamedTuple):
    """What goes out, in words; what goes out with a remark, and which; what does not."""

    ready: list[str]
    remarks: list[str]
    withheld: list[Withheld]


def today(registry: Registry, templates: Path) -> Today:
    """What the other commands would write, without writing it; no list is drawn up for it."""
    ready: list[str] = []
    noted: list[str] = []
    held_back: list[Withheld] = []
    if trouble := statistics_withheld(registry):
        held_back.append(trouble)
    elif any(len(registry[name]) for name in ("events", "exam_entries")):
        noted += statistics_remarks(registry, STATISTICS)
        _add(ready, held_back, "培训考试统计报告", "统计表和报告", registry, templates)
    held_back += withheld_kinds(registry).values()
    held_back += filter(None, map(withheld_document, all_due(registry)))
    for kind, count in Counter(due.kind for due in all_due(registry) if not due.trouble).items():
        noted += [remark] if (remark := remark_of(registry, kind)) else []
        _add(ready, held_back, kind, f"{kind} {count} 份", registry, templates)
    if trouble := nominations_withheld(registry):
        held_back.append(trouble)
    else:
        for batch in batches(registry):
            if lacking := lacking_tables(registry, Attributes(registry, batch.closing, batch.day), batch):
                held_back.append(Withheld(f"{batch.number} 推荐材料", tuple(lacking), _MEND))
                continue
            if batch_rows(registry, "requirements", batch):
                ready.append(f"{batch.number} 推荐材料")
                reasons = notice_reasons(registry, batch)
                held_back += [Withheld(f"{batch.number} 公示", tuple(reasons), _MEND)] if reasons else []
            else:
                held_back.append(Withheld(f"{batch.number} 名单、公示和报告", ("没有资格条件，没有审查过",), _MEND))
            noted += _unsettled(registry, batch)
        held_back += [Withheld("推荐材料", (place,), _MEND) for place in skipped_batches(registry)]
    return Today(ready, list(dict.fromkeys(noted)), held_back)


def _unsettled(registry: Registry, batch: Batch) -> list[str]:
    """What a list of the batch would have to do without: indicators, opinions that have not come."""
    found = []
    if not batch_rows(registry, "weights", batch):
        found.append(f"{batch.number} 没有评分指标")
    people = [registry["candidates"]["person"][i] for i in batch_rows(registry, "candidates", batch)]
    for department in departments_asked(registry, batch):
        silent = sum(opinion_of(registry, batch, p, department) == NONE for p in people if p)
        if silent:
            found.append(f"{batch.number} 还有 {silent} 人没有{department}的意见")
    return found


def _add(
    ready: list[str], held_back: list[Withheld], kind: str, product: str, registry: Registry, templates: Path
) -> None:
    try:
        refuse_unsound(kind, read_template(templates, DOCUMENTS[kind].template), registry)
    except JinguoError as error:
        held_back.append(withheld_for(kind, error))
    else:
        ready.append(product)
