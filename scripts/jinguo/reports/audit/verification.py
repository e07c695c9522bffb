"""A package for review held against the registry as it is now: what agrees, which rows have changed, whether anything follows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.writing import digest
from jinguo.nominations.certificate_check import Certificate, Wrong
from jinguo.registry.tables import Registry
from jinguo.reports.audit.review_package import LIST, in_letters
from jinguo.schema import TABLES

CERTIFICATE, WORKBOOK = "证书.json", "复核表.xlsx"
#: What the list has, and as what.
_SHAPE = {"种类": str, "对象": str, "名称": str, "基准日期": str, "输入": dict, "文件": dict, "结果": dict, "行": list}


@dataclass
class Verification:
    """What was found: files changed, missing or not as they come out anew, what the certificate's check said (empty where it agrees or
    there is none), workbooks and rows of the registry that have changed, and what came out otherwise (name, then and now)."""

    files: list[str] = field(default_factory=list)
    certificate: str = ""
    inputs: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    results: list[tuple[str, str, str]] = field(default_factory=list)
    #: How many results there are.
    count: int = 0

    @property
    def agrees(self) -> bool:
        """Whether the package is whole and everything comes out as it did; rows do not change where no workbook has."""
        return not self.files and not self.certificate and not self.results and not (self.rows and not self.inputs)


def packages_in(folder: Path) -> list[Path]:
    """The packages in a folder of several, by name; the folder itself where it is one, or there are none."""
    below = sorted(path.parent for path in folder.glob(f"*/{LIST}")) if not (folder / LIST).is_file() else []
    return below or [folder]


def read_list(folder: Path) -> dict[str, Any]:
    """The list of a package; JinguoError where the folder is none, or the list is not as it was written."""
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise JinguoError(
            f"这个文件夹里没有读得出的 {LIST}，不是复核材料", str(folder), "把“复核”里的一个文件夹整个拖上来。"
        ) from error
    if not isinstance(found, dict) or not all(
        isinstance(found.get(name), kind) and found[name] for name, kind in _SHAPE.items()
    ):
        raise JinguoError(f"{LIST} 不完整，不是复核材料或改过了", str(folder / LIST), "用原来的复核材料再核对一次。")
    if not all(
        isinstance(row, list) and len(row) == 5 and all(isinstance(cell, str) for cell in row) for row in found["行"]
    ):
        raise JinguoError(f"{LIST} 里的“行”读不出", str(folder / LIST), "用原来的复核材料再核对一次。")
    return found


def verify(registry: Registry, folder: Path, said: Mapping[str, Any], anew: Mapping[str, bytes]) -> Verification:
    """The package in the folder, with its list, against the same made anew: its files by name."""
    found, again = Verification(), json.loads(anew[LIST])
    found.inputs = _changed_inputs(said["输入"], again["输入"])
    found.files = _changed_files(folder, said, anew, compared=not found.inputs and said.get("版本") == again["版本"])
    if said["名称"] != again["名称"]:
        found.files.append(f"清单里的名称是“{said['名称']}”，台账里是“{again['名称']}”")
    found.certificate = _certificate(folder) if CERTIFICATE in anew else ""
    found.rows = _changed_rows(said["行"], again["行"])
    then, now = said["结果"], again["结果"]
    found.count = len(then)
    for name in dict.fromkeys([*then, *now]):
        if then.get(name) != now.get(name):
            found.results.append((name, str(then.get(name, "没有")), str(now.get(name, "没有"))))
    return found


def _changed_inputs(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Workbooks that are not what they were."""
    words = []
    for name in dict.fromkeys([*then, *now]):
        if name not in now:
            words.append(f"{name} 现在没有了")
        elif name not in then:
            words.append(f"{name} 是后来加的")
        elif now[name] != then[name]:
            words.append(f"{name} 改过了")
    return words


def _changed_files(folder: Path, said: Mapping[str, Any], anew: Mapping[str, bytes], compared: bool) -> list[str]:
    """Files that are not there or not what the list says; and, of a registry and a program that are what they were, those that
    come out otherwise (`compared`)."""
    words = []
    for name in [name for name in dict.fromkeys([*anew, *said["文件"]]) if name != LIST]:
        path = folder / name
        if name not in said["文件"]:
            words.append(f"清单里没有 {name}")
        elif not path.is_file():
            words.append(f"{name} 不见了")
        elif in_letters(digest(data := path.read_bytes())) != said["文件"][name]:
            words.append(f"{name} 改过了")
        elif compared and name in anew and data != anew[name]:
            words.append(f"{name} 和现在重做的不同")
    return words


def _certificate(folder: Path) -> str:
    """What its own program says of a certificate; empty where it agrees."""
    try:
        certificate = Certificate(json.loads((folder / CERTIFICATE).read_text(encoding="utf-8")))
        certificate.check(folder / WORKBOOK)
    except Wrong as wrong:
        return str(wrong)
    except Exception as error:
        return f"证书或复核表读不懂（{type(error).__name__}）"
    return ""


def _changed_rows(then: Sequence[Sequence[str]], now: Sequence[Sequence[str]]) -> list[str]:
    """Rows that say something else, are new, or are gone; a row that only stands elsewhere has not changed."""
    before = {(table, sha): place for table, *place, sha in then}
    after = {(table, sha): place for table, *place, sha in now}
    gone = {(table, tuple(place)) for (table, sha), place in before.items() if (table, sha) not in after}
    new = {(table, tuple(place)) for (table, sha), place in after.items() if (table, sha) not in before}
    words = []
    for table, place in sorted(gone | new, key=lambda pair: (pair[0], pair[1][:2], len(pair[1][2]), pair[1][2])):
        how = (
            "改过"
            if (table, place) in gone and (table, place) in new
            else "新的"
            if (table, place) in new
            else "原来的，现在不是这样或没有了"
        )
        words.append(f"{TABLES[table].sheet if table in TABLES else table}：{' › '.join(place)}（{how}）")
    return words
