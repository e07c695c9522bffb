"""From a folder of workbooks, or some files, to the registry; what could not be opened, or is none of ours, is told."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import gc
import importlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from jinguo.common.errors import JinguoError
from jinguo.common.findings import Finding, finding
from jinguo.excel.raw import RawSheet, is_workbook
from jinguo.excel.reading.read import read_workbook, read_workbooks
from jinguo.intake.building import build_registry
from jinguo.intake.own.mapping import FILE, fits
from jinguo.intake.own.read_decisions import mapping_of
from jinguo.intake.own.reading import EarlyTranscripts
from jinguo.intake.sheets import like_nothing
from jinguo.intake.strangers import strangers_among, with_strangers
from jinguo.intake.typed_tables import TypedTables
from jinguo.registry.tables import Registry
from jinguo.schema.problems import (
    REFUSED,
    SUBFOLDER,
)


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
    files = [*workbooks_of(folder), *adopted_below(folder)]
    has_own = decisions is None or not decisions.is_file() or any(path.name == FILE for path in files)
    registry = _registry_of(
        files, today, wanted_next=wanted_next, beside=() if has_own or decisions is None else [decisions]
    )
    registry.folder = folder
    registry.findings = sorted([*registry.findings, *_subfolders(folder, files)], key=Finding.sort_key)
    return registry


def workbooks_below(folder: Path) -> list[Path]:
    """The workbooks in the folders right below, but for those the program keeps there; of two of one name the first."""
    found: dict[str, Path] = {path.name: path for path in folder.iterdir() if path.is_file()}
    taken = set(found)
    for below in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in _OWN_FOLDERS):
        for path in sorted(below.iterdir()):
            if path.is_file() and is_workbook(path) and not below.name.startswith("."):
                found.setdefault(path.name, path)
    return [path for name, path in found.items() if name not in taken]


def same_names(folder: Path) -> dict[str, list[str]]:
    """Of the workbooks that have the name of another in the folder or right below it, that other's place and theirs."""
    if not folder.is_dir():
        return {}
    first: dict[str, str] = {path.name: path.name for path in folder.iterdir() if path.is_file()}
    found: dict[str, list[str]] = {}
    for below in sorted(p for p in folder.iterdir() if p.is_dir() and p.name not in _OWN_FOLDERS):
        for path in sorted(p for p in below.iterdir() if p.is_file() and is_workbook(p)):
            place = f"{below.name}/{path.name}"
            if first.setdefault(path.name, place) != place:
                found.setdefault(first[path.name], []).append(place)
    return found


def adopted_below(folder: Path) -> list[Path]:
    """The workbooks in folders below that 对照.xlsx says something of."""
    below = workbooks_below(folder)
    decisions = folder / FILE
    if not below or not decisions.is_file():
        return []
    try:
        mapping = mapping_of(read_workbook(decisions))[0]
    except JinguoError:
        # Told when it is read with the others.
        return []
    named = [source.workbook for source in mapping.sources if "/" in source.workbook]
    return [path for path in below if any(fits(f"{path.parent.name}/{path.name}", pattern) for pattern in named)]


#: What the program itself, and staff at its word, keep below the workbooks.
_OWN_FOLDERS = ("备份", "照片")


def _subfolders(folder: Path, read: Collection[Path] = ()) -> list[Finding]:
    """A finding for each folder below with workbooks in it that are not read."""
    found = []
    for below in sorted(path for path in folder.iterdir() if path.is_dir() and path.name not in _OWN_FOLDERS):
        count = sum(path.is_file() and is_workbook(path) and path not in read for path in below.rglob("*"))
        if count and not below.name.startswith("."):
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
    return _registry_of(files, today, named=True, beside=beside)


def _registry_of(
    files: list[Path],
    today: datetime.date | None,
    named: bool = False,
    wanted_next: Iterable[str] = (),
    beside: Iterable[Path] = (),
) -> Registry:
    """The registry of these files, and those `beside` them; `named` where the clerk asked about them, and not just
    finds them in the folder."""
    with collection_paused():
        typed = TypedTables(_early([*files, *beside], today))
        sources = read_files([*files, *beside], typed, wanted_next)
        names = {path.name for path in files}
        if named and not names & set(sources.sheets):
            first, *others = (trouble for name, trouble in sources.refused.items() if name in names)
            raise first if not others else JinguoError("\n".join(trouble.paragraph() for trouble in (first, *others)))
        registry = build_registry(sources.sheets, today, sources.refused, typed, by_header=names if named else ())
        strangers = strangers_among(registry, sources.sheets)
        if named and strangers:
            registry, strangers = with_strangers(registry, strangers, sources.sheets, today)
    registry.files = [path for path in files if path.name != FILE]
    registry.strangers = strangers
    registry.findings += like_nothing(strangers, named)
    for name, trouble in sources.refused.items():
        registry.refused[name] = trouble.paragraph()
        registry.findings.append(finding(REFUSED, (name, "", ""), "", trouble.what, trouble.remedy.removesuffix("。")))
    registry.findings.sort(key=Finding.sort_key)
    return registry


def _early(files: list[Path], today: datetime.date | None) -> EarlyTranscripts | None:
    """What transcribes the office's own sheets while others are read; None where nothing is said of any."""
    decisions = next((path for path in files if path.name == FILE), None)
    if decisions is None:
        return None
    try:
        mapping, _ = mapping_of(read_workbook(decisions))
    except JinguoError:
        # Told when it is read with the others.
        return None
    return EarlyTranscripts(mapping, today or datetime.date.today())


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
