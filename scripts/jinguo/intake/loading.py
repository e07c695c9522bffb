"""From a folder of workbooks, or some files, to the registry; what could not be opened, or is none of ours, is told."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import gc
import importlib
import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding, finding
from jinguo.common.writing import file_state
from jinguo.excel.raw import RawSheet, is_workbook
from jinguo.excel.reading.read import read_workbook, read_workbooks
from jinguo.intake.building import build_registry
from jinguo.intake.own.mapping import FILE, Mapping, fits
from jinguo.intake.own.read_decisions import mapping_of
from jinguo.intake.own.reading import EarlyTranscripts
from jinguo.intake.sheets import like_nothing
from jinguo.intake.strangers import strangers_among, with_strangers
from jinguo.intake.typed_tables import TypedTables
from jinguo.registry.tables import Registry
from jinguo.schema import TABLES
from jinguo.schema.problems import REFUSED, SUBFOLDER


class Sources(NamedTuple):
    """What the folder holds: the sheets of each workbook, and paragraphs about the workbooks that cannot be read."""

    files: list[Path]
    sheets: dict[str, list[RawSheet]]
    refused: dict[str, JinguoError]


def load_registry(
    folder: Path, today: datetime.date | None = None, wanted_next: Iterable[str] = (), decisions: Path | None = None
) -> Registry:
    """Read every workbook of `folder`. `today` overrides 参数 › 基准日期, which overrides the day's date; `decisions` is the
    对照.xlsx by which an earlier version of the office's own registers is read that has none beside it.

    Everything wrong becomes a finding; JinguoError only when there is no workbook at all. `wanted_next` are modules the
    caller is going to import: this is done in the time in which nothing is to do but to wait for the largest workbook.
    """
    files = workbooks_of(folder)
    mine = next((path for path in files if path.name == FILE), None)
    beside = [decisions] if mine is None and decisions is not None and decisions.is_file() else []
    decided = decided_by(mine or next(iter(beside), None))
    files += adopted_below(folder, decided) if mine else []
    # What is called as a workbook of ours and is none, a folder or a link to nowhere, is told as one that cannot be read.
    files += [
        folder / name for name in sorted(_OURS) if os.path.lexists(folder / name) and not (folder / name).is_file()
    ]
    registry = _registry_of(files, today, decided, wanted_next=wanted_next, beside=beside)
    registry.folder = folder
    registry.findings = sorted([*registry.findings, *_subfolders(folder, files)], key=Finding.sort_key)
    return registry


_OURS = {spec.workbook for spec in TABLES.values()}
#: What the program itself, and staff at its word, keep below the workbooks.
_OWN_FOLDERS = ("备份", "照片")


def _folders_below(folder: Path) -> list[Path]:
    """The folders right below that may hold registers, in the order of their names."""
    below = (path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(path for path in below if path.name not in _OWN_FOLDERS)


def _by_name(folder: Path) -> dict[str, list[Path]]:
    """The workbooks right below by their names, behind a file of that name beside the folders; the first is the one read."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(path for path in folder.iterdir() if path.is_file()):
        found[path.name].append(path)
    for below in _folders_below(folder):
        for path in sorted(path for path in below.iterdir() if path.is_file() and is_workbook(path)):
            found[path.name].append(path)
    return found


def workbooks_below(folder: Path) -> list[Path]:
    """The workbooks in the folders right below, but for those the program keeps there; of two of one name the first."""
    return [first for first, *_ in _by_name(folder).values() if first.parent != folder]


def same_names(folder: Path) -> dict[str, list[str]]:
    """Of the workbooks that have the name of another in the folder or right below it, that other's place and theirs."""
    named = _by_name(folder).values() if folder.is_dir() else ()
    places = ([path.relative_to(folder).as_posix() for path in paths] for paths in named if len(paths) > 1)
    return {first: others for first, *others in places}


def adopted_below(folder: Path, decided: Mapping | None) -> list[Path]:
    """The workbooks in folders below that 对照.xlsx says something of."""
    named = [s.workbook for s in decided.sources if "/" in s.workbook] if decided else []
    below = workbooks_below(folder) if named else []
    return [path for path in below if any(fits(f"{path.parent.name}/{path.name}", pattern) for pattern in named)]


def decided_by(file: Path | None) -> Mapping | None:
    """What a 对照.xlsx says; None where there is none."""
    if file is None or not file.is_file():
        return None
    try:
        return mapping_of(read_workbook(file))[0]
    except JinguoError:
        # Told when it is read with the others.
        return None


