"""Which column of a sheet is which field, and what is wrong with the names of the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from jinguo.common.addresses import column_letter
from jinguo.common.findings import Finding
from jinguo.common.nearest import nearest
from jinguo.intake.header import Header
from jinguo.intake.problem_findings import sheet_finding
from jinguo.intake.slips import by_contents, slips
from jinguo.registry.tables import Block
from jinguo.schema.model import SERIAL, TableSpec, header_key
from jinguo.schema.problems import DUPLICATE_COLUMN, MISSING_COLUMN, MISSPELT_COLUMN, Problem
from jinguo.schema.vocabularies import Vocabularies


def match_columns(
    spec: TableSpec,
    block: Block,
    header: Header,
    below: Sequence[Sequence[Any]] = (),
    vocabularies: Vocabularies | None = None,
) -> tuple[dict[str, int], dict[str, int], list[Finding]]:
    """Where each field stands, where the sheet's own columns stand, and what is wrong with the header; the block
    learns their letters. What stands in the rows `below` tells whether a title with one wrong character is one of ours."""
    places: dict[str, int] = {}
    own: dict[str, int] = {}
    findings = []
    row = header.row
    titles = list(enumerate(header.titles))
    exact = {header_key(f.header): f for f in spec.fields}
    # A column under its own name comes before one under an alias: 编号 | 组织编号 are a serial and the key.
    named = {c: exact[header_key(t)] for c, t in reversed(titles) if header_key(t) in exact}
    taken = {f.name for f in named.values()}
    for column, title in titles:
        if not title:
            continue
        f = named.get(column) or spec.by_header.get(header_key(title))
        if f is not None and f.name in taken and f.name not in places and column not in named:
            own.setdefault(title, column)
            continue
        if f is None:
            own.setdefault(title, column)
        elif f.name in places:
            first = f"{block.letters[f.name]}{row + 1}"
            what = f"“{title}”与 {first} 是同一栏目“{f.header}”，只用了前一列"
            problem = Problem(DUPLICATE_COLUMN, what, "请合并两列，或把其中一列改成别的名称")
            findings.append(sheet_finding(block, f"{column_letter(column)}{row + 1}", title, problem))
        else:
            places[f.name] = column
            block.letters[f.name] = column_letter(column)
    # 姓名（英文） beside 姓名 is the office's own; alone, a name with a note behind it is that name.
    for title, column in list(own.items()):
        f = spec.field_of(title)
        if f is not None and f.name not in places:
            places[f.name] = column
            block.letters[f.name] = column_letter(column)
            del own[title]
    findings += _read_slips(spec, block, (places, own), row, below, vocabularies or {})
    block.extra_letters = {name: column_letter(c) for name, c in own.items()}
    block.serial = {letter for name, letter in block.extra_letters.items() if name in SERIAL}
    findings += _missing_columns(spec, block, (places, own), row, below, vocabularies or {})
    return places, own, findings


def _read_slips(
    spec: TableSpec,
    block: Block,
    columns: tuple[dict[str, int], dict[str, int]],
    row: int,
    below: Sequence[Sequence[Any]],
    vocabularies: Vocabularies,
) -> list[Finding]:
    """Take titles with one wrong character for the columns they mean, and say so."""
    places, own = columns
    missing = [f for f in spec.fields if f.name not in places]
    near = {t: [r[c] for r in below if c < len(r)] for t, c in own.items() if any(_alike(t, f.header) for f in missing)}
    findings = []
    for title, f in slips(near, missing, vocabularies).items() if near else ():
        column = places[f.name] = own.pop(title)
        block.letters[f.name] = column_letter(column)
        what = f"栏目“{title}”与“{f.header}”差一个字，下面的内容也合，当作“{f.header}”读了"
        problem = Problem(MISSPELT_COLUMN, what, f"是的话请改为“{f.header}”；不是的话，请换一个别的名称")
        findings.append(sheet_finding(block, f"{block.letters[f.name]}{row + 1}", title, problem))
    return findings


#: So many rows tell what a column holds.
_LOOKED_AT = 500


def _alike(title: str, header: str) -> bool:
    return len(header_key(title)) == len(header_key(header))


def _missing_columns(
    spec: TableSpec,
    block: Block,
    columns: tuple[Mapping[str, int], Mapping[str, int]],
    row: int,
    below: Sequence[Sequence[Any]],
    vocabularies: Vocabularies,
) -> list[Finding]:
    places, own = columns
    missing = [f for f in spec.fields if f.name not in places]
    findings = []
    guessed: dict[str, str] = {}
    for title in own:
        guess = nearest(title, [f.header for f in missing], at_least=70)
        if guess:
            guessed.setdefault(guess, title)
    strange = [title for title in own if title not in guessed.values() and title not in SERIAL]
    if strange and len(guessed) < len(missing):
        left = [f for f in missing if f.header not in guessed]
        under = {title: [r[own[title]] for r in below[:_LOOKED_AT] if own[title] < len(r)] for title in strange}
        guessed |= {f.header: title for title, f in by_contents(under, left, vocabularies).items()}
    # What may stand in a column that was not read is not known to be empty.
    block.doubtful = {f.name: guessed[f.header] for f in missing if f.header in guessed}
    for f in missing:
        near = guessed.get(f.header, "")
        cell = f"{column_letter(own[near])}{row + 1}" if near else ""
        if f.required:
            remedy = f"请把 {cell} 的“{near}”改为“{f.header}”" if near else f"请在表头加一列“{f.header}”"
            findings.append(
                sheet_finding(block, cell, near, Problem(MISSING_COLUMN, f"没有“{f.header}”这一栏", remedy))
            )
        elif near:
            problem = Problem(
                MISSPELT_COLUMN,
                f"栏目“{near}”不认识，是不是“{f.header}”？",
                f"是的话请改为“{f.header}”；不是就不必理会",
            )
            findings.append(sheet_finding(block, cell, near, problem))
    return findings
