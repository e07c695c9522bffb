"""Which counties there are: the folders with workbooks below a folder, or below the address of a store."""

from __future__ import annotations

import contextlib
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.excel.raw import is_workbook

#: The folder of the registers within an office's own.
_REGISTERS = "workbooks"
#: What an office's folder holds besides, which is no county.
_NO_COUNTIES = frozenset(("备份", "照片", "output", "templates", "docs", "scripts", "runtime"))


@dataclass(frozen=True, order=True)
class County:
    """One registry: the folders above it from the outermost (province, city), its name, and where its workbooks are: a folder of
    this machine, or an address that fsspec reads."""

    groups: tuple[str, ...]
    name: str
    place: str

    @property
    def called(self) -> str:
        """Its name with those above it, as two cities may have a county of one name."""
        return "/".join((*self.groups, self.name))

    @property
    def is_remote(self) -> bool:
        """Whether its workbooks have to be fetched."""
        return "://" in self.place


def find_counties(places: Sequence[str]) -> list[County]:
    """Every county of these folders and addresses, in the order of their names; each once. JinguoError where there is none."""
    found: dict[str, County] = {}
    for place in places:
        many = len(places) > 1
        for county in _remote(place, many) if "://" in place else _local(Path(place), many):
            found.setdefault(county.place, county)
    if not found:
        raise JinguoError(
            "没有找到任何一个县的台账",
            "、".join(places),
            "文件夹里要每县一个文件夹，里面放这个县的工作簿（或它的 workbooks 文件夹）。",
        )
    return sorted(found.values())


def _local(root: Path, many: bool) -> Iterator[County]:
    if not root.is_dir():
        raise JinguoError("找不到这个文件夹", str(root), "核对文件夹的位置。")
    root = root.resolve()
    if (whole := _county(root, (), root.name)) is not None:
        yield whole
    else:
        yield from _below(root, (root.name,) if many else ())


def _county(folder: Path, groups: tuple[str, ...], name: str) -> County | None:
    """The county a folder is; None where it only holds others."""
    if (folder / _REGISTERS).is_dir():
        return County(groups, name, str(folder / _REGISTERS))
    inside = list(folder.iterdir())
    with_workbooks = any(path.is_file() and is_workbook(path) for path in inside)
    # One with nothing in it has not delivered yet, and is told.
    empty = groups and not any(path.is_dir() and _may_be_county(path.name) for path in inside)
    return County(groups, name, str(folder)) if with_workbooks or empty else None


def _below(folder: Path, groups: tuple[str, ...]) -> Iterator[County]:
    """The counties in the folders of a city or a province."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and _may_be_county(path.name):
            county = _county(path, groups, path.name)
            yield from [county] if county else _below(path, (*groups, path.name))


def _may_be_county(name: str) -> bool:
    return name not in _NO_COUNTIES and not name.startswith((".", "~"))


def _remote(address: str, many: bool) -> Iterator[County]:
    """The counties below an address: each folder that holds workbooks."""
    store, root = _store(address)
    protocol = address.partition("://")[0]
    by_folder: defaultdict[str, list[str]] = defaultdict(list)
    for path in store.find(root):
        if is_workbook(Path(PurePosixPath(path).name)):
            by_folder[str(PurePosixPath(path).parent)].append(path)
    base = PurePosixPath(root)
    for folder in by_folder:
        parts = PurePosixPath(folder).relative_to(base).parts
        if parts and parts[-1] == _REGISTERS:
            parts = parts[:-1]
        if not all(map(_may_be_county, parts)):
            continue
        named = (*((base.name,) if many or not parts else ()), *parts)
        yield County(named[:-1], named[-1], f"{protocol}://{folder}")


def _store(address: str) -> tuple[Any, str]:
    """The store an address belongs to, and the place in it; JinguoError where it cannot be reached."""
    try:
        import fsspec
    except ImportError as error:
        raise JinguoError(
            "读网址上的台账要用 fsspec，这台电脑没有装",
            address,
            "请装上 jinguo 的 cluster 部分（pip install jinguo[cluster]）。",
        ) from error
    try:
        store, root = fsspec.core.url_to_fs(address)
        return store, str(root)
    except (ValueError, ImportError, OSError) as error:
        raise JinguoError("读不到这个网址", address, "核对网址和登录。") from error


@contextlib.contextmanager
def fetched(county: County) -> Iterator[Path]:
    """The folder of a county's workbooks on this machine: its own, or one with a copy of them that goes again."""
    if not county.is_remote:
        yield Path(county.place)
        return
    store, root = _store(county.place)
    with tempfile.TemporaryDirectory(prefix="jinguo-") as folder:
        for path in store.find(root):
            relative = PurePosixPath(path).relative_to(root)
            if is_workbook(Path(relative.name)) and _REGISTERS not in relative.parts:
                target = Path(folder, *relative.parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                store.get_file(path, str(target))
        yield Path(folder)