def _subfolders(folder: Path, read: Collection[Path] = ()) -> list[Finding]:
    """A finding for each folder below with workbooks in it that are not read."""
    found = []
    for below in _folders_below(folder):
        count = sum(path.is_file() and is_workbook(path) and path not in read for path in below.rglob("*"))
        if count:
            what = f"“{below.name}”里有 {count} 个工作簿，没有读"
            found.append(finding(SUBFOLDER, (f"{below.name}/", "", ""), "", what))
    return found


def load_files(files: list[Path], today: datetime.date | None = None, beside: Sequence[Path] = ()) -> Registry:
    """The registry of some workbooks that are not in a registry's folder; raises JinguoError where none can be read.

    A sheet whose header is that of a table is that table, whatever its name. `beside` are the office's own 设置.xlsx, for
    its townships, words and parameters, and 对照.xlsx; they are not among the registry's files.
    """
    twice = [name for name, count in Counter(path.name for path in files).items() if count > 1]
    if twice:
        raise JinguoError(f"有两个文件都叫 {'、'.join(twice)}", remedy="请分两次校验，或先改名。")
    decided = decided_by(next((path for path in [*files, *beside] if path.name == FILE), None))
    return _registry_of(files, today, decided, named=True, beside=beside)


def _registry_of(
    files: list[Path],
    today: datetime.date | None,
    decided: Mapping | None,
    named: bool = False,
    wanted_next: Iterable[str] = (),
    beside: Iterable[Path] = (),
) -> Registry:
    """The registry of these files, and those `beside` them, of which 对照.xlsx has `decided` how hers are read; `named` where the clerk asked about them, and not just
    finds them in the folder."""
    with collection_paused():
        seen = {path: file_state(path) for path in files}
        # The office's own sheets are transcribed while others are read.
        typed = TypedTables(EarlyTranscripts(decided, today or datetime.date.today()) if decided else None)
        sources = read_files([*files, *beside], typed, wanted_next)
        names = {path.name for path in files}
        if named and not names & set(sources.sheets):
            first, *others = (trouble for name, trouble in sources.refused.items() if name in names)
            raise first if not others else JinguoError("\n".join(trouble.paragraph() for trouble in (first, *others)))
        registry = build_registry(sources.sheets, today, sources.refused, typed, by_header=names if named else ())
        strangers = strangers_among(registry, sources.sheets)
        if named and strangers:
            registry, strangers = with_strangers(registry, strangers, sources.sheets, today)
    registry.files = [path for path in files if path.name != FILE and path.is_file()]
    registry.seen = seen
    registry.strangers = strangers
    registry.findings += like_nothing(strangers, named)
    for name, trouble in sources.refused.items():
        registry.refused[name] = trouble.paragraph()
        registry.findings.append(finding(REFUSED, (name, "", ""), "", trouble.what, trouble.remedy.removesuffix("。")))
    registry.findings.sort(key=Finding.sort_key)
    return registry


@contextlib.contextmanager
def collection_paused() -> Iterator[None]:
    """Keep Python from looking for garbage while hundreds of thousands of rows are made, all of which stay in use."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def workbooks_of(folder: Path) -> list[Path]:
    """The workbooks in a folder, in the order of their names; JinguoError where there is none."""
    if not folder.is_dir():
        raise JinguoError("找不到台账文件夹", str(folder), "核对文件夹位置；台账平时放在 workbooks 文件夹里。")
    files = sorted(path for path in folder.iterdir() if path.is_file() and is_workbook(path))
    if not files:
        raise JinguoError("文件夹里没有台账", str(folder), "把台账（.xlsx）放进这个文件夹再运行。")
    return files


def read_folder(folder: Path) -> Sources:
    """The raw sheets of every workbook in the folder, in the order of their names."""
    return read_files(workbooks_of(folder))


def read_files(files: list[Path], typed: TypedTables | None = None, wanted_next: Iterable[str] = ()) -> Sources:
    """The raw sheets of these workbooks; those that cannot be read are told and do not keep the others from being read.

    `typed` is given each workbook's sheets as soon as they are read; `wanted_next` are imported while the last is
    parsed.
    """
    found: dict[Path, list[RawSheet] | JinguoError] = {}
    homes = {path.parent for path in files}
    # Those in a folder below are known by it.
    home = min(homes, key=lambda folder: len(folder.parts)) if homes else Path()
    for path, book in read_workbooks(files):
        if path.parent.parent == home and not isinstance(book, JinguoError):
            book = [dataclasses.replace(raw, folder=path.parent.name) for raw in book]
        found[path] = book
        if typed and not isinstance(book, JinguoError):
            typed.make_own(book)
        if len(found) == len(files) - 1:
            for module in wanted_next:
                importlib.import_module(module)
    books = {path.name: found[path] for path in files}
    sheets = {name: book for name, book in books.items() if not isinstance(book, JinguoError)}
    return Sources(files, sheets, {name: book for name, book in books.items() if isinstance(book, JinguoError)})
