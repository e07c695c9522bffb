"""What every command shares: the folders, the day, the registry read once, and the console."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinguo.common.errors import JinguoError
from jinguo.common.findings import some_of

if TYPE_CHECKING:
    from rich.console import Console

    from jinguo.common.findings import Finding
    from jinguo.common.output import Output
    from jinguo.documents.gate import Withheld
    from jinguo.registry.tables import Registry
    from jinguo.word.template import Template

#: Of products that do not go out for one reason so many are named.
_MOST_NAMED = 12
#: What a terminal would obey instead of showing.
_NO_CONTROLS = dict.fromkeys([*range(10), *range(11, 32), *range(0x7F, 0xA0)])


@dataclass
class Run:
    """One call of the program: where the workbooks, templates and output are, and what day it is taken to be."""

    workbooks: Path
    templates: Path
    output_folder: Path
    today: datetime.date | None = None
    #: The options before the command, for one that runs others.
    arguments: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    #: Files that were open elsewhere, and what was written beside each.
    in_use: dict[str, str] = field(default_factory=dict)
    beside_open: list[str] = field(default_factory=list)
    #: What did not go out, and what went out with a remark.
    withheld: list[Withheld] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _told: bool = field(default=False, repr=False)
    #: Files of townships that are each a registry of their own; empty where there is one registry.
    returns: list[Registry] = field(default_factory=list)
    #: Modules the command is going to import once the registry is read.
    wanted_next: list[str] = field(default_factory=list)

    @cached_property
    def registry(self) -> Registry:
        """The registry of the folder; JinguoError where there is none."""
        from jinguo.intake.loading import load_registry

        self.finish_interrupted()
        registry = load_registry(self.workbooks, self.today, self.wanted_next)
        if registry.strangers:
            self.say(
                f"workbooks 里有 {len(registry.strangers)} 个文件不是巾帼台账的工作簿，没有读（{some_of(registry.strangers)}）："
                "自己的登记表，请先双击“接入台账.bat”。",
                "yellow",
            )
        return registry

    def finish_interrupted(self) -> None:
        """Finish what an earlier run was stopped in while it wrote into the workbooks."""
        from jinguo.amend.journal import JOURNAL, finish_interrupted
        from jinguo.common.writing import clear_leftovers

        if (self.workbooks / JOURNAL).exists() and (names := finish_interrupted(self.workbooks)):
            self.say(f"上次写入台账时中断了，已接着做完（{some_of(names)}）；原件在 workbooks/备份。", "yellow")
        clear_leftovers(self.workbooks)

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything the check has to say, the findings of reading included."""
        self.wanted_next.append("jinguo.checks")
        registry = self.registry
        from jinguo.checks import check

        return check(registry)

    @cached_property
    def console(self) -> Console:
        from rich.console import Console

        class Window(Console):
            """The console; in a window of Windows lines and bars are plain characters, as those of boxes are two columns wide there."""

            encoding = property(lambda self: "ascii" if os.name == "nt" else Console.encoding.fget(self))  # type: ignore[attr-defined]

        return Window(highlight=False, soft_wrap=True)

    @contextlib.contextmanager
    def output(self, command: str, elsewhere: bool = False) -> Iterator[Output]:
        """The output folder for one command, with the workbooks' digests for the manifest; notes what is written. Of a command whose input
        is `elsewhere` the office's own workbooks are not asked for."""
        from jinguo.common.output import Output

        inputs, may_clear = ({}, True) if elsewhere else (self._inputs, not self.registry.refused)
        output = Output(self.output_folder, command, inputs, may_clear=may_clear)
        try:
            with output:
                yield output
        finally:
            self.written += [w.path for w in output.written]
            self.in_use |= {w.instead_of: w.path for w in output.written if w.instead_of}
            # The marks of cells that are right by now go with every check, which is nothing to tell.
            self.removed += output.removed if command != "check" else []

    @contextlib.contextmanager
    def counting(self, what: str) -> Iterator[Callable[[int], None]]:
        """A bar on the console while many are worked through: call with how many there are as each is done."""
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed}/{task.total}"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self.console, disable=not self.console.is_terminal) as progress:
            task = progress.add_task(what, total=None)
            yield lambda total: progress.update(task, total=total, advance=1)

    def write_json(self, path: Path, content: Any) -> None:
        """Save results for other programs; never over a workbook or a document, nor among the workbooks."""
        from jinguo.common.writing import write_file

        among = path.resolve().parent == self.workbooks.resolve()
        if among or path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".xls", ".et", ".ods", ".csv", ".docx", ".doc"):
            raise JinguoError(
                "--json 后面要写一个新的文件名，不能是台账或文档",
                str(path),
                "例如：--json 结果.json，放在别的文件夹里。",
            )
        write_file(path, json.dumps(content, ensure_ascii=False, indent=2).encode("utf-8"))

    def say(self, text: str, style: str = "") -> None:
        """One or more lines on the console, as they are: brackets in a name are no markup."""
        self.console.print(text.translate(_NO_CONTROLS), style=style or None, markup=False)

    def tell_lacking(self, templates: Iterable[Template]) -> None:
        """Say which characters of the documents written the body font lacks, as names may come out wrong."""
        found = dict.fromkeys(c for template in templates for c in template.lacking)
        if found:
            font = self.registry.settings.item("正文字体")
            self.say(
                f"注意：字体 {font} 里没有“{'、'.join(found)}”，打印出来可能是方框或别的字体；请在 Word 里给这几个字换一种字体（如 宋体、仿宋）。",
                "yellow",
            )

    @cached_property
    def _inputs(self) -> dict[str, str]:
        from jinguo.common.writing import file_digest

        return {path.name: file_digest(path) for path in self.registry.files}

    @cached_property
    def _errors(self) -> int:
        from jinguo.common.findings import Severity, count_by_severity

        return count_by_severity(self.findings)[Severity.ERROR]

    def exit_code(self, refused: bool = False) -> int:
        """0 whole; 1 written with remarks, with errors in the registry, or something `refused`; 2 something withheld or
        unreadable. Says why where nobody has yet."""
        self.tell()
        if self.registry.refused or self.withheld:
            return 2
        return 1 if self._errors or refused or self.remarks else 0

    def tell(self) -> None:
        """Say once what could not be read, what does not go out, what goes out with a remark, and that there are errors."""
        if self._told:
            return
        self._told = True
        for paragraph in self.registry.refused.values():
            self.say(f"【打不开】{paragraph}", "bold red")
        self.tell_withheld(self.withheld)
        for remark in dict.fromkeys(self.remarks):
            self.say(f"附注：{remark}。写出来的材料里也这样说明。", "yellow")
        self.tell_in_use()
        if self.removed:
            names = [path.rpartition("/")[2] for path in self.removed]
            self.say(f"不再成立的旧文件删去了 {len(names)} 个：{some_of(names)}。")
        if self._errors:
            self.say(f"注意：台账有 {self._errors} 条错误，上面的结果可能不对；先用“校验台账”看看错在哪里。")

    def tell_in_use(self) -> None:
        """Say which files were open elsewhere, each once, and what was written beside them."""
        while self.in_use:
            held, beside = self.in_use.popitem()
            self.beside_open.append(beside)
            self.say(
                f"{held} 正在别的程序里打开着，没有替换；新的写在旁边：{beside.rpartition('/')[2]}。关上它再运行一次，就只有一个。",
                "yellow",
            )

    def tell_withheld(self, held_back: Iterable[Withheld]) -> None:
        """Say what does not go out, once for each reason."""
        by_reason: dict[tuple[str, ...], list[Withheld]] = {}
        for answer in held_back:
            by_reason.setdefault(answer.reasons, []).append(answer)
        for reasons, answers in by_reason.items():
            named = list(dict.fromkeys(answer.product for answer in answers))
            products = "、".join(named[:_MOST_NAMED]) + (f"等 {len(named)} 种" if len(named) > _MOST_NAMED else "")
            self.say(f"不出：{products}。{'；'.join(reasons)}，写出来会不真实。{answers[0].remedy}", "bold red")

    @property
    def author(self) -> str:
        """Who the generated files say wrote them: the office, nobody else; nobody where it has not said its name."""
        return self.registry.settings.office.get("单位名称") or ""

    def shown(self, path: str) -> str:
        """A path under output/ as staff see it from where they are."""
        return str(self.output_folder / path)
