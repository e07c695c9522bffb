"""设置.xlsx as the program uses it: the office's items, words and parameters, and what is misspelt among them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from jinguo.common.findings import Finding
from jinguo.common.nearest import nearest
from jinguo.intake.problem_findings import cell_finding
from jinguo.registry.settings import OFFICE_ITEMS, Settings
from jinguo.registry.tables import Table
from jinguo.schema.cells import is_blank
from jinguo.schema.format_rules import FORMAT_RULES
from jinguo.schema.parameters import PARAMETERS, Parameter
from jinguo.schema.problems import UNKNOWN_SETTING, Problem
from jinguo.schema.vocabularies import VOCABULARIES


def extend_vocabularies(table: Table) -> dict[str, list[str]]:
    """The words of every list, those the office added in 词表 behind the program's own."""
    extended = {name: list(words) for name, words in VOCABULARIES.items()}
    for _, name, word in table.each("vocabulary", "word"):
        if name and word and word not in extended.setdefault(name, []):
            extended[name].append(word)
    return extended


def _unknown_words(table: Table, field: str, known: Collection[str], only_near: bool = False) -> list[Finding]:
    """A finding for each name in a column of 设置.xlsx that the program does not know, with the nearest one.

    With `only_near` a name like no other is no mistake: the office has a list of its own.
    """
    findings = []
    for i, name in table.each(field):
        if name is None or name in known:
            continue
        guess = nearest(name, known)
        if guess is None and only_near:
            continue
        remedy = f"是不是“{guess}”？请改正" if guess else "请删去这一行"
        findings.append(
            cell_finding(
                table, i, table.spec.by_name[field], Problem(UNKNOWN_SETTING, f"“{name}”不认识，不会起作用", remedy)
            )
        )
    return findings


def make_settings(tables: dict[str, Table], vocabularies: dict[str, list[str]]) -> tuple[Settings, list[Finding]]:
    """The settings of the office; names and values the program cannot use are findings, and the defaults stand."""
    office = {k: v for _, k, v in tables["office"].each("item", "content") if k and v}
    holidays = {d: k for _, d, k in tables["holidays"].each("date", "kind") if d and k}
    findings = _unknown_words(tables["office"], "item", OFFICE_ITEMS)
    findings += _unknown_words(tables["vocabularies"], "vocabulary", VOCABULARIES, only_near=True)
    values: dict[str, Any] = {}
    for sheet, known in (("parameters", PARAMETERS), ("format_rules", FORMAT_RULES)):
        findings += _unknown_words(tables[sheet], "name", known)
        findings += _read_values(tables[sheet], known, values)
    return Settings(office, values, vocabularies, holidays), findings


def _read_values(table: Table, known: Mapping[str, Parameter], values: dict[str, Any]) -> list[Finding]:
    """The values of a sheet of parameters, typed, into `values`; those that cannot be read are findings."""
    findings: list[Finding] = []
    field = table.spec.by_name["value"]
    for i, name in table.each("name"):
        if name not in known:
            continue
        if table.raw.get("value") and not is_blank(table.raw["value"][i]):
            parsed = known[name].type.parser({})(table.raw["value"][i])
            values[name] = parsed.value
            if parsed.problem:
                findings.append(cell_finding(table, i, field, parsed.problem))
    return findings
