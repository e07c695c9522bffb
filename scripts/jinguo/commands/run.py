"""What every command shares: the folders, the day, the registry read once, and the console."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from jinguo.findings import Finding
    from jinguo.output import Output
    from jinguo.registry import Registry


@dataclass
class Run:
    """One call of the program: where the workbooks, templates and output are, and what day it is taken to be."""

    workbooks: Path
    templates: Path
    output_folder: Path
    today: datetime.date | None = None
    written: list[str] = field(default_factory=list)

    @cached_property
    def registry(self) -> Registry:
        """The registry of the folder; JinguoError where there is none."""
        from jinguo.loading import load_registry

        return load_registry(self.workbooks, self.today)

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything the check has to say, the findings of reading included."""
        from jinguo.checks import check

        return check(self.registry)

    @cached_property
    def console(self) -> Console:
        from rich.console import Console

        return Console(highlight=False, soft_wrap=True)

    def output(self, command: str) -> Output:
        """The output folder for one command, with the workbooks' digests for the manifest."""
        from jinguo.output import Output

        return Output(self.output_folder, command, self._inputs)

    @cached_property
    def _inputs(self) -> dict[str, str]:
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in self.registry.files}

    def exit_code(self, refused: bool = False) -> int:
        """0 done; 1 done, but the registry has errors or could not all be read, or something was refused; says so."""
        from jinguo.findings import Severity, count_by_severity

        errors = count_by_severity(self.findings)[Severity.ERROR]
        for paragraph in self.registry.refused:
            self.console.print(f"【打不开】{paragraph}", markup=False)
        if errors:
            self.console.print(f"注意：台账有 {errors} 条错误，上面的结果可能不对；先用“校验台账”看看错在哪里。")
        return 1 if errors or refused or self.registry.refused else 0

    @property
    def author(self) -> str:
        """Who the generated files say wrote them: the office, nobody else."""
        return self.registry.settings.item("单位名称")

    def shown(self, path: str) -> str:
        """A path under output/ as staff see it from where they are."""
        return str(self.output_folder / path)
