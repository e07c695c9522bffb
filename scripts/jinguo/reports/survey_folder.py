"""Where a survey lies under output/: what was sent, and which rows earlier merges have added."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.writing import safe_name, write_file
from jinguo.survey.sent import SentForm, Survey, load_sent

FOLDER = "调查"
FORMS, KEPT, BACK = "发放", "底稿", "回收"
PLAN, PROGRESS = "合并方案.xlsx", "回收进度.xlsx"
_ABOUT, _MERGED = "调查.json", "已合并.json"


class SurveyFolder:
    """The folder of one survey."""

    def __init__(self, output: Path, name: str) -> None:
        self.name = f"{FOLDER}/{safe_name(name)}"
        self.path = output / FOLDER / safe_name(name)

    @property
    def kept(self) -> Path:
        """The folder of what was sent."""
        return self.path / KEPT

    def keep(self, survey: Survey, sent: list[SentForm]) -> None:
        """Keep what was sent to each unit."""
        for one in sent:
            write_file(_kept_file(self.kept, one.unit), one.dump().encode())
        units = {one.unit: sum(map(len, one.tables.values())) for one in sent}
        about = {"survey": asdict(survey), "units": units, "asked": [a.dump() for a in sent[0].asked]}
        write_file(self.kept / _ABOUT, json.dumps(about, ensure_ascii=False, indent=1).encode())

    def about(self) -> dict[str, Any]:
        """The survey, its units with the rows that went to each, and what it asks; nothing where it was not sent from here."""
        try:
            read: dict[str, Any] = json.loads((self.kept / _ABOUT).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return read

    def unit_of(self, table: str, token: str) -> str:
        """The unit a row was sent to under this number; empty where it went to none, or to several."""
        return self._units.get((table, token), "")

    @cached_property
    def _units(self) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for path in sorted(self.kept.glob("*.json")):
            sent = load_sent(path.read_text("utf-8")) if path.name != _ABOUT else None
            for table, rows in sent.tables.items() if sent else ():
                for token in rows:
                    found[table, token] = "" if (table, token) in found else sent.unit  # type: ignore[union-attr]
        return found

    def sent_to(self, unit: str) -> SentForm | None:
        """What was sent to a unit."""
        return kept_form(self.kept, unit)


def kept_form(kept: Path, unit: str) -> SentForm | None:
    """What was sent to a unit, of what is kept in a folder; None where nothing is."""
    path = _kept_file(kept, unit)
    return load_sent(path.read_text("utf-8")) if path.is_file() else None


def _kept_file(kept: Path, unit: str) -> Path:
    return kept / f"{safe_name(unit)}.json"


def merged_in(folder: Path) -> dict[str, str]:
    """The keys of rows that merges have added, as noted beside a plan."""
    try:
        read: dict[str, str] = json.loads((folder / _MERGED).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return read


def note_merged(folder: Path, keys: dict[str, str]) -> None:
    """Note them."""
    write_file(folder / _MERGED, json.dumps(keys, ensure_ascii=False, indent=1).encode())


def latest(output: Path, name: str = "") -> SurveyFolder | None:
    """The folder of the survey of this name, or of the one that went out last; None where there is none. JinguoError where
    none has that name."""
    found = sorted(
        (path.parent.parent for path in (output / FOLDER).glob(f"*/{KEPT}/{_ABOUT}")),
        key=lambda path: (path / KEPT / _ABOUT).stat().st_mtime,
    )
    if name:
        if not any(path.name == safe_name(name) for path in found):
            known = "、".join(path.name for path in found) or "还没有发放过"
            raise JinguoError(f"没有发放过叫“{name}”的调查", str(output / FOLDER), f"发放过的有：{known}。")
        return SurveyFolder(output, name)
    if not found:
        return None
    return SurveyFolder(output, found[-1].name)


def forget_merged(output: Path, identities: list[str]) -> None:
    """Forget rows that were taken back, so that they can be added again."""
    gone = set(identities)
    for path in output.glob(f"**/{_MERGED}"):
        keys = merged_in(path.parent)
        left = {identity: key for identity, key in keys.items() if identity not in gone}
        if left != keys:
            note_merged(path.parent, left)
