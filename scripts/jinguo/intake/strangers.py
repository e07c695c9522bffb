"""Workbooks that are none of ours and of which nobody has said what they are: what is sure of them is read all the same where
somebody asks about that very file."""

from __future__ import annotations

import datetime

from jinguo.common.findings import Severity
from jinguo.excel.raw import RawSheet
from jinguo.intake.building import build_beside
from jinguo.intake.own.mapping import FILE, TAKEN
from jinguo.intake.own.read_decisions import mapping_of
from jinguo.registry.tables import Registry
from jinguo.schema.problems import NO_SHEET, RESEMBLES, SHEET_TWICE
from jinguo.schema.register_problems import NOT_KEPT, OPEN_DECISION


def strangers_among(registry: Registry, sheets: dict[str, list[RawSheet]]) -> list[str]:
    """The workbooks of which nothing was read, and nothing was said that tells how they would be."""
    known = {name for table in registry.tables.values() for name in table.workbooks()} | {FILE}
    known |= {
        f.workbook
        for f in registry.findings
        if f.code in (RESEMBLES.code, NO_SHEET.code, SHEET_TWICE.code, OPEN_DECISION.code)
        and f.severity is Severity.WARNING
    }
    if FILE in sheets:
        mapping = mapping_of(sheets[FILE])[0]
        known |= {b for b, raws in sheets.items() if raws and all(mapping.source_of(r.label, r.name) for r in raws)}
    return [name for name in sheets if name not in known]


def with_strangers(
    registry: Registry, strangers: list[str], sheets: dict[str, list[RawSheet]], today: datetime.date | None
) -> tuple[Registry, list[str]]:
    """The registry with what is sure of workbooks that are none of ours: columns whose title and content agree; the rest of
    their sheets is checked by content alone. Those of which nothing is known are left."""
    from jinguo.intake.own.content_check import check_by_content
    from jinguo.intake.own.propose import certain, propose

    books = {name: sheets[name] for name in strangers}
    mapping = certain(propose(books))
    taken = {source.key for source in mapping.sources if source.action == TAKEN}
    left = []
    if taken:
        registry, _ = build_beside(sheets, today, mapping=mapping)
        # Who is meant, and what is not kept, is no matter of one sheet alone.
        registry.findings = [f for f in registry.findings if f.code not in (OPEN_DECISION.code, NOT_KEPT.code)]
    for name in strangers:
        rest = [raw for raw in books[name] if (raw.label, raw.name) not in taken]
        found, columns = check_by_content(rest)
        registry.findings += found
        if not columns and len(rest) == len(books[name]):
            left.append(name)
        else:
            registry.checked_by_content.add(name)
    return registry, left
