"""A package for review: the files of one batch or report, with a list of what is in it and what was found, by which it is verified
again later."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinguo import __version__
from jinguo.common.figures import Figure
from jinguo.common.writing import digest, file_digest
from jinguo.nominations.batch import BatchResult
from jinguo.registry.tables import Registry, Table
from jinguo.reports.audit.review_sheet import fit_within
from jinguo.reports.audit.sources_workbook import sources_workbook
from jinguo.reports.audit.spelling import spelled
from jinguo.schema.codes import Email, IdCard, Phone

#: The list of what is in a package.
LIST = "清单.json"
_PRIVATE = (IdCard, Phone, Email)
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(frozen=True)
class ReviewPackage:
    """What a package is made of: its kind (推荐, 统计, 年度统计, 总结) and what it is of, its title, the files that prove, the rows used by
    table, what was found by name, the definitions, and what is not proven."""

    kind: str
    of: str
    title: str
    files: Mapping[str, bytes]
    used: Mapping[str, Sequence[int]]
    found: Mapping[str, Any]
    meanings: Mapping[str, str] = field(default_factory=dict)
    gaps: Sequence[str] = ()

    @property
    def folder(self) -> str:
        """Where it is written, below output/."""
        return f"复核/{self.of}"


def in_letters(hexadecimal: str) -> str:
    """A digest in letters alone, so that no run of digits in it looks like somebody's number."""
    return hexadecimal.translate(_LETTERS)


def input_digests(registry: Registry) -> dict[str, str]:
    """The digest of every workbook that was read."""
    return {path.name: in_letters(file_digest(path)) for path in registry.files}


def row_digests(registry: Registry, used: Mapping[str, Sequence[int]]) -> list[list[str]]:
    """Each row used: table, workbook, sheet, cell, and a digest of what it says but for numbers and addresses of people."""
    found = []
    for name, rows in used.items():
        table = registry[name]
        fields = [f.name for f in table.spec.fields if not isinstance(f.type, _PRIVATE)]
        for i in sorted(set(rows)):
            found.append([name, *table.row_start(i), _digest(table, i, fields)])
    return found


def _digest(table: Table, row: int, fields: Sequence[str]) -> str:
    said = "\x1f".join(str(spelled(table[name][row])) for name in fields)
    return in_letters(hashlib.sha256(said.encode()).hexdigest()[:16])


def found_of_batch(result: BatchResult) -> dict[str, Any]:
    """What was found of every candidate, and of the list."""
    found: dict[str, Any] = {"名单": "、".join(c.name for c in result.selected) or "没有产生"}
    found |= {
        f"{c.person} {c.name}": f"{'合格' if c.eligible else '不合格'}，{c.score} 分，{f'第 {c.rank} 名' if c.rank else '不排名'}，{'入选' if c.selected else '未入选'}"
        for c in result.candidates
    }
    return found | {f"结构要求 {q.label}": f"{q.achieved} 人" for q in result.quotas}


def found_of_figures(figures: Sequence[Figure], called: Sequence[str] = ()) -> dict[str, Any]:
    """What every figure came to."""
    names = called or [figure.name for figure in figures]
    wheres = ["，".join(f"{label} {value}" for label, value in figure.dimensions.items()) for figure in figures]
    return {f"{name}（{where}）": figure.text() for name, where, figure in zip(names, wheres, figures, strict=True)}


def package_files(registry: Registry, package: ReviewPackage, note: bytes | None, author: str) -> dict[str, bytes]:
    """All files of a package by name: those that prove, the sources, the note, and the list of them."""
    files = dict(package.files)
    files["来源.xlsx"] = sources_workbook(registry, package.title, package.used, package.meanings, package.gaps, author)
    if note is not None:
        files["说明.docx"] = note
    content = {
        "种类": package.kind, "对象": package.of, "名称": package.title, "基准日期": registry.today.isoformat(), "版本": __version__,
        "输入": input_digests(registry),
        "文件": {name: in_letters(digest(data)) for name, data in files.items()},
        "结果": dict(package.found),
        "行": row_digests(registry, package.used),
    }  # fmt: skip
    return files | {LIST: json.dumps(fit_within(content), ensure_ascii=False, indent=1).encode()}
