"""A package for review held against the registry as it is now: what agrees, which rows have changed, whether anything follows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinguo.common.errors import JinguoError
from jinguo.common.writing import digest, file_digest
from jinguo.nominations.certificate_check import Certificate, Wrong
from jinguo.registry.tables import Registry
from jinguo.reports.audit.package import LIST, Package, row_digests
from jinguo.schema import TABLES

CERTIFICATE, WORKBOOK = "证书.json", "复核表.xlsx"
_NEEDED = ("种类", "对象", "名称", "基准日期", "输入", "文件", "结果", "行")


@dataclass
class Verification:
    """What was found: files changed or missing, what the certificate's check said (empty where it agrees or there is none), workbooks
    and rows of the registry that have changed, and what came out otherwise (name, then and now)."""

    files: list[str] = field(default_factory=list)
    certificate: str = ""
    inputs: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    results: list[tuple[str, str, str]] = field(default_factory=list)
    #: How many results there are.
    count: int = 0

    @property
    def agrees(self) -> bool:
        """Whether the package is whole and everything comes out as it did."""
        return not self.files and not self.certificate and not self.results


def read_list(folder: Path) -> dict[str, Any]:
    """The list of a package; JinguoError where the folder is none."""
    try:
        found = json.loads((folder / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise JinguoError(
            f"这个文件夹里没有读得出的 {LIST}，不是复核材料", str(folder), "把“复核”里的一个文件夹整个拖上来。"
        ) from error
    if not isinstance(found, dict) or any(name not in found for name in _NEEDED):
        raise JinguoError(f"{LIST} 不完整，不是复核材料或改过了", str(folder / LIST), "用原来的复核材料再核对一次。")
    return found


def verify(registry: Registry, folder: Path, said: Mapping[str, Any], package: Package) -> Verification:
    """The package in the folder, with its list, against the same made anew."""
    found = Verification()
    for name, sha in said["文件"].items():
        path = folder / name
        if not path.is_file():
            found.files.append(f"{name} 不见了")
        elif digest(path.read_bytes()) != sha:
            found.files.append(f"{name} 改过了")
    found.certificate = _certificate(folder) if CERTIFICATE in said["文件"] else ""
    now = {path.name: file_digest(path) for path in registry.files}
    for name in dict.fromkeys([*said["输入"], *now]):
        if name not in now:
            found.inputs.append(f"{name} 现在没有了")
        elif name not in said["输入"]:
            found.inputs.append(f"{name} 是后来加的")
        elif now[name] != said["输入"][name]:
            found.inputs.append(f"{name} 改过了")
    found.rows = _changed_rows(said["行"], row_digests(registry, package.used))
    then, anew = said["结果"], {name: str(value) for name, value in package.found.items()}
    found.count = len(then)
    for name in dict.fromkeys([*then, *anew]):
        if then.get(name) != anew.get(name):
            found.results.append((name, then.get(name, "没有"), anew.get(name, "没有")))
    return found


def _certificate(folder: Path) -> str:
    """What its own program says of a certificate; empty where it agrees."""
    try:
        certificate = Certificate(json.loads((folder / CERTIFICATE).read_text(encoding="utf-8")))
        certificate.check()
        certificate.check_workbook(folder / WORKBOOK)
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
