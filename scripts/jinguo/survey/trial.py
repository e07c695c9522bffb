"""What the registry would be after a merge: tried in a folder of its own before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from jinguo.common.findings import Finding
from jinguo.intake.loading import load_registry
from jinguo.intake.own.mapping import decisions_in
from jinguo.registry.tables import Registry
from jinguo.versions.compare import new_findings

Check = Callable[[Registry], list[Finding]]


def what_it_brings(
    registry: Registry, contents: Mapping[Path, bytes], findings: Sequence[Finding], check: Check
) -> list[Finding]:
    """What the check would find with these contents of the workbooks and does not find now (`findings`)."""
    with tempfile.TemporaryDirectory(prefix="jinguo-") as name:
        folder = Path(name)
        for path in [*registry.files, *decisions_in(registry.folder)]:
            target = folder / path.resolve().relative_to(registry.folder.resolve())
            target.parent.mkdir(parents=True, exist_ok=True)
            if path in contents:
                target.write_bytes(contents[path])
            else:
                shutil.copyfile(path, target)
        after = load_registry(folder, registry.today)
        found = new_findings(registry, list(findings), after, check(after))
    # Excel works formulas out when the workbook is opened.
    return [f for f in found if "公式还没有算出结果" not in f.message]
