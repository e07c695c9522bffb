"""The register of documents: kind, template, and what it is; a new document is one row here."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinguo.settings import Settings
from jinguo.word.render import read_template, render


@dataclass(frozen=True)
class Document:
    """A kind of document: what it is called, the template it is made from, and for whom."""

    kind: str
    template: str
    readers: str


DOCUMENTS = {
    d.kind: d
    for d in (
        Document("培训通知", "培训通知.docx", "各镇街妇联、面向层级的女性社会组织"),
        Document("培训考试统计报告", "培训考试统计报告.docx", "领导"),
        Document("推荐人选名单", "推荐人选名单.docx", "批次的送达单位"),
    )
}


def write_document(kind: str, templates: Path, context: Mapping[str, Any], settings: Settings, today: datetime.date) -> bytes:
    """The finished .docx of a kind, from the office's own template."""
    template = DOCUMENTS[kind].template
    return render(read_template(templates, template), template, context, settings, today)
