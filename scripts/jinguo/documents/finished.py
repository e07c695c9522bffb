"""The documents that are due as they go out: each finished, or held back with what is wrong with it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.documents.dating import Dating, Earlier, dated
from jinguo.documents.due_document import DueDocument
from jinguo.documents.gate import Withheld, withheld_for
from jinguo.documents.opening import open_template
from jinguo.documents.register import remark_of, withheld_document
from jinguo.office.letters import registered_on
from jinguo.registry.tables import Registry
from jinguo.word.template import Template


class Whole(NamedTuple):
    """A document that may go out: what it is, its number and day, its bytes; `kept` where an earlier run wrote the same."""

    due: DueDocument
    number: str
    day: datetime.date
    document: bytes
    kept: bool


@dataclass
class Finished:
    """Documents that may go out; those that may not; and what some had to remark."""

    whole: list[Whole] = field(default_factory=list)
    held_back: list[Withheld] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    templates: list[Template] = field(default_factory=list)


def finished(
    registry: Registry,
    folder: Path,
    chosen: Iterable[tuple[DueDocument, str]],
    earlier: Callable[[str], Earlier | None] = lambda file: None,
) -> Finished:
    """What is due, filled into the office's templates in `folder`; nothing that is wrong with one keeps back another. `earlier`
    gives what an earlier run wrote under a name."""
    done = Finished()
    templates: dict[str, Template | None] = {}
    for due, number in chosen:
        if answer := withheld_document(due):
            done.held_back.append(answer)
            continue
        if due.kind not in templates:
            templates[due.kind] = _opened(done, due.kind, registry, folder)
        template, remark = templates[due.kind], remark_of(registry, due.kind)
        if template is None:
            continue
        before = earlier(due.file)
        fixed = registered_on(registry, due.title) if due.numbered else None
        dating = Dating(registry.settings, registry.today, fixed, before, due.within)
        try:
            document, day = dated(template, due.context(number), remark, dating)
        except JinguoError as trouble:
            done.held_back.append(withheld_for(due.file, trouble))
            continue
        kept = before is not None and before.document == document
        done.whole.append(Whole(due, number, day, document, kept))
        if remark:
            done.remarks.append(remark)
    done.templates = [template for template in templates.values() if template]
    return done


def _opened(done: Finished, kind: str, registry: Registry, folder: Path) -> Template | None:
    try:
        return open_template(kind, folder, registry)
    except JinguoError as trouble:
        done.held_back.append(withheld_for(kind, trouble))
        return None
