"""When a workbook was last saved, as it says itself: a file's own time is that of its copying."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from jinguo.common.ooxml import CREATED, DAMAGED, Package

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.Z+-]+)\s*<")


def saved_time(path: Path) -> datetime.datetime | None:
    """When it was last saved (UTC); None where it does not say so, or is no .xlsx. What this program wrote says nothing of when."""
    try:
        package = Package(path)
        found = _MODIFIED.search(package.read("docProps/core.xml")) if "docProps/core.xml" in package else None
        moment = datetime.datetime.fromisoformat(found[1].decode().replace("Z", "+00:00")) if found else None
    except DAMAGED:
        return None
    if moment is None:
        return None
    moment = moment.replace(tzinfo=None) if moment.tzinfo is None else moment.astimezone(datetime.UTC).replace(tzinfo=None)  # fmt: skip
    return None if moment == CREATED else moment
