"""Where a generated file goes, and whether it may be replaced: the only module that writes into output/."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from jinguo import __version__
from jinguo.common.manifest import Manifest, only_one
from jinguo.common.writing import FileInUse, clear_leftovers, digest, remove_file, safe_name, write_file

#: So many files of one name may be open at once before it is given up.
_MOST_HELD = 4


@dataclass
class Written:
    """One file of a run: its path under output/, and whether it stands beside one that staff have edited."""

    path: str
    beside_edited: bool = False
    #: The file another program held, beside which this one stands.
    instead_of: str = ""


@dataclass
class Output:
    """The output folder of one command; a context manager, so that the manifest is right even where it fails midway.

    `inputs` are the workbooks' sha256, by file name, for the manifest; `may_clear` is False where not all of them could be
    read.
    """

    folder: Path
    command: str
    inputs: dict[str, str] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)
    #: What earlier runs wrote and is out of date.
    removed: list[str] = field(default_factory=list)
    may_clear: bool = True
    _cleared: list[tuple[str, frozenset[str] | None]] = field(default_factory=list)
    _lock: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @cached_property
    def _manifest(self) -> Manifest:
        return Manifest(self.folder)

    @property
    def manifest(self) -> dict[str, dict[str, Any]]:
        """What has been written, by path."""
        return self._manifest.entries

    def __enter__(self) -> Output:
        self._lock.enter_context(only_one(self.folder))
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._lock:
            self.finish(complete=kind is None)

    def finish(self, complete: bool = True) -> None:
        """Write the manifest; what is out of date is removed only where the command did all it had to."""
        if complete:
            self._clear()
        if self.written or self.removed:
            self._manifest.save()
        for folder in {self.folder, *((self.folder / w.path).parent for w in self.written)}:
            clear_leftovers(folder)

    def replace(self, folder: str, name: str, data: bytes) -> Path:
        """Write one file also over what staff have edited: what they wrote there stands in the new one."""
        relative = str(PurePosixPath(*map(safe_name, PurePosixPath(folder).parts), safe_name(name)))
        path = self.folder / relative
        if path.exists():
            self._manifest.note(relative, {"sha256": digest(path.read_bytes()), "command": self.command})
        return self.write(folder, name, data)

    def write(
        self, folder: str, name: str, data: bytes, rows: Sequence[str] = (), kind: str = "", day: str = ""
    ) -> Path:
        """Write one file and note it in the manifest; `rows` are the addresses it was made from, `kind` is the kind of
        document, `day` the one it bears.

        A file there that is not, byte for byte, what an earlier run wrote has been edited by staff: it stays, and the
        new one goes beside it as “…（新生成）”, again only over what an earlier run wrote. A second file of the same
        name in one run gets a number.
        """
        wanted = self._unused(str(PurePosixPath(*map(safe_name, PurePosixPath(folder).parts), safe_name(name))))
        entry = {"sha256": digest(data), "command": self.command, "version": __version__, "inputs": self.inputs, "rows": list(rows)}  # fmt: skip
        entry |= ({"kind": kind} if kind else {}) | ({"day": day} if day else {})
        relative, held = wanted, set[str]()
        while len(held) < _MOST_HELD:
            try:
                edited = wanted not in held and self._is_edited(wanted, data)
                relative = self._beside(wanted, held) if edited or held else wanted
                self._put(relative, data, entry)
                break
            except FileInUse:
                # It is open in Excel or Word: the new one goes beside it, so that nobody waits for her to close it.
                held.add(relative)
        else:
            raise FileInUse(
                "文件正被打开，或没有写入权限",
                str(self.folder / wanted),
                "关闭打开它的 Word、Excel 或 WPS，再运行一次。",
            )
        self.written.append(Written(relative, relative != wanted and not held, wanted if held else ""))
        if relative == wanted:
            self._clear_beside(wanted)
        return self.folder / relative

    def _clear_beside(self, relative: str) -> None:
        """What stood beside a file that could not be replaced goes once the file itself is new."""
        path = PurePosixPath(relative)
        beside = str(path.with_name(f"{path.stem}（新生成）{path.suffix}"))
        if beside in self.manifest and not self._is_edited(beside) and remove_file(self.folder / beside):
            del self.manifest[beside]

    def _put(self, relative: str, data: bytes, entry: dict[str, Any]) -> None:
        """Note a file and write it; what could not be written is not noted."""
        path, before = self.folder / relative, self.manifest.get(relative)
        if path.is_symlink():
            # A link in output/ may lead anywhere; the file is written here.
            path.unlink()
        self._manifest.note(relative, entry)
        if path.exists() and path.read_bytes() == data:
            return
        try:
            write_file(path, data)
        except FileInUse:
            self._manifest.forget(relative, before)
            raise

    def untouched(self, folder: str, name: str) -> tuple[str, bytes] | None:
        """The day and the bytes of what an earlier run wrote here and nobody has edited; None where there is none."""
        relative = str(PurePosixPath(*map(safe_name, PurePosixPath(folder).parts), safe_name(name)))
        day, path = self.manifest.get(relative, {}).get("day"), self.folder / relative
        if not day or not path.is_file() or self._is_edited(relative):
            return None
        return day, path.read_bytes()

    def _unused(self, relative: str) -> str:
        """The path, or with a number where this run has already written it."""
        path, number = PurePosixPath(relative), 2
        while relative in {w.path for w in self.written}:
            relative = str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))
            number += 1
        return relative

    def _beside(self, relative: str, held: Collection[str] = ()) -> str:
        """The first name beside an edited or a held file that is free, or that holds what an earlier run wrote, and is not held
        itself."""
        path = PurePosixPath(relative)
        number = 1
        while True:
            mark = "（新生成）" if number == 1 else f"（新生成{number}）"
            candidate = str(path.with_name(f"{path.stem}{mark}{path.suffix}"))
            number += 1
            try:
                if candidate not in held and not self._is_edited(candidate):
                    return candidate
            except FileInUse:
                continue

    def _is_edited(self, relative: str, data: bytes = b"") -> bool:
        """Whether a file is there that is neither what an earlier run wrote nor what is to be written now."""
        path = self.folder / relative
        if not path.exists():
            return False
        try:
            there = path.read_bytes()
        except OSError as error:
            raise FileInUse(
                "文件正被打开，或没有权限", str(path), "关闭打开它的 Word、Excel 或 WPS，再运行一次。"
            ) from error
        return there != data and not self._manifest.is_ours(relative, there)

    def clear(self, *folders: str, kinds: Iterable[str] | None = None) -> None:
        """Say that below these folders this run writes all that is current, of these kinds of documents where any are given.

        What earlier runs of this command wrote there and this one does not is then out of date, and is removed at the
        end unless staff have edited it: a mark on a cell that is right by now, a list that is no longer possible.
        Nothing is removed where a workbook could not be read: what was made of it may be as good as ever.
        """
        self._cleared += [(folder, None if kinds is None else frozenset(kinds)) for folder in folders]

    def _clear(self) -> None:
        if not self.may_clear:
            return
        current = {w.path for w in self.written}
        for relative, entry in list(self.manifest.items()):
            cleared = any(
                relative.startswith(folder) and (kinds is None or entry.get("kind") in kinds)
                for folder, kinds in self._cleared
            )
            if not cleared or relative in current or entry.get("command") != self.command:
                continue
            if not self._is_edited(relative):
                there = (self.folder / relative).exists()
                if not remove_file(self.folder / relative):
                    continue
                if there:
                    self.removed.append(relative)
                del self.manifest[relative]
