"""Files that came back from the townships: one registry together, or each a return of its own."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jinguo.common.errors import JinguoError
from jinguo.intake.loading import load_files
from jinguo.registry.tables import Registry


def load_returns(files: list[Path], today: datetime.date | None, beside: Sequence[Path]) -> list[Registry]:
    """The registry of these files; where two of them hold the same table, one of each: a township's numbers and names
    mean something in its own file. Raises JinguoError where none can be read."""
    together = load_files(files, today, beside)
    if len(files) == 1:
        return [together]
    alone = []
    for path in files:
        if path.name not in together.refused:
            try:
                alone.append(load_files([path], today, beside))
            except JinguoError as trouble:
                together.refused[path.name] = trouble.paragraph()
    held = Counter(
        name for registry in alone for name, table in registry.tables.items() if table.workbooks() & _names(registry)
    )
    if max(held.values(), default=0) < 2:
        return [together]
    for registry in alone:
        registry.refused = together.refused
    return alone


def _names(registry: Registry) -> set[str]:
    return {path.name for path in registry.files}
